//! A running node: everything bound, started, recovered and connected.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::thread;
use std::time::Duration;

use anyhow::{Context, bail};
use api::Sensitive;
use api::sigv4::Credentials;
use base::Timestamp;
use media::{Event, Recorded};
use node::{Input, Node, Output};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_rustls::TlsAcceptor;

use crate::clock::Clock;
use crate::config::{Config, Tls};
use crate::events::Events;
use crate::executors::Executors;
use crate::functions::Functions;
use crate::http::{ClientEvents, Gateway, Server, Sites, WebSockets};
use crate::inbox::{Inbox, Message};
use crate::journal::{self, Journals, Watch};
use crate::keys::Keys;
use crate::node_thread::{NodeThread, World};
use crate::objects::{Objects, Recordings};
use crate::resolver::Resolver;
use crate::speech::Speech;
use crate::store::{self, Store};
use crate::tls::{Certificate, Files, self_signed};
use crate::{cli, compose, queue, random, shard, sip_streams};

/// Where a node listens.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// HTTP.
    pub api: SocketAddr,
    /// HTTPS.
    pub https: Option<SocketAddr>,
    /// SIP over UDP.
    pub udp: Option<SocketAddr>,
    /// SIP over TCP.
    pub tcp: Option<SocketAddr>,
    /// Browsers' media, one for each media thread.
    pub webrtc: Vec<SocketAddr>,
}

/// Runs a node until a signal ends it; calls `ready` when it takes calls, and shows `watch` every line of its journals.
pub fn run(config: &Config, ready: impl FnOnce(Addresses), watch: Option<Watch>) -> anyhow::Result<()> {
    // A second thread on the only core would only be woken in vain.
    let threads = thread::available_parallelism().map_or(1, usize::from).min(2);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .thread_name("executor")
        .enable_all()
        .build()
        .context("cannot start the executors")?;
    let result = runtime.block_on(run_on(config, ready, watch));
    // A function that hangs must not hold the process.
    runtime.shutdown_background();
    result
}

