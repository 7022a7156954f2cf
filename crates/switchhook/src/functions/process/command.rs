//! How a sandbox's child is started: program, arguments, environment, and the leash that ends it with the node.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;

use crate::functions::{Process, Runtime, Settings, SetupError};

const NODE_CLIENT: &str = include_str!("../../../runtime/node/client.cjs");
const PYTHON_CLIENT: &str = include_str!("../../../runtime/python/client.py");

/// Runs before the function's program, in the same process: a child of it waits on the pipe that the node holds and,
/// when that closes, by our will or by the node's death, kills the whole group, itself included.
const LEASH: &str = r#"exec 3<&0 </dev/null
{ read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 &
exec 3<&-
exec "$@""#;

/// Everything needed to start a child of one function.
#[derive(Debug)]
pub(super) struct Recipe {
    name: String,
    program: OsString,
    arguments: Vec<OsString>,
    folder: PathBuf,
    variables: BTreeMap<String, String>,
}

impl Recipe {
    /// Checks that the code is there and writes the runtime client.
    pub(super) fn new(name: &str, process: &Process, settings: &Settings) -> Result<Self, SetupError> {
        let code =
            std::path::absolute(&process.code).and_then(|path| path.metadata().map(|meta| (path, meta)));
        let (code, meta) = code.map_err(|source| SetupError::Code {
            name: name.into(),
            path: process.code.display().to_string(),
            source,
        })?;
        let folder = match (meta.is_dir(), code.parent()) {
            (false, Some(parent)) => parent.to_path_buf(),
            _ => code.clone(),
        };
        let interpreter = |default: &str| {
            process.interpreter.clone().map_or_else(|| OsString::from(default), PathBuf::into_os_string)
        };
        let (program, arguments) = match process.runtime {
            Runtime::Node => {
                (interpreter("node"), vec![write_client(settings, "client.cjs", NODE_CLIENT)?.into()])
            }
            Runtime::Python => {
                (interpreter("python3"), vec![write_client(settings, "client.py", PYTHON_CLIENT)?.into()])
            }
            Runtime::Provided => {
                let bootstrap = if meta.is_dir() { code.join("bootstrap") } else { code };
                (bootstrap.into_os_string(), Vec::new())
            }
        };
        let variables = variables(name, process, settings, &folder);
        Ok(Self { name: name.into(), program, arguments, folder, variables })
    }

    /// Folder whose files are watched.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The function's name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// A command that starts the child with `runtime_api` as its event source; stdin is its leash.
    pub(super) fn command(&self, runtime_api: SocketAddr) -> Command {
        let mut command = Command::new("/bin/sh");
        command
            .arg("-c")
            .arg(LEASH)
            .arg("sh")
            .arg(&self.program)
            .args(&self.arguments)
            .current_dir(&self.folder)
            .env_clear()
            .envs(&self.variables)
            .env("AWS_LAMBDA_RUNTIME_API", runtime_api.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        command
    }
}

/// The child's environment, weakest first: ours as far as it is no secret of the node, defaults of the Lambda
/// environment, what the node injects, what the function's configuration says.
fn variables(name: &str, process: &Process, settings: &Settings, folder: &Path) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = std::env::vars_os()
        .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(key, _)| !key.starts_with("SWITCHHOOK_"))
        .collect();
    let defaults =
        [("AWS_ACCESS_KEY_ID", "switchhook"), ("AWS_SECRET_ACCESS_KEY", "switchhook"), ("LANG", "C.UTF-8")];
    for (key, value) in defaults {
        all.entry(key.into()).or_insert_with(|| value.into());
    }
    let log_stream = format!("{name}[$LATEST]");
    let log_group = format!("/aws/lambda/{name}");
    let folder = folder.display().to_string();
    let environment = match process.runtime {
        Runtime::Node => "AWS_Lambda_nodejs",
        Runtime::Python => "AWS_Lambda_python",
        Runtime::Provided => "AWS_Lambda_provided",
    };
    let fixed = [
        ("AWS_LAMBDA_FUNCTION_NAME", name),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024"),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", &log_group),
        ("AWS_LAMBDA_LOG_STREAM_NAME", &log_stream),
        ("AWS_EXECUTION_ENV", environment),
        ("AWS_REGION", &settings.region),
        ("AWS_DEFAULT_REGION", &settings.region),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("LAMBDA_TASK_ROOT", &folder),
        ("_HANDLER", &process.handler),
        ("TZ", ":UTC"),
    ];
    all.extend(fixed.map(|(key, value)| (key.into(), value.into())));
    for layer in [&settings.variables[..], &process.env.clone().into_iter().collect::<Vec<_>>()] {
        // A token belongs to its key: one inherited beside another key would spoil every signature.
        if layer.iter().any(|(key, _)| key == "AWS_ACCESS_KEY_ID") {
            all.remove("AWS_SESSION_TOKEN");
        }
        all.extend(layer.iter().cloned());
    }
    all
}

