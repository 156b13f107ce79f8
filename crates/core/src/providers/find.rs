//! Asks everybody at once, under one deadline, and puts what came in the order of trust.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::pages::{Pages, fetch};
use super::services::{self, ServicesPort};
use super::trial::{self, Tried};
use super::{Finding, Way, autoconfig, presets};
use crate::account::MailAddress;
use crate::diagnosis::AccountKind;
use crate::kind::{self, MailHome, MailHostsPort};
use crate::tls::Trust;

/// Everybody who is asked together; web servers that do not answer are nothing rare.
const TOGETHER: Duration = Duration::from_secs(6);

/// Who may be asked beyond this computer.
#[derive(Debug, Clone)]
pub struct Outside {
    /// Web pages.
    pub pages: Pages,
    /// The DNS, for SRV records.
    pub services: Arc<dyn ServicesPort>,
    /// The DNS, for MX records.
    pub mail_hosts: Arc<dyn MailHostsPort>,
}

/// Finds the servers of an address.
#[derive(Debug, Clone)]
pub struct Finder {
    http: reqwest::Client,
    outside: Option<Outside>,
}

impl Finder {
    /// With a client for the pages; without `outside` only what the program knows is found.
    #[must_use]
    pub const fn new(http: reqwest::Client, outside: Option<Outside>) -> Self {
        Self { http, outside }
    }

    /// Whether anybody beyond this computer may be asked.
    #[must_use]
    pub const fn asks(&self) -> bool {
        self.outside.is_some()
    }

    /// Where servers of the address were found, the most trusted first. Performs I/O unless the
    /// program knows the domain or `ask` is false; ends within six seconds, or when cancelled.
    pub async fn find(
        &self,
        address: &MailAddress,
        ask: bool,
        cancel: &CancellationToken,
    ) -> Vec<Finding> {
        let domain = address.domain();
        let known = presets::microsoft(kind::by_domain(&domain), Way::Known);
        if let Some(known) = known.or_else(|| presets::by_domain(&domain)) {
            return vec![known];
        }
        let Some(outside) = self.outside.as_ref().filter(|_| ask) else {
            return Vec::new();
        };
        let asked = async {
            tokio::join!(
                self.pages(&outside.pages.own, address, Way::Domain),
                self.pages(&outside.pages.database, address, Way::Mozilla),
                in_time(services::find(
                    &domain,
                    outside.services.as_ref(),
                    outside.pages.on_this_computer
                )),
                in_time(by_mail_hosts(&domain, outside.mail_hosts.as_ref())),
                self.pages(
                    &outside.pages.own_in_the_clear,
                    address,
                    Way::DomainInTheClear
                ),
            )
        };
        tokio::select! {
            biased;
            () = cancel.cancelled() => Vec::new(),
            (own, database, services, mail_hosts, clear) = asked => {
                let found = [own, database, services, mail_hosts, clear];
                found.into_iter().flatten().collect()
            }
        }
    }

    /// Tries what was found. Performs I/O; ends within ten seconds, or when cancelled.
    pub async fn try_out(
        &self,
        findings: &[Finding],
        trust: &Trust,
        cancel: &CancellationToken,
    ) -> Vec<Tried> {
        trial::all(findings, trust, cancel).await
    }

    /// What was found, without asking anybody whether it works.
    #[must_use]
    pub fn untried(&self, findings: &[Finding]) -> Vec<Tried> {
        trial::listed(findings)
    }

    /// The first of the pages that proposes something; all are fetched at once.
    async fn pages(&self, pages: &[String], address: &MailAddress, way: Way) -> Option<Finding> {
        let outside = self.outside.as_ref()?;
        let here = outside.pages.on_this_computer;
        let domain = address.domain();
        let fetched = pages
            .iter()
            .map(|page| in_time(fetch(page, &domain, &self.http)));
        let texts = futures_util::future::join_all(fetched).await;
        let mut texts = texts.into_iter().flatten();
        texts.find_map(|text| autoconfig::read(&text, address, way, here))
    }
}

async fn in_time<T>(asked: impl Future<Output = Option<T>>) -> Option<T> {
    timeout(TOGETHER, asked).await.ok().flatten()
}

/// A provider by the hosts that take the domain's mail.
async fn by_mail_hosts(domain: &str, port: &dyn MailHostsPort) -> Option<Finding> {
    let hosts = port.mail_hosts(domain).await.ok()?;
    let kind = match kind::mail_home(&hosts) {
        MailHome::ExchangeOnline => AccountKind::Work,
        MailHome::OutlookCom => AccountKind::Personal,
        MailHome::Filter | MailHome::Elsewhere | MailHome::NoDomain => AccountKind::Other,
    };
    presets::microsoft(kind, Way::MailHosts).or_else(|| presets::by_mail_hosts(domain, &hosts))
}
