//! Bodies of several parts (RFC 2046 multipart, RFC 5621), as SIPREC sends them: SDP beside metadata.

mod multipart;

pub use multipart::{MultipartError, Part, parse, write};

use crate::message::Headers;

/// The parts of a body: those of a multipart, else the body itself as its only part; none where it is empty.
///
/// Parts of a multipart within a multipart are listed in its place.
pub fn parts<'a>(headers: &'a Headers, body: &'a [u8]) -> Result<Vec<Part<'a>>, MultipartError> {
    use crate::header::Header;
    if body.is_empty() {
        return Ok(Vec::new());
    }
    let content_type = headers.get(Header::ContentType).unwrap_or("");
    let disposition = headers.get(Header::ContentDisposition).unwrap_or("");
    let mut parts = Vec::new();
    multipart::flatten(Part { content_type, disposition, id: "", body }, 0, &mut parts)?;
    Ok(parts)
}

/// A multipart body and its Content-Type. `boundary` must not occur in any part.
pub fn multipart(parts: &[Part<'_>], boundary: &str) -> (String, Vec<u8>) {
    (multipart::content_type(boundary), write(parts, boundary))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::Header;

    #[test]
    fn parts_of_any_body() {
        let part = |content_type, body| Part { content_type, disposition: "", id: "", body };
        let (inner_type, inner) = multipart(&[part("image/png", &[1, 2, 3])], "in");
        let (content_type, body) =
            multipart(&[part("application/sdp", b"v=0\r\n"), part(&inner_type, &inner)], "out");
        let mut headers = Headers::new();
        headers.push(Header::ContentType, &content_type);
        let all = parts(&headers, &body).unwrap();
        assert_eq!(all, [part("application/sdp", b"v=0\r\n"), part("image/png", &[1, 2, 3])]);
        headers.set(Header::ContentType, "application/sdp");
        assert_eq!(parts(&headers, b"v=0").unwrap(), [part("application/sdp", b"v=0")]);
        assert_eq!(parts(&headers, b"").unwrap(), []);
        headers.set(Header::ContentType, "multipart/mixed");
        assert_eq!(parts(&headers, b"v=0"), Err(MultipartError::Boundary));
    }
}
