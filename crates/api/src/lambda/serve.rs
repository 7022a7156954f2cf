use base::Timestamp;
use serde_json::{Value, json};

use crate::http::{RawRequest, RawResponse};
use crate::percent;
use crate::sigv4::{self, Access};

use super::{EVENT_PAYLOAD_MAX, FunctionRef, InvocationType, PATH_PREFIX, PATH_SUFFIX, PAYLOAD_MAX};

/// An invocation that somebody asks of us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation<'a> {
    /// Which function; the qualifier from its name or from the `Qualifier` parameter.
    pub function: FunctionRef,
    /// Whether the caller waits.
    pub kind: InvocationType,
    /// `X-Amz-Client-Context`, still base64.
    pub client_context: Option<&'a str>,
    /// JSON; `{}` when the caller sent nothing.
    pub payload: &'a [u8],
}

/// What came of an invocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The function returned this.
    Returned(Vec<u8>),
    /// The function failed with this error object.
    Failed(Vec<u8>),
    /// It will run: the answer to [`InvocationType::Event`].
    Accepted,
    /// It could run: the answer to [`InvocationType::DryRun`].
    Checked,
}

/// Why an invocation is not run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not an Invoke at all.
    #[error("no operation has this method and path")]
    UnknownOperation,
    /// The signature does not count.
    #[error("{0}")]
    Signature(#[from] sigv4::Refusal),
    /// A parameter or header is wrong.
    #[error("{0}")]
    InvalidParameter(&'static str),
    /// The payload is not JSON.
    #[error("Could not parse request body into json")]
    InvalidPayload,
    /// The payload is over its limit in bytes.
    #[error("Request must be smaller than {0} bytes for the InvokeFunction operation")]
    TooLarge(usize),
    /// No such function.
    #[error("Function not found: {0}")]
    NotFound(String),
    /// As many as may run are running.
    #[error("Rate Exceeded.")]
    TooManyRequests,
    /// Our fault.
    #[error("{0}")]
    Service(String),
}

impl Refusal {
    /// HTTP status, exception, and whose fault the body says it is.
    const fn wire(&self) -> (u16, &'static str, &'static str) {
        match self {
            Refusal::UnknownOperation => (404, "UnknownOperationException", "User"),
            Refusal::Signature(sigv4::Refusal::Missing) => {
                (403, "MissingAuthenticationTokenException", "User")
            }
            Refusal::Signature(sigv4::Refusal::Malformed(_)) => (403, "IncompleteSignatureException", "User"),
            Refusal::Signature(sigv4::Refusal::UnknownKey) => (403, "UnrecognizedClientException", "User"),
            Refusal::Signature(_) => (403, "InvalidSignatureException", "User"),
            Refusal::InvalidParameter(_) => (400, "InvalidParameterValueException", "User"),
            Refusal::InvalidPayload => (400, "InvalidRequestContentException", "User"),
            Refusal::TooLarge(_) => (413, "RequestTooLargeException", "User"),
            Refusal::NotFound(_) => (404, "ResourceNotFoundException", "User"),
            Refusal::TooManyRequests => (429, "TooManyRequestsException", "User"),
            Refusal::Service(_) => (500, "ServiceException", "Service"),
        }
    }
}

/// Reads an Invoke request that came to us.
///
/// # Errors
/// Why it cannot be run, the function's existence apart: that is for the caller to find out.
pub fn parse<'a>(
    request: &RawRequest<'a>,
    access: &Access<'_>,
    now: Timestamp,
) -> Result<Invocation<'a>, Refusal> {
    let name = request.path.strip_prefix(PATH_PREFIX).and_then(|path| path.strip_suffix(PATH_SUFFIX));
    let name = match (request.method, name) {
        ("POST", Some(name)) if !name.contains('/') => name,
        _ => return Err(Refusal::UnknownOperation),
    };
    if request.body.len() > PAYLOAD_MAX {
        return Err(Refusal::TooLarge(PAYLOAD_MAX));
    }
    sigv4::verify(request, access, now)?;
    let mut function: FunctionRef = percent::decode_text(name)
        .and_then(|name| name.parse().ok())
        .ok_or(Refusal::InvalidParameter("the function is not a name, ARN or partial ARN"))?;
    let given = percent::query_pairs(request.query).find(|(key, _)| *key == "Qualifier");
    if let Some((_, qualifier)) = given {
        let qualifier = percent::decode_text(qualifier);
        let qualified = qualifier.and_then(|q| format!("{}:{q}", function.name).parse::<FunctionRef>().ok());
        let qualifier = qualified
            .and_then(|function| function.qualifier)
            .ok_or(Refusal::InvalidParameter("the qualifier is not a version or alias"))?;
        if function.qualifier.as_ref().is_some_and(|other| *other != qualifier) {
            return Err(Refusal::InvalidParameter(
                "The derived qualifier from the function name does not match the specified qualifier.",
            ));
        }
        function.qualifier = Some(qualifier);
    }
    let kind = match header(request, "x-amz-invocation-type") {
        None => InvocationType::default(),
        Some(text) => InvocationType::parse(text).ok_or(Refusal::InvalidParameter(
            "the invocation type is none of Event, RequestResponse, DryRun",
        ))?,
    };
    if kind == InvocationType::Event && request.body.len() > EVENT_PAYLOAD_MAX {
        return Err(Refusal::TooLarge(EVENT_PAYLOAD_MAX));
    }
    let payload = if request.body.is_empty() { b"{}" } else { request.body };
    if serde_json::from_slice::<serde::de::IgnoredAny>(payload).is_err() {
        return Err(Refusal::InvalidPayload);
    }
    Ok(Invocation { function, kind, client_context: header(request, "x-amz-client-context"), payload })
}

