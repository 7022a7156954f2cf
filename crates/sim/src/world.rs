//! The world as stories see it: telephones, functions and connectors by name.
//!
//! ```
//! use sim::{World, play_and_get_digits, hangup, Answer};
//!
//! let world = World::new(7);
//! world.number("+12065550100", "ivr", |event| match event["InvocationEventType"].as_str() {
//!     Some("NEW_INBOUND_CALL") => Answer::actions([play_and_get_digits("menu.wav", 1)]),
//!     _ => Answer::actions([hangup("")]),
//! });
//! let call = world.phone("+15550100").dials("+12065550100");
//! call.hears("menu.wav");
//! call.presses("4");
//! call.ends();
//! assert_eq!(world.event("ivr", 2)["ActionData"]["ReceivedDigits"], "4");
//! world.end();
//! ```

use std::cell::{RefCell, RefMut};
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use base::{Timestamp, TransactionId};
use directory::JOIN_NUMBER;
use meet::ConnectionId;
use node::{Detail, NodeConfig};
use serde_json::{Value, json};

use crate::browser::{Browser, BrowserStage};
use crate::engine::{CARRIER, Engine, Faults, NODE, PBX, Voice};
use crate::function::Answer;
use crate::ua::{Change, Manners, Quirk, Stage, UaCall};

/// How long a story waits for what it expects.
const PATIENCE: Duration = Duration::from_secs(120);

/// A simulated world. Cheap to clone: all clones are the same world.
#[derive(Clone)]
pub struct World(Rc<RefCell<Engine>>);

/// A voice connector.
#[derive(Clone, Debug)]
pub struct Connector {
    /// Its id.
    pub id: String,
    /// Its ARN, for `CallAndBridge`.
    pub arn: String,
    /// Its host name, for rules and Request-URIs.
    pub host: String,
}

/// A telephone: a number behind the carrier's trunk or a customer's equipment.
#[derive(Clone)]
pub struct Phone {
    world: World,
    trunk: SocketAddr,
    number: String,
    host: String,
}

/// A meeting.
#[derive(Clone)]
pub struct Meeting {
    world: World,
    /// Its id.
    pub id: String,
}

/// Who may join a meeting.
#[derive(Clone, Debug)]
pub struct Attendee {
    /// Its id.
    pub id: String,
    /// Its way in.
    pub token: String,
}

/// A page in a browser that joins a meeting.
pub struct Tab {
    world: World,
    connection: ConnectionId,
}

/// A call as one telephone sees it.
pub struct PhoneCall {
    world: World,
    trunk: SocketAddr,
    id: String,
    number: String,
}

impl World {
    /// A good world of a seed.
    pub fn new(seed: u64) -> Self {
        Self::with(seed, Faults::default(), |_| {})
    }

    /// A world with faults, and with a say in the node's configuration.
    pub fn with(seed: u64, faults: Faults, configure: impl FnOnce(&mut NodeConfig)) -> Self {
        Self(Rc::new(RefCell::new(Engine::with(seed, faults, configure))))
    }

