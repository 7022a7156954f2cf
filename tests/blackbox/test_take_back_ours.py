"""apps/take-back-and-transfer as a newcomer starts it, over real SIP: SIPp calls and SIPp is the PBX."""

import collections
import multiprocessing
import re
import shutil
import sqlite3
import subprocess
import sys

import numpy
import pytest

from exchange import ROOT, binary, free_ports, wait_for
from sipp import needed
from softphone import Softphone
from sound import ULAW, Ear, tone
from speech import SPEAKER, is_heard, spoken, trimmed
from telephony import Line, name

APP = ROOT / "apps" / "take-back-and-transfer"
sys.path.insert(0, str(APP / "handler"))
from control_plane import Refused, update_call  # noqa: E402
from pairs import EXPIRES, Pairs  # noqa: E402

ENTRY, SAYS, CALLER = "+15550100", "+15550199", "+15557654321"
PBX, CALLERS = "127.0.0.3", "127.0.0.2"
PBX_HZ, CALLER_HZ = 880, 480
BY_THE_HANDLER = (APP / "handler" / "take_back.py").read_text()
BY_THE_CENTRE = (APP / "handler" / "contact_centre.py").read_text()


def sentence(constant, source=BY_THE_HANDLER):
    """A sentence of a handler, by the name of its constant."""
    return re.search(rf'^{constant} = "(.*)"$', source, re.M)[1]


class App(Line):
    """The folder as it is, on ports of its own, its PBX at `pbx_port`, and a number that speaks texts."""

    def __init__(self, node, pbx_port=9, change=lambda text: text, breaks=None):
        super().__init__(node)
        self.folder = node.folder / "app"
        shutil.copytree(APP, self.folder, ignore=shutil.ignore_patterns("data", "__pycache__"))
        if breaks:
            handler = self.folder / "handler" / "take_back.py"
            begin = "def action_successful(call):\n"
            assert begin in BY_THE_HANDLER
            handler.write_text(BY_THE_HANDLER.replace(begin, f"{begin}    {breaks}\n"))
        (node.folder / "speaker").mkdir()
        (node.folder / "speaker" / "index.py").write_text(SPEAKER)
        node.config = self.folder / "switchhook.toml"
        text = node.config.read_text()
        assert 'routes = ["127.0.0.1:5070"]' in text
        text = text.replace("127.0.0.1:5070", f"{PBX}:{pbx_port}")
        text = text.replace("numbers = [\n", f'numbers = [\n"{SAYS}",\n')
        text += f'''
[[function]]
name = "speaker"
runtime = "python3"
code = "{node.folder / "speaker"}"
handler = "index.handler"
[[seed.application]]
name = "speaker"
function = "speaker"
[[seed.rule]]
name = "speaker"
number = "{SAYS}"
applications = ["speaker"]
'''
        node.config.write_text(change(text))
        ports = free_ports(400)
        self.ports = {
            "SWITCHHOOK_API_LISTEN": "127.0.0.1:0",
            "SWITCHHOOK_SIP_UDP": "127.0.0.1:0",
            "SWITCHHOOK_SIP_TCP": "127.0.0.1:0",
            "SWITCHHOOK_MEDIA_PORTS": f"{ports}-{ports + 399}",
            "SWITCHHOOK_MEDIA_SHARDS": "1",
            "SWITCHHOOK_MEDIA_WEBRTC": "127.0.0.1:0",
            "SWITCHHOOK_DATA_DIR": str(node.folder / "data"),
        }
        self.phones = []
        self.start()

    def start(self):
        self.node.start(env=self.ports)

    def says(self, text):
        self.phones.append(Softphone("listener"))
        return spoken(self.phones[-1], self.node.sip, SAYS, text)

    def pool(self):
        """(rolling, contact) of the pairs that are in use."""
        with sqlite3.connect(f"file:{self.folder / 'data' / 'pairs.db'}?mode=ro", uri=True, timeout=10) as pool:
            return pool.execute("SELECT rolling, contact FROM pair WHERE call IS NOT NULL").fetchall()

    def pool_is_free(self):
        wait_for(lambda: not self.pool(), 20, f"pairs stay in use: {self.pool()}")

    def stories(self):
        """The events of each call to the entry number."""
        calls = [self.node.events(call) for call in self.node.journals()]
        return [e for e in calls if e and e[0]["CallDetails"]["Participants"][0]["To"] == ENTRY]

    def story(self, until):
        """The names of the only call's events, once the one named was sent."""

        def look():
            names = [[name(e) for e in events] for events in self.stories()]
            return names[0] if names and until in names[0] else None

        return wait_for(look, 60, f"no {until}")


