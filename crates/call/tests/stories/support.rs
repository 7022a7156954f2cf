//! Tells a call as a story: what the world does, what the function is told and answers, what the call wants.
//!
//! Every step checks what holds for every call: one invocation in flight, `Sequence` without gaps, one record per
//! leg, nothing after `Finish`. A story that ended is replayed.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{LegId, Rng, Timestamp, TransactionId};
use call::{
    AudioSource, Call, CallRecord, DialRefusal, DialTarget, Effect, Event, FunctionError, InvocationId,
    Limits, Line, ModificationId, Origin, PlaybackError, PlaybackId, RecordingId, SendingId, Setup,
    StoreError, Target, Times, replay,
};
use serde_json::{Value, json};

pub(crate) const CALLER: &str = "+15550100";
pub(crate) const CALLED: &str = "+15550199";

pub(crate) struct Story {
    pub(crate) call: Call,
    pub(crate) now: Timestamp,
    pub(crate) setup: Setup,
    pub(crate) began: Timestamp,
    /// Every step so far: when, what, and what came of it.
    pub(crate) journal: Vec<(Timestamp, Event, Vec<Effect>)>,
    pub(crate) first: Vec<Effect>,
    /// Effects not yet looked at, in words.
    wants: Vec<String>,
    pub(crate) logs: Vec<String>,
    pub(crate) records: Vec<CallRecord>,
    pub(crate) invocation: Option<Invocation>,
    last_sequence: u64,
    pub(crate) legs: BTreeMap<&'static str, LegId>,
    finished: bool,
}

#[derive(Clone)]
pub(crate) struct Invocation {
    pub(crate) id: InvocationId,
    pub(crate) target: Target,
    pub(crate) event: Value,
    pub(crate) timeout: Duration,
    /// When its answer counts as late.
    pub(crate) until: Timestamp,
    seen: bool,
}

pub(crate) fn target(name: &str) -> Target {
    Target {
        application: format!("{name}-0000"),
        region: "us-east-1".into(),
        function: format!("arn:aws:lambda:us-east-1:111122223333:function:{name}"),
    }
}

pub(crate) fn inbound() -> Setup {
    let mut rng = Rng::new(7);
    Setup {
        transaction: TransactionId::random(&mut rng),
        leg_a: LegId::random(&mut rng),
        seed: 1_234,
        account: "111122223333".into(),
        origin: Origin::Inbound {
            rule: "rule-1".into(),
            from: CALLER.into(),
            to: CALLED.into(),
            sip_headers: Vec::new(),
            targets: vec![target("sma")],
        },
        limits: Limits::default(),
    }
}

pub(crate) fn outbound(arguments: Value) -> Setup {
    let origin = Origin::Outbound {
        target: target("sma"),
        from: CALLED.into(),
        to: "+17035550122".into(),
        arguments: arguments.as_object().cloned().unwrap(),
        sip_headers: vec![("X-chime-join-token".into(), "secret".into())],
    };
    Setup { origin, ..inbound() }
}

impl Story {
    pub(crate) fn of(setup: Setup) -> Self {
        let began = Timestamp::from_millis(1_646_700_949_660);
        let mut effects = Vec::new();
        let call = Call::new(began, setup.clone(), &mut effects);
        let mut story = Self {
            call,
            now: began,
            began,
            journal: Vec::new(),
            first: effects.clone(),
            wants: Vec::new(),
            logs: Vec::new(),
            records: Vec::new(),
            invocation: None,
            last_sequence: 0,
            legs: BTreeMap::from([("A", setup.leg_a)]),
            finished: false,
            setup,
        };
        story.take_note(&effects);
        story
    }

    /// An inbound call.
    pub(crate) fn inbound() -> Self {
        Self::of(inbound())
    }

    /// An inbound call whose function answered the first event with these actions.
    pub(crate) fn answered(actions: Value) -> Self {
        let mut story = Self::inbound();
        story.wants(["Ring A"]);
        story.told("NEW_INBOUND_CALL");
        story.answers(actions);
        story
    }

