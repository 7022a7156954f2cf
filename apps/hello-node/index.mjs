// The smallest useful application: says hello, asks for a digit, reacts to it, hangs up. apps/hello is its twin in Python.

export const handler = async (event) => {
  const { InvocationEventType: what, ActionData: data = {} } = event;
  console.log(what, data.Type ?? '', data.ReceivedDigits ?? '');

  if (what === 'NEW_INBOUND_CALL') return actions(ask('Hello, this is Switchhook. Press a digit.'));
  if (what === 'ACTION_SUCCESSFUL' && data.Type === 'SpeakAndGetDigits') {
    return actions(speak(`You pressed ${data.ReceivedDigits}. Good bye.`), hangUp());
  }
  if (what === 'ACTION_FAILED') return actions(speak('I heard no digit. Good bye.'), hangUp());
  return actions();
};

const ask = (text) => ({
  Type: 'SpeakAndGetDigits',
  Parameters: {
    InputDigitsRegex: '^[0-9]$',
    SpeechParameters: { Text: text },
    FailureSpeechParameters: { Text: 'Please press one digit.' },
    MinNumberOfDigits: 1,
    MaxNumberOfDigits: 1,
    Repeat: 2,
    RepeatDurationInMilliseconds: 5000,
  },
});

const speak = (text) => ({ Type: 'Speak', Parameters: { Text: text } });

const hangUp = () => ({ Type: 'Hangup', Parameters: { SipResponseCode: '0' } });

const actions = (...list) => ({ SchemaVersion: '1.0', Actions: list });
