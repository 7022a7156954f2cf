//! One child process and what it is doing. The transition table stands in the parent module.

use std::process::ExitStatus;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use call::FunctionError;
use tokio::process::{Child, ChildStdin};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::command::Recipe;
use super::output::{self, Output, Stream};
use super::runtime_api::{Call, RuntimeApi};
use crate::functions::{Attempt, Failure, Limits};

/// An attempt and who waits for it.
#[derive(Debug)]
pub(super) struct Job {
    /// Since when it waits.
    pub(super) since: Instant,
    pub(super) attempt: Attempt,
    pub(super) answer: oneshot::Sender<Result<Bytes, Failure>>,
}

/// What a sandbox tells its pool.
#[derive(Debug)]
pub(super) enum Report {
    /// It waits for an event.
    Idle,
    /// It is gone.
    Gone {
        /// Why, where it never became idle.
        start_failure: Option<Failure>,
        /// An event it was given but that never reached the child.
        undelivered: Option<Box<Job>>,
    },
}

enum State {
    /// Has not asked for an event yet.
    Starting { until: Instant },
    /// Its request for an event hangs.
    Idle { next: oneshot::Sender<Attempt> },
    /// Works.
    Busy { id: Arc<str>, deadline: Instant, answer: oneshot::Sender<Result<Bytes, Failure>> },
    /// Has answered and not asked for the next event yet.
    Answered,
}

/// How a sandbox came to its end.
enum End {
    /// The child exited by itself.
    Exited(ExitStatus),
    /// The child said that it cannot start.
    InitError(Bytes),
    /// The child did not ask for an event in time.
    StartTimedOut,
    /// The running event took too long.
    TimedOut,
    /// The child broke the Runtime API.
    Misbehaved(&'static str),
    /// The pool wants no more of it.
    Dismissed,
}

/// Starts a child and runs it to its end; `report` tells the pool.
pub(super) async fn run(
    recipe: Arc<Recipe>,
    limits: Limits,
    mut jobs: mpsc::Receiver<Job>,
    report: impl Fn(Report),
) {
    let mut sandbox = match Sandbox::start(&recipe, &limits).await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            let failure =
                FunctionError::NotFound(format!("function {} cannot be started: {error}", recipe.name()));
            report(Report::Gone { start_failure: Some(failure.into()), undelivered: None });
            return;
        }
    };
    let end = sandbox.live(&mut jobs, &report).await;
    // Closed first: a job the pool hands over from here on comes back to it.
    jobs.close();
    let undelivered = sandbox.undelivered.take().or_else(|| jobs.try_recv().ok()).map(Box::new);
    let start_failure = sandbox.conclude(end).await;
    report(Report::Gone { start_failure, undelivered });
}

struct Sandbox {
    name: String,
    child: Child,
    /// Open as long as the child and what it started may live.
    leash: Option<ChildStdin>,
    output: Arc<Output>,
    readers: Vec<JoinHandle<()>>,
    calls: mpsc::Receiver<Call>,
    _api: RuntimeApi,
    state: State,
    /// Given by the pool while no request for an event hangs.
    undelivered: Option<Job>,
    dismissed: bool,
}

impl Sandbox {
    async fn start(recipe: &Recipe, limits: &Limits) -> std::io::Result<Self> {
        let (sender, calls) = mpsc::channel(8);
        let api = RuntimeApi::open(sender, limits.payload).await?;
        let mut child = recipe.command(api.address()).spawn()?;
        let output = Arc::new(Output::default());
        let name = recipe.name().to_owned();
        // Taken out: `Child::wait` would close it.
        let leash = child.stdin.take();
        let mut readers = Vec::new();
        if let Some(stdout) = child.stdout.take() {
            readers.push(tokio::spawn(output::follow(name.clone(), Stream::Stdout, stdout, output.clone())));
        }
        if let Some(stderr) = child.stderr.take() {
            readers.push(tokio::spawn(output::follow(name.clone(), Stream::Stderr, stderr, output.clone())));
        }
        let state = State::Starting { until: Instant::now() + limits.start };
        Ok(Self {
            name,
            child,
            leash,
            output,
            readers,
            calls,
            _api: api,
            state,
            undelivered: None,
            dismissed: false,
        })
    }

    /// Runs until the child is of no more use.
    async fn live(&mut self, jobs: &mut mpsc::Receiver<Job>, report: &impl Fn(Report)) -> End {
        loop {
            let (deadline, late) = match &self.state {
                State::Starting { until } => (Some(*until), End::StartTimedOut),
                State::Busy { deadline, .. } => (Some(*deadline), End::TimedOut),
                State::Idle { .. } | State::Answered if self.dismissed => return End::Dismissed,
                State::Idle { .. } | State::Answered => (None, End::Dismissed),
            };
            tokio::select! {
                biased;
                Some(call) = self.calls.recv() => {
                    if let Err(end) = self.handle(call, report) {
                        return end;
                    }
                }
                job = jobs.recv(), if !self.dismissed && self.undelivered.is_none() => match job {
                    Some(job) => self.accept(job),
                    None => self.dismissed = true,
                },
                status = self.child.wait() => match status {
                    Ok(status) => return End::Exited(status),
                    Err(error) => {
                        tracing::error!(function = self.name, %error, "cannot wait for a child");
                        return End::Misbehaved("the process cannot be waited for");
                    }
                },
                () = sleep_until(deadline) => return late,
            }
        }
    }

