//! Meetings with browsers and telephones: who hears whom, who is shown to whom, who is sent away.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use sim::{Answer, Faults, Voice, World, bridge, hangup, play};

const OURS: &str = "+12065550100";

fn kind(event: &Value) -> &str {
    event["InvocationEventType"].as_str().unwrap_or_default()
}

fn action(event: &Value) -> (&str, &str) {
    (kind(event), event["ActionData"]["Type"].as_str().unwrap_or_default())
}

fn join(token: &str) -> Value {
    json!({ "Type": "JoinChimeMeeting", "Parameters": { "JoinToken": token } })
}

fn voices<const N: usize>(voices: [Voice; N]) -> BTreeSet<Voice> {
    BTreeSet::from(voices)
}

/// As the click-to-call application does: LEG-A is the meeting, and when it has answered, LEG-B is called.
fn click_to_call(event: &Value) -> Answer {
    match kind(event) {
        "CALL_ANSWERED" => Answer::actions([bridge(OURS, "+15550200")]),
        _ => Answer::nothing(),
    }
}

#[test]
fn a_browser_clicks_and_talks_to_a_telephone() {
    let world = World::new(1);
    world.function("click", click_to_call);
    world.buys(OURS);
    let application = world.application("click");
    let meeting = world.meeting("standup");
    let (user, phone) = (meeting.attendee("client-user"), meeting.attendee("phone-user"));
    world.creates_call_to_meeting(&application, OURS, &meeting, &phone.token);
    let tab = meeting.joined_by(&user);
    tab.is_in();
    let other = world.phone("+15550200").rings();
    other.is_up();
    world.wait("the browser to hear the telephone", || tab.hears() == voices([other.voice()]));
    assert_eq!(other.hears_voices(), voices([tab.voice()]));
    tab.shows(&[&user, &phone]);
    world.sees("click", "ACTION_SUCCESSFUL");
    assert_eq!(
        world.story_of("click"),
        [
            "NEW_OUTBOUND_CALL CallCreateRequest",
            "RINGING",
            "CALL_ANSWERED",
            "ACTION_SUCCESSFUL CallAndBridge"
        ]
    );
    let participants = world.event("click", 4)["CallDetails"]["Participants"].clone();
    assert_eq!(participants[0]["To"], "+17035550122");
    assert_eq!(participants[1]["To"], "+15550200");
    // The page ends the meeting; the function is told that LEG-A is gone, and lets LEG-B go.
    meeting.ends();
    tab.is_sent_away_with(410);
    world.sees("click", "HANGUP");
    assert!(other.is_alone());
    other.hangs_up();
    world.end();
}

#[test]
fn the_telephone_hangs_up_first() {
    let world = World::new(2);
    world.function("click", click_to_call);
    world.buys(OURS);
    let application = world.application("click");
    let meeting = world.meeting("standup");
    let (user, phone) = (meeting.attendee("client-user"), meeting.attendee("phone-user"));
    let tab = meeting.joined_by(&user);
    tab.is_in();
    world.creates_call_to_meeting(&application, OURS, &meeting, &phone.token);
    let other = world.phone("+15550200").rings();
    other.is_up();
    tab.shows(&[&user, &phone]);
    other.hangs_up();
    world.sees("click", "HANGUP");
    assert_eq!(world.event("click", 5)["ActionData"]["Parameters"]["ParticipantTag"], "LEG-B");
    // LEG-A stays until the meeting ends.
    tab.shows(&[&user, &phone]);
    assert!(tab.hears().is_empty());
    meeting.ends();
    tab.is_sent_away_with(410);
    world.wait("the second HANGUP", || world.events("click").len() == 6);
    assert_eq!(world.event("click", 6)["ActionData"]["Parameters"]["ParticipantTag"], "LEG-A");
    assert_eq!(world.event("click", 6)["ActionData"]["Parameters"]["SipResponseCode"], 0);
    world.end();
}

#[test]
fn a_token_that_is_nobodys_ends_the_call_with_403() {
    let world = World::new(3);
    world.function("click", click_to_call);
    world.buys(OURS);
    let application = world.application("click");
    let meeting = world.meeting("standup");
    let phone = meeting.attendee("phone-user");
    world.creates_call_to_meeting(&application, OURS, &meeting, "bm9ib2R5");
    world.sees("click", "HANGUP");
    assert_eq!(world.event("click", 2)["ActionData"]["Parameters"]["SipResponseCode"], 403);
    // Nor is a token good that is of another meeting.
    let other = world.meeting("other");
    world.creates_call_to_meeting(&application, OURS, &other, &phone.token);
    world.wait("a second HANGUP", || world.events("click").len() == 4);
    meeting.ends();
    other.ends();
    world.end();
}

