//! From packets as they come to 20 ms at each tick: order, loss, delay and clocks that drift.
//!
//! ```text
//! Idle ──packet──▶ Playing ──100 ms without any──▶ Idle
//! ```
//!
//! The delay begins at 20 to 40 ms. A packet that comes too late and is awaited makes it longer at once; what has been
//! superfluous for seconds is taken out again, a pitch period or 20 ms of silence at a time. So a sender's clock that runs
//! faster or slower than ours never gathers delay and never runs dry for good.

use std::collections::VecDeque;

use super::conceal::Concealer;
use super::{NARROW, QUIET, WIDE};
use crate::{Codec, opus};

/// What packets are coded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    G711(Codec),
    Opus,
}

/// An audio packet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packet<'a> {
    pub(crate) coding: Coding,
    /// Tells sources apart that take turns.
    pub(crate) source: u32,
    /// With the wraps counted.
    pub(crate) sequence: u64,
    /// In the clock of RTP: 8 kHz for G.711, 48 kHz for Opus.
    pub(crate) rtp_time: u32,
    /// −dBov, if the sender says so.
    pub(crate) level: Option<u8>,
    pub(crate) payload: &'a [u8],
}

/// Packets that wait at most.
const MAX_QUEUE: usize = 64;
/// Bytes of a packet at most; a longer one is not audio of ours.
const MAX_PAYLOAD: usize = 1_500;
/// Missing frames in a row until the sender is taken to be silent.
const PATIENCE: u32 = 5;
/// In frames: a leap of the time line that is a new beginning (2 s).
const LEAP: i64 = 100;
/// In frames: delay from which on the oldest is thrown away at once (400 ms).
const TOO_LONG: i64 = 20;
/// Ticks over which delay has to be superfluous to be taken out.
const WATCH: u32 = 125;
/// The same for five frames and more.
const WATCH_CLOSELY: u32 = 5;
/// Ticks after the delay had to grow in which it is left alone.
const HOLD: u32 = 500;
/// Late packets among others that came in time until the delay grows.
const TOO_LATE: u32 = 3;
/// Libopus conceals in steps of 2.5 ms.
const STEP: usize = WIDE / 8;

#[derive(Debug)]
pub(crate) struct Jitter {
    /// Samples of 20 ms: the sampling rate.
    frame: usize,
    decoder: Decoder,
    queue: VecDeque<Waiting>,
    /// Buffers of packets that are done with.
    spare: Vec<Vec<u8>>,
    /// Decoded and not yet given out.
    samples: Vec<i16>,
    state: State,
    watch: Watch,
}

#[derive(Debug)]
enum Decoder {
    G711(Box<Concealer>),
    Opus {
        decoder: opus::Decoder,
        /// The last packet that was not worth decoding; the next one that is continues it.
        skipped: Vec<u8>,
    },
}

#[derive(Debug)]
struct Waiting {
    coding: Coding,
    time: i64,
    length: usize,
    sequence: u64,
    level: Option<u8>,
    payload: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Idle,
    Playing(Line),
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Line {
    source: u32,
    /// The latest packet's.
    rtp_time: u32,
    time: i64,
    /// Where the latest packet ends.
    end: i64,
    /// The time of the next sample to decode.
    next: i64,
    /// Sequence number and end of the last packet that was decoded.
    played: Option<(u64, i64)>,
    /// Frames made up in a row.
    missing: u32,
}

/// How much delay there has been at least.
#[derive(Clone, Copy, Debug, Default)]
struct Watch {
    ticks: u32,
    least: i64,
    hold: u32,
    late: u32,
}

impl Jitter {
    pub(crate) fn new(coding: Coding) -> Self {
        let (frame, decoder) = match coding {
            Coding::G711(_) => (NARROW, Decoder::G711(Box::default())),
            Coding::Opus => (WIDE, Decoder::Opus { decoder: opus::Decoder::new(), skipped: Vec::new() }),
        };
        Self {
            frame,
            decoder,
            queue: VecDeque::new(),
            spare: Vec::new(),
            samples: Vec::new(),
            state: State::Idle,
            watch: Watch::default(),
        }
    }

