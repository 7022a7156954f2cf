//! A meeting stream: its far end is a conference, of which it is a member.

use base::Timestamp;

use super::{Emit, Far, Kind, Received, Stream};
use crate::conference::{Coding, Jitter, Packet};
use crate::rtp::{HEADER, Header};
use crate::shard::Finished;
use crate::{Codec, FRAME, MemberId, Output, Statistics};

pub(crate) struct Mix {
    member: MemberId,
    /// The law of what is exchanged with a bridged stream.
    codec: Codec,
    /// What a bridged stream's peer says, on its way into the mix.
    inbox: Jitter,
    /// Sequence numbers of those packets with the wraps counted.
    sequence: u64,
    /// Frames put into the mix, and frames of the mix received.
    spoken: u64,
    heard: u64,
}

impl Mix {
    pub(super) fn statistics(&self) -> Statistics {
        Statistics { packets_received: self.heard, packets_sent: self.spoken, ..Statistics::default() }
    }
}

impl Stream {
    /// A stream without port, whose far end is a conference.
    pub(crate) fn meeting(mut self, member: MemberId, codec: Codec) -> Self {
        let inbox = Jitter::new(Coding::G711(codec));
        self.far = Far::Mix(Box::new(Mix { member, codec, inbox, sequence: 1 << 32, spoken: 0, heard: 0 }));
        self
    }

    /// Which member of a conference it is, if it is a meeting stream.
    pub(crate) fn member(&self) -> Option<MemberId> {
        match &self.far {
            Far::Mix(mix) => Some(mix.member),
            Far::Unknown | Far::Peer(_) => None,
        }
    }

    /// Takes what a bridged stream's peer sent.
    pub(super) fn relay_to_mix(&mut self, received: &Received, payload: &[u8]) {
        let speaking = self.is_speaking();
        let Far::Mix(mix) = &mut self.far else { return };
        match received.kind {
            // A sending or playback is heard instead.
            Kind::Audio(_) if speaking => {}
            Kind::Audio(codec) => {
                let Header { sequence, timestamp, ssrc, .. } = received.header;
                let ahead = sequence.wrapping_sub(mix.sequence as u16) as i16;
                mix.sequence = mix.sequence.saturating_add_signed(ahead.into());
                mix.inbox.push(&Packet {
                    coding: Coding::G711(codec),
                    source: ssrc,
                    sequence: mix.sequence,
                    rtp_time: timestamp,
                    level: None,
                    payload,
                });
            }
            Kind::Event(Some(digit)) => self.send_relayed(digit),
            Kind::Event(None) => {}
        }
    }

    /// Says the 20 ms that begin at `due` to the conference; false: silence.
    pub(crate) fn speak(&mut self, finished: &mut Finished, frame: &mut [i16; FRAME]) -> bool {
        let said = self.say_to_mix(finished, frame);
        let Far::Mix(mix) = &mut self.far else { return false };
        let sound = if said {
            mix.inbox.skip();
            true
        } else {
            mix.inbox.pull(true, frame)
        };
        mix.spoken += u64::from(sound);
        sound
    }

    /// What is sent on this stream's own account; false: nothing.
    fn say_to_mix(&mut self, finished: &mut Finished, frame: &mut [i16; FRAME]) -> bool {
        let Far::Mix(mix) = &self.far else { return false };
        while let Some(mut sending) = self.sendings.pop_front() {
            // A comma emits nothing and is silence.
            frame.fill(0);
            let emit = |emit| {
                if let Emit::Audio(samples) = emit {
                    *frame = samples;
                }
            };
            if sending.frame(false, emit) {
                self.sendings.push_front(sending);
                return true;
            }
            finished.sendings.extend(sending.id);
        }
        let mut encoded = [0; FRAME];
        while let Some(player) = self.players.front_mut().filter(|p| p.is_active()) {
            if player.frame(mix.codec, &mut encoded) {
                let table = mix.codec.linear();
                for (sample, byte) in frame.iter_mut().zip(encoded) {
                    *sample = table[usize::from(byte)];
                }
                return true;
            }
            finished.playbacks.push(player.id);
            self.players.pop_front();
        }
        false
    }

    /// The law it wants the mix in; `None`: nobody hears it.
    pub(crate) fn hears_in(&self) -> Option<Codec> {
        match &self.far {
            Far::Mix(mix) => (self.tap.is_some() || self.bridged.is_some()).then_some(mix.codec),
            Far::Unknown | Far::Peer(_) => None,
        }
    }

    /// Hears 20 ms of the conference, in `packet` behind room for a header; what a bridged stream is to relay of it.
    pub(crate) fn hear_mix(
        &mut self,
        due: Timestamp,
        packet: &[u8; HEADER + FRAME],
        out: &mut dyn Output,
    ) -> Option<(u32, Received)> {
        let Far::Mix(mix) = &mut self.far else { return None };
        mix.heard += 1;
        let header = Header {
            marker: false,
            payload_type: 0,
            sequence: mix.heard as u16,
            timestamp: (due.as_micros() / 125) as u32,
            ssrc: self.id.0 as u32,
        };
        let codec = mix.codec;
        if let Some(tap) = &mut self.tap {
            tap.write(&header, &packet[HEADER..], codec);
            self.hear(out);
        }
        let received = Received { header, payload: HEADER..HEADER + FRAME, kind: Kind::Audio(codec) };
        self.bridged.map(|partner| (partner, received))
    }
}
