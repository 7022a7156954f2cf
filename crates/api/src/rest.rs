//! REST-JSON requests: method, path and query → operation; path, query and body → members.

use serde_json::{Map, Value};

use crate::error::{Error, Kind};
use crate::percent;
use crate::schema::{self, Member, Shape};
use crate::service::{Facts, Method, Tier};

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
///
/// Where operations share method and path, the `operation` parameter decides: its absence is a choice too.
pub(crate) fn route<O: Copy + 'static>(
    operations: &[O],
    facts_of: impl Fn(O) -> &'static Facts,
    method: &str,
    path: &str,
    query: &str,
) -> Result<O, Error> {
    let unknown = || Error::new(Kind::UnknownOperation, "no operation has this method, path and query");
    let method = Method::parse(method).ok_or_else(unknown)?;
    let is_selected = |facts: &Facts| match facts.query {
        Some((key, value)) => {
            parameter(query, key).is_some_and(|given| *percent::decode(given) == *value.as_bytes())
        }
        None => parameter(query, SELECTOR).is_none(),
    };
    operations
        .iter()
        .copied()
        .find(|operation| {
            let facts = facts_of(*operation);
            facts.method == method && is_on_path(facts.path, path) && is_selected(facts)
        })
        .ok_or_else(unknown)
}

fn is_on_path(template: &'static str, path: &str) -> bool {
    let mut given = path.split('/');
    template.split('/').all(|step| match given.next() {
        Some(_) if label(step).is_some() => true,
        Some(given) => *percent::decode(given) == *step.as_bytes(),
        None => false,
    }) && given.next().is_none()
}

/// The member a `{Label}` of a path carries.
fn label(step: &'static str) -> Option<&'static str> {
    step.strip_prefix('{')?.strip_suffix('}')
}

/// A query parameter's value, still encoded; the first of several.
fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    percent::query_pairs(query)
        .find(|(key, _)| *percent::decode(key) == *name.as_bytes())
        .map(|(_, value)| value)
}

/// The members of a request that keep every rule.
pub(crate) fn checked_members(
    facts: &Facts,
    input: Option<&'static Input>,
    path: &str,
    query: &str,
    body: &[u8],
) -> Result<Value, Error> {
    if facts.tier == Tier::OutOfScope {
        return Err(Error::not_implemented(facts.name));
    }
    let members = match input {
        Some(input) => {
            let members = members(facts, input, path, query, body)?;
            schema::check(input.members, &members)?;
            members
        }
        None => Map::new(),
    };
    Ok(Value::Object(members))
}

/// What became of checked members as a typed request; none for an operation out of scope.
pub(crate) fn typed<T>(facts: &Facts, read: Option<serde_json::Result<T>>) -> Result<T, Error> {
    match read {
        Some(Ok(request)) => Ok(request),
        // The constraints are stricter than the types: this would be a contradiction in the facts.
        Some(Err(error)) => Err(Error::bad_request(format!("unreadable request: {error}"))),
        None => Err(Error::not_implemented(facts.name)),
    }
}

/// The value of a query parameter, decoded; the first of several.
pub(crate) fn query_text(query: &str, name: &str) -> Option<String> {
    percent::decode_text(parameter(query, name)?)
}

/// Gathers the members of an input from path, query and body.
///
/// A body is read only where the input has members in it; path and query members given there are ignored.
fn members(
    facts: &Facts,
    input: &Input,
    path: &str,
    query: &str,
    body: &[u8],
) -> Result<Map<String, Value>, Error> {
    let labels =
        || path.split('/').zip(facts.path.split('/')).filter_map(|(given, step)| Some((label(step)?, given)));
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
    for (wire_name, name) in input.query {
        let member = input.members.iter().find(|member| member.name == *name);
        if let (Some(given), Some(member)) = (parameter(query, wire_name), member) {
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
