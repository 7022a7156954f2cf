//! Identifiers in the forms callers know them by.

use base::{E164, Rng};

/// The domain a connector's host name ends in by default; deployment tools check it.
pub const CONNECTOR_DOMAIN: &str = "voiceconnector.chime.aws";

/// A lower-case version 4 UUID: applications, rules, groups, orders, proxy sessions, requests.
pub fn uuid(rng: &mut Rng) -> String {
    base::TransactionId::random(rng).to_string()
}

/// 22 characters of `[a-z0-9]`: a voice connector.
pub fn voice_connector_id(rng: &mut Rng) -> String {
    const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    (0..22).map(|_| char::from(LETTERS[rng.below(36) as usize])).collect()
}

/// `OutboundHostName` of a connector.
pub fn outbound_host_name(voice_connector_id: &str, domain: &str) -> String {
    format!("{voice_connector_id}.{domain}")
}

/// The connector a host name belongs to, in any case of letters, with or without the final dot.
pub fn connector_of_host(host: &str, domain: &str) -> Option<String> {
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    let id = host.strip_suffix(&domain.to_ascii_lowercase())?.strip_suffix('.')?;
    let fits = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits.then(|| id.to_owned())
}

/// `PhoneNumberId` as answers print it: the number with its plus sign percent-encoded.
pub fn phone_number_id(number: &E164) -> String {
    format!("%2B{}", number.digits())
}

/// The number a `PhoneNumberId` means, which callers write with `%2B`, with `+` or with neither.
pub fn parse_phone_number_id(id: &str) -> Option<E164> {
    let encoded = id.strip_prefix("%2B").or_else(|| id.strip_prefix("%2b"));
    match encoded {
        Some(digits) if digits.starts_with('+') => None,
        Some(digits) => digits.parse().ok(),
        None => id.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minted_ids_have_the_forms_of_the_model() {
        let mut rng = Rng::new(7);
        let id = voice_connector_id(&mut rng);
        assert!(id.len() == 22 && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{id}");
        assert_ne!(id, voice_connector_id(&mut rng));
        assert_eq!(uuid(&mut rng).len(), 36);
        assert_eq!(voice_connector_id(&mut Rng::new(7)), id);
    }

    #[test]
    fn hosts_name_connectors_in_any_case() {
        let host = outbound_host_name("abcdefghij0123456789kl", CONNECTOR_DOMAIN);
        assert_eq!(host, "abcdefghij0123456789kl.voiceconnector.chime.aws");
        for host in [host.clone(), host.to_uppercase(), format!("{host}.")] {
            let id = connector_of_host(&host, CONNECTOR_DOMAIN);
            assert_eq!(id.as_deref(), Some("abcdefghij0123456789kl"), "{host}");
        }
        for host in
            ["voiceconnector.chime.aws", ".voiceconnector.chime.aws", "a.b.voiceconnector.chime.aws", "a", ""]
        {
            assert_eq!(connector_of_host(host, CONNECTOR_DOMAIN), None, "{host}");
        }
    }

    #[test]
    fn a_number_is_found_by_every_form_of_its_id() {
        let number: E164 = "+12065550100".parse().unwrap();
        assert_eq!(phone_number_id(&number), "%2B12065550100");
        for id in ["%2B12065550100", "%2b12065550100", "+12065550100", "12065550100"] {
            assert_eq!(parse_phone_number_id(id), Some(number.clone()), "{id}");
        }
        for id in ["", "%2B", "%2B+12065550100", "%252B12065550100", "x"] {
            assert_eq!(parse_phone_number_id(id), None, "{id}");
        }
    }
}
