//! A folder with code and the functions that run it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use call::FunctionError;
use serde_json::Value;
use switchhook::functions::{
    Failure, FunctionConfig, Functions, Invocation, Limits, Process, Runner, Runtime, Settings,
    endpoint_variables,
};
use tempfile::TempDir;

/// True where `program` can be started; says so where it cannot.
pub(crate) fn installed(program: &str) -> bool {
    let there =
        std::process::Command::new(program).arg("--version").output().is_ok_and(|out| out.status.success());
    if !there {
        eprintln!("SKIPPED: {program} is not installed");
    }
    there
}

/// One function named `f`, written for a test.
pub(crate) struct World {
    pub(crate) folder: Arc<TempDir>,
    pub(crate) process: Process,
    pub(crate) limits: Limits,
}

impl World {
    pub(crate) fn new(runtime: Runtime, handler: &str, files: &[(&str, &str)]) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let code = folder.path().join("code");
        for (name, content) in files {
            let path = code.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        let process = Process {
            runtime,
            code,
            handler: handler.into(),
            env: BTreeMap::new(),
            interpreter: None,
            reload: false,
        };
        Self { folder, process, limits: Limits::default() }
    }

    pub(crate) fn python(source: &str) -> Self {
        Self::new(Runtime::Python, "index.handler", &[("index.py", source)])
    }

    pub(crate) fn node(source: &str) -> Self {
        Self::new(Runtime::Node, "index.handler", &[("index.js", source)])
    }

    pub(crate) fn code(&self) -> PathBuf {
        self.process.code.clone()
    }

    /// Waits until that many files whose names end so lie beside the code.
    pub(crate) async fn until_files(&self, end: &str, count: usize) {
        let there = || {
            let names = std::fs::read_dir(self.code()).unwrap().map(|entry| entry.unwrap().file_name());
            names.filter(|name| name.to_string_lossy().ends_with(end)).count()
        };
        while there() < count {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    pub(crate) fn start(&self) -> Running {
        let settings = Settings {
            account: "111122223333".into(),
            region: "us-east-1".into(),
            runtime_dir: self.folder.path().join("runtime"),
            variables: endpoint_variables("http://127.0.0.1:8080"),
            limits: self.limits.clone(),
        };
        let runner = Runner::Process(self.process.clone());
        let functions = Functions::new(vec![FunctionConfig { name: "f".into(), runner }], settings).unwrap();
        Running { functions, _folder: self.folder.clone() }
    }
}

/// The functions, and their folder for as long as they run.
pub(crate) struct Running {
    functions: Functions,
    _folder: Arc<TempDir>,
}

impl std::ops::Deref for Running {
    type Target = Functions;

    fn deref(&self) -> &Functions {
        &self.functions
    }
}

pub(crate) fn event(payload: &str) -> Invocation {
    Invocation {
        function: "arn:aws:lambda:us-east-1:111122223333:function:f".into(),
        payload: payload.to_owned().into(),
        timeout: Duration::from_secs(20),
        idempotency_key: None,
        client_context: None,
    }
}

pub(crate) async fn invoke(functions: &Functions, payload: &str) -> Result<Value, FunctionError> {
    functions.invoke(event(payload)).await.map(|text| serde_json::from_str(&text).unwrap())
}

/// The failure and its error document.
pub(crate) async fn fail(functions: &Functions, payload: &str) -> (String, Value) {
    let Failure { error, document } = functions.invoke_raw(event(payload)).await.unwrap_err();
    let FunctionError::Failed(text) = error else { panic!("{error:?}") };
    (text, document.map_or(Value::Null, |document| serde_json::from_slice(&document).unwrap()))
}
