//! The control plane of meetings, `chime-sdk-meetings`; the older `chime` client sends the same.
//!
//! [`Request`] and [`Response`] have a variant per operation; [`Operation`] knows them all.

#[expect(missing_docs, reason = "members carry the service's own names and no documentation of ours")]
mod generated;

pub use generated::*;

use crate::error::Error;
use crate::rest;

/// Reads a request: finds the operation, gathers its members, checks every constraint.
///
/// # Errors
/// `UnknownOperation` when nothing has this method and path, `BadRequest` naming the member that is wrong.
pub fn parse(method: &str, path: &str, query: &str, body: &[u8]) -> Result<Request, Error> {
    let operation = rest::route(&Operation::ALL, Operation::facts, method, path, query)?;
    let members = rest::checked_members(operation.facts(), operation.input(), path, query, body)?;
    rest::typed(operation.facts(), Request::from_members(operation, members))
}
