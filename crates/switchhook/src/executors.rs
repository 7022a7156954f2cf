//! What the node asks for that takes a while: functions, objects, speech, names, connections. Each is one task with
//! one outcome, which goes to the inbox.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use call::PlaybackError;
use media::PlaybackId;
use node::Output;
use sip::stack::{Output as Sip, Transport};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use crate::functions::{Functions, Invocation};
use crate::inbox::{Inbox, Message};
use crate::objects::{Objects, Recordings};
use crate::resolver::Resolver;
use crate::sip_streams;
use crate::speech::Speech;

/// The executors of a node; owned by its thread.
pub struct Executors {
    /// Where tasks run.
    pub runtime: Handle,
    /// Where outcomes go.
    pub inbox: Inbox,
    /// Functions.
    pub functions: Arc<Functions>,
    /// Buckets.
    pub objects: Arc<Objects>,
    /// Text to speech.
    pub speech: Speech,
    /// Audio of recordings that are not stored yet.
    pub recordings: Recordings,
    /// Names.
    pub resolver: Arc<Resolver>,
    /// What is being loaded or spoken, so that it can be forgotten.
    pub playbacks: BTreeMap<PlaybackId, AbortHandle>,
    /// Invocations under way: one reference each, and one of our own.
    pub under_way: Arc<()>,
    /// How many of them are enough.
    pub invocations: usize,
}

impl Executors {
    /// Starts what is not for a shard, a journal or the store.
    pub fn start(&mut self, output: Output) {
        match output {
            Output::Sip(Sip::Open { connection, transport, remote, server_name: _ }) => {
                if transport != Transport::Tcp {
                    tracing::warn!(?transport, %remote, "only TCP connections can be made");
                    return self.complete(Message::Closed(connection));
                }
                self.runtime.spawn(sip_streams::connect(connection, remote, self.inbox.clone()));
            }
            Output::Sip(Sip::Resolve { query, host, port, transport }) => {
                let (resolver, inbox) = (self.resolver.clone(), self.inbox.clone());
                self.runtime.spawn(async move {
                    let candidates = resolver.resolve(&host, port, transport).await;
                    inbox.complete(Message::Resolved(query, candidates));
                });
            }
            Output::LoadClip { playback, bucket, key } => {
                let (objects, inbox) = (self.objects.clone(), self.inbox.clone());
                let task = self.runtime.spawn(async move {
                    let clip = objects.clip(&bucket, &key).await;
                    inbox.complete(Message::ClipLoaded(playback, clip));
                });
                self.remember(playback, task.abort_handle());
            }
            Output::Speak { playback, speech } => self.speak(playback, &speech),
            Output::ForgetPlayback { playback } => {
                if let Some(task) = self.playbacks.remove(&playback) {
                    task.abort();
                }
            }
            Output::StoreRecording { recording, bucket, key, metadata } => {
                let (recordings, inbox) = (self.recordings.clone(), self.inbox.clone());
                self.runtime.spawn(async move {
                    let outcome = recordings.store(recording, &bucket, &key, &metadata).await;
                    inbox.complete(Message::RecordingStored(recording, outcome));
                });
            }
            Output::ForgetRecording { recording } => self.recordings.forget(recording),
            other => tracing::error!(?other, "nobody carries this out"),
        }
    }

    /// Invocations that have no outcome yet.
    pub fn under_way(&self) -> usize {
        Arc::strong_count(&self.under_way) - 1
    }

    /// An outcome that is known at once. The node's own thread must not wait for room in its own inbox.
    fn complete(&self, message: Message) {
        let inbox = self.inbox.clone();
        self.runtime.spawn(async move { inbox.complete(message) });
    }

    /// What starts an invocation, to be run when the journal has what came before.
    pub fn invocation(&self, output: Output) -> Box<dyn FnOnce() + Send> {
        let Output::Invoke { transaction, invocation, target, sequence, payload, timeout } = output else {
            return Box::new(|| {});
        };
        let (runtime, functions, inbox) = (self.runtime.clone(), self.functions.clone(), self.inbox.clone());
        let under_way = self.under_way.clone();
        Box::new(move || {
            runtime.spawn(async move {
                let request = Invocation {
                    function: target.function,
                    payload: Bytes::from(payload),
                    timeout,
                    idempotency_key: Some(format!("{transaction}:{sequence}")),
                    client_context: None,
                };
                let outcome = functions.invoke(request).await;
                drop(under_way);
                inbox.complete(Message::FunctionReturned(transaction, invocation, outcome));
            });
        })
    }

    fn speak(&mut self, playback: PlaybackId, speech: &call::Speech) {
        let mut utterance = match self.speech.speak(speech) {
            Ok(utterance) => utterance,
            Err(error) => return self.complete(Message::Spoken(playback, Err(error), true)),
        };
        let inbox = self.inbox.clone();
        let task = self.runtime.spawn(async move {
            loop {
                let (outcome, last) = match utterance.next().await {
                    Some(Ok(chunk)) => (Ok(chunk.samples), chunk.last),
                    Some(Err(error)) => (Err(error), true),
                    None => (Err(PlaybackError::SpeechFailed("the speech broke off".into())), true),
                };
                inbox.complete(Message::Spoken(playback, outcome, last));
                if last {
                    return;
                }
            }
        });
        self.remember(playback, task.abort_handle());
    }

    fn remember(&mut self, playback: PlaybackId, task: AbortHandle) {
        // Finished ones are swept now and then: most playbacks are never forgotten by order.
        if self.playbacks.len() >= 256 {
            self.playbacks.retain(|_, task| !task.is_finished());
        }
        self.playbacks.insert(playback, task);
    }
}
