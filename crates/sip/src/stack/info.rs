//! Bodies and requests that are handled alike in every dialog: INFO with digits, OPTIONS, what is not allowed.

use super::Event;
use super::core::{ALLOW, SUPPORTED};
use super::dialog::Cx;
use super::server::Arrived;
use crate::body;
use crate::header::Header;
use crate::message::Headers;

/// The session description of a message.
pub(super) fn sdp<'a>(headers: &'a Headers, bytes: &'a [u8]) -> Option<&'a [u8]> {
    if bytes.is_empty() {
        return None;
    }
    let kind = headers.content_type()?;
    if !kind.is_multipart() {
        return kind.is("application/sdp").then_some(bytes);
    }
    // Broken multiparts were refused when the call was offered; elsewhere they count as nothing said.
    let parts = body::parts(headers, bytes).ok()?;
    parts.into_iter().find(|part| part.is("application/sdp")).map(|part| part.body)
}

/// INFO: a digit (`application/dtmf-relay`, `application/dtmf`), or a body nobody understands.
pub(super) fn handle(arrived: &Arrived, cx: &mut Cx<'_>) {
    let request = &arrived.request;
    let Some(kind) = request.headers.content_type().filter(|_| !request.body.is_empty()) else {
        return cx.answer_plain(arrived, 200);
    };
    let text = String::from_utf8_lossy(&request.body);
    let digit = if kind.is("application/dtmf-relay") {
        text.lines()
            .filter_map(|line| line.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("signal"))
            .and_then(|(_, value)| digit(value))
    } else if kind.is("application/dtmf") {
        digit(&text)
    } else {
        let mut response = cx.core.response(&request.headers, 415, cx.base.tag);
        response.headers.push(Header::Accept, "application/dtmf-relay, application/dtmf");
        return cx.answer(arrived, &response);
    };
    match digit {
        Some(digit) => {
            cx.answer_plain(arrived, 200);
            let dialog = cx.id();
            cx.event(Event::Digit { dialog, digit });
        }
        None => cx.answer_plain(arrived, 400),
    }
}

fn digit(text: &str) -> Option<char> {
    match text.trim() {
        // Event numbers of RFC 4733.
        "10" => Some('*'),
        "11" => Some('#'),
        "12" => Some('A'),
        "13" => Some('B'),
        "14" => Some('C'),
        "15" => Some('D'),
        one => {
            let mut chars = one.chars();
            let digit = chars.next()?.to_ascii_uppercase();
            (chars.next().is_none() && matches!(digit, '0'..='9' | '*' | '#' | 'A'..='D')).then_some(digit)
        }
    }
}

/// OPTIONS within a dialog.
pub(super) fn options(arrived: &Arrived, cx: &mut Cx<'_>) {
    let mut response = cx.core.response(&arrived.request.headers, 200, cx.base.tag);
    response.headers.push(Header::Allow, ALLOW);
    response.headers.push(Header::Supported, SUPPORTED);
    response.headers.push(Header::Accept, "application/sdp");
    cx.answer(arrived, &response);
}

/// 405 with what is allowed.
pub(super) fn not_allowed(arrived: &Arrived, cx: &mut Cx<'_>) {
    let mut response = cx.core.response(&arrived.request.headers, 405, cx.base.tag);
    response.headers.push(Header::Allow, ALLOW);
    cx.answer(arrived, &response);
}

#[cfg(test)]
mod tests {
    use super::digit;

    #[test]
    fn digits_of_both_body_kinds() {
        assert_eq!(digit(" 5\r\n"), Some('5'));
        assert_eq!(digit("10"), Some('*'));
        assert_eq!(digit("d"), Some('D'));
        assert_eq!(digit("x"), None);
        assert_eq!(digit("55"), None);
    }
}