@pytest.fixture
def app(exchange):
    made = []

    def make(**more):
        made.append(App(exchange(start=False), **more))
        return made[-1]

    yield make
    for one in made:
        for phone in one.phones:
            phone.close()


@pytest.fixture
def ears():
    made = []

    def make(host, frequency):
        made.append(Ear(host))
        made[-1].say(tone(frequency, 120), wait=60)
        return made[-1]

    yield make
    for ear in made:
        ear.close()


def header(invite, wanted):
    lines = [line.split(":", 1) for line in invite.splitlines() if ":" in line]
    return next(value.strip() for key, value in lines if key.lower() == wanted.lower())


@needed
def test_the_whole_story(app, sipp, ears):
    at_pbx, at_caller = ears(PBX, PBX_HZ), ears(CALLERS, CALLER_HZ)
    pbx = sipp("callee_hangs_up", host=PBX, rtp_port=at_pbx.port, timeout=120, fill={"talk": 2000})
    node = app(pbx_port=pbx.port)
    spelt = f'<speak><say-as interpret-as="telephone">{CALLER}</say-as></speak>'
    sentences = [sentence("WELCOME"), sentence("PROMPT", BY_THE_CENTRE), spelt]
    sentences += [sentence("TRANSFER", BY_THE_CENTRE), sentence("HOLD")]
    wanted = [node.says(text) for text in sentences]

    caller = sipp("caller_waits", node.udp, to=ENTRY, caller=CALLER, rtp_port=at_caller.port, timeout=120)
    wait_for(node.pool, 20, "no pair was claimed")
    caller.wait()  # until the PBX hangs up, and the application hangs up the caller
    pbx.wait()

    sound = at_caller.samples()
    for text, samples in zip(sentences, wanted):
        assert is_heard(samples, sound), f"{text!r} was not heard"
    assert at_caller.heard(PBX_HZ) > 1.0
    assert at_pbx.heard(CALLER_HZ) > 1.0
    [invite] = pbx.received("INVITE")
    assert header(invite, "X-Original-Calling-Number") == CALLER
    assert "sip:+1555011" in header(invite, "From")
    assert node.story("HANGUP LEG-A") == [
        "NEW_INBOUND_CALL",
        "ACTION_SUCCESSFUL:CallAndBridge",
        "CALL_UPDATE_REQUESTED:CallUpdateRequest",
        "HANGUP LEG-B",
        "ACTION_SUCCESSFUL:Hangup",
        "ACTION_SUCCESSFUL:CallAndBridge",
        "HANGUP LEG-B",
        "HANGUP LEG-A",
    ]
    node.pool_is_free()
    # Three legs and the contact centre's own, and one for each sentence.
    node.one_record_per_leg(4 + len(sentences))


def test_one_command_runs_it(tmp_path):
    """`switchhook dev` on a copy of the folder, started elsewhere, on ports of its own."""
    shutil.copytree(APP, tmp_path / "app", ignore=shutil.ignore_patterns("data", "__pycache__"))
    command = [str(binary()), "dev", str(tmp_path / "app"), "--sip-port", "0", "--api-port", "0"]
    node = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    phone = Softphone("caller")
    try:
        said = []
        for row in node.stdout:
            said.append(row)
            if row.strip() == "ready":
                break
        address = re.search(r"SIP +(\S+:\d+)", "".join(said))
        assert address, said
        call = phone.dial(ENTRY, address[1], CALLER).wait_answered()
        wait_for(lambda: len(trimmed(call.sound())) > 8000, 20, "the welcome was not heard")
        call.hangup().wait_ended()
    finally:
        phone.close()
        node.terminate()
        node.communicate(timeout=20)
    assert node.returncode == 0


@needed
def test_a_busy_pbx_is_an_apology_and_a_hang_up(app, sipp, ears):
    at_caller = ears(CALLERS, CALLER_HZ)
    pbx = sipp("callee_refuses", host=PBX, timeout=120, fill={"status": "486"})
    node = app(pbx_port=pbx.port)
    sorry = node.says(sentence("NOT_REACHED"))
    sipp("caller_waits", node.udp, to=ENTRY, caller=CALLER, rtp_port=at_caller.port, timeout=120).wait()
    pbx.wait()
    assert is_heard(sorry, at_caller.samples())
    assert node.story("HANGUP LEG-A")[-2:] == ["ACTION_FAILED:CallAndBridge", "HANGUP LEG-A"]
    node.pool_is_free()
    node.idle()