/// Writes a runtime client, unless it is there already.
fn write_client(settings: &Settings, file: &str, content: &str) -> Result<PathBuf, SetupError> {
    let wrap = |source| SetupError::RuntimeDir { path: settings.runtime_dir.display().to_string(), source };
    let folder = std::path::absolute(&settings.runtime_dir).map_err(wrap)?;
    std::fs::create_dir_all(&folder).map_err(wrap)?;
    let path = folder.join(file);
    if std::fs::read_to_string(&path).is_ok_and(|there| there == content) {
        return Ok(path);
    }
    // Renamed into place: a process of another node that starts at this moment reads the old file or the new one.
    let draft = folder.join(format!(".{file}.{}", std::process::id()));
    std::fs::write(&draft, content).and_then(|()| std::fs::rename(&draft, &path)).map_err(wrap)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::Limits;

    fn settings(variables: &[(&str, &str)]) -> Settings {
        Settings {
            account: "111122223333".into(),
            region: "eu-west-1".into(),
            runtime_dir: PathBuf::new(),
            variables: variables.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
            limits: Limits::default(),
        }
    }

    fn process(env: &[(&str, &str)]) -> Process {
        Process {
            runtime: Runtime::Node,
            code: PathBuf::new(),
            handler: "index.handler".into(),
            env: env.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
            interpreter: None,
            reload: false,
        }
    }

    #[test]
    fn the_functions_own_variables_are_the_strongest() {
        let settings = settings(&[("AWS_ENDPOINT_URL_LAMBDA", "ours"), ("TABLE", "ours")]);
        let all = variables(
            "f",
            &process(&[("TABLE", "theirs"), ("TZ", "Europe/Berlin")]),
            &settings,
            Path::new("/x"),
        );
        assert_eq!(all["AWS_ENDPOINT_URL_LAMBDA"], "ours");
        assert_eq!((all["TABLE"].as_str(), all["TZ"].as_str()), ("theirs", "Europe/Berlin"));
        assert_eq!((all["AWS_REGION"].as_str(), all["LAMBDA_TASK_ROOT"].as_str()), ("eu-west-1", "/x"));
        assert!(all.contains_key("PATH") && all.contains_key("AWS_ACCESS_KEY_ID"));
    }

    #[test]
    fn a_session_token_goes_with_the_key_it_belongs_to() {
        let key = [("AWS_ACCESS_KEY_ID", "node"), ("AWS_SESSION_TOKEN", "node")];
        let of = |env: &[(&str, &str)]| variables("f", &process(env), &settings(&key), Path::new("/x"));
        assert_eq!(of(&[])["AWS_SESSION_TOKEN"], "node");
        assert!(!of(&[("AWS_ACCESS_KEY_ID", "own")]).contains_key("AWS_SESSION_TOKEN"));
    }
}
