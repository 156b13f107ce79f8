//! Authorizations renewed by themselves, as long as the program runs. Timers lie on computers that
//! sleep, so the clock is looked at every minute, and a jump of it is a reason to look again.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use jiff::SignedDuration;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use super::Ninka;
use crate::account::{AccountId, AuthMethod};
use crate::authorization::{Held, Need, Schedule};
use crate::problem::{Outcome, Problem};
use crate::settings::Settings;
use crate::store::VaultState;

/// How often is looked whether anything is due.
const LOOK: Duration = Duration::from_secs(60);
/// A clock that goes this much faster than time passes has jumped, or the computer has slept.
const JUMP: SignedDuration = SignedDuration::from_secs(90);

/// A timer that ends this much later was held up by the computer's sleep.
const OVERSLEPT: Duration = Duration::from_secs(30);

/// What happened without anybody asking for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// What the list shows of accounts may have changed.
    AccountsChanged,
}

impl Ninka {
    /// Renews authorizations until cancelled; one task for the whole program. A look that fails is
    /// logged and followed by the next one.
    pub async fn run_renewals(&self, cancel: &CancellationToken) {
        let mut schedule = Schedule::default();
        loop {
            let (began, shown) = (Instant::now(), self.now());
            if let Err(problem) = self.renew_due(&mut schedule, cancel).await {
                tracing::warn!(code = problem.code(), "no look at the authorizations");
            }
            tokio::select! {
                biased;
                () = cancel.cancelled() => return,
                () = self.woken.notified() => schedule.wake(),
                () = tokio::time::sleep(LOOK) => {
                    let elapsed = began.elapsed();
                    let passed = SignedDuration::try_from(elapsed).unwrap_or_default();
                    let jumped = self.now().duration_since(shown).saturating_sub(passed).abs();
                    // Windows' monotonic clock counts sleep, the others' does not.
                    if jumped > JUMP || elapsed > LOOK + OVERSLEPT {
                        schedule.wake();
                    }
                }
            }
        }
    }

    /// Looks at the authorizations at once: after waking up, and when the network is back.
    pub fn wake(&self) {
        self.woken.notify_one();
    }

    /// What happens from now on without anybody asking for it.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Renews a few of those that are due. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be read. A renewal that failed is none: it is tried again.
    pub(super) async fn renew_due(
        &self,
        schedule: &mut Schedule,
        cancel: &CancellationToken,
    ) -> Outcome<()> {
        // Nothing can be renewed, and nobody is to be asked for a passphrase by this.
        if matches!(self.vault.state(), VaultState::Closed(_)) {
            return Ok(());
        }
        let every = Settings::load(&self.settings).await?.renewal_every();
        let due = schedule.due(&self.held().await?, every, self.now());
        if due.is_empty() {
            return Ok(());
        }
        let renewals = due.iter().map(|account| self.renew(*account, cancel));
        for (account, outcome) in due.iter().zip(join_all(renewals).await) {
            match outcome {
                Ok(()) | Err(Problem::NotAuthorized) => schedule.succeeded(*account),
                Err(problem) => {
                    let code = problem.code();
                    tracing::info!(account = account.0, code, "not renewed this time");
                    schedule.failed(*account, self.now(), None);
                }
            }
        }
        // Nobody may be listening.
        self.events.send(Event::AccountsChanged).ok();
        Ok(())
    }

    async fn renew(&self, account: AccountId, cancel: &CancellationToken) -> Outcome<()> {
        self.tokens
            .fresh(account, Need::Renewed, cancel)
            .await
            .map(|_| ())
    }

    /// The authorizations that can be renewed: not those that Microsoft has refused.
    async fn held(&self) -> Outcome<Vec<Held>> {
        let accounts = self.store.accounts().await?;
        let held = accounts.into_iter().filter_map(|stored| {
            let grant = stored.grant.filter(|grant| grant.refused.is_none())?;
            (stored.account.auth == AuthMethod::OAuth).then_some(Held {
                account: stored.account.id,
                renewed_at: grant.renewed_at,
            })
        });
        Ok(held.collect())
    }
}
