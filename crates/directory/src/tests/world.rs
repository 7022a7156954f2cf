//! A directory with a store and a clock.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use api::http::render;
use base::Timestamp;
use serde_json::{Value, json};

use crate::{
    CallOrder, Carrier, Change, Config, Directory, Entropy, Inbound, Kind, MeetingChange, Output, Protocol,
    Record, Reply, Route, Ticket, UpdateOrder, WriteId,
};

/// What an API caller gets.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) error: Option<String>,
    pub(super) body: Value,
}

impl Answer {
    #[track_caller]
    pub(super) fn ok(self) -> Value {
        assert!(self.status < 300, "{self:?}");
        self.body
    }

    #[track_caller]
    pub(super) fn refused(&self, exception: &str) -> &Self {
        assert_eq!(self.error.as_deref(), Some(exception), "{self:?}");
        self
    }

    #[track_caller]
    pub(super) fn with_code(&self, code: &str) {
        assert_eq!(self.body["Code"], code, "{self:?}");
    }
}

/// A call handed to whoever owns calls.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Order {
    Place(CallOrder),
    Update(UpdateOrder),
}

pub(super) struct World {
    pub(super) directory: Directory,
    pub(super) config: Config,
    pub(super) now: Timestamp,
    /// What the store holds.
    pub(super) stored: BTreeMap<(Kind, String), Record>,
    /// Writes the store has not answered yet.
    pub(super) writes: VecDeque<(WriteId, Vec<Change>)>,
    pub(super) answers: BTreeMap<Ticket, Answer>,
    /// Tickets in the order of their answers.
    pub(super) answered: Vec<Ticket>,
    pub(super) orders: BTreeMap<Ticket, Order>,
    /// What became of meetings.
    pub(super) changes: Vec<MeetingChange>,
    next_ticket: u64,
}

/// A carrier at 198.51.100.0/24 that takes every number and offers two dozen.
pub(super) fn telco() -> Carrier {
    Carrier {
        name: "telco".into(),
        uri: "sip:sbc.example.net".into(),
        prefixes: vec!["+".into()],
        sources: vec!["198.51.100.0/24".parse().unwrap()],
        numbers: vec![
            "+12065550100-+12065550119".parse().unwrap(),
            "+18005550100".parse().unwrap(),
            "+442079460000-+442079460002".parse().unwrap(),
        ],
        ..Carrier::default()
    }
}

pub(super) const CARRIER: &str = "198.51.100.7";

impl World {
    pub(super) fn new() -> Self {
        Self::with(Config { carriers: vec![telco()], seed: 7, ..Config::default() })
    }

    pub(super) fn with(config: Config) -> Self {
        Self {
            directory: Directory::load(config.clone(), []).unwrap(),
            config,
            now: Timestamp::from_millis(1_700_000_000_000),
            stored: BTreeMap::new(),
            writes: VecDeque::new(),
            answers: BTreeMap::new(),
            answered: Vec::new(),
            orders: BTreeMap::new(),
            changes: Vec::new(),
            next_ticket: 0,
        }
    }

    /// Sends `METHOD /path?query` and lets the store answer everything.
    #[track_caller]
    pub(super) fn ask(&mut self, request: &str, body: Value) -> Answer {
        let ticket = self.send(request, body);
        self.settle();
        self.answer(ticket)
    }

