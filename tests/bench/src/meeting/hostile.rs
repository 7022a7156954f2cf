//! What must be refused, while a meeting goes on.

use std::net::UdpSocket;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use meet::frame::{FrameKind, Subscribe};
use serde_json::{Value, json};

use super::api::Api;
use super::crowd::Crowd;
use super::guest::{Signalling, frame};

pub(super) fn run(api: &Api) -> anyhow::Result<Value> {
    let meeting = api.meeting("hostile")?;
    let other = api.meeting("other")?;
    let attendees = api.attendees(&meeting, 3)?;
    let mut crowd = Crowd::new()?;
    for attendee in &attendees[..2] {
        crowd.join(&meeting, attendee)?;
    }
    crowd.connected()?;
    crowd.talk(2);
    let mut refused = 0;

    // Tokens that are nobody's, of another meeting's attendee, or of one that was removed.
    let forged: String = attendees[2].token.chars().rev().collect();
    let stranger = api.attendees(&other, 1)?[0].token.clone();
    api.remove(&meeting, &attendees[2])?;
    for token in [forged.as_str(), "x", stranger.as_str(), attendees[2].token.as_str()] {
        let mut signalling = Signalling::open(&meeting, token)?;
        signalling.join(1)?;
        let code = signalling.closed()?;
        ensure!(code == 4_403, "a bad token was answered with {code}");
        refused += 1;
        crowd.turn()?;
    }

    // Messages that are no frames, and offers that are none: refused, or passed over, and never the end of the node.
    let good = &attendees[1].token;
    for (n, bytes) in
        [&b""[..], b"\x05", b"\x05\xff\xff\xff", &[0xff; 4_096], &[5; 70_000]].into_iter().enumerate()
    {
        let mut signalling = Signalling::open(&other, &stranger)?;
        signalling.send_bytes(bytes).with_context(|| format!("message {n}"))?;
        drop(signalling);
        crowd.turn()?;
    }
    let mut signalling = Signalling::open(&other, &stranger)?;
    signalling.join(2)?;
    signalling.wait_for(FrameKind::Index)?;
    let mut subscribe = frame(FrameKind::Subscribe);
    subscribe.sub = Some(Subscribe {
        sdp_offer: Some("v=0\r\nm=audio".into()),
        audio_host: Some("x".into()),
        ..Subscribe::default()
    });
    signalling.send(&subscribe)?;
    let outcome = signalling.next()?;
    refused += 1;

    // STUN, DTLS and RTP from nowhere, at the browsers' port.
    let target = crowd.guests[0].as_ref().context("a guest")?.peer().context("no path yet")?;
    let socket = UdpSocket::bind(crate::loopback(0))?;
    socket.set_read_timeout(Some(Duration::from_millis(50)))?;
    let mut state = 1u64;
    for n in 0..20_000u32 {
        let mut datagram = vec![0; 20 + (n as usize % 200)];
        for byte in &mut datagram {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (state >> 56) as u8;
        }
        datagram[0] = [0, 1, 22, 0x80, 0x81, datagram[0]][n as usize % 6];
        socket.send_to(&datagram, target)?;
        if n % 20 == 0 {
            crowd.turn()?;
        }
    }
    ensure!(socket.recv(&mut [0; 2_048]).is_err(), "garbage got an answer");

    // Who is in hears on.
    crowd.reset();
    let until = Instant::now() + Duration::from_secs(3);
    while Instant::now() < until {
        crowd.turn()?;
    }
    let report = crowd.report();
    let received = report["received"].as_u64().unwrap_or(0);
    ensure!(received >= 2 * 100 && report["lost"] == 0, "the meeting suffered: {report}");
    ensure!(good != &attendees[2].token);
    api.end(&meeting)?;
    api.end(&other)?;
    Ok(
        json!({ "refused": refused, "bad_offer": format!("{outcome:?}").chars().take(120).collect::<String>(), "meeting": report }),
    )
}
