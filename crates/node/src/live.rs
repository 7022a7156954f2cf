use std::net::SocketAddr;

use base::{LegId, Timestamp, TransactionId};
use call::{Aftermath, Call};
use sip::media_session::RemoteMedia;
use sip::stack::DialogId;

use crate::media_desk::{CallMedia, Stream};
use crate::meeting_desk::MeetingEnd;
use crate::relay_call::RelayCall;
use crate::secrets::Secrets;
use crate::{JournalEntry, JournalLine};

/// A call with everything that belongs to it in the node.
pub(crate) struct Live {
    pub(crate) transaction: TransactionId,
    pub(crate) machine: Machine,
    pub(crate) since: Timestamp,
    /// The shard of all its legs.
    pub(crate) shard: usize,
    /// In the order they began; one whose stream is closed and whose dialog is gone is still known to the journal.
    pub(crate) legs: Vec<Leg>,
    pub(crate) media: CallMedia,
    /// The two legs that hear each other.
    pub(crate) bridge: Option<(LegId, LegId)>,
    /// Lines not yet given out.
    pub(crate) journal: Vec<JournalLine>,
    /// The machine has said its last; the call goes when its streams are closed.
    pub(crate) finished: bool,
    /// How often the call may still be passed on (`X-SMA-Max-Forwards`).
    pub(crate) forwards: u8,
    /// What neither the machine nor the journal is told.
    pub(crate) secrets: Secrets,
    pub(crate) from: String,
    pub(crate) to: String,
}

/// What drives a call.
pub(crate) enum Machine {
    /// A function.
    Application {
        call: Box<Call>,
        /// The application invoked last.
        application: String,
    },
    /// Nobody: two trunks talk.
    Relay(RelayCall),
    /// Nobody any more: the node died under it, and the function gets what it is owed.
    Aftermath(Box<Aftermath>),
}

/// One leg of a call.
#[derive(Debug)]
pub(crate) struct Leg {
    pub(crate) id: LegId,
    pub(crate) end: End,
    pub(crate) signalling: Signalling,
    pub(crate) stream: Option<Stream>,
}

/// Who is at the far end of a leg.
#[derive(Debug)]
pub(crate) enum End {
    /// A SIP peer.
    Sip(SipEnd),
    /// A meeting: the leg is an attendee's telephone there.
    Meeting(MeetingEnd),
}

/// The far end of a leg with a dialog.
#[derive(Debug)]
pub(crate) struct SipEnd {
    pub(crate) dialog: DialogId,
    /// What stands in our session description.
    pub(crate) address: SocketAddr,
    /// The far end's media, as far as it is known.
    pub(crate) remote: Option<RemoteMedia>,
    /// Whether the peer is within this node.
    pub(crate) internal: bool,
}

/// How far a leg is. One into a meeting is up from its first moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signalling {
    /// It called us, and our session description has not gone out.
    Offered {
        /// Its port was in use and another one is being tried.
        second_port: bool,
    },
    /// It called us, and has our session description in a 183.
    Early,
    /// We placed it.
    Invited,
    /// It is answered.
    Up,
    /// It is over.
    Gone,
}

impl Leg {
    /// Its far end, where that is a SIP peer.
    pub(crate) fn sip(&self) -> Option<&SipEnd> {
        match &self.end {
            End::Sip(end) => Some(end),
            End::Meeting(_) => None,
        }
    }

    /// Its far end, where that is a meeting.
    pub(crate) fn meeting(&self) -> Option<MeetingEnd> {
        match self.end {
            End::Sip(_) => None,
            End::Meeting(end) => Some(end),
        }
    }
}

impl Live {
    pub(crate) fn note(&mut self, at: Timestamp, entry: JournalEntry) {
        self.journal.push(JournalLine { at, entry });
    }

    pub(crate) fn leg(&self, id: LegId) -> Option<&Leg> {
        self.legs.iter().find(|leg| leg.id == id)
    }

    pub(crate) fn leg_mut(&mut self, id: LegId) -> Option<&mut Leg> {
        self.legs.iter_mut().find(|leg| leg.id == id)
    }

    /// Whether a stream is still open.
    pub(crate) fn has_streams(&self) -> bool {
        self.legs.iter().any(|leg| leg.stream.is_some())
    }

    pub(crate) fn application(&self) -> Option<&str> {
        match &self.machine {
            Machine::Application { application, .. } => Some(application),
            Machine::Relay(_) | Machine::Aftermath(_) => None,
        }
    }

    /// Both legs' streams, while they are open.
    pub(crate) fn streams(&self, a: LegId, b: LegId) -> Option<(Stream, Stream)> {
        Some((self.open_stream(a)?, self.open_stream(b)?))
    }

    /// The leg that hears this one.
    pub(crate) fn bridged_to(&self, leg: LegId) -> Option<LegId> {
        match self.bridge? {
            (a, b) if a == leg => Some(b),
            (a, b) if b == leg => Some(a),
            _ => None,
        }
    }

    /// A leg's stream, unless it is being closed.
    pub(crate) fn open_stream(&self, leg: LegId) -> Option<Stream> {
        let leg = self.leg(leg)?;
        if leg.signalling == Signalling::Gone { None } else { leg.stream }
    }
}
