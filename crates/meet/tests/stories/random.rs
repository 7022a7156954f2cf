//! Thousands of random things happen in a meeting; checkers that know nothing of the machine look at what pages see.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{AttendeeId, Rng, Timestamp};
use meet::{Capability, Counts, Input, MeetingEventKind, MemberId};

use crate::world::World;

/// What an onlooker knows of an attendee.
#[derive(Debug)]
struct Person {
    id: AttendeeId,
    pages: [usize; 2],
    audio: Capability,
    /// What the attendee's latest client said of itself.
    muted: bool,
    deleted: bool,
}

struct Meeting {
    world: World,
    rng: Rng,
    people: Vec<Person>,
    phones: BTreeMap<MemberId, usize>,
    /// Muted by the API.
    quiet: BTreeMap<MemberId, bool>,
}

impl Meeting {
    fn new(seed: u64) -> Self {
        let world = World::new();
        let mut meeting = Self {
            world,
            rng: Rng::new(seed),
            people: Vec::new(),
            phones: BTreeMap::new(),
            quiet: BTreeMap::new(),
        };
        for n in 0..8 {
            meeting.comes(n);
        }
        meeting
    }

    fn comes(&mut self, n: usize) {
        let id = self.world.attendee(&format!("person {n}"));
        let pages = [self.world.page(id), self.world.page(id)];
        self.people.push(Person { id, pages, audio: Capability::SendReceive, muted: false, deleted: false });
    }

    fn something_happens(&mut self) {
        let who = self.rng.below(self.people.len() as u64) as usize;
        let page = self.people[who].pages[self.rng.below(2) as usize];
        let connected = self.world.pages[page].connection.is_some();
        match self.rng.below(16) {
            0 => self.world.passes(Duration::from_millis(self.rng.below(20_000))),
            1 | 2 => {
                self.world.connects = !self.rng.one_in(4);
                let muted = self.rng.one_in(3);
                self.world.connects_page(page);
                self.world.says_join(page);
                self.subscribes(who, page, muted);
                self.world.connects = true;
            }
            3 if connected => {
                let muted = self.rng.one_in(2);
                self.subscribes(who, page, muted);
            }
            4 if connected => self.world.disconnects(page),
            5 if connected => self.world.leaves(page),
            6 | 7 if connected => {
                let muted = self.rng.one_in(2);
                if self.heard(who, page) {
                    self.people[who].muted = muted;
                }
                self.world.mutes(page, muted);
            }
            8 => self.admits(who),
            9 => {
                if let Some(member) = self.some_phone() {
                    self.world.phone_leaves(member);
                }
            }
            10 if !self.people[who].deleted => {
                let all = [Capability::SendReceive, Capability::Send, Capability::Receive, Capability::None];
                let audio = all[self.rng.below(4) as usize];
                self.people[who].audio = audio;
                let id = self.people[who].id;
                self.world.changes(id, audio);
            }
            11 if self.rng.one_in(10) && !self.people[who].deleted => {
                self.people[who].deleted = true;
                let id = self.people[who].id;
                self.world.deletes(id);
                self.comes(who);
            }
            12 => {
                if let Some(member) =
                    self.world.pages[page].member.filter(|m| self.world.audio.contains_key(m))
                {
                    self.world.input(Input::MemberLost { member });
                }
            }
            13 => {
                let loud: Vec<_> = self.world.audio.keys().copied().filter(|_| self.rng.one_in(2)).collect();
                let loud: Vec<_> =
                    loud.into_iter().map(|member| (member, self.rng.below(60) as u8)).collect();
                self.world.levels(&loud);
            }
            14 if connected => self.world.sends(page, "chat", "hello", self.rng.below(2) as u32 * 9_000),
            15 => self.api_mutes(),
            _ if connected => self.world.pings(page, 1),
            _ => {}
        }
        self.phones.retain(|member, _| self.world.phones.contains(member));
    }

    fn subscribes(&mut self, who: usize, page: usize, muted: bool) {
        if self.world.pages[page].connection.is_none() {
            return;
        }
        if self.heard(who, page) {
            self.people[who].muted = muted;
        }
        self.world.subscribes(page, muted);
    }

    /// Whether a page still speaks for its attendee: its latest word was not the end.
    fn heard(&self, who: usize, page: usize) -> bool {
        let other = self.people[who].pages.into_iter().find(|other| *other != page);
        let latest =
            other.is_none_or(|other| self.world.pages[page].connection > self.world.pages[other].latest_join);
        latest && !self.world.pages[page].over() && !self.people[who].deleted && !self.has_phone(who)
    }

    fn has_phone(&self, who: usize) -> bool {
        self.phones.iter().any(|(member, of)| *of == who && self.world.phones.contains(member))
    }

    fn some_phone(&mut self) -> Option<MemberId> {
        let phones: Vec<_> = self.world.phones.iter().copied().collect();
        phones.get(self.rng.below(phones.len() as u64) as usize).copied()
    }

    fn admits(&mut self, who: usize) {
        if self.people[who].deleted {
            return;
        }
        let id = self.people[who].id;
        let member = self.world.phone(id);
        self.people[who].muted = false;
        self.phones.insert(member, who);
    }

