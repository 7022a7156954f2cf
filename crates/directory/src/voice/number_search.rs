//! What the carriers offer: numbers to order, countries they are of.

use std::collections::{BTreeMap, BTreeSet};

use api::Error;
use api::voice::{self, PhoneNumberType, Response};
use base::{E164, Pii};

use super::phone_numbers::type_of;
use super::{Cx, Step};
use crate::country::{area_codes, calling_codes, country_of, country_prefixes};
use crate::records::Number;
use api::ids::{parse_phone_number_id, phone_number_id};

/// Numbers per page when the caller does not say.
const DEFAULT_SIZE: u16 = 10;
/// Most numbers looked at for one page: a large pool of which most is owned gives short pages, not long waits.
const LOOKED_AT: usize = 20_000;
/// Country searched when the caller names none.
const DEFAULT_COUNTRY: &str = "US";

/// Numbers of the pool that nobody owns, ascending. Cities are not known: a city narrows nothing, it needs a state.
pub(super) fn search(cx: &Cx<'_>, r: &voice::SearchAvailablePhoneNumbersRequest) -> Result<Step, Error> {
    let country = r.country.as_deref().unwrap_or(DEFAULT_COUNTRY);
    let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.is_empty());
    if country == DEFAULT_COUNTRY && !given(&r.area_code) && !given(&r.state) && !given(&r.toll_free_prefix) {
        return Err(Error::bad_request(
            "AreaCode, State or TollFreePrefix must be given for the country US.",
        ));
    }
    if given(&r.city) && !given(&r.state) {
        return Err(Error::bad_request("City must be given together with State."));
    }
    let prefixes = prefixes(country, r)?;
    // Prefixes are disjoint and searched one after the other: the next page begins in the prefix of its first number.
    let (first, from) = match r.next_token.as_deref() {
        Some(token) => {
            let from = parse_phone_number_id(token);
            let first = from.as_ref().and_then(|from| {
                prefixes.iter().position(|prefix| from.digits().starts_with(prefix.to_string().as_str()))
            });
            (first.ok_or_else(|| Error::bad_request("NextToken is invalid."))?, from)
        }
        None => (0, None),
    };
    let wanted = |number: &E164| {
        country_of(number) == Some(country)
            && r.phone_number_type.is_none_or(|wanted| wanted == type_of(number))
            && cx.peek::<Number>(number.as_str()).is_none()
    };
    let candidates = prefixes[first..]
        .iter()
        .enumerate()
        .flat_map(|(at, prefix)| cx.pool.starting_with(*prefix, from.as_ref().filter(|_| at == 0)));
    let size = usize::from(r.max_results.unwrap_or(DEFAULT_SIZE)).max(1);
    let (mut page, mut next_token) = (Vec::new(), None);
    for (looked_at, number) in candidates.enumerate() {
        if looked_at == LOOKED_AT || page.len() == size && wanted(&number) {
            next_token = Some(phone_number_id(&number));
            break;
        }
        if wanted(&number) {
            page.push(Pii(number));
        }
    }
    let reply = voice::SearchAvailablePhoneNumbersResponse { e164_phone_numbers: Some(page), next_token };
    Ok(Step::Answer(Response::SearchAvailablePhoneNumbers(reply)))
}

/// The disjoint digit prefixes that what was asked for begins with; empty when the wishes exclude each other.
fn prefixes(country: &str, r: &voice::SearchAvailablePhoneNumbersRequest) -> Result<Vec<u64>, Error> {
    let text = |text: &'_ Option<String>| text.clone().filter(|text| !text.is_empty());
    let area = match text(&r.area_code) {
        Some(area) if area.len() <= 5 && area.bytes().all(|b| b.is_ascii_digit()) => Some(area),
        Some(_) => return Err(Error::bad_request("AreaCode must be digits.")),
        None => None,
    };
    let state =
        match text(&r.state) {
            Some(state) if country == DEFAULT_COUNTRY => {
                let codes = area_codes(&state.to_ascii_uppercase());
                Some(codes.ok_or_else(|| {
                    Error::bad_request("State must be a state of the country, in two letters.")
                })?)
            }
            _ => None,
        };
    let toll_free = text(&r.toll_free_prefix);
    let mut national: Vec<String> = match (toll_free, area, state) {
        (Some(prefix), None, None) => vec![prefix],
        (Some(_), _, _) => Vec::new(),
        (None, Some(area), Some(codes)) => {
            codes.contains(&area.as_str()).then_some(area).into_iter().collect()
        }
        (None, Some(area), None) => vec![area],
        (None, None, Some(codes)) => codes.iter().map(|&code| code.to_owned()).collect(),
        (None, None, None) => {
            let mut all = country_prefixes(country);
            all.sort_unstable();
            return Ok(all);
        }
    };
    national.sort_unstable();
    let codes = calling_codes(country);
    let with_codes =
        national.iter().flat_map(|national| codes.iter().map(move |code| format!("{code}{national}")));
    Ok(with_codes.filter_map(|prefix| prefix.parse().ok()).collect())
}

/// Countries and types of the numbers the carriers offer, the same for both product types.
pub(super) fn countries(cx: &Cx<'_>) -> Result<Step, Error> {
    let mut types: BTreeMap<&str, BTreeSet<PhoneNumberType>> = BTreeMap::new();
    for number in cx.pool.samples() {
        if let Some(country) = country_of(&number) {
            types.entry(country).or_default().insert(type_of(&number));
        }
    }
    let countries = types.into_iter().map(|(country, types)| voice::PhoneNumberCountry {
        country_code: Some(country.to_owned()),
        supported_phone_number_types: Some(types.into_iter().collect()),
    });
    let reply = voice::ListSupportedPhoneNumberCountriesResponse {
        phone_number_countries: Some(countries.collect()),
    };
    Ok(Step::Answer(Response::ListSupportedPhoneNumberCountries(reply)))
}
