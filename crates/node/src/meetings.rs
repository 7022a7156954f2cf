//! Meetings, composed: what `meet` wants of the shards, of calls and of the directory, and what those tell it.

use api::meetings::{AttendeeCapabilities, MediaCapabilities};
use base::{AttendeeId, LegId, MeetingId, TransactionId};
use call::{Event, ModificationId};
use directory::{JoinToken, MeetingChange};
use media::{Command, ConferenceId};
use meet::{Admission, HangUpWhy, MemberId, NotAdmitted};
use sip::media_session::Codec;

use crate::io::Io;
use crate::live::{End, Leg, Signalling};
use crate::meeting_desk::{MeetingEnd, Who, at_the_shard};
use crate::{BrowserInput, BrowserOutput, JournalEntry, LeaveWhy, Node, Output};

/// A telephone that is let in, but not in yet.
pub(crate) struct Admitted {
    member: MemberId,
    pub(crate) meeting: MeetingId,
    attendee: AttendeeId,
    outputs: Vec<meet::Output>,
}

/// What a shard reports of conferences.
pub(crate) enum ConferenceEvent {
    /// An offer has its answer.
    Answer { member: MemberId, outcome: Result<String, String> },
    /// A browser's media path is up.
    Connected { member: MemberId },
    /// A browser's media path is gone.
    Lost { member: MemberId },
    /// Who is audible.
    Levels { conference: ConferenceId, levels: Vec<(MemberId, u8)> },
    /// A browser's session is gone.
    BrowserClosed,
}

impl Node {
    /// Something of a browser's connection.
    pub(crate) fn browser(
        &mut self,
        connection: meet::ConnectionId,
        event: BrowserInput<'_>,
        io: &mut Io<'_>,
    ) {
        let input = match event {
            BrowserInput::Connected { path_meeting, token } => {
                meet::Input::Connected { connection, path_meeting, token }
            }
            BrowserInput::Frame(bytes) => meet::Input::Frame { connection, bytes },
            BrowserInput::Disconnected => meet::Input::Disconnected { connection },
        };
        self.meet(input, io);
    }

    /// Hands something to the meetings and carries out what they want.
    pub(crate) fn meet(&mut self, input: meet::Input<'_>, io: &mut Io<'_>) {
        let mut outputs = std::mem::take(&mut self.meetings.outputs);
        self.meetings.machine.handle(io.now, input, &mut outputs);
        self.meet_wants(outputs, io);
    }

    fn meet_wants(&mut self, mut outputs: Vec<meet::Output>, io: &mut Io<'_>) {
        for output in outputs.drain(..) {
            match output {
                meet::Output::Send { connection, frame } => {
                    io.out.push(Output::Browser { connection, event: BrowserOutput::Frame(frame) });
                }
                meet::Output::Close { connection, code } => {
                    io.out.push(Output::Browser { connection, event: BrowserOutput::Close(code) });
                }
                meet::Output::OpenBrowser { member, meeting, muted } => {
                    self.open_browser(member, meeting, muted, io);
                }
                meet::Output::Offer { member, sdp } => {
                    let command = Command::Offer { member: at_the_shard(member), sdp: sdp.into() };
                    self.meetings.order(member, command, io);
                }
                meet::Output::Mute { member, on } => {
                    let command = Command::Mute { member: at_the_shard(member), on };
                    self.meetings.order(member, command, io);
                }
                meet::Output::Deafen { member, on } => {
                    let command = Command::Deafen { member: at_the_shard(member), on };
                    self.meetings.order(member, command, io);
                }
                meet::Output::CloseMember { member } => {
                    let command = Command::CloseMember { member: at_the_shard(member) };
                    self.meetings.order(member, command, io);
                    self.meetings.leave(member, io);
                }
                meet::Output::HangUp { member, why } => self.hang_up_phone(member, why, io),
                meet::Output::MeetingIdle { meeting, why } => {
                    tracing::info!(%meeting, ?why, "a meeting has had its time");
                    let mut wishes = std::mem::take(&mut self.directory_outputs);
                    self.directory.end_meeting(io.now, meeting, &mut wishes);
                    self.directory_wants(wishes, io);
                }
                meet::Output::Notify(event) => {
                    let notifications = self.directory.notifications(event.meeting).cloned().map(Box::new);
                    io.out.push(Output::MeetingEvent { event, notifications });
                }
            }
        }
        self.meetings.outputs = outputs;
    }

