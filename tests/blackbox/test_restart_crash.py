"""kill -9 with calls in every state: what every leg and every function is owed afterwards."""

import collections
import json
import re
import shutil
import threading

import pytest

from customers import Function
from exchange import wait_for
from sound import silence, tone, write_wav
from telephony import CARRIER, PBX, name

RINGING, PLAYING, RECORDING, BRIDGED = "+15550101", "+15550102", "+15550103", "+15550104"
DIALLING, UPDATED, SINGLE, ENDED = "+15550105", "+15550106", "+15550107", "+15550108"
RELAYED, FAR = "+15550900", "+15559"

# One function for all numbers: what it does depends on the number called.
EVERY_STATE = f'''
def handler(event, context):
    kind = heard(event)
    number = event["CallDetails"]["Participants"][0]["To"]
    if kind == "NEW_INBOUND_CALL":
        if number == "{RINGING}":
            time.sleep(15)
        return say(*{{
            "{PLAYING}": [play("long.wav")],
            "{RECORDING}": [action("RecordAudio", RecordingTerminators=["#"],
                RecordingDestination={{"Type": "S3", "BucketName": "recordings"}})],
            "{BRIDGED}": [bridge("{FAR}0001")],
            "{DIALLING}": [pause(100), bridge("{FAR}0002", timeout=60)],
            "{UPDATED}": [pause(30000)],
            "{SINGLE}": [pause(30000)],
            "{ENDED}": [bridge("{FAR}0003")],
        }}.get(number, []), number=number, step="new")
    if kind == "CALL_UPDATE_REQUESTED":
        time.sleep(15)
    if kind == "HANGUP" and number == "{SINGLE}":
        raise RuntimeError("a function that cannot say goodbye")
    if kind == "ACTION_SUCCESSFUL":
        return say(number=number, step="bridged")
    return say()
'''
NUMBERS = (RINGING, PLAYING, RECORDING, BRIDGED, DIALLING, UPDATED, SINGLE, ENDED)


@pytest.fixture
def full(customers, softphone):
    """A node with a call in every state, and the calls by number."""

    def far(call):
        call.reply(call.invite, "180 Ringing")
        if call.invite.user != FAR + "0002":
            call.answer()
            call.wait_answered()
        if call.invite.user == FAR + "0003":
            wait_for(lambda: ENDED in bridged, 20)
            call.hangup()

    bridged = set()
    far_end = softphone("far end", CARRIER, far)
    pbx = softphone("pbx", PBX, lambda call: call.answer())
    function = Function(RINGING, EVERY_STATE, also=NUMBERS[1:], name="every")
    node = customers(function, far=far_end, pbx=pbx, sections={"limits": "function_timeout = 20"})
    write_wav(node.node.objects / "prompts" / "long.wav", tone(440, 60))
    (node.node.objects / "recordings").mkdir()
    calls = {number: node.dial(number) for number in (*NUMBERS, RELAYED)}
    node.until(RINGING, "NEW_INBOUND_CALL")
    node.until(BRIDGED, "ACTION_SUCCESSFUL:CallAndBridge")
    node.until(ENDED, "ACTION_SUCCESSFUL:CallAndBridge")
    bridged.add(ENDED)
    node.until(ENDED, "HANGUP LEG-B")
    for number in (PLAYING, RECORDING, UPDATED, SINGLE, RELAYED):
        calls[number].wait_answered()
    wait_for(lambda: [c for c in far_end.calls if c.invite.user == FAR + "0002"], 10, "nobody rings")
    calls[PLAYING].hears(440)
    client, application = node.node.client(), node.application(function)
    transaction = transaction_of(node, UPDATED)
    for turn in ("running", "waiting"):
        client.update_sip_media_application_call(
            SipMediaApplicationId=application, TransactionId=transaction, Arguments={"turn": turn}
        )
    node.until(UPDATED, "CALL_UPDATE_REQUESTED:CallUpdateRequest")
    # The record of the leg that ended is in the store, or at least in the journal.
    return node, calls, function


def transaction_of(node, number):
    return node.heard(number)[0]["CallDetails"]["TransactionId"]