@needed
def test_a_contact_centre_that_does_not_answer_is_an_apology(app, sipp, ears):
    at_caller = ears(CALLERS, CALLER_HZ)
    broken = lambda text: text.replace('handler = "contact_centre.handler"', 'handler = "contact_centre.missing"')
    node = app(change=broken)
    sorry = node.says(sentence("NOT_REACHED"))
    sipp("caller_waits", node.udp, to=ENTRY, caller=CALLER, rtp_port=at_caller.port, timeout=120).wait()
    assert is_heard(sorry, at_caller.samples())
    assert node.story("HANGUP LEG-A") == ["NEW_INBOUND_CALL", "ACTION_FAILED:CallAndBridge", "HANGUP LEG-A"]
    node.pool_is_free()
    node.idle()


@needed
def test_a_contact_centre_that_fails_on_the_way_frees_pair_and_caller(app, sipp, ears):
    """Its function raises when it should ask for the transfer: the node ends its call, the caller is hung up."""
    at_caller = ears(CALLERS, CALLER_HZ)
    node = app(change=lambda text: text.replace("PBX_NUMBER =", "PBX_NUMBER_IS_MISSING ="))
    sipp("caller_waits", node.udp, to=ENTRY, caller=CALLER, rtp_port=at_caller.port, timeout=120).wait()
    assert node.story("HANGUP LEG-A")[-2:] == ["HANGUP LEG-B", "HANGUP LEG-A"]
    node.pool_is_free()
    node.idle()


@needed
@pytest.mark.parametrize("breaks", ["raise RuntimeError('broken')", "import os; os._exit(3)"])
def test_a_handler_that_breaks_in_the_middle_frees_its_pair(app, sipp, breaks):
    """It cannot answer that the contact centre was reached: the node ends the call, and says so by HANGUPs."""
    node = app(breaks=breaks)
    sipp("caller_waits", node.udp, to=ENTRY, caller=CALLER, timeout=120).wait()
    node.pool_is_free()
    node.idle()
    [events] = node.stories()
    told = [(event["Sequence"], name(event)) for event in events]
    bridged = (2, "ACTION_SUCCESSFUL:CallAndBridge")
    assert told[:3] == [(1, "NEW_INBOUND_CALL"), bridged, bridged], "a failed event is told once more"
    assert sorted(what for _, what in told[3:]) == ["HANGUP LEG-A", "HANGUP LEG-B"]


@needed
@pytest.mark.parametrize("talk", [200, 7000])
def test_a_caller_may_go_at_any_time(app, sipp, talk):
    """During the welcome, and on the contact centre."""
    node = app()
    sipp("caller_hangs_up", node.udp, to=ENTRY, caller=CALLER, fill={"talk": talk}).wait()
    assert node.story("HANGUP LEG-A")[0] == "NEW_INBOUND_CALL"
    node.pool_is_free()
    node.idle()


@needed
def test_twenty_callers_at_once_share_nine_pairs(app, sipp, ears):
    """Nobody gets a pair that another one has; whoever gets none hears why."""
    ear = Ear(CALLERS)
    pbx = sipp("callee_hangs_up", host=PBX, calls=9, timeout=180, fill={"talk": 1000})
    node = app(pbx_port=pbx.port)
    sorry = node.says(sentence("ALL_BUSY"))
    callers = sipp(
        "caller_waits", node.udp, to=ENTRY, calls=20, rate=100, rtp_port=ear.port, timeout=180
    )
    callers.wait()
    pbx.wait()
    ear.close()
    stories = node.stories()
    assert len(stories) == 20
    last = [story[-1]["CallDetails"]["TransactionAttributes"] for story in stories]
    pairs = [(a["rolling"], a["contact"]) for a in last if "rolling" in a]
    assert len(pairs) == 9 and len(set(pairs)) == 9

    streams = collections.defaultdict(bytes)
    for _, _, payload, source in ear.packets:
        streams[source] += payload
    sounds = [ULAW[numpy.frombuffer(stream, numpy.uint8)] for stream in streams.values()]
    assert sum(is_heard(sorry, sound) for sound in sounds) == 11
    node.pool_is_free()
    node.idle(60)


