//! The sandboxes of one function and the events that wait for them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use call::FunctionError;
use tokio::sync::{mpsc, oneshot};
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::command::Recipe;
use super::sandbox::{self, Job, Report};
use super::watch;
use crate::functions::{Attempt, Failure, Limits, Process, Settings, SetupError};

/// Longest pause after children that could not start.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// Children that may be starting at the same time: starting costs a second of CPU, and the events wait for all of them.
const START_AT_ONCE: usize = 2;

/// The handle of a function's sandboxes. Dropping it ends them all.
#[derive(Debug)]
pub(in crate::functions) struct Pool {
    messages: mpsc::UnboundedSender<Message>,
    task: AbortHandle,
    watcher: Option<AbortHandle>,
}

#[derive(Debug)]
enum Message {
    Invoke(Job),
    Warm,
    Changed,
    Sandbox { id: u64, report: Report },
}

impl Pool {
    pub(in crate::functions) fn new(
        name: &str,
        process: Process,
        settings: Arc<Settings>,
    ) -> Result<Self, SetupError> {
        let recipe = Arc::new(Recipe::new(name, &process, &settings)?);
        // Bounded by who sends: an invoker waits for its outcome before its next event, and those are live calls, HTTP
        // connections and the background permits, all limited; the actor refuses what is over its waiting limit. A
        // process reports once per event; the watcher pauses between changes.
        let (messages, inbox) = mpsc::unbounded_channel();
        let watcher = process.reload.then(|| {
            let messages = messages.clone();
            let changed = move || messages.send(Message::Changed).is_ok();
            tokio::spawn(watch::watch(recipe.folder().to_path_buf(), changed)).abort_handle()
        });
        let actor = Actor {
            recipe,
            limits: settings.limits.clone(),
            messages: messages.downgrade(),
            sandboxes: BTreeMap::new(),
            waiting: VecDeque::new(),
            last_id: 0,
            generation: 0,
            trouble: None,
            keep_warm: false,
        };
        let task = tokio::spawn(actor.run(inbox)).abort_handle();
        Ok(Self { messages, task, watcher })
    }

    /// Starts a first process, and from now on keeps one.
    pub(in crate::functions) fn warm(&self) {
        // The actor only ends when this handle is dropped.
        self.messages.send(Message::Warm).ok();
    }

    pub(in crate::functions) async fn invoke(&self, attempt: Attempt) -> Result<Bytes, Failure> {
        let deadline = attempt.deadline;
        let (answer, outcome) = oneshot::channel();
        if self.messages.send(Message::Invoke(Job { since: Instant::now(), attempt, answer })).is_err() {
            return Err(FunctionError::Failed("the node is stopping".into()).into());
        }
        match tokio::time::timeout_at(deadline, outcome).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(FunctionError::Failed("the process was ended".into()).into()),
            Err(_) => Err(FunctionError::TimedOut.into()),
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.task.abort();
        if let Some(watcher) = &self.watcher {
            watcher.abort();
        }
    }
}

struct Actor {
    recipe: Arc<Recipe>,
    limits: Limits,
    messages: mpsc::WeakUnboundedSender<Message>,
    sandboxes: BTreeMap<u64, Member>,
    waiting: VecDeque<Job>,
    last_id: u64,
    /// Goes up when the code changes.
    generation: u64,
    trouble: Option<Trouble>,
    keep_warm: bool,
}

/// A sandbox as the pool sees it. Dropping it ends the child.
struct Member {
    jobs: mpsc::Sender<Job>,
    task: AbortHandle,
    generation: u64,
    activity: Activity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Activity {
    Starting,
    Idle { since: Instant },
    Busy,
}

/// Children could not start lately.
struct Trouble {
    failure: Failure,
    pause: Duration,
    until: Instant,
}

impl Drop for Member {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Actor {
    async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Message>) {
        loop {
            let wake = self.deadline();
            tokio::select! {
                message = inbox.recv() => match message {
                    Some(message) => self.handle(message),
                    None => return,
                },
                () = tokio::time::sleep_until(wake) => {}
            }
            self.advance();
        }
    }

    fn handle(&mut self, message: Message) {
        match message {
            Message::Invoke(job) if self.waiting.len() >= self.limits.waiting => {
                let text =
                    format!("{} events wait for function {} already", self.waiting.len(), self.recipe.name());
                job.answer.send(Err(FunctionError::Throttled(text).into())).ok();
            }
            Message::Invoke(job) => self.waiting.push_back(job),
            Message::Warm => self.keep_warm = true,
            Message::Changed => {
                tracing::info!(function = self.recipe.name(), "the code has changed");
                self.generation += 1;
                self.trouble = None;
            }
            Message::Sandbox { id, report: Report::Idle } => {
                self.trouble = None;
                if let Some(member) = self.sandboxes.get_mut(&id) {
                    member.activity = Activity::Idle { since: Instant::now() };
                }
            }
            Message::Sandbox { id, report: Report::Gone { start_failure, undelivered } } => {
                let current =
                    self.sandboxes.remove(&id).is_some_and(|member| member.generation == self.generation);
                if let Some(job) = undelivered {
                    self.waiting.push_front(*job);
                }
                if let (Some(failure), true) = (start_failure, current) {
                    self.start_failed(failure);
                }
            }
        }
    }

