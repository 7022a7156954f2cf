//! Who may use the API: the configured access keys, the functions' own, or on loopback anybody.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use api::Sensitive;
use api::http::RawRequest;
use api::sigv4::{Access, Credentials, Refusal, SKEW, screen, verify};
use base::Timestamp;

/// Access keys and how strictly they are asked for.
#[derive(Debug)]
pub struct Keys {
    secrets: BTreeMap<String, Sensitive<String>>,
    any_on_loopback: bool,
}

impl Keys {
    /// The operator's keys and the pair that the node's own functions sign with.
    pub fn new(config: &crate::config::Api, functions: &Credentials) -> Self {
        let mut secrets: BTreeMap<_, _> =
            config.key.iter().map(|key| (key.id.clone(), Sensitive(key.secret.clone()))).collect();
        secrets.insert(functions.access_key.clone(), functions.secret_key.clone());
        Self { secrets, any_on_loopback: config.any_key }
    }

    /// Calls `with` with whom to let in from `peer` to `service`.
    pub fn access<R>(&self, service: &str, peer: SocketAddr, with: impl FnOnce(&Access<'_>) -> R) -> R {
        if self.any_on_loopback && peer.ip().is_loopback() {
            return with(&Access::Anybody);
        }
        let secret_of = |key: &str| self.secrets.get(key).cloned();
        with(&Access::Signed { service, secret_of: &secret_of, skew: SKEW })
    }

    /// Refuses, by its head alone, a request that no body could make good.
    pub fn screen(
        &self,
        service: &str,
        head: &RawRequest<'_>,
        peer: SocketAddr,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        self.access(service, peer, |access| screen(head, access, now))
    }

    /// Lets a control-plane request in or refuses it.
    pub fn verify(&self, raw: &RawRequest<'_>, peer: SocketAddr, now: Timestamp) -> Result<(), api::Error> {
        self.access("chime", peer, |access| verify(raw, access, now))?;
        Ok(())
    }
}
