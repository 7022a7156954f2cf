//! `cargo xtask compatibility [--check]`: COMPATIBILITY.md from `docs/compatibility.toml`.
//!
//! The rows that must be there come from the code: every operation, action, event and error. A row for a word that the
//! code does not know must say `not yet`. Every other row names tests, and each must exist; messages must stand in the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

/// Whether to write or to compare.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Check,
}

const FILE: &str = "COMPATIBILITY.md";
const DATA: &str = "docs/compatibility.toml";
/// Where tests stand.
const PLACES: [&str; 3] = ["crates", "tests", "xtask"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    operations: BTreeMap<String, Row>,
    meetings_operations: BTreeMap<String, Row>,
    actions: BTreeMap<String, Row>,
    events: BTreeMap<String, Row>,
    response_errors: BTreeMap<String, Row>,
    action_errors: BTreeMap<String, Row>,
    api_errors: BTreeMap<String, Row>,
    message: Vec<Message>,
    feature: Vec<Feature>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    is: State,
    #[serde(default)]
    test: Names,
    how: Option<String>,
}

/// What stands in `ErrorMessage`; `<…>` in it is filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    r#type: String,
    text: String,
    is: State,
    test: Names,
    how: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Feature {
    area: String,
    name: String,
    is: State,
    test: Names,
    how: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
enum State {
    #[serde(rename = "same")]
    Same,
    #[serde(rename = "differs")]
    Differs,
    #[serde(rename = "not yet")]
    NotYet,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Many(Vec<String>),
}

impl Default for Names {
    fn default() -> Self {
        Names::Many(Vec::new())
    }
}

impl Names {
    fn all(&self) -> &[String] {
        match self {
            Names::One(name) => std::slice::from_ref(name),
            Names::Many(names) => names,
        }
    }
}

/// Writes the table, or fails where it is not up to date; fails where the data contradict the code.
pub(crate) fn run(mode: Mode) -> anyhow::Result<()> {
    let root = super::root();
    let text = std::fs::read_to_string(root.join(DATA)).context(DATA)?;
    let data: Data = toml::from_str(&text).context(DATA)?;
    let sources = Sources::read(&root)?;
    let findings = check(&data, &sources);
    if !findings.is_empty() {
        bail!("{DATA}:\n{}", findings.join("\n"));
    }
    let page = render(&data);
    let path = root.join(FILE);
    match mode {
        Mode::Write => std::fs::write(path, page)?,
        Mode::Check if std::fs::read_to_string(path).ok().as_deref() == Some(&page) => {}
        Mode::Check => bail!("{FILE} is not up to date: run cargo xtask compatibility"),
    }
    Ok(())
}

/// What the repository holds, as far as rows refer to it.
struct Sources {
    /// Names of all functions.
    functions: BTreeSet<String>,
    engine_folder: PathBuf,
    /// The call engine's text, white space and line continuations made one.
    engine: String,
}

impl Sources {
    fn read(root: &Path) -> anyhow::Result<Self> {
        let engine_folder = root.join("crates/call/src");
        let mut sources = Self { functions: BTreeSet::new(), engine_folder, engine: String::new() };
        for place in PLACES {
            sources.read_folder(&root.join(place))?;
        }
        Ok(sources)
    }

    fn read_folder(&mut self, folder: &Path) -> anyhow::Result<()> {
        let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
        let mut paths: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
        paths.sort();
        for path in paths {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() {
                if !matches!(name, "target" | "node_modules" | "__pycache__") {
                    self.read_folder(&path)?;
                }
            } else if name.ends_with(".rs") || name.ends_with(".py") {
                let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
                self.functions.extend(text.lines().filter_map(function_of).map(str::to_owned));
                if path.starts_with(&self.engine_folder) {
                    let words: Vec<&str> = text.split_whitespace().filter(|word| *word != "\\").collect();
                    self.engine.push_str(&words.join(" "));
                }
            }
        }
        Ok(())
    }

    fn says(&self, message: &str) -> bool {
        let fixed = message.split('<').map(|part| part.rsplit('>').next().unwrap_or(part));
        fixed.map(str::trim).filter(|part| !part.is_empty()).all(|part| self.engine.contains(part))
    }
}

/// The name of the function that a line begins.
fn function_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let line = line.strip_prefix("async ").unwrap_or(line);
    let rest = line.strip_prefix("fn ").or_else(|| line.strip_prefix("def "))?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    Some(&rest[..end])
}

