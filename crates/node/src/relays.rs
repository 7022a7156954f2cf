//! Calls between two trunks: the wishes of [`RelayCall`], carried out.

use base::TransactionId;
use call::Event;

use crate::io::Io;
use crate::live::Machine;
use crate::relay_call::{RelayEffect, RelayEvent};
use crate::{JournalEntry, Node, Output};

impl Node {
    pub(crate) fn tell_relay(&mut self, transaction: TransactionId, event: &Event, io: &mut Io<'_>) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        let Machine::Relay(relay) = &mut live.machine else { return };
        let Some(event) = understood(event) else { return };
        let mut effects = Vec::new();
        relay.handle(io.now, event, &mut effects);
        self.carry_out_relay(transaction, effects, io);
    }

    /// Leg B could not be placed.
    pub(crate) fn refused_relay(&mut self, transaction: TransactionId, status: u16, io: &mut Io<'_>) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        let Machine::Relay(relay) = &mut live.machine else { return };
        let mut effects = Vec::new();
        relay.handle(io.now, RelayEvent::Refused { status }, &mut effects);
        self.carry_out_relay(transaction, effects, io);
    }

    pub(crate) fn carry_out_relay(
        &mut self,
        transaction: TransactionId,
        effects: Vec<RelayEffect>,
        io: &mut Io<'_>,
    ) {
        let Some(live) = self.live.get(&transaction) else { return };
        let Machine::Relay(relay) = &live.machine else { return };
        let (a, b) = (relay.setup().leg_a, relay.setup().leg_b);
        self.deadlines.set(transaction, relay.deadline().map(|(at, _)| at));
        self.touched.push(transaction);
        for effect in effects {
            match effect {
                // Done by whoever made the call: the route is known there.
                RelayEffect::Dial => {}
                RelayEffect::Ring => self.ring(transaction, a, io),
                RelayEffect::StartEarlyMedia => self.start_early_media(transaction, a, io),
                RelayEffect::Answer => self.answer(transaction, a, io),
                RelayEffect::Reject { status } => self.reject(transaction, a, status, io),
                RelayEffect::Release { leg } => self.release(transaction, leg, io),
                RelayEffect::Bridge => self.bridge(transaction, a, b, io),
                RelayEffect::WriteRecord(record) => {
                    let record = Box::new(record);
                    if let Some(live) = self.live.get_mut(&transaction) {
                        live.note(io.now, JournalEntry::RelayRecord(record.clone()));
                    }
                    io.out.push(Output::WriteRelayRecord(record));
                }
                RelayEffect::Finish => self.finish(transaction, io),
            }
        }
    }
}

/// The part of a call's facts that a relayed call has ears for.
fn understood(event: &Event) -> Option<RelayEvent> {
    match event {
        Event::Progressed { early_media, .. } => Some(RelayEvent::Progressed { early_media: *early_media }),
        Event::Answered { .. } => Some(RelayEvent::Answered),
        Event::Ended { leg, code } => Some(RelayEvent::Ended { leg: *leg, status: *code }),
        Event::NodeStopping => Some(RelayEvent::NodeStopping),
        Event::Woken => Some(RelayEvent::Woken),
        // It dials what has a route, listens to nobody, and neither plays, records nor is updated.
        Event::DigitReceived { .. }
        | Event::FunctionReturned { .. }
        | Event::DialRefused { .. }
        | Event::PlaybackEnded { .. }
        | Event::DigitsSent { .. }
        | Event::SilenceDetected { .. }
        | Event::RecordingStored { .. }
        | Event::AttendeesModified { .. }
        | Event::UpdateRequested { .. } => None,
    }
}
