//! The wire as callers see it: requests captured from unmodified SDKs, wrong requests, broken requests, answers.
#![expect(clippy::unwrap_used, reason = "tests and their helpers stop at the first surprise")]

mod answers;
mod captured;
mod constraints;
mod facts;
mod mutations;
mod record;
mod routes;
mod signing;