    #[track_caller]
    pub(super) fn get(&mut self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), Value::Null)
    }

    #[track_caller]
    pub(super) fn post(&mut self, path: &str, body: Value) -> Answer {
        self.ask(&format!("POST {path}"), body)
    }

    #[track_caller]
    pub(super) fn put(&mut self, path: &str, body: Value) -> Answer {
        self.ask(&format!("PUT {path}"), body)
    }

    #[track_caller]
    pub(super) fn delete(&mut self, path: &str) -> Answer {
        self.ask(&format!("DELETE {path}"), Value::Null)
    }

    /// Sends a request; what it wants stored stays with the store.
    #[track_caller]
    pub(super) fn send(&mut self, request: &str, body: Value) -> Ticket {
        let ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        let (method, target) = request.split_once(' ').unwrap();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let body = if body.is_null() { Vec::new() } else { serde_json::to_vec(&body).unwrap() };
        match api::parse(method, path, query, &body) {
            Ok(request) => {
                let mut out = Vec::new();
                let entropy = Entropy([ticket.0 as u8; 32]);
                self.directory.handle(self.now, ticket, Box::new(request), entropy, &mut out);
                self.take(out);
            }
            Err(error) => self.reply(ticket, &Err(error)),
        }
        ticket
    }

    pub(super) fn take(&mut self, out: Vec<Output>) {
        for output in out {
            match output {
                Output::Reply { ticket, reply } => self.reply(ticket, &reply),
                Output::Store { write, changes } => self.writes.push_back((write, changes)),
                Output::PlaceCall { ticket, order } => {
                    self.orders.insert(ticket, Order::Place(order));
                }
                Output::UpdateCall { ticket, order } => {
                    self.orders.insert(ticket, Order::Update(order));
                }
                Output::Meeting(change) => self.changes.push(change),
            }
        }
    }

    fn reply(&mut self, ticket: Ticket, reply: &Reply) {
        let raw = render(reply, "id");
        let error =
            raw.headers.iter().find(|(name, _)| *name == "x-amzn-errortype").map(|(_, value)| value.clone());
        let body = if raw.body.is_empty() { Value::Null } else { serde_json::from_slice(&raw.body).unwrap() };
        let before = self.answers.insert(ticket, Answer { status: raw.status, error, body });
        assert_eq!(before, None, "a request is answered once");
        self.answered.push(ticket);
    }

    #[track_caller]
    pub(super) fn answer(&self, ticket: Ticket) -> Answer {
        self.answers.get(&ticket).cloned().expect("the request is answered")
    }

    pub(super) fn is_answered(&self, ticket: Ticket) -> bool {
        self.answers.contains_key(&ticket)
    }

    /// The store answers its oldest write.
    pub(super) fn store_answers(&mut self, outcome: Result<(), String>) {
        self.store_answers_nth(0, outcome);
    }

    /// The store answers one of its writes.
    pub(super) fn store_answers_nth(&mut self, nth: usize, outcome: Result<(), String>) {
        let (write, changes) = self.writes.remove(nth).expect("a write waits for the store");
        if outcome.is_ok() {
            for Change { kind, id, revision, json } in changes {
                let key = (kind, id.clone());
                let present = self.stored.get(&key).map_or(0, |record| record.revision);
                assert_eq!(revision, present + 1, "revisions count up");
                match json {
                    Some(json) => self.stored.insert(key, Record { kind, id, revision, json }),
                    None => self.stored.remove(&key),
                };
            }
        }
        let mut out = Vec::new();
        self.directory.confirmed(self.now, write, outcome, &mut out);
        self.take(out);
    }

    /// The store answers everything.
    pub(super) fn settle(&mut self) {
        while !self.writes.is_empty() {
            self.store_answers(Ok(()));
        }
    }

    /// The node dies and starts again over what the store holds.
    pub(super) fn crash(&mut self) {
        self.writes.clear();
        self.directory = Directory::load(self.config.clone(), self.stored.values().cloned()).unwrap();
    }

    /// Time passes; deadlines on the way are kept.
    pub(super) fn wait(&mut self, duration: Duration) {
        let until = self.now + duration;
        while let Some((at, _)) = self.directory.deadline().filter(|(at, _)| *at <= until) {
            self.now = at.max(self.now);
            let mut out = Vec::new();
            self.directory.woken(self.now, &mut out);
            self.take(out);
            self.settle();
        }
        self.now = until;
    }

    pub(super) fn application(&mut self, name: &str) -> String {
        self.application_in("us-east-1", name)
    }

    pub(super) fn application_in(&mut self, region: &str, name: &str) -> String {
        let function = format!("arn:aws:lambda:{region}:111122223333:function:{name}");
        let body = json!({ "AwsRegion": region, "Name": name, "Endpoints": [{ "LambdaArn": function }] });
        let made = self.post("/sip-media-applications", body).ok();
        text(&made["SipMediaApplication"]["SipMediaApplicationId"])
    }

    /// Orders a number for applications.
    pub(super) fn number(&mut self, number: &str) {
        self.order("SipMediaApplicationDialIn", number);
    }

    pub(super) fn order(&mut self, product: &str, number: &str) {
        let body = json!({ "ProductType": product, "E164PhoneNumbers": [number] });
        self.post("/phone-number-orders", body).ok();
        let status = self.get(&format!("/phone-numbers/%2B{}", &number[1..])).ok();
        assert_eq!(status["PhoneNumber"]["Status"], "Unassigned");
    }

    pub(super) fn rule(&mut self, kind: &str, value: &str, applications: &[&str]) -> String {
        let made = self.post("/sip-rules", rule_body("rule", kind, value, applications)).ok();
        text(&made["SipRule"]["SipRuleId"])
    }

    pub(super) fn meeting(&mut self, token: &str) -> String {
        let made = self.post("/meetings", meeting_body(token)).ok();
        text(&made["Meeting"]["MeetingId"])
    }

    /// Makes an attendee; returns its id.
    pub(super) fn attendee(&mut self, meeting: &str, user: &str) -> String {
        let made =
            self.post(&format!("/meetings/{meeting}/attendees"), json!({ "ExternalUserId": user })).ok();
        text(&made["Attendee"]["AttendeeId"])
    }

    pub(super) fn connector(&mut self, name: &str) -> String {
        let made = self.post("/voice-connectors", json!({ "Name": name, "RequireEncryption": false })).ok();
        text(&made["VoiceConnector"]["VoiceConnectorId"])
    }

    /// A connector whose equipment sits at 192.0.2.10 and may call the United States.
    pub(super) fn trunk(&mut self, name: &str) -> String {
        let id = self.connector(name);
        let termination =
            json!({ "Termination": { "CallingRegions": ["US"], "CidrAllowedList": ["192.0.2.10/32"] } });
        self.put(&format!("/voice-connectors/{id}/termination"), termination).ok();
        let routes = json!({ "Origination": { "Routes": [
            { "Host": "pbx.example.com", "Protocol": "UDP", "Priority": 1, "Weight": 1 },
        ] } });
        self.put(&format!("/voice-connectors/{id}/origination"), routes).ok();
        id
    }

    /// Where a plain INVITE goes.
    pub(super) fn route(&mut self, source: &str, user: &str, host: &str) -> Route {
        self.route_with(Invite { source, user, host, ..Invite::default() })
    }

    pub(super) fn route_with(&mut self, invite: Invite<'_>) -> Route {
        let owned = |pairs: &[(&str, &str)]| -> Vec<_> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let (headers, parameters) = (owned(invite.headers), owned(invite.parameters));
        let now = self.now;
        let inbound = Inbound {
            source: invite.source.parse().unwrap(),
            protocol: invite.protocol,
            user: invite.user,
            host: invite.host,
            parameters: &parameters,
            from: invite.from,
            headers: &headers,
            bodies: invite.bodies,
        };
        self.directory.route_inbound(now, &inbound, invite.digest)
    }
}

