//! Numbers attached to connectors and groups: their calls go to the customer's equipment.

use std::collections::BTreeSet;

use api::Error;
use api::voice::{self, ErrorCode, PhoneNumberError, Response};
use base::{E164, Pii};

use super::phone_numbers::number_error;
use super::{Cx, Step, no_such};
use crate::record::Kind;
use crate::records::{Association, Attached, Connector, Group, Number, Product};
use crate::tables::Mutation;
use api::ids::phone_number_id;

/// Most numbers of one request.
const MOST: usize = 200;

pub(super) fn with_connector(
    cx: &mut Cx<'_>,
    r: &voice::AssociatePhoneNumbersWithVoiceConnectorRequest,
) -> Result<Step, Error> {
    cx.share::<Connector>(&r.voice_connector_id).ok_or_else(|| no_such(Kind::Connector))?;
    let to = Attached::Connector(r.voice_connector_id.clone());
    associate(cx, &to, &r.e164_phone_numbers, r.force_associate, |errors| {
        Response::AssociatePhoneNumbersWithVoiceConnector(
            voice::AssociatePhoneNumbersWithVoiceConnectorResponse { phone_number_errors: Some(errors) },
        )
    })
}

pub(super) fn with_group(
    cx: &mut Cx<'_>,
    r: &voice::AssociatePhoneNumbersWithVoiceConnectorGroupRequest,
) -> Result<Step, Error> {
    cx.share::<Group>(&r.voice_connector_group_id).ok_or_else(|| no_such(Kind::Group))?;
    let to = Attached::Group(r.voice_connector_group_id.clone());
    associate(cx, &to, &r.e164_phone_numbers, r.force_associate, |errors| {
        Response::AssociatePhoneNumbersWithVoiceConnectorGroup(
            voice::AssociatePhoneNumbersWithVoiceConnectorGroupResponse { phone_number_errors: Some(errors) },
        )
    })
}

pub(super) fn from_connector(
    cx: &mut Cx<'_>,
    r: &voice::DisassociatePhoneNumbersFromVoiceConnectorRequest,
) -> Result<Step, Error> {
    cx.share::<Connector>(&r.voice_connector_id).ok_or_else(|| no_such(Kind::Connector))?;
    let from = Attached::Connector(r.voice_connector_id.clone());
    disassociate(cx, &from, &r.e164_phone_numbers, |errors| {
        Response::DisassociatePhoneNumbersFromVoiceConnector(
            voice::DisassociatePhoneNumbersFromVoiceConnectorResponse { phone_number_errors: Some(errors) },
        )
    })
}

pub(super) fn from_group(
    cx: &mut Cx<'_>,
    r: &voice::DisassociatePhoneNumbersFromVoiceConnectorGroupRequest,
) -> Result<Step, Error> {
    cx.share::<Group>(&r.voice_connector_group_id).ok_or_else(|| no_such(Kind::Group))?;
    let from = Attached::Group(r.voice_connector_group_id.clone());
    disassociate(cx, &from, &r.e164_phone_numbers, |errors| {
        Response::DisassociatePhoneNumbersFromVoiceConnectorGroup(
            voice::DisassociatePhoneNumbersFromVoiceConnectorGroupResponse {
                phone_number_errors: Some(errors),
            },
        )
    })
}

fn associate(
    cx: &mut Cx<'_>,
    to: &Attached,
    numbers: &[Pii<E164>],
    force: Option<bool>,
    reply: impl FnOnce(Vec<PhoneNumberError>) -> Response,
) -> Result<Step, Error> {
    each(numbers, reply, |number| {
        let record = usable(cx, number)?;
        if record.product != Product::Connector {
            return Err((ErrorCode::BadRequest, "The phone number is not of product type VoiceConnector."));
        }
        match &record.association {
            Some(present) if present.to == *to => return Ok(None),
            Some(_) if force != Some(true) => {
                return Err((
                    ErrorCode::PhoneNumberAssociationsExist,
                    "The phone number is associated with another voice connector or group.",
                ));
            }
            _ => {}
        }
        let mut record = record.clone();
        record.association = Some(Association { to: to.clone(), since: cx.now });
        record.updated = cx.now;
        Ok(Some(record))
    })
}

fn disassociate(
    cx: &mut Cx<'_>,
    from: &Attached,
    numbers: &[Pii<E164>],
    reply: impl FnOnce(Vec<PhoneNumberError>) -> Response,
) -> Result<Step, Error> {
    each(numbers, reply, |number| {
        let mut record = usable(cx, number)?.clone();
        if record.association.take_if(|association| association.to == *from).is_none() {
            return Err((ErrorCode::NotFound, "The phone number is not associated with it."));
        }
        record.updated = cx.now;
        Ok(Some(record))
    })
}

type Trouble = (ErrorCode, &'static str);

fn usable<'a>(cx: &mut Cx<'a>, number: &E164) -> Result<&'a Number, Trouble> {
    match cx.own::<Number>(number.as_str()) {
        Some(record) if record.deleted.is_none() => Ok(record),
        Some(_) => Err((ErrorCode::BadRequest, "The phone number is in the deletion queue.")),
        None => Err((ErrorCode::NotFound, "The phone number does not exist.")),
    }
}

/// Does to each number what `one` says; what it refuses becomes a line of the answer.
fn each(
    numbers: &[Pii<E164>],
    reply: impl FnOnce(Vec<PhoneNumberError>) -> Response,
    mut one: impl FnMut(&E164) -> Result<Option<Number>, Trouble>,
) -> Result<Step, Error> {
    if numbers.len() > MOST {
        return Err(Error::bad_request(format!("E164PhoneNumbers must have at most {MOST} items.")));
    }
    let numbers: BTreeSet<_> = numbers.iter().map(|number| &number.0).collect();
    let (mut mutations, mut errors) = (Vec::new(), Vec::new());
    for number in numbers {
        match one(number) {
            Ok(Some(record)) => mutations.push(Mutation::put(number.clone(), record)),
            Ok(None) => {}
            Err((code, message)) => {
                errors.push(number_error(phone_number_id(number), code, message.to_owned()));
            }
        }
    }
    let reply = reply(errors);
    Ok(if mutations.is_empty() { Step::Answer(reply) } else { Step::Write { mutations, reply } })
}
