//! REST-JSON requests: method, path and query → operation; path, query and body → members.

use serde_json::{Map, Value};

use crate::error::{Error, Kind};
use crate::percent;
use crate::schema::{Member, Shape};
use crate::service::Method;

/// How an operation is addressed.
#[derive(Debug)]
pub(crate) struct Route<O: 'static> {
    pub(crate) operation: O,
    pub(crate) method: Method,
    pub(crate) segments: &'static [Segment],
    /// The query parameter that tells operations of one method and path apart.
    pub(crate) query: Option<(&'static str, &'static str)>,
}

/// A step of a path.
#[derive(Debug)]
pub(crate) enum Segment {
    Literal(&'static str),
    /// The value of the member so named.
    Label(&'static str),
}

/// The input structure of an operation.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) members: &'static [Member],
    /// (query parameter, member).
    pub(crate) query: &'static [(&'static str, &'static str)],
}

/// The parameter most operations that share a path are told apart by.
const SELECTOR: &str = "operation";

/// Finds the operation. Paths are split before they are decoded, so that an encoded slash stays part of a label.
pub(crate) fn route<O>(
    routes: &'static [Route<O>],
    method: &str,
    path: &str,
    query: &str,
) -> Result<&'static Route<O>, Error> {
    let unknown = || Error::new(Kind::UnknownOperation, format!("no operation is {method} at this path"));
    let method = Method::parse(method).ok_or_else(unknown)?;
    let count = path.split('/').skip(1).count();
    let selected = |key: &str| {
        percent::query_pairs(query).find(|(k, _)| *k == key).map(|(_, value)| percent::decode(value))
    };
    let on_path = |route: &&Route<O>| {
        route.method == method
            && route.segments.len() == count
            && path.split('/').skip(1).zip(route.segments).all(|(given, segment)| match segment {
                Segment::Literal(literal) => *percent::decode(given) == *literal.as_bytes(),
                Segment::Label(_) => true,
            })
    };
    if !path.starts_with('/') {
        return Err(unknown());
    }
    routes
        .iter()
        .filter(on_path)
        .find(|route| match route.query {
            Some((key, value)) => selected(key).is_some_and(|given| *given == *value.as_bytes()),
            None => selected(SELECTOR).is_none(),
        })
        .ok_or_else(unknown)
}

/// Gathers the members of an input from path, query and body.
///
/// A body is read only where the input has members in it; path and query members given there are ignored.
pub(crate) fn members<O>(
    route: &Route<O>,
    input: &Input,
    path: &str,
    query: &str,
    body: &[u8],
) -> Result<Map<String, Value>, Error> {
    let labels = || {
        path.split('/').skip(1).zip(route.segments).filter_map(|(given, segment)| match segment {
            Segment::Label(member) => Some((*member, given)),
            Segment::Literal(_) => None,
        })
    };
    let elsewhere = |name: &str| {
        labels().any(|(member, _)| member == name) || input.query.iter().any(|(_, m)| *m == name)
    };
    let has_body = input.members.iter().any(|member| !elsewhere(member.name));
    let mut object = if has_body { parse_object(body)? } else { Map::new() };
    object.retain(|name, _| !elsewhere(name));
    for (member, given) in labels() {
        let text = percent::decode_text(given)
            .ok_or_else(|| Error::bad_request(format!("{member} must be percent-encoded UTF-8")))?;
        object.insert(member.to_owned(), Value::String(text));
    }
    for (parameter, name) in input.query {
        let given = percent::query_pairs(query)
            .find(|(key, _)| percent::decode(key) == parameter.as_bytes())
            .map(|(_, value)| value);
        let member = input.members.iter().find(|member| member.name == *name);
        if let (Some(given), Some(member)) = (given, member) {
            object.insert((*name).to_owned(), query_value(member, given)?);
        }
    }
    Ok(object)
}

fn parse_object(body: &[u8]) -> Result<Map<String, Value>, Error> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Error::bad_request("the body must be a JSON object")),
        Err(error) => Err(Error::bad_request(format!(
            "the body is not JSON: {} at line {} column {}",
            problem(&error),
            error.line(),
            error.column()
        ))),
    }
}

/// What is wrong, without a word of the body.
fn problem(error: &serde_json::Error) -> &'static str {
    if error.to_string().starts_with("recursion limit") {
        return "too deep";
    }
    if error.is_eof() { "unexpected end" } else { "syntax error" }
}

/// Text of a query parameter → the JSON value its member's shape wants; what cannot be one stays text for the check.
fn query_value(member: &Member, given: &str) -> Result<Value, Error> {
    let text = percent::decode_text(given)
        .ok_or_else(|| Error::bad_request(format!("{} must be percent-encoded UTF-8", member.name)))?;
    Ok(match member.shape {
        Shape::Integer { .. } => text.parse::<i64>().map_or(Value::String(text), Value::from),
        Shape::Boolean => text.parse::<bool>().map_or(Value::String(text), Value::from),
        _ => Value::String(text),
    })
}