/// The answer to an Invoke.
pub fn render(outcome: Result<Outcome, Refusal>, request_id: &str) -> RawResponse {
    let mut headers = vec![("x-amzn-requestid", request_id.to_owned())];
    let json = ("content-type", "application/json".to_owned());
    let version = ("x-amz-executed-version", "$LATEST".to_owned());
    let (status, body) = match outcome {
        Ok(Outcome::Returned(payload)) => {
            headers.extend([json, version]);
            (200, payload)
        }
        Ok(Outcome::Failed(payload)) => {
            headers.extend([json, version, ("x-amz-function-error", "Unhandled".to_owned())]);
            (200, payload)
        }
        Ok(Outcome::Accepted) => (202, Vec::new()),
        Ok(Outcome::Checked) => (204, Vec::new()),
        Err(refusal) => {
            let (status, exception, fault) = refusal.wire();
            headers.extend([json, ("x-amzn-errortype", exception.to_owned())]);
            (status, error_body(&refusal, fault).to_string().into_bytes())
        }
    };
    RawResponse { status, headers, body }
}

fn error_body(refusal: &Refusal, fault: &str) -> Value {
    match refusal {
        Refusal::TooManyRequests => json!({
            "Reason": "ConcurrentInvocationLimitExceeded",
            "Type": fault,
            "message": refusal.to_string(),
        }),
        _ => json!({ "Type": fault, "Message": refusal.to_string() }),
    }
}

