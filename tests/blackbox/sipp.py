"""SIPp as caller and called party, with the scenarios of `tests/sipp`."""

import pathlib
import re
import shutil
import subprocess
import time

import pytest

from telephony import CARRIER, udp_port

SCENARIOS = pathlib.Path(__file__).resolve().parents[1] / "sipp"

needed = pytest.mark.skipif(shutil.which("sipp") is None, reason="sipp is not installed (package sip-tester)")


def expand(text):
    """A scenario with its blocks filled in: a line `@name argument@` stands for the file blocks/name.txt, in which
    `$1`, `$2` … are the arguments."""

    def fill(found):
        indent, words = found[1], found[2].split(" ")
        block = (SCENARIOS / "blocks" / f"{words[0]}.txt").read_text().rstrip("\n")
        for i, word in enumerate(words[1:], 1):
            block = block.replace(f"${i}", word.replace("_", " "))
        assert "$1" not in block, f"{found[2]}: an argument is missing"
        return "\n".join((indent + row).rstrip() for row in expand(block).splitlines())

    return re.sub(r"^([ \t]*)@([a-z][^@\n]*)@$", fill, text, flags=re.M)


class Sipp:
    """One running SIPp. As a called party it listens on `port` before this returns.

    `fill` gives values for `{name}` in the scenario, such as how long to talk in milliseconds.
    """

    def __init__(
        self,
        folder,
        scenario,
        remote=None,
        host=CARRIER,
        port=None,
        transport="u1",
        calls=1,
        rate=10,
        to="+15550100",
        caller="+15550001",
        rtp_port=None,
        timeout=45,
        domain=None,
        fill=None,
        options=(),
    ):
        self.port = port or udp_port(host)
        self.folder = pathlib.Path(folder) / f"sipp-{scenario}-{self.port}"
        self.folder.mkdir()
        self.name = scenario
        self.timeout = timeout
        expanded = self.folder / "scenario.xml"
        text = expand((SCENARIOS / f"{scenario}.xml").read_text())
        for key, value in {"talk": 500, "held": 500, **(fill or {})}.items():
            text = text.replace(f"{{{key}}}", str(value))
        expanded.write_text(text)
        keys = {
            "called": to,
            "calling": caller,
            "domain": domain or remote or "nowhere.invalid",
            "audio": str(rtp_port or udp_port(host)),
        }
        command = ["sipp", "-sf", str(expanded), "-i", host, "-p", str(self.port), "-t", transport]
        command += ["-m", str(calls), "-r", str(rate), "-nostdin", "-nd", "-timeout", f"{timeout}s"]
        command += ["-timeout_error", "-trace_err", "-trace_msg", "-fd", "1"]
        command += ["-error_file", "errors", "-message_file", "messages"]
        for key, value in keys.items():
            command += ["-key", key, value]
        command += list(options)
        if remote:
            command.append(remote)
        self.output = open(self.folder / "output", "wb")
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdout=self.output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
        if not remote:
            self._wait_bound(host, "t" in transport)

    def _wait_bound(self, host, tcp):
        """Until the kernel's table shows the socket."""
        packed = "".join(f"{int(part):02X}" for part in reversed(host.split(".")))
        wanted = f"{packed}:{self.port:04X}"
        table = "/proc/net/tcp" if tcp else "/proc/net/udp"
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if any(wanted in row.split()[1] for row in open(table).readlines()[1:]):
                return
            assert self.process.poll() is None, self.story()
            time.sleep(0.02)
        raise AssertionError(f"{self.name} does not listen\n{self.story()}")

    def messages(self):
        """Everything sent and received, as SIPp saw it."""
        file = self.folder / "messages"
        return file.read_text(errors="replace") if file.exists() else ""

    def received(self, start):
        """The messages received whose first line begins with `start`."""
        parts = re.split(r"^-{20,} .*$", self.messages(), flags=re.M)
        bodies = [p.split("\n\n", 1) for p in parts]
        return [
            rest[1].strip()
            for rest in bodies
            if len(rest) == 2 and "message received" in rest[0] and rest[1].strip().startswith(start)
        ]

    def story(self):
        """For a failed test."""
        errors = self.folder / "errors"
        said = errors.read_text(errors="replace") if errors.exists() else ""
        out = (self.folder / "output").read_text(errors="replace")[-1500:]
        return f"{self.name}: {said[:1500]}\n{out[-500:]}\n{self.messages()[:6000]}"

    def wait(self, timeout=None):
        """Until all its calls ended; fails unless each went exactly as the scenario says."""
        try:
            code = self.process.wait(timeout or self.timeout + 10)
        except subprocess.TimeoutExpired:
            self.stop()
            raise AssertionError(f"it does not end\n{self.story()}")
        assert code == 0, f"exit code {code}\n{self.story()}"
        return self

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(5)
        self.output.close()


@pytest.fixture
def sipp(tmp_path):
    """A factory of SIPp processes; those that still run at the end of the test are stopped."""
    made = []

    def start(scenario, remote=None, **more):
        made.append(Sipp(tmp_path, scenario, remote, **more))
        return made[-1]

    yield start
    for one in made:
        one.stop()