def participants(event):
    return [(p["ParticipantTag"], p.get("Status")) for p in event["CallDetails"]["Participants"]]


def check_told(node):
    """Every leg that was live had its HANGUP, each call's sequence goes on, and nothing else was said."""
    per_number = {number: node.heard(number) for number in NUMBERS}
    for number, events in per_number.items():
        sequences = [e["Sequence"] for e in events]
        assert sequences == sorted(sequences), f"{number}: {sequences}"
        assert set(sequences) == set(range(1, max(sequences) + 1)), f"{number}: gaps in {sequences}"
        gone = collections.Counter(e["ActionData"]["Parameters"]["CallId"] for e in events if name(e).startswith("HANGUP"))
        legs = {p["CallId"] for e in events for p in e["CallDetails"]["Participants"]}
        assert set(gone) == legs, f"{number}: HANGUPs {gone} of legs {legs}"
        expected = 2 if number == SINGLE else 1  # a failing answer is retried once, then given up
        assert set(gone.values()) == {expected}, f"{number}: {gone}"
        last = events[-1]
        assert all(status == "Disconnected" for _, status in participants(last)), participants(last)
        if number != RINGING:
            assert last["CallDetails"]["TransactionAttributes"]["number"] == number
    assert per_number[BRIDGED][-1]["CallDetails"]["TransactionAttributes"]["step"] == "bridged"
    assert "TransactionAttributes" not in per_number[RINGING][-1]["CallDetails"]
    assert per_number[RINGING][-1]["ActionData"]["Parameters"]["SipResponseCode"] == 480
    assert per_number[PLAYING][-1]["ActionData"]["Parameters"]["SipResponseCode"] == 0


def check_records(node):
    """One record per leg; crashed where it was up."""
    wait_for(lambda: not node.live_journals(), 20, f"journals stay live: {node.live_journals()}")
    records = node.records()
    legs = collections.Counter(r["leg"] for r in records)
    assert set(legs.values()) == {1}
    by_leg = {r["leg"]: r for r in records}
    everyone = {p["CallId"]: p for e in node.heard() for p in e["CallDetails"]["Participants"]}
    ended = {
        p["CallId"]
        for e in node.heard(ENDED)
        for p in e["CallDetails"]["Participants"]
        if p["ParticipantTag"] == "LEG-B"
    }
    for leg in everyone:
        assert by_leg[leg]["crashed"] == (leg not in ended), by_leg[leg]
    # A leg that only rang is no participant, but has a record too; so has the relayed call.
    others = {r["call"]: r for r in records if r["leg"] not in everyone}
    assert len(others) == 2 and all(r["crashed"] for r in others.values()), others
    assert transaction_of(node, DIALLING) in others
    return records


def test_every_leg_and_every_function_get_what_they_are_owed(full):
    node, calls, function = full
    node.node.kill()
    before = len(node.heard())
    node.start()
    for number in NUMBERS:
        if number != ENDED:
            node.until(number, "HANGUP LEG-A")
    node.until(ENDED, "HANGUP LEG-A")
    wait_for(lambda: len([n for n in node.names(SINGLE) if n == "HANGUP LEG-A"]) == 2, 20)
    node.idle()
    check_told(node)
    assert len(node.heard()) > before
    first = check_records(node)

    client, application = node.node.client(), node.application(function)
    with pytest.raises(client.exceptions.NotFoundException):
        client.update_sip_media_application_call(
            SipMediaApplicationId=application, TransactionId=transaction_of(node, UPDATED), Arguments={}
        )
    for call in node.node.journals():
        lines = node.node.journal(call)
        assert lines[-1]["entry"] == "end", f"{call} has no end: {lines[-1]}"

    # Nothing is owed any more: another crash changes nothing.
    said = len(node.heard())
    node.restart()
    node.idle()
    assert len(node.heard()) == said
    assert sorted(json.dumps(r, sort_keys=True) for r in node.records()) == sorted(
        json.dumps(r, sort_keys=True) for r in first
    )
    node.dial(PLAYING).wait_answered()


