//! The event a function is invoked with.

use base::{LegId, Timestamp};

use crate::protocol::json::{Object, push_display, push_string};
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
        json.push_str(r#"{"SchemaVersion":"1.0","Sequence":"#);
        push_display(&mut json, self.sequence);
        json.push_str(r#","InvocationEventType":""#);
        json.push_str(self.event);
        json.push('"');
        if let Some((error_type, message)) = &self.error {
            json.push_str(r#","ErrorType":"#);
            push_string(&mut json, error_type);
            json.push_str(r#","ErrorMessage":"#);
            push_string(&mut json, message);
        }
        if !self.data.is_empty() {
            json.push_str(r#","ActionData":"#);
            json.push_str(self.data);
        }
        json.push_str(r#","CallDetails":{"TransactionId":""#);
        push_display(&mut json, self.setup.transaction);
        json.push('"');
        if let Some(attributes) = self.attributes {
            json.push_str(r#","TransactionAttributes":"#);
            json.push_str(attributes);
        }
        json.push_str(r#","AwsAccountId":"#);
        push_string(&mut json, &self.setup.account);
        json.push_str(r#","AwsRegion":"#);
        push_string(&mut json, &self.target.region);
        if let Origin::Inbound { rule, .. } = &self.setup.origin {
            json.push_str(r#","SipRuleId":"#);
            push_string(&mut json, rule);
        }
        json.push_str(r#","SipMediaApplicationId":"#);
        push_string(&mut json, &self.target.application);
        json.push_str(r#","Participants":["#);
        for (at, participant) in self.participants.iter().flatten().enumerate() {
            if at > 0 {
                json.push(',');
            }
            participant.write(&mut json);
        }
        json.push_str("]}}");
        json
    }
}

impl Participant<'_> {
    fn write(&self, json: &mut String) {
        json.push_str(r#"{"CallId":""#);
        push_display(json, self.call_id);
        json.push_str(r#"","ParticipantTag":""#);
        json.push_str(self.tag);
        json.push_str(r#"","To":"#);
        push_string(json, self.to);
        json.push_str(r#","From":"#);
        push_string(json, self.from);
        json.push_str(r#","Direction":""#);
        json.push_str(self.direction);
        json.push_str(r#"","StartTimeInMilliseconds":""#);
        push_display(json, self.began.as_millis());
        json.push('"');
        if let Some(status) = self.status {
            json.push_str(r#","Status":""#);
            json.push_str(status);
            json.push('"');
        }
        if !self.sip_headers.is_empty() {
            json.push_str(r#","SipHeaders":"#);
            let mut headers = Object::open(json);
            for (name, value) in self.sip_headers {
                headers.string(name, value);
            }
            headers.close();
        }
        json.push('}');
    }
}
