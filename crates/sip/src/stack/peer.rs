use super::core::Core;
use super::hop::Hop;
use super::ids::Token;
use super::{Flow, Transport};
use crate::header::{CSeq, Header, NameAddr};
use crate::message::{Headers, Method, Request, Response};
use crate::uri::Uri;

/// What both ends of a dialog know of it (RFC 3261 §12).
#[derive(Debug)]
pub(super) struct Peer {
    pub(super) call_id: Box<str>,
    pub(super) remote_tag: Box<str>,
    /// Our From or To, tag included.
    local: Box<str>,
    /// Theirs, tag included.
    remote: Box<str>,
    pub(super) local_cseq: u32,
    remote_cseq: Option<u32>,
    target: Uri,
    routes: Box<[Box<str>]>,
    pub(super) hop: Hop,
}

/// The message that should make a dialog lacks something for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoDialog {
    #[error("missing Contact")]
    NoContact,
    #[error("malformed Contact")]
    BadContact,
    #[error("malformed Record-Route")]
    BadRecordRoute,
}

impl Peer {
    /// The dialog that a request makes at its receiver (RFC 3261 §12.1.1). `source` is where it came from.
    pub(super) fn of_request(
        request: &Request,
        tag: Token,
        source: Flow,
        core: &Core,
    ) -> Result<Self, NoDialog> {
        let headers = &request.headers;
        let target = contact(headers)?;
        let routes = record_routes(headers)?;
        let to = headers.get(Header::To).unwrap_or_default();
        Ok(Self {
            call_id: headers.call_id().into(),
            remote_tag: headers.from_tag().unwrap_or_default().into(),
            local: format!("{to};tag={tag}").into(),
            remote: headers.get(Header::From).unwrap_or_default().into(),
            local_cseq: 0,
            remote_cseq: headers.cseq().map(|cseq| cseq.number),
            hop: Hop::towards(first(&routes).as_ref().unwrap_or(&target), source, core),
            target,
            routes,
        })
    }

    /// The dialog that a response makes at the sender of the request (RFC 3261 §12.1.2). `flow` is where the request went.
    pub(super) fn of_response(
        request: &Request,
        response: &Response,
        flow: Flow,
        core: &Core,
    ) -> Result<Self, NoDialog> {
        let headers = &response.headers;
        // A provisional or a 2xx without Contact is an error of the peer's; where we sent the request is a good guess.
        let target = contact(headers).unwrap_or_else(|_| request.uri.clone());
        let mut routes = record_routes(headers)?;
        routes.reverse();
        Ok(Self {
            call_id: request.headers.call_id().into(),
            remote_tag: headers.to_tag().unwrap_or_default().into(),
            local: request.headers.get(Header::From).unwrap_or_default().into(),
            remote: headers.get(Header::To).unwrap_or_default().into(),
            local_cseq: request.headers.cseq().map_or(1, |cseq| cseq.number),
            remote_cseq: None,
            hop: Hop::towards(first(&routes).as_ref().unwrap_or(&target), flow, core),
            target,
            routes,
        })
    }

    /// Whether a request that names our tag belongs to this dialog.
    pub(super) fn matches(&self, request: &Request) -> bool {
        request.headers.call_id() == &*self.call_id
            && request.headers.from_tag().unwrap_or_default() == &*self.remote_tag
    }

    /// Whether the request comes in order (RFC 3261 §12.2.2); its number is remembered.
    pub(super) fn in_order(&mut self, cseq: u32) -> bool {
        let fits = self.remote_cseq.is_none_or(|last| cseq > last);
        if fits {
            self.remote_cseq = Some(cseq);
        }
        fits
    }

    /// A target refresh (RFC 3261 §12.2): the Contact of a re-INVITE, an UPDATE or of their 2xx.
    pub(super) fn refresh_target(&mut self, headers: &Headers, source: Flow, core: &Core) {
        let Ok(target) = contact(headers) else { return };
        if target == self.target {
            return;
        }
        self.target = target;
        if self.routes.is_empty() {
            self.hop = Hop::towards(&self.target, source, core);
        }
    }

