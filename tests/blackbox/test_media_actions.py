"""Actions whose effect can be heard: prompts, digits, speech and recordings, over real RTP."""

import json
import struct
import time

import numpy
import pytest

from customers import Function
from exchange import wait_for
from sound import RATE, heard, read_wav, silence, to_ulaw, tone, write_wav
from telephony import action, hangup, pause, play

# Answers from a plan: by event and action type, else by event.
PLANNED = """
PLAN = json.loads({plan!r})

def handler(event, context):
    kind = heard(event)
    key = kind + ":" + event.get("ActionData", {{}}).get("Type", "")
    return say(*PLAN.get(key, PLAN.get(kind, [])))
"""


def planned(number, first, **more):
    """A function that answers its call with `first` and other events as `more` says (`EVENT__ActionType`)."""
    plan = {"NEW_INBOUND_CALL": first, **{key.replace("__", ":"): actions for key, actions in more.items()}}
    return Function(number, PLANNED.format(plan=json.dumps(plan)))


def source(key, bucket="prompts"):
    return {"Type": "S3", "BucketName": bucket, "Key": key}


def get_digits(**more):
    parameters = {
        "AudioSource": source("menu.wav"),
        "FailureAudioSource": source("failure.wav"),
        "RepeatDurationInMilliseconds": 1500,
        **more,
    }
    return action("PlayAudioAndGetDigits", **parameters)


def record(**more):
    destination = {"Type": "S3", "BucketName": "recordings", "Prefix": "mail"}
    return action("RecordAudio", RecordingTerminators=["#"], RecordingDestination=destination, **more)


def prompts(node, **sounds):
    for key, samples in sounds.items():
        write_wav(node.node.objects / "prompts" / f"{key}.wav", samples)
    (node.node.objects / "recordings").mkdir(exist_ok=True)


def one(customers, first, far=None, sections=None, **more):
    node = customers(planned("+15550101", first, **more), far=far, sections=sections)
    prompts(node, menu=tone(440, 1), failure=tone(620, 0.5), beep=tone(1000, 0.3), long=tone(440, 30))
    return node


def last(node, kind, number="+15550101"):
    return [e for e in node.heard(number) if e["InvocationEventType"] == kind][-1]


def raw_wav(path, samples, rate, channels=1, kind=1, bits=16):
    """A WAV file with any header."""
    width = bits // 8
    head = struct.pack("<HHIIHH", kind, channels, rate, rate * channels * width, channels * width, bits)
    body = b"fmt " + struct.pack("<I", len(head)) + head + b"data" + struct.pack("<I", len(samples)) + samples
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body)


def sine(frequency, seconds, rate):
    return (8000 * numpy.sin(2 * numpy.pi * frequency * numpy.arange(int(seconds * rate)) / rate)).astype("<i2")


def alaw(samples):
    """By the definition, sample by sample (ITU-T G.711)."""
    out = bytearray()
    for sample in samples:
        value, sign = (int(sample) >> 3, 0xD5) if sample >= 0 else ((-int(sample) - 1) >> 3, 0x55)
        segment = max(0, value.bit_length() - 5)
        code = value >> 1 if segment == 0 else (segment << 4) | ((value >> segment) & 0x0F)
        out.append(code ^ sign)
    return bytes(out)


def test_files_of_every_kind_sound_right(customers):
    kinds = {
        "8k": (500, lambda p: write_wav(p, sine(500, 1, 8000), 8000)),
        "16k": (700, lambda p: write_wav(p, sine(700, 1, 16000), 16000)),
        "44k1_stereo": (900, lambda p: raw_wav(p, numpy.repeat(sine(900, 1, 44100), 2).tobytes(), 44100, 2)),
        "48k": (1100, lambda p: write_wav(p, sine(1100, 1, 48000), 48000)),
        "ulaw": (1300, lambda p: raw_wav(p, to_ulaw(tone(1300, 1)), 8000, 1, 7, 8)),
        "alaw": (1500, lambda p: raw_wav(p, alaw(tone(1500, 1)), 8000, 1, 6, 8)),
    }
    first = [play(f"{kind}.wav") for kind in kinds]
    node = one(customers, [*first, hangup()])
    for kind, (_, write) in kinds.items():
        write(node.node.objects / "prompts" / f"{kind}.wav")
    call = node.dial("+15550101").wait_answered().wait_ended(40)
    for kind, (frequency, _) in kinds.items():
        assert 0.7 < call.ear.heard(frequency) < 1.3, f"{kind}: {call.ear.heard(frequency)} s of {frequency} Hz"
    level = numpy.abs(call.sound().astype(int)).max()
    assert 7000 < level < 9500, f"the loudest sample is {level}"


