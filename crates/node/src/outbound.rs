//! A leg that a call dials: the directory says where it goes.

use base::{LegId, TransactionId, is_join_token};
use call::{DialRefusal, DialTarget, Event};
use directory::{DialTo, Hop, JoinToken, Outbound, Protocol};
use sip::media_session::Codec;
use sip::stack::{Offer, Target, Transport, TrunkName};

use crate::Node;
use crate::io::Io;
use crate::legs::{Placement, codec_of};

/// How a leg ends whose token is good for no meeting.
pub(crate) const NO_SUCH_TOKEN: u16 = 403;
/// Headers of an INVITE that a function sees.
const SHOWN: [&str; 2] = ["user-to-user", "diversion"];
/// Headers that are for us only, beside the join tokens.
const HIDDEN: [&str; 2] = ["x-chime-meeting-id", "x-sma-max-forwards"];

impl Node {
    pub(crate) fn dial(
        &mut self,
        transaction: TransactionId,
        leg: LegId,
        dial: &call::Dial,
        io: &mut Io<'_>,
    ) {
        let Some(live) = self.live.get(&transaction) else { return };
        let to = match &dial.to {
            DialTarget::Pstn { number } => DialTo::Number(number),
            DialTarget::Connector { arn, user } => DialTo::Connector { arn, user },
            DialTarget::Meeting { token, meeting } => {
                let token = JoinToken { token: live.secrets.token(token), meeting: meeting.clone() };
                let codec = codec_of(live, dial.on_behalf_of);
                return self.join(transaction, leg, &token, codec, io);
            }
        };
        let sip_headers = live.secrets.reveal(&dial.sip_headers);
        let route = self.directory.route_outbound(&directory::Dial {
            to,
            caller_id: &dial.caller_id,
            leg_a_from: Some(&live.from),
            headers: &sip_headers,
            allowance: live.forwards,
        });
        let codec = codec_of(live, dial.on_behalf_of);
        let mut headers = sip_headers;
        let (targets, internal) = match route {
            Ok(Outbound::Trunks(hops)) => (targets_of(hops), false),
            Ok(Outbound::Internal { number, headers: counter }) => {
                headers.extend(counter);
                (vec![internal_target(number.as_str())], true)
            }
            Ok(Outbound::Meeting(token)) => return self.dial_meeting(transaction, leg, &token, codec, io),
            Err(refusal) => return self.refused(transaction, leg, refusal_of(refusal), io),
        };
        if targets.is_empty() {
            let missing = "the connector asks for encrypted media, which is not built in".to_owned();
            return self.refused(transaction, leg, DialRefusal::NoRoute(missing), io);
        }
        let placement = Placement {
            targets,
            internal,
            from_user: dial.caller_id.clone(),
            headers,
            timeout: dial.timeout,
            codec,
        };
        if !self.place(transaction, leg, placement, io) {
            self.refused(transaction, leg, DialRefusal::NoCapacity("no RTP port is free".to_owned()), io);
        }
    }

    /// `+17035550122` with a token in its headers: a call that rings and is answered at once, or refused with 403.
    fn dial_meeting(
        &mut self,
        transaction: TransactionId,
        leg: LegId,
        token: &JoinToken,
        codec: Option<Codec>,
        io: &mut Io<'_>,
    ) {
        match self.admit(token, io) {
            Ok(admitted) => {
                self.place_in_meeting((transaction, leg), admitted, codec, io);
                io.tell(transaction, Event::Progressed { leg, early_media: false });
                io.tell(transaction, Event::Answered { leg });
            }
            Err(refusal) => {
                tracing::info!(%transaction, %leg, %refusal, "a leg is not let into its meeting");
                io.tell(transaction, Event::Ended { leg, code: NO_SUCH_TOKEN });
            }
        }
    }

    /// `JoinChimeMeeting`.
    fn join(
        &mut self,
        transaction: TransactionId,
        leg: LegId,
        token: &JoinToken,
        codec: Option<Codec>,
        io: &mut Io<'_>,
    ) {
        match self.admit(token, io) {
            Ok(admitted) => {
                self.place_in_meeting((transaction, leg), admitted, codec, io);
                io.tell(transaction, Event::Answered { leg });
            }
            Err(refusal) => {
                tracing::info!(%transaction, %leg, %refusal, "a leg is not let into its meeting");
                io.tell(transaction, Event::DialRefused { leg, refusal: DialRefusal::BadJoinToken });
            }
        }
    }

    fn refused(&mut self, transaction: TransactionId, leg: LegId, refusal: DialRefusal, io: &mut Io<'_>) {
        tracing::info!(%transaction, %leg, ?refusal, "a leg cannot be placed");
        io.tell(transaction, Event::DialRefused { leg, refusal });
    }
}

/// Places to try. One that asks for encrypted media is left out: SRTP is not built in.
pub(crate) fn targets_of(hops: Vec<Hop>) -> Vec<Target> {
    hops.into_iter()
        .filter(|hop| !hop.encrypted)
        .map(|hop| Target {
            trunk: TrunkName(hop.trunk.to_string()),
            uri: hop.uri,
            host: None,
            transport: hop.transport.map(|protocol| match protocol {
                Protocol::Udp => Transport::Udp,
                Protocol::Tcp => Transport::Tcp,
                Protocol::Tls => Transport::Tls,
                Protocol::Internal => Transport::Internal,
            }),
            from_host: hop.from_host,
            asserted_identity: hop.asserted_identity,
            credentials: hop.credentials.map(|given| (given.username, given.password)),
            headers: hop.headers,
        })
        .collect()
}

fn internal_target(number: &str) -> Target {
    Target {
        uri: format!("sip:{number}@internal.invalid"),
        host: None,
        transport: Some(Transport::Internal),
        from_host: None,
        asserted_identity: false,
        credentials: None,
        headers: Vec::new(),
        trunk: TrunkName("this node".to_owned()),
    }
}

fn refusal_of(refusal: directory::DialRefusal) -> DialRefusal {
    match refusal {
        directory::DialRefusal::CallerIdNotOwned => DialRefusal::CallerIdNotOwned,
        directory::DialRefusal::UnknownConnector(_) => DialRefusal::UnknownConnector,
        directory::DialRefusal::NoRoute(missing) => DialRefusal::NoRoute(missing),
        directory::DialRefusal::Loop(_) => DialRefusal::Loop,
    }
}

/// The headers that a function sees: `User-to-User`, `Diversion` and `X-*`, but for those that are ours.
pub(crate) fn headers_of(offer: &Offer) -> Vec<(String, String)> {
    let shown = |name: &str| {
        let name = name.to_ascii_lowercase();
        let passed_on = name.starts_with("x-") || SHOWN.contains(&name.as_str());
        passed_on && !HIDDEN.contains(&name.as_str()) && !is_join_token(&name)
    };
    offer.headers.iter().filter(|(name, _)| shown(name)).cloned().collect()
}
