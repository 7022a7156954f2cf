"""The binary's commands as somebody types them in terminals."""

import contextlib
import os
import pathlib
import queue
import re
import signal
import subprocess
import threading
import time
import wave

from exchange import ROOT, binary, free_ports

HELLO = ROOT / "apps" / "hello"
HELLO_NODE = ROOT / "apps" / "hello-node"


class Terminal:
    """A command that runs; its output is read line by line. `keys` are what somebody types."""

    def __init__(self, folder, *words, env=None, keys=False, program=None):
        self.lines = []
        self._new = queue.Queue()
        self.process = subprocess.Popen(
            [str(program or binary()), *map(str, words)],
            cwd=folder,
            stdin=subprocess.PIPE if keys else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            text=True,
            bufsize=1,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self._new.put(line.rstrip("\n"))
        self._new.put(None)

    def until(self, pattern, timeout=30):
        """The match of the first line from here on that `pattern` is found in."""
        end = time.monotonic() + timeout
        while True:
            try:
                line = self._new.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                load = pathlib.Path("/proc/loadavg").read_text()
                state = "\n".join([f"load {load}", *threads(self.process.pid)])
                raise AssertionError(f"no {pattern!r} within {timeout} s:\n{self.text}\n{state}") from None
            if line is None:
                raise AssertionError(f"it ended without {pattern!r}:\n{self.text}")
            self.lines.append(line)
            found = re.search(pattern, line)
            if found:
                return found

    def type(self, keys):
        self.process.stdin.write(keys)
        self.process.stdin.flush()

    def ends(self, timeout=60):
        """Waits for the end; the exit status."""
        status = self.process.wait(timeout)
        while (line := self._new.get(timeout=5)) is not None:
            self.lines.append(line)
        return status

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)
                raise AssertionError(f"it did not stop within 15 s of SIGTERM:\n{self.text}") from None

    @property
    def text(self):
        return "\n".join(self.lines)


def threads(process):
    """What the threads of a process and of those it started wait for."""
    lines = []
    for task in sorted(pathlib.Path(f"/proc/{process}/task").glob("*")):
        with contextlib.suppress(OSError):
            name, state = re.search(r"\((.*)\) (.)", (task / "stat").read_text()).groups()
            lines.append(f"  {process} {name} {state} {(task / 'wchan').read_text()}")
            for child in (task / "children").read_text().split():
                lines += threads(child)
    return lines


def dev_environment():
    """What keeps the nodes of tests that run at the same time out of each other's RTP ports."""
    first = free_ports(64)
    return {"SWITCHHOOK_MEDIA_PORTS": f"{first}-{first + 63}", "SWITCHHOOK_MEDIA_SHARDS": "1"}


def run(folder, *words, timeout=60, env=None):
    """A command that ends by itself: exit status and everything it printed."""
    done = subprocess.run(
        [str(binary()), *map(str, words)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout,
        env={**os.environ, **(env or {})},
    )
    return done.returncode, done.stdout


def loudness(file):
    """Seconds of a recording in which something is heard, and all of its seconds."""
    with wave.open(str(file)) as recording:
        rate = recording.getframerate()
        frames = recording.readframes(recording.getnframes())
    samples = [int.from_bytes(frames[i : i + 2], "little", signed=True) for i in range(0, len(frames), 2)]
    pieces = [samples[i : i + 160] for i in range(0, len(samples), 160)]
    loud = sum(1 for piece in pieces if sum(map(abs, piece)) / len(piece) > 60)
    return loud * 160 / rate, len(samples) / rate
