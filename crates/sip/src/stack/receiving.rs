//! What becomes of a message that came in (RFC 3261 §8.2, §9.2, §12.2.2, §18).

use base::Timestamp;

use super::core::{ALLOW, EXTENSIONS, SUPPORTED};
use super::dialog::{Base, Cx, Dialog};
use super::ids::Token;
use super::incoming::Incoming;
use super::offer::{Refusal, contents, describe};
use super::peer::Peer;
use super::server::{Arrived, Sender, Server};
use super::session_timer::{Agreed, TooSmall};
use super::strangers::Hearing;
use super::{DialogId, Event, Flow, Output, Stack};
use crate::header::Header;
use crate::message::{BadMessage, Frame, Message, Method, Response, is_keep_alive};

/// What callers are told when there is no room, in seconds.
const RETRY_AFTER: &str = "5";

impl Stack {
    /// Takes a datagram, or the next bytes of a stream.
    pub(super) fn received(
        &mut self,
        now: Timestamp,
        sender: Sender,
        flow: Flow,
        bytes: &[u8],
        out: &mut Vec<Output>,
    ) {
        let Some(connection) = flow.connection else {
            if !is_keep_alive(bytes) {
                match Message::parse(bytes, &self.core.config.limits.message) {
                    Ok(message) => self.message(now, sender, flow, message, out),
                    Err(bad) => self.malformed(now, sender, flow, &bad, out),
                }
            }
            return;
        };
        self.core.stream_received(now, flow, bytes, out);
        while let Some(frame) = self.core.frame(now, connection) {
            match frame {
                Frame::Message(message) => self.message(now, sender, flow, message, out),
                Frame::Ping => out.push(Output::Send { flow, bytes: b"\r\n".to_vec() }),
                Frame::Pong => {}
                Frame::Bad(bad) => self.malformed(now, sender, flow, &bad, out),
                Frame::Lost(bad) => {
                    self.malformed(now, sender, flow, &bad, out);
                    out.push(Output::Close { connection });
                    self.closed(now, connection, out);
                    return;
                }
            }
        }
    }

    /// Answers what is recognisably a request, and drops the rest.
    fn malformed(
        &mut self,
        now: Timestamp,
        sender: Sender,
        flow: Flow,
        bad: &BadMessage,
        out: &mut Vec<Output>,
    ) {
        // Who cannot write a Via and a CSeq could not find the request of an answer either.
        let Some(via) = bad.headers.top_via().filter(|_| bad.headers.has(Header::CSeq)) else { return };
        let mut reply = flow;
        if !via.has_rport() && flow.connection.is_none() {
            reply.remote.set_port(via.port().unwrap_or(5060));
        }
        let Some(mut response) = bad.answer() else { return };
        let is_stranger = sender == Sender::Stranger;
        if is_stranger && self.core.strangers.hear(now, flow.remote.ip()) == Hearing::Nothing {
            return;
        }
        let via = bad.headers.get(Header::Via).unwrap_or_default();
        let tag = self.core.ids.stateless_tag(&[via.as_bytes(), bad.headers.call_id().as_bytes()]);
        response.headers.mark_source(flow.remote);
        response.headers.set_to_tag(&tag.to_string());
        if let Err(error) = self.core.transmit(now, reply, response.to_bytes(), out) {
            tracing::debug!(%error, "refusal not sent");
        }
    }

    fn message(
        &mut self,
        now: Timestamp,
        sender: Sender,
        flow: Flow,
        message: Message,
        out: &mut Vec<Output>,
    ) {
        match message {
            Message::Request(request) => {
                let text = self.core.config.trace.then(|| request.to_bytes());
                let arrived = Arrived::new(request, flow, sender, &self.core);
                self.request(now, &arrived, text.as_deref(), out);
            }
            Message::Response(response) => {
                let Some((key, dialog)) = self.core.client_of(&response) else { return };
                if self.core.config.trace
                    && let Some(dialog) = dialog
                {
                    trace(dialog, flow, &response.to_bytes(), out);
                }
                if let Some(event) = self.core.client_response(now, key, response, out) {
                    self.client_event(now, event, out);
                }
            }
        }
    }

    fn request(&mut self, now: Timestamp, arrived: &Arrived, text: Option<&[u8]>, out: &mut Vec<Output>) {
        let request = &arrived.request;
        if request.method == Method::Cancel {
            return self.cancel(now, arrived, text, out);
        }
        if let (Some(text), Some(dialog)) = (text, self.core.server_dialog(arrived.key)) {
            trace(dialog, arrived.flow, text, out);
        }
        let known = self.core.servers.contains_key(&arrived.key);
        if known && self.core.server_absorbs(now, arrived, out) {
            return;
        }
        match request.headers.to_tag() {
            Some(tag) => {
                let dialog = Token::parse(tag).and_then(|tag| self.core.tags.get(&tag).copied());
                let dialog = dialog
                    .filter(|id| self.dialogs.get(id).is_some_and(|entry| entry.dialog.matches(request)));
                match dialog {
                    Some(id) => {
                        if let Some(text) = text.filter(|_| !known) {
                            trace(id, arrived.flow, text, out);
                        }
                        let unsupported =
                            request.headers.unsupported(&EXTENSIONS).collect::<Vec<_>>().join(", ");
                        if !unsupported.is_empty() && request.method != Method::Ack {
                            let headers = [(Header::Unsupported, unsupported.as_str())];
                            return self.core.answer_stateless(now, arrived, 420, &headers, out);
                        }
                        self.with_dialog(now, id, out, |dialog, cx| dialog.request(arrived, cx));
                    }
                    None if request.method == Method::Ack => {}
                    None => self.core.answer_stateless(now, arrived, 481, &[], out),
                }
            }
            None => self.request_outside(now, arrived, text, out),
        }
    }