    /// What is behind the story.
    pub fn engine(&self) -> RefMut<'_, Engine> {
        self.0.borrow_mut()
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.engine().now
    }

    /// Puts a function where applications find it.
    pub fn function(&self, name: &str, function: impl FnMut(&Value) -> Answer + 'static) {
        self.engine().function(name, Box::new(function));
    }

    /// Makes an application that a function drives; returns its id.
    pub fn application(&self, function: &str) -> String {
        self.application_in(function, "us-east-1")
    }

    /// Makes an application in a region.
    pub fn application_in(&self, function: &str, region: &str) -> String {
        let answer = self.api(
            "POST",
            "/sip-media-applications",
            &json!({
                "AwsRegion": region, "Name": function,
                "Endpoints": [{ "LambdaArn": function_arn(function) }],
            }),
        );
        text(&answer["SipMediaApplication"]["SipMediaApplicationId"])
    }

    /// Buys a number, without any use for it yet.
    pub fn buys(&self, number: &str) {
        self.api(
            "POST",
            "/phone-number-orders",
            &json!({
                "ProductType": "SipMediaApplicationDialIn", "E164PhoneNumbers": [number],
            }),
        );
    }

    /// Makes a rule: calls of a number go to applications, the first one first.
    pub fn rule(&self, number: &str, applications: &[String]) {
        self.make_rule("ToPhoneNumber", number, applications);
    }

    /// Buys a number whose calls a function drives.
    pub fn number(
        &self,
        number: &str,
        name: &str,
        function: impl FnMut(&Value) -> Answer + 'static,
    ) -> String {
        self.function(name, function);
        let application = self.application(name);
        self.buys(number);
        self.rule(number, std::slice::from_ref(&application));
        application
    }

    /// Makes a connector whose equipment is the PBX, and which may call everywhere.
    pub fn connector(&self, name: &str) -> Connector {
        let answer =
            self.api("POST", "/voice-connectors", &json!({ "Name": name, "RequireEncryption": false }));
        let made = &answer["VoiceConnector"];
        let id = text(&made["VoiceConnectorId"]);
        self.api("PUT", &format!("/voice-connectors/{id}/origination"), &json!({ "Origination": {
            "Disabled": false, "Routes": [{ "Host": PBX.ip().to_string(), "Port": PBX.port(), "Protocol": "UDP",
                                            "Priority": 1, "Weight": 1 }] } }));
        self.api(
            "PUT",
            &format!("/voice-connectors/{id}/termination"),
            &json!({ "Termination": {
            "CallingRegions": ["US"], "CidrAllowedList": [format!("{}/32", PBX.ip())], "Disabled": false } }),
        );
        Connector { id, arn: text(&made["VoiceConnectorArn"]), host: text(&made["OutboundHostName"]) }
    }

    /// Makes a rule: calls through a connector go to an application.
    pub fn connector_rule(&self, connector: &Connector, application: &str) {
        self.make_rule("RequestUriHostname", &connector.host, &[application.to_owned()]);
    }

    /// A telephone somewhere in the world.
    pub fn phone(&self, number: &str) -> Phone {
        Phone { world: self.clone(), trunk: CARRIER, number: number.to_owned(), host: NODE.ip().to_string() }
    }

    /// A telephone behind a connector.
    pub fn extension(&self, connector: &Connector, number: &str) -> Phone {
        Phone { world: self.clone(), trunk: PBX, number: number.to_owned(), host: connector.host.clone() }
    }

    /// A telephone behind the PBX's address, whatever it is called by.
    pub fn behind_pbx(&self, number: &str) -> Phone {
        Phone { world: self.clone(), trunk: PBX, number: number.to_owned(), host: NODE.ip().to_string() }
    }

    /// Every telephone and trunk drops what is going on, as if it had been switched off.
    pub fn everybody_forgets(&self) {
        self.engine().everybody_forgets();
    }

    /// Makes an API request and waits for its answer.
    ///
    /// # Panics
    /// When it is refused.
    pub fn api(&self, method: &str, path: &str, body: &Value) -> Value {
        self.try_api(method, path, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// Makes an API request and waits for its answer or refusal.
    pub fn try_api(&self, method: &str, path: &str, body: &Value) -> Result<Value, api::Error> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let request = api::parse(method, path, query, body.as_bytes())?;
        let ticket = self.engine().request(request);
        let mut outcome = None;
        self.wait("an answer of the API", || {
            outcome = self.engine().reply(ticket);
            outcome.is_some()
        });
        let outcome = outcome.expect("waited for");
        let body = api::http::render(&outcome, "sim").body;
        outcome?;
        Ok(if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&body).expect("an answer is JSON")
        })
    }

    /// Creates a meeting.
    pub fn meeting(&self, name: &str) -> Meeting {
        let body =
            json!({ "ClientRequestToken": name, "MediaRegion": "us-east-1", "ExternalMeetingId": name });
        let answer = self.api("POST", "/meetings", &body);
        Meeting { world: self.clone(), id: text(&answer["Meeting"]["MeetingId"]) }
    }

    /// `CreateSipMediaApplicationCall` into a meeting; returns the transaction.
    pub fn creates_call_to_meeting(
        &self,
        application: &str,
        from: &str,
        meeting: &Meeting,
        token: &str,
    ) -> TransactionId {
        let answer = self.api(
            "POST",
            &format!("/sip-media-applications/{application}/calls"),
            &json!({
            "FromPhoneNumber": from, "ToPhoneNumber": JOIN_NUMBER, "SipHeaders": {
            "X-chime-join-token": token, "X-chime-meeting-id": meeting.id } }),
        );
        text(&answer["SipMediaApplicationCall"]["TransactionId"]).parse().expect("a transaction id")
    }

    /// `CreateSipMediaApplicationCall`; returns the transaction.
    pub fn creates_call(&self, application: &str, from: &str, to: &str, arguments: &Value) -> TransactionId {
        let answer = self.api(
            "POST",
            &format!("/sip-media-applications/{application}/calls"),
            &json!({
            "FromPhoneNumber": from, "ToPhoneNumber": to, "ArgumentsMap": arguments }),
        );
        text(&answer["SipMediaApplicationCall"]["TransactionId"]).parse().expect("a transaction id")
    }

    /// `UpdateSipMediaApplicationCall`.
    pub fn updates_call(
        &self,
        application: &str,
        call: TransactionId,
        arguments: &Value,
    ) -> Result<Value, api::Error> {
        let path = format!("/sip-media-applications/{application}/calls/{call}");
        self.try_api("POST", &path, &json!({ "Arguments": arguments }))
    }

    /// All events a function has seen.
    pub fn events(&self, function: &str) -> Vec<Value> {
        let engine = self.engine();
        engine.seen.iter().filter(|seen| seen.function == function).map(|seen| seen.event.clone()).collect()
    }

    /// The kinds of all events a function has seen, with the action they are about.
    pub fn story_of(&self, function: &str) -> Vec<String> {
        let kind = |event: &Value| match event["ActionData"]["Type"].as_str() {
            Some(action) => format!("{} {action}", text(&event["InvocationEventType"])),
            None => text(&event["InvocationEventType"]),
        };
        self.events(function).iter().map(kind).collect()
    }

    /// The event a function saw under a sequence number (the last attempt).
    ///
    /// # Panics
    /// When there is none.
    pub fn event(&self, function: &str, sequence: u64) -> Value {
        let events = self.events(function);
        let found = events.iter().rev().find(|event| event["Sequence"] == sequence).cloned();
        found.unwrap_or_else(|| panic!("no event {sequence} among {:#?}", self.story_of(function)))
    }

    /// Waits until a function has seen an event of a kind.
    pub fn sees(&self, function: &str, kind: &str) {
        self.wait(&format!("{function} to see {kind}"), || {
            self.events(function).iter().any(|event| event["InvocationEventType"] == kind)
        });
    }

    /// The calls a function has seen, in the order they began.
    pub fn transactions(&self, function: &str) -> Vec<TransactionId> {
        let mut calls: Vec<TransactionId> = Vec::new();
        for event in self.events(function) {
            let call = text(&event["CallDetails"]["TransactionId"]).parse().expect("a transaction id");
            if !calls.contains(&call) {
                calls.push(call);
            }
        }
        calls
    }

    /// Lets time pass.
    pub fn passes(&self, time: Duration) {
        let until = self.now() + time;
        self.run_until(until);
    }

    /// The node dies and starts again.
    pub fn crashes(&self) {
        self.engine().crash();
    }

    /// Waits until something holds.
    ///
    /// # Panics
    /// When it does not hold in time; with the ladder of every call that is not over.
    pub fn wait(&self, what: &str, mut holds: impl FnMut() -> bool) {
        let until = self.now() + PATIENCE;
        while !holds() {
            let next = self.engine().next_at();
            if next.is_none_or(|next| next > until) {
                panic!("waited in vain for {what}\n{}", self.engine().ladders(Detail::Brief));
            }
            self.engine().step();
        }
    }

    /// Ends the story: everybody has hung up; waits until all is quiet and checks that nothing is left.
    ///
    /// # Panics
    /// On any violation, with the ladders.
    pub fn end(self) {
        self.passes(Duration::from_secs(200));
        let violations = self.engine().verdict();
        assert!(violations.is_empty(), "{}\n{}", violations.join("\n"), self.engine().ladders(Detail::Brief));
    }

    fn run_until(&self, until: Timestamp) {
        self.engine().run_until(until);
    }

    fn make_rule(&self, trigger: &str, value: &str, applications: &[String]) {
        let targets: Vec<Value> = applications
            .iter()
            .zip(1..)
            .map(|(id, priority)| {
                let answer = self.api("GET", &format!("/sip-media-applications/{id}"), &Value::Null);
                let region = &answer["SipMediaApplication"]["AwsRegion"];
                json!({ "SipMediaApplicationId": id, "Priority": priority, "AwsRegion": region })
            })
            .collect();
        self.api(
            "POST",
            "/sip-rules",
            &json!({
            "Name": "rule", "TriggerType": trigger, "TriggerValue": value, "Disabled": false,
            "TargetApplications": targets }),
        );
    }
}

