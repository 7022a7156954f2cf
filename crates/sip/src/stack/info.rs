//! INFO within a dialog: digits from those who send them that way (RFC 6086, `application/dtmf-relay`).

use super::Event;
use super::dialog::Cx;
use super::server::Arrived;
use crate::header::Header;

/// Tells the digit of an INFO; an empty one is a keep-alive, any other body is not understood.
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
