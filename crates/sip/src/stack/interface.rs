//! What goes into the [`Stack`](super::Stack) and what comes out of it.

use std::net::SocketAddr;
use std::time::Duration;

use crate::media_session::{LocalMedia, RemoteMedia};

/// One SIP dialog (or dialog to be), minted by [`Stack::next_dialog`](super::Stack) or by the stack for offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DialogId(pub u64);

/// A trunk as the stack knows it: a carrier or a voice connector route that is monitored or registered to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrunkName(pub String);

/// A stream connection (TCP, TLS), named by the shell when accepted (below 2^63), by the stack when it asks for one (from
/// 2^63 on).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

/// A DNS question the stack waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueryId(pub u64);

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// Datagrams.
    Udp,
    /// A stream.
    Tcp,
    /// An encrypted stream.
    Tls,
    /// Within this node: a call to one of our own numbers. The node hands what is sent straight back in.
    Internal,
}

/// Where a message came from or goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// How.
    pub transport: Transport,
    /// Our address.
    pub local: SocketAddr,
    /// The peer's address.
    pub remote: SocketAddr,
    /// The connection, for streams.
    pub connection: Option<ConnectionId>,
}

/// What reaches the stack.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// A datagram, or the next bytes of a stream (framing is the stack's work: RFC 3261 §18.3).
    Received {
        /// Where it came from.
        flow: Flow,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// The same from somebody we have no business with, as far as addresses tell. Outside a dialog such a sender gets one
    /// refusal per request, sent once and forgotten, and beyond [`Limits::strangers`](super::Limits) not even that; its
    /// INVITE is never offered and its body never looked at.
    ReceivedFromStranger {
        /// Where it came from.
        flow: Flow,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// A connection the stack asked for by [`Output::Open`] is up, or a peer's was accepted.
    Opened {
        /// The connection.
        flow: Flow,
    },
    /// A connection could not be made or is gone.
    Closed {
        /// The connection.
        connection: ConnectionId,
    },
    /// The answer to [`Output::Resolve`]: candidates in the order to try them; empty when the name is unknown.
    Resolved {
        /// The question.
        query: QueryId,
        /// The candidates.
        candidates: Vec<(Transport, SocketAddr)>,
    },
    /// An order.
    Command(Command),
    /// The time of `deadline` has come.
    Woken,
}

/// What the node orders.
#[derive(Clone, Debug)]
pub enum Command {
    /// Refuse an offer with a final status of 300 and above.
    Refuse {
        /// The offer.
        dialog: DialogId,
        /// Status code.
        status: u16,
        /// More headers (`Retry-After`, `Reason` …).
        headers: Vec<(String, String)>,
    },
    /// Ask the offer's sender for digest credentials (401, the configured algorithms, qop auth). Ends this dialog.
    Challenge {
        /// The offer.
        dialog: DialogId,
        /// The realm.
        realm: String,
        /// The credentials were right but the nonce is old.
        stale: bool,
    },
    /// Send 180.
    Ring {
        /// The offer.
        dialog: DialogId,
    },
    /// Send 183 with SDP (reliably where the peer asked for 100rel).
    Progress {
        /// The offer.
        dialog: DialogId,
        /// Our side of the session.
        media: LocalMedia,
    },
    /// Send 200 with SDP; retransmitted until the ACK, BYE when none comes (64×T1).
    Answer {
        /// The offer.
        dialog: DialogId,
        /// Our side of the session (the same as in `Progress`, where one was sent).
        media: LocalMedia,
    },
    /// Place a call.
    Invite {
        /// From [`Stack::next_dialog`](super::Stack).
        dialog: DialogId,
        /// Where to and how.
        invite: Box<Outbound>,
    },
    /// Change our side of an answered call by re-INVITE: other media, hold. What the far end makes of it comes back as
    /// [`Event::MediaChanged`], where it changes anything.
    Modify {
        /// The dialog.
        dialog: DialogId,
        /// Our side of the session.
        media: LocalMedia,
        /// Our direction: `SendOnly` or `Inactive` puts the far end on hold.
        direction: crate::sdp::Direction,
    },
    /// BYE, CANCEL or 487-by-refusal, whatever the dialog's state asks for. No `Ended` comes back.
    Release {
        /// The dialog.
        dialog: DialogId,
    },
    /// Replace the set of trunks that are monitored by OPTIONS and registered to.
    Trunks(Vec<Trunk>),
}

/// An outbound call.
#[derive(Clone, Debug, PartialEq)]
pub struct Outbound {
    /// Tried in order: the next one when the one before cannot be reached, times out or answers 503.
    pub targets: Vec<Target>,
    /// User part (or whole number) of From; exactly the caller id.
    pub from_user: String,
    /// Headers to add, already checked.
    pub headers: Vec<(String, String)>,
    /// Our side of the session: the offer.
    pub media: LocalMedia,
    /// How long it may ring (Expires).
    pub timeout: Duration,
}

/// One place an outbound call may go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Request-URI.
    pub uri: String,
    /// Host to send to when it differs from the URI's (outbound proxy, route host).
    pub host: Option<(String, Option<u16>)>,
    /// Transport; by DNS (NAPTR/SRV) where `None`.
    pub transport: Option<Transport>,
    /// Host part of From and of P-Asserted-Identity; ours where `None`.
    pub from_host: Option<String>,
    /// Whether to send P-Asserted-Identity.
    pub asserted_identity: bool,
    /// Digest user and password, where the trunk asks for them.
    pub credentials: Option<(String, String)>,
    /// More headers for this target only (`X-VoiceConnector-ID` …).
    pub headers: Vec<(String, String)>,
    /// Names the trunk in events and health.
    pub trunk: TrunkName,
}

