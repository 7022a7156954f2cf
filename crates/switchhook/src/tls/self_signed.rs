use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, SystemTime};

use anyhow::Context;
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair};
use sha2::{Digest, Sha256};

use super::Files;

/// A certificate is made anew before its time is over.
const RENEW: Duration = Duration::from_secs(300 * 86_400);
/// Clocks differ; browsers refuse certificates that are valid for more than 398 days.
const BEFORE: Duration = Duration::from_secs(86_400);
const AFTER: Duration = Duration::from_secs(390 * 86_400);

/// A certificate for development, valid for `names` (host names and addresses), signed by itself. It is kept in
/// `folder`, so that an exception made for it in a browser holds.
pub fn self_signed(folder: &Path, names: &[String]) -> anyhow::Result<Files> {
    // Other names, another certificate.
    let digest = Sha256::digest(names.join("\n"));
    let stem: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let files =
        Files { certificate: folder.join(format!("{stem}.pem")), key: folder.join(format!("{stem}.key")) };
    let age = |path: &Path| fs::metadata(path).and_then(|m| m.modified()).ok()?.elapsed().ok();
    let is_fresh = |path: &Path| age(path).is_some_and(|age| age < RENEW);
    if is_fresh(&files.certificate) && is_fresh(&files.key) {
        return Ok(files);
    }
    let mut params = CertificateParams::new(names).context("a name for the certificate is none")?;
    let now = SystemTime::now();
    params.not_before = (now - BEFORE).into();
    params.not_after = (now + AFTER).into();
    params.distinguished_name.push(DnType::CommonName, "Switchhook, self-signed");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    write(&files.key, &key.serialize_pem(), 0o600)?;
    write(&files.certificate, &certificate.pem(), 0o644)?;
    Ok(files)
}

fn write(path: &Path, text: &str, mode: u32) -> anyhow::Result<()> {
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create(true).truncate(true).mode(mode).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_kept_for_the_same_names_and_its_key_is_nobody_elses() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let names = vec!["localhost".to_string(), "::1".to_string()];
        let first = self_signed(folder.path(), &names).unwrap();
        let bytes = fs::read(&first.certificate).unwrap();
        assert_eq!(fs::metadata(&first.key).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(self_signed(folder.path(), &names).unwrap(), first);
        assert_eq!(fs::read(&first.certificate).unwrap(), bytes);
        assert_ne!(self_signed(folder.path(), &["other.example".to_string()]).unwrap(), first);
    }
}