    /// An inbound call that is bridged; both the bridge's success and its answer are through.
    pub(crate) fn bridged() -> Self {
        let mut story = Self::answered(json!([bridge()]));
        story.picks_up("B");
        story.told("ACTION_SUCCESSFUL");
        story.answers(json!([]));
        story.forget();
        story
    }

    /// An inbound call that is in a meeting; both the success and its answer are through.
    pub(crate) fn joined() -> Self {
        let mut story = Self::answered(json!([join()]));
        story.picks_up("B");
        story.told("ACTION_SUCCESSFUL");
        story.answers(json!([]));
        story.forget();
        story
    }

    // What the world does.

    pub(crate) fn happens(&mut self, event: Event) -> &mut Self {
        assert!(!self.finished, "{event:?} after the end");
        let mut effects = Vec::new();
        self.call.handle(self.now, event.clone(), &mut effects);
        self.take_note(&effects);
        self.journal.push((self.now, event, effects));
        if let Some((at, why)) = self.call.deadline() {
            assert!(at > self.now || !self.call.is_finished(), "{why} is overdue");
        }
        self
    }

    pub(crate) fn leg(&self, tag: &str) -> LegId {
        self.legs[tag]
    }

    pub(crate) fn id(&self, tag: &str) -> String {
        self.leg(tag).to_string()
    }

    pub(crate) fn picks_up(&mut self, tag: &str) -> &mut Self {
        self.happens(Event::Answered { leg: self.leg(tag) })
    }

    pub(crate) fn rings(&mut self, tag: &str, early_media: bool) -> &mut Self {
        self.happens(Event::Progressed { leg: self.leg(tag), early_media })
    }

    pub(crate) fn hangs_up(&mut self, tag: &str) -> &mut Self {
        self.happens(Event::Ended { leg: self.leg(tag), code: 0 })
    }

    pub(crate) fn refuses(&mut self, tag: &str, code: u16) -> &mut Self {
        self.happens(Event::Ended { leg: self.leg(tag), code })
    }

    pub(crate) fn cannot_be_dialled(&mut self, tag: &str, refusal: DialRefusal) -> &mut Self {
        self.happens(Event::DialRefused { leg: self.leg(tag), refusal })
    }

    pub(crate) fn presses(&mut self, tag: &str, digits: &str) -> &mut Self {
        for digit in digits.chars() {
            self.happens(Event::DigitReceived { leg: self.leg(tag), digit });
        }
        self
    }

    pub(crate) fn played(&mut self, playback: u32) -> &mut Self {
        self.happens(Event::PlaybackEnded { playback: PlaybackId(playback), outcome: Ok(()) })
    }

    pub(crate) fn cannot_be_played(&mut self, playback: u32, error: PlaybackError) -> &mut Self {
        self.happens(Event::PlaybackEnded { playback: PlaybackId(playback), outcome: Err(error) })
    }

    pub(crate) fn sent(&mut self, sending: u32) -> &mut Self {
        self.happens(Event::DigitsSent { sending: SendingId(sending) })
    }

    pub(crate) fn silent(&mut self, recording: u32) -> &mut Self {
        self.happens(Event::SilenceDetected { recording: RecordingId(recording) })
    }

    pub(crate) fn stored(&mut self, recording: u32) -> &mut Self {
        self.happens(Event::RecordingStored { recording: RecordingId(recording), outcome: Ok(()) })
    }

    pub(crate) fn not_stored(&mut self, recording: u32, error: StoreError) -> &mut Self {
        self.happens(Event::RecordingStored { recording: RecordingId(recording), outcome: Err(error) })
    }

    pub(crate) fn modified(&mut self, request: u32) -> &mut Self {
        self.happens(Event::AttendeesModified { request: ModificationId(request), outcome: Ok(()) })
    }

    pub(crate) fn not_modified(&mut self, request: u32, strangers: &[&str]) -> &mut Self {
        let strangers = strangers.iter().map(ToString::to_string).collect();
        self.happens(Event::AttendeesModified { request: ModificationId(request), outcome: Err(strangers) })
    }

