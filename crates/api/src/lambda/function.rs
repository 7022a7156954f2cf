use std::fmt;
use std::str::FromStr;

/// A function as callers name it: by name, by partial ARN, by ARN, each with or without a version or alias.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FunctionRef {
    /// Region, where an ARN gave one.
    pub region: Option<String>,
    /// Account, where an ARN or a partial ARN gave one.
    pub account: Option<String>,
    /// Its name.
    pub name: String,
    /// Version or alias.
    pub qualifier: Option<String>,
}

/// The text names no function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a function name, ARN or partial ARN")]
pub struct NotAFunction;

impl FunctionRef {
    /// A function of the place we call, by its name.
    pub fn named(name: &str) -> Result<Self, NotAFunction> {
        let fits = (1..=64).contains(&name.len()) && name.bytes().all(is_name_byte);
        if fits {
            Ok(Self { region: None, account: None, name: name.to_owned(), qualifier: None })
        } else {
            Err(NotAFunction)
        }
    }
}

impl FromStr for FunctionRef {
    type Err = NotAFunction;

    /// `name[:q]`, `account:function:name[:q]`, `arn:aws:lambda:region:account:function:name[:q]`.
    fn from_str(text: &str) -> Result<Self, NotAFunction> {
        let parts: Vec<&str> = text.split(':').collect();
        let (region, account, rest) = match parts.as_slice() {
            ["arn", partition, "lambda", region, account, "function", rest @ ..]
                if partition.starts_with("aws") && is_region(region) && is_account(account) =>
            {
                (Some((*region).to_owned()), Some((*account).to_owned()), rest)
            }
            [account, "function", rest @ ..] if is_account(account) => {
                (None, Some((*account).to_owned()), rest)
            }
            ["function", rest @ ..] if !rest.is_empty() => (None, None, rest),
            rest => (None, None, rest),
        };
        let (name, qualifier) = match rest {
            [name] => (*name, None),
            [name, qualifier] if is_qualifier(qualifier) => (*name, Some((*qualifier).to_owned())),
            _ => return Err(NotAFunction),
        };
        Ok(Self { region, account, qualifier, ..Self::named(name)? })
    }
}

impl fmt::Display for FunctionRef {
    /// The ARN if region and account are known, the partial ARN if only the account is, else the name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.region, &self.account) {
            (Some(region), Some(account)) => {
                write!(f, "arn:aws:lambda:{region}:{account}:function:{}", self.name)?;
            }
            (None, Some(account)) => write!(f, "{account}:function:{}", self.name)?,
            (_, None) => f.write_str(&self.name)?,
        }
        match &self.qualifier {
            Some(qualifier) => write!(f, ":{qualifier}"),
            None => Ok(()),
        }
    }
}

fn is_name_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_region(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_qualifier(text: &str) -> bool {
    text == "$LATEST" || ((1..=128).contains(&text.len()) && text.bytes().all(is_name_byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_and_printed() {
        for (text, name, qualifier) in [
            ("sma", "sma", None),
            ("sma:live", "sma", Some("live")),
            ("sma:$LATEST", "sma", Some("$LATEST")),
            ("111122223333:function:sma", "sma", None),
            ("arn:aws:lambda:us-east-1:111122223333:function:sma", "sma", None),
            ("arn:aws:lambda:us-east-1:111122223333:function:sma:2", "sma", Some("2")),
        ] {
            let function: FunctionRef = text.parse().unwrap();
            assert_eq!((function.name.as_str(), function.qualifier.as_deref()), (name, qualifier), "{text}");
            assert_eq!(function.to_string(), text);
        }
        assert_eq!("function:sma".parse::<FunctionRef>().unwrap().name, "sma");
    }

    #[test]
    fn what_names_no_function_is_refused() {
        let long = "a".repeat(65);
        for text in [
            "",
            ":",
            "a b",
            "a/../b",
            "sma:",
            "sma:a:b",
            "sma:no space",
            "arn:aws:lambda:us-east-1:1111:function:sma",
            "arn:aws:s3:::bucket",
            "arn:aws:lambda:us-east-1:111122223333:function:",
            long.as_str(),
        ] {
            assert_eq!(text.parse::<FunctionRef>(), Err(NotAFunction), "{text}");
        }
    }
}