    /// The store has a change of a meeting.
    pub(crate) fn meeting_changed(&mut self, change: MeetingChange, io: &mut Io<'_>) {
        let input = match change {
            MeetingChange::Created(meeting) => meet::Input::MeetingCreated(Box::new(meeting_of(*meeting))),
            MeetingChange::AttendeeAdded { meeting, attendee } => {
                meet::Input::AttendeeAdded { meeting, attendee: Box::new(attendee_of(*attendee)) }
            }
            MeetingChange::CapabilitiesChanged { meeting, attendee, capabilities } => {
                let capabilities = capabilities_of(&capabilities);
                meet::Input::CapabilitiesChanged { meeting, attendee, capabilities }
            }
            MeetingChange::AttendeeDeleted { meeting, attendee } => {
                meet::Input::AttendeeDeleted { meeting, attendee }
            }
            MeetingChange::Deleted { meeting } => meet::Input::MeetingDeleted { meeting },
            // Nobody transcribes here, and the directory refuses it.
            MeetingChange::TranscriptionStarted { .. } | MeetingChange::TranscriptionStopped { .. } => return,
        };
        self.meet(input, io);
    }

    /// Takes up the meetings that the store held.
    pub(crate) fn restore_meetings(&mut self, io: &mut Io<'_>) {
        let found: Vec<_> = self.directory.meetings().collect();
        for (meeting, attendees) in found {
            let meeting = Box::new(meeting_of(meeting));
            let attendees = attendees.into_iter().map(attendee_of).collect();
            self.meet(meet::Input::MeetingRestored { meeting, attendees }, io);
        }
    }

    /// What a shard says of conferences.
    pub(crate) fn conference_event(&mut self, shard: usize, event: ConferenceEvent, io: &mut Io<'_>) {
        let input = match event {
            ConferenceEvent::Answer { member, outcome } => {
                meet::Input::Answer { member, outcome: outcome.map(Into::into) }
            }
            ConferenceEvent::Connected { member } => meet::Input::MemberConnected { member },
            ConferenceEvent::Lost { member } => meet::Input::MemberLost { member },
            ConferenceEvent::Levels { conference, levels } => {
                // A report that crossed the end of its conference.
                let Some(meeting) = self.meetings.meeting(conference) else { return };
                return self.meet(meet::Input::Levels { meeting, levels: &levels }, io);
            }
            ConferenceEvent::BrowserClosed => return self.media.browser_went(shard),
        };
        self.meet(input, io);
    }

    fn open_browser(&mut self, member: MemberId, meeting: MeetingId, muted: bool, io: &mut Io<'_>) {
        let shard = self.meetings.home(meeting).unwrap_or_else(|| self.media.place(None));
        let conference = self.meetings.join(member, (meeting, shard), Who::Browser, io);
        self.media.browser_came(shard);
        let command = Command::OpenBrowser { member: at_the_shard(member), conference, muted };
        self.meetings.order(member, command, io);
    }

    /// Asks for a telephone to be let in. What else that brings about waits in the ticket until the telephone is in.
    ///
    /// # Errors
    /// The token is not good there.
    pub(crate) fn admit(&mut self, token: &JoinToken, io: &mut Io<'_>) -> Result<Admitted, NotAdmitted> {
        let mut outputs = std::mem::take(&mut self.meetings.outputs);
        let (text, meeting) = (&token.token, token.meeting.as_deref());
        match self.meetings.machine.admit_phone(io.now, text, meeting, &mut outputs) {
            Ok(Admission { member, meeting, attendee }) => {
                Ok(Admitted { member, meeting, attendee, outputs })
            }
            Err(refusal) => {
                self.meet_wants(outputs, io);
                Err(refusal)
            }
        }
    }

