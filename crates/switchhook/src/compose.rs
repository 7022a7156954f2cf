//! From the configuration file's words to those of the crates.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use ::http::Method;
use anyhow::{Context, anyhow, bail};
use api::Sensitive;
use api::sigv4::Credentials;
use directory::{Protocol, Seed, SeedApplication, SeedConnector, SeedRoute, SeedRule, SeedTrigger};
use node::{NodeConfig, ShardConfig};
use sip::digest::Algorithm;
use sip::stack::Endpoint;

use crate::config::{self, Config, DigestAlgorithm, EventSink, EventSinkKind, Function, PortRange, Runtime};
use crate::events::{self, SinkConfig};
use crate::functions::{self, FunctionConfig, Runner};
use crate::http::{Authorizer, Cors, Pattern, Route, Site, Source};
use crate::public_url::PublicUrl;
use crate::serve::Addresses;
use crate::{random, shard};

/// Ports rest for at least this long after a call. The one that has rested longest is used next, so that most rest for
/// much longer; only in a wave of short calls does it matter that this is not.
const PORT_QUARANTINE: Duration = Duration::from_secs(1);

/// The node's configuration, with the bound listeners.
pub fn node(config: &Config, addresses: &Addresses) -> anyhow::Result<NodeConfig> {
    let &Addresses { udp, tcp, .. } = addresses;
    let advertised = advertised(config, udp.or(tcp));
    let endpoint =
        |local: SocketAddr| Endpoint { local, advertised: SocketAddr::new(advertised, local.port()) };
    let mut secret = [0; 32];
    random::fill(&mut secret);
    let shards = shards(config);
    let listener = udp.or(tcp).context("no SIP listener")?;
    if config.sip.digest.is_empty() {
        bail!("sip.digest names no algorithm");
    }
    Ok(NodeConfig {
        directory: directory::Config {
            account: config.account.id.clone(),
            region: config.account.region.clone(),
            domains: config.sip.domains.clone(),
            carriers: carriers(config)?,
            create_call_rate: limit(config.limits.create_call_rate),
            update_call_rate: limit(config.limits.update_call_rate),
            seed: random::u64(),
            meetings: meetings(config, addresses),
            ..Default::default()
        },
        sip: sip::stack::Config {
            udp: udp.map(endpoint),
            tcp: tcp.map(endpoint),
            domain: advertised.to_string(),
            limits: sip::stack::Limits {
                dialogs: 4 * config.limits.calls,
                transactions: 16 * config.limits.calls,
                ..Default::default()
            },
            trace: config.sip.trace,
            digest: config
                .sip
                .digest
                .iter()
                .map(|algorithm| match algorithm {
                    DigestAlgorithm::Md5 => Algorithm::Md5,
                    DigestAlgorithm::Sha256 => Algorithm::Sha256,
                })
                .collect(),
            ..sip::stack::Config::udp(listener, secret, random::u64())
        },
        shards: shards
            .iter()
            .map(|ports| ShardConfig {
                ports: ports.first..=ports.last,
                address: if config.media.bind.is_unspecified() { advertised } else { config.media.bind },
                internal: if config.media.bind.is_unspecified() {
                    Ipv4Addr::LOCALHOST.into()
                } else {
                    config.media.bind
                },
            })
            .collect(),
        port_quarantine: PORT_QUARANTINE,
        calls: config.limits.calls,
        call: call::Limits {
            function_timeout: config.limits.function_timeout,
            dial_timeout: config.limits.dial_timeout,
            call_duration: config.limits.call_duration,
            strict: config.strict,
            ..Default::default()
        },
        meetings: meet::Config {
            no_audio: config.meetings.no_audio,
            alone: Some(config.meetings.alone).filter(|alone| !alone.is_zero()),
            max_age: config.meetings.max_age,
            connections_max: config.limits.browsers,
            ..Default::default()
        },
        relay_ring: config.limits.dial_timeout,
        seed: random::u64(),
    })
}

/// How browsers reach the node.
pub fn public_url(config: &Config, addresses: &Addresses) -> PublicUrl {
    if let Some(url) = &config.api.public_url {
        return url.clone();
    }
    let listener = addresses.https.unwrap_or(addresses.api);
    let host =
        if listener.ip().is_unspecified() { advertised(config, Some(listener)) } else { listener.ip() };
    PublicUrl::of(SocketAddr::new(host, listener.port()), addresses.https.is_some())
}

/// What browsers are told of meetings.
fn meetings(config: &Config, addresses: &Addresses) -> directory::MeetingsConfig {
    let public = public_url(config, addresses);
    directory::MeetingsConfig {
        signaling_url: public.signaling(),
        audio_host: public.audio_host(config.media.webrtc.port()),
        event_ingestion_url: Some(public.event_ingestion()),
        ..Default::default()
    }
}

