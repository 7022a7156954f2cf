use std::fmt;
use std::ops::{Add, AddAssign, Sub};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Microseconds since the Unix epoch, handed in by the shell and never going back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The far future: a deadline that never comes.
    pub const MAX: Timestamp = Timestamp(u64::MAX);

    /// From microseconds since the Unix epoch.
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// From milliseconds since the Unix epoch.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis * 1_000)
    }

    /// Microseconds since the Unix epoch.
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// Milliseconds since the Unix epoch.
    pub const fn as_millis(self) -> u64 {
        self.0 / 1_000
    }

    /// Seconds since the Unix epoch.
    pub const fn as_secs(self) -> u64 {
        self.0 / 1_000_000
    }

    /// The time that passed since `earlier`; zero if `earlier` lies ahead.
    pub const fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0))
    }

    /// Year, month (1–12), day (1–31), hour, minute, second, millisecond in UTC.
    pub fn civil(self) -> Civil {
        let millis = self.as_millis();
        let (days, of_day) = ((millis / 86_400_000) as i64, millis % 86_400_000);
        // Howard Hinnant's days-to-civil, for days on or after the epoch.
        let z = days + 719_468;
        let era = z / 146_097;
        let doe = z - era * 146_097;
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = (doy - (153 * mp + 2) / 5 + 1) as u32;
        let month = if mp < 10 { mp + 3 } else { mp - 9 } as u32;
        let year = yoe + era * 400 + i64::from(month <= 2);
        Civil {
            year,
            month,
            day,
            hour: (of_day / 3_600_000) as u32,
            minute: (of_day / 60_000 % 60) as u32,
            second: (of_day / 1_000 % 60) as u32,
            milli: (of_day % 1_000) as u32,
        }
    }

    /// The moment of a UTC calendar date; none when a part is out of its range or the date lies before the epoch.
    pub fn from_civil(c: Civil) -> Option<Self> {
        let leap = c.year % 4 == 0 && (c.year % 100 != 0 || c.year % 400 == 0);
        let days_of_month = match c.month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u32::from(leap),
            _ => return None,
        };
        let fits = (1970..=9999).contains(&c.year)
            && (1..=days_of_month).contains(&c.day)
            && c.hour < 24
            && c.minute < 60
            && c.second < 60
            && c.milli < 1_000;
        if !fits {
            return None;
        }
        // Howard Hinnant's civil-to-days, for years from 1970.
        let year = c.year - i64::from(c.month <= 2);
        let (era, yoe) = (year / 400, year % 400);
        let doy =
            i64::from((153 * (if c.month > 2 { c.month - 3 } else { c.month + 9 }) + 2) / 5 + c.day - 1);
        let days = era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468;
        let seconds = days as u64 * 86_400 + u64::from(c.hour * 3_600 + c.minute * 60 + c.second);
        Some(Self::from_millis(seconds * 1_000 + u64::from(c.milli)))
    }

    /// Reads what [`Timestamp::iso8601`] prints; the fraction may be absent or have 1–9 digits.
    pub fn parse_iso8601(text: &str) -> Option<Self> {
        let body = text.strip_suffix('Z')?;
        let (body, fraction) = match body.split_once('.') {
            Some((body, fraction)) => (body, fraction),
            None => (body, "0"),
        };
        if body.len() != 19 || !(1..=9).contains(&fraction.len()) {
            return None;
        }
        for (i, b) in body.bytes().enumerate() {
            let fits = match i {
                4 | 7 => b == b'-',
                10 => b == b'T',
                13 | 16 => b == b':',
                _ => b.is_ascii_digit(),
            };
            if !fits {
                return None;
            }
        }
        if !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number = |from: usize, to: usize| body[from..to].parse::<u32>().ok();
        let milli = fraction.bytes().chain(*b"00").take(3).fold(0, |n, b| n * 10 + u32::from(b - b'0'));
        Self::from_civil(Civil {
            year: i64::from(number(0, 4)?),
            month: number(5, 7)?,
            day: number(8, 10)?,
            hour: number(11, 13)?,
            minute: number(14, 16)?,
            second: number(17, 19)?,
            milli,
        })
    }

    /// `2019-08-09T21:35:21.445Z`, the only form the AWS JavaScript SDK accepts.
    pub fn iso8601(self) -> String {
        let c = self.civil();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            c.year, c.month, c.day, c.hour, c.minute, c.second, c.milli
        )
    }
}

/// A moment of the UTC calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Year, such as 2026.
    pub year: i64,
    /// 1–12.
    pub month: u32,
    /// 1–31.
    pub day: u32,
    /// 0–23.
    pub hour: u32,
    /// 0–59.
    pub minute: u32,
    /// 0–59.
    pub second: u32,
    /// 0–999.
    pub milli: u32,
}

impl Add<Duration> for Timestamp {
    type Output = Timestamp;

    fn add(self, by: Duration) -> Timestamp {
        Timestamp(self.0.saturating_add(by.as_micros().min(u128::from(u64::MAX)) as u64))
    }
}

impl AddAssign<Duration> for Timestamp {
    fn add_assign(&mut self, by: Duration) {
        *self = *self + by;
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Timestamp;

    fn sub(self, by: Duration) -> Timestamp {
        Timestamp(self.0.saturating_sub(by.as_micros().min(u128::from(u64::MAX)) as u64))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso8601())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso8601_of_known_moments() {
        assert_eq!(Timestamp::from_millis(0).iso8601(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::from_millis(1_565_386_521_445).iso8601(), "2019-08-09T21:35:21.445Z");
        assert_eq!(Timestamp::from_millis(1_709_164_799_999).iso8601(), "2024-02-28T23:59:59.999Z");
        assert_eq!(Timestamp::from_millis(1_709_164_800_000).iso8601(), "2024-02-29T00:00:00.000Z");
    }

    #[test]
    fn what_is_printed_is_read_back() {
        for millis in [0, 951_782_399_999, 951_782_400_000, 1_709_164_800_000, 4_102_444_799_123] {
            let t = Timestamp::from_millis(millis);
            assert_eq!(Timestamp::parse_iso8601(&t.iso8601()), Some(t), "{t}");
            assert_eq!(Timestamp::from_civil(t.civil()), Some(t), "{t}");
        }
        assert_eq!(Timestamp::parse_iso8601("1970-01-01T00:00:01Z"), Some(Timestamp::from_millis(1_000)));
        assert_eq!(Timestamp::parse_iso8601("1970-01-01T00:00:00.5Z"), Some(Timestamp::from_millis(500)));
        for bad in [
            "",
            "Z",
            "1970-01-01T00:00:00",
            "1970-13-01T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "1970-01-01T24:00:00Z",
            "1970-01-01 00:00:00Z",
            "1970-01-01T00:00:00.Z",
            "19é0-01-01T00:00:00Z",
        ] {
            assert_eq!(Timestamp::parse_iso8601(bad), None, "{bad}");
        }
    }

    #[test]
    fn arithmetic_saturates() {
        let t = Timestamp::from_millis(5);
        assert_eq!(t - Duration::from_secs(1), Timestamp::default());
        assert_eq!(Timestamp::MAX + Duration::from_secs(1), Timestamp::MAX);
        assert_eq!(t.since(t + Duration::from_secs(1)), Duration::ZERO);
    }
}
