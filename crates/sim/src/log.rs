//! Log lines of the machines: an ERROR is a failure of the run.

use std::cell::RefCell;
use std::fmt::{self, Write};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

thread_local! {
    static ERRORS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Runs `work` and returns the ERROR lines it wrote.
pub fn collecting_errors<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    ERRORS.with_borrow_mut(Vec::clear);
    let result = tracing::subscriber::with_default(Collector, work);
    (result, ERRORS.with_borrow_mut(std::mem::take))
}

struct Collector;

impl Subscriber for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() == Level::ERROR
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(String::new());
        event.record(&mut line);
        ERRORS.with_borrow_mut(|errors| errors.push(line.0));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = if field.name() == "message" {
            write!(self.0, "{value:?} ")
        } else {
            write!(self.0, "{}={value:?} ", field.name())
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_collected_and_the_rest_is_not() {
        let ((), errors) = collecting_errors(|| {
            tracing::warn!("nothing to see");
            tracing::error!(call = 7, "it broke");
        });
        assert_eq!(errors, ["it broke call=7 "]);
    }
}
