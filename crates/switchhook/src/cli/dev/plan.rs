use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use toml::{Table, Value};

use super::DESK;
use super::detect::{self, Handler};
use crate::cli::place::CONFIG_FILE;
use crate::config;

/// Numbers seeded where the configuration has none.
const NUMBERS: [&str; 3] = ["+15550100", "+15550101", "+15550102"];
/// Where `switchhook answer` waits.
const ANSWER: &str = "sip:127.0.0.1:5070";

/// The configuration of a `dev`, in the making.
pub(super) struct Plan {
    table: Table,
    title: String,
}

impl Plan {
    /// What the folder's own configuration or its handler asks for, with the gaps filled.
    pub(super) fn of(dir: &Path, data: &Path) -> anyhow::Result<Self> {
        let file = dir.join(CONFIG_FILE);
        let (mut table, title) = if file.is_file() {
            (base(&file, dir)?, format!("{} of {}", CONFIG_FILE, dir.display()))
        } else {
            let handler = detect::handler(dir)?;
            (Table::new(), handler.title(dir)).tap_function(&handler, dir)
        };
        fill(&mut table, dir, data)?;
        Ok(Self { table, title })
    }

    /// What is run, in a line.
    pub(super) fn title(&self) -> String {
        self.title.clone()
    }

    /// The data folder.
    pub(super) fn data_dir(&self) -> PathBuf {
        self.table.get("data_dir").and_then(Value::as_str).map(PathBuf::from).unwrap_or_default()
    }

    /// Where the API is wanted.
    pub(super) fn api(&self, port: Option<u16>) -> anyhow::Result<SocketAddr> {
        self.wanted("api", "listen", port, 8080)
    }

    /// Where SIP is wanted.
    pub(super) fn sip(&self, port: Option<u16>) -> anyhow::Result<SocketAddr> {
        self.wanted("sip", "udp", port, 5060)
    }

    fn wanted(&self, part: &str, key: &str, port: Option<u16>, usual: u16) -> anyhow::Result<SocketAddr> {
        let given = self.table.get(part).and_then(|part| part.get(key)).and_then(Value::as_str);
        let mut address = match given {
            Some(text) => text.parse().with_context(|| format!("{part}.{key}: {text:?}"))?,
            None => SocketAddr::new(DESK, usual),
        };
        if let Some(port) = port {
            address.set_port(port);
        }
        Ok(address)
    }

    /// Decides where to listen.
    pub(super) fn listen(&mut self, api: SocketAddr, sip: SocketAddr) {
        let part = section(&mut self.table, "api");
        part.insert("listen".into(), api.to_string().into());
        // Nobody but this machine: any key will do.
        if api.ip().is_loopback() {
            part.entry("any_key").or_insert(true.into());
        }
        let part = section(&mut self.table, "sip");
        part.insert("udp".into(), sip.to_string().into());
        part.insert("tcp".into(), sip.to_string().into());
    }

    /// Listens by TLS too, with the certificate of the table or one that is made.
    pub(super) fn listen_by_tls(&mut self, address: SocketAddr) {
        let tls = section(section(&mut self.table, "api"), "tls");
        tls.insert("listen".into(), address.to_string().into());
        if !tls.contains_key("certificate") {
            tls.insert("self_signed".into(), true.into());
        }
    }

    /// The file.
    pub(super) fn text(&self) -> String {
        format!(
            "# Written by `switchhook dev` at each start; a copy of it is a good beginning for `switchhook serve`.\n{}",
            self.table
        )
    }
}

trait TapFunction {
    fn tap_function(self, handler: &Handler, dir: &Path) -> Self;
}

impl TapFunction for (Table, String) {
    /// Adds the function that was found.
    fn tap_function(mut self, handler: &Handler, dir: &Path) -> Self {
        let mut function = Table::new();
        function.insert("name".into(), name(dir).into());
        function.insert("runtime".into(), handler.runtime.into());
        function.insert("code".into(), dir.display().to_string().into());
        if !handler.handler.is_empty() {
            function.insert("handler".into(), handler.handler.clone().into());
        }
        self.0.insert("function".into(), Value::Array(vec![function.into()]));
        self
    }
}

