//! Asking for consent, from the link to a grant that may be stored: `asking` makes the link,
//! `ways` waits for the answer, `proving` redeems it and looks at what came. Storing is the
//! caller's `finish`, run before the browser is answered, so that its page tells what happened.

mod asking;
mod device;
mod paste;
mod proving;
mod wait;
mod ways;

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use self::asking::Asked;
use self::ways::{Came, Scene, come_back};
use super::Grant;
use super::consents::ConsentPlace;
use super::endpoints::Endpoints;
use super::loopback::Loopback;
use super::page::Ending;
use super::self_test::LOOPBACK_PATIENCE;
use crate::account::{MailAddress, Mailbox};
use crate::browsers::{self, Browser, BrowserChoice};
use crate::clock::SharedClock;
use crate::cloud::{Cloud, MailProtocol};
use crate::language::Language;
use crate::problem::{Outcome, Problem};
use crate::view::ConsentEvent;

/// How long a user is waited for: second factors, forgotten passwords and telephone calls to the
/// administrator take minutes.
pub const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// Whoever has not come back by now may have met something unexpected.
pub const HELP_AFTER: Duration = Duration::from_secs(30);

/// Opens pages in the system browser.
pub trait BrowserPort: Send + Sync + std::fmt::Debug {
    /// Opens a page. May block; it is called where blocking is allowed.
    ///
    /// # Errors
    /// What the system said, when no browser could be started.
    fn open(&self, url: &str) -> anyhow::Result<()>;

    /// The browsers that can be chosen. Performs I/O and may block.
    fn installed(&self) -> Vec<Browser> {
        browsers::installed()
    }

    /// Opens a page in a browser of the user's choice. May block.
    ///
    /// # Errors
    /// What the system said, when the browser could not be started.
    fn open_in(&self, choice: BrowserChoice, url: &str) -> anyhow::Result<()> {
        browsers::open(choice, url)
    }
}

/// Who has to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signer {
    /// The mailbox' own user.
    Owner,
    /// A person with access to the shared mailbox.
    Person(MailAddress),
    /// Whoever has access to the shared mailbox.
    Anybody,
}

impl Signer {
    /// Who has to sign in for an account.
    #[must_use]
    pub fn of(mailbox: &Mailbox) -> Self {
        match mailbox {
            Mailbox::Own => Self::Owner,
            Mailbox::Shared { person: None } => Self::Anybody,
            Mailbox::Shared {
                person: Some(person),
            } => Self::Person(person.clone()),
        }
    }
}

/// What consent is asked for.
#[derive(Debug, Clone)]
pub struct ConsentRequest {
    /// The mailbox.
    pub address: MailAddress,
    /// Who has to sign in.
    pub signer: Signer,
    /// The application that asks, as registered.
    pub client_id: String,
    /// Where consent is given.
    pub cloud: Cloud,
    /// What the account needs, and nothing else.
    pub protocols: Vec<MailProtocol>,
    /// The language of the page in the browser.
    pub language: Language,
    /// How long the user is waited for; [`PATIENCE`] unless a test is impatient.
    pub patience: Duration,
    /// When help unfolds; [`HELP_AFTER`].
    pub help_after: Duration,
    /// How long our own request to the loopback port may take.
    pub loopback_patience: Duration,
}

impl ConsentRequest {
    /// The address that has to be signed in with, if it is known.
    #[must_use]
    pub const fn signs_in(&self) -> Option<&MailAddress> {
        match &self.signer {
            Signer::Owner => Some(&self.address),
            Signer::Person(person) => Some(person),
            Signer::Anybody => None,
        }
    }

    /// A request with the patience that users need.
    #[must_use]
    pub fn new(address: MailAddress, client_id: String, cloud: Cloud) -> Self {
        Self {
            address,
            signer: Signer::Owner,
            client_id,
            cloud,
            protocols: Vec::new(),
            language: Language::Ja,
            patience: PATIENCE,
            help_after: HELP_AFTER,
            loopback_patience: LOOPBACK_PATIENCE,
        }
    }
}

/// What a consent happens with.
#[derive(Debug, Clone)]
pub struct ConsentPorts {
    /// The client for the sign-in service: follows no redirects.
    pub http: reqwest::Client,
    /// The time.
    pub clock: SharedClock,
    /// The system browser.
    pub browser: Arc<dyn BrowserPort>,
}

/// Asks for consent and hands the grant, proven, to `finish`, which stores it. Binds a loopback
/// port and tries it, opens the browser, waits for at most the request's patience while it does
/// what is wished through the place's register, and speaks to the sign-in service. Where the port
/// does not work, the other ways are left. Dropping the future gives all of it up.
///
/// # Errors
/// Whatever kept consent from being given, redeemed, proven or stored. Nothing is stored then.
pub async fn consent<F, Stored>(
    request: &ConsentRequest,
    ports: &ConsentPorts,
    progress: &(dyn Fn(ConsentEvent) + Send + Sync),
    place: &mut ConsentPlace,
    finish: F,
) -> Outcome<()>
where
    F: FnOnce(Grant) -> Stored + Send,
    Stored: Future<Output = Outcome<()>> + Send,
{
    if request.client_id.trim().is_empty() {
        return Err(Problem::ClientIdMissing);
    }
    let cancel = place.cancel().clone();
    let authority = request.cloud.authority();
    let endpoints = unless(&cancel, Endpoints::find(&authority, &ports.http)).await?;
    let (loopback, bound) = match Loopback::bind().await {
        Ok(loopback) => (loopback, Ok(())),
        Err(problem) => (Loopback::deaf(), Err(problem)),
    };
    let asked = Asked::new(request, &authority, endpoints, loopback.redirect_uri())?;
    let mut serving = loopback.serve(asked.state.clone(), request.language);
    let works = match bound {
        Ok(()) => serving.comes_back(request.loopback_patience).await,
        Err(problem) => Err(problem),
    };

    let scene = Scene {
        request,
        ports,
        progress,
        asked: &asked,
    };
    let came = come_back(&scene, &mut serving, place, works).await?;
    progress(ConsentEvent::Returned);
    let proven = match came {
        Came::Answer(answer) => unless(&cancel, asked.prove(answer, request, ports)).await,
        Came::Grant(grant) => Ok(*grant),
    };
    let outcome = match proven {
        // From here on nothing is cancelled: a consent is stored or not, never half.
        Ok(grant) => finish(grant).await,
        Err(problem) => Err(problem),
    };
    let ending = match &outcome {
        Ok(()) => Ending::Stored {
            address: request.address.as_str(),
        },
        Err(problem) => Ending::Failed(problem),
    };
    serving.end(ending).await;
    outcome
}

/// Gives a step up when the user cancels.
async fn unless<T>(
    cancel: &CancellationToken,
    step: impl Future<Output = Outcome<T>>,
) -> Outcome<T> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(Problem::Cancelled),
        outcome = step => outcome,
    }
}
