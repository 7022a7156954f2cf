//! What a mix costs: parties in one conference, each with its leg and its meeting stream, without sockets.
//!
//! ```text
//! cargo run --release -p media --example meeting [parties] [talkers] [seconds]
//! ```
//!
//! Packets are of 20 ms and come evenly spread; what is said is a tone that changes. The time is the process's own CPU time,
//! less that of a run in which everything but the shard is done.

use std::hint::black_box;
use std::net::SocketAddr;
use std::time::Duration;

use base::Timestamp;
use media::rtp::{self, HEADER, Header};
use media::{
    Codec, Command, ConferenceId, Config, Event, MemberId, Output, Recorded, Remote, Shard, StreamId, tone,
};

const PORT: u16 = 20_000;
const FRAME: usize = 160;

/// Counts and forgets.
#[derive(Default)]
struct Sent {
    packets: u64,
    bytes: u64,
}

impl Output for Sent {
    fn transmit(&mut self, _: u16, _: SocketAddr, packet: &[u8]) {
        self.packets += 1;
        self.bytes += black_box(packet).len() as u64;
    }

    fn event(&mut self, event: Event) {
        black_box(event);
    }

    fn recorded(&mut self, _: Recorded) {}
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|a| a.parse::<u64>().expect("a number"));
    let parties = arguments.next().unwrap_or(50);
    let talkers = arguments.next().unwrap_or(parties);
    let seconds = arguments.next().unwrap_or(60);
    let without = run(parties, talkers, seconds, false).0;
    let (with, sent) = run(parties, talkers, seconds, true);
    let share = 100.0 * with.saturating_sub(without).as_secs_f64() / seconds as f64;
    println!(
        "{parties} parties, {talkers} talk: {share:.2} % of a core; {:.1} packets/s each, {} bytes on average",
        sent.packets as f64 / (parties * seconds) as f64,
        sent.bytes / sent.packets.max(1)
    );
}

fn run(parties: u64, talkers: u64, seconds: u64, mixed: bool) -> (Duration, Sent) {
    let mut now = Timestamp::from_millis(1_700_000_000_000);
    let mut out = Sent::default();
    let ports = PORT..=PORT + 2 * parties as u16 + 1;
    let mut shard = Shard::new(Config { index: 0, ports, max_streams: usize::MAX, browsers: None });
    let conference = ConferenceId(1);
    shard.handle_command(now, Command::OpenConference { conference, home: 0 }, &mut out);
    let address = |party: u64| SocketAddr::from(([10, 0, (party >> 8) as u8, party as u8], 7_000));
    for party in 0..parties {
        let (leg, stream, port) = (StreamId(party), StreamId(1 << 32 | party), PORT + 2 * party as u16);
        let remote = Remote {
            address: address(party),
            rtcp: None,
            codec: Codec::Pcmu,
            payload_type: 0,
            dtmf: Some(101),
            ptime: 20,
            send: true,
            receive: true,
        };
        for command in [
            Command::Open { stream: leg, port, seed: party },
            Command::Connect { stream: leg, remote },
            Command::OpenMeetingStream { stream, conference, member: MemberId(party), codec: Codec::Pcmu },
            Command::Bridge { a: leg, b: stream },
        ] {
            shard.handle_command(now, command, &mut out);
        }
    }
    // A second of each voice, encoded.
    let voices: Vec<Vec<u8>> = (0..parties)
        .map(|party| {
            let hertz = 200.0 + 37.0 * (party % 50) as f32;
            let peak = if party < talkers { 4_000 } else { 8 };
            let samples = tone::sine(hertz, peak, Duration::from_secs(1));
            samples.iter().map(|sample| Codec::Pcmu.encode(*sample)).collect()
        })
        .collect();
    let begun = cpu();
    for frame in 0..50 * seconds {
        for party in 0..parties {
            let at = now + Duration::from_micros(20_000 * party / parties);
            let header = Header {
                marker: frame == 0,
                payload_type: 0,
                sequence: frame as u16,
                timestamp: frame as u32 * FRAME as u32,
                ssrc: party as u32,
            };
            let mut packet = [0; HEADER + FRAME];
            rtp::write(&header, &mut packet);
            let from = (frame % 50) as usize * FRAME;
            packet[HEADER..].copy_from_slice(&voices[party as usize][from..from + FRAME]);
            if mixed {
                let port = PORT + 2 * party as u16;
                shard.handle_packet(at, port, address(party), &mut packet, &mut out);
                if shard.deadline().is_some_and(|(due, _)| due <= at) {
                    shard.tick(at, &mut out);
                }
            }
            black_box(&packet);
        }
        now += Duration::from_millis(20);
    }
    (cpu() - begun, out)
}

/// User and system time of this process.
fn cpu() -> Duration {
    #[expect(clippy::disallowed_methods, reason = "an example measures itself")]
    let stat = std::fs::read_to_string("/proc/self/schedstat").expect("Linux");
    let nanos = stat.split(' ').next().and_then(|n| n.parse().ok()).expect("the time on the CPU");
    Duration::from_nanos(nanos)
}
