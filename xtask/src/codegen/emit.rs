//! Facts → unformatted Rust: the operations table first, then the two enums, then types, then constraints.

use std::collections::BTreeSet;
use std::fmt::Write;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use super::facts::{Facts, Operation, Shape, Tier};
use super::names::{constant, pascal, serde_pascal, snake};

/// Everything generated code may use; a service gets those it does use.
const IMPORTS: &[(&str, &[&str])] = &[
    ("std", &["fmt"]),
    ("base", &["E164", "Pii", "Timestamp"]),
    ("serde", &["Deserialize", "Serialize"]),
    ("serde_json", &["Value"]),
    ("crate::error", &["Kind"]),
    ("crate::rest", &["Input"]),
    ("crate::schema", &["Member", "Pattern", "Shape"]),
    ("crate::service", &["Facts", "Method", "Tier"]),
    ("crate::wire", &["Pairs", "Sensitive"]),
];

/// The whole `generated.rs` of a service.
pub(crate) fn service(module: &str, facts: &Facts) -> Result<String> {
    let mut out = String::new();
    writeln!(out, "\n/// Name of the service in its SDKs.\npub const SERVICE: &str = {:?};", facts.service)?;
    writeln!(out, "\n/// Version of the API.\npub const VERSION: &str = {:?};", facts.version)?;
    writeln!(
        out,
        "\n/// Service name in a signature's scope.\npub const SIGNING_NAME: &str = {:?};",
        facts.signing_name
    )?;
    operations(&mut out, facts)?;
    requests(&mut out, facts)?;
    responses(&mut out, facts)?;
    for (name, shape) in &facts.shapes {
        match shape {
            Shape::Structure { members, required, secret, .. } => {
                structure(&mut out, facts, name, members, required, secret)?;
                redaction(&mut out, name, members, secret)?;
            }
            Shape::Enum { values } => enumeration(&mut out, name, values)?,
            _ => {}
        }
    }
    constraints(&mut out, facts)?;
    Ok(format!("{}{out}", header(module, &out)))
}

fn header(module: &str, body: &str) -> String {
    let words: BTreeSet<&str> = body.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let mut text = format!(
        "// Written by `cargo xtask codegen` from crates/api/facts/{module}.json: change that, not this.\n"
    );
    for (path, names) in IMPORTS {
        let is_used = |name: &&str| match *name {
            // Values of the model may be called the same.
            "E164" | "Pii" => body.contains("Pii<E164>"),
            name => words.contains(name),
        };
        let used: Vec<&str> = names.iter().copied().filter(is_used).collect();
        if ["std", "base", "crate::error"].contains(path) {
            text.push('\n');
        }
        if !used.is_empty() {
            text.push_str(&format!("use {path}::{{{}}};\n", used.join(", ")));
        }
    }
    text
}

