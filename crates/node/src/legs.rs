//! What a call wants of one of its legs, in the words of the SIP stack and of the shards.
//!
//! An order for a leg that is gone is dropped: the fact that it ended is in the call's queue behind the order.

use std::time::Duration;

use base::{LegId, TransactionId};
use sip::media_session::{Codec, LocalMedia, RemoteMedia};
use sip::stack::{Command, DialogId, Outbound, Target};

use crate::Node;
use crate::io::{Io, Work};
use crate::live::{End, Leg, Live, Signalling, SipEnd};

/// Length of the tone for a digit that came by INFO.
const TONE: Duration = Duration::from_millis(160);

/// An outbound leg to be placed.
pub(crate) struct Placement {
    pub(crate) targets: Vec<Target>,
    pub(crate) internal: bool,
    pub(crate) from_user: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) timeout: Duration,
    /// The codec of the leg it will be bridged to: asked for first, so that the bridge relays.
    pub(crate) codec: Option<Codec>,
}

impl Node {
    pub(crate) fn ring(&mut self, transaction: TransactionId, leg: LegId, io: &mut Io<'_>) {
        let Some(leg) = self.live.get(&transaction).and_then(|live| live.leg(leg)) else { return };
        // After a 183 there is nothing to add; the rest does not wait for an answer of ours.
        if let (End::Sip(end), Signalling::Offered { .. }) = (&leg.end, leg.signalling) {
            self.sip.command(Command::Ring { dialog: end.dialog }, io);
        }
    }

    pub(crate) fn start_early_media(&mut self, transaction: TransactionId, leg: LegId, io: &mut Io<'_>) {
        self.accept(transaction, leg, Signalling::Early, io);
    }

    pub(crate) fn answer(&mut self, transaction: TransactionId, leg: LegId, io: &mut Io<'_>) {
        self.accept(transaction, leg, Signalling::Up, io);
    }

    fn accept(&mut self, transaction: TransactionId, leg: LegId, to: Signalling, io: &mut Io<'_>) {
        let Some(leg) = self.live.get_mut(&transaction).and_then(|live| live.leg_mut(leg)) else { return };
        let (Some(stream), End::Sip(end)) = (leg.stream, &leg.end) else { return };
        let connected = match leg.signalling {
            Signalling::Offered { .. } => false,
            Signalling::Early if to == Signalling::Up => true,
            Signalling::Early | Signalling::Invited | Signalling::Up | Signalling::Gone => return,
        };
        leg.signalling = to;
        let media = local_media(end.address, end.remote.as_ref().map(|remote| remote.codec));
        let dialog = end.dialog;
        if let (Some(remote), false) = (&end.remote, connected) {
            self.media.connect(stream, remote, io);
        }
        let command = match to {
            Signalling::Early => Command::Progress { dialog, media },
            _ => Command::Answer { dialog, media },
        };
        self.sip.command(command, io);
    }

    pub(crate) fn reject(&mut self, transaction: TransactionId, leg: LegId, status: u16, io: &mut Io<'_>) {
        let Some(found) = self.live.get_mut(&transaction).and_then(|live| live.leg_mut(leg)) else { return };
        match (&found.end, found.signalling) {
            (End::Sip(end), Signalling::Offered { .. } | Signalling::Early) => {
                let dialog = end.dialog;
                found.signalling = Signalling::Gone;
                self.sip.command(Command::Refuse { dialog, status, headers: vec![] }, io);
                self.close_leg(transaction, leg, io);
            }
            (End::Sip(_), Signalling::Invited | Signalling::Up | Signalling::Gone) | (End::Meeting(_), _) => {
            }
        }
    }

    pub(crate) fn release(&mut self, transaction: TransactionId, leg: LegId, io: &mut Io<'_>) {
        let Some(found) = self.live.get_mut(&transaction).and_then(|live| live.leg_mut(leg)) else { return };
        if found.signalling == Signalling::Gone {
            return;
        }
        found.signalling = Signalling::Gone;
        // A leg into a meeting has nobody to say good-bye to: closing it is leaving.
        if let End::Sip(SipEnd { dialog, .. }) = found.end {
            self.sip.command(Command::Release { dialog }, io);
        }
        self.close_leg(transaction, leg, io);
    }

    /// Places a leg; false when the shard has no port for it.
    pub(crate) fn place(
        &mut self,
        transaction: TransactionId,
        leg: LegId,
        placement: Placement,
        io: &mut Io<'_>,
    ) -> bool {
        let Some(live) = self.live.get_mut(&transaction) else { return true };
        let internal = placement.internal;
        let Some((stream, address)) = self.media.open(transaction, leg, live.shard, internal, io) else {
            return false;
        };
        let dialog = self.sip.next_dialog();
        live.legs.push(Leg {
            id: leg,
            end: End::Sip(SipEnd { dialog, address, remote: None, internal }),
            signalling: Signalling::Invited,
            stream: Some(stream),
        });
        self.sip.adopt(dialog, transaction, leg);
        let invite = Outbound {
            targets: placement.targets,
            from_user: placement.from_user,
            headers: placement.headers,
            media: local_media(address, placement.codec),
            timeout: placement.timeout,
        };
        self.sip.command(Command::Invite { dialog, invite: Box::new(invite) }, io);
        true
    }

