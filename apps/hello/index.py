"""The smallest useful application: says hello, asks for a digit, reacts to it, hangs up."""


def handler(event, context):
    what = event["InvocationEventType"]
    data = event.get("ActionData", {})
    print(what, data.get("Type", ""), data.get("ReceivedDigits", ""))

    if what == "NEW_INBOUND_CALL":
        return actions(ask("Hello, this is Switchhook. Press a digit."))
    if what == "ACTION_SUCCESSFUL" and data["Type"] == "SpeakAndGetDigits":
        return actions(speak(f"You pressed {data['ReceivedDigits']}. Good bye."), hang_up())
    if what == "ACTION_FAILED":
        return actions(speak("I heard no digit. Good bye."), hang_up())
    return actions()


def ask(text):
    return {
        "Type": "SpeakAndGetDigits",
        "Parameters": {
            "InputDigitsRegex": "^[0-9]$",
            "SpeechParameters": {"Text": text},
            "FailureSpeechParameters": {"Text": "Please press one digit."},
            "MinNumberOfDigits": 1,
            "MaxNumberOfDigits": 1,
            "Repeat": 2,
            "RepeatDurationInMilliseconds": 5000,
        },
    }


def speak(text):
    return {"Type": "Speak", "Parameters": {"Text": text}}


def hang_up():
    return {"Type": "Hangup", "Parameters": {"SipResponseCode": "0"}}


def actions(*list_of_actions):
    return {"SchemaVersion": "1.0", "Actions": list(list_of_actions)}
