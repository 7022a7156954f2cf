//! Numbers of the inventory: read, change, delete (into a queue of seven days) and restore.

use api::arn::Resource;
use api::ids::{parse_phone_number_id, phone_number_id};
use api::voice::{
    self, CallingNameStatus, ErrorCode, PhoneNumberAssociationName as Filter, PhoneNumberError,
    PhoneNumberProductType as ProductType, PhoneNumberStatus as Status, PhoneNumberType, Response,
};
use api::{Error, Kind as Refusal, Sensitive};
use base::{E164, Pii};

use super::{Cx, Step, no_such};
use crate::country::{country_of, is_toll_free};
use crate::names::arn;
use crate::record::Kind;
use crate::records::{Attached, Number, Product, Trigger};
use crate::tables::Mutation;
use api::page::Page;

/// Most numbers of one batch.
const BATCH: usize = 50;

pub(super) fn get(cx: &Cx<'_>, r: &voice::GetPhoneNumberRequest) -> Result<Step, Error> {
    let id = number(&r.phone_number_id)?;
    let record = cx.peek::<Number>(id.as_str()).ok_or_else(|| no_such(Kind::Number))?;
    let reply = voice::GetPhoneNumberResponse { phone_number: Some(wire(cx, &id, record)) };
    Ok(Step::Answer(Response::GetPhoneNumber(reply)))
}

pub(super) fn list(cx: &Cx<'_>, r: &voice::ListPhoneNumbersRequest) -> Result<Step, Error> {
    let page = Page::new("numbers", r.max_results, r.next_token.as_deref())?;
    let status = match r.status.as_deref() {
        Some(wanted) => Some(
            Status::ALL
                .iter()
                .copied()
                .find(|status| status.as_str() == wanted)
                .ok_or_else(|| Error::bad_request("Status must be a phone number status."))?,
        ),
        None => None,
    };
    let product = r.product_type.map(product);
    let matches = |number: &E164, record: &Number| {
        product.is_none_or(|product| product == record.product)
            && status.is_none_or(|status| status == status_of(cx, number, record))
    };
    let row = |(id, record): (&'_ str, &'_ Number)| {
        let number = key(id)?;
        matches(&number, record).then(|| wire(cx, &number, record))
    };
    fn with<'a>(
        rows: impl Iterator<Item = (&'a str, &'a Number)>,
        row: impl Fn((&'a str, &'a Number)) -> Option<voice::PhoneNumber>,
    ) -> impl Iterator<Item = (&'a str, voice::PhoneNumber)> {
        rows.filter_map(move |(id, record)| row((id, record)).map(|wire| (id, wire)))
    }
    let (rows, next_token) = match (r.filter_name, r.filter_value.as_deref()) {
        (None, None) => page.cut(with(cx.tables.numbers.after(page.after()), row)),
        (Some(Filter::VoiceConnectorId), Some(id)) => {
            let rows = cx.tables.attached_to(&Attached::Connector(id.to_owned()), page.after());
            page.cut(with(rows, row))
        }
        (Some(Filter::VoiceConnectorGroupId), Some(id)) => {
            let rows = cx.tables.attached_to(&Attached::Group(id.to_owned()), page.after());
            page.cut(with(rows, row))
        }
        (Some(Filter::SipRuleId), Some(id)) => {
            let rule = cx.tables.rules.get(id).filter(|rule| !rule.disabled);
            let number = rule.and_then(|rule| match &rule.trigger {
                Trigger::Number(number) => Some(number.as_str()),
                Trigger::Connector(_) => None,
            });
            let rows = number
                .filter(|number| page.after().is_none_or(|after| after < *number))
                .and_then(|number| Some((number, cx.tables.numbers.get(number)?)));
            page.cut(with(rows.into_iter(), row))
        }
        _ => return Err(Error::bad_request("FilterName and FilterValue must be given together.")),
    };
    let reply = voice::ListPhoneNumbersResponse { phone_numbers: Some(rows), next_token };
    Ok(Step::Answer(Response::ListPhoneNumbers(reply)))
}

/// What an update may change.
struct Update<'a> {
    id: &'a str,
    product: Option<ProductType>,
    calling_name: Option<&'a str>,
    name: Option<&'a str>,
}

pub(super) fn update(cx: &mut Cx<'_>, r: &voice::UpdatePhoneNumberRequest) -> Result<Step, Error> {
    let update = Update {
        id: &r.phone_number_id,
        product: r.product_type,
        calling_name: r.calling_name.as_ref().map(|name| name.0.as_str()),
        name: r.name.as_ref().map(|name| name.0.as_str()),
    };
    let (number, record) = updated(cx, &update)?;
    let reply = voice::UpdatePhoneNumberResponse { phone_number: Some(wire(cx, &number, &record)) };
    Ok(Step::write(Mutation::put(number, record), Response::UpdatePhoneNumber(reply)))
}

