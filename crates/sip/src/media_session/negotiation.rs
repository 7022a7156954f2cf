use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};

use super::remote::{is_muxed, remote};
use super::{LocalMedia, Rejected, RemoteMedia};
use crate::params::lossy;
use crate::sdp::{Direction, Media, Session};

/// Payload type of telephone-event in our offers.
const DTMF: u8 = 101;

/// Offer/answer of one dialog (RFC 3264): what we said last and which media lines there are.
///
/// | call | when |
/// |---|---|
/// | [`Negotiation::answer`] | their offer came (INVITE, re-INVITE, UPDATE, 200 to an INVITE without offer) |
/// | [`Negotiation::offer`] | we offer |
/// | [`Negotiation::accept`] | the answer to our offer came, provisional or final |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Negotiation {
    session_id: u64,
    version: u64,
    /// The description sent last, without its `o=` line: what is said again keeps its version.
    said: Option<String>,
    /// The media lines of the session in order, as an offer of ours must list them again.
    slots: Vec<Slot>,
}

/// A media line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Slot {
    /// Ours: a stream.
    Stream { label: Option<String>, dtmf: u8 },
    /// Refused; listed with port 0 for ever (RFC 3264 §8).
    Refused { kind: String, protocol: String, format: String },
}

/// An answer of ours.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The description to send.
    pub sdp: String,
    /// The streams agreed on, in the order of the media lines; one for each local side used.
    pub streams: Vec<Stream>,
}

/// A stream agreed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// `a=label` of the far end (RFC 4574): ties SIPREC metadata to the stream.
    pub label: Option<String>,
    /// Index of its media line in the offer.
    pub index: usize,
    /// The far end.
    pub remote: RemoteMedia,
}

impl Negotiation {
    /// A dialog without a session yet. `session_id` stands in `o=`; any number that differs between dialogs.
    pub fn new(session_id: u64) -> Self {
        // Signed 64-bit readers exist.
        Self { session_id: session_id >> 1, version: 0, said: None, slots: Vec::new() }
    }

    /// Our offer: one audio stream and, in a running session, the lines refused before.
    ///
    /// `direction` is ours: [`Direction::SendRecv`] but for hold.
    pub fn offer(&mut self, local: &LocalMedia, direction: Direction) -> String {
        if self.slots.is_empty() {
            self.slots.push(Slot::Stream { label: None, dtmf: DTMF });
        }
        let mut lines = String::with_capacity(512);
        session_lines(&mut lines, local.address.ip());
        let mut used = false;
        for slot in &self.slots {
            match slot {
                Slot::Stream { dtmf, label } if !used => {
                    used = true;
                    let types =
                        local.codecs.iter().map(|codec| (codec.static_payload_type(), codec.encoding()));
                    let dtmf = local.dtmf.then_some(*dtmf);
                    audio_lines(&mut lines, local.address, types, dtmf, "RTP/AVP");
                    rtcp_line(&mut lines, local.address);
                    tail_lines(&mut lines, direction, label.as_deref());
                }
                Slot::Stream { .. } => refused_line(&mut lines, "audio", "RTP/AVP", "0"),
                Slot::Refused { kind, protocol, format } => refused_line(&mut lines, kind, protocol, format),
            }
        }
        self.say(local.address.ip(), lines)
    }

