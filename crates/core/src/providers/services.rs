//! SRV records (RFC 6186; RFC 8314 5.1 adds `_submissions`): the DNS itself names the servers.
//! Asked through a port, so that practice and tests never ask beyond this computer.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use futures_util::future::join_all;
use hickory_resolver::TokioResolver;
use hickory_resolver::proto::rr::RData;

use super::{Finding, UserName, Way, plain_host};
use crate::account::{Endpoint, Port, TlsMode};
use crate::cloud::MailProtocol;
use crate::kind::SystemDns;

/// Records taken of an answer.
const MAX_RECORDS: usize = 8;
/// A lost question is asked again once within the time that a look-up has.
const TRY: Duration = Duration::from_millis(1500);

/// The services asked for, TLS from the first byte before STARTTLS (RFC 8314 3).
const ASKED: [(&str, MailProtocol, TlsMode); 6] = [
    ("_pop3s._tcp", MailProtocol::Pop3, TlsMode::Implicit),
    ("_imaps._tcp", MailProtocol::Imap, TlsMode::Implicit),
    ("_submissions._tcp", MailProtocol::Smtp, TlsMode::Implicit),
    ("_pop3._tcp", MailProtocol::Pop3, TlsMode::StartTls),
    ("_imap._tcp", MailProtocol::Imap, TlsMode::StartTls),
    ("_submission._tcp", MailProtocol::Smtp, TlsMode::StartTls),
];

/// One SRV record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Service {
    /// Lower is to be asked first.
    pub priority: u16,
    /// The port.
    pub port: u16,
    /// The host; empty where the service is said not to be there.
    pub host: String,
}

/// Nothing was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the DNS did not answer")]
pub struct NoServices;

/// Finds the hosts of a service.
pub trait ServicesPort: Send + Sync + std::fmt::Debug {
    /// The records of a name like `_imaps._tcp.hana.example`; none where there is no such name.
    /// Performs I/O.
    fn services<'a>(
        &'a self,
        name: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<Vec<Service>, NoServices>> + Send + 'a>>;
}

impl ServicesPort for SystemDns {
    fn services<'a>(
        &'a self,
        name: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<Vec<Service>, NoServices>> + Send + 'a>> {
        Box::pin(async move {
            let mut builder = TokioResolver::builder_tokio().map_err(|_| NoServices)?;
            let options = builder.options_mut();
            (options.timeout, options.attempts, options.cache_size) = (TRY, 2, 0);
            let resolver = builder.build().map_err(|_| NoServices)?;
            match resolver.srv_lookup(format!("{name}.")).await {
                Ok(found) => {
                    let records = found.answers().iter().filter_map(|record| {
                        let RData::SRV(srv) = &record.data else {
                            return None;
                        };
                        Some(Service {
                            priority: srv.priority,
                            port: srv.port,
                            host: srv.target.to_ascii(),
                        })
                    });
                    Ok(records.take(MAX_RECORDS).collect())
                }
                Err(fault) if fault.is_nx_domain() || fault.is_no_records_found() => Ok(Vec::new()),
                Err(fault) => {
                    tracing::debug!("no SRV of {name}: {fault}");
                    Err(NoServices)
                }
            }
        })
    }
}

/// What the DNS says of a domain's mail servers. Performs I/O.
pub(super) async fn find(
    domain: &str,
    port: &dyn ServicesPort,
    on_this_computer: bool,
) -> Option<Finding> {
    let asked = ASKED.map(async |(service, protocol, tls)| {
        let name = format!("{service}.{domain}");
        let mut records = port.services(&name).await.unwrap_or_default();
        records.sort();
        let best = records.into_iter().take(MAX_RECORDS).find_map(|record| {
            Some(Endpoint {
                host: plain_host(&record.host, on_this_computer)?,
                port: Port::new(record.port.into())?,
                tls,
            })
        });
        Some((protocol, best?))
    });
    let servers: Vec<_> = join_all(asked).await.into_iter().flatten().collect();
    (!servers.is_empty()).then_some(Finding {
        way: Way::Services,
        provider: None,
        servers,
        // RFC 6186 4: the address is tried first.
        user: UserName::Address,
        needs: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Records;

    impl ServicesPort for Records {
        fn services<'a>(
            &'a self,
            name: &'a str,
        ) -> Pin<Box<dyn Future<Output = Result<Vec<Service>, NoServices>> + Send + 'a>> {
            let record = |priority, port, host: &str| Service {
                priority,
                port,
                host: host.to_owned(),
            };
            let found = match name {
                "_imaps._tcp.hana.example" => Ok(vec![
                    record(20, 993, "second.hana.example."),
                    record(10, 993, "first.hana.example."),
                ]),
                // "." says that there is none (RFC 2782).
                "_pop3s._tcp.hana.example" => Ok(vec![record(0, 0, ".")]),
                "_submissions._tcp.hana.example" => Ok(vec![record(0, 465, "127.0.0.1")]),
                "_submission._tcp.hana.example" => Ok(vec![record(0, 587, "smtp.hana.example")]),
                _ => Err(NoServices),
            };
            Box::pin(std::future::ready(found))
        }
    }

    #[tokio::test]
    async fn the_lowest_priority_is_taken_and_addresses_are_not() {
        let finding = find("hana.example", &Records, false).await.unwrap();
        let servers: Vec<_> = finding
            .servers
            .iter()
            .map(|(protocol, at)| (*protocol, at.host.as_str(), at.tls))
            .collect();
        assert_eq!(
            servers,
            [
                (MailProtocol::Imap, "first.hana.example", TlsMode::Implicit),
                (MailProtocol::Smtp, "smtp.hana.example", TlsMode::StartTls)
            ]
        );
        assert!(find("else.example", &Records, false).await.is_none());
    }
}
