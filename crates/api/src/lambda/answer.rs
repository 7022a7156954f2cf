use serde_json::Value;

/// What a function that ran came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// It returned.
    Returned(&'a [u8]),
    /// It threw, timed out or died: `X-Amz-Function-Error` and the error object.
    Failed {
        /// `Unhandled` or `Handled`.
        kind: String,
        /// `{"errorMessage":…,"errorType":…}`.
        payload: &'a [u8],
    },
}

/// Why a function did not run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvokeError {
    /// No such function, version or alias.
    #[error("the function is not known: {0}")]
    NotFound(String),
    /// Too many at a time.
    #[error("the function is throttled: {0}")]
    Throttled(String),
    /// Our key may not invoke it, or our signature is wrong.
    #[error("access denied: {0}")]
    Denied(String),
    /// The payload is too large.
    #[error("the payload is too large: {0}")]
    TooLarge(String),
    /// We asked wrongly.
    #[error("refused with {status}: {message}")]
    Refused {
        /// HTTP status, 4xx or one no Invoke has.
        status: u16,
        /// Theirs.
        message: String,
    },
    /// Their fault, or the function's environment cannot start.
    #[error("failed with {status}: {message}")]
    Broken {
        /// HTTP status, 5xx.
        status: u16,
        /// Theirs.
        message: String,
    },
}

impl InvokeError {
    /// Whether the same invocation may succeed a moment later.
    pub const fn is_transient(&self) -> bool {
        matches!(self, InvokeError::Throttled(_) | InvokeError::Broken { .. })
    }
}

/// Reads the answer to an Invoke; `header` looks a name up, in lower case.
///
/// # Errors
/// Why the function did not run.
pub fn read_answer<'a, 'h>(
    status: u16,
    header: impl Fn(&str) -> Option<&'h str>,
    body: &'a [u8],
) -> Result<Answer<'a>, InvokeError> {
    match status {
        200..=299 => Ok(match header("x-amz-function-error") {
            Some(kind) => Answer::Failed { kind: kind.to_owned(), payload: body },
            None => Answer::Returned(body),
        }),
        404 => Err(InvokeError::NotFound(message(body))),
        429 => Err(InvokeError::Throttled(message(body))),
        401 | 403 => Err(InvokeError::Denied(message(body))),
        413 => Err(InvokeError::TooLarge(message(body))),
        500..=599 => Err(InvokeError::Broken { status, message: message(body) }),
        _ => Err(InvokeError::Refused { status, message: message(body) }),
    }
}

/// `Message` or `message` of an error body, cut to a length fit for a log.
fn message(body: &[u8]) -> String {
    let parsed: Option<Value> = serde_json::from_slice(body).ok();
    let text = parsed
        .as_ref()
        .and_then(|object| object.get("Message").or_else(|| object.get("message")))
        .and_then(Value::as_str);
    text.unwrap_or("no message").chars().take(256).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        status: u16,
        error: Option<&'static str>,
        body: &'static str,
    ) -> Result<Answer<'static>, InvokeError> {
        read_answer(status, |name| error.filter(|_| name == "x-amz-function-error"), body.as_bytes())
    }

    #[test]
    fn a_function_that_ran_returned_or_failed() {
        assert_eq!(read(200, None, "{}"), Ok(Answer::Returned(b"{}")));
        assert_eq!(read(202, None, ""), Ok(Answer::Returned(b"")));
        let failed = Answer::Failed { kind: "Unhandled".into(), payload: br#"{"errorMessage":"x"}"# };
        assert_eq!(read(200, Some("Unhandled"), r#"{"errorMessage":"x"}"#), Ok(failed));
    }

    #[test]
    fn a_function_that_did_not_run_says_why() {
        let body = r#"{"Message":"why","Type":"User"}"#;
        let why = || "why".to_owned();
        for (status, error, transient) in [
            (404, InvokeError::NotFound(why()), false),
            (429, InvokeError::Throttled(why()), true),
            (403, InvokeError::Denied(why()), false),
            (413, InvokeError::TooLarge(why()), false),
            (400, InvokeError::Refused { status: 400, message: why() }, false),
            (301, InvokeError::Refused { status: 301, message: why() }, false),
            (502, InvokeError::Broken { status: 502, message: why() }, true),
        ] {
            assert_eq!(error.is_transient(), transient, "{status}");
            assert_eq!(read(status, None, body), Err(error));
        }
        assert_eq!(read(404, None, "<html>"), Err(InvokeError::NotFound("no message".into())));
        assert_eq!(read(404, None, r#"{"message":"low"}"#), Err(InvokeError::NotFound("low".into())));
    }
}
