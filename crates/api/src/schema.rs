//! Constraints of request members, as tables, and the one check that walks them.
//!
//! SDKs check little before they send, so every rule is enforced here. The refusal names the member
//! (`TargetApplications[0].Priority`) and the rule, never the value: it may be sensitive.

use std::fmt::{self, Write};
use std::sync::OnceLock;

use fancy_regex::Regex;
use serde_json::{Map, Value};

use crate::error::Error;

/// What a JSON value must be. Bounds are inclusive; lengths count characters, items or pairs.
#[derive(Debug)]
pub(crate) enum Shape {
    Text { min: u32, max: u32, pattern: Option<&'static Pattern> },
    Enum(&'static [&'static str]),
    Integer { min: i64, max: i64 },
    Boolean,
    List { of: &'static Shape, min: u32, max: u32 },
    Map { key: &'static Shape, value: &'static Shape, min: u32, max: u32 },
    Structure(&'static [Member]),
}

/// A member of a structure.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) shape: &'static Shape,
}

impl Member {
    pub(crate) const fn required(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, required: true, shape }
    }

    pub(crate) const fn optional(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, required: false, shape }
    }
}

/// A regular expression the whole text must match, compiled when first asked.
#[derive(Debug)]
pub(crate) struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// Whether the whole of `text` matches. A pattern that does not compile matches nothing; tests compile them all.
    fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(&format!(r"(?s)\A(?:{})\z", self.text)).ok());
        compiled.as_ref().is_some_and(|regex| regex.is_match(text).unwrap_or(false))
    }
}

/// Checks an object's members; members the table does not name are let through.
pub(crate) fn check(members: &'static [Member], object: &Map<String, Value>) -> Result<(), Error> {
    structure(members, object).map_err(|violation| Error::bad_request(violation.to_string()))
}

/// A broken rule and where, innermost step first.
struct Violation {
    path: Vec<Step>,
    rule: String,
}

enum Step {
    Member(&'static str),
    Index(usize),
    Key,
    Value,
}

impl Violation {
    fn new(rule: impl Into<String>) -> Self {
        Self { path: Vec::new(), rule: rule.into() }
    }

    fn within(mut self, step: Step) -> Self {
        self.path.push(step);
        self
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.path.iter().rev().enumerate() {
            match step {
                Step::Member(name) if i == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Index(at) => write!(f, "[{at}]")?,
                Step::Key => f.write_str(" key")?,
                Step::Value => f.write_str(" value")?,
            }
        }
        write!(f, " {}", self.rule)
    }
}

fn structure(members: &'static [Member], object: &Map<String, Value>) -> Result<(), Violation> {
    for member in members {
        let outcome = match object.get(member.name) {
            None | Some(Value::Null) if member.required => Err(Violation::new("is required")),
            None | Some(Value::Null) => Ok(()),
            Some(given) => value(member.shape, given),
        };
        outcome.map_err(|violation| violation.within(Step::Member(member.name)))?;
    }
    Ok(())
}

fn value(shape: &'static Shape, given: &Value) -> Result<(), Violation> {
    match (shape, given) {
        (Shape::Text { min, max, pattern }, Value::String(text)) => {
            length(text.chars().count(), *min, *max, "character")?;
            match pattern {
                Some(pattern) if !pattern.matches(text) => {
                    Err(Violation::new(format!("must match the pattern {}", pattern.text)))
                }
                _ => Ok(()),
            }
        }
        (Shape::Enum(values), Value::String(text)) => {
            if values.contains(&text.as_str()) {
                Ok(())
            } else {
                Err(Violation::new(format!("must be one of {}", values.join(", "))))
            }
        }
        (Shape::Integer { min, max }, Value::Number(number)) => match number.as_i64() {
            Some(n) if (*min..=*max).contains(&n) => Ok(()),
            Some(_) => Err(Violation::new(range(*min, *max))),
            None => Err(Violation::new("must be an integer")),
        },
        (Shape::Boolean, Value::Bool(_)) => Ok(()),
        (Shape::List { of, min, max }, Value::Array(items)) => {
            length(items.len(), *min, *max, "item")?;
            items.iter().enumerate().try_for_each(|(at, item)| {
                value(of, item).map_err(|violation| violation.within(Step::Index(at)))
            })
        }
        (Shape::Map { key: key_shape, value: value_shape, min, max }, Value::Object(pairs)) => {
            length(pairs.len(), *min, *max, "pair")?;
            pairs.iter().try_for_each(|(key, item)| {
                value(key_shape, &Value::String(key.clone())).map_err(|v| v.within(Step::Key))?;
                value(value_shape, item).map_err(|v| v.within(Step::Value))
            })
        }
        (Shape::Structure(members), Value::Object(object)) => structure(members, object),
        (Shape::Text { .. } | Shape::Enum(_), _) => Err(Violation::new("must be a string")),
        (Shape::Integer { .. }, _) => Err(Violation::new("must be an integer")),
        (Shape::Boolean, _) => Err(Violation::new("must be a boolean")),
        (Shape::List { .. }, _) => Err(Violation::new("must be a list")),
        (Shape::Map { .. } | Shape::Structure(_), _) => Err(Violation::new("must be an object")),
    }
}

fn length(count: usize, min: u32, max: u32, unit: &str) -> Result<(), Violation> {
    if (min as usize..=max as usize).contains(&count) {
        return Ok(());
    }
    let mut rule = "must have ".to_owned();
    let bound = match (min, max) {
        (min, max) if min == max => write!(rule, "exactly {min}").map(|()| max),
        (0, max) => write!(rule, "at most {max}").map(|()| max),
        (min, u32::MAX) => write!(rule, "at least {min}").map(|()| min),
        (min, max) => write!(rule, "{min} to {max}").map(|()| max),
    };
    let plural = if bound == Ok(1) { "" } else { "s" };
    Err(Violation::new(format!("{rule} {unit}{plural}")))
}

fn range(min: i64, max: i64) -> String {
    match (min, max) {
        (min, max) if max == i64::from(i32::MAX) => format!("must be an integer of at least {min}"),
        (min, max) => format!("must be an integer from {min} to {max}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{meetings, voice};

    fn patterns(shape: &'static Shape, found: &mut Vec<&'static Pattern>) {
        match shape {
            Shape::Text { pattern, .. } => found.extend(*pattern),
            Shape::List { of, .. } => patterns(of, found),
            Shape::Map { key, value, .. } => {
                [key, value].into_iter().for_each(|shape| patterns(shape, found))
            }
            Shape::Structure(members) => members.iter().for_each(|member| patterns(member.shape, found)),
            Shape::Enum(_) | Shape::Integer { .. } | Shape::Boolean => {}
        }
    }

    #[test]
    fn every_pattern_of_the_facts_compiles() {
        let mut found = Vec::new();
        let voice = voice::Operation::ALL.iter().filter_map(|operation| operation.input());
        let meetings = meetings::Operation::ALL.iter().filter_map(|operation| operation.input());
        for input in voice.chain(meetings) {
            input.members.iter().for_each(|member| patterns(member.shape, &mut found));
        }
        assert!(found.len() > 100, "{}", found.len());
        for pattern in found {
            pattern.matches("");
            assert!(pattern.compiled.get().is_some_and(Option::is_some), "{}", pattern.text);
        }
    }
}
