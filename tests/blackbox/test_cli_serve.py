"""How a node starts, fails to start, and stops."""

import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time

import pytest

from exchange import binary, wait_for
from terminal import HELLO, Terminal, run

APP = f"""
[[function]]
name = "hello"
runtime = "python3"
code = "{HELLO}"
handler = "index.handler"
[[carrier]]
name = "loopback"
uri = "sip:127.0.0.1:5070"
sources = ["127.0.0.0/8"]
[seed]
numbers = ["+15550100"]
[[seed.application]]
name = "hello"
function = "hello"
[[seed.rule]]
name = "hello"
number = "+15550100"
applications = ["hello"]
"""


def fails(node):
    """The one line that it says."""
    done = subprocess.run(
        [str(binary()), "serve", "--config", str(node.config)], capture_output=True, text=True, timeout=30
    )
    assert done.returncode != 0
    assert "ready" not in done.stdout
    complaints = [line for line in done.stderr.splitlines() if line.startswith("switchhook:")]
    assert len(complaints) == 1 and "panicked" not in done.stderr, done.stderr
    return complaints[0]


@pytest.mark.parametrize("section", ["api", "sip"])
def test_a_port_in_use(exchange, section):
    kind = socket.SOCK_DGRAM if section == "sip" else socket.SOCK_STREAM
    with socket.socket(socket.AF_INET, kind) as taken:
        taken.bind(("127.0.0.1", 0))
        if section == "api":
            taken.listen()
        at = f"127.0.0.1:{taken.getsockname()[1]}"
        body = f'listen = "{at}"' if section == "api" else f'udp = "{at}"'
        line = fails(exchange(start=False, sections={section: body}))
    assert f"cannot listen on {'udp ' if section == 'sip' else ''}{at}" in line and "in use" in line


def test_a_folder_in_use(exchange):
    node = exchange()
    assert "is in use by another node" in fails(node)


@pytest.mark.parametrize(
    "config, expected",
    [
        ("[sip]\nupd = 1\n", "unknown key `sip.upd`, did you mean `sip.udp`?"),
        ("strict = 7\n", "invalid type"),
        ("[[function]]\nname = 'f'\nruntime = 'python3'\n", "needs `code`"),
        ("[[seed.rule]]\nname = 'r'\nnumber = '+15550100'\napplications = ['none']\n", '"none"'),
        ("[[carrier]]\nname = 'c'\nuri = 'sip:c'\nsources = ['nowhere']\n", "sources"),
        ("[", "not valid TOML"),
    ],
)
def test_a_bad_configuration(exchange, config, expected):
    node = exchange(start=False)
    node.config.write_text(f'data_dir = "{node.folder}/data"\n{config}' if config[0] != "s" else config)
    assert expected in fails(node)


def test_a_bad_variable(tmp_path):
    status, said = run(tmp_path, "serve", env={"SWITCHHOOK_SIP_UPD": "x"})
    assert status == 1 and "did you mean SWITCHHOOK_SIP_UDP?" in said


def test_a_bad_record(exchange):
    node = exchange(APP)
    node.stop()
    with sqlite3.connect(node.folder / "data" / "switchhook.db") as store:
        assert store.execute("UPDATE records SET json = 'nonsense'").rowcount > 0
    assert "record" in fails(node)


def test_sigterm_stops_an_idle_node_at_once(exchange):
    node = exchange(APP)
    began = time.monotonic()
    node.process.send_signal(signal.SIGTERM)
    assert node.process.wait(10) == 0
    # Takes milliseconds; seconds are allowed for a machine that does other things.
    assert time.monotonic() - began < 5


def test_sigterm_ends_live_calls_first(exchange):
    node = exchange(APP)
    phone = Terminal(node.folder, "call", "+15550100", "--server", node.sip)
    phone.until("answered")
    node.process.send_signal(signal.SIGTERM)
    assert node.process.wait(10) == 0
    assert phone.ends() == 0 and "hung up by the other side" in phone.text
    calls = node.run("calls")
    assert re.search(r"completed +\+15550199", calls), calls
    assert "HANGUP" in node.run("show", "last")


def test_a_live_call_is_listed_and_followed(exchange):
    node = exchange(APP)
    phone = Terminal(node.folder, "call", "+15550100", "--server", node.sip, keys=True)
    phone.until("answered")
    assert " live " in wait_for(lambda: re.search(" live ", node.run("calls")) and node.run("calls"))
    watcher = Terminal(node.folder, "show", "last", "--follow", "--config", node.config)
    watcher.until("NEW_INBOUND_CALL")
    phone.type("q")
    watcher.until("over after")
    assert watcher.ends() == 0
    assert phone.ends() == 0 and "hung up by us" in phone.text


def test_config_lists_every_key(tmp_path):
    status, said = run(tmp_path, "config")
    assert status == 0
    assert re.search(r"sip\.udp +UDP listener +SWITCHHOOK_SIP_UDP", said), said
    status, said = run(tmp_path, "config", "carrier")
    assert said.count("carrier[]") > 5 and "sip.udp" not in said


def test_help_has_examples(tmp_path):
    for command in ["dev", "serve", "call", "answer", "calls", "show", "replay", "config"]:
        status, said = run(tmp_path, command, "--help")
        assert status == 0 and (f"switchhook {command}" in said), command
    assert "A first call" in run(tmp_path, "--help")[1]
