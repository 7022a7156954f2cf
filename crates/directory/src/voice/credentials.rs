//! Digest users of a connector's equipment. Passwords are not kept, only what digest needs of them.

use api::voice::{self, Response};
use api::{Error, Sensitive};
use md5::Md5;
use sha2::{Digest, Sha256};

use super::{Cx, Step, no_such};
use crate::names::outbound_host;
use crate::record::Kind;
use crate::records::{Connector, Ha1};
use crate::tables::Mutation;

/// Adds users or gives present ones a new password; others stay.
pub(super) fn put(
    cx: &mut Cx<'_>,
    r: &voice::PutVoiceConnectorTerminationCredentialsRequest,
) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    let realm = outbound_host(id);
    for given in r.credentials.as_deref().unwrap_or_default() {
        let (Some(Sensitive(user)), Some(Sensitive(password))) = (&given.username, &given.password) else {
            return Err(Error::bad_request("Credentials must have a Username and a Password each."));
        };
        // A colon would make two users share one hash; a control character cannot be sent in a header.
        if user.is_empty() || user.chars().any(|c| c == ':' || c.is_control()) || password.is_empty() {
            return Err(Error::bad_request(
                "Credentials must have a Username without a colon and a Password each.",
            ));
        }
        connector.credentials.insert(user.clone(), ha1(user, &realm, password));
    }
    Ok(Step::write(Mutation::put(id, connector), Response::PutVoiceConnectorTerminationCredentials))
}

pub(super) fn list(
    cx: &Cx<'_>,
    r: &voice::ListVoiceConnectorTerminationCredentialsRequest,
) -> Result<Step, Error> {
    let connector = cx.peek::<Connector>(&r.voice_connector_id).ok_or_else(|| no_such(Kind::Connector))?;
    let usernames = connector.credentials.keys().cloned().map(Sensitive).collect();
    let reply = voice::ListVoiceConnectorTerminationCredentialsResponse { usernames: Some(usernames) };
    Ok(Step::Answer(Response::ListVoiceConnectorTerminationCredentials(reply)))
}

/// Users that do not exist are gone already.
pub(super) fn delete(
    cx: &mut Cx<'_>,
    r: &voice::DeleteVoiceConnectorTerminationCredentialsRequest,
) -> Result<Step, Error> {
    let id = &r.voice_connector_id;
    let mut connector = cx.own::<Connector>(id).ok_or_else(|| no_such(Kind::Connector))?.clone();
    for user in &r.usernames {
        connector.credentials.remove(&user.0);
    }
    Ok(Step::write(Mutation::put(id, connector), Response::DeleteVoiceConnectorTerminationCredentials))
}

/// RFC 7616 §3.4.2 for both algorithms.
fn ha1(user: &str, realm: &str, password: &str) -> Ha1 {
    fn hex(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
        bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }
    let text = format!("{user}:{realm}:{password}");
    Ha1 { md5: hex(&Md5::digest(&text)), sha256: hex(&Sha256::digest(&text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ha1_of_the_example_of_rfc_2617() {
        let ha1 = ha1("Mufasa", "testrealm@host.com", "Circle Of Life");
        assert_eq!(ha1.md5, "939e7578ed9e3c518a452acee763bce9");
        assert_eq!(ha1.sha256.len(), 64);
        assert_eq!(format!("{ha1:?}"), "Ha1(…)");
    }
}
