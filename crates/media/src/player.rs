use std::collections::VecDeque;
use std::sync::Arc;

use crate::{Clip, Codec, FRAME, PlaybackId};

/// Samples a live playback holds at most (10 minutes); what is fed beyond is dropped.
pub(crate) const MAX_LIVE: usize = 10 * 60 * 8_000;

/// One playback on a stream, frame by frame.
#[derive(Clone, Debug)]
pub(crate) struct Player {
    pub(crate) id: PlaybackId,
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    /// `left`: how often it still plays, the current time included; `None`: until stopped.
    Clip {
        clip: Arc<Clip>,
        position: usize,
        left: Option<u32>,
    },
    Live(Live),
}

#[derive(Clone, Debug, Default)]
struct Live {
    chunks: VecDeque<Arc<[i16]>>,
    /// Samples of the first chunk already played.
    offset: usize,
    /// Samples waiting.
    waiting: usize,
    /// The first samples have come.
    started: bool,
    last: bool,
}

impl Player {
    pub(crate) fn clip(id: PlaybackId, clip: Arc<Clip>, times: Option<u32>) -> Self {
        // Nothing repeated for ever would never end and never sound.
        let left = if clip.samples().is_empty() { Some(0) } else { times };
        Self { id, source: Source::Clip { clip, position: 0, left } }
    }

    pub(crate) fn live(id: PlaybackId) -> Self {
        Self { id, source: Source::Live(Live::default()) }
    }

    /// It has something to say (silence of an underrun included) or has come to its end.
    pub(crate) fn is_active(&self) -> bool {
        match &self.source {
            Source::Clip { .. } => true,
            Source::Live(live) => live.started || live.last,
        }
    }

    /// Takes more samples; false: not live, or over its limit.
    pub(crate) fn feed(&mut self, samples: Arc<[i16]>, last: bool) -> bool {
        let Source::Live(live) = &mut self.source else { return false };
        live.last |= last;
        if live.waiting + samples.len() > MAX_LIVE {
            return false;
        }
        if !samples.is_empty() {
            live.started = true;
            live.waiting += samples.len();
            live.chunks.push_back(samples);
        }
        true
    }

    /// Writes the next frame; false: there is none, it has ended.
    pub(crate) fn frame(&mut self, codec: Codec, out: &mut [u8; FRAME]) -> bool {
        match &mut self.source {
            Source::Clip { clip, position, left } => {
                let encoded = clip.encoded(codec);
                let mut filled = 0;
                while filled < FRAME && *left != Some(0) {
                    let piece = &encoded[*position..encoded.len().min(*position + FRAME - filled)];
                    out[filled..filled + piece.len()].copy_from_slice(piece);
                    filled += piece.len();
                    *position += piece.len();
                    if *position == encoded.len() {
                        *position = 0;
                        *left = left.map(|left| left - 1);
                    }
                }
                out[filled..].fill(codec.silence());
                filled > 0
            }
            Source::Live(live) => live.frame(codec, out),
        }
    }
}

impl Live {
    fn frame(&mut self, codec: Codec, out: &mut [u8; FRAME]) -> bool {
        out.fill(codec.silence());
        if self.waiting == 0 {
            return !self.last;
        }
        // Less than a frame waits for its other half, unless there is none.
        if self.waiting < FRAME && !self.last {
            return true;
        }
        let mut filled = 0;
        while filled < FRAME {
            let Some(chunk) = self.chunks.front() else { break };
            let piece = &chunk[self.offset..chunk.len().min(self.offset + FRAME - filled)];
            codec.encode_into(piece, &mut out[filled..filled + piece.len()]);
            filled += piece.len();
            self.offset += piece.len();
            if self.offset == chunk.len() {
                self.offset = 0;
                self.chunks.pop_front();
            }
        }
        self.waiting -= filled;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn play(player: &mut Player) -> Vec<u8> {
        let mut all = Vec::new();
        let mut frame = [0; FRAME];
        while player.frame(Codec::Pcmu, &mut frame) {
            all.extend_from_slice(&frame);
            assert!(all.len() < 100_000, "endless");
        }
        all
    }

    fn ramp(length: i16) -> Vec<i16> {
        (0..length).map(|n| n * 50).collect()
    }

    #[test]
    fn repeats_follow_without_a_gap_and_the_end_is_filled_with_silence() {
        let clip = Arc::new(Clip::from_samples(ramp(250)));
        let heard = play(&mut Player::clip(PlaybackId(1), Arc::clone(&clip), Some(3)));
        assert_eq!(heard.len(), 800);
        assert_eq!(heard[..750], clip.encoded(Codec::Pcmu).repeat(3));
        assert!(heard[750..].iter().all(|b| *b == 0xff));
    }

    #[test]
    fn an_empty_clip_and_no_repetition_end_at_once() {
        let empty = Arc::new(Clip::from_samples(Vec::new()));
        assert!(play(&mut Player::clip(PlaybackId(1), empty, None)).is_empty());
        let clip = Arc::new(Clip::from_samples(ramp(10)));
        assert!(play(&mut Player::clip(PlaybackId(1), clip, Some(0))).is_empty());
    }

    #[test]
    fn one_sample_for_ever_fills_whole_frames() {
        let clip = Arc::new(Clip::from_samples(vec![1_000]));
        let mut player = Player::clip(PlaybackId(1), clip, None);
        let mut frame = [0; FRAME];
        for _ in 0..10 {
            assert!(player.frame(Codec::Pcma, &mut frame));
            assert!(frame.iter().all(|b| *b == Codec::Pcma.encode(1_000)));
        }
    }

    #[test]
    fn live_audio_is_joined_across_chunks_and_an_underrun_is_silence() {
        let mut player = Player::live(PlaybackId(1));
        assert!(!player.is_active());
        let all = ramp(410);
        assert!(player.feed(all[..100].into(), false));
        assert!(player.is_active());
        let mut frame = [0; FRAME];
        assert!(player.frame(Codec::Pcmu, &mut frame));
        assert_eq!(frame, [0xff; FRAME], "waits for a whole frame");
        player.feed(all[100..].into(), false);
        let mut heard = Vec::new();
        for _ in 0..3 {
            assert!(player.frame(Codec::Pcmu, &mut frame));
            heard.extend_from_slice(&frame);
        }
        assert!(heard[320..].iter().all(|b| *b == 0xff), "an underrun");
        player.feed([].into(), true);
        heard.truncate(320);
        heard.extend(play(&mut player));
        let expected: Vec<u8> = all.iter().map(|s| Codec::Pcmu.encode(*s)).collect();
        assert_eq!(heard[..410], expected);
        assert_eq!(heard.len(), 480);
    }

    #[test]
    fn what_is_fed_beyond_the_limit_is_dropped_and_the_end_still_comes() {
        let mut player = Player::live(PlaybackId(1));
        let second: Arc<[i16]> = vec![0; MAX_LIVE].into();
        assert!(player.feed(Arc::clone(&second), false));
        assert!(!player.feed(second, true));
        let mut frame = [0; FRAME];
        let frames = (0..).take_while(|_| player.frame(Codec::Pcmu, &mut frame)).count();
        assert_eq!(frames, MAX_LIVE / FRAME);
    }
}
