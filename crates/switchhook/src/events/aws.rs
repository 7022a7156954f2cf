//! SNS, SQS and EventBridge, as far as an event needs them.

use api::sigv4::{PathStyle, Payload, Signing};
use bytes::Bytes;
use http::{Method, StatusCode, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{DETAIL_TYPE, Message, PATIENCE, Settings, Undelivered};
use crate::egress::{Egress, Unsigned};

/// Largest answer, in bytes.
const ANSWER: usize = 64 << 10;
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An ARN that a creator gave, taken apart. Its parts go into host names and paths, so they may hold nothing else.
struct Arn<'a> {
    region: &'a str,
    account: &'a str,
    name: &'a str,
}

impl<'a> Arn<'a> {
    fn parse(arn: &'a str, service: &str) -> Result<Self, Undelivered> {
        let parts: Vec<&str> = arn.split(':').collect();
        let plain = |text: &str, more: &[u8]| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || more.contains(&b))
        };
        match parts.as_slice() {
            ["arn", _, of, region, account, name]
                if *of == service
                    && plain(region, b"-")
                    && account.bytes().all(|b| b.is_ascii_digit())
                    && plain(name, b"-_.") =>
            {
                Ok(Self { region, account, name })
            }
            _ => Err(Undelivered::for_ever(format!("it is no ARN of {service}"))),
        }
    }
}

/// An event bus.
pub(super) struct Bus<'a> {
    pub(super) endpoint: Option<&'a Uri>,
    pub(super) name: &'a str,
    pub(super) source: &'a str,
}

/// SNS, Publish.
pub(super) async fn publish(
    settings: &Settings,
    egress: &Egress,
    arn: &str,
    message: &Message,
) -> Result<(), Undelivered> {
    let topic = Arn::parse(arn, "sns")?;
    let text = String::from_utf8_lossy(&message.json);
    let mut pairs =
        vec![("Action", "Publish"), ("Version", "2010-03-31"), ("TopicArn", arn), ("Message", &text)];
    in_order(&mut pairs, topic.name, message);
    let call =
        Call { service: "sns", region: topic.region, path: "/".to_owned(), endpoint: settings.sns.as_ref() };
    call.send(settings, egress, form(), body(&pairs)).await.map(drop)
}

/// SQS, SendMessage.
pub(super) async fn enqueue(
    settings: &Settings,
    egress: &Egress,
    arn: &str,
    message: &Message,
) -> Result<(), Undelivered> {
    let queue = Arn::parse(arn, "sqs")?;
    let text = String::from_utf8_lossy(&message.json);
    let mut pairs = vec![("Action", "SendMessage"), ("Version", "2012-11-05"), ("MessageBody", &*text)];
    in_order(&mut pairs, queue.name, message);
    let path = format!("/{}/{}", queue.account, queue.name);
    let call = Call { service: "sqs", region: queue.region, path, endpoint: settings.sqs.as_ref() };
    call.send(settings, egress, form(), body(&pairs)).await.map(drop)
}

/// EventBridge, PutEvents.
pub(super) async fn put_event(
    settings: &Settings,
    egress: &Egress,
    bus: &Bus<'_>,
    message: &Message,
) -> Result<(), Undelivered> {
    let entry = json!({
        "Source": bus.source,
        "DetailType": DETAIL_TYPE,
        "Detail": message.detail.to_string(),
        "Time": message.at_seconds,
        "EventBusName": bus.name,
        "Resources": [],
    });
    let headers = vec![
        ("content-type", "application/x-amz-json-1.1".to_owned()),
        ("x-amz-target", "AWSEvents.PutEvents".to_owned()),
    ];
    let body = json!({ "Entries": [entry] }).to_string();
    let call =
        Call { service: "events", region: &settings.region, path: "/".to_owned(), endpoint: bus.endpoint };
    let answer = call.send(settings, egress, headers, body).await?;
    // A bus that refuses an event says so inside a success.
    let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
    match answer["FailedEntryCount"].as_u64() {
        Some(0) => Ok(()),
        _ => Err(Undelivered::now(format!("the bus says {}", answer["Entries"]))),
    }
}