    /// Makes a leg whose far end is a meeting; it is up at once. Its call is not told.
    pub(crate) fn place_in_meeting(
        &mut self,
        (transaction, leg): (TransactionId, LegId),
        admitted: Admitted,
        codec: Option<Codec>,
        io: &mut Io<'_>,
    ) {
        let Admitted { member, meeting, attendee, outputs } = admitted;
        let Some(live) = self.live.get_mut(&transaction) else {
            return self.turn_away(Admitted { member, meeting, attendee, outputs }, io);
        };
        if !live.has_streams() {
            // A call without media is nowhere yet.
            live.shard = self.meetings.home(meeting).unwrap_or(live.shard);
        }
        let who = Who::Phone { transaction, leg };
        let conference = self.meetings.join(member, (meeting, live.shard), who, io);
        let stream = self.media.open_meeting(
            (transaction, leg),
            live.shard,
            (conference, at_the_shard(member)),
            codec.unwrap_or(Codec::Pcmu),
            io,
        );
        live.legs.push(Leg {
            id: leg,
            end: End::Meeting(MeetingEnd { member }),
            signalling: Signalling::Up,
            stream: Some(stream),
        });
        live.note(io.now, JournalEntry::Joined { leg, meeting, attendee });
        self.touched.push(transaction);
        self.meet_wants(outputs, io);
        self.meet(meet::Input::PhoneJoined { member }, io);
    }

    /// A telephone that was let in does not come.
    pub(crate) fn turn_away(&mut self, admitted: Admitted, io: &mut Io<'_>) {
        self.meet_wants(admitted.outputs, io);
        self.meet(meet::Input::PhoneLeft { member: admitted.member }, io);
    }

    /// A leg that was in a meeting is closed.
    pub(crate) fn leave_meeting(&mut self, end: MeetingEnd, io: &mut Io<'_>) {
        if self.meetings.member(end.member).is_some() {
            self.meetings.leave(end.member, io);
            self.meet(meet::Input::PhoneLeft { member: end.member }, io);
        }
    }

    /// A phone's meeting ended or its attendee was removed.
    fn hang_up_phone(&mut self, member: MemberId, why: HangUpWhy, io: &mut Io<'_>) {
        let Some((Who::Phone { transaction, leg }, _)) = self.meetings.member(member) else { return };
        let Some(live) = self.live.get_mut(&transaction) else { return };
        let why = match why {
            HangUpWhy::MeetingEnded => LeaveWhy::MeetingEnded,
            HangUpWhy::AttendeeDeleted => LeaveWhy::AttendeeDeleted,
            HangUpWhy::JoinedElsewhere => LeaveWhy::JoinedElsewhere,
        };
        live.note(io.now, JournalEntry::Left { leg, why });
        self.touched.push(transaction);
        let Some(found) = live.leg_mut(leg) else { return };
        found.signalling = Signalling::Gone;
        self.close_leg(transaction, leg, io);
        io.tell(transaction, Event::Ended { leg, code: 0 });
    }

    /// The node is shutting down: browsers are told to come back.
    pub(crate) fn drain_meetings(&mut self, io: &mut Io<'_>) {
        let mut outputs = std::mem::take(&mut self.meetings.outputs);
        self.meetings.machine.drain(io.now, &mut outputs);
        self.meet_wants(outputs, io);
    }

    pub(crate) fn modify_attendees(
        &mut self,
        transaction: TransactionId,
        request: ModificationId,
        (meeting, attendees, muted): (&str, &[String], bool),
        io: &mut Io<'_>,
    ) {
        let mut outputs = std::mem::take(&mut self.meetings.outputs);
        let outcome = self.meetings.machine.modify_attendees(io.now, meeting, attendees, muted, &mut outputs);
        self.meet_wants(outputs, io);
        io.tell(transaction, Event::AttendeesModified { request, outcome });
    }
}

fn meeting_of(meeting: directory::Meeting) -> meet::Meeting {
    meet::Meeting {
        id: meeting.id,
        external_id: meeting.external_id.0,
        region: meeting.region,
        created: meeting.created,
        capacity: meeting.capacity,
        video: meeting.video,
    }
}

fn attendee_of(attendee: directory::Attendee) -> meet::Attendee {
    meet::Attendee {
        id: attendee.id,
        external_user_id: attendee.external_user_id.0,
        token: attendee.token.0.into(),
        capabilities: capabilities_of(&attendee.capabilities),
    }
}

fn capabilities_of(capabilities: &AttendeeCapabilities) -> meet::Capabilities {
    let of = |capability| match capability {
        MediaCapabilities::SendReceive => meet::Capability::SendReceive,
        MediaCapabilities::Send => meet::Capability::Send,
        MediaCapabilities::Receive => meet::Capability::Receive,
        MediaCapabilities::None => meet::Capability::None,
    };
    meet::Capabilities {
        audio: of(capabilities.audio),
        video: of(capabilities.video),
        content: of(capabilities.content),
    }
}