    /// Whether packets of this coding are decoded here: a sampling rate is for a lifetime.
    pub(crate) fn takes(&self, coding: Coding) -> bool {
        matches!(
            (&self.decoder, coding),
            (Decoder::G711(_), Coding::G711(_)) | (Decoder::Opus { .. }, Coding::Opus)
        )
    }

    /// Takes a packet in.
    pub(crate) fn push(&mut self, packet: &Packet<'_>) {
        let Some(length) = length(packet).filter(|_| self.takes(packet.coding)) else { return };
        let frame = self.frame as i64;
        let units = if packet.coding == Coding::Opus { 3 } else { 1 };
        let mut line = match self.state {
            State::Playing(line) if line.source == packet.source => line,
            State::Playing(_) | State::Idle => self.begin(packet, frame),
        };
        let ahead = i64::from(packet.rtp_time.wrapping_sub(line.rtp_time) as i32) / units;
        if ahead.abs() > LEAP * frame {
            line = self.begin(packet, frame);
        }
        let ahead = i64::from(packet.rtp_time.wrapping_sub(line.rtp_time) as i32) / units;
        let (time, end) = (line.time + ahead, line.time + ahead + length as i64);
        if ahead >= 0 {
            (line.rtp_time, line.time, line.end) = (packet.rtp_time, time, line.end.max(end));
        }
        let heard = line.played.is_some_and(|(_, end)| time < end);
        if time < line.next && self.queue.is_empty() && !heard {
            // It was awaited and something was made up in its place: from here on everything comes later.
            line.next = time;
            self.watch = Watch { hold: HOLD, ..Watch::default() };
        }
        self.state = State::Playing(line);
        if end <= line.next {
            return self.late(heard);
        }
        let at = self.queue.iter().rposition(|p| p.time <= time).map_or(0, |before| before + 1);
        if self.queue.len() >= MAX_QUEUE || (at > 0 && self.queue[at - 1].time == time) {
            return;
        }
        let mut payload = self.spare.pop().unwrap_or_default();
        payload.clear();
        payload.extend_from_slice(packet.payload);
        let Packet { coding, sequence, level, .. } = *packet;
        self.queue.insert(at, Waiting { coding, time, length, sequence, level, payload });
    }

    /// A new line, whose first packet is heard after the frame that is due next.
    fn begin(&mut self, packet: &Packet<'_>, frame: i64) -> Line {
        self.spare.extend(self.queue.drain(..).map(|p| p.payload));
        self.watch = Watch::default();
        Line {
            source: packet.source,
            rtp_time: packet.rtp_time,
            time: 0,
            end: 0,
            next: -frame,
            played: None,
            missing: 0,
        }
    }

    /// A packet whose time is over while later ones wait: some of these, and the delay is too short for this network.
    fn late(&mut self, heard: bool) {
        if heard {
            return;
        }
        self.watch.late += 1;
        if self.watch.late >= TOO_LATE
            && let State::Playing(line) = &mut self.state
        {
            line.next -= self.frame as i64;
            self.watch = Watch { hold: HOLD, ..Watch::default() };
        }
    }

