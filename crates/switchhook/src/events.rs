//! Events of meetings on their way out: to what a meeting's creator named, and to the sinks of the configuration.
//!
//! Every receiver has a bounded queue and a task of its own: whoever is slow or gone holds up nobody else, least of all the
//! node's thread, which only gives. What cannot be delivered within a few attempts is counted, said in the log and given up.

mod aws;
mod sinks;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use api::meetings::NotificationsConfiguration;
use api::sigv4::Credentials;
use base::Timestamp;
use bytes::Bytes;
use call::FunctionError;
use http::Uri;
use meet::MeetingEvent;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinSet;

use crate::egress::Egress;
use crate::functions::{Functions, Invocation};
use crate::random;

pub use sinks::{Sink, SinkConfig};

/// Events that wait for one receiver; the next is dropped.
const QUEUE: usize = 4_096;
/// Events on their way to receivers that creators named, at once.
const AT_ONCE: usize = 64;
/// How often one event is tried.
const ATTEMPTS: u32 = 4;
/// How long to wait after the first failure; after each further one twice as long.
const BACK_OFF: Duration = Duration::from_millis(500);
/// How long one attempt may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a node that stops waits for what is on its way.
const FAREWELL: Duration = Duration::from_secs(2);

/// What came of events, for the metrics.
#[derive(Debug, Default)]
pub struct Tally {
    /// Deliveries that succeeded.
    pub delivered: AtomicU64,
    /// Deliveries given up after all attempts.
    pub failed: AtomicU64,
    /// Events that found a queue full.
    pub dropped: AtomicU64,
}

/// What deliveries work with.
#[derive(Debug)]
pub struct Settings {
    /// Account id in events.
    pub account: String,
    /// Region in events, and of EventBridge.
    pub region: String,
    /// Where topics are, instead of AWS.
    pub sns: Option<Uri>,
    /// Where queues are, instead of AWS.
    pub sqs: Option<Uri>,
    /// What requests are signed with; without, they are not signed.
    pub credentials: Option<Credentials>,
    /// The sinks of the configuration.
    pub sinks: Vec<SinkConfig>,
}

/// An event as it is delivered: in EventBridge's form.
#[derive(Clone, Debug)]
struct Message {
    id: String,
    meeting: String,
    kind: &'static str,
    at_seconds: u64,
    /// What happened.
    detail: Arc<Value>,
    /// All of it as JSON.
    json: Bytes,
}

/// Why a delivery failed, and whether another attempt may help.
#[derive(Debug)]
struct Undelivered {
    why: String,
    is_final: bool,
}

impl Undelivered {
    fn now(why: impl Into<String>) -> Self {
        Self { why: why.into(), is_final: false }
    }

    fn for_ever(why: impl Into<String>) -> Self {
        Self { why: why.into(), is_final: true }
    }
}

/// A receiver that a meeting's creator named.
#[derive(Clone, Debug)]
enum Named {
    Function(String),
    Topic(String),
    Queue(String),
}

impl Named {
    fn arn(&self) -> &str {
        match self {
            Named::Function(arn) | Named::Topic(arn) | Named::Queue(arn) => arn,
        }
    }
}

/// The way out; owned by the node's thread.
pub struct Events {
    settings: Arc<Settings>,
    tally: Arc<Tally>,
    sinks: Vec<(String, Sender<Message>)>,
    named: Sender<(Named, Message)>,
}

/// The tasks that deliver.
pub struct Deliveries(JoinSet<()>);

impl Deliveries {
    /// Waits a little for what is on its way; to be called when the [`Events`] are gone.
    pub async fn finish(mut self) {
        let all = async { while self.0.join_next().await.is_some() {} };
        if tokio::time::timeout(FAREWELL, all).await.is_err() {
            tracing::warn!("events of meetings were on their way when the node stopped");
        }
    }
}

impl Events {
    /// Starts the deliveries, on this runtime.
    pub fn start(settings: Settings, functions: Arc<Functions>) -> (Self, Deliveries, Arc<Tally>) {
        let (settings, tally) = (Arc::new(settings), Arc::<Tally>::default());
        let egress = Arc::new(Egress::new());
        let mut tasks = JoinSet::new();
        let mut sinks = Vec::new();
        for config in &settings.sinks {
            let (sender, queue) = channel(QUEUE);
            sinks.push((config.name(), sender));
            let sink = Sink::new(config.clone(), settings.clone(), egress.clone());
            tasks.spawn(feed_sink(sink, config.name(), queue, tally.clone()));
        }
        let (named, queue) = channel(QUEUE);
        let post = Arc::new(Post { settings: settings.clone(), egress, functions });
        tasks.spawn(feed_named(post, queue, tally.clone()));
        (Self { settings, tally: tally.clone(), sinks, named }, Deliveries(tasks), tally)
    }

    /// Sends an event on its way. Never waits.
    pub fn give(&self, event: &MeetingEvent, notifications: Option<&NotificationsConfiguration>) {
        let message = self.message(event);
        for (name, sender) in &self.sinks {
            self.count(sender.try_send(message.clone()).is_ok(), name, &message);
        }
        let Some(notifications) = notifications else { return };
        let text = |arn: &Option<api::Sensitive<String>>| arn.as_ref().map(|arn| arn.0.clone());
        let function = text(&notifications.lambda_function_arn).map(Named::Function);
        let topic = text(&notifications.sns_topic_arn).map(Named::Topic);
        let queue = text(&notifications.sqs_queue_arn).map(Named::Queue);
        for receiver in [function, topic, queue].into_iter().flatten() {
            let name = receiver.arn().to_owned();
            self.count(self.named.try_send((receiver, message.clone())).is_ok(), &name, &message);
        }
    }

