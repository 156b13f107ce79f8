//! Authorizations renewed by themselves, as long as the program runs. Timers lie on computers that
//! sleep, so the clock is looked at every minute, and a jump of it is a reason to look again.
//! What is due is decided in `authorization`; here it is only carried out.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use jiff::SignedDuration;
use tokio::net::TcpStream;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use super::Ninka;
use crate::account::{AccountId, AuthMethod};
use crate::authorization::{Held, NetworkWatch, Schedule};
use crate::problem::{Outcome, Problem};
use crate::settings::Settings;
use crate::store::{StoredAccount, VaultState};

/// How often is looked whether anything is due.
const LOOK: Duration = Duration::from_secs(60);
/// A clock that goes this much faster than time passes has jumped, or the computer has slept.
const JUMP: SignedDuration = SignedDuration::from_secs(90);

/// A timer that ends this much later was held up by the computer's sleep.
const OVERSLEPT: Duration = Duration::from_secs(30);
/// A host that is not connected to within this time cannot be reached.
const CONNECT: Duration = Duration::from_secs(5);

/// What happened without anybody asking for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// What the list shows of accounts may have changed.
    AccountsChanged,
    /// There is something to warn the user of: [`Ninka::due_warnings`]. Said again and again until
    /// [`Ninka::warnings_given`].
    WarningsDue,
}

