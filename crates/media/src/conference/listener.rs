//! A browser in a conference: its packets in, its frames out.

use base::Timestamp;

use super::browser::{BrowserCodec, Browsers, Incoming, Outgoing};
use super::jitter::{Coding, Jitter, Packet};
use super::member::Hearing;
use super::mixed::Mixed;
use super::rate::{Lower, Raise};
use super::voice::{Part, Voice};
use super::{NARROW, QUIET, WIDE};
use crate::opus::Encoder;
use crate::reception::Reception;
use crate::rtp::{HEADER, Header};
use crate::{Codec, MemberId, Output, Statistics};

/// Ticks after its last word for which a browser keeps an encoder of its own (3 s): in that time both encoders hear the
/// same, so that the change to the shared one is not heard.
const KEEP: u32 = 150;
/// From so many Opus listeners on they share.
const SHARING: usize = 3;

#[derive(Debug, Default)]
pub(super) struct Browser {
    reception: Reception,
    jitter: Option<Jitter>,
    /// For one that speaks in another band than it listens in.
    converter: Option<Box<Converter>>,
    /// What it is sent; `None`: nothing.
    pub(super) codec: Option<BrowserCodec>,
    /// Its own encoder, and ticks since it last needed it.
    encoder: Option<(Encoder, u32)>,
    /// Ticks of its time line, and the last one that a frame went out for.
    ticks: u32,
    sent_at: Option<(BrowserCodec, u32)>,
    sent: u64,
}

#[derive(Debug, Default)]
struct Converter {
    raise: Raise,
    lower: Lower,
}

impl Browser {
    pub(super) fn send_as(&mut self, codec: Option<BrowserCodec>) {
        self.codec = codec;
        if codec != Some(BrowserCodec::Opus) {
            self.encoder = None;
        }
    }

    pub(super) fn receive(&mut self, now: Timestamp, incoming: &Incoming<'_>) {
        let (coding, units) = match incoming.codec {
            BrowserCodec::Opus => (Coding::Opus, 6),
            BrowserCodec::Pcmu => (Coding::G711(Codec::Pcmu), 1),
            BrowserCodec::Pcma => (Coding::G711(Codec::Pcma), 1),
        };
        // Jitter is measured in the units of 8 kHz.
        let header = Header {
            marker: false,
            payload_type: 0,
            sequence: incoming.sequence as u16,
            timestamp: incoming.rtp_time / units,
            ssrc: 0,
        };
        self.reception.take(now, &header, true);
        if !self.jitter.as_ref().is_some_and(|jitter| jitter.takes(coding)) {
            self.jitter = Some(Jitter::new(coding));
        }
        if let Some(jitter) = &mut self.jitter {
            let Incoming { sequence, rtp_time, level, payload, .. } = *incoming;
            jitter.push(&Packet { coding, source: 0, sequence, rtp_time, level, payload });
        }
    }

    /// Writes its next 20 ms into `voice` in the band it listens in; whether there is sound in them.
    pub(super) fn speak(&mut self, muted: bool, voice: &mut Voice) -> (Part, bool) {
        let Some(jitter) = &mut self.jitter else { return (Part::None, false) };
        let heard = voice.is_inside();
        if muted && !heard {
            jitter.skip();
            return (Part::None, false);
        }
        let speaks_wide = jitter.takes(Coding::Opus);
        let listens_wide = self.codec.map_or(speaks_wide, |codec| codec == BrowserCodec::Opus);
        match (speaks_wide, listens_wide) {
            (true, true) => (Part::Wide, jitter.pull(heard, &mut voice.frame)),
            (false, false) => (Part::Narrow, jitter.pull(true, voice.narrow())),
            (true, false) => {
                let mut wide = [0; WIDE];
                let sound = jitter.pull(heard, &mut wide);
                let mut sum = [0; NARROW];
                self.converter.get_or_insert_default().lower.add(&wide.map(i32::from), &mut sum);
                *voice.narrow() = sum.map(saturate);
                (Part::Narrow, sound)
            }
            (false, true) => {
                let mut narrow = [0; NARROW];
                let sound = jitter.pull(true, &mut narrow);
                let mut sum = [0; WIDE];
                self.converter.get_or_insert_default().raise.add(&narrow.map(i32::from), &mut sum);
                voice.frame = sum.map(saturate);
                (Part::Wide, sound)
            }
        }
    }

    /// Sends its 20 ms of the mix.
    pub(super) fn hear(
        &mut self,
        due: Timestamp,
        member: MemberId,
        (hearing, voice): (Hearing, &Voice),
        (mixed, listeners): (&mut Mixed<'_>, usize),
        browsers: &mut dyn Browsers,
        out: &mut dyn Output,
    ) {
        self.ticks = self.ticks.wrapping_add(1);
        let Some(codec) = self.codec else { return };
        let (ticks, marker) = (self.ticks, self.sent_at != Some((codec, self.ticks.wrapping_sub(1))));
        let mut send = |payload: &[u8], level: u8| {
            let units = if codec == BrowserCodec::Opus { 960 } else { 160 };
            let rtp_time = ticks.wrapping_mul(units);
            let audio = Outgoing { codec, payload, rtp_time, marker, level, voice: level <= QUIET };
            browsers.send(due, member, &audio, out);
        };
        let law = match codec {
            BrowserCodec::Pcmu => Some(Codec::Pcmu),
            BrowserCodec::Pcma => Some(Codec::Pcma),
            BrowserCodec::Opus => None,
        };
        if let Some(law) = law {
            let (packet, level) = mixed.narrow(law, hearing, voice);
            send(&packet[HEADER..], level);
        } else if self.shares(hearing, listeners) {
            let shared = mixed.shared();
            send(shared.payload(), shared.level);
        } else {
            let band = mixed.band();
            let (encoder, _) = self.encoder.get_or_insert_with(|| (Encoder::new(band), 0));
            let own = mixed.own(encoder, hearing, voice);
            send(own.payload(), own.level);
        }
        self.sent_at = Some((codec, ticks));
        self.sent += 1;
    }

    /// Whether it takes what the shared encoder makes.
    fn shares(&mut self, hearing: Hearing, listeners: usize) -> bool {
        let plain = hearing == Hearing::Everybody && listeners >= SHARING;
        match &mut self.encoder {
            None => plain,
            Some((_, idle)) => {
                *idle = if plain { *idle + 1 } else { 0 };
                let shares = *idle > KEEP;
                if shares {
                    self.encoder = None;
                }
                shares
            }
        }
    }

    pub(super) fn statistics(&self) -> Statistics {
        Statistics {
            packets_received: self.reception.received(),
            packets_sent: self.sent,
            packets_lost: self.reception.lost(),
            jitter_ms: self.reception.jitter_ms(),
            ..Statistics::default()
        }
    }
}

fn saturate(sample: i32) -> i16 {
    sample.clamp(i16::MIN.into(), i16::MAX.into()) as i16
}
