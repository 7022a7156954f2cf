"""Browsers' media against the real binary, by the load generator's headless browser (built by `cargo build -p load`)."""

import json
import subprocess

from exchange import binary, free_ports

LOAD = binary().with_name("load")


def load(node, name, *arguments, orders="", timeout=120):
    """Its last line, read as JSON."""
    command = [str(LOAD), name, node.addresses["api"], *map(str, arguments)]
    done = subprocess.run(command, input=orders, capture_output=True, text=True, timeout=timeout)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_browsers_are_told_the_advertised_addresses(exchange):
    """Observes media.advertise: the answer names these addresses, best first."""
    first = free_ports(64)
    body = f'ports = "{first}-{first + 63}"\nbind = "127.0.0.1"\nshards = 1\nwebrtc = "127.0.0.1:0"\n'
    node = exchange(sections={"media": body + 'advertise = ["203.0.113.7", "127.0.0.1"]'})
    report = load(node, "meeting", 1, 0, orders="report\nquit\n")
    assert report["candidates"] == ["203.0.113.7", "127.0.0.1"]


def test_a_meeting_goes_on_while_others_try_everything(exchange):
    report = load(exchange(), "hostile")
    assert report["refused"] >= 5
    assert "400" in report["bad_offer"]
    assert report["meeting"]["lost"] == 0


def test_joins_and_leaves_leave_nothing_over(exchange):
    report = load(exchange(), "churn", 75, timeout=240)
    assert (report["joins"], report["left_over"]) == (75, 0)
