//! One tick of one conference: everybody speaks, then everybody hears.

use base::Timestamp;

use super::browser::{BrowserCodec, Browsers};
use super::crossing::{Crossed, Crossing, Trunk};
use super::member::{End, Member};
use super::mixed::Mixed;
use super::rate::{Lower, Raise};
use super::voice::Part;
use super::{NARROW, NarrowSum, Streams, WIDE, WideSum};
use crate::opus::{Band, Encoder};
use crate::shard::Finished;
use crate::{ConferenceId, Event, MemberId, Output, Statistics};

/// Ticks between two reports of levels (200 ms).
const LEVELS: u32 = 10;

/// The part of a conference that is on this shard.
pub(super) struct Conference {
    id: ConferenceId,
    shard: usize,
    /// Which of the clock's phases serves it; whether it is on that phase's list.
    pub(super) phase: usize,
    pub(super) clocked: bool,
    home: Home,
    /// In order of their numbers.
    pub(super) members: Vec<Member>,
    /// The last words of members that left.
    narrow: NarrowSum,
    wide: WideSum,
    raise: Raise,
    lower: Lower,
    /// For all Opus listeners who say nothing.
    encoder: Option<Encoder>,
    ticks: u32,
    /// Somebody was audible at the last report.
    audible: bool,
}

/// Where the whole conference comes together.
enum Home {
    /// Here; the shards that guests are on, as they come.
    Here(Vec<Trunk>),
    There(Box<Trunk>),
}

impl Home {
    fn trunks(&mut self) -> &mut [Trunk] {
        match self {
            Self::Here(trunks) => trunks,
            Self::There(trunk) => std::slice::from_mut(&mut **trunk),
        }
    }
}

impl Conference {
    /// `home`: the home shard, if that is another one.
    pub(super) fn new(id: ConferenceId, shard: usize, home: Option<usize>, phase: usize) -> Self {
        let home =
            home.map_or_else(|| Home::Here(Vec::new()), |home| Home::There(Box::new(Trunk::new(home))));
        Self {
            id,
            shard,
            phase,
            clocked: false,
            home,
            members: Vec::new(),
            narrow: [0; NARROW],
            wide: [0; WIDE],
            raise: Raise::default(),
            lower: Lower::default(),
            encoder: None,
            ticks: 0,
            audible: false,
        }
    }

    pub(super) fn is_home(&self) -> bool {
        matches!(self.home, Home::Here(_))
    }

    /// Nobody is there to be mixed for, and everybody knows.
    pub(super) fn is_settled(&self) -> bool {
        let guests = matches!(&self.home, Home::Here(trunks) if !trunks.is_empty());
        self.members.is_empty() && !guests && !self.audible
    }

    pub(super) fn add(&mut self, member: Member) {
        let at = self.members.partition_point(|m| m.id < member.id);
        self.members.insert(at, member);
    }

    pub(super) fn member(&self, id: MemberId) -> Option<&Member> {
        let at = self.members.binary_search_by_key(&id, |m| m.id).ok()?;
        self.members.get(at)
    }

    pub(super) fn member_mut(&mut self, id: MemberId) -> Option<&mut Member> {
        let at = self.members.binary_search_by_key(&id, |m| m.id).ok()?;
        self.members.get_mut(at)
    }

    /// Takes a member out; its next 20 ms are faded out in the mix.
    pub(super) fn leave(&mut self, id: MemberId, streams: &mut Streams) -> Option<Statistics> {
        let at = self.members.binary_search_by_key(&id, |m| m.id).ok()?;
        let mut gone = self.members.remove(at);
        let (part, statistics) = match &mut gone.end {
            End::Stream(_, slot) => {
                let stream = streams.get_mut(*slot as usize).and_then(Option::as_deref_mut);
                if let Some(stream) = stream {
                    // Whatever ends in these 20 ms is not reported any more: its stream is gone.
                    stream.speak(&mut Finished::default(), gone.voice.narrow());
                }
                (Part::Narrow, Statistics::default())
            }
            End::Browser(browser) => {
                let (part, _) = browser.speak(false, &mut gone.voice);
                (part, browser.statistics())
            }
        };
        if gone.voice.farewell(part) {
            gone.voice.add(&mut self.narrow, &mut self.wide);
        }
        Some(statistics)
    }

    /// Takes what another shard's part sent. The home learns of its guests by it.
    pub(super) fn cross(&mut self, crossing: Crossing) {
        let Crossing { from, content, .. } = crossing;
        match &mut self.home {
            Home::There(trunk) if trunk.shard == from => trunk.take(content),
            Home::There(_) => {}
            Home::Here(trunks) => {
                let at = trunks.iter().position(|t| t.shard == from).unwrap_or_else(|| {
                    trunks.push(Trunk::new(from));
                    trunks.len() - 1
                });
                trunks[at].take(content);
            }
        }
    }

