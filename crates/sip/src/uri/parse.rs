use super::escape::hex;
use super::{Scheme, Uri, UriError, host_ip};

/// Bytes of a URI at most.
pub(crate) const MAX: usize = 8 * 1024;
/// Parameters of a URI at most.
pub(crate) const MAX_PARAMS: usize = 64;

pub(super) fn parse(text: &str) -> Result<Uri, UriError> {
    if text.len() > MAX {
        return Err(UriError::TooLong);
    }
    let (scheme, start) = scheme(text)?;
    match scheme {
        Scheme::Sip | Scheme::Sips => sip(text, scheme, start),
        Scheme::Tel => tel(text, start),
        Scheme::Other => other(text, start),
    }
}

fn scheme(text: &str) -> Result<(Scheme, usize), UriError> {
    let colon = text.bytes().position(|b| b == b':').ok_or(UriError::Scheme)?;
    let name = &text[..colon];
    let scheme = if name.eq_ignore_ascii_case("sip") {
        Scheme::Sip
    } else if name.eq_ignore_ascii_case("sips") {
        Scheme::Sips
    } else if name.eq_ignore_ascii_case("tel") {
        Scheme::Tel
    } else {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.bytes().all(allowed) {
            return Err(UriError::Scheme);
        }
        Scheme::Other
    };
    Ok((scheme, colon + 1))
}

fn sip(text: &str, scheme: Scheme, start: usize) -> Result<Uri, UriError> {
    let rest = &text.as_bytes()[start..];
    let (user, userinfo, host) = match rest.iter().position(|&b| b == b'@') {
        Some(at) => {
            if at == 0 {
                return Err(UriError::Character);
            }
            let userinfo = &rest[..at];
            let user = userinfo.iter().position(|&b| b == b':').unwrap_or(at);
            check(userinfo, |b| matches!(b, b'@' | b'[' | b']'))?;
            (start + user, start + at, start + at + 1)
        }
        None => (start, start, start),
    };
    let bytes = text.as_bytes();
    let after_host = host + host_len(&text[host..])?;
    let mut params = after_host;
    let mut port = None;
    if bytes.get(after_host) == Some(&b':') {
        let digits = text[after_host + 1..].bytes().take_while(u8::is_ascii_digit).count();
        params = after_host + 1 + digits;
        port = Some(text[after_host + 1..params].parse().map_err(|_| UriError::Port)?);
    }
    let params_end = match text[params..].bytes().position(|b| b == b'?') {
        Some(at) => params + at,
        None => text.len(),
    };
    if params < params_end {
        if bytes[params] != b';' {
            return Err(UriError::Host);
        }
        check(&bytes[params..params_end], |b| matches!(b, b'@' | b','))?;
        if text[params..params_end].bytes().filter(|&b| b == b';').count() > MAX_PARAMS {
            return Err(UriError::TooLong);
        }
        let empty_name = |param: &str| param.is_empty() || param.starts_with('=');
        if text[params + 1..params_end].split(';').any(empty_name) {
            return Err(UriError::Character);
        }
    }
    check(&bytes[params_end..], |b| matches!(b, b'@' | b';'))?;
    Ok(Uri {
        text: text.into(),
        scheme,
        start: start as u16,
        user: user as u16,
        userinfo: userinfo as u16,
        host: host as u16,
        host_end: after_host as u16,
        port,
        params: params as u16,
        params_end: params_end as u16,
    })
}

/// RFC 3966: digits and visual separators, or a local number of hex digits, `*` and `#`; then parameters.
fn tel(text: &str, start: usize) -> Result<Uri, UriError> {
    let end = text[start..].bytes().position(|b| b == b';').map_or(text.len(), |at| start + at);
    let number = &text[start..end];
    let digits = number.strip_prefix('+').unwrap_or(number);
    let allowed = |b: u8| b.is_ascii_hexdigit() || matches!(b, b'-' | b'.' | b'(' | b')' | b'*' | b'#');
    if digits.is_empty() || !digits.bytes().all(allowed) {
        return Err(UriError::Character);
    }
    check(&text.as_bytes()[end..], |b| matches!(b, b'@' | b'?'))?;
    if text[end..].bytes().filter(|&b| b == b';').count() > MAX_PARAMS {
        return Err(UriError::TooLong);
    }
    let (start, end, whole) = (start as u16, end as u16, text.len() as u16);
    Ok(Uri {
        text: text.into(),
        scheme: Scheme::Tel,
        start,
        user: end,
        userinfo: end,
        host: end,
        host_end: end,
        port: None,
        params: end,
        params_end: whole,
    })
}

fn other(text: &str, start: usize) -> Result<Uri, UriError> {
    if start == text.len() {
        return Err(UriError::Host);
    }
    check(&text.as_bytes()[start..], |_| false)?;
    let (start, whole) = (start as u16, text.len() as u16);
    Ok(Uri {
        text: text.into(),
        scheme: Scheme::Other,
        start,
        user: start,
        userinfo: start,
        host: start,
        host_end: start,
        port: None,
        params: whole,
        params_end: whole,
    })
}

/// The length of the host that `text` starts with.
pub(crate) fn host_len(text: &str) -> Result<usize, UriError> {
    if text.starts_with('[') {
        let end = text.bytes().position(|b| b == b']').ok_or(UriError::Host)? + 1;
        return host_ip(&text[..end]).map(|_| end).ok_or(UriError::Host);
    }
    // `_` is no host name character, but names of containers and Windows machines carry it.
    let allowed = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
    match text.bytes().take_while(|b| allowed(b)).count() {
        0 => Err(UriError::Host),
        _ if text.starts_with(['.', '-']) => Err(UriError::Host),
        length => Ok(length),
    }
}

/// Refuses what may stand in no part of a URI, what this part forbids, and broken escapes.
fn check(part: &[u8], forbidden: impl Fn(u8) -> bool) -> Result<(), UriError> {
    for (at, &byte) in part.iter().enumerate() {
        let bad = match byte {
            0..=b' ' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x7f => true,
            b'%' => {
                part.get(at + 1).copied().and_then(hex).is_none()
                    || part.get(at + 2).copied().and_then(hex).is_none()
            }
            other => forbidden(other),
        };
        if bad {
            return Err(UriError::Character);
        }
    }
    Ok(())
}
