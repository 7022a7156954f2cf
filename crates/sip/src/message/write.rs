use std::io::Write as _;

use super::{Headers, Request, Response};
use crate::header::Header;

pub(super) fn request(request: &Request, out: &mut Vec<u8>) {
    out.extend_from_slice(request.method.as_str().as_bytes());
    out.push(b' ');
    out.extend_from_slice(request.uri.as_str().as_bytes());
    out.extend_from_slice(b" SIP/2.0\r\n");
    rest(&request.headers, &request.body, out);
}

pub(super) fn response(response: &Response, out: &mut Vec<u8>) {
    out.extend_from_slice(b"SIP/2.0 ");
    decimal(usize::from(response.status), out);
    out.push(b' ');
    out.extend(response.reason.bytes().filter(|b| !matches!(b, b'\r' | b'\n')));
    out.extend_from_slice(b"\r\n");
    rest(&response.headers, &response.body, out);
}

/// Header fields and body. Content-Length stands where it stood, else last, and is always that of the body.
fn rest(headers: &Headers, body: &[u8], out: &mut Vec<u8>) {
    let mut counted = false;
    for (header, name, value) in headers.fields() {
        if header == Header::ContentLength {
            if !counted {
                field(name, out);
                decimal(body.len(), out);
                out.extend_from_slice(b"\r\n");
            }
            counted = true;
            continue;
        }
        field(name, out);
        out.extend_from_slice(value.as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    if !counted {
        field("Content-Length", out);
        decimal(body.len(), out);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(body);
}

fn field(name: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
}

fn decimal(number: usize, out: &mut Vec<u8>) {
    write!(out, "{number}").expect("writing to memory does not fail");
}