    fn handle(&mut self, call: Call, report: &impl Fn(Report)) -> Result<(), End> {
        match call {
            Call::Next(next) => {
                if let State::Busy { .. } = self.state {
                    return Err(End::Misbehaved("asked for the next event without answering the last one"));
                }
                self.state = State::Idle { next };
                self.output.set_request_id(None);
                match self.undelivered.take() {
                    Some(job) => self.accept(job),
                    None => report(Report::Idle),
                }
            }
            // The child may be gone before it learns whether we knew the event.
            Call::Response { id, body, known } => {
                known.send(self.answer(&id, Ok(body))).ok();
            }
            Call::Error { id, body, known } => {
                known.send(self.answer(&id, Err(failure(body)))).ok();
            }
            Call::TooLarge { id } => {
                let text = "the response is larger than a response may be".into();
                self.answer(&id, Err(FunctionError::Failed(text).into()));
            }
            Call::InitError { body } => return Err(End::InitError(body)),
        }
        Ok(())
    }

    /// Takes a job: gives it to the hanging request, or keeps it for the next one.
    fn accept(&mut self, job: Job) {
        let state = std::mem::replace(&mut self.state, State::Answered);
        let State::Idle { next } = state else {
            self.state = state;
            self.undelivered = Some(job);
            return;
        };
        let Job { since, attempt, answer } = job;
        let deadline = attempt.deadline;
        let id: Arc<str> = attempt.request_id.as_str().into();
        match next.send(attempt) {
            Ok(()) => {
                self.output.set_request_id(Some(id.clone()));
                self.state = State::Busy { id, deadline, answer };
            }
            // The child dropped its request, so it never saw the event.
            Err(attempt) => self.undelivered = Some(Job { since, attempt, answer }),
        }
    }

    /// False where `id` is not the running event.
    fn answer(&mut self, id: &str, outcome: Result<Bytes, Failure>) -> bool {
        match std::mem::replace(&mut self.state, State::Answered) {
            State::Busy { id: running, answer, .. } if *running == *id => {
                // Nobody waits any more where the caller gave up; the child is fine all the same.
                answer.send(outcome).ok();
                true
            }
            other => {
                self.state = other;
                false
            }
        }
    }

    /// Ends the child and everything it started, tells whoever waits, and says why it never got to work.
    async fn conclude(mut self, end: End) -> Option<Failure> {
        // Closing the leash kills the group; a child that exited by itself may have left others behind.
        drop(self.leash.take());
        if let Err(error) = self.child.start_kill() {
            tracing::debug!(function = self.name, %error, "kill");
        }
        if let Err(error) = self.child.wait().await {
            tracing::debug!(function = self.name, %error, "wait");
        }
        for reader in &mut self.readers {
            // Somebody who escaped the group may hold the pipe open: do not wait for him.
            if tokio::time::timeout(Duration::from_millis(200), &mut *reader).await.is_err() {
                reader.abort();
            }
        }
        let failure = match end {
            End::Exited(status) => {
                exited(status, matches!(self.state, State::Starting { .. }), &self.output.tail())
            }
            End::InitError(body) => failure(body),
            End::StartTimedOut => {
                FunctionError::Failed("the process did not ask for an event in time".into()).into()
            }
            End::TimedOut => FunctionError::TimedOut.into(),
            End::Misbehaved(text) => FunctionError::Failed(text.into()).into(),
            End::Dismissed => FunctionError::Failed("the process was ended".into()).into(),
        };
        match self.state {
            State::Starting { .. } => Some(failure),
            State::Busy { answer, .. } => {
                tracing::warn!(function = self.name, error = ?failure.error, "a process ended in the middle of an event");
                // The caller may have given up at the same deadline.
                answer.send(Err(failure)).ok();
                None
            }
            State::Idle { .. } | State::Answered => None,
        }
    }
}

async fn sleep_until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}

/// A failure from the error document of a runtime client.
pub(in crate::functions) fn failure(document: Bytes) -> Failure {
    #[derive(serde::Deserialize, Default)]
    #[serde(default, rename_all = "camelCase")]
    struct Document {
        error_type: String,
        error_message: String,
    }
    let parsed: Document = serde_json::from_slice(&document).unwrap_or_default();
    let mut text = match (parsed.error_type.as_str(), parsed.error_message.as_str()) {
        ("", "") => "the function reported an error".to_owned(),
        ("", message) => message.to_owned(),
        (kind, message) => format!("{kind}: {message}"),
    };
    if let Some((end, _)) = text.char_indices().nth(1_000) {
        text.truncate(end);
    }
    Failure { error: FunctionError::Failed(text), document: Some(document) }
}

fn exited(status: ExitStatus, starting: bool, tail: &str) -> Failure {
    let when = if starting { "before it asked for an event" } else { "before it answered" };
    let said = if tail.is_empty() { String::new() } else { format!(": {tail}") };
    let text = format!("the process ended ({status}) {when}{said}");
    // What the shell answers when the program is not there or cannot be executed.
    let error = match status.code() {
        Some(126 | 127) if starting => FunctionError::NotFound(text.clone()),
        _ => FunctionError::Failed(text.clone()),
    };
    let document = serde_json::json!({ "errorMessage": text, "errorType": "Runtime.ExitError" });
    Failure { error, document: Some(document.to_string().into()) }
}
