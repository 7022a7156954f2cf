//! Writes JSON into one growing string, without building a tree first.

use std::fmt::{Display, Write};

use crate::protocol::value::{Json, Members};

/// Appends `text` as a JSON string, quotes included.
pub(crate) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    // Without an early exit the compiler looks at many bytes at once; hardly any text needs more than this.
    let escapes = text.bytes().fold(false, |found, byte| found | needs_escape(byte));
    if escapes {
        push_escaped(out, text)
    } else {
        out.push_str(text)
    }
    out.push('"');
}

fn needs_escape(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

#[cold]
fn push_escaped(out: &mut String, text: &str) {
    let mut clean_from = 0;
    for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| needs_escape(*byte)) {
        out.push_str(&text[clean_from..at]);
        clean_from = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            other => push_display(out, format_args!("\\u{other:04x}")),
        }
    }
    out.push_str(&text[clean_from..]);
}

/// Appends something that prints as plain JSON already: a number, or text known to be free of quotes.
pub(crate) fn push_display(out: &mut String, value: impl Display) {
    // Writing to a string does not fail.
    let _ = write!(out, "{value}");
}

/// Appends a value. The depth is bounded by the parser that made the value.
pub(crate) fn push_value(out: &mut String, value: &Json) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Number(number) => push_display(out, number),
        Json::String(text) => push_string(out, text),
        Json::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                push_value(out, item);
            }
            out.push(']');
        }
        Json::Object(members) => push_members(out, members),
    }
}

/// Appends an object in the order its members were given.
pub(crate) fn push_members(out: &mut String, members: &Members) {
    let mut object = Object::open(out);
    for (key, value) in members.iter() {
        object.key(key);
        push_value(object.out, value);
    }
    object.close();
}

/// An object being written, member by member.
pub(crate) struct Object<'a> {
    pub(crate) out: &'a mut String,
    empty: bool,
}

impl<'a> Object<'a> {
    pub(crate) fn open(out: &'a mut String) -> Self {
        out.push('{');
        Self { out, empty: true }
    }

    /// Writes the separator and the key; the value is to be appended next.
    pub(crate) fn key(&mut self, key: &str) {
        if !self.empty {
            self.out.push(',');
        }
        self.empty = false;
        push_string(self.out, key);
        self.out.push(':');
    }

    pub(crate) fn string(&mut self, key: &str, value: &str) {
        self.key(key);
        push_string(self.out, value);
    }

    pub(crate) fn strings(&mut self, key: &str, values: &[String]) {
        self.key(key);
        self.out.push('[');
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            push_string(self.out, value);
        }
        self.out.push(']');
    }

    /// For ids and numbers in quotes: their text needs no escaping.
    pub(crate) fn quoted(&mut self, key: &str, value: impl Display) {
        self.key(key);
        self.out.push('"');
        push_display(self.out, value);
        self.out.push('"');
    }

    pub(crate) fn number(&mut self, key: &str, value: impl Display) {
        self.key(key);
        push_display(self.out, value);
    }

    pub(crate) fn close(self) {
        self.out.push('}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_survive_a_round_trip() {
        for text in ["", "plain", "\"\\\n\r\t\u{1}\u{1f}\u{7f}", "Zürich ☎ 𝄞", "ends\\"] {
            let mut out = String::new();
            push_string(&mut out, text);
            assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text, "{out}");
        }
    }

    #[test]
    fn values_print_as_serde_prints_them() {
        let text = r#"{"b":[1,2.5,-3,null,true,false,{"x":"\"y"}],"a":{},"c":[]}"#;
        let mut out = String::new();
        push_value(&mut out, &serde_json::from_str(text).unwrap());
        assert_eq!(out, text);
    }
}