    pub(crate) fn is_updated(&mut self, arguments: Value) -> &mut Self {
        assert!(self.call.is_live(), "an update of a dead call is a 404");
        self.happens(Event::UpdateRequested { arguments: arguments.as_object().cloned().unwrap() })
    }

    /// Lets time pass; timers fire on the way, each at its moment.
    pub(crate) fn passes(&mut self, time: Duration) -> &mut Self {
        let end = self.now + time;
        while let Some((at, _)) = self.call.deadline()
            && at <= end
        {
            self.now = at.max(self.now);
            self.happens(Event::Woken);
            if self.finished {
                break;
            }
        }
        self.now = end;
        self
    }

    pub(crate) fn ms(&mut self, millis: u64) -> &mut Self {
        self.passes(Duration::from_millis(millis))
    }

    pub(crate) fn secs(&mut self, seconds: u64) -> &mut Self {
        self.passes(Duration::from_secs(seconds))
    }

    // What the function is told, and answers.

    /// The invocation under way is of this type; each is looked at once.
    #[track_caller]
    pub(crate) fn told(&mut self, event_type: &str) -> Value {
        let Some(invocation) = &mut self.invocation else {
            panic!("expected {event_type}, but no invocation is under way; wants {:?}", self.wants);
        };
        assert!(
            !invocation.seen,
            "expected another event, {event_type}; still under way: {}",
            invocation.event
        );
        invocation.seen = true;
        assert_eq!(invocation.event["InvocationEventType"], event_type, "{}", invocation.event);
        invocation.event.clone()
    }

    /// The same, and its `ActionData` has this type; returns `ActionData`.
    #[track_caller]
    pub(crate) fn told_of(&mut self, event_type: &str, action: &str) -> Value {
        let event = self.told(event_type);
        assert_eq!(event["ActionData"]["Type"], action, "{event}");
        event["ActionData"].clone()
    }

    /// `ACTION_FAILED` of this action with this error.
    #[track_caller]
    pub(crate) fn told_failed(&mut self, action: &str, error_type: &str, message: &str) -> Value {
        let data = self.told_of("ACTION_FAILED", action);
        assert_eq!(data["ErrorType"], error_type, "{data}");
        assert_eq!(data["ErrorMessage"], message, "{data}");
        data
    }

    /// `HANGUP` of this leg with this code; returns the participants as `A Connected, B Disconnected`.
    #[track_caller]
    pub(crate) fn told_hangup(&mut self, tag: &str, code: u16) -> String {
        let event = self.told("HANGUP");
        let expected = json!({"Type": "Hangup", "Parameters": {
            "SipResponseCode": code, "CallId": self.id(tag), "ParticipantTag": format!("LEG-{}", &tag[..1])}});
        assert_eq!(event["ActionData"], expected);
        participants(&event)
    }

    /// The `HANGUP` looked at before is still being answered.
    #[track_caller]
    pub(crate) fn told_hangup_still_under_way(&mut self) -> &mut Self {
        let event = &self.invocation.as_ref().expect("an invocation is under way").event;
        assert_eq!(event["InvocationEventType"], "HANGUP");
        self
    }

    #[track_caller]
    pub(crate) fn told_nothing(&mut self) -> &mut Self {
        if let Some(invocation) = &self.invocation {
            panic!("nothing was to be told, but: {}", invocation.event);
        }
        self
    }

    pub(crate) fn answers(&mut self, actions: Value) -> &mut Self {
        self.returns(json!({"SchemaVersion": "1.0", "Actions": actions}))
    }

    pub(crate) fn answers_with(&mut self, actions: Value, attributes: Value) -> &mut Self {
        self.returns(json!({"SchemaVersion": "1.0", "Actions": actions, "TransactionAttributes": attributes}))
    }

    pub(crate) fn returns(&mut self, response: Value) -> &mut Self {
        self.returns_text(&response.to_string())
    }

    #[track_caller]
    pub(crate) fn returns_text(&mut self, payload: &str) -> &mut Self {
        let invocation = self.invocation.take().expect("an invocation is under way").id;
        self.happens(Event::FunctionReturned { invocation, outcome: Ok(payload.to_owned()) })
    }

