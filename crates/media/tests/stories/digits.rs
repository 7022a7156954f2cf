use std::time::Duration;

use base::Rng;
use media::dtmf::Detector;
use media::{Codec, Command, Event, SendingId, tone};

use crate::world::{Network, World};

fn millis(n: u64) -> Duration {
    Duration::from_millis(n)
}

fn keys_in(samples: &[i16]) -> String {
    let mut keys = String::new();
    Detector::default().push(samples, |key| keys.push(key));
    keys
}

fn send(world: &mut World, phone: usize, digits: &str, tone: Duration) {
    let stream = world.phones[phone].stream;
    let digits = digits.to_owned();
    world.command(Command::SendDigits { stream, sending: SendingId(1), digits, tone });
}

#[test]
fn every_key_pressed_as_an_event_is_reported_once() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcmu, Some(101));
    for code in 0..16 {
        world.presses(phone, code);
    }
    assert_eq!(world.digits(phone), "0123456789*#ABCD");
}

#[test]
fn keys_survive_a_network_that_loses_a_quarter_and_reorders() {
    let mut world = World::new();
    world.network = Network { loss: 4, jitter: millis(50) };
    let phone = world.phone(Codec::Pcmu, Some(101));
    for code in (0..10).cycle().take(100) {
        world.presses(phone, code);
        world.run(millis(100));
    }
    assert_eq!(world.digits(phone), "0123456789".repeat(10));
}

#[test]
fn keys_heard_as_tones_count_only_while_somebody_listens() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcma, None);
    let stream = world.phones[phone].stream;
    let press = |world: &mut World, key| {
        world.says(phone, &tone::digit(key, millis(60)));
        world.says(phone, &tone::silence(millis(100)));
        world.run(millis(300));
    };
    press(&mut world, '1');
    world.command(Command::Listen { stream, on: true });
    for key in ['2', '2', '#'] {
        press(&mut world, key);
    }
    world.command(Command::Listen { stream, on: false });
    press(&mut world, '3');
    assert_eq!(world.digits(phone), "22#");
}

#[test]
fn tones_are_not_looked_for_where_the_peer_sends_events() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcmu, Some(101));
    let stream = world.phones[phone].stream;
    world.command(Command::Listen { stream, on: true });
    world.says(phone, &tone::digit('5', millis(200)));
    world.run(millis(500));
    assert_eq!(world.digits(phone), "");
}

#[test]
fn digits_go_out_as_events_with_exact_lengths_and_pauses() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcmu, Some(96));
    send(&mut world, phone, "1,#", millis(250));
    world.run(millis(3_000));
    assert!(world.has(&Event::DigitsSent { sending: SendingId(1) }));
    world.phones[phone].assert_continuous();
    let events: Vec<_> =
        world.phones[phone].received.iter().filter(|(_, h, _)| h.payload_type == 96).collect();
    let starts: Vec<_> = events.iter().filter(|(_, h, _)| h.marker).collect();
    assert_eq!(starts.iter().map(|(.., p)| p[0]).collect::<Vec<_>>(), [1, 11]);
    let apart = starts[1].0.since(starts[0].0);
    assert!((millis(850)..=millis(880)).contains(&apart), "250 ms tone, 100 ms gap, 500 ms comma: {apart:?}");
    let step = starts[1].1.timestamp.wrapping_sub(starts[0].1.timestamp);
    assert_eq!(u128::from(step), apart.as_millis() * 8, "the time line goes on through the pause");
    let ends: Vec<_> = events.iter().filter(|(.., p)| p[1] & 0x80 != 0).collect();
    assert_eq!(ends.len(), 6);
    assert!(ends.iter().all(|(.., p)| p[2..] == [7, 0xd0]));
}

#[test]
fn digits_go_out_as_tones_to_a_peer_without_events() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcma, None);
    send(&mut world, phone, "0918*#D", millis(80));
    world.run(millis(3_000));
    assert_eq!(keys_in(&world.phones[phone].heard()), "0918*#D");
    assert!(world.has(&Event::DigitsSent { sending: SendingId(1) }));
}

#[test]
fn long_pauses_between_digits_do_not_stop_the_shard() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcmu, Some(101));
    world.run(millis(2_000));
    send(&mut world, phone, "1,,,,,,2", millis(100));
    world.run(millis(6_000));
    assert!(world.has(&Event::DigitsSent { sending: SendingId(1) }));
}

#[test]
fn stopped_digits_stop_without_an_event() {
    let mut world = World::new();
    let phone = world.phone(Codec::Pcmu, None);
    send(&mut world, phone, "1111111111", millis(200));
    world.run(millis(250));
    world.command(Command::StopSending { sending: SendingId(1) });
    world.run(millis(2_000));
    assert_eq!(keys_in(&world.phones[phone].heard()), "1");
    assert!(world.events.is_empty());
}

#[test]
fn what_we_send_as_events_another_shard_understands() {
    let (mut sender, mut receiver) = (World::new(), World::new());
    let (from, to) = (sender.phone(Codec::Pcmu, Some(101)), receiver.phone(Codec::Pcmu, Some(101)));
    send(&mut sender, from, "5551234*", millis(100));
    sender.run(millis(4_000));
    let mut rng = Rng::new(5);
    let (address, port) = (receiver.phones[to].address, receiver.phones[to].port);
    let mut last = sender.phones[from].received[0].0;
    for (at, header, payload) in &sender.phones[from].received {
        receiver.run(at.since(last));
        last = *at;
        if !rng.one_in(5) {
            receiver.send(address, port, crate::world::packet(header, payload));
        }
    }
    receiver.run(millis(20));
    assert_eq!(receiver.digits(to), "5551234*");
}