/// Where events of meetings go.
pub fn events(config: &Config) -> anyhow::Result<events::Settings> {
    let uri = |url: &String| url.parse::<http::Uri>().with_context(|| format!("{url:?} is no URL"));
    let sink = |sink: &EventSink| {
        Ok(match sink.kind {
            EventSinkKind::File => SinkConfig::File(sink.path.clone().context("a file sink has its path")?),
            EventSinkKind::Http => {
                SinkConfig::Http(uri(sink.url.as_ref().context("an http sink has its url")?)?)
            }
            EventSinkKind::EventBridge => SinkConfig::EventBridge {
                endpoint: sink.url.as_ref().map(uri).transpose()?,
                bus: sink.bus.clone(),
                source: sink.source.clone(),
            },
        })
    };
    Ok(events::Settings {
        account: config.account.id.clone(),
        region: config.account.region.clone(),
        sns: config.events.sns.as_ref().map(uri).transpose()?,
        sqs: config.events.sqs.as_ref().map(uri).transpose()?,
        // Without them, what needs them says so when it comes to it.
        credentials: aws_credentials().ok(),
        sinks: config.events.sink.iter().map(sink).collect::<anyhow::Result<_>>()?,
    })
}

/// Names for a certificate that the node makes itself.
pub fn own_names(config: &Config) -> Vec<String> {
    let listener = config.api.tls.as_ref().map(|tls| tls.listen);
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    names.push(advertised(config, listener).to_string());
    names.extend(config.api.public_url.as_ref().map(|url| url.host().to_owned()));
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// Each shard's slice of the RTP ports.
pub fn shards(config: &Config) -> Vec<PortRange> {
    let PortRange { first, last } = config.media.ports;
    let wanted = match config.media.shards {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        shards => shards,
    };
    // A leg takes two ports, a bridged call four.
    let size = usize::from(last - first) + 1;
    let count = wanted.clamp(1, (size / 8).max(1));
    let slice = (size / count) as u16 & !1;
    (0..count as u16)
        .map(|i| PortRange { first: first + i * slice, last: first + (i + 1) * slice - 1 })
        .collect()
}

/// Where a media thread takes browsers' packets, and where they are told to send them.
pub fn browsers(config: &Config, shard: usize) -> anyhow::Result<shard::Browsers> {
    let mut bind = config.media.webrtc;
    if bind.port() != 0 {
        let port = u16::try_from(shard).ok().and_then(|shard| bind.port().checked_add(shard));
        bind.set_port(port.context("media.webrtc: not enough ports above it for all media threads")?);
    }
    let addresses = if !config.media.advertise.is_empty() {
        config.media.advertise.clone()
    } else if !bind.ip().is_unspecified() {
        vec![bind.ip()]
    } else {
        // A browser on this machine may have no other way than loopback.
        let mut found = vec![advertised(config, None), Ipv4Addr::LOCALHOST.into()];
        found.dedup();
        found
    };
    let mut secret = [0; 32];
    random::fill(&mut secret);
    Ok(shard::Browsers { bind, addresses, secret })
}

/// The address peers reach us at: as configured, the listener's own, or the one this machine would call from.
fn advertised(config: &Config, listener: Option<SocketAddr>) -> IpAddr {
    if let Some(advertise) = config.sip.advertise {
        return advertise;
    }
    match listener.map(|l| l.ip()) {
        Some(ip) if !ip.is_unspecified() => ip,
        // Connecting a datagram socket sends nothing; it only asks the routing table.
        _ => UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))
            .and_then(|socket| {
                socket.connect((Ipv4Addr::new(198, 51, 100, 1), 9))?;
                socket.local_addr()
            })
            .map_or(Ipv4Addr::LOCALHOST.into(), |address| address.ip()),
    }
}

fn limit(rate: u32) -> Option<u32> {
    (rate > 0).then_some(rate)
}

fn parse<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    texts: &[String],
    of: &str,
) -> anyhow::Result<Vec<T>> {
    texts.iter().map(|text| text.parse().with_context(|| format!("{of}: {text:?}"))).collect()
}

fn carriers(config: &Config) -> anyhow::Result<Vec<directory::Carrier>> {
    config
        .carrier
        .iter()
        .map(|carrier| {
            let of = |key: &str| format!("carrier {:?}, {key}", carrier.name);
            let credentials = match (&carrier.username, &carrier.password) {
                (Some(username), Some(password)) => {
                    Some(directory::Credentials { username: username.clone(), password: password.clone() })
                }
                (None, None) => None,
                _ => bail!("{} and password go together", of("username")),
            };
            if carrier.register.is_some() && credentials.is_none() {
                bail!("{} needs username and password", of("register"));
            }
            Ok(directory::Carrier {
                name: carrier.name.clone(),
                uri: carrier.uri.clone(),
                prefixes: carrier.prefixes.clone(),
                sources: parse(&carrier.sources, &of("sources"))?,
                numbers: parse(&carrier.numbers, &of("numbers"))?,
                credentials,
                register: carrier.register.clone(),
                asserted_identity: carrier.asserted_identity,
                from_host: carrier.from_host.clone(),
                options_every: (carrier.options_every > 0)
                    .then(|| Duration::from_secs(carrier.options_every.into())),
            })
        })
        .collect()
}

