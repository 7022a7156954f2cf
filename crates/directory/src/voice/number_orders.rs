//! Orders of numbers. They complete as they are made, from the carriers' numbers; the answer to the creation still
//! says `Processing`, as pollers expect.

use std::collections::BTreeSet;

use api::Error;
use api::voice::{
    self, OrderedPhoneNumberStatus as NumberStatus, PhoneNumberOrderStatus as Status, PhoneNumberOrderType,
    Response,
};
use base::Pii;

use super::phone_numbers::{product, product_type};
use super::{Cx, Step, no_such};
use crate::record::{Kind, Rest};
use crate::records::{Number, Order};
use crate::tables::Mutation;
use api::page::Page;

/// Most numbers of one order.
const MOST: usize = 50;

pub(super) fn create(cx: &mut Cx<'_>, r: &voice::CreatePhoneNumberOrderRequest) -> Result<Step, Error> {
    let given: BTreeSet<_> = r.e164_phone_numbers.iter().map(|number| &number.0).collect();
    if given.is_empty() || given.len() > MOST {
        return Err(Error::bad_request(format!("E164PhoneNumbers must have 1 to {MOST} phone numbers.")));
    }
    if given.len() < r.e164_phone_numbers.len() {
        return Err(Error::bad_request("E164PhoneNumbers must have each phone number once."));
    }
    let product = product(r.product_type);
    let id = cx.mint::<Order>();
    let mut mutations = Vec::new();
    let mut numbers = Vec::with_capacity(given.len());
    for number in r.e164_phone_numbers.iter().map(|number| &number.0) {
        // A number in the deletion queue still is ours: it is restored, not ordered again.
        let acquired = cx.own::<Number>(number.as_str()).is_none() && cx.pool.contains(number);
        if acquired {
            let record = Number {
                product,
                name: r.name.as_ref().map(|name| name.0.clone()).filter(|name| !name.is_empty()),
                calling_name: None,
                order: Some(id.clone()),
                association: None,
                created: cx.now,
                updated: cx.now,
                deleted: None,
                rest: Rest::new(),
            };
            mutations.push(Mutation::put(number.clone(), record));
        }
        numbers.push((number.clone(), acquired));
    }
    cx.quota::<Number>(cx.config.quotas.numbers, mutations.len())?;
    let order = Order { product, numbers, created: cx.now, rest: Rest::new() };
    let mut shown = wire(&id, &order);
    shown.status = Some(Status::Processing);
    for number in shown.ordered_phone_numbers.iter_mut().flatten() {
        number.status = Some(NumberStatus::Processing);
    }
    let reply = voice::CreatePhoneNumberOrderResponse { phone_number_order: Some(shown) };
    mutations.push(Mutation::put(id, order));
    Ok(Step::Write { mutations, reply: Response::CreatePhoneNumberOrder(reply) })
}

pub(super) fn get(cx: &Cx<'_>, r: &voice::GetPhoneNumberOrderRequest) -> Result<Step, Error> {
    // The model takes UUIDs in any case.
    let id = r.phone_number_order_id.to_ascii_lowercase();
    let order = cx.peek::<Order>(&id).ok_or_else(|| no_such(Kind::Order))?;
    let reply = voice::GetPhoneNumberOrderResponse { phone_number_order: Some(wire(&id, order)) };
    Ok(Step::Answer(Response::GetPhoneNumberOrder(reply)))
}

pub(super) fn list(cx: &Cx<'_>, r: &voice::ListPhoneNumberOrdersRequest) -> Result<Step, Error> {
    let page = Page::new("orders", r.max_results, r.next_token.as_deref())?;
    let (rows, next_token) =
        page.cut(cx.tables.orders.after(page.after()).map(|(id, row)| (id, wire(id, row))));
    let reply = voice::ListPhoneNumberOrdersResponse { phone_number_orders: Some(rows), next_token };
    Ok(Step::Answer(Response::ListPhoneNumberOrders(reply)))
}

fn wire(id: &str, order: &Order) -> voice::PhoneNumberOrder {
    let acquired = order.numbers.iter().filter(|(_, acquired)| *acquired).count();
    let status = match acquired {
        0 => Status::Failed,
        all if all == order.numbers.len() => Status::Successful,
        _ => Status::Partial,
    };
    let numbers = order.numbers.iter().map(|(number, acquired)| voice::OrderedPhoneNumber {
        e164_phone_number: Some(Pii(number.clone())),
        status: Some(if *acquired { NumberStatus::Acquired } else { NumberStatus::Failed }),
    });
    voice::PhoneNumberOrder {
        phone_number_order_id: Some(id.to_owned()),
        product_type: Some(product_type(order.product)),
        status: Some(status),
        order_type: Some(PhoneNumberOrderType::New),
        ordered_phone_numbers: Some(numbers.collect()),
        created_timestamp: Some(order.created),
        updated_timestamp: Some(order.created),
        foc_date: None,
    }
}
