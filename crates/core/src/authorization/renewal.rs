//! Access tokens: bought with the refresh token, kept in memory while they live. A renewed refresh
//! token is on the disk before its access token is handed out; one renewal at a time per account,
//! in this process by a turn, across processes by the store's lease.
//! Only the sign-in service's own word costs an authorization, and only after what is stored was
//! read again: another process may have renewed it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::endpoints::Endpoints;
use super::retry_after::RetryAfter;
use super::token::{Fault, Tokens, public_client, refresh};
use super::{Grant, Refusal};
use crate::account::AccountId;
use crate::clock::SharedClock;
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;
use crate::store::{Failing, Store, Vault};

/// A token with less life than this is not handed out: the check that uses it takes its time, and
/// clocks differ.
const LEAST_LIFE: SignedDuration = SignedDuration::from_mins(5);
/// How long a renewal may hold the lease. Longer than a request's deadline; a killed owner's ends
/// by itself after it.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How long another process is waited for: longer than [`LEASE`], so that a dead owner's is taken
/// over within one wait.
const LEASE_PATIENCE: Duration = Duration::from_secs(75);
/// How often is looked whether the lease is free.
const LEASE_PAUSE: Duration = Duration::from_millis(200);
/// How often a renewal starts again because another one came in between. More than once only if
/// leases are taken over again and again.
const TRIES: usize = 3;

/// An access token.
#[derive(Debug, Clone)]
pub struct AccessToken {
    /// The token, for the mail servers.
    pub token: Secret,
    /// The end of its life.
    pub expires_at: Timestamp,
    /// What it may be used for.
    pub scopes: Vec<String>,
    /// By how many seconds this computer's clock was ahead of the sign-in service's.
    pub clock_ahead: Option<i64>,
}

/// Which access token will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// One that lives for some minutes yet.
    Living,
    /// A new one, so that the authorization is renewed: for the user's own checks.
    Renewed,
}

/// What kept a renewal from succeeding.
#[derive(Debug, Clone, PartialEq)]
pub struct Hindrance {
    /// For the user.
    pub problem: Problem,
    /// When the service may be asked again, if it said so.
    pub retry_after: Option<RetryAfter>,
}

impl From<Problem> for Hindrance {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            retry_after: None,
        }
    }
}

/// A purchase's end; no token where the authorization was renewed elsewhere in the meantime.
type Bought = Result<Option<AccessToken>, Hindrance>;

/// The access tokens of all accounts, in memory only. Cheap to clone; clones share them.
#[derive(Debug, Clone)]
pub struct AccessTokens(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    vault: Vault,
    http: reqwest::Client,
    clock: SharedClock,
    /// Who takes leases.
    owner: String,
    /// How many renewals hold a lease just now.
    under_way: tokio::sync::watch::Sender<usize>,
    /// Set when the program ends: no renewal begins any more.
    ending: CancellationToken,
    slots: Mutex<BTreeMap<AccountId, Arc<Slot>>>,
}

#[derive(Debug, Default)]
struct Slot {
    /// Whoever renews holds it.
    turn: tokio::sync::Mutex<()>,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    /// Counts the renewals that have ended, well or not.
    renewals: u64,
    /// How the last one ended, for those who waited for it.
    last: Option<Result<AccessToken, Hindrance>>,
    /// A renewed authorization that could not be written (a full disk), and the token it replaces.
    unsaved: Option<(Secret, Grant)>,
}

impl Held {
    fn living(&self, now: Timestamp) -> Option<AccessToken> {
        let token = self.last.as_ref()?.as_ref().ok()?;
        (token.expires_at.duration_since(now) > LEAST_LIFE).then(|| token.clone())
    }
}

impl AccessTokens {
    /// Access tokens for the authorizations in `store`.
    ///
    /// # Errors
    /// [`Problem::Internal`] when the system has no random numbers.
    pub fn new(
        store: Store,
        vault: Vault,
        http: reqwest::Client,
        clock: SharedClock,
    ) -> Outcome<Self> {
        let mut owner = [0_u8; 16];
        getrandom::fill(&mut owner).map_err(|fault| anyhow::anyhow!("random: {fault}"))?;
        Ok(Self(Arc::new(Inner {
            store,
            vault,
            http,
            clock,
            owner: format!("{:032x}", u128::from_be_bytes(owner)),
            under_way: tokio::sync::watch::Sender::new(0),
            ending: CancellationToken::new(),
            slots: Mutex::default(),
        })))
    }

