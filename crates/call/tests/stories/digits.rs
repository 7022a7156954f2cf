//! Collecting digits, and listening for them in the background.

use call::PlaybackError;
use serde_json::{Value, json};

use crate::support::*;

const FAILED: (&str, &str) = ("InvalidDigitsReceived", "Invalid digits received");

fn asked(more: Value) -> Story {
    let mut story = Story::answered(json!([ask(more)]));
    story.wants(["Answer A", "Play 1 to A: prompts/menu.wav", "Listen to A"]);
    story
}

#[track_caller]
fn got(story: &mut Story, digits: &str) {
    let data = story.told_of("ACTION_SUCCESSFUL", "PlayAudioAndGetDigits");
    assert_eq!(data["ReceivedDigits"], digits);
}

#[track_caller]
fn got_nothing_good(story: &mut Story, typed: &str) {
    let data = story.told_failed("PlayAudioAndGetDigits", FAILED.0, FAILED.1);
    assert_eq!(data["ReceivedDigits"], typed);
}

#[test]
fn the_most_digits_end_it() {
    let mut story = asked(json!({"MinNumberOfDigits": 5, "MaxNumberOfDigits": "5"}));
    story.played(1).presses("A", "12345").wants(["Ignore A"]);
    got(&mut story, "12345");
    // What is pressed beyond does not count.
    story.presses("A", "6").answers(json!([]));
    story.told_nothing();
}

#[test]
fn the_terminator_ends_it_and_is_not_part_of_it() {
    let mut story = asked(json!({}));
    story.played(1).presses("A", "1234#");
    got(&mut story, "1234");
}

#[test]
fn other_terminators_replace_the_hash() {
    let mut story = asked(json!({"TerminatorDigits": ["*", 0]}));
    story.played(1).presses("A", "12#3*");
    got(&mut story, "12#3");
}

#[test]
fn no_terminator_at_all_may_be_wanted() {
    let mut story = asked(json!({"TerminatorDigits": [], "MaxNumberOfDigits": 3}));
    story.presses("A", "1##");
    got(&mut story, "1##");
}

#[test]
fn a_pause_between_digits_ends_it() {
    let mut story = asked(json!({}));
    story.played(1).presses("A", "1").ms(1_999).presses("A", "2").ms(1_999).told_nothing();
    assert_eq!(story.call.deadline().unwrap().1, "no further digit");
    story.ms(1);
    got(&mut story, "12");
}

#[test]
fn the_first_digit_cuts_the_prompt_and_counts() {
    let mut story = asked(json!({}));
    story.presses("A", "7").wants(["StopPlayback 1"]);
    story.presses("A", "8#").wants(["Ignore A"]);
    got(&mut story, "78");
}

#[test]
fn the_prompt_does_not_count_against_the_first_digit() {
    let mut story = asked(json!({"MinNumberOfDigits": 1}));
    story.secs(60).told_nothing().wants([]).played(1);
    assert_eq!(story.call.deadline().unwrap().1, "no first digit");
    story.ms(4_999).wants([]).ms(1).wants(["Play 2 to A: prompts/wrong.wav"]);
}

#[test]
fn no_digits_are_fine_when_none_are_needed() {
    for more in [json!({}), json!({"InputDigitsRegex": "^[0-9]*$"}), json!({"InputDigitsRegex": ""})] {
        let mut story = asked(more);
        story.played(1).secs(5);
        got(&mut story, "");
    }
    let mut story = asked(json!({"InputDigitsRegex": "[0-9]"}));
    story.played(1).secs(5).played(2);
    got_nothing_good(&mut story, "");
}

#[test]
fn attempts_are_counted_and_the_failure_prompt_follows_each() {
    let mut story = asked(json!({"MinNumberOfDigits": 2, "MaxNumberOfDigits": 2, "Repeat": "3"}));
    story.played(1).presses("A", "1").secs(2).wants(["Play 2 to A: prompts/wrong.wav"]);
    // The tail of a wrong input is not the beginning of the next.
    story.presses("A", "9").played(2).wants(["Play 3 to A: prompts/menu.wav"]);
    story.played(3).secs(5).wants(["Play 4 to A: prompts/wrong.wav"]);
    story.played(4).wants(["Play 5 to A: prompts/menu.wav"]);
    story.presses("A", "3#").wants(["StopPlayback 5", "Play 6 to A: prompts/wrong.wav"]);
    story.told_nothing().played(6);
    got_nothing_good(&mut story, "3");
    story.wants(["Ignore A"]);
}

