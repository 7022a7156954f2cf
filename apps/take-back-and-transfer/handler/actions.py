"""The actions that the two handlers use, and the answer they travel in."""


def answer(actions, attributes=None):
    """A handler's answer. `attributes` replace what the call remembers; None leaves it alone."""
    response = {"SchemaVersion": "1.0", "Actions": actions}
    if attributes is not None:
        response["TransactionAttributes"] = attributes
    return response


def speak(text, leg="LEG-A"):
    """Text, or SSML where it begins with <speak>."""
    kind = "ssml" if text.startswith("<speak>") else "text"
    return {"Type": "Speak", "Parameters": {"ParticipantTag": leg, "Text": text, "TextType": kind}}


def pause(milliseconds):
    return {"Type": "Pause", "Parameters": {"DurationInMilliseconds": str(milliseconds)}}


def hangup(leg):
    return {"Type": "Hangup", "Parameters": {"ParticipantTag": leg, "SipResponseCode": "0"}}


def bridge(caller_id, endpoint, headers=None):
    parameters = {"CallTimeoutSeconds": 30, "CallerIdNumber": caller_id, "Endpoints": [endpoint]}
    if headers:
        parameters["SipHeaders"] = headers
    return {"Type": "CallAndBridge", "Parameters": parameters}


def number(number):
    """The endpoint of a telephone number."""
    return {"BridgeEndpointType": "PSTN", "Uri": number}


def connector(arn, user):
    """The endpoint of a user behind a voice connector."""
    return {"BridgeEndpointType": "AWS", "Arn": arn, "Uri": user}
