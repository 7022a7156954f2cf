//! Wire names → Rust names.

/// `ResourceARN` → `resource_arn`, `E164PhoneNumbers` → `e164_phone_numbers`.
pub(crate) fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (i, c) in chars.iter().copied().enumerate() {
        if c == '-' || c == '_' {
            out.push('_');
            continue;
        }
        let after_lower = i > 0 && (chars[i - 1].is_lowercase() || chars[i - 1].is_ascii_digit());
        let ends_acronym =
            i > 0 && chars[i - 1].is_uppercase() && chars.get(i + 1).is_some_and(|n| n.is_lowercase());
        if c.is_uppercase() && (after_lower || ends_acronym) && !out.ends_with('_') {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    if out == "type" { "r#type".to_owned() } else { out }
}

/// `us-east-1` → `UsEast1`, `IPV4_ONLY` → `Ipv4Only`, `SNS` → `Sns`, `ToPhoneNumber` stays.
pub(crate) fn pascal(value: &str) -> String {
    value
        .split(['-', '_'])
        .map(|word| {
            let shouting = word.chars().all(|c| !c.is_lowercase());
            let mut chars = word.chars();
            let first = chars.next().map(|c| c.to_ascii_uppercase());
            let rest: String = if shouting { chars.as_str().to_ascii_lowercase() } else { chars.collect() };
            first.into_iter().chain(rest.chars()).collect::<String>()
        })
        .collect()
}

/// `SipRuleName` → `SIP_RULE_NAME`.
pub(crate) fn constant(name: &str) -> String {
    snake(name).trim_start_matches("r#").to_uppercase()
}

/// What serde's `rename_all = "PascalCase"` makes of a field.
pub(crate) fn serde_pascal(field: &str) -> String {
    field
        .trim_start_matches("r#")
        .split('_')
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect::<String>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_become_rust_names() {
        for (wire, rust) in [
            ("ResourceARN", "resource_arn"),
            ("E164PhoneNumbers", "e164_phone_numbers"),
            ("EnableSIPLogs", "enable_sip_logs"),
            ("DNIS", "dnis"),
            ("Type", "r#type"),
            ("postalCodePlus4", "postal_code_plus4"),
        ] {
            assert_eq!(snake(wire), rust);
        }
        for (wire, rust) in [
            ("us-east-1", "UsEast1"),
            ("IPV4_ONLY", "Ipv4Only"),
            ("SNS", "Sns"),
            ("ToPhoneNumber", "ToPhoneNumber"),
        ] {
            assert_eq!(pascal(wire), rust);
        }
        assert_eq!(serde_pascal("sip_rule_id"), "SipRuleId");
    }
}
