//! 接続確認: plans the checks of the accounts, runs them, keeps the verdicts.

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::kinds::known;
use super::targets::{self, Targets, granted, unreached};
use super::{Ninka, Provider};
use crate::account::{AccountId, AuthMethod};
use crate::authorization::Need as TokenNeed;
use crate::check::{Around, Checker, Plan, Progress, SignInWith, TokenKnown};
use crate::diagnosis::AccountKind;
use crate::operators::{Need, Permission};
use crate::problem::{Outcome, Problem};
use crate::settings::{Reception, Settings};
use crate::store::{Side, StoredAccount, Verdict};
use crate::view::{CheckEvent, CheckReport, CheckResult, ProtocolReport, StepName};

/// How many authorizations are renewed at once before a check of many accounts.
const RENEWALS_AT_ONCE: usize = 8;
/// How many accounts are on their way at once. How many connections a server gets is decided by
/// its places; this only keeps the accounts of one slow server from holding up all others.
const ACCOUNTS_AT_ONCE: usize = 64;

/// What the accounts of one call have in common.
struct Round<'a> {
    provider: &'a Provider,
    reception: Reception,
    checker: &'a Checker<'a>,
    renewals: Semaphore,
    progress: Progress<'a>,
    cancel: &'a CancellationToken,
}

