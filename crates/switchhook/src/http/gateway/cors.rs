use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE, HeaderValue, ORIGIN, VARY,
};
use http::{HeaderMap, Method, Response, StatusCode};
use http_body_util::Full;

/// What the AWS libraries send from pages.
const HEADERS: &str = "Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent";

/// Which other origins' pages may use a route (Fetch standard, CORS protocol).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cors {
    origins: Vec<String>,
}

impl Cors {
    /// For pages of `origins`; `*` stands for all, an empty list for none.
    pub fn new(origins: Vec<String>) -> Self {
        Self { origins }
    }

    /// Whether only pages of our own origin may use the route.
    pub fn is_none(&self) -> bool {
        self.origins.is_empty()
    }

    /// Lets the page see the answer. What the function has said itself stands.
    pub(super) fn apply(&self, asked: &HeaderMap, answer: &mut HeaderMap) {
        if self.is_none() || answer.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN) {
            return;
        }
        if self.origins.iter().any(|origin| origin == "*") {
            answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            return;
        }
        answer.append(VARY, HeaderValue::from_static("Origin"));
        let Some(origin) = asked.get(ORIGIN) else { return };
        if self.origins.iter().any(|allowed| allowed.as_bytes() == origin.as_bytes()) {
            answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            answer.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
    }

    /// The answer to a browser that asks beforehand.
    pub(super) fn preflight<'a>(
        &self,
        asked: &HeaderMap,
        methods: impl Iterator<Item = &'a Method>,
    ) -> Response<Full<Bytes>> {
        let mut methods: Vec<&str> = methods.map(Method::as_str).chain(["OPTIONS"]).collect();
        methods.sort_unstable();
        methods.dedup();
        let mut response = Response::new(Full::default());
        *response.status_mut() = StatusCode::NO_CONTENT;
        let answer = response.headers_mut();
        self.apply(asked, answer);
        if answer.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN) {
            answer.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(HEADERS));
            answer.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
            answer.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
            if let Ok(methods) = HeaderValue::from_str(&methods.join(",")) {
                answer.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
            }
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(origins: &[&str], origin: &'static str) -> HeaderMap {
        let mut asked = HeaderMap::new();
        asked.insert(ORIGIN, HeaderValue::from_static(origin));
        let cors = Cors::new(origins.iter().map(|&o| o.into()).collect());
        cors.preflight(&asked, [Method::POST].iter()).headers().clone()
    }

    #[test]
    fn a_page_of_an_allowed_origin_may_ask() {
        let all = told(&["*"], "https://a.example");
        assert_eq!(all["access-control-allow-origin"], "*");
        assert_eq!(all["access-control-allow-methods"], "OPTIONS,POST");
        let one = told(&["https://a.example"], "https://a.example");
        assert_eq!(one["access-control-allow-origin"], "https://a.example");
        assert_eq!(one["vary"], "Origin");
        let other = told(&["https://a.example"], "https://a.example.evil.example");
        assert!(!other.contains_key("access-control-allow-origin"));
        assert!(!other.contains_key("access-control-allow-methods"));
    }

    #[test]
    fn what_the_function_says_stands() {
        let mut answer = HeaderMap::new();
        answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("https://b.example"));
        Cors::new(vec!["*".into()]).apply(&HeaderMap::new(), &mut answer);
        assert_eq!(answer["access-control-allow-origin"], "https://b.example");
    }
}