@needed
def test_a_killed_node_leaks_no_pair(app, sipp, ears):
    """One caller in the welcome, one on the contact centre, one on the PBX."""
    at_caller = ears(CALLERS, CALLER_HZ)
    pbx = sipp("callee_answers", host=PBX, timeout=120)
    node = app(pbx_port=pbx.port)
    sipp("caller_waits", node.udp, to=ENTRY, timeout=120)
    wait_for(lambda: pbx.received("ACK"), 60, "nobody reached the PBX")
    sipp("caller_waits", node.udp, to=ENTRY, timeout=120)
    wait_for(
        lambda: any("ACTION_SUCCESSFUL:CallAndBridge" == name(s[-1]) for s in node.stories() if len(s) == 2),
        60,
        "nobody reached the contact centre",
    )
    sipp("caller_waits", node.udp, to=ENTRY, timeout=120)
    wait_for(lambda: len(node.pool()) == 2, 20, "not two pairs in use")

    node.node.kill()
    node.start()

    node.pool_is_free()
    node.idle()
    for story in node.stories():
        gone = [e["ActionData"]["Parameters"]["CallId"] for e in story if name(e).startswith("HANGUP")]
        assert len(gone) == len(set(gone)), "a HANGUP came twice"
        assert name(story[-1]).startswith("HANGUP")
    legs = [r["leg"] for r in node.records()]
    assert len(legs) == len(set(legs))
    # And the next caller is served.
    caller = sipp("caller_hangs_up", node.udp, to=ENTRY, rtp_port=at_caller.port, fill={"talk": 1000})
    caller.wait()
    node.pool_is_free()


def test_the_update_is_signed_as_a_checking_node_wants_it(exchange, monkeypatch):
    node = exchange('[[api.key]]\nid = "AKIAEXAMPLE"\nsecret = "a secret/with+signs"\n', any_key=False)
    monkeypatch.setenv("AWS_ENDPOINT_URL_CHIME_SDK_VOICE", node.api)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a secret/with+signs")
    application = "7a6b0000-0000-4000-8000-000000000001"
    with pytest.raises(Refused, match="^404 "):  # It is over: what a contact centre may well see.
        update_call(application, "5e7e9b2f-e034-428b-88bc-ab9402f127e5", {"Transfer": "+15550180 é"})
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    with pytest.raises(Refused, match="^403 "):
        update_call(application, "5e7e9b2f-e034-428b-88bc-ab9402f127e5", {"Transfer": "+15550180"})


# The pool by itself.

ROLLING, CONTACT = ["+15550111", "+15550112", "+15550113"], ["+15550121", "+15550122", "+15550123"]


def _claim_many(file, worker, results):
    pairs = Pairs(file, ROLLING, CONTACT)
    for turn in range(20):
        call = f"{worker}-{turn}"
        pair = pairs.claim(call, "+15550001")
        if pair:
            others = pairs.whose(*pair)
            results.put((call, others[0]))
            pairs.release(call)
        else:
            results.put((call, None))


def test_processes_never_hold_the_same_pair(tmp_path):
    file = tmp_path / "pairs.db"
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    workers = [context.Process(target=_claim_many, args=(file, n, results)) for n in range(12)]
    for worker in workers:
        worker.start()
    seen = [results.get(timeout=60) for _ in range(12 * 20)]
    for worker in workers:
        worker.join(30)
        assert worker.exitcode == 0
    assert all(holder in (call, None) for call, holder in seen)
    assert sum(holder is not None for _, holder in seen) > 9
    pairs = Pairs(file, ROLLING, CONTACT)
    assert all(pairs.whose(r, c) is None for r in ROLLING for c in CONTACT)


def test_the_pool_gives_each_pair_once_and_the_same_call_the_same(tmp_path):
    pairs = Pairs(tmp_path / "pairs.db", ROLLING, CONTACT)
    first = [pairs.claim(f"call-{n}", f"+1555000{n}") for n in range(9)]
    assert len(set(first)) == 9
    assert pairs.claim("call-9", "+15550009") is None
    assert pairs.claim("call-3", "+15550003") == first[3], "a repeated invocation claims no second pair"
    assert pairs.whose(*first[3]) == ("call-3", "+15550003")
    pairs.release("call-3")
    pairs.release("call-3")
    assert pairs.whose(*first[3]) is None
    assert pairs.claim("call-9", "+15550009") == first[3]


def test_a_claim_that_nobody_released_expires(tmp_path):
    now = [1_000_000.0]
    pairs = Pairs(tmp_path / "pairs.db", ROLLING[:1], CONTACT[:1], clock=lambda: now[0])
    assert pairs.claim("lost", "+15550001")
    now[0] += EXPIRES - 1
    assert pairs.claim("next", "+15550002") is None
    now[0] += 2
    assert pairs.claim("next", "+15550002")


def test_numbers_that_are_configured_later_replace_the_old_ones(tmp_path):
    file = tmp_path / "pairs.db"
    held = Pairs(file, ROLLING[:1], CONTACT[:2]).claim("call", "+15550001")
    pairs = Pairs(file, ROLLING[1:2], CONTACT[:1])
    assert pairs.whose(*held) == ("call", "+15550001"), "a pair in use stays"
    assert pairs.claim("next", "+15550002") == (ROLLING[1], CONTACT[0])
    assert pairs.claim("third", "+15550003") is None
