use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Deserializer};
use toml::{Table, Value};

use super::{Config, KEYS};

/// Why a configuration cannot be used; one line each.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {}", .0.display(), .1)]
    Unreadable(PathBuf, std::io::Error),
    /// The file is no TOML.
    #[error("not valid TOML: {0}")]
    Syntax(String),
    /// A key nobody knows.
    #[error("unknown key `{key}`{}", .nearest.map(|n| format!(", did you mean `{n}`?")).unwrap_or_default())]
    UnknownKey {
        /// The key as written.
        key: String,
        /// The nearest known one.
        nearest: Option<&'static str>,
    },
    /// An environment variable that names no key.
    #[error("unknown variable {variable}{}", .nearest.as_ref().map(|n| format!(", did you mean {n}?")).unwrap_or_default())]
    UnknownVariable {
        /// The variable.
        variable: String,
        /// The nearest known one.
        nearest: Option<String>,
    },
    /// A value of the wrong type or out of range.
    #[error("{0}")]
    Value(String),
}

/// Reads `file` (defaults where `None`) and applies the `SWITCHHOOK_*` variables among `variables`.
pub fn load(
    file: Option<&Path>,
    variables: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let text = match file {
        Some(file) => std::fs::read_to_string(file).map_err(|e| ConfigError::Unreadable(file.into(), e))?,
        None => String::new(),
    };
    let mut config = parse(&text, variables)?;
    // Relative paths in a file are relative to the file: it works from wherever it is started.
    if let Some(folder) = file.and_then(Path::parent) {
        let mut paths = vec![&mut config.data_dir];
        paths.extend(config.objects.folder.as_mut());
        if let Some(tls) = &mut config.api.tls {
            paths.extend([tls.certificate.as_mut(), tls.key.as_mut()].into_iter().flatten());
        }
        paths.extend(config.site.iter_mut().map(|site| &mut site.folder));
        for path in paths {
            *path = folder.join(&path);
        }
        for function in &mut config.function {
            if let Some(code) = &mut function.code {
                *code = folder.join(&code);
            }
            // A bare program name is looked up on the path.
            if let Some(program) = function.interpreter.as_mut().filter(|p| p.components().count() > 1) {
                *program = folder.join(&program);
            }
        }
    }
    Ok(config)
}

/// Parses `text` and applies the `SWITCHHOOK_*` variables among `variables`.
pub fn parse(
    text: &str,
    variables: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let mut table: Table = toml::from_str(text).map_err(|e| ConfigError::Syntax(e.to_string()))?;
    check_keys(&table, "")?;
    for (variable, value) in variables {
        if variable.starts_with("SWITCHHOOK_") {
            override_key(&mut table, &variable, &value)?;
        }
    }
    let config = Config::deserialize(Value::Table(table))
        .map_err(|e| ConfigError::Value(e.to_string().trim().replace('\n', " ")))?;
    check_values(&config)?;
    Ok(config)
}

fn check_keys(table: &Table, prefix: &str) -> Result<(), ConfigError> {
    for (name, value) in table {
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        if KEYS.iter().any(|k| k.path == path) {
            continue;
        }
        match value {
            Value::Table(inner) if is_section(&path) => check_keys(inner, &path)?,
            Value::Array(items) if is_section(&format!("{path}[]")) => {
                for item in items {
                    if let Value::Table(inner) = item {
                        check_keys(inner, &format!("{path}[]"))?;
                    }
                }
            }
            _ => {
                return Err(ConfigError::UnknownKey { nearest: nearest(&path), key: path.replace("[]", "") });
            }
        }
    }
    Ok(())
}

