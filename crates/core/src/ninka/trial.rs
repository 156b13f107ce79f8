//! A new consent is tried out before it takes the old one's place: it buys a token, and signs in
//! wherever the account's purpose needs it. Meanwhile it is sealed beside the old one: a try that
//! fails or is given up leaves nothing behind, and one that died with its process is taken up again
//! by the next.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::kinds::known;
use super::targets::{Targets, granted};
use super::{Event, Ninka, Provider};
use crate::account::{AccountId, AuthMethod, Revision};
use crate::authorization::{AccessToken, Grant, LIFETIME, Need};
use crate::check::{Checker, Plan, SignInWith, TokenKnown};
use crate::cloud::MailProtocol;
use crate::diagnosis::{Cause, Diagnosis, Stage, diagnose};
use crate::problem::{Outcome, Problem};
use crate::settings::{Reception, Settings};
use crate::store::{Candidate, StoredAccount};

/// All sign-ins of a trial together: the browser shows its last page only after it.
const TOGETHER: Duration = Duration::from_secs(20);

/// How long the opening of the data waits for trials that were left; usually they take a second or two.
const AT_THE_OPENING: Duration = Duration::from_secs(if cfg!(test) { 3 } else { 15 });

/// What a trial found out.
enum Tried {
    /// It is no worse than the old one.
    Good(Grant),
    /// The sign-in service could not be reached to ask.
    Untried(Grant),
}

impl Ninka {
    /// Seals what came of a consent beside the old authorization, tries it out, and puts it in its
    /// place or throws it away. Performs I/O; ends within a minute or two.
    ///
    /// # Errors
    /// It cannot be sealed, or the account has changed; [`Problem::Cancelled`]; why a server that
    /// takes the old authorization, or the sign-in service, does not take what came. The old one is
    /// as it was then.
    pub(super) async fn put_to_trial(
        &self,
        (id, revision): (AccountId, Revision),
        grant: Grant,
        terms: (&Provider, Reception),
        cancel: &CancellationToken,
    ) -> Outcome<()> {
        self.alive.show()?;
        let owned = (self.alive.owner(), &grant);
        self.store
            .put_candidate(&self.vault, id, revision, owned)
            .await?;
        let ended = async {
            // As it stands now: the user took minutes.
            let stored = self.store.account(id).await?;
            let (Tried::Good(grant) | Tried::Untried(grant)) =
                self.try_out(&stored, grant, terms, cancel).await?;
            let candidate = Candidate { grant, revision };
            let adopted = self.store.adopt_candidate(&self.vault, id, &candidate);
            adopted.await
        };
        let ended = ended.await;
        if ended.is_err() {
            self.throw_away(id, None).await;
        }
        ended
    }

    /// Takes up, as the data is opened, the trials that a killed process has left: what is asked of it
    /// next may need them, and not every program stays for a second look. Performs I/O and asks
    /// nobody anything; what has not ended in time stays sealed, for the next look or opening.
    pub(super) async fn finish_trials_first(&self) {
        match tokio::time::timeout(AT_THE_OPENING, self.finish_trials()).await {
            Ok(Ok(())) => {}
            Ok(Err(problem)) => {
                tracing::warn!(code = problem.code(), "a trial stays as it was left")
            }
            Err(_) => tracing::info!("a trial takes long: it is finished later"),
        }
    }

    /// Takes up the trials that a killed process has left. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be read or written.
    pub async fn finish_trials(&self) -> Outcome<()> {
        if self.stands_still() {
            return Ok(());
        }
        for (id, owner) in self.store.candidates().await? {
            // One of this process is under way, or was dropped in the midst.
            if owner != self.alive.owner() && !self.alive.has_ended(&owner) {
                continue;
            }
            let Ok(place) = self.consents.begin(id) else {
                continue;
            };
            self.alive.show()?;
            let claimed = self
                .store
                .claim_candidate(id, &owner, self.alive.owner())
                .await?;
            if claimed {
                self.finish_trial(id, place.cancel()).await?;
                self.tokens.forget(id);
                drop(place);
                self.tell(Event::AccountsChanged);
            }
        }
        Ok(())
    }