    /// The 20 ms that begin at `due`.
    pub(super) fn tick(
        &mut self,
        due: Timestamp,
        streams: &mut Streams,
        browsers: &mut dyn Browsers,
        finished: &mut Finished,
        out: &mut dyn Output,
    ) {
        let mut narrow = std::mem::replace(&mut self.narrow, [0; NARROW]);
        let mut wide = std::mem::replace(&mut self.wide, [0; WIDE]);
        let (mut narrow_listeners, mut opus_listeners) = (false, 0);
        for member in &mut self.members {
            let voice = &mut member.voice;
            let (part, sound) = match &mut member.end {
                End::Stream(_, slot) => {
                    narrow_listeners = true;
                    let stream = streams.get_mut(*slot as usize).and_then(Option::as_deref_mut);
                    let frame = voice.narrow();
                    (Part::Narrow, stream.is_some_and(|stream| stream.speak(finished, frame)))
                }
                End::Browser(browser) => {
                    match browser.codec {
                        Some(BrowserCodec::Opus) => opus_listeners += 1,
                        Some(BrowserCodec::Pcmu | BrowserCodec::Pcma) => narrow_listeners = true,
                        None => {}
                    }
                    browser.speak(member.muted, voice)
                }
            };
            voice.judge(part, sound, !member.muted);
            voice.add(&mut narrow, &mut wide);
        }
        for trunk in self.home.trunks() {
            narrow_listeners = true;
            trunk.add(&mut narrow);
        }
        let (mut all_narrow, mut all_wide) = (narrow, wide);
        if narrow_listeners {
            self.lower.add(&wide, &mut all_narrow);
        } else {
            self.lower.reset();
        }
        if opus_listeners > 0 {
            self.raise.add(&narrow, &mut all_wide);
        } else {
            self.raise.reset();
        }
        // One browser alone hears only phones.
        let band = if opus_listeners > 1 { Band::Wide } else { Band::Narrow };
        let mut mixed = Mixed::new(&all_narrow, &all_wide, &mut self.encoder, band);
        for member in &mut self.members {
            let hearing = member.hearing();
            let heard = (hearing, &member.voice);
            match &mut member.end {
                End::Stream(_, slot) => tell(due, *slot, heard, &mut mixed, streams, out),
                End::Browser(browser) => {
                    browser.hear(due, member.id, heard, (&mut mixed, opus_listeners), browsers, out);
                }
            }
        }
        if !mixed.is_shared() {
            self.encoder = None;
        }
        let (conference, from) = (self.id, self.shard);
        for trunk in self.home.trunks() {
            out.cross(trunk.shard, Crossing { conference, from, content: trunk.answer(&all_narrow) });
        }
        if let Home::Here(trunks) = &mut self.home {
            trunks.retain(|trunk| !trunk.is_gone());
        }
        self.ticks = self.ticks.wrapping_add(1);
        if self.ticks.is_multiple_of(LEVELS) {
            self.report_levels(out);
        }
    }

    fn report_levels(&mut self, out: &mut dyn Output) {
        let mut levels: Vec<_> =
            self.members.iter_mut().filter_map(|m| Some((m.id, m.voice.take_level()?))).collect();
        if let Home::Here(trunks) = &self.home {
            levels.extend(trunks.iter().flat_map(|trunk| &trunk.levels).copied());
            levels.sort_unstable();
        }
        if !levels.is_empty() || self.audible {
            self.audible = !levels.is_empty();
            self.say_levels(levels, out);
        }
    }

    fn say_levels(&self, levels: Vec<(MemberId, u8)>, out: &mut dyn Output) {
        match &self.home {
            Home::Here(_) => out.event(Event::Levels { conference: self.id, levels }),
            Home::There(trunk) => {
                let (conference, from) = (self.id, self.shard);
                let content = Crossed::Levels(levels);
                out.cross(trunk.shard, Crossing { conference, from, content });
            }
        }
    }

    /// Says that nobody is audible any more, if it was said that somebody is.
    pub(super) fn silence(&mut self, out: &mut dyn Output) {
        if std::mem::take(&mut self.audible) {
            self.say_levels(Vec::new(), out);
        }
    }
}

/// Gives a meeting stream its 20 ms, and through it the stream it is bridged with.
fn tell(
    due: Timestamp,
    slot: u32,
    (hearing, voice): (super::member::Hearing, &super::voice::Voice),
    mixed: &mut Mixed<'_>,
    streams: &mut Streams,
    out: &mut dyn Output,
) {
    let Some(stream) = streams.get_mut(slot as usize).and_then(Option::as_deref_mut) else { return };
    let Some(law) = stream.hears_in() else { return };
    let (mut packet, _) = mixed.narrow(law, hearing, voice);
    let Some((partner, received)) = stream.hear_mix(due, &packet, out) else { return };
    if let Some(partner) = streams.get_mut(partner as usize).and_then(Option::as_deref_mut) {
        // Audio alone never makes a stream need the clock.
        partner.relay(due, &received, &mut packet, out);
    }
}