    /// The next request in this dialog, without Via and Contact (RFC 3261 §12.2.1.1).
    pub(super) fn request(&mut self, method: Method, core: &Core) -> Request {
        self.local_cseq += 1;
        let route = first(&self.routes);
        if self.hop.flow.connection.is_some_and(|connection| !core.streams.has(connection)) {
            // An accepted connection cannot be made again; what the peer says of itself can.
            self.hop = Hop::towards(route.as_ref().unwrap_or(&self.target), self.hop.flow, core);
        }
        let strict = route.filter(|route| !route.is_loose());
        let mut request = match &strict {
            Some(route) => Request::new(method, route.for_request()),
            None => Request::new(method, self.target.clone()),
        };
        let headers = &mut request.headers;
        headers.reserve(512);
        for route in self.routes.iter().skip(usize::from(strict.is_some())) {
            headers.push(Header::Route, route);
        }
        if strict.is_some() {
            headers.push(Header::Route, &format!("<{}>", self.target));
        }
        headers.push(Header::MaxForwards, "70");
        headers.push(Header::From, &self.local);
        headers.push(Header::To, &self.remote);
        headers.push(Header::CallId, &self.call_id);
        let cseq = CSeq { number: self.local_cseq, method: request.method.clone() }.value();
        request.headers.push(Header::CSeq, &cseq);
        request.headers.push(Header::UserAgent, &core.config.user_agent);
        request
    }

    /// The transport requests go by.
    pub(super) fn transport(&self) -> Transport {
        self.hop.flow.transport
    }
}

/// The ACK for a 2xx (RFC 3261 §13.2.2.4) to an INVITE that starts a dialog or stands in one.
pub(super) fn ack(request: &Request, response: &Response, flow: Flow, core: &Core) -> (Flow, Request) {
    let in_dialog = request.headers.to_tag().is_some();
    let target = contact(&response.headers).unwrap_or_else(|_| request.uri.clone());
    let mut routes: Vec<Box<str>> = if in_dialog {
        request.headers.list(Header::Route).map(Box::from).collect()
    } else {
        response.headers.list(Header::RecordRoute).map(Box::from).collect()
    };
    if !in_dialog {
        routes.reverse();
    }
    let hop = Hop::towards(first(&routes).as_ref().unwrap_or(&target), flow, core);
    let strict = first(&routes).filter(|route| !route.is_loose());
    let uri = match &strict {
        Some(route) => {
            routes.remove(0);
            routes.push(format!("<{target}>").into());
            route.for_request()
        }
        None => target,
    };
    let mut ack = Request::new(Method::Ack, uri);
    let headers = &mut ack.headers;
    headers.reserve(512);
    for route in &routes {
        headers.push(Header::Route, route);
    }
    headers.push(Header::MaxForwards, "70");
    headers.copy(&request.headers, Header::From);
    headers.copy(&response.headers, Header::To);
    headers.copy(&request.headers, Header::CallId);
    let number = request.headers.cseq().map_or(1, |cseq| cseq.number);
    headers.push(Header::CSeq, &CSeq { number, method: Method::Ack }.value());
    // RFC 3261 §22.1: the ACK carries the credentials of its INVITE.
    headers.copy(&request.headers, Header::Authorization);
    headers.copy(&request.headers, Header::ProxyAuthorization);
    (hop.flow, ack)
}

fn contact(headers: &Headers) -> Result<Uri, NoDialog> {
    let contact = headers.contact().map_err(|_| NoDialog::BadContact)?.ok_or(NoDialog::NoContact)?;
    contact.uri().map(|uri| uri.for_request()).map_err(|_| NoDialog::BadContact)
}

fn record_routes(headers: &Headers) -> Result<Box<[Box<str>]>, NoDialog> {
    headers
        .list(Header::RecordRoute)
        .map(|route| {
            NameAddr::parse(Header::RecordRoute, route)
                .ok()
                .and_then(|address| address.uri().ok())
                .map(|_| Box::from(route))
                .ok_or(NoDialog::BadRecordRoute)
        })
        .collect()
}

fn first(routes: &[Box<str>]) -> Option<Uri> {
    NameAddr::parse(Header::Route, routes.first()?).ok()?.uri().ok()
}
