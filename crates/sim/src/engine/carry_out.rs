//! What the node wants is done.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use api::{Response, voice};
use base::TransactionId;
use call::{FunctionError, InvocationId, PlaybackError, StoreError};
use media::Clip;
use node::{Input, Output};
use serde_json::Value;
use sip::stack::{self, Transport};

use super::queue::What;
use super::{Engine, NODE, Seen};
use crate::function::Script;
use crate::shard::Later;

/// How long an object plays: `…-1500.wav` says so itself, others one second.
fn clip_millis(key: &str) -> usize {
    let stem = key.split('.').next().unwrap_or_default();
    stem.rsplit('-').next().and_then(|tail| tail.parse().ok()).unwrap_or(1_000)
}

impl Engine {
    pub(super) fn carry_out(&mut self) {
        let mut out = std::mem::take(&mut self.out);
        for output in out.drain(..) {
            self.output(output);
        }
        self.out = out;
        while let Some(meeting) = self.presence_changed.pop_first() {
            self.compare_rosters(meeting);
        }
    }

    pub(super) fn output(&mut self, output: Output) {
        match output {
            Output::Sip(output) => self.sip(output),
            Output::Media { shard, command } => self.media(shard, command),
            Output::Invoke { transaction, invocation, target, sequence, payload, timeout } => {
                let time = (self.now, self.now + timeout);
                self.checks.invoked(transaction, invocation, (&target, sequence), &payload, time);
                self.invoke(transaction, invocation, &target.function, &payload, timeout);
            }
            Output::Reply { ticket, reply } => {
                if let Ok(Response::Voice(voice::Response::UpdateSipMediaApplicationCall(answer))) = &*reply {
                    let named = answer
                        .sip_media_application_call
                        .as_ref()
                        .and_then(|call| call.transaction_id.as_ref());
                    match named.and_then(|id| id.parse().ok()) {
                        Some(call) => self.checks.accepted_update(call),
                        None => self.checks.violations.push("an accepted update names no call".into()),
                    }
                }
                if let Some(then) = self.awaited.remove(&ticket) {
                    then(&mut self.checks, &reply);
                }
                let waiting = self.replies.get_mut(&ticket);
                match waiting {
                    Some(waiting @ None) => *waiting = Some(*reply),
                    Some(Some(_)) | None => {
                        self.checks.violations.push(format!("a second reply to {ticket:?}"));
                    }
                }
            }
            Output::Browser { connection, event } => {
                let known = self.with_browser(connection, |browser, now, wants| {
                    browser.receive(now, event, wants);
                });
                if known.is_none() {
                    self.checks.violations.push(format!("{connection:?} is no connection"));
                }
            }
            Output::MeetingEvent { event, notifications: _ } => {
                self.checks.happened(&event);
                self.presence_changed.extend(event.who.is_some().then_some(event.meeting));
                if self.remember {
                    self.meeting_events.push(*event);
                }
            }
            Output::Store { write, changes } => {
                let failed = self.fails(self.faults.disk_failures);
                let outcome = if failed { Err("disk full".to_owned()) } else { Ok(()) };
                self.push_for_life(self.faults.disk, What::Stored { write, changes, outcome });
            }
            Output::WriteRecord(record) => {
                self.checks.recorded(&record);
                self.disk.call_records.entry(record.leg).or_insert(*record);
            }
            Output::WriteRelayRecord(record) => {
                self.checks.relay_recorded(&record);
                self.disk.relay_records.insert(record.transaction, *record);
            }
            Output::Journal { transaction, entries, closed } => self.journal(transaction, entries, closed),
            Output::LoadClip { playback, bucket, key } => {
                self.names.insert(playback, key.clone());
                let outcome = if key.starts_with("missing") || self.fails(self.faults.object_failures) {
                    Err(PlaybackError::ObjectNotFound(format!("{bucket}/{key}")))
                } else {
                    Ok(Arc::new(Clip::from_samples(vec![0; 8 * clip_millis(&key)])))
                };
                self.push_for_life(
                    Duration::from_millis(3),
                    What::Node(Input::ClipLoaded { playback, outcome }),
                );
            }
            Output::Speak { playback, speech } => {
                self.names.insert(playback, speech.text.clone());
                let chunk: Arc<[i16]> = vec![0; 8 * 500].into();
                if self.fails(self.faults.object_failures) {
                    let outcome = Err(PlaybackError::SpeechFailed("no voice".into()));
                    self.push_for_life(
                        Duration::from_millis(40),
                        What::Node(Input::Spoken { playback, outcome, last: true }),
                    );
                    return;
                }
                for part in 1..=2 {
                    let input = Input::Spoken { playback, outcome: Ok(chunk.clone()), last: part == 2 };
                    self.push_for_life(Duration::from_millis(40 * part), What::Node(input));
                }
            }
            Output::StoreRecording { recording, bucket, key, .. } => {
                let outcome = if self.fails(self.faults.object_failures) {
                    Err(StoreError::System("the bucket is gone".into()))
                } else {
                    self.disk.recordings.insert((bucket, key));
                    Ok(())
                };
                let after = if self.faults.coin {
                    Duration::from_micros(self.rng.below(self.faults.upload.as_micros() as u64))
                } else {
                    self.faults.upload
                };
                self.push_for_life(after, What::Node(Input::RecordingStored { recording, outcome }));
            }
            // What is on its way arrives late, as it may.
            Output::ForgetPlayback { .. } | Output::ForgetRecording { .. } => {}
        }
    }

