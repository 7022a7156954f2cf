//! Damages texts with fixed seeds, for tests of what reads them: whatever comes, it is read or refused.

use base::Rng;

/// One to four changes: a character replaced, removed or added; a piece cut, repeated or taken from another text; a number
/// made huge; the end cut off.
pub(crate) fn damaged(rng: &mut Rng, texts: &[&str]) -> String {
    const TELLING: &[u8] = b"{}[]()<>/&;=\"'\\,:.0-9e+ #\n\t\0\xff\xc3n";
    let pick = |rng: &mut Rng| texts[rng.below(texts.len() as u64) as usize].as_bytes();
    let mut bytes = pick(rng).to_vec();
    for _ in 0..=rng.below(4) {
        let at = rng.below(bytes.len() as u64 + 1) as usize;
        let end = (at + 1 + rng.below(40) as usize).min(bytes.len());
        let telling = TELLING[rng.below(TELLING.len() as u64) as usize];
        match rng.below(7) {
            0 if at < bytes.len() => bytes[at] = telling,
            1 => bytes.insert(at, telling),
            2 if at < bytes.len() => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end.max(at)].to_vec();
                let to = rng.below(bytes.len() as u64 + 1) as usize;
                bytes.splice(to..to, piece);
            }
            4 => {
                let other = pick(rng);
                let from = rng.below(other.len() as u64) as usize;
                let to = (from + 1 + rng.below(60) as usize).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            5 => {
                if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
                    let huge =
                        ["18446744073709551616", "9223372036854775807", "4294967296", "-1", "1e99", "0"];
                    let huge = huge[rng.below(huge.len() as u64) as usize];
                    let number = bytes[at + digit..].iter().take_while(|b| b.is_ascii_digit()).count();
                    bytes.splice(at + digit..at + digit + number, huge.bytes());
                }
            }
            _ if rng.one_in(4) => bytes.truncate(at),
            _ => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