/// What is made at the first start.
pub fn seed(config: &Config) -> anyhow::Result<Seed> {
    let seed = &config.seed;
    Ok(Seed {
        numbers: parse(&seed.numbers, "seed.numbers")?,
        applications: seed
            .application
            .iter()
            .map(|application| SeedApplication {
                name: application.name.clone(),
                function: function_arn(config, &application.function),
                region: application.region.clone(),
                id: application.id.clone(),
            })
            .collect(),
        connectors: seed
            .connector
            .iter()
            .map(|connector| {
                let of = |key: &str| format!("seed.connector {:?}, {key}", connector.name);
                Ok(SeedConnector {
                    name: connector.name.clone(),
                    id: connector.id.clone(),
                    routes: connector
                        .routes
                        .iter()
                        .map(|route| seed_route(route).with_context(|| of("routes")))
                        .collect::<anyhow::Result<_>>()?,
                    sources: parse(&connector.sources, &of("sources"))?,
                    numbers: parse(&connector.numbers, &of("numbers"))?,
                })
            })
            .collect::<anyhow::Result<_>>()?,
        rules: seed
            .rule
            .iter()
            .map(|rule| {
                let trigger = match (&rule.number, &rule.connector) {
                    (Some(number), None) => SeedTrigger::Number(
                        number
                            .parse()
                            .with_context(|| format!("seed.rule {:?}, number: {number:?}", rule.name))?,
                    ),
                    (None, Some(connector)) => SeedTrigger::Connector(connector.clone()),
                    _ => bail!("seed.rule {:?} needs either `number` or `connector`", rule.name),
                };
                Ok(SeedRule { name: rule.name.clone(), trigger, applications: rule.applications.clone() })
            })
            .collect::<anyhow::Result<_>>()?,
    })
}

/// The ARN of a function given by name; an ARN stays.
fn function_arn(config: &Config, function: &str) -> String {
    if function.starts_with("arn:") {
        return function.into();
    }
    format!("arn:aws:lambda:{}:{}:function:{function}", config.account.region, config.account.id)
}

/// `host:port[/tcp]`
fn seed_route(text: &str) -> anyhow::Result<SeedRoute> {
    let (place, protocol) = match text.rsplit_once('/') {
        Some((place, "tcp")) => (place, Protocol::Tcp),
        Some((place, "udp")) => (place, Protocol::Udp),
        Some((_, other)) => bail!("{text:?}: {other:?} is neither udp nor tcp"),
        None => (text, Protocol::Udp),
    };
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().with_context(|| format!("{text:?}: the port"))?),
        None => (place, 5060),
    };
    Ok(SeedRoute { host: host.into(), port, protocol })
}

/// The functions' configuration.
pub fn functions(config: &Config) -> anyhow::Result<Vec<FunctionConfig>> {
    config
        .function
        .iter()
        .map(|function| Ok(FunctionConfig { name: function.name.clone(), runner: runner(config, function)? }))
        .collect()
}

fn runner(config: &Config, function: &Function) -> anyhow::Result<Runner> {
    let runtime = match function.runtime {
        Runtime::Python => functions::Runtime::Python,
        Runtime::Node => functions::Runtime::Node,
        Runtime::Provided => functions::Runtime::Provided,
        Runtime::Http => {
            return Ok(Runner::Http {
                url: function.url.clone().context("an http function has its url")?,
                secret: function.secret.clone().context("an http function has its secret")?,
            });
        }
        Runtime::Aws => {
            return Ok(Runner::Aws(functions::Aws {
                endpoint: function.url.clone(),
                function: function.arn.clone(),
                region: config.account.region.clone(),
                credentials: aws_credentials()
                    .with_context(|| format!("function {:?} has the runtime aws", function.name))?,
            }));
        }
    };
    Ok(Runner::Process(functions::Process {
        runtime,
        code: function.code.clone().context("a process function has its code")?,
        handler: function.handler.clone().unwrap_or_default(),
        env: function.env.clone(),
        interpreter: function.interpreter.clone(),
        reload: function.reload,
    }))
}

