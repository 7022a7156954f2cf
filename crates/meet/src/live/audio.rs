//! Who is heard and who hears: mute by the client, by the API, by capabilities.

use base::AttendeeId;

use super::Live;
use crate::frame::{ClientMetric, MetricKind};
use crate::interface::Output;
use crate::seat::{Guest, Seat, Signal};
use crate::shared::Cx;

/// From so many percent of lost packets on a connection is weak.
const WEAK: f64 = 8.0;
/// And from so many it is bad.
const BAD: f64 = 25.0;

impl Live {
    /// Changes something that may mute or deafen an attendee; if it does, its audio is switched and rosters hear of it.
    pub(super) fn remute(&mut self, cx: &mut Cx<'_>, attendee: AttendeeId, change: impl FnOnce(&mut Guest)) {
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        let before = (guest.muted(), guest.deaf());
        change(guest);
        let (muted, deaf) = (guest.muted(), guest.deaf());
        let member = guest.open_member();
        let stream = guest.listing.stream();
        if muted != before.0 {
            if let Some(member) = member {
                cx.out.push(Output::Mute { member, on: muted });
            }
            if let Some(stream) = stream {
                self.list_muted(stream, muted);
            }
        }
        if deaf != before.1
            && let Some(member) = member
        {
            cx.out.push(Output::Deafen { member, on: deaf });
        }
    }

    /// Mutes telephones, and only telephones, by the API; of ids it cannot mute, which are returned, nobody is.
    pub(crate) fn modify(&mut self, cx: &mut Cx<'_>, attendees: &[String], muted: bool) -> Vec<String> {
        let (mut phones, mut failed) = (Vec::new(), Vec::new());
        for text in attendees {
            let phone = text.parse().ok().filter(|attendee| {
                self.guests.get(attendee).is_some_and(|guest| matches!(guest.seat, Seat::Phone(_)))
            });
            match phone {
                Some(attendee) => phones.push(attendee),
                None => failed.push(text.clone()),
            }
        }
        // All of them or nobody.
        if failed.is_empty() {
            for attendee in phones {
                self.remute(cx, attendee, |guest| guest.muting.api = muted);
            }
        }
        failed
    }

    /// What a client measures says how good its connection is.
    pub(super) fn metrics(&mut self, attendee: AttendeeId, metrics: &ClientMetric) {
        let Some(guest) = self.guests.get_mut(&attendee) else { return };
        let loss = [MetricKind::MicrophoneLoss, MetricKind::SpeakerLoss]
            .into_iter()
            .filter_map(|kind| metrics.get(kind))
            .reduce(f64::max);
        let signal = match loss {
            None => return,
            Some(percent) if percent >= BAD => Signal::Bad,
            Some(percent) if percent >= WEAK => Signal::Weak,
            Some(_) => Signal::Good,
        };
        if guest.signal != signal {
            guest.signal = signal;
            if guest.listing.stream().is_some() {
                self.levels.tell_again();
            }
        }
    }
}
