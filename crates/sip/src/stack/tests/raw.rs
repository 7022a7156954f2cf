//! One stack and a peer whose every byte the test writes.

use std::net::SocketAddr;
use std::time::Duration;

use base::Timestamp;

use super::network::{address, config};
use crate::header::Header;
use crate::message::{Message, Request, Response};
use crate::stack::*;

pub(super) struct Raw {
    pub(super) stack: Stack,
    pub(super) now: Timestamp,
    pub(super) events: Vec<Event>,
    pub(super) sent: Vec<(Flow, Message)>,
    pub(super) asked: Vec<(QueryId, String)>,
}

/// Where the peer is.
pub(super) fn peer() -> SocketAddr {
    SocketAddr::from(([192, 0, 2, 99], 5070))
}

pub(super) const OFFER: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.99\r\ns=-\r\nc=IN IP4 192.0.2.99\r\nt=0 0\r\n\
    m=audio 30000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";

impl Raw {
    pub(super) fn new() -> Self {
        Self::with(config(0))
    }

    pub(super) fn with(config: Config) -> Self {
        Self {
            stack: Stack::new(config),
            now: Timestamp::from_millis(1_700_000_000_000),
            events: Vec::new(),
            sent: Vec::new(),
            asked: Vec::new(),
        }
    }

    pub(super) fn input(&mut self, input: Input<'_>) {
        let mut out = Vec::new();
        self.stack.handle(self.now, input, &mut out);
        for output in out {
            match output {
                Output::Send { flow, bytes } => {
                    let message = Message::parse(&bytes, &Default::default())
                        .expect("what the stack sends is well-formed");
                    self.sent.push((flow, message));
                }
                Output::Event(event) => self.events.push(event),
                Output::Resolve { query, host, .. } => self.asked.push((query, host)),
                Output::Open { .. } | Output::Close { .. } | Output::Traced { .. } => {}
            }
        }
    }

    pub(super) fn command(&mut self, command: Command) {
        self.input(Input::Command(command));
    }

    pub(super) fn bytes_from(&mut self, from: SocketAddr, bytes: &[u8]) {
        let flow = Flow { transport: Transport::Udp, local: address(0), remote: from, connection: None };
        self.input(Input::Received { flow, bytes });
    }

    pub(super) fn receive(&mut self, message: &str) {
        self.bytes_from(peer(), message.as_bytes());
    }

    /// Lets time pass, waking the stack when it wants to be.
    pub(super) fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some((at, _)) = self.stack.deadline().filter(|(at, _)| *at <= end) {
            self.now = self.now.max(at);
            self.input(Input::Woken);
        }
        self.now = end;
    }

    /// The statuses of the responses sent since last asked.
    pub(super) fn statuses(&mut self) -> Vec<u16> {
        let statuses = |(_, message): (Flow, Message)| match message {
            Message::Response(response) => Some(response.status),
            Message::Request(_) => None,
        };
        std::mem::take(&mut self.sent).into_iter().filter_map(statuses).collect()
    }

    /// The last response sent.
    pub(super) fn response(&self) -> &Response {
        match self.sent.last() {
            Some((_, Message::Response(response))) => response,
            other => panic!("no response but {other:?}"),
        }
    }

    /// The last request of a method sent.
    pub(super) fn request(&self, method: &str) -> Request {
        self.sent
            .iter()
            .rev()
            .find_map(|(_, message)| match message {
                Message::Request(request) if request.method.as_str() == method => Some(request.clone()),
                _ => None,
            })
            .unwrap_or_else(|| panic!("no {method} among {:?}", self.sent))
    }

    /// How many requests of a method were sent.
    pub(super) fn requests(&self, method: &str) -> usize {
        let is = |message: &Message| matches!(message, Message::Request(request) if request.method.as_str() == method);
        self.sent.iter().filter(|(_, message)| is(message)).count()
    }

    /// How many client transactions of a method began: retransmissions count once.
    pub(super) fn begun(&self, method: &str) -> usize {
        let branch = |message: &Message| match message {
            Message::Request(request) if request.method.as_str() == method => {
                request.headers.top_via().and_then(|via| via.branch().map(str::to_owned))
            }
            _ => None,
        };
        self.sent
            .iter()
            .filter_map(|(_, message)| branch(message))
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    }

    /// Answers a request of the stack's; `more` are whole header lines.
    pub(super) fn reply(&mut self, request: &Request, status: u16, tag: &str, more: &str, body: &str) {
        let mut response = Response::to(request, status);
        response.headers.set_to_tag(tag);
        response.headers.push(Header::Contact, &format!("<sip:peer@{}>", peer()));
        for line in more.lines() {
            let (name, value) = line.split_once(": ").expect("a header line");
            response.headers.push(name, value);
        }
        if !body.is_empty() {
            response.set_body("application/sdp", body.as_bytes().to_vec());
        }
        self.bytes_from(peer(), &response.to_bytes());
    }

    /// The dialog of the last offer.
    pub(super) fn offered(&self) -> DialogId {
        self.events
            .iter()
            .rev()
            .find_map(|event| match event {
                Event::Offered { dialog, .. } => Some(*dialog),
                _ => None,
            })
            .expect("an offer")
    }

    /// A call from the peer that is answered and acknowledged; gives back the dialog and our To value.
    pub(super) fn established(&mut self) -> (DialogId, String) {
        self.receive(&invite("z9hG4bKest", "1 INVITE", "", OFFER));
        let dialog = self.offered();
        self.command(Command::Answer { dialog, media: super::network::media(0) });
        let to = self.response().headers.get(Header::To).expect("To").to_owned();
        self.receive(&within("ACK", "z9hG4bKestack", "1 ACK", &to, "", ""));
        self.sent.clear();
        self.events.clear();
        (dialog, to)
    }
}

/// An INVITE of the peer's; `more` are whole header lines with line ends.
pub(super) fn invite(branch: &str, cseq: &str, more: &str, body: &str) -> String {
    outside("INVITE", branch, cseq, more, body)
}

/// A request of the peer's outside any dialog.
pub(super) fn outside(method: &str, branch: &str, cseq: &str, more: &str, body: &str) -> String {
    within(method, branch, cseq, "<sip:+15550100@192.0.2.1>", more, body)
}

/// A request of the peer's with a given To.
pub(super) fn within(method: &str, branch: &str, cseq: &str, to: &str, more: &str, body: &str) -> String {
    let kind = if body.is_empty() || more.contains("Content-Type") {
        ""
    } else {
        "Content-Type: application/sdp\r\n"
    };
    format!(
        "{method} sip:+15550100@192.0.2.1:5060 SIP/2.0\r\n\
         Via: SIP/2.0/UDP 192.0.2.99:5070;branch={branch};rport\r\n\
         Max-Forwards: 70\r\n\
         From: <sip:+15550199@192.0.2.99>;tag=peer\r\n\
         To: {to}\r\n\
         Call-ID: call@192.0.2.99\r\n\
         CSeq: {cseq}\r\n\
         Contact: <sip:peer@192.0.2.99:5070>\r\n\
         {more}{kind}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
