//! Routes: HTTP requests that functions answer, in the shapes of API Gateway's Lambda proxy integration (version 1).
//!
//! Who asks is settled first ([`Authorizer`]), then the request becomes an [`event`], and what the function returns
//! becomes the answer ([`response`]). What goes wrong is said in API Gateway's words, since pages know them.

mod cors;
mod event;
mod pattern;
mod response;

use std::sync::Arc;
use std::time::Duration;

use base::Timestamp;
use bytes::Bytes;
use call::FunctionError;
use http::header::{ALLOW, HeaderName, HeaderValue};
use http::request::Parts;
use http::{HeaderMap, Method, Response, StatusCode};
use http_body_util::Full;
use serde_json::json;
use tokio::sync::Semaphore;

use super::Peer;
use super::authorizer::{Authorizer, Refusal};
use crate::functions::{Functions, Invocation};
use crate::random;
pub use cors::Cors;
pub use pattern::Pattern;

/// Requests of routes that functions may have at the same time; the next one gets 429.
const AT_ONCE: usize = 1_000;
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// One route.
#[derive(Debug)]
pub struct Route {
    /// Its path behind the stage.
    pub pattern: Pattern,
    /// The first segment of the path, which handlers do not see in it.
    pub stage: Option<String>,
    /// Its methods; none means any.
    pub methods: Vec<Method>,
    /// The function's name.
    pub function: String,
    /// Who may use it; everybody where absent.
    pub authorizer: Option<Arc<Authorizer>>,
    /// Pages of other origins that may use it.
    pub cors: Cors,
    /// How long the function may take.
    pub timeout: Duration,
}

/// All routes, the most particular one first.
pub struct Gateway {
    routes: Vec<Route>,
    functions: Arc<Functions>,
    account: String,
    api_id: String,
    room: Semaphore,
}

/// What a path leads to.
pub(super) enum Found<'a> {
    /// A route, with the parameters of the path.
    Route(&'a Route, Vec<(String, String)>),
    /// Routes of other methods only.
    Others(Vec<&'a Route>),
}

/// What an event is made of, beside the request itself.
struct Occasion<'a> {
    route: &'a Route,
    /// The path without the stage.
    path: &'a str,
    parameters: Vec<(String, String)>,
    claims: Option<serde_json::Map<String, serde_json::Value>>,
    peer: Peer,
    account: &'a str,
    api_id: &'a str,
    request_id: &'a str,
    now: Timestamp,
}

impl Gateway {
    /// For `routes`, whose functions are of `functions`.
    pub fn new(mut routes: Vec<Route>, functions: Arc<Functions>, account: String) -> Self {
        routes.sort_by(|a, b| {
            let key = |route: &Route| (route.stage.is_none(), route.pattern.rank(), route.methods.is_empty());
            key(a).cmp(&key(b))
        });
        Self { routes, functions, account, api_id: random::token(10), room: Semaphore::new(AT_ONCE) }
    }

