use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::engine::{Engine, Unit};
use super::*;

fn text(text: &str) -> call::Speech {
    call::Speech {
        text: text.into(),
        ssml: text.starts_with('<'),
        engine: "neural".into(),
        voice: "Joanna".into(),
        language: None,
    }
}

async fn listen(mut utterance: Utterance) -> Result<Vec<Chunk>, PlaybackError> {
    let mut chunks = Vec::new();
    while let Some(chunk) = utterance.next().await {
        chunks.push(chunk?);
    }
    let (last, others) = chunks.split_last().expect("a text ends with a last chunk");
    assert!(last.last && !others.iter().any(|chunk| chunk.last));
    Ok(chunks)
}

async fn samples(speech: &Speech, said: &call::Speech) -> Vec<i16> {
    let chunks = listen(speech.speak(said).unwrap()).await.unwrap();
    chunks.iter().flat_map(|chunk| chunk.samples.iter().copied()).collect()
}

fn seconds(samples: &[i16]) -> f64 {
    samples.len() as f64 / 8_000.0
}

/// Longest stretch of near silence in seconds.
fn longest_silence(samples: &[i16]) -> f64 {
    let mut longest = 0;
    let mut run = 0;
    for sample in samples {
        run = if sample.unsigned_abs() < 100 { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest as f64 / 8_000.0
}

mod with_pico {
    use super::*;

    fn speech(strict: bool) -> (Speech, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { voices_dir: folder.path().into(), cache_size: 1 << 20, strict };
        (Speech::new(settings).unwrap(), folder)
    }

    #[tokio::test]
    async fn a_sentence_is_heard_for_a_plausible_time() {
        let (speech, _folder) = speech(false);
        let audio = samples(&speech, &text("Please hold while we connect your call.")).await;
        assert!((1.5..3.5).contains(&seconds(&audio)), "{}", seconds(&audio));
        let power = audio.iter().map(|&s| f64::from(s).powi(2)).sum::<f64>() / audio.len() as f64;
        let level = 10.0 * (power / 32_768.0_f64.powi(2)).log10();
        assert!((-24.0..-12.0).contains(&level), "{level} dBFS");
        let end = audio.iter().rev().take_while(|s| s.unsigned_abs() < 100).count();
        assert!(end < 1_600, "little silence at the end: {end}");
    }

    #[tokio::test]
    async fn a_break_is_silence_of_its_length() {
        let (speech, _folder) = speech(false);
        let without = samples(&speech, &text("<speak>Please hold the line now.</speak>")).await;
        let with =
            samples(&speech, &text("<speak>Please hold <break time=\"2s\"/> the line now.</speak>")).await;
        assert!((2.0..2.4).contains(&longest_silence(&with)), "{}", longest_silence(&with));
        let longer = seconds(&with) - seconds(&without);
        assert!((1.7..2.8).contains(&longer), "{longer}");
        let only = samples(&speech, &text("<speak><break time='500ms'/></speak>")).await;
        assert_eq!(only, vec![0; 4_000]);
    }

    #[tokio::test]
    async fn digits_take_longer_than_their_number() {
        let (speech, _folder) = speech(false);
        let say = |kind: &str| text(&format!("<speak><say-as interpret-as='{kind}'>7777</say-as></speak>"));
        let digits = samples(&speech, &say("digits")).await;
        let telephone = samples(&speech, &say("telephone")).await;
        assert!((0.8..3.0).contains(&seconds(&digits)), "{}", seconds(&digits));
        assert!((0.8..3.0).contains(&seconds(&telephone)), "{}", seconds(&telephone));
        let one = samples(&speech, &text("<speak><say-as interpret-as='digits'>7</say-as></speak>")).await;
        assert!(seconds(&digits) > 2.0 * seconds(&one), "{} {}", seconds(&digits), seconds(&one));
    }

    #[tokio::test]
    async fn a_long_text_is_heard_before_it_is_finished() {
        let (speech, _folder) = speech(false);
        let long = "This is one of many sentences, and there are more to come. ".repeat(16);
        let mut utterance = speech.speak(&text(&long)).unwrap();
        let first = utterance.next().await.unwrap().unwrap();
        assert!(!first.last);
        assert!(first.samples.len() < 8_000, "{}", first.samples.len());
        let rest = listen(utterance).await.unwrap();
        assert!(rest.len() > 10);
    }

    #[tokio::test]
    async fn voices_choose_the_language_and_unknown_ones_the_default() {
        let (speech, _folder) = speech(false);
        let with = |voice: &str, language: Option<&str>| call::Speech {
            voice: voice.into(),
            language: language.map(Into::into),
            ..text("Guten Tag, Sie werden verbunden.")
        };
        let german = samples(&speech, &with("Vicki", None)).await;
        let english = samples(&speech, &with("Joanna", None)).await;
        let by_code = samples(&speech, &with("Joanna", Some("de-DE"))).await;
        let unknown = samples(&speech, &with("Nobody", Some("xx-XX"))).await;
        assert_ne!(german, english);
        assert_eq!(german, by_code);
        assert_eq!(english, unknown);
    }

    #[tokio::test]
    async fn strict_refuses_unknown_voices() {
        let (speech, _folder) = speech(true);
        for (voice, language) in [("Nobody", None), ("Joanna", Some("xx-XX"))] {
            let said =
                call::Speech { voice: voice.into(), language: language.map(str::to_owned), ..text("a") };
            assert!(matches!(speech.speak(&said), Err(PlaybackError::BadSpeech(_))), "{voice}");
        }
        assert!(speech.speak(&text("a")).is_ok());
    }

    #[tokio::test]
    async fn broken_ssml_is_bad_speech_at_once() {
        let (speech, _folder) = speech(false);
        for broken in ["<speak>a", "<p>a</p>", "<speak>&undefined;</speak>"] {
            assert!(matches!(speech.speak(&text(broken)), Err(PlaybackError::BadSpeech(_))), "{broken}");
        }
        let no_root = call::Speech { ssml: true, ..text("hello") };
        assert!(matches!(speech.speak(&no_root), Err(PlaybackError::BadSpeech(_))));
        let long = text(&"a".repeat(LONGEST_TEXT + 1));
        assert!(matches!(speech.speak(&long), Err(PlaybackError::BadSpeech(_))));
    }

    #[tokio::test]
    async fn a_text_without_a_sound_ends() {
        let (speech, _folder) = speech(false);
        for silent in ["", "  \n", "<speak/>", "😀"] {
            let chunks = listen(speech.speak(&text(silent)).unwrap()).await.unwrap();
            assert_eq!(chunks.len(), 1, "{silent:?}");
        }
    }
}

/// An engine that does what the text says and counts the units it was given.
struct Puppet {
    spoken: Arc<AtomicUsize>,
}

impl Engine for Puppet {
    fn synthesise(
        &mut self,
        unit: &Unit,
        sink: &mut dyn FnMut(&[i16]) -> ControlFlow<()>,
    ) -> Result<(), String> {
        self.spoken.fetch_add(1, Ordering::Relaxed);
        match unit.text.as_str() {
            "hang" => loop {
                thread::sleep(Duration::from_secs(3_600));
            },
            "panic" => panic!("as the text says"),
            "fail" => Err("as the text says".into()),
            "endless" => loop {
                if sink(&[1_000; 1_600]).is_break() {
                    return Ok(());
                }
            },
            _ => {
                // One second.
                let _ = sink(&[1_000; 16_000]);
                Ok(())
            }
        }
    }
}

fn puppet() -> (Speech, Arc<AtomicUsize>) {
    let spoken = Arc::new(AtomicUsize::new(0));
    let counter = spoken.clone();
    let factory: Factory = Arc::new(move || Box::new(Puppet { spoken: counter.clone() }));
    (Speech::with_engine(factory, Duration::from_secs(1), 1 << 20, false).unwrap(), spoken)
}

async fn failure(speech: &Speech, said: &str) -> String {
    match listen(speech.speak(&text(said)).unwrap()).await {
        Err(PlaybackError::SpeechFailed(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_engine_that_hangs_crashes_or_fails_costs_its_text_only() {
    let (speech, _) = puppet();
    for _ in 0..2 {
        assert_eq!(failure(&speech, "panic").await, "the speech engine crashed");
        assert_eq!(failure(&speech, "fail").await, "as the text says");
        assert_eq!(seconds(&samples(&speech, &text("fine")).await).round(), 1.0);
    }
    let started = Instant::now();
    assert_eq!(failure(&speech, "hang").await, "the speech engine hangs");
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(seconds(&samples(&speech, &text("also fine")).await).round(), 1.0);
}

#[tokio::test]
async fn engines_that_hang_are_not_piled_up() {
    let (speech, spoken) = puppet();
    for _ in 0..4 {
        assert_eq!(failure(&speech, "hang").await, "the speech engine hangs");
    }
    for _ in 0..3 {
        assert_eq!(failure(&speech, "anything").await, "the speech engine hangs too often");
    }
    assert_eq!(spoken.load(Ordering::Relaxed), 4);
}

#[tokio::test]
async fn what_was_said_before_is_not_synthesised_again() {
    let (speech, spoken) = puppet();
    let once = samples(&speech, &text("Thank you for calling. Your number is one.")).await;
    assert_eq!(spoken.load(Ordering::Relaxed), 2);
    let again = samples(&speech, &text("Thank you for calling. Your number is one.")).await;
    assert_eq!(once, again);
    samples(&speech, &text("Thank you for calling. Your number is two.")).await;
    assert_eq!(spoken.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn texts_take_turns() {
    let (speech, _) = puppet();
    let long = (0..100).map(|n| format!("This is the sentence number {n}. ")).collect::<String>();
    let mut long = speech.speak(&text(&long)).unwrap();
    long.next().await.unwrap().unwrap();
    samples(&speech, &text("Short")).await;
    assert!(!long.chunks.is_closed() || !long.chunks.is_empty());
    let mut seen = 0;
    while let Ok(Ok(chunk)) = long.chunks.try_recv() {
        seen += 1;
        assert!(!chunk.last, "the long text was finished before the short one began");
    }
    drop(long);
    assert!(seen < 200);
}

#[tokio::test]
async fn a_text_nobody_listens_to_any_more_is_stopped() {
    let (speech, _) = puppet();
    let mut endless = speech.speak(&text("endless")).unwrap();
    endless.next().await.unwrap().unwrap();
    drop(endless);
    samples(&speech, &text("the next one")).await;
}

#[tokio::test]
async fn a_text_that_never_ends_is_ended() {
    let (speech, _) = puppet();
    let outcome = listen(speech.speak(&text("endless")).unwrap()).await;
    assert_eq!(outcome, Err(PlaybackError::BadSpeech("the text takes more than 15 minutes".into())));
}
