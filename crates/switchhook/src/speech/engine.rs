use std::ops::ControlFlow;

use super::voice::Language;

/// What an engine speaks in one go: a sentence or a part of one, in one language and style.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Unit {
    pub(super) language: Language,
    pub(super) style: Style,
    /// Plain text; anything an engine would take for markup is its business to disarm.
    pub(super) text: String,
}

/// Manner of speaking, in per cent of the voice's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Style {
    pub(super) rate: u16,
    pub(super) pitch: u16,
    pub(super) volume: u16,
}

impl Default for Style {
    fn default() -> Self {
        Self { rate: 100, pitch: 100, volume: 100 }
    }
}

/// A speech synthesiser. It lives on a thread of its own and may hang or panic there.
pub(super) trait Engine {
    /// Speaks `unit`; `sink` takes 16 kHz mono samples as they are made and may end it early.
    ///
    /// # Errors
    /// What went wrong, for the log. The engine is thrown away after an error.
    fn synthesise(
        &mut self,
        unit: &Unit,
        sink: &mut dyn FnMut(&[i16]) -> ControlFlow<()>,
    ) -> Result<(), String>;
}
