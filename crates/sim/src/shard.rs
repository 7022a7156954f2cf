//! A media machine without media: it understands the orders a shard gets and reports what a shard would, but audio is
//! a name. Who hears what is known at every moment.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use base::{Rng, Timestamp};
use media::{
    Command, ConferenceId, Event, MemberId, OfferError, PlaybackId, RecordingId, Remote, SendingId,
    Statistics, StreamId,
};

/// How long a port has to rest.
pub(crate) const QUARANTINE: Duration = Duration::from_secs(5);

/// How long a browser's media needs to connect, and how long it tries.
const CONNECTS: Duration = Duration::from_millis(80);
const GIVES_UP: Duration = Duration::from_secs(15);

/// What a telephone hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Track {
    /// Nothing.
    Silence,
    /// A playback.
    Playback(PlaybackId),
    /// The party at the other end of a bridge.
    Party(SocketAddr),
    /// A browser's microphone.
    Browser(MemberId),
    /// Everybody in a conference but this member.
    Meeting(ConferenceId, MemberId),
}

/// A report that comes later, unless it is stopped.
#[derive(Clone, Debug, PartialEq)]
pub struct Later {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

#[derive(Debug)]
enum Place {
    Port(u16),
    Meeting(ConferenceId, MemberId),
}

#[derive(Debug)]
struct Stream {
    place: Place,
    remote: Option<Remote>,
    bridge: Option<StreamId>,
    /// The one that began last is heard.
    playing: Vec<PlaybackId>,
    listening: bool,
    statistics: Statistics,
}

impl Stream {
    fn new(place: Place) -> Self {
        Self {
            place,
            remote: None,
            bridge: None,
            playing: Vec::new(),
            listening: false,
            statistics: Statistics::default(),
        }
    }

    fn is_on(&self, port: u16) -> bool {
        matches!(self.place, Place::Port(own) if own == port)
    }
}

#[derive(Debug)]
struct Browser {
    conference: ConferenceId,
    offer: String,
    path: Path,
}

/// How far a browser's media is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Path {
    /// Nothing was offered.
    New,
    /// It looks for a way.
    Connecting,
    /// It has one.
    Up,
    /// It had one; what is left waits to be closed.
    Lost,
}

/// The machine.
#[derive(Debug)]
pub struct SimShard {
    streams: BTreeMap<StreamId, Stream>,
    /// Playback → its stream, and for live ones the time its samples so far last to.
    playbacks: BTreeMap<PlaybackId, (StreamId, Option<Timestamp>)>,
    sendings: BTreeMap<SendingId, StreamId>,
    recordings: BTreeMap<RecordingId, StreamId>,
    conferences: BTreeSet<ConferenceId>,
    browsers: BTreeMap<MemberId, Browser>,
    muted: BTreeSet<MemberId>,
    deaf: BTreeSet<MemberId>,
    /// Streams that were closed, and when their ports may be used again.
    closed: BTreeSet<StreamId>,
    resting: BTreeMap<u16, Timestamp>,
    /// Whatever the node should not have ordered.
    pub complaints: Vec<String>,
    /// One port in so many cannot be opened; 0: none.
    pub broken_ports: u64,
    /// The next so many ports cannot be opened.
    pub broken_next: u32,
    rng: Rng,
}

