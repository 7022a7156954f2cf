//! Signatures, both directions, against AWS's published vectors and what SDKs sent.

use std::time::Duration;

use api::http::RawRequest;
use api::sigv4::{
    Access, Credentials, PathStyle, Payload, Refusal, SKEW, Signing, presign, screen, sign, verify,
};
use base::Timestamp;

use super::record::{ACCESS_KEY, AWS_SUITE, BOTOCORE, JS_V3, Record, SECRET_KEY, secret_of};

fn chime(skew: Duration) -> Access<'static> {
    Access::Signed { service: "chime", secret_of: &secret_of, skew }
}

fn check(record: &Record, service: &str, now: Timestamp) -> Result<(), Refusal> {
    let access = Access::Signed { service, secret_of: &secret_of, skew: SKEW };
    record.raw(|request| verify(request, &access, now)).map(|caller| {
        assert_eq!(caller.access_key.as_deref(), Some(ACCESS_KEY));
    })
}

fn a_record() -> Record {
    Record::all(BOTOCORE).into_iter().find(|record| record.name == "CreateSipRule").unwrap()
}

#[test]
fn the_published_suite_verifies() {
    let records = Record::all(AWS_SUITE);
    assert_eq!(records.len(), 32);
    for record in records {
        assert_eq!(check(&record, "service", record.signed_at()), Ok(()), "{}", record.name);
    }
}

#[test]
fn we_sign_exactly_as_the_javascript_sdk_does() {
    let credentials =
        Credentials { access_key: ACCESS_KEY.into(), secret_key: SECRET_KEY.into(), session_token: None };
    for record in Record::all(JS_V3) {
        let service = if record.name == "lambda:Invoke" { "lambda" } else { "chime" };
        let signing = Signing {
            credentials: &credentials,
            region: "us-east-1",
            service,
            path: PathStyle::EncodedTwice,
            payload: Payload::Hashed,
        };
        let mut bare = record.clone();
        // An empty body's length is added by the HTTP client, after signing.
        bare.headers.retain(|(name, value)| !(name.eq_ignore_ascii_case("content-length") && value == "0"));
        bare.headers.retain(|(name, _)| {
            !["authorization", "x-amz-date", "x-amz-content-sha256"].contains(&name.as_str())
        });
        let added = bare.raw(|request| sign(request, &signing, record.signed_at()));
        for (name, value) in added {
            assert_eq!(record.header(name), Some(value.as_str()), "{} {name}", record.name);
        }
    }
}

