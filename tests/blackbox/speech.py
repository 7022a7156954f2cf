"""Is a certain sentence in what a party heard? Compared with the same sentence spoken by the same node."""

import base64

import numpy

# Speaks what the header of the call says, then hangs up.
SPEAKER = '''
import base64

def handler(event, context):
    if event["InvocationEventType"] != "NEW_INBOUND_CALL":
        return {"SchemaVersion": "1.0", "Actions": []}
    headers = event["CallDetails"]["Participants"][0]["SipHeaders"]
    text = base64.b64decode({k.lower(): v for k, v in headers.items()}["x-text"]).decode()
    kind = "ssml" if text.startswith("<speak>") else "text"
    return {"SchemaVersion": "1.0", "Actions": [
        {"Type": "Speak", "Parameters": {"Text": text, "TextType": kind}},
        {"Type": "Hangup", "Parameters": {"SipResponseCode": "0"}}]}
'''


def spoken(phone, exchange, number, text):
    """The samples of a text, from a call to a number that SPEAKER answers."""
    header = base64.b64encode(text.encode()).decode()
    call = phone.dial(number, exchange, headers=[f"X-Text: {header}"])
    call.wait_answered().wait_ended(30)
    samples = trimmed(call.sound())
    assert len(samples) > 4000, f"{text!r} gave {len(samples)} samples"
    return samples


def trimmed(samples, floor=200):
    """Without the silence around it."""
    loud = numpy.flatnonzero(abs(samples.astype(int)) > floor)
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples[:0]


def likeness(wanted, sound):
    """The largest normalised correlation of `wanted` with any place of `sound`: 1 where it is there unchanged."""
    wanted, sound = wanted.astype(float), sound.astype(float)
    if len(sound) < len(wanted):
        return 0.0
    size = 1 << (len(sound) + len(wanted)).bit_length()
    products = numpy.fft.irfft(numpy.fft.rfft(sound, size) * numpy.conj(numpy.fft.rfft(wanted, size)), size)
    places = len(sound) - len(wanted) + 1
    squares = numpy.concatenate([[0.0], numpy.cumsum(sound**2)])
    power = squares[len(wanted) : len(wanted) + places] - squares[:places]
    return float((products[:places] / numpy.sqrt((wanted**2).sum() * numpy.maximum(power, 1.0))).max())


def is_heard(wanted, sound):
    """Whether a sentence is there, even if a packet or two went missing: its first or its last second fits."""
    second = 8000
    return max(likeness(part, sound) for part in (wanted, wanted[:second], wanted[-second:])) > 0.8
