use std::borrow::Cow;
use std::fmt;

use super::{Header, Malformed};
use crate::message::Headers;
use crate::params::{Params, find_unquoted, is_token, quote, quoted_end, trim, unquote};
use crate::uri::{Uri, UriError};

/// A name-addr or addr-spec with parameters: From, To, Contact, Route, Record-Route and their like (RFC 3261 §20.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameAddr<'a> {
    display: &'a str,
    uri: &'a str,
    params: Params<'a>,
}

impl<'a> NameAddr<'a> {
    /// Parses one element; `header` names it in the error. The URI is checked by [`NameAddr::uri`].
    ///
    /// Without angle brackets the URI may contain no comma, `?` or `;`: what follows is the header's (RFC 3261 §20).
    pub fn parse(header: Header, element: &'a str) -> Result<Self, Malformed> {
        let parsed = Self::split(trim(element)).ok_or(Malformed(header))?;
        // The tag names the dialog: one, and not empty. Its characters are not looked at: gateways send `:` and `@`.
        if matches!(header, Header::From | Header::To) {
            let mut tags = parsed.params.iter().filter(|(name, _)| name.eq_ignore_ascii_case("tag"));
            let (first, second) = (tags.next(), tags.next());
            if second.is_some() || first.is_some_and(|(_, tag)| tag.is_none_or(|tag| tag.starts_with('"'))) {
                return Err(Malformed(header));
            }
        }
        Ok(parsed)
    }

    fn split(text: &'a str) -> Option<Self> {
        let (display, rest) = match quoted_end(text) {
            Some(end) => (&text[..end], text[end..].trim_start_matches([' ', '\t'])),
            None if text.starts_with('"') => return None,
            None => match text.find('<') {
                Some(at) => (trim(&text[..at]), &text[at..]),
                None => ("", text),
            },
        };
        // Anything but a comma is let through in an unquoted display name: phones send dots, brackets and letters of
        // all the world. A comma could be a list where none may stand.
        if !display.starts_with('"') && (display.contains([',', '"', '>', ';'])) {
            return None;
        }
        let (uri, params) = match rest.strip_prefix('<') {
            Some(rest) => rest.split_once('>')?,
            None if display.is_empty() => {
                let end = find_unquoted(rest, b';').unwrap_or(rest.len());
                let (uri, params) = rest.split_at(end);
                let uri = trim(uri);
                if uri.contains([',', '?', ' ', '\t']) {
                    return None;
                }
                (uri, params)
            }
            None => return None,
        };
        if uri.is_empty() || uri.contains([' ', '\t', '<', '"']) || !uri.contains(':') {
            return None;
        }
        let params = Params::new(trim(params));
        params.is_well_formed().then_some(Self { display, uri, params })
    }

    /// The display name, quotes and escapes resolved; empty where there is none.
    pub fn display(&self) -> Cow<'a, str> {
        unquote(self.display)
    }

    /// The URI's text, not checked.
    pub fn uri_str(&self) -> &'a str {
        self.uri
    }

    /// The URI.
    pub fn uri(&self) -> Result<Uri, UriError> {
        Uri::parse(self.uri)
    }

    /// The header parameters, behind the URI.
    pub fn params(&self) -> Params<'a> {
        self.params
    }

    /// The tag.
    pub fn tag(&self) -> Option<&'a str> {
        self.params.get("tag").filter(|tag| !tag.is_empty())
    }

    /// `expires` of a Contact in seconds; garbage counts as absent (RFC 3261 §10.3).
    pub fn expires(&self) -> Option<u32> {
        super::numbers::delta_seconds(self.params.get("expires")?)
    }

    /// Writes a value: display name (quoted where it must be), URI in angle brackets, parameters.
    pub fn compose(display: &str, uri: &dyn fmt::Display, params: &[(&str, Option<&str>)]) -> String {
        use fmt::Write as _;
        let mut out = String::with_capacity(64);
        if !display.is_empty() {
            if display.split(' ').all(is_token) {
                out.push_str(display);
            } else {
                out.push_str(&quote(display));
            }
            out.push(' ');
        }
        write!(out, "<{uri}>").expect("writing to memory does not fail");
        for (name, value) in params {
            out.push(';');
            out.push_str(name);
            if let Some(value) = value {
                out.push('=');
                out.push_str(value);
            }
        }
        out
    }
}

