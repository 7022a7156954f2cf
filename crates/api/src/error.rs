//! What an operation refuses with, and its only mapping to HTTP.

use serde::Serialize;

/// A refusal: class, code and a message for the caller.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", kind.exception())]
pub struct Error {
    /// The class SDKs raise.
    pub kind: Kind,
    /// `Code` of the body; finer than the class for some conflicts.
    pub code: Code,
    /// `Message` of the body.
    pub message: String,
    /// When to come back, for [`Kind::ThrottledClient`] and [`Kind::ServiceUnavailable`].
    pub retry_after_s: Option<u32>,
}

/// The class of a refusal: an exception of a model, or one of the three no model has a word for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The feature is not allowed for the account.
    AccessDenied,
    /// Malformed, or against a constraint.
    BadRequest,
    /// Duplicate, in use, or changed meanwhile.
    Conflict,
    /// The signature is missing, wrong or stale.
    Forbidden,
    /// It existed.
    Gone,
    /// A quota of the meetings service is reached.
    LimitExceeded,
    /// Unknown id.
    NotFound,
    /// A quota is reached.
    ResourceLimitExceeded,
    /// The meetings service's word for an ARN that names nothing.
    ResourceNotFound,
    /// Our fault.
    ServiceFailure,
    /// Full, or not there yet.
    ServiceUnavailable,
    /// Too many requests.
    ThrottledClient,
    /// The meetings service's word for too many requests.
    Throttling,
    /// A resource would have more tags than it may.
    TooManyTags,
    /// The meetings service's word for a client that may not do this.
    Unauthorized,
    /// The client may not do this.
    UnauthorizedClient,
    /// Well-formed, but not in this state.
    UnprocessableEntity,
    /// No operation has this method and path.
    UnknownOperation,
    /// The operation exists and is not served.
    NotImplemented,
    /// The body is over its limit.
    PayloadTooLarge,
}

/// `Code` of an error body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[expect(missing_docs, reason = "the service's own words")]
pub enum Code {
    BadRequest,
    Conflict,
    Forbidden,
    LimitExceeded,
    NotFound,
    PreconditionFailed,
    ResourceLimitExceeded,
    ResourceNotFound,
    ServiceFailure,
    AccessDenied,
    ServiceUnavailable,
    Throttled,
    Throttling,
    TooManyTags,
    Unauthorized,
    Unprocessable,
    VoiceConnectorGroupAssociationsExist,
    PhoneNumberAssociationsExist,
    Gone,
    Validation,
    UnknownOperation,
    NotImplemented,
    PayloadTooLarge,
}

impl Kind {
    /// All classes.
    pub const ALL: [Kind; 20] = [
        Kind::AccessDenied,
        Kind::BadRequest,
        Kind::Conflict,
        Kind::Forbidden,
        Kind::Gone,
        Kind::LimitExceeded,
        Kind::NotFound,
        Kind::ResourceLimitExceeded,
        Kind::ResourceNotFound,
        Kind::ServiceFailure,
        Kind::ServiceUnavailable,
        Kind::ThrottledClient,
        Kind::Throttling,
        Kind::TooManyTags,
        Kind::Unauthorized,
        Kind::UnauthorizedClient,
        Kind::UnprocessableEntity,
        Kind::UnknownOperation,
        Kind::NotImplemented,
        Kind::PayloadTooLarge,
    ];

    /// HTTP status, `x-amzn-ErrorType` and the usual `Code`.
    const fn wire(self) -> (u16, &'static str, Code) {
        match self {
            Kind::AccessDenied => (403, "AccessDeniedException", Code::AccessDenied),
            Kind::BadRequest => (400, "BadRequestException", Code::BadRequest),
            Kind::Conflict => (409, "ConflictException", Code::Conflict),
            Kind::Forbidden => (403, "ForbiddenException", Code::Forbidden),
            Kind::Gone => (410, "GoneException", Code::Gone),
            Kind::LimitExceeded => (400, "LimitExceededException", Code::LimitExceeded),
            Kind::NotFound => (404, "NotFoundException", Code::NotFound),
            Kind::ResourceLimitExceeded => {
                (400, "ResourceLimitExceededException", Code::ResourceLimitExceeded)
            }
            Kind::ResourceNotFound => (404, "ResourceNotFoundException", Code::ResourceNotFound),
            Kind::ServiceFailure => (500, "ServiceFailureException", Code::ServiceFailure),
            Kind::ServiceUnavailable => (503, "ServiceUnavailableException", Code::ServiceUnavailable),
            Kind::ThrottledClient => (429, "ThrottledClientException", Code::Throttled),
            Kind::Throttling => (429, "ThrottlingException", Code::Throttling),
            Kind::TooManyTags => (400, "TooManyTagsException", Code::TooManyTags),
            Kind::Unauthorized => (401, "UnauthorizedException", Code::Unauthorized),
            Kind::UnauthorizedClient => (401, "UnauthorizedClientException", Code::Unauthorized),
            Kind::UnprocessableEntity => (422, "UnprocessableEntityException", Code::Unprocessable),
            Kind::UnknownOperation => (404, "UnknownOperationException", Code::UnknownOperation),
            Kind::NotImplemented => (501, "NotImplementedException", Code::NotImplemented),
            Kind::PayloadTooLarge => (413, "PayloadTooLargeException", Code::PayloadTooLarge),
        }
    }

    /// HTTP status.
    pub const fn status(self) -> u16 {
        self.wire().0
    }

    /// The exception's name, sent as `x-amzn-ErrorType`: SDKs raise their typed error by this header only.
    pub const fn exception(self) -> &'static str {
        self.wire().1
    }
}

impl Error {
    /// A refusal of a class, with the class's usual code.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, code: kind.wire().2, message: message.into(), retry_after_s: None }
    }

    /// [`Kind::BadRequest`].
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(Kind::BadRequest, message)
    }

    /// [`Kind::NotFound`].
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, message)
    }

    /// [`Kind::Conflict`].
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(Kind::Conflict, message)
    }

    /// [`Kind::Forbidden`].
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(Kind::Forbidden, message)
    }

    /// [`Kind::ServiceFailure`].
    pub fn service_failure(message: impl Into<String>) -> Self {
        Self::new(Kind::ServiceFailure, message)
    }

    /// [`Kind::ServiceUnavailable`], inviting the caller back.
    pub fn unavailable(message: impl Into<String>, retry_after_s: u32) -> Self {
        Self { retry_after_s: Some(retry_after_s), ..Self::new(Kind::ServiceUnavailable, message) }
    }

    /// [`Kind::ThrottledClient`], inviting the caller back.
    pub fn throttled(message: impl Into<String>, retry_after_s: u32) -> Self {
        Self { retry_after_s: Some(retry_after_s), ..Self::new(Kind::ThrottledClient, message) }
    }

    /// [`Kind::NotImplemented`], naming the operation.
    pub fn not_implemented(operation: &str) -> Self {
        Self::new(Kind::NotImplemented, format!("{operation} is not implemented"))
    }

    /// The same with a finer code.
    pub fn with_code(self, code: Code) -> Self {
        Self { code, ..self }
    }
}

/// `{"Code":…,"Message":…,"RequestId":…}`; the voice service's model names no members, that of meetings these.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Body<'a> {
    pub(crate) code: Code,
    pub(crate) message: &'a str,
    pub(crate) request_id: &'a str,
}
