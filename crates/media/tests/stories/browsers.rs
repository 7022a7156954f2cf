use std::net::SocketAddr;
use std::time::Duration;

use base::Rng;
use media::{Command, Event, OfferError, tone};

use crate::browser::{ALL, NARROW};
use crate::room::{Room, member};

fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// The lines of an m-line's section.
fn section(sdp: &str, n: usize) -> Vec<&str> {
    sdp.split("\r\nm=").nth(n).map(|s| s.split("\r\n").collect()).unwrap_or_default()
}

#[test]
fn a_browser_is_answered_as_the_unmodified_client_needs_it() {
    let mut room = Room::new();
    let browser = room.browser(ALL);
    let offer = room.the(browser).offer();
    assert!((3_500..8_000).contains(&offer.len()), "an offer is as long as Chromium's: {}", offer.len());
    let answer = room.offers(browser, &offer).unwrap();
    let (audio, video) = (section(&answer, 1), section(&answer, 2));
    assert!(
        answer.contains("\r\na=ice-lite\r\n") && answer.contains("\r\na=group:BUNDLE 0 1\r\n"),
        "{answer}"
    );
    assert_eq!(audio[0], "audio 9 UDP/TLS/RTP/SAVPF 111 0 8", "Opus first, no RED");
    for line in [
        "a=mid:0",
        "a=sendrecv",
        "a=rtcp-mux",
        "a=setup:passive",
        "a=rtpmap:111 opus/48000/2",
        "a=fmtp:111 minptime=10;useinbandfec=1",
        "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
        "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
    ] {
        assert!(audio.contains(&line), "{line} in {audio:#?}");
    }
    let candidates: Vec<_> = answer.lines().filter(|line| line.starts_with("a=candidate:")).collect();
    assert_eq!(candidates.len(), 2, "one for each address");
    assert!(candidates.iter().all(|c| c.contains(" udp ") && c.contains(" 3478 typ host")), "{candidates:?}");
    let msid = audio.iter().find_map(|line| line.strip_prefix("a=msid:")).unwrap();
    assert!(!msid.starts_with('-') && msid.split(' ').count() == 2, "{msid}");
    assert!(video[0].starts_with("video 9 ") && video[0].contains(" 96"), "{video:#?}");
    for line in ["a=mid:1", "a=inactive", "a=rtpmap:96 VP8/90000"] {
        assert!(video.contains(&line), "{line} in {video:#?}");
    }
}

#[test]
fn a_browser_connects_and_may_offer_again() {
    let mut room = Room::new();
    let browser = room.joined();
    let before = room.events.len();
    let answer = room.negotiate(browser);
    room.run(secs(5));
    assert!(answer.contains("a=sendrecv"));
    assert_eq!(room.events.len(), before + 1, "an answer, and the path stays up");
}

#[test]
fn a_browser_that_turns_its_camera_on_is_told_that_nobody_looks() {
    let mut room = Room::new();
    let browser = room.joined();
    let offer = room.the(browser).offer().replace("a=inactive", "a=sendrecv");
    let answer = room.offers(browser, &offer).unwrap();
    assert!(section(&answer, 2).contains(&"a=inactive"), "{answer}");
    assert!(section(&answer, 1).contains(&"a=sendrecv"));
}

#[test]
fn a_browser_of_g711_only_is_answered_in_it() {
    let mut room = Room::new();
    let browser = room.browser(NARROW);
    let answer = room.negotiate(browser);
    assert_eq!(section(&answer, 1)[0], "audio 9 UDP/TLS/RTP/SAVPF 0 8");
    room.run(secs(1));
    assert!(room.the(browser).connected);
}

