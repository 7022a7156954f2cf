//! Parameters of the actions: errors, defaults, leniency, and what is not there yet.

use call::{AudioSource, Effect, PlaybackError, Speech};
use serde_json::{Value, json};

use crate::support::*;

const LEG: &str = "CallId or ParticipantTag parameter for action is invalid.";

/// The action fails before anything happened.
#[track_caller]
fn refused(action: &Value, error_type: &str, message: &str) {
    let mut story = Story::answered(json!([action, play("rest.wav")]));
    story.wants([]);
    story.told_failed(action["Type"].as_str().unwrap(), error_type, message);
    story.answers(json!([]));
    story.wants([]).goes_on();
}

#[test]
fn pause() {
    let invalid = "Duration parameter value is invalid.";
    for duration in [json!(null), json!(0), json!(-5), json!(600_001), json!("long"), json!(1.5)] {
        refused(
            &action("Pause", json!({"DurationInMilliseconds": duration})),
            "InvalidActionParameter",
            invalid,
        );
    }
    refused(&json!({"Type": "Pause"}), "InvalidActionParameter", invalid);
    for (duration, ms) in [(json!(1), 1), (json!("1000"), 1_000), (json!(60_000.0), 60_000)] {
        let mut story =
            Story::answered(json!([action("Pause", json!({"DurationInMilliseconds": duration}))]));
        story.ms(ms - 1).told_nothing();
        story.ms(1);
        story.told_of("ACTION_SUCCESSFUL", "Pause");
    }
}

#[test]
fn play_audio() {
    let source = "Audio Source parameter value is invalid.";
    for bad in [
        json!(null),
        json!("a.wav"),
        json!({}),
        json!({"Type": "HTTP", "BucketName": "b", "Key": "k"}),
        json!({"Type": "S3", "Key": "k"}),
        json!({"Type": "S3", "BucketName": "b"}),
        json!({"Type": "S3", "BucketName": "", "Key": "k"}),
        json!({"Type": "S3", "BucketName": "b", "Key": ""}),
        json!({"Type": "S3", "BucketName": "../b", "Key": "k"}),
        json!({"Type": "S3", "BucketName": "b", "Key": "k".repeat(1_025)}),
    ] {
        refused(&action("PlayAudio", json!({"AudioSource": bad})), "InvalidAudioSource", source);
    }
    for (name, value) in [
        ("PlaybackTerminators", json!("#")),
        ("PlaybackTerminators", json!(["##"])),
        ("PlaybackTerminators", json!(["A"])),
        ("Repeat", json!(0)),
        ("Repeat", json!("often")),
        ("Repeat", json!(-1)),
    ] {
        refused(
            &action("PlayAudio", json!({"AudioSource": file("a.wav"), name: value})),
            "InvalidActionParameter",
            &format!("{name} parameter value is invalid."),
        );
    }
    let mut story =
        Story::answered(json!([action("PlayAudio", json!({"AudioSource": file("a.wav"), "Repeat": "5"}))]));
    story.wants(["Answer A", "Play 1 to A: prompts/a.wav x5"]);
    for (error, error_type, message) in [
        (
            PlaybackError::ObjectNotFound("k".into()),
            "InvalidAudioSource",
            "Cannot access S3 bucket or audio file.",
        ),
        (PlaybackError::NotAudio("k".into()), "InvalidAudioSource", source),
        (PlaybackError::System("k".into()), "SystemException", "System error while running action."),
    ] {
        let mut story = Story::answered(json!([play("a.wav")]));
        story.cannot_be_played(1, error);
        story.told_failed("PlayAudio", error_type, message);
    }
}