    #[track_caller]
    pub(crate) fn fails(&mut self, error: FunctionError) -> &mut Self {
        let invocation = self.invocation.take().expect("an invocation is under way").id;
        self.happens(Event::FunctionReturned { invocation, outcome: Err(error) })
    }

    /// The function fails, is asked again, and fails again.
    #[track_caller]
    pub(crate) fn fails_for_good(&mut self) -> &mut Self {
        self.fails(failed()).fails(failed())
    }

    // What the call wants of the world.

    /// Exactly these effects since the last look; invocations, log lines and records have lists of their own.
    #[track_caller]
    pub(crate) fn wants<const N: usize>(&mut self, expected: [&str; N]) -> &mut Self {
        let wants = std::mem::take(&mut self.wants);
        assert_eq!(wants, expected);
        self
    }

    pub(crate) fn take_wants(&mut self) -> Vec<String> {
        std::mem::take(&mut self.wants)
    }

    /// Whatever was wanted so far is not the point of the story.
    pub(crate) fn forget(&mut self) -> &mut Self {
        self.wants.clear();
        self
    }

    #[track_caller]
    pub(crate) fn logged(&self, part: &str) -> &Self {
        assert!(self.logs.iter().any(|line| line.contains(part)), "{part} not in {:?}", self.logs);
        self
    }

    /// The story is over: `Finish` came last, and a replay tells the same.
    #[track_caller]
    pub(crate) fn is_over(&mut self) {
        assert!(
            self.finished,
            "the call goes on; in flight: {:?}",
            self.invocation.as_ref().map(|i| &i.event)
        );
        self.check_replay();
    }

    /// The call is still there, and a replay up to here tells the same.
    #[track_caller]
    pub(crate) fn goes_on(&mut self) {
        assert!(!self.finished);
        self.check_replay();
    }

    /// True for a LEG-B that was answered.
    pub(crate) fn was_bridged(&self, leg: LegId) -> bool {
        self.records.iter().any(|record| record.leg == leg && record.answered.is_some())
    }

    /// The journal as it would be read back.
    pub(crate) fn lines(&self) -> Vec<(Timestamp, Line<'_>)> {
        let steps = self.journal.iter().flat_map(|(at, event, effects)| {
            // A node leaves out what is empty.
            let effects = (!effects.is_empty()).then_some((*at, Line::Effects(effects)));
            std::iter::once((*at, Line::Event(event))).chain(effects)
        });
        std::iter::once((self.began, Line::Effects(&self.first))).chain(steps).collect()
    }

    fn check_replay(&self) {
        let call = replay(self.began, self.setup.clone(), self.lines()).unwrap();
        assert!(call == self.call, "replay reaches another state");
        let written = serde_json::to_string(&self.call).unwrap();
        assert!(
            serde_json::from_str::<Call>(&written).unwrap() == self.call,
            "state does not survive writing"
        );
    }

    fn take_note(&mut self, effects: &[Effect]) {
        for effect in effects {
            assert!(!self.finished, "{effect:?} after Finish");
            match effect {
                Effect::Invoke { invocation, target, sequence, payload, timeout } => {
                    let event: Value = serde_json::from_str(payload).unwrap();
                    let sequence = u64::from(*sequence);
                    assert_eq!(event["Sequence"], sequence);
                    let retry = sequence == self.last_sequence;
                    assert!(retry || sequence == self.last_sequence + 1, "a gap before {event}");
                    self.last_sequence = sequence;
                    let before = self.invocation.replace(Invocation {
                        id: *invocation,
                        target: target.clone(),
                        event,
                        timeout: *timeout,
                        until: self.now + *timeout,
                        seen: false,
                    });
                    if let Some(before) = before.filter(|before| self.now < before.until) {
                        panic!("invoked while this was in flight: {}", before.event);
                    }
                }
                Effect::WriteRecord(record) => {
                    assert!(self.records.iter().all(|r| r.leg != record.leg), "two records of one leg");
                    self.records.push(record.clone());
                }
                Effect::Log { message } => self.logs.push(message.clone()),
                Effect::Finish => self.finished = true,
                Effect::Dial { leg, .. } => {
                    if *leg != self.legs["A"]
                        && let Some(last) = self.legs.insert("B", *leg)
                    {
                        self.legs.insert("B before", last);
                    }
                    let words = self.describe(effect);
                    self.wants.push(words);
                }
                _ => {
                    let words = self.describe(effect);
                    self.wants.push(words);
                }
            }
        }
    }

