//! An application's wishes, carried out in the order given.

use base::TransactionId;
use call::{Effect, Event};

use crate::io::Io;
use crate::live::{Leg, Machine};
use crate::{JournalEntry, Node, Output};

impl Node {
    /// Hands a fact to the machine of a call and carries out what it wants.
    pub(crate) fn tell(&mut self, transaction: TransactionId, mut event: Event, io: &mut Io<'_>) {
        // A fact that crossed the end of its call.
        let Some(live) = self.live.get_mut(&transaction).filter(|live| !live.finished) else { return };
        if let Event::FunctionReturned { outcome: Ok(response), .. } = &mut event {
            live.secrets.hide_in_response(response);
        }
        let entry = JournalEntry::Event(Box::new(event.clone()));
        let mut effects = std::mem::take(&mut self.effects);
        let deadline = match &mut live.machine {
            Machine::Application { call, .. } => {
                call.handle(io.now, event, &mut effects);
                call.deadline()
            }
            Machine::Aftermath(aftermath) => {
                aftermath.handle(io.now, event, &mut effects);
                aftermath.deadline()
            }
            Machine::Relay(_) => {
                self.effects = effects;
                return self.tell_relay(transaction, &event, io);
            }
        };
        let deadline = deadline.map(|(at, _)| at);
        live.note(io.now, entry);
        self.deadlines.set(transaction, deadline);
        self.carry_out_all(transaction, effects, io);
    }

    /// Journals and carries out effects; takes the buffer back.
    pub(crate) fn carry_out_all(
        &mut self,
        transaction: TransactionId,
        mut effects: Vec<Effect>,
        io: &mut Io<'_>,
    ) {
        if let (Some(live), false) = (self.live.get_mut(&transaction), effects.is_empty()) {
            live.note(io.now, JournalEntry::Effects(effects.clone()));
        }
        self.touched.push(transaction);
        for effect in effects.drain(..) {
            self.carry_out(transaction, effect, io);
        }
        self.effects = effects;
    }

    fn carry_out(&mut self, transaction: TransactionId, effect: Effect, io: &mut Io<'_>) {
        match effect {
            Effect::Invoke { invocation, target, sequence, payload, timeout } => {
                if let Some(Machine::Application { application, .. }) =
                    self.live.get_mut(&transaction).map(|live| &mut live.machine)
                {
                    application.clone_from(&target.application);
                }
                io.invocations.push(Output::Invoke {
                    transaction,
                    invocation,
                    target,
                    sequence,
                    payload,
                    timeout,
                });
            }
            Effect::Ring { leg } => self.ring(transaction, leg, io),
            Effect::StartEarlyMedia { leg } => self.start_early_media(transaction, leg, io),
            Effect::Answer { leg } => self.answer(transaction, leg, io),
            Effect::Reject { leg, code } => self.reject(transaction, leg, code, io),
            Effect::Dial { leg, dial } => self.dial(transaction, leg, &dial, io),
            Effect::Release { leg } => self.release(transaction, leg, io),
            Effect::Bridge { a, b } => self.bridge(transaction, a, b, io),
            Effect::Unbridge { a, b } => self.unbridge(transaction, a, b, io),
            Effect::WriteRecord(record) => io.out.push(Output::WriteRecord(Box::new(record))),
            Effect::Log { message } => self.application_log(transaction, message),
            Effect::Finish => self.finish(transaction, io),
            Effect::Play { playback, leg, source, times } => {
                self.play(transaction, leg, playback, (&source, times), io);
            }
            Effect::StopPlayback { playback } => self.stop_playback(transaction, playback, io),
            Effect::SendDigits { sending, leg, digits, tone } => {
                self.send_digits(transaction, leg, sending, (&digits, tone), io);
            }
            Effect::StopSending { sending } => self.stop_sending(transaction, sending, io),
            Effect::ModifyAttendees { request, meeting, attendees, muted } => {
                self.modify_attendees(transaction, request, (&meeting, &attendees, muted), io);
            }
            Effect::ListenForDigits { leg, on } => self.listen(transaction, leg, on, io),
            Effect::StartRecording { recording, leg, silence } => {
                self.start_recording(transaction, leg, recording, silence, io);
            }
            Effect::StoreRecording { recording, bucket, key } => {
                self.store_recording(transaction, recording, (&bucket, &key), io);
            }
        }
    }

    fn application_log(&mut self, transaction: TransactionId, message: String) {
        if let Some(live) = self.live.get_mut(&transaction) {
            let application = live.application().unwrap_or_default();
            tracing::info!(%transaction, application, "{message}");
        }
    }

    /// The machine is done: what it still has is dropped; the call itself goes when its streams are closed.
    pub(crate) fn finish(&mut self, transaction: TransactionId, io: &mut Io<'_>) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        live.finished = true;
        self.media.finish(&mut live.media, io);
        self.deadlines.set(transaction, None);
        self.settle(transaction, io);
    }

    /// Lets a finished call go once none of its streams is open.
    pub(crate) fn settle(&mut self, transaction: TransactionId, io: &mut Io<'_>) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        if !live.finished || live.has_streams() {
            return;
        }
        live.note(io.now, JournalEntry::End);
        self.touched.push(transaction);
    }

    /// Gives out the journal lines of this `handle`, and forgets calls that are over.
    pub(crate) fn flush_journals(&mut self, io: &mut Io<'_>) {
        let mut touched = std::mem::take(&mut self.touched);
        for transaction in touched.drain(..) {
            let Some(live) = self.live.get_mut(&transaction) else { continue };
            let entries = std::mem::take(&mut live.journal);
            let closed = matches!(entries.last().map(|line| &line.entry), Some(JournalEntry::End));
            if !entries.is_empty() {
                io.out.push(Output::Journal { transaction, entries, closed });
            }
            if closed && let Some(live) = self.live.remove(&transaction) {
                for end in live.legs.iter().filter_map(Leg::sip) {
                    self.sip.forget(end.dialog);
                }
            }
        }
        self.touched = touched;
    }
}
