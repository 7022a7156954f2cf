//! Calls from outside. The directory says whether they may be; the owner of calls places and updates them.

use api::voice;
use api::{Error, Pairs};
use base::{E164, HEADERS_MAX, TransactionId, header_may_be_ordered};

use super::{Cx, Step, no_such};
use crate::record::Kind;
use crate::records::{Application, Product};
use crate::routing::{JOIN_NUMBER, Target, has_join_token};

/// A `CreateSipMediaApplicationCall` that may be carried out.
#[derive(Clone, PartialEq, Eq)]
pub struct CallOrder {
    /// The application and its function.
    pub target: Target,
    /// `FromPhoneNumber`: a number of ours for applications.
    pub from: E164,
    /// `ToPhoneNumber`: the meeting, a number of our own, or one some carrier takes.
    pub to: E164,
    /// `SipHeaders`, checked, in the caller's order. May hold a join token.
    pub sip_headers: Vec<(String, String)>,
    /// `ArgumentsMap`, in the caller's order.
    pub arguments: Vec<(String, String)>,
}

/// An `UpdateSipMediaApplicationCall` whose application exists; whether the call is alive is the owner's to say.
#[derive(Clone, PartialEq, Eq)]
pub struct UpdateOrder {
    /// The application; a call of another one is not found.
    pub application: String,
    /// The call.
    pub transaction: TransactionId,
    /// `Arguments`, in the caller's order.
    pub arguments: Vec<(String, String)>,
}

// Numbers, tokens and arguments are nobody's business in a log.
impl std::fmt::Debug for CallOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallOrder").field("application", &self.target.application).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for UpdateOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UpdateOrder")
            .field("application", &self.application)
            .field("transaction", &self.transaction)
            .finish_non_exhaustive()
    }
}

/// The operation's model knows no `NotFound`: what does not exist is a bad request.
pub(super) fn create(cx: &Cx<'_>, r: &voice::CreateSipMediaApplicationCallRequest) -> Result<Step, Error> {
    let id = &r.sip_media_application_id;
    let application = cx.peek::<Application>(id).ok_or_else(|| {
        Error::bad_request("SipMediaApplicationId must be a SIP media application that exists.")
    })?;
    let (from, to) = (&r.from_phone_number.0, &r.to_phone_number.0);
    if cx.tables.owned(from).is_none_or(|number| number.product != Product::Application) {
        return Err(Error::bad_request(
            "FromPhoneNumber must be a phone number in the inventory, of product type SipMediaApplicationDialIn.",
        ));
    }
    let sip_headers = pairs(r.sip_headers.as_ref());
    check_headers(&sip_headers)?;
    let to_meeting = to.as_str() == JOIN_NUMBER && has_join_token(&sip_headers);
    if !to_meeting && cx.tables.owned(to).is_none() && !cx.carriers.take(to) {
        return Err(Error::bad_request(
            "ToPhoneNumber must be a phone number that a carrier takes; none does.",
        ));
    }
    Ok(Step::Place(CallOrder {
        target: Target {
            application: id.clone(),
            region: application.region.clone(),
            function: application.function.clone(),
        },
        from: from.clone(),
        to: to.clone(),
        sip_headers,
        arguments: pairs(r.arguments_map.as_ref()),
    }))
}

pub(super) fn update(cx: &Cx<'_>, r: &voice::UpdateSipMediaApplicationCallRequest) -> Result<Step, Error> {
    let id = &r.sip_media_application_id;
    cx.peek::<Application>(id).ok_or_else(|| no_such(Kind::Application))?;
    let transaction =
        r.transaction_id.parse().map_err(|_| Error::not_found("The transaction does not exist."))?;
    let arguments = pairs(Some(&r.arguments));
    Ok(Step::Update(UpdateOrder { application: id.clone(), transaction, arguments }))
}

fn pairs(given: Option<&Pairs>) -> Vec<(String, String)> {
    given.map(|pairs| pairs.0.clone()).unwrap_or_default()
}

/// What may be ordered is one rule for clients and handlers; sizes are bounded.
fn check_headers(headers: &[(String, String)]) -> Result<(), Error> {
    let bad: Vec<_> = headers.iter().filter(|(name, value)| !header_may_be_ordered(name, value)).collect();
    if let Some((first, _)) = bad.first() {
        let printable: String = first.chars().filter(char::is_ascii_graphic).take(64).collect();
        return Err(Error::bad_request(format!("Invalid SIP header(s) provided: {printable}")));
    }
    if headers.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() > HEADERS_MAX {
        return Err(Error::bad_request(format!(
            "SipHeaders must have at most {HEADERS_MAX} bytes together."
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(name: &str, value: &str) -> Result<(), String> {
        check_headers(&[(name.into(), value.into())]).map_err(|error| error.message)
    }

    #[test]
    fn headers_that_may_be_sent_and_those_that_may_not() {
        for name in ["X-Case-Id", "x-a", "User-To-User", "diversion", "X-chime-join-token"] {
            assert_eq!(verdict(name, "v"), Ok(()), "{name}");
        }
        for name in [
            "x-",
            "Via",
            "X-Amzn-TargetArn",
            "x-vine-1",
            "X-VoiceConnector-ID",
            "X-VC",
            "X-Canary",
            "X-A B",
            "X-A\r\nVia",
        ] {
            assert!(
                verdict(name, "v").unwrap_err().starts_with("Invalid SIP header(s) provided: "),
                "{name}"
            );
        }
        assert!(verdict("X-A", "v\r\nVia: x").is_err());
        assert!(verdict("X-A", &"v".repeat(2_045)).is_ok());
        assert!(verdict("X-A", &"v".repeat(2_046)).is_err());
        let many: Vec<_> = (0..5).map(|n| (format!("X-{n}"), "v".repeat(2_000))).collect();
        assert!(check_headers(&many).is_err());
    }
}