    /// Gives an access token, buying one if there is none that will do. Callers at the same time
    /// share one purchase. Performs I/O; a purchase that has begun goes on when the caller gives
    /// up, so that a rotated refresh token is never lost.
    ///
    /// # Errors
    /// [`Problem::NotAuthorized`]; [`Problem::Cancelled`]; [`Problem::SignInUnreachable`]; what
    /// the sign-in service, the vault or the database said.
    pub async fn fresh(
        &self,
        account: AccountId,
        need: Need,
        cancel: &CancellationToken,
    ) -> Outcome<AccessToken> {
        let slot = Arc::clone(lock(&self.0.slots).entry(account).or_default());
        let seen = {
            let held = lock(&slot.held);
            if let (Need::Living, Some(token)) = (need, held.living(self.0.clock.now())) {
                return Ok(token);
            }
            held.renewals
        };
        let bought = self.buy(account, slot, (seen, None), cancel).await;
        // Nothing was said about when it was renewed, so there is a token.
        bought
            .map_err(|hindrance| hindrance.problem)?
            .ok_or(Problem::DatabaseBusy)
    }

    /// Renews an authorization, unless somebody else has renewed it since it was read: then it is
    /// not `renewed_at` any more. How a failure is to be followed is kept in the store. Performs
    /// I/O as [`fresh`](Self::fresh) does.
    ///
    /// # Errors
    /// As of [`fresh`](Self::fresh).
    pub async fn keep_alive(
        &self,
        account: AccountId,
        renewed_at: Timestamp,
        cancel: &CancellationToken,
    ) -> Outcome<()> {
        let slot = Arc::clone(lock(&self.0.slots).entry(account).or_default());
        let seen = lock(&slot.held).renewals;
        let bought = self
            .buy(account, slot, (seen, Some(renewed_at)), cancel)
            .await;
        bought.map(|_| ()).map_err(|hindrance| hindrance.problem)
    }

    async fn buy(
        &self,
        account: AccountId,
        slot: Arc<Slot>,
        seen: (u64, Option<Timestamp>),
        cancel: &CancellationToken,
    ) -> Bought {
        let inner = Arc::clone(&self.0);
        let purchase = tokio::spawn(async move { inner.take_turn(account, &slot, seen).await });
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Problem::Cancelled.into()),
            bought = purchase => bought.map_err(|fault| Problem::from(anyhow::Error::from(fault)))?,
        }
    }

    /// Buys an access token with an authorization that is not kept yet, and gives it as it is to be
    /// kept then. What is kept is not touched. Performs I/O.
    ///
    /// # Errors
    /// The problem, and whether the authorization is of no use.
    pub async fn try_out(&self, grant: Grant) -> Result<(Grant, AccessToken), (Problem, bool)> {
        let http = &self.0.http;
        let found = Endpoints::find(&grant.authority, http).await;
        let endpoints = found.map_err(|problem| (problem, false))?;
        let client = public_client(&grant.client_id, &endpoints);
        let scopes = asked_again(&grant.scopes, endpoints.entra);
        match refresh(&client, http, &grant.refresh_token, &scopes).await {
            Ok(tokens) => Ok(renewed(grant, tokens, self.0.clock.now())),
            Err(fault) => {
                let costs = fault.costs_the_authorization();
                let problem = fault.into_hindrance(endpoints.host()).problem;
                Err((problem, costs))
            }
        }
    }

    /// Lets no renewal begin any more and waits until those under way are written, `limit` at most:
    /// for the program's end. Answers whether nothing is under way.
    pub async fn settle(&self, limit: Duration) -> bool {
        self.0.ending.cancel();
        let mut under_way = self.0.under_way.subscribe();
        let settled = under_way.wait_for(|count| *count == 0);
        tokio::time::timeout(limit, settled).await.is_ok()
    }

    /// Whether a renewal is under way, so that ending now could lose what it brings.
    #[must_use]
    pub fn is_renewing(&self) -> bool {
        *self.0.under_way.borrow() > 0
    }

    /// What this process holds of an account beside what is sealed: to be taken out of a report.
    pub fn held(&self, account: AccountId) -> Vec<Secret> {
        let slot = lock(&self.0.slots).get(&account).map(Arc::clone);
        let Some(slot) = slot else {
            return Vec::new();
        };
        let held = lock(&slot.held);
        let access = held.last.iter().flatten().map(|access| &access.token);
        let unsaved = held.unsaved.iter();
        let unsaved = unsaved.flat_map(|(former, grant)| [former, &grant.refresh_token]);
        access.chain(unsaved).cloned().collect()
    }

    /// Forgets an account's access token: after a new consent, and when the account is changed or
    /// removed. A renewed refresh token that is not yet on the disk is kept: it goes there with
    /// the next renewal, or nowhere when another one has taken its place.
    pub fn forget(&self, account: AccountId) {
        let mut slots = lock(&self.0.slots);
        let Some(slot) = slots.get(&account) else {
            return;
        };
        let mut held = lock(&slot.held);
        if held.unsaved.is_some() {
            held.last = None;
        } else {
            drop(held);
            slots.remove(&account);
        }
    }
}

