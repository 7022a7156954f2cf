//! The words of the protocol, for tables that have a row for each of them.

use crate::actions::Kind;
use crate::protocol::error::{ErrorType, Invalid};

/// `InvocationEventType`: everything a function is ever told of.
pub const EVENTS: [&str; 11] = [
    "NEW_INBOUND_CALL",
    "NEW_OUTBOUND_CALL",
    "RINGING",
    "CALL_ANSWERED",
    "ACTION_SUCCESSFUL",
    "ACTION_FAILED",
    "ACTION_INTERRUPTED",
    "DIGITS_RECEIVED",
    "CALL_UPDATE_REQUESTED",
    "HANGUP",
    "INVALID_LAMBDA_RESPONSE",
];

/// `Type` of every action that is known by name, served or not.
pub fn actions() -> impl Iterator<Item = &'static str> {
    Kind::ALL.into_iter().map(Kind::name)
}

/// `ErrorType` of every `ACTION_FAILED`.
pub fn action_errors() -> impl Iterator<Item = &'static str> {
    ErrorType::ALL.into_iter().map(ErrorType::as_str)
}

/// `ErrorType` and `ErrorMessage` of every `INVALID_LAMBDA_RESPONSE`.
pub fn response_errors() -> impl Iterator<Item = (&'static str, String)> {
    Invalid::each().into_iter().map(|error| (error.error_type(), error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legs::Side;
    use crate::notices::NoticeKind as Notice;

    #[test]
    fn every_notice_is_an_event_of_the_list() {
        let error = Invalid::Empty;
        let all = [
            Notice::NewInboundCall,
            Notice::NewOutboundCall,
            Notice::Ringing,
            Notice::CallAnswered,
            Notice::ActionSuccessful,
            Notice::ActionFailed,
            Notice::ActionInterrupted,
            Notice::DigitsReceived,
            Notice::CallUpdateRequested,
            Notice::Hangup(Side::A),
            Notice::InvalidLambdaResponse { error, update: false },
        ];
        assert_eq!(all.each_ref().map(Notice::name), EVENTS);
    }
}