fn is_section(path: &str) -> bool {
    KEYS.iter().any(|k| k.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

fn nearest(path: &str) -> Option<&'static str> {
    KEYS.iter()
        .map(|k| (strsim::damerau_levenshtein(k.path, path), k.path))
        .filter(|(distance, _)| *distance <= 4)
        .min()
        .map(|(_, path)| path)
}

fn override_key(table: &mut Table, variable: &str, text: &str) -> Result<(), ConfigError> {
    let Some(key) = KEYS.iter().find(|k| k.variable().as_deref() == Some(variable)) else {
        let nearest = KEYS
            .iter()
            .filter_map(|k| k.variable())
            .map(|v| (strsim::damerau_levenshtein(&v, variable), v))
            .filter(|(distance, _)| *distance <= 4)
            .min();
        return Err(ConfigError::UnknownVariable {
            variable: variable.into(),
            nearest: nearest.map(|(_, v)| v),
        });
    };
    // A number, boolean or list reads as TOML; everything else is a string.
    let value = toml::from_str::<Table>(&format!("v = {text}"))
        .ok()
        .and_then(|mut t| t.remove("v"))
        .filter(|v| matches!(v, Value::Integer(_) | Value::Boolean(_) | Value::Array(_) | Value::Float(_)))
        .filter(|_| !matches!(key.path, "account.id" | "media.ports"))
        .unwrap_or_else(|| Value::String(text.into()));
    let mut at = table;
    let mut parts = key.path.split('.').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            at.insert(part.into(), value);
            break;
        }
        let inner = at.entry(part).or_insert_with(|| Value::Table(Table::new()));
        at = inner.as_table_mut().ok_or_else(|| ConfigError::Value(format!("`{part}` must be a section")))?;
    }
    Ok(())
}

fn check_values(config: &Config) -> Result<(), ConfigError> {
    let fail = |text: String| Err(ConfigError::Value(text));
    if config.account.id.len() != 12 || !config.account.id.bytes().all(|b| b.is_ascii_digit()) {
        return fail(format!("account.id {:?} is not 12 digits", config.account.id));
    }
    if config.api.any_key && !config.api.listen.ip().is_loopback() {
        return fail(format!(
            "api.any_key is for loopback addresses only, but api.listen is {}",
            config.api.listen
        ));
    }
    if let Some(tls) = &config.api.tls {
        if config.api.any_key && !tls.listen.ip().is_loopback() {
            return fail(format!(
                "api.any_key is for loopback addresses only, but api.tls.listen is {}",
                tls.listen
            ));
        }
        match (&tls.certificate, &tls.key, tls.self_signed) {
            (Some(_), Some(_), false) | (None, None, true) => {}
            (_, _, true) => return fail("api.tls.self_signed excludes certificate and key".into()),
            _ => return fail("api.tls needs certificate and key, or self_signed".into()),
        }
    }
    if config.sip.udp.is_none() && config.sip.tcp.is_none() {
        return fail("neither sip.udp nor sip.tcp is set".into());
    }
    if config.media.advertise.iter().any(|ip| ip.is_unspecified() || ip.is_multicast()) {
        return fail("media.advertise names an address that nobody can send to".into());
    }
    if config.limits.invocations == 0 {
        return fail("limits.invocations must be at least 1".into());
    }
    if config.limits.function_processes < 2 {
        return fail(
            "limits.function_processes must be at least 2: a function may start a call that invokes it"
                .into(),
        );
    }
    for sink in &config.events.sink {
        match sink.kind {
            super::EventSinkKind::File if sink.path.is_none() => {
                return fail("events.sink: file needs `path`".into());
            }
            super::EventSinkKind::Http if sink.url.is_none() => {
                return fail("events.sink: http needs `url`".into());
            }
            _ => {}
        }
    }
    let urls = config.events.sink.iter().filter_map(|sink| sink.url.as_ref());
    for url in urls.chain(&config.events.sns).chain(&config.events.sqs) {
        let parsed = url.parse::<http::Uri>().ok();
        let is_usable =
            |url: &http::Uri| matches!(url.scheme_str(), Some("http" | "https")) && url.authority().is_some();
        if !parsed.as_ref().is_some_and(is_usable) {
            return fail(format!("events: {url:?} is no http or https URL"));
        }
    }
    let mut names = std::collections::BTreeSet::new();
    for function in &config.function {
        if !names.insert(&function.name) {
            return fail(format!("function {:?} is there twice", function.name));
        }
        let missing = match function.runtime {
            super::Runtime::Python | super::Runtime::Node if function.code.is_none() => Some("code"),
            super::Runtime::Python | super::Runtime::Node if function.handler.is_none() => Some("handler"),
            super::Runtime::Provided if function.code.is_none() => Some("code"),
            super::Runtime::Http if function.url.is_none() => Some("url"),
            super::Runtime::Http if function.secret.is_none() => Some("secret"),
            _ => None,
        };
        if let Some(key) = missing {
            return fail(format!("function {:?} needs `{key}`", function.name));
        }
    }
    for (index, authorizer) in config.authorizer.iter().enumerate() {
        if config.authorizer[..index].iter().any(|other| other.name == authorizer.name) {
            return fail(format!("authorizer {:?} is there twice", authorizer.name));
        }
        if authorizer.audience.is_empty() {
            return fail(format!(
                "authorizer {:?} has no audience: tokens for others would do",
                authorizer.name
            ));
        }
    }
    for (index, route) in config.route.iter().enumerate() {
        if !names.contains(&route.function) {
            return fail(format!("route {:?}: there is no function {:?}", route.path, route.function));
        }
        if let Some(name) = &route.authorizer
            && !config.authorizer.iter().any(|authorizer| authorizer.name == *name)
        {
            return fail(format!("route {:?}: there is no authorizer {name:?}", route.path));
        }
        let full = |route: &super::Route| {
            let stage = route.stage.iter().map(|stage| format!("/{stage}"));
            stage.chain([route.path.clone()]).collect::<String>()
        };
        let taken = ["/control", "/health", "/metrics", "/v1/client-events", "/2015-03-31"];
        if let Some(taken) = taken.iter().find(|taken| {
            full(route).strip_prefix(**taken).is_some_and(|r| r.is_empty() || r.starts_with('/'))
        }) {
            return fail(format!("route {:?}: {taken} is not for routes", route.path));
        }
        let overlaps = |other: &super::Route| {
            let same = (other.method.is_empty() && route.method.is_empty())
                || route.method.iter().any(|method| other.method.contains(method));
            same && (&other.path, &other.stage) == (&route.path, &route.stage)
        };
        if config.route[..index].iter().any(overlaps) {
            return fail(format!("route {:?} is there twice with the same method", route.path));
        }
    }
    for (index, site) in config.site.iter().enumerate() {
        if !site.path.starts_with('/') {
            return fail(format!("site {:?}: its path must begin with a slash", site.path));
        }
        let path = |site: &super::Site| site.path.trim_end_matches('/').to_owned();
        if config.site[..index].iter().any(|other| path(other) == path(site)) {
            return fail(format!("site {:?} is there twice", site.path));
        }
    }
    Ok(())
}