def test_a_repeated_prompt_is_overwritten_between_plays(customers):
    node = one(customers, [play("menu.wav", Repeat=2)], ACTION_SUCCESSFUL=[play("menu.wav"), hangup()])
    call = node.dial("+15550101").wait_answered()
    call.hears(440, 0.5)
    prompts(node, menu=tone(800, 1))
    call.wait_ended()
    assert 1.6 < call.ear.heard(440) < 2.4
    assert 0.6 < call.ear.heard(800) < 1.4


@pytest.mark.parametrize(
    "key, content",
    [("missing.wav", None), ("text.wav", b"this is no audio"), ("empty.wav", b""), ("../../secret.wav", None)],
)
def test_what_cannot_be_played_fails(customers, key, content):
    node = one(customers, [play(key), play("menu.wav")], ACTION_FAILED=[play("beep.wav"), hangup()])
    if content is not None:
        (node.node.objects / "prompts" / key).write_bytes(content)
    call = node.dial("+15550101").wait_ended()
    assert node.names("+15550101")[:2] == ["NEW_INBOUND_CALL", "ACTION_FAILED:PlayAudio"]
    assert last(node, "ACTION_FAILED")["ActionData"]["ErrorType"] == "InvalidAudioSource"
    assert call.ear.heard(440) == 0 and call.ear.heard(1000) > 0


def test_a_terminator_stops_the_prompt_and_another_key_does_not(customers):
    node = one(customers, [play("long.wav", PlaybackTerminators=["#"], Repeat=3), play("beep.wav"), hangup()])
    call = node.dial("+15550101").wait_answered()
    call.hears(440)
    call.ear.press("12")
    call.forget()
    call.hears(440, 1.0)
    call.ear.press("#")
    call.wait_ended(10)
    assert call.ear.heard(1000) > 0.1
    assert node.until("+15550101", "HANGUP LEG-A") == ["NEW_INBOUND_CALL", "HANGUP LEG-A"]


# What is pressed (None: wait for the failure prompt first), and what the function is told.
DIGITS = {
    "as many as may be": (dict(MinNumberOfDigits=4, MaxNumberOfDigits=4), ["1234"], "1234"),
    "a terminator": (dict(MaxNumberOfDigits=9), ["12#"], "12"),
    "another terminator": (dict(TerminatorDigits=["*"], MaxNumberOfDigits=9), ["12*"], "12"),
    "a pause after the last": (dict(InBetweenDigitsDurationInMilliseconds=700), ["77"], "77"),
    "a pattern": (dict(InputDigitsRegex="^5[0-9]$", MaxNumberOfDigits=2), ["51"], "51"),
    "right the second time": (
        dict(InputDigitsRegex="^5", MaxNumberOfDigits=2, MinNumberOfDigits=2, Repeat=2),
        ["99", None, "55"],
        "55",
    ),
}


@pytest.mark.parametrize("what", DIGITS)
def test_digits_are_collected(customers, what):
    parameters, pressed, wanted = DIGITS[what]
    node = one(customers, [get_digits(**parameters)], ACTION_SUCCESSFUL=[hangup()])
    call = node.dial("+15550101").wait_answered()
    call.hears(440, 0.3)  # Barge-in: the prompt takes a second.
    for digits in pressed:
        if digits is None:
            call.hears(620, 0.3)
            call.forget()
            call.hears(440, 0.3)
        else:
            call.ear.press(digits)
    call.wait_ended()
    assert last(node, "ACTION_SUCCESSFUL")["ActionData"]["ReceivedDigits"] == wanted
    if None not in pressed:
        assert call.ear.heard(440) < 0.9, "the first digit did not stop the prompt"


def test_digits_that_never_come_or_are_wrong_fail_after_the_last_attempt(customers):
    node = one(
        customers, [get_digits(InputDigitsRegex="^5", MaxNumberOfDigits=1, Repeat=3)], ACTION_FAILED=[hangup()]
    )
    call = node.dial("+15550101").wait_answered()
    call.hears(620, 0.3)  # Nobody pressed anything.
    call.forget()
    call.hears(440, 0.3)
    call.ear.press("9")
    call.hears(620, 0.3)
    call.forget()
    call.hears(440, 0.3)
    call.ear.press("8")
    call.wait_ended()
    data = last(node, "ACTION_FAILED")["ActionData"]
    assert (data["ErrorType"], data["ReceivedDigits"]) == ("InvalidDigitsReceived", "8")
    assert 1.2 <= call.ear.heard(620) <= 1.8, "the failure prompt follows every failed attempt"


