"""apps/click-to-call as its one command starts it, on ports of its own, with phones of ours on the two lines."""

import pathlib
import shutil

import numpy

from browser import RATE
from exchange import ROOT, binary, free_ports, tcp_ports, wait_for
from sound import tone, write_wav
from terminal import Terminal

APP = ROOT / "apps" / "click-to-call"
DEMO, OFFICE, ANYBODY = "+12065550100", "+12065550199", "+12065550123"
PASSWORD = "correct horse"


def installed():
    """Whether its packages are those of its lock file: its start would install them through the link of a copy."""
    stamp = APP / "node_modules" / ".installed-lock.json"
    return stamp.exists() and stamp.read_text() == (APP / "package-lock.json").read_text()


class App(Terminal):
    """The application in a folder of its own. `phone` and `office` are the softphones that its calls reach."""

    def __init__(self, folder, phone, office, **env):
        self.folder = pathlib.Path(folder) / "click-to-call"
        left_out = shutil.ignore_patterns("node_modules", "dist", "data", "switchhook.local.toml")
        shutil.copytree(APP, self.folder, ignore=left_out)
        (self.folder / "node_modules").symlink_to(APP / "node_modules")
        page, sign_in, sip = tcp_ports(3)
        media = free_ports(200)
        self.url = f"http://127.0.0.1:{page}/"
        self.environment = {
            "SWITCHHOOK": str(binary()),
            "PAGE_PORT": str(page),
            "SIGN_IN_PORT": str(sign_in),
            "SIP_PORT": str(sip),
            "PHONE_PORT": str(phone.port),
            "OFFICE_PORT": str(office.port),
            "OWN_PHONES": "1",
            "SWITCHHOOK_MEDIA_PORTS": f"{media}-{media + 199}",
            "SWITCHHOOK_MEDIA_SHARDS": "1",
            "SWITCHHOOK_MEDIA_WEBRTC": "127.0.0.1:0",
            **env,
        }

    def start(self):
        super().__init__(self.folder, "start.mjs", env=self.environment, program="node")
        self.until("Open http", timeout=60)
        return self


class Page:
    """The page in a browser, as a person uses it."""

    def __init__(self, browser, url):
        self.browser, self.url = browser, url
        browser.page("goto", url)

    def sign_up(self, email):
        self.click("#sign-in")
        self.click("text=Create an account")
        self.fill("#email", email)
        self.fill("#password", PASSWORD)
        self.click("button")
        return self

    def sign_in(self, email):
        self.click("#sign-in")
        self.fill("#email", email)
        self.fill("#password", PASSWORD)
        self.click("button")
        return self

    def call(self, number):
        self.fill("#number", number)
        self.browser.press("Enter")
        return self

    def click(self, selector):
        self.browser.page("click", selector)

    def fill(self, selector, text):
        self.browser.page("fill", selector, text)

    def text(self, selector):
        return self.browser.page("innerText", selector)

    def shows(self, text, timeout=20):
        """Waits until the page shows a text."""

        def look():
            return text in self.browser.page("innerText", "body")

        try:
            wait_for(look, timeout)
        except AssertionError:
            shown = self.browser.page("innerText", "body")
            console = "\n".join(self.browser.console()[-20:])
            raise AssertionError(f"{text!r} is not shown within {timeout} s, but:\n{shown}\n{console}") from None

    def loudest(self):
        """The loudest frequency in what the page plays, in Hz; 0 in silence."""
        return self.browser.page("evaluate", LOUDEST)

    def hears(self, hertz, timeout=20):
        wait_for(lambda: abs(self.loudest() - hertz) < 20, timeout, f"the page does not hear {hertz} Hz")


LOUDEST = """(async () => {
  const { srcObject } = document.querySelector("audio") ?? {};
  if (!srcObject) return 0;
  if (window.heardBy?.stream !== srcObject) {
    const context = new AudioContext();
    const ear = context.createAnalyser();
    ear.fftSize = 8192;
    context.createMediaStreamSource(srcObject).connect(ear);
    window.heardBy = { stream: srcObject, context, ear };
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  const { ear, context } = window.heardBy;
  const bins = new Float32Array(ear.frequencyBinCount);
  ear.getFloatFrequencyData(bins);
  const top = bins.reduce((best, level, i) => (level > bins[best] ? i : best), 2);
  return bins[top] > -60 ? (top * context.sampleRate) / ear.fftSize : 0;
})()"""


def write_voice(path, hertz):
    """A tone that comes and goes like syllables: a steady one is noise to the browser's filters."""
    at = numpy.arange(RATE * 9) / RATE
    loud = 0.5 + 0.5 * numpy.sign(numpy.sin(2 * numpy.pi * 2.0 * at))
    write_wav(path, (14000 * loud * numpy.sin(2 * numpy.pi * hertz * at)).astype(numpy.int16), RATE)
