//! RTP parties: each says a packet of G.711 every 20 ms, and all note what they hear.
//!
//! Lines on standard input: `talk PORT IP PORT` (from a local port to an address), `reset` (a window begins), `report`
//! (one JSON line about the window), `quit`.
//!
//! A packet carries who sent it, its number and when. Where it comes through unchanged, its loss and its way are known
//! exactly; a relay may rewrite headers, never speech. Where something else comes (a prompt), loss is what the
//! sequence numbers lack.

use std::collections::HashMap;
use std::io::BufRead;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};

use crate::{STEP, loopback, sys};

/// RTP header without extras.
const HEADER: usize = 12;
const PACKET: usize = HEADER + 160;
/// Marks our own payload.
const MARK: [u8; 4] = *b"load";
/// Talkers are spread over the milliseconds of a frame.
const PHASES: usize = 20;
/// Latencies are counted in steps of this many microseconds …
const STEP_US: u64 = 10;
/// … up to a fifth of a second.
const STEPS: usize = 20_000;

struct Talker {
    socket: usize,
    to: std::net::SocketAddr,
    ssrc: u32,
    count: u32,
}

#[derive(Clone, Copy, Default)]
struct Heard {
    count: u64,
    first: u64,
    last: u64,
    /// Our own payload came.
    ours: bool,
}

struct Window {
    since: Instant,
    sent: u64,
    late: u64,
    heard: Vec<Heard>,
    latencies: Vec<u32>,
}

impl Window {
    fn new(sockets: usize) -> Self {
        Self {
            since: Instant::now(),
            sent: 0,
            late: 0,
            heard: vec![Heard::default(); sockets],
            latencies: vec![0; STEPS],
        }
    }

    fn hear(&mut self, at: usize, packet: &[u8], now_us: u64) {
        // RTP only: RTCP's types stand where the marker and payload type would be 72 to 79.
        if packet.len() < HEADER || packet[0] >> 6 != 2 || (200..=207).contains(&packet[1]) {
            return;
        }
        let ours = packet.len() >= PACKET && packet[HEADER..HEADER + 4] == MARK;
        let heard = &mut self.heard[at];
        let number = if ours {
            let sent = number(&packet[HEADER + 8..HEADER + 16]);
            let step = (now_us.saturating_sub(sent) / STEP_US) as usize;
            self.latencies[step.min(STEPS - 1)] += 1;
            number(&packet[HEADER + 4..HEADER + 8])
        } else {
            let sequence = u16::from_be_bytes([packet[2], packet[3]]);
            // Sequence numbers come round after 65,536.
            let ahead = i64::from(sequence.wrapping_sub(heard.last as u16) as i16);
            if heard.count == 0 {
                1 << 32 | u64::from(sequence)
            } else {
                heard.last.saturating_add_signed(ahead)
            }
        };
        if heard.count == 0 {
            (heard.first, heard.last, heard.ours) = (number, number, ours);
        }
        heard.last = heard.last.max(number);
        heard.count += 1;
    }

    fn latency_ms(&self, share: f64) -> f64 {
        let all: u64 = self.latencies.iter().map(|c| u64::from(*c)).sum();
        let wanted = (all as f64 * share).ceil() as u64;
        let mut sum = 0;
        let at = self.latencies.iter().position(|count| {
            sum += u64::from(*count);
            sum >= wanted.max(1)
        });
        at.map_or(0.0, |at| (at as u64 * STEP_US + STEP_US / 2) as f64 / 1_000.0)
    }