impl Meeting {
    /// Creates an attendee.
    pub fn attendee(&self, name: &str) -> Attendee {
        let path = format!("/meetings/{}/attendees", self.id);
        let answer = self.world.api("POST", &path, &json!({ "ExternalUserId": name }));
        let made = &answer["Attendee"];
        Attendee { id: text(&made["AttendeeId"]), token: text(&made["JoinToken"]) }
    }

    /// Deletes an attendee.
    pub fn removes(&self, attendee: &Attendee) {
        let path = format!("/meetings/{}/attendees/{}", self.id, attendee.id);
        self.world.api("DELETE", &path, &Value::Null);
    }

    /// Deletes the meeting.
    pub fn ends(&self) {
        self.world.api("DELETE", &format!("/meetings/{}", self.id), &Value::Null);
    }

    /// A page joins as an attendee.
    pub fn joined_by(&self, attendee: &Attendee) -> Tab {
        let meeting = self.id.parse().expect("a meeting id");
        let connection = self.world.engine().browse(Some(meeting), &attendee.token);
        Tab { world: self.world.clone(), connection }
    }
}

impl Tab {
    /// Waits until its audio is connected.
    pub fn is_in(&self) {
        self.world.wait("a browser to be in its meeting", || {
            let engine = self.world.engine();
            engine.member_of(self.connection).is_some_and(|member| engine.is_connected(member))
        });
    }