/// The folder's own configuration, its paths made independent of where it lies.
fn base(file: &Path, dir: &Path) -> anyhow::Result<Table> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    // Read as it is first, so that what is wrong is said of the file that it is in.
    config::parse(&text, Vec::new()).with_context(|| file.display().to_string())?;
    let mut table: Table = toml::from_str(&text).with_context(|| file.display().to_string())?;
    let absolute = |value: &mut Value| {
        if let Some(path) = value.as_str() {
            *value = dir.join(path).display().to_string().into();
        }
    };
    if let Some(value) = table.get_mut("data_dir") {
        absolute(value);
    }
    if let Some(value) = table.get_mut("objects").and_then(|objects| objects.get_mut("folder")) {
        absolute(value);
    }
    let sites = table.get_mut("site").and_then(Value::as_array_mut);
    for value in sites.into_iter().flatten().filter_map(|site| site.get_mut("folder")) {
        absolute(value);
    }
    for key in ["certificate", "key"] {
        if let Some(value) =
            table.get_mut("api").and_then(|api| api.get_mut("tls")).and_then(|tls| tls.get_mut(key))
        {
            absolute(value);
        }
    }
    for function in functions(&mut table) {
        if let Some(value) = function.get_mut("code") {
            absolute(value);
        }
        if let Some(value) = function.get_mut("interpreter")
            && value.as_str().is_some_and(|program| program.contains('/'))
        {
            absolute(value);
        }
    }
    Ok(table)
}

/// What a node on one desk needs and the table does not say.
fn fill(table: &mut Table, dir: &Path, data: &Path) -> anyhow::Result<()> {
    table.entry("data_dir").or_insert(data.display().to_string().into());
    let objects = section(table, "objects");
    if !objects.contains_key("endpoint") {
        objects.entry("folder").or_insert(dir.join("objects").display().to_string().into());
    }
    section(table, "media").entry("bind").or_insert(DESK.to_string().into());
    section(table, "media").entry("webrtc").or_insert(format!("{DESK}:0").into());
    // The functions' own output, and of the node what needs attention: its calls are told in lines of their own.
    section(table, "log").entry("filter").or_insert("warn,function=info".into());
    let mut names = Vec::new();
    for function in functions(table) {
        let runtime = function.get("runtime").and_then(Value::as_str).unwrap_or_default().to_owned();
        if matches!(runtime.as_str(), "python3" | "node" | "provided") {
            function.entry("reload").or_insert(true.into());
        }
        names.extend(function.get("name").and_then(Value::as_str).map(str::to_owned));
    }
    if names.is_empty() {
        bail!("{} has no [[function]]", dir.join(CONFIG_FILE).display());
    }
    carrier(table)?;
    seed(table, &names);
    Ok(())
}

/// Loopback as a carrier: `switchhook call` comes from there, and what is dialled goes to `switchhook answer`.
fn carrier(table: &mut Table) -> anyhow::Result<()> {
    let Value::Array(carriers) = table.entry("carrier").or_insert(Value::Array(Vec::new())) else {
        bail!("`carrier` is a list of tables: [[carrier]]");
    };
    let texts = |carrier: &Value, key: &str| -> Vec<String> {
        let list = carrier.get(key).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    if carriers.iter().any(|c| texts(c, "sources").iter().any(|source| source.starts_with("127."))) {
        return Ok(());
    }
    let mut loopback = Table::new();
    loopback.insert("name".into(), "loopback".into());
    loopback.insert("uri".into(), ANSWER.into());
    loopback.insert("sources".into(), vec!["127.0.0.0/8"].into());
    // Numbers that a real carrier takes stay with it.
    if carriers.iter().all(|c| texts(c, "prefixes").is_empty()) {
        loopback.insert("prefixes".into(), vec!["+"].into());
    }
    loopback.insert("numbers".into(), vec!["+15550110", "+15550111", "+15550112"].into());
    carriers.push(loopback.into());
    Ok(())
}

/// A number, an application and a rule for each function, where the configuration has no seed of its own.
fn seed(table: &mut Table, functions: &[String]) {
    let seed = section(table, "seed");
    let has =
        |seed: &Table, key: &str| seed.get(key).and_then(Value::as_array).is_some_and(|a| !a.is_empty());
    if has(seed, "rule") || has(seed, "application") {
        return;
    }
    let mut numbers: Vec<String> = seed
        .get("numbers")
        .and_then(Value::as_array)
        .map(|list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        .unwrap_or_default();
    for number in NUMBERS {
        if numbers.len() < NUMBERS.len().max(functions.len()) && !numbers.iter().any(|n| n == number) {
            numbers.push(number.into());
        }
    }
    let mut applications = Vec::new();
    let mut rules = Vec::new();
    for (index, function) in functions.iter().enumerate() {
        let mut application = Table::new();
        application.insert("name".into(), function.clone().into());
        application.insert("function".into(), function.clone().into());
        // The same at each beginning: it can be written into scripts.
        application.insert("id".into(), format!("00000000-0000-4000-8000-{:012}", index + 1).into());
        applications.push(Value::from(application));
        if let Some(number) = numbers.get(index) {
            let mut rule = Table::new();
            rule.insert("name".into(), function.clone().into());
            rule.insert("number".into(), number.clone().into());
            rule.insert("applications".into(), vec![function.clone()].into());
            rules.push(Value::from(rule));
        }
    }
    seed.insert("numbers".into(), numbers.into());
    seed.insert("application".into(), Value::Array(applications));
    seed.insert("rule".into(), Value::Array(rules));
}

fn section<'a>(table: &'a mut Table, name: &str) -> &'a mut Table {
    let value = table.entry(name).or_insert_with(|| Value::Table(Table::new()));
    if !value.is_table() {
        *value = Value::Table(Table::new());
    }
    value.as_table_mut().expect("it was made a table above")
}

