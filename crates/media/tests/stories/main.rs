//! Stories on virtual time: phones with a clock of their own exchange packets with a shard.

mod world;

mod bridges;
mod digits;
mod prompts;