#[test]
fn callers_join_a_meeting_by_their_function() {
    let world = World::new(4);
    let meeting = world.meeting("standup");
    let tokens: Vec<_> = ["one", "two"].map(|name| meeting.attendee(name)).into();
    let mut left = tokens.clone();
    world.number(OURS, "ivr", move |event| match action(event) {
        ("NEW_INBOUND_CALL", _) => Answer::actions([join(&left.remove(0).token)]),
        ("ACTION_SUCCESSFUL", "JoinChimeMeeting") => {
            let mut welcome = play("welcome.wav");
            welcome["Parameters"]["ParticipantTag"] = "LEG-A".into();
            Answer::actions([welcome])
        }
        _ => Answer::nothing(),
    });
    let first = world.phone("+15550101").dials(OURS);
    first.hears("welcome.wav");
    let second = world.phone("+15550102").dials(OURS);
    second.hears("welcome.wav");
    world.passes(Duration::from_secs(2));
    first.talks_to(&second);
    let joined = world.event("ivr", 2);
    let participants = &joined["CallDetails"]["Participants"];
    assert_eq!(participants[1]["ParticipantTag"], "LEG-B");
    assert_eq!(participants[1]["To"], "+17035550122");
    assert_eq!(participants[1]["From"], "SMA");
    first.hangs_up();
    world.wait("a HANGUP", || world.events("ivr").iter().any(|event| kind(event) == "HANGUP"));
    assert!(second.is_alone());
    // The meeting ends under the second caller, who stays with its function.
    meeting.ends();
    world.wait("its HANGUP", || {
        let hangups = world.events("ivr").into_iter().filter(|event| kind(event) == "HANGUP");
        hangups.filter(|event| event["ActionData"]["Parameters"]["ParticipantTag"] == "LEG-B").count() == 1
    });
    assert!(!second.look().bye_received);
    second.hangs_up();
    world.end();
}