/// The examples of the S3 manual: `AsSent` paths, signed payload hash, other key.
#[test]
fn we_sign_as_the_s3_manual_prints() {
    let credentials = Credentials {
        access_key: "AKIAIOSFODNN7EXAMPLE".into(),
        secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
        session_token: None,
    };
    let signing = Signing {
        credentials: &credentials,
        region: "us-east-1",
        service: "s3",
        path: PathStyle::AsSent,
        payload: Payload::Hashed,
    };
    let now = Timestamp::parse_iso8601("2013-05-24T00:00:00Z").unwrap();
    let host: (&str, &[u8]) = ("Host", b"examplebucket.s3.amazonaws.com");
    let range: [(&str, &[u8]); 2] = [host, ("Range", b"bytes=0-9")];
    let put: [(&str, &[u8]); 3] =
        [host, ("Date", b"Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", b"REDUCED_REDUNDANCY")];
    let only_host = [host];
    let get = RawRequest { method: "GET", path: "/", query: "", headers: &only_host, body: b"" };
    for (request, signature) in [
        (
            RawRequest { path: "/test.txt", headers: &range, ..get },
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            RawRequest {
                method: "PUT",
                path: "/test%24file.text",
                headers: &put,
                body: b"Welcome to Amazon S3.",
                ..get
            },
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        (
            RawRequest { query: "lifecycle", ..get },
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
        (
            RawRequest { query: "max-keys=2&prefix=J", ..get },
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ] {
        let added = sign(&request, &signing, now);
        let (_, authorization) = added.iter().find(|(name, _)| *name == "authorization").unwrap();
        assert!(authorization.ends_with(&format!("Signature={signature}")), "{authorization}");
    }
    let unsigned = Signing { payload: Payload::Unsigned, ..signing };
    let request = RawRequest { path: "/test.txt", ..get };
    let query = presign(&request, &unsigned, Duration::from_secs(86_400), now);
    let expected = "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    assert!(query.ends_with(expected), "{query}");
}

#[test]
fn what_we_sign_we_admit() {
    let credentials = Credentials {
        access_key: ACCESS_KEY.into(),
        secret_key: SECRET_KEY.into(),
        session_token: Some("token/+=".into()),
    };
    let signing = Signing {
        credentials: &credentials,
        region: "eu-west-1",
        service: "chime",
        path: PathStyle::EncodedTwice,
        payload: Payload::Hashed,
    };
    let now = Timestamp::from_millis(1_700_000_000_000);
    let headers: [(&str, &[u8]); 2] = [("host", b"[::1]:8080"), ("user-agent", b"x")];
    let request = RawRequest {
        method: "POST",
        path: "/a%2Fb/../c//d%20/",
        query: "z=%2B&a=1&a&b=%C3%A9",
        headers: &headers,
        body: b"{}",
    };
    let added = sign(&request, &signing, now);
    let mut signed = headers.to_vec();
    signed.extend(added.iter().map(|(name, value)| (*name, value.as_bytes())));
    let signed = RawRequest { headers: &signed, ..request };
    assert_eq!(verify(&signed, &chime(SKEW), now).map(|c| c.access_key.unwrap()), Ok(ACCESS_KEY.into()));
    let other = RawRequest { body: b"{ }", ..signed };
    assert_eq!(verify(&other, &chime(SKEW), now), Err(Refusal::PayloadMismatch));

    let query = presign(&request, &signing, Duration::from_secs(60), now);
    let presigned = RawRequest { query: &query, ..request };
    assert!(verify(&presigned, &chime(SKEW), now).is_ok());
    assert!(verify(&presigned, &chime(SKEW), now + Duration::from_secs(60)).is_ok());
    let late = now + Duration::from_secs(61);
    assert_eq!(verify(&presigned, &chime(SKEW), late), Err(Refusal::Stale));
    let early = now - SKEW - Duration::from_secs(1);
    assert_eq!(verify(&presigned, &chime(SKEW), early), Err(Refusal::Stale));
    let longer = query.replace("X-Amz-Expires=60", "X-Amz-Expires=61");
    let longer = RawRequest { query: &longer, ..request };
    assert_eq!(verify(&longer, &chime(SKEW), now), Err(Refusal::Mismatch));
}

#[test]
fn clocks_may_differ_by_the_skew_and_no_more() {
    let record = a_record();
    let at = record.signed_at();
    for now in [at, at + SKEW, at - SKEW] {
        assert_eq!(check(&record, "chime", now), Ok(()));
    }
    let more = SKEW + Duration::from_secs(1);
    for now in [at + more, at - more] {
        assert_eq!(check(&record, "chime", now), Err(Refusal::Stale));
    }
}

#[test]
fn any_change_of_what_was_signed_is_noticed() {
    type Change = fn(&mut Record);
    let changes: [(&str, Change); 7] = [
        ("method", |r| r.method = "PUT".into()),
        ("path", |r| r.path.push('x')),
        ("query", |r| r.query = "a=b".into()),
        ("body", |r| r.body.push(' ')),
        ("host", |r| {
            r.headers.iter_mut().for_each(|(n, v)| {
                if n == "Host" {
                    v.push('1')
                }
            })
        }),
        ("date", |r| {
            r.headers.iter_mut().for_each(|(n, v)| {
                if n == "X-Amz-Date" {
                    *v = v.replace("6Z", "7Z")
                }
            })
        }),
        ("content type", |r| r.headers.retain(|(n, _)| n != "Content-Type")),
    ];
    for (what, change) in changes {
        let mut record = a_record();
        let at = record.signed_at();
        record.headers.iter_mut().for_each(|(n, v)| {
            // The date change needs a known last digit.
            if n == "X-Amz-Date" && what == "date" {
                let last = v.as_bytes()[14] - b'0';
                *v = format!("{}{}Z", &v[..14], (last + 1) % 10);
            }
        });
        change(&mut record);
        assert_eq!(check(&record, "chime", at), Err(Refusal::Mismatch), "{what}");
    }
    // What was not signed may change on its way.
    let mut record = a_record();
    record.headers.push(("x-forwarded-for".into(), "127.0.0.1".into()));
    record.headers.retain(|(name, _)| name != "amz-sdk-request");
    assert_eq!(check(&record, "chime", record.signed_at()), Ok(()));
}

#[test]
fn a_signature_for_something_else_is_refused() {
    let record = a_record();
    let at = record.signed_at();
    assert_eq!(check(&record, "lambda", at), Err(Refusal::WrongScope("this service")));
    let nobody = Access::Signed { service: "chime", secret_of: &|_| None, skew: SKEW };
    assert_eq!(record.raw(|request| verify(request, &nobody, at)), Err(Refusal::UnknownKey));
    let rotated = Access::Signed { service: "chime", secret_of: &|_| Some("other".into()), skew: SKEW };
    assert_eq!(record.raw(|request| verify(request, &rotated, at)), Err(Refusal::Mismatch));
}

#[test]
fn a_head_alone_tells_strangers_from_those_whose_body_is_worth_reading() {
    let record = a_record();
    let at = record.signed_at();
    let screened = |service, at, secret_of: &dyn Fn(&str) -> Option<api::Sensitive<String>>| {
        let access = Access::Signed { service, secret_of, skew: SKEW };
        record.raw(|request| screen(&RawRequest { body: &[], ..*request }, &access, at))
    };
    assert_eq!(screened("chime", at, &secret_of), Ok(()));
    assert_eq!(screened("chime", at, &|_| None), Err(Refusal::UnknownKey));
    assert_eq!(screened("lambda", at, &secret_of), Err(Refusal::WrongScope("this service")));
    assert_eq!(screened("chime", at + SKEW + Duration::from_secs(1), &secret_of), Err(Refusal::Stale));
    // Whether the signature is right shows when the body is there.
    assert_eq!(screened("chime", at, &|_| Some("other".into())), Ok(()));
    let unsigned = RawRequest { method: "GET", path: "/sip-rules", query: "", headers: &[], body: &[] };
    assert_eq!(screen(&unsigned, &chime(SKEW), at), Err(Refusal::Missing));
    assert_eq!(screen(&unsigned, &Access::Anybody, at), Ok(()));
}

fn with_authorization(change: impl Fn(&str) -> String) -> Result<(), Refusal> {
    let mut record = a_record();
    let at = record.signed_at();
    record.headers.iter_mut().for_each(|(name, value)| {
        if name == "Authorization" {
            *value = change(value);
        }
    });
    check(&record, "chime", at)
}

#[test]
fn incomplete_authorizations_are_refused() {
    assert_eq!(with_authorization(|value| value.replace(", ", ",")), Ok(()));
    assert_eq!(with_authorization(|value| value.replace(", ", " ,  ")), Ok(()));
    let no_host = with_authorization(|value| value.replace("host;", ""));
    assert_eq!(no_host, Err(Refusal::Malformed("the host header must be signed")));
    let other_day = with_authorization(|value| value.replace("/2026", "/2025"));
    assert_eq!(other_day, Err(Refusal::WrongScope("the day it was signed")));
    for (from, to) in [
        ("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512"),
        ("AWS4-HMAC-SHA256", "Bearer"),
        ("Credential=", "Credentials="),
        ("SignedHeaders=", "Headers="),
        ("Signature=", "Sig="),
        ("/aws4_request", ""),
        ("/aws4_request", "/aws5_request"),
    ] {
        let outcome = with_authorization(|value| value.replace(from, to));
        assert!(matches!(outcome, Err(Refusal::Malformed(_))), "{from} → {to}: {outcome:?}");
    }
    for (from, to) in
        [("Signature=", "Signature=zz"), ("Signature=", "Signature=0"), ("Signature=", "Signature=é")]
    {
        assert_eq!(with_authorization(|value| value.replace(from, to)), Err(Refusal::Mismatch));
    }
    let mut record = a_record();
    record.headers.retain(|(name, _)| name != "X-Amz-Date");
    assert_eq!(check(&record, "chime", a_record().signed_at()), Err(Refusal::Malformed("no X-Amz-Date")));
    record.headers.retain(|(name, _)| name != "Authorization");
    assert_eq!(check(&record, "chime", a_record().signed_at()), Err(Refusal::Missing));
}

#[test]
fn presigned_requests_need_all_their_parameters() {
    let record = Record::all(BOTOCORE).into_iter().find(|r| r.query.contains("X-Amz-Signature")).unwrap();
    let at = record.signed_at();
    assert_eq!(check(&record, "chime", at), Ok(()));
    for parameter in
        ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders"]
    {
        let mut broken = record.clone();
        broken.query = record.query.replace(parameter, "X-Amz-Other");
        assert_eq!(check(&broken, "chime", at), Err(Refusal::Malformed(parameter)));
    }
    for life in ["0", "604801", "-1", "x", ""] {
        let mut broken = record.clone();
        broken.query = record.query.replace("X-Amz-Expires=60", &format!("X-Amz-Expires={life}"));
        let outcome = check(&broken, "chime", at);
        assert_eq!(outcome, Err(Refusal::Malformed("X-Amz-Expires is not 1 to 604800")), "{life}");
    }
}

#[test]
fn an_unsigned_payload_may_be_anything_once_the_header_says_so() {
    let credentials =
        Credentials { access_key: ACCESS_KEY.into(), secret_key: SECRET_KEY.into(), session_token: None };
    let signing = Signing {
        credentials: &credentials,
        region: "us-east-1",
        service: "chime",
        path: PathStyle::EncodedTwice,
        payload: Payload::Unsigned,
    };
    let now = Timestamp::from_millis(1_700_000_000_000);
    let headers: [(&str, &[u8]); 1] = [("host", b"localhost")];
    let request = RawRequest { method: "POST", path: "/tags", query: "", headers: &headers, body: b"" };
    let added = sign(&request, &signing, now);
    let mut signed = headers.to_vec();
    signed.extend(added.iter().map(|(name, value)| (*name, value.as_bytes())));
    let signed = RawRequest { headers: &signed, body: b"anything", ..request };
    assert!(verify(&signed, &chime(SKEW), now).is_ok());
    // A captured signature over a body cannot be turned into one over none.
    let mut record = a_record();
    record.headers.push(("x-amz-content-sha256".into(), "UNSIGNED-PAYLOAD".into()));
    assert_eq!(check(&record, "chime", record.signed_at()), Err(Refusal::Mismatch));
}

#[test]
fn development_lets_everybody_in_and_still_knows_who_says_so() {
    let record = a_record();
    let late = record.signed_at() + Duration::from_secs(1_000_000);
    let caller = record.raw(|request| verify(request, &Access::Anybody, late)).unwrap();
    assert_eq!(caller.access_key.as_deref(), Some(ACCESS_KEY));
    let bare = RawRequest { method: "GET", path: "/sip-rules", query: "", headers: &[], body: b"" };
    assert_eq!(verify(&bare, &Access::Anybody, late).unwrap().access_key, None);
}