    /// Whose voices it hears.
    pub fn hears(&self) -> BTreeSet<Voice> {
        let engine = self.world.engine();
        engine.member_of(self.connection).map(|member| engine.heard_by_browser(member)).unwrap_or_default()
    }

    /// Its voice.
    pub fn voice(&self) -> Voice {
        let member = self.world.engine().member_of(self.connection);
        Voice::Browser(member.expect("it has a session"))
    }

    /// Waits until it shows exactly these attendees.
    pub fn shows(&self, attendees: &[&Attendee]) {
        let expected: BTreeSet<String> = attendees.iter().map(|attendee| attendee.id.clone()).collect();
        self.world.wait(&format!("a browser to show {} attendees", attendees.len()), || {
            self.roster().keys().cloned().collect::<BTreeSet<_>>() == expected
        });
    }

    /// The attendees it shows, and whether each is muted.
    pub fn roster(&self) -> BTreeMap<String, bool> {
        let engine = self.world.engine();
        engine.browsers.get(&self.connection).into_iter().flat_map(|b| b.roster.values().cloned()).collect()
    }

    /// Mutes itself, or not any more.
    pub fn mutes(&self, muted: bool) {
        self.world.engine().with_browser(self.connection, |browser, now, wants| {
            browser.mute(now, muted, wants);
        });
        self.world.passes(Duration::from_millis(10));
    }