impl Inner {
    async fn take_turn(
        &self,
        account: AccountId,
        slot: &Slot,
        (seen, renewed_at): (u64, Option<Timestamp>),
    ) -> Bought {
        let _turn = slot.turn.lock().await;
        {
            let held = lock(&slot.held);
            // One that ended while this caller waited is the one it asked for.
            if let (true, Some(last)) = (held.renewals != seen, &held.last) {
                return last.clone().map(Some);
            }
        }
        let bought = self.renew(account, slot, renewed_at).await;
        if let Some(ended) = bought.clone().transpose() {
            let mut held = lock(&slot.held);
            held.renewals += 1;
            held.last = Some(ended);
        }
        bought
    }

    /// Renews under the lease, and keeps how it went.
    async fn renew(
        &self,
        account: AccountId,
        slot: &Slot,
        renewed_at: Option<Timestamp>,
    ) -> Bought {
        let patience = tokio::time::timeout(LEASE_PATIENCE, async {
            while !self.lease(account).await? {
                tokio::select! {
                    () = self.ending.cancelled() => return Err(Problem::Cancelled),
                    () = tokio::time::sleep(LEASE_PAUSE) => {}
                }
            }
            Ok(())
        });
        let leased = patience.await.unwrap_or(Err(Problem::DatabaseBusy));
        // Counted before it is looked whether the program ends, so that the end waits for it.
        let counted = Counted::new(&self.under_way);
        let bought = match leased {
            Ok(()) if self.ending.is_cancelled() => Err(Problem::Cancelled.into()),
            Ok(()) => self.renew_leased(account, slot, renewed_at).await,
            Err(problem) => Err(problem.into()),
        };
        if let Err(problem) = self.note(account, &bought).await {
            tracing::warn!(code = problem.code(), "how a renewal went was not kept");
        }
        if let Err(problem) = self.release(account).await {
            // It ends by itself.
            tracing::warn!("a lease could not be given back: {}", problem.code());
        }
        drop(counted);
        bought
    }

    /// Keeps how a renewal failed, so that the next try and whoever looks know it, also after the
    /// program's end; forgets it when one succeeded.
    fn note<'a>(&'a self, account: AccountId, bought: &'a Bought) -> BoxFuture<'a, Outcome<()>> {
        Box::pin(async move {
            let hindrance = match bought {
                Ok(Some(_)) => return self.store.remove_failing(account).await,
                Ok(None) => return Ok(()),
                Err(hindrance) => hindrance,
            };
            if matches!(hindrance.problem, Problem::Cancelled | Problem::AccountGone) {
                return Ok(());
            }
            let stored = self.store.account(account).await?;
            // A refused one is not tried again: its refusal is kept beside it.
            let Some(grant) = stored.grant.filter(|grant| grant.refused.is_none()) else {
                return self.store.remove_failing(account).await;
            };
            let (before, about) = (stored.failing.as_ref(), (account, grant.renewed_at));
            let failing = Failing::after(before, about, self.clock.now(), hindrance);
            self.store.put_failing(account, &failing).await
        })
    }

