//! Which servers an address's mail is at: found, tried without a password, and proposed. Nothing
//! is taken over here; the form and the command line do that when they are asked to.

use super::Ninka;
use crate::account::{MailAddress, Purpose};
use crate::operators::{Need, Permission};
use crate::problem::{Outcome, Problem};
use crate::providers::{self, Answer, Finding, Tried, UserName};
use crate::settings::{Reception, Settings};
use crate::view::{
    EndpointView, ProposalView, ProposedServer, Protocol, PurposeView, SaveAccount, ServerNeed,
};

impl Ninka {
    /// Proposes servers for an address that is used for a purpose. Performs I/O, at most sixteen
    /// seconds long: the domain goes to its own web server, to Mozilla's list and to the DNS, and
    /// the servers that are found are tried without a password. Where the setting
    /// `ask-account-kind` is off, and in practice, nobody is asked and nothing is tried. A search that is still
    /// going on is given up for this one.
    ///
    /// # Errors
    /// [`Problem::Cancelled`]; the settings cannot be read.
    pub async fn propose_servers(
        &self,
        address: &str,
        purpose: PurposeView,
    ) -> Outcome<ProposalView> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let cancel = self.restart_search();
        let settings = Settings::load(&self.settings).await?;
        let ask = settings.ask_account_kind && self.finder.asks();
        let wanted = wanted(purpose.into(), settings.reception);
        let Some(address) = MailAddress::new(address) else {
            return Ok(proposal(&[], &[], &wanted, None, ask));
        };
        let mut findings = match providers::relay(purpose.into()) {
            Some(relay) => vec![relay],
            None => self.finder.find(&address, ask, &cancel).await,
        };
        for finding in &mut findings {
            let needed = |protocol| wanted.iter().flatten().any(|wanted| *wanted == protocol);
            finding
                .servers
                .retain(|(protocol, _)| needed((*protocol).into()));
        }
        let tried = if ask {
            self.finder.try_out(&findings, &self.trust, &cancel).await
        } else {
            self.finder.untried(&findings)
        };
        if cancel.is_cancelled() {
            return Err(Problem::Cancelled);
        }
        Ok(proposal(&findings, &tried, &wanted, Some(&address), ask))
    }

    /// Gives up looking for servers.
    pub fn cancel_propose_servers(&self) {
        self.restart_search();
    }

    /// Fills the servers and the account name of a new account in that has none, with what is
    /// proposed for it and answered. What is given stays. Performs I/O as
    /// [`propose_servers`](Self::propose_servers).
    ///
    /// # Errors
    /// As those of [`propose_servers`](Self::propose_servers).
    pub async fn with_servers(&self, mut account: SaveAccount) -> Outcome<SaveAccount> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let given = account.pop3.is_some() || account.imap.is_some() || account.smtp.is_some();
        if account.oauth || given {
            return Ok(account);
        }
        let proposal = self.propose_servers(&account.address, account.purpose);
        let proposal = proposal.await?;
        let server = |wanted: Protocol| -> Option<EndpointView> {
            let mut servers = proposal.servers.iter();
            // Nobody looks at what is filled in here: what could be made up is not.
            let found = servers.find(|found| found.protocol == wanted && !found.foreign);
            found.map(|found| found.server.clone())
        };
        (account.pop3, account.imap, account.smtp) = (
            server(Protocol::Pop3),
            server(Protocol::Imap),
            server(Protocol::Smtp),
        );
        if account.user.is_empty() {
            account.user.clone_from(&proposal.fill);
        }
        Ok(account)
    }

    fn restart_search(&self) -> tokio_util::sync::CancellationToken {
        let mut searching = self
            .searching
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::take(&mut *searching).cancel();
        searching.clone()
    }
}

/// What a purpose needs, one protocol of each side: the one that the setting prefers, else the
/// other.
fn wanted(purpose: Purpose, reception: Reception) -> Vec<[Protocol; 2]> {
    let mut wanted = Vec::new();
    if purpose.needs_reception() {
        wanted.push(match reception {
            Reception::Pop3 => [Protocol::Pop3, Protocol::Imap],
            Reception::Imap => [Protocol::Imap, Protocol::Pop3],
        });
    }
    if purpose.needs_sending() {
        wanted.push([Protocol::Smtp, Protocol::Smtp]);
    }
    wanted
}

fn proposal(
    findings: &[Finding],
    tried: &[Tried],
    wanted: &[[Protocol; 2]],
    address: Option<&MailAddress>,
    asked: bool,
) -> ProposalView {
    let domain = address.map(MailAddress::domain).unwrap_or_default();
    let answered = |protocol: Protocol| {
        let mut tried = tried.iter();
        tried.find(|tried| {
            Protocol::from(tried.protocol) == protocol && tried.answer != Answer::Silent
        })
    };
    let chosen = wanted
        .iter()
        .filter_map(|[first, second]| answered(*first).or_else(|| answered(*second)));
    let chosen: Vec<&Tried> = chosen.collect();
    // What is known of the provider goes with the servers that are proposed.
    let finding = chosen.first().and_then(|first| {
        let mut findings = findings.iter();
        findings.find(|finding| finding.way == first.way)
    });
    let mut needs: Vec<ServerNeed> = finding
        .map(|finding| finding.needs.iter().copied().map(Into::into).collect())
        .unwrap_or_default();
    let no_sign_in = |tried: &&&Tried| {
        matches!(
            tried.answer,
            Answer::Ready {
                offers_sign_in: false,
                ..
            }
        )
    };
    if chosen.iter().any(|tried| no_sign_in(&tried)) {
        needs.push(ServerNeed::PopBeforeSmtp);
    }
    let user = finding.map_or(UserName::Address, |finding| finding.user);
    let silent = tried.iter().filter(|tried| tried.answer == Answer::Silent);
    let silent = silent.map(|tried| {
        let endpoint = &tried.endpoint;
        format!("{}:{}", endpoint.host, endpoint.port.number())
    });
    ProposalView {
        provider: finding.and_then(|finding| finding.provider.clone()),
        servers: chosen
            .iter()
            .filter_map(|tried| ProposedServer::of(tried, &domain))
            .collect(),
        silent: silent.collect(),
        user: user.into(),
        fill: address
            .map(|address| providers::fill(user, address))
            .unwrap_or_default(),
        needs,
        asked,
    }
}
