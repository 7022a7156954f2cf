use std::collections::{HashMap, VecDeque};

use std::time::Duration;

use base::{Rng, Timestamp, TransactionId};
use call::Event;
use directory::{Carrier, Directory, LoadError, Record, Seed, SeedError, WriteId};
use meet::Meetings;
use sip::stack::{self, Command, DialogId, Registration, Transport, Trunk, TrunkName};

use crate::deadlines::Deadlines;
use crate::io::{Io, Work};
use crate::live::Live;
use crate::media_desk::{MediaDesk, Report};
use crate::meeting_desk::MeetingDesk;
use crate::sip_desk::SipDesk;
use crate::{Input, JournalEntry, NodeConfig, Output};

/// Why the node wants to be woken.
pub type Why = &'static str;

/// Most messages between calls of this node that one `handle` carries: far more than any number of calls that one input
/// can set off, and an end to a loop that the loop counter of `X-SMA-Max-Forwards` would not have ended.
const INTERNAL_MESSAGES: usize = 4_096;

/// Expiry asked for when registering to a carrier.
const REGISTRATION: Duration = Duration::from_secs(3_600);

/// One telephone exchange. Owns its machines and passes on what one brings about to those it concerns.
pub struct Node {
    pub(crate) config: NodeConfig,
    pub(crate) rng: Rng,
    pub(crate) sip: SipDesk,
    pub(crate) media: MediaDesk,
    pub(crate) directory: Directory,
    pub(crate) meetings: MeetingDesk,
    /// Reused between requests.
    pub(crate) directory_outputs: Vec<directory::Output>,
    pub(crate) live: HashMap<TransactionId, Live>,
    pub(crate) deadlines: Deadlines<TransactionId>,
    /// Calls with journal lines to give out at the end of this `handle`; some more than once.
    pub(crate) touched: Vec<TransactionId>,
    /// Messages of dialogs that no call has adopted yet, for the length of this `handle`.
    pub(crate) untold: Vec<(DialogId, Timestamp, bool, String, String)>,
    /// Reused between calls.
    pub(crate) effects: Vec<call::Effect>,
    /// The shell's runners take nothing new.
    pub(crate) functions_full: bool,
    /// The node is shutting down.
    pub(crate) stopping: bool,
    /// Kept between `handle`s for its memory only.
    work: VecDeque<Work>,
    invocations: Vec<Output>,
}

/// What a node holds at a moment. All zero when nobody calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Calls whose journal is not complete.
    pub calls: usize,
    /// Dialogs that belong to a call.
    pub dialogs: usize,
    /// Open streams, and ports in use.
    pub streams: usize,
    /// Playbacks that have not ended.
    pub playbacks: usize,
    /// Sendings of digits that have not ended.
    pub sendings: usize,
    /// Recordings that are neither stored nor forgotten.
    pub recordings: usize,
    /// Timers of calls.
    pub timers: usize,
    /// API requests without an answer.
    pub requests: usize,
    /// What there is of meetings.
    pub meetings: meet::Counts,
    /// Conferences at the shards.
    pub conferences: usize,
    /// Members of conferences.
    pub members: usize,
}

impl Node {
    /// A node over what the store holds; `out` receives its first wishes.
    ///
    /// # Errors
    /// A record that cannot be read.
    pub fn new(
        config: NodeConfig,
        records: impl IntoIterator<Item = Record>,
        now: Timestamp,
        out: &mut Vec<Output>,
    ) -> Result<Self, LoadError> {
        let mut rng = Rng::new(config.seed);
        let directory = Directory::load(config.directory.clone(), records)?;
        let mut node = Self {
            sip: SipDesk::new(config.sip.clone()),
            media: MediaDesk::new(config.shards.clone(), config.port_quarantine, rng.next_u64()),
            directory,
            meetings: MeetingDesk::new(Meetings::new(config.meetings.clone())),
            directory_outputs: Vec::new(),
            live: HashMap::new(),
            deadlines: Deadlines::new(),
            touched: Vec::new(),
            untold: Vec::new(),
            effects: Vec::new(),
            functions_full: false,
            stopping: false,
            work: VecDeque::new(),
            invocations: Vec::new(),
            rng,
            config,
        };
        let trunks = trunks_of(node.directory.carriers(), &node.config.sip.domain);
        node.with_io(now, out, |node, io| {
            node.sip.command(Command::Trunks(trunks), io);
            node.restore_meetings(io);
        });
        Ok(node)
    }

