//! The event a function is invoked with.

use base::{LegId, Timestamp};

use crate::protocol::json::Object;
use crate::{Origin, Setup, Target};

/// Everything that one event shows; key order is that of captured events.
pub(crate) struct Envelope<'a> {
    pub(crate) sequence: u32,
    /// `InvocationEventType`.
    pub(crate) event: &'a str,
    /// `ErrorType` and `ErrorMessage` of `INVALID_LAMBDA_RESPONSE`.
    pub(crate) error: Option<(&'a str, String)>,
    /// `ActionData` as JSON; empty where the event has none.
    pub(crate) data: &'a str,
    pub(crate) setup: &'a Setup,
    pub(crate) target: &'a Target,
    /// `TransactionAttributes` as JSON, once set.
    pub(crate) attributes: Option<&'a str>,
    pub(crate) participants: [Option<Participant<'a>>; 2],
}

/// One entry of `Participants`.
pub(crate) struct Participant<'a> {
    pub(crate) call_id: LegId,
    pub(crate) tag: &'static str,
    pub(crate) to: &'a str,
    pub(crate) from: &'a str,
    pub(crate) direction: &'static str,
    pub(crate) began: Timestamp,
    /// Absent until the leg is answered.
    pub(crate) status: Option<&'static str>,
    pub(crate) sip_headers: &'a [(String, String)],
}

impl Envelope<'_> {
    pub(crate) fn write(&self) -> String {
        let mut json = String::with_capacity(900 + self.data.len() + self.attributes.map_or(0, str::len));
        let mut event = Object::open(&mut json);
        event.string("SchemaVersion", "1.0");
        event.number("Sequence", self.sequence);
        event.string("InvocationEventType", self.event);
        if let Some((error_type, message)) = &self.error {
            event.string("ErrorType", error_type);
            event.string("ErrorMessage", message);
        }
        if !self.data.is_empty() {
            event.raw("ActionData", self.data);
        }
        event.key("CallDetails");
        self.write_details(event.out);
        event.close();
        json
    }

    fn write_details(&self, json: &mut String) {
        let mut details = Object::open(json);
        details.quoted("TransactionId", self.setup.transaction);
        if let Some(attributes) = self.attributes {
            details.raw("TransactionAttributes", attributes);
        }
        details.string("AwsAccountId", &self.setup.account);
        details.string("AwsRegion", &self.target.region);
        if let Origin::Inbound { rule, .. } = &self.setup.origin {
            details.string("SipRuleId", rule);
        }
        details.string("SipMediaApplicationId", &self.target.application);
        details.key("Participants");
        details.out.push('[');
        for (at, participant) in self.participants.iter().flatten().enumerate() {
            if at > 0 {
                details.out.push(',');
            }
            participant.write(details.out);
        }
        details.out.push(']');
        details.close();
    }
}

impl Participant<'_> {
    fn write(&self, json: &mut String) {
        let mut participant = Object::open(json);
        participant.quoted("CallId", self.call_id);
        participant.string("ParticipantTag", self.tag);
        participant.string("To", self.to);
        participant.string("From", self.from);
        participant.string("Direction", self.direction);
        participant.quoted("StartTimeInMilliseconds", self.began.as_millis());
        if let Some(status) = self.status {
            participant.string("Status", status);
        }
        if !self.sip_headers.is_empty() {
            participant.key("SipHeaders");
            let mut headers = Object::open(participant.out);
            for (name, value) in self.sip_headers {
                headers.string(name, value);
            }
            headers.close();
        }
        participant.close();
    }
}
