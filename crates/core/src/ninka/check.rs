//! 接続確認: plans the checks of the accounts, runs them, keeps the verdicts.

use futures_util::stream::{self, StreamExt as _};
use tokio_util::sync::CancellationToken;

use super::kinds::known;
use super::targets::{self, Targets, granted, unreached};
use super::{Ninka, Provider};
use crate::account::{AccountId, AuthMethod};
use crate::authorization::Need;
use crate::check::{self, Around, Plan, Progress, SignInWith, TokenKnown};
use crate::problem::{Outcome, Problem};
use crate::settings::{Reception, Settings};
use crate::store::{Side, StoredAccount, Verdict};
use crate::view::{CheckEvent, CheckReport, CheckResult, ProtocolReport, StepName};

/// How many authorizations are renewed at once before a check of many accounts.
const RENEWALS_AT_ONCE: usize = 8;

/// An account on its way to its check.
struct Candidate {
    stored: StoredAccount,
    targets: Targets,
    sign_in: Outcome<SignInWith>,
}

impl Ninka {
    /// Checks accounts, all their protocols at once; none named means every one. A check renews
    /// the authorization, as every use does. Performs I/O; ends within the steps' deadlines, or at
    /// once when [`cancel_checks`](Self::cancel_checks) is called.
    ///
    /// # Errors
    /// The data cannot be read or written; what servers say is in the reports.
    pub async fn check(
        &self,
        ids: &[AccountId],
        progress: Progress<'_>,
    ) -> Outcome<Vec<CheckReport>> {
        let cancel = self
            .checks
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .child_token();
        let mut accounts = self.store.accounts().await?;
        if !ids.is_empty() {
            accounts.retain(|stored| ids.contains(&stored.account.id));
            if accounts.is_empty() {
                return Err(Problem::AccountGone);
            }
        }
        let provider = self.provider().await?;
        let reception = Settings::load(&self.settings).await?.reception;
        let mut preparations = Vec::new();
        for stored in accounts {
            preparations.push(self.prepare(stored, &provider, reception, &cancel));
        }
        let prepared: Vec<_> = stream::iter(preparations)
            .buffered(RENEWALS_AT_ONCE)
            .collect()
            .await;
        if cancel.is_cancelled() {
            return Err(Problem::Cancelled);
        }

        let (mut plans, mut planned, mut stuck) = (Vec::new(), Vec::new(), Vec::new());
        for Candidate {
            stored,
            targets,
            sign_in,
        } in prepared
        {
            match sign_in {
                Ok(sign_in) => {
                    plans.push(Plan {
                        account: stored.account.id,
                        account_kind: known(&stored),
                        protocols: targets.tried.clone(),
                        sign_in,
                    });
                    planned.push((stored, targets));
                }
                Err(problem) => stuck.push((stored, targets, problem)),
            }
        }
        let mut reports = Vec::new();
        for (stored, targets, problem) in stuck {
            let report = self.stuck(&stored, &targets, &problem, progress);
            self.keep(&stored, &report).await?;
            reports.push(report);
        }
        let around = self.around(&provider);
        let outcomes = check::run_all(&plans, &self.trust, &around, progress, &cancel).await;
        if cancel.is_cancelled() {
            return Err(Problem::Cancelled);
        }
        for ((stored, targets), outcome) in planned.iter().zip(outcomes) {
            let mut report = outcome.report(stored.account.address.as_str(), self.now());
            for untried in untried(targets) {
                show(&untried, &[], stored, progress);
                report.protocols.push(untried);
            }
            self.keep(stored, &report).await?;
            reports.push(report);
        }
        reports.sort_by(|a, b| a.account.cmp(&b.account));
        Ok(reports)
    }

    /// What may be asked beside a failed check: hosts of the accounts' own cloud, and the usual
    /// ports of each protocol or those that were set.
    fn around(&self, provider: &Provider) -> Around {
        let around = Around::of(&provider.cloud, &provider.servers);
        match &self.neighbours {
            Some(neighbours) => around.with_neighbours(neighbours.clone()),
            None => around,
        }
    }

    /// Finds out what is to be tried and how to sign in; renews the authorization.
    async fn prepare(
        &self,
        stored: StoredAccount,
        provider: &Provider,
        reception: Reception,
        cancel: &CancellationToken,
    ) -> Candidate {
        let servers = provider.servers_of(known(&stored));
        let targets = Targets::of(&stored, &servers, &provider.cloud, reception);
        let sign_in = self.sign_in(&stored, provider, cancel).await;
        Candidate {
            stored,
            targets,
            sign_in,
        }
    }

    async fn sign_in(
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
                let access = self.tokens.fresh(account.id, Need::Renewed, cancel).await?;
                let expires_in = access.expires_at.duration_since(self.now()).as_secs();
                Ok(SignInWith::Token {
                    user: account.address.as_str().to_owned(),
                    known: TokenKnown {
                        expires_in: Some(expires_in),
                        identity_matches: Some(account.address.same_mailbox(&grant.signed_in_as)),
                        granted: Some(granted(&access.scopes, &provider.cloud)),
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
        for report in untried(targets) {
            show(&report, &[], stored, progress);
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

    /// Keeps what the list shows. A failure to reach the sign-in service is no verdict on mail:
    /// what was known stays.
    async fn keep(&self, stored: &StoredAccount, report: &CheckReport) -> Outcome<()> {
        for side in [Side::Reception, Side::Sending] {
            let on_side = |protocol: &&ProtocolReport| {
                (protocol.protocol == crate::view::Protocol::Smtp) == (side == Side::Sending)
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
            if decided.result != CheckResult::Ok && decided.diagnosis.is_none() {
                // Not tried: what was known stays.
                continue;
            }
            let verdict = Verdict {
                at: self.now(),
                protocol: decided.protocol.into(),
                failure: decided.diagnosis.clone(),
            };
            let kept = self.store.record_verdict(
                stored.account.id,
                stored.account.revision,
                side,
                &verdict,
            );
            match kept.await {
                // Changed or removed while it was being checked: the verdict is of no use.
                Err(Problem::AccountChanged | Problem::AccountGone) => {}
                outcome => outcome?,
            }
        }
        Ok(())
    }
}

/// The lines of what was not tried.
fn untried(targets: &Targets) -> Vec<ProtocolReport> {
    let missing = targets.missing.iter().copied().map(targets::missing);
    missing
        .chain(targets.idle.iter().map(targets::idle))
        .collect()
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