/// A trunk to keep an eye on.
#[derive(Clone, Debug, PartialEq)]
pub struct Trunk {
    /// Its name.
    pub name: TrunkName,
    /// `sip:` URI of the peer (for OPTIONS) or of the registrar (for REGISTER).
    pub uri: String,
    /// Transport; by DNS where `None`.
    pub transport: Option<Transport>,
    /// Send OPTIONS this often.
    pub options_every: Option<Duration>,
    /// Register with this address of record.
    pub register: Option<Registration>,
}

/// How to register to a carrier.
#[derive(Clone, Debug, PartialEq)]
pub struct Registration {
    /// Address of record, `sip:user@host`.
    pub aor: String,
    /// Digest user.
    pub username: String,
    /// Digest password.
    pub password: String,
    /// Expiry asked for.
    pub expires: Duration,
}

/// What the stack wants of the world.
#[derive(Clone, Debug)]
pub enum Output {
    /// Send these bytes.
    Send {
        /// Where to.
        flow: Flow,
        /// One SIP message.
        bytes: Vec<u8>,
    },
    /// Connect; answered by `Opened` or `Closed`.
    Open {
        /// Names the connection to be.
        connection: ConnectionId,
        /// TCP or TLS.
        transport: Transport,
        /// The peer.
        remote: SocketAddr,
        /// Server name for TLS.
        server_name: String,
    },
    /// Close a connection.
    Close {
        /// Which.
        connection: ConnectionId,
    },
    /// Resolve by RFC 3263 (NAPTR, SRV, A/AAAA); answered by `Resolved`.
    Resolve {
        /// Names the question.
        query: QueryId,
        /// Host name.
        host: String,
        /// Port, which rules SRV out.
        port: Option<u16>,
        /// Transport, which rules NAPTR out.
        transport: Option<Transport>,
    },
    /// A fact for the node.
    Event(Event),
    /// A message went in or out: for the journal's ladder. Only for messages of a dialog.
    Traced {
        /// Whose.
        dialog: DialogId,
        /// True for outgoing.
        sent: bool,
        /// The peer.
        remote: SocketAddr,
        /// The message as text, credentials and join tokens redacted.
        message: String,
    },
}

/// A fact for the node.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// An INVITE that starts a dialog. The stack sends 100 by itself where nothing else is said within 200 ms.
    Offered {
        /// The dialog to be.
        dialog: DialogId,
        /// What it says.
        offer: Box<Offer>,
    },
    /// A dialled leg got a provisional response of 180–189.
    Progressed {
        /// The dialog.
        dialog: DialogId,
        /// Its status.
        status: u16,
        /// The far end's media, where SDP came with it.
        media: Option<RemoteMedia>,
    },
    /// A dialled leg was answered; the ACK is on its way.
    Answered {
        /// The dialog.
        dialog: DialogId,
        /// The far end's media.
        media: RemoteMedia,
        /// The trunk that took the call.
        trunk: TrunkName,
    },
    /// The far end's media became known (late offer: in the ACK) or changed (re-INVITE, UPDATE, hold).
    MediaChanged {
        /// The dialog.
        dialog: DialogId,
        /// The far end's media.
        media: RemoteMedia,
    },
    /// A dialog ended by anybody's doing but `Release`, `Refuse` or `Challenge`.
    Ended {
        /// The dialog.
        dialog: DialogId,
        /// Final status of a call that was never answered; 0 for BYE and CANCEL, and for an answered call that broke
        /// down. Of our own: 408 nobody responded, 480 it rang for as long as it may, 487 an offer whose Expires has
        /// passed, 488 no agreement on media, 503 nowhere to send it, 504 no PRACK.
        status: u16,
        /// Reason phrase or what happened, for the log.
        reason: String,
    },
    /// A digit by INFO (`application/dtmf-relay`, `application/dtmf`).
    Digit {
        /// The dialog.
        dialog: DialogId,
        /// One of `0-9*#A-D`.
        digit: char,
    },
    /// An OPTIONS came in and was answered (termination health of connectors).
    OptionsReceived {
        /// Host part of the Request-URI.
        host: String,
        /// Who sent it.
        source: SocketAddr,
    },
    /// A trunk became reachable or unreachable, registered or not.
    TrunkHealth {
        /// The trunk.
        trunk: TrunkName,
        /// Whether it works.
        up: bool,
        /// What was seen.
        detail: String,
    },
}

/// The INVITE of an offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Where it came from.
    pub flow: Flow,
    /// User part of the Request-URI, unescaped (a `tel:` number as such).
    pub user: String,
    /// Host part of the Request-URI, lower case.
    pub host: String,
    /// Parameters of the Request-URI, names as received.
    pub uri_parameters: Vec<(String, String)>,
    /// User part of From.
    pub from_user: String,
    /// User part of To.
    pub to_user: String,
    /// SIP Call-ID.
    pub call_id: String,
    /// All headers as received, in order (`name`, `value`).
    pub headers: Vec<(String, String)>,
    /// Digest credentials, where the request carries them.
    pub authorization: Option<crate::digest::Authorization>,
    /// The far end's media; `None` for a late offer.
    pub media: Option<RemoteMedia>,
    /// Body parts other than SDP (content type, bytes): SIPREC metadata.
    pub bodies: Vec<(String, Vec<u8>)>,
}