    fn report(&self) -> Value {
        let streams = self.heard.iter().filter(|heard| heard.count > 0);
        let lost = streams.clone().map(|heard| (heard.last + 1 - heard.first).saturating_sub(heard.count));
        json!({
            "seconds": self.since.elapsed().as_secs_f64(),
            "sent": self.sent,
            "received": streams.clone().map(|heard| heard.count).sum::<u64>(),
            "lost": lost.sum::<u64>(),
            "streams": streams.clone().count(),
            "unchanged_streams": streams.filter(|heard| heard.ours).count(),
            "late_ticks": self.late,
            "latency_ms": {
                "p50": self.latency_ms(0.5), "p99": self.latency_ms(0.99), "p999": self.latency_ms(0.999),
            },
        })
    }
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Binds the groups' ports and obeys standard input until `quit`.
pub(crate) fn run(groups: &[&str]) -> anyhow::Result<()> {
    let began = Instant::now();
    let epoll = sys::Epoll::new()?;
    let (mut sockets, mut by_port) = (Vec::new(), HashMap::new());
    for group in groups {
        let (first, count) = group.split_once(':').context("FIRST:COUNT")?;
        let (first, count): (u16, u16) = (first.parse()?, count.parse()?);
        for port in (0..count).map(|n| first + STEP * n) {
            let socket = sys::Socket::bind(loopback(port)).with_context(|| format!("port {port}"))?;
            epoll.add(&socket, sockets.len() as u64)?;
            by_port.insert(port, sockets.len());
            sockets.push(socket);
        }
    }
    let sockets = Arc::new(sockets);
    let window = Arc::new(Mutex::new(Window::new(sockets.len())));
    let talkers: Arc<Mutex<Vec<Talker>>> = Arc::default();
    {
        let (sockets, window) = (Arc::clone(&sockets), Arc::clone(&window));
        thread::spawn(move || listen(epoll, &sockets, &window, began));
    }
    {
        let (talkers, window) = (Arc::clone(&talkers), Arc::clone(&window));
        let sockets = Arc::clone(&sockets);
        thread::spawn(move || talk(&sockets, &talkers, &window, began));
    }
    println!("ready");
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["talk", local, ip, port] => {
                let socket =
                    *by_port.get(&local.parse()?).with_context(|| format!("port {local} is not ours"))?;
                let mut talkers = lock(&talkers);
                let ssrc = 0x1000_0000 + talkers.len() as u32;
                talkers.push(Talker { socket, to: format!("{ip}:{port}").parse()?, ssrc, count: 0 });
            }
            ["reset"] => *lock(&window) = Window::new(sockets.len()),
            ["report"] => println!("{}", lock(&window).report()),
            ["quit"] => break,
            _ => anyhow::bail!("unknown line {line:?}"),
        }
    }
    Ok(())
}

fn listen(mut epoll: sys::Epoll, sockets: &[sys::Socket], window: &Mutex<Window>, began: Instant) {
    let mut receiver = sys::Receiver::new();
    while let Ok(ready) = epoll.wait(None) {
        let mut window = lock(window);
        for at in ready {
            receiver.receive(&sockets[at as usize], |_, packet| {
                window.hear(at as usize, packet, began.elapsed().as_micros() as u64);
            });
        }
    }
}

fn talk(sockets: &[sys::Socket], talkers: &Mutex<Vec<Talker>>, window: &Mutex<Window>, began: Instant) {
    let mut packet = [0xff; PACKET];
    packet[0] = 0x80;
    packet[HEADER..HEADER + 4].copy_from_slice(&MARK);
    for tick in 0u32.. {
        let due = began + Duration::from_millis(tick.into());
        let early = due.saturating_duration_since(Instant::now());
        thread::sleep(early);
        let late = Instant::now().saturating_duration_since(due) > Duration::from_millis(2);
        let mut sent = 0;
        for talker in lock(talkers).iter_mut().skip(tick as usize % PHASES).step_by(PHASES) {
            packet[1] = if talker.count == 0 { 0x80 } else { 0 };
            packet[2..4].copy_from_slice(&(talker.count as u16).to_be_bytes());
            packet[4..8].copy_from_slice(&talker.count.wrapping_mul(160).to_be_bytes());
            packet[8..12].copy_from_slice(&talker.ssrc.to_be_bytes());
            packet[HEADER + 4..HEADER + 8].copy_from_slice(&talker.count.to_be_bytes());
            let now = began.elapsed().as_micros() as u64;
            packet[HEADER + 8..HEADER + 16].copy_from_slice(&now.to_be_bytes());
            sent += sys::send(&sockets[talker.socket], &[(talker.to, &packet)]) as u64;
            talker.count = talker.count.wrapping_add(1);
        }
        let mut window = lock(window);
        window.sent += sent;
        window.late += u64::from(late);
    }
}
