use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::engine::Unit;

/// Speech that was made before, by unit: handlers say the same sentences over and over. The least recently used goes
/// first when the bytes are used up.
#[derive(Debug)]
pub(super) struct Cache {
    capacity: usize,
    used: usize,
    tick: u64,
    audio: HashMap<Unit, (Arc<[i16]>, u64)>,
    by_age: BTreeMap<u64, Unit>,
}

impl Cache {
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, used: 0, tick: 0, audio: HashMap::new(), by_age: BTreeMap::new() }
    }

    pub(super) fn get(&mut self, unit: &Unit) -> Option<Arc<[i16]>> {
        let (audio, age) = self.audio.get_mut(unit)?;
        self.tick += 1;
        let unit = self.by_age.remove(age)?;
        *age = self.tick;
        self.by_age.insert(self.tick, unit);
        Some(audio.clone())
    }

    pub(super) fn put(&mut self, unit: Unit, audio: Arc<[i16]>) {
        let size = size(&unit, &audio);
        // One long text must not push out everything else.
        if size > self.capacity / 4 || self.audio.contains_key(&unit) {
            return;
        }
        self.used += size;
        while self.used > self.capacity {
            let Some((_, oldest)) = self.by_age.pop_first() else { break };
            if let Some((audio, _)) = self.audio.remove(&oldest) {
                self.used -= self::size(&oldest, &audio);
            }
        }
        self.tick += 1;
        self.by_age.insert(self.tick, unit.clone());
        self.audio.insert(unit, (audio, self.tick));
    }
}

/// Bytes an entry costs; the text is kept twice.
fn size(unit: &Unit, audio: &[i16]) -> usize {
    std::mem::size_of_val(audio) + 2 * unit.text.len() + 200
}

#[cfg(test)]
mod tests {
    use super::super::engine::Style;
    use super::super::voice::Language;
    use super::*;

    fn unit(text: &str) -> Unit {
        Unit { language: Language::EnUs, style: Style::default(), text: text.into() }
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let mut cache = Cache::new(9_000);
        let audio: Arc<[i16]> = vec![0; 900].into();
        for name in ["a", "b", "c", "d"] {
            cache.put(unit(name), audio.clone());
        }
        assert!(cache.get(&unit("a")).is_some());
        cache.put(unit("e"), audio.clone());
        assert!(cache.get(&unit("b")).is_none());
        for name in ["a", "c", "d", "e"] {
            assert!(cache.get(&unit(name)).is_some(), "{name}");
        }
        assert!(cache.used <= cache.capacity);
        cache.put(unit("long"), vec![0; 5_000].into());
        assert!(cache.get(&unit("long")).is_none() && cache.get(&unit("a")).is_some());
    }

    #[test]
    fn style_and_language_are_part_of_the_key() {
        let mut cache = Cache::new(100_000);
        cache.put(unit("a"), vec![1].into());
        assert!(cache.get(&Unit { language: Language::DeDe, ..unit("a") }).is_none());
        assert!(cache.get(&Unit { style: Style { rate: 50, ..Style::default() }, ..unit("a") }).is_none());
    }
}
