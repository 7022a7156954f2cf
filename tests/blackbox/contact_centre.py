"""A contact centre on the far side of a carrier: a softphone that runs a small contact flow.

Prompt, look up the original caller, read the number back (each digit a tone), ask for the transfer, disconnect after
a delay: the flow of the take-back-and-transfer sample, its function invoked by the Invoke API.
"""

import json

import numpy

from sound import RATE, share, silence, tone
from softphone import Softphone, user

PROMPT = 640  # Hz, played while nothing else is
DIGITS = [1000 + 130 * digit for digit in range(10)]  # Hz
DIGIT = 0.2  # seconds of tone, then as much silence


def spell(number):
    """A number as tones."""
    parts = [part for digit in number.lstrip("+") for part in (tone(DIGITS[int(digit)], DIGIT), silence(DIGIT))]
    return numpy.concatenate(parts)


def spelled(samples):
    """The digits in a sound."""
    window, found, last = int(0.05 * RATE), "", None
    for at in range(0, len(samples) - window + 1, window // 2):
        part = samples[at : at + window]
        now = next((d for d in range(10) if share(part, DIGITS[d]) > 0.8), None)
        if now is not None and now != last:
            found += str(now)
        last = now
    return found


class ContactCentre(Softphone):
    """`manner` says what becomes of a call: "flow", "stays" (prompt without end), "disconnects" (prompt, then BYE)
    or a refusal such as "486 Busy Here". `invoke(payload)` runs the flow's function."""

    def __init__(self, invoke, manner="flow", delay=0.5, host="127.0.0.2"):
        self.invoke, self.manner, self.delay = invoke, manner, delay
        self.answers = []  # What the function said, by purpose.
        self.prompted = 1.0
        self.together = None  # A barrier: several calls ask for their transfer in the same moment.
        super().__init__("contact centre", host, self.flow)

    def flow(self, call):
        if self.manner[0].isdigit():
            call.reply(call.invite, self.manner)
            return
        call.reply(call.invite, "180 Ringing", [f"Contact: <sip:{self.contact}>"])
        call.answer()
        call.wait_answered()
        if self.manner == "stays":
            call.ear.say(tone(PROMPT, 120))
            return
        self.say(call, tone(PROMPT, self.prompted))
        if self.manner == "flow":
            number = self.ask(call, "GetData").get("original_calling_number", "")
            self.say(call, spell(number))
            if self.together:
                self.together.wait(60)
            self.ask(call, "TransferCall")
            call.ended.wait(self.delay) if self.delay else None
        call.hangup()

    def say(self, call, samples):
        thread = call.ear.say(samples)
        while thread.is_alive() and not call.ended.is_set():
            thread.join(0.02)

    def ask(self, call, purpose):
        parameters = {
            "CalledNumber": call.invite.user,
            "CallingNumber": user(call.invite.get("from")),
            "Purpose": purpose,
        }
        answer = self.invoke({"Name": "ContactFlowEvent", "Details": {"ContactData": {}, "Parameters": parameters}})
        self.answers.append((purpose, answer))
        return answer


def invoker(node, name):
    """Invokes a function of the node by its Invoke API, as often as asked, from any thread."""

    def invoke(payload):
        answer = node.client("lambda").invoke(FunctionName=name, Payload=json.dumps(payload))
        body = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, body
        return body

    return invoke
