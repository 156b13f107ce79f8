//! The providers that the program knows by itself, in `presets.tsv` with their sources, and
//! Microsoft's, whose servers `cloud` has.

use std::sync::LazyLock;

use super::{Finding, Need, UserName, Way};
use crate::account::{Endpoint, Host, MailAddress, Port, Servers, TlsMode};
use crate::cloud::{Cloud, MailProtocol};
use crate::diagnosis::AccountKind;
use crate::kind::within;

static TABLE: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let lines = include_str!("presets.tsv").lines();
    let lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.filter_map(Preset::read).collect()
});

#[derive(Debug)]
struct Preset {
    id: &'static str,
    name: &'static str,
    domains: Vec<&'static str>,
    mx: Vec<&'static str>,
    servers: Vec<(MailProtocol, Pattern)>,
    user: UserName,
    needs: Vec<Need>,
}

#[derive(Debug)]
struct Pattern {
    host: &'static str,
    port: Port,
    tls: TlsMode,
}

/// The provider that gives out addresses of this domain.
pub(super) fn by_domain(domain: &str) -> Option<Finding> {
    let of = |preset: &&Preset| {
        preset.domains.iter().any(|known| {
            known.strip_prefix('.').map_or(*known == domain, |above| {
                within(domain, &[above]) && domain != above
            })
        })
    };
    let preset = TABLE.iter().find(of)?;
    Some(preset.finding(Way::Known, domain, domain))
}

/// The provider whose hosts take the domain's mail.
pub(super) fn by_mail_hosts(domain: &str, hosts: &[String]) -> Option<Finding> {
    TABLE.iter().find_map(|preset| {
        let host = hosts.iter().find(|host| within(host, &preset.mx))?;
        Some(preset.finding(Way::MailHosts, domain, host))
    })
}

/// A provider by its name in the table.
pub(super) fn by_id(id: &str) -> Option<Finding> {
    let preset = TABLE.iter().find(|preset| preset.id == id)?;
    Some(preset.finding(Way::Known, "", ""))
}

/// Microsoft's servers for an account of this kind; `None` where it is not Microsoft's.
pub(super) fn microsoft(kind: AccountKind, way: Way) -> Option<Finding> {
    let provider = match kind {
        AccountKind::Work => "Microsoft 365",
        AccountKind::Personal => "Outlook.com",
        AccountKind::Other | AccountKind::Unknown => return None,
    };
    Some(Finding {
        way,
        provider: Some(provider.to_owned()),
        servers: listed(Cloud::Worldwide.servers_of(kind)),
        user: UserName::Address,
        needs: vec![Need::OAuth],
    })
}

/// What an account name is filled in as; empty where the address is it, or nobody knows.
pub(crate) fn fill(name: UserName, address: &MailAddress) -> String {
    match name {
        UserName::Local => {
            let local = address.as_str().rsplit_once('@').map(|(local, _)| local);
            local.unwrap_or_default().to_owned()
        }
        UserName::Address | UserName::Own => String::new(),
    }
}

fn listed(servers: Servers) -> Vec<(MailProtocol, Endpoint)> {
    let listed = [
        (MailProtocol::Pop3, servers.pop3),
        (MailProtocol::Imap, servers.imap),
        (MailProtocol::Smtp, servers.smtp),
    ];
    let known = listed.into_iter();
    known
        .filter_map(|(protocol, endpoint)| Some((protocol, endpoint?)))
        .collect()
}

impl Preset {
    /// Reads a line; a test makes sure that all of them can be read.
    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line.split('\t');
        let id = cells.next()?;
        let name = cells.next()?;
        let domains = list(cells.next()?);
        let mx = list(cells.next()?);
        let mut servers = Vec::new();
        for protocol in [MailProtocol::Pop3, MailProtocol::Imap, MailProtocol::Smtp] {
            match cells.next()? {
                "-" => {}
                server => servers.push((protocol, Pattern::read(server)?)),
            }
        }
        let user = match cells.next()? {
            "address" => UserName::Address,
            "local" => UserName::Local,
            "own" => UserName::Own,
            _ => return None,
        };
        let needs = list(cells.next()?).into_iter().map(|need| match need {
            "app-password" => Some(Need::AppPassword),
            "switch-on-pop" => Some(Need::SwitchOnPop),
            "own-password" => Some(Need::OwnPassword),
            _ => None,
        });
        let needs = needs.collect::<Option<_>>()?;
        let source = cells.next()?;
        (!source.is_empty() && cells.next().is_none()).then_some(Self {
            id,
            name,
            domains,
            mx,
            servers,
            user,
            needs,
        })
    }

    fn finding(&self, way: Way, domain: &str, mx: &str) -> Finding {
        let server = |(protocol, pattern): &(MailProtocol, Pattern)| {
            let host = pattern.host.replace("{domain}", domain).replace("{mx}", mx);
            let endpoint = Endpoint {
                host: Host::new(&host)?,
                port: pattern.port,
                tls: pattern.tls,
            };
            Some((*protocol, endpoint))
        };
        Finding {
            way,
            provider: Some(self.name.to_owned()),
            servers: self.servers.iter().filter_map(server).collect(),
            user: self.user,
            needs: self.needs.clone(),
        }
    }
}