async fn run_on(config: &Config, ready: impl FnOnce(Addresses), watch: Option<Watch>) -> anyhow::Result<()> {
    let data_dir = std::path::absolute(&config.data_dir)?;
    std::fs::create_dir_all(&data_dir).with_context(|| format!("cannot make {}", data_dir.display()))?;
    let Some(_lock) = cli::lock(&data_dir)? else {
        bail!("{} is in use by another node", data_dir.display());
    };
    let clock = Clock::start();
    let mut store = Store::open(&cli::store_file(&data_dir))?;
    let journals = Journals::open(&data_dir)?;

    let listener = TcpListener::bind(config.api.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.api.listen))?;
    let secure = match &config.api.tls {
        Some(tls) => Some(Secure::bind(tls, config, &data_dir).await?),
        None => None,
    };
    let udp: Vec<SocketAddr> = config.sip.udp.into_iter().collect();
    let (thread, inbox) = NodeThread::bind(&udp, clock)?;
    let tcp = match config.sip.tcp {
        Some(address) => Some(bind_sip_tcp(address, config, thread.udp().first().copied()).await?),
        None => None,
    };
    let addresses = Addresses {
        api: listener.local_addr()?,
        https: secure.as_ref().map(|secure| secure.listener.local_addr()).transpose()?,
        udp: thread.udp().first().copied(),
        tcp: tcp.as_ref().map(TcpListener::local_addr).transpose()?,
        webrtc: Vec::new(),
    };

    let key = Credentials {
        access_key: format!("SWITCHHOOK{}", random::token(10).to_uppercase()),
        secret_key: Sensitive(random::token(40)),
        session_token: None,
    };
    let functions = Functions::new(
        compose::functions(config)?,
        compose::function_settings(config, addresses.api, &key, &data_dir),
    )?;
    let functions = Arc::new(functions);
    let objects = Arc::new(objects(config, &data_dir)?);
    let recordings = Recordings::new(data_dir.join("spool"), objects.clone())?;
    let speech = Speech::new(crate::speech::Settings {
        voices_dir: data_dir.join("voices"),
        cache_size: config.speech.cache_size,
        strict: config.strict,
    })?;

    tokio::spawn(tick());

    let (node, outputs) = settled_node(config, &addresses, &mut store, &journals, clock.now())?;

    let slices = compose::shards(config);
    let lanes = shard::lanes(slices.len()).context("cannot start the media threads")?;
    let shards = slices
        .into_iter()
        .zip(lanes)
        .enumerate()
        .map(|(index, (ports, lane))| {
            let mut settings = shard::Config::new(index, config.media.bind, ports.first..=ports.last);
            settings.browsers = Some(compose::browsers(config, index)?);
            let sink = Sink { shard: index, inbox: inbox.clone(), recordings: recordings.clone() };
            shard::start_among(lane, settings, move || clock.now(), sink)
                .context("cannot start the media threads")
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let addresses =
        Addresses { webrtc: shards.iter().filter_map(shard::Handle::browsers).collect(), ..addresses };

    let media = shards.iter().map(|shard| Arc::clone(shard.counters())).collect();

    let (journal_jobs, journal_queue) = journal::queue();
    let (store_jobs, store_queue) = queue::queue();
    let journal_task = tokio::spawn(journals.run(journal_queue, move || clock.now(), watch));
    let store_thread = {
        let (inbox, journals) = (inbox.clone(), journal_jobs.clone());
        thread::Builder::new().name("store".into()).spawn(move || {
            store.run(&store_queue, |outcome| match outcome {
                store::Outcome::Stored(write, result) => inbox.complete(Message::Stored(write, result)),
                store::Outcome::Passed(call) => {
                    // Where nobody takes it, the next start puts the journal away.
                    journals.send(vec![journal::Job::PutAway(call)]);
                }
            });
        })?
    };

    let (events, deliveries, tally) = Events::start(compose::events(config)?, functions.clone());
    let world = World {
        shards,
        journals: journal_jobs.clone(),
        store: store_jobs.clone(),
        executors: Executors {
            runtime: tokio::runtime::Handle::current(),
            inbox: inbox.clone(),
            functions: functions.clone(),
            objects,
            speech,
            recordings,
            resolver: Arc::new(Resolver::new(config.sip.nameserver)?),
            playbacks: Default::default(),
            under_way: Arc::default(),
            invocations: config.limits.invocations,
        },
        events,
        held_back: false,
    };
    let node_thread =
        thread::Builder::new().name("node".into()).spawn(move || thread.run(node, outputs, world))?;

    let websockets =
        Arc::new(WebSockets::new(inbox.clone(), config.limits.browsers, config.limits.browsers_per_address));
    let server = Arc::new(Server {
        inbox: inbox.clone(),
        functions: functions.clone(),
        gateway: Gateway::new(compose::routes(config)?, functions.clone(), config.account.id.clone()),
        sites: Sites::new(compose::sites(config)?),
        client_events: Arc::new(ClientEvents::default()),
        media,
        websockets: websockets.clone(),
        keys: Keys::new(&config.api, &key),
        clock,
        events: tally,
        body_size: config.api.body_size,
        requests: AtomicU64::new(0),
    });
    tokio::spawn(server.clone().run(listener, None));
    if let Some(Secure { listener, acceptor, certificate }) = secure {
        tokio::spawn(server.run(listener, Some(acceptor)));
        if let Some(certificate) = certificate {
            tokio::spawn(async move {
                if let Err(error) = certificate.follow().await {
                    tracing::error!("{error:#}: changes of the certificate are not seen");
                }
            });
        }
    }
    if let Some(tcp) = tcp {
        tokio::spawn(sip_streams::accept(tcp, inbox.clone()));
    }
    // Before anybody is told that the node runs: whoever hears it may send a signal at once.
    let mut signals = Signals::listen()?;
    ready(addresses);
    functions.warm();

    signals.next().await;
    tracing::info!("stopping: live calls are ended");
    stop(&inbox, node_thread, &mut signals).await;
    // The thread is gone, and with it the ways to the browsers: they are told to connect again.
    websockets.closed().await;
    deliveries.finish().await;
    store_jobs.send(store::Job::Stop).ok();
    store_thread.join().ok();
    journal_jobs.send(vec![journal::Job::Stop]);
    journal_task.await.ok();
    Ok(())
}

/// A timer that is due sooner than what the executors usually set one for: each that is due before all others would wake
/// the thread that waits for sockets, twice for every invocation.
async fn tick() {
    let mut ticks = tokio::time::interval(Duration::from_secs(2));
    loop {
        ticks.tick().await;
    }
}

/// The listener for HTTPS, bound.
struct Secure {
    listener: TcpListener,
    acceptor: TlsAcceptor,
    /// To be followed; `None` for the one we made.
    certificate: Option<Arc<Certificate>>,
}

impl Secure {
    async fn bind(tls: &Tls, config: &Config, data_dir: &Path) -> anyhow::Result<Self> {
        let files = match (&tls.certificate, &tls.key) {
            (Some(certificate), Some(key)) => Files { certificate: certificate.clone(), key: key.clone() },
            _ => self_signed(&data_dir.join("tls"), &compose::own_names(config))?,
        };
        let certificate = Certificate::read(files)?;
        let acceptor = TlsAcceptor::from(certificate.for_http()?);
        let listener = TcpListener::bind(tls.listen)
            .await
            .with_context(|| format!("cannot listen on {}", tls.listen))?;
        Ok(Self { listener, acceptor, certificate: (!tls.self_signed).then_some(certificate) })
    }
}

/// With port 0 for both, TCP takes the port that UDP was given: one address serves both (RFC 3261 §18.2.1).
async fn bind_sip_tcp(
    address: SocketAddr,
    config: &Config,
    udp: Option<SocketAddr>,
) -> anyhow::Result<TcpListener> {
    if address.port() == 0
        && config.sip.udp == Some(address)
        && let Some(udp) = udp
        && let Ok(listener) = TcpListener::bind(udp).await
    {
        return Ok(listener);
    }
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on tcp {address}"))
}

fn objects(config: &Config, data_dir: &Path) -> anyhow::Result<Objects> {
    match &config.objects.endpoint {
        Some(endpoint) => {
            let credentials = compose::aws_credentials().context("objects.endpoint is set")?;
            Ok(Objects::s3(endpoint, &config.account.region, credentials)?)
        }
        None => {
            let folder = config.objects.folder.clone().unwrap_or_else(|| data_dir.join("objects"));
            std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
            Ok(Objects::folder(folder))
        }
    }
}

/// A node that has what the store holds, what the seed asks for and the calls that were cut off; with its wishes.
fn settled_node(
    config: &Config,
    addresses: &Addresses,
    store: &mut Store,
    journals: &Journals,
    now: Timestamp,
) -> anyhow::Result<(Node, Vec<Output>)> {
    let node_config = compose::node(config, addresses)?;
    let mut outputs = Vec::new();
    let mut node = Node::new(node_config, store.records()?, now, &mut outputs)?;
    node.seed(now, &compose::seed(config)?, &mut outputs)?;
    // The seed is on disk before anything runs.
    let mut first = Vec::new();
    while let Some(output) = (!outputs.is_empty()).then(|| outputs.remove(0)) {
        match output {
            Output::Store { write, changes } => {
                let Some(store::Outcome::Stored(write, outcome)) =
                    store.do_now(store::Job::Write(write, changes))
                else {
                    bail!("the store did not take the seed");
                };
                if let Err(error) = &outcome {
                    bail!("the store did not take the seed: {error}");
                }
                node.handle(now, Input::Stored { write, outcome }, &mut outputs);
            }
            other => first.push(other),
        }
    }
    match journals.take_up() {
        Ok(open) => {
            for (call, lines) in open {
                tracing::warn!(%call, "the node went down during this call: its legs are recorded as crashed");
                node.recover(now, &lines, &mut first);
            }
        }
        Err(error) => {
            let error = format!("{error:#}");
            tracing::error!(error, "the journals of the last run cannot be taken up; they stay as they are");
        }
    }
    Ok((node, first))
}

/// Media reports: events to the node, audio to the spool.
struct Sink {
    shard: usize,
    inbox: Inbox,
    recordings: Recordings,
}

impl shard::Sink for Sink {
    fn event(&mut self, event: Event) -> Result<(), Event> {
        // Nobody waits for a stream's last figures.
        let urgent = !matches!(event, Event::Closed { .. });
        let message = Message::Media(self.shard, event);
        let taken = if urgent { self.inbox.try_complete(message) } else { self.inbox.leave(message) };
        match taken {
            Err(Message::Media(_, event)) => Err(event),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn recorded(&mut self, audio: Recorded) -> Result<(), Recorded> {
        self.recordings.take(audio)
    }
}

/// SIGTERM and SIGINT.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> anyhow::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

async fn stop(inbox: &Inbox, node_thread: thread::JoinHandle<()>, signals: &mut Signals) {
    inbox.complete(Message::Stop);
    // A second signal does not wait for the calls.
    tokio::select! {
        joined = tokio::task::spawn_blocking(move || node_thread.join()) => {
            if !matches!(joined, Ok(Ok(()))) {
                tracing::error!("the node's thread panicked");
            }
        }
        () = signals.next() => tracing::warn!("stopped without waiting for the calls"),
    }
}
