//! The numbers the carriers offer: what a search finds and an order is served from.

use std::collections::BTreeMap;
use std::str::FromStr;

use base::E164;

/// One number, or a block of consecutive numbers of equal length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberRange {
    first: u64,
    last: u64,
}

/// The text is neither a number nor a block such as `+12065550100-+12065550199`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is neither a number such as +12065550100 nor a block such as +12065550100-+12065550199")]
pub struct NotNumberRange(pub String);

/// The digits as an integer; E.164 has at most 15 and none leads with 0, so this is one to one.
fn value(number: &E164) -> u64 {
    number.digits().bytes().fold(0, |value, digit| value * 10 + u64::from(digit - b'0'))
}

fn length(value: u64) -> u32 {
    value.checked_ilog10().map_or(1, |log| log + 1)
}

impl NumberRange {
    /// A block of one.
    pub fn one(number: &E164) -> Self {
        Self { first: value(number), last: value(number) }
    }
}

impl FromStr for NumberRange {
    type Err = NotNumberRange;

    fn from_str(text: &str) -> Result<Self, NotNumberRange> {
        let fail = || NotNumberRange(text.to_owned());
        let number = |part: &str| part.trim().parse::<E164>().map(|n| value(&n)).map_err(|_| fail());
        let range = match text.split_once('-') {
            Some((first, last)) => Self { first: number(first)?, last: number(last)? },
            None => Self { first: number(text)?, last: number(text)? },
        };
        let fits = range.first <= range.last && length(range.first) == length(range.last);
        if fits { Ok(range) } else { Err(fail()) }
    }
}

/// Every number the carriers offer, in numeric order, without overlaps.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pool {
    /// First number of a block → its last.
    blocks: BTreeMap<u64, u64>,
}

impl Pool {
    pub(crate) fn new(ranges: impl IntoIterator<Item = NumberRange>) -> Self {
        let mut sorted: Vec<_> = ranges.into_iter().map(|range| (range.first, range.last)).collect();
        sorted.sort_unstable();
        let mut blocks: BTreeMap<u64, u64> = BTreeMap::new();
        for (first, last) in sorted {
            match blocks.last_entry() {
                Some(mut open) if first <= *open.get() => *open.get_mut() = last.max(*open.get()),
                _ => {
                    blocks.insert(first, last);
                }
            }
        }
        Self { blocks }
    }

    pub(crate) fn contains(&self, number: &E164) -> bool {
        let value = value(number);
        self.blocks.range(..=value).next_back().is_some_and(|(_, &last)| value <= last)
    }

    /// One number of each block: enough to tell which countries and types are offered.
    pub(crate) fn samples(&self) -> impl Iterator<Item = E164> + '_ {
        self.blocks.keys().map(|&first| number(first))
    }

    /// Numbers whose digits begin with `prefix`, ascending, from `from` on.
    pub(crate) fn starting_with(&self, prefix: u64, from: Option<&E164>) -> impl Iterator<Item = E164> + '_ {
        // Numbers with this prefix form one interval per length; walk the lengths, clip the blocks to each.
        let from = from.map_or(0, value);
        (length(prefix)..=15).flat_map(move |digits| {
            let scale = 10_u64.pow(digits - length(prefix));
            let (low, high) = ((prefix * scale).max(from), prefix * scale + (scale - 1));
            let before = self.blocks.range(..low).next_back().map(|(&first, &last)| (first, last));
            let within = (low <= high).then(|| self.blocks.range(low..=high)).into_iter().flatten();
            before
                .into_iter()
                .chain(within.map(|(&first, &last)| (first, last)))
                .flat_map(move |(first, last)| first.max(low)..=last.min(high))
                .map(number)
        })
    }
}

fn number(value: u64) -> E164 {
    // A value of the pool came from an E.164 number, or lies between two of equal length.
    value.to_string().parse().expect("values of the pool are E.164 numbers")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(ranges: &[&str]) -> Pool {
        Pool::new(ranges.iter().map(|range| range.parse().unwrap()))
    }

    fn found(pool: &Pool, prefix: u64, from: Option<&str>) -> Vec<String> {
        let from = from.map(|from| from.parse().unwrap());
        pool.starting_with(prefix, from.as_ref()).map(String::from).collect()
    }

    #[test]
    fn overlapping_blocks_count_once() {
        let pool = pool(&["+12065550104-+12065550106", "+12065550100-+12065550104", "+12065550105"]);
        assert_eq!(found(&pool, 1, None).len(), 7);
        assert!(pool.contains(&"+12065550106".parse().unwrap()));
        assert!(!pool.contains(&"+12065550107".parse().unwrap()));
        assert_eq!(pool.samples().count(), 1);
    }

    #[test]
    fn a_prefix_clips_a_block_at_both_ends() {
        let pool = pool(&["+12065559998-+12065570001", "+15550100", "+442079460000"]);
        assert_eq!(found(&pool, 1_206_556, None).len(), 10_000);
        assert_eq!(found(&pool, 1_206_557, None), ["+12065570000", "+12065570001"]);
        assert_eq!(found(&pool, 1_555, None), ["+15550100"]);
        assert_eq!(found(&pool, 44, None), ["+442079460000"]);
        assert_eq!(found(&pool, 9, None), Vec::<String>::new());
        assert_eq!(found(&pool, 1_206, Some("+12065570001")), ["+12065570001"]);
        assert_eq!(found(&pool, 1_206, Some("+12065570002")), Vec::<String>::new());
    }

    #[test]
    fn blocks_are_of_one_length_and_ascend() {
        for bad in
            ["", "+1206555010x", "+12065550101-+12065550100", "+15550100-+12065550100", "-", "+12065550100-"]
        {
            assert!(bad.parse::<NumberRange>().is_err(), "{bad}");
        }
        assert_eq!("15550100".parse(), Ok(NumberRange::one(&"+15550100".parse().unwrap())));
    }
}