    /// Events must not wait their whole time for a function that cannot start: while no process is left they fail with its reason.
    fn start_failed(&mut self, failure: Failure) {
        tracing::warn!(function = self.recipe.name(), error = ?failure.error, "a process could not start");
        let pause =
            self.trouble.as_ref().map_or(FIRST_PAUSE, |trouble| (trouble.pause * 2).min(LONGEST_PAUSE));
        self.trouble = Some(Trouble { failure, pause, until: Instant::now() + pause });
    }

    /// Does whatever the present state asks for.
    fn advance(&mut self) {
        let now = Instant::now();
        self.waiting.retain(|job| !job.answer.is_closed());
        self.dismiss_outdated();
        self.hand_out();
        if self.current().next().is_none()
            && let Some(trouble) = self.trouble.as_ref().filter(|trouble| trouble.until > now)
        {
            for job in self.waiting.drain(..) {
                job.answer.send(Err(trouble.failure.clone())).ok();
            }
        }
        self.start_more(now);
        self.dismiss_idle(now);
    }

    fn dismiss_outdated(&mut self) {
        let generation = self.generation;
        // A busy one finishes its event: closing its queue lets it go afterwards.
        for member in self.sandboxes.values_mut().filter(|m| m.generation != generation) {
            if member.activity == Activity::Busy {
                member.jobs = mpsc::channel(1).0;
            }
        }
        self.sandboxes.retain(|_, m| m.generation == generation || m.activity == Activity::Busy);
    }

    fn hand_out(&mut self) {
        while !self.waiting.is_empty() {
            // The one that was busy last: the others may become idle enough to go.
            let idle = self.sandboxes.iter_mut().filter_map(|(_, member)| match member.activity {
                Activity::Idle { since } if member.generation == self.generation => Some((since, member)),
                _ => None,
            });
            let Some((_, member)) = idle.max_by_key(|(since, _)| *since) else { return };
            let Some(job) = self.waiting.pop_front() else { return };
            member.activity = Activity::Busy;
            if let Err(error) = member.jobs.try_send(job) {
                // It is on its way out; its report will remove it.
                self.waiting.push_front(error.into_inner());
            }
        }
    }

    fn start_more(&mut self, now: Instant) {
        if self.trouble.as_ref().is_some_and(|trouble| trouble.until > now) {
            return;
        }
        let starting = self.starting();
        let current = self.current().count();
        let impatient = self.waiting.iter().filter(|job| now >= job.since + self.limits.patience).count();
        let wanted = match (current, self.waiting.len()) {
            (0, 0) => usize::from(self.keep_warm),
            (0, waiting) => waiting.min(START_AT_ONCE),
            _ => impatient.saturating_sub(starting).min(START_AT_ONCE.saturating_sub(starting)),
        };
        let room = self.limits.processes.saturating_sub(self.sandboxes.len());
        for _ in 0..wanted.min(room) {
            self.start();
        }
    }

    fn start(&mut self) {
        // None left means that the handle is gone and this task is being aborted.
        let Some(messages) = self.messages.upgrade() else { return };
        self.last_id += 1;
        let id = self.last_id;
        let (jobs, inbox) = mpsc::channel(1);
        let report = move |report| {
            messages.send(Message::Sandbox { id, report }).ok();
        };
        let task = tokio::spawn(sandbox::run(self.recipe.clone(), self.limits.clone(), inbox, report))
            .abort_handle();
        let generation = self.generation;
        self.sandboxes.insert(id, Member { jobs, task, generation, activity: Activity::Starting });
    }

    fn dismiss_idle(&mut self, now: Instant) {
        let mut left = self.sandboxes.len();
        let idle = self.limits.idle;
        self.sandboxes.retain(|_, member| {
            let goes = left > 1 && matches!(member.activity, Activity::Idle { since } if now >= since + idle);
            left -= usize::from(goes);
            !goes
        });
    }

    /// The sandboxes that run the present code.
    fn current(&self) -> impl Iterator<Item = &Member> {
        self.sandboxes.values().filter(|member| member.generation == self.generation)
    }

    fn starting(&self) -> usize {
        self.sandboxes.values().filter(|member| member.activity == Activity::Starting).count()
    }

    /// When [`advance`](Self::advance) has something to do without a message.
    fn deadline(&self) -> Instant {
        let now = Instant::now();
        let pause = self.trouble.as_ref().map(|trouble| trouble.until).filter(|until| *until > now);
        let starting = self.starting();
        let may_start = starting < START_AT_ONCE && self.sandboxes.len() < self.limits.processes;
        let start = match (pause, self.waiting.get(starting)) {
            (Some(until), waiting) => (self.keep_warm || waiting.is_some()).then_some(until),
            (None, Some(job)) if may_start => Some(job.since + self.limits.patience),
            (None, _) => None,
        };
        let idle = self.sandboxes.values().filter_map(|member| match member.activity {
            Activity::Idle { since } if self.sandboxes.len() > 1 => Some(since + self.limits.idle),
            _ => None,
        });
        idle.chain(start).min().unwrap_or(now + Duration::from_secs(3600))
    }
}
