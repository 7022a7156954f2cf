//! Meetings told as stories on virtual time: pages that behave as the browser client does, telephones, and a media
//! machine that answers. The world checks every output; the stories say what people notice.

mod page;
mod world;

mod audio;
mod endings;
mod hostile;
mod joining;
mod lifetimes;
mod messages;
mod phones;
mod random;
mod rosters;
