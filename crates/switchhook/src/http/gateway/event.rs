//! The event of a request: Lambda proxy integration, version 1.

use base::{Civil, Timestamp};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::{HOST, HeaderName, USER_AGENT};
use http::request::Parts;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::Occasion;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

pub(super) fn event(head: &Parts, body: &[u8], occasion: &Occasion<'_>) -> Value {
    let method = head.method.as_str();
    let resource = occasion.route.pattern.as_str();
    let (headers, multi_value_headers) = headers(&head.headers, occasion);
    let (query, multi_value_query) = query(head.uri.query().unwrap_or_default());
    let host = text(&head.headers, &HOST).unwrap_or_default();
    let parameters: Map<String, Value> =
        occasion.parameters.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let (body, is_base64) = match std::str::from_utf8(body) {
        Ok("") => (Value::Null, false),
        Ok(text) => (text.into(), false),
        Err(_) => (STANDARD.encode(body).into(), true),
    };
    let mut context = json!({
        "resourceId": "route",
        "resourcePath": resource,
        "httpMethod": method,
        "extendedRequestId": occasion.request_id,
        "requestTime": request_time(occasion.now),
        "path": head.uri.path(),
        "accountId": occasion.account,
        "protocol": format!("{:?}", head.version),
        "stage": occasion.route.stage.as_deref().unwrap_or("$default"),
        "domainPrefix": host.split(['.', ':']).next().unwrap_or_default(),
        "requestTimeEpoch": occasion.now.as_millis(),
        "requestId": occasion.request_id,
        "identity": {
            "cognitoIdentityPoolId": null,
            "accountId": null,
            "cognitoIdentityId": null,
            "caller": null,
            "sourceIp": occasion.peer.address.ip().to_canonical().to_string(),
            "principalOrgId": null,
            "accessKey": null,
            "cognitoAuthenticationType": null,
            "cognitoAuthenticationProvider": null,
            "userArn": null,
            "userAgent": text(&head.headers, &USER_AGENT),
            "user": null,
        },
        "domainName": host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name),
        "apiId": occasion.api_id,
    });
    if let Some(claims) = &occasion.claims {
        context["authorizer"] = json!({ "claims": strings(claims) });
    }
    json!({
        "resource": resource,
        "path": occasion.path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": multi_value_headers,
        "queryStringParameters": none_if_empty(query),
        "multiValueQueryStringParameters": none_if_empty(multi_value_query),
        "pathParameters": none_if_empty(parameters),
        "stageVariables": null,
        "requestContext": context,
        "body": body,
        "isBase64Encoded": is_base64,
    })
}

fn none_if_empty(map: Map<String, Value>) -> Value {
    if map.is_empty() { Value::Null } else { map.into() }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// Names as most clients write them, since handlers look for those; of several values the last one, and all of them.
fn headers(headers: &HeaderMap, occasion: &Occasion<'_>) -> (Map<String, Value>, Map<String, Value>) {
    let (mut last, mut all) = (Map::new(), Map::new());
    let mut add = |name: String, values: Vec<String>| {
        last.insert(name.clone(), values.last().cloned().into());
        all.insert(name, values.into());
    };
    for name in headers.keys().filter(|name| !name.as_str().starts_with("x-forwarded-")) {
        let values = headers.get_all(name).iter();
        add(
            usual(name.as_str()),
            values.map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned()).collect(),
        );
    }
    let address = occasion.peer.address.ip().to_canonical().to_string();
    let forwarded = match text(headers, &FORWARDED_FOR) {
        Some(before) => format!("{before}, {address}"),
        None => address,
    };
    add("X-Forwarded-For".into(), vec![forwarded]);
    let (scheme, usual_port) = if occasion.peer.secure { ("https", "443") } else { ("http", "80") };
    let host = text(headers, &HOST).unwrap_or_default();
    let port = host.rsplit_once(':').map_or(usual_port, |(_, port)| port);
    add("X-Forwarded-Port".into(), vec![port.into()]);
    add("X-Forwarded-Proto".into(), vec![scheme.into()]);
    (last, all)
}

