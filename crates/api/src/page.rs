//! Lists in pages: `max-results` and opaque `next-token`.
//!
//! A token says after which key the next page starts and of which list, so that it outlives changes of the list and
//! is of no use to another. Nothing is kept between pages.

use crate::error::Error;
use crate::percent;

/// Items of a page when the caller does not say.
pub const DEFAULT_RESULTS: usize = 100;

const VERSION: &str = "1";

/// One page asked of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    list: &'static str,
    after: Option<String>,
    limit: usize,
}

impl Page {
    /// What `MaxResults` (already checked) and `NextToken` ask of the list so named.
    ///
    /// # Errors
    /// `BadRequest` when the token is not one this list gave out.
    pub fn new(
        list: &'static str,
        max_results: Option<u16>,
        next_token: Option<&str>,
    ) -> Result<Self, Error> {
        let limit = max_results.map_or(DEFAULT_RESULTS, |max| usize::from(max.max(1)));
        let after = match next_token {
            None | Some("") => None,
            Some(token) => Some(
                read(list, token)
                    .ok_or_else(|| Error::bad_request("NextToken is not valid for this list"))?,
            ),
        };
        Ok(Self { list, after, limit })
    }

    /// The key after which the page starts; none for the first page.
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// Cuts the page out of a list in ascending order of its keys; gives its items and the token of the next page.
    pub fn cut<K: AsRef<str>, T>(&self, items: impl IntoIterator<Item = (K, T)>) -> (Vec<T>, Option<String>) {
        let mut left = items
            .into_iter()
            .skip_while(|(key, _)| self.after.as_deref().is_some_and(|after| key.as_ref() <= after));
        let (mut page, mut last) = (Vec::new(), None);
        for (key, item) in left.by_ref().take(self.limit) {
            page.push(item);
            last = Some(key);
        }
        let token = match (left.next(), last) {
            (Some(_), Some(last)) => Some(write(self.list, last.as_ref())),
            _ => None,
        };
        (page, token)
    }
}

/// `1` and list and key in hexadecimal: plain enough to debug, opaque enough not to be built by hand.
fn write(list: &str, key: &str) -> String {
    let mut token = VERSION.to_owned();
    for b in list.bytes().chain([b'\n']).chain(key.bytes()) {
        token.push_str(&format!("{b:02x}"));
    }
    token
}

fn read(list: &str, token: &str) -> Option<String> {
    let digits = token.strip_prefix(VERSION)?.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let bytes: Option<Vec<u8>> =
        digits.chunks(2).map(|pair| Some((percent::hex(pair[0])? << 4) | percent::hex(pair[1])?)).collect();
    let text = String::from_utf8(bytes?).ok()?;
    let (of, key) = text.split_once('\n')?;
    (of == list && !key.is_empty()).then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Vec<(String, u32)> {
        (0..250).map(|n| (format!("id-{n:03}"), n)).collect()
    }

    #[test]
    fn pages_together_are_the_list() {
        let (mut seen, mut token, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = Page::new("Rules", Some(99), token.as_deref()).unwrap();
            let (items, next) = page.cut(list());
            seen.extend(items);
            pages += 1;
            match next {
                Some(next) => token = Some(next),
                None => break,
            }
        }
        assert_eq!((seen, pages), ((0..250).collect(), 3));
    }

    #[test]
    fn a_full_last_page_has_no_token_and_the_default_is_a_hundred() {
        let page = Page::new("Rules", None, None).unwrap();
        assert_eq!(page.cut(list().into_iter().take(100)).1, None);
        let (items, token) = page.cut(list());
        assert_eq!((items.len(), token.is_some()), (100, true));
    }

    #[test]
    fn a_page_goes_on_where_its_item_was_removed() {
        let token = Page::new("Rules", Some(2), None).unwrap().cut(list()).1.unwrap();
        let page = Page::new("Rules", Some(1), Some(&token)).unwrap();
        assert_eq!(page.after(), Some("id-001"));
        let without = list().into_iter().filter(|(_, n)| *n != 1);
        assert_eq!(page.cut(without).0, [2]);
    }

    #[test]
    fn foreign_and_broken_tokens_are_refused() {
        let good = Page::new("Rules", Some(1), None).unwrap().cut(list()).1.unwrap();
        assert!(Page::new("Rules", None, Some(&good)).is_ok());
        assert!(Page::new("Other", None, Some(&good)).is_err());
        let cut = &good[..good.len() - 1];
        for bad in ["1", "2", "zz", "1zz", "1ff", cut, "10a", "1é", &"9".repeat(70_000)] {
            assert!(Page::new("Rules", None, Some(bad)).is_err(), "{bad}");
        }
        assert_eq!(Page::new("Rules", None, Some("")).unwrap().after(), None);
    }
}
