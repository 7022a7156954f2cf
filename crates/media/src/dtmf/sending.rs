use std::time::Duration;

use super::code_of;
use crate::{FRAME, SendingId, tone};

/// Frames of silence between two digits (100 ms).
const GAP: u32 = 5;
/// Frames of a comma (500 ms).
const COMMA: u32 = 25;
/// How often the end of an event is sent (RFC 4733 §2.5.1.4).
const ENDS: u32 = 3;
/// Longest duration of a segment of an event (RFC 4733 §2.5.1.3).
const SEGMENT: u32 = 0xffff;
/// −10 dBm0.
const VOLUME: u8 = 10;

/// Digits on their way out, one frame of 20 ms at a time.
///
/// ```text
/// Next ──digit──▶ Tone ──length──▶ Ends (events only) ──▶ Gap ──▶ Next … nothing left: finished
///   └────comma──────────────────────────────────────────▶ Gap
/// ```
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sending {
    /// `None`: a bridged peer's key press that this peer can only hear as a tone.
    pub(crate) id: Option<SendingId>,
    digits: Box<[u8]>,
    next: usize,
    /// Samples.
    length: u32,
    state: State,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    Next,
    /// A tone in band, `elapsed` samples of it sent.
    Tone {
        digit: char,
        elapsed: u32,
    },
    /// An event; `base` is where its current segment began.
    Event {
        code: u8,
        elapsed: u32,
        base: u32,
    },
    Ends {
        left: u32,
        payload: [u8; 4],
    },
    Gap {
        left: u32,
    },
}

/// What goes out in a frame.
#[expect(clippy::large_enum_variant, reason = "lives on the stack for one call")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Emit {
    /// The first packet of an event.
    Start([u8; 4]),
    /// A further one.
    Update([u8; 4]),
    /// The first of a long event's next segment, so many samples after the one before.
    Segment(u32, [u8; 4]),
    /// A frame of a tone in band, or of the silence after it.
    Audio([i16; FRAME]),
}

impl Sending {
    /// Characters that are no digit and no comma are left out.
    pub(crate) fn new(id: Option<SendingId>, digits: &str, tone: Duration) -> Self {
        let digits = digits.bytes().filter(|b| *b == b',' || code_of(*b).is_some()).collect();
        let length = (tone.as_millis().clamp(40, 60_000) * 8) as u32;
        Self { id, digits, next: 0, length, state: State::Next }
    }

    /// The next 20 ms. `events`: the peer takes telephone-events. False: nothing is left, and nothing was emitted.
    pub(crate) fn frame(&mut self, events: bool, mut emit: impl FnMut(Emit)) -> bool {
        while matches!(self.state, State::Next) {
            let Some(digit) = self.digits.get(self.next) else { return false };
            self.next += 1;
            self.state = match code_of(*digit) {
                None => State::Gap { left: COMMA },
                Some(code) if events => State::Event { code, elapsed: 0, base: 0 },
                Some(_) => State::Tone { digit: char::from(*digit), elapsed: 0 },
            };
        }
        self.state = match self.state {
            State::Next => State::Next,
            State::Tone { digit, elapsed } => {
                let mut frame = [0; FRAME];
                let sounding = (self.length - elapsed).min(FRAME as u32);
                tone::fill_digit(digit, elapsed, &mut frame[..sounding as usize]);
                emit(Emit::Audio(frame));
                match elapsed + sounding {
                    elapsed if elapsed == self.length => State::Gap { left: GAP },
                    elapsed => State::Tone { digit, elapsed },
                }
            }
            State::Event { code, elapsed, mut base } => {
                let now = (elapsed + FRAME as u32).min(self.length);
                let end = now == self.length;
                let segment = now - base > SEGMENT;
                if segment {
                    emit(Emit::Update(payload(code, false, SEGMENT)));
                    base += SEGMENT;
                }
                let payload = payload(code, end, now - base);
                emit(match (elapsed, segment) {
                    (0, _) => Emit::Start(payload),
                    (_, true) => Emit::Segment(SEGMENT, payload),
                    (_, false) => Emit::Update(payload),
                });
                if end {
                    State::Ends { left: ENDS - 1, payload }
                } else {
                    State::Event { code, elapsed: now, base }
                }
            }
            State::Ends { left, payload } => {
                emit(Emit::Update(payload));
                if left > 1 {
                    State::Ends { left: left - 1, payload }
                } else {
                    State::Gap { left: GAP + 1 - ENDS }
                }
            }
            State::Gap { left } => {
                if !events {
                    emit(Emit::Audio([0; FRAME]));
                }
                if left > 1 { State::Gap { left: left - 1 } } else { State::Next }
            }
        };
        true
    }
}

fn payload(code: u8, end: bool, duration: u32) -> [u8; 4] {
    let [high, low] = (duration as u16).to_be_bytes();
    [code, if end { 0x80 | VOLUME } else { VOLUME }, high, low]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtmf::Detector;

    fn frames(sending: &mut Sending, events: bool) -> Vec<Vec<Emit>> {
        let mut all = Vec::new();
        loop {
            let mut frame = Vec::new();
            if !sending.frame(events, |e| frame.push(e)) {
                return all;
            }
            all.push(frame);
        }
    }

    #[test]
    fn an_event_starts_updates_and_ends_three_times_with_its_exact_length() {
        let mut sending = Sending::new(None, "5", Duration::from_millis(250));
        let frames = frames(&mut sending, true);
        let sent: Vec<&Emit> = frames.iter().flatten().collect();
        assert_eq!(sent.len(), 15);
        assert_eq!(*sent[0], Emit::Start([5, 10, 0, 160]));
        assert_eq!(*sent[11], Emit::Update([5, 10, 7, 0x80]), "1920 samples");
        for end in &sent[12..] {
            assert_eq!(**end, Emit::Update([5, 0x8a, 7, 0xd0]), "2000 samples");
        }
        // 13 frames of tone, of which the last carries the first end, then 100 ms until the next digit.
        assert_eq!(frames.len(), 13 + 5);
    }

    #[test]
    fn a_comma_lasts_half_a_second() {
        let mut sending = Sending::new(None, ",1", Duration::from_millis(40));
        let frames = frames(&mut sending, true);
        assert!(frames[..25].iter().all(Vec::is_empty));
        assert_eq!(frames[25], [Emit::Start([1, 10, 0, 160])]);
    }

    #[test]
    fn a_tone_of_24_seconds_is_cut_into_segments() {
        let mut sending = Sending::new(None, "#", Duration::from_secs(24));
        let sent: Vec<Emit> = frames(&mut sending, true).into_iter().flatten().collect();
        let segments: Vec<usize> =
            (0..sent.len()).filter(|i| matches!(sent[*i], Emit::Segment(..))).collect();
        assert_eq!(segments.len(), 2);
        for at in segments {
            assert_eq!(sent[at - 1], Emit::Update([11, 10, 0xff, 0xff]));
        }
        let total = 24_000 * 8 - 2 * 0xffff_u32;
        assert_eq!(sent.last(), Some(&Emit::Update(payload(11, true, total))));
    }

    #[test]
    fn tones_in_band_are_understood_by_the_detector() {
        let mut sending = Sending::new(None, "12,x3*a", Duration::from_millis(70));
        let mut detector = Detector::default();
        let mut heard = String::new();
        for emit in frames(&mut sending, false).into_iter().flatten() {
            let Emit::Audio(frame) = emit else { panic!("{emit:?}") };
            detector.push(&frame, |d| heard.push(d));
        }
        assert_eq!(heard, "123*A");
    }
}
