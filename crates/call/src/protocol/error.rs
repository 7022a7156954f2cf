//! The errors a handler is told about: of its responses and of its actions.

use serde::{Deserialize, Serialize};

/// Why a response is unusable; told by `INVALID_LAMBDA_RESPONSE`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub(crate) enum Invalid {
    #[error("Transaction Attributes has too many mappings. Maximum number of mappings is {maximum}")]
    TooManyAttributes { maximum: usize },
    #[error("Transaction Attributes is too large. Maximum size is {maximum} bytes")]
    AttributesTooLarge { maximum: usize },
    #[error("Error while reading actions list.")]
    ActionsList,
    #[error(
        "The schema version in the invocation request does not match the schema version in the response."
    )]
    SchemaVersion,
    #[error("Unsupported action {0} specified")]
    UnsupportedAction(String),
    #[error("Too many actions specified in a response.")]
    TooManyActions,
    #[error("Response is blank or empty")]
    Empty,
}

impl Invalid {
    /// One of each, as it would be told.
    pub(crate) fn each() -> [Self; 7] {
        [
            Invalid::TooManyAttributes { maximum: 100 },
            Invalid::AttributesTooLarge { maximum: 20_480 },
            Invalid::ActionsList,
            Invalid::SchemaVersion,
            Invalid::UnsupportedAction("<name>".into()),
            Invalid::TooManyActions,
            Invalid::Empty,
        ]
    }

    /// `ErrorType` of the event.
    pub(crate) fn error_type(&self) -> &'static str {
        match self {
            Invalid::TooManyAttributes { .. } => "TransactionAttributesInvalidMapSize",
            Invalid::AttributesTooLarge { .. } => "TransactionAttributesInvalidSize",
            Invalid::ActionsList => "InvalidActionsList",
            Invalid::SchemaVersion => "SchemaVersionMismatch",
            Invalid::UnsupportedAction(_) => "UnsupportedAction",
            Invalid::TooManyActions => "TooManyActions",
            Invalid::Empty => "EmptyResponse",
        }
    }
}

/// Why an action failed; told by `ACTION_FAILED`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ActionError {
    pub(crate) error_type: ErrorType,
    pub(crate) message: String,
}

/// `ErrorType` of `ACTION_FAILED`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorType {
    InvalidActionParameter,
    MissingRequiredActionParameter,
    InvalidAudioSource,
    InvalidDigitsReceived,
    CallNotAnswered,
    SystemException,
}

impl ErrorType {
    pub(crate) const ALL: [ErrorType; 6] = [
        ErrorType::InvalidActionParameter,
        ErrorType::MissingRequiredActionParameter,
        ErrorType::InvalidAudioSource,
        ErrorType::InvalidDigitsReceived,
        ErrorType::CallNotAnswered,
        ErrorType::SystemException,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            ErrorType::InvalidActionParameter => "InvalidActionParameter",
            ErrorType::MissingRequiredActionParameter => "MissingRequiredActionParameter",
            ErrorType::InvalidAudioSource => "InvalidAudioSource",
            ErrorType::InvalidDigitsReceived => "InvalidDigitsReceived",
            ErrorType::CallNotAnswered => "CallNotAnswered",
            ErrorType::SystemException => "SystemException",
        }
    }
}

impl ActionError {
    pub(crate) fn new(error_type: ErrorType, message: impl Into<String>) -> Self {
        Self { error_type, message: message.into() }
    }

    /// `InvalidActionParameter` with a message of its own.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(ErrorType::InvalidActionParameter, message)
    }

    /// `InvalidActionParameter`: `<name> parameter value is invalid.`
    pub(crate) fn parameter(name: &str) -> Self {
        Self::invalid(format!("{name} parameter value is invalid."))
    }

    /// `MissingRequiredActionParameter`: `<name> is a required parameter.`
    pub(crate) fn required(name: &str) -> Self {
        Self::new(ErrorType::MissingRequiredActionParameter, format!("{name} is a required parameter."))
    }

    /// The selector names no leg, or one that is gone.
    pub(crate) fn leg() -> Self {
        Self::invalid("CallId or ParticipantTag parameter for action is invalid.")
    }

    /// Anything that is nobody's fault.
    pub(crate) fn system() -> Self {
        Self::new(ErrorType::SystemException, "System error while running action.")
    }
}