fn functions(table: &mut Table) -> impl Iterator<Item = &mut Table> {
    table
        .get_mut("function")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
        .filter_map(Value::as_table_mut)
}

/// The folder's name as a function's.
fn name(dir: &Path) -> String {
    let name = dir.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let name: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).take(64).collect();
    if name.is_empty() { "handler".into() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(files: &[(&str, &str)]) -> anyhow::Result<config::Config> {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        let mut plan = Plan::of(dir.path(), &dir.path().join(".switchhook"))?;
        plan.listen(plan.api(None)?, plan.sip(Some(5080))?);
        Ok(config::parse(&plan.text(), Vec::new()).unwrap())
    }

    #[test]
    fn a_handler_gets_a_number_an_application_and_a_way_out() {
        let config = plan(&[("index.py", "def handler(event, context):\n    pass\n")]).unwrap();
        assert_eq!(config.function[0].handler.as_deref(), Some("index.handler"));
        assert!(config.function[0].reload && config.api.any_key);
        assert_eq!(config.seed.rule[0].number.as_deref(), Some("+15550100"));
        assert_eq!(config.seed.numbers.len(), 3);
        assert_eq!(config.carrier[0].prefixes, ["+"]);
        assert_eq!(config.sip.udp, Some("127.0.0.1:5080".parse().unwrap()));
    }

    #[test]
    fn a_configuration_is_kept_and_its_gaps_are_filled() {
        let text = "[[function]]\nname = \"a\"\nruntime = \"node\"\ncode = \"a\"\nhandler = \"index.handler\"\nreload = false\n\
                    [[function]]\nname = \"b\"\nruntime = \"provided\"\ncode = \"b\"\n\
                    [[carrier]]\nname = \"telco\"\nuri = \"sip:telco.example\"\nprefixes = [\"+1\"]\n\
                    [seed]\nnumbers = [\"+15551234\"]\n";
        let config = plan(&[("switchhook.toml", text)]).unwrap();
        assert!(config.function[0].code.as_ref().unwrap().is_absolute());
        assert!(!config.function[0].reload && config.function[1].reload);
        assert_eq!(config.carrier[1].name, "loopback");
        assert!(config.carrier[1].prefixes.is_empty(), "the real carrier keeps its numbers");
        let rules: Vec<_> = config.seed.rule.iter().map(|r| r.number.clone().unwrap()).collect();
        assert_eq!(rules, ["+15551234", "+15550100"]);
    }

    #[test]
    fn a_broken_configuration_and_an_empty_folder_are_told() {
        let error = plan(&[("switchhook.toml", "[sip]\nupd = \"x\"")]).unwrap_err();
        assert!(format!("{error:#}").contains("did you mean `sip.udp`"), "{error:#}");
        let error = plan(&[]).unwrap_err();
        assert!(format!("{error:#}").contains("no handler"), "{error:#}");
    }
}