    /// Writes the next 20 ms; false: they are silence, and nothing was decoded. Packets that say of themselves that they
    /// are quiet are decoded only while the sender is `listened` to.
    pub(crate) fn pull(&mut self, listened: bool, out: &mut [i16]) -> bool {
        debug_assert_eq!(out.len(), self.frame);
        let State::Playing(mut line) = self.state else {
            let sound = !self.samples.is_empty();
            out.fill(0);
            let rest = self.samples.len().min(self.frame);
            out[..rest].copy_from_slice(&self.samples[..rest]);
            self.give(rest);
            return sound;
        };
        let mut sound = false;
        let shorten = self.watch(&mut line);
        let wanted = if shorten { 2 * self.frame } else { self.frame };
        while self.samples.len() < wanted {
            // What is not there yet is not made up only to be shortened.
            if self.samples.len() >= self.frame && self.queue.is_empty() {
                break;
            }
            sound |= self.decode(&mut line, listened);
            if line.missing > PATIENCE {
                self.state = State::Idle;
                if let Decoder::G711(concealer) = &mut self.decoder {
                    **concealer = Concealer::default();
                }
                break;
            }
        }
        if shorten && self.samples.len() >= wanted {
            self.shorten();
        }
        if self.state != State::Idle {
            self.state = State::Playing(line);
        }
        out.fill(0);
        let there = self.samples.len().min(self.frame);
        out[..there].copy_from_slice(&self.samples[..there]);
        // Samples of the packet before are sound too, and a look at them is cheap.
        let sound = sound || out.iter().any(|s| *s != 0);
        self.give(there);
        sound
    }

    /// Lets 20 ms pass unheard.
    pub(crate) fn skip(&mut self) {
        let State::Playing(mut line) = self.state else { return self.samples.clear() };
        line.next += self.frame as i64 - self.samples.len() as i64;
        self.samples.clear();
        while self.queue.front().is_some_and(|p| p.time + p.length as i64 <= line.next) {
            if let Some(packet) = self.queue.pop_front() {
                line.played = Some((packet.sequence, packet.time + packet.length as i64));
                line.missing = 0;
                self.spare.push(packet.payload);
            }
        }
        if self.queue.is_empty() && line.end <= line.next {
            line.missing += 1;
        }
        self.state = if line.missing > PATIENCE { State::Idle } else { State::Playing(line) };
    }

    /// Looks whether more waits than has to; true: take some of it out.
    fn watch(&mut self, line: &mut Line) -> bool {
        let frame = self.frame as i64;
        let delay = line.end - line.next + self.samples.len() as i64;
        if delay > TOO_LONG * frame {
            line.next = line.end - 2 * frame;
            self.samples.clear();
            self.watch = Watch::default();
            return false;
        }
        let watch = &mut self.watch;
        watch.least = if watch.ticks == 0 { delay } else { watch.least.min(delay) };
        watch.ticks += 1;
        watch.hold = watch.hold.saturating_sub(1);
        let superfluous = watch.least - frame;
        let long = superfluous >= 5 * frame;
        let due = if long { watch.ticks >= WATCH_CLOSELY } else { watch.ticks >= WATCH && watch.hold == 0 };
        if !due {
            return false;
        }
        let hold = watch.hold;
        *watch = Watch { hold, ..Watch::default() };
        superfluous >= frame + frame / 4
    }

