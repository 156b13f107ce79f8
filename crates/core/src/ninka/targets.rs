//! What an account's check is to try, and the lines of what it does not.

use super::authorize::{protocols, reception_protocols};
use crate::account::{AuthMethod, Endpoint, Servers};
use crate::check::Target;
use crate::cloud::{Cloud, MailProtocol};
use crate::problem::Problem;
use crate::settings::Reception;
use crate::store::StoredAccount;
use crate::view::{
    CheckResult, DiagnosisView, ProblemView, ProtocolReport, StepName, StepOutcome, StepView,
};

/// What a check does with an account's protocols.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// To be tried.
    pub(super) tried: Vec<Target>,
    /// Needed, and nobody knows a server for it.
    pub(super) missing: Vec<MailProtocol>,
}

impl Targets {
    /// What the account's purpose needs, and the other side where there is a server for it.
    pub(super) fn of(
        stored: &StoredAccount,
        provider: &Servers,
        cloud: &Cloud,
        reception: Reception,
    ) -> Self {
        let account = &stored.account;
        let oauth = account.auth == AuthMethod::OAuth;
        let needed = protocols(account.purpose, &account.servers, reception);
        let scopes = stored.grant.as_ref().map(|grant| grant.scopes.as_slice());
        let granted = granted(scopes.unwrap_or_default(), cloud);
        let mut all = reception_protocols(&account.servers, reception);
        all.push(MailProtocol::Smtp);
        let mut targets = Self::default();
        for protocol in all {
            let needed = needed.contains(&protocol);
            let own = endpoint(&account.servers, protocol);
            let known = own.or_else(|| oauth.then(|| endpoint(provider, protocol)).flatten());
            let Some(endpoint) = known.cloned() else {
                if needed {
                    targets.missing.push(protocol);
                }
                continue;
            };
            let target = Target {
                protocol,
                endpoint,
                needed,
                signs_in: needed || !oauth || granted.contains(&protocol),
            };
            targets.tried.push(target);
        }
        targets
    }

    /// Whether the sign-in at a protocol is tried, or would be if there were a way to sign in.
    pub(super) fn sign_in_at(&self, protocol: MailProtocol) -> bool {
        let mut tried = self.tried.iter();
        tried.any(|target| target.protocol == protocol && target.signs_in)
    }
}

const fn endpoint(servers: &Servers, protocol: MailProtocol) -> Option<&Endpoint> {
    match protocol {
        MailProtocol::Pop3 => servers.pop3.as_ref(),
        MailProtocol::Imap => servers.imap.as_ref(),
        MailProtocol::Smtp => servers.smtp.as_ref(),
    }
}

/// A protocol whose sign-in could not be tried.
pub(super) fn unreached(target: &Target, problem: &Problem) -> ProtocolReport {
    let diagnosis = if let Problem::Diagnosed(diagnosis) = problem {
        Some(DiagnosisView::from(diagnosis.as_ref()))
    } else {
        None
    };
    let step = |step: StepName| StepView {
        step,
        outcome: if step == StepName::Auth {
            StepOutcome::Failed
        } else {
            StepOutcome::NotReached
        },
        ms: None,
    };
    ProtocolReport {
        protocol: target.protocol.into(),
        host: target.endpoint.host.as_str().to_owned(),
        port: target.endpoint.port.number(),
        result: if target.needed {
            CheckResult::Failed
        } else {
            CheckResult::NotNeeded
        },
        steps: target.steps().into_iter().map(step).collect(),
        problem: Some(problem.code().to_owned()),
        raw: diagnosis.as_ref().map(|diagnosis| diagnosis.raw.clone()),
        obstacle: diagnosis.is_none().then(|| ProblemView::from(problem)),
        diagnosis,
        messages: None,
        probes: Vec::new(),
        evidence: None,
    }
}