    /// Answers their offer with the local sides given, one for each audio line in order; further lines are refused.
    ///
    /// `wanted` is the direction we would like: [`Direction::SendRecv`], or [`Direction::RecvOnly`] for a recorder.
    pub fn answer(
        &mut self,
        offer: &[u8],
        local: &[LocalMedia],
        wanted: Direction,
    ) -> Result<Answer, Rejected> {
        let text = lossy(offer);
        let session = Session::parse(&text)?;
        let ip = local.first().ok_or(Rejected::NoCodec)?.address.ip();
        let mut lines = String::with_capacity(512);
        session_lines(&mut lines, ip);
        let mut slots = Vec::with_capacity(session.media.len());
        let mut streams = Vec::new();
        let mut sides = local.iter();
        let mut side = sides.next();
        let mut worst = Rejected::NoCodec;
        for (index, media) in session.media.iter().enumerate() {
            let agreed = match side {
                Some(local) => remote(&session, media, &local.codecs).map(|remote| (local, remote)),
                None => Err(Rejected::NoCodec),
            };
            match agreed {
                Ok((local, mut remote)) => {
                    let direction = session.direction(media).answer(wanted);
                    remote.send &= direction.sends();
                    remote.receive &= direction.receives();
                    if !local.dtmf {
                        remote.dtmf = None;
                    }
                    let label = media.attributes("label").next().map(str::to_owned);
                    answer_lines(&mut lines, media, local, &remote, direction, label.as_deref(), ip);
                    slots.push(Slot::Stream { label: label.clone(), dtmf: remote.dtmf.unwrap_or(DTMF) });
                    streams.push(Stream { label, index, remote });
                    side = sides.next();
                }
                Err(error) => {
                    if error != Rejected::NoCodec {
                        worst = error;
                    }
                    let format = media.formats.first().copied().unwrap_or("0");
                    refused_line(&mut lines, media.kind, media.protocol, format);
                    slots.push(Slot::Refused {
                        kind: media.kind.to_owned(),
                        protocol: media.protocol.to_owned(),
                        format: format.to_owned(),
                    });
                }
            }
        }
        if streams.is_empty() {
            return Err(worst);
        }
        self.slots = slots;
        let sdp = self.say(ip, lines);
        Ok(Answer { sdp, streams })
    }

    /// Reads the answer to our offer; `local` and `direction` are those of the offer.
    pub fn accept(
        &mut self,
        answer: &[u8],
        local: &LocalMedia,
        direction: Direction,
    ) -> Result<RemoteMedia, Rejected> {
        let text = lossy(answer);
        let session = Session::parse(&text)?;
        let index = self.slots.iter().position(|slot| matches!(slot, Slot::Stream { .. }));
        let index = index.ok_or(Rejected::Mismatch)?;
        // Answers with lines missing behind ours are seen in the field and do no harm.
        let media = session.media.get(index).ok_or(Rejected::Mismatch)?;
        let mut remote = remote(&session, media, &local.codecs)?;
        remote.send &= direction.sends();
        remote.receive &= direction.receives();
        if !local.dtmf {
            remote.dtmf = None;
        }
        if let (Slot::Stream { dtmf, .. }, Some(theirs)) = (&mut self.slots[index], remote.dtmf) {
            *dtmf = theirs;
        }
        Ok(remote)
    }

    /// The whole description: a new version where anything changed (RFC 3264 §8).
    fn say(&mut self, ip: IpAddr, lines: String) -> String {
        if self.said.as_ref() != Some(&lines) {
            self.version += 1;
        }
        let sdp = format!("v=0\r\no=- {} {} IN {}\r\n{lines}", self.session_id, self.version, Net(ip));
        self.said = Some(lines);
        sdp
    }
}

/// `IP4 192.0.2.1`
struct Net(IpAddr);

impl std::fmt::Display for Net {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", if self.0.is_ipv4() { "IP4" } else { "IP6" }, self.0)
    }
}

const MEMORY: &str = "writing to memory does not fail";

fn session_lines(out: &mut String, ip: IpAddr) {
    write!(out, "s=-\r\nc=IN {}\r\nt=0 0\r\n", Net(ip)).expect(MEMORY);
}

