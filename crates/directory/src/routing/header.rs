//! What an INVITE says beside its address: join tokens, recording sessions.

use std::fmt;

use base::is_join_token;

/// The number that stands for meetings.
pub const JOIN_NUMBER: &str = "+17035550122";

const MEETING: &str = "x-chime-meeting-id";
const RECORD_ONLY: &str = "x-voice-connector-record-only";

/// An attendee's way into a meeting; printing leaves the token out.
#[derive(Clone, PartialEq, Eq)]
pub struct JoinToken {
    /// The token.
    pub token: String,
    /// The meeting it must belong to, where the caller says so.
    pub meeting: Option<String>,
}

impl fmt::Debug for JoinToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinToken").field("meeting", &self.meeting).finish_non_exhaustive()
    }
}

/// The join token of an INVITE: a header, or a parameter of its Request-URI or To.
pub(super) fn join_token<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Option<JoinToken> {
    let (mut token, mut meeting) = (None, None);
    for (name, value) in pairs {
        let value = || Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        if is_join_token(name) {
            token = token.or_else(value);
        } else if name.eq_ignore_ascii_case(MEETING) {
            meeting = meeting.or_else(value);
        }
    }
    token.map(|token| JoinToken { token, meeting })
}

/// Whether headers ordered for a call hold a join token.
pub(crate) fn has_join_token(headers: &[(String, String)]) -> bool {
    join_token(headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))).is_some()
}

/// Whether an INVITE opens a recording session (RFC 7866 §6.1) or asks to be recorded only.
pub(super) fn is_recording<'a>(
    mut headers: impl Iterator<Item = (&'a str, &'a str)>,
    mut parameters: impl Iterator<Item = (&'a str, &'a str)>,
    mut bodies: impl Iterator<Item = &'a str>,
) -> bool {
    let record_only = |name: &str, value: &str| {
        name.eq_ignore_ascii_case(RECORD_ONLY) && value.trim().eq_ignore_ascii_case("true")
    };
    let tagged = |name: &str, value: &str| {
        if name.eq_ignore_ascii_case("require") {
            value.split(',').any(|tag| tag.trim().eq_ignore_ascii_case("siprec"))
        } else {
            record_only(name, value)
        }
    };
    let is_metadata = |kind: &str| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/rs-metadata")
            || kind.eq_ignore_ascii_case("application/rs-metadata+xml")
    };
    headers.any(|(name, value)| tagged(name, value))
        || parameters.any(|(name, value)| record_only(name, value))
        || bodies.any(is_metadata)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_by_both_names_in_any_case() {
        let found = |pairs: &[(&'static str, &'static str)]| join_token(pairs.iter().copied());
        let token = found(&[("X-Chime-Join-Token", "t"), ("x-chime-meeting-id", "m")]).unwrap();
        assert_eq!(token, JoinToken { token: "t".into(), meeting: Some("m".into()) });
        assert_eq!(format!("{token:?}"), r#"JoinToken { meeting: Some("m"), .. }"#);
        assert_eq!(found(&[("X-joinToken", "old")]).unwrap().meeting, None);
        assert_eq!(found(&[("x-chime-meeting-id", "m")]), None);
        assert_eq!(found(&[("x-chime-join-token", " ")]), None);
    }

    #[test]
    fn recording_sessions_by_tag_by_wish_and_by_body() {
        let check = |headers: &[(&'static str, &'static str)],
                     parameters: &[(&'static str, &'static str)],
                     body: Option<&'static str>| {
            is_recording(headers.iter().copied(), parameters.iter().copied(), body.into_iter())
        };
        assert!(check(&[("Require", "100rel, SIPREC")], &[], None));
        assert!(check(&[("X-Voice-Connector-Record-Only", "True")], &[], None));
        assert!(check(&[], &[("X-Voice-Connector-Record-Only", "true")], None));
        assert!(check(&[], &[], Some("application/rs-metadata+xml;charset=utf-8")));
        assert!(!check(
            &[("Require", "100rel"), ("X-Voice-Connector-Record-Only", "false")],
            &[],
            Some("application/isup")
        ));
    }
}