    fn name(&self, leg: LegId) -> &'static str {
        self.legs.iter().find(|(_, id)| **id == leg).map_or("?", |(name, _)| name)
    }

    fn describe(&self, effect: &Effect) -> String {
        let leg = |leg: &LegId| self.name(*leg);
        match effect {
            Effect::Ring { leg: l } => format!("Ring {}", leg(l)),
            Effect::StartEarlyMedia { leg: l } => format!("StartEarlyMedia {}", leg(l)),
            Effect::Answer { leg: l } => format!("Answer {}", leg(l)),
            Effect::Reject { leg: l, code } => format!("Reject {} {code}", leg(l)),
            Effect::Release { leg: l } => format!("Release {}", leg(l)),
            Effect::Dial { leg: l, dial } => {
                let to = match &dial.to {
                    DialTarget::Pstn { number } => number.clone(),
                    DialTarget::Connector { user, .. } => format!("{user} at connector"),
                    DialTarget::Meeting { token, meeting } => {
                        format!("meeting {} with {token}", meeting.as_deref().unwrap_or("(of the token)"))
                    }
                };
                let headers: String = dial.sip_headers.iter().map(|(n, v)| format!(" {n}: {v}")).collect();
                format!(
                    "Dial {} {to} from {} for {}s{headers}",
                    leg(l),
                    dial.caller_id,
                    dial.timeout.as_secs()
                )
            }
            Effect::Bridge { a, b } => format!("Bridge {} {}", leg(a), leg(b)),
            Effect::Unbridge { a, b } => format!("Unbridge {} {}", leg(a), leg(b)),
            Effect::Play { playback, leg: l, source, times } => {
                let what = match source {
                    AudioSource::Object { bucket, key } => format!("{bucket}/{key}"),
                    AudioSource::Speech(speech) => format!("'{}'", speech.text),
                };
                let times = match times {
                    Times::Count(1) => String::new(),
                    Times::Count(n) => format!(" x{n}"),
                    Times::Forever => " forever".into(),
                };
                format!("Play {} to {}: {what}{times}", playback.0, leg(l))
            }
            Effect::StopPlayback { playback } => format!("StopPlayback {}", playback.0),
            Effect::SendDigits { sending, leg: l, digits, tone } => {
                format!("SendDigits {} to {}: {digits} {}ms", sending.0, leg(l), tone.as_millis())
            }
            Effect::StopSending { sending } => format!("StopSending {}", sending.0),
            Effect::ModifyAttendees { request, meeting, attendees, muted } => {
                let how = if *muted { "Mute" } else { "Unmute" };
                format!("{how} {} in {meeting}: {}", request.0, attendees.join(" "))
            }
            Effect::ListenForDigits { leg: l, on: true } => format!("Listen to {}", leg(l)),
            Effect::ListenForDigits { leg: l, on: false } => format!("Ignore {}", leg(l)),
            Effect::StartRecording { recording, leg: l, silence } => {
                let silence = silence
                    .map(|s| format!(" until {}s below {}", s.duration.as_secs(), s.threshold))
                    .unwrap_or_default();
                format!("StartRecording {} of {}{silence}", recording.0, leg(l))
            }
            Effect::StoreRecording { recording, bucket, key } => {
                format!("StoreRecording {}: {bucket}/{key}", recording.0)
            }
            Effect::Invoke { .. } | Effect::WriteRecord(_) | Effect::Log { .. } | Effect::Finish => {
                unreachable!("noted elsewhere")
            }
        }
    }
}