fn header<'a>(request: &RawRequest<'a>, name: &str) -> Option<&'a str> {
    let (_, value) = request.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
    std::str::from_utf8(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invoke<'a>(
        path: &'a str,
        query: &'a str,
        headers: &'a [(&'a str, &'a [u8])],
        body: &'a [u8],
    ) -> Result<Invocation<'a>, Refusal> {
        let request = RawRequest { method: "POST", path, query, headers, body };
        parse(&request, &Access::Anybody, Timestamp::default())
    }

    #[test]
    fn the_function_may_be_named_in_every_form() {
        let arn = "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A111122223333%3Afunction%3Asma/invocations";
        let invocation = invoke(arn, "Qualifier=%24LATEST", &[], b"{\"a\":1}").unwrap();
        assert_eq!(invocation.function.name, "sma");
        assert_eq!(invocation.function.qualifier.as_deref(), Some("$LATEST"));
        assert_eq!(invocation.kind, InvocationType::RequestResponse);
        assert_eq!(invocation.payload, b"{\"a\":1}");

        let headers: [(&str, &[u8]); 1] = [("X-Amz-Invocation-Type", b"Event")];
        let invocation = invoke("/2015-03-31/functions/sma:live/invocations", "", &headers, b"").unwrap();
        assert_eq!(invocation.function.qualifier.as_deref(), Some("live"));
        assert_eq!((invocation.kind, invocation.payload), (InvocationType::Event, b"{}".as_slice()));
    }

    #[test]
    fn what_cannot_be_run_says_why() {
        let path = "/2015-03-31/functions/sma:1/invocations";
        let odd: [(&str, &[u8]); 1] = [("x-amz-invocation-type", b"Later")];
        let event: [(&str, &[u8]); 1] = [("x-amz-invocation-type", b"Event")];
        let large = vec![b' '; EVENT_PAYLOAD_MAX + 1];
        let too_large = vec![b' '; PAYLOAD_MAX + 1];
        let status = |outcome: Result<Invocation<'_>, Refusal>| outcome.unwrap_err().wire();
        let invalid = (400, "InvalidParameterValueException", "User");
        assert_eq!(status(invoke("/2015-03-31/functions/a b/invocations", "", &[], b"{}")), invalid);
        assert_eq!(status(invoke(path, "Qualifier=2", &[], b"{}")), invalid);
        assert_eq!(status(invoke(path, "Qualifier=%20", &[], b"{}")), invalid);
        assert_eq!(status(invoke(path, "", &odd, b"{}")), invalid);
        assert_eq!(status(invoke(path, "", &[], b"{")).1, "InvalidRequestContentException");
        assert_eq!(status(invoke(path, "", &event, &large)).1, "RequestTooLargeException");
        assert_eq!(status(invoke(path, "", &[], &too_large)).1, "RequestTooLargeException");
        assert_eq!(status(invoke("/2015-03-31/functions/", "", &[], b"{}")).1, "UnknownOperationException");
        assert_eq!(status(invoke("/2015-03-31/functions/a/b/invocations", "", &[], b"{}")).0, 404);
    }

    #[test]
    fn answers_have_lambdas_shape() {
        let has = |response: &RawResponse, name: &str, value: &str| {
            response.headers.iter().any(|(n, v)| *n == name && v == value)
        };
        let returned = render(Ok(Outcome::Returned(b"1".to_vec())), "id");
        assert_eq!((returned.status, returned.body.as_slice()), (200, b"1".as_slice()));
        assert!(
            has(&returned, "x-amz-executed-version", "$LATEST") && has(&returned, "x-amzn-requestid", "id")
        );
        let failed = render(Ok(Outcome::Failed(b"{}".to_vec())), "id");
        assert!(failed.status == 200 && has(&failed, "x-amz-function-error", "Unhandled"));
        assert_eq!(render(Ok(Outcome::Accepted), "id").status, 202);
        assert_eq!(render(Ok(Outcome::Checked), "id").status, 204);
        let missing = render(Err(Refusal::NotFound("arn".into())), "id");
        assert!(missing.status == 404 && has(&missing, "x-amzn-errortype", "ResourceNotFoundException"));
        assert_eq!(missing.body, br#"{"Type":"User","Message":"Function not found: arn"}"#);
        let busy = render(Err(Refusal::TooManyRequests), "id");
        assert!(busy.status == 429 && has(&busy, "x-amzn-errortype", "TooManyRequestsException"));
        assert_eq!(render(Err(Refusal::Service("x".into())), "id").status, 500);
    }

    #[test]
    fn a_bad_signature_is_refused_in_lambdas_words() {
        let request = RawRequest {
            method: "POST",
            path: "/2015-03-31/functions/sma/invocations",
            query: "",
            headers: &[],
            body: b"{}",
        };
        let access = Access::Signed { service: "lambda", secret_of: &|_| None, skew: sigv4::SKEW };
        let refusal = parse(&request, &access, Timestamp::default()).unwrap_err();
        assert_eq!(refusal.wire().1, "MissingAuthenticationTokenException");
    }
}
