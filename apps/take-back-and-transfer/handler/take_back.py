"""The application behind the entry number: to the contact centre, back, and on to the PBX.

    stage        the caller …                              it ends by
    ─────        ────────────                              ──────────
    contact      hears a sentence, then the contact        an update {Transfer, TransferArn} → transfer
                 centre                                    the contact centre hangs up → the caller is hung up
                                                           nobody answers → leaving
    transfer     is being taken back                       the contact centre's leg is gone → pbx
    pbx          hears "please hold", then the PBX         the PBX hangs up → the caller is hung up
                                                           nobody answers → leaving
    leaving      hears an apology                          its end → the caller is hung up

The stage stands in the call's attributes, the number pair in the pool (see pairs.py). The pair is released when the leg
to the contact centre is gone, and at the latest with the last leg: every call ends with a HANGUP, also one that the node
ends because this function failed, and also one that the node died under (the HANGUP is delivered after its restart).
"""

import logging

from actions import answer, bridge, connector, hangup, number, speak
from pairs import Pairs

WELCOME = "Welcome. We are connecting you to the contact centre."
HOLD = "Please hold while we connect you to a colleague."
ALL_BUSY = "We are sorry. All our lines are busy. Please call again later."
NOT_REACHED = "We are sorry. We could not reach anybody for you. Good bye."

log = logging.getLogger("take_back")
log.setLevel(logging.INFO)
pairs = Pairs.of_environment()


def handler(event, context):
    call = Call(event)
    log.info("%s %s %s", call.id, event["InvocationEventType"], call.stage)
    return EVENTS.get(event["InvocationEventType"], nothing)(call)


class Call:
    """What an event says about its call."""

    def __init__(self, event):
        details = event["CallDetails"]
        self.id = details["TransactionId"]
        self.attributes = details.get("TransactionAttributes", {})
        self.legs = {leg["ParticipantTag"]: leg for leg in details["Participants"]}
        data = event.get("ActionData", {})
        self.action = data.get("Type")
        self.parameters = data.get("Parameters", {})

    @property
    def stage(self):
        return self.attributes.get("stage")

    def has(self, leg):
        """Whether the leg is there. One that was never answered has no status."""
        return leg in self.legs and self.legs[leg].get("Status") != "Disconnected"

    def goes(self, stage, actions, **more):
        """The answer that takes the call to a stage."""
        return answer(actions, {**self.attributes, **more, "stage": stage})


def nothing(call):
    """Whatever runs goes on."""
    return answer([])


def new_inbound_call(call):
    caller = call.legs["LEG-A"]["From"]
    pair = pairs.claim(call.id, caller)
    if pair is None:
        log.warning("%s no number pair is free", call.id)
        return call.goes("leaving", [speak(ALL_BUSY), hangup("LEG-A")])
    rolling, contact = pair
    return call.goes(
        "contact",
        [speak(WELCOME), bridge(rolling, number(contact))],
        caller=caller,
        rolling=rolling,
        contact=contact,
    )


def call_update_requested(call):
    """The contact centre asks for the transfer."""
    target = call.parameters.get("Arguments", {})
    if call.stage != "contact" or "Transfer" not in target or "TransferArn" not in target:
        log.warning("%s not a transfer at this stage: %s", call.id, target)
        return nothing(call)
    # Its own hang-up may be quicker than ours. That makes no difference: a Hangup of a leg that is gone succeeds.
    return call.goes("transfer", [hangup("LEG-B")], target=target["Transfer"], arn=target["TransferArn"])


def action_successful(call):
    if call.stage == "transfer" and call.action == "Hangup" and call.has("LEG-A"):
        return call.goes("pbx", [speak(HOLD), to_pbx(call.attributes)])
    return nothing(call)


def to_pbx(attributes):
    endpoint = connector(attributes["arn"], attributes["target"])
    headers = {"X-Original-Calling-Number": attributes["caller"]}
    return bridge(attributes["rolling"], endpoint, headers)


def action_failed(call):
    """A failed action takes the rest of its list along: what must still happen is ordered again."""
    if call.stage == "contact" and call.action == "CallAndBridge":
        pairs.release(call.id)
    if not call.has("LEG-A"):
        return nothing(call)  # The caller hung up meanwhile; the HANGUP comes next.
    if call.action == "CallAndBridge" and call.stage in ("contact", "pbx"):
        return call.goes("leaving", [speak(NOT_REACHED), hangup("LEG-A")])
    if call.action == "Speak":  # The sentence is lost, not the caller.
        if call.stage == "contact":
            return answer([bridge(call.attributes["rolling"], number(call.attributes["contact"]))])
        if call.stage == "pbx":
            return answer([to_pbx(call.attributes)])
    return answer([hangup("LEG-A")])


def hung_up(call):
    """A leg is gone."""
    gone = call.parameters["ParticipantTag"]
    last = not call.has("LEG-A") and not call.has("LEG-B")
    if last or (gone == "LEG-B" and call.stage in ("contact", "transfer")):
        pairs.release(call.id)
    if last or (gone == "LEG-B" and call.stage == "transfer"):
        return nothing(call)  # In a transfer, ACTION_SUCCESSFUL of our Hangup comes next.
    return answer([hangup("LEG-A" if gone == "LEG-B" else "LEG-B")])


def invalid_response(call):
    """Our last answer could not be used, so nobody knows what the caller hears now."""
    log.error("%s an answer of ours was refused", call.id)
    return answer([hangup(leg) for leg in ("LEG-B", "LEG-A") if call.has(leg)])


EVENTS = {
    "NEW_INBOUND_CALL": new_inbound_call,
    "CALL_UPDATE_REQUESTED": call_update_requested,
    "ACTION_SUCCESSFUL": action_successful,
    "ACTION_FAILED": action_failed,
    "HANGUP": hung_up,
    "INVALID_LAMBDA_RESPONSE": invalid_response,
}
