//! The telephone control plane, `chime-sdk-voice`; the older `chime` client sends the same.
//!
//! [`Request`] and [`Response`] have a variant per operation in scope; [`Operation`] knows them all.

#[expect(missing_docs, reason = "members carry the service's own names and no documentation of ours")]
mod generated;

use serde_json::{Map, Value};

pub use generated::*;

use crate::error::Error;
use crate::service::Tier;
use crate::{rest, schema};

/// Reads a request: finds the operation, gathers its members, checks every constraint.
///
/// # Errors
/// `UnknownOperation` when nothing has this method and path, `NotImplemented` naming an operation out of scope,
/// `BadRequest` naming the member that is wrong.
pub fn parse(method: &str, path: &str, query: &str, body: &[u8]) -> Result<Request, Error> {
    let operation = rest::route(&Operation::ALL, Operation::facts, method, path, query)?;
    let facts = operation.facts();
    if facts.tier == Tier::OutOfScope {
        return Err(Error::not_implemented(facts.name));
    }
    let members = match operation.input() {
        Some(input) => {
            let members = rest::members(facts, input, path, query, body)?;
            schema::check(input.members, &members)?;
            members
        }
        None => Map::new(),
    };
    match Request::from_members(operation, Value::Object(members)) {
        Some(Ok(request)) => Ok(request),
        // The constraints are stricter than the types: this would be a contradiction in the facts.
        Some(Err(error)) => Err(Error::bad_request(format!("unreadable request: {error}"))),
        None => Err(Error::not_implemented(facts.name)),
    }
}