    /// Leaves.
    pub fn leaves(&self) {
        self.world.engine().with_browser(self.connection, |browser, now, wants| browser.leave(now, wants));
    }

    /// Its connection breaks.
    pub fn is_cut_off(&self) {
        self.world.engine().cut(self.connection);
    }

    /// Waits until it is told that it is over with a status, and has gone.
    pub fn is_sent_away_with(&self, status: u32) {
        self.world.wait(&format!("a browser to be sent away with {status}"), || {
            self.look(|browser| browser.status == Some(status) && browser.stage == BrowserStage::Gone)
        });
    }

    /// Waits until its connection is closed with a code.
    pub fn is_closed_with(&self, code: u16) {
        self.world.wait(&format!("a browser's connection to be closed with {code}"), || {
            self.look(|browser| browser.closed == Some(code))
        });
    }

    fn look<T: Default>(&self, look: impl FnOnce(&Browser) -> T) -> T {
        self.world.engine().browsers.get(&self.connection).map(look).unwrap_or_default()
    }
}

impl Phone {
    /// How it meets calls.
    pub fn has_manners(&self, manners: Manners) -> &Self {
        let mut engine = self.world.engine();
        if let Some(ua) = engine.uas.get_mut(&self.trunk) {
            ua.manners.insert(self.number.clone(), manners);
        }
        drop(engine);
        self
    }

    /// Names another host in its Request-URIs.
    pub fn calls_host(&mut self, host: &str) {
        self.host = host.to_owned();
    }

    /// Calls a number.
    pub fn dials(&self, number: &str) -> PhoneCall {
        self.dials_with(number, &[])
    }

    /// Calls a number without saying where its audio is: that comes with the ACK.
    pub fn dials_without_offer(&self, number: &str) -> PhoneCall {
        self.place(number, &[], (Manners::default(), true))
    }

    /// Calls a number, speaking A-law only.
    pub fn dials_in_alaw(&self, number: &str) -> PhoneCall {
        self.place(number, &[], (Manners { alaw: true, ..Manners::default() }, false))
    }

    /// Calls a number, peculiar as it is.
    pub fn dials_as(&self, number: &str, quirk: Quirk) -> PhoneCall {
        self.place(number, &[], (Manners { quirk, ..Manners::default() }, false))
    }

    /// Calls a number, with headers.
    pub fn dials_with(&self, number: &str, headers: &[(&str, &str)]) -> PhoneCall {
        self.place(number, headers, (Manners::default(), false))
    }

    fn place(&self, number: &str, headers: &[(&str, &str)], how: (Manners, bool)) -> PhoneCall {
        let headers: Vec<(String, String)> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let way = (self.number.as_str(), number, self.host.as_str());
        let mut engine = self.world.engine();
        let id = engine.with_ua(self.trunk, |ua, now, wants| ua.dial(now, way, &headers, how, wants));
        drop(engine);
        self.call(id.expect("a trunk"))
    }

    /// Waits until it is called, and returns the newest call.
    pub fn rings(&self) -> PhoneCall {
        let mut found = None;
        self.world.wait(&format!("{} to ring", self.number), || {
            let engine = self.world.engine();
            found = engine.uas.get(&self.trunk).and_then(|ua| {
                let live = |call: &&UaCall| {
                    !call.outgoing && call.number == self.number && call.stage != Stage::Over
                };
                ua.calls.values().rfind(live).map(|call| call.id.clone())
            });
            found.is_some()
        });
        self.call(found.expect("waited for"))
    }

    /// How often it was called.
    pub fn times_called(&self) -> usize {
        let engine = self.world.engine();
        let calls = engine.uas.get(&self.trunk).into_iter().flat_map(|ua| ua.calls.values());
        calls.filter(|call| !call.outgoing && call.number == self.number).count()
    }

    fn call(&self, id: String) -> PhoneCall {
        PhoneCall { world: self.world.clone(), trunk: self.trunk, id, number: self.number.clone() }
    }
}

