//! Finds the handler in a folder.

use std::path::Path;

use anyhow::bail;

/// Files looked into, in this order.
const PYTHON: [&str; 5] = ["index.py", "lambda_function.py", "app.py", "handler.py", "main.py"];
const NODE: [&str; 6] = ["index.mjs", "index.js", "index.cjs", "app.mjs", "app.js", "app.cjs"];
/// Names of the function, in this order.
const NAMES: [&str; 3] = ["handler", "lambda_handler", "lambdaHandler"];

/// A handler that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Handler {
    /// `runtime` of the configuration.
    pub(super) runtime: &'static str,
    /// `handler` of the configuration; empty where a bootstrap needs none.
    pub(super) handler: String,
    file: String,
}

impl Handler {
    /// In a line, for people.
    pub(super) fn title(&self, dir: &Path) -> String {
        let runtime = match self.runtime {
            "python3" => "Python",
            "node" => "Node",
            _ => "bootstrap",
        };
        let handler = if self.handler.is_empty() { String::new() } else { format!(", {}", self.handler) };
        format!("{} ({runtime}{handler})", dir.join(&self.file).display())
    }
}

/// The folder's handler.
pub(super) fn handler(dir: &Path) -> anyhow::Result<Handler> {
    let read = |file: &str| std::fs::read_to_string(dir.join(file)).ok();
    let mut seen = Vec::new();
    let node_main = read("package.json")
        .and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok())
        .and_then(|package| package["main"].as_str().map(|main| main.trim_start_matches("./").to_owned()));
    for file in PYTHON {
        let Some(text) = read(file) else { continue };
        match NAMES.into_iter().find(|name| defined_in_python(&text, name)) {
            Some(name) => return Ok(found("python3", file, name)),
            None => seen.push(file.to_owned()),
        }
    }
    for file in node_main.iter().map(String::as_str).chain(NODE) {
        let Some(text) = read(file) else { continue };
        match NAMES.into_iter().find(|name| exported_by_node(&text, name)) {
            Some(name) => return Ok(found("node", file, name)),
            None => seen.push(file.to_owned()),
        }
    }
    if dir.join("bootstrap").is_file() {
        return Ok(Handler { runtime: "provided", handler: String::new(), file: "bootstrap".into() });
    }
    if !seen.is_empty() {
        bail!("no handler in {}: {} define none of {}", dir.display(), seen.join(", "), NAMES.join(", "));
    }
    bail!(
        "no handler in {}: it has none of {}, {}, bootstrap or switchhook.toml",
        dir.display(),
        PYTHON.join(", "),
        NODE[..3].join(", ")
    )
}

fn found(runtime: &'static str, file: &str, name: &str) -> Handler {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    Handler { runtime, handler: format!("{stem}.{name}"), file: file.into() }
}

/// `def name(`, or `name = …` and an import of it, at the outermost level.
fn defined_in_python(text: &str, name: &str) -> bool {
    text.lines().any(|line| {
        let rest = line.strip_prefix("def ").or_else(|| line.strip_prefix("async def "));
        let called = rest.and_then(|rest| rest.trim_start().strip_prefix(name));
        let assigned = line.strip_prefix(name).filter(|rest| rest.trim_start().starts_with('='));
        called.is_some_and(|rest| rest.trim_start().starts_with('(')) || assigned.is_some()
    })
}

/// `exports.name =`, `export const name`, `export async function name`, `export { name }`, `module.exports = { name`.
fn exported_by_node(text: &str, name: &str) -> bool {
    let word = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').any(|word| word == name)
    };
    text.lines().enumerate().any(|(number, line)| {
        let line = line.trim_start();
        if line.starts_with("//") {
            return false;
        }
        if line.contains(&format!("exports.{name}")) || line.contains(&format!("exports[\"{name}\"]")) {
            return true;
        }
        // A list of exports may go on for some lines.
        let list = || text.lines().skip(number).take_while(|l| !l.contains('}')).chain(closing(text, number));
        if line.starts_with("module.exports") || line.starts_with("export {") {
            return list().any(word);
        }
        line.strip_prefix("export ").is_some_and(|rest| {
            let declared = rest.split(['=', '(']).next().unwrap_or(rest);
            ["const", "let", "var", "function", "async"].iter().any(|k| declared.starts_with(k))
                && word(declared)
        })
    })
}

/// The line that closes the braces opened on or behind line `from`.
fn closing(text: &str, from: usize) -> Option<&str> {
    text.lines().skip(from).find(|line| line.contains('}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_handlers_are_functions_of_the_module() {
        assert!(defined_in_python("import x\n\ndef handler(event, context):\n", "handler"));
        assert!(defined_in_python("handler = make()\n", "handler"));
        for other in ["    def handler(a):\n", "def handler_of(x):\n", "handlers = 1", "print(handler)"] {
            assert!(!defined_in_python(other, "handler"), "{other}");
        }
    }

    #[test]
    fn node_handlers_are_exported() {
        for text in [
            "exports.handler = async (event) => {}",
            "module.exports.handler = f",
            "module.exports = { handler, other }",
            "module.exports = {\n  other,\n  handler: f,\n}",
            "export const handler = async (event) => {}",
            "export async function handler(event) {}",
            "export {\n  handler,\n}",
        ] {
            assert!(exported_by_node(text, "handler"), "{text}");
        }
        for text in
            ["const handler = 1", "// exports.handler = x", "export const handlers = 1", "export default x"]
        {
            assert!(!exported_by_node(text, "handler"), "{text}");
        }
    }

    #[test]
    fn the_main_of_a_package_comes_first() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("src")).unwrap();
        std::fs::write(dir.path().join("package.json"), r#"{"main":"./src/sma.js"}"#).unwrap();
        std::fs::write(dir.path().join("src/sma.js"), "exports.lambdaHandler = f").unwrap();
        std::fs::write(dir.path().join("index.js"), "exports.handler = f").unwrap();
        assert_eq!(handler(dir.path()).unwrap(), found("node", "src/sma.js", "lambdaHandler"));
        assert_eq!(handler(dir.path()).unwrap().handler, "src/sma.lambdaHandler");
    }
}