    /// The route of a request.
    pub(super) fn find(&self, method: &Method, path: &str) -> Option<Found<'_>> {
        let mut others = Vec::new();
        for route in &self.routes {
            let Some(rest) = behind_stage(route, path) else { continue };
            let Some(parameters) = route.pattern.matches(rest) else { continue };
            if route.methods.is_empty() || route.methods.contains(method) {
                // OPTIONS is asked by browsers; a route takes it over by naming it.
                if method != Method::OPTIONS || !route.methods.is_empty() || route.cors.is_none() {
                    return Some(Found::Route(route, parameters));
                }
            }
            others.push(route);
        }
        (!others.is_empty()).then_some(Found::Others(others))
    }

    /// Answers where no route has the method: browsers that ask beforehand, and mistakes.
    pub(super) fn answer_other(&self, routes: &[&Route], head: &Parts) -> Response<Full<Bytes>> {
        let methods = || routes.iter().flat_map(|route| methods_of(route));
        let cors = routes.iter().map(|route| &route.cors).find(|cors| !cors.is_none());
        if head.method == Method::OPTIONS
            && let Some(cors) = cors
        {
            return cors.preflight(&head.headers, methods());
        }
        let mut response = message(StatusCode::FORBIDDEN, "Missing Authentication Token");
        response
            .headers_mut()
            .insert(ERROR_TYPE, HeaderValue::from_static("MissingAuthenticationTokenException"));
        let mut allowed: Vec<_> = methods().map(Method::to_string).collect();
        allowed.sort();
        allowed.dedup();
        if let Ok(allowed) = HeaderValue::from_str(&allowed.join(", ")) {
            response.headers_mut().insert(ALLOW, allowed);
        }
        if let Some(cors) = cors {
            cors.apply(&head.headers, response.headers_mut());
        }
        response
    }

    /// Who asks, or the answer to somebody who may not.
    pub(super) async fn admit(
        &self,
        route: &Route,
        head: &Parts,
    ) -> Result<Option<serde_json::Map<String, serde_json::Value>>, Box<Response<Full<Bytes>>>> {
        let Some(authorizer) = &route.authorizer else { return Ok(None) };
        let refusal = match authorizer.check(&head.headers).await {
            Ok(claims) => return Ok(Some(claims)),
            Err(refusal) => refusal,
        };
        let (status, text, kind) = match &refusal {
            Refusal::Unauthorized(_) => (StatusCode::UNAUTHORIZED, "Unauthorized", "UnauthorizedException"),
            Refusal::Expired => {
                (StatusCode::UNAUTHORIZED, "The incoming token has expired", "UnauthorizedException")
            }
            Refusal::NoKeys(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable", "ServiceUnavailableException")
            }
        };
        tracing::debug!(%refusal, path = head.uri.path(), "a request is not authorised");
        let mut response = message(status, text);
        response.headers_mut().insert(ERROR_TYPE, HeaderValue::from_static(kind));
        Err(Box::new(self.finish(route, &head.headers, &new_request_id(), response)))
    }

    /// Has the function answer a request that is admitted.
    pub(super) async fn answer(
        &self,
        (route, parameters): (&Route, Vec<(String, String)>),
        claims: Option<serde_json::Map<String, serde_json::Value>>,
        (head, body): (&Parts, &[u8]),
        peer: Peer,
        now: Timestamp,
    ) -> Response<Full<Bytes>> {
        let request_id = new_request_id();
        let occasion = Occasion {
            route,
            path: behind_stage(route, head.uri.path()).unwrap_or_default(),
            parameters,
            claims,
            peer,
            account: &self.account,
            api_id: &self.api_id,
            request_id: &request_id,
            now,
        };
        let event = event::event(head, body, &occasion);
        let response = match self.room.try_acquire() {
            Err(_) => message(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests"),
            Ok(_permit) => self.invoke(route, event.to_string()).await,
        };
        self.finish(route, &head.headers, &request_id, response)
    }

    /// A request whose body is too large, or did not come.
    pub(super) fn refuse(
        &self,
        route: &Route,
        headers: &HeaderMap,
        status: StatusCode,
        text: &str,
    ) -> Response<Full<Bytes>> {
        self.finish(route, headers, &new_request_id(), message(status, text))
    }

    async fn invoke(&self, route: &Route, event: String) -> Response<Full<Bytes>> {
        let invocation = Invocation {
            function: route.function.clone(),
            payload: event.into(),
            timeout: route.timeout,
            idempotency_key: None,
            client_context: None,
        };
        let failure = match self.functions.invoke_raw(invocation).await {
            Ok(returned) => match response::response(&returned) {
                Ok(response) => return response,
                Err(why) => {
                    tracing::warn!(
                        function = route.function,
                        why,
                        "a function's answer to a request is malformed"
                    );
                    return internal_error(StatusCode::BAD_GATEWAY, "Internal server error");
                }
            },
            Err(failure) => failure,
        };
        tracing::warn!(function = route.function, error = ?failure.error, "a function did not answer a request");
        match failure.error {
            FunctionError::TimedOut => {
                internal_error(StatusCode::GATEWAY_TIMEOUT, "Endpoint request timed out")
            }
            FunctionError::Throttled(_) => message(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests"),
            FunctionError::NotFound(_)
            | FunctionError::AccessDenied(_)
            | FunctionError::Failed(_)
            | FunctionError::Unreachable(_) => {
                internal_error(StatusCode::BAD_GATEWAY, "Internal server error")
            }
        }
    }

    fn finish(
        &self,
        route: &Route,
        asked: &HeaderMap,
        request_id: &str,
        mut response: Response<Full<Bytes>>,
    ) -> Response<Full<Bytes>> {
        if let Ok(id) = HeaderValue::from_str(request_id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        route.cors.apply(asked, response.headers_mut());
        response
    }
}

/// The path behind a route's stage, with its first slash.
fn behind_stage<'a>(route: &Route, path: &'a str) -> Option<&'a str> {
    let Some(stage) = &route.stage else { return Some(path) };
    let rest = path.strip_prefix('/')?.strip_prefix(stage.as_str())?;
    match rest {
        "" => Some("/"),
        rest => rest.starts_with('/').then_some(rest),
    }
}

fn methods_of(route: &Route) -> &[Method] {
    const ANY: &[Method] = &[
        Method::DELETE,
        Method::GET,
        Method::HEAD,
        Method::OPTIONS,
        Method::PATCH,
        Method::POST,
        Method::PUT,
    ];
    if route.methods.is_empty() { ANY } else { &route.methods }
}

fn new_request_id() -> String {
    let mut bits = [0; 16];
    random::fill(&mut bits);
    uuid::Builder::from_random_bytes(bits).into_uuid().to_string()
}

fn internal_error(status: StatusCode, text: &str) -> Response<Full<Bytes>> {
    let mut response = message(status, text);
    response.headers_mut().insert(ERROR_TYPE, HeaderValue::from_static("InternalServerErrorException"));
    response
}

fn message(status: StatusCode, text: &str) -> Response<Full<Bytes>> {
    super::json(status, &json!({ "message": text }))
}