    pub(crate) fn bridge(&mut self, transaction: TransactionId, a: LegId, b: LegId, io: &mut Io<'_>) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        live.bridge = Some((a, b));
        if let Some((a, b)) = live.streams(a, b) {
            self.media.bridge(a, b, io);
        }
    }

    pub(crate) fn unbridge(&mut self, transaction: TransactionId, a: LegId, b: LegId, io: &mut Io<'_>) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        live.bridge = None;
        // A stream that is being closed leaves its bridge by itself.
        if let Some((a, b)) = live.streams(a, b) {
            self.media.unbridge(a, b, io);
        }
    }

    /// Gives a digit that came by signalling to the other side of a bridge: the audio does not carry it there.
    pub(crate) fn pass_digit_on(
        &mut self,
        transaction: TransactionId,
        from: LegId,
        digit: char,
        io: &mut Io<'_>,
    ) {
        let Some(live) = self.live.get(&transaction) else { return };
        if let Some(stream) = live.bridged_to(from).and_then(|leg| live.open_stream(leg)) {
            self.media.send(stream, digit.encode_utf8(&mut [0; 4]), TONE, io);
        }
    }

    /// The far end's media became known or changed.
    pub(crate) fn remote_known(&mut self, dialog: DialogId, remote: RemoteMedia, io: &mut Io<'_>) {
        let Some((transaction, leg)) = self.sip.owner(dialog) else { return };
        let Some(leg) = self.live.get_mut(&transaction).and_then(|live| live.leg_mut(leg)) else { return };
        let End::Sip(end) = &mut leg.end else { return };
        if leg.signalling == Signalling::Gone {
            return;
        }
        if let Some(stream) = leg.stream {
            self.media.connect(stream, &remote, io);
        }
        end.remote = Some(remote);
    }

    /// A leg is over: its stream is closed, its port goes back when the shard has let go of it.
    pub(crate) fn close_leg(&mut self, transaction: TransactionId, leg: LegId, io: &mut Io<'_>) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        let Some(found) = live.leg(leg) else { return };
        let meeting = found.meeting();
        if let Some(stream) = found.stream {
            self.media.close(&mut live.media, stream, io);
        }
        if let Some(end) = meeting {
            self.leave_meeting(end, io);
        }
    }

    /// A leg cannot go on for a reason of ours.
    pub(crate) fn fail_leg(
        &mut self,
        transaction: TransactionId,
        leg: LegId,
        (status, reason): (u16, &str),
        io: &mut Io<'_>,
    ) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        live.note(io.now, crate::JournalEntry::Note(reason.to_owned()));
        let Some(found) = live.leg_mut(leg) else { return };
        let up = match found.signalling {
            Signalling::Offered { .. } | Signalling::Early => {
                self.reject(transaction, leg, status, io);
                false
            }
            Signalling::Invited => {
                self.release(transaction, leg, io);
                false
            }
            Signalling::Up => {
                self.release(transaction, leg, io);
                true
            }
            Signalling::Gone => return,
        };
        let code = if up { 0 } else { status };
        io.work.push_back(Work::Call { transaction, event: call::Event::Ended { leg, code } });
    }

    /// Tries another port for a leg whose session description has not gone out; anything else fails the leg.
    pub(crate) fn open_failed(
        &mut self,
        transaction: TransactionId,
        leg: LegId,
        stream: media::StreamId,
        reason: String,
        io: &mut Io<'_>,
    ) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        let shard = live.shard;
        let Some(found) = live.leg_mut(leg) else { return };
        if found.stream.is_none_or(|current| current.id != stream) {
            return;
        }
        found.stream = None;
        match (&mut found.end, found.signalling) {
            (End::Sip(end), Signalling::Offered { second_port: false }) => {
                found.signalling = Signalling::Offered { second_port: true };
                match self.media.open(transaction, leg, shard, end.internal, io) {
                    Some((stream, address)) => {
                        found.stream = Some(stream);
                        end.address = address;
                    }
                    None => self.fail_leg(transaction, leg, (503, "no port is free"), io),
                }
            }
            // Its port is known to the peer, or this was the second one; or there is no port that could be another.
            (
                End::Sip(_) | End::Meeting(_),
                Signalling::Offered { .. } | Signalling::Early | Signalling::Invited | Signalling::Up,
            ) => {
                tracing::warn!(%transaction, %leg, reason, "a port could not be opened");
                self.fail_leg(transaction, leg, (503, &format!("a port could not be opened: {reason}")), io);
            }
            (_, Signalling::Gone) => {}
        }
        self.settle(transaction, io);
    }
}

/// The codec of leg A, for the leg that will be bridged to it.
pub(crate) fn codec_of(live: &Live, leg: Option<LegId>) -> Option<Codec> {
    live.leg(leg?)?.sip()?.remote.as_ref().map(|remote| remote.codec)
}

fn local_media(address: std::net::SocketAddr, first: Option<Codec>) -> LocalMedia {
    let codecs = match first {
        Some(Codec::Pcma) => vec![Codec::Pcma, Codec::Pcmu],
        Some(Codec::Pcmu) | None => vec![Codec::Pcmu, Codec::Pcma],
    };
    LocalMedia { address, codecs, dtmf: true }
}