    fn api_mutes(&mut self) {
        let ids: Vec<_> = self.people.iter().map(|person| person.id.to_string()).collect();
        let meeting = self.world.meeting.to_string();
        let mut out = Vec::new();
        let muted = self.rng.one_in(2);
        let failed = self.world.meetings.modify_attendees(self.world.now, &meeting, &ids, muted, &mut out);
        let failed = failed.err().unwrap_or_default();
        assert_eq!(
            ids.len() - failed.len(),
            self.world.phones.len(),
            "telephones and only they can be muted"
        );
        let mutes = out.iter().filter(|output| matches!(output, meet::Output::Mute { .. })).count();
        assert!(failed.is_empty() || mutes == 0, "all of them or nobody");
        let phones: Vec<_> = ids.iter().filter(|id| !failed.contains(id)).cloned().collect();
        if !failed.is_empty() && !phones.is_empty() {
            let outcome =
                self.world.meetings.modify_attendees(self.world.now, &meeting, &phones, muted, &mut out);
            assert_eq!(outcome, Ok(()));
        }
        if !phones.is_empty() {
            for member in self.world.phones.clone() {
                self.quiet.insert(member, muted);
            }
        }
        self.world.carry_out(out);
    }

    fn check(&self) {
        let world = &self.world;
        let mut present: BTreeMap<String, Timestamp> = BTreeMap::new();
        for event in &world.events {
            let Some(who) = &event.who else { continue };
            match event.kind {
                MeetingEventKind::AttendeeJoined => {
                    let before = present.insert(who.attendee.to_string(), event.at);
                    assert!(before.is_none(), "nobody joins twice");
                }
                MeetingEventKind::AttendeeLeft | MeetingEventKind::AttendeeDropped => {
                    assert!(present.remove(&who.attendee.to_string()).is_some(), "whoever leaves was there");
                }
                _ => {}
            }
        }
        let present: Vec<_> = present.into_keys().collect();
        for page in world.pages.iter().filter(|page| page.listens()) {
            // Of itself a client hides that it is gone while it starts again.
            let others = |list: &[String]| -> Vec<_> {
                list.iter().filter(|who| **who != page.attendee).cloned().collect()
            };
            let seen = page.sees();
            assert_eq!(others(&seen), others(&present), "every page shows who is there");
            assert!(seen.contains(&page.attendee) || !present.contains(&page.attendee), "itself included");
        }
        for (who, person) in self.people.iter().enumerate() {
            let id = person.id.to_string();
            let members = person.pages.iter().filter_map(|page| world.pages[*page].member);
            let members =
                members.chain(self.phones.iter().filter(|(_, of)| **of == who).map(|(member, _)| *member));
            let open: Vec<_> = members.filter(|member| world.audio.contains_key(member)).collect();
            assert!(open.len() <= 1, "an attendee speaks over one member at most");
            let Some(member) = open.first() else { continue };
            let by_api = self.quiet.get(member).copied().unwrap_or(false);
            let muted = person.muted || by_api || !person.audio.sends();
            assert_eq!(world.audio[member].muted, muted, "{person:?}");
            assert_eq!(world.audio[member].deaf, !person.audio.receives());
            for page in world.pages.iter().filter(|page| page.listens() && present.contains(&id)) {
                assert!(page.muted(&id).is_none_or(|shown| shown == muted), "{person:?}");
            }
        }
        assert_eq!(world.meetings.counts().members, world.audio.len());
    }

    fn ends(mut self) {
        let world = &mut self.world;
        world.ends();
        assert_eq!(world.audio.len(), 0);
        world.passes(Duration::from_secs(60));
        assert!(world.pages.iter().all(|page| page.connection.is_none()), "every connection is closed");
        assert_eq!(world.meetings.counts(), Counts::default(), "nothing is left");
    }
}

#[test]
fn whatever_happens_all_pages_show_the_same_and_nothing_is_left() {
    for seed in 0..60 {
        let mut meeting = Meeting::new(seed);
        for step in 0..300 {
            let held = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                meeting.something_happens();
                meeting.check();
            }));
            assert!(held.is_ok(), "seed {seed}, step {step}");
        }
        meeting.ends();
    }
}

#[test]
fn ten_thousand_joins_and_leaves_leave_nothing() {
    let mut world = World::new();
    let ann = world.joined("ann");
    let bob = world.attendee("bob");
    let page = world.page(bob);
    for n in 0..10_000 {
        world.joins(page);
        match n % 3 {
            0 => world.leaves(page),
            1 => world.sends(page, "chat", "bye", 1_000),
            _ => {}
        }
        world.disconnects(page);
        if n % 10 == 0 {
            world.passes(Duration::from_secs(11));
            world.pings(ann, 1);
        }
        world.pages[ann].forgets();
        world.pages[page].forgets();
        world.events.clear();
    }
    world.passes_with_pings(Duration::from_secs(60));
    let counts = world.meetings.counts();
    let expected = Counts {
        meetings: 1,
        attendees: 2,
        present: 1,
        members: 1,
        connections: 1,
        kept_messages: 0,
        timers: 2,
    };
    assert_eq!(counts, expected);
    world.leaves(ann);
    world.passes(Duration::from_secs(10));
    world.ends();
    assert_eq!(world.meetings.counts(), Counts::default());
}