/// A text or a list of texts.
pub(super) fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a text or a list of texts")]
    enum Texts {
        One(String),
        More(Vec<String>),
    }
    Ok(match Texts::deserialize(deserializer)? {
        Texts::One(text) => vec![text],
        Texts::More(texts) => texts,
    })
}

/// Whole seconds or a fraction of them.
pub(super) fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let seconds = f64::deserialize(deserializer)?;
    Duration::try_from_secs_f64(seconds).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> Vec<(String, String)> {
        Vec::new()
    }

    #[test]
    fn a_damaged_file_is_understood_or_refused_with_a_reason() {
        let texts = [include_str!("every_key.toml")];
        let (mut rng, mut refused) = (base::Rng::new(1), 0);
        for _ in 0..400 {
            let text = crate::damage::damaged(&mut rng, &texts);
            match parse(&text, none()) {
                Ok(config) => assert_eq!(parse(&text, none()).unwrap(), config),
                Err(error) => {
                    assert!(!error.to_string().is_empty(), "{text}");
                    refused += 1;
                }
            }
        }
        assert!((40..400).contains(&refused), "{refused}");
    }

    #[test]
    fn an_empty_file_is_the_default() {
        assert_eq!(parse("", none()).unwrap(), Config::default());
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        let error = parse("[sip]\nupd = \"127.0.0.1:5060\"", none()).unwrap_err().to_string();
        assert_eq!(error, "unknown key `sip.upd`, did you mean `sip.udp`?");
        let error = parse("[[function]]\nnme = \"x\"", none()).unwrap_err().to_string();
        assert_eq!(error, "unknown key `function.nme`, did you mean `function[].name`?");
        let error = parse("completely_else = 1", none()).unwrap_err().to_string();
        assert_eq!(error, "unknown key `completely_else`");
    }

    #[test]
    fn variables_override_the_file() {
        let variables = vec![
            ("SWITCHHOOK_SIP_UDP".to_string(), "127.0.0.1:0".to_string()),
            ("SWITCHHOOK_STRICT".to_string(), "true".to_string()),
            ("SWITCHHOOK_ACCOUNT_ID".to_string(), "111122223333".to_string()),
            ("SWITCHHOOK_LIMITS_CALLS".to_string(), "7".to_string()),
            ("HOME".to_string(), "x".to_string()),
        ];
        let config = parse("[sip]\nudp = \"0.0.0.0:5060\"", variables).unwrap();
        assert_eq!(config.sip.udp, Some("127.0.0.1:0".parse().unwrap()));
        assert!(config.strict);
        assert_eq!(config.account.id, "111122223333");
        assert_eq!(config.limits.calls, 7);
        let wrong = vec![("SWITCHHOOK_SIP_UPD".to_string(), "x".to_string())];
        let error = parse("", wrong).unwrap_err().to_string();
        assert_eq!(error, "unknown variable SWITCHHOOK_SIP_UPD, did you mean SWITCHHOOK_SIP_UDP?");
    }

    #[test]
    fn values_are_checked() {
        const FUNCTION: &str =
            "[[function]]\nname = \"f\"\nruntime = \"http\"\nurl = \"http://f\"\nsecret = \"s\"\n";
        const ROUTE: &str = "[[route]]\npath = \"/x\"\nfunction = \"f\"\n";
        for (text, expected) in [
            ("[account]\nid = \"12\"", "12 digits"),
            ("[api]\nlisten = \"0.0.0.0:8080\"\nany_key = true", "loopback"),
            ("[api]\nany_key = true\n[api.tls]\nlisten = \"0.0.0.0:1\"\nself_signed = true", "loopback"),
            ("[api.tls]\nlisten = \"0.0.0.0:1\"", "needs certificate"),
            ("[api.tls]\nlisten = \"0.0.0.0:1\"\ncertificate = \"x\"", "needs certificate"),
            ("[api.tls]\nlisten = \"0.0.0.0:1\"\ncertificate = \"x\"\nself_signed = true", "excludes"),
            ("[api]\npublic_url = \"phone.example.net\"", "is no URL"),
            ("[media]\nports = \"5-2\"", "port range"),
            ("[media]\nadvertise = [\"0.0.0.0\"]", "nobody can send to"),
            ("[events]\nsns = \"topics\"", "no http or https URL"),
            ("[[events.sink]]\nkind = \"file\"", "needs `path`"),
            ("[[events.sink]]\nkind = \"http\"", "needs `url`"),
            ("[[events.sink]]\nkind = \"eventbridge\"\nurl = \"bus\"", "no http or https URL"),
            ("[limits]\nfunction_processes = 1", "at least 2"),
            ("[limits]\ninvocations = 0", "at least 1"),
            ("[[function]]\nname = \"a\"\nruntime = \"node\"", "needs `code`"),
            ("[[function]]\nname = \"a\"\nruntime = \"cobol\"", "cobol"),
            ("[[route]]\npath = \"/\"\nfunction = \"x\"", "no function \"x\""),
            (&format!("{FUNCTION}[[route]]\npath = \"/control/x\"\nfunction = \"f\""), "not for routes"),
            (&format!("{FUNCTION}{}{}", ROUTE, ROUTE), "there twice"),
            (&format!("{FUNCTION}{ROUTE}authorizer = \"a\""), "no authorizer"),
            (&format!("{FUNCTION}{ROUTE}method = 1"), "list of texts"),
            ("[[authorizer]]\nname = \"a\"\nissuer = \"https://a\"\naudience = []", "no audience"),
            ("[[site]]\npath = \"x\"\nfolder = \".\"", "begin with a slash"),
        ] {
            let error = parse(text, none()).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn every_key_is_read() {
        // A file with every key of the table parses: the table and the types agree.
        let text = include_str!("every_key.toml");
        parse(text, none()).unwrap();
        for key in KEYS {
            let last = key.path.rsplit('.').next().unwrap();
            assert!(text.contains(&format!("{last} =")), "{} is not in every_key.toml", key.path);
        }
    }

    #[test]
    fn the_documented_file_is_understood_and_names_every_key() {
        let page = include_str!("../../../../docs/configuration.md");
        let example = page.split("```toml").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        parse(example, none()).unwrap();
        for key in KEYS {
            let last = key.path.rsplit('.').next().unwrap();
            let named = page.contains(&format!("{last} ="))
                || page.contains(&format!("# {last}"))
                || page.contains(&format!("{last}:"))
                || page.contains(&format!(", {last}"));
            assert!(named, "docs/configuration.md does not name {}", key.path);
        }
    }
}