/// `x-amz-date` is `X-Amz-Date`.
fn usual(name: &str) -> String {
    let mut begins = true;
    let letter = |c: char| {
        let c = if std::mem::replace(&mut begins, c == '-') { c.to_ascii_uppercase() } else { c };
        Some(c)
    };
    name.chars().filter_map(letter).collect()
}

/// Of several values the last one, and all of them.
fn query(query: &str) -> (Map<String, Value>, Map<String, Value>) {
    let (mut last, mut all) = (Map::new(), Map::new());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name), decode(value));
        last.insert(name.clone(), value.clone().into());
        if let Some(values) = all.entry(name).or_insert_with(|| Value::Array(Vec::new())).as_array_mut() {
            values.push(value.into());
        }
    }
    (last, all)
}

fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// `09/Apr/2026:12:34:56 +0000`
fn request_time(at: Timestamp) -> String {
    let Civil { year, month, day, hour, minute, second, .. } = at.civil();
    format!("{day:02}/{}/{year}:{hour:02}:{minute:02}:{second:02} +0000", month_name(month))
}

/// `Thu Apr 09 12:34:56 UTC 2026`
fn java_date(at: Timestamp) -> String {
    let Civil { year, month, day, hour, minute, second, .. } = at.civil();
    // The epoch was a Thursday.
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][(at.as_secs() / 86_400 % 7) as usize];
    format!("{weekday} {} {day:02} {hour:02}:{minute:02}:{second:02} UTC {year}", month_name(month))
}

fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES.get((month as usize).wrapping_sub(1)).copied().unwrap_or_default()
}

/// Claims as API Gateway hands them on: all values are strings, and two of the times are dates.
fn strings(claims: &Map<String, Value>) -> Map<String, Value> {
    let string = |name: &str, value: &Value| match value {
        Value::Number(seconds) if matches!(name, "exp" | "iat") => seconds
            .as_u64()
            .and_then(|seconds| seconds.checked_mul(1_000_000))
            .map_or_else(|| seconds.to_string(), |micros| java_date(Timestamp::from_micros(micros))),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    };
    claims.iter().map(|(name, value)| (name.clone(), string(name, value).into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_strings() {
        let claims = json!({
            "sub": "cdad23f0", "email_verified": true, "auth_time": 1_469_814_773, "exp": 1_469_818_373,
            "iat": 1_469_814_773, "cognito:groups": ["a", "b"], "address": { "city": "x" },
        });
        let told = strings(claims.as_object().unwrap());
        assert_eq!(
            Value::from(told),
            json!({
                "sub": "cdad23f0", "email_verified": "true", "auth_time": "1469814773",
                "exp": "Fri Jul 29 18:52:53 UTC 2016", "iat": "Fri Jul 29 17:52:53 UTC 2016",
                "cognito:groups": "a,b", "address": "{\"city\":\"x\"}",
            })
        );
    }

    #[test]
    fn queries_are_decoded_and_the_last_value_counts() {
        let (last, all) = query("a=1&b=x%20y+z&a=2&c");
        assert_eq!(Value::from(last), json!({ "a": "2", "b": "x y z", "c": "" }));
        assert_eq!(Value::from(all), json!({ "a": ["1", "2"], "b": ["x y z"], "c": [""] }));
    }

    #[test]
    fn header_names_are_the_usual_ones() {
        assert_eq!(usual("x-amz-date"), "X-Amz-Date");
        assert_eq!(usual("authorization"), "Authorization");
    }

    #[test]
    fn the_time_of_a_request_is_written_as_in_an_access_log() {
        assert_eq!(request_time(Timestamp::from_micros(1_469_814_773_000_000)), "29/Jul/2016:17:52:53 +0000");
    }
}
