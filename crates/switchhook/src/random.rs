//! The system's cryptographic generator: the only source of secrets.

/// Fills `bytes`.
pub fn fill(bytes: &mut [u8]) {
    aws_lc_rs::rand::fill(bytes).expect("the system has a random generator");
}

/// 64 random bits.
pub fn u64() -> u64 {
    let mut bytes = [0; 8];
    fill(&mut bytes);
    u64::from_ne_bytes(bytes)
}

/// `length` random characters `[a-z0-9]`.
pub fn token(length: usize) -> String {
    const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut bytes = vec![0; length];
    fill(&mut bytes);
    // 256 % 36 = 4: the bias is far below what matters for keys of 20 characters and more.
    bytes.into_iter().map(|b| char::from(ALPHABET[usize::from(b) % ALPHABET.len()])).collect()
}
