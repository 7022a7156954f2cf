"""apps/click-to-call in a browser, against the real binary: sign in, dial, hear, press keys, hang up."""

import json
import subprocess

import pytest

from browser import browsers, driver, needs_browser  # noqa: F401  (fixtures)
from click_to_call import ANYBODY, APP, DEMO, OFFICE, App, Page, installed, write_voice
from exchange import wait_for
from sound import heard, tone

pytestmark = [
    needs_browser,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not installed(), reason="the app's packages are not installed (cargo xtask setup)"),
]

EMAIL = "ann@example.com"
VOICE, CALLEE = 700, 1000  # Hz


class Callee:
    """What a softphone does with calls: `manner` is answer, busy or ring. All of its calls are kept by it."""

    def __init__(self, softphone):
        self.manner = "answer"
        self.phone = softphone("callee", on_call=self.take)

    def take(self, call):
        if self.manner == "busy":
            call.reply(call.invite, "486 Busy Here")
            return
        call.reply(call.invite, "180 Ringing")
        if self.manner == "answer":
            call.answer()
            call.ear.say(tone(CALLEE, 120))

    def call(self, number=1):
        wait_for(lambda: len(self.phone.calls) >= number, 30, f"no {number}. call")
        return self.phone.calls[number - 1]


@pytest.fixture
def callee(softphone):
    return Callee(softphone)


@pytest.fixture
def office(softphone):
    return Callee(softphone)


@pytest.fixture
def app(tmp_path, callee, office):
    made = []

    def make(**env):
        made.append(App(tmp_path, callee.phone, office.phone, **env).start())
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def page(browsers, tmp_path):
    def open(app, name="ann", **more):
        wav = tmp_path / "voice.wav"
        write_voice(wav, VOICE)
        return Page(browsers(name, wav=wav, **more), app.url)

    return open


def arrived(call, digits):
    try:
        wait_for(lambda: call.ear.events() == digits, 20)
    except AssertionError:
        raise AssertionError(f"{digits} did not arrive, but {call.ear.events()!r}") from None


def caller_is_heard(call, seconds=1.0):
    """The callee hears the voice of the page."""
    since = len(call.ear.samples())
    wait_for(lambda: heard(call.ear.samples()[since:], VOICE) >= seconds, 20, "the callee hears nothing")


def test_sign_in_dial_hear_press_keys_and_hang_up(app, page, callee):
    running = app()
    ann = page(running).sign_up(EMAIL)
    ann.shows(EMAIL)

    ann.call("(206) 555-0123")
    ann.shows("Calling…")
    call = callee.call().wait_answered()
    assert call.invite.user == ANYBODY
    ann.shows("Connected")
    ann.shows("00:0")
    ann.hears(CALLEE)
    caller_is_heard(call)

    # Keys arrive in the order they were pressed, by keyboard and by finger.
    ann.browser.keys("12#")
    ann.click("#keys")
    ann.click("[data-digit='9']")
    arrived(call, "12#9")
    assert ann.text("#digits") == "12#9"

    ann.browser.press("m")
    ann.shows("Muted")
    quiet_since = len(call.ear.samples()) + 4000
    wait_for(lambda: len(call.ear.samples()) > quiet_since + 12000, 20)
    assert heard(call.ear.samples()[quiet_since:], VOICE) == 0
    ann.click("#mute")
    caller_is_heard(call)

    ann.click("#end")
    ann.shows("Call ended after")
    call.wait_ended()
    assert not call.ended_by_us
    # And once more, from the list.
    ann.click("#recent button")
    again = callee.call(2).wait_answered()
    ann.shows("Connected")
    again.hangup().wait_ended()
    ann.shows("The other side hung up")


def test_the_office_is_told_who_calls(app, page, office):
    ann = page(app()).sign_up(EMAIL)
    ann.call(OFFICE)
    call = office.call().wait_answered()
    assert call.invite.get("x-requestoremail") == EMAIL
    ann.hears(CALLEE)
    # Sound comes at once; that somebody answered, the page learns by asking now and then.
    ann.shows("Connected")
    call.hangup()
    ann.shows("The other side hung up")


def test_the_demo_line_says_which_key_was_pressed(app, page):
    ann = page(app()).sign_up(EMAIL)
    ann.call(DEMO)
    ann.shows("Connected")
    wait_for(ann.loudest, 20, "the demo line says nothing")
    wait_for(lambda: not any(ann.loudest() for _ in range(5)), 40, "the greeting does not end")
    ann.browser.keys("5")
    wait_for(ann.loudest, 20, "the demo line does not answer the key")


