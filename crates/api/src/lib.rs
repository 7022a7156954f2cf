//! The AWS wire: generated types and routes, SigV4, error shapes, pages, Invoke.
