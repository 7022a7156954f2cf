"""The contact centre: a second application, on the contact numbers. Somebody else's contact centre works as well.

It sees an ordinary call from a rolling number. Prompt, who is it really, read the number back, ask the other application
for the transfer, hang up.
"""

import logging
import os

from actions import answer, hangup, pause, speak
from control_plane import Refused, update_call
from pairs import Pairs

PROMPT = "This is the contact centre. You are calling from"
TRANSFER = "We will transfer you."
UNKNOWN = "We are sorry. We do not know your call. Good bye."

log = logging.getLogger("contact_centre")
log.setLevel(logging.INFO)
pairs = Pairs.of_environment()


def handler(event, context):
    kind = event["InvocationEventType"]
    us = event["CallDetails"]["Participants"][0]
    if kind == "NEW_INBOUND_CALL":
        return prompt(us["From"], us["To"])
    if kind == "ACTION_SUCCESSFUL" and event["ActionData"]["Type"] == "Speak":
        return transfer(us["From"], us["To"])
    if kind == "ACTION_FAILED" and us.get("Status") != "Disconnected":
        return answer([hangup("LEG-A")])
    return answer([])


def prompt(rolling, contact):
    found = pairs.whose(rolling, contact)
    if found is None:
        log.warning("no call has the pair %s %s", rolling, contact)
        return answer([speak(UNKNOWN), hangup("LEG-A")])
    _, caller = found
    spelt = f'<speak><say-as interpret-as="telephone">{caller}</say-as></speak>'
    return answer([speak(PROMPT), speak(spelt), speak(TRANSFER)])


def transfer(rolling, contact):
    """Everything has been said: the caller goes on to the PBX."""
    found = pairs.whose(rolling, contact)
    if found:
        call, _ = found
        arguments = {"Transfer": os.environ["PBX_NUMBER"], "TransferArn": os.environ["PBX_CONNECTOR_ARN"]}
        try:
            update_call(os.environ["TAKE_BACK_APPLICATION"], call, arguments)
        except Refused as refused:
            log.warning("no transfer of %s: %s", call, refused)
    # The other application hangs up first. If it does not, we do.
    return answer([pause(500), hangup("LEG-A")])