impl SimShard {
    /// A shard whose faults come from `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            streams: BTreeMap::new(),
            playbacks: BTreeMap::new(),
            sendings: BTreeMap::new(),
            recordings: BTreeMap::new(),
            conferences: BTreeSet::new(),
            browsers: BTreeMap::new(),
            muted: BTreeSet::new(),
            deaf: BTreeSet::new(),
            closed: BTreeSet::new(),
            resting: BTreeMap::new(),
            complaints: Vec::new(),
            broken_ports: 0,
            broken_next: 0,
            rng: Rng::new(seed),
        }
    }

    /// Streams that are open.
    pub fn streams(&self) -> usize {
        self.streams.len()
    }

    /// Carries out an order; reports come by `later`.
    pub fn command(&mut self, now: Timestamp, command: Command, later: &mut Vec<Later>) {
        let soon = now + Duration::from_micros(200);
        for stream in named_in(&command) {
            if self.closed.contains(&stream) {
                self.complaints.push(format!("{command:?} for a closed stream at {now}"));
            }
        }
        match command {
            Command::Open { stream, port, .. } => {
                let next = self.broken_next > 0;
                self.broken_next = self.broken_next.saturating_sub(1);
                if next || (self.broken_ports > 0 && self.rng.one_in(self.broken_ports)) {
                    let event = Event::OpenFailed { stream, reason: "in use".into() };
                    later.push(Later { at: soon, event });
                    return;
                }
                if !port.is_multiple_of(2) || self.streams.values().any(|other| other.is_on(port)) {
                    self.complaints.push(format!("port {port} opened twice or odd"));
                }
                if self.resting.get(&port).is_some_and(|until| *until > now) {
                    self.complaints.push(format!("port {port} opened again too soon"));
                }
                self.streams.insert(stream, Stream::new(Place::Port(port)));
            }
            Command::Connect { stream, remote } => {
                if let Some(stream) = self.streams.get_mut(&stream) {
                    stream.remote = Some(remote);
                }
            }
            Command::Bridge { a, b } => {
                for (one, other) in [(a, b), (b, a)] {
                    match self.streams.get_mut(&one) {
                        Some(stream) if stream.bridge.is_none_or(|peer| peer == other) => {
                            stream.bridge = Some(other);
                        }
                        Some(_) => self.complaints.push(format!("{one:?} bridged to a second stream")),
                        // It could not be opened, and the node does not know it yet.
                        None => {}
                    }
                }
            }
            Command::Unbridge { a, b } => {
                for one in [a, b] {
                    if let Some(stream) = self.streams.get_mut(&one) {
                        stream.bridge = None;
                    }
                }
            }
            Command::Play { stream, playback, clip, times } => {
                self.begin(stream, playback, None);
                if let Some(times) = times {
                    let at = now + clip.duration() * times;
                    later.push(Later { at, event: Event::PlaybackEnded { playback } });
                }
            }
            Command::PlayLive { stream, playback } => self.begin(stream, playback, Some(now)),
            Command::Feed { playback, samples, last } => {
                let Some((_, until)) = self.playbacks.get_mut(&playback) else {
                    self.complaints.push(format!("{playback:?} fed without having begun"));
                    return;
                };
                let long = Duration::from_micros(samples.len() as u64 * 125);
                let end = until.unwrap_or(now).max(now) + long;
                *until = Some(end);
                if last {
                    later.push(Later { at: end, event: Event::PlaybackEnded { playback } });
                }
            }
            Command::StopPlayback { playback } => self.end_playback(playback),
            Command::SendDigits { stream, sending, digits, tone } => {
                if self.streams.contains_key(&stream) {
                    self.sendings.insert(sending, stream);
                    let gap = Duration::from_millis(50);
                    let long: Duration = digits
                        .chars()
                        .map(|digit| if digit == ',' { Duration::from_millis(500) } else { tone + gap })
                        .sum();
                    later.push(Later { at: now + long, event: Event::DigitsSent { sending } });
                }
            }
            Command::StopSending { sending } => {
                self.sendings.remove(&sending);
            }
            Command::Listen { stream, on } => {
                if let Some(stream) = self.streams.get_mut(&stream) {
                    stream.listening = on;
                }
            }
            Command::StartRecording { stream, recording, silence } => {
                if self.streams.contains_key(&stream) {
                    self.recordings.insert(recording, stream);
                    if let Some((after, _)) = silence {
                        // Nobody speaks in this world unless told to.
                        later.push(Later { at: now + after, event: Event::SilenceDetected { recording } });
                    }
                }
            }
            Command::StopRecording { recording } => {
                self.recordings.remove(&recording);
            }
            Command::Close { stream } => self.close(soon, stream, later),
            Command::OpenConference { conference, .. } => {
                if !self.conferences.insert(conference) {
                    self.complaints.push(format!("{conference:?} opened twice"));
                }
            }
            Command::CloseConference { conference } => self.close_conference(conference),
            Command::OpenMeetingStream { stream, conference, member, codec: _ } => {
                self.comes(conference, member);
                self.streams.insert(stream, Stream::new(Place::Meeting(conference, member)));
            }
            Command::OpenBrowser { member, conference, muted } => {
                self.comes(conference, member);
                let browser = Browser { conference, offer: String::new(), path: Path::New };
                self.browsers.insert(member, browser);
                if muted {
                    self.muted.insert(member);
                }
            }
            Command::Offer { member, sdp } => {
                let outcome = match self.browsers.get_mut(&member) {
                    Some(_) if sdp.contains("malformed") => {
                        Err(OfferError::Malformed("it says so itself".to_owned()))
                    }
                    Some(browser) => {
                        browser.offer.clone_from(&sdp);
                        if browser.path == Path::New {
                            browser.path = Path::Connecting;
                            // One whose way is blocked is given up after a while.
                            later.push(if sdp.contains("unreachable") {
                                Later { at: now + GIVES_UP, event: Event::MemberLost { member } }
                            } else {
                                Later { at: now + CONNECTS, event: Event::MemberConnected { member } }
                            });
                        }
                        Ok(format!("answer to {sdp}"))
                    }
                    None => Err(OfferError::UnknownMember),
                };
                later.push(Later { at: soon, event: Event::Answer { member, outcome } });
            }
            Command::Mute { member, on } => {
                self.is_here(member, "muted");
                set(&mut self.muted, member, on);
            }
            Command::Deafen { member, on } => {
                self.is_here(member, "deafened");
                set(&mut self.deaf, member, on);
            }
            Command::CloseMember { member } => {
                let of_browser = self.browsers.remove(&member).is_some();
                if of_browser {
                    self.goes(member);
                    let event = Event::MemberClosed { member, statistics: Statistics::default() };
                    later.push(Later { at: soon, event });
                } else {
                    self.complaints.push(format!("{member:?} closed, which is no browser here"));
                }
            }
        }
    }

    /// The time of a report has come; `None` when it has been stopped meanwhile.
    pub fn due(&mut self, event: Event) -> Option<Event> {
        let holds = match &event {
            Event::PlaybackEnded { playback } => {
                let known = self.playbacks.contains_key(playback);
                self.end_playback(*playback);
                known
            }
            Event::DigitsSent { sending } => self.sendings.remove(sending).is_some(),
            Event::SilenceDetected { recording } => self.recordings.contains_key(recording),
            Event::MemberConnected { member } => self.turns(*member, Path::Connecting, Path::Up),
            Event::MemberLost { member } => {
                self.turns(*member, Path::Up, Path::Lost) || self.turns(*member, Path::Connecting, Path::Lost)
            }
            Event::OpenFailed { .. }
            | Event::Closed { .. }
            | Event::Digit { .. }
            | Event::Answer { .. }
            | Event::Levels { .. }
            | Event::MemberClosed { .. } => true,
        };
        holds.then_some(event)
    }

    /// A party presses a key: what the node hears of it, and which party at the other end of a bridge hears it.
    pub fn press(&mut self, party: SocketAddr, digit: char) -> (Option<Event>, Option<SocketAddr>) {
        let Some((id, stream)) = self.find(party) else { return (None, None) };
        let takes = stream.remote.is_some_and(|remote| remote.dtmf.is_some() || stream.listening);
        let event = takes.then_some(Event::Digit { stream: id, digit });
        let other = stream.bridge.and_then(|peer| self.streams.get(&peer)).and_then(|peer| peer.remote);
        (event, other.map(|remote| remote.address))
    }

    /// What a party hears.
    pub fn hears(&self, party: SocketAddr) -> Track {
        self.find(party).map_or(Track::Silence, |(_, stream)| self.track(stream))
    }

    /// What the stream on a local port sends to its party, which is another call of the same node.
    pub fn sent_from(&self, port: u16) -> Option<Track> {
        let (_, stream) = self.streams.iter().find(|(_, stream)| stream.is_on(port))?;
        Some(self.track(stream))
    }

    /// The party behind a playback's stream.
    pub fn listener(&self, playback: PlaybackId) -> Option<SocketAddr> {
        let (stream, _) = self.playbacks.get(&playback)?;
        Some(self.streams.get(stream)?.remote?.address)
    }

    /// Where a stream sends to.
    pub fn remote_of(&self, stream: StreamId) -> Option<SocketAddr> {
        Some(self.streams.get(&stream)?.remote?.address)
    }

    fn track(&self, stream: &Stream) -> Track {
        if let Some(playback) = stream.playing.last() {
            return Track::Playback(*playback);
        }
        let Some(peer) = stream.bridge.and_then(|peer| self.streams.get(&peer)) else {
            return Track::Silence;
        };
        match (&peer.place, peer.remote) {
            (Place::Meeting(_, member), _) if self.deaf.contains(member) => Track::Silence,
            (Place::Meeting(conference, member), _) => Track::Meeting(*conference, *member),
            (Place::Port(_), Some(remote)) => Track::Party(remote.address),
            (Place::Port(_), None) => Track::Silence,
        }
    }

    /// What members of a conference that are on this shard give to it.
    pub fn contributions(&self, conference: ConferenceId) -> Vec<(MemberId, Track)> {
        self.with_audio(conference).filter(|(member, _)| !self.muted.contains(member)).collect()
    }

    fn with_audio(&self, conference: ConferenceId) -> impl Iterator<Item = (MemberId, Track)> {
        let browsers = self.browsers.iter().filter(move |(_, browser)| browser.conference == conference);
        let browsers = browsers.filter(|(_, browser)| browser.path == Path::Up);
        let browsers = browsers.map(|(member, _)| (*member, Track::Browser(*member)));
        let phones = self.streams.values().filter_map(move |stream| match stream.place {
            Place::Meeting(of, member) if of == conference => Some((member, self.track(stream))),
            _ => None,
        });
        browsers.chain(phones)
    }

    /// What a browser hears.
    pub fn browser_hears(&self, member: MemberId) -> Track {
        match self.browsers.get(&member) {
            Some(browser) if browser.path == Path::Up && !self.deaf.contains(&member) => {
                Track::Meeting(browser.conference, member)
            }
            _ => Track::Silence,
        }
    }

    /// The browser whose last offer it was.
    pub fn browser_that_offered(&self, offer: &str) -> Option<MemberId> {
        self.browsers.iter().find(|(_, browser)| browser.offer == offer).map(|(member, _)| *member)
    }

    /// Conferences that are open, and browsers in them.
    pub fn conferences(&self) -> (usize, usize) {
        (self.conferences.len(), self.browsers.len())
    }

    /// Members that are muted or deaf.
    pub fn hushed(&self) -> usize {
        self.muted.union(&self.deaf).count()
    }

    /// The conference that a browser is in.
    pub fn conference_of(&self, member: MemberId) -> Option<ConferenceId> {
        self.browsers.get(&member).map(|browser| browser.conference)
    }

    /// Members of a conference on this shard that have audio, and how many of them are muted.
    pub fn members(&self, conference: ConferenceId) -> (usize, usize) {
        let members: Vec<MemberId> = self.with_audio(conference).map(|(member, _)| member).collect();
        (members.len(), members.iter().filter(|member| self.muted.contains(member)).count())
    }

    /// Who is audible in each conference: everybody that is not muted, louder the later it came.
    pub fn levels(&self) -> Vec<Event> {
        let of = |conference: &ConferenceId| {
            let members = self.contributions(*conference).into_iter();
            let levels = members.map(|(member, _)| (member, 100 - (member.0 % 100) as u8)).collect();
            Event::Levels { conference: *conference, levels }
        };
        self.conferences.iter().map(of).collect()
    }

    fn turns(&mut self, member: MemberId, from: Path, to: Path) -> bool {
        let browser = self.browsers.get_mut(&member).filter(|browser| browser.path == from);
        browser.map(|browser| browser.path = to).is_some()
    }

    /// An order is about a member that has not gone.
    fn is_here(&mut self, member: MemberId, what: &str) {
        let is_it = |stream: &Stream| matches!(stream.place, Place::Meeting(_, of) if of == member);
        if !self.browsers.contains_key(&member) && !self.streams.values().any(is_it) {
            self.complaints.push(format!("{member:?} {what}, which is not here"));
        }
    }

    fn comes(&mut self, conference: ConferenceId, member: MemberId) {
        if !self.conferences.contains(&conference) {
            self.complaints.push(format!("{member:?} comes to {conference:?}, which is not open here"));
        }
    }

    fn goes(&mut self, member: MemberId) {
        self.muted.remove(&member);
        self.deaf.remove(&member);
    }

    fn close_conference(&mut self, conference: ConferenceId) {
        let known = self.conferences.remove(&conference);
        let of_stream = |stream: &Stream| matches!(stream.place, Place::Meeting(of, _) if of == conference);
        let empty = !self.browsers.values().any(|browser| browser.conference == conference)
            && !self.streams.values().any(of_stream);
        if !known || !empty {
            self.complaints.push(format!("{conference:?} closed: open {known}, empty {empty}"));
        }
    }

    fn find(&self, party: SocketAddr) -> Option<(StreamId, &Stream)> {
        self.streams
            .iter()
            .find(|(_, stream)| stream.remote.is_some_and(|remote| remote.address == party))
            .map(|(id, stream)| (*id, stream))
    }

    fn begin(&mut self, stream: StreamId, playback: PlaybackId, live: Option<Timestamp>) {
        if let Some(entry) = self.streams.get_mut(&stream) {
            entry.playing.push(playback);
            self.playbacks.insert(playback, (stream, live));
        }
    }

    fn end_playback(&mut self, playback: PlaybackId) {
        if let Some((stream, _)) = self.playbacks.remove(&playback)
            && let Some(stream) = self.streams.get_mut(&stream)
        {
            stream.playing.retain(|other| *other != playback);
        }
    }

    fn close(&mut self, soon: Timestamp, stream: StreamId, later: &mut Vec<Later>) {
        let Some(gone) = self.streams.remove(&stream) else {
            // It could not be opened and the node has not heard of it yet; an answer would be the second one.
            return;
        };
        self.closed.insert(stream);
        match gone.place {
            Place::Port(port) => {
                self.resting.insert(port, soon + QUARANTINE);
            }
            Place::Meeting(_, member) => self.goes(member),
        }
        for playback in gone.playing {
            self.playbacks.remove(&playback);
        }
        self.sendings.retain(|_, of| *of != stream);
        self.recordings.retain(|_, of| *of != stream);
        if let Some(peer) = gone.bridge.and_then(|peer| self.streams.get_mut(&peer)) {
            peer.bridge = None;
        }
        later.push(Later { at: soon, event: Event::Closed { stream, statistics: gone.statistics } });
    }
}