    /// A request that belongs to no dialog.
    fn request_outside(
        &mut self,
        now: Timestamp,
        arrived: &Arrived,
        text: Option<&[u8]>,
        out: &mut Vec<Output>,
    ) {
        let request = &arrived.request;
        match request.method {
            Method::Invite if arrived.sender == Sender::Stranger => {
                self.core.answer_stateless(now, arrived, 403, &[], out);
            }
            Method::Invite => {
                if let Err(refusal) = self.offer(now, arrived, text, out) {
                    let headers: Vec<_> =
                        refusal.headers.iter().map(|(header, value)| (*header, value.as_str())).collect();
                    self.core.answer_stateless(now, arrived, refusal.status, &headers, out);
                }
            }
            Method::Options => {
                let headers = [
                    (Header::Allow, ALLOW),
                    (Header::Supported, SUPPORTED),
                    (Header::Accept, "application/sdp"),
                ];
                self.core.answer_stateless(now, arrived, 200, &headers, out);
                let host = request.uri.host().to_ascii_lowercase();
                out.push(Output::Event(Event::OptionsReceived { host, source: arrived.flow.remote }));
            }
            Method::Ack | Method::Cancel => {}
            Method::Bye | Method::Prack | Method::Update | Method::Info => {
                self.core.answer_stateless(now, arrived, 481, &[], out);
            }
            Method::Register
            | Method::Refer
            | Method::Subscribe
            | Method::Notify
            | Method::Message
            | Method::Publish
            | Method::Extension(_) => {
                self.core.answer_stateless(now, arrived, 405, &[(Header::Allow, ALLOW)], out);
            }
        }
    }

    /// CANCEL (RFC 3261 §9.2): answered by itself; a pending INVITE is over.
    fn cancel(&mut self, now: Timestamp, arrived: &Arrived, text: Option<&[u8]>, out: &mut Vec<Output>) {
        let key = self.core.server_key(&arrived.request, &Method::Invite);
        let Some(Server::Invite(tx)) = self.core.servers.get(&key) else {
            return self.core.answer_stateless(now, arrived, 481, &[], out);
        };
        let (dialog, pending) = (tx.dialog(), tx.is_pending());
        if let Some(text) = text {
            trace(dialog, arrived.flow, text, out);
        }
        let headers = &arrived.request.headers;
        let response = match self.dialogs.get(&dialog) {
            Some(entry) => self.core.response(headers, 200, entry.base.tag),
            None => Response::to_headers(headers, 200),
        };
        self.core.resend(now, dialog, arrived.reply, response.to_bytes(), out);
        if !pending {
            return;
        }
        let reason = headers.reasons().next().map(|reason| reason.text.into_owned());
        let reason = reason.filter(|text| !text.is_empty()).unwrap_or_else(|| "CANCEL".to_owned());
        self.with_dialog(now, dialog, out, |dialog, cx| match dialog {
            Dialog::Incoming(incoming) => incoming.cancelled(reason, cx),
            // Their INVITE is answered: the CANCEL came too late.
            Dialog::Outgoing(_) | Dialog::Session(_) | Dialog::Leaving(_) => Some(dialog),
        });
    }

    /// An INVITE that would make a dialog.
    fn offer(
        &mut self,
        now: Timestamp,
        arrived: &Arrived,
        text: Option<&[u8]>,
        out: &mut Vec<Output>,
    ) -> Result<(), Refusal> {
        let headers = &arrived.request.headers;
        if self.dialogs.len() >= self.core.config.limits.dialogs || !self.core.has_room() {
            return Err(Refusal::with(503, Header::RetryAfter, RETRY_AFTER));
        }
        if let Ok(Some(0)) = headers.max_forwards() {
            return Err(Refusal::plain(483));
        }
        let unsupported: Vec<&str> = headers.unsupported(&EXTENSIONS).collect();
        if !unsupported.is_empty() {
            return Err(Refusal::with(420, Header::Unsupported, unsupported.join(", ")));
        }
        let merge = self.core.merge_key(arrived);
        if self.core.merges.contains_key(&merge) {
            return Err(Refusal::plain(482));
        }
        let (media, bodies) = contents(&arrived.request)?;
        let timer = Agreed::of_request(headers, &self.core.config)
            .map_err(|TooSmall(floor)| Refusal::with(422, Header::MinSe, floor.to_string()))?;
        let offer = describe(arrived, media.clone(), bodies)?;
        let id = DialogId(self.core.mint());
        let mut base = Base::new(id, &mut self.core);
        let peer = match Peer::of_request(&arrived.request, base.tag, arrived.flow, &self.core) {
            Ok(peer) => peer,
            Err(error) => {
                base.close(&mut self.core);
                tracing::debug!(%error, "INVITE refused");
                return Err(Refusal::plain(400));
            }
        };
        if let Some(text) = text {
            trace(id, arrived.flow, text, out);
        }
        self.core.open_invite(arrived, id, merge);
        let incoming = {
            let mut cx = Cx { now, core: &mut self.core, base: &mut base, out };
            Incoming::new(arrived, peer, media, timer, &mut cx)
        };
        self.keep(base, Dialog::Incoming(incoming));
        out.push(Output::Event(Event::Offered { dialog: id, offer: Box::new(offer) }));
        Ok(())
    }
}

fn trace(dialog: DialogId, flow: Flow, bytes: &[u8], out: &mut Vec<Output>) {
    let message = crate::redact::message(bytes);
    out.push(Output::Traced { dialog, sent: false, remote: flow.remote, message });
}