#[test]
fn an_offer_that_cannot_be_used_is_refused_with_a_reason() {
    let mut room = Room::new();
    let browser = room.browser(ALL);
    let good = room.the(browser).offer();
    let cases: &[(&str, &str, &str)] = &[
        ("v=0\r\n", "", "does not begin"),
        ("a=group:BUNDLE 0 1", "a=group:LS 0 1", "no bundle"),
        ("a=group:BUNDLE 0 1", "a=group:BUNDLE 1", "not bundled"),
        ("a=ice-ufrag:", "a=x-ufrag:", "no ICE credentials"),
        ("a=ice-pwd:", "a=ice-pwd:\u{fc}", "ICE credentials"),
        ("a=fingerprint:sha-256", "a=fingerprint:sha-1", "fingerprint"),
        ("a=setup:actpass", "a=setup:passive", "begin DTLS"),
        ("a=mid:1", "a=mid:0", "twice"),
        ("a=mid:1", "a=mid:", "usable mid"),
        ("a=mid:1", "a=mid:a b", "usable mid"),
        ("a=rtcp-mux", "a=rtcp-mx", "rtcp-mux"),
        ("s=-\r\n", "s=-\r\na=ice-lite\r\n", "ICE-lite"),
        ("UDP/TLS/RTP/SAVPF", "RTP/AVP", "transport"),
        ("m=video 9 UDP/TLS/RTP/SAVPF 96", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "not served"),
        ("m=audio 50000", "m=audio 500000", "a port"),
    ];
    for (from, to, why) in cases {
        assert!(good.contains(from), "{from}");
        let error = room.offers(browser, &good.replace(from, to)).unwrap_err();
        assert!(
            matches!(&error, OfferError::Malformed(said) if said.contains(why)),
            "{from} -> {to}: {error}"
        );
    }
    let none = good.replace(" 63 111 9 0 8 13 110 126", " 9 13");
    assert_eq!(room.offers(browser, &none), Err(OfferError::NoCommonCodec));
    let long = format!("{good}{}", "a=x\r\n".repeat(60_000));
    assert!(matches!(room.offers(browser, &long), Err(OfferError::Malformed(_))));
    let lines = format!("{good}{}", "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:x\r\n".repeat(100));
    assert!(matches!(room.offers(browser, &lines), Err(OfferError::Malformed(_))));
    let stranger = Command::Offer { member: member(77), sdp: good.clone() };
    room.command(stranger);
    let refused = Event::Answer { member: member(77), outcome: Err(OfferError::UnknownMember) };
    assert_eq!(room.events.last(), Some(&refused));
    room.offers(browser, &good).expect("and a good one is still answered");
}

#[test]
fn an_unusable_offer_leaves_a_live_session_as_it_was() {
    let mut room = Room::new();
    let browser = room.joined();
    let good = room.the(browser).offer();
    room.offers(browser, &good.replace("a=mid:1", "a=mid:0")).unwrap_err();
    room.offers(browser, "v=0").unwrap_err();
    room.negotiate(browser);
    room.run(secs(40));
    assert!(!room.lost(browser), "{:?}", room.events);
}

