//! The aws runner: Lambda's Invoke API elsewhere, at AWS or at anything that speaks it.

use std::sync::Arc;

use api::lambda::{self, Answer, FunctionRef, InvocationType, Invoke, InvokeError, read_answer};
use api::sigv4::{PathStyle, Payload, Signing};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use call::FunctionError;
use http::{Method, Uri};

use super::http::{parse_url, unanswered};
use super::process::failure;
use super::{Attempt, Aws, Failure, SetupError};
use crate::egress::{Egress, Unsigned};

/// One function that runs elsewhere.
#[derive(Debug)]
pub(super) struct AwsRunner {
    endpoint: Uri,
    function: FunctionRef,
    config: Aws,
    egress: Arc<Egress>,
    limit: usize,
}

impl AwsRunner {
    pub(super) fn new(
        name: &str,
        config: Aws,
        egress: Arc<Egress>,
        limit: usize,
    ) -> Result<Self, SetupError> {
        let endpoint = config
            .endpoint
            .clone()
            .unwrap_or_else(|| format!("https://lambda.{}.amazonaws.com", config.region));
        let endpoint = parse_url(name, &endpoint)?;
        let function = config.function.as_deref().unwrap_or(name);
        let function = function
            .parse()
            .map_err(|_| SetupError::Name { name: name.into(), function: function.into() })?;
        Ok(Self { endpoint, function, config, egress, limit })
    }

    pub(super) async fn invoke(&self, attempt: Attempt) -> Result<Bytes, Failure> {
        let outbound = Invoke { function: &self.function, kind: InvocationType::RequestResponse }.request();
        let mut headers = outbound.headers;
        if let Some(context) = &attempt.client_context {
            headers.push(("x-amz-client-context", STANDARD.encode(context)));
        }
        let request = Unsigned {
            endpoint: &self.endpoint,
            method: Method::POST,
            path: outbound.path,
            query: outbound.query,
            headers,
            body: attempt.payload,
        };
        let signing = Signing {
            credentials: &self.config.credentials,
            region: &self.config.region,
            service: lambda::SIGNING_NAME,
            path: PathStyle::EncodedTwice,
            payload: Payload::Hashed,
        };
        let request = request
            .sign(Some(&signing))
            .map_err(|error| FunctionError::Failed(format!("the request cannot be made: {error}")))?;
        let response = self.egress.send(request, attempt.deadline, self.limit).await.map_err(unanswered)?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
        match read_answer(response.status().as_u16(), header, response.body()) {
            Ok(Answer::Returned(_)) => Ok(response.into_body()),
            Ok(Answer::Failed { .. }) => Err(failure(response.into_body())),
            Err(error) => Err(refused(error).into()),
        }
    }
}

fn refused(error: InvokeError) -> FunctionError {
    let text = error.to_string();
    match error {
        InvokeError::NotFound(_) => FunctionError::NotFound(text),
        InvokeError::Throttled(_) => FunctionError::Throttled(text),
        InvokeError::Denied(_) => FunctionError::AccessDenied(text),
        InvokeError::TooLarge(_) => FunctionError::Failed(text),
        InvokeError::Refused { .. } | InvokeError::Broken { .. } => FunctionError::Unreachable(text),
    }
}
