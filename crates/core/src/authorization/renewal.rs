//! Access tokens: bought with the refresh token, kept in memory while they live. A renewed refresh
//! token is on the disk before its access token is handed out; one renewal at a time per account,
//! in this process by a turn, across processes by the store's lease.
//! Only the sign-in service's own word costs an authorization, and only after what is stored was
//! read again: another process may have renewed it.

mod leased;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::Grant;
use super::endpoints::Endpoints;
use super::retry_after::RetryAfter;
use super::token::{Tokens, public_client, refresh};
use crate::account::AccountId;
use crate::clock::SharedClock;
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;
use crate::store::{Store, Vault};

/// A token with less life than this is not handed out: the check that uses it takes its time, and
/// clocks differ.
const LEAST_LIFE: SignedDuration = SignedDuration::from_mins(5);
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
