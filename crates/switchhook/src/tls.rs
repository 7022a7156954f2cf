//! TLS for listeners: a certificate that is exchanged while everything runs on.
//!
//! Connections keep the certificate they began with; only new hand-shakes see the new one. Files that cannot be used
//! change nothing but the log.

mod self_signed;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use anyhow::{Context, bail};
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio::signal::unix::{SignalKind, signal};

pub use self_signed::self_signed;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Where a certificate comes from: PEM files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The certificate and those between it and its root, in this order.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// A certificate in use, exchanged when its files change.
#[derive(Debug)]
pub struct Certificate {
    files: Files,
    current: RwLock<Arc<CertifiedKey>>,
}

/// What tells that a file is another one than before.
type Stamp = [Option<(SystemTime, u64)>; 2];

impl Certificate {
    /// Reads the files.
    pub fn read(files: Files) -> anyhow::Result<Arc<Self>> {
        let current = RwLock::new(Arc::new(read(&files)?));
        Ok(Arc::new(Self { files, current }))
    }

    /// Server configuration of a listener for HTTP/1.1 with this certificate.
    pub fn for_http(self: &Arc<Self>) -> anyhow::Result<Arc<ServerConfig>> {
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(self.clone());
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    /// Takes up changed files for ever, and all files at SIGHUP.
    pub async fn follow(self: Arc<Self>) -> anyhow::Result<()> {
        let mut hang_up = signal(SignalKind::hangup())?;
        let mut known = self.stamp().await;
        let mut seen = known;
        loop {
            tokio::select! {
                _ = hang_up.recv() => {
                    known = self.stamp().await;
                    seen = known;
                    self.reload();
                }
                () = tokio::time::sleep(LOOK) => {
                    let now = self.stamp().await;
                    // Two files are written one after the other: what has just changed is left alone for a moment.
                    if now == seen && now != known {
                        known = now;
                        self.reload();
                    }
                    seen = now;
                }
            }
        }
    }

    fn reload(&self) {
        let certificate = self.files.certificate.display();
        match read(&self.files) {
            Ok(fresh) => {
                *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
                tracing::info!(%certificate, "a new certificate is in use");
            }
            Err(error) => {
                let error = format!("{error:#}");
                tracing::error!(%certificate, error, "the new certificate is no good: the old one stays in use");
            }
        }
    }

    async fn stamp(&self) -> Stamp {
        let of = async |path: &Path| {
            let metadata = tokio::fs::metadata(path).await.ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        };
        [of(&self.files.certificate).await, of(&self.files.key).await]
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(default_provider())
}

fn read(files: &Files) -> anyhow::Result<CertifiedKey> {
    let of = |path: &Path| format!("cannot read {}", path.display());
    let certificates = std::fs::read(&files.certificate).with_context(|| of(&files.certificate))?;
    let key = std::fs::read(&files.key).with_context(|| of(&files.key))?;
    let chain = CertificateDer::pem_slice_iter(&certificates)
        .collect::<Result<Vec<_>, _>>()
        .with_context(|| format!("{} is not PEM", files.certificate.display()))?;
    if chain.is_empty() {
        bail!("{} holds no certificate", files.certificate.display());
    }
    let key = PrivateKeyDer::from_pem_slice(&key)
        .with_context(|| format!("{} holds no private key that can be read", files.key.display()))?;
    CertifiedKey::from_der(chain, key, &provider()).with_context(|| {
        format!("{} and {} do not make a pair", files.certificate.display(), files.key.display())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        vec!["localhost".into(), "127.0.0.1".into()]
    }

    #[test]
    fn a_pair_is_read_and_two_halves_of_different_pairs_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let one = self_signed(&folder.path().join("one"), &names()).unwrap();
        let other = self_signed(&folder.path().join("other"), &names()).unwrap();
        Certificate::read(one.clone()).unwrap();
        let mixed = Files { certificate: one.certificate.clone(), key: other.key };
        let error = format!("{:#}", Certificate::read(mixed).unwrap_err());
        assert!(error.contains("do not make a pair"), "{error}");
        let swapped = Files { certificate: one.key, key: one.certificate };
        let error = format!("{:#}", Certificate::read(swapped).unwrap_err());
        assert!(error.contains("holds no certificate"), "{error}");
    }

    #[test]
    fn bad_files_leave_the_old_certificate_in_use() {
        let folder = tempfile::tempdir().unwrap();
        let files = self_signed(folder.path(), &names()).unwrap();
        let certificate = Certificate::read(files.clone()).unwrap();
        let current = |certificate: &Certificate| certificate.current.read().unwrap().cert[0].clone();
        let before = current(&certificate);
        std::fs::write(&files.certificate, "-----BEGIN CERTIFICATE-----\nhalf").unwrap();
        certificate.reload();
        assert_eq!(current(&certificate), before);
        let other = self_signed(&folder.path().join("other"), &names()).unwrap();
        std::fs::copy(&other.certificate, &files.certificate).unwrap();
        std::fs::copy(&other.key, &files.key).unwrap();
        certificate.reload();
        assert_ne!(current(&certificate), before);
    }
}
