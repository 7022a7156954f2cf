//! Digest authentication (RFC 7616, RFC 2617), as client and as server.
/// The credentials of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Authorization {}
