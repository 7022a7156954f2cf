//! A conference on several shards: each shard mixes its own members and exchanges one frame a tick with the home.
//!
//! The two ends of a trunk are alike: what comes over it is added to the narrow bus, and what goes over it is the sum of
//! everything else. So the home hears a guest shard as one voice, and a guest shard hears the rest of the meeting as one.
//! A frame is one tick late each way. Only phones are on guest shards: a trunk is narrow.

use std::collections::VecDeque;

use super::conceal::Concealer;
use super::{NARROW, NarrowSum};
use crate::{ConferenceId, MemberId};

/// What one shard's part of a conference sends to another's.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// Which conference.
    pub(crate) conference: ConferenceId,
    /// The shard it comes from.
    pub(super) from: usize,
    pub(super) content: Crossed,
}

#[expect(clippy::large_enum_variant, reason = "it lies in a ring, and nothing is allocated for it")]
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Crossed {
    Frame([i16; NARROW]),
    Silence,
    /// Who is audible on a guest shard.
    Levels(Vec<(MemberId, u8)>),
}

/// Frames that wait at most: more, and the clocks have slipped.
const MAX_WAITING: usize = 3;
/// Ticks without anything until a guest shard is taken to be gone.
const GONE: u32 = 50;
/// Missing frames that are made up.
const MADE_UP: u32 = 3;

/// The way to another shard.
#[derive(Debug)]
pub(super) struct Trunk {
    pub(super) shard: usize,
    waiting: VecDeque<[i16; NARROW]>,
    concealer: Concealer,
    /// What was added at this tick.
    frame: [i16; NARROW],
    heard: bool,
    /// Ticks in a row without a frame.
    missing: u32,
    /// Who is audible there.
    pub(super) levels: Vec<(MemberId, u8)>,
}

impl Trunk {
    pub(super) fn new(shard: usize) -> Self {
        Self {
            shard,
            waiting: VecDeque::with_capacity(MAX_WAITING + 1),
            concealer: Concealer::default(),
            frame: [0; NARROW],
            heard: false,
            missing: 0,
            levels: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, content: Crossed) {
        match content {
            Crossed::Frame(frame) => self.waiting.push_back(frame),
            Crossed::Silence => self.waiting.push_back([0; NARROW]),
            Crossed::Levels(levels) => return self.levels = levels,
        }
        if self.waiting.len() > MAX_WAITING {
            self.waiting.pop_front();
        }
    }

    /// Adds what came over it.
    pub(super) fn add(&mut self, sum: &mut NarrowSum) {
        match self.waiting.pop_front() {
            Some(frame) => {
                self.frame = frame;
                self.concealer.take(&mut self.frame);
                self.missing = 0;
            }
            None => {
                self.missing += 1;
                if self.missing <= MADE_UP {
                    self.concealer.fill(&mut self.frame);
                } else {
                    self.frame.fill(0);
                    self.levels.clear();
                }
            }
        }
        self.heard = self.frame.iter().any(|s| *s != 0);
        if self.heard {
            for (sum, sample) in sum.iter_mut().zip(&self.frame) {
                *sum += i32::from(*sample);
            }
        }
    }

    pub(super) fn is_gone(&self) -> bool {
        self.missing > GONE
    }

    /// What goes over it: everything but what came.
    pub(super) fn answer(&self, all: &NarrowSum) -> Crossed {
        let mut frame = [0; NARROW];
        let mut silent = true;
        for ((out, all), own) in frame.iter_mut().zip(all).zip(&self.frame) {
            *out = (*all - i32::from(*own)).clamp(i16::MIN.into(), i16::MAX.into()) as i16;
            silent &= *out == 0;
        }
        if silent { Crossed::Silence } else { Crossed::Frame(frame) }
    }
}
