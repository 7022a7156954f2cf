//! Buckets of an S3-compatible endpoint, by a small one in this process and, where one is named, by a real one.

#![expect(clippy::unwrap_used, reason = "clippy sees the helpers of an integration test as no test code")]

mod s3;
mod stories;
