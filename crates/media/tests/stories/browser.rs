//! A browser without a head: offers as Chromium does, by `str0m` as the full-ICE side. It knows no socket and no clock.

use std::collections::VecDeque;
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use str0m::config::{CryptoProvider, DtlsCert, Fingerprint};
use str0m::media::{MediaKind, Mid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{Extension, ExtensionValues, RtpWrite, Ssrc};
use str0m::{Candidate, Event, IceCreds, Input, Output, Rtc, RtcConfig};

/// What may be made once for many browsers.
#[derive(Clone)]
pub(crate) struct Identity {
    provider: Arc<CryptoProvider>,
    certificate: DtlsCert,
}

impl Identity {
    pub(crate) fn new() -> Self {
        let provider = Arc::new(str0m::crypto::from_feature_flags());
        let certificate = provider.dtls_provider.generate_certificate().expect("a certificate");
        Self { provider, certificate }
    }
}

/// A packet of the mix, decrypted.
#[derive(Clone, Debug)]
#[allow(dead_code, reason = "a story looks at some of it, the load generator at other things")]
pub(crate) struct Heard {
    pub(crate) at: Instant,
    pub(crate) payload_type: u8,
    pub(crate) sequence: u64,
    pub(crate) rtp_time: u32,
    pub(crate) marker: bool,
    pub(crate) level: Option<u8>,
    pub(crate) payload: Arc<[u8]>,
}

pub(crate) struct Browser {
    rtc: Rtc,
    pub(crate) address: SocketAddr,
    mid: Mid,
    ssrc: Ssrc,
    sequence: u64,
    version: u32,
    /// The audio formats of its offers.
    formats: &'static [&'static str],
    pub(crate) connected: bool,
    /// When it wants to be woken.
    pub(crate) next: Instant,
    /// Where its packets come from.
    pub(crate) peer: Option<SocketAddr>,
    /// What it wants to send.
    pub(crate) out: Vec<(SocketAddr, Vec<u8>)>,
    pub(crate) heard: VecDeque<Heard>,
}

/// Chromium's list: RED, Opus, G.722, PCMU, PCMA, comfort noise, telephone events.
pub(crate) const ALL: &[&str] = &["63", "111", "9", "0", "8", "13", "110", "126"];
/// A browser that was told to use G.711 only.
#[allow(dead_code, reason = "the load generator has only one kind")]
pub(crate) const NARROW: &[&str] = &["0", "8"];

