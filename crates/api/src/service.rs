//! What the facts table says of an operation.

use crate::error::Kind;

/// HTTP methods of the served APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "HTTP's own words")]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

/// How far an operation belongs to this product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Handlers, samples or deployments call it.
    Needed,
    /// Typed, answered when somebody serves it.
    Useful,
    /// Known by name; answers 501.
    OutOfScope,
}

/// The row of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// `CreateSipRule`.
    pub name: &'static str,
    /// Method of its requests.
    pub method: Method,
    /// `/sip-rules/{SipRuleId}`; labels are named as the members they carry.
    pub path: &'static str,
    /// The query parameter that tells operations of one method and path apart.
    pub query: Option<(&'static str, &'static str)>,
    /// HTTP status of a success.
    pub status: u16,
    /// How far we serve it.
    pub tier: Tier,
    /// The refusals its model names beside those every operation of the service can give.
    pub errors: &'static [Kind],
}

impl Facts {
    /// A row of the generated table.
    pub(crate) const fn row(
        name: &'static str,
        (method, path, query): (Method, &'static str, Option<(&'static str, &'static str)>),
        status: u16,
        tier: Tier,
        errors: &'static [Kind],
    ) -> Self {
        Self { name, method, path, query, status, tier, errors }
    }
}

impl Method {
    /// `GET` and so on; none for a method no operation uses.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "GET" => Some(Method::Get),
            "POST" => Some(Method::Post),
            "PUT" => Some(Method::Put),
            "DELETE" => Some(Method::Delete),
            _ => None,
        }
    }
}