impl Ninka {
    /// Checks accounts, all their protocols at once; none named means every one. A check renews
    /// the authorization, as every use does. What was found out of an account is kept as soon as
    /// its check has ended. Performs I/O; ends within the steps' deadlines, or at once when
    /// [`cancel_checks`](Self::cancel_checks) is called.
    ///
    /// # Errors
    /// The data cannot be read or written; what servers say is in the reports.
    pub async fn check(
        &self,
        ids: &[AccountId],
        progress: Progress<'_>,
    ) -> Outcome<Vec<CheckReport>> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let cancel = self.checks_token();
        let mut accounts = self.store.accounts().await?;
        if !ids.is_empty() {
            accounts.retain(|stored| ids.contains(&stored.account.id));
            if accounts.is_empty() {
                return Err(Problem::AccountGone);
            }
        }
        let provider = self.provider().await?;
        let settings = Settings::load(&self.settings).await?;
        let mut around = self.around(&provider);
        if settings.ask_account_kind {
            around = around.with_whose(self.whose(&accounts, &provider));
        }
        let round = Round {
            provider: &provider,
            reception: settings.reception,
            checker: &Checker::new(&self.trust, &around, &self.places),
            renewals: Semaphore::new(RENEWALS_AT_ONCE),
            progress,
            cancel: &cancel,
        };
        // Collected first: a closure over a borrowed round would keep callers from being `Send`.
        let mut checks = Vec::new();
        for stored in accounts {
            checks.push(self.check_one(stored, &round));
        }
        let mut reports: Vec<CheckReport> = stream::iter(checks)
            .buffer_unordered(ACCOUNTS_AT_ONCE)
            .try_collect()
            .await?;
        reports.sort_by(|a, b| a.account.cmp(&b.account));
        Ok(reports)
    }

    /// The last check of an account as it was shown, with its evidence; `None` before the first one
    /// and after a change of the connection. One that could not even try to sign in leaves the one
    /// before. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be read.
    pub async fn last_check(&self, id: AccountId) -> Outcome<Option<CheckReport>> {
        self.needs(Need::Accounts(Permission::View)).await?;
        self.store.last_check(id).await
    }

    async fn check_one(&self, stored: StoredAccount, round: &Round<'_>) -> Outcome<CheckReport> {
        let kind = known(&stored);
        let servers = round.provider.servers_of(kind);
        let cloud = &round.provider.cloud;
        let targets = Targets::of(&stored, &servers, cloud, round.reception);
        let sign_in = {
            let _turn = round.renewals.acquire().await;
            self.sign_in(&stored, round.provider, round.cancel).await
        };
        if round.cancel.is_cancelled() {
            return Err(Problem::Cancelled);
        }
        let mut report = match sign_in {
            Ok(sign_in) => {
                let plan = Plan {
                    account: stored.account.id,
                    account_kind: kind,
                    protocols: targets.tried.clone(),
                    sign_in,
                };
                let checked = round.checker.run(&plan, round.progress, round.cancel).await;
                if round.cancel.is_cancelled() {
                    return Err(Problem::Cancelled);
                }
                checked.report(stored.account.address.as_str(), self.now())
            }
            Err(problem) => self.stuck(&stored, &targets, &problem, round.progress),
        };
        for missing in targets.missing.iter().copied().map(targets::missing) {
            show(&missing, &[], &stored, round.progress);
            report.protocols.push(missing);
        }
        self.keep(&stored, &targets, &report).await?;
        if kind == AccountKind::Unknown {
            let account = &stored.account;
            self.keep_known_kind(account.id, &account.address).await;
        }
        Ok(report)
    }

    /// What may be asked beside a failed check: hosts of the accounts' own cloud, and the usual
    /// ports of each protocol or those that were set.
    pub(super) fn around(&self, provider: &Provider) -> Around {
        let around = Around::of(&provider.cloud, &provider.servers);
        match &self.neighbours {
            Some(neighbours) => around.with_neighbours(neighbours.clone()),
            None => around,
        }
    }

    /// Finds out how to sign in; renews the authorization.
    pub(super) async fn sign_in(
        &self,
        stored: &StoredAccount,
        provider: &Provider,
        cancel: &CancellationToken,
    ) -> Outcome<SignInWith> {
        let account = &stored.account;
        match &account.auth {
            AuthMethod::Password { user } => {
                let password = self.store.password(&self.vault, account.id).await?;
                let user = if user.is_empty() {
                    account.address.as_str()
                } else {
                    user
                };
                Ok(SignInWith::Password {
                    user: user.to_owned(),
                    password: password.ok_or(Problem::PasswordMissing)?,
                })
            }
            AuthMethod::OAuth => {
                let Some(grant) = &stored.grant else {
                    return Err(Problem::NotAuthorized);
                };
                let access = self
                    .tokens
                    .fresh(account.id, TokenNeed::Renewed, cancel)
                    .await?;
                let expires_in = access.expires_at.duration_since(self.now()).as_secs();
                Ok(SignInWith::Token {
                    user: account.address.as_str().to_owned(),
                    known: TokenKnown {
                        expires_in: Some(expires_in),
                        identity_matches: Some(account.is_signed_in_by(&grant.signed_in_as)),
                        shared: account.mailbox.is_shared(),
                        granted: Some(granted(&access.scopes, &provider.cloud)),
                        signed_in_as: Some(grant.signed_in_as.clone()),
                        clock_ahead: access.clock_ahead,
                        scopes: access.scopes,
                    },
                    token: access.token,
                })
            }
        }
    }

    /// The report of an account that could not even try to sign in.
    fn stuck(
        &self,
        stored: &StoredAccount,
        targets: &Targets,
        problem: &Problem,
        progress: Progress<'_>,
    ) -> CheckReport {
        let mut protocols = Vec::new();
        for target in &targets.tried {
            let report = unreached(target, problem);
            show(&report, &target.steps(), stored, progress);
            protocols.push(report);
        }
        CheckReport {
            account: stored.account.address.as_str().to_owned(),
            account_id: stored.account.id.0,
            protocols,
            at: self.now().as_second(),
            ms: 0,
        }
    }

    /// Keeps the report, and what the list shows of it. A failure to reach the sign-in service is no verdict on mail:
    /// what was known stays.
    /// Nor is a try without a sign-in: the purpose may change, and the verdict would turn red.
    async fn keep(
        &self,
        stored: &StoredAccount,
        targets: &Targets,
        report: &CheckReport,
    ) -> Outcome<()> {
        let (id, revision) = (stored.account.id, stored.account.revision);
        for side in [Side::Reception, Side::Sending] {
            let on_side = |protocol: &&ProtocolReport| {
                let sends = protocol.protocol == crate::view::Protocol::Smtp;
                sends == (side == Side::Sending) && targets.sign_in_at(protocol.protocol.into())
            };
            let of_side: Vec<_> = report.protocols.iter().filter(on_side).collect();
            if of_side.iter().any(|protocol| protocol.obstacle.is_some()) {
                continue;
            }
            let failed = of_side
                .iter()
                .find(|protocol| protocol.result != CheckResult::Ok);
            let Some(decided) = failed.or_else(|| of_side.first()) else {
                continue;
            };
            let verdict = Verdict {
                at: self.now(),
                protocol: decided.protocol.into(),
                failure: decided.diagnosis.clone(),
            };
            let kept = self.store.record_verdict(id, revision, side, &verdict);
            unless_changed(kept.await)?;
        }
        if report.saw_a_server() {
            unless_changed(self.store.record_check(id, revision, report).await)?;
        }
        let failed = |protocol: &ProtocolReport| protocol.result == CheckResult::Failed;
        if !stored.switched || report.protocols.iter().any(failed) {
            return Ok(());
        }
        // OAuth is proven to work: there is no way back to a password that is needed any more.
        unless_changed(self.store.forget_switched(id, revision).await)
    }
}

/// An account that was changed or removed while it was being checked: what was found is of no use.
fn unless_changed(kept: Outcome<()>) -> Outcome<()> {
    match kept {
        Err(Problem::AccountChanged | Problem::AccountGone) => Ok(()),
        outcome => outcome,
    }
}

/// Shows the line of a protocol that ended before it began.
fn show(
    report: &ProtocolReport,
    steps: &[StepName],
    stored: &StoredAccount,
    progress: Progress<'_>,
) {
    let account_id = stored.account.id.0;
    progress(CheckEvent::Started {
        account_id,
        protocol: report.protocol,
        host: report.host.clone(),
        port: report.port,
        steps: steps.to_vec(),
    });
    progress(CheckEvent::Ended {
        account_id,
        report: report.clone(),
    });
}
