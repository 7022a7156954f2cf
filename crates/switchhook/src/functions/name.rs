/// The parts of a function reference: a name, a partial ARN or a full ARN, each with or without a qualifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionName<'a> {
    /// The bare name.
    pub name: &'a str,
    /// Version or alias.
    pub qualifier: Option<&'a str>,
}

impl<'a> FunctionName<'a> {
    /// Parses `name[:qualifier]`, `account:function:name[:qualifier]` or `arn:…:lambda:region:account:function:name[:qualifier]`.
    pub fn parse(text: &'a str) -> Option<Self> {
        let parts: Vec<&str> = text.split(':').collect();
        let (name, qualifier) = match parts.as_slice() {
            ["arn", _, "lambda", _, _, "function", name, rest @ ..] => (*name, rest),
            [account, "function", name, rest @ ..] if account.bytes().all(|b| b.is_ascii_digit()) => {
                (*name, rest)
            }
            ["function", name, rest @ ..] => (*name, rest),
            ["arn", ..] => return None,
            [name, rest @ ..] => (*name, rest),
            [] => return None,
        };
        let fits = |part: &str| {
            (1..=140).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'$' | b'.'))
        };
        let qualifier = match qualifier {
            [] => None,
            [one] if fits(one) => Some(*one),
            _ => return None,
        };
        fits(name).then_some(Self { name, qualifier })
    }

    /// The full ARN in `region` of `account`.
    pub fn arn(&self, region: &str, account: &str) -> String {
        let qualifier = self.qualifier.map(|q| format!(":{q}")).unwrap_or_default();
        format!("arn:aws:lambda:{region}:{account}:function:{}{qualifier}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_names_the_function() {
        for (text, name, qualifier) in [
            ("sma", "sma", None),
            ("sma:prod", "sma", Some("prod")),
            ("sma:$LATEST", "sma", Some("$LATEST")),
            ("function:sma", "sma", None),
            ("111122223333:function:sma:3", "sma", Some("3")),
            ("arn:aws:lambda:us-east-1:111122223333:function:sma", "sma", None),
            ("arn:aws-cn:lambda:cn-north-1:111122223333:function:sma:live", "sma", Some("live")),
        ] {
            assert_eq!(FunctionName::parse(text), Some(FunctionName { name, qualifier }), "{text}");
        }
        for text in ["", "a:b:c", "arn:aws:s3:::x", "a/b", "arn:aws:lambda:us-east-1:1:function:", "sma:"] {
            assert_eq!(FunctionName::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_arn_keeps_the_qualifier() {
        let name = FunctionName::parse("sma:live").unwrap();
        assert_eq!(
            name.arn("eu-west-1", "111122223333"),
            "arn:aws:lambda:eu-west-1:111122223333:function:sma:live"
        );
    }
}
