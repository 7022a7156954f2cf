//! `/metrics`: what the node holds, in Prometheus' text form.

use std::fmt::Write;

use tokio::sync::oneshot;

use crate::inbox::{Inbox, Message};

/// Asks the node and prints its counts.
pub async fn render(inbox: &Inbox) -> String {
    let (reply, counts) = oneshot::channel();
    let ask = Message::Inspect(Box::new(move |node| {
        reply.send((node.counts(), node.stack().strangers())).ok();
    }));
    let mut text = String::new();
    let Ok(()) = inbox.request(ask) else { return text };
    let Ok((counts, strangers)) = counts.await else { return text };
    let gauges = [
        ("calls", "calls whose journal is not complete", counts.calls),
        ("dialogs", "SIP dialogs of calls", counts.dialogs),
        ("streams", "open media streams", counts.streams),
        ("playbacks", "playbacks that have not ended", counts.playbacks),
        ("recordings", "recordings that are not stored", counts.recordings),
        ("requests", "API requests without an answer", counts.requests),
    ];
    for (name, help, value) in gauges {
        let _ = writeln!(
            text,
            "# HELP switchhook_{name} {help}\n# TYPE switchhook_{name} gauge\nswitchhook_{name} {value}"
        );
    }
    let totals = [
        ("strangers_answered_total", "requests of unknown senders that got an answer", strangers.answered),
        ("strangers_dropped_total", "requests of unknown senders beyond their rate", strangers.dropped),
    ];
    for (name, help, value) in totals {
        let _ = writeln!(
            text,
            "# HELP switchhook_{name} {help}\n# TYPE switchhook_{name} counter\nswitchhook_{name} {value}"
        );
    }
    text
}
