use crate::params::{quoted_end, trim};

/// The elements of a comma-separated value, divided outside quotes and angle brackets; empty elements are skipped.
#[derive(Clone, Debug)]
pub struct List<'a>(&'a str);

impl<'a> List<'a> {
    /// Divides `value`.
    pub fn new(value: &'a str) -> Self {
        Self(value)
    }
}

impl<'a> Iterator for List<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        loop {
            if self.0.is_empty() {
                return None;
            }
            let end = comma(self.0).unwrap_or(self.0.len());
            let element = trim(&self.0[..end]);
            self.0 = self.0.get(end + 1..).unwrap_or("");
            if !element.is_empty() {
                return Some(element);
            }
        }
    }
}

fn comma(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut bracket) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b',' if !bracket => return Some(at),
            b'<' => bracket = true,
            b'>' => bracket = false,
            b'"' if !bracket => {
                at += quoted_end(&text[at..])?;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_in_quotes_and_brackets_do_not_divide() {
        let value = "\"Bell, A\" <sip:a,b@c;x=1>;q=0.1 , <sip:d>,, sip:e;p=\"f,g\"";
        let all: Vec<_> = List::new(value).collect();
        assert_eq!(all, ["\"Bell, A\" <sip:a,b@c;x=1>;q=0.1", "<sip:d>", "sip:e;p=\"f,g\""]);
        assert_eq!(List::new(" , ").count(), 0);
        assert_eq!(List::new("\"open, quote").count(), 1);
    }
}
