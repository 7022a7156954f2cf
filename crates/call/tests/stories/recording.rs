//! `RecordAudio`.

use call::StoreError;
use serde_json::json;

use crate::support::*;

#[test]
fn the_upload_is_finished_before_the_event_is_sent() {
    let mut story = Story::answered(json!([record(json!({}))]));
    let a = story.id("A");
    story.wants(["Answer A", "StartRecording 1 of A", "Listen to A"]);
    story.secs(30).presses("A", "1#");
    story.wants([format!("StoreRecording 1: voicemail/box/{a}-0.wav").as_str(), "Ignore A"]);
    story.secs(14).told_nothing().stored(1);
    let data = story.told_of("ACTION_SUCCESSFUL", "RecordAudio");
    assert_eq!(
        data["RecordingDestination"],
        json!({"Type": "S3", "BucketName": "voicemail", "Prefix": "box", "Key": format!("box/{a}-0.wav")})
    );
    assert_eq!(data["RecordingTerminatorUsed"], "#");
    assert_eq!(data["Parameters"]["RecordingDestination"]["Prefix"], "box");
}

#[test]
fn duration_and_silence_end_it_without_a_terminator() {
    let mut story = Story::answered(json!([record(json!({"DurationInSeconds": "10"}))]));
    story.ms(9_999).told_nothing();
    assert_eq!(story.call.deadline().unwrap().1, "recording duration");
    story.ms(1).stored(1);
    let data = story.told_of("ACTION_SUCCESSFUL", "RecordAudio");
    assert!(data.get("RecordingTerminatorUsed").is_none());

    let mut story = Story::answered(json!([record(json!({"SilenceDurationInSeconds": 3}))]));
    story.wants(["Answer A", "StartRecording 1 of A until 3s below 200", "Listen to A"]);
    story.silent(1).stored(1);
    let data = story.told_of("ACTION_SUCCESSFUL", "RecordAudio");
    assert!(data.get("RecordingTerminatorUsed").is_none());
}

#[test]
fn a_threshold_without_a_duration_is_ignored() {
    let mut story =
        Story::answered(json!([record(json!({"SilenceDurationInSeconds": 5, "SilenceThreshold": "150"}))]));
    story.wants(["Answer A", "StartRecording 1 of A until 5s below 150", "Listen to A"]);
    let mut story = Story::answered(json!([record(json!({"SilenceThreshold": 5_000}))]));
    story.wants(["Answer A", "StartRecording 1 of A", "Listen to A"]);
}

#[test]
fn recordings_of_a_leg_are_counted_from_0() {
    let mut story = Story::inbound();
    let a = story.id("A");
    story.told("NEW_INBOUND_CALL");
    for (n, (destination, key)) in [
        (json!({"Type": "S3", "BucketName": "b"}), format!("{a}-0.wav")),
        (json!({"Type": "S3", "BucketName": "b", "Prefix": ""}), format!("{a}-1.wav")),
        (json!({"Type": "S3", "BucketName": "b", "Prefix": format!("{a}-")}), format!("{a}-/{a}-2.wav")),
        (json!({"Type": "S3", "BucketName": "b", "Prefix": "x/y/"}), format!("x/y/{a}-3.wav")),
    ]
    .into_iter()
    .enumerate()
    {
        story.answers(json!([record(json!({"RecordingDestination": destination}))]));
        story.presses("A", "#").stored(u32::try_from(n).unwrap() + 1);
        let data = story.told_of("ACTION_SUCCESSFUL", "RecordAudio");
        assert_eq!(data["RecordingDestination"]["Key"], key);
    }
}

#[test]
fn a_recording_that_cannot_be_stored_fails() {
    let upload = ("InvalidActionParameter", "Error occurred while uploading recording to S3 bucket.");
    let system = ("SystemException", "System error while running action.");
    for (error, (error_type, message)) in
        [(StoreError::NoAccess("b".into()), upload), (StoreError::System("disk".into()), system)]
    {
        let mut story = Story::answered(json!([record(json!({})), play("rest.wav")]));
        story.presses("A", "#").forget().not_stored(1, error);
        story.told_failed("RecordAudio", error_type, message);
        story.answers(json!([]));
        story.wants([]).goes_on();
    }
    let mut story = Story::answered(json!([record(json!({}))]));
    story.presses("A", "#").secs(15);
    story.told_failed("RecordAudio", upload.0, upload.1);
    story.stored(1).answers(json!([]));
    story.told_nothing();
}

#[test]
fn events_of_another_recording_or_too_late_are_nothing() {
    let mut story = Story::answered(json!([record(json!({}))]));
    story.forget().silent(7).stored(7).told_nothing().wants([]);
    story.presses("A", "#").forget().silent(1).presses("A", "#").wants([]);
    story.stored(1);
    story.told("ACTION_SUCCESSFUL");
}

#[test]
fn parameters_are_checked() {
    let long = "p".repeat(980);
    for (more, message) in [
        (json!({"DurationInSeconds": 0}), "DurationInSeconds parameter value is invalid."),
        (json!({"DurationInSeconds": "x"}), "DurationInSeconds parameter value is invalid."),
        (json!({"SilenceDurationInSeconds": 0}), "SilenceDurationInSeconds parameter value is invalid."),
        (json!({"SilenceDurationInSeconds": 1_001}), "SilenceDurationInSeconds parameter value is invalid."),
        (
            json!({"SilenceDurationInSeconds": 1, "SilenceThreshold": 1_001}),
            "SilenceThreshold parameter value is invalid.",
        ),
        (json!({"RecordingTerminators": null}), "RecordingTerminators parameter value is invalid."),
        (json!({"RecordingTerminators": "#"}), "RecordingTerminators parameter value is invalid."),
        (json!({"RecordingTerminators": ["A"]}), "RecordingTerminators parameter value is invalid."),
        (json!({"RecordingDestination": null}), "RecordingDestination parameter value is invalid."),
        (
            json!({"RecordingDestination": {"Type": "S4", "BucketName": "b"}}),
            "RecordingDestination parameter value is invalid.",
        ),
        (json!({"RecordingDestination": {"Type": "S3"}}), "RecordingDestination parameter value is invalid."),
        (
            json!({"RecordingDestination": {"Type": "S3", "BucketName": "a/b"}}),
            "RecordingDestination parameter value is invalid.",
        ),
        (
            json!({"RecordingDestination": {"Type": "S3", "BucketName": "b", "Prefix": long}}),
            "RecordingDestination parameter value is invalid.",
        ),
        (
            json!({"RecordingDestination": {"Type": "S3", "BucketName": "b", "Prefix": "../../etc"}}),
            "RecordingDestination parameter value is invalid.",
        ),
        (
            json!({"RecordingDestination": {"Type": "S3", "BucketName": "b", "Prefix": "/etc"}}),
            "RecordingDestination parameter value is invalid.",
        ),
        (
            json!({"RecordingDestination": {"Type": "S3", "BucketName": "b", "Prefix": "a\nb"}}),
            "RecordingDestination parameter value is invalid.",
        ),
    ] {
        let mut story = Story::answered(json!([record(more)]));
        story.wants([]);
        story.told_failed("RecordAudio", "InvalidActionParameter", message);
    }
}
