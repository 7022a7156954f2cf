//! What relaying, or playing a prompt to, so many calls costs: CPU of the media thread, loss and added latency.
//!
//! ```text
//! cargo run --release -p switchhook --example relay -- MODE CALLS SECONDS [GATHER_US]
//! ```
//!
//! `MODE` is `shard` (a media thread with bridged calls), `prompt` (a media thread that plays to as many callers, who
//! talk as well) or `floor` (a thread that forwards between the same sockets and does nothing else). Each party sends
//! 50 packets of G.711 a second. Compare ratios of alternating runs, not single figures; on loopback the sender of a
//! packet also pays for its delivery, in all modes alike.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use media::rtp::{self, HEADER, Header};
use media::{Clip, Codec, Command, Event, PlaybackId, Recorded, Remote, StreamId, tone};
use switchhook::clock::Clock;
use switchhook::shard::{Config, Handle, Sink, start};

#[expect(dead_code, reason = "the same sockets as the media thread has, but not all of what they can do")]
#[path = "../src/shard/sys.rs"]
mod sys;

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// First port of the relay, two pairs per call.
const RELAY: u16 = 40_000;
/// First port of the parties, two per call.
const PARTIES: u16 = 20_000;
const MAX_CALLS: u16 = 2_000;
/// A millisecond each: the parties' packets are spread over the 20 ms of a frame.
const PHASES: usize = 20;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [mode, calls, seconds, rest @ ..] = arguments.as_slice() else {
        bail!("MODE CALLS SECONDS [GATHER_US]");
    };
    let (calls, seconds): (u16, u64) = (calls.parse()?, seconds.parse()?);
    ensure!(calls > 0 && calls <= MAX_CALLS, "1 to {MAX_CALLS} calls");
    let gather = rest.first().map(|g| g.parse().map(Duration::from_micros)).transpose()?;
    let stop = Arc::new(AtomicBool::new(false));
    let before = memory()?;
    let (name, _shard) = match mode.as_str() {
        "floor" => {
            floor(calls, Arc::clone(&stop))?;
            ("floor", None)
        }
        "shard" | "prompt" => ("media-0", Some(shard(calls, gather, mode == "prompt")?)),
        other => bail!("no mode {other}"),
    };
    let load = Arc::new(Load::default());
    parties(calls, &stop, &load)?;
    thread::sleep(Duration::from_secs(2));
    load.clear();
    let (cpu, begun) = (cpu_of(name)?, Instant::now());
    thread::sleep(Duration::from_secs(seconds));
    let (cpu, passed) = (cpu_of(name)? - cpu, begun.elapsed());
    let (received, sent) = (load.received.load(Ordering::Relaxed), load.sent.load(Ordering::Relaxed));
    let memory = memory()?.saturating_sub(before);
    stop.store(true, Ordering::Relaxed);
    let percent = 100.0 * cpu.as_secs_f64() / passed.as_secs_f64();
    println!(
        "{mode} {calls} calls: {:.2} % of a core per 100 calls, {:.2} us per packet, {received} of {sent} packets, latency p50 {:?} p99 {:?}, {} KiB per call with its parties",
        percent * 100.0 / f64::from(calls),
        cpu.as_secs_f64() * 1e6 / received.max(1) as f64,
        load.latency(0.5),
        load.latency(0.99),
        memory / u64::from(calls),
    );
    Ok(())
}

/// Local ports and the party of both legs of a call.
fn legs(call: u16) -> [(u16, SocketAddr); 2] {
    [0, 1].map(|leg| {
        let party = PARTIES + 2 * call + leg;
        (RELAY + 4 * call + 2 * leg, SocketAddr::new(LOOPBACK, party))
    })
}

struct Nobody;

impl Sink for Nobody {
    fn event(&mut self, _: Event) -> Result<(), Event> {
        Ok(())
    }

    fn recorded(&mut self, _: Recorded) -> Result<(), Recorded> {
        Ok(())
    }
}

fn shard(calls: u16, gather: Option<Duration>, prompt: bool) -> Result<Handle> {
    let mut config = Config::new(0, LOOPBACK, RELAY..=RELAY + 4 * MAX_CALLS - 1);
    config.gather = gather.unwrap_or(config.gather);
    let clock = Clock::start();
    let shard = start(config, move || clock.now(), Nobody)?;
    let clip = Arc::new(Clip::from_samples(tone::sine(440.0, 8_000, Duration::from_secs(7))));
    for call in 0..calls {
        let streams = [0, 1].map(|leg| StreamId(u64::from(2 * call + leg)));
        for ((port, address), stream) in legs(call).into_iter().zip(streams) {
            let remote = Remote {
                address,
                rtcp: None,
                codec: Codec::Pcmu,
                payload_type: 0,
                dtmf: Some(101),
                ptime: 20,
                send: true,
                receive: true,
            };
            let mut orders =
                vec![Command::Open { stream, port, seed: stream.0 }, Command::Connect { stream, remote }];
            if prompt {
                let playback = PlaybackId(stream.0);
                orders.push(Command::Play { stream, playback, clip: Arc::clone(&clip), times: None });
            }
            for order in orders {
                give(&shard, order);
            }
        }
        if !prompt {
            give(&shard, Command::Bridge { a: streams[0], b: streams[1] });
        }
    }
    Ok(shard)
}

fn give(shard: &Handle, mut order: Command) {
    while let Err(refused) = shard.send(order) {
        order = refused.0;
        thread::sleep(Duration::from_millis(1));
    }
}

