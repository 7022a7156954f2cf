//! Trunks that are watched and registered to.

use std::time::Duration;

use super::network::*;
use super::raw::*;
use crate::header::Header;
use crate::stack::*;

fn trunk(every: Option<u64>, register: bool) -> Trunk {
    Trunk {
        name: TrunkName("telco".to_owned()),
        uri: format!("sip:{}", peer()),
        transport: None,
        options_every: every.map(Duration::from_secs),
        register: register.then(|| Registration {
            aor: "sip:bob@telco.example".to_owned(),
            username: "bob".to_owned(),
            password: "secret".to_owned(),
            expires: Duration::from_secs(600),
        }),
    }
}

fn health(raw: &mut Raw) -> Vec<(bool, String)> {
    std::mem::take(&mut raw.events)
        .into_iter()
        .filter_map(|event| match event {
            Event::TrunkHealth { up, detail, .. } => Some((up, detail)),
            _ => None,
        })
        .collect()
}

#[test]
fn a_watched_trunk_goes_down_after_two_misses_and_up_after_two_answers() {
    let mut raw = Raw::new();
    raw.command(Command::Trunks(vec![trunk(Some(60), false)]));
    raw.pass(Duration::from_secs(1));
    let request = raw.request("OPTIONS");
    raw.reply(&request, 404, "t", "", "");
    assert_eq!(health(&mut raw), [(true, "404 Not Found".to_owned())], "whoever refuses is there");
    raw.pass(Duration::from_secs(100));
    assert_eq!(health(&mut raw), [], "one miss is none");
    raw.pass(Duration::from_secs(100));
    assert_eq!(health(&mut raw), [(false, "no response".to_owned())]);
    raw.pass(Duration::from_secs(67));
    for expected in [&[][..], &[(true, "200 OK".to_owned())]] {
        let request = raw.request("OPTIONS");
        raw.reply(&request, 200, "t", "", "");
        assert_eq!(health(&mut raw), expected);
        raw.sent.clear();
        raw.pass(Duration::from_secs(67));
    }
    raw.command(Command::Trunks(Vec::new()));
    raw.pass(Duration::from_secs(40));
    assert_eq!(raw.stack.counts(), Counts::default());
}

#[test]
fn we_register_with_digest_and_refresh_before_it_ends() {
    let mut raw = Raw::new();
    raw.command(Command::Trunks(vec![trunk(None, true)]));
    raw.pass(Duration::from_secs(1));
    let first = raw.request("REGISTER");
    assert_eq!(first.uri.as_str(), format!("sip:{}", peer()));
    assert_eq!(first.headers.get(Header::To), Some("<sip:bob@telco.example>"));
    assert_eq!(first.headers.get(Header::Contact), Some("<sip:bob@192.0.2.1:5060>"));
    assert_eq!(first.headers.get(Header::Expires), Some("600"));
    raw.reply(&first, 401, "t", "WWW-Authenticate: Digest realm=\"telco\", nonce=\"n\", qop=\"auth\"", "");
    let second = raw.request("REGISTER");
    assert!(second.headers.has(Header::Authorization));
    assert_eq!(second.headers.call_id(), first.headers.call_id());
    raw.reply(&second, 423, "t", "Min-Expires: 1000", "");
    let third = raw.request("REGISTER");
    assert_eq!(third.headers.get(Header::Expires), Some("1000"));
    let contacts =
        "Contact: <sip:other@198.51.100.1>;expires=5\nContact: <sip:bob@192.0.2.1:5060>;expires=300";
    raw.reply(&third, 200, "t", contacts, "");
    assert_eq!(health(&mut raw), [(true, "registered for 300 s".to_owned())]);
    raw.sent.clear();
    raw.pass(Duration::from_secs(239));
    assert_eq!(raw.requests("REGISTER"), 0);
    raw.pass(Duration::from_secs(35));
    let refresh = raw.request("REGISTER");
    assert!(refresh.headers.has(Header::Authorization), "the nonce is used again");
    raw.reply(&refresh, 200, "t", "Expires: 300", "");
    raw.command(Command::Trunks(Vec::new()));
    let last = raw.request("REGISTER");
    assert_eq!(last.headers.get(Header::Expires), Some("0"), "taken back");
    raw.reply(&last, 200, "t", "", "");
    raw.pass(Duration::from_secs(40));
    assert_eq!(raw.stack.counts(), Counts::default());
}

#[test]
fn a_registrar_that_refuses_is_asked_again_ever_more_rarely() {
    let mut raw = Raw::new();
    raw.command(Command::Trunks(vec![trunk(None, true)]));
    let mut times = Vec::new();
    for _ in 0..9 {
        let before = raw.requests("REGISTER");
        while raw.requests("REGISTER") == before {
            raw.pass(Duration::from_millis(100));
        }
        times.push(raw.now);
        let request = raw.request("REGISTER");
        raw.reply(&request, 403, "t", "", "");
    }
    assert_eq!(health(&mut raw), [(false, "403 Forbidden".to_owned())]);
    let pauses: Vec<u64> = times.windows(2).map(|pair| pair[1].since(pair[0]).as_secs()).collect();
    for (pause, longest) in pauses.iter().zip([10, 20, 40, 80, 160, 320, 600, 600]) {
        assert!((longest / 2 - 1..=longest).contains(pause), "{pauses:?}");
    }
}

#[test]
fn a_registration_is_good_until_it_ends_even_if_its_refresh_fails() {
    let mut raw = Raw::new();
    raw.command(Command::Trunks(vec![trunk(None, true)]));
    raw.pass(Duration::from_secs(1));
    let request = raw.request("REGISTER");
    raw.reply(&request, 200, "t", "Expires: 200", "");
    assert_eq!(health(&mut raw).len(), 1);
    raw.pass(Duration::from_secs(199));
    assert_eq!(health(&mut raw), []);
    raw.pass(Duration::from_secs(60));
    assert_eq!(health(&mut raw), [(false, "no response".to_owned())]);
}

#[test]
fn trunks_that_stay_are_not_disturbed() {
    let mut net = Network::new(1, 2);
    let kept = Trunk { uri: format!("sip:{}", address(1)), ..trunk(Some(30), false) };
    net.command(0, Command::Trunks(vec![kept.clone()]));
    net.pass(Duration::from_secs(1));
    assert!(matches!(&net.nodes[0].events[..], [Event::TrunkHealth { up: true, .. }]));
    assert!(matches!(&net.nodes[1].events[..], [Event::OptionsReceived { .. }]));
    let named =
        Trunk { name: TrunkName("other".to_owned()), uri: "sip:nowhere.example".to_owned(), ..kept.clone() };
    net.command(0, Command::Trunks(vec![named, kept]));
    net.pass(Duration::from_secs(2));
    match &net.nodes[0].events[1..] {
        [Event::TrunkHealth { trunk, up: false, detail }] => {
            assert_eq!((trunk.0.as_str(), detail.as_str()), ("other", "name not found"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(net.count("0>1 OPTIONS"), 1);
}
