//! Stories: requests as they come over the wire, a store that answers when told to, calls that look for their way.

mod applications_and_rules;
mod calls;
mod checks;
mod connectors;
mod inbound;
mod meetings;
mod model;
mod numbers;
mod outbound;
mod seeds;
mod stored;
mod tags_and_settings;
mod world;
mod writes;