/// The routes to functions.
pub fn routes(config: &Config) -> anyhow::Result<Vec<Route>> {
    let mut authorizers = BTreeMap::new();
    for authorizer in &config.authorizer {
        let source = Source::new(&authorizer.issuer, authorizer.jwks.as_deref())
            .with_context(|| format!("authorizer {:?}", authorizer.name))?;
        let made = Authorizer::new(
            authorizer.issuer.clone(),
            source,
            authorizer.audience.clone(),
            authorizer.token_use.clone(),
        );
        authorizers.insert(authorizer.name.as_str(), Arc::new(made));
    }
    let mut routes = Vec::new();
    for route in &config.route {
        let pattern: Pattern = route.path.parse().map_err(|why| anyhow!("route: {why}"))?;
        if let Some(stage) = route.stage.as_deref().filter(|stage| stage.is_empty() || stage.contains('/')) {
            bail!("route {:?}: the stage {stage:?} is not one part of a path", route.path);
        }
        let methods = route.method.iter().filter(|method| *method != "ANY");
        let methods = methods.map(|method| Method::from_bytes(method.as_bytes()));
        let methods = methods.collect::<Result<_, _>>();
        routes.push(Route {
            pattern,
            stage: route.stage.clone(),
            methods: methods.with_context(|| format!("route {:?}, method", route.path))?,
            function: route.function.clone(),
            authorizer: route.authorizer.as_deref().and_then(|name| authorizers.get(name)).cloned(),
            cors: Cors::new(match (&route.cors, &route.authorizer) {
                (Some(origins), _) => origins.clone(),
                (None, Some(_)) => vec!["*".into()],
                (None, None) => Vec::new(),
            }),
            timeout: route.timeout,
        });
    }
    Ok(routes)
}

/// The sites.
pub fn sites(config: &Config) -> anyhow::Result<Vec<Site>> {
    let site = |site: &config::Site| {
        let values = site.config.as_ref().map(serde_json::to_value).transpose()?;
        Site::new(&site.path, &site.folder, values.as_ref(), site.fallback.as_deref())
            .with_context(|| format!("site {:?}: cannot open {}", site.path, site.folder.display()))
    };
    config.site.iter().map(site).collect()
}

/// The usual AWS variables.
pub fn aws_credentials() -> anyhow::Result<Credentials> {
    let variable = |name: &str| std::env::var(name).with_context(|| format!("{name} is not set"));
    Ok(Credentials {
        access_key: variable("AWS_ACCESS_KEY_ID")?,
        secret_key: Sensitive(variable("AWS_SECRET_ACCESS_KEY")?),
        session_token: std::env::var("AWS_SESSION_TOKEN").ok().map(Sensitive),
    })
}

/// What all functions share; they sign with `key`.
pub fn function_settings(
    config: &Config,
    api: SocketAddr,
    key: &Credentials,
    data_dir: &Path,
) -> functions::Settings {
    let mut variables = functions::endpoint_variables(&format!("http://{}", reachable(api)));
    // A function that talks to AWS itself brings its own key in `env`, which is stronger.
    variables.push(("AWS_ACCESS_KEY_ID".into(), key.access_key.clone()));
    variables.push(("AWS_SECRET_ACCESS_KEY".into(), key.secret_key.0.clone()));
    functions::Settings {
        account: config.account.id.clone(),
        region: config.account.region.clone(),
        runtime_dir: data_dir.join("runtime"),
        variables,
        limits: functions::Limits {
            processes: config.limits.function_processes,
            // New calls are refused long before: an event of a live call waits.
            waiting: 2 * config.limits.invocations,
            invoke: config.limits.function_timeout,
            ..Default::default()
        },
    }
}

/// An address that a process on this machine can connect to.
pub fn reachable(listener: SocketAddr) -> SocketAddr {
    if listener.ip().is_unspecified() {
        return SocketAddr::new(Ipv4Addr::LOCALHOST.into(), listener.port());
    }
    listener
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_share_the_ports_without_overlap() {
        let mut config = Config::default();
        config.media.shards = 3;
        config.media.ports = PortRange { first: 40_000, last: 40_999 };
        let shards = shards(&config);
        assert_eq!(shards.len(), 3);
        for pair in shards.windows(2) {
            assert!(pair[0].last < pair[1].first);
            assert_eq!(pair[1].first % 2, 0);
        }
        assert!(shards[2].last <= 40_999);
    }

    #[test]
    fn a_small_range_has_fewer_shards() {
        let mut config = Config::default();
        config.media.shards = 64;
        config.media.ports = PortRange { first: 40_000, last: 40_015 };
        assert_eq!(shards(&config).len(), 2);
    }

    #[test]
    fn the_seed_of_the_every_key_example_is_understood() {
        let config = crate::config::parse(include_str!("config/every_key.toml"), Vec::new()).unwrap();
        let seed = seed(&config);
        // It names both a number and a connector for one rule, which is one too many.
        assert!(seed.unwrap_err().to_string().contains("either"));
        assert_eq!(seed_route("pbx.example.net:5080/tcp").unwrap().port, 5080);
        assert!(seed_route("pbx:x").is_err());
    }
}