#[test]
fn collecting_digits() {
    for (more, error_type, message) in [
        (json!({"AudioSource": null}), "InvalidAudioSource", "Audio Source parameter value is invalid."),
        (
            json!({"FailureAudioSource": null}),
            "InvalidAudioSource",
            "Audio Source parameter value is invalid.",
        ),
        (
            json!({"InputDigitsRegex": "["}),
            "InvalidActionParameter",
            "InputDigitsRegex parameter value is invalid.",
        ),
        (
            json!({"InputDigitsRegex": []}),
            "InvalidActionParameter",
            "InputDigitsRegex parameter value is invalid.",
        ),
        (
            json!({"MinNumberOfDigits": -1}),
            "InvalidActionParameter",
            "MinNumberOfDigits parameter value is invalid.",
        ),
        (
            json!({"MaxNumberOfDigits": 0}),
            "InvalidActionParameter",
            "MaxNumberOfDigits parameter value is invalid.",
        ),
        (
            json!({"MaxNumberOfDigits": 129}),
            "InvalidActionParameter",
            "MaxNumberOfDigits parameter value is invalid.",
        ),
        (
            json!({"MinNumberOfDigits": 3, "MaxNumberOfDigits": 2}),
            "InvalidActionParameter",
            "MaxNumberOfDigits parameter value is invalid.",
        ),
        (
            json!({"TerminatorDigits": "#"}),
            "InvalidActionParameter",
            "TerminatorDigits parameter value is invalid.",
        ),
        (
            json!({"InBetweenDigitsDurationInMilliseconds": 0}),
            "InvalidActionParameter",
            "InBetweenDigitsDurationInMilliseconds parameter value is invalid.",
        ),
        (json!({"Repeat": 0}), "InvalidActionParameter", "Repeat parameter value is invalid."),
        (
            json!({"RepeatDurationInMilliseconds": null}),
            "InvalidActionParameter",
            "RepeatDurationInMilliseconds parameter value is invalid.",
        ),
        (
            json!({"RepeatDurationInMilliseconds": 0}),
            "InvalidActionParameter",
            "RepeatDurationInMilliseconds parameter value is invalid.",
        ),
    ] {
        refused(&ask(more), error_type, message);
    }
}

#[test]
fn speak() {
    let (missing, invalid) = ("MissingRequiredActionParameter", "InvalidActionParameter");
    let long = "x".repeat(1_001);
    for (parameters, error_type, message) in [
        (json!({}), missing, "Text is a required parameter."),
        (json!({"Text": ""}), missing, "Text is a required parameter."),
        (json!({"Text": long}), missing, "Text is limited to 1,000 characters"),
        (json!({"Text": {}}), invalid, "Text parameter value is invalid."),
        (json!({"Text": "a", "Engine": "steam"}), invalid, "Engine parameter value is invalid."),
        (json!({"Text": "a", "TextType": "html"}), invalid, "TextType parameter value is invalid."),
        (json!({"Text": "a", "VoiceId": []}), invalid, "VoiceId parameter value is invalid."),
    ] {
        refused(&action("Speak", parameters), error_type, message);
    }
    // The limit counts characters.
    let mut story = Story::answered(json!([action("Speak", json!({"Text": "ü".repeat(1_000)}))]));
    story.played(1);
    story.told_of("ACTION_SUCCESSFUL", "Speak");
    for (error, error_type, message) in [
        (PlaybackError::BadSpeech("ssml".into()), invalid, "Text parameter value is invalid."),
        (
            PlaybackError::SpeechFailed("engine".into()),
            "SystemException",
            "System error while running action.",
        ),
    ] {
        let mut story = Story::answered(json!([action("Speak", json!({"Text": "a"}))]));
        story.cannot_be_played(1, error);
        story.told_failed("Speak", error_type, message);
    }
}

#[test]
fn speech_has_defaults_and_unknown_voices_pass_outside_strict_mode() {
    let spoken = |strict: bool, parameters: Value| {
        let mut setup = inbound();
        setup.limits.strict = strict;
        let mut story = Story::of(setup);
        story.told("NEW_INBOUND_CALL");
        story.answers(json!([action("Speak", parameters)]));
        let found = story.journal.last().unwrap().2.iter().find_map(|effect| match effect {
            Effect::Play { source: AudioSource::Speech(speech), .. } => Some(speech.clone()),
            _ => None,
        });
        if found.is_none() {
            story.told("ACTION_FAILED");
        }
        found
    };
    let plain = Speech {
        text: "hi".into(),
        ssml: false,
        engine: "standard".into(),
        voice: "Joanna".into(),
        language: None,
    };
    assert_eq!(spoken(false, json!({"Text": "hi"})), Some(plain.clone()));
    assert_eq!(spoken(true, json!({"Text": "hi", "VoiceId": "", "LanguageCode": ""})), Some(plain));
    let unknown = json!({"Text": "hi", "VoiceId": "Nobody"});
    assert!(spoken(false, unknown.clone()).is_some());
    assert!(spoken(true, unknown).is_none());
    let unknown = json!({"Text": "hi", "LanguageCode": "tlh"});
    assert!(spoken(false, unknown.clone()).is_some());
    assert!(spoken(true, unknown).is_none());
    assert!(spoken(true, json!({"Text": "hi", "VoiceId": "Zhiyu", "LanguageCode": "yue-CN"})).is_some());
}

