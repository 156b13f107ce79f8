//! Where a domain's mail goes, by its MX records (RFC 5321, section 5.1). The records are asked for
//! through a port, so that practice and tests never ask beyond this computer.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::proto::rr::RData;

/// Nobody has more; a longer answer is cut.
const MAX_HOSTS: usize = 32;
/// A lost question is asked again once within the time that a look-up has.
const TRY: Duration = Duration::from_millis(1200);

/// Exchange Online, in every cloud. Source: Exchange, "External Domain Name System records for
/// Microsoft 365", and those of the national clouds; 2026-11.
const EXCHANGE_ONLINE: &[&str] = &[
    "mail.protection.outlook.com",
    "mx.microsoft",
    "mail.protection.office365.us",
    "mail.protection.partner.outlook.cn",
];
/// Outlook.com's own.
const OUTLOOK_COM: &[&str] = &["olc.protection.outlook.com", "hotmail.com"];
/// Services that look through mail and pass it on to whoever has the mailbox. From general
/// knowledge, 2026-11; one that is missing only leaves the kind unknown.
const FILTERS: &[&str] = &[
    "barracudanetworks.com",
    "fortimailcloud.com",
    "hdems.com",
    "hornetsecurity.com",
    "iphmx.com",
    "mailcontrol.com",
    "messagelabs.com",
    "mimecast.com",
    "mimecast.co.za",
    "pphosted.com",
    "ppe-hosted.com",
    "securemx.jp",
    "sophos.com",
    "trendmicro.com",
    "trendmicro.co.jp",
    "trendmicro.eu",
];

/// Where a domain's mail goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailHome {
    /// To Microsoft 365.
    ExchangeOnline,
    /// To Outlook.com.
    OutlookCom,
    /// To a service that passes it on.
    Filter,
    /// To somebody else.
    Elsewhere,
    /// There is no such domain.
    NoDomain,
}

/// Why the hosts of a domain's mail are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailHostsUnknown {
    /// The DNS says that there is no such domain (NXDOMAIN).
    #[error("there is no such domain")]
    NoDomain,
    /// No answer came.
    #[error("the DNS did not answer")]
    NoAnswer,
}

/// The hosts, best first; empty where the domain has no MX record.
pub type MailHosts = Result<Vec<String>, MailHostsUnknown>;

/// Finds the hosts that take a domain's mail.
pub trait MailHostsPort: Send + Sync + std::fmt::Debug {
    /// The hosts, best first. Performs I/O.
    fn mail_hosts<'a>(
        &'a self,
        domain: &'a str,
    ) -> Pin<Box<dyn Future<Output = MailHosts> + Send + 'a>>;
}

/// The DNS servers of this computer's settings, read anew each time: a laptop moves.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemDns;

impl MailHostsPort for SystemDns {
    fn mail_hosts<'a>(
        &'a self,
        domain: &'a str,
    ) -> Pin<Box<dyn Future<Output = MailHosts> + Send + 'a>> {
        Box::pin(async move {
            let no_answer = |fault: hickory_resolver::net::NetError| {
                tracing::debug!("no MX of {domain}: {fault}");
                MailHostsUnknown::NoAnswer
            };
            let mut builder = TokioResolver::builder_tokio().map_err(no_answer)?;
            let options = builder.options_mut();
            (options.timeout, options.attempts, options.cache_size) = (TRY, 2, 0);
            let resolver = builder.build().map_err(no_answer)?;
            // With the dot at its end it is asked for as it is, not within the office's own domain.
            match resolver.mx_lookup(format!("{domain}.")).await {
                Ok(found) => {
                    let mut records: Vec<(u16, String)> = found
                        .answers()
                        .iter()
                        .filter_map(|record| {
                            let RData::MX(mx) = &record.data else {
                                return None;
                            };
                            Some((mx.preference, mx.exchange.to_ascii()))
                        })
                        .take(MAX_HOSTS)
                        .collect();
                    records.sort();
                    let hosts = records.into_iter().map(|(_, host)| plain(&host));
                    // "." says that the domain takes no mail (RFC 7505).
                    Ok(hosts.filter(|host| !host.is_empty()).collect())
                }
                Err(fault) if fault.is_nx_domain() => Err(MailHostsUnknown::NoDomain),
                Err(fault) if fault.is_no_records_found() => Ok(Vec::new()),
                Err(fault) => Err(no_answer(fault)),
            }
        })
    }
}

fn plain(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

/// Where mail goes that these hosts take.
pub(crate) fn home(hosts: &[String]) -> MailHome {
    let any = |domains: &[&str]| hosts.iter().any(|host| within(host, domains));
    if any(OUTLOOK_COM) {
        MailHome::OutlookCom
    } else if any(EXCHANGE_ONLINE) {
        MailHome::ExchangeOnline
    } else if any(FILTERS) {
        MailHome::Filter
    } else {
        MailHome::Elsewhere
    }
}

/// Whether a host is one of these domains or below one.
pub(crate) fn within(host: &str, domains: &[&str]) -> bool {
    let host = plain(host);
    domains.iter().any(|domain| {
        host.strip_suffix(domain)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_tell_whose_mail_it_is() {
        for (hosts, expected) in [
            (
                &["hana-example.mail.protection.outlook.com"][..],
                MailHome::ExchangeOnline,
            ),
            (
                &["Hana-Example.c-v1.MX.Microsoft."],
                MailHome::ExchangeOnline,
            ),
            (
                &["outlook-com.olc.protection.outlook.com"],
                MailHome::OutlookCom,
            ),
            (
                &[
                    "mx1.securemx.jp",
                    "hana-example.mail.protection.outlook.com",
                ],
                MailHome::ExchangeOnline,
            ),
            (&["mxa-001.gslb.pphosted.com"], MailHome::Filter),
            (&["aspmx.l.google.com"], MailHome::Elsewhere),
            (
                &["mail.protection.outlook.com.evil.example"],
                MailHome::Elsewhere,
            ),
            (&["notmx.microsoft"], MailHome::Elsewhere),
            (&[], MailHome::Elsewhere),
        ] {
            let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
            assert_eq!(home(&hosts), expected, "{hosts:?}");
        }
    }
}
