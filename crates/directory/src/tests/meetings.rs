use std::time::Duration;

use api::Sensitive;
use api::meetings::MediaCapabilities;
use serde_json::{Value, json};

use super::world::{World, meeting_body, text};
use crate::{Config, Kind, MeetingChange, MeetingsConfig, Quotas};

const HOUR: Duration = Duration::from_secs(3_600);

fn attendees(users: &[&str]) -> Value {
    users.iter().map(|user| json!({ "ExternalUserId": user })).collect()
}

fn capabilities(audio: &str, video: &str, content: &str) -> Value {
    json!({ "Audio": audio, "Video": video, "Content": content })
}

fn users(listed: &Value) -> Vec<String> {
    let mut users: Vec<String> =
        listed["Attendees"].as_array().unwrap().iter().map(|a| text(&a["ExternalUserId"])).collect();
    users.sort();
    users
}

/// `created`, `added`, … in the order the owner heard of them, and forgets them.
fn heard(world: &mut World) -> Vec<&'static str> {
    let word = |change| match change {
        MeetingChange::Created(_) => "created",
        MeetingChange::AttendeeAdded { .. } => "added",
        MeetingChange::CapabilitiesChanged { .. } => "changed",
        MeetingChange::AttendeeDeleted { .. } => "removed",
        MeetingChange::Deleted { .. } => "ended",
        MeetingChange::TranscriptionStarted { .. } => "transcribed",
        MeetingChange::TranscriptionStopped { .. } => "not transcribed",
    };
    world.changes.drain(..).map(word).collect()
}

#[test]
fn a_meeting_tells_browsers_where_to_go() {
    let mut world = World::with(Config {
        meetings: MeetingsConfig {
            signaling_url: "wss://talk.example.net/control".into(),
            audio_host: "talk.example.net:3478".into(),
            event_ingestion_url: Some("https://talk.example.net/events".into()),
            transcription: false,
        },
        ..Config::default()
    });
    let made = world.post("/meetings", meeting_body("t-1")).ok();
    let id = text(&made["Meeting"]["MeetingId"]);
    let place = &made["Meeting"]["MediaPlacement"];
    assert_eq!(place["SignalingUrl"], format!("wss://talk.example.net/control/{id}"));
    assert_eq!(place["AudioHostUrl"], "talk.example.net:3478");
    assert_eq!(place["EventIngestionUrl"], "https://talk.example.net/events");
    assert_eq!(place["TurnControlUrl"], "");
    assert_eq!(made["Meeting"]["MeetingArn"], format!("arn:aws:chime:us-east-1:000000000000:meeting/{id}"));
    assert_eq!(made["Meeting"]["ExternalMeetingId"], "stand-up");
    assert_eq!(world.get(&format!("/meetings/{id}")).ok(), made);
    let shouted = id.to_uppercase();
    assert_eq!(world.get(&format!("/meetings/{shouted}")).ok(), made, "ids may be written in capitals");
}

#[test]
fn one_request_token_is_one_meeting_in_both_forms_of_creation() {
    let mut world = World::new();
    let first = world.send("POST /meetings", meeting_body("token"));
    let mut with = meeting_body("token");
    with["Attendees"] = attendees(&["alice", "bob"]);
    let second = world.send("POST /meetings?operation=create-attendees", with.clone());
    let third = world.send("POST /meetings", meeting_body("token"));
    world.settle();
    let id = text(&world.answer(first).ok()["Meeting"]["MeetingId"]);
    let second = world.answer(second).ok();
    assert_eq!(second["Meeting"]["MeetingId"], id.as_str());
    assert_eq!((users(&second), &second["Errors"]), (vec!["alice".into(), "bob".into()], &json!([])));
    assert_eq!(world.answer(third).ok()["Meeting"]["MeetingId"], id.as_str());
    let again = world.post("/meetings?operation=create-attendees", with).ok();
    assert_eq!(again["Attendees"], second["Attendees"], "the same users are the same attendees");
    assert_ne!(world.meeting("other"), id);
    world.delete(&format!("/meetings/{id}")).ok();
    assert_ne!(world.meeting("token"), id, "a token names a meeting while it lives");
}