#[test]
fn speak_and_get_digits() {
    let (missing, invalid) = ("MissingRequiredActionParameter", "InvalidActionParameter");
    let speech = json!({"Text": "a"});
    for (parameters, error_type, message) in [
        (json!({}), missing, "SpeechParameters is a required parameter."),
        (json!({"SpeechParameters": "a"}), invalid, "SpeechParameters parameter value is invalid."),
        (json!({"SpeechParameters": {}}), missing, "Text is a required parameter."),
        (json!({"SpeechParameters": speech}), missing, "FailureSpeechParameters is a required parameter."),
        (
            json!({"SpeechParameters": speech, "FailureSpeechParameters": speech}),
            missing,
            "RepeatDurationInMilliseconds is a required parameter.",
        ),
        (
            json!({"SpeechParameters": speech, "FailureSpeechParameters": speech,
                "RepeatDurationInMilliseconds": 1_000, "MaxNumberOfDigits": 200}),
            invalid,
            "MaxNumberOfDigits parameter value is invalid.",
        ),
    ] {
        refused(&action("SpeakAndGetDigits", parameters), error_type, message);
    }
}

#[test]
fn receive_digits() {
    let good = json!({"InputDigitsRegex": "1", "InBetweenDigitsDurationInMilliseconds": 1_000,
        "FlushDigitsDurationInMilliseconds": 2_000});
    for (name, value) in [
        ("InputDigitsRegex", json!(null)),
        ("InputDigitsRegex", json!("")),
        ("InputDigitsRegex", json!("(")),
        ("InBetweenDigitsDurationInMilliseconds", json!(null)),
        ("InBetweenDigitsDurationInMilliseconds", json!(0)),
        ("FlushDigitsDurationInMilliseconds", json!(null)),
        ("FlushDigitsDurationInMilliseconds", json!(1_000)),
        ("FlushDigitsDurationInMilliseconds", json!("x")),
    ] {
        let mut parameters = good.clone();
        parameters[name] = value;
        refused(
            &action("ReceiveDigits", parameters),
            "InvalidActionParameter",
            &format!("{name} parameter value is invalid."),
        );
    }
}

#[test]
fn send_digits() {
    for digits in [json!(null), json!(""), json!("12x"), json!("E"), json!("1".repeat(51)), json!([])] {
        refused(
            &action("SendDigits", json!({"Digits": digits})),
            "InvalidActionParameter",
            "Digits parameter value is invalid.",
        );
    }
    for tone in [json!(49), json!(24_001), json!("x")] {
        refused(
            &action("SendDigits", json!({"Digits": "1", "ToneDurationInMilliseconds": tone})),
            "InvalidActionParameter",
            "ToneDuration parameter value is invalid.",
        );
    }
    let mut story = Story::answered(json!([action("SendDigits", json!({"Digits": "0123456789*#ABCD,"}))]));
    story.wants(["Answer A", "SendDigits 1 to A: 0123456789*#ABCD, 250ms"]);
    let mut story = Story::answered(json!([action("SendDigits", json!({"Digits": 5}))]));
    story.wants(["Answer A", "SendDigits 1 to A: 5 250ms"]);
}

#[test]
fn voice_focus() {
    refused(
        &action("VoiceFocus", json!({})),
        "MissingRequiredActionParameter",
        "Missing required action parameter.",
    );
    refused(
        &action("VoiceFocus", json!({"Enable": 7})),
        "InvalidActionParameter",
        "Enable parameter value is invalid.",
    );
}

#[test]
fn answer_answers_and_notifies() {
    let mut story = Story::answered(json!([action("Answer", json!({})), hangup()]));
    story.wants(["Answer A"]);
    story.told_of("ACTION_SUCCESSFUL", "Answer");
    story.answers(json!([]));
    story.wants(["Release A"]);
}