    /// Adds what comes next to the samples: a packet, or something for a gap. True: it may be heard.
    fn decode(&mut self, line: &mut Line, listened: bool) -> bool {
        while self.queue.front().is_some_and(|p| p.time + p.length as i64 <= line.next) {
            self.spare.extend(self.queue.pop_front().map(|p| p.payload));
        }
        let Some(packet) = self.queue.front() else {
            line.missing += 1;
            line.next += self.frame as i64;
            return self.conceal(self.frame, line.played.is_some());
        };
        let gap = packet.time - line.next;
        if gap > 0 {
            let lost = line.played.is_some_and(|(sequence, _)| packet.sequence != sequence + 1);
            let length = (gap as usize).min(self.frame);
            let recoverable = gap as usize <= packet.length && (gap as usize).is_multiple_of(STEP);
            if let Decoder::Opus { decoder, skipped } = &mut self.decoder
                && lost
                && recoverable
                && skipped.is_empty()
            {
                let from = self.samples.len();
                self.samples.resize(from + gap as usize, 0);
                decoder.recover(&packet.payload, &mut self.samples[from..]);
                line.next += gap;
                return true;
            }
            let length = if self.frame == WIDE { length.next_multiple_of(STEP) } else { length };
            line.next += length as i64;
            return self.conceal(length, lost);
        }
        let Some(packet) = self.queue.pop_front() else { return false };
        line.missing = 0;
        line.played = Some((packet.sequence, packet.time + packet.length as i64));
        let from = self.samples.len();
        let quiet = packet.level.is_some_and(|level| level > QUIET);
        let sound = match (&mut self.decoder, packet.coding) {
            (Decoder::G711(concealer), Coding::G711(law)) => {
                let table = law.linear();
                self.samples.extend(packet.payload.iter().map(|byte| table[usize::from(*byte)]));
                concealer.take(&mut self.samples[from..]);
                true
            }
            (Decoder::Opus { skipped, .. }, Coding::Opus)
                if packet.payload.len() <= 2 || (quiet && !listened) =>
            {
                skipped.clear();
                skipped.extend_from_slice(&packet.payload);
                self.samples.resize(from + packet.length, 0);
                false
            }
            (Decoder::Opus { decoder, skipped }, Coding::Opus) => {
                let mut decoded = [0; opus::MAX_SAMPLES];
                if !skipped.is_empty() {
                    decoder.decode(skipped, &mut decoded);
                    skipped.clear();
                }
                match decoder.decode(&packet.payload, &mut decoded) {
                    Some(length) => self.samples.extend_from_slice(&decoded[..length.min(packet.length)]),
                    None => decoder.conceal(&mut decoded[..WIDE]),
                }
                self.samples.resize(from + packet.length, 0);
                true
            }
            (Decoder::G711(_), Coding::Opus) | (Decoder::Opus { .. }, Coding::G711(_)) => false,
        };
        // Part of it was made up before it came.
        let over = usize::try_from(line.next - packet.time).unwrap_or(0).min(packet.length);
        self.samples.drain(from..self.samples.len().min(from + over));
        line.next = packet.time + packet.length as i64;
        self.spare.push(packet.payload);
        sound
    }

    /// Adds made-up samples, or silence where nothing was lost.
    fn conceal(&mut self, length: usize, lost: bool) -> bool {
        let from = self.samples.len();
        self.samples.resize(from + length, 0);
        if lost {
            match &mut self.decoder {
                Decoder::G711(concealer) => concealer.fill(&mut self.samples[from..]),
                Decoder::Opus { decoder, skipped } if skipped.is_empty() => {
                    decoder.conceal(&mut self.samples[from..]);
                }
                // It was quiet when it was lost.
                Decoder::Opus { .. } => return false,
            }
        }
        lost
    }

    /// Takes a piece out of the first two frames, where they resemble themselves most.
    fn shorten(&mut self) {
        let (frame, compared) = (self.frame, self.frame / 2);
        let energy = |piece: &[i16]| piece.iter().map(|s| f32::from(*s) * f32::from(*s)).sum::<f32>();
        let likeness = |lag: usize| {
            let (a, b) = (&self.samples[..compared], &self.samples[lag..lag + compared]);
            let product: f32 = a.iter().zip(b).map(|(a, b)| f32::from(*a) * f32::from(*b)).sum();
            product / (energy(b) + 1.0).sqrt()
        };
        // In silence all are equal, and the longest is best.
        let mut best = (frame, f32::MIN);
        for lag in (frame / 8..=frame).rev() {
            let like = likeness(lag);
            if like > best.1 {
                best = (lag, like);
            }
        }
        let lag = best.0;
        for n in 0..compared {
            let (old, new) = (i32::from(self.samples[n]), i32::from(self.samples[n + lag]));
            let (to, all) = (n as i32 + 1, compared as i32 + 1);
            self.samples[n] = ((new * to + old * (all - to)) / all) as i16;
        }
        self.samples.drain(compared..compared + lag);
    }

    fn give(&mut self, count: usize) {
        self.samples.drain(..count);
    }
}

/// Samples of a packet; `None`: it is none of ours.
fn length(packet: &Packet<'_>) -> Option<usize> {
    match packet.coding {
        _ if packet.payload.is_empty() || packet.payload.len() > MAX_PAYLOAD => None,
        Coding::G711(_) => Some(packet.payload.len()),
        Coding::Opus => opus::samples(packet.payload),
    }
}
