/// How large a message may be; over a limit it is refused with 513 (or 400 where no answer can help).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of start line and header fields together.
    pub head: usize,
    /// Number of header fields.
    pub fields: usize,
    /// Bytes of one header field, folded lines included.
    pub field: usize,
    /// Bytes of body.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: 32 * 1024, fields: 256, field: 8 * 1024, body: 256 * 1024 }
    }
}
