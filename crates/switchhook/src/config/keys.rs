/// One key of the configuration file.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Dotted path; `[]` marks a list of tables.
    pub path: &'static str,
    /// What it does, for `switchhook config` and the documentation.
    pub help: &'static str,
}

const fn key(path: &'static str, help: &'static str) -> Key {
    Key { path, help }
}

/// Every key there is.
pub const KEYS: &[Key] = &[
    key("data_dir", "where the store, the journals and the spool live"),
    key(
        "strict",
        "no Answer action, no Pause outside 100 ms to 30 s, only Polly's voices, languages and SSML",
    ),
    key("account.id", "account id in ARNs and events, 12 digits"),
    key("account.region", "region in ARNs and events"),
    key("api.listen", "address of the control plane, the console and function Invoke"),
    key("api.public_url", "how browsers reach the node; made from its listeners where absent"),
    key("api.tls.listen", "HTTPS and wss listener"),
    key("api.tls.certificate", "PEM file of the certificate chain, taken up when it changes"),
    key("api.tls.key", "PEM file of its key"),
    key("api.tls.self_signed", "make a certificate for development instead"),
    key("api.any_key", "accept any access key without checking signatures (loopback only)"),
    key("api.body_size", "largest request body in bytes"),
    key("api.key[].id", "access key id that may sign requests"),
    key("api.key[].secret", "its secret access key"),
    key("sip.udp", "UDP listener"),
    key("sip.tcp", "TCP listener"),
    key("sip.advertise", "address peers reach us at"),
    key("sip.domains", "domains of connectors beside voiceconnector.chime.aws"),
    key("sip.nameserver", "name server to ask instead of the system's"),
    key("sip.digest", "algorithms that connectors' users are asked for: MD5, SHA-256, first one first"),
    key("sip.trace", "keep SIP messages in the journals"),
    key("media.ports", "RTP port range"),
    key("media.shards", "media threads; 0 means one per core"),
    key("media.bind", "address RTP sockets are bound to"),
    key("media.webrtc", "UDP listener of browsers' media; each further media thread takes the next port"),
    key("media.advertise", "addresses browsers are told to send their media to"),
    key("meetings.no_audio", "seconds without any audio connection, after which a meeting ends"),
    key("meetings.alone", "seconds with fewer than two audio connections; 0: for ever"),
    key("meetings.max_age", "seconds a meeting may last"),
    key("objects.folder", "folder whose sub-folders are the buckets"),
    key("objects.endpoint", "S3-compatible endpoint to use instead of the folder"),
    key("speech.cache_size", "bytes of synthesised speech kept for texts that come again"),
    key("limits.calls", "live calls; beyond it new ones get 503"),
    key("limits.function_timeout", "seconds one event may take in the function"),
    key("limits.dial_timeout", "seconds an outbound call may ring"),
    key("limits.call_duration", "seconds a call may last"),
    key("limits.function_processes", "processes per function"),
    key("limits.invocations", "events at functions at the same time; beyond it new calls get 503"),
    key("limits.browsers", "signalling connections of browsers"),
    key("limits.browsers_per_address", "signalling connections of browsers from one address"),
    key("limits.create_call_rate", "CreateSipMediaApplicationCall requests per second; 0: no limit"),
    key("limits.update_call_rate", "UpdateSipMediaApplicationCall requests per second; 0: no limit"),
    key("function[].name", "name in arn:aws:lambda:…:function:NAME"),
    key("function[].runtime", "python3, node, provided, aws or http"),
    key("function[].code", "folder of the code"),
    key("function[].handler", "file.function"),
    key("function[].env", "environment of its processes"),
    key("function[].interpreter", "interpreter instead of python3 or node on the path"),
    key("function[].url", "where http posts to, or the endpoint of aws"),
    key("function[].secret", "key of the http runtime's signature"),
    key("function[].arn", "ARN the aws runtime invokes"),
    key("function[].reload", "restart its processes when a file of its code changes"),
    key("carrier[].name", "name of the carrier"),
    key("carrier[].uri", "where its calls go"),
    key("carrier[].prefixes", "prefixes of numbers it may be asked for"),
    key("carrier[].sources", "addresses its calls come from (CIDR)"),
    key("carrier[].numbers", "numbers that SearchAvailablePhoneNumbers offers"),
    key("carrier[].username", "digest user"),
    key("carrier[].password", "digest password"),
    key("carrier[].register", "address of record to register with"),
    key("carrier[].asserted_identity", "send P-Asserted-Identity"),
    key("carrier[].from_host", "host part of From towards it"),
    key("carrier[].options_every", "seconds between OPTIONS; 0: none"),
    key("seed.numbers", "numbers in the inventory from the start"),
    key("seed.application[].name", "name of an application"),
    key("seed.application[].function", "its function's name or ARN"),
    key("seed.application[].region", "its region"),
    key("seed.application[].id", "its fixed id"),
    key("seed.rule[].name", "name of a rule"),
    key("seed.rule[].number", "called number that triggers it"),
    key("seed.rule[].connector", "seeded connector whose host triggers it"),
    key("seed.rule[].applications", "seeded applications, first priority first"),
    key("seed.connector[].name", "name of a connector"),
    key("seed.connector[].id", "its fixed id"),
    key("seed.connector[].routes", "origination routes host:port[/tcp]"),
    key("seed.connector[].sources", "addresses its equipment calls from (CIDR)"),
    key("seed.connector[].numbers", "numbers associated with it"),
    key("log.filter", "log filter such as info or switchhook=debug"),
    key("log.format", "text or json"),
];

impl Key {
    /// The environment variable that overrides this key; lists of tables have none.
    pub fn variable(&self) -> Option<String> {
        (!self.path.contains("[]"))
            .then(|| format!("SWITCHHOOK_{}", self.path.replace('.', "_").to_uppercase()))
    }
}
