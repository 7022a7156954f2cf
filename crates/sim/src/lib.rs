//! A simulated world: virtual network, telephones, trunks, functions, disk, faults, checkers.
//!
//! The node in it is the real one, with its real SIP stack, directory and calls; the telephones share no code with it,
//! and audio is a name. Time is virtual and all chance comes from one seed, so that a failure is a number.
//! Stories begin with [`World`]; the random driver is [`random`].

mod browser;
mod checks;
mod engine;
mod function;
mod log;
mod network;
pub mod random;
mod shard;
mod text;
mod ua;
mod world;

pub use browser::{Browser, BrowserStage};
pub use checks::{Checks, MeetingChecks};
pub use engine::{CARRIER, Disk, Engine, Faults, NODE, PBX, Seen, Voice};
pub use function::{
    Answer, Function, Script, bridge, bridge_to_connector, hangup, pause, play, play_and_get_digits, record,
    speak,
};
pub use log::collecting_errors;
pub use network::Network;
pub use shard::{SimShard, Track};
pub use ua::{Change, Manners, Quirk, Stage, Ua, UaCall, Want};
pub use world::{Attendee, Connector, Meeting, Phone, PhoneCall, Tab, World, function_arn};
