//! Composition only: routes inputs to machines and maps effects of one to commands of another.