fn audio_lines(
    out: &mut String,
    address: SocketAddr,
    types: impl Iterator<Item = (u8, &'static str)> + Clone,
    dtmf: Option<u8>,
    protocol: &str,
) {
    write!(out, "m=audio {} {protocol}", address.port()).expect(MEMORY);
    types.clone().map(|(number, _)| number).chain(dtmf).for_each(|number| {
        write!(out, " {number}").expect(MEMORY);
    });
    out.push_str("\r\n");
    types.for_each(|(number, encoding)| {
        write!(out, "a=rtpmap:{number} {encoding}/8000\r\n").expect(MEMORY);
    });
    if let Some(number) = dtmf {
        write!(out, "a=rtpmap:{number} telephone-event/8000\r\na=fmtp:{number} 0-15\r\n").expect(MEMORY);
    }
}

fn answer_lines(
    out: &mut String,
    media: &Media<'_>,
    local: &LocalMedia,
    remote: &RemoteMedia,
    direction: Direction,
    label: Option<&str>,
    session_ip: IpAddr,
) {
    let types = std::iter::once((remote.payload_type, remote.codec.encoding()));
    audio_lines(out, local.address, types, remote.dtmf, media.protocol);
    if local.address.ip() != session_ip {
        // `c=` stands right behind `m=` (RFC 8866 §5).
        let at = out.rfind("m=audio").and_then(|at| out[at..].find("\r\n").map(|end| at + end + 2));
        if let Some(at) = at {
            out.insert_str(at, &format!("c=IN {}\r\n", Net(local.address.ip())));
        }
    }
    if is_muxed(media) {
        out.push_str("a=rtcp-mux\r\n");
    } else {
        rtcp_line(out, local.address);
    }
    tail_lines(out, direction, label);
}

fn rtcp_line(out: &mut String, address: SocketAddr) {
    if let Some(port) = address.port().checked_add(1) {
        write!(out, "a=rtcp:{port} IN {}\r\n", Net(address.ip())).expect(MEMORY);
    }
}

fn tail_lines(out: &mut String, direction: Direction, label: Option<&str>) {
    write!(out, "a=ptime:20\r\na={}\r\n", direction.as_str()).expect(MEMORY);
    if let Some(label) = label {
        write!(out, "a=label:{label}\r\n").expect(MEMORY);
    }
}

fn refused_line(out: &mut String, kind: &str, protocol: &str, format: &str) {
    write!(out, "m={kind} 0 {protocol} {format}\r\n").expect(MEMORY);
}

#[cfg(test)]
mod tests {
    use super::super::{Codec, preview};
    use super::*;

    /// The offer captured from the real service.
    const SERVICE: &str = "v=0\r\no=Sbc_Agent 41010 200412 IN IP4 203.0.113.151\r\ns=SIP Media Capabilities\r\n\
        c=IN IP4 203.0.113.150\r\nt=0 0\r\nm=audio 18480 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\n\
        a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=sendrecv\r\na=rtcp:18481\r\na=ptime:20\r\n";

    fn local(port: u16) -> LocalMedia {
        let address = SocketAddr::new("192.0.2.1".parse().unwrap(), port);
        LocalMedia { address, codecs: vec![Codec::Pcmu, Codec::Pcma], dtmf: true }
    }

    fn offer(lines: &str) -> String {
        format!("v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n{lines}")
    }

    fn answer(offer: &str) -> Result<Answer, Rejected> {
        Negotiation::new(8).answer(offer.as_bytes(), &[local(40_000)], Direction::SendRecv)
    }

    fn agreed(offer: &str) -> RemoteMedia {
        let mut answer = answer(offer).unwrap();
        assert_eq!(answer.streams.len(), 1);
        answer.streams.remove(0).remote
    }

    #[test]
    fn the_offer_of_the_service_is_answered() {
        let remote = agreed(SERVICE);
        assert_eq!(remote.address, "203.0.113.150:18480".parse().unwrap());
        assert_eq!((remote.codec, remote.payload_type, remote.dtmf), (Codec::Pcmu, 0, Some(101)));
        assert_eq!((remote.rtcp, remote.ptime, remote.send, remote.receive), (None, 20, true, true));
        assert_eq!(preview(SERVICE.as_bytes(), &[Codec::Pcmu]), Ok(remote));
        assert_eq!(
            answer(SERVICE).unwrap().sdp,
            "v=0\r\no=- 4 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n\
             m=audio 40000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n\
             a=fmtp:101 0-15\r\na=rtcp:40001 IN IP4 192.0.2.1\r\na=ptime:20\r\na=sendrecv\r\n"
        );
    }

    #[test]
    fn our_offer_and_their_answer() {
        let mut ours = Negotiation::new(8);
        let sdp = ours.offer(&local(40_000), Direction::SendRecv);
        assert!(sdp.contains("m=audio 40000 RTP/AVP 0 8 101\r\n"), "{sdp}");
        let mut theirs = Negotiation::new(9);
        let pcma = LocalMedia { codecs: vec![Codec::Pcma], ..local(50_000) };
        let answer = theirs.answer(sdp.as_bytes(), &[pcma], Direction::SendRecv).unwrap();
        let remote = ours.accept(answer.sdp.as_bytes(), &local(40_000), Direction::SendRecv).unwrap();
        assert_eq!((remote.codec, remote.payload_type, remote.dtmf), (Codec::Pcma, 8, Some(101)));
        assert_eq!(remote.address.port(), 50_000);
        assert_eq!(answer.streams[0].remote.address.port(), 40_000);
    }

    #[test]
    fn their_order_and_their_payload_types_count() {
        let remote = agreed(&offer(
            "m=audio 7000 RTP/AVP 18 8 0 96 97\r\na=rtpmap:96 telephone-event/16000\r\n\
             a=rtpmap:97 Telephone-Event/8000/1\r\na=rtcp:7003 IN IP4 198.51.100.9\r\na=ptime:30\r\n",
        ));
        assert_eq!((remote.codec, remote.payload_type, remote.dtmf), (Codec::Pcma, 8, Some(97)));
        assert_eq!((remote.rtcp, remote.ptime), (Some("198.51.100.9:7003".parse().unwrap()), 30));
        let remote = agreed(&offer(
            "m=audio 7000 RTP/AVP 111 110\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:110 pcmu/8000\r\n",
        ));
        assert_eq!((remote.codec, remote.payload_type, remote.dtmf), (Codec::Pcmu, 110, None));
        // A static number may be given another meaning.
        assert!(answer(&offer("m=audio 7000 RTP/AVP 0\r\na=rtpmap:0 L16/8000\r\n")).is_err());
    }

    #[test]
    fn packet_time_is_bounded() {
        let ptime = |lines: &str| agreed(&offer(&format!("m=audio 7000 RTP/AVP 0\r\n{lines}"))).ptime;
        assert_eq!(ptime(""), 20);
        assert_eq!(ptime("a=ptime:60\r\na=maxptime:40\r\n"), 40);
        assert_eq!(ptime("a=ptime:25.0\r\n"), 20);
        assert_eq!(ptime("a=ptime:0\r\n"), 20);
        assert_eq!(ptime("a=ptime:4000000000\r\n"), 100);
    }

    #[test]
    fn other_lines_are_refused_in_order_and_stay_refused() {
        let mut ours = Negotiation::new(8);
        let theirs = offer(
            "m=video 7002 RTP/AVP 31\r\nm=audio 7000 RTP/AVP 0\r\nm=image 7004 udptl t38\r\nm=audio 7006 RTP/AVP 0\r\n",
        );
        let answer = ours.answer(theirs.as_bytes(), &[local(40_000)], Direction::SendRecv).unwrap();
        let lines = |sdp: &str| -> Vec<String> {
            sdp.lines().filter(|line| line.starts_with("m=")).map(str::to_owned).collect()
        };
        let expected =
            ["m=video 0 RTP/AVP 31", "m=audio 40000 RTP/AVP 0", "m=image 0 udptl t38", "m=audio 0 RTP/AVP 0"];
        assert_eq!(lines(&answer.sdp), expected);
        assert_eq!(answer.streams[0].index, 1);
        let again = ours.offer(&local(40_000), Direction::SendRecv);
        assert_eq!(lines(&again)[0], expected[0]);
        assert_eq!(lines(&again)[1], "m=audio 40000 RTP/AVP 0 8 101");
        assert_eq!(lines(&again)[2..], expected[2..]);
        let remote = ours
            .accept(
                offer("m=video 0 RTP/AVP 31\r\nm=audio 7010 RTP/AVP 8\r\n").as_bytes(),
                &local(40_000),
                Direction::SendRecv,
            )
            .unwrap();
        assert_eq!((remote.address.port(), remote.codec), (7010, Codec::Pcma));
    }

    #[test]
    fn the_version_moves_only_when_something_changed() {
        let mut ours = Negotiation::new(8);
        let version = |sdp: &str| sdp.lines().nth(1).unwrap().to_owned();
        let one = ours.answer(SERVICE.as_bytes(), &[local(40_000)], Direction::SendRecv).unwrap().sdp;
        let same = ours.answer(SERVICE.as_bytes(), &[local(40_000)], Direction::SendRecv).unwrap().sdp;
        let hold = SERVICE.replace("sendrecv", "sendonly");
        let held = ours.answer(hold.as_bytes(), &[local(40_000)], Direction::SendRecv).unwrap();
        assert_eq!(version(&one), "o=- 4 1 IN IP4 192.0.2.1");
        assert_eq!(one, same);
        assert_eq!(version(&held.sdp), "o=- 4 2 IN IP4 192.0.2.1");
        assert!(held.sdp.contains("a=recvonly\r\n"));
        assert_eq!((held.streams[0].remote.send, held.streams[0].remote.receive), (false, true));
    }

    #[test]
    fn hold_in_all_its_forms() {
        let held = |lines: &str| {
            let remote = agreed(&offer(lines));
            (remote.send, remote.receive)
        };
        assert_eq!(held("a=sendonly\r\nm=audio 7000 RTP/AVP 0\r\n"), (false, true));
        assert_eq!(held("a=sendonly\r\nm=audio 7000 RTP/AVP 0\r\na=sendrecv\r\n"), (true, true));
        assert_eq!(held("m=audio 7000 RTP/AVP 0\r\na=recvonly\r\n"), (true, false));
        assert_eq!(held("m=audio 7000 RTP/AVP 0\r\na=inactive\r\n"), (false, false));
        assert_eq!(held("m=audio 7000 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n"), (false, true));
    }

    #[test]
    fn multiplexed_rtcp_is_agreed_to() {
        let theirs =
            offer("m=audio 7000 RTP/AVP 0\r\na=rtcp-mux\r\na=candidate:1 1 UDP 1 10.0.0.1 7000 typ host\r\n");
        let answer = answer(&theirs).unwrap();
        assert_eq!(answer.streams[0].remote.rtcp, Some("198.51.100.7:7000".parse().unwrap()));
        assert!(answer.sdp.contains("a=rtcp-mux\r\n") && !answer.sdp.contains("candidate"));
    }

    #[test]
    fn what_cannot_be_agreed_on_is_refused_with_its_reason() {
        let refused = |text: &str| answer(text).unwrap_err();
        assert_eq!(refused(&offer("")), Rejected::NoCodec);
        assert_eq!(
            refused(&offer("m=audio 7000 RTP/AVP 18 111\r\na=rtpmap:111 opus/48000/2\r\n")),
            Rejected::NoCodec
        );
        assert_eq!(refused(&offer("m=audio 0 RTP/AVP 0\r\n")), Rejected::NoCodec);
        assert_eq!(refused(&offer("m=audio 7000 RTP/SAVP 0\r\n")), Rejected::Encrypted);
        assert_eq!(refused(&offer("m=audio 7000 UDP/TLS/RTP/SAVPF 0\r\n")), Rejected::Encrypted);
        assert_eq!(
            refused(&offer("m=audio 7000 RTP/AVP 0\r\nc=IN IP4 host.example\r\n")),
            Rejected::NoAddress
        );
        assert_eq!(refused("garbage").status(), 400);
        assert_eq!(Rejected::NoCodec.status(), 488);
        // An encrypted line beside a plain one is no harm.
        agreed(&offer("m=audio 7000 RTP/SAVP 0\r\nm=audio 7002 RTP/AVP 0\r\n"));
        let unasked = Negotiation::new(1).accept(SERVICE.as_bytes(), &local(1), Direction::SendRecv);
        assert_eq!(unasked, Err(Rejected::Mismatch));
    }

    #[test]
    fn a_recorder_receives_both_streams_and_keeps_their_labels() {
        let theirs = offer(
            "m=audio 7000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=label:1\r\na=sendonly\r\n\
             m=audio 7002 RTP/AVP 0\r\nc=IN IP4 198.51.100.8\r\na=label:2\r\n\
             m=audio 7004 RTP/AVP 0\r\na=label:3\r\n",
        );
        let sides = [local(40_000), local(40_002)];
        let answer = Negotiation::new(8).answer(theirs.as_bytes(), &sides, Direction::RecvOnly).unwrap();
        let labels: Vec<_> = answer.streams.iter().map(|stream| stream.label.as_deref()).collect();
        assert_eq!(labels, [Some("1"), Some("2")]);
        assert!(answer.streams.iter().all(|stream| !stream.remote.send && stream.remote.receive));
        assert_eq!(answer.sdp.matches("a=recvonly\r\n").count(), 2);
        assert!(answer.sdp.contains("m=audio 40002 RTP/AVP 0\r\n") && answer.sdp.contains("a=label:2\r\n"));
        assert!(answer.sdp.contains("m=audio 0 RTP/AVP 0\r\n"));
    }
}
