//! Runners of functions.
