use std::collections::BTreeMap;
use std::sync::Arc;

use media::Clip;

use super::Name;

/// Decoded clips with the tag of the bytes they came from; the one used longest ago goes first.
#[derive(Debug)]
pub(super) struct Cache {
    limit: usize,
    size: usize,
    clock: u64,
    clips: BTreeMap<Name, Entry>,
}

#[derive(Debug)]
struct Entry {
    tag: String,
    clip: Arc<Clip>,
    used: u64,
}

impl Cache {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, size: 0, clock: 0, clips: BTreeMap::new() }
    }

    pub(super) fn get(&mut self, name: &Name) -> Option<(String, Arc<Clip>)> {
        self.clock += 1;
        let entry = self.clips.get_mut(name)?;
        entry.used = self.clock;
        Some((entry.tag.clone(), entry.clip.clone()))
    }

    pub(super) fn put(&mut self, name: Name, tag: String, clip: Arc<Clip>) {
        self.clock += 1;
        let size = weight(&clip);
        if size > self.limit {
            return;
        }
        if let Some(old) = self.clips.insert(name, Entry { tag, clip, used: self.clock }) {
            self.size -= weight(&old.clip);
        }
        self.size += size;
        while self.size > self.limit {
            let Some(oldest) = self.clips.iter().min_by_key(|(_, e)| e.used).map(|(n, _)| n.clone()) else {
                break;
            };
            if let Some(gone) = self.clips.remove(&oldest) {
                self.size -= weight(&gone.clip);
            }
        }
    }
}

/// Samples and both G.711 encodings.
fn weight(clip: &Clip) -> usize {
    clip.samples().len() * 4 + 256
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(key: &str) -> Name {
        Name::new("b", key).unwrap()
    }

    #[test]
    fn the_one_used_longest_ago_goes_first() {
        let clip = || Arc::new(Clip::from_samples(vec![0; 1_000]));
        let mut cache = Cache::new(2 * weight(&clip()));
        cache.put(name("a"), "1".into(), clip());
        cache.put(name("b"), "1".into(), clip());
        assert!(cache.get(&name("a")).is_some());
        cache.put(name("c"), "1".into(), clip());
        assert!(cache.get(&name("b")).is_none());
        assert!(cache.get(&name("a")).is_some());
        cache.put(name("a"), "2".into(), clip());
        assert_eq!(cache.get(&name("a")).unwrap().0, "2");
        assert_eq!(cache.size, 2 * weight(&clip()));
    }
}
