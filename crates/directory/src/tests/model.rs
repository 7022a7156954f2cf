//! Random operations, a store that answers in any order, fails and forgets: against a naive model that knows no store.
//!
//! The model takes each operation at the moment it is answered. That it then always says the same as the directory means
//! that no write saw what was not confirmed, and none was overtaken by another it depends on.

use std::collections::{BTreeMap, BTreeSet};

use base::Rng;
use serde_json::{Value, json};

use super::world::{Answer, CARRIER, World, host, rule_body, text};
use crate::{Route, Ticket};

const NUMBERS: [&str; 6] =
    ["+12065550100", "+12065550101", "+12065550102", "+12065550103", "+18005550100", "+15035550199"];

#[derive(Clone, Debug)]
enum Op {
    CreateApplication,
    DeleteApplication(String),
    CreateConnector,
    DeleteConnector(String),
    Order { number: &'static str, for_applications: bool },
    DeleteNumber(&'static str),
    RestoreNumber(&'static str),
    SetProduct { number: &'static str, for_applications: bool },
    Attach { connector: String, number: &'static str, force: bool },
    Detach { connector: String, number: &'static str },
    CreateRule { trigger: Trigger, application: String, disabled: bool },
    SetDisabled { rule: String, disabled: bool },
    DeleteRule(String),
    CreateGroup(String),
    EmptyGroup(String),
    DeleteGroup(String),
}

#[derive(Clone, Debug, PartialEq)]
enum Trigger {
    Number(&'static str),
    Host(String),
}

#[derive(Debug)]
struct Number {
    for_applications: bool,
    connector: Option<String>,
    deleted: bool,
}

#[derive(Debug)]
struct Rule {
    trigger: Trigger,
    application: String,
    disabled: bool,
}

#[derive(Debug, Default)]
struct Model {
    applications: BTreeSet<String>,
    connectors: BTreeSet<String>,
    numbers: BTreeMap<&'static str, Number>,
    rules: BTreeMap<String, Rule>,
    /// Group → its connector.
    groups: BTreeMap<String, Option<String>>,
}

type Verdict = Result<(), &'static str>;

impl Model {
    fn assigned(&self, number: &str) -> bool {
        self.numbers[number].connector.is_some()
            || self
                .rules
                .values()
                .any(|rule| !rule.disabled && matches!(&rule.trigger, Trigger::Number(n) if *n == number))
    }

    fn usable(&self, trigger: &Trigger) -> bool {
        match trigger {
            Trigger::Number(number) => {
                self.numbers.get(number).is_some_and(|n| n.for_applications && !n.deleted)
            }
            Trigger::Host(connector) => self.connectors.contains(connector),
        }
    }

    /// What should come of an operation; done when it succeeds. `made` is the id the directory gave out.
    fn perform(&mut self, op: &Op, made: impl FnOnce() -> String) -> Verdict {
        match op {
            Op::CreateApplication => {
                self.applications.insert(made());
            }
            Op::DeleteApplication(id) => {
                if !self.applications.contains(id) {
                    return Err("NotFoundException");
                }
                if self.rules.values().any(|rule| rule.application == *id) {
                    return Err("ConflictException");
                }
                self.applications.remove(id);
            }
            Op::CreateConnector => {
                self.connectors.insert(made());
            }
            Op::DeleteConnector(id) => {
                if !self.connectors.contains(id) {
                    return Err("NotFoundException");
                }
                let used = self.numbers.values().any(|number| number.connector.as_ref() == Some(id))
                    || self.groups.values().any(|connector| connector.as_ref() == Some(id))
                    || self.rules.values().any(|rule| rule.trigger == Trigger::Host(id.clone()));
                if used {
                    return Err("ConflictException");
                }
                self.connectors.remove(id);
            }
            Op::Order { number, for_applications } => {
                // The last one is in no carrier's pool.
                if *number != NUMBERS[5] {
                    let new = Number { for_applications: *for_applications, connector: None, deleted: false };
                    self.numbers.entry(number).or_insert(new);
                }
            }
            Op::DeleteNumber(number) => match self.numbers.get(number) {
                None => return Err("NotFoundException"),
                Some(record) if record.deleted || self.assigned(number) => return Err("BadRequestException"),
                Some(_) => self.numbers.get_mut(number).unwrap().deleted = true,
            },
            Op::RestoreNumber(number) => match self.numbers.get_mut(number) {
                None => return Err("NotFoundException"),
                Some(record) if !record.deleted => return Err("BadRequestException"),
                Some(record) => record.deleted = false,
            },
            Op::SetProduct { number, for_applications } => match self.numbers.get(number) {
                None => return Err("NotFoundException"),
                Some(record) if record.deleted => return Err("ConflictException"),
                Some(record) if record.for_applications != *for_applications && self.assigned(number) => {
                    return Err("ConflictException");
                }
                Some(_) => self.numbers.get_mut(number).unwrap().for_applications = *for_applications,
            },
            Op::Attach { connector, number, force } => {
                if !self.connectors.contains(connector) {
                    return Err("NotFoundException");
                }
                match self.numbers.get_mut(number) {
                    Some(record) if record.deleted || record.for_applications => return Err("line"),
                    Some(record) if record.connector.as_ref().is_some_and(|c| c != connector) && !force => {
                        return Err("line");
                    }
                    Some(record) => record.connector = Some(connector.clone()),
                    None => return Err("line"),
                }
            }
            Op::Detach { connector, number } => {
                if !self.connectors.contains(connector) {
                    return Err("NotFoundException");
                }
                match self.numbers.get_mut(number) {
                    Some(record) if !record.deleted && record.connector.as_ref() == Some(connector) => {
                        record.connector = None;
                    }
                    _ => return Err("line"),
                }
            }
            Op::CreateRule { trigger, application, disabled } => {
                if !self.usable(trigger) || !self.applications.contains(application) {
                    return Err("BadRequestException");
                }
                if self.rules.values().any(|rule| rule.trigger == *trigger) {
                    return Err("ConflictException");
                }
                let rule =
                    Rule { trigger: trigger.clone(), application: application.clone(), disabled: *disabled };
                self.rules.insert(made(), rule);
            }
            Op::SetDisabled { rule, disabled } => {
                let Some(present) = self.rules.get(rule) else { return Err("NotFoundException") };
                if present.disabled && !disabled && !self.usable(&present.trigger) {
                    return Err("BadRequestException");
                }
                self.rules.get_mut(rule).unwrap().disabled = *disabled;
            }
            Op::DeleteRule(rule) => match self.rules.get(rule) {
                None => return Err("NotFoundException"),
                Some(rule) if !rule.disabled => return Err("ConflictException"),
                Some(_) => {
                    self.rules.remove(rule);
                }
            },
            Op::CreateGroup(connector) => {
                if !self.connectors.contains(connector) {
                    return Err("BadRequestException");
                }
                self.groups.insert(made(), Some(connector.clone()));
            }
            Op::EmptyGroup(group) => match self.groups.get_mut(group) {
                None => return Err("NotFoundException"),
                Some(connector) => *connector = None,
            },
            Op::DeleteGroup(group) => match self.groups.get(group) {
                None => return Err("NotFoundException"),
                Some(Some(_)) => return Err("ConflictException"),
                Some(None) => {
                    self.groups.remove(group);
                }
            },
        }
        Ok(())
    }

    /// The application a carrier's call to a number reaches, or the status it is refused with.
    fn route(&self, number: &str) -> Result<&str, u16> {
        let Some(record) = self.numbers.get(number).filter(|record| !record.deleted) else { return Err(404) };
        let rule = self
            .rules
            .values()
            .find(|r| !r.disabled && matches!(&r.trigger, Trigger::Number(n) if *n == number));
        match (rule, &record.connector) {
            (Some(rule), _) => Ok(&rule.application),
            // The connectors of this story have no routes.
            (None, Some(_)) => Err(480),
            (None, None) => Err(404),
        }
    }
}

/// Ids of things that exist, existed or never did.
#[derive(Default)]
struct Ids {
    applications: Vec<String>,
    connectors: Vec<String>,
    rules: Vec<String>,
    groups: Vec<String>,
}

fn pick(rng: &mut Rng, ids: &[String]) -> String {
    match rng.below(ids.len() as u64 + 1) as usize {
        at if at < ids.len() => ids[at].clone(),
        _ => "5f2ae1b0-4d3c-4b6e-8a3e-0d7f0f4b3c11".to_owned(),
    }
}

fn any_op(rng: &mut Rng, ids: &Ids) -> Op {
    let number = NUMBERS[rng.below(NUMBERS.len() as u64) as usize];
    let coin = rng.one_in(2);
    match rng.below(22) {
        0 => Op::CreateApplication,
        1 => Op::DeleteApplication(pick(rng, &ids.applications)),
        2 => Op::CreateConnector,
        3 | 4 => Op::DeleteConnector(pick(rng, &ids.connectors)),
        5 | 6 => Op::Order { number, for_applications: coin },
        7 => Op::DeleteNumber(number),
        8 => Op::RestoreNumber(number),
        9 => Op::SetProduct { number, for_applications: coin },
        10 | 11 => Op::Attach { connector: pick(rng, &ids.connectors), number, force: coin },
        12 => Op::Detach { connector: pick(rng, &ids.connectors), number },
        13..=15 => {
            let trigger = if rng.one_in(3) {
                Trigger::Host(pick(rng, &ids.connectors))
            } else {
                Trigger::Number(number)
            };
            Op::CreateRule { trigger, application: pick(rng, &ids.applications), disabled: coin }
        }
        16 | 17 => Op::SetDisabled { rule: pick(rng, &ids.rules), disabled: coin },
        18 => Op::DeleteRule(pick(rng, &ids.rules)),
        19 => Op::CreateGroup(pick(rng, &ids.connectors)),
        20 => Op::EmptyGroup(pick(rng, &ids.groups)),
        _ => Op::DeleteGroup(pick(rng, &ids.groups)),
    }
}

fn product(for_applications: bool) -> &'static str {
    if for_applications { "SipMediaApplicationDialIn" } else { "VoiceConnector" }
}

fn send(world: &mut World, op: &Op) -> Ticket {
    let number_path = |number: &str| format!("/phone-numbers/%2B{}", &number[1..]);
    let function = "arn:aws:lambda:us-east-1:111122223333:function:f";
    match op {
        Op::CreateApplication => world.send(
            "POST /sip-media-applications",
            json!({ "AwsRegion": "us-east-1", "Name": "a", "Endpoints": [{ "LambdaArn": function }] }),
        ),
        Op::DeleteApplication(id) => world.send(&format!("DELETE /sip-media-applications/{id}"), Value::Null),
        Op::CreateConnector => {
            world.send("POST /voice-connectors", json!({ "Name": "c", "RequireEncryption": false }))
        }
        Op::DeleteConnector(id) => world.send(&format!("DELETE /voice-connectors/{id}"), Value::Null),
        Op::Order { number, for_applications } => world.send(
            "POST /phone-number-orders",
            json!({ "ProductType": product(*for_applications), "E164PhoneNumbers": [number] }),
        ),
        Op::DeleteNumber(number) => world.send(&format!("DELETE {}", number_path(number)), Value::Null),
        Op::RestoreNumber(number) => {
            world.send(&format!("POST {}?operation=restore", number_path(number)), json!({}))
        }
        Op::SetProduct { number, for_applications } => world.send(
            &format!("POST {}", number_path(number)),
            json!({ "ProductType": product(*for_applications) }),
        ),
        Op::Attach { connector, number, force } => world.send(
            &format!("POST /voice-connectors/{connector}?operation=associate-phone-numbers"),
            json!({ "E164PhoneNumbers": [number], "ForceAssociate": force }),
        ),
        Op::Detach { connector, number } => world.send(
            &format!("POST /voice-connectors/{connector}?operation=disassociate-phone-numbers"),
            json!({ "E164PhoneNumbers": [number] }),
        ),
        Op::CreateRule { trigger, application, disabled } => {
            let mut body = match trigger {
                Trigger::Number(number) => rule_body("r", "ToPhoneNumber", number, &[application]),
                Trigger::Host(connector) => {
                    rule_body("r", "RequestUriHostname", &host(connector), &[application])
                }
            };
            body["Disabled"] = json!(disabled);
            world.send("POST /sip-rules", body)
        }
        Op::SetDisabled { rule, disabled } => {
            world.send(&format!("PUT /sip-rules/{rule}"), json!({ "Name": "r", "Disabled": disabled }))
        }
        Op::DeleteRule(rule) => world.send(&format!("DELETE /sip-rules/{rule}"), Value::Null),
        Op::CreateGroup(connector) => world.send(
            "POST /voice-connector-groups",
            json!({ "Name": "g", "VoiceConnectorItems": [{ "VoiceConnectorId": connector, "Priority": 1 }] }),
        ),
        Op::EmptyGroup(group) => world.send(
            &format!("PUT /voice-connector-groups/{group}"),
            json!({ "Name": "g", "VoiceConnectorItems": [] }),
        ),
        Op::DeleteGroup(group) => world.send(&format!("DELETE /voice-connector-groups/{group}"), Value::Null),
    }
}

/// The id an answer to a creation carries.
fn made(answer: &Answer) -> Option<String> {
    [
        ("SipMediaApplication", "SipMediaApplicationId"),
        ("VoiceConnector", "VoiceConnectorId"),
        ("SipRule", "SipRuleId"),
        ("VoiceConnectorGroup", "VoiceConnectorGroupId"),
    ]
    .into_iter()
    .find_map(|(object, id)| answer.body[object][id].as_str().map(str::to_owned))
}

fn verdict(answer: &Answer) -> Result<(), String> {
    match &answer.error {
        Some(error) => Err(error.clone()),
        None if answer.body["PhoneNumberErrors"].as_array().is_some_and(|lines| !lines.is_empty()) => {
            Err("line".to_owned())
        }
        None => Ok(()),
    }
}

struct Story {
    world: World,
    model: Model,
    ids: Ids,
    pending: BTreeMap<Ticket, Op>,
    succeeded: usize,
    put_off: usize,
}

impl Story {
    fn new() -> Self {
        Self {
            world: World::new(),
            model: Model::default(),
            ids: Ids::default(),
            pending: BTreeMap::new(),
            succeeded: 0,
            put_off: 0,
        }
    }

    fn step(&mut self, rng: &mut Rng) {
        match rng.below(100) {
            0 => {
                self.world.crash();
                self.pending.clear();
            }
            1..=55 => {
                let op = any_op(rng, &self.ids);
                let ticket = send(&mut self.world, &op);
                self.pending.insert(ticket, op);
            }
            _ if !self.world.writes.is_empty() => {
                let nth = rng.below(self.world.writes.len() as u64) as usize;
                let outcome = if rng.one_in(10) { Err("no".to_owned()) } else { Ok(()) };
                self.world.store_answers_nth(nth, outcome);
            }
            _ => {}
        }
        self.put_off += usize::from(self.world.directory.pending() > self.world.writes.len());
        self.compare();
    }

    fn compare(&mut self) {
        for ticket in std::mem::take(&mut self.world.answered) {
            let answer = self.world.answer(ticket);
            let op = self.pending.remove(&ticket).unwrap();
            if answer.status == 500 {
                continue;
            }
            let id = made(&answer);
            let expected =
                self.model.perform(&op, || id.clone().expect("a creation that succeeds names its id"));
            assert_eq!(verdict(&answer), expected.map_err(str::to_owned), "{op:?} in {:?}", self.model);
            self.succeeded += usize::from(expected.is_ok());
            match (op, id) {
                (Op::CreateApplication, Some(id)) => self.ids.applications.push(id),
                (Op::CreateConnector, Some(id)) => self.ids.connectors.push(id),
                (Op::CreateRule { .. }, Some(id)) => self.ids.rules.push(id),
                (Op::CreateGroup(_), Some(id)) => self.ids.groups.push(id),
                _ => {}
            }
        }
        for number in NUMBERS {
            let found = match self.world.route(CARRIER, number, "") {
                Route::Application(call) => Ok(call.targets[0].application.clone()),
                Route::Refuse(refusal) => Err(refusal.status),
                other => panic!("{other:?}"),
            };
            assert_eq!(found, self.model.route(number).map(str::to_owned), "{number} in {:?}", self.model);
        }
        let stored: Vec<_> = self.world.stored.values().cloned().collect();
        assert_eq!(self.world.directory.tables().dump(), stored, "memory is what the store has confirmed");
    }
}

#[test]
fn the_directory_agrees_with_a_naive_model_whatever_the_store_does() {
    let (mut succeeded, mut put_off) = (0, 0);
    for seed in 0..60 {
        let mut rng = Rng::new(seed);
        let mut story = Story::new();
        for _ in 0..250 {
            story.step(&mut rng);
        }
        while !story.world.writes.is_empty() {
            story.world.store_answers(Ok(()));
            story.compare();
        }
        assert!(
            story.pending.is_empty(),
            "seed {seed}: everything is answered in the end: {:?}",
            story.pending
        );
        assert_eq!(story.world.directory.pending(), 0);
        succeeded += story.succeeded;
        put_off += story.put_off;
    }
    assert!(succeeded > 2_000 && put_off > 500, "the story is about something: {succeeded}, {put_off}");
}

#[test]
fn equal_seeds_give_equal_ids() {
    let run = || {
        let mut world = World::new();
        (world.application("a"), world.connector("c"), text(&json!("end")))
    };
    assert_eq!(run(), run());
}