#[test]
fn one_user_of_a_meeting_is_one_attendee_until_it_is_deleted() {
    let mut world = World::new();
    let (meeting, other) = (world.meeting("a-1"), world.meeting("b-1"));
    let path = format!("/meetings/{meeting}/attendees");
    let made = world.post(&path, json!({ "ExternalUserId": "alice" })).ok();
    let deaf = json!({ "ExternalUserId": "alice", "Capabilities": capabilities("Send", "None", "None") });
    assert_eq!(world.post(&path, deaf).ok(), made, "what it may do is not touched");
    let id = text(&made["Attendee"]["AttendeeId"]);
    assert_eq!(made["Attendee"]["Capabilities"], capabilities("SendReceive", "SendReceive", "SendReceive"));
    assert_ne!(world.attendee(&other, "alice"), id);
    world.delete(&format!("{path}/{id}")).ok();
    let new = world.post(&path, json!({ "ExternalUserId": "alice" })).ok();
    assert_ne!(new["Attendee"]["AttendeeId"], id.as_str());
    assert_ne!(new["Attendee"]["JoinToken"], made["Attendee"]["JoinToken"]);
}

#[test]
fn a_join_token_can_travel_as_a_sub_protocol_and_in_a_sip_uri_and_is_printed_nowhere() {
    let mut world = World::new();
    let meeting = world.meeting("t-1");
    let body = json!({ "Attendees": attendees(&["alice", "bob", "carol"]) });
    let made = world.post(&format!("/meetings/{meeting}/attendees?operation=batch-create"), body).ok();
    let tokens: Vec<String> =
        made["Attendees"].as_array().unwrap().iter().map(|a| text(&a["JoinToken"])).collect();
    for token in &tokens {
        assert_eq!(token.len(), 92, "{token}");
        assert!(token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')), "{token}");
    }
    assert!(tokens[0] != tokens[1] && tokens[1] != tokens[2] && tokens[0] != tokens[2]);
    let printed = format!("{:?} {:?} {:?}", world.changes, world.directory, world.stored);
    for word in tokens.iter().map(String::as_str).chain(["alice", "stand-up"]) {
        assert!(!printed.contains(word), "{word} is printed");
    }
    let listed = world.get(&format!("/meetings/{meeting}/attendees")).ok();
    assert!(tokens.iter().all(|token| listed.to_string().contains(token)), "its owner may read it again");
}

#[test]
fn attendees_come_in_pages_of_their_own_meeting() {
    let mut world = World::new();
    let (meeting, other) = (world.meeting("a-1"), world.meeting("b-1"));
    let names: Vec<String> = (10..35).map(|n| format!("user-{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let batch = json!({ "Attendees": attendees(&names) });
    world.post(&format!("/meetings/{meeting}/attendees?operation=batch-create"), batch).ok();
    world.attendee(&other, "stranger");
    let (mut seen, mut token, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let path = format!("/meetings/{meeting}/attendees?max-results=10&next-token={token}");
        let page = world.get(&path).ok();
        seen.extend(users(&page));
        pages += 1;
        match page.get("NextToken") {
            Some(next) => token = text(next),
            None => break,
        }
        let foreign = world.get(&format!("/meetings/{other}/attendees?next-token={token}"));
        foreign.refused("BadRequestException");
    }
    seen.sort();
    assert_eq!((seen, pages), (names.iter().map(|name| (*name).to_owned()).collect(), 3));
    world.get(&format!("/meetings/{meeting}/attendees?max-results=101")).refused("BadRequestException");
    world.get(&format!("/meetings/{meeting}/attendees?next-token=x")).refused("BadRequestException");
}

#[test]
fn a_meeting_is_full_at_its_limit() {
    let mut world = World::new();
    let mut small = meeting_body("t-1");
    small["MeetingFeatures"] = json!({ "Attendee": { "MaxCount": 3 } });
    let made = world.post("/meetings", small).ok();
    assert_eq!(made["Meeting"]["MeetingFeatures"], json!({ "Attendee": { "MaxCount": 3 } }));
    let meeting = text(&made["Meeting"]["MeetingId"]);
    let path = format!("/meetings/{meeting}/attendees");
    let first = world.attendee(&meeting, "a1");
    let body = json!({ "Attendees": attendees(&["a2", "a1", "a3", "a4", "a2"]) });
    let batch = world.post(&format!("{path}?operation=batch-create"), body).ok();
    let users: Vec<_> =
        batch["Attendees"].as_array().unwrap().iter().map(|a| text(&a["ExternalUserId"])).collect();
    assert_eq!(users, ["a2", "a1", "a3", "a2"]);
    assert_eq!(
        batch["Errors"],
        json!([{ "ExternalUserId": "a4", "ErrorCode": "LimitExceeded",
                 "ErrorMessage": "A meeting has at most 3 attendees." }])
    );
    let full = world.post(&path, json!({ "ExternalUserId": "a4" }));
    assert_eq!(full.refused("LimitExceededException").status, 400);
    world.delete(&format!("{path}/{first}")).ok();
    world.attendee(&meeting, "a4");
    // Two at once for the last place.
    let (meeting, path) =
        (world.meeting("t-2"), |meeting: &str| format!("POST /meetings/{meeting}/attendees"));
    for n in 0..249 {
        world.attendee(&meeting, &format!("u{n}"));
    }
    let last = world.send(&path(&meeting), json!({ "ExternalUserId": "last" }));
    let beyond = world.send(&path(&meeting), json!({ "ExternalUserId": "beyond" }));
    world.settle();
    world.answer(last).ok();
    world.answer(beyond).refused("LimitExceededException");
}

#[test]
fn names_of_the_service_itself_are_refused() {
    let mut world = World::new();
    let mut reserved = meeting_body("t-1");
    reserved["ExternalMeetingId"] = json!("AWS:mine");
    world.post("/meetings", reserved).refused("BadRequestException");
    let mut reserved = meeting_body("t-1");
    reserved["MeetingHostId"] = json!("aws:host");
    world.post("/meetings", reserved).refused("BadRequestException");
    let meeting = world.meeting("t-1");
    let path = format!("/meetings/{meeting}/attendees");
    world.post(&path, json!({ "ExternalUserId": "aws:me" })).refused("BadRequestException");
    let body = json!({ "Attendees": attendees(&["aws:me", "awsome", "aé:", "é"]) });
    world.post(&format!("{path}?operation=batch-create"), body).refused("BadRequestException");
    let body = json!({ "Attendees": attendees(&["Aws:me", "awsome", "aé:"]) });
    let batch = world.post(&format!("{path}?operation=batch-create"), body).ok();
    assert_eq!(users(&batch), ["awsome", "aé:"]);
    assert_eq!(batch["Errors"][0]["ErrorCode"], "BadRequest");
}

#[test]
fn high_resolutions_are_for_small_meetings() {
    let mut world = World::new();
    let mut with = |features: Value| {
        let mut body = meeting_body("t-1");
        body["MeetingFeatures"] = features;
        let answer = world.post("/meetings", body);
        if answer.status == 200 {
            let id = text(&answer.body["Meeting"]["MeetingId"]);
            world.delete(&format!("/meetings/{id}")).ok();
        }
        answer
    };
    let full_hd = json!({ "MaxResolution": "FHD" });
    with(json!({ "Video": full_hd })).refused("BadRequestException");
    with(json!({ "Content": { "MaxResolution": "UHD" } })).refused("BadRequestException");
    with(json!({ "Video": full_hd, "Attendee": { "MaxCount": 26 } })).refused("BadRequestException");
    with(json!({ "Video": full_hd, "Attendee": { "MaxCount": 25 } })).ok();
    with(json!({ "Content": full_hd })).ok();
    with(json!({ "Attendee": { "MaxCount": 251 } })).refused("BadRequestException");
    with(json!({ "Audio": { "EchoReduction": "SOMETIMES" } })).refused("BadRequestException");
}

#[test]
fn replicas_are_refused_by_name() {
    let mut world = World::new();
    let mut replica = meeting_body("t-1");
    replica["PrimaryMeetingId"] = json!("primary");
    let answer = world.post("/meetings", replica);
    assert_eq!(answer.refused("NotImplementedException").status, 501);
}

#[test]
fn what_a_meeting_has_not_cannot_be_allowed() {
    let mut world = World::new();
    let features = |video: &str, content: &str| json!({ "Video": { "MaxResolution": video }, "Content": { "MaxResolution": content } });
    for (video, content, default) in [
        ("HD", "FHD", capabilities("SendReceive", "SendReceive", "SendReceive")),
        ("HD", "None", capabilities("SendReceive", "SendReceive", "None")),
        ("None", "FHD", capabilities("SendReceive", "Receive", "SendReceive")),
        ("None", "None", capabilities("SendReceive", "None", "None")),
    ] {
        let mut body = meeting_body(&format!("{video}-{content}"));
        body["MeetingFeatures"] = features(video, content);
        let meeting = text(&world.post("/meetings", body).ok()["Meeting"]["MeetingId"]);
        let made =
            world.post(&format!("/meetings/{meeting}/attendees"), json!({ "ExternalUserId": "me" })).ok();
        assert_eq!(made["Attendee"]["Capabilities"], default, "{video} {content}");
    }
    let mut body = meeting_body("audio-only");
    body["MeetingFeatures"] = features("None", "None");
    let audio_only = text(&world.post("/meetings", body).ok()["Meeting"]["MeetingId"]);
    let meeting = world.meeting("everything");
    for (meeting, wanted, fits) in [
        (&audio_only, capabilities("None", "None", "None"), true),
        (&audio_only, capabilities("SendReceive", "Receive", "None"), false),
        (&audio_only, capabilities("SendReceive", "None", "Send"), false),
        (&meeting, capabilities("SendReceive", "None", "Receive"), false),
        (&meeting, capabilities("SendReceive", "Send", "SendReceive"), false),
        (&meeting, capabilities("SendReceive", "Receive", "SendReceive"), true),
        (&meeting, capabilities("SendReceive", "None", "Send"), true),
    ] {
        let attendee = world.attendee(meeting, "me");
        let path = format!("/meetings/{meeting}/attendees");
        let updated =
            world.put(&format!("{path}/{attendee}/capabilities"), json!({ "Capabilities": wanted }));
        let name: String = wanted.to_string().chars().take(64).collect();
        let new = json!({ "ExternalUserId": name, "Capabilities": wanted });
        let made = world.post(&path, new);
        let everybody =
            json!({ "Capabilities": wanted, "ExcludedAttendeeIds": [{ "AttendeeId": attendee }] });
        let batch = world.put(&format!("{path}/capabilities?operation=batch-update-except"), everybody);
        if fits {
            assert_eq!(updated.ok()["Attendee"]["Capabilities"], wanted);
            assert_eq!(made.ok()["Attendee"]["Capabilities"], wanted);
            assert_eq!(batch.ok(), Value::Null);
        } else {
            for answer in [updated, made, batch] {
                answer.refused("BadRequestException");
            }
        }
    }
}

#[test]
fn all_but_a_few_are_silenced_at_once() {
    let mut world = World::new();
    let meeting = world.meeting("t-1");
    let ids: Vec<String> = ["a1", "a2", "a3"].iter().map(|user| world.attendee(&meeting, user)).collect();
    heard(&mut world);
    let stranger = "11111111-2222-4333-8444-555555555555";
    let excepted = json!([{ "AttendeeId": ids[1].to_uppercase() }, { "AttendeeId": stranger }]);
    let silent = capabilities("Receive", "SendReceive", "SendReceive");
    let body = json!({ "Capabilities": silent, "ExcludedAttendeeIds": excepted });
    let path = format!("/meetings/{meeting}/attendees/capabilities?operation=batch-update-except");
    world.put(&path, body.clone()).ok();
    let changed: Vec<_> = world
        .changes
        .iter()
        .map(|change| match change {
            MeetingChange::CapabilitiesChanged { attendee, capabilities, .. } => {
                (attendee.to_string(), capabilities.audio)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    let mut expected =
        [(ids[0].clone(), MediaCapabilities::Receive), (ids[2].clone(), MediaCapabilities::Receive)];
    expected.sort();
    assert_eq!(changed, expected);
    heard(&mut world);
    world.put(&path, body).ok();
    assert_eq!(heard(&mut world), Vec::<&str>::new(), "nothing is different");
    let left = world.get(&format!("/meetings/{meeting}/attendees/{}", ids[1])).ok();
    assert_eq!(left["Attendee"]["Capabilities"]["Audio"], "SendReceive");
    world
        .put(&path, json!({ "Capabilities": silent, "ExcludedAttendeeIds": [] }))
        .refused("BadRequestException");
}

#[test]
fn the_owner_hears_of_a_meeting_before_its_creator_does() {
    let mut world = World::new();
    let mut body = meeting_body("t-1");
    body["Attendees"] = attendees(&["alice", "bob"]);
    let ticket = world.send("POST /meetings?operation=create-attendees", body);
    assert!(world.changes.is_empty(), "the store has nothing yet");
    let (write, _) = world.writes[0];
    world.writes.clear();
    let mut out = Vec::new();
    world.directory.confirmed(world.now, write, Ok(()), &mut out);
    let kinds: Vec<bool> = out.iter().map(|output| matches!(output, crate::Output::Meeting(_))).collect();
    assert_eq!(kinds, [true, true, true, false]);
    world.take(out);
    let answer = world.answer(ticket).ok();
    let [MeetingChange::Created(meeting), MeetingChange::AttendeeAdded { meeting: of, attendee }, ..] =
        &world.changes[..]
    else {
        panic!("{:?}", world.changes);
    };
    assert_eq!(meeting.id.to_string(), text(&answer["Meeting"]["MeetingId"]));
    assert_eq!((meeting.id, meeting.capacity, meeting.video), (*of, 250, true));
    assert_eq!(meeting.external_id, Sensitive("stand-up".to_owned()));
    assert!(answer["Attendees"].to_string().contains(&attendee.token.0));
}

#[test]
fn a_meeting_ends_once_and_takes_its_attendees_along() {
    let mut world = World::new();
    let meeting = world.meeting("t-1");
    let attendee = world.attendee(&meeting, "alice");
    let path = format!("/meetings/{meeting}");
    assert_eq!(heard(&mut world), ["created", "added"]);
    assert_eq!(world.delete(&path).status, 204);
    assert_eq!(heard(&mut world), ["ended"]);
    assert_eq!(world.delete(&path).status, 204, "an application and its function may both clean up");
    assert_eq!(heard(&mut world), Vec::<&str>::new());
    for request in [
        format!("GET {path}"),
        format!("GET {path}/attendees"),
        format!("GET {path}/attendees/{attendee}"),
        format!("DELETE {path}/attendees/{attendee}"),
    ] {
        assert_eq!(world.ask(&request, Value::Null).refused("NotFoundException").status, 404);
    }
    world.post(&format!("{path}/attendees"), json!({ "ExternalUserId": "bob" })).refused("NotFoundException");
    assert!(world.directory.meetings().next().is_none());
    assert_eq!(world.stored.keys().filter(|(kind, _)| *kind == Kind::Attendee).count(), 0);
    let never = "11111111-2222-4333-8444-555555555555";
    world.delete(&format!("/meetings/{never}")).refused("NotFoundException");
}

#[test]
fn ends_are_remembered_for_a_day_also_by_a_node_that_started_since() {
    let mut world = World::new();
    let (meeting, live) = (world.meeting("t-1"), world.meeting("t-2"));
    let attendee = world.attendee(&live, "alice");
    let (ended, removed) = (format!("/meetings/{meeting}"), format!("/meetings/{live}/attendees/{attendee}"));
    world.delete(&ended).ok();
    world.delete(&removed).ok();
    world.get(&removed).refused("NotFoundException");
    world.crash();
    world.wait(23 * HOUR);
    assert_eq!((world.delete(&ended).status, world.delete(&removed).status), (204, 204));
    world.wait(2 * HOUR);
    heard(&mut world);
    world.delete(&ended).refused("NotFoundException");
    world.delete(&removed).refused("NotFoundException");
    assert_eq!(world.stored.len(), 1, "the live meeting");
    assert_eq!(heard(&mut world), Vec::<&str>::new(), "to be forgotten is no news");
}

#[test]
fn a_lifetime_ends_a_meeting_after_the_writes_it_meets() {
    let mut world = World::new();
    let meeting = world.meeting("t-1");
    let id = meeting.parse().unwrap();
    let attendee =
        world.send(&format!("POST /meetings/{meeting}/attendees"), json!({ "ExternalUserId": "alice" }));
    let mut out = Vec::new();
    world.directory.end_meeting(world.now, id, &mut out);
    assert!(out.is_empty(), "an attendee is on its way");
    world.settle();
    world.answer(attendee).ok();
    assert_eq!(heard(&mut world), ["created", "added", "ended"]);
    world.directory.end_meeting(world.now, id, &mut out);
    assert!(out.is_empty(), "it has ended");
    assert_eq!(world.delete(&format!("/meetings/{meeting}")).status, 204);
}

#[test]
fn a_start_finds_live_meetings_with_their_attendees_and_nothing_else() {
    let mut world = World::new();
    let (kept, ended) = (world.meeting("t-1"), world.meeting("t-2"));
    let alice = world.attendee(&kept, "alice");
    let bob = world.attendee(&kept, "bob");
    world.attendee(&ended, "carol");
    world.delete(&format!("/meetings/{kept}/attendees/{bob}")).ok();
    world.delete(&format!("/meetings/{ended}")).ok();
    world.send(&format!("POST /meetings/{kept}/attendees"), json!({ "ExternalUserId": "lost" }));
    world.crash();
    let found: Vec<_> = world.directory.meetings().collect();
    let [(meeting, attendees)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(meeting.id.to_string(), kept);
    assert_eq!(attendees.iter().map(|a| a.id.to_string()).collect::<Vec<_>>(), [alice]);
    assert_eq!(world.meeting("t-1"), kept, "tokens are known again");
    let again = world.attendee(&kept, "alice");
    assert_eq!(again, attendees[0].id.to_string());
}

#[test]
fn a_store_that_fails_leaves_a_meeting_as_it_was() {
    let mut world = World::new();
    let meeting = world.meeting("t-1");
    heard(&mut world);
    let delete = world.send(&format!("DELETE /meetings/{meeting}"), Value::Null);
    world.store_answers(Err("disk full".into()));
    assert_eq!(world.answer(delete).status, 500);
    assert_eq!(heard(&mut world), Vec::<&str>::new());
    world.get(&format!("/meetings/{meeting}")).ok();
    world.directory.end_meeting(world.now, meeting.parse().unwrap(), &mut Vec::new());
}

#[test]
fn transcription_is_refused_where_nothing_transcribes() {
    let mut world = World::new();
    let meeting = world.meeting("t-1");
    let path = format!("/meetings/{meeting}/transcription");
    let settings =
        json!({ "TranscriptionConfiguration": { "EngineTranscribeSettings": { "LanguageCode": "en-US" } } });
    let answer = world.post(&format!("{path}?operation=start"), settings);
    assert_eq!(answer.refused("UnprocessableEntityException").status, 422);
    assert_eq!(answer.body["Message"], "No transcription engine is configured.");
    assert_eq!(world.post(&format!("{path}?operation=stop"), json!({})).status, 200);
}

#[test]
fn transcription_starts_goes_on_in_another_way_and_stops() {
    let mut world = World::with(Config {
        meetings: MeetingsConfig { transcription: true, ..MeetingsConfig::default() },
        ..Config::default()
    });
    let meeting = world.meeting("t-1");
    let start = format!("/meetings/{meeting}/transcription?operation=start");
    let stop = format!("/meetings/{meeting}/transcription?operation=stop");
    let settings = |language: &str| json!({ "EngineTranscribeSettings": { "LanguageCode": language } });
    let medical = json!({ "LanguageCode": "en-US", "Specialty": "CARDIOLOGY", "Type": "DICTATION" });
    heard(&mut world);
    for (configuration, heard_of) in [
        (settings("en-US"), vec!["transcribed"]),
        (settings("en-US"), vec![]),
        (settings("de-DE"), vec!["transcribed"]),
        (json!({ "EngineTranscribeMedicalSettings": medical }), vec!["transcribed"]),
    ] {
        let answer = world.post(&start, json!({ "TranscriptionConfiguration": configuration }));
        assert_eq!((answer.status, answer.body), (200, Value::Null));
        assert_eq!(heard(&mut world), heard_of);
    }
    for wrong in [
        json!({}),
        json!({ "EngineTranscribeSettings": {}, "EngineTranscribeMedicalSettings": medical }),
        settings("tlh"),
        json!({ "EngineTranscribeMedicalSettings": { "LanguageCode": "en-US" } }),
    ] {
        world.post(&start, json!({ "TranscriptionConfiguration": wrong })).refused("BadRequestException");
    }
    world.crash();
    let (found, _) = world.directory.meetings().next().unwrap();
    assert!(found.transcription.is_some_and(|t| t.engine_transcribe_medical_settings.is_some()));
    world.post(&stop, json!({})).ok();
    world.post(&stop, json!({})).ok();
    assert_eq!(heard(&mut world), ["not transcribed"]);
}

#[test]
fn meetings_carry_tags() {
    let mut world = World::new();
    let mut body = meeting_body("t-1");
    body["Tags"] = json!([{ "Key": "team", "Value": "blue" }]);
    let made = world.post("/meetings", body).ok();
    let arn = text(&made["Meeting"]["MeetingArn"]);
    let tags = |world: &mut World| world.get(&format!("/tags?arn={arn}")).ok()["Tags"].clone();
    assert_eq!(tags(&mut world), json!([{ "Key": "team", "Value": "blue" }]));
    let more: Value = (0..49)
        .map(|n| json!({ "Key": format!("k{}", char::from(b'a' + n % 26)).repeat(1 + n as usize / 26), "Value": "" }))
        .collect();
    world.post("/tags?operation=tag-resource", json!({ "ResourceARN": arn, "Tags": more })).ok();
    let beyond = json!([{ "Key": "z", "Value": "" }]);
    let beyond = world.post("/tags?operation=tag-resource", json!({ "ResourceARN": arn, "Tags": beyond }));
    assert_eq!(beyond.refused("TooManyTagsException").status, 400);
    let twice = json!([{ "Key": "y", "Value": "" }, { "Key": "y", "Value": "" }]);
    world
        .post("/tags?operation=tag-resource", json!({ "ResourceARN": arn, "Tags": twice }))
        .refused("BadRequestException");
    let keys: Vec<Value> =
        tags(&mut world).as_array().unwrap().iter().map(|tag| tag["Key"].clone()).collect();
    assert_eq!(keys.len(), 50);
    world.post("/tags?operation=untag-resource", json!({ "ResourceARN": arn, "TagKeys": keys })).ok();
    assert_eq!(tags(&mut world), json!([]));
    world.post("/tags?operation=untag-resource", json!({ "ResourceARN": arn, "TagKeys": ["team"] })).ok();
    let id = text(&made["Meeting"]["MeetingId"]);
    world.delete(&format!("/meetings/{id}")).ok();
    let gone = world.get(&format!("/tags?arn={arn}"));
    assert_eq!(gone.refused("ResourceNotFoundException").status, 404);
    world
        .post("/tags?operation=untag-resource", json!({ "ResourceARN": arn, "TagKeys": ["a"] }))
        .refused("ResourceNotFoundException");
}

#[test]
fn as_many_meetings_as_the_quota_allows() {
    let quotas = Quotas { meetings: Some(2), ..Quotas::default() };
    let mut world = World::with(Config { quotas, ..Config::default() });
    let first = world.meeting("t-1");
    let (second, third) = (
        world.send("POST /meetings", meeting_body("t-2")),
        world.send("POST /meetings", meeting_body("t-3")),
    );
    world.settle();
    world.answer(second).ok();
    world.answer(third).refused("LimitExceededException");
    assert_eq!(world.meeting("t-1"), first, "what exists is found");
    world.delete(&format!("/meetings/{first}")).ok();
    world.meeting("t-3");
}
