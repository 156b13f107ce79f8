//! One renewal, from the turn to the store: under the lease it reads what is stored, buys with it,
//! writes what came and only then hands the access token out. What another process renewed in the
//! meantime is left as it is.

use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};

use super::{AccessToken, Bought, Inner, Slot, asked_again, lock, renewed};
use crate::account::AccountId;
use crate::authorization::endpoints::Endpoints;
use crate::authorization::token::{Fault, Tokens, public_client, refresh};
use crate::authorization::{Grant, Refusal};
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;
use crate::store::Failing;

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

impl Inner {
    pub(super) async fn take_turn(
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