#[test]
fn a_browser_that_falls_silent_is_lost_after_30_seconds() {
    let mut room = Room::new();
    let browser = room.joined();
    room.run(secs(60));
    assert!(!room.lost(browser), "ICE alone keeps a session");
    let address = room.the(browser).address;
    room.browsers[browser] = None;
    room.run(secs(26));
    assert!(!room.lost(browser));
    room.run(secs(5));
    assert!(room.lost(browser));
    assert_eq!(room.events.iter().filter(|e| matches!(e, Event::MemberLost { .. })).count(), 1);
    room.sent.clear();
    room.arrives(address, &[0x80, 111, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    room.run(secs(60));
    assert!(room.sent.is_empty(), "a lost session says nothing");
    room.command(Command::CloseMember { member: member(browser) });
    assert!(room.closed(browser).is_some());
    assert_eq!(room.shard.deadline(), None, "nothing is left");
}

#[test]
fn a_browser_that_never_connects_is_lost_too() {
    let mut room = Room::new();
    let browser = room.browser(ALL);
    let offer = room.the(browser).offer();
    room.offers(browser, &offer).unwrap();
    room.browsers[browser] = None;
    room.run(secs(31));
    assert!(room.lost(browser));
}

#[test]
fn a_closed_session_neither_speaks_nor_answers() {
    let mut room = Room::new();
    let browser = room.joined();
    room.sent.clear();
    room.command(Command::CloseMember { member: member(browser) });
    room.run(secs(60));
    assert!(room.sent.is_empty(), "not even to its requests: an old client would never notice");
    assert!(room.closed(browser).is_some());
    assert!(room.shard.refusals().unclaimed > 5, "it did ask");
    assert_eq!((room.shard.browsers(), room.shard.deadline()), (0, None));
}

#[test]
fn media_follows_a_browser_whose_address_changes() {
    let mut room = Room::new();
    let browser = room.joined();
    let inside = room.the(browser).address;
    let outside = SocketAddr::from(([203, 0, 113, 9], 1_234));
    room.translated.insert(inside, outside);
    room.run(secs(10));
    room.sent.clear();
    room.run(secs(12));
    assert!(room.sent.iter().any(|(to, _)| *to == outside));
    assert!(room.sent.iter().all(|(to, _)| *to == outside), "nothing goes to the old address");
    room.run(secs(40));
    assert!(!room.lost(browser));
}

#[test]
fn a_browser_may_restart_ice() {
    let mut room = Room::new();
    let browser = room.joined();
    let before = room.negotiate(browser);
    room.the(browser).restart_ice(("restarted", "and0with0another0password"));
    let after = room.negotiate(browser);
    let ufrag =
        |sdp: &str| section(sdp, 1).into_iter().find(|l| l.starts_with("a=ice-ufrag:")).map(str::to_owned);
    let password =
        |sdp: &str| section(sdp, 1).into_iter().find(|l| l.starts_with("a=ice-pwd:")).map(str::to_owned);
    assert_ne!(ufrag(&before), ufrag(&after));
    assert_eq!(ufrag(&room.negotiate(browser)), ufrag(&after), "once");
    assert_ne!(password(&before), password(&after));
    assert_eq!(password(&after).unwrap().len(), "a=ice-pwd:".len() + 24, "ours, not one of the library's");
    room.run(secs(90));
    assert!(!room.lost(browser), "its requests are answered under the new name");
}

#[test]
fn a_browser_with_a_new_connection_takes_the_old_ones_place() {
    let mut room = Room::new();
    let first = room.joined();
    let second = room.browser(ALL);
    room.command(Command::CloseMember { member: member(second) });
    // The member of the first is offered for by a page that was loaded again.
    let offer = room.the(second).offer();
    let answer = room.offers(first, &offer).unwrap();
    room.browsers[first] = None;
    let instant = room.instant();
    room.the(second).answered(instant, &answer).unwrap();
    room.run(secs(1));
    assert!(room.the(second).connected);
    let connected = Event::MemberConnected { member: member(first) };
    assert_eq!(room.events.iter().filter(|e| **e == connected).count(), 2);
}

#[test]
fn strangers_and_garbage_get_no_answer_and_do_no_harm() {
    let mut room = Room::new();
    let browser = room.joined();
    let address = room.the(browser).address;
    let stranger = SocketAddr::from(([198, 51, 100, 7], 9));
    let mut samples: Vec<Vec<u8>> = room.sent.iter().map(|(_, bytes)| bytes.clone()).collect();
    samples.truncate(40);
    room.run(secs(1));
    room.sent.clear();
    let mut rng = Rng::new(3);
    for round in 0..4_000u32 {
        let mut datagram = samples[rng.below(samples.len() as u64) as usize].clone();
        match rng.below(4) {
            0 => datagram = (0..rng.below(1_500)).map(|_| rng.next_u64() as u8).collect(),
            1 => datagram.truncate(rng.below(datagram.len() as u64 + 1) as usize),
            _ => {
                for _ in 0..=rng.below(6) {
                    let at = rng.below(datagram.len() as u64) as usize;
                    datagram[at] = rng.next_u64() as u8;
                }
            }
        }
        // Half of it seems to come from the browser.
        room.arrives(if round % 2 == 0 { stranger } else { address }, &datagram);
        if round % 50 == 0 {
            room.run(Duration::from_millis(20));
        }
    }
    assert!(room.sent.iter().all(|(to, _)| *to != stranger), "no answer");
    let refusals = room.shard.refusals();
    assert!(refusals.unclaimed >= 1_900 && refusals.refused > 100, "{refusals:?}");
    room.run(secs(40));
    assert!(!room.lost(browser), "the session lives on");
}

#[test]
fn a_damaged_offer_is_refused_or_answered_and_nothing_panics() {
    let mut room = Room::new();
    let browser = room.browser(ALL);
    let good = room.the(browser).offer();
    let (mut rng, mut refused) = (Rng::new(5), 0);
    for _ in 0..300 {
        let mut lines: Vec<String> = good.split_inclusive("\r\n").map(str::to_owned).collect();
        for _ in 0..=rng.below(4) {
            let (at, other) =
                (rng.below(lines.len() as u64) as usize, rng.below(lines.len() as u64) as usize);
            match rng.below(5) {
                0 => drop(lines.remove(at)),
                1 => lines.swap(at, other),
                2 => lines.insert(at, lines[other].clone()),
                3 => {
                    let keep = rng.below(lines[at].len() as u64) as usize;
                    lines[at].truncate(keep);
                }
                _ => {
                    let at_byte = rng.below(lines[at].len() as u64) as usize;
                    lines[at].insert(at_byte, char::from(rng.below(128) as u8));
                }
            }
        }
        if room.offers(browser, &lines.concat()).is_err() {
            refused += 1;
        }
    }
    assert!((30..290).contains(&refused), "{refused}");
    room.negotiate(browser);
    room.run(secs(1));
    assert!(room.the(browser).connected);
}

#[test]
fn browsers_hear_each_other_and_not_themselves() {
    let mut room = Room::new();
    let (a, b) = (room.joined(), room.joined());
    room.says(a, 440.0, true);
    room.says(b, 1_000.0, true);
    room.run(secs(1));
    for n in [a, b] {
        room.heard(n);
    }
    room.run(secs(2));
    for (n, other, own) in [(a, 1_000.0, 440.0), (b, 440.0, 1_000.0)] {
        let heard = room.heard(n);
        assert!((98 * 160..=102 * 160).contains(&heard.len()), "50 frames a second: {}", heard.len());
        assert!(tone::share(other, &heard) > 0.95, "{}", tone::share(other, &heard));
        assert!(tone::share(own, &heard) < 0.01);
    }
    let levels = room.events.iter().rev().find_map(|event| match event {
        Event::Levels { levels, .. } if levels.len() == 2 => Some(levels.clone()),
        _ => None,
    });
    assert!(levels.unwrap().iter().all(|(_, level)| (10..30).contains(level)), "both are audible");
}

#[test]
fn a_browser_of_g711_and_one_of_opus_hear_each_other() {
    let mut room = Room::new();
    let wide = room.joined();
    let narrow = room.browser(NARROW);
    room.negotiate(narrow);
    room.run(secs(1));
    room.says(wide, 440.0, true);
    room.says(narrow, 1_000.0, false);
    room.run(secs(1));
    for n in [wide, narrow] {
        room.heard(n);
    }
    room.run(secs(2));
    for (n, hertz) in [(wide, 1_000.0), (narrow, 440.0)] {
        let heard = room.heard(n);
        assert!(tone::share(hertz, &heard) > 0.95, "{}", tone::share(hertz, &heard));
    }
}

#[test]
fn a_muted_browser_is_not_heard_and_statistics_are_kept() {
    let mut room = Room::new();
    let (a, b) = (room.joined(), room.joined());
    room.says(a, 440.0, true);
    room.run(secs(1));
    room.command(Command::Mute { member: member(a), on: true });
    room.run(secs(1));
    room.heard(b);
    room.run(secs(2));
    let heard = room.heard(b);
    assert!(heard.len() >= 98 * 160, "the stream goes on");
    assert!(heard.iter().all(|sample| sample.unsigned_abs() < 100), "in silence");
    room.run(secs(12));
    room.command(Command::CloseMember { member: member(a) });
    let statistics = room.closed(a).unwrap();
    assert!((780..=801).contains(&statistics.packets_received), "{statistics:?}");
    assert!(statistics.packets_sent > 700 && statistics.packets_lost == 0, "{statistics:?}");
    assert_eq!(statistics.packets_refused, 0);
    assert!(statistics.round_trip_ms.is_some(), "{statistics:?}");
}
