//! A new consent is tried out before it takes the old one's place: it buys a token, and signs in
//! wherever the account's purpose needs it. Until it has passed it is in memory only, so that a try
//! that fails, is given up or dies with the program leaves nothing behind, and the old one works.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::kinds::known;
use super::targets::{Targets, granted};
use super::{Ninka, Provider};
use crate::authorization::{Grant, LIFETIME};
use crate::check::{self, Plan, SignInWith, TokenKnown};
use crate::diagnosis::{Diagnosis, diagnose};
use crate::problem::{Outcome, Problem};
use crate::settings::Reception;
use crate::store::StoredAccount;

/// The whole trial on the mail servers: the browser shows its last page only after it.
const TOGETHER: Duration = Duration::from_secs(20);

/// Families of causes that lie in the token, in who it is for, or in what it is for.
const OF_THE_GRANT: [&str; 8] = [
    "grant_gone",
    "second_factor",
    "consent",
    "policy",
    "app_registration",
    "scope",
    "directory_user",
    "token_use",
];

impl Ninka {
    /// Tries a consent out and gives it as it is to be kept: its refresh token is the newest. The
    /// consent is good if every sign-in passes, and no worse than the old one if what fails does
    /// not lie in it (the network, POP switched off, a server that is busy). Where there is no old
    /// one that works, there is nothing to lose by keeping it: the check that follows tells the
    /// rest. Performs I/O; ends within half a minute or so.
    ///
    /// # Errors
    /// Why a server, or the sign-in service, does not take what came, while the old authorization
    /// works; [`Problem::Cancelled`].
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
        let servers = provider.servers_of(known(stored));
        let targets = Targets::of(stored, &servers, &provider.cloud, reception).tried;
        let address = &stored.account.address;
        let expires_in = access.expires_at.duration_since(self.now()).as_secs();
        let plan = Plan {
            account: stored.account.id,
            account_kind: known(stored),
            protocols: targets.into_iter().filter(|target| target.needed).collect(),
            sign_in: SignInWith::Token {
                user: address.as_str().to_owned(),
                known: TokenKnown {
                    expires_in: Some(expires_in),
                    identity_matches: Some(address.same_mailbox(&grant.signed_in_as)),
                    granted: Some(granted(&access.scopes, &provider.cloud)),
                },
                token: access.token,
            },
        };
        let (plans, around) = ([plan], self.around(provider));
        let signed_in = check::run_all(&plans, &self.trust, &around, &|_| {}, cancel);
        let Ok(outcomes) = tokio::time::timeout(TOGETHER, signed_in).await else {
            return Ok(grant);
        };
        if cancel.is_cancelled() {
            return Err(Problem::Cancelled);
        }
        let failures = outcomes.iter().flat_map(|outcome| &outcome.protocols);
        let refused = failures
            .filter_map(|protocol| protocol.failure.as_ref())
            .map(|failure| diagnose(&failure.evidence))
            .find(lies_in_the_grant);
        match refused {
            Some(diagnosis) if works => Err(diagnosis.into()),
            Some(_) | None => Ok(grant),
        }
    }

    /// Whether the authorization there is can be used, as far as anybody knows.
    fn old_one_works(&self, stored: &StoredAccount) -> bool {
        stored.grant.as_ref().is_some_and(|grant| {
            let age = self.now().duration_since(grant.renewed_at);
            grant.refused.is_none() && age < LIFETIME
        })
    }
}

/// Whether a failure may lie in the consent that was tried. One that only may is reason enough to
/// keep the old one: nothing is lost by that.
fn lies_in_the_grant(diagnosis: &Diagnosis) -> bool {
    diagnosis
        .candidates()
        .iter()
        .any(|cause| OF_THE_GRANT.contains(&cause.family()))
}
