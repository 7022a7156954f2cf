//! WebSocket signalling: `/control/<MeetingId>` on the listeners of the API.
//!
//! Bytes only: the meaning of frames, and whether a token is good, is the node's. A token that is not is refused behind
//! the hand-shake, since clients take a failed hand-shake for a fault of the network and try again for minutes.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::MeetingId;
use bytes::Bytes;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use http::header::{
    CONNECTION, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL,
    SEC_WEBSOCKET_VERSION, UPGRADE,
};
use http::{HeaderMap, Method, Request, Response, StatusCode, Version};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use meet::{ConnectionId, Secret};
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc::Receiver;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message as Frame};

use super::plain;
use crate::browsers::{self, BrowserEvent, Received, ToBrowser};
use crate::inbox::{Inbox, Message};

/// Under it are the signalling URLs of meetings.
const PATH: &str = "/control";
/// The sub-protocol we select; the client's token is offered beside it.
const PROTOCOL: &str = "_aws_wt_session";
/// The longest join token, `#content` included.
const TOKEN: usize = 2_048 + "#content".len();
/// The largest message: a client's SDP offer has 6 KB, with much video some dozens.
const MESSAGE: usize = 512 << 10;
/// Bytes from one browser that the node has not taken yet.
const SHARE: usize = 2 * MESSAGE;
/// Bytes from all browsers that the node has not taken yet.
const SHARES: usize = 32 << 20;
/// The upgrade must be done by then.
const UPGRADE_WITHIN: Duration = Duration::from_secs(15);
/// A frame must be taken by then.
const WRITE: Duration = Duration::from_secs(10);
/// How long the other side may take to confirm a close.
const FAREWELL: Duration = Duration::from_secs(2);
/// "Internal error": the one code upon which every client since 3.27 connects again at once.
const AGAIN: u16 = 4500;

/// All WebSockets of the node.
pub struct WebSockets {
    inbox: Inbox,
    next: AtomicU64,
    room: Arc<Semaphore>,
    connections: usize,
    per_address: usize,
    addresses: Arc<Mutex<BTreeMap<IpAddr, usize>>>,
    shares: Arc<Semaphore>,
}

/// A connection's place among the allowed ones, given back when dropped.
struct Place {
    address: IpAddr,
    addresses: Arc<Mutex<BTreeMap<IpAddr, usize>>>,
    _permit: OwnedSemaphorePermit,
}

/// A hand-shake that asks for what we have.
struct Wanted {
    meeting: Option<MeetingId>,
    token: String,
    accept: String,
}

type Reading = SplitStream<WebSocketStream<TokioIo<Upgraded>>>;
type Writing = SplitSink<WebSocketStream<TokioIo<Upgraded>>, Frame>;

impl WebSockets {
    /// For at most `connections` at once, `per_address` of them from one address.
    pub fn new(inbox: Inbox, connections: usize, per_address: usize) -> Self {
        let connections = connections.min(Semaphore::MAX_PERMITS);
        Self {
            inbox,
            next: AtomicU64::new(1),
            room: Arc::new(Semaphore::new(connections)),
            connections,
            per_address,
            addresses: Arc::default(),
            shares: Arc::new(Semaphore::new(SHARES)),
        }
    }

    /// Waits until all connections have said farewell, but not for long.
    pub async fn closed(&self) {
        let all = u32::try_from(self.connections).unwrap_or(u32::MAX);
        if timeout(FAREWELL, self.room.acquire_many(all)).await.is_err() {
            tracing::debug!("some browsers did not confirm the end of their connection");
        }
    }