#[test]
fn a_bad_token_fails_the_action_and_the_caller_stays() {
    let world = World::new(5);
    world.number(OURS, "ivr", |event| match action(event) {
        ("NEW_INBOUND_CALL", _) => Answer::actions([join("bm9ib2R5")]),
        ("ACTION_FAILED", "JoinChimeMeeting") => Answer::actions([play("sorry.wav"), hangup("")]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials(OURS);
    call.hears("sorry.wav");
    call.ends();
    assert_eq!(world.event("ivr", 2)["ActionData"]["ErrorType"], "InvalidActionParameter");
    world.end();
}

#[test]
fn a_telephone_calls_the_meeting_with_its_token() {
    let world = World::new(6);
    let connector = world.connector("office");
    let meeting = world.meeting("standup");
    let (desk, user) = (meeting.attendee("desk"), meeting.attendee("user"));
    let extension = world.extension(&connector, "200");
    let call = extension.dials_with("+17035550122", &[("X-chime-join-token", &desk.token)]);
    call.is_up();
    let tab = meeting.joined_by(&user);
    tab.is_in();
    tab.shows(&[&desk, &user]);
    assert_eq!(tab.hears(), voices([call.voice()]));
    assert_eq!(call.hears_voices(), voices([tab.voice()]));
    tab.mutes(true);
    assert!(call.is_alone());
    tab.mutes(false);
    // Its attendee is deleted: it is hung up, and the browser no longer shows it.
    meeting.removes(&desk);
    call.ends();
    assert!(call.look().bye_received);
    tab.shows(&[&user]);
    // The token is good no more.
    let again = extension.dials_with("+17035550122", &[("X-chime-join-token", &desk.token)]);
    again.ends_with(403);
    tab.leaves();
    meeting.ends();
    world.end();
}

#[test]
fn a_meeting_that_ends_while_the_telephone_rings_takes_leg_a_along() {
    let world = World::new(7);
    world.function("click", click_to_call);
    world.buys(OURS);
    world.phone("+15550200").has_manners(sim::Manners {
        final_after: Some((Duration::from_secs(20), 200)),
        ..sim::Manners::default()
    });
    let application = world.application("click");
    let meeting = world.meeting("standup");
    let phone = meeting.attendee("phone-user");
    world.creates_call_to_meeting(&application, OURS, &meeting, &phone.token);
    let other = world.phone("+15550200").rings();
    meeting.ends();
    other.ends();
    world.passes(Duration::from_secs(1));
    let story = world.story_of("click");
    assert_eq!(story[3..], ["ACTION_FAILED CallAndBridge", "HANGUP Hangup"], "{story:?}");
    world.end();
}

#[test]
fn a_caller_is_bridged_into_a_meeting() {
    let world = World::new(14);
    let meeting = world.meeting("standup");
    let (caller, user) = (meeting.attendee("caller"), meeting.attendee("user"));
    let (token, id) = (caller.token.clone(), meeting.id.clone());
    world.number(OURS, "ivr", move |event| match action(event) {
        ("NEW_INBOUND_CALL", _) => {
            let mut order = bridge(OURS, "+17035550122");
            order["Parameters"]["SipHeaders"] =
                json!({ "X-chime-join-token": token, "X-chime-meeting-id": id });
            Answer::actions([order])
        }
        _ => Answer::nothing(),
    });
    let tab = meeting.joined_by(&user);
    tab.is_in();
    let call = world.phone("+15550100").dials(OURS);
    call.is_up();
    world.sees("ivr", "ACTION_SUCCESSFUL");
    assert_eq!(tab.hears(), voices([call.voice()]));
    tab.shows(&[&user, &caller]);
    call.hangs_up();
    world.sees("ivr", "HANGUP");
    tab.leaves();
    meeting.ends();
    world.end();
}

#[test]
fn whoever_joins_a_second_time_leaves_the_first_place() {
    let world = World::new(15);
    let connector = world.connector("office");
    let meeting = world.meeting("standup");
    let me = meeting.attendee("me");
    let by_phone = |number| {
        world.extension(&connector, number).dials_with("+17035550122", &[("X-joinToken", &me.token)])
    };
    let tab = meeting.joined_by(&me);
    tab.is_in();
    let first = by_phone("200");
    first.is_up();
    tab.is_sent_away_with(301);
    let second = by_phone("201");
    second.is_up();
    first.ends();
    assert!(first.look().bye_received);
    let again = meeting.joined_by(&me);
    again.is_in();
    second.ends();
    again.shows(&[&me]);
    again.leaves();
    meeting.ends();
    world.end();
}

#[test]
fn telephones_are_muted_by_the_function() {
    let world = World::new(8);
    let meeting = world.meeting("standup");
    let (caller, user) = (meeting.attendee("caller"), meeting.attendee("user"));
    let order = json!({ "Type": "ModifyChimeMeetingAttendees", "Parameters": {
        "Operation": "Mute", "MeetingId": meeting.id, "AttendeeList": [caller.id], "ParticipantTag": "LEG-B" } });
    let token = caller.token.clone();
    world.number(OURS, "ivr", move |event| match action(event) {
        ("NEW_INBOUND_CALL", _) => Answer::actions([join(&token)]),
        ("CALL_UPDATE_REQUESTED", _) => Answer::actions([order.clone()]),
        _ => Answer::nothing(),
    });
    let call = world.phone("+15550100").dials(OURS);
    call.is_up();
    let tab = meeting.joined_by(&user);
    tab.is_in();
    world.wait("the browser to hear the caller", || tab.hears() == voices([call.voice()]));
    let application = world.event("ivr", 1)["CallDetails"]["SipMediaApplicationId"].clone();
    let transaction = world.transactions("ivr")[0];
    world.updates_call(application.as_str().unwrap(), transaction, &json!({})).expect("a live call");
    world.wait("the caller to be muted", || tab.roster().get(&caller.id) == Some(&true));
    assert!(tab.hears().is_empty());
    assert_eq!(call.hears_voices(), voices([tab.voice()]));
    call.hangs_up();
    tab.leaves();
    meeting.ends();
    world.end();
}

#[test]
fn a_join_token_stands_in_no_journal() {
    let world = World::new(9);
    let connector = world.connector("office");
    world.function("click", click_to_call);
    world.buys(OURS);
    let application = world.application("click");
    let meeting = world.meeting("standup");
    let attendees: Vec<_> = ["first", "second", "third"].map(|name| meeting.attendee(name)).into();
    world.creates_call_to_meeting(&application, OURS, &meeting, &attendees[0].token);
    let other = world.phone("+15550200").rings();
    other.is_up();
    let call = world
        .extension(&connector, "200")
        .dials_with("+17035550122", &[("X-chime-join-token", &attendees[1].token)]);
    call.is_up();
    let token = attendees[2].token.clone();
    world.number("+12065550101", "ivr", move |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([join(&token)]),
        _ => Answer::nothing(),
    });
    let caller = world.phone("+15550100").dials("+12065550101");
    caller.is_up();
    world.sees("ivr", "ACTION_SUCCESSFUL");
    for call in [&other, &call, &caller] {
        call.hangs_up();
    }
    meeting.ends();
    world.passes(Duration::from_secs(5));
    {
        let engine = world.engine();
        let lines: Vec<_> =
            engine.disk.journals.values().chain(engine.disk.archive.values()).flatten().collect();
        let journals = serde_json::to_string(&lines).unwrap();
        for attendee in &attendees {
            assert!(!journals.contains(&attendee.token), "{journals}");
            assert!(journals.contains(&attendee.id), "the journal says who joined: {journals}");
        }
    }
    world.end();
}

#[test]
fn a_crash_ends_meeting_legs_and_browsers_come_back() {
    let world = World::new(10);
    world.function("click", click_to_call);
    world.buys(OURS);
    let application = world.application("click");
    let meeting = world.meeting("standup");
    let (user, phone) = (meeting.attendee("client-user"), meeting.attendee("phone-user"));
    let tab = meeting.joined_by(&user);
    tab.is_in();
    world.creates_call_to_meeting(&application, OURS, &meeting, &phone.token);
    let other = world.phone("+15550200").rings();
    other.is_up();
    world.sees("click", "ACTION_SUCCESSFUL");
    tab.shows(&[&user, &phone]);
    world.crashes();
    world.everybody_forgets();
    // The meeting is there still, with the attendee's old token; the telephone is not.
    let tab = meeting.joined_by(&user);
    tab.is_in();
    tab.shows(&[&user]);
    world.wait("both HANGUPs", || {
        world.events("click").iter().filter(|event| kind(event) == "HANGUP").count() == 2
    });
    meeting.ends();
    tab.is_sent_away_with(410);
    world.end();
}

#[test]
fn a_node_that_stops_sends_browsers_elsewhere_and_hangs_up() {
    let world = World::new(11);
    world.function("click", click_to_call);
    world.buys(OURS);
    let application = world.application("click");
    let meeting = world.meeting("standup");
    let (user, phone) = (meeting.attendee("client-user"), meeting.attendee("phone-user"));
    let tab = meeting.joined_by(&user);
    tab.is_in();
    world.creates_call_to_meeting(&application, OURS, &meeting, &phone.token);
    let other = world.phone("+15550200").rings();
    other.is_up();
    world.engine().input(node::Input::Stop);
    tab.is_closed_with(4500);
    other.ends();
    world.passes(Duration::from_secs(30));
    assert_eq!(world.engine().node.counts().members, 0);
}

#[test]
fn a_meeting_is_over_when_nobody_has_been_there_for_five_minutes() {
    let world = World::new(12);
    let meeting = world.meeting("standup");
    let user = meeting.attendee("user");
    world.passes(Duration::from_secs(4 * 60));
    let tab = meeting.joined_by(&user);
    tab.is_in();
    world.passes(Duration::from_secs(10 * 60));
    tab.leaves();
    world.passes(Duration::from_secs(4 * 60));
    world.api("GET", &format!("/meetings/{}", meeting.id), &Value::Null);
    world.passes(Duration::from_secs(2 * 60));
    let gone = world.try_api("GET", &format!("/meetings/{}", meeting.id), &Value::Null);
    assert!(gone.is_err(), "{gone:?}");
    world.end();
}

#[test]
fn legs_on_two_shards_meet() {
    let world = World::with(13, Faults::default(), |_| {});
    let meeting = world.meeting("standup");
    let mut tokens: Vec<_> = ["one", "two"].map(|name| meeting.attendee(name).token).into();
    world.number(OURS, "ivr", move |event| match kind(event) {
        "NEW_INBOUND_CALL" => Answer::actions([play("before-2000.wav"), join(&tokens.remove(0))]),
        _ => Answer::nothing(),
    });
    // Both call before either joins, so that each is on a shard of its own.
    let first = world.phone("+15550101").dials(OURS);
    let second = world.phone("+15550102").dials(OURS);
    first.is_up();
    second.is_up();
    first.talks_to(&second);
    first.hangs_up();
    second.hangs_up();
    meeting.ends();
    world.end();
}