impl Pattern {
    fn read(text: &'static str) -> Option<Self> {
        let mut parts = text.split(':');
        let host = parts.next()?;
        let port = Port::new(parts.next()?.parse().ok()?)?;
        let tls = match parts.next()? {
            "tls" => TlsMode::Implicit,
            "starttls" => TlsMode::StartTls,
            _ => return None,
        };
        parts.next().is_none().then_some(Self { host, port, tls })
    }
}

fn list(cell: &'static str) -> Vec<&'static str> {
    cell.split(',').filter(|part| *part != "-").collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::account::Purpose;

    fn shown(finding: &Finding) -> Vec<String> {
        let line = |(protocol, endpoint): &(MailProtocol, Endpoint)| {
            let (host, port) = (&endpoint.host, endpoint.port.number());
            format!("{} {host}:{port} {}", protocol.code(), endpoint.tls.code())
        };
        finding.servers.iter().map(line).collect()
    }

    #[test]
    fn every_line_is_read_and_says_where_it_comes_from() {
        let table = include_str!("presets.tsv");
        let lines: Vec<_> = table
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .collect();
        for line in &lines {
            assert!(Preset::read(line).is_some(), "{line}");
            let source = line.rsplit('\t').next().unwrap();
            assert!(
                source == "configurations" || source.starts_with("http"),
                "{line}"
            );
        }
        assert_eq!(TABLE.len(), lines.len());
        let ids: BTreeSet<_> = TABLE.iter().map(|preset| preset.id).collect();
        assert_eq!(ids.len(), TABLE.len());
        for preset in TABLE.iter() {
            let finding = preset.finding(Way::Known, "x.example", "mx.example");
            assert_eq!(finding.servers.len(), preset.servers.len(), "{}", preset.id);
            assert!(!finding.servers.is_empty(), "{}", preset.id);
            for (_, endpoint) in &finding.servers {
                assert!(endpoint.host.as_str().contains('.'), "{}", preset.id);
            }
        }
    }

    #[test]
    fn domains_and_the_hosts_of_mail_lead_to_a_provider() {
        let gmail = by_domain("gmail.com").unwrap();
        assert_eq!(gmail.needs, [Need::AppPassword, Need::SwitchOnPop]);
        let below = by_domain("sky.plala.or.jp").unwrap();
        assert_eq!(shown(&below), ["smtp secure.plala.or.jp:465 implicit"]);
        assert!(by_domain("plala.or.jp").is_none() && by_domain("notgmail.com").is_none());
        let au = by_domain("d1.dion.ne.jp").unwrap();
        assert_eq!(
            shown(&au),
            [
                "pop3 pop.d1.dion.ne.jp:995 implicit",
                "smtp msa.d1.dion.ne.jp:465 implicit"
            ]
        );
        let hosts = ["sv123.xserver.jp".to_owned()];
        let own = by_mail_hosts("hana.example", &hosts).unwrap();
        assert_eq!(own.way, Way::MailHosts);
        assert_eq!(
            shown(&own),
            [
                "pop3 sv123.xserver.jp:995 implicit",
                "imap sv123.xserver.jp:993 implicit",
                "smtp sv123.xserver.jp:465 implicit"
            ]
        );
        assert!(by_mail_hosts("hana.example", &["xserver.jp.evil.example".to_owned()]).is_none());
    }

    #[test]
    fn the_relay_in_the_form_is_the_one_of_the_table() {
        let relay = super::super::relay(Purpose::RakutenSending).unwrap();
        let (_, endpoint) = &relay.servers[0];
        let form = include_str!("../../../../ui/src/state/draft.ts");
        let line = format!(
            "host: '{}', port: '{}', tls: '{}'",
            endpoint.host,
            endpoint.port.number(),
            endpoint.tls.code()
        );
        assert!(form.contains(&line), "{line}");
    }

    #[test]
    fn account_names() {
        let address = MailAddress::new("hanako@yahoo.co.jp").unwrap();
        assert_eq!(fill(UserName::Local, &address), "hanako");
        assert_eq!(fill(UserName::Address, &address), "");
        let personal = microsoft(AccountKind::Personal, Way::Known).unwrap();
        assert!(shown(&personal)[2].starts_with("smtp smtp-mail.outlook.com:587"));
        assert!(microsoft(AccountKind::Other, Way::Known).is_none());
    }
}