def test_a_second_crash_during_the_recovery(full):
    node, calls, function = full
    for _ in range(3):
        node.restart()  # The function has just started to hear what it is owed, or not even that.
    for number in NUMBERS:
        node.until(number, "HANGUP LEG-A", 40)
    node.idle()
    check_records(node)
    for number in NUMBERS:
        events = node.heard(number)
        sequences = [e["Sequence"] for e in events]
        assert sequences == sorted(sequences), f"{number}: {sequences}"
        # What a crash cut off is told again: the same event with the same sequence.
        said = {}
        for event in events:
            assert said.setdefault(event["Sequence"], name(event)) == name(event), f"{number}: {sequences}"
        assert all(status == "Disconnected" for _, status in participants(events[-1]))
    assert len({s for e in node.heard(BRIDGED) if name(e) == "HANGUP LEG-B" for s in [e["Sequence"]]}) == 1


def test_torn_and_damaged_journals_do_not_stop_the_start(full):
    node, calls, function = full
    node.node.kill()
    ids = {number: transaction_of(node, number) for number in NUMBERS}
    days = node.node.folder / "data" / "journals"
    (segment,) = days.glob("2*/*.jsonl")
    kept, lines_of = [], collections.Counter()
    for line in segment.read_bytes().splitlines(keepends=True):
        call = json.loads(line)["call"]
        lines_of[call] += 1
        if call == ids[RECORDING] and lines_of[call] == 2:
            line = line[:60] + b"\x00\xff garbage\n"  # Damaged in the middle.
        if call == ids[SINGLE]:
            line = b"not a journal\n"
        if call != ids[UPDATED]:
            kept.append(line)
    segment.write_bytes(b"".join(kept) + b'{"call":"' + ids[PLAYING].encode() + b'","at":1790000000000000,"entry":{"ev')
    (segment.parent / "notes.txt").write_text("nobody's")
    (segment.parent / "00-00-00.000000.jsonl").mkdir()
    (days / "2000-01-01").write_text("no folder")

    node.start()
    for number in (RINGING, PLAYING, BRIDGED, DIALLING, ENDED):
        node.until(number, "HANGUP LEG-A")
    node.idle()
    records = {r["call"] for r in node.records()}
    for number in (RINGING, PLAYING, BRIDGED, DIALLING, ENDED, RECORDING):
        assert ids[number] in records, f"no record of {number}"
    log = node.log()
    assert re.search(f"{ids[RECORDING]}.*damaged|damaged.*{ids[RECORDING]}", log), "nobody said that a journal is damaged"
    assert "cannot be read" in log, "nobody said that lines are lost"
    # What was torn off is not in the way of what came afterwards.
    for number in (PLAYING, BRIDGED, RECORDING):
        assert node.node.journal(ids[number])[-1]["entry"] == "end"
    said = len(node.heard())
    node.restart()
    node.idle()
    assert len(node.heard()) == said, "the second start told everything again"
    node.dial(PLAYING).wait_answered()


def test_a_stopped_node_leaves_nothing_to_recover(full):
    """SIGTERM: calls are ended by the engine, records written, HANGUPs delivered."""
    node, calls, function = full
    node.node.stop()
    for number in NUMBERS:
        if number in (RINGING, UPDATED):
            continue  # Their function is asleep in an earlier event.
        assert "HANGUP LEG-A" in node.names(number), f"{number}: {node.names(number)}"
    for number in (PLAYING, RECORDING, BRIDGED, UPDATED, SINGLE, RELAYED):
        calls[number].wait_ended(5)
    wait_for(lambda: calls[RINGING].final, 5)
    assert calls[RINGING].final.status in (480, 503)
    legs = collections.Counter(r["leg"] for r in node.records())
    assert set(legs.values()) == {1}
    assert not any(r["crashed"] for r in node.records())
    asleep = sorted(transaction_of(node, number) for number in (RINGING, UPDATED))
    assert sorted(node.live_journals()) == asleep
    # Those two are owed their HANGUP still.
    node.start()
    for number in (RINGING, UPDATED):
        node.until(number, "HANGUP LEG-A")
    node.idle()
    wait_for(lambda: not node.live_journals(), 10)
    assert not any(r["crashed"] for r in node.records())