impl Headers {
    /// From; `None` where it is missing or malformed, never so in a message that was parsed.
    pub fn from(&self) -> Option<NameAddr<'_>> {
        NameAddr::parse(Header::From, self.get(Header::From)?).ok()
    }

    /// To; `None` where it is missing or malformed, never so in a message that was parsed.
    pub fn to(&self) -> Option<NameAddr<'_>> {
        NameAddr::parse(Header::To, self.get(Header::To)?).ok()
    }

    /// The tag of From.
    pub fn from_tag(&self) -> Option<&str> {
        self.from()?.tag()
    }

    /// The tag of To.
    pub fn to_tag(&self) -> Option<&str> {
        self.to()?.tag()
    }

    /// Adds a tag to a To that has none.
    pub fn set_to_tag(&mut self, tag: &str) {
        if self.to_tag().is_none()
            && let Some(to) = self.get(Header::To)
        {
            let to = format!("{to};tag={tag}");
            self.set(Header::To, &to);
        }
    }

    /// Call-ID; empty where it is missing, never so in a message that was parsed.
    pub fn call_id(&self) -> &str {
        self.get(Header::CallId).unwrap_or("")
    }

    /// The addresses of a list header (Contact, Route, Record-Route, Path …), in order. `Contact: *` is malformed here:
    /// see [`Headers::is_contact_star`].
    pub fn addresses(&self, header: Header) -> impl Iterator<Item = Result<NameAddr<'_>, Malformed>> {
        self.list(header).map(move |element| NameAddr::parse(header, element))
    }

    /// The first Contact, where there is one.
    pub fn contact(&self) -> Result<Option<NameAddr<'_>>, Malformed> {
        self.addresses(Header::Contact).next().transpose()
    }

    /// Whether this is `Contact: *`, which removes all bindings (RFC 3261 §10.2.2).
    pub fn is_contact_star(&self) -> bool {
        self.get(Header::Contact).is_some_and(|value| trim(value) == "*")
    }

    /// The first of From, P-Asserted-Identity and the like that is well-formed.
    pub fn address(&self, header: Header) -> Option<NameAddr<'_>> {
        self.addresses(header).find_map(Result::ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<NameAddr<'_>> {
        NameAddr::parse(Header::To, text).ok()
    }

    #[test]
    fn all_forms_are_read() {
        let to =
            parse("\"J Rosenberg \\\\\\\"\"       <sip:jdrosen@example.com;lr>   ;  tag = 98asjd8").unwrap();
        assert_eq!(to.display(), "J Rosenberg \\\"");
        assert_eq!(to.uri_str(), "sip:jdrosen@example.com;lr");
        assert_eq!(to.tag(), Some("98asjd8"));
        let to = parse("sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n").unwrap();
        assert_eq!((to.uri_str(), to.tag()), ("sip:vivekg@chair-dnrc.example.com", Some("1918181833n")));
        assert_eq!(to.display(), "");
        let to = parse("Anna Müller (home) <sips:a@b>").unwrap();
        assert_eq!(to.display(), "Anna Müller (home)");
        assert_eq!(parse("caller<sip:caller@example.com>").unwrap().display(), "caller");
        assert_eq!(
            parse("<tel:+1-201-555-0123;x=y>;tag=1").unwrap().uri().unwrap().user(),
            Some("+1-201-555-0123")
        );
    }

    #[test]
    fn broken_forms_are_refused() {
        for bad in [
            "",
            "\"Mr. J. User <sip:j.user@example.com>",
            "\"Watson, Thomas\" < sip:t.watson@example.org >",
            "Bell, Alexander <sip:a.g.bell@example.org>;tag=43",
            "\"Joe\" <sip:joe@example.org>;;;;",
            "sip:user@example.com?Route=%3Csip:sip.example.com%3E",
            "<sip:a@b",
            "<sip:a@b> x",
            "<>",
            "*",
            "name sip:a@b",
            "<sip:a@b>;tag",
            "<sip:a@b>;tag=1;Tag=2",
            "<sip:a@b>;tag=\"\"",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn composes_what_it_parses() {
        let uri = "sip:+15550100@192.0.2.1";
        assert_eq!(NameAddr::compose("", &uri, &[("tag", Some("a1"))]), "<sip:+15550100@192.0.2.1>;tag=a1");
        let text = NameAddr::compose("A \"B\"", &uri, &[("lr", None)]);
        assert_eq!(text, "\"A \\\"B\\\"\" <sip:+15550100@192.0.2.1>;lr");
        assert_eq!(parse(&text).unwrap().display(), "A \"B\"");
    }
}
