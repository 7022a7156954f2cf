//! Session timers (RFC 4028).

use std::time::Duration;

use base::Timestamp;

use super::Config;
use crate::header::{Header, Refresher, SessionExpires};
use crate::message::{Headers, Method, Request, Response};

/// Who keeps a session alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SessionTimer {
    /// Nobody: the far end does not know session timers.
    Off,
    /// We do, at half the interval.
    Ours { seconds: u32, by: By },
    /// They do; when they do not, the session is over.
    Theirs { seconds: u32 },
    /// Our refresh failed; the session is over when the interval is.
    Lapsing { seconds: u32 },
}

/// How a session is refreshed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// UPDATE without a session description: the far end allows it.
    Update,
    /// INVITE with the same session description.
    Reinvite,
}

/// What came out of a request that may carry Session-Expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Agreed {
    /// For the response.
    header: Option<SessionExpires>,
    /// Whether the response must say Require: timer (RFC 4028 §9).
    require: bool,
    pub(super) timer: SessionTimer,
}

/// The interval asked for is too small: to be refused with 422 and this Min-SE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooSmall(pub(super) u32);

/// A far end that agrees to less than RFC 4028 allows is not refreshed at its mercy.
const SHORTEST: u32 = 60;

impl Agreed {
    /// What we agree to as the receiver of a request (RFC 4028 §9).
    pub(super) fn of_request(headers: &Headers, config: &Config) -> Result<Self, TooSmall> {
        let knows = headers.supports("timer");
        let floor = config.min_se.as_secs().max(90) as u32;
        let asked = headers.session_expires().ok().flatten();
        let (seconds, refresher) = match asked {
            Some(asked) if asked.seconds < floor && knows => return Err(TooSmall(floor)),
            // Put in by a proxy for a far end that could not be told 422.
            Some(asked) if !knows => (asked.seconds.max(floor), Refresher::Uas),
            Some(asked) => (asked.seconds, asked.refresher.unwrap_or(Refresher::Uac)),
            None if knows => {
                let theirs = headers.min_se().ok().flatten().unwrap_or(0);
                (theirs.max(floor).max(config.session_expires.as_secs() as u32), Refresher::Uas)
            }
            None => return Ok(Self { header: None, require: false, timer: SessionTimer::Off }),
        };
        let timer = match refresher {
            Refresher::Uac => SessionTimer::Theirs { seconds },
            Refresher::Uas => SessionTimer::Ours { seconds, by: By::of(headers) },
        };
        let header = Some(SessionExpires { seconds, refresher: Some(refresher) });
        Ok(Self { header, require: refresher == Refresher::Uac, timer })
    }

    /// Says it in the 2xx.
    pub(super) fn write(&self, response: &mut Response) {
        if let Some(header) = self.header {
            response.headers.push(Header::SessionExpires, &header.value());
            if self.require {
                response.headers.push(Header::Require, "timer");
            }
        }
    }
}

impl By {
    fn of(headers: &Headers) -> By {
        match headers.allows(&Method::Update) {
            Some(true) => By::Update,
            Some(false) | None => By::Reinvite,
        }
    }
}

impl SessionTimer {
    /// What a 2xx to our request settles (RFC 4028 §7.2).
    pub(super) fn of_response(headers: &Headers) -> Self {
        let Ok(Some(agreed)) = headers.session_expires() else { return Self::Off };
        let seconds = agreed.seconds.max(SHORTEST);
        match agreed.refresher {
            Some(Refresher::Uas) => Self::Theirs { seconds },
            Some(Refresher::Uac) | None => Self::Ours { seconds, by: By::of(headers) },
        }
    }

    /// Says in a request of ours what holds now.
    pub(super) fn write(&self, request: &mut Request, config: &Config) {
        let (seconds, refresher) = match *self {
            Self::Off => return,
            Self::Ours { seconds, .. } | Self::Lapsing { seconds } => (seconds, Refresher::Uac),
            Self::Theirs { seconds } => (seconds, Refresher::Uas),
        };
        let value = SessionExpires { seconds, refresher: Some(refresher) }.value();
        request.headers.push(Header::SessionExpires, &value);
        request.headers.push(Header::MinSe, &config.min_se.as_secs().max(90).to_string());
    }

    /// When there is something to do about it.
    pub(super) fn next(&self, now: Timestamp) -> Option<Timestamp> {
        let seconds = |seconds: u32| Duration::from_secs(u64::from(seconds));
        match *self {
            Self::Off => None,
            Self::Ours { seconds: interval, .. } => Some(now + seconds(interval) / 2),
            // RFC 4028 §10: BYE a little before the interval ends.
            Self::Theirs { seconds: interval } => Some(now + seconds(interval - (interval / 3).min(32))),
            // Half of the interval has passed at the failed refresh.
            Self::Lapsing { seconds: interval } => Some(now + seconds(interval / 2 - (interval / 3).min(32))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> Headers {
        let mut headers = Headers::new();
        pairs.iter().for_each(|(name, value)| headers.push(*name, value));
        headers
    }

    #[test]
    fn the_receiver_follows_the_table_of_rfc_4028() {
        let config = Config::udp(([127, 0, 0, 1], 5060).into(), [0; 32], 1);
        let of = |pairs: &[(&str, &str)]| Agreed::of_request(&headers(pairs), &config);
        assert_eq!(of(&[]).unwrap().timer, SessionTimer::Off);
        assert_eq!(of(&[("Supported", "timer"), ("Session-Expires", "60")]), Err(TooSmall(90)));
        let by = |pairs: &[(&str, &str)]| of(pairs).unwrap().timer;
        assert_eq!(
            by(&[("Supported", "timer"), ("Session-Expires", "600")]),
            SessionTimer::Theirs { seconds: 600 }
        );
        let uas =
            [("Supported", "timer"), ("Session-Expires", "600;refresher=uas"), ("Allow", "INVITE, UPDATE")];
        assert_eq!(by(&uas), SessionTimer::Ours { seconds: 600, by: By::Update });
        assert_eq!(by(&[("Session-Expires", "60")]), SessionTimer::Ours { seconds: 90, by: By::Reinvite });
        assert_eq!(by(&[("k", "timer")]), SessionTimer::Ours { seconds: 1_800, by: By::Reinvite });
    }

    #[test]
    fn an_absurd_interval_is_not_followed() {
        let timer = |value: &str| SessionTimer::of_response(&headers(&[("Session-Expires", value)]));
        assert_eq!(timer("0;refresher=uac"), SessionTimer::Ours { seconds: 60, by: By::Reinvite });
        assert_eq!(timer("1;refresher=uas"), SessionTimer::Theirs { seconds: 60 });
        assert_eq!(timer("never"), SessionTimer::Off);
    }

    #[test]
    fn the_watcher_gives_up_a_little_before_the_end() {
        let now = Timestamp::from_millis(0);
        assert_eq!(
            SessionTimer::Theirs { seconds: 1_800 }.next(now),
            Some(Timestamp::from_millis(1_768_000))
        );
        assert_eq!(SessionTimer::Theirs { seconds: 90 }.next(now), Some(Timestamp::from_millis(60_000)));
        assert_eq!(
            SessionTimer::Ours { seconds: 1_800, by: By::Update }.next(now),
            Some(Timestamp::from_millis(900_000))
        );
    }
}