impl PhoneCall {
    /// The call as the telephone sees it.
    pub fn look(&self) -> UaCall {
        let engine = self.world.engine();
        engine.uas.get(&self.trunk).and_then(|ua| ua.calls.get(&self.id)).cloned().expect("the call")
    }

    /// A header of the INVITE that reached it.
    pub fn header(&self, name: &str) -> Option<String> {
        crate::text::Message(&self.look().invite).header(name).map(str::to_owned)
    }

    /// Waits until it is answered.
    pub fn is_up(&self) {
        self.world.wait(&format!("{} to be answered", self.number), || self.look().stage == Stage::Up);
    }

    /// Waits until it hears the beginning of something.
    pub fn hears(&self, name: &str) {
        let rtp = self.look().rtp;
        self.world.wait(&format!("{} to hear {name}", self.number), || {
            self.world.engine().heard.iter().any(|(_, party, heard)| *party == rtp && heard == name)
        });
    }

    /// Whether it has ever heard the beginning of something.
    pub fn has_heard(&self, name: &str) -> bool {
        let rtp = self.look().rtp;
        self.world.engine().heard.iter().any(|(_, party, heard)| *party == rtp && heard == name)
    }

    /// Waits until the two parties hear each other.
    pub fn talks_to(&self, other: &PhoneCall) {
        let (here, there) = (self.look().rtp, other.look().rtp);
        self.world.wait(&format!("{} and {} to hear each other", self.number, other.number), || {
            let engine = self.world.engine();
            engine.heard_by(here) == BTreeSet::from([Voice::Party(there)])
                && engine.heard_by(there) == BTreeSet::from([Voice::Party(here)])
        });
    }

    /// Whose voices it hears.
    pub fn hears_voices(&self) -> BTreeSet<Voice> {
        let here = self.look().rtp;
        self.world.engine().heard_by(here)
    }

    /// Its voice.
    pub fn voice(&self) -> Voice {
        Voice::Party(self.look().rtp)
    }

    /// Whether it hears nobody's voice.
    pub fn is_alone(&self) -> bool {
        let here = self.look().rtp;
        self.world.engine().heard_by(here).is_empty()
    }

    /// Presses keys, 200 ms apart.
    pub fn presses(&self, digits: &str) {
        let rtp = self.look().rtp;
        for digit in digits.chars() {
            self.world.engine().press(rtp, digit);
            self.world.passes(Duration::from_millis(200));
        }
    }

    /// Presses a key whose digit travels by INFO.
    pub fn presses_by_info(&self, digit: char) {
        self.world.engine().with_ua(self.trunk, |ua, _, wants| ua.info_digit(&self.id, digit, wants));
        self.world.passes(Duration::from_millis(200));
    }

    /// The digits that have reached it.
    pub fn digits(&self) -> String {
        let rtp = self.look().rtp;
        self.world
            .engine()
            .digits
            .iter()
            .filter(|(_, party, _)| *party == rtp)
            .map(|(_, _, digit)| digit)
            .collect()
    }

    /// Moves its audio to another port.
    pub fn moves_its_audio(&self) {
        self.world
            .engine()
            .with_ua(self.trunk, |ua, now, wants| ua.change(now, &self.id, Change::Move, wants));
        self.world.passes(Duration::from_millis(200));
    }

    /// Hangs up, or gives up.
    pub fn hangs_up(&self) {
        self.world.engine().with_ua(self.trunk, |ua, now, wants| ua.hang_up(now, &self.id, wants));
    }

    /// Waits until it is over.
    pub fn ends(&self) {
        self.world.wait(&format!("the call of {} to end", self.number), || self.look().stage == Stage::Over);
    }

    /// Waits until it is over and returns the final status of its INVITE.
    pub fn ends_with(&self, status: u16) {
        self.ends();
        assert_eq!(self.look().status, Some(status), "the call of {}", self.number);
    }
}

/// The ARN under which applications find a function.
pub fn function_arn(name: &str) -> String {
    format!("arn:aws:lambda:us-east-1:111122223333:function:{name}")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
