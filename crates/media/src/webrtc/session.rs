//! One browser's session: everything that knows `str0m`.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use base::Timestamp;
use str0m::change::SdpOffer;
use str0m::config::{CryptoProvider, DtlsCert};
use str0m::format::Codec;
use str0m::media::{Mid, Pt};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{Extension, ExtensionValues, RtpPacket, RtpWrite};
use str0m::{Candidate, Event as RtcEvent, IceCreds, Input, Output as RtcOutput, Rtc, RtcConfig};
use tracing::{debug, error};

use super::offer::Offer;
use super::{Heard, stun};
use crate::conference::browser::{BrowserCodec, Incoming, Outgoing};
use crate::{Event, MemberId, OfferError, Output};

/// A session from which nothing authentic came for this long is lost.
const LOST_AFTER: Duration = Duration::from_secs(30);
/// Addresses of one browser since its last restart of ICE.
const MAX_ADDRESSES: usize = 64;
/// RTP sources of one browser: the library keeps a state for each, before it can check a packet.
const MAX_SOURCES: usize = 8;
/// How often round trips are looked up.
const STATISTICS_EVERY: Duration = Duration::from_secs(5);
/// Outgoing sequence numbers begin below this: the receiver assumes that they have not wrapped yet.
const FIRST_SEQUENCE: u64 = 0x7fff;

/// What all sessions of a shard share.
pub(super) struct Common {
    pub(super) port: u16,
    pub(super) candidates: Vec<SocketAddr>,
    pub(super) provider: Arc<CryptoProvider>,
    pub(super) certificate: Option<DtlsCert>,
}

/// A moment, in both clocks.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) now: Timestamp,
    pub(super) instant: Instant,
}

/// The session can no longer serve; what comes for it is dropped.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Failed;

/// A session with a description of both sides.
pub(super) struct Live {
    member: MemberId,
    port: u16,
    /// All candidates are one socket; the library wants to be told one of them.
    local: SocketAddr,
    rtc: Rtc,
    credentials: IceCreds,
    /// The browser's name for this connection.
    offerer: String,
    fingerprint: String,
    audio: Mid,
    /// What we and the browser both speak, best first.
    types: Vec<(BrowserCodec, Pt)>,
    connected: bool,
    /// The path the browser chose last.
    selected: Option<SocketAddr>,
    /// Where its requests came from.
    addresses: Vec<SocketAddr>,
    sources: Vec<u32>,
    incoming: Option<Source>,
    sequence: u64,
    /// The last payload sent: silent listeners of a mix get one after the other the same.
    payload: Arc<[u8]>,
    heard: Timestamp,
    round_trip: Option<Duration>,
    refused: u64,
}

/// The RTP source that is listened to.
struct Source {
    ssrc: u32,
    /// Added to its numbers, so that they go on rising when the source changes.
    offset: u64,
    last: u64,
}

/// What a turn of the library may ask for.
struct Turn<'a> {
    moment: Moment,
    /// Whose datagram it is about.
    source: Option<SocketAddr>,
    /// A STUN request of that source was good.
    accepted: bool,
    heard: &'a mut dyn Heard,
    out: &'a mut dyn Output,
}

impl Live {
    /// Makes a session of a first offer, with the answer.
    pub(super) fn new(
        member: MemberId,
        common: &Common,
        moment: Moment,
        offer: &Offer,
        credentials: IceCreds,
        seed: u64,
    ) -> Result<(Self, String), OfferError> {
        let mut config = RtcConfig::new()
            .set_crypto_provider(Arc::clone(&common.provider))
            .set_local_ice_credentials(credentials.clone())
            .set_ice_lite(true)
            .set_rtp_mode(true)
            .set_stats_interval(Some(STATISTICS_EVERY))
            .clear_codecs()
            .enable_opus(true, false)
            .enable_pcmu(true, false)
            .enable_pcma(true, false)
            .enable_vp8(true)
            .clear_extension_map()
            .set_extension(1, Extension::AudioLevel)
            .set_extension(4, Extension::RtpMid);
        if let Some(certificate) = &common.certificate {
            config = config.set_dtls_cert(certificate.clone());
        }
        let mut rtc = config.build(moment.instant);
        for address in &common.candidates {
            match Candidate::host(*address, Protocol::Udp) {
                Ok(candidate) => drop(rtc.add_local_candidate(candidate)),
                Err(error) => debug!(%address, %error, "an address that is no candidate"),
            }
        }
        let mut live = Self {
            member,
            port: common.port,
            local: common.candidates.first().copied().ok_or(OfferError::NotServed)?,
            rtc,
            credentials,
            offerer: offer.session.clone(),
            fingerprint: offer.fingerprint.clone(),
            audio: offer.audio().into(),
            types: Vec::new(),
            connected: false,
            selected: None,
            addresses: Vec::new(),
            sources: Vec::new(),
            incoming: None,
            sequence: seed % FIRST_SEQUENCE,
            payload: Arc::default(),
            heard: moment.now,
            round_trip: None,
            refused: 0,
        };
        let answer = live.negotiate(offer)?;
        Ok((live, answer))
    }

