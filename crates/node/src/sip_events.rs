//! What the SIP stack reports, in the words of calls and of the directory.

use std::net::SocketAddr;

use call::Event;
use sip::stack::{self, DialogId};

use crate::io::Io;
use crate::live::{Leg, Signalling};
use crate::{JournalEntry, JournalLine, Node};

impl Node {
    pub(crate) fn sip_event(&mut self, event: stack::Event, io: &mut Io<'_>) {
        match event {
            stack::Event::Offered { dialog, offer } => self.offered(dialog, *offer, io),
            stack::Event::Progressed { dialog, status: _, media } => {
                let early_media = media.is_some();
                if let Some(media) = media {
                    self.remote_known(dialog, media, io);
                }
                self.tell_leg(dialog, io, |leg| Event::Progressed { leg: leg.id, early_media });
            }
            stack::Event::Answered { dialog, media, trunk } => {
                self.remote_known(dialog, media, io);
                if let Some(leg) = self.live_leg(dialog) {
                    leg.signalling = Signalling::Up;
                }
                self.note(dialog, format!("taken by {}", trunk.0), io);
                self.tell_leg(dialog, io, |leg| Event::Answered { leg: leg.id });
            }
            stack::Event::MediaChanged { dialog, media } => self.remote_known(dialog, media, io),
            stack::Event::Ended { dialog, status, reason } => {
                self.note(dialog, format!("ended with {status}: {reason}"), io);
                self.ended(dialog, status, io);
            }
            stack::Event::Digit { dialog, digit } => {
                self.tell_leg(dialog, io, |leg| Event::DigitReceived { leg: leg.id, digit });
                if let Some((transaction, leg)) = self.sip.owner(dialog) {
                    self.pass_digit_on(transaction, leg, digit, io);
                }
            }
            stack::Event::OptionsReceived { host, source } => {
                self.directory.options_received(io.now, &host, source.ip());
            }
            stack::Event::TrunkHealth { trunk, up, detail } => {
                if up {
                    tracing::info!(trunk = trunk.0, detail, "the trunk works");
                } else {
                    tracing::warn!(trunk = trunk.0, detail, "the trunk does not work");
                }
            }
        }
    }

    fn ended(&mut self, dialog: DialogId, status: u16, io: &mut Io<'_>) {
        let Some((transaction, leg)) = self.sip.owner(dialog) else { return };
        // We let it go ourselves, and the two crossed: its stream is being closed already.
        if self.live_leg(dialog).is_none() {
            return;
        }
        self.tell_leg(dialog, io, |leg| {
            leg.signalling = Signalling::Gone;
            Event::Ended { leg: leg.id, code: status }
        });
        self.close_leg(transaction, leg, io);
    }

    /// A message of a dialog, for the journal of its call.
    pub(crate) fn traced(
        &mut self,
        dialog: DialogId,
        (sent, remote): (bool, SocketAddr),
        message: String,
        io: &mut Io<'_>,
    ) {
        let remote = remote.to_string();
        match self.sip.owner(dialog) {
            Some((transaction, leg)) => {
                if let Some(live) = self.live.get_mut(&transaction) {
                    live.note(io.now, JournalEntry::Sip { leg, sent, remote, message });
                    self.touched.push(transaction);
                }
            }
            // The INVITE itself: its call is made further on, if at all.
            None => self.untold.push((dialog, io.now, sent, remote, message)),
        }
    }

    /// The messages of a dialog from before its call was made.
    pub(crate) fn told(&mut self, dialog: DialogId, leg: base::LegId) -> Vec<JournalLine> {
        let mut lines = Vec::new();
        for (of, at, sent, remote, message) in std::mem::take(&mut self.untold) {
            if of == dialog {
                lines.push(JournalLine { at, entry: JournalEntry::Sip { leg, sent, remote, message } });
            } else {
                self.untold.push((of, at, sent, remote, message));
            }
        }
        lines
    }

    /// The leg of a dialog, unless it is gone.
    fn live_leg(&mut self, dialog: DialogId) -> Option<&mut Leg> {
        let (transaction, leg) = self.sip.owner(dialog)?;
        let leg = self.live.get_mut(&transaction)?.leg_mut(leg)?;
        if leg.signalling == Signalling::Gone { None } else { Some(leg) }
    }

    /// Makes a fact of a leg that is not gone.
    fn tell_leg(&mut self, dialog: DialogId, io: &mut Io<'_>, event: impl FnOnce(&mut Leg) -> Event) {
        let Some((transaction, _)) = self.sip.owner(dialog) else { return };
        if let Some(event) = self.live_leg(dialog).map(event) {
            self.tell(transaction, event, io);
        }
    }

    fn note(&mut self, dialog: DialogId, note: String, io: &mut Io<'_>) {
        let Some((transaction, leg)) = self.sip.owner(dialog) else { return };
        if let Some(live) = self.live.get_mut(&transaction) {
            live.note(io.now, JournalEntry::Note(format!("{leg} {note}")));
            self.touched.push(transaction);
        }
    }
}
