//! What a function returned, as an answer.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{
    CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, TE, TRAILER, TRANSFER_ENCODING,
    UPGRADE,
};
use http::{Response, StatusCode};
use http_body_util::Full;
use serde_json::{Map, Value};

/// The answer, or what is wrong with it.
pub(super) fn response(returned: &[u8]) -> Result<Response<Full<Bytes>>, &'static str> {
    let value: Value = serde_json::from_slice(returned).map_err(|_| "it is not JSON")?;
    let Value::Object(mut fields) = value else { return Err("it is no object") };
    let status = match fields.get("statusCode") {
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::String(text)) => text.parse().ok(),
        _ => None,
    };
    let status = status
        .and_then(|status| u16::try_from(status).ok())
        .filter(|status| (200..1000).contains(status))
        .and_then(|status| StatusCode::from_u16(status).ok())
        .ok_or("it has no statusCode from 200 up")?;
    let body = match fields.remove("body") {
        None | Some(Value::Null) => Bytes::new(),
        Some(Value::String(text)) => match fields.get("isBase64Encoded") {
            Some(Value::Bool(true)) => {
                STANDARD.decode(text).map_err(|_| "its body is no base64, but said to be")?.into()
            }
            _ => text.into(),
        },
        Some(_) => return Err("its body is no string"),
    };
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in map(fields.get("headers"), "its headers are no object")? {
        let Some(name) = allowed(name)? else { continue };
        // Null is not there.
        if let Some(value) = text(value)? {
            headers.insert(name, value);
        }
    }
    for (name, values) in map(fields.get("multiValueHeaders"), "its multiValueHeaders are no object")? {
        let Some(name) = allowed(name)? else { continue };
        let values = values.as_array().ok_or("one of its multiValueHeaders is no list")?;
        // Both may name a header: the list has all values.
        headers.remove(&name);
        for value in values {
            if let Some(value) = text(value)? {
                headers.append(name.clone(), value);
            }
        }
    }
    headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
    Ok(response)
}

fn map<'a>(
    value: Option<&'a Value>,
    wrong: &'static str,
) -> Result<impl Iterator<Item = (&'a String, &'a Value)>, &'static str> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    match value {
        None | Some(Value::Null) => Ok(NONE.iter()),
        Some(Value::Object(map)) => Ok(map.iter()),
        Some(_) => Err(wrong),
    }
}

/// A header of the answer; `None` for those of the connection, which are the server's business.
fn allowed(name: &str) -> Result<Option<HeaderName>, &'static str> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| "one of its headers has no name")?;
    let of_connection = [CONNECTION, CONTENT_LENGTH, TE, TRAILER, TRANSFER_ENCODING, UPGRADE].contains(&name);
    Ok((!of_connection && name != "keep-alive").then_some(name))
}

fn text(value: &Value) -> Result<Option<HeaderValue>, &'static str> {
    let text = match value {
        Value::Null => return Ok(None),
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => return Err("one of its headers has no plain value"),
    };
    HeaderValue::from_bytes(text.as_bytes()).map(Some).map_err(|_| "one of its headers has no plain value")
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    async fn told(returned: &str) -> (u16, Vec<(String, String)>, String) {
        let response = response(returned.as_bytes()).unwrap();
        let headers = response.headers().iter();
        let headers = headers.map(|(n, v)| (n.to_string(), v.to_str().unwrap().to_owned())).collect();
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, headers, String::from_utf8(body.into()).unwrap())
    }

    #[tokio::test]
    async fn all_its_parts_are_taken_over() {
        let (status, headers, body) = told(
            r#"{"statusCode": 503, "headers": {"X-A": 1, "content-length": "7", "X-B": "one", "X-C": null},
                "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"], "x-b": ["two"]},
                "body": "aGk=", "isBase64Encoded": true}"#,
        )
        .await;
        assert_eq!((status, body.as_str()), (503, "hi"));
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        for expected in
            [pair("x-a", "1"), pair("x-b", "two"), pair("set-cookie", "a=1"), pair("set-cookie", "b=2")]
        {
            assert!(headers.contains(&expected), "{headers:?}");
        }
        assert!(!headers.iter().any(|(name, value)| name == "content-length" || value == "one"));
        assert_eq!(told(r#"{"statusCode": "200"}"#).await.1, [pair("content-type", "application/json")]);
    }

    #[test]
    fn malformed_answers_are_none() {
        for wrong in [
            "",
            "null",
            "[]",
            "{}",
            r#"{"statusCode": 99}"#,
            r#"{"statusCode": "x"}"#,
            r#"{"statusCode": 1e9}"#,
            r#"{"statusCode": 200, "body": {}}"#,
            r#"{"statusCode": 200, "headers": []}"#,
            r#"{"statusCode": 200, "headers": {"a b": "x"}}"#,
            r#"{"statusCode": 200, "headers": {"a": "x\ny"}}"#,
            r#"{"statusCode": 200, "headers": {"a": ["x"]}}"#,
            r#"{"statusCode": 200, "multiValueHeaders": {"a": "x"}}"#,
            r#"{"statusCode": 200, "body": "!", "isBase64Encoded": true}"#,
        ] {
            assert!(response(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
