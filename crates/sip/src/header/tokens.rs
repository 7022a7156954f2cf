use super::Header;
use crate::message::{Headers, Method};

impl Headers {
    /// Whether Supported or Require names an option tag, such as `100rel`.
    pub fn supports(&self, tag: &str) -> bool {
        self.has_token(Header::Supported, tag) || self.requires(tag)
    }

    /// Whether Require names an option tag.
    pub fn requires(&self, tag: &str) -> bool {
        self.has_token(Header::Require, tag)
    }

    /// Whether a list of tokens has one, without regard to case.
    pub fn has_token(&self, header: Header, token: &str) -> bool {
        self.list(header).any(|known| known.eq_ignore_ascii_case(token))
    }

    /// The option tags of Require that are not among `known`: for Unsupported of a 420.
    pub fn unsupported<'a>(&'a self, known: &'a [&str]) -> impl Iterator<Item = &'a str> {
        self.list(Header::Require).filter(move |tag| !known.iter().any(|name| name.eq_ignore_ascii_case(tag)))
    }

    /// Whether Allow names a method; `None` without an Allow header.
    pub fn allows(&self, method: &Method) -> Option<bool> {
        self.has(Header::Allow).then(|| self.list(Header::Allow).any(|name| name == method.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn option_tags_and_methods() {
        let mut headers = Headers::new();
        headers.push(Header::Require, "100rel, siprec");
        headers.push("k", "timer");
        headers.push(Header::Allow, "INVITE,ACK, UPDATE");
        assert!(headers.supports("timer") && headers.supports("100REL") && !headers.requires("timer"));
        assert_eq!(headers.unsupported(&["100rel"]).collect::<Vec<_>>(), ["siprec"]);
        assert_eq!(headers.allows(&Method::Update), Some(true));
        assert_eq!(headers.allows(&Method::Info), Some(false));
        assert_eq!(Headers::new().allows(&Method::Info), None);
    }
}
