//! Messages as text for traces and logs, secrets taken out.

use base::is_join_token;

use crate::params::{find_unquoted, lossy, quoted_end};

const HIDDEN: &str = "…";

/// A message as text without its secrets: digest responses and client nonces in (Proxy-)Authorization, other credentials
/// there whole, join tokens as header or URI parameter in any case, SDES keys. Bytes that are no UTF-8 become U+FFFD.
pub fn message(bytes: &[u8]) -> String {
    let text = lossy(bytes);
    let mut out = String::with_capacity(text.len());
    // A folded line goes on with the header before it.
    let mut hiding = false;
    for line in text.split_inclusive('\n') {
        let folded = line.starts_with([' ', '\t']);
        if folded && hiding {
            out.push(' ');
            hide(line, &mut out);
            continue;
        }
        hiding = false;
        let (name, value) = match line.split_once(':') {
            Some((name, value)) if !folded => (name.trim(), value),
            _ => ("", line),
        };
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("Authorization") || is("Proxy-Authorization") {
            hiding = true;
            out.push_str(&line[..line.len() - value.len()]);
            credentials(value, &mut out);
        } else if is_join_token(name) {
            hiding = true;
            out.push_str(&line[..line.len() - value.len()]);
            out.push(' ');
            hide(value, &mut out);
        } else if let Some(at) = sdes_key(line) {
            out.push_str(&line[..at]);
            hide(&line[at..], &mut out);
        } else {
            parameters(line, &mut out);
        }
    }
    out
}

/// Hides everything but the line end.
fn hide(text: &str, out: &mut String) {
    out.push_str(HIDDEN);
    out.push_str(&text[text.trim_end_matches(['\r', '\n']).len()..]);
}

/// Digest credentials keep what helps to find an error; of other schemes only the name stays.
fn credentials(value: &str, out: &mut String) {
    let content = value.trim_end_matches(['\r', '\n']);
    let trimmed = content.trim_start();
    let (scheme, mut rest) = trimmed.split_once(' ').unwrap_or((trimmed, ""));
    out.push(' ');
    out.push_str(scheme);
    out.push(' ');
    if scheme.eq_ignore_ascii_case("Digest") {
        loop {
            let end = find_unquoted(rest, b',').unwrap_or(rest.len());
            let parameter = &rest[..end];
            if may_show(parameter) {
                // The Request-URI may carry a join token.
                parameters(parameter, out);
            } else {
                out.push_str(&parameter[..parameter.find('=').map_or(0, |at| at + 1)]);
                out.push_str(HIDDEN);
            }
            let Some(behind) = rest.get(end + 1..) else { break };
            out.push(',');
            rest = behind;
        }
    } else {
        out.push_str(HIDDEN);
    }
    out.push_str(&value[content.len()..]);
}

/// Whether a parameter of digest credentials is no secret, and ends where it seems to.
fn may_show(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let (name, value) = (name.trim(), value.trim());
    ["username", "realm", "uri", "algorithm", "qop", "nc", "opaque"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
        && (!value.contains('"') || quoted_end(value) == Some(value.len()))
}

/// Where the key of an `a=crypto` line begins: behind `inline:`, parameters and further keys included.
fn sdes_key(line: &str) -> Option<usize> {
    let start = line.trim_start();
    if !start.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("a=crypto:")) {
        return None;
    }
    let at = start.to_ascii_lowercase().find("inline:").map_or(9, |at| at + 7);
    Some(line.len() - start.len() + at)
}

/// Copies a line, hiding the values of parameters that hold a join token, escaped names included.
fn parameters(line: &str, out: &mut String) {
    let mut rest = line;
    loop {
        let Some(equals) = rest.find('=') else {
            out.push_str(rest);
            return;
        };
        let start =
            rest[..equals].rfind([';', '?', '&', ' ', '\t', '<', '"', ',', ':']).map_or(0, |at| at + 1);
        let secret = is_join_token(crate::uri::decode(&rest[start..equals]).trim());
        out.push_str(&rest[..=equals]);
        rest = &rest[equals + 1..];
        if secret {
            // Up to where any parameter ends; a quoted value whole.
            let end = match quoted_end(rest) {
                Some(end) => end,
                None => {
                    rest.find([';', '>', '"', '?', '&', ' ', '\t', '\r', '\n', ',']).unwrap_or(rest.len())
                }
            };
            out.push_str(HIDDEN);
            rest = &rest[end..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_left_and_the_rest_is_untouched() {
        let text = "INVITE sip:+17035550122@abc.example;transport=tls;X-chime-join-token=SECRET1;x=1 SIP/2.0\r\n\
            To: <sip:+17035550122@abc.example;x-JOINtoken=SECRET2>;tag=1\r\n\
            Refer-To: <sip:a@b?x-jointoken=SECRET3&c=d>\r\n\
            X-Chime-Join-Token : SECRET4\r\n SECRET5\r\n\
            x-joinToken:SECRET6\r\n\
            t: <sip:a@b;%58-joinToken=SECRET12>\r\n\
            X-Other: kept\r\n\
            Authorization: Digest username=\"bob\", realm=\"r,r\", nonce=\"SECRET7\",\r\n response=\"SECRET8\"\r\n\
            Proxy-authorization: Basic SECRET9\r\n\r\n\
            Authorization: Digest username=\"bob, response=\"SECRET13\", uri=\"sip:a;X-joinToken=SECRET14\"\r\n\
            Authorization: Digest uri=\"sip:a@b;X-joinToken=SECRET15;c\"\r\n\
            v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:SECRET10|2^20|1:4;inline:SECRET11\r\na=ptime:20\r\n";
        let redacted = message(text.as_bytes());
        assert!(!redacted.contains("SECRET"), "{redacted}");
        let lines: Vec<_> = redacted.split("\r\n").collect();
        assert_eq!(
            lines[0],
            "INVITE sip:+17035550122@abc.example;transport=tls;X-chime-join-token=…;x=1 SIP/2.0"
        );
        assert_eq!(lines[1], "To: <sip:+17035550122@abc.example;x-JOINtoken=…>;tag=1");
        assert_eq!(lines[2], "Refer-To: <sip:a@b?x-jointoken=…&c=d>");
        assert_eq!(lines[3], "X-Chime-Join-Token : …");
        assert_eq!(lines[7], "X-Other: kept");
        assert_eq!(lines[8], "Authorization: Digest username=\"bob\", realm=\"r,r\", nonce=…,…");
        assert_eq!(lines[10], "Proxy-authorization: Basic …");
        assert_eq!(lines[13], "Authorization: Digest uri=\"sip:a@b;X-joinToken=…;c\"");
        assert_eq!(lines[15], "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:…");
        assert_eq!(lines[16], "a=ptime:20");
    }

    #[test]
    fn a_message_without_secrets_stays_as_it_is() {
        let text = "OPTIONS sip:a@b;c=d SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nl: 0\r\n\r\n";
        assert_eq!(message(text.as_bytes()), text);
    }
}
