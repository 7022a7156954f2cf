//! The facts table of one service as written in `crates/api/facts`.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Everything known of one service.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) service: String,
    pub(crate) version: String,
    pub(crate) signing_name: String,
    /// Errors every operation can give, without the `Exception` of their wire names.
    pub(crate) common_errors: Vec<String>,
    pub(crate) operations: Vec<(String, Operation)>,
    pub(crate) shapes: Vec<(String, Shape)>,
}

/// One row of the operations table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operation {
    /// A: needed, B: useful, C: out of scope (no shapes).
    pub(crate) tier: Tier,
    pub(crate) method: String,
    /// With `{label}` segments.
    pub(crate) path: String,
    /// Literal query parameters that select the operation.
    #[serde(default)]
    pub(crate) query: Map<String, Value>,
    pub(crate) status: u16,
    #[serde(default)]
    pub(crate) errors: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(crate) enum Tier {
    A,
    B,
    C,
}

/// One named type.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Shape {
    String {
        min: Option<u32>,
        max: Option<u32>,
        pattern: Option<String>,
        #[serde(default)]
        sensitive: bool,
    },
    Enum {
        values: Vec<String>,
    },
    Integer {
        min: Option<i64>,
        max: Option<i64>,
    },
    Boolean {},
    Timestamp {},
    List {
        of: String,
        min: Option<u32>,
        max: Option<u32>,
    },
    Map {
        key: String,
        value: String,
        min: Option<u32>,
        max: Option<u32>,
    },
    Structure {
        members: Map<String, Value>,
        #[serde(default)]
        required: Vec<String>,
        /// Member → label of the path.
        #[serde(default)]
        path: Map<String, Value>,
        /// Member → query parameter.
        #[serde(default)]
        query: Map<String, Value>,
        /// Members that may hold a number although their shape is not sensitive: not printed.
        #[serde(default)]
        secret: Vec<String>,
    },
}

impl Facts {
    /// Reads and checks a table: every name it uses is defined in it.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let mut table: Map<String, Value> = serde_json::from_str(text)?;
        let mut take = |key: &str| table.remove(key).with_context(|| format!("`{key}` is missing"));
        let facts = Facts {
            service: serde_json::from_value(take("service")?)?,
            version: serde_json::from_value(take("version")?)?,
            signing_name: serde_json::from_value(take("signing_name")?)?,
            common_errors: serde_json::from_value(take("common_errors")?)?,
            operations: rows(take("operations")?)?,
            shapes: rows(take("shapes")?)?,
        };
        let errors: Map<String, Value> = serde_json::from_value(take("errors")?)?;
        ensure!(table.is_empty(), "unknown keys: {:?}", table.keys().collect::<Vec<_>>());
        for (name, operation) in &facts.operations {
            let unknown = operation.errors.iter().find(|error| !errors.contains_key(*error));
            ensure!(unknown.is_none(), "{name}: unknown error {unknown:?}");
            ensure!(operation.query.len() <= 1, "{name}: more than one literal query parameter");
        }
        for (name, shape) in &facts.shapes {
            shape.references().into_iter().try_for_each(|used| {
                facts.shape(used).with_context(|| format!("shape {name}"))?;
                Ok::<(), anyhow::Error>(())
            })?;
        }
        Ok(facts)
    }

    /// The shape of that name.
    pub(crate) fn shape(&self, name: &str) -> Result<&Shape> {
        match self.shapes.iter().find(|(other, _)| other == name) {
            Some((_, shape)) => Ok(shape),
            None => bail!("no shape named {name}"),
        }
    }

    /// The name of an operation's input (`Request`) or output (`Response`) structure, if it has one.
    pub(crate) fn structure_of(&self, operation: &str, suffix: &str) -> Option<String> {
        let name = format!("{operation}{suffix}");
        self.shapes.iter().any(|(shape, _)| *shape == name).then_some(name)
    }
}

impl Shape {
    /// Names of the shapes this one is made of, in order.
    pub(crate) fn references(&self) -> Vec<&str> {
        match self {
            Shape::List { of, .. } => vec![of],
            Shape::Map { key, value, .. } => vec![key, value],
            Shape::Structure { members, .. } => members.values().filter_map(Value::as_str).collect(),
            Shape::String { .. }
            | Shape::Enum { .. }
            | Shape::Integer { .. }
            | Shape::Boolean {}
            | Shape::Timestamp {} => Vec::new(),
        }
    }
}

fn rows<T: for<'a> Deserialize<'a>>(value: Value) -> Result<Vec<(String, T)>> {
    let table: Map<String, Value> = serde_json::from_value(value)?;
    table
        .into_iter()
        .map(|(name, row)| {
            let row = serde_json::from_value(row).with_context(|| name.clone())?;
            Ok((name, row))
        })
        .collect()
}
