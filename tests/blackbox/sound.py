"""Tones, WAV files, and an RTP end in Python that says what it hears."""

import random
import select
import socket
import struct
import threading
import time
import wave

import numpy

RATE = 8000


def tone(frequency, seconds, level=8000):
    """Samples of a sine."""
    at = numpy.arange(int(seconds * RATE)) / RATE
    return (level * numpy.sin(2 * numpy.pi * frequency * at)).astype(numpy.int16)


def silence(seconds):
    return numpy.zeros(int(seconds * RATE), numpy.int16)


def write_wav(path, samples, rate=RATE):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.astype("<i2").tobytes())


def read_wav(path):
    """Samples (first channel) and rate; a file whose header was never finished is read to its end."""
    data = open(path, "rb").read()
    channels, rate = struct.unpack("<HI", data[22:28])
    start = data.index(b"data") + 8
    samples = numpy.frombuffer(data[start : start + (len(data) - start) // 2 * 2], "<i2")
    return samples[::channels], rate


def share(samples, frequency, rate=RATE):
    """How much of the power is in one frequency (Goertzel): 1 for the pure tone, about 0 without it."""
    samples = numpy.asarray(samples, float)
    power = (samples**2).sum()
    if len(samples) == 0 or power < len(samples) * 100**2:
        return 0.0  # Nothing but noise.
    at = numpy.arange(len(samples))
    found = abs((samples * numpy.exp(-2j * numpy.pi * frequency / rate * at)).sum())
    return float(2 * found**2 / (len(samples) * power))


def heard(samples, frequency, rate=RATE, window=0.1):
    """How many seconds of the sound are that tone."""
    step = int(window * rate)
    parts = [samples[i : i + step] for i in range(0, len(samples) - step + 1, step)]
    return window * sum(share(part, frequency, rate) > 0.8 for part in parts)


def _ulaw_table():
    table = numpy.zeros(256, numpy.int16)
    for code in range(256):
        u = ~code & 0xFF
        magnitude = (((u & 0x0F) << 3) + 0x84) << ((u & 0x70) >> 4)
        table[code] = 0x84 - magnitude if u & 0x80 else magnitude - 0x84
    return table


ULAW = _ulaw_table()


def to_ulaw(samples):
    order = numpy.argsort(ULAW, kind="stable")
    values = ULAW[order].astype(int)
    near = numpy.searchsorted(values, numpy.asarray(samples, int)).clip(1, 255)
    lower = abs(values[near - 1] - samples) < abs(values[near] - samples)
    return order[numpy.where(lower, near - 1, near)].astype(numpy.uint8).tobytes()


class Ear:
    """An RTP end on a port of its own: keeps what arrives, and can speak to whoever speaks to it."""

    def __init__(self, host="127.0.0.1", payload=0):
        self.payload = payload
        while True:
            self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.socket.bind((host, 0))
            self.port = self.socket.getsockname()[1]
            if self.port % 2 == 0:
                break
            self.socket.close()
        self.packets = []  # (when, payload type, payload, source)
        self.source = None
        self.ssrc = random.getrandbits(32)
        self.sequence = random.getrandbits(15)
        self.timestamp = random.getrandbits(30)
        self.over = threading.Event()
        self.hearing = threading.Thread(target=self._listen, daemon=True)
        self.hearing.start()
        self.speaking = []

    def _listen(self):
        while not self.over.is_set():
            if not select.select([self.socket], [], [], 0.1)[0]:
                continue
            data, source = self.socket.recvfrom(2048)
            if len(data) > 12 and not 64 <= data[1] & 0x7F < 96:
                self.source = source
                self.packets.append((time.monotonic(), data[1] & 0x7F, data[12:], source))

    def catch_up(self, timeout=10):
        """Waits until all that has arrived is heard: on a busy machine this may be behind by half a second."""
        end = time.monotonic() + timeout
        while select.select([self.socket], [], [], 0)[0] and time.monotonic() < end:
            time.sleep(0.02)

    def close(self):
        self.over.set()
        self.hearing.join(2)
        for thread in self.speaking:
            thread.join(2)
        self.socket.close()

    def samples(self, since=0.0):
        """What was heard, PCMU only."""
        sound = b"".join(p[2] for p in self.packets if p[0] >= since and p[1] == 0)
        return ULAW[numpy.frombuffer(sound, numpy.uint8)]

    def heard(self, frequency, since=0.0):
        return heard(self.samples(since), frequency)

    def events(self, payload=101):
        """RFC 4733 digits that arrived, each once."""
        digits, last = "", None
        for _, kind, data, _ in self.packets:
            if kind == payload and len(data) >= 4:
                if data[1] & 0x80 and last != "ended":
                    digits += "0123456789*#ABCD"[data[0]]
                last = "ended" if data[1] & 0x80 else "on"
        return digits

    def send(self, payload_type, payload, to, marker=False, timestamp=None):
        head = struct.pack(
            "!BBHII",
            0x80,
            payload_type | (0x80 if marker else 0),
            self.sequence & 0xFFFF,
            (self.timestamp if timestamp is None else timestamp) & 0xFFFFFFFF,
            self.ssrc,
        )
        self.sequence += 1
        self.socket.sendto(head + payload, to)

    def press(self, digits, to=None, milliseconds=100, gap=80):
        """Sends digits as RFC 4733 events, one after the other, and returns when the last has gone out."""
        for digit in digits:
            code, start = "0123456789*#ABCD".index(digit), self.timestamp
            packets = max(2, milliseconds // 20)
            for i in range(packets + 2):
                # Three last packets carry the end (RFC 4733 §2.5.1.4).
                duration, over = min(i + 1, packets) * 160, i >= packets - 1
                event = struct.pack("!BBH", code, (0x80 if over else 0) | 10, duration)
                self.send(101, event, to or self.source, marker=i == 0, timestamp=start)
                time.sleep(0.02)
            self.timestamp += packets * 160 + gap * 8
            time.sleep(gap / 1000)

    def say(self, samples, to=None, wait=10):
        """Speaks in the background, 20 ms by 20 ms, once it is known to whom."""

        def speak():
            end = time.monotonic() + wait
            while (to or self.source) is None and time.monotonic() < end and not self.over.is_set():
                time.sleep(0.02)
            start, sound = time.monotonic(), to_ulaw(samples)
            for i in range(0, len(sound) - 159, 160):
                if self.over.is_set() or (to or self.source) is None:
                    return
                self.send(0, sound[i : i + 160], to or self.source, marker=i == 0)
                self.timestamp += 160
                time.sleep(max(0.0, start + (i // 160 + 1) * 0.02 - time.monotonic()))

        thread = threading.Thread(target=speak, daemon=True)
        thread.start()
        self.speaking.append(thread)
        return thread