/// First-in-first-out receivers want to know what is to stay in order: the events of a meeting.
fn in_order<'a>(pairs: &mut Vec<(&'static str, &'a str)>, name: &str, message: &'a Message) {
    if name.ends_with(".fifo") {
        pairs.extend([
            ("MessageGroupId", message.meeting.as_str()),
            ("MessageDeduplicationId", message.id.as_str()),
        ]);
    }
}

fn form() -> Vec<(&'static str, String)> {
    vec![("content-type", "application/x-www-form-urlencoded".to_owned())]
}

fn body(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, FORM))).collect();
    pairs.join("&")
}

/// One request to a service.
struct Call<'a> {
    service: &'static str,
    region: &'a str,
    path: String,
    /// AWS's own where absent.
    endpoint: Option<&'a Uri>,
}

impl Call<'_> {
    async fn send(
        self,
        settings: &Settings,
        egress: &Egress,
        headers: Vec<(&'static str, String)>,
        body: String,
    ) -> Result<Bytes, Undelivered> {
        let at_aws = format!("https://{}.{}.amazonaws.com", self.service, self.region).parse::<Uri>();
        let at_aws = at_aws.map_err(|error| Undelivered::for_ever(error.to_string()))?;
        if self.endpoint.is_none() && settings.credentials.is_none() {
            return Err(Undelivered::for_ever("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"));
        }
        let request = Unsigned {
            endpoint: self.endpoint.unwrap_or(&at_aws),
            method: Method::POST,
            path: self.path,
            query: String::new(),
            headers,
            body: body.into(),
        };
        let signing = settings.credentials.as_ref().map(|credentials| Signing {
            credentials,
            region: self.region,
            service: self.service,
            path: PathStyle::EncodedTwice,
            payload: Payload::Hashed,
        });
        let request =
            request.sign(signing.as_ref()).map_err(|error| Undelivered::for_ever(error.to_string()))?;
        let answer = egress.send(request, Instant::now() + PATIENCE, ANSWER).await;
        let answer = answer.map_err(|error| Undelivered::now(error.to_string()))?;
        let said: String = String::from_utf8_lossy(answer.body()).chars().take(300).collect();
        judge(answer.status(), &said)?;
        Ok(answer.into_body())
    }
}

/// Whether an answer is a success, a failure that may pass, or one that will not.
pub(super) fn judge(status: StatusCode, said: &str) -> Result<(), Undelivered> {
    if status.is_success() {
        return Ok(());
    }
    let why = format!("{status} {said}").trim_end().to_owned();
    let may_pass = status.is_server_error()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT;
    Err(if may_pass { Undelivered::now(why) } else { Undelivered::for_ever(why) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_creator_names_reaches_no_other_host() {
        let of = |arn, service| {
            Arn::parse(arn, service).ok().map(|arn| format!("{} {} {}", arn.region, arn.account, arn.name))
        };
        assert_eq!(
            of("arn:aws:sqs:eu-west-2:111122223333:calls.fifo", "sqs").as_deref(),
            Some("eu-west-2 111122223333 calls.fifo")
        );
        for arn in [
            "arn:aws:sqs:evil.example/:111122223333:q",
            "arn:aws:sqs::111122223333:q",
            "arn:aws:sqs:us-east-1:1/../x:q",
            "arn:aws:sqs:us-east-1:111122223333:a/b",
            "arn:aws:sqs:us-east-1:111122223333:a:b",
            "arn:aws:sns:us-east-1:111122223333:q",
            "arn",
        ] {
            assert_eq!(of(arn, "sqs"), None, "{arn}");
        }
    }

    #[test]
    fn forms_are_encoded() {
        assert_eq!(
            body(&[("Message", "{\"a\": \"é&=+\"}"), ("B", "~-_.")]),
            "Message=%7B%22a%22%3A%20%22%C3%A9%26%3D%2B%22%7D&B=~-_."
        );
    }

    #[test]
    fn only_failures_that_may_pass_are_tried_again() {
        for (status, is_final) in
            [(500, false), (503, false), (429, false), (408, false), (404, true), (403, true)]
        {
            let outcome = judge(StatusCode::from_u16(status).unwrap(), "no");
            assert_eq!(outcome.unwrap_err().is_final, is_final, "{status}");
        }
        assert!(judge(StatusCode::ACCEPTED, "").is_ok());
    }
}
