//! The canonical request: the one text both sides hash.

use std::fmt::Write;

use crate::http::RawRequest;
use crate::percent;

/// How a service's paths enter a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// Dot segments and doubled slashes removed, then encoded once more: every service but S3.
    EncodedTwice,
    /// As sent: S3, whose keys may hold anything.
    AsSent,
}

/// Builds the canonical request over the headers named (lower case) in `signed_headers`.
///
/// `without` is a query parameter left out: a presigned request's own signature.
pub(super) fn request(
    request: &RawRequest<'_>,
    style: PathStyle,
    signed_headers: &[&str],
    payload_hash: &str,
    without: Option<&str>,
) -> String {
    let mut out = String::with_capacity(512);
    out.push_str(request.method);
    out.push('\n');
    path(&mut out, request.path, style);
    out.push('\n');
    query(&mut out, request.query, without);
    out.push('\n');
    for name in signed_headers {
        out.push_str(name);
        out.push(':');
        header(&mut out, request, name);
        out.push('\n');
    }
    // A blank line ends the headers.
    let _ = write!(out, "\n{}\n{payload_hash}", signed_headers.join(";"));
    out
}

fn path(out: &mut String, path: &str, style: PathStyle) {
    if style == PathStyle::AsSent {
        out.push_str(if path.is_empty() { "/" } else { path });
        return;
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    for segment in &segments {
        out.push('/');
        percent::encode_into(out, segment.as_bytes());
    }
    let ends_in_slash = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
    if segments.is_empty() || ends_in_slash {
        out.push('/');
    }
}

fn query(out: &mut String, query: &str, without: Option<&str>) {
    let encoded = |text: &str| {
        let mut out = String::with_capacity(text.len());
        percent::encode_into(&mut out, &percent::decode(text));
        out
    };
    let mut pairs: Vec<(String, String)> = percent::query_pairs(query)
        .map(|(name, value)| (encoded(name), encoded(value)))
        .filter(|(name, _)| Some(name.as_str()) != without)
        .collect();
    pairs.sort_unstable();
    for (i, (name, value)) in pairs.iter().enumerate() {
        if i > 0 {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        out.push_str(value);
    }
}

/// Values of one name in order, joined by commas, each trimmed and with inner white space collapsed.
fn header(out: &mut String, request: &RawRequest<'_>, name: &str) {
    for (i, (_, value)) in request.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).enumerate() {
        if i > 0 {
            out.push(',');
        }
        let value = String::from_utf8_lossy(value);
        for (i, word) in value.split_ascii_whitespace().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
}
