//! Names that travel: host names of connectors and ARNs.

use api::arn::{Arn, Resource};
use api::ids::{CONNECTOR_DOMAIN, outbound_host_name};

use crate::config::Config;

/// `OutboundHostName` of a connector, and the realm of its digest users.
pub(crate) fn outbound_host(connector: &str) -> String {
    outbound_host_name(connector, CONNECTOR_DOMAIN)
}

/// Id of the connector a host name would belong to; whether there is one is another question.
pub(crate) fn connector_of_host(config: &Config, host: &str) -> Option<String> {
    let domains = std::iter::once(CONNECTOR_DOMAIN).chain(config.domains.iter().map(String::as_str));
    domains.into_iter().find_map(|domain| api::ids::connector_of_host(host, domain))
}

/// The ARN of a resource of this account.
pub(crate) fn arn(config: &Config, region: &str, resource: Resource) -> String {
    Arn::new(region, &config.account, resource).to_string()
}

/// What an ARN names. Region and account are not compared: ids are unique.
pub(crate) fn parse_arn(arn: &str) -> Option<Resource> {
    arn.parse::<Arn>().ok().map(|arn| arn.resource)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_lead_to_connectors_by_any_of_the_domains() {
        let config = Config { domains: vec!["Trunks.example.net".into()], ..Config::default() };
        let of = |host| connector_of_host(&config, host);
        assert_eq!(of("abc.voiceconnector.chime.aws").as_deref(), Some("abc"));
        assert_eq!(of("ABC.trunks.example.net.").as_deref(), Some("abc"));
        assert_eq!(of("abc.example.net"), None);
        assert_eq!(of("127.0.0.1"), None);
    }
}
