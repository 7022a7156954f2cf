//! The decoded time line of what a peer sends, for whoever listens: recorders and the detector of tones.

use crate::rtp::Header;
use crate::{Codec, FRAME};

/// How long audio waits for packets that were overtaken, in samples (60 ms).
pub(crate) const DELAY: usize = 480;
/// Samples held (512 ms); a power of two.
const RING: usize = 4_096;
/// Packets in a row that come too late until the line is set back to them.
const TOO_LATE: u8 = 3;

/// Puts packets at their place in time and gives them out by the clock, 20 ms at a time.
///
/// What is missing is silence, so the line is as long as the time that passed, whatever the network does.
#[derive(Clone, Debug)]
pub(crate) struct Tap {
    ring: Box<[i16; RING]>,
    /// The next sample to give out.
    read: u64,
    anchor: Option<Anchor>,
    late: u8,
}

/// A timestamp of the current source and the place it has in the line.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    ssrc: u32,
    timestamp: u32,
    position: u64,
}

impl Tap {
    pub(crate) fn new() -> Self {
        Self { ring: Box::new([0; RING]), read: 0, anchor: None, late: 0 }
    }

    /// Decodes a packet's payload into its place.
    pub(crate) fn write(&mut self, header: &Header, payload: &[u8], codec: Codec) {
        let fresh =
            Anchor { ssrc: header.ssrc, timestamp: header.timestamp, position: self.read + DELAY as u64 };
        let placed = self.anchor.filter(|a| a.ssrc == header.ssrc).and_then(|a| {
            let ahead = i64::from(header.timestamp.wrapping_sub(a.timestamp) as i32);
            let position = a.position.checked_add_signed(ahead)?;
            Some(Anchor { position, timestamp: header.timestamp, ssrc: header.ssrc })
        });
        let end = |a: &Anchor| a.position + payload.len() as u64;
        let anchor = match placed {
            Some(a) if end(&a) > self.read && end(&a) <= self.read + RING as u64 => {
                self.late = 0;
                a
            }
            Some(a) if end(&a) <= self.read && self.late < TOO_LATE && !header.marker => {
                self.late += 1;
                return;
            }
            // A new source, a leap of the timestamp, a new talk spurt, or a delay that grew for good.
            _ => {
                self.late = 0;
                fresh
            }
        };
        self.anchor = Some(anchor);
        let table = codec.linear();
        for (byte, position) in payload.iter().zip(anchor.position..self.read + RING as u64) {
            if position >= self.read {
                self.ring[position as usize % RING] = table[usize::from(*byte)];
            }
        }
    }

    /// Gives out the next frame.
    pub(crate) fn read(&mut self, frame: &mut [i16; FRAME]) {
        for sample in frame {
            *sample = std::mem::take(&mut self.ring[self.read as usize % RING]);
            self.read += 1;
        }
    }

    /// What still waits: the audio of the last [`DELAY`] samples of time.
    pub(crate) fn rest(&self) -> impl Iterator<Item = i16> {
        (self.read..self.read + DELAY as u64).map(|position| self.ring[position as usize % RING])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(n: u32) -> Header {
        Header { marker: false, payload_type: 0, sequence: n as u16, timestamp: n * 160, ssrc: 1 }
    }

    /// Packet `n` is filled with the code `n + 1`.
    fn write(tap: &mut Tap, n: u32) {
        tap.write(&packet(n), &[n as u8 + 1; 160], Codec::Pcmu);
    }

    fn read(tap: &mut Tap) -> i16 {
        let mut frame = [0; FRAME];
        tap.read(&mut frame);
        assert!(frame.iter().all(|s| *s == frame[0]));
        frame[0]
    }

    fn level(n: u8) -> i16 {
        Codec::Pcmu.decode(n + 1)
    }

    #[test]
    fn order_is_restored_and_a_lost_packet_is_silence() {
        let mut tap = Tap::new();
        let mut heard = Vec::new();
        for arrival in [vec![0], vec![2], vec![1], vec![], vec![4], vec![5], vec![], vec![], vec![]] {
            arrival.into_iter().for_each(|n| write(&mut tap, n));
            heard.push(read(&mut tap));
        }
        let expected = [0, 0, 0, level(0), level(1), level(2), 0, level(4), level(5)];
        assert_eq!(heard, expected);
    }

    #[test]
    fn one_late_packet_is_dropped_but_a_delay_that_lasts_is_followed() {
        let mut tap = Tap::new();
        write(&mut tap, 0);
        (0..10).for_each(|_| {
            read(&mut tap);
        });
        for n in 1..4 {
            write(&mut tap, n);
            assert_eq!(read(&mut tap), 0);
        }
        write(&mut tap, 4);
        (0..3).for_each(|_| {
            read(&mut tap);
        });
        assert_eq!(read(&mut tap), level(4));
    }

    #[test]
    fn leaps_and_new_sources_go_on_after_the_usual_delay() {
        let mut tap = Tap::new();
        write(&mut tap, 0);
        let leap = Header { timestamp: 0x9000_0000, ..packet(1) };
        tap.write(&leap, &[7; 160], Codec::Pcmu);
        let other = Header { ssrc: 9, timestamp: 5, ..packet(1) };
        (0..3).for_each(|_| {
            read(&mut tap);
        });
        assert_eq!(read(&mut tap), Codec::Pcmu.decode(7));
        tap.write(&other, &[8; 160], Codec::Pcmu);
        (0..3).for_each(|_| assert_eq!(read(&mut tap), 0));
        assert_eq!(read(&mut tap), Codec::Pcmu.decode(8));
    }

    #[test]
    fn a_payload_larger_than_the_ring_does_no_harm() {
        let mut tap = Tap::new();
        tap.write(&packet(0), &[1; 9_000], Codec::Pcmu);
        tap.write(&packet(1), &[1; 9_000], Codec::Pcmu);
        assert_eq!(tap.rest().count(), DELAY);
    }
}