    // Boxed here, where the compiler sees the lifetimes: inside the spawned task it cannot prove
    // that the database's futures may change threads.
    fn lease(&self, account: AccountId) -> BoxFuture<'_, Outcome<bool>> {
        let now = self.clock.now();
        let until = now.checked_add(LEASE).unwrap_or(Timestamp::MAX);
        Box::pin(self.store.lease(account, &self.owner, now, until))
    }

    fn release(&self, account: AccountId) -> BoxFuture<'_, Outcome<()>> {
        Box::pin(self.store.release(account, &self.owner))
    }

    async fn renew_leased(
        &self,
        account: AccountId,
        slot: &Slot,
        renewed_at: Option<Timestamp>,
    ) -> Bought {
        self.save_unsaved(account, slot).await?;
        for _ in 0..TRIES {
            let grant = self.store.grant(&self.vault, account).await?;
            let grant = grant.ok_or(Problem::NotAuthorized)?;
            if renewed_at.is_some_and(|seen| grant.renewed_at != seen) {
                return Ok(None);
            }
            let endpoints = Endpoints::find(&grant.authority, &self.http).await?;
            // Prolonged for each request.
            self.lease(account).await?;
            let client = public_client(&grant.client_id, &endpoints);
            let scopes = asked_again(&grant.scopes, endpoints.entra);
            match refresh(&client, &self.http, &grant.refresh_token, &scopes).await {
                Ok(tokens) => {
                    if let Some(token) = self.keep(account, slot, grant, tokens).await? {
                        return Ok(Some(token));
                    }
                }
                Err(fault) if fault.costs_the_authorization() => {
                    if self.refuse(account, &grant.refresh_token, &fault).await? {
                        return Err(fault.into_hindrance(endpoints.host()));
                    }
                }
                Err(fault) => return Err(fault.into_hindrance(endpoints.host())),
            }
            // Another token stands in the store by now: what was learnt is about an old one.
        }
        Err(Problem::DatabaseBusy.into())
    }

    /// Writes what came, and only then gives the access token; `None` when what it was bought with
    /// is no longer what is stored.
    async fn keep(
        &self,
        account: AccountId,
        slot: &Slot,
        grant: Grant,
        tokens: Tokens,
    ) -> Outcome<Option<AccessToken>> {
        let old = grant.refresh_token.clone();
        let (renewed, token) = renewed(grant, tokens, self.clock.now());
        let rotated = self
            .store
            .rotate_grant(&self.vault, account, &old, &renewed)
            .await;
        match rotated {
            Ok(true) => Ok(Some(token)),
            Ok(false) => Ok(None),
            Err(problem) => {
                // The old token may be of no more use; the new one must not be lost with this.
                lock(&slot.held).unsaved = Some((old, renewed));
                Err(problem)
            }
        }
    }

    /// Writes what an earlier renewal could not.
    async fn save_unsaved(&self, account: AccountId, slot: &Slot) -> Outcome<()> {
        let Some((old, grant)) = lock(&slot.held).unsaved.clone() else {
            return Ok(());
        };
        // `false`: another one took its place, and this one is of no more use.
        self.store
            .rotate_grant(&self.vault, account, &old, &grant)
            .await?;
        lock(&slot.held).unsaved = None;
        Ok(())
    }

    /// Notes a refusal; `false` when another token than the refused one is stored by now.
    async fn refuse(&self, account: AccountId, token: &Secret, fault: &Fault) -> Outcome<bool> {
        let Fault::Refused { raw, .. } = fault else {
            return Ok(true);
        };
        let refusal = Refusal {
            since: self.clock.now(),
            error: raw.clone(),
        };
        self.store
            .refuse_grant(&self.vault, account, token, &refusal)
            .await
    }
}

/// What a purchase at `now` made of an authorization.
fn renewed(grant: Grant, tokens: Tokens, now: Timestamp) -> (Grant, AccessToken) {
    let life = SignedDuration::try_from(tokens.expires_in).unwrap_or(SignedDuration::MAX);
    let token = AccessToken {
        token: tokens.access_token,
        expires_at: now.checked_add(life).unwrap_or(Timestamp::MAX),
        scopes: tokens.scopes.unwrap_or_else(|| grant.scopes.clone()),
        clock_ahead: tokens.clock_ahead,
    };
    let renewed = Grant {
        // A server that sends none lets the old one live on (RFC 6749, section 6).
        refresh_token: tokens.refresh_token.unwrap_or(grant.refresh_token),
        renewed_at: now,
        ..grant
    };
    (renewed, token)
}

/// The scopes of a renewal. Microsoft gives a new refresh token only if `offline_access` is asked
/// for, although it did not name it among what was granted. Elsewhere, naming none asks for what
/// was granted (RFC 6749, section 6), and naming one that was not would be refused.
fn asked_again(granted: &[String], entra: bool) -> Vec<String> {
    if !entra {
        return Vec::new();
    }
    let of_mail = granted
        .iter()
        .filter(|scope| scope.contains("://"))
        .cloned();
    of_mail.chain(["offline_access".to_owned()]).collect()
}

/// A renewal under way, as long as it lives.
struct Counted<'a>(&'a tokio::sync::watch::Sender<usize>);

impl<'a> Counted<'a> {
    fn new(count: &'a tokio::sync::watch::Sender<usize>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn microsoft_is_asked_for_the_next_refresh_token_too() {
        let granted = ["openid", "https://outlook.office.com/SMTP.Send"].map(str::to_owned);
        assert_eq!(
            asked_again(&granted, true),
            ["https://outlook.office.com/SMTP.Send", "offline_access"]
        );
        assert!(asked_again(&granted, false).is_empty());
    }
}
