"""Real browsers with the unmodified meetings client, driven from Python through tests/browser/driver.mjs."""

import itertools
import json
import os
import pathlib
import queue
import shutil
import subprocess
import threading

import numpy
import pytest

from exchange import wait_for
from sound import write_wav

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "browser"
RATE = 48_000
# MeetingSessionStatusCode of the client, by name: some numbers changed between its versions.
LEFT, JOINED_ELSEWHERE = "Left", "AudioJoinedFromAnotherDevice"
ENDED, REMOVED = "MeetingEnded", "AudioAttendeeRemoved"
REJECTED = "AudioAuthenticationRejected"

chromium = os.environ.get("SWITCHHOOK_TEST_CHROMIUM") or shutil.which("chromium")
needs_browser = pytest.mark.skipif(
    chromium is None or shutil.which("node") is None or not (FOLDER / "node_modules").exists(),
    reason="chromium or the packages of tests/browser are not installed (cargo xtask setup)",
)


class Failed(Exception):
    """What went wrong in the browser, with the last lines of its console."""


class Driver:
    """The Node process that holds the browsers."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["node", "driver.mjs"], cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.numbers = itertools.count(1)
        self.waiting = {0: queue.Queue()}
        self.lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()
        self.origin = self.waiting[0].get(timeout=30)["result"]["origin"]

    def _read(self):
        for line in self.process.stdout:
            answer = json.loads(line)
            self.waiting[answer["id"]].put(answer)
        for one in list(self.waiting.values()):
            one.put({"error": "the driver ended"})

    def ask(self, do, timeout=90, **more):
        number = next(self.numbers)
        answers = self.waiting[number] = queue.Queue()
        with self.lock:
            self.process.stdin.write(json.dumps({"id": number, "do": do, **more}) + "\n")
            self.process.stdin.flush()
        try:
            answer = answers.get(timeout=timeout)
        except queue.Empty:
            raise Failed(f"no answer to {do} {more} within {timeout} s") from None
        finally:
            del self.waiting[number]
        if "error" in answer:
            console = "\n".join(answer.get("console", []))
            raise Failed(f"{do} {more.get('method', '')}: {answer['error']}\n{console}")
        return answer["result"]

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)


class Browser:
    """One browser with a user-data folder of its own. `wav` is what its microphone hears."""

    def __init__(self, driver, name, wav=None, **more):
        self.driver, self.name = driver, name
        driver.ask("open", browser=name, wav=str(wav) if wav else None, **more)

    def page(self, method, *args):
        """A method of Playwright's Page: goto, click, fill, innerText …"""
        return self.driver.ask("page", browser=self.name, method=method, args=args)

    def context(self, method, *args):
        return self.driver.ask("context", browser=self.name, method=method, args=args)

    def keys(self, text):
        """Types, as on a keyboard."""
        return self.driver.ask("keyboard", browser=self.name, method="type", args=[text])

    def press(self, key):
        return self.driver.ask("keyboard", browser=self.name, method="press", args=[key])

    def console(self):
        return self.driver.ask("console", browser=self.name)

    def close(self):
        self.driver.ask("close", browser=self.name)


class Party(Browser):
    """A browser in a meeting, by the test page. `client` is "newest" or "oldest"."""

    def __init__(self, driver, name, hertz=None, folder=None, client="newest"):
        self.hertz = hertz
        wav = None
        if hertz:
            wav = pathlib.Path(folder) / f"{name}.wav"
            write_tone(wav, hertz)
        self.attendee = None
        super().__init__(driver, name, wav, client=client)

    def party(self, method, *args):
        return self.driver.ask("party", browser=self.name, method=method, args=args)

    def join(self, meeting, attendee, **more):
        """Starts to join; `started` waits until it is in."""
        self.attendee = attendee["AttendeeId"]
        self.party("join", {"meeting": meeting, "attendee": attendee, **more})
        return self

    def events(self, kind=None):
        return [e for e in self.party("events") if kind in (None, e["kind"])]

    def happens(self, kind, timeout=20, count=1, **wanted):
        """The `count`th event of a kind with these values, once it came."""

        def look():
            found = [e for e in self.events(kind) if all(e.get(k) == v for k, v in wanted.items())]
            return found[count - 1] if len(found) >= count else None

        try:
            return wait_for(look, timeout)
        except AssertionError:
            raise AssertionError(f"{self.name}: no {count}. {kind} {wanted} within {timeout} s\n{self.story()}") from None

    def started(self, count=1, timeout=20):
        self.happens("started", timeout, count)
        return self

    def stopped(self, status, timeout=20):
        """Waits until the session has ended with that status."""
        self.happens("stopped", timeout, name=status)

    def sees(self, attendee, present=True, timeout=20):
        """Waits until its roster has (or has no longer) that attendee."""

        def look():
            last = [e for e in self.events("presence") if e["attendeeId"] == attendee]
            return bool(last) and last[-1]["present"] == present

        wait_for(look, timeout, f"{self.name} does not see {attendee} {present}: {self.story()}")

    def hears_exactly(self, *hertz, timeout=20, quiet=24, settle=3):
        """Waits until the sound of the page is these tones and nothing else, and stays so for `settle` looks.

        What is `quiet` dB below the loudest wanted tone is no sound: codecs leave traces of what they carry.
        """
        wanted, right, last = sorted(hertz), 0, None

        def look():
            nonlocal right, last
            last = self.party("sound")
            right = right + 1 if tones(last, quiet, -60) == wanted else 0
            return right >= settle

        def tones(peaks, quiet, floor):
            loud = [p for p in peaks if p["level"] > max(floor, peaks[0]["level"] - quiet)]
            return sorted({nearest(p["hertz"], wanted) for p in loud})

        try:
            wait_for(look, timeout)
        except AssertionError:
            heard = [(round(p["hertz"]), round(p["level"])) for p in last or []]
            raise AssertionError(f"{self.name} hears {heard}, not {wanted}\n{self.story()}") from None

    def volume(self, attendee):
        return self.party("volumes").get(attendee, {})

    def story(self):
        events = self.events()
        start = events[0]["at"] if events else 0
        told = [f"{(e.pop('at') - start) / 1000:.2f} {e}" for e in events[-40:]]
        return "\n".join([f"-- {self.name}", *told, *self.console()[-20:]])


def nearest(hertz, wanted):
    """The wanted tone that this peak is, or what it is instead."""
    for tone in wanted:
        # The flanks of a loud tone are the tone.
        if abs(hertz - tone) <= 15:
            return tone
    return round(hertz)


def write_tone(path, hertz, seconds=10, level=9000):
    """A tone for a microphone; a whole number of periods, since the browser plays it in a circle."""
    at = numpy.arange(RATE * seconds) / RATE
    write_wav(path, (level * numpy.sin(2 * numpy.pi * hertz * at)).astype(numpy.int16), RATE)


@pytest.fixture(scope="session")
def driver():
    one = Driver()
    yield one
    one.close()


@pytest.fixture
def browsers(request, tmp_path):
    """A factory of browsers; all are closed at the end. With a `client` they are parties of a meeting."""
    made = []

    def make(name, hertz=None, **more):
        driver = request.getfixturevalue("driver")
        if "client" in more or hertz:
            made.append(Party(driver, name, hertz, tmp_path, **more))
        else:
            made.append(Browser(driver, name, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()