impl Ninka {
    /// Renews authorizations until cancelled; one task for the whole program. A look that fails is
    /// logged and followed by the next one.
    pub async fn run_renewals(&self, cancel: &CancellationToken) {
        let (mut schedule, mut network) = (Schedule::default(), NetworkWatch::default());
        // A start is like waking up.
        schedule.wake();
        loop {
            let (began, shown) = (Instant::now(), self.now());
            if let Err(problem) = self.look(&mut schedule, &mut network, cancel).await {
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

    /// One look: renews a few of those that are due, and tells whether there is something to warn
    /// of. Performs I/O.
    async fn look(
        &self,
        schedule: &mut Schedule,
        network: &mut NetworkWatch,
        cancel: &CancellationToken,
    ) -> Outcome<()> {
        // Nobody is to be asked for a passphrase by this.
        if !self.stands_still() {
            let stored = self.store.accounts().await?;
            if network.came_back(self.sign_in_connects(&stored).await) {
                schedule.wake();
            }
            self.renew_due(schedule, &stored, cancel).await?;
            self.finish_trials().await?;
        }
        if !self.due_warnings().await?.is_empty() {
            self.tell(Event::WarningsDue);
        }
        Ok(())
    }

    /// Whether nothing can be renewed at all, as the vault is closed.
    pub(super) fn stands_still(&self) -> bool {
        matches!(self.vault.state(), VaultState::Closed(_))
    }

    /// Renews a few of those that are due. A renewal that failed is no error: it is tried again.
    async fn renew_due(
        &self,
        schedule: &mut Schedule,
        stored: &[StoredAccount],
        cancel: &CancellationToken,
    ) -> Outcome<()> {
        let every = Settings::load(&self.settings).await?.renewal_every();
        let held = held(stored);
        let due = schedule.due(&held, every, self.now());
        if due.is_empty() {
            return Ok(());
        }
        let due: Vec<&Held<'_>> = held
            .iter()
            .filter(|held| due.contains(&held.account))
            .collect();
        let renewals = due.iter().map(|held| {
            self.tokens
                .keep_alive(held.account, held.renewed_at, cancel)
        });
        for (Held { account, .. }, outcome) in due.iter().zip(join_all(renewals).await) {
            match outcome {
                Ok(()) | Err(Problem::NotAuthorized | Problem::AccountGone) => {}
                Err(problem) => {
                    let AccountId(account) = account;
                    tracing::info!(account, code = problem.code(), "not renewed this time");
                }
            }
        }
        self.tell(Event::AccountsChanged);
        Ok(())
    }

    /// Whether the sign-in service's host can be connected to, where somebody has to know: nothing
    /// is asked of it.
    async fn sign_in_connects(&self, stored: &[StoredAccount]) -> Option<bool> {
        let unreachable = |stored: &StoredAccount| {
            let failing = stored.failing.as_ref();
            failing.is_some_and(|failing| failing.problem.code == "sign-in-unreachable")
        };
        if !stored.iter().any(unreachable) {
            return None;
        }
        let (host, port) = self.provider().await.ok()?.cloud.sign_in_host();
        let connected = tokio::time::timeout(CONNECT, TcpStream::connect((host, port))).await;
        Some(matches!(connected, Ok(Ok(_))))
    }

    pub(super) fn tell(&self, event: Event) {
        // Nobody may be listening.
        self.events.send(event).ok();
    }
}

/// The authorizations that can be renewed: not those that Microsoft has refused.
fn held(stored: &[StoredAccount]) -> Vec<Held<'_>> {
    let held = stored.iter().filter_map(|stored| {
        let grant = stored
            .grant
            .as_ref()
            .filter(|grant| grant.refused.is_none())?;
        (stored.account.auth == AuthMethod::OAuth).then_some(Held {
            account: stored.account.id,
            renewed_at: grant.renewed_at,
            failing: stored.failing.as_ref(),
        })
    });
    held.collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::net::TcpListener;

    use super::*;
    use crate::account::{Revision, Servers};
    use crate::authorization::{BrowserPort, Grant};
    use crate::cloud::{Authority, Cloud};
    use crate::secret::Secret;
    use crate::store::ScriptedKeyring;
    use crate::view::{PurposeView, SaveAccount, WritingView};
    use crate::{FixedProvider, Options};

    #[derive(Debug)]
    struct NoBrowser;

    impl BrowserPort for NoBrowser {
        fn open(&self, _url: &str) -> anyhow::Result<()> {
            anyhow::bail!("no browser")
        }
    }

    /// A shop with an authorization that is due, at a sign-in service on `port`.
    async fn shop(folder: &std::path::Path, port: u16) -> (Ninka, AccountId) {
        let authority = format!("http://127.0.0.1:{port}/common");
        let provider = FixedProvider {
            client_id: "client".to_owned(),
            cloud: Cloud::Custom(Authority::new(&authority).unwrap()),
            servers: Servers::default(),
            withdrawal: None,
            extra_trust: None,
        };
        let keyring = Arc::new(ScriptedKeyring::default());
        let options = Options::new(folder.to_owned(), keyring, Arc::new(NoBrowser));
        let ninka = Ninka::open(options.practice(folder.join("practice"), provider));
        let ninka = ninka.await.unwrap();
        let account = SaveAccount {
            id: None,
            revision: None,
            address: "order@hana.example".to_owned(),
            name: String::new(),
            purpose: PurposeView::OrderReceiving,
            oauth: true,
            signs_in: None,
            user: String::new(),
            password: None,
            pop3: None,
            imap: None,
            smtp: None,
            writing: WritingView::default(),
        };
        let saved = ninka.save_account(account).await.unwrap();
        let (id, revision) = (AccountId(saved.row.id), Revision(saved.revision));
        let grant = Grant {
            refresh_token: Secret::new("token".to_owned()),
            renewed_at: ninka.now() - SignedDuration::from_hours(9 * 24),
            kind: crate::diagnosis::AccountKind::Unknown,
            scopes: Vec::new(),
            signed_in_as: "order@hana.example".to_owned(),
            client_id: "client".to_owned(),
            authority,
        };
        let put = ninka.store.put_grant(&ninka.vault, id, revision, &grant);
        put.await.unwrap();
        (ninka, id)
    }

    #[tokio::test]
    async fn a_network_that_comes_back_is_noticed_at_the_next_look() {
        let folder = tempfile::tempdir().unwrap();
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = free.local_addr().unwrap();
        drop(free);
        let (ninka, id) = shop(folder.path(), at.port()).await;
        let (mut schedule, mut network) = (Schedule::default(), NetworkWatch::default());
        let cancel = CancellationToken::new();
        let mut attempts = async || {
            ninka
                .look(&mut schedule, &mut network, &cancel)
                .await
                .unwrap();
            let stored = ninka.store.account(id).await.unwrap();
            stored.failing.map(|failing| failing.attempts)
        };
        assert_eq!(attempts().await, Some(1));
        assert_eq!(attempts().await, Some(1), "it waits");
        // Somebody is there again, though not yet of much use.
        let back = TcpListener::bind(at).await.unwrap();
        let answers = tokio::spawn(async move {
            while let Ok((stream, _)) = back.accept().await {
                drop(stream);
            }
        });
        assert_eq!(attempts().await, Some(2));
        assert_eq!(attempts().await, Some(2), "once");
        answers.abort();
        ninka.close().await;
    }
}
