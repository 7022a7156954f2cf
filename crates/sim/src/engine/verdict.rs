//! Whether the world went well.

use super::Engine;
use crate::browser::BrowserStage;

impl Engine {
    /// Everything that is not as it must be once everybody has hung up.
    pub fn verdict(&self) -> Vec<String> {
        let mut wrong = self.checks.violations.clone();
        let counts = self.node.counts();
        if counts != node::Counts::default() {
            wrong.push(format!("left in the node: {counts:?}"));
        }
        for (index, shard) in self.shards.iter().enumerate() {
            if shard.streams() > 0 {
                wrong.push(format!("{} streams left in shard {index}", shard.streams()));
            }
            if shard.conferences() != (0, 0) {
                wrong.push(format!(
                    "conferences and browsers {:?} left in shard {index}",
                    shard.conferences()
                ));
            }
            if shard.hushed() > 0 {
                wrong.push(format!("{} muted or deaf members left in shard {index}", shard.hushed()));
            }
            wrong.extend(shard.complaints.iter().map(|complaint| format!("shard {index}: {complaint}")));
        }
        for ua in self.uas.values() {
            for call in ua.calls.values() {
                if !call.is_quiet() {
                    wrong.push(format!("{} at {} is still {:?}", call.id, ua.address, call.stage));
                }
                if call.outgoing && call.status.is_none() && call.complaints.is_empty() {
                    wrong.push(format!("{} at {} got no final response", call.id, ua.address));
                }
                if !call.outgoing && call.status == Some(200) && !call.acknowledged {
                    wrong.push(format!("the 200 of {} at {} got neither ACK nor BYE", call.id, ua.address));
                }
                let losses = self.losses.get(&call.id).copied().unwrap_or_default();
                for complaint in call.complaints.iter().filter(|text| !is_bad_luck(text, losses)) {
                    wrong.push(format!("{} at {}: {complaint}", call.id, ua.address));
                }
            }
        }
        for (connection, browser) in &self.browsers {
            if browser.stage != BrowserStage::Gone {
                wrong.push(format!("the browser of {connection:?} is still {:?}", browser.stage));
            }
            wrong.extend(browser.complaints.iter().map(|text| format!("browser of {connection:?}: {text}")));
        }
        let silent = self.replies.values().filter(|reply| reply.is_none()).count();
        if silent > 0 {
            wrong.push(format!("{silent} API requests without an answer"));
        }
        wrong.extend(self.checks.unfinished());
        wrong
    }

    /// Every journal as a ladder, complete ones first.
    pub fn ladders(&self, detail: node::Detail) -> String {
        let journals = self.disk.archive.values().chain(self.disk.journals.values());
        journals.map(|lines| node::ladder(lines, detail)).collect::<Vec<_>>().join("\n")
    }
}

/// An `INVITE` goes out seven times. Only where each time it, or every answer to it, was lost, is nobody to blame that it
/// stays without one, or that its sender has given up when one comes; one world in some ten thousand is so unlucky.
fn is_bad_luck(complaint: &str, losses: u32) -> bool {
    let unlucky = ["INVITE without any response", "re-INVITE without response", "final response without ACK"];
    losses >= 7 && unlucky.contains(&complaint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_losses_excuse_an_invite_and_nothing_else() {
        assert!(is_bad_luck("INVITE without any response", 7));
        assert!(!is_bad_luck("INVITE without any response", 6));
        assert!(!is_bad_luck("BYE without response", 7));
    }
}
