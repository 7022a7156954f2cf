//! Lambda's Invoke API, served: functions call functions, and tools call them by the usual SDKs.

use std::sync::Arc;

use api::lambda::{Invocation, InvocationType, Outcome, Refusal};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use call::FunctionError;
use serde_json::json;

use super::{Failure, Functions};

impl Functions {
    /// Runs an Invoke that `api::lambda::parse` has admitted; the outcome is for `api::lambda::render`.
    ///
    /// `Event` is answered as soon as it is accepted; it runs once, and a failure of it is logged, not retried.
    ///
    /// # Errors
    /// Why the function does not run. A function that ran and failed is an outcome, not an error.
    pub async fn serve(self: &Arc<Self>, request: Invocation<'_>) -> Result<Outcome, Refusal> {
        let function = request.function.to_string();
        if !self.knows(&function) {
            return Err(Refusal::NotFound(function));
        }
        let client_context = request.client_context.map(decode).transpose()?;
        let invocation = super::Invocation {
            function: function.clone(),
            payload: Bytes::copy_from_slice(request.payload),
            timeout: self.settings.limits.invoke,
            idempotency_key: None,
            client_context,
        };
        match request.kind {
            InvocationType::DryRun => Ok(Outcome::Checked),
            InvocationType::RequestResponse => match self.invoke_raw(invocation).await {
                Ok(payload) => Ok(Outcome::Returned(payload.into())),
                Err(failure) => self.failed(failure),
            },
            InvocationType::Event => {
                let permit =
                    self.background.clone().try_acquire_owned().map_err(|_| Refusal::TooManyRequests)?;
                let functions = self.clone();
                tokio::spawn(async move {
                    if let Err(failure) = functions.invoke_raw(invocation).await {
                        tracing::warn!(function, error = ?failure.error, "an event failed that nobody waits for");
                    }
                    drop(permit);
                });
                Ok(Outcome::Accepted)
            }
        }
    }

    fn failed(&self, failure: Failure) -> Result<Outcome, Refusal> {
        let (kind, text) = match failure.error {
            FunctionError::NotFound(text) => return Err(Refusal::NotFound(text)),
            FunctionError::Throttled(_) => return Err(Refusal::TooManyRequests),
            FunctionError::AccessDenied(text) | FunctionError::Unreachable(text) => {
                return Err(Refusal::Service(text));
            }
            FunctionError::TimedOut => {
                let seconds = self.settings.limits.invoke.as_secs_f64();
                ("Sandbox.Timedout", format!("Task timed out after {seconds:.2} seconds"))
            }
            FunctionError::Failed(text) => ("Runtime.Unknown", text),
        };
        let document = failure
            .document
            .unwrap_or_else(|| json!({ "errorMessage": text, "errorType": kind }).to_string().into());
        Ok(Outcome::Failed(document.into()))
    }
}

fn decode(context: &str) -> Result<String, Refusal> {
    let wrong = Refusal::InvalidParameter("the client context is not JSON in base64");
    let Ok(bytes) = STANDARD.decode(context) else { return Err(wrong) };
    match serde_json::from_slice::<serde_json::Value>(&bytes) {
        // Printed anew: it travels in a header, where line breaks have no place.
        Ok(value) => Ok(value.to_string()),
        Err(_) => Err(wrong),
    }
}