impl Browser {
    pub(crate) fn new(
        identity: &Identity,
        now: Instant,
        address: SocketAddr,
        formats: &'static [&'static str],
    ) -> Self {
        let mut rtc = RtcConfig::new()
            .set_crypto_provider(Arc::clone(&identity.provider))
            .set_dtls_cert(identity.certificate.clone())
            .set_rtp_mode(true)
            .clear_codecs()
            .enable_opus(true, false)
            .enable_pcmu(true, false)
            .enable_pcma(true, false)
            .clear_extension_map()
            .set_extension(1, Extension::AudioLevel)
            .set_extension(4, Extension::RtpMid)
            .build(now);
        let candidate = Candidate::host(address, Protocol::Udp).expect("an address of a host");
        rtc.add_local_candidate(candidate);
        let mid = Mid::from("0");
        let mut direct = rtc.direct_api();
        direct.set_ice_controlling(true);
        direct.declare_media(mid, MediaKind::Audio);
        let ssrc = direct.new_ssrc();
        direct.declare_stream_tx(ssrc, None, mid, None);
        Self {
            rtc,
            address,
            mid,
            ssrc,
            sequence: 60_000,
            version: 1,
            formats,
            connected: false,
            next: now,
            peer: None,
            out: Vec::new(),
            heard: VecDeque::new(),
        }
    }

    /// An offer like Chromium's, once its candidates are gathered. Each call raises the version.
    pub(crate) fn offer(&mut self) -> String {
        self.version += 1;
        let (version, address, ssrc) = (self.version, self.address, *self.ssrc);
        let session = 4_611_733_421 + u64::from(ssrc);
        let direct = self.rtc.direct_api();
        let IceCreds { ufrag, pass } = direct.local_ice_credentials();
        let transport = format!(
            "a=ice-ufrag:{ufrag}\r\na=ice-pwd:{pass}\r\na=ice-options:trickle\r\na=fingerprint:{}\r\na=setup:actpass\r\n",
            direct.local_dtls_fingerprint()
        );
        let mut text = format!(
            "v=0\r\no=mozilla-chrome {session} {version} IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n\
             a=extmap-allow-mixed\r\na=msid-semantic: WMS stream\r\n\
             m=audio {} UDP/TLS/RTP/SAVPF {}\r\nc=IN IP4 {}\r\na=rtcp:9 IN IP4 0.0.0.0\r\n\
             a=candidate:1 1 udp 2122260223 {} {} typ host generation 0 network-id 1\r\n\
             a=candidate:2 1 udp 2122197247 7d5a8c2e-0f7b-4d3a-9a55-0b1d2c3e4f50.local 51234 typ host generation 0\r\n\
             a=candidate:3 1 tcp 1518280447 {} 9 typ host tcptype active generation 0 network-id 1\r\n\
             {transport}a=mid:0\r\n\
             a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n\
             a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time\r\n\
             a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\n\
             a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n\
             a=sendrecv\r\na=msid:stream track\r\na=rtcp-mux\r\na=rtcp-rsize\r\na=rtcp-xr:rcvr-rtt=all\r\n",
            address.port(),
            self.formats.join(" "),
            address.ip(),
            address.ip(),
            address.port(),
            address.ip(),
        );
        for (format, lines) in [
            ("63", "a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n"),
            (
                "111",
                "a=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 transport-cc\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n",
            ),
            ("9", "a=rtpmap:9 G722/8000\r\n"),
            ("0", "a=rtpmap:0 PCMU/8000\r\n"),
            ("8", "a=rtpmap:8 PCMA/8000\r\n"),
            ("13", "a=rtpmap:13 CN/8000\r\n"),
            ("110", "a=rtpmap:110 telephone-event/48000\r\n"),
            ("126", "a=rtpmap:126 telephone-event/8000\r\n"),
        ] {
            if self.formats.contains(&format) {
                text.push_str(lines);
            }
        }
        write!(text, "a=ssrc:{ssrc} cname:c\r\na=ssrc:{ssrc} msid:stream track\r\n")
            .expect("a string takes everything");
        text.push_str(
            "m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 104 105 108 109 45 46 98 99 100 101 123 124 125\r\n\
             c=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\n",
        );
        text.push_str(&transport);
        text.push_str(
            "a=mid:1\r\na=extmap:14 urn:ietf:params:rtp-hdrext:toffset\r\na=extmap:13 urn:3gpp:video-orientation\r\n\
             a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n\
             a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n\
             a=inactive\r\na=rtcp-mux\r\na=rtcp-rsize\r\n",
        );
        let formats = [
            (96, "VP8/90000", "x-google-start-bitrate=1000"),
            (102, "H264/90000", "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f"),
            (104, "H264/90000", "level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42001f"),
            (108, "H264/90000", "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"),
            (45, "AV1/90000", "level-idx=5;profile=0;tier=0"),
            (98, "VP9/90000", "profile-id=0"),
            (100, "VP9/90000", "profile-id=2"),
        ];
        for (format, name, parameters) in formats {
            let again = format + 1;
            write!(
                text,
                "a=rtpmap:{format} {name}\r\na=rtcp-fb:{format} goog-remb\r\na=rtcp-fb:{format} transport-cc\r\n\
                 a=rtcp-fb:{format} ccm fir\r\na=rtcp-fb:{format} nack\r\na=rtcp-fb:{format} nack pli\r\n\
                 a=fmtp:{format} {parameters}\r\na=rtpmap:{again} rtx/90000\r\na=fmtp:{again} apt={format}\r\n"
            )
            .expect("a string takes everything");
        }
        text.push_str("a=rtpmap:123 red/90000\r\na=rtpmap:124 rtx/90000\r\na=fmtp:124 apt=123\r\na=rtpmap:125 ulpfec/90000\r\n");
        text
    }

    /// Begins ICE anew; the next offer says so.
    #[allow(dead_code, reason = "the load generator does not")]
    pub(crate) fn restart_ice(&mut self, credentials: (&str, &str)) {
        let (ufrag, pass) = (credentials.0.to_owned(), credentials.1.to_owned());
        self.rtc.direct_api().set_local_ice_credentials(IceCreds { ufrag, pass });
    }

    /// Takes the answer to the last offer.
    pub(crate) fn answered(&mut self, now: Instant, answer: &str) -> Result<(), String> {
        let value = |name: &str| {
            let found = answer.lines().find_map(|line| line.strip_prefix("a=")?.strip_prefix(name));
            found.map(str::trim).ok_or_else(|| format!("no {name} in the answer"))
        };
        let fingerprint: Fingerprint = value("fingerprint:")?.parse()?;
        let remote = IceCreds { ufrag: value("ice-ufrag:")?.into(), pass: value("ice-pwd:")?.into() };
        let ssrc = value("ssrc:")?.split(' ').next().and_then(|ssrc| ssrc.parse::<u32>().ok());
        let ssrc = ssrc.ok_or("an SSRC that is no number")?;
        let first = !self.connected && self.rtc.direct_api().remote_dtls_fingerprint().is_none();
        let mut direct = self.rtc.direct_api();
        direct.set_remote_ice_credentials(remote);
        if first {
            direct.set_remote_fingerprint(fingerprint);
            direct.expect_stream_rx(ssrc.into(), None, self.mid, None).suppress_nack(true);
            direct.start_dtls(true).map_err(|error| error.to_string())?;
        }
        for line in answer.lines().filter_map(|line| line.strip_prefix("a=candidate:")) {
            let candidate = Candidate::from_sdp_string(&format!("candidate:{line}"));
            self.rtc.add_remote_candidate(candidate.map_err(|error| error.to_string())?);
        }
        self.wake(now)
    }

    /// Does what has become due.
    pub(crate) fn wake(&mut self, now: Instant) -> Result<(), String> {
        self.rtc.handle_input(Input::Timeout(now)).map_err(|error| error.to_string())?;
        self.drain(now)
    }

    /// Takes a datagram.
    pub(crate) fn receive(
        &mut self,
        now: Instant,
        source: SocketAddr,
        datagram: &[u8],
    ) -> Result<(), String> {
        self.peer = Some(source);
        let received = Receive::new(Protocol::Udp, source, self.address, datagram);
        let received = received.map_err(|error| error.to_string())?;
        self.rtc.handle_input(Input::Receive(now, received)).map_err(|error| error.to_string())?;
        self.drain(now)
    }

    /// Says 20 ms.
    pub(crate) fn say(
        &mut self,
        now: Instant,
        payload_type: u8,
        rtp_time: u32,
        payload: &[u8],
        level: u8,
    ) -> Result<(), String> {
        if !self.connected {
            return Ok(());
        }
        let values = ExtensionValues {
            audio_level: Some(-(level.min(127) as i8)),
            voice_activity: Some(level < 60),
            ..ExtensionValues::default()
        };
        let sequence = self.sequence.into();
        let packet = RtpWrite::new(payload_type.into(), sequence, rtp_time, now, payload).ext_vals(values);
        self.sequence += 1;
        let mut direct = self.rtc.direct_api();
        direct.stream_tx(&self.ssrc).ok_or("no stream")?.write_rtp(packet);
        self.wake(now)
    }

    fn drain(&mut self, now: Instant) -> Result<(), String> {
        loop {
            match self.rtc.poll_output().map_err(|error| error.to_string())? {
                Output::Timeout(next) => {
                    self.next = next.max(now + std::time::Duration::from_millis(1));
                    return Ok(());
                }
                Output::Transmit(transmit) => {
                    self.out.push((transmit.destination, transmit.contents.to_vec()));
                }
                Output::Event(Event::Connected) => self.connected = true,
                Output::Event(Event::RtpPacket(packet)) => self.heard.push_back(Heard {
                    at: now,
                    payload_type: *packet.header.payload_type,
                    sequence: *packet.seq_no,
                    rtp_time: packet.header.timestamp,
                    marker: packet.header.marker,
                    level: packet.header.ext_vals.audio_level.map(i8::unsigned_abs),
                    payload: packet.payload,
                }),
                Output::Event(_) => {}
            }
        }
    }
}