def test_speech_is_heard_soon_and_its_breaks_are_kept(customers):
    sentence = "This is a sentence that is spoken to somebody on the telephone. " * 15
    ssml = '<speak>one<break time="2s"/>two</speak>'
    node = customers(
        planned("+15550101", [action("Speak", Text=sentence[:990]), hangup()]),
        planned("+15550102", [action("Speak", Text=ssml, TextType="ssml"), hangup()]),
        planned("+15550103", [action("Speak", Text="<speak>one<break", TextType="ssml")], ACTION_FAILED=[hangup()]),
        planned("+15550104", [action("Speak", Text="x" * 1001)], ACTION_FAILED=[hangup()]),
        planned("+15550105", [action("Speak", Text="")], ACTION_FAILED=[hangup()]),
    )
    node.dial("+15550102").wait_answered(40).wait_ended(40)  # The engine is loaded now.

    call = node.dial("+15550101").wait_answered()
    since = time.monotonic()
    wait_for(lambda: loud(call.sound()) > 0.3, 10, "nothing is spoken")
    assert time.monotonic() - since < 6, "a long text begins long before it is finished"
    call.hangup()

    call = node.dial("+15550102").wait_answered().wait_ended()
    sound = abs(call.sound().astype(int)) > 300
    words = numpy.flatnonzero(sound)
    gaps = numpy.diff(words)
    assert 1.8 < gaps.max() / RATE < 2.8, f"the break lasts {gaps.max() / RATE} s"

    for number, error in (
        ("+15550103", "InvalidActionParameter"),
        ("+15550104", "MissingRequiredActionParameter"),
        ("+15550105", "MissingRequiredActionParameter"),
    ):
        node.dial(number).wait_ended(30)
        names = node.names(number)
        assert names[:2] == ["NEW_INBOUND_CALL", "ACTION_FAILED:Speak"], names
        assert last(node, "ACTION_FAILED", number)["ActionData"]["ErrorType"] == error, number