fn check(data: &Data, sources: &Sources) -> Vec<String> {
    let mut findings = Vec::new();
    let operations = api::voice::Operation::ALL.map(|operation| operation.facts().name);
    let response_errors: Vec<_> = call::response_errors().map(|(name, _)| name).collect();
    check_words("operations", &data.operations, operations, &mut findings);
    let meetings = api::meetings::Operation::ALL.map(|operation| operation.facts().name);
    check_words("meetings_operations", &data.meetings_operations, meetings, &mut findings);
    check_words("actions", &data.actions, call::actions(), &mut findings);
    check_words("events", &data.events, call::EVENTS, &mut findings);
    check_words("response_errors", &data.response_errors, response_errors, &mut findings);
    check_words("action_errors", &data.action_errors, call::action_errors(), &mut findings);
    let api_errors = api::Kind::ALL.map(api::Kind::exception);
    check_words("api_errors", &data.api_errors, api_errors, &mut findings);
    for (name, is, how, tests) in rows(data) {
        if is == State::Differs && how.is_none() {
            findings.push(format!("{name}: it does not say how it differs"));
        }
        if tests.is_empty() && is != State::NotYet {
            findings.push(format!("{name}: it names no test"));
        }
        for test in tests.iter().filter(|test| !sources.functions.contains(*test)) {
            findings.push(format!("{name}: there is no test {test}"));
        }
    }
    for message in &data.message {
        if !data.action_errors.contains_key(&message.r#type) {
            findings.push(format!("{:?}: there is no error {}", message.text, message.r#type));
        }
        if message.is != State::NotYet && !sources.says(&message.text) {
            findings.push(format!("{:?}: the engine never says so", message.text));
        }
    }
    findings
}

/// Every word of the code has a row, and every other row is of something that is not there yet.
fn check_words<'a>(
    section: &str,
    rows: &BTreeMap<String, Row>,
    words: impl IntoIterator<Item = &'a str>,
    findings: &mut Vec<String>,
) {
    let words: BTreeSet<&str> = words.into_iter().collect();
    for word in words.iter().filter(|word| !rows.contains_key(**word)) {
        findings.push(format!("[{section}] has no row {word}"));
    }
    for (name, row) in rows {
        if row.is != State::NotYet && !words.contains(name.as_str()) {
            findings.push(format!("[{section}] {name}: the code does not know it"));
        }
    }
}

fn rows(data: &Data) -> impl Iterator<Item = (&str, State, Option<&str>, &[String])> {
    let sections = [
        &data.operations,
        &data.meetings_operations,
        &data.actions,
        &data.events,
        &data.response_errors,
        &data.action_errors,
        &data.api_errors,
    ];
    let words = sections
        .into_iter()
        .flatten()
        .map(|(name, row)| (name.as_str(), row.is, row.how.as_deref(), row.test.all()));
    let messages = data.message.iter().map(|m| (m.text.as_str(), m.is, m.how.as_deref(), m.test.all()));
    let features = data.feature.iter().map(|f| (f.name.as_str(), f.is, f.how.as_deref(), f.test.all()));
    words.chain(messages).chain(features)
}

fn render(data: &Data) -> String {
    let mut page = String::from(
        "# Compatibility\n\n\
         What Switchhook does as Amazon Chime SDK PSTN Audio and Amazon Chime SDK meetings do it, what differs and how, and what is not there yet.\n\
         Rows name the tests that show them. Written by `cargo xtask compatibility` from `docs/compatibility.toml`.\n\n",
    );
    page.push_str("| | same | differs | not yet |\n|---|---|---|---|\n");
    let sections: [(&str, &BTreeMap<String, Row>); 7] = [
        ("Operations of `chime-sdk-voice`", &data.operations),
        ("Operations of `chime-sdk-meetings`", &data.meetings_operations),
        ("Actions", &data.actions),
        ("Events", &data.events),
        ("Errors of `INVALID_LAMBDA_RESPONSE`", &data.response_errors),
        ("Errors of `ACTION_FAILED`", &data.action_errors),
        ("Errors of the API", &data.api_errors),
    ];
    for (title, rows) in sections {
        summary(&mut page, title, rows.values().map(|row| row.is));
    }
    summary(&mut page, "Messages", data.message.iter().map(|message| message.is));
    summary(&mut page, "SIP, media and the rest", data.feature.iter().map(|feature| feature.is));
    for (title, rows) in sections {
        heading(&mut page, title);
        for (name, row) in rows {
            line(&mut page, &format!("`{name}`"), row.is, row.how.as_deref(), &row.test);
        }
    }
    heading(&mut page, "Messages");
    for message in &data.message {
        let name = format!("`{}`: {}", message.r#type, escape(&message.text));
        line(&mut page, &name, message.is, message.how.as_deref(), &message.test);
    }
    let messages = call::response_errors().map(|(name, text)| format!("`{name}`: {}", escape(&text)));
    page.push_str("\n`INVALID_LAMBDA_RESPONSE` says:\n\n");
    messages.for_each(|message| page.push_str(&format!("- {message}\n")));
    let mut areas: Vec<&str> = Vec::new();
    for feature in &data.feature {
        if !areas.contains(&feature.area.as_str()) {
            areas.push(&feature.area);
        }
    }
    for area in areas {
        heading(&mut page, area);
        for feature in data.feature.iter().filter(|feature| feature.area == area) {
            line(&mut page, &feature.name, feature.is, feature.how.as_deref(), &feature.test);
        }
    }
    page
}

fn summary(page: &mut String, title: &str, states: impl Iterator<Item = State> + Clone) {
    let count = |wanted| states.clone().filter(|state| *state == wanted).count();
    let (same, differs, not_yet) = (count(State::Same), count(State::Differs), count(State::NotYet));
    writeln!(page, "| {title} | {same} | {differs} | {not_yet} |").expect("text takes everything");
}

fn heading(page: &mut String, title: &str) {
    write!(page, "\n## {title}\n\n| | | how | shown by |\n|---|---|---|---|\n")
        .expect("text takes everything");
}

fn line(page: &mut String, name: &str, is: State, how: Option<&str>, tests: &Names) {
    let is = match is {
        State::Same => "same",
        State::Differs => "differs",
        State::NotYet => "not yet",
    };
    let tests: Vec<_> = tests.all().iter().map(|test| format!("`{test}`")).collect();
    let how = how.unwrap_or_default();
    writeln!(page, "| {name} | {is} | {how} | {} |", tests.join(", ")).expect("text takes everything");
}

/// Angle brackets are no tags.
fn escape(text: &str) -> String {
    text.replace('<', "\\<")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_up_to_date() {
        run(Mode::Check).unwrap();
    }

    #[test]
    fn functions_of_both_languages_are_found() {
        assert_eq!(function_of("    async fn calls_end() {"), Some("calls_end"));
        assert_eq!(function_of("def test_calls(exchange):"), Some("test_calls"));
        assert_eq!(function_of("pub fn run<T>() {"), Some("run"));
        assert_eq!(function_of("// fn run()"), None);
    }

    #[test]
    fn missing_rows_unknown_rows_and_missing_tests_are_found() {
        let row = |is, test: &str| Row { is, test: Names::One(test.into()), how: None };
        let rows = BTreeMap::from([
            ("Known".to_owned(), row(State::Same, "there")),
            ("Planned".to_owned(), row(State::NotYet, "there")),
            ("Invented".to_owned(), row(State::Same, "there")),
        ]);
        let mut findings = Vec::new();
        check_words("words", &rows, ["Known", "Forgotten"], &mut findings);
        assert_eq!(findings, ["[words] has no row Forgotten", "[words] Invented: the code does not know it"]);
    }
}
