//! A new consent is tried out before it takes the old one's place: it buys a token, and signs in
//! wherever the account's purpose needs it. Until it has passed it is in memory only, so that a try
//! that fails, is given up or dies with the program leaves nothing behind, and the old one works.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::kinds::known;
use super::targets::{Targets, granted};
use super::{Ninka, Provider};
use crate::authorization::{AccessToken, Grant, LIFETIME, Need};
use crate::check::{Checker, Plan, SignInWith, TokenKnown};
use crate::cloud::MailProtocol;
use crate::diagnosis::{Diagnosis, Stage, diagnose};
use crate::problem::{Outcome, Problem};
use crate::settings::Reception;
use crate::store::StoredAccount;

/// All sign-ins of a trial together: the browser shows its last page only after it.
const TOGETHER: Duration = Duration::from_secs(20);

impl Ninka {
    /// Tries a consent out and gives it as it is to be kept: its refresh token is the newest. The
    /// consent is good if every sign-in passes, and no worse than the old one if what fails does
    /// not lie in it: the network, a server that is busy, or a sign-in that is refused to the old
    /// one too (POP switched off). Where there is no old one that works, there is nothing to lose
    /// by keeping it: the check that follows tells the rest. Performs I/O; ends within a minute.
    ///
    /// # Errors
    /// Why a server that takes the old authorization, or the sign-in service, does not take what
    /// came; [`Problem::Cancelled`].
    pub(super) async fn try_out(
        &self,
        stored: &StoredAccount,
        grant: Grant,
        (provider, reception): (&Provider, Reception),
        cancel: &CancellationToken,
    ) -> Outcome<Grant> {
        let works = self.old_one_works(stored);
        let bought = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(Problem::Cancelled),
            bought = self.tokens.try_out(grant.clone()) => bought,
        };
        let (grant, access) = match bought {
            Ok(bought) => bought,
            Err((problem, true)) if works => return Err(problem),
            // It was redeemed a moment ago: the way there is what fails.
            Err(_) => return Ok(grant),
        };
        let who = grant.signed_in_as.clone();
        let refused = self
            .refused(stored, (access, &who), (provider, reception), cancel)
            .await;
        if cancel.is_cancelled() {
            return Err(Problem::Cancelled);
        }
        let Some(refused) = refused.filter(|_| works) else {
            return Ok(grant);
        };
        // Only the servers can tell whether it lies in the new one: does the old one still pass?
        let old = self.tokens.fresh(stored.account.id, Need::Living, cancel);
        let Ok(old) = old.await else {
            return Ok(grant);
        };
        let still = self
            .refused(stored, (old, &who), (provider, reception), cancel)
            .await;
        if cancel.is_cancelled() {
            return Err(Problem::Cancelled);
        }
        let mended =
            |protocol: &MailProtocol| !still.iter().flatten().any(|(it, _)| it == protocol);
        match refused.into_iter().find(|(protocol, _)| mended(protocol)) {
            Some((_, diagnosis)) => Err(diagnosis.into()),
            None => Ok(grant),
        }
    }

    /// Signs in wherever the account's purpose needs it; the protocols whose servers refuse the
    /// sign-in, and why. `None` if none does, or if they take too long.
    async fn refused(
        &self,
        stored: &StoredAccount,
        (access, signed_in_as): (AccessToken, &str),
        (provider, reception): (&Provider, Reception),
        cancel: &CancellationToken,
    ) -> Option<Vec<(MailProtocol, Diagnosis)>> {
        let servers = provider.servers_of(known(stored));
        let targets = Targets::of(stored, &servers, &provider.cloud, reception).tried;
        let expires_in = access.expires_at.duration_since(self.now()).as_secs();
        let plan = Plan {
            account: stored.account.id,
            account_kind: known(stored),
            protocols: targets.into_iter().filter(|target| target.needed).collect(),
            sign_in: SignInWith::Token {
                user: stored.account.address.as_str().to_owned(),
                known: TokenKnown {
                    expires_in: Some(expires_in),
                    identity_matches: Some(stored.account.address.same_mailbox(signed_in_as)),
                    granted: Some(granted(&access.scopes, &provider.cloud)),
                    signed_in_as: Some(signed_in_as.to_owned()),
                    clock_ahead: access.clock_ahead,
                    scopes: access.scopes,
                },
                token: access.token,
            },
        };
        let around = self.around(provider);
        let checker = Checker::new(&self.trust, &around, &self.places);
        let signed_in = checker.run(&plan, &|_| {}, cancel);
        let outcome = tokio::time::timeout(TOGETHER, signed_in).await.ok()?;
        let refused: Vec<_> = outcome
            .protocols
            .iter()
            .filter_map(|protocol| {
                let evidence = &protocol.failure.as_ref()?.evidence;
                matches!(evidence.stage, Stage::Auth | Stage::Mailbox)
                    .then(|| (protocol.target.protocol, diagnose(evidence)))
            })
            .collect();
        (!refused.is_empty()).then_some(refused)
    }

    /// Whether the authorization there is can be used, as far as anybody knows.
    fn old_one_works(&self, stored: &StoredAccount) -> bool {
        stored.grant.as_ref().is_some_and(|grant| {
            let age = self.now().duration_since(grant.renewed_at);
            grant.refused.is_none() && age < LIFETIME
        })
    }
}