fn floor(calls: u16, stop: Arc<AtomicBool>) -> Result<()> {
    let mut epoll = sys::Epoll::new()?;
    let mut sockets = Vec::new();
    for (port, party) in (0..calls).flat_map(legs) {
        let socket = sys::Socket::bind(SocketAddr::new(LOOPBACK, port))?;
        epoll.add(&socket, sockets.len() as u64)?;
        sockets.push((socket, party));
    }
    thread::Builder::new().name("floor".into()).spawn(move || {
        let mut receiver = sys::Receiver::new();
        while !stop.load(Ordering::Relaxed) {
            let Ok(ready) = epoll.wait(Some(Duration::from_secs(1))) else { return };
            for at in ready {
                let (to, party) = &sockets[at as usize ^ 1];
                receiver.receive(&sockets[at as usize].0, |_, datagram| {
                    sys::send(to, &[(*party, datagram)]);
                });
            }
        }
    })?;
    Ok(())
}

/// What the parties sent and got.
struct Load {
    sent: AtomicU64,
    received: AtomicU64,
    /// Tens of microseconds, up to a fifth of a second.
    latencies: Vec<AtomicU64>,
}

impl Default for Load {
    fn default() -> Self {
        Self {
            sent: AtomicU64::new(0),
            received: AtomicU64::new(0),
            latencies: (0..20_000).map(|_| AtomicU64::new(0)).collect(),
        }
    }
}

impl Load {
    fn clear(&self) {
        let counters = self.latencies.iter().chain([&self.sent, &self.received]);
        counters.for_each(|c| c.store(0, Ordering::Relaxed));
    }

    fn latency(&self, share: f64) -> Duration {
        let counts: Vec<u64> = self.latencies.iter().map(|c| c.load(Ordering::Relaxed)).collect();
        let wanted = (counts.iter().sum::<u64>() as f64 * share).ceil() as u64;
        let mut sum = 0;
        let at = counts.iter().position(|c| {
            sum += c;
            sum >= wanted
        });
        Duration::from_micros(10 * at.unwrap_or(0) as u64)
    }
}

/// Two parties per call: one thread sends for all, one receives for all.
fn parties(calls: u16, stop: &Arc<AtomicBool>, load: &Arc<Load>) -> Result<()> {
    let begun = Instant::now();
    let mut epoll = sys::Epoll::new()?;
    let mut sockets = Vec::new();
    for (port, party) in (0..calls).flat_map(legs) {
        let socket = sys::Socket::bind(party)?;
        epoll.add(&socket, sockets.len() as u64)?;
        sockets.push((socket, SocketAddr::new(LOOPBACK, port)));
    }
    let sockets = Arc::new(sockets);
    let (their_sockets, their_load, their_stop) = (Arc::clone(&sockets), Arc::clone(load), Arc::clone(stop));
    thread::Builder::new().name("hearing".into()).spawn(move || {
        let mut receiver = sys::Receiver::new();
        while !their_stop.load(Ordering::Relaxed) {
            let Ok(ready) = epoll.wait(Some(Duration::from_secs(1))) else { return };
            for at in ready {
                receiver.receive(&their_sockets[at as usize].0, |_, datagram| {
                    if let Some(stamp) = datagram.get(HEADER..HEADER + 8).filter(|_| !rtp::is_rtcp(datagram))
                    {
                        their_load.received.fetch_add(1, Ordering::Relaxed);
                        let sent = stamp.iter().fold(0u64, |value, b| value << 8 | u64::from(*b));
                        // A prompt carries no stamp.
                        let took = (begun.elapsed().as_micros() as u64).checked_sub(sent);
                        if let Some(bucket) = took.and_then(|t| their_load.latencies.get(t as usize / 10)) {
                            bucket.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                });
            }
        }
    })?;
    let (load, stop) = (Arc::clone(load), Arc::clone(stop));
    thread::Builder::new().name("talking".into()).spawn(move || {
        let mut packet = [0xff; HEADER + 160];
        for tick in 0u32.. {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            let due = begun + Duration::from_millis(tick.into());
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let frame = tick / PHASES as u32;
            for (n, (socket, to)) in sockets.iter().enumerate().skip(tick as usize % PHASES).step_by(PHASES) {
                let header = Header {
                    marker: frame == 0,
                    payload_type: 0,
                    sequence: frame as u16,
                    timestamp: frame * 160,
                    ssrc: n as u32,
                };
                rtp::write(&header, &mut packet);
                let stamp = begun.elapsed().as_micros() as u64;
                packet[HEADER..HEADER + 8].copy_from_slice(&stamp.to_be_bytes());
                let sent = sys::send(socket, &[(*to, &packet)]);
                load.sent.fetch_add(sent as u64, Ordering::Relaxed);
            }
        }
    })?;
    Ok(())
}

/// Time on a core of this process's thread of that name.
fn cpu_of(name: &str) -> Result<Duration> {
    for task in fs::read_dir("/proc/self/task")? {
        let task = task?.path();
        if fs::read_to_string(task.join("comm"))?.trim() == name {
            let figures = fs::read_to_string(task.join("schedstat"))?;
            let nanos = figures.split(' ').next().context("no figures")?.parse()?;
            return Ok(Duration::from_nanos(nanos));
        }
    }
    bail!("no thread {name}")
}

/// Resident memory in KiB.
fn memory() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).context("no figure")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
