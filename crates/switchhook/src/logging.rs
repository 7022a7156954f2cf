//! Log lines on standard error.

use anyhow::Context;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use crate::config::{Log, LogFormat};

/// Starts logging; once per process.
pub fn start(config: &Log) -> anyhow::Result<()> {
    let filter =
        EnvFilter::try_new(&config.filter).with_context(|| format!("log.filter {:?}", config.filter))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.format {
        LogFormat::Text => builder.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).init(),
        LogFormat::Json => builder.json().init(),
    }
    Ok(())
}

/// Starts logging for somebody who sits in front of the terminal: what functions print, and what is wrong.
pub fn start_for_people(config: &Log) -> anyhow::Result<()> {
    if config.format == LogFormat::Json {
        return start(config);
    }
    let filter =
        EnvFilter::try_new(&config.filter).with_context(|| format!("log.filter {:?}", config.filter))?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .event_format(ForPeople)
        .init();
    Ok(())
}

/// `  │ a line that a function printed`, and `warning: something (field=value)`.
struct ForPeople;

impl<S, N> FormatEvent<S, N> for ForPeople
where
    S: tracing::Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut out: Writer<'_>,
        event: &tracing::Event<'_>,
    ) -> std::fmt::Result {
        let mut words = Words::default();
        event.record(&mut words);
        let colours = out.has_ansi_escapes();
        let (on, off) = match (colours, *event.metadata().level()) {
            (true, tracing::Level::ERROR) => ("\x1b[31m", "\x1b[0m"),
            (true, tracing::Level::WARN) => ("\x1b[33m", "\x1b[0m"),
            (true, _) => ("\x1b[2m", "\x1b[0m"),
            (false, _) => ("", ""),
        };
        if event.metadata().target() == "function" {
            return writeln!(out, "  {on}│{off} {}", words.message);
        }
        let level = event.metadata().level().as_str().to_lowercase();
        let fields =
            if words.fields.is_empty() { String::new() } else { format!(" ({})", words.fields.join(", ")) };
        writeln!(out, "{on}{level}:{off} {}{fields}", words.message)
    }
}

#[derive(Default)]
struct Words {
    message: String,
    fields: Vec<String>,
}

impl tracing::field::Visit for Words {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        match field.name() {
            "message" => self.message = format!("{value:?}"),
            name => self.fields.push(format!("{name}={value:?}")),
        }
    }
}