/// A protocol that is needed and for which there is no server.
pub(super) fn missing(protocol: MailProtocol) -> ProtocolReport {
    let problem = Problem::ServerMissing {
        protocol: protocol.code().to_owned(),
    };
    ProtocolReport {
        protocol: protocol.into(),
        host: String::new(),
        port: 0,
        result: CheckResult::Failed,
        steps: Vec::new(),
        problem: Some(problem.code().to_owned()),
        raw: None,
        obstacle: Some(problem.into()),
        diagnosis: None,
        messages: None,
        probes: Vec::new(),
        evidence: None,
    }
}

/// The protocols that scopes are for.
pub(super) fn granted(
    scopes: &[String],
    cloud: &Cloud,
) -> std::collections::BTreeSet<MailProtocol> {
    [MailProtocol::Pop3, MailProtocol::Imap, MailProtocol::Smtp]
        .into_iter()
        .filter(|protocol| {
            let wanted = cloud.scope(*protocol);
            scopes
                .iter()
                .any(|scope| scope.eq_ignore_ascii_case(&wanted))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Account, AccountId, MailAddress, Purpose, Revision};
    use crate::diagnosis::AccountKind;

    fn oauth(purpose: Purpose, servers: Servers) -> StoredAccount {
        StoredAccount {
            account: Account {
                id: AccountId(1),
                revision: Revision(1),
                address: MailAddress::new("order@hana.example").unwrap(),
                name: String::new(),
                purpose,
                auth: AuthMethod::OAuth,
                mailbox: crate::account::Mailbox::Own,
                servers,
                writing: crate::charset::Writing::default(),
                created_at: "2026-11-01T00:00:00Z".parse().unwrap(),
            },
            kind: AccountKind::Unknown,
            password_stored: false,
            switched: false,
            grant: None,
            failing: None,
            warned: None,
            reception: None,
            sending: None,
        }
    }

    /// The protocols, and whether each is signed in at.
    fn names(targets: &Targets) -> Vec<(&'static str, bool)> {
        let tried = targets.tried.iter();
        tried
            .map(|target| (target.protocol.code(), target.signs_in))
            .collect()
    }

    fn of(stored: &StoredAccount, cloud: &Cloud) -> Targets {
        Targets::of(stored, &cloud.servers(), cloud, Reception::Pop3)
    }

    #[test]
    fn the_purpose_decides_what_is_tried() {
        let cloud = Cloud::Worldwide;
        let both = of(&oauth(Purpose::Unspecified, Servers::default()), &cloud);
        assert_eq!(names(&both), [("pop3", true), ("smtp", true)]);
        let orders = of(&oauth(Purpose::OrderReceiving, Servers::default()), &cloud);
        assert_eq!(names(&orders), [("pop3", true), ("smtp", false)]);
        let sending = of(&oauth(Purpose::Sending, Servers::default()), &cloud);
        assert_eq!(names(&sending), [("pop3", false), ("smtp", true)]);
    }

    #[test]
    fn a_password_account_is_tried_on_the_other_side_too() {
        let mut stored = oauth(Purpose::Sending, Cloud::Worldwide.servers());
        stored.account.auth = AuthMethod::Password {
            user: String::new(),
        };
        let targets = of(&stored, &Cloud::Worldwide);
        let needed: Vec<_> = targets.tried.iter().map(|target| target.needed).collect();
        assert_eq!(
            names(&targets),
            [("pop3", true), ("imap", true), ("smtp", true)]
        );
        assert_eq!(needed, [false, false, true]);
    }

    #[test]
    fn a_needed_server_that_nobody_knows_is_a_failure() {
        let authority = crate::cloud::Authority::new("http://127.0.0.1:1/common").unwrap();
        let custom = Cloud::Custom(authority);
        let targets = of(&oauth(Purpose::Unspecified, Servers::default()), &custom);
        assert_eq!(targets.missing, [MailProtocol::Pop3, MailProtocol::Smtp]);
        let line = missing(MailProtocol::Smtp);
        assert_eq!(line.problem.as_deref(), Some("server-missing"));
        assert_eq!(line.result, CheckResult::Failed);
    }
}