def test_a_busy_callee_and_a_call_that_is_given_up(app, page, callee):
    ann = page(app()).sign_up(EMAIL)
    callee.manner = "busy"
    ann.call(ANYBODY)
    ann.shows("Nobody answered", timeout=40)
    callee.manner = "ring"
    ann.call(ANYBODY)
    second = callee.call(2)
    ann.shows("Calling…")
    ann.click("#end")
    ann.shows("Call cancelled.")
    second.wait_ended()


def test_what_is_wrong_with_a_number_is_said(app, page):
    ann = page(app()).sign_up(EMAIL)
    ann.call("555")
    ann.shows("This number is too short.")
    ann.call("+1 900 555 0100")
    ann.shows("Calls to this kind of number are not allowed.")
    # The server knows it too.
    answer = ann.browser.page("evaluate", FORGED)
    assert answer == [503, "Bad Number: Calls to this kind of number are not allowed."]


FORGED = """(async () => {
  const { idToken } = JSON.parse(sessionStorage.getItem("click-to-call.tokens"));
  const headers = { Authorization: `Bearer ${idToken}` };
  const answer = await fetch("/api/dial", { method: "POST", headers, body: JSON.stringify({ toNumber: "+19005550100" }) });
  return [answer.status, await answer.text()];
})()"""


def test_without_a_microphone_nobody_is_called(app, page, callee):
    ann = page(app(), flags=["--use-fake-ui-for-media-stream=deny"], options={"permissions": []}).sign_up(EMAIL)
    ann.call(ANYBODY)
    ann.shows("The microphone is blocked.")
    assert not callee.phone.calls


def test_an_expired_sign_in_is_said_and_renewed(app, page, callee):
    ann = page(app()).sign_up(EMAIL)
    ann.shows(EMAIL)
    ann.browser.page("evaluate", "sessionStorage.setItem('click-to-call.tokens', JSON.stringify({"
                     "...JSON.parse(sessionStorage.getItem('click-to-call.tokens')), idToken: 'a.b.c'}))")
    ann.browser.page("reload")
    ann.call(ANYBODY)
    ann.shows("Your sign-in has expired.")
    assert not callee.phone.calls
    ann.click("#notice-action")
    # The provider still knows the person.
    ann.shows(EMAIL)
    ann.call(ANYBODY)
    callee.call().wait_answered()


def test_only_the_allowed_domain_may_sign_up(app, page):
    ann = page(app(ALLOWED_DOMAIN="example.com")).sign_up("eve@elsewhere.org")
    ann.shows("Only addresses of example.com may sign up.")
    ann.fill("#email", EMAIL)
    ann.fill("#password", "correct horse")
    ann.click("button")
    ann.shows("Recent calls")
    ann.click("#sign-out")
    ann.shows("Call any phone")
    ann.sign_in(EMAIL).shows("Recent calls")


def test_the_types_of_page_and_functions_hold():
    done = subprocess.run(["node_modules/.bin/tsc", "--noEmit"], cwd=APP, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "typed, wanted",
    [
        ("206 555 0123", "+12065550123"),
        ("(206) 555-0123", "+12065550123"),
        ("1 206 555 0123", "+12065550123"),
        ("+44 20 7946 0958", "+442079460958"),
        ("0044 20 7946 0958", "+442079460958"),
        ("", "empty"),
        ("call me", "letters"),
        ("12345", "short"),
        ("+1 206 555 01234", "long"),
        ("+1 106 555 0123", "area"),
        ("+1 900 555 0123", "excluded"),
        ("+1 876 555 0123", "excluded"),
    ],
)
def test_numbers_as_people_type_them(typed, wanted):
    script = "import { parseNumber } from './functions/numbers.ts'; console.log(JSON.stringify(parseNumber(INPUT)))"
    bundled = subprocess.run(
        ["node_modules/.bin/esbuild", "--bundle", "--format=esm", "--loader=ts", f"--define:INPUT={json.dumps(typed)}"],
        cwd=APP, input=script, capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = subprocess.run(["node", "--input-type=module"], input=bundled.stdout, capture_output=True, text=True, check=True)
    answer = json.loads(said.stdout)
    assert answer.get("e164", answer.get("fault")) == wanted