    /// Makes the objects that exist from the start; returns the write to wait for, where something had to be made.
    ///
    /// # Errors
    /// A seed that contradicts itself or the records.
    pub fn seed(
        &mut self,
        now: Timestamp,
        seed: &Seed,
        out: &mut Vec<Output>,
    ) -> Result<Option<WriteId>, SeedError> {
        let mut outputs = Vec::new();
        let write = self.directory.seed(now, seed, &mut outputs)?;
        self.with_io(now, out, |node, io| node.directory_wants(outputs, io));
        Ok(write)
    }

    /// Applies one input. Never blocks, never fails.
    pub fn handle(&mut self, now: Timestamp, input: Input<'_>, out: &mut Vec<Output>) {
        self.with_io(now, out, |node, io| node.apply(input, io));
    }

    /// Does something, then what it brings about, then gives out journals and invocations.
    pub(crate) fn with_io(
        &mut self,
        now: Timestamp,
        out: &mut Vec<Output>,
        act: impl FnOnce(&mut Self, &mut Io<'_>),
    ) {
        let mut io = Io {
            now,
            out,
            invocations: std::mem::take(&mut self.invocations),
            work: std::mem::take(&mut self.work),
        };
        act(self, &mut io);
        self.drain(&mut io);
        self.flush_journals(&mut io);
        io.out.append(&mut io.invocations);
        self.invocations = io.invocations;
        self.work = io.work;
    }

    /// When [`Input::Woken`] is wanted next, and why.
    pub fn deadline(&self) -> Option<(Timestamp, Why)> {
        let calls = self.deadlines.first().map(|at| (at, "a call"));
        let all = [self.sip.deadline(), calls, self.directory.deadline(), self.meetings.machine.deadline()];
        all.into_iter().flatten().min_by_key(|(at, _)| *at)
    }

    /// What the node holds.
    pub fn counts(&self) -> Counts {
        let (streams, playbacks, sendings, recordings) = self.media.counts();
        let (conferences, members) = self.meetings.counts();
        Counts {
            calls: self.live.len(),
            dialogs: self.sip.dialogs(),
            streams,
            playbacks,
            sendings,
            recordings,
            timers: self.deadlines.len(),
            requests: self.directory.pending(),
            meetings: self.meetings.machine.counts(),
            conferences,
            members,
        }
    }

    /// The control-plane records, for readers.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// What happened in meetings since the start, for metrics.
    pub fn meetings(&self) -> meet::Tally {
        self.meetings.machine.tally()
    }

    /// The SIP stack, for readers.
    pub fn stack(&self) -> &stack::Stack {
        self.sip.stack()
    }

    fn apply(&mut self, input: Input<'_>, io: &mut Io<'_>) {
        match input {
            Input::Sip(input) => self.sip.input(self.by_sender(input), io),
            Input::Api { ticket, request, entropy } => self.api_request(ticket, request, entropy, io),
            Input::FunctionReturned { transaction, invocation, outcome } => {
                io.tell(transaction, Event::FunctionReturned { invocation, outcome });
            }
            Input::Browser { connection, event } => self.browser(connection, event, io),
            Input::Media { shard, event } => self.media_event(shard, event, io),
            Input::ClipLoaded { playback, outcome } => self.media.clip_loaded(playback, outcome, io),
            Input::Spoken { playback, outcome, last } => self.media.spoken(playback, outcome, last, io),
            Input::RecordingStored { recording, outcome } => {
                self.media.recording_stored(recording, outcome, io)
            }
            Input::Stored { write, outcome } => self.stored(write, outcome, io),
            Input::FunctionsFull(full) => self.functions_full = full,
            Input::Stop => self.stop(io),
            Input::Woken => self.wake(io),
        }
    }

    /// Tells the stack which senders are strangers: whoever may not call by any rule of the directory.
    fn by_sender<'a>(&self, input: stack::Input<'a>) -> stack::Input<'a> {
        match input {
            stack::Input::Received { flow, bytes }
                if flow.transport != Transport::Internal
                    && !self.directory.knows_source(flow.remote.ip()) =>
            {
                stack::Input::ReceivedFromStranger { flow, bytes }
            }
            other => other,
        }
    }

    fn stop(&mut self, io: &mut Io<'_>) {
        self.stopping = true;
        for call in self.calls() {
            io.tell(call.transaction, Event::NodeStopping);
        }
        self.drain_meetings(io);
    }

    fn wake(&mut self, io: &mut Io<'_>) {
        if self.sip.deadline().is_some_and(|(at, _)| at <= io.now) {
            self.sip.input(stack::Input::Woken, io);
        }
        if self.directory.deadline().is_some_and(|(at, _)| at <= io.now) {
            self.directory_woken(io);
        }
        if self.meetings.machine.deadline().is_some_and(|(at, _)| at <= io.now) {
            self.meet(meet::Input::Woken, io);
        }
        while let Some(transaction) = self.deadlines.pop_due(io.now) {
            io.tell(transaction, Event::Woken);
        }
    }

    /// Does what the input brought about, and what that brought about, until nothing is left.
    fn drain(&mut self, io: &mut Io<'_>) {
        let mut internal = 0;
        while let Some(work) = io.work.pop_front() {
            match work {
                Work::Sip(event) => self.sip_event(event, io),
                Work::Traced { dialog, sent, remote, message } => {
                    self.traced(dialog, (sent, remote), message, io);
                }
                Work::Internal { flow, bytes } => {
                    internal += 1;
                    if internal <= INTERNAL_MESSAGES {
                        self.sip.input(stack::Input::Received { flow, bytes: &bytes }, io);
                    } else if internal == INTERNAL_MESSAGES + 1 {
                        tracing::error!("calls of this node call each other without end: messages dropped");
                    }
                }
                Work::Call { transaction, event } => self.tell(transaction, event, io),
            }
        }
        self.untold.clear();
    }

    fn media_event(&mut self, shard: usize, event: media::Event, io: &mut Io<'_>) {
        match self.media.report(event, io) {
            Some(Report::Fact(transaction, event)) => io.tell(transaction, event),
            Some(Report::OpenFailed { transaction, leg, stream, reason }) => {
                self.open_failed(transaction, leg, stream, reason, io);
            }
            Some(Report::Closed { transaction, leg, stream, statistics }) => {
                let Some(live) = self.live.get_mut(&transaction) else { return };
                live.note(
                    io.now,
                    JournalEntry::Media {
                        leg,
                        received: statistics.packets_received,
                        sent: statistics.packets_sent,
                        lost: statistics.packets_lost,
                        jitter_ms: statistics.jitter_ms,
                    },
                );
                self.touched.push(transaction);
                let found =
                    live.leg_mut(leg).filter(|leg| leg.stream.is_some_and(|of_leg| of_leg.id == stream));
                if let Some(leg) = found {
                    leg.stream = None;
                }
                self.settle(transaction, io);
            }
            Some(Report::Conference(event)) => self.conference_event(shard, event, io),
            // About something its call has let go of.
            None => {}
        }
    }
}

/// The trunks to keep an eye on: carriers that ask for OPTIONS or for a registration.
fn trunks_of(carriers: &[Carrier], domain: &str) -> Vec<Trunk> {
    let watched =
        carriers.iter().filter(|carrier| carrier.options_every.is_some() || carrier.register.is_some());
    watched
        .map(|carrier| Trunk {
            name: TrunkName(directory::Trunk::Carrier(carrier.name.clone()).to_string()),
            uri: carrier.uri.clone(),
            transport: None,
            options_every: carrier.options_every,
            register: carrier.register.as_ref().map(|aor| {
                let credentials = carrier.credentials.clone();
                let (username, password) =
                    credentials.map(|given| (given.username, given.password)).unwrap_or_default();
                let aor = if aor.contains('@') { aor.clone() } else { format!("sip:{aor}@{domain}") };
                Registration { aor, username, password, expires: REGISTRATION }
            }),
        })
        .collect()
}
