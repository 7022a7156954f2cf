use crate::percent;

use super::{FunctionRef, InvocationType, PATH_PREFIX, PATH_SUFFIX};

/// An invocation to be sent.
#[derive(Clone, Copy, Debug)]
pub struct Invoke<'a> {
    /// Whom to invoke.
    pub function: &'a FunctionRef,
    /// Whether to wait.
    pub kind: InvocationType,
}

/// A request to be signed, joined with its body and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundRequest {
    /// `POST`.
    pub method: &'static str,
    /// Encoded.
    pub path: String,
    /// Encoded, without the question mark.
    pub query: String,
    /// Without `host` and those of the signature.
    pub headers: Vec<(&'static str, String)>,
}

impl Invoke<'_> {
    /// The request; its body is the payload.
    ///
    /// A function of another account is named by its ARN, with the qualifier as a parameter.
    pub fn request(&self) -> OutboundRequest {
        let unqualified = FunctionRef { qualifier: None, ..self.function.clone() };
        let mut path = PATH_PREFIX.to_owned();
        percent::encode_into(&mut path, unqualified.to_string().as_bytes());
        path.push_str(PATH_SUFFIX);
        let mut query = String::new();
        if let Some(qualifier) = &self.function.qualifier {
            query.push_str("Qualifier=");
            percent::encode_into(&mut query, qualifier.as_bytes());
        }
        OutboundRequest {
            method: "POST",
            path,
            query,
            headers: vec![
                ("content-type", "application/json".to_owned()),
                ("x-amz-invocation-type", self.kind.as_str().to_owned()),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_is_encoded_and_its_qualifier_is_a_parameter() {
        let function = "arn:aws:lambda:us-east-1:111122223333:function:sma:$LATEST".parse().unwrap();
        let request = Invoke { function: &function, kind: InvocationType::RequestResponse }.request();
        assert_eq!(
            request.path,
            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A111122223333%3Afunction%3Asma/invocations"
        );
        assert_eq!(request.query, "Qualifier=%24LATEST");
        assert!(request.headers.contains(&("x-amz-invocation-type", "RequestResponse".to_owned())));
    }

    #[test]
    fn a_plain_name_stays_plain() {
        let function = FunctionRef::named("sma").unwrap();
        let request = Invoke { function: &function, kind: InvocationType::Event }.request();
        assert_eq!(
            (request.path.as_str(), request.query.as_str()),
            ("/2015-03-31/functions/sma/invocations", "")
        );
    }
}