fn set(of: &mut BTreeSet<MemberId>, member: MemberId, on: bool) {
    if on {
        of.insert(member);
    } else {
        of.remove(&member);
    }
}

/// The streams an order is about.
fn named_in(command: &Command) -> impl Iterator<Item = StreamId> + use<> {
    let (first, second) = match command {
        Command::Open { stream, .. }
        | Command::Connect { stream, .. }
        | Command::Play { stream, .. }
        | Command::PlayLive { stream, .. }
        | Command::SendDigits { stream, .. }
        | Command::Listen { stream, .. }
        | Command::StartRecording { stream, .. }
        | Command::OpenMeetingStream { stream, .. }
        | Command::Close { stream } => (Some(*stream), None),
        Command::Bridge { a, b } | Command::Unbridge { a, b } => (Some(*a), Some(*b)),
        Command::Feed { .. }
        | Command::StopPlayback { .. }
        | Command::StopSending { .. }
        | Command::StopRecording { .. }
        | Command::OpenConference { .. }
        | Command::CloseConference { .. }
        | Command::OpenBrowser { .. }
        | Command::Offer { .. }
        | Command::Mute { .. }
        | Command::Deafen { .. }
        | Command::CloseMember { .. } => (None, None),
    };
    first.into_iter().chain(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remote(text: &str) -> Remote {
        Remote {
            address: text.parse().unwrap(),
            rtcp: None,
            codec: media::Codec::Pcmu,
            payload_type: 0,
            dtmf: Some(101),
            ptime: 20,
            send: true,
            receive: true,
        }
    }

    #[test]
    fn a_playback_covers_the_bridge_for_its_listener_only() {
        let mut shard = SimShard::new(1);
        let now = Timestamp::from_millis(1);
        let mut later = vec![];
        let (a, b) = (StreamId(1), StreamId(2));
        for (stream, port, party) in [(a, 4000, "10.0.0.2:4"), (b, 4002, "10.0.0.3:4")] {
            shard.command(now, Command::Open { stream, port, seed: 0 }, &mut later);
            shard.command(now, Command::Connect { stream, remote: remote(party) }, &mut later);
        }
        let (at_a, at_b) = ("10.0.0.2:4".parse().unwrap(), "10.0.0.3:4".parse().unwrap());
        assert_eq!(shard.hears(at_a), Track::Silence);
        shard.command(now, Command::Bridge { a, b }, &mut later);
        assert_eq!(shard.hears(at_a), Track::Party(at_b));
        shard.command(now, Command::PlayLive { stream: a, playback: PlaybackId(7) }, &mut later);
        assert_eq!(shard.hears(at_a), Track::Playback(PlaybackId(7)));
        assert_eq!(shard.hears(at_b), Track::Party(at_a));
        assert_eq!(shard.press(at_a, '5'), (Some(Event::Digit { stream: a, digit: '5' }), Some(at_b)));
        shard.command(now, Command::Close { stream: a }, &mut later);
        assert_eq!(shard.hears(at_b), Track::Silence);
        assert_eq!(shard.due(Event::PlaybackEnded { playback: PlaybackId(7) }), None);
        assert!(shard.complaints.is_empty());
    }
}
