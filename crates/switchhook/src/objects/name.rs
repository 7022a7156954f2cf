use std::fmt;

/// A bucket and a key that cannot lead anywhere else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    bucket: String,
    key: String,
}

/// Why a bucket or a key cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    /// Buckets have 1–64 characters `[A-Za-z0-9._-]` and begin with a letter or digit.
    #[error("{0:?} cannot be a bucket")]
    Bucket(String),
    /// Keys have 1–1,024 bytes; no part of them is empty, `.` or `..`.
    #[error("{0:?} cannot be a key")]
    Key(String),
}

impl Name {
    /// Checks both.
    pub fn new(bucket: &str, key: &str) -> Result<Self, BadName> {
        let begins_well = bucket.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
        let all_well = bucket.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
        if !begins_well || !all_well || bucket.len() > 64 || bucket.contains("..") {
            return Err(BadName::Bucket(bucket.into()));
        }
        let parts_well = key.split('/').all(|part| !matches!(part, "" | "." | ".."));
        if key.len() > 1_024 || !parts_well || key.chars().any(|c| c.is_control() || c == '\\') {
            return Err(BadName::Key(key.into()));
        }
        Ok(Self { bucket: bucket.into(), key: key.into() })
    }

    /// The bucket.
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// The key.
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.bucket, self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        for (bucket, key) in [("prompts", "menu.wav"), ("a.b-c", "x/y z/ü.wav"), ("r", "call-/id-0.wav")] {
            assert!(Name::new(bucket, key).is_ok(), "{bucket} {key}");
        }
        for (bucket, key) in [
            ("", "k"),
            (".hidden", "k"),
            ("a/b", "k"),
            ("a..b", "k"),
            ("b", ""),
            ("b", "/etc/passwd"),
            ("b", "../x"),
            ("b", "x/../../y"),
            ("b", "x//y"),
            ("b", "x/."),
            ("b", "a\0b"),
            ("b", "a\\b"),
            ("b", "x/"),
        ] {
            assert!(Name::new(bucket, key).is_err(), "{bucket:?} {key:?}");
        }
    }
}