#[test]
fn a_later_attempt_may_succeed() {
    let mut story = asked(json!({"InputDigitsRegex": "^[12]$", "MaxNumberOfDigits": 1, "Repeat": 2}));
    story.presses("A", "3").played(2).presses("A", "2");
    got(&mut story, "2");
}

#[test]
fn patterns_are_searched_with_and_without_the_terminator() {
    for (pattern, typed, good) in [
        ("[0-9]", "123456#", true),
        ("[1-2]", "345#", false),
        (r"^\d{2}#$", "12#", true),
        (r"^\d{2}$", "12#", true),
        (r"^\d{2}#$", "123#", false),
        (r"^(?!0)\d+$", "05#", false),
    ] {
        let mut story = asked(json!({"InputDigitsRegex": pattern}));
        story.presses("A", typed);
        if good {
            got(&mut story, typed.trim_end_matches('#'));
        } else {
            story.played(2);
            got_nothing_good(&mut story, typed.trim_end_matches('#'));
        }
    }
}

#[test]
fn prompts_that_cannot_be_played_fail_it() {
    let mut story = asked(json!({}));
    story.cannot_be_played(1, PlaybackError::NotAudio("menu.wav".into()));
    story.told_failed(
        "PlayAudioAndGetDigits",
        "InvalidAudioSource",
        "Audio Source parameter value is invalid.",
    );

    let mut story = asked(json!({"MinNumberOfDigits": 1}));
    story.played(1).secs(5).cannot_be_played(2, PlaybackError::ObjectNotFound("wrong.wav".into()));
    story.told_failed(
        "PlayAudioAndGetDigits",
        "InvalidAudioSource",
        "Cannot access S3 bucket or audio file.",
    );
}

#[test]
fn a_spoken_question_works_the_same() {
    let speak = action(
        "SpeakAndGetDigits",
        json!({
            "SpeechParameters": {"Text": "<speak>PIN</speak>", "TextType": "ssml", "VoiceId": "Amy", "Engine": "neural", "LanguageCode": "en-GB"},
            "FailureSpeechParameters": {"Text": "<speak>no</speak>"},
            "MaxNumberOfDigits": 4, "MinNumberOfDigits": 4, "RepeatDurationInMilliseconds": "5000"}),
    );
    let mut story = Story::answered(json!([speak]));
    story.wants(["Answer A", "Play 1 to A: '<speak>PIN</speak>'", "Listen to A"]);
    story.presses("A", "12#");
    // Everything but the text comes from the first speech, the kind of text included.
    let speech = story.journal.iter().rev().find_map(|(_, _, effects)| {
        effects.iter().find_map(|effect| match effect {
            call::Effect::Play { source: call::AudioSource::Speech(speech), .. } => Some(speech.clone()),
            _ => None,
        })
    });
    let expected = call::Speech {
        text: "<speak>no</speak>".into(),
        ssml: true,
        engine: "neural".into(),
        voice: "Amy".into(),
        language: Some("en-GB".into()),
    };
    assert_eq!(speech, Some(expected));
    story.played(2);
    let data = story.told_failed("SpeakAndGetDigits", FAILED.0, FAILED.1);
    assert_eq!(data["ReceivedDigits"], "12");
    assert_eq!(data["Parameters"]["InBetweenDigitsDurationInMilliseconds"], "5000");
}

fn listening(regex: &str) -> Story {
    let mut story = Story::answered(json!([receive_digits(regex)]));
    story.wants(["Answer A", "Listen to A"]);
    let data = story.told_of("ACTION_SUCCESSFUL", "ReceiveDigits");
    assert_eq!(data["ReceivedDigits"], "");
    story.answers(json!([]));
    story
}

#[track_caller]
fn received(story: &mut Story, digits: &str) {
    let data = story.told_of("DIGITS_RECEIVED", "ReceiveDigits");
    assert_eq!(data["ReceivedDigits"], digits);
    assert_eq!(data["Parameters"]["CallId"], story.id("A"));
}

#[test]
fn a_registration_keeps_listening() {
    let mut story = listening(r"^\*[5-8]$");
    for digits in ["*5", "*7", "*8"] {
        story.presses("A", digits).ms(999).told_nothing().ms(1);
        received(&mut story, digits);
        story.answers(json!([]));
    }
    story.wants([]).goes_on();
}

