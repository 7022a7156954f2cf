//! Stories on virtual time: phones with a clock of their own exchange packets with a shard.

mod browser;
mod room;
mod world;

mod bridges;
mod browsers;
mod digits;
mod meetings;
mod prompts;
