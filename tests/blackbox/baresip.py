"""baresip as a telephone: calls, answers, speaks a tone, presses keys, records what it hears."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import threading

import pytest

from exchange import wait_for
from sound import read_wav, tone, write_wav
from telephony import udp_port

MODULES = next(
    (path for path in map(pathlib.Path, ["/usr/lib/baresip/modules", "/usr/local/lib/baresip/modules"]) if path.exists()),
    None,
)

needed = pytest.mark.skipif(
    shutil.which("baresip") is None or MODULES is None, reason="baresip is not installed (package baresip-core)"
)

CONFIG = """
module_path {modules}
sip_listen {host}:{port}
audio_source aufile,{folder}/voice.wav
audio_player aubridge,nobody
audio_alert aubridge,nobody
rtp_timeout 0
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
snd_path {folder}/heard
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen {host}:{control}
"""


class Baresip:
    """One telephone with one account, whose voice is a tone."""

    def __init__(self, folder, host, frequency, user="desk", account="", seconds=30):
        self.port = udp_port(host)
        self.host = host
        self.folder = pathlib.Path(folder) / f"baresip-{self.port}"
        (self.folder / "heard").mkdir(parents=True)
        write_wav(self.folder / "voice.wav", tone(frequency, seconds))
        with socket.socket() as probe:
            probe.bind((host, 0))
            control = probe.getsockname()[1]
        text = CONFIG.format(modules=MODULES, host=host, port=self.port, folder=self.folder, control=control)
        (self.folder / "config").write_text(text)
        (self.folder / "accounts").write_text(
            f"<sip:{user}@{host}:{self.port}>;regint=0;audio_codecs=PCMU/8000/1{account}\n"
        )
        (self.folder / "contacts").write_text("")
        self.log = open(self.folder / "log", "wb")
        self.process = subprocess.Popen(
            ["baresip", "-f", str(self.folder), "-v", "-s"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT, cwd=self.folder,
            env={**os.environ, "HOME": str(self.folder)},
        )
        self.events = []
        self.answers = {}
        self.token = 0
        self.control = wait_for(lambda: self._connect(host, control), 15, "baresip does not listen")
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        wait_for(lambda: b"baresip is ready" in (self.folder / "log").read_bytes(), 15, "baresip is not ready")

    @staticmethod
    def _connect(host, port):
        try:
            return socket.create_connection((host, port), timeout=5)
        except OSError:
            return None

    def _read(self):
        """Netstrings of JSON."""
        self.control.settimeout(None)
        data = b""
        while True:
            try:
                more = self.control.recv(65536)
            except OSError:
                return
            if not more:
                return
            data += more
            while b":" in data:
                length, _, rest = data.partition(b":")
                if len(rest) < int(length) + 1:
                    break
                message = json.loads(rest[: int(length)])
                data = rest[int(length) + 1 :]
                if message.get("event"):
                    self.events.append(message)
                else:
                    self.answers[message.get("token")] = message

    def command(self, command, params=""):
        self.token += 1
        token = str(self.token)
        text = json.dumps({"command": command, "params": params, "token": token}).encode()
        self.control.sendall(b"%d:%s," % (len(text), text))
        answer = wait_for(lambda: self.answers.get(token), 10, f"no answer to {command}")
        assert answer.get("ok"), f"{command} {params}: {answer}\n{self.story()}"
        return answer

    def dial(self, uri):
        self.command("dial", uri)

    def answer(self):
        self.await_event("CALL_INCOMING")
        self.command("accept")

    def hang_up(self):
        self.command("hangup")

    def press(self, key):
        """A key as an RFC 4733 event: down and up."""
        self.command("sndcode", key)

    def await_event(self, kind, timeout=20):
        try:
            return wait_for(lambda: next((e for e in self.events if e.get("type") == kind), None), timeout, f"no {kind}")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.events}\n{self.story()}")

    def heard(self):
        """What was received in all calls, with its rate."""
        files = sorted((self.folder / "heard").glob("*-dec.wav"), key=lambda file: file.stat().st_mtime)
        assert files, f"baresip recorded nothing\n{self.story()}"
        return read_wav(files[-1])

    def story(self):
        self.log.flush()
        return (self.folder / "log").read_text(errors="replace")[-5000:]

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)
        self.control.close()
        self.log.close()


@pytest.fixture
def baresip(tmp_path):
    """A factory of telephones; all are stopped at the end."""
    made = []

    def start(host, frequency, **more):
        made.append(Baresip(tmp_path, host, frequency, **more))
        return made[-1]

    yield start
    for one in made:
        one.stop()