#[test]
fn the_whole_buffer_is_reported_hash_included() {
    let mut story = listening("11#");
    story.presses("A", "711#").secs(1);
    received(&mut story, "711#");
}

#[test]
fn what_does_not_match_stays_until_it_is_flushed() {
    let mut story = listening("^123$");
    story.presses("A", "12").secs(3).told_nothing().presses("A", "3").secs(1);
    received(&mut story, "123");
    story.answers(json!([])).presses("A", "9").secs(9).presses("A", "123").ms(999).told_nothing();
    // Ten seconds after the 9 the buffer 9123 is tested a last time and emptied.
    story.ms(1).told_nothing().presses("A", "123").secs(1);
    received(&mut story, "123");
}

#[test]
fn the_last_test_is_at_the_flush() {
    let mut story = listening("12$");
    story.presses("A", "1").ms(9_500).presses("A", "2").ms(499).told_nothing();
    assert_eq!(story.call.deadline().unwrap().1, "digits to be flushed");
    story.ms(1);
    received(&mut story, "12");
}

#[test]
fn it_listens_while_other_actions_run() {
    let mut story = listening("1");
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([play("a.wav")]));
    story.forget().presses("A", "1").secs(1);
    received(&mut story, "1");
    story.answers(json!([]));
    story.wants([]);
}

#[test]
fn it_listens_while_bridged() {
    let mut story = listening("5");
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([bridge()])).picks_up("B");
    story.told("ACTION_SUCCESSFUL");
    story.answers(json!([])).presses("A", "5").presses("B", "5").secs(1);
    received(&mut story, "5");
}

#[test]
fn a_collecting_action_has_the_digits_for_itself() {
    let mut story = listening("[0-9]");
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([ask(json!({"MaxNumberOfDigits": 2}))]));
    story.presses("A", "12");
    story.told_of("ACTION_SUCCESSFUL", "PlayAudioAndGetDigits");
    story.answers(json!([])).secs(30).told_nothing();
    story.presses("A", "3").secs(1);
    received(&mut story, "3");
}

#[test]
fn a_new_registration_replaces_the_old_one() {
    let mut story = listening("1");
    story.presses("A", "1").is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([receive_digits("2")]));
    story.told_of("ACTION_SUCCESSFUL", "ReceiveDigits");
    story.answers(json!([])).secs(20).told_nothing();
    story.presses("A", "1").secs(20).told_nothing();
    story.presses("A", "2").secs(1);
    received(&mut story, "2");
}

#[test]
fn a_key_may_end_a_playback_and_count_for_the_registration() {
    let mut story = listening("#");
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    story.answers(json!([action(
        "PlayAudio",
        json!({"AudioSource": file("a.wav"), "PlaybackTerminators": ["#"], "Repeat": 3})
    )]));
    story.wants(["Play 1 to A: prompts/a.wav x3"]).presses("A", "1#").wants(["StopPlayback 1"]);
    let data = story.told_of("ACTION_SUCCESSFUL", "PlayAudio");
    assert!(data.get("ReceivedDigits").is_none());
    story.answers(json!([])).secs(1);
    received(&mut story, "1#");
}

#[test]
fn digits_nobody_asked_for_are_discarded() {
    let mut story = Story::answered(json!([play("a.wav")]));
    story.presses("A", "123#").played(1);
    story.told("ACTION_SUCCESSFUL");
    // Type-ahead does not count for what is asked later.
    story.answers(json!([ask(json!({"MaxNumberOfDigits": 1}))]));
    story.told_nothing().presses("A", "9");
    got(&mut story, "9");
}

#[test]
fn a_buffer_is_bounded() {
    let mut story = listening("#");
    for _ in 0..100 {
        story.presses("A", "11111");
    }
    story.presses("A", "#").secs(10).told_nothing();
    story.presses("A", "#").secs(1);
    received(&mut story, "#");
}

#[test]
fn a_pattern_that_never_ends_its_search_finds_nothing() {
    let mut story = Story::answered(json!([action(
        "ReceiveDigits",
        json!({"InputDigitsRegex": r"^(\d|\d\d)+\1*$", "InBetweenDigitsDurationInMilliseconds": 1000,
            "FlushDigitsDurationInMilliseconds": 2000})
    )]));
    story.told("ACTION_SUCCESSFUL");
    story.answers(json!([])).presses("A", &("1".repeat(100) + "#")).secs(5).told_nothing().goes_on();
}