/// An INVITE, the usual one unless said otherwise.
pub(super) struct Invite<'a> {
    pub(super) source: &'a str,
    pub(super) protocol: Protocol,
    pub(super) user: &'a str,
    pub(super) host: &'a str,
    pub(super) from: &'a str,
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) parameters: &'a [(&'a str, &'a str)],
    pub(super) bodies: &'a [&'a str],
    pub(super) digest: Option<crate::Digest<'a>>,
}

impl Default for Invite<'_> {
    fn default() -> Self {
        Self {
            source: CARRIER,
            protocol: Protocol::Udp,
            user: "+12065550100",
            host: "203.0.113.7",
            from: "+15035550177",
            headers: &[],
            parameters: &[],
            bodies: &[],
            digest: None,
        }
    }
}

pub(super) fn rule_body(name: &str, kind: &str, value: &str, applications: &[&str]) -> Value {
    let targets: Vec<_> = applications
        .iter()
        .zip(1..)
        .map(|(id, priority)| json!({ "SipMediaApplicationId": id, "Priority": priority }))
        .collect();
    json!({ "Name": name, "TriggerType": kind, "TriggerValue": value, "TargetApplications": targets })
}

pub(super) fn meeting_body(token: &str) -> Value {
    json!({ "ClientRequestToken": token, "MediaRegion": "us-east-1", "ExternalMeetingId": "stand-up" })
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

pub(super) fn host(connector: &str) -> String {
    format!("{connector}.voiceconnector.chime.aws")
}