    fn count(&self, is_taken: bool, receiver: &str, message: &Message) {
        if !is_taken {
            self.tally.dropped.fetch_add(1, Ordering::Relaxed);
            let (event, meeting) = (message.kind, &message.meeting);
            tracing::warn!(receiver, event, meeting, "an event is dropped: too many wait for this receiver");
        }
    }

    fn message(&self, event: &MeetingEvent) -> Message {
        let mut bits = [0; 16];
        random::fill(&mut bits);
        let id = uuid::Builder::from_random_bytes(bits).into_uuid().to_string();
        let kind = event.kind.name();
        let (at, meeting) = (event.at, event.meeting.to_string());
        let mut detail = json!({
            "version": "0",
            "eventType": kind,
            "timestamp": at.as_millis(),
            "meetingId": meeting,
        });
        if let Some(who) = &event.who {
            detail["attendeeId"] = who.attendee.to_string().into();
            detail["externalUserId"] = who.external_user_id.clone().into();
        }
        detail["externalMeetingId"] = event.external_meeting_id.clone().into();
        detail["mediaRegion"] = event.media_region.clone().into();
        // EventBridge counts whole seconds.
        let time = Timestamp::from_millis(at.as_millis() / 1_000 * 1_000).iso8601().replace(".000Z", "Z");
        let json = json!({
            "version": "0",
            "id": id,
            "detail-type": DETAIL_TYPE,
            "source": SOURCE,
            "account": self.settings.account,
            "time": time,
            "region": self.settings.region,
            "resources": [],
            "detail": detail,
        });
        Message {
            id,
            meeting,
            kind,
            at_seconds: at.as_millis() / 1_000,
            detail: Arc::new(detail),
            json: json.to_string().into(),
        }
    }
}

/// `source` of meetings' events.
pub const SOURCE: &str = "aws.chime";
/// `detail-type` of meetings' events.
const DETAIL_TYPE: &str = "Chime Meeting State Change";

/// A sink gets its events one after the other, in their order.
async fn feed_sink(mut sink: Sink, name: String, mut queue: Receiver<Message>, tally: Arc<Tally>) {
    while let Some(message) = queue.recv().await {
        let mut attempt = 1;
        let outcome = loop {
            match sink.take(&message).await {
                Err(failed) if !failed.is_final && attempt < ATTEMPTS => pause(attempt).await,
                outcome => break outcome,
            }
            attempt += 1;
        };
        settle(outcome, &name, &message, &tally);
    }
}

/// Receivers that creators named get their events as they come, each on its own.
async fn feed_named(post: Arc<Post>, mut queue: Receiver<(Named, Message)>, tally: Arc<Tally>) {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    while let Some((receiver, message)) = queue.recv().await {
        let Ok(permit) = room.clone().acquire_owned().await else { return };
        let (post, tally) = (post.clone(), tally.clone());
        tokio::spawn(async move {
            let mut attempt = 1;
            let outcome = loop {
                match post.deliver(&receiver, &message).await {
                    Err(failed) if !failed.is_final && attempt < ATTEMPTS => pause(attempt).await,
                    outcome => break outcome,
                }
                attempt += 1;
            };
            settle(outcome, receiver.arn(), &message, &tally);
            drop(permit);
        });
    }
    // Those on their way are waited for.
    let _all = room.acquire_many(AT_ONCE as u32).await;
}

async fn pause(attempt: u32) {
    tokio::time::sleep(BACK_OFF * 2u32.pow(attempt - 1)).await;
}

fn settle(outcome: Result<(), Undelivered>, receiver: &str, message: &Message, tally: &Tally) {
    match outcome {
        Ok(()) => {
            tally.delivered.fetch_add(1, Ordering::Relaxed);
        }
        Err(Undelivered { why, .. }) => {
            tally.failed.fetch_add(1, Ordering::Relaxed);
            let (event, meeting, id) = (message.kind, &message.meeting, &message.id);
            tracing::warn!(receiver, event, meeting, id, why, "an event could not be delivered");
        }
    }
}

/// What delivers to receivers that creators named.
struct Post {
    settings: Arc<Settings>,
    egress: Arc<Egress>,
    functions: Arc<Functions>,
}

impl Post {
    async fn deliver(&self, receiver: &Named, message: &Message) -> Result<(), Undelivered> {
        match receiver {
            Named::Function(function) => self.invoke(function, message).await,
            Named::Topic(arn) => aws::publish(&self.settings, &self.egress, arn, message).await,
            Named::Queue(arn) => aws::enqueue(&self.settings, &self.egress, arn, message).await,
        }
    }

    async fn invoke(&self, function: &str, message: &Message) -> Result<(), Undelivered> {
        let invocation = Invocation {
            function: function.to_owned(),
            payload: message.json.clone(),
            timeout: PATIENCE,
            idempotency_key: Some(message.id.clone()),
            client_context: None,
        };
        // What a function returns to an event interests nobody.
        match self.functions.invoke_raw(invocation).await.map_err(|failure| failure.error) {
            Ok(_) => Ok(()),
            Err(FunctionError::NotFound(why)) => Err(Undelivered::for_ever(why)),
            Err(FunctionError::AccessDenied(why)) => Err(Undelivered::for_ever(why)),
            Err(
                FunctionError::Throttled(why) | FunctionError::Failed(why) | FunctionError::Unreachable(why),
            ) => Err(Undelivered::now(why)),
            Err(FunctionError::TimedOut) => Err(Undelivered::now("the function did not return in time")),
        }
    }
}