    /// Answers a request whose path [`is_path`] says is for us.
    pub(super) fn answer(
        self: &Arc<Self>,
        request: &mut Request<Incoming>,
        peer: SocketAddr,
    ) -> Response<Full<Bytes>> {
        let wanted =
            match wanted(request.method(), request.version(), request.uri().path(), request.headers()) {
                Ok(wanted) => wanted,
                Err((status, text)) => {
                    let mut response = plain(status, text);
                    if status == StatusCode::UPGRADE_REQUIRED {
                        response.headers_mut().insert(UPGRADE, HeaderValue::from_static("websocket"));
                        response.headers_mut().insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
                    }
                    return response;
                }
            };
        let Ok(accept) = HeaderValue::from_str(&wanted.accept) else {
            return plain(StatusCode::INTERNAL_SERVER_ERROR, "");
        };
        let Some(place) = self.place(peer.ip().to_canonical()) else {
            tracing::warn!(%peer, "a browser was turned away: there are too many connections");
            let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, "too many connections\n");
            response.headers_mut().insert(http::header::RETRY_AFTER, HeaderValue::from_static("5"));
            return response;
        };
        tokio::spawn(self.clone().carry(hyper::upgrade::on(request), wanted, place));
        let mut response = plain(StatusCode::SWITCHING_PROTOCOLS, "");
        let headers = response.headers_mut();
        headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
        headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
        headers.insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(PROTOCOL));
        response
    }

    fn place(&self, address: IpAddr) -> Option<Place> {
        let permit = self.room.clone().try_acquire_owned().ok()?;
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        let count = addresses.entry(address).or_default();
        if *count >= self.per_address {
            return None;
        }
        *count += 1;
        Some(Place { address, addresses: self.addresses.clone(), _permit: permit })
    }

    async fn carry(self: Arc<Self>, upgrade: OnUpgrade, wanted: Wanted, place: Place) {
        let upgraded = match timeout(UPGRADE_WITHIN, upgrade).await {
            Ok(Ok(upgraded)) => upgraded,
            Ok(Err(error)) => return tracing::debug!(%error, "a WebSocket was not to be"),
            Err(_) => return,
        };
        let config = WebSocketConfig::default()
            .read_buffer_size(8 << 10)
            .write_buffer_size(0)
            .max_write_buffer_size(2 * MESSAGE)
            .max_message_size(Some(MESSAGE))
            .max_frame_size(Some(MESSAGE));
        let stream =
            WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await;
        let connection = ConnectionId(self.next.fetch_add(1, Ordering::Relaxed));
        let (sender, waiting) = browsers::queue();
        let Wanted { meeting, token, .. } = wanted;
        let connected = BrowserEvent::Connected { meeting, token: Secret::from(token), sender };
        self.tell(connection, connected).await;
        let (mut writing, mut reading) = stream.split();
        let code = tokio::select! {
            code = self.read(connection, &mut reading) => code,
            code = write(&mut writing, waiting) => Some(code),
        };
        // Before the farewell: the node need not wait for it.
        self.tell(connection, BrowserEvent::Disconnected).await;
        if let Some(code) = code {
            farewell(writing, reading, code).await;
        }
        drop(place);
    }

    /// Reads until the end: the code to close with, or `None` where there is nothing left to say. How long a client may
    /// say nothing is the node's to decide, which hears of whole messages only: nobody lives on pings, or on the
    /// fragments of a message that never ends.
    async fn read(&self, connection: ConnectionId, reading: &mut Reading) -> Option<u16> {
        let share = Arc::new(Semaphore::new(SHARE));
        loop {
            let bytes = match reading.next().await {
                Some(Ok(Frame::Binary(bytes))) => bytes,
                Some(Ok(Frame::Ping(_) | Frame::Pong(_) | Frame::Frame(_))) => continue,
                Some(Ok(Frame::Close(_))) => {
                    // The confirmation is written while the stream is read to its end.
                    let rest = async { while reading.next().await.is_some() {} };
                    timeout(FAREWELL, rest).await.ok();
                    return None;
                }
                Some(Ok(Frame::Text(_))) => return Some(CloseCode::Unsupported.into()),
                Some(Err(Error::Capacity(_))) => return Some(CloseCode::Size.into()),
                Some(Err(Error::Protocol(error))) => {
                    tracing::debug!(%error, "a browser does not speak WebSocket");
                    return Some(CloseCode::Protocol.into());
                }
                Some(Err(_)) | None => return None,
            };
            let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX).max(1);
            // Neither is ever closed.
            let own = share.clone().acquire_many_owned(size).await.ok()?;
            let of_all = self.shares.clone().acquire_many_owned(size).await.ok()?;
            self.tell(connection, BrowserEvent::Frame(Received { bytes, _room: [own, of_all] })).await;
        }
    }

    /// A full inbox holds the browser back.
    async fn tell(&self, connection: ConnectionId, event: BrowserEvent) {
        // A node that has gone needs to hear nothing: it has dropped the connection's sender.
        self.inbox.request_when_room(Message::Browser(connection, event)).await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = addresses.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                addresses.remove(&self.address);
            }
        }
    }
}

/// Writes until told to close, or dropped; the code to close with.
async fn write(writing: &mut Writing, mut waiting: Receiver<ToBrowser>) -> u16 {
    loop {
        match waiting.recv().await {
            Some(ToBrowser::Frame(bytes)) => {
                let written = timeout(WRITE, writing.send(Frame::Binary(bytes))).await;
                if !matches!(written, Ok(Ok(()))) {
                    return AGAIN;
                }
            }
            Some(ToBrowser::Close(code)) => return code,
            // Too slow, or the node is stopping.
            None => return AGAIN,
        }
    }
}