    pub(super) fn sip(&mut self, output: stack::Output) {
        match output {
            stack::Output::Send { flow, bytes } => self.datagram(NODE, flow.remote, bytes),
            stack::Output::Open { connection, .. } => {
                // Nobody in this world takes a connection.
                self.at(Duration::from_millis(1), move |engine| {
                    engine.input(Input::Sip(stack::Input::Closed { connection }));
                });
            }
            stack::Output::Close { .. } => {}
            stack::Output::Resolve { query, host, port, .. } => {
                let candidates = host
                    .parse::<IpAddr>()
                    .map(|ip| vec![(Transport::Udp, SocketAddr::new(ip, port.unwrap_or(5060)))])
                    .unwrap_or_default();
                let input = Input::Sip(stack::Input::Resolved { query, candidates });
                self.push_for_life(Duration::from_millis(1), What::Node(input));
            }
            stack::Output::Event(_) | stack::Output::Traced { .. } => {
                self.checks.violations.push("an event of the stack left the node".into());
            }
        }
    }

    pub(super) fn media(&mut self, shard: usize, command: media::Command) {
        let playing = match &command {
            media::Command::Play { playback, .. } | media::Command::PlayLive { playback, .. } => {
                Some(*playback)
            }
            _ => None,
        };
        if let media::Command::SendDigits { stream, digits, .. } = &command
            && let Some(party) = self.shards[shard].remote_of(*stream)
        {
            self.digits.extend(digits.chars().map(|digit| (self.now, party, digit)));
        }
        let mut later = Vec::new();
        self.shards[shard].command(self.now, command, &mut later);
        for Later { at, event } in later {
            self.push_for_life(at.since(self.now), What::Node(Input::Media { shard, event }));
        }
        if let Some(playback) = playing
            && self.remember
            && let Some(party) = self.shards[shard].listener(playback)
        {
            let name = self.names.get(&playback).cloned().unwrap_or_default();
            self.heard.push((self.now, party, name));
        }
    }

    pub(super) fn invoke(
        &mut self,
        transaction: TransactionId,
        invocation: InvocationId,
        function: &str,
        payload: &str,
        timeout: Duration,
    ) {
        let name = function.rsplit(':').next().unwrap_or_default().to_owned();
        let event: Value = serde_json::from_str(payload).unwrap_or_default();
        let answer = match self.functions.get_mut(&name) {
            Some(function) => function(&event),
            None => crate::function::Answer::fails(FunctionError::NotFound(name.clone())),
        };
        if self.remember {
            self.seen.push(Seen { at: self.now, function: name, event });
        }
        for (after, request) in answer.requests {
            self.push_for_life(after, What::Requested { request: Box::new(request) });
        }
        for (after, Script(script)) in answer.meanwhile {
            self.push(after, None, What::Scripted(script));
        }
        let (after, outcome) = match answer.outcome {
            // In the very microsecond of the time limit.
            Some(outcome) if answer.latency == timeout && self.faults.coin => (timeout, outcome),
            Some(outcome) if answer.latency < timeout => (answer.latency, outcome),
            Some(_) | None => (timeout, Err(FunctionError::TimedOut)),
        };
        let input = Input::FunctionReturned { transaction, invocation, outcome };
        self.push_for_life(after, What::Node(input));
    }
}
