//! Buckets: prompts and recordings.
