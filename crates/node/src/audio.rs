//! What a call plays to, sends to and records from its legs, in the words of the shards.
//!
//! An order for a leg that is gone is dropped: the fact that it ended is in the call's queue behind the order.

use std::time::Duration;

use base::{LegId, TransactionId};
use call::{AudioSource, Event, PlaybackId, RecordingId, SendingId, Silence, Times};

use crate::Node;
use crate::io::Io;

impl Node {
    pub(crate) fn play(
        &mut self,
        transaction: TransactionId,
        leg: LegId,
        playback: PlaybackId,
        what: (&AudioSource, Times),
        io: &mut Io<'_>,
    ) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        let Some(stream) = live.open_stream(leg) else { return };
        self.media.play((transaction, &mut live.media), playback, stream, what, io);
    }

    pub(crate) fn stop_playback(
        &mut self,
        transaction: TransactionId,
        playback: PlaybackId,
        io: &mut Io<'_>,
    ) {
        if let Some(live) = self.live.get_mut(&transaction) {
            self.media.stop_playback(&mut live.media, playback, io);
        }
    }

    pub(crate) fn send_digits(
        &mut self,
        transaction: TransactionId,
        leg: LegId,
        sending: SendingId,
        what: (&str, Duration),
        io: &mut Io<'_>,
    ) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        let Some(stream) = live.open_stream(leg) else { return };
        self.media.send_digits((transaction, &mut live.media), sending, stream, what, io);
    }

    pub(crate) fn stop_sending(&mut self, transaction: TransactionId, sending: SendingId, io: &mut Io<'_>) {
        if let Some(live) = self.live.get_mut(&transaction) {
            self.media.stop_sending(&mut live.media, sending, io);
        }
    }

    pub(crate) fn listen(&mut self, transaction: TransactionId, leg: LegId, on: bool, io: &mut Io<'_>) {
        if let Some(stream) = self.live.get(&transaction).and_then(|live| live.open_stream(leg)) {
            self.media.listen(stream, on, io);
        }
    }

    pub(crate) fn start_recording(
        &mut self,
        transaction: TransactionId,
        leg: LegId,
        recording: RecordingId,
        silence: Option<Silence>,
        io: &mut Io<'_>,
    ) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        let Some(stream) = live.open_stream(leg) else { return };
        self.media.start_recording((transaction, &mut live.media), recording, stream, silence, io);
    }

    pub(crate) fn store_recording(
        &mut self,
        transaction: TransactionId,
        recording: RecordingId,
        place: (&str, &str),
        io: &mut Io<'_>,
    ) {
        let Some(live) = self.live.get_mut(&transaction) else { return };
        let metadata = vec![("transaction-id".to_owned(), transaction.to_string())];
        if !self.media.store_recording(&live.media, recording, place, metadata, io) {
            // Its leg was gone before the recording could begin.
            let outcome = Err(call::StoreError::System("nothing was recorded".to_owned()));
            io.tell(transaction, Event::RecordingStored { recording, outcome });
        }
    }
}