pub(super) fn batch_update(cx: &mut Cx<'_>, r: &voice::BatchUpdatePhoneNumberRequest) -> Result<Step, Error> {
    let items = &r.update_phone_number_request_items;
    let ids = items.iter().map(|item| item.phone_number_id.0.as_str());
    batch(
        cx,
        ids,
        |errors| {
            Response::BatchUpdatePhoneNumber(voice::BatchUpdatePhoneNumberResponse {
                phone_number_errors: Some(errors),
            })
        },
        |cx, at| {
            let item = &items[at];
            let update = Update {
                id: &item.phone_number_id,
                product: item.product_type,
                calling_name: item.calling_name.as_ref().map(|name| name.0.as_str()),
                name: item.name.as_ref().map(|name| name.0.as_str()),
            };
            updated(cx, &update)
        },
    )
}

fn updated(cx: &mut Cx<'_>, update: &Update<'_>) -> Result<(E164, Number), Error> {
    let number = number(update.id)?;
    let mut record = cx.own::<Number>(number.as_str()).ok_or_else(|| no_such(Kind::Number))?.clone();
    let status = status_of(cx, &number, &record);
    if status == DELETED {
        return Err(Error::conflict("The phone number is in the deletion queue."));
    }
    if let Some(wanted) = update.product.map(product).filter(|wanted| *wanted != record.product) {
        if status != Status::Unassigned {
            return Err(Error::conflict("ProductType can change only while the phone number is Unassigned."));
        }
        record.product = wanted;
    }
    if let Some(name) = update.calling_name {
        record.calling_name = Some(name.to_owned()).filter(|name| !name.is_empty());
    }
    if let Some(name) = update.name {
        record.name = Some(name.to_owned()).filter(|name| !name.is_empty());
    }
    record.updated = cx.now;
    Ok((number, record))
}

pub(super) fn delete(cx: &mut Cx<'_>, r: &voice::DeletePhoneNumberRequest) -> Result<Step, Error> {
    let (number, record) = deleted(cx, &r.phone_number_id)?;
    Ok(Step::write(Mutation::put(number, record), Response::DeletePhoneNumber))
}

pub(super) fn batch_delete(cx: &mut Cx<'_>, r: &voice::BatchDeletePhoneNumberRequest) -> Result<Step, Error> {
    let ids = &r.phone_number_ids;
    batch(
        cx,
        ids.iter().map(String::as_str),
        |errors| {
            Response::BatchDeletePhoneNumber(voice::BatchDeletePhoneNumberResponse {
                phone_number_errors: Some(errors),
            })
        },
        |cx, at| deleted(cx, &ids[at]),
    )
}

/// The operation's model knows no conflict, so a number in use is a bad request.
fn deleted(cx: &mut Cx<'_>, id: &str) -> Result<(E164, Number), Error> {
    let number = number(id)?;
    let mut record = cx.own::<Number>(number.as_str()).ok_or_else(|| no_such(Kind::Number))?.clone();
    match status_of(cx, &number, &record) {
        Status::Unassigned => {}
        DELETED => return Err(Error::bad_request("The phone number is in the deletion queue already.")),
        _ => {
            let error = Error::bad_request("The phone number must be Unassigned to be deleted.");
            return Err(error.with_code(api::Code::PhoneNumberAssociationsExist));
        }
    }
    record.deleted = Some(cx.now);
    record.updated = cx.now;
    Ok((number, record))
}

pub(super) fn restore(cx: &mut Cx<'_>, r: &voice::RestorePhoneNumberRequest) -> Result<Step, Error> {
    let number = number(&r.phone_number_id)?;
    let mut record = cx.own::<Number>(number.as_str()).ok_or_else(|| no_such(Kind::Number))?.clone();
    if record.deleted.take().is_none() {
        return Err(Error::bad_request("The phone number is not in the deletion queue."));
    }
    record.updated = cx.now;
    let reply = voice::RestorePhoneNumberResponse { phone_number: Some(wire(cx, &number, &record)) };
    Ok(Step::write(Mutation::put(number, record), Response::RestorePhoneNumber(reply)))
}

/// Does to each number what `one` says; what it refuses becomes a line of the answer.
fn batch<'r>(
    cx: &mut Cx<'_>,
    ids: impl ExactSizeIterator<Item = &'r str>,
    reply: impl FnOnce(Vec<PhoneNumberError>) -> Response,
    one: impl Fn(&mut Cx<'_>, usize) -> Result<(E164, Number), Error>,
) -> Result<Step, Error> {
    if ids.len() > BATCH {
        return Err(Error::bad_request(format!("A batch has at most {BATCH} phone numbers.")));
    }
    let (mut mutations, mut errors, mut seen) = (Vec::new(), Vec::new(), Vec::new());
    for (at, id) in ids.enumerate() {
        let outcome = match parse_phone_number_id(id) {
            Some(number) if seen.contains(&number) => {
                Err(Error::bad_request("The phone number appears more than once."))
            }
            Some(number) => {
                seen.push(number);
                one(cx, at)
            }
            None => Err(no_such(Kind::Number)),
        };
        match outcome {
            Ok((number, record)) => mutations.push(Mutation::put(number, record)),
            Err(error) => errors.push(line(id, &error)),
        }
    }
    let reply = reply(errors);
    Ok(if mutations.is_empty() { Step::Answer(reply) } else { Step::Write { mutations, reply } })
}

