//! Broken requests: nothing panics, and every refusal is one a caller can act on.

use api::http::{RawRequest, parse, render};
use api::lambda;
use api::sigv4::{Access, SKEW};
use api::{Kind, check, voice};
use base::Rng;

use super::record::{BOTOCORE, JS_V3, Record, secret_of};

const ROUNDS: usize = 20_000;

/// Changes a few characters: removes, doubles, replaces, or splices in something that means something.
fn mutate(rng: &mut Rng, text: &mut String) {
    const SPLICES: [&str; 16] =
        ["/", "%", "%2", "%00", "%ff", "?", "&", "=", "{", "}", "[", "\"", "null", "-1", "é", "\u{0}"];
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=rng.below(3) {
        let at = rng.below(chars.len() as u64 + 1) as usize;
        match rng.below(4) {
            0 if at < chars.len() => {
                chars.remove(at);
            }
            1 if at < chars.len() => chars.insert(at, chars[at]),
            2 if at < chars.len() => chars[at] = char::from(rng.below(128) as u8),
            _ => {
                let splice = SPLICES[rng.below(SPLICES.len() as u64) as usize];
                chars.splice(at..at, splice.chars());
            }
        }
    }
    *text = chars.into_iter().collect();
}

#[test]
fn mutated_requests_are_understood_or_refused() {
    let records: Vec<Record> = [BOTOCORE, JS_V3].into_iter().flat_map(Record::all).collect();
    let mut rng = Rng::new(1);
    let mut kinds = std::collections::BTreeMap::new();
    for round in 0..ROUNDS {
        let mut record = records[rng.below(records.len() as u64) as usize].clone();
        let now = record.signed_at();
        match rng.below(4) {
            0 => mutate(&mut rng, &mut record.path),
            1 => mutate(&mut rng, &mut record.query),
            2 => mutate(&mut rng, &mut record.method),
            _ => mutate(&mut rng, &mut record.body),
        }
        let outcome = record.raw(|request| parse(request, &Access::Anybody, now));
        record.raw(|request| {
            let refusal = lambda::parse(request, &Access::Anybody, now).err();
            refusal.map(|refusal| lambda::render(Err(refusal), "r"))
        });
        let kind = outcome.as_ref().err().map(|error| error.kind);
        assert!(
            matches!(kind, None | Some(Kind::BadRequest | Kind::UnknownOperation | Kind::NotImplemented)),
            "round {round}: {outcome:?} of {record:?}"
        );
        if let Err(error) = outcome {
            assert!(
                !error.message.contains("unreadable"),
                "round {round}: constraints let {record:?} through"
            );
            assert!(!render(&Err(error), "r").body.is_empty());
        }
        *kinds.entry(kind).or_insert(0) += 1;
    }
    assert!(kinds[&None] > ROUNDS / 20 && kinds[&Some(Kind::BadRequest)] > ROUNDS / 20, "{kinds:?}");
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let mut rng = Rng::new(2);
    let body =
        br#"{"Name":"rule","TriggerType":"ToPhoneNumber","TriggerValue":"x","TargetApplications":[{}]}"#;
    for _ in 0..ROUNDS / 4 {
        let mut body = body.to_vec();
        for _ in 0..=rng.below(3) {
            let at = rng.below(body.len() as u64) as usize;
            body[at] = rng.next_u64() as u8;
        }
        let outcome = voice::parse("POST", "/sip-rules", "", &body);
        assert!(
            outcome.as_ref().is_ok_and(|r| r.operation() == voice::Operation::CreateSipRule)
                || outcome.as_ref().is_err_and(|error| error.kind == Kind::BadRequest),
            "{outcome:?}"
        );
    }
}

/// The committed fuzz corpus, as it is and mutated: a short run of the fuzz targets on stable.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads its corpus")]
fn the_corpus_holds_as_it_is_and_mutated() {
    for (target, check) in [
        ("api_request", check::request as fn(&[u8])),
        ("api_names", check::names),
        ("lambda_answer", check::lambda_answer),
    ] {
        let folder = format!("{}/../../fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
            .collect();
        files.sort();
        assert!(files.len() >= 5);
        let mut rng = Rng::new(4);
        for file in &files {
            check(file.as_bytes());
            for _ in 0..ROUNDS / 20 {
                let mut text = file.clone();
                mutate(&mut rng, &mut text);
                check(text.as_bytes());
            }
        }
    }
}

/// One changed byte anywhere in a signature or what it covers never lets a request in.
#[test]
fn mutated_signatures_are_refused() {
    let records: Vec<Record> = Record::all(JS_V3).into_iter().filter(|r| !r.name.contains(':')).collect();
    let mut rng = Rng::new(3);
    let access = Access::Signed { service: "chime", secret_of: &secret_of, skew: SKEW };
    for round in 0..ROUNDS / 10 {
        let original = &records[rng.below(records.len() as u64) as usize];
        let mut headers = original.headers.clone();
        let at = headers.iter().position(|(name, _)| name == "authorization").unwrap();
        let value = headers[at].1.clone();
        let place = rng.below(value.len() as u64) as usize;
        let changed: Vec<u8> = value
            .bytes()
            .enumerate()
            .map(|(i, b)| if i == place { b ^ (1 << rng.below(7)) } else { b })
            .collect();
        let Ok(changed) = String::from_utf8(changed) else { continue };
        if is_same_claim(&value, &changed) {
            continue;
        }
        headers[at].1 = changed;
        let headers: Vec<(&str, &[u8])> = headers.iter().map(|(n, v)| (n.as_str(), v.as_bytes())).collect();
        let outcome = original.raw(|request| {
            parse(&RawRequest { headers: &headers, ..*request }, &access, original.signed_at())
        });
        let kind = outcome.err().map(|error| error.kind);
        assert_eq!(kind, Some(Kind::Forbidden), "round {round}: {}", String::from_utf8_lossy(headers[at].1));
    }
}

/// White space between fields and the case of header names and digits do not count.
fn is_same_claim(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<String>().to_ascii_lowercase();
    plain(a) == plain(b)
}
