//! As much of the control plane as a meeting needs, unsigned: for a node with `any_key`.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

pub(super) struct Api {
    at: SocketAddr,
}

pub(super) struct Meeting {
    pub(super) id: String,
    pub(super) url: String,
    pub(super) audio_host: String,
}

#[derive(Clone)]
pub(super) struct Attendee {
    pub(super) id: String,
    pub(super) token: String,
}

impl Api {
    pub(super) fn new(at: SocketAddr) -> Self {
        Self { at }
    }

    pub(super) fn meeting(&self, name: &str) -> anyhow::Result<Meeting> {
        let token = format!("{name}-{}-{:x}", std::process::id(), std::ptr::from_ref(self).addr());
        let wanted = json!({
            "ClientRequestToken": token, "MediaRegion": "us-east-1", "ExternalMeetingId": name,
        });
        let made = &self.ask("POST", "/meetings", Some(&wanted))?["Meeting"];
        let text = |value: &Value| value.as_str().map(str::to_owned).context("an answer without a text");
        let place = &made["MediaPlacement"];
        Ok(Meeting {
            id: text(&made["MeetingId"])?,
            url: text(&place["SignalingUrl"])?,
            audio_host: text(&place["AudioHostUrl"])?,
        })
    }

    pub(super) fn attendees(&self, meeting: &Meeting, count: usize) -> anyhow::Result<Vec<Attendee>> {
        let mut all = Vec::new();
        while all.len() < count {
            let names: Vec<_> = (all.len()..count.min(all.len() + 100))
                .map(|n| json!({ "ExternalUserId": format!("guest-{n}") }))
                .collect();
            let path = format!("/meetings/{}/attendees?operation=batch-create", meeting.id);
            let made = self.ask("POST", &path, Some(&json!({ "Attendees": names })))?;
            let made = made["Attendees"].as_array().context("no attendees")?;
            ensure!(made.len() == names.len(), "fewer attendees than asked for");
            for attendee in made {
                let text = |name: &str| attendee[name].as_str().map(str::to_owned).context("no text");
                all.push(Attendee { id: text("AttendeeId")?, token: text("JoinToken")? });
            }
        }
        Ok(all)
    }

    pub(super) fn remove(&self, meeting: &Meeting, attendee: &Attendee) -> anyhow::Result<()> {
        self.ask("DELETE", &format!("/meetings/{}/attendees/{}", meeting.id, attendee.id), None).map(drop)
    }

    pub(super) fn end(&self, meeting: &Meeting) -> anyhow::Result<()> {
        self.ask("DELETE", &format!("/meetings/{}", meeting.id), None).map(drop)
    }

    /// A gauge of `/metrics`.
    pub(super) fn gauge(&self, name: &str) -> anyhow::Result<f64> {
        let (_, text) = self.exchange("GET", "/metrics", "")?;
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("switchhook_")?.strip_prefix(name)?.strip_prefix(' '));
        line.with_context(|| format!("/metrics does not know {name}"))?.trim().parse().context("a figure")
    }

    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let (status, text) = self.exchange(method, path, &body)?;
        ensure!((200..300).contains(&status), "{method} {path}: {status} {text}");
        if text.is_empty() { Ok(Value::Null) } else { Ok(serde_json::from_str(&text)?) }
    }

    fn exchange(&self, method: &str, path: &str, body: &str) -> anyhow::Result<(u16, String)> {
        let mut stream = TcpStream::connect(self.at)?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.at,
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("no answer")?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
        Ok((status, body.to_owned()))
    }
}
