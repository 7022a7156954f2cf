"""The real binary, started with a configuration of its own on ports of its own."""

import json
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def binary():
    """The binary under test: SWITCHHOOK_TEST_BINARY, else the release build, else the debug build."""
    named = os.environ.get("SWITCHHOOK_TEST_BINARY")
    if named:
        return pathlib.Path(named)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    built = [target / profile / "switchhook" for profile in ("release", "debug")]
    built = [path for path in built if path.exists()]
    assert built, "build the binary first: cargo build --release -p switchhook -p load"
    return max(built, key=lambda path: path.stat().st_mtime)


def free_ports(count):
    """The first of `count` consecutive free UDP ports (even)."""
    for _ in range(200):
        first = random.randrange(10_000, 31_000) & ~1
        taken = []
        try:
            for port in range(first, first + count):
                probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                probe.bind(("127.0.0.1", port))
                taken.append(probe)
            return first
        except OSError:
            continue
        finally:
            for probe in taken:
                probe.close()
    raise RuntimeError("no free ports")


def tcp_ports(count):
    """Free TCP ports; nobody is given the same within a moment."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


class Exchange:
    """One node. `config` is TOML that is added to what every test needs."""

    def __init__(self, folder, config="", sections=None, any_key=True, rtp_ports=400, shards=1):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.objects = self.folder / "objects"
        self.objects.mkdir(exist_ok=True)
        self.rtp = free_ports(rtp_ports)
        sections = {
            "account": 'id = "111122223333"',
            "api": f'listen = "127.0.0.1:0"\nany_key = {str(any_key).lower()}',
            "sip": 'udp = "127.0.0.1:0"\ntcp = "127.0.0.1:0"',
            "media": f'ports = "{self.rtp}-{self.rtp + rtp_ports - 1}"\nbind = "127.0.0.1"\nwebrtc = "127.0.0.1:0"\nshards = {shards}',
            "objects": f'folder = "{self.objects}"',
            **(sections or {}),
        }
        head, _, rest = config.partition("[")
        text = head + f'\ndata_dir = "{self.folder / "data"}"\n'
        text += "\n".join(f"[{name}]\n{body}" for name, body in sections.items())
        text += "\n" + ("[" + rest if rest else "")
        self.config = self.folder / "switchhook.toml"
        self.config.write_text(text)
        self.log = self.folder / "log"
        self.process = None
        self.addresses = {}

    def start(self, timeout=20, env=None):
        out = open(self.log, "ab")
        self.process = subprocess.Popen(
            [str(binary()), "serve", "--config", str(self.config)],
            stdout=subprocess.PIPE,
            stderr=out,
            env={**os.environ, **(env or {})},
        )
        ready = threading.Event()
        said = []

        def read():
            for line in self.process.stdout:
                line = line.decode()
                said.append(line)
                out.write(b"stdout: " + line.encode())
                out.flush()
                found = re.match(r"listening (api|https|udp|tcp|webrtc) (\S+)", line)
                if found:
                    self.addresses[found[1]] = found[2]
                if "ready" in line:
                    ready.set()
            ready.set()

        threading.Thread(target=read, daemon=True).start()
        assert ready.wait(timeout), f"not ready within {timeout} s: {said}"
        assert self.process.poll() is None, f"it ended: {said} {self.log.read_text()}"
        return self

    @property
    def api(self):
        return f"http://{self.addresses['api']}"

    @property
    def sip(self):
        return self.addresses["udp"]

    @property
    def sip_tcp(self):
        return self.addresses["tcp"]

    def alive(self):
        return self.process.poll() is None

    def kill(self):
        """kill -9"""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)
                raise AssertionError("the node did not stop within 15 s of SIGTERM")

    def run(self, *words, timeout=30):
        """A command of the binary on this node's configuration; its standard output."""
        done = subprocess.run(
            [str(binary()), *words, "--config", str(self.config)],
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout

    def client(self, service="chime-sdk-voice", **more):
        import boto3

        return boto3.client(
            service,
            endpoint_url=self.api,
            region_name="us-east-1",
            aws_access_key_id=more.pop("key", "AKIATEST"),
            aws_secret_access_key=more.pop("secret", "test"),
            **more,
        )

    def _journal_lines(self):
        """The lines of all journals, in the order they were written; one that is being written just now is left out."""
        for segment in sorted((self.folder / "data" / "journals").glob("2*/*.jsonl")):
            if not segment.is_file():
                continue
            for line in segment.read_bytes().splitlines(keepends=True):
                if line.endswith(b"\n"):
                    yield json.loads(line)

    def journal(self, transaction):
        """The lines of a call's journal."""
        found = [l for l in self._journal_lines() if l["call"] == transaction and "entry" in l]
        assert found, f"no journal of {transaction}"
        return found

    def journals(self):
        """Transaction ids of all journals, in the order their calls began."""
        return list(dict.fromkeys(line["call"] for line in self._journal_lines()))

    def live_journals(self):
        """Transaction ids of the journals that are not put away."""
        live = {}
        for line in self._journal_lines():
            if "put_away" in line:
                live.pop(line["call"], None)
            else:
                live[line["call"]] = True
        return list(live)

    def events(self, transaction):
        """The events that the function was sent in one call, in order."""
        sent = []
        for line in self.journal(transaction):
            for effect in line["entry"].get("effects", []) if isinstance(line["entry"], dict) else []:
                if isinstance(effect, dict) and "Invoke" in effect:
                    sent.append(json.loads(effect["Invoke"]["payload"]))
        return sent


def wait_for(what, timeout=10, message="it did not happen"):
    """Waits until `what()` is true and returns its value."""
    end = time.monotonic() + timeout
    while True:
        value = what()
        if value:
            return value
        assert time.monotonic() < end, f"{message} within {timeout} s"
        time.sleep(0.05)
