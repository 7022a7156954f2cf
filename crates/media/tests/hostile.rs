//! What comes from the network or from a customer's bucket may be anything: nothing panics, every promise holds.

use base::Rng;
use media::rtp::{self, HEADER, Header};
use media::{check, tone, wav};

/// One datagram of a story, see [`check::packets`].
fn add(story: &mut Vec<u8>, wait: u8, which: u8, datagram: &[u8]) {
    story.extend([wait, which]);
    story.extend((datagram.len() as u16).to_be_bytes());
    story.extend(datagram);
}

fn packet(header: &Header, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0; HEADER + payload.len()];
    rtp::write(header, &mut bytes);
    bytes[HEADER..].copy_from_slice(payload);
    bytes
}

/// A plausible call: voice both ways, keys, reports.
fn call(rng: &mut Rng) -> Vec<u8> {
    let mut story = Vec::new();
    for n in 0..60u16 {
        let header = |payload_type, ssrc| Header {
            marker: n == 0,
            payload_type,
            sequence: n.wrapping_add(65_500),
            timestamp: u32::from(n) * 160,
            ssrc,
        };
        add(&mut story, 20, 0, &packet(&header(0, 7), &[rng.below(256) as u8; 160]));
        add(&mut story, 0, 0x10 | 2, &packet(&header(8, 9), &[rng.below(256) as u8; 160]));
        if n % 10 < 4 {
            add(&mut story, 1, 0, &packet(&header(101, 7), &[(n / 10) as u8, 10, 0, 160]));
        }
        if n % 25 == 0 {
            let report = [0x80, 201, 0, 1, 0, 0, 0, 7];
            add(&mut story, 0, 1, &report);
        }
    }
    story
}

fn mutate(rng: &mut Rng, bytes: &mut Vec<u8>) {
    for _ in 0..=rng.below(8) {
        let at = rng.below(bytes.len() as u64 + 1) as usize;
        match rng.below(5) {
            0 if at < bytes.len() => bytes[at] ^= 1 << rng.below(8),
            1 if at < bytes.len() => bytes[at] = rng.next_u64() as u8,
            2 => bytes.insert(at, rng.next_u64() as u8),
            3 if at < bytes.len() => drop(bytes.remove(at)),
            _ => {
                let end = (at + rng.below(64) as usize).min(bytes.len());
                bytes.drain(at..end);
            }
        }
    }
}

#[test]
fn mutated_calls_break_no_promise() {
    let mut rng = Rng::new(1);
    for _ in 0..300 {
        let mut story = call(&mut rng);
        mutate(&mut rng, &mut story);
        check::packets(&story);
    }
}

#[test]
fn mutated_headers_break_no_promise() {
    let mut rng = Rng::new(2);
    for _ in 0..300 {
        let mut story = Vec::new();
        for _ in 0..50 {
            let header = Header {
                marker: rng.one_in(3),
                payload_type: [0, 8, 101, 13][rng.below(4) as usize],
                sequence: rng.next_u64() as u16,
                timestamp: rng.next_u64() as u32,
                ssrc: rng.below(3) as u32,
            };
            let mut datagram = packet(&header, &vec![rng.next_u64() as u8; rng.below(400) as usize]);
            datagram[0] = if rng.one_in(2) { 0x80 } else { rng.next_u64() as u8 };
            datagram.truncate(rng.below(600) as usize);
            let which = (rng.below(2) << 4 | rng.below(4)) as u8;
            add(&mut story, rng.below(60) as u8, which, &datagram);
        }
        check::packets(&story);
    }
}

#[test]
fn a_flood_from_the_pinned_source_and_noise_from_elsewhere_break_no_promise() {
    let mut rng = Rng::new(3);
    let mut story = Vec::new();
    for n in 0..1_900u32 {
        let header =
            Header { marker: false, payload_type: 0, sequence: n as u16, timestamp: n * 160, ssrc: n % 2 };
        match rng.below(3) {
            0 => add(&mut story, 0, 0, &packet(&header, &[1; 160])),
            1 => add(&mut story, 0, 0x50, &packet(&header, &[2; 160])),
            _ => {
                add(&mut story, u8::from(n % 50 == 0), (rng.below(16) << 4 | rng.below(4)) as u8, &[0x80; 40])
            }
        }
    }
    check::packets(&story);
}

#[test]
fn orders_in_any_order_leave_nothing_behind() {
    let mut rng = Rng::new(6);
    for _ in 0..400 {
        let mut story = vec![0; rng.below(1_500) as usize];
        story.iter_mut().for_each(|byte| *byte = rng.next_u64() as u8);
        // Most stories begin with something to talk about.
        let opening = [
            [7, 0, 0],
            [7, 0, 1],
            [19, 0, 0],
            [19, 1, 0],
            [19, 0, 1],
            [19, 1, 5],
            [9, 4, 0],
            [9, 5, 4],
            [14, 0, 4],
        ];
        for (at, order) in story.as_chunks_mut().0.iter_mut().zip(opening) {
            *at = order;
        }
        check::orders(&story);
    }
}

#[test]
fn browsers_may_send_anything_and_hear_20_ms_at_each_tick() {
    let mut rng = Rng::new(7);
    for _ in 0..60 {
        let mut story = Vec::new();
        for _ in 0..100 {
            let length = if rng.one_in(3) { 160 } else { rng.below(120) };
            let random = rng.next_u64().to_le_bytes();
            story.extend([(rng.below(30)) as u8, random[0], random[1], random[2], random[3], length as u8]);
            // Now and then what Opus' first byte says is true.
            let first = if rng.one_in(2) { 0x08 | (random[4] & 0x80) } else { random[4] };
            story.push(first);
            story.extend((1..length).map(|_| rng.next_u64() as u8));
        }
        check::voices(&story);
        mutate(&mut rng, &mut story);
        check::voices(&story);
    }
}

#[test]
fn mutated_files_are_played_or_refused() {
    let mut rng = Rng::new(4);
    let file = wav::encode(&tone::sine(440.0, 9_000, std::time::Duration::from_millis(20)));
    for _ in 0..20_000 {
        let mut mutated = file.clone();
        // Most of what matters is in the header.
        let at = rng.below(48) as usize;
        mutated[at] = rng.next_u64() as u8;
        if rng.one_in(2) {
            mutate(&mut rng, &mut mutated);
        }
        check::wav(&mutated);
    }
}

/// The committed fuzz corpus, as it is and mutated: a short run of the fuzz targets on stable.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads its corpus")]
fn the_corpus_holds_as_it_is_and_mutated() {
    for (target, check, rounds) in [
        ("rtp", check::packets as fn(&[u8]), 20),
        ("wav", check::wav, 500),
        ("rtcp", check::reports, 5_000),
        ("browser_offer", check::offer, 100),
        ("meeting_orders", check::orders, 50),
        ("meeting_voices", check::voices, 20),
    ] {
        let folder = format!("{}/../../fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
        let mut paths: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        assert!(paths.len() >= 3, "{target}");
        let mut rng = Rng::new(5);
        for path in paths {
            let file = std::fs::read(path).unwrap();
            check(&file);
            for _ in 0..rounds {
                let mut mutated = file.clone();
                mutate(&mut rng, &mut mutated);
                check(&mutated);
            }
        }
    }
}