/// `A Connected, B Disconnected`; a leg that was never answered has no status.
pub(crate) fn participants(event: &Value) -> String {
    let list = event["CallDetails"]["Participants"].as_array().unwrap();
    let one = |p: &Value| {
        let tag = p["ParticipantTag"].as_str().unwrap().strip_prefix("LEG-").unwrap();
        match p["Status"].as_str() {
            Some(status) => format!("{tag} {status}"),
            None => tag.to_owned(),
        }
    };
    list.iter().map(one).collect::<Vec<_>>().join(", ")
}

pub(crate) fn failed() -> FunctionError {
    FunctionError::Failed("ValueError".into())
}

// Actions.

pub(crate) fn action(kind: &str, parameters: Value) -> Value {
    json!({"Type": kind, "Parameters": parameters})
}

pub(crate) fn file(key: &str) -> Value {
    json!({"Type": "S3", "BucketName": "prompts", "Key": key})
}

pub(crate) fn play(key: &str) -> Value {
    action("PlayAudio", json!({"AudioSource": file(key)}))
}

pub(crate) fn play_to(leg: &str, key: &str) -> Value {
    action("PlayAudio", json!({"ParticipantTag": leg, "AudioSource": file(key)}))
}

pub(crate) fn speak(text: &str) -> Value {
    action("Speak", json!({"Text": text}))
}

pub(crate) fn pause(ms: u32) -> Value {
    action("Pause", json!({"DurationInMilliseconds": ms}))
}

pub(crate) fn hangup() -> Value {
    action("Hangup", json!({"SipResponseCode": "0"}))
}

pub(crate) fn hangup_of(call_id: &str) -> Value {
    action("Hangup", json!({"CallId": call_id}))
}

pub(crate) fn bridge() -> Value {
    bridge_with(json!({}))
}

/// A bridge to a telephone number, with these parameters on top.
pub(crate) fn bridge_with(more: Value) -> Value {
    let mut parameters = json!({
        "CallTimeoutSeconds": 30,
        "CallerIdNumber": CALLED,
        "Endpoints": [{"BridgeEndpointType": "PSTN", "Uri": "+15550300"}]});
    parameters.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    action("CallAndBridge", parameters)
}

pub(crate) const MEETING: &str = "1f4e9b7c-0000-4000-8000-00000000000a";

pub(crate) fn join() -> Value {
    join_with(json!({}))
}

/// Joins a meeting, with these parameters on top.
pub(crate) fn join_with(more: Value) -> Value {
    let mut parameters = json!({"JoinToken": "[redacted 1]", "MeetingId": MEETING});
    parameters.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    action("JoinChimeMeeting", parameters)
}

/// Mutes one attendee, with these parameters on top.
pub(crate) fn mute_with(more: Value) -> Value {
    let mut parameters = json!({"Operation": "Mute", "MeetingId": MEETING, "AttendeeList": ["a-1"]});
    parameters.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    action("ModifyChimeMeetingAttendees", parameters)
}

/// Asks for digits, 5 s for the first and 2 s for the next, with these parameters on top.
pub(crate) fn ask(more: Value) -> Value {
    let mut parameters = json!({
        "AudioSource": file("menu.wav"),
        "FailureAudioSource": file("wrong.wav"),
        "InBetweenDigitsDurationInMilliseconds": 2_000,
        "RepeatDurationInMilliseconds": 5_000});
    parameters.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    action("PlayAudioAndGetDigits", parameters)
}

pub(crate) fn receive_digits(regex: &str) -> Value {
    action(
        "ReceiveDigits",
        json!({"InputDigitsRegex": regex, "InBetweenDigitsDurationInMilliseconds": 1_000,
            "FlushDigitsDurationInMilliseconds": 10_000}),
    )
}

pub(crate) fn send_digits(leg: &str, digits: &str) -> Value {
    action("SendDigits", json!({"ParticipantTag": leg, "Digits": digits, "ToneDurationInMilliseconds": 100}))
}

/// Records to `voicemail/box`, ended by `#`, with these parameters on top.
pub(crate) fn record(more: Value) -> Value {
    let mut parameters = json!({
        "RecordingTerminators": ["#"],
        "RecordingDestination": {"Type": "S3", "BucketName": "voicemail", "Prefix": "box"}});
    parameters.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    action("RecordAudio", parameters)
}
