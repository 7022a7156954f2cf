use std::fmt;

use crate::header::{Header, List};

/// The header fields of a message, in order, in one buffer.
#[derive(Clone, Default)]
pub struct Headers {
    text: String,
    fields: Vec<Field>,
}

/// A header to look for or to add: known, or by name.
#[derive(Clone, Copy, Debug)]
pub enum Key<'a> {
    /// One this crate knows.
    Known(Header),
    /// Any other, by name (compared without case).
    Name(&'a str),
}

#[derive(Clone, Copy)]
pub(super) struct Field {
    pub(super) header: Header,
    pub(super) name: Span,
    pub(super) value: Span,
}

/// A piece of the buffer.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    pub(super) fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }
}

impl Headers {
    /// No header fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// The fields in order: name and value as received.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|field| (field.name.of(&self.text), field.value.of(&self.text)))
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The value of the first field of that name.
    pub fn get<'k>(&self, key: impl Into<Key<'k>>) -> Option<&str> {
        let key = key.into();
        self.fields.iter().find(|field| self.matches(field, key)).map(|field| field.value.of(&self.text))
    }

    /// The values of all fields of that name, undivided.
    pub fn all<'a>(&'a self, key: impl Into<Key<'a>>) -> impl Iterator<Item = &'a str> {
        let key = key.into();
        self.fields
            .iter()
            .filter(move |field| self.matches(field, key))
            .map(|field| field.value.of(&self.text))
    }

    /// The elements of all fields of that name, divided at commas outside quotes and angle brackets (RFC 3261 §7.3.1).
    pub fn list<'a>(&'a self, key: impl Into<Key<'a>>) -> impl Iterator<Item = &'a str> {
        self.all(key).flat_map(List::new)
    }

    /// Whether a field of that name is there.
    pub fn has<'k>(&self, key: impl Into<Key<'k>>) -> bool {
        self.get(key).is_some()
    }

    /// Appends a field. CR and LF cannot get in: in a value each becomes a space, in a name every character that is not
    /// of a token becomes `-`.
    pub fn push<'k>(&mut self, key: impl Into<Key<'k>>, value: &str) {
        let field = self.store(key.into(), value);
        self.fields.push(field);
    }

    /// Inserts a field before all others.
    pub fn push_front<'k>(&mut self, key: impl Into<Key<'k>>, value: &str) {
        let field = self.store(key.into(), value);
        self.fields.insert(0, field);
    }

    /// Gives the first field of that name another value and removes the rest, or appends one where there is none.
    pub fn set<'k>(&mut self, key: impl Into<Key<'k>>, value: &str) {
        let key = key.into();
        match self.fields.iter().position(|field| self.matches(field, key)) {
            Some(at) => {
                self.fields[at].value = self.append(value);
                let mut index = 0;
                let text = &self.text;
                self.fields.retain(|field| {
                    index += 1;
                    index - 1 <= at || !matches(text, field, key)
                });
            }
            None => self.push(key, value),
        }
    }

    /// Removes all fields of that name; says how many.
    pub fn remove<'k>(&mut self, key: impl Into<Key<'k>>) -> usize {
        let key = key.into();
        let before = self.fields.len();
        let text = &self.text;
        self.fields.retain(|field| !matches(text, field, key));
        before - self.fields.len()
    }

    /// Replaces the first element of the first field of that name, leaving the elements behind it alone.
    ///
    /// This is how `received` and `rport` get into the topmost Via.
    pub fn replace_first(&mut self, header: Header, element: &str) {
        let Some(at) = self.first_element(header) else {
            return;
        };
        let value = self.fields[at].value.of(&self.text);
        let first = List::new(value)
            .next()
            .map_or(0, |first| first.as_ptr() as usize - value.as_ptr() as usize + first.len());
        let value = [element, &value[first..]].concat();
        self.fields[at].value = self.append(&value);
    }

    /// Removes the first element of the first field of that name: the topmost Via of a response, the Route just used.
    pub fn remove_first(&mut self, header: Header) {
        let Some(at) = self.first_element(header) else {
            return;
        };
        let span = self.fields[at].value;
        let value = span.of(&self.text);
        match List::new(value).nth(1) {
            Some(second) => {
                let offset = second.as_ptr() as usize - value.as_ptr() as usize;
                self.fields[at].value.start = span.start + offset as u32;
            }
            None => {
                self.fields.remove(at);
            }
        }
    }

    /// Appends all fields of that name of another message, byte for byte.
    pub fn copy(&mut self, from: &Headers, header: Header) {
        for field in from.fields.iter().filter(|field| field.header == header) {
            let name = self.append_raw(field.name.of(&from.text));
            let value = self.append_raw(field.value.of(&from.text));
            self.fields.push(Field { header, name, value });
        }
    }

    /// Makes room for that many bytes of text.
    pub fn reserve(&mut self, bytes: usize) {
        self.text.reserve(bytes);
    }

    pub(super) fn from_parts(text: String, fields: Vec<Field>) -> Self {
        Self { text, fields }
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = (Header, &str, &str)> {
        self.fields.iter().map(|field| (field.header, field.name.of(&self.text), field.value.of(&self.text)))
    }

    pub(super) fn text_len(&self) -> usize {
        self.text.len()
    }

    /// The field that holds the first element of a list: fields without any are passed over, as [`Headers::list`] does.
    fn first_element(&self, header: Header) -> Option<usize> {
        self.fields.iter().position(|field| {
            field.header == header && List::new(field.value.of(&self.text)).next().is_some()
        })
    }

    fn matches(&self, field: &Field, key: Key<'_>) -> bool {
        matches(&self.text, field, key)
    }

    fn store(&mut self, key: Key<'_>, value: &str) -> Field {
        let (header, name) = match key {
            Key::Known(header) => (header, self.append_raw(header.as_str())),
            Key::Name(name) => {
                let start = self.text.len() as u32;
                self.text
                    .extend(name.chars().map(|c| {
                        if c.is_ascii() && crate::params::is_token_byte(c as u8) { c } else { '-' }
                    }));
                if name.is_empty() {
                    self.text.push('-');
                }
                (Header::Other, Span { start, end: self.text.len() as u32 })
            }
        };
        Field { header, name, value: self.append(value) }
    }

    fn append(&mut self, value: &str) -> Span {
        let value = value.trim_matches([' ', '\t', '\r', '\n']);
        if !value.contains(['\r', '\n']) {
            return self.append_raw(value);
        }
        let start = self.text.len() as u32;
        self.text.extend(value.chars().map(|c| if matches!(c, '\r' | '\n') { ' ' } else { c }));
        Span { start, end: self.text.len() as u32 }
    }

    fn append_raw(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Span { start, end: self.text.len() as u32 }
    }
}

fn matches(text: &str, field: &Field, key: Key<'_>) -> bool {
    match key {
        Key::Known(header) => field.header == header,
        Key::Name(name) => field.header == Header::Other && field.name.of(text).eq_ignore_ascii_case(name),
    }
}

impl From<Header> for Key<'_> {
    fn from(header: Header) -> Self {
        Key::Known(header)
    }
}

impl<'a> From<&'a str> for Key<'a> {
    fn from(name: &'a str) -> Self {
        match Header::of(name.as_bytes()) {
            Header::Other => Key::Name(name),
            header => Key::Known(header),
        }
    }
}

impl<'a> From<&'a String> for Key<'a> {
    fn from(name: &'a String) -> Self {
        name.as_str().into()
    }
}

impl PartialEq for Headers {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
