/// Longest header that may be ordered for an INVITE, name and value together, in bytes.
pub const HEADER_MAX: usize = 2_048;
/// All headers ordered for one INVITE together, in bytes.
pub const HEADERS_MAX: usize = 8_192;

/// Custom headers that only the service itself may send, in lower case.
const RESERVED: [&str; 5] = ["x-amzn", "x-vine", "x-vc", "x-canary", "x-voice"];
/// Names under which a join token travels, in lower case; the second is the older one.
const JOIN_TOKEN: [&str; 2] = ["x-chime-join-token", "x-jointoken"];

/// Whether a client or a handler may order this header for an INVITE: `User-to-User`, `Diversion` and `X-*` outside
/// the service's own prefixes, not too long, and without any control character.
pub fn header_may_be_ordered(name: &str, value: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let token = lower.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&b));
    let custom = lower.len() > 2 && lower.starts_with("x-") && !RESERVED.iter().any(|r| lower.starts_with(r));
    token
        && (custom || lower == "user-to-user" || lower == "diversion")
        && !value.chars().any(char::is_control)
        && name.len() + value.len() <= HEADER_MAX
}

/// Whether a header, or a parameter of a SIP URI, of this name holds a join token: a secret.
pub fn is_join_token(name: &str) -> bool {
    JOIN_TOKEN.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_may_be_ordered_and_those_that_may_not() {
        for name in ["X-Case-Id", "x-a", "User-To-User", "diversion", "X-chime-join-token"] {
            assert!(header_may_be_ordered(name, "v"), "{name}");
        }
        for name in [
            "x-",
            "X-",
            "Via",
            "From",
            "X-Amzn-TargetArn",
            "x-vine-1",
            "X-VC",
            "X-Canary",
            "X-A B",
            "X-A\r\nVia",
            "",
        ] {
            assert!(!header_may_be_ordered(name, "v"), "{name:?}");
        }
    }

    #[test]
    fn no_control_character_is_ordered_in_a_header() {
        for bad in (0..0x20).chain(0x7f..0xa0).filter_map(char::from_u32) {
            assert!(!header_may_be_ordered("X-A", &format!("a{bad}b")), "{bad:?}");
        }
        assert!(header_may_be_ordered("X-A", "sip:+1@h;reason=\"none\" Zürich"));
    }

    #[test]
    fn a_header_has_a_greatest_length() {
        assert!(header_may_be_ordered("X-A", &"v".repeat(2_045)));
        assert!(!header_may_be_ordered("X-A", &"v".repeat(2_046)));
    }

    #[test]
    fn join_tokens_go_by_two_names_in_any_case() {
        for name in ["X-chime-join-token", "X-CHIME-JOIN-TOKEN", "x-joinToken"] {
            assert!(is_join_token(name), "{name}");
        }
        assert!(!is_join_token("X-chime-meeting-id"));
    }
}
