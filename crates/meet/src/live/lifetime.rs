//! How a meeting ends by itself.

use std::time::Duration;

use base::Timestamp;

use super::Live;
use crate::config::Config;
use crate::interface::{IdleWhy, Output};
use crate::shared::Cx;
use crate::timers::Timer;

/// A meeting that outlived itself and is still there is reported again.
const AGAIN: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(super) struct Lifetime {
    /// Since when there is no audio connection.
    silent: Option<Timestamp>,
    /// Since when there are fewer than two.
    alone: Option<Timestamp>,
    /// When it was reported.
    told: Option<Timestamp>,
}

impl Lifetime {
    pub(super) fn new(now: Timestamp) -> Self {
        Self { silent: Some(now), alone: Some(now), told: None }
    }

    fn saw(&mut self, now: Timestamp, audio: usize) {
        let since = |before: Option<Timestamp>, too_few: bool| too_few.then(|| before.unwrap_or(now));
        self.silent = since(self.silent, audio == 0);
        self.alone = since(self.alone, audio < 2);
    }

    /// When it is over, and why.
    fn end(&self, config: &Config, created: Timestamp) -> (Timestamp, IdleWhy) {
        let old = (created + config.max_age, IdleWhy::TooOld);
        let silent = self.silent.map(|since| (since + config.no_audio, IdleWhy::NoAudio));
        let alone = self.alone.zip(config.alone).map(|(since, alone)| (since + alone, IdleWhy::Alone));
        [silent, alone]
            .into_iter()
            .flatten()
            .fold(old, |first, other| if other.0 < first.0 { other } else { first })
    }
}

impl Live {
    /// Brings the end up to date with who has audio; reports it when it has come.
    pub(super) fn watch_lifetime(&mut self, cx: &mut Cx<'_>) {
        let audio = self.guests.values().filter(|guest| guest.has_audio()).take(2).count();
        self.lifetime.saw(cx.now, audio);
        let (end, why) = self.lifetime.end(&cx.shared.config, self.record.created);
        let at = if end > cx.now {
            self.lifetime.told = None;
            end
        } else {
            let again = self.lifetime.told.map(|told| told + AGAIN);
            match again {
                Some(again) if again > cx.now => again,
                Some(_) | None => {
                    self.lifetime.told = Some(cx.now);
                    cx.out.push(Output::MeetingIdle { meeting: self.record.id, why });
                    cx.now + AGAIN
                }
            }
        };
        cx.shared.timers.set(Timer::Lifetime(self.record.id), Some(at));
    }
}