def loud(samples):
    """Seconds that are not silent."""
    return 0.02 * sum(abs(part.astype(int)).max() > 500 for part in numpy.array_split(samples, max(1, len(samples) // 160)) if len(part))


def test_speech_asks_for_digits_and_apologises(customers):
    speech = action(
        "SpeakAndGetDigits",
        SpeechParameters={"Text": "Press five now please"},
        FailureSpeechParameters={"Text": "That was not five"},
        InputDigitsRegex="^5$",
        MaxNumberOfDigits=1,
        Repeat=2,
        RepeatDurationInMilliseconds=3000,
    )
    node = one(customers, [speech], ACTION_SUCCESSFUL=[hangup()])
    call = node.dial("+15550101").wait_answered(30)
    wait_for(lambda: loud(call.sound()) > 0.2, 20, "no question")
    call.ear.press("4")
    wait_for(lambda: loud(call.sound()) > 1.5, 20, "no apology")
    call.ear.press("5")
    call.wait_ended(30)
    assert last(node, "ACTION_SUCCESSFUL")["ActionData"]["ReceivedDigits"] == "5"


def test_digits_reach_a_registration_again_and_again(customers):
    receive = action(
        "ReceiveDigits",
        InputDigitsRegex="[0-9][0-9]#",
        InBetweenDigitsDurationInMilliseconds=500,
        FlushDigitsDurationInMilliseconds=4000,
    )
    node = one(customers, [receive, play("long.wav")])
    call = node.dial("+15550101").wait_answered()
    call.hears(440)
    for count, digits in enumerate(("11#", "22#"), 1):
        call.ear.press(digits)
        wait_for(lambda: node.names("+15550101").count("DIGITS_RECEIVED:ReceiveDigits") == count, 10)
    call.ear.press("3")  # Matches nothing.
    received = [
        e["ActionData"]["ReceivedDigits"]
        for e in node.heard("+15550101")
        if e["InvocationEventType"] == "DIGITS_RECEIVED"
    ]
    assert received == ["11#", "22#"]
    call.forget()
    call.hears(440)


def test_digits_are_sent(customers):
    send = action("SendDigits", Digits="12,3#A", ToneDurationInMilliseconds=100)
    node = one(customers, [pause(300), send, pause(300), hangup()])
    call = node.dial("+15550101").wait_answered().wait_ended()
    assert call.ear.events() == "123#A"


@pytest.mark.parametrize("how", ["duration", "terminator", "silence", "hang-up"])
def test_a_recording_can_be_played_right_away(customers, how):
    limits = {
        "duration": dict(DurationInSeconds=2),
        "terminator": dict(DurationInSeconds=30),
        "silence": dict(DurationInSeconds=30, SilenceDurationInSeconds=1, SilenceThreshold=100),
        "hang-up": {},
    }[how]
    code = """
def handler(event, context):
    kind = heard(event)
    if kind == "NEW_INBOUND_CALL":
        return say(play("beep.wav"), %s)
    if kind == "ACTION_SUCCESSFUL" and event["ActionData"]["Type"] == "RecordAudio":
        at = event["ActionData"]["RecordingDestination"]
        source = {"Type": "S3", "BucketName": at["BucketName"], "Key": at["Key"]}
        return say(pause(600), action("PlayAudio", AudioSource=source), hangup())
    return say()
""" % record(**limits)
    node = customers(Function("+15550101", code))
    prompts(node, beep=tone(1000, 0.3))
    call = node.dial("+15550101").wait_answered()
    call.hears(1000, 0.2)
    time.sleep(0.3)  # The recording begins.
    call.ear.say(numpy.concatenate([tone(700, 2.0), silence(6)]))
    if how == "terminator":
        time.sleep(1.5)
        call.ear.press("#")
    elif how == "hang-up":
        time.sleep(1.5)
        call.hangup()
    call.wait_ended(30)
    names = node.until("+15550101", "HANGUP LEG-A", 30)
    assert names == ["NEW_INBOUND_CALL", "ACTION_SUCCESSFUL:RecordAudio", "HANGUP LEG-A"]
    event = last(node, "ACTION_SUCCESSFUL")
    data, leg = event["ActionData"], event["CallDetails"]["Participants"][0]
    assert data["RecordingDestination"] == {
        "Type": "S3",
        "BucketName": "recordings",
        "Prefix": "mail",
        "Key": f"mail/{leg['CallId']}-0.wav",
    }
    assert data.get("RecordingTerminatorUsed") == ("#" if how == "terminator" else None)
    assert leg["Status"] == ("Disconnected" if how == "hang-up" else "Connected")
    samples, rate = read_wav(node.node.objects / "recordings" / data["RecordingDestination"]["Key"])
    assert rate == 8000
    assert heard(samples, 700) >= 0.9, f"{heard(samples, 700)} s of {len(samples) / 8000} s"
    length = len(samples) / 8000
    if how == "duration":
        assert 1.9 < length < 2.2
    if how != "hang-up":
        assert call.ear.heard(700) >= 0.9, "it was not played back"


def test_a_recording_that_cannot_be_stored_fails(customers):
    first = [action(
        "RecordAudio",
        DurationInSeconds=1,
        RecordingTerminators=["#"],
        RecordingDestination={"Type": "S3", "BucketName": "locked"},
    )]
    node = one(customers, first, ACTION_FAILED=[play("beep.wav"), hangup()])
    (node.node.objects / "locked").write_text("a file where a bucket should be")
    call = node.dial("+15550101").wait_ended(40)
    assert node.names("+15550101")[:2] == ["NEW_INBOUND_CALL", "ACTION_FAILED:RecordAudio"]
    data = last(node, "ACTION_FAILED")["ActionData"]
    assert data["ErrorType"] in ("InvalidActionParameter", "SystemException")
    assert call.ear.heard(1000) > 0.1


CODES = {"0": 480, "480": 480, "486": 486}


def test_an_unanswered_call_is_refused_with_the_code_of_the_action(customers):
    functions = [planned(f"+15550{200 + i}", [hangup(code=code)]) for i, code in enumerate(CODES)]
    node = customers(*functions, planned("+15550210", [hangup(code="603")], ACTION_FAILED=[hangup(code="486")]))
    for function, (code, status) in zip(functions, CODES.items()):
        assert node.dial(function.number).wait_ended().final.status == status
        node.until(function.number, "HANGUP LEG-A")
        told = last(node, "HANGUP", function.number)["ActionData"]["Parameters"]
        assert told["SipResponseCode"] == status
    assert node.dial("+15550210").wait_ended().final.status == 486
    assert node.names("+15550210")[1] == "ACTION_FAILED:Hangup"
