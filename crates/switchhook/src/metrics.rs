//! `/metrics`: what the node holds, in Prometheus' text form.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::oneshot;

use crate::events::Tally;
use crate::http::ClientEvents;
use crate::inbox::{Inbox, Message};
use crate::shard::Counters;

/// Asks the node and prints its counts.
pub async fn render(
    inbox: &Inbox,
    client_events: &ClientEvents,
    deliveries: &Tally,
    media: &[Arc<Counters>],
) -> String {
    let (reply, counts) = oneshot::channel();
    let ask = Message::Inspect(Box::new(move |node| {
        reply.send((node.counts(), node.meetings(), node.stack().strangers())).ok();
    }));
    let mut text = String::new();
    let Ok(()) = inbox.request(ask) else { return text };
    let Ok((counts, meetings, strangers)) = counts.await else { return text };
    let gauges = [
        ("calls", "calls whose journal is not complete", counts.calls),
        ("dialogs", "SIP dialogs of calls", counts.dialogs),
        ("streams", "open media streams", counts.streams),
        ("playbacks", "playbacks that have not ended", counts.playbacks),
        ("recordings", "recordings that are not stored", counts.recordings),
        ("requests", "API requests without an answer", counts.requests),
        ("meetings", "meetings that have not ended", counts.meetings.meetings),
        ("attendees", "attendees whose audio is connected", counts.meetings.present),
        ("browsers", "signalling connections of browsers", counts.meetings.connections),
        ("conferences", "conferences at the media threads", counts.conferences),
        ("conference_members", "browsers and telephones in conferences", counts.members),
        ("browser_sessions", "media sessions of browsers", sum(media, |shard| &shard.browsers) as usize),
    ];
    for (name, help, value) in gauges {
        let _ = writeln!(
            text,
            "# HELP switchhook_{name} {help}\n# TYPE switchhook_{name} gauge\nswitchhook_{name} {value}"
        );
    }
    let [events, failures] = client_events.counts();
    let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    let totals = [
        ("strangers_answered_total", "requests of unknown senders that got an answer", strangers.answered),
        ("strangers_dropped_total", "requests of unknown senders beyond their rate", strangers.dropped),
        ("joins_total", "browsers that joined a meeting", meetings.joins),
        ("rejoins_total", "browsers that came back after their connection broke", meetings.rejoins),
        ("phone_joins_total", "telephones that were let into a meeting", meetings.phones),
        ("attendees_lost_total", "attendees that were lost", meetings.dropped),
        ("refused_tokens_total", "join tokens that were not good", meetings.refused_tokens),
        ("malformed_frames_total", "frames of browsers that could not be read", meetings.malformed_frames),
        ("excess_frames_total", "frames of browsers beyond their rate, dropped", meetings.excess_frames),
        ("data_messages_total", "data messages between attendees", meetings.messages),
        (
            "events_delivered_total",
            "events of meetings that reached a receiver",
            count(&deliveries.delivered),
        ),
        ("events_failed_total", "events of meetings that a receiver did not take", count(&deliveries.failed)),
        ("events_dropped_total", "events of meetings beyond what may wait", count(&deliveries.dropped)),
        ("throttled_messages_total", "data messages beyond their rate", meetings.throttled_messages),
        (
            "browser_datagrams_unclaimed_total",
            "datagrams on the browsers' ports that were of no session",
            sum(media, |shard| &shard.unclaimed),
        ),
        (
            "browser_datagrams_refused_total",
            "datagrams that named a session and were not authentic, or too many",
            sum(media, |shard| &shard.refused),
        ),
        ("client_events_total", "events that browsers reported of their meetings", events),
        ("client_event_failures_total", "those of them that tell of a failure", failures),
    ];
    for (name, help, value) in totals {
        let _ = writeln!(
            text,
            "# HELP switchhook_{name} {help}\n# TYPE switchhook_{name} counter\nswitchhook_{name} {value}"
        );
    }
    text
}

/// A figure of all media threads.
fn sum(media: &[Arc<Counters>], of: impl Fn(&Counters) -> &AtomicU64) -> u64 {
    media.iter().map(|shard| of(shard).load(Ordering::Relaxed)).sum()
}