    /// Whether an offer goes on with this session: of the same connection, for the same line.
    pub(super) fn continues(&self, offer: &Offer) -> bool {
        let same = (&self.offerer, &self.fingerprint) == (&offer.session, &offer.fingerprint);
        same && self.audio == Mid::from(offer.audio()) && self.rtc.is_alive()
    }

    /// Answers a later offer. `fresh` are the credentials in case the browser restarts ICE.
    pub(super) fn renegotiate(
        &mut self,
        moment: Moment,
        offer: &Offer,
        fresh: IceCreds,
    ) -> Result<String, OfferError> {
        self.heard = moment.now;
        let mut answer = self.negotiate(offer)?;
        let drawn = self.rtc.direct_api().local_ice_credentials();
        if drawn != self.credentials {
            // The library drew new ones, from a generator that is not meant for secrets.
            answer = answer.replace(&drawn.ufrag, &fresh.ufrag).replace(&drawn.pass, &fresh.pass);
            self.rtc.direct_api().set_local_ice_credentials(fresh.clone());
            self.credentials = fresh;
        }
        Ok(answer)
    }

    fn negotiate(&mut self, offer: &Offer) -> Result<String, OfferError> {
        let malformed = |why: String| OfferError::Malformed(why);
        let text = offer.text();
        let rtc = &mut self.rtc;
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let offer = SdpOffer::from_sdp_string(&text).map_err(|e| malformed(e.to_string()))?;
            let answer = rtc.sdp_api().accept_offer(offer).map_err(|e| malformed(e.to_string()))?;
            Ok(without_candidate_users(&answer.to_sdp_string()))
        }));
        let answer = outcome.unwrap_or_else(|_| {
            error!(member = ?self.member, "the library panicked at an offer");
            Err(malformed("cannot be answered".into()))
        })?;
        let media = self.rtc.media(self.audio).ok_or_else(|| malformed("no audio line".into()))?;
        self.types.clear();
        for params in self.rtc.codec_config().params() {
            let codec = match params.spec().codec {
                Codec::Opus => BrowserCodec::Opus,
                Codec::PCMU => BrowserCodec::Pcmu,
                Codec::PCMA => BrowserCodec::Pcma,
                _ => continue,
            };
            if media.remote_pts().contains(&params.pt()) {
                self.types.push((codec, params.pt()));
            }
        }
        if self.types.is_empty() {
            return Err(OfferError::NoCommonCodec);
        }
        for source in offer.sources() {
            if !self.sources.contains(source) && self.sources.len() < MAX_SOURCES {
                self.sources.push(*source);
            }
        }
        Ok(answer)
    }

    pub(super) fn ufrag(&self) -> &str {
        &self.credentials.ufrag
    }

    pub(super) fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// After a restart of ICE: media may go on over the chosen path until there is a new one (RFC 8445 §9), the other
    /// addresses are forgotten.
    pub(super) fn leave_addresses(&mut self) -> Vec<SocketAddr> {
        let selected = self.selected;
        self.addresses.extract_if(.., |address| Some(*address) != selected).collect()
    }

    pub(super) fn refused(&self) -> u64 {
        self.refused
    }

    pub(super) fn round_trip(&self) -> Option<Duration> {
        self.round_trip
    }

    /// Whether nothing authentic has come for too long.
    pub(super) fn is_stale(&self, now: Timestamp) -> bool {
        now.since(self.heard) >= LOST_AFTER
    }

    /// When it would be too long.
    pub(super) fn stale_at(&self) -> Timestamp {
        self.heard + LOST_AFTER
    }

    /// Takes a STUN request that names this session. True: it was good, and `source` is an address of the browser.
    pub(super) fn request(
        &mut self,
        moment: Moment,
        source: SocketAddr,
        request: (&[u8], bool),
        heard: &mut dyn Heard,
        out: &mut dyn Output,
    ) -> Result<(bool, Instant), Failed> {
        let known = self.addresses.contains(&source);
        if !known && self.addresses.len() >= MAX_ADDRESSES {
            self.refused += 1;
            return Ok((false, moment.instant + LOST_AFTER));
        }
        let mut turn = Turn { moment, source: Some(source), accepted: false, heard, out };
        let next = self.receive(source, request.0, &mut turn)?;
        if turn.accepted {
            self.heard = moment.now;
            if !known {
                self.addresses.push(source);
            }
            if request.1 && self.selected != Some(source) {
                debug!(member = ?self.member, "the browser chose a path");
                self.selected = Some(source);
            }
        } else {
            self.refused += 1;
        }
        Ok((turn.accepted, next))
    }

    /// Takes DTLS, RTP or RTCP from an address of the browser.
    pub(super) fn datagram(
        &mut self,
        moment: Moment,
        source: SocketAddr,
        datagram: &[u8],
        heard: &mut dyn Heard,
        out: &mut dyn Output,
    ) -> Result<Instant, Failed> {
        if !self.admits(datagram) {
            self.refused += 1;
            return Ok(moment.instant + LOST_AFTER);
        }
        let mut turn = Turn { moment, source: Some(source), accepted: false, heard, out };
        self.receive(source, datagram, &mut turn)
    }

    /// Does what has become due.
    pub(super) fn wake(
        &mut self,
        moment: Moment,
        heard: &mut dyn Heard,
        out: &mut dyn Output,
    ) -> Result<Instant, Failed> {
        let mut turn = Turn { moment, source: None, accepted: false, heard, out };
        self.advance(Input::Timeout(moment.instant), &mut turn)
    }

    /// Sends a frame, if the path is up and the codec is one of both sides.
    pub(super) fn send(
        &mut self,
        moment: Moment,
        audio: &Outgoing<'_>,
        heard: &mut dyn Heard,
        out: &mut dyn Output,
    ) -> Result<Option<Instant>, Failed> {
        let payload_type = self.types.iter().find(|(codec, _)| *codec == audio.codec).map(|(_, pt)| *pt);
        let Some(payload_type) = payload_type.filter(|_| self.connected) else { return Ok(None) };
        if *self.payload != *audio.payload {
            self.payload = audio.payload.into();
        }
        let values = ExtensionValues {
            audio_level: Some(-(audio.level.min(127) as i8)),
            voice_activity: Some(audio.voice),
            ..ExtensionValues::default()
        };
        let packet = RtpWrite::new(
            payload_type,
            self.sequence.into(),
            audio.rtp_time,
            moment.instant,
            Arc::clone(&self.payload),
        );
        let packet = packet.marker(audio.marker).ext_vals(values);
        let mut direct = self.rtc.direct_api();
        let Some(stream) = direct.stream_tx_by_mid(self.audio, None) else { return Ok(None) };
        stream.write_rtp(packet);
        self.sequence += 1;
        self.wake(moment, heard, out).map(Some)
    }

    /// Whether the library may see a datagram: of RTP, only a few sources.
    fn admits(&mut self, datagram: &[u8]) -> bool {
        let is_rtp = matches!(datagram, [128..=191, kind, ..] if !(64..96).contains(&(kind & 0x7f)));
        if !is_rtp {
            return true;
        }
        let Some(&[_, kind, _, _, _, _, _, _, a, b, c, d]) = datagram.first_chunk() else { return false };
        let ssrc = u32::from_be_bytes([a, b, c, d]);
        if self.sources.contains(&ssrc) {
            return true;
        }
        let ours = self.types.iter().any(|(_, pt)| **pt == kind & 0x7f);
        if !ours || !self.connected || ssrc == 0 || self.sources.len() >= MAX_SOURCES {
            return false;
        }
        // Neither announced nor, perhaps, marked with its line: the payload type says whose it is.
        self.sources.push(ssrc);
        self.rtc.direct_api().expect_stream_rx(ssrc.into(), None, self.audio, None).suppress_nack(true);
        true
    }

    fn receive(
        &mut self,
        source: SocketAddr,
        datagram: &[u8],
        turn: &mut Turn<'_>,
    ) -> Result<Instant, Failed> {
        let to = self.local;
        let received = catch_unwind(|| Receive::new(Protocol::Udp, source, to, datagram).ok());
        match received {
            Ok(Some(received)) => self.advance(Input::Receive(turn.moment.instant, received), turn),
            _ => {
                self.refused += 1;
                Ok(turn.moment.instant + LOST_AFTER)
            }
        }
    }

    /// One input, and all that follows from it; when the library wants to be woken.
    fn advance(&mut self, input: Input<'_>, turn: &mut Turn<'_>) -> Result<Instant, Failed> {
        match catch_unwind(AssertUnwindSafe(|| self.run(input, turn))) {
            Ok(outcome) => outcome,
            Err(_) => {
                error!(member = ?self.member, "the library panicked: the session is over");
                Err(Failed)
            }
        }
    }

    fn run(&mut self, input: Input<'_>, turn: &mut Turn<'_>) -> Result<Instant, Failed> {
        if let Err(error) = self.rtc.handle_input(input) {
            // Anybody may send in the browser's name; what is not authentic ends nothing.
            debug!(member = ?self.member, %error, "a datagram was refused");
            self.refused += 1;
        }
        loop {
            match self.rtc.poll_output() {
                Ok(RtcOutput::Timeout(next)) if self.rtc.is_alive() => return Ok(next),
                Ok(RtcOutput::Timeout(_)) => return Err(Failed),
                Ok(RtcOutput::Transmit(transmit)) => {
                    let to = if stun::is_stun(&transmit.contents) {
                        let success = stun::is_success(&transmit.contents);
                        turn.accepted |= success && turn.source == Some(transmit.destination);
                        transmit.destination
                    } else {
                        // The library keeps to the path of the highest priority, the browser knows the one that works.
                        self.selected.unwrap_or(transmit.destination)
                    };
                    turn.out.transmit(self.port, to, &transmit.contents);
                }
                Ok(RtcOutput::Event(event)) => self.event(event, turn)?,
                Err(error) if self.rtc.is_alive() => {
                    debug!(member = ?self.member, %error, "a step failed");
                    self.refused += 1;
                    return Ok(turn.moment.instant);
                }
                Err(error) => {
                    debug!(member = ?self.member, %error, "the media path failed");
                    return Err(Failed);
                }
            }
        }
    }

    fn event(&mut self, event: RtcEvent, turn: &mut Turn<'_>) -> Result<(), Failed> {
        match event {
            RtcEvent::Connected => {
                self.connected = true;
                self.heard = turn.moment.now;
                let codec = self.types.first().map(|(codec, _)| *codec);
                turn.heard.send_as(turn.moment.now, self.member, codec);
                turn.out.event(Event::MemberConnected { member: self.member });
            }
            RtcEvent::RtpPacket(packet) => self.hear(&packet, turn),
            RtcEvent::MediaEgressStats(statistics) => {
                self.round_trip = statistics.rtt.or(self.round_trip);
            }
            RtcEvent::Closed => {
                debug!(member = ?self.member, "the browser closed its media path");
                return Err(Failed);
            }
            _ => {}
        }
        Ok(())
    }

    fn hear(&mut self, packet: &RtpPacket, turn: &mut Turn<'_>) {
        self.heard = turn.moment.now;
        let header = &packet.header;
        let Some((codec, _)) = self.types.iter().find(|(_, pt)| *pt == header.payload_type) else { return };
        let (ssrc, number) = (*header.ssrc, *packet.seq_no);
        let source = match &mut self.incoming {
            Some(source) if source.ssrc == ssrc => source,
            place => {
                let next =
                    place.as_ref().map_or(number, |before| before.offset.wrapping_add(before.last) + 1);
                place.insert(Source { ssrc, offset: next.wrapping_sub(number), last: number })
            }
        };
        source.last = source.last.max(number);
        let incoming = Incoming {
            codec: *codec,
            sequence: number.wrapping_add(source.offset),
            rtp_time: header.timestamp,
            level: header.ext_vals.audio_level.map(i8::unsigned_abs),
            payload: &packet.payload,
        };
        turn.heard.receive(turn.moment.now, self.member, incoming);
    }
}

/// Candidates belong to the description they stand in; the user name some carry is that of another where ICE was
/// restarted.
fn without_candidate_users(answer: &str) -> String {
    let lines = answer.split_inclusive('\n').map(|line| match line.split_once(" ufrag ") {
        Some((candidate, _)) if line.starts_with("a=candidate:") => format!("{}\r\n", candidate),
        _ => line.to_owned(),
    });
    lines.collect()
}