/// Closes and waits for the other side to do so too. All of it takes at most [`FAREWELL`].
async fn farewell(mut writing: Writing, mut reading: Reading, code: u16) {
    let close = CloseFrame { code: code.into(), reason: Default::default() };
    let closing = async {
        if writing.send(Frame::Close(Some(close))).await.is_err() {
            return;
        }
        loop {
            match reading.next().await {
                Some(Ok(_)) => {}
                None | Some(Err(Error::ConnectionClosed | Error::AlreadyClosed)) => return,
                Some(Err(_)) => break,
            }
        }
        // What comes is not understood any more. It is read all the same: with unread bytes the connection would be
        // reset, and the close could be lost on its way.
        let Ok(stream) = reading.reunite(writing) else { return };
        let mut raw = stream.into_inner();
        raw.shutdown().await.ok();
        tokio::io::copy(&mut raw, &mut tokio::io::sink()).await.ok();
    };
    // Where it takes longer, the end of the TCP connection says the same.
    timeout(FAREWELL, closing).await.ok();
}

/// Whether a path belongs to signalling.
pub(super) fn is_path(path: &str) -> bool {
    path.strip_prefix(PATH).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn wanted(
    method: &Method,
    version: Version,
    path: &str,
    headers: &HeaderMap,
) -> Result<Wanted, (StatusCode, &'static str)> {
    let id = path.strip_prefix(PATH).unwrap_or_default().trim_matches('/');
    let meeting = match id {
        "" => None,
        id => Some(id.parse().map_err(|_| (StatusCode::NOT_FOUND, "no meeting has such an id\n"))?),
    };
    let has = |name, word: &str| words(headers, name).any(|given| given.eq_ignore_ascii_case(word));
    if method != Method::GET || version < Version::HTTP_11 || !has(UPGRADE, "websocket") {
        return Err((StatusCode::UPGRADE_REQUIRED, "this is a WebSocket\n"));
    }
    if !has(CONNECTION, "upgrade") {
        return Err((StatusCode::BAD_REQUEST, "the Connection header does not name the upgrade\n"));
    }
    if headers.get(SEC_WEBSOCKET_VERSION).is_none_or(|version| version != "13") {
        return Err((StatusCode::UPGRADE_REQUIRED, "version 13 of WebSocket is spoken here\n"));
    }
    let key = headers.get(SEC_WEBSOCKET_KEY).map(HeaderValue::as_bytes).unwrap_or_default();
    // 16 bytes in base64.
    if key.len() != 24 {
        return Err((StatusCode::BAD_REQUEST, "no Sec-WebSocket-Key\n"));
    }
    let mut offered = words(headers, SEC_WEBSOCKET_PROTOCOL);
    let token = match (offered.next(), offered.next()) {
        (Some(PROTOCOL), Some(token)) if (1..=TOKEN).contains(&token.len()) => token.to_owned(),
        _ => return Err((StatusCode::BAD_REQUEST, "the sub-protocols are not those of a meeting session\n")),
    };
    Ok(Wanted { meeting, token, accept: derive_accept_key(key) })
}

/// The elements of a header's comma-separated lists.
fn words(headers: &HeaderMap, name: http::HeaderName) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(more: &[(&'static str, &'static str)]) -> HeaderMap {
        let usual = [
            ("connection", "keep-alive, Upgrade"),
            ("upgrade", "websocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("sec-websocket-protocol", "_aws_wt_session, to-ken_1#content"),
        ];
        let mut map = HeaderMap::new();
        for (name, value) in usual.iter().chain(more) {
            map.insert(*name, HeaderValue::from_static(value));
        }
        map
    }

    fn ask(path: &str, more: &[(&'static str, &'static str)]) -> Result<Wanted, StatusCode> {
        wanted(&Method::GET, Version::HTTP_11, path, &headers(more)).map_err(|(status, _)| status)
    }

    #[test]
    fn the_example_of_rfc_6455_is_accepted() {
        let id = "6a3f0c0e-0000-4000-8000-000000000001";
        let wanted = ask(&format!("/control/{id}"), &[]).ok().unwrap();
        assert_eq!(wanted.accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assert_eq!(wanted.token, "to-ken_1#content");
        assert_eq!(wanted.meeting.map(|meeting| meeting.to_string()).as_deref(), Some(id));
        assert!(ask("/control", &[]).ok().unwrap().meeting.is_none());
        assert!(ask("/control/", &[]).ok().unwrap().meeting.is_none());
    }

    #[test]
    fn other_hand_shakes_are_refused() {
        for (path, header, status) in [
            ("/control/x", ("accept", "*/*"), 404),
            ("/control", ("upgrade", "h2c"), 426),
            ("/control", ("connection", "close"), 400),
            ("/control", ("sec-websocket-version", "8"), 426),
            ("/control", ("sec-websocket-key", "short"), 400),
            ("/control", ("sec-websocket-protocol", "_aws_wt_session"), 400),
            ("/control", ("sec-websocket-protocol", "token, _aws_wt_session"), 400),
            ("/control", ("sec-websocket-protocol", "chat, token"), 400),
        ] {
            assert_eq!(ask(path, &[header]).err().map(|s| s.as_u16()), Some(status), "{header:?}");
        }
        assert!(!is_path("/controls") && is_path("/control/x") && is_path("/control"));
    }
}
