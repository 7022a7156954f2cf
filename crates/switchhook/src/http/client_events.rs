//! `EventIngestionUrl`: what browsers tell of how their meetings went. Counted and logged, nothing more.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, HeaderValue,
};
use http::{Response, StatusCode};
use http_body_util::Full;
use serde_json::{Value, json};

/// Its path.
pub(super) const PATH: &str = "/v1/client-events";
/// The largest report, in bytes; a client sends some kilobytes.
pub(super) const REPORT: usize = 256 << 10;
/// Events of one report that are looked at.
const EVENTS: usize = 100;
/// Events a second that are logged, and how many at once: reports need no more than an address.
const RATE: f64 = 50.0;
const BURST: f64 = 500.0;
/// Of a name or id, in characters.
const WORD: usize = 80;

/// What was reported so far.
#[derive(Debug)]
pub struct ClientEvents {
    events: AtomicU64,
    failures: AtomicU64,
    /// Events that may still be logged, and since when.
    room: Mutex<(f64, Instant)>,
}

impl Default for ClientEvents {
    fn default() -> Self {
        Self {
            events: AtomicU64::new(0),
            failures: AtomicU64::new(0),
            room: Mutex::new((BURST, Instant::now())),
        }
    }
}

impl ClientEvents {
    /// Events, and those among them that tell of a failure.
    pub fn counts(&self) -> [u64; 2] {
        [self.events.load(Ordering::Relaxed), self.failures.load(Ordering::Relaxed)]
    }

    /// Takes up a report. A malformed one is no reason for the client to send it again.
    pub(super) fn take(&self, report: &[u8]) {
        let Ok(report) = serde_json::from_slice::<Value>(report) else {
            return tracing::debug!("a report of a browser is no JSON");
        };
        let metadata = &report["metadata"];
        let (meeting, attendee) = (word(&metadata["meetingId"]), word(&metadata["attendeeId"]));
        let client = word(&metadata["sdkVersion"]);
        let mut left = EVENTS;
        for event in report["events"].as_array().into_iter().flatten() {
            for payload in event["payloads"].as_array().into_iter().flatten() {
                let Some(rest) = left.checked_sub(1) else { return };
                left = rest;
                let name = word(&payload["name"]);
                let failed = name.ends_with("Failed");
                self.events.fetch_add(1, Ordering::Relaxed);
                if failed {
                    self.failures.fetch_add(1, Ordering::Relaxed);
                }
                if !self.may_log(Instant::now()) {
                    continue;
                }
                let status = word(&payload["meetingStatus"]);
                if failed {
                    tracing::warn!(name, meeting, attendee, status, client, "a browser reports a failure");
                } else {
                    tracing::info!(name, meeting, attendee, status, client, "a browser reports");
                }
            }
        }
    }

    fn may_log(&self, now: Instant) -> bool {
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        let (left, since) = *room;
        let left = (left + RATE * now.duration_since(since).as_secs_f64()).min(BURST);
        let may = left >= 1.0;
        *room = (if may { left - 1.0 } else { left }, now);
        may
    }
}

/// A short word of a stranger, fit for a log.
fn word(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    text.chars().filter(|c| c.is_ascii_graphic()).take(WORD).collect()
}

/// The answer to a report; an empty one would make the page warn.
pub(super) fn taken() -> Response<Full<Bytes>> {
    open(super::json(StatusCode::OK, &json!({})))
}

/// The answer to a browser that asks beforehand.
pub(super) fn preflight() -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST, OPTIONS"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization, content-type"));
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));
    open(response)
}

/// Pages of every origin hold meetings.
pub(super) fn open(mut response: Response<Full<Bytes>>) -> Response<Full<Bytes>> {
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_counted_and_damaged_ones_are_not() {
        let events = ClientEvents::default();
        let report = json!({
            "metadata": { "meetingId": "m", "attendeeId": 5 },
            "events": [
                { "type": "Meet", "v": 1, "payloads": [{ "name": "meetingStartRequested", "ts": 1 }] },
                { "payloads": [{ "name": "meetingStartFailed" }, 7] },
                { "payloads": null },
            ],
        });
        events.take(report.to_string().as_bytes());
        for damaged in ["", "[]", "{\"events\": 1}", "{\"events\": [1, {\"payloads\": {}}]}"] {
            events.take(damaged.as_bytes());
        }
        assert_eq!(events.counts(), [3, 1]);
        let many = json!({ "events": [{ "payloads": vec![json!({ "name": "x" }); 5_000] }] });
        events.take(many.to_string().as_bytes());
        assert_eq!(events.counts(), [103, 1]);
    }

    #[test]
    fn only_so_many_are_logged() {
        let events = ClientEvents::default();
        let now = Instant::now();
        let logged = |at| (0..10_000).filter(|_| events.may_log(at)).count();
        assert_eq!(logged(now), 500);
        assert_eq!(logged(now + std::time::Duration::from_secs(1)), 50);
    }

    #[test]
    fn what_strangers_say_cannot_forge_a_line() {
        assert_eq!(word(&json!("a\nb c\u{1b}[31m")), "abc[31m");
        assert_eq!(word(&json!("x".repeat(1_000))).len(), 80);
    }
}