/// A refusal as a line of a batch's answer.
fn line(id: &str, error: &Error) -> PhoneNumberError {
    let code = match error.kind {
        Refusal::NotFound => ErrorCode::NotFound,
        Refusal::Conflict => ErrorCode::Conflict,
        _ if error.code == api::Code::PhoneNumberAssociationsExist => ErrorCode::PhoneNumberAssociationsExist,
        _ => ErrorCode::BadRequest,
    };
    let id = parse_phone_number_id(id).map_or_else(|| id.to_owned(), |number| phone_number_id(&number));
    number_error(id, code, error.message.clone())
}

pub(super) fn number_error(id: String, code: ErrorCode, message: String) -> PhoneNumberError {
    PhoneNumberError {
        phone_number_id: Some(Sensitive(id)),
        error_code: Some(code),
        error_message: Some(message),
    }
}

fn number(id: &str) -> Result<E164, Error> {
    parse_phone_number_id(id).ok_or_else(|| no_such(Kind::Number))
}

/// Keys of the table are numbers; one that is none was never written by us.
fn key(id: &str) -> Option<E164> {
    id.parse().ok()
}

/// Status of a number in the deletion queue.
const DELETED: Status = Status::DeleteInProgress;

fn status_of(cx: &Cx<'_>, number: &E164, record: &Number) -> Status {
    let assigned = || {
        record.association.is_some() || cx.tables.enabled_rule_of(&Trigger::Number(number.clone())).is_some()
    };
    match record.deleted {
        Some(_) => DELETED,
        None if assigned() => Status::Assigned,
        None => Status::Unassigned,
    }
}

pub(super) fn product(given: ProductType) -> Product {
    match given {
        ProductType::VoiceConnector => Product::Connector,
        ProductType::SipMediaApplicationDialIn => Product::Application,
    }
}

pub(super) fn product_type(product: Product) -> ProductType {
    match product {
        Product::Connector => ProductType::VoiceConnector,
        Product::Application => ProductType::SipMediaApplicationDialIn,
    }
}

fn wire(cx: &Cx<'_>, number: &E164, record: &Number) -> voice::PhoneNumber {
    let attached = record.association.as_ref().map(|association| {
        let (name, value) = match &association.to {
            Attached::Connector(id) => (Filter::VoiceConnectorId, id),
            Attached::Group(id) => (Filter::VoiceConnectorGroupId, id),
        };
        voice::PhoneNumberAssociation {
            value: Some(value.clone()),
            name: Some(name),
            associated_timestamp: Some(association.since),
        }
    });
    let rule = cx.tables.enabled_rule_of(&Trigger::Number(number.clone())).map(|(id, rule)| {
        voice::PhoneNumberAssociation {
            value: Some(id.to_owned()),
            name: Some(Filter::SipRuleId),
            associated_timestamp: Some(rule.enabled_since),
        }
    });
    voice::PhoneNumber {
        phone_number_id: Some(Sensitive(phone_number_id(number))),
        e164_phone_number: Some(Pii(number.clone())),
        phone_number_arn: Some(arn(cx.config, &cx.config.region, Resource::PhoneNumber(number.clone()))),
        country: country_of(number).map(str::to_owned),
        r#type: Some(type_of(number)),
        product_type: Some(product_type(record.product)),
        status: Some(status_of(cx, number, record)),
        capabilities: Some(voice::PhoneNumberCapabilities {
            inbound_call: Some(true),
            outbound_call: Some(true),
            inbound_sms: Some(false),
            outbound_sms: Some(false),
            inbound_mms: Some(false),
            outbound_mms: Some(false),
        }),
        associations: Some(attached.into_iter().chain(rule).collect()),
        calling_name: record.calling_name.clone().map(Sensitive),
        calling_name_status: Some(match record.calling_name {
            Some(_) => CallingNameStatus::UpdateSucceeded,
            None => CallingNameStatus::Unassigned,
        }),
        created_timestamp: Some(record.created),
        updated_timestamp: Some(record.updated),
        deletion_timestamp: record.deleted,
        order_id: record.order.clone(),
        name: record.name.clone().map(Sensitive),
    }
}

pub(super) fn type_of(number: &E164) -> PhoneNumberType {
    if is_toll_free(number) { PhoneNumberType::TollFree } else { PhoneNumberType::Local }
}