    /// Tries a candidate that was left, and puts it in the old one's place or throws it away. Where
    /// nobody can be asked it stays for the next time, unless there is nothing to lose.
    async fn finish_trial(&self, id: AccountId, cancel: &CancellationToken) -> Outcome<()> {
        let stored = self.store.account(id).await?;
        let candidate = match self.store.candidate(&self.vault, id).await {
            Ok(candidate) => candidate,
            // Its key may come back.
            Err(Problem::KeyringKeyLost) => return Ok(()),
            Err(problem) => return Err(problem),
        };
        let Some(Candidate { grant, revision }) = candidate else {
            self.throw_away(id, None).await;
            return Ok(());
        };
        let changed = stored.account.revision != revision;
        if changed || stored.account.auth != AuthMethod::OAuth {
            let cause = Problem::AccountChanged.code();
            self.throw_away(id, Some(cause)).await;
            return Ok(());
        }
        if self.now().duration_since(grant.renewed_at) >= LIFETIME {
            let cause = Cause::RefreshTokenExpiredInactive.code();
            self.throw_away(id, Some(cause)).await;
            return Ok(());
        }
        let provider = self.provider().await?;
        let reception = Settings::load(&self.settings).await?.reception;
        let terms = (&provider, reception);
        match self.try_out(&stored, grant, terms, cancel).await {
            Ok(Tried::Untried(_)) if self.old_one_works(&stored) => Ok(()),
            Ok(Tried::Good(grant) | Tried::Untried(grant)) => {
                let candidate = Candidate { grant, revision };
                let adopted = self
                    .store
                    .adopt_candidate(&self.vault, id, &candidate)
                    .await;
                match adopted {
                    // Withdrawn, changed or removed meanwhile.
                    Err(Problem::ConsentOver | Problem::AccountChanged | Problem::AccountGone) => {
                        Ok(())
                    }
                    adopted => adopted,
                }
            }
            Err(problem) => {
                self.throw_away(id, Some(problem.code())).await;
                Ok(())
            }
        }
    }

    /// Throws a candidate away; one that cannot be stays sealed and is looked at by the next process.
    async fn throw_away(&self, id: AccountId, cause: Option<&str>) {
        let told = cause.map(|cause| (self.now(), cause));
        match self.store.discard_candidate(id, told).await {
            Ok(()) | Err(Problem::AccountGone) => {}
            Err(problem) => tracing::warn!(code = problem.code(), "a candidate was not deleted"),
        }
    }

    /// Tries a consent out and gives it as it is to be kept: its refresh token is the newest. The
    /// consent is good if every sign-in passes, and no worse than the old one if what fails does
    /// not lie in it: the network, a server that is busy, or a sign-in that is refused to the old
    /// one too (POP switched off). Where there is no old one that works, there is nothing to lose
    /// by keeping it: the check that follows tells the rest. Performs I/O; ends within a minute.
    ///
    /// # Errors
    /// Why a server that takes the old authorization, or the sign-in service, does not take what
    /// came; [`Problem::Cancelled`].
    async fn try_out(
        &self,
        stored: &StoredAccount,
        grant: Grant,
        (provider, reception): (&Provider, Reception),
        cancel: &CancellationToken,
    ) -> Outcome<Tried> {
        let works = self.old_one_works(stored);
        let bought = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(Problem::Cancelled),
            bought = self.tokens.try_out(grant.clone()) => bought,
        };
        let old_token = grant.refresh_token.clone();
        let (grant, access) = match bought {
            Ok(bought) => bought,
            Err((problem, true)) if works => return Err(problem),
            // Where it was redeemed a moment ago, the way there is what fails.
            Err(_) => return Ok(Tried::Untried(grant)),
        };
        // Before it is used. `false`: it was withdrawn, or another took its place; adopting tells.
        self.store
            .renew_candidate(&self.vault, stored.account.id, &old_token, &grant)
            .await?;
        let who = grant.signed_in_as.clone();
        let refused = self
            .refused(stored, (access, &who), (provider, reception), cancel)
            .await;
        if cancel.is_cancelled() {
            return Err(Problem::Cancelled);
        }
        let Some(refused) = refused.filter(|_| works) else {
            return Ok(Tried::Good(grant));
        };
        // Only the servers can tell whether it lies in the new one: does the old one still pass?
        let old = self.tokens.fresh(stored.account.id, Need::Living, cancel);
        let Ok(old) = old.await else {
            return Ok(Tried::Good(grant));
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
            None => Ok(Tried::Good(grant)),
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
                    identity_matches: Some(stored.account.is_signed_in_by(signed_in_as)),
                    shared: stored.account.mailbox.is_shared(),
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