#[test]
fn strict_mode_refuses_the_answer_action_and_short_pauses() {
    let strictly = |actions: Value| {
        let mut setup = inbound();
        setup.limits.strict = true;
        let mut story = Story::of(setup);
        story.told("NEW_INBOUND_CALL");
        story.answers(actions);
        story
    };
    let mut story = strictly(json!([action("Answer", json!({})), hangup()]));
    let event = story.told("INVALID_LAMBDA_RESPONSE");
    assert_eq!(event["ErrorType"], "UnsupportedAction", "{event}");
    let mut story = strictly(json!([action("Pause", json!({"DurationInMilliseconds": 99}))]));
    story.told_failed("Pause", "InvalidActionParameter", "Duration parameter value is invalid.");
    let mut story = strictly(json!([action("Pause", json!({"DurationInMilliseconds": 100}))]));
    story.ms(100);
    story.told_of("ACTION_SUCCESSFUL", "Pause");
}

#[test]
fn known_actions_that_are_not_there_yet_say_so() {
    for kind in [
        "StartCallRecording",
        "StopCallRecording",
        "PauseCallRecording",
        "ResumeCallRecording",
        "StartBotConversation",
    ] {
        refused(
            &action(kind, json!({})),
            "SystemException",
            &format!("The {kind} action is not supported yet."),
        );
    }
}

#[test]
fn unknown_parameters_are_ignored() {
    let mut story =
        Story::answered(json!([bridge_with(json!({"CustomSipHeaders": {"From": "x"}, "Foo": 1}))]));
    story.wants(["Dial B +15550300 from +15550199 for 30s"]);
}

#[test]
fn legs_are_chosen_by_id_then_tag_then_the_event() {
    let mut story = Story::bridged();
    let (a, b) = (story.id("A"), story.id("B"));
    for (selectors, expected) in [
        (json!({}), "A"),
        (json!({"CallId": b}), "B"),
        (json!({"ParticipantTag": "LEG-B"}), "B"),
        (json!({"ParticipantTag": "LEG-B", "CallId": a}), "A"),
        (json!({"ParticipantTag": "LEG-B", "CallId": ""}), "B"),
        (json!({"ParticipantTag": "", "CallId": ""}), "A"),
        (json!({"ParticipantTag": null, "CallId": null}), "A"),
    ] {
        let mut parameters = selectors.clone();
        parameters["Text"] = json!("x");
        story.is_updated(json!({}));
        story.told("CALL_UPDATE_REQUESTED");
        story.forget().answers(json!([action("Speak", parameters)]));
        let wants = story.take_wants();
        assert!(wants[0].ends_with(&format!("to {expected}: 'x'")), "{selectors}: {wants:?}");
        let playback = wants[0].split(' ').nth(1).unwrap().parse().unwrap();
        story.played(playback);
        let data = story.told_of("ACTION_SUCCESSFUL", "Speak");
        assert_eq!(data["Parameters"]["CallId"], story.id(expected));
        story.answers(json!([]));
    }
}

#[test]
fn the_leg_of_a_digits_event_is_the_one_that_pressed() {
    let mut story = Story::bridged();
    story.is_updated(json!({}));
    story.told("CALL_UPDATE_REQUESTED");
    let mut listen = crate::support::receive_digits("1");
    listen["Parameters"]["ParticipantTag"] = json!("LEG-B");
    story.answers(json!([listen]));
    story.told("ACTION_SUCCESSFUL");
    story.answers(json!([])).forget().presses("B", "1").secs(1);
    story.told("DIGITS_RECEIVED");
    story.answers(json!([crate::support::speak("you pressed 1")]));
    story.wants(["Play 1 to B: 'you pressed 1'"]);
}

#[test]
fn unknown_legs_fail() {
    for selector in [
        json!({"CallId": "8a1b6e1f-0f3e-4f6e-9f0e-6c3d2a1b0c9d"}),
        json!({"CallId": "x"}),
        json!({"ParticipantTag": "LEG-B"}),
        json!({"ParticipantTag": "leg-a"}),
        json!({"ParticipantTag": 1}),
    ] {
        let mut parameters = selector;
        parameters["Text"] = json!("x");
        refused(&action("Speak", parameters), "InvalidActionParameter", LEG);
    }
}
