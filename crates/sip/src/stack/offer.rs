//! What the INVITE of an offer says, or why it makes none.

use super::Offer;
use super::server::Arrived;
use crate::body;
use crate::header::{Header, NameAddr};
use crate::media_session::{Codec, RemoteMedia, preview};
use crate::message::{Headers, Request};

/// Codecs that any of our legs may speak; the leg decides later.
const CODECS: [Codec; 2] = [Codec::Pcmu, Codec::Pcma];

/// Why an INVITE makes no dialog.
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) headers: Vec<(Header, String)>,
}

impl Refusal {
    pub(super) fn plain(status: u16) -> Self {
        Self { status, headers: Vec::new() }
    }

    pub(super) fn with(status: u16, header: Header, value: impl Into<String>) -> Self {
        Self { status, headers: vec![(header, value.into())] }
    }
}

/// The session description of a message.
pub(super) fn sdp<'a>(headers: &'a Headers, bytes: &'a [u8]) -> Option<&'a [u8]> {
    if bytes.is_empty() {
        return None;
    }
    let kind = headers.content_type()?;
    if !kind.is_multipart() {
        return kind.is("application/sdp").then_some(bytes);
    }
    // Broken multiparts were refused when the call was offered; elsewhere they count as nothing said.
    let parts = body::parts(headers, bytes).ok()?;
    parts.into_iter().find(|part| part.is("application/sdp")).map(|part| part.body)
}

/// The session description and the other bodies of an INVITE.
#[expect(clippy::type_complexity, reason = "two parts of one body, taken apart at once")]
pub(super) fn contents(request: &Request) -> Result<(Option<RemoteMedia>, Vec<(String, Vec<u8>)>), Refusal> {
    if request.body.is_empty() {
        return Ok((None, Vec::new()));
    }
    let accept = || Refusal::with(415, Header::Accept, "application/sdp, multipart/mixed");
    let kind = request.headers.content_type().ok_or_else(accept)?;
    if !kind.is("application/sdp") && !kind.is_multipart() {
        return Err(accept());
    }
    let parts = body::parts(&request.headers, &request.body).map_err(|_| Refusal::plain(400))?;
    let media = match parts.iter().find(|part| part.is("application/sdp")) {
        Some(part) => Some(preview(part.body, &CODECS).map_err(|error| {
            let warning = format!("399 switchhook \"{error}\"");
            Refusal::with(error.status(), Header::Warning, warning)
        })?),
        None => None,
    };
    let others = parts
        .iter()
        .filter(|part| !part.is("application/sdp"))
        .map(|part| (part.content_type.to_owned(), part.body.to_vec()))
        .collect();
    Ok((media, others))
}

/// The INVITE as the node sees it.
pub(super) fn describe(
    arrived: &Arrived,
    media: Option<RemoteMedia>,
    bodies: Vec<(String, Vec<u8>)>,
) -> Result<Offer, Refusal> {
    let request = &arrived.request;
    let headers = &request.headers;
    let uri = &request.uri;
    let user = match uri.user_decoded() {
        Some(user) => user.into_owned(),
        None if uri.is_sip() => String::new(),
        None => return Err(Refusal::plain(416)),
    };
    let user_of = |address: Option<NameAddr<'_>>| {
        let uri = address.and_then(|address| address.uri().ok());
        uri.and_then(|uri| uri.user_decoded().map(|user| user.into_owned())).unwrap_or_default()
    };
    let authorization = [Header::Authorization, Header::ProxyAuthorization]
        .into_iter()
        .find_map(|header| headers.authorization(header).transpose())
        .transpose()
        .map_err(|_| Refusal::plain(400))?;
    Ok(Offer {
        flow: arrived.flow,
        user,
        host: uri.host().to_ascii_lowercase(),
        uri_parameters: uri
            .params()
            .iter()
            .map(|(name, value)| (name.to_owned(), crate::uri::decode(value.unwrap_or("")).into_owned()))
            .collect(),
        from_user: user_of(headers.from()),
        to_user: user_of(headers.to()),
        call_id: headers.call_id().to_owned(),
        headers: headers.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        authorization,
        media,
        bodies,
    })
}