fn operations(out: &mut String, facts: &Facts) -> Result<()> {
    let count = facts.operations.len();
    writeln!(out, "\n/// Every operation of the service, served or not.")?;
    writeln!(
        out,
        "#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum Operation {{"
    )?;
    for (name, operation) in &facts.operations {
        writeln!(out, "/// `{} {}{}`\n{name},", operation.method, operation.path, query_text(operation))?;
    }
    writeln!(out, "}}\n")?;
    writeln!(
        out,
        "impl Operation {{
            /// All of them, in the order of their names.
            pub const ALL: [Operation; {count}] = ["
    )?;
    facts.operations.iter().try_for_each(|(name, _)| writeln!(out, "Operation::{name},"))?;
    writeln!(
        out,
        "];

            /// What the service's model says of it.
            pub const fn facts(self) -> &'static Facts {{
                &FACTS[self as usize]
            }}

            /// Its input structure; none when it takes no members or is out of scope.
            pub(crate) const fn input(self) -> Option<&'static Input> {{
                match self {{"
    )?;
    for (name, _) in &facts.operations {
        if let Some(input) = facts.structure_of(name, "Request") {
            writeln!(out, "Operation::{name} => Some(&{}_INPUT),", constant(&input))?;
        }
    }
    if facts.operations.iter().any(|(name, _)| facts.structure_of(name, "Request").is_none()) {
        writeln!(out, "_ => None,")?;
    }
    writeln!(out, "}}\n}}\n}}\n")?;
    let kinds = |errors: &[String]| {
        errors.iter().map(|error| format!("Kind::{error}")).collect::<Vec<_>>().join(", ")
    };
    writeln!(out, "/// The refusals every operation can give.")?;
    writeln!(out, "pub const COMMON_ERRORS: &[Kind] = &[{}];\n", kinds(&facts.common_errors))?;
    writeln!(out, "static FACTS: [Facts; {count}] = [")?;
    for (name, operation) in &facts.operations {
        let tier = match operation.tier {
            Tier::A => "Needed",
            Tier::B => "Useful",
            Tier::C => "OutOfScope",
        };
        let query = match operation.query.iter().next() {
            Some((key, value)) => format!("Some(({key:?}, {:?}))", value.as_str().context("a literal")?),
            None => "None".to_owned(),
        };
        writeln!(
            out,
            "Facts::row({name:?}, (Method::{}, {:?}, {query}), {}, Tier::{tier}, &[{}]),",
            pascal(&operation.method),
            member_path(facts, name, operation)?,
            operation.status,
            kinds(&operation.errors)
        )?;
    }
    writeln!(out, "];")?;
    Ok(())
}

/// The path with each label named as the member it carries.
fn member_path(facts: &Facts, name: &str, operation: &Operation) -> Result<String> {
    let mut text = operation.path.clone();
    if let Some(input) = facts.structure_of(name, "Request")
        && let Shape::Structure { path, .. } = facts.shape(&input)?
    {
        for (member, label) in path {
            let label = label.as_str().context("a label")?;
            text = text.replace(&format!("{{{label}}}"), &format!("{{{member}}}"));
        }
    }
    Ok(text)
}

fn requests(out: &mut String, facts: &Facts) -> Result<()> {
    let served = || facts.operations.iter().filter(|(_, operation)| operation.tier != Tier::C);
    writeln!(out, "\n/// A checked request of an operation in scope.")?;
    writeln!(out, "#[derive(Clone, Debug, PartialEq, Eq)]\npub enum Request {{")?;
    for (name, _) in served() {
        match facts.structure_of(name, "Request") {
            Some(input) => writeln!(out, "/// [`Operation::{name}`]\n{name}({input}),")?,
            None => writeln!(out, "/// [`Operation::{name}`]\n{name},")?,
        }
    }
    writeln!(
        out,
        "}}

        impl Request {{
            /// The operation it asks for.
            pub const fn operation(&self) -> Operation {{
                match self {{"
    )?;
    for (name, _) in served() {
        let fields = if facts.structure_of(name, "Request").is_some() { "(_)" } else { "" };
        writeln!(out, "Request::{name}{fields} => Operation::{name},")?;
    }
    writeln!(
        out,
        "}}
            }}

            /// From members that passed the operation's constraints; none for an operation out of scope.
            pub(crate) fn from_members(operation: Operation, members: Value) -> Option<serde_json::Result<Request>> {{
                Some(match operation {{"
    )?;
    for (name, _) in served() {
        match facts.structure_of(name, "Request") {
            Some(_) => {
                writeln!(out, "Operation::{name} => serde_json::from_value(members).map(Request::{name}),")?;
            }
            None => writeln!(out, "Operation::{name} => Ok(Request::{name}),")?,
        }
    }
    if served().count() < facts.operations.len() {
        writeln!(out, "_ => return None,")?;
    }
    writeln!(out, "}})\n}}\n}}")?;
    Ok(())
}

fn responses(out: &mut String, facts: &Facts) -> Result<()> {
    let served = || facts.operations.iter().filter(|(_, operation)| operation.tier != Tier::C);
    writeln!(out, "\n/// The successful answer to an operation in scope.")?;
    writeln!(out, "#[derive(Clone, Debug, PartialEq, Eq)]\npub enum Response {{")?;
    for (name, _) in served() {
        match facts.structure_of(name, "Response") {
            Some(output) => writeln!(out, "/// [`Operation::{name}`]\n{name}({output}),")?,
            None => writeln!(out, "/// [`Operation::{name}`]\n{name},")?,
        }
    }
    writeln!(
        out,
        "}}

        impl Response {{
            /// The operation it answers.
            pub const fn operation(&self) -> Operation {{
                match self {{"
    )?;
    for (name, _) in served() {
        let fields = if facts.structure_of(name, "Response").is_some() { "(_)" } else { "" };
        writeln!(out, "Response::{name}{fields} => Operation::{name},")?;
    }
    writeln!(
        out,
        "}}
            }}

            /// The JSON body; empty for an answer without members.
            pub(crate) fn to_body(&self) -> serde_json::Result<Vec<u8>> {{
                match self {{"
    )?;
    let (full, empty): (Vec<_>, Vec<_>) =
        served().map(|(name, _)| name).partition(|name| facts.structure_of(name, "Response").is_some());
    full.iter()
        .try_for_each(|name| writeln!(out, "Response::{name}(output) => serde_json::to_vec(output),"))?;
    let empty: Vec<String> = empty.iter().map(|name| format!("Response::{name}")).collect();
    writeln!(out, "{} => Ok(Vec::new()),\n}}\n}}\n}}", empty.join(" | "))?;
    Ok(())
}

fn structure(
    out: &mut String,
    facts: &Facts,
    name: &str,
    members: &Map<String, Value>,
    required: &[String],
    secret: &[String],
) -> Result<()> {
    let default = if required.is_empty() { "Default, " } else { "" };
    let debug = if secret.is_empty() { "Debug, " } else { "" };
    writeln!(out, "\n#[derive(Clone, {debug}{default}PartialEq, Eq, Serialize, Deserialize)]")?;
    writeln!(out, "#[serde(rename_all = \"PascalCase\")]\npub struct {name} {{")?;
    let (mut parameters, mut fields) = (Vec::new(), Vec::new());
    for (wire, shape) in members {
        let shape = shape.as_str().context("a member names its shape")?;
        let field = snake(wire);
        let ty = rust_type(facts, shape)?;
        let mut attributes = Vec::new();
        if serde_pascal(&field) != *wire {
            attributes.push(format!("rename = {wire:?}"));
        }
        let is_required = required.contains(wire);
        if matches!(facts.shape(shape)?, Shape::Timestamp {}) {
            if is_required {
                bail!("{name}.{wire}: required timestamps are not supported");
            }
            attributes.push("default, with = \"crate::wire::iso8601\"".to_owned());
        }
        if is_required {
            parameters.push(format!("{field}: {ty}"));
            fields.push(field.clone());
        } else {
            attributes.push("skip_serializing_if = \"Option::is_none\"".to_owned());
            fields.push(format!("{field}: None"));
        }
        if !attributes.is_empty() {
            writeln!(out, "#[serde({})]", attributes.join(", "))?;
        }
        let ty = if is_required { ty } else { format!("Option<{ty}>") };
        writeln!(out, "pub {field}: {ty},")?;
    }
    writeln!(out, "}}")?;
    if !required.is_empty() {
        writeln!(
            out,
            "\nimpl {name} {{
                /// With the required members; the others absent.
                pub const fn new({}) -> Self {{
                    Self {{ {} }}
                }}
            }}",
            parameters.join(", "),
            fields.join(", ")
        )?;
    }
    Ok(())
}

/// A `Debug` that leaves the secret members out.
fn redaction(out: &mut String, name: &str, members: &Map<String, Value>, secret: &[String]) -> Result<()> {
    if secret.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\nimpl fmt::Debug for {name} {{
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
                f.debug_struct({name:?})"
    )?;
    for member in members.keys() {
        let field = snake(member);
        let printed =
            if secret.contains(member) { "Sensitive(())".to_owned() } else { format!("self.{field}") };
        writeln!(out, ".field({:?}, &{printed})", field.trim_start_matches("r#"))?;
    }
    writeln!(out, ".finish()\n}}\n}}")?;
    Ok(())
}

fn rust_type(facts: &Facts, name: &str) -> Result<String> {
    Ok(match facts.shape(name)? {
        Shape::String { .. } if name == "E164PhoneNumber" => "Pii<E164>".to_owned(),
        Shape::String { sensitive: true, .. } => "Sensitive<String>".to_owned(),
        Shape::String { .. } => "String".to_owned(),
        Shape::Integer { min: Some(0..), max: Some(..=0xffff) } => "u16".to_owned(),
        Shape::Integer { min: Some(0..), .. } => "u32".to_owned(),
        Shape::Integer { .. } => "i32".to_owned(),
        Shape::Boolean {} => "bool".to_owned(),
        Shape::Timestamp {} => "Timestamp".to_owned(),
        Shape::List { of, .. } => format!("Vec<{}>", rust_type(facts, of)?),
        Shape::Map { key, value, .. } => match (facts.shape(key)?, facts.shape(value)?) {
            (Shape::String { .. }, Shape::String { .. }) => "Pairs".to_owned(),
            _ => bail!("{name}: maps are of strings to strings"),
        },
        Shape::Enum { .. } | Shape::Structure { .. } => name.to_owned(),
    })
}

fn enumeration(out: &mut String, name: &str, values: &[String]) -> Result<()> {
    writeln!(
        out,
        "\n#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]\npub enum {name} {{"
    )?;
    for value in values {
        if pascal(value) != *value {
            writeln!(out, "#[serde(rename = {value:?})]")?;
        }
        writeln!(out, "{},", pascal(value))?;
    }
    writeln!(
        out,
        "}}

        impl {name} {{
            /// All values, in the model's order.
            pub const ALL: &[Self] = &[{}];

            /// The wire name.
            pub const fn as_str(self) -> &'static str {{
                match self {{",
        values.iter().map(|value| format!("Self::{}", pascal(value))).collect::<Vec<_>>().join(", ")
    )?;
    values.iter().try_for_each(|value| writeln!(out, "Self::{} => {value:?},", pascal(value)))?;
    writeln!(out, "}}\n}}\n}}")?;
    Ok(())
}

/// Constraints of everything a request can hold; answers are ours and are not checked.
fn constraints(out: &mut String, facts: &Facts) -> Result<()> {
    let mut used = BTreeSet::new();
    let inputs: Vec<String> =
        facts.operations.iter().filter_map(|(name, _)| facts.structure_of(name, "Request")).collect();
    for input in &inputs {
        mark(facts, input, &mut used)?;
    }
    for (name, shape) in facts.shapes.iter().filter(|(name, _)| used.contains(name.as_str())) {
        let constant = constant(name);
        match shape {
            Shape::Structure { members, required, query, .. } if inputs.contains(name) => {
                let query: Vec<String> = query
                    .iter()
                    .map(|(member, wire)| Ok(format!("({:?}, {member:?})", wire.as_str().context("a name")?)))
                    .collect::<Result<_>>()?;
                writeln!(
                    out,
                    "\nstatic {constant}_INPUT: Input = Input {{ members: &[{}], query: &[{}] }};",
                    members_text(members, required)?,
                    query.join(", ")
                )?;
            }
            _ => writeln!(
                out,
                "\nstatic {constant}: Shape = {};",
                shape_text(&constant, shape, bounds(shape))?
            )?,
        }
        if let Shape::String { pattern: Some(pattern), .. } = shape {
            writeln!(out, "static {constant}_PATTERN: Pattern = Pattern::new({});", raw(pattern))?;
        }
    }
    Ok(())
}

fn mark<'a>(facts: &'a Facts, name: &'a str, used: &mut BTreeSet<String>) -> Result<()> {
    if used.insert(name.to_owned()) {
        for reference in facts.shape(name)?.references() {
            mark(facts, reference, used)?;
        }
    }
    Ok(())
}

/// Lower and upper bound as written in the constraint tables.
fn bounds(shape: &Shape) -> (String, String) {
    let length = |min: &Option<u32>, max: &Option<u32>| {
        (min.unwrap_or(0).to_string(), max.map_or("u32::MAX".to_owned(), |max| max.to_string()))
    };
    match shape {
        Shape::String { min, max, .. } | Shape::List { min, max, .. } | Shape::Map { min, max, .. } => {
            length(min, max)
        }
        Shape::Integer { min, max } => (
            min.map_or("i32::MIN as i64".to_owned(), |min| min.to_string()),
            max.map_or("i32::MAX as i64".to_owned(), |max| max.to_string()),
        ),
        Shape::Enum { .. } | Shape::Boolean {} | Shape::Timestamp {} | Shape::Structure { .. } => {
            (String::new(), String::new())
        }
    }
}

fn shape_text(name: &str, shape: &Shape, (min, max): (String, String)) -> Result<String> {
    Ok(match shape {
        Shape::String { pattern, .. } => {
            let pattern =
                if pattern.is_some() { format!("Some(&{name}_PATTERN)") } else { "None".to_owned() };
            format!("Shape::Text {{ min: {min}, max: {max}, pattern: {pattern} }}")
        }
        Shape::Enum { values } => format!("Shape::Enum(&{values:?})"),
        Shape::Integer { .. } => format!("Shape::Integer {{ min: {min}, max: {max} }}"),
        Shape::Boolean {} => "Shape::Boolean".to_owned(),
        Shape::Timestamp {} => bail!("{name}: a timestamp in a request is not supported"),
        Shape::List { of, .. } => format!("Shape::List {{ of: &{}, min: {min}, max: {max} }}", constant(of)),
        Shape::Map { key, value, .. } => format!(
            "Shape::Map {{ key: &{}, value: &{}, min: {min}, max: {max} }}",
            constant(key),
            constant(value)
        ),
        Shape::Structure { members, required, .. } => {
            format!("Shape::Structure(&[{}])", members_text(members, required)?)
        }
    })
}

fn members_text(members: &Map<String, Value>, required: &[String]) -> Result<String> {
    let members: Vec<String> = members
        .iter()
        .map(|(name, shape)| {
            let shape = constant(shape.as_str().context("a member names its shape")?);
            let kind = if required.contains(name) { "required" } else { "optional" };
            Ok(format!("Member::{kind}({name:?}, &{shape})"))
        })
        .collect::<Result<_>>()?;
    Ok(members.join(", "))
}

fn query_text(operation: &Operation) -> String {
    operation
        .query
        .iter()
        .map(|(key, value)| format!("?{key}={}", value.as_str().unwrap_or_default()))
        .collect()
}

fn raw(text: &str) -> String {
    if text.contains('"') { format!("{text:?}") } else { format!("r\"{text}\"") }
}
