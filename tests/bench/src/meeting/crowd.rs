//! Many guests on one thread, and what reaches them.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::api::{Attendee, Meeting};
use super::browser::Identity;
use super::guest::Guest;
use crate::sys::{Epoll, Receiver};

const FRAME: Duration = Duration::from_millis(20);
/// Deviations from 20 ms are counted in steps of this many microseconds …
const STEP_US: u64 = 50;
/// … up to half a second.
const STEPS: usize = 10_000;
/// A listener notices this.
const GAP: Duration = Duration::from_millis(60);
/// Samples per second of what is encoded.
const RATE: u32 = 16_000;

pub(super) struct Crowd {
    pub(super) guests: Vec<Option<Guest>>,
    identity: Identity,
    epoll: Epoll,
    receiver: Receiver,
    talkers: usize,
    /// A tone in Opus, to be said over and over.
    speech: Vec<Vec<u8>>,
    began: Instant,
    frames: u32,
    signals: Instant,
    window: Window,
}

struct Window {
    since: Instant,
    sent: u64,
    received: u64,
    lost: u64,
    gaps: u64,
    worst: Duration,
    deviations: Vec<u32>,
    last: Vec<Option<(u64, Instant)>>,
}

impl Window {
    fn new(guests: usize) -> Self {
        Self {
            since: Instant::now(),
            sent: 0,
            received: 0,
            lost: 0,
            gaps: 0,
            worst: Duration::ZERO,
            deviations: vec![0; STEPS],
            last: vec![None; guests],
        }
    }

    fn deviation_ms(&self, share: f64) -> f64 {
        let all: u64 = self.deviations.iter().map(|c| u64::from(*c)).sum();
        let wanted = ((all as f64 * share).ceil() as u64).max(1);
        let mut sum = 0;
        let at = self.deviations.iter().position(|count| {
            sum += u64::from(*count);
            sum >= wanted
        });
        at.map_or(0.0, |at| (at as u64 * STEP_US + STEP_US / 2) as f64 / 1_000.0)
    }
}

impl Crowd {
    pub(super) fn new() -> anyhow::Result<Self> {
        Ok(Self {
            guests: Vec::new(),
            identity: Identity::new(),
            epoll: Epoll::new()?,
            receiver: Receiver::new(),
            talkers: 0,
            speech: speech()?,
            began: Instant::now(),
            frames: 0,
            signals: Instant::now(),
            window: Window::new(0),
        })
    }

    /// One more guest; its place.
    pub(super) fn join(&mut self, meeting: &Meeting, attendee: &Attendee) -> anyhow::Result<usize> {
        let guest = Guest::join(meeting, attendee, &self.identity)?;
        self.epoll.add(&guest.socket, self.guests.len() as u64)?;
        self.guests.push(Some(guest));
        // Those that are in already must not miss what they are sent.
        self.turn()?;
        Ok(self.guests.len() - 1)
    }

    /// Waits until the media paths of all are up.
    pub(super) fn connected(&mut self) -> anyhow::Result<()> {
        let patience = Instant::now() + Duration::from_secs(30);
        while self.guests.iter().flatten().any(|guest| !guest.browser.connected) {
            ensure!(Instant::now() < patience, "not all guests connect");
            self.turn()?;
        }
        Ok(())
    }

    /// The first so many begin to speak.
    pub(super) fn talk(&mut self, talkers: usize) {
        self.talkers = talkers;
        self.began = Instant::now();
        self.frames = 0;
        self.reset();
    }

    /// A window begins.
    pub(super) fn reset(&mut self) {
        self.window = Window::new(self.guests.len());
    }

    /// Does all there is to do, and waits for a millisecond at most.
    pub(super) fn turn(&mut self) -> anyhow::Result<()> {
        for at in self.epoll.wait(Some(Duration::from_millis(1)))? {
            if let Some(Some(guest)) = self.guests.get_mut(at as usize) {
                guest.receive(&mut self.receiver).with_context(|| format!("guest {at}"))?;
            }
        }
        let now = Instant::now();
        for guest in self.guests.iter_mut().flatten().filter(|guest| guest.browser.next <= now) {
            guest.wake(now)?;
        }
        self.say(now)?;
        if now.duration_since(self.signals) > Duration::from_millis(200) {
            self.signals = now;
            for guest in self.guests.iter_mut().flatten() {
                guest.signals(now)?;
            }
        }
        self.hear();
        Ok(())
    }

    fn say(&mut self, now: Instant) -> anyhow::Result<()> {
        if self.talkers == 0 || now < self.began + FRAME * self.frames {
            return Ok(());
        }
        let payload = &self.speech[self.frames as usize % self.speech.len()];
        for guest in self.guests.iter_mut().take(self.talkers).flatten() {
            let said = guest.browser.say(now, 111, self.frames.wrapping_mul(960), payload, 25);
            said.map_err(anyhow::Error::msg)?;
            guest.flush();
            self.window.sent += 1;
        }
        self.frames += 1;
        Ok(())
    }

    fn hear(&mut self) {
        let window = &mut self.window;
        window.last.resize(self.guests.len(), None);
        for (guest, last) in self.guests.iter_mut().zip(&mut window.last) {
            for heard in guest.iter_mut().flat_map(|guest| guest.browser.heard.drain(..)) {
                window.received += 1;
                if let Some((sequence, at)) = last.replace((heard.sequence, heard.at)) {
                    window.lost += heard.sequence.saturating_sub(sequence + 1);
                    let passed = heard.at.duration_since(at);
                    let deviation = passed.abs_diff(FRAME);
                    let step = deviation.as_micros() as u64 / STEP_US;
                    window.deviations[(step as usize).min(STEPS - 1)] += 1;
                    window.gaps += u64::from(passed > GAP);
                    window.worst = window.worst.max(passed);
                }
            }
        }
    }

    pub(super) fn report(&self) -> Value {
        let window = &self.window;
        json!({
            "seconds": window.since.elapsed().as_secs_f64(),
            "candidates": self.guests.iter().flatten().next().map(|guest| &guest.candidates),
            "guests": self.guests.iter().flatten().count(),
            "talkers": self.talkers,
            "sent": window.sent,
            "received": window.received,
            "lost": window.lost,
            "streams": window.last.iter().flatten().count(),
            "gaps_over_60_ms": window.gaps,
            "longest_wait_ms": window.worst.as_secs_f64() * 1_000.0,
            "deviation_from_20_ms": {
                "p50": window.deviation_ms(0.5), "p99": window.deviation_ms(0.99), "p999": window.deviation_ms(0.999),
            },
        })
    }
}

/// Two seconds of a tone that comes and goes, in frames of Opus.
fn speech() -> anyhow::Result<Vec<Vec<u8>>> {
    let mut encoder = opus::Encoder::new(RATE, opus::Channels::Mono, opus::Application::Voip)?;
    (0..100u32)
        .map(|frame| {
            let samples: Vec<i16> = (frame * 320..(frame + 1) * 320)
                .map(|n| {
                    let seconds = n as f32 / RATE as f32;
                    let loud = 4_000.0 * (1.0 + (seconds * std::f32::consts::TAU).sin());
                    (loud * (seconds * 440.0 * std::f32::consts::TAU).sin()) as i16
                })
                .collect();
            Ok(encoder.encode_vec(&samples, 400)?)
        })
        .collect()
}
