//! Asking for consent: the system browser, the loopback listener, redeeming the code, and the
//! checks that a grant passes before it may be stored. Storing it is the caller's `finish`, run
//! before the browser is answered, so that the page there tells what really happened.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::Grant;
use super::answer::{Answer, Content};
use super::endpoints::Endpoints;
use super::id_token::{Expected, identity};
use super::loopback::{Loopback, Serving};
use super::page::Ending;
use super::state::evidence;
use super::token::{PublicClient, Redemption, public_client, redeem};
use crate::account::MailAddress;
use crate::clock::SharedClock;
use crate::cloud::{Cloud, MailProtocol};
use crate::diagnosis::{Stage, diagnose};
use crate::language::Language;
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;
use crate::view::ConsentEvent;

/// How long a user is waited for: second factors, forgotten passwords and telephone calls to the
/// administrator take minutes.
pub const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// Asked for beside the protocols: a refresh token, and who signed in.
const BESIDES: [&str; 4] = ["offline_access", "openid", "profile", "email"];

/// Opens pages in the system browser.
pub trait BrowserPort: Send + Sync + std::fmt::Debug {
    /// Opens a page. May block; it is called where blocking is allowed.
    ///
    /// # Errors
    /// What the system said, when no browser could be started.
    fn open(&self, url: &str) -> anyhow::Result<()>;
}

/// What consent is asked for.
#[derive(Debug, Clone)]
pub struct ConsentRequest {
    /// Who has to sign in.
    pub address: MailAddress,
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
/// port, opens the browser, waits for at most the request's patience, and speaks to the sign-in
/// service. Dropping the future gives all of it up.
///
/// # Errors
/// Whatever kept consent from being given, redeemed, proven or stored. Nothing is stored then.
pub async fn consent<F, Stored>(
    request: &ConsentRequest,
    ports: &ConsentPorts,
    progress: &(dyn Fn(ConsentEvent) + Send + Sync),
    cancel: &CancellationToken,
    finish: F,
) -> Outcome<()>
where
    F: FnOnce(Grant) -> Stored + Send,
    Stored: Future<Output = Outcome<()>> + Send,
{
    if request.client_id.trim().is_empty() {
        return Err(Problem::ClientIdMissing);
    }
    let authority = request.cloud.authority();
    let endpoints = unless(cancel, Endpoints::find(&authority, &ports.http)).await?;
    let loopback = Loopback::bind().await?;
    let asked = Asked::new(request, &authority, endpoints, loopback.redirect_uri())?;
    let mut serving = loopback.serve(asked.state.clone(), request.language);

    let answer = come_back(request, ports, progress, &asked, &mut serving, cancel).await?;
    progress(ConsentEvent::Returned);
    let outcome = match unless(cancel, asked.prove(answer, request, ports)).await {
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

/// Opens the browser and waits until it comes back.
async fn come_back(
    request: &ConsentRequest,
    ports: &ConsentPorts,
    progress: &(dyn Fn(ConsentEvent) + Send + Sync),
    asked: &Asked,
    serving: &mut Serving,
    cancel: &CancellationToken,
) -> Outcome<Answer> {
    let late = tokio::time::sleep(request.patience);
    let seconds = i64::try_from(request.patience.as_secs()).unwrap_or(i64::MAX);
    progress(ConsentEvent::Opening {
        url: asked.url.to_string(),
        deadline: ports.clock.now().as_second().saturating_add(seconds),
    });
    let (browser, url) = (Arc::clone(&ports.browser), asked.url.to_string());
    // Starting a program can take seconds, and on some systems waits for the program to end.
    let mut opening = tokio::task::spawn_blocking(move || browser.open(&url));
    let mut opened = false;
    tokio::pin!(late);
    loop {
        tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(Problem::Cancelled),
            answer = serving.answer() => return answer,
            () = &mut late => {
                return Err(Problem::ConsentTimedOut { minutes: seconds / 60 });
            }
            result = &mut opening, if !opened => {
                opened = true;
                if let Err(fault) = result.map_err(anyhow::Error::from).flatten() {
                    // The system's words can quote the command; the link is nobody else's.
                    let words = format!("{fault:#}").replace(asked.url.as_str(), "[link]");
                    tracing::warn!("the browser could not be opened: {words}");
                    progress(ConsentEvent::BrowserNotOpened);
                }
            }
        }
    }
}

/// One request for consent and what its answer is held against.
struct Asked {
    url: Url,
    state: Secret,
    nonce: String,
    verifier: PkceCodeVerifier,
    redirect: RedirectUrl,
    scopes: Vec<String>,
    client: PublicClient,
    endpoints: Endpoints,
    authority: String,
}

impl Asked {
    fn new(
        request: &ConsentRequest,
        authority: &str,
        endpoints: Endpoints,
        redirect: String,
    ) -> Outcome<Self> {
        let client = public_client(request.client_id.trim(), &endpoints);
        let redirect = RedirectUrl::new(redirect).map_err(anyhow::Error::from)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        // 32 random bytes each.
        let nonce = CsrfToken::new_random_len(32).secret().clone();
        let mut scopes: Vec<String> = request
            .protocols
            .iter()
            .map(|protocol| request.cloud.scope(*protocol))
            .collect();
        scopes.sort();
        scopes.dedup();
        let language = request.language.code();
        let address = request.address.as_str();
        let mut ask = client
            .authorize_url(|| CsrfToken::new_random_len(32))
            .set_redirect_uri(Cow::Borrowed(&redirect))
            .set_pkce_challenge(challenge)
            .add_scopes(scopes.iter().cloned().map(Scope::new))
            .add_scopes(BESIDES.map(|scope| Scope::new(scope.to_owned())))
            .add_extra_param("nonce", nonce.as_str())
            .add_extra_param("response_mode", "query")
            // Never `consent`: it would ask the user again for what an administrator has granted.
            .add_extra_param("prompt", "select_account")
            .add_extra_param("login_hint", address)
            .add_extra_param("ui_locales", language);
        if endpoints.entra {
            ask = ask.add_extra_param("mkt", language);
        }
        let (url, state) = ask.url();
        Ok(Self {
            url,
            state: Secret::new(state.secret().clone()),
            nonce,
            verifier,
            redirect,
            scopes,
            client,
            endpoints,
            authority: authority.to_owned(),
        })
    }

    /// Redeems the answer and proves what came: who signed in, and what was granted.
    async fn prove(
        self,
        answer: Answer,
        request: &ConsentRequest,
        ports: &ConsentPorts,
    ) -> Outcome<Grant> {
        let invalid = |claim: &str| Problem::IdTokenInvalid {
            claim: claim.to_owned(),
        };
        // An answer of another service must not be taken to this one (RFC 9207).
        match &answer.issuer {
            Some(issuer) if !self.endpoints.issuer.admits(issuer, None) => {
                return Err(invalid("iss"));
            }
            None if self.endpoints.names_issuer => return Err(invalid("iss")),
            Some(_) | None => {}
        }
        let code = match answer.content {
            Content::Code(code) => code,
            Content::Refused(raw) => {
                return Err(diagnose(&evidence(Stage::OauthAuthorize, raw)).into());
            }
        };
        let redemption = Redemption {
            code,
            verifier: self.verifier,
            redirect: self.redirect,
        };
        let tokens = redeem(&self.client, &ports.http, redemption)
            .await
            .map_err(|fault| fault.into_problem(Stage::OauthToken, self.endpoints.host()))?;

        let id_token = tokens.id_token.ok_or_else(|| invalid("id_token"))?;
        let expected = Expected {
            issuer: &self.endpoints.issuer,
            client_id: request.client_id.trim(),
            nonce: &self.nonce,
            now: ports.clock.now(),
        };
        let identity = identity(&id_token, &expected)?;
        if !identity.is(&request.address) {
            return Err(Problem::WrongAccountSignedIn {
                expected: request.address.to_string(),
                actual: identity.signed_in_as().to_owned(),
            });
        }
        let granted = tokens.scopes.unwrap_or_else(|| self.scopes.clone());
        let missing = missing(&self.scopes, &granted);
        if !missing.is_empty() {
            return Err(Problem::ScopesMissing {
                scopes: missing.join(" "),
            });
        }
        Ok(Grant {
            refresh_token: tokens.refresh_token.ok_or(Problem::RefreshTokenMissing)?,
            renewed_at: ports.clock.now(),
            scopes: granted,
            signed_in_as: identity.signed_in_as().to_owned(),
            client_id: request.client_id.trim().to_owned(),
            authority: self.authority,
        })
    }
}

/// The asked scopes that were not granted. Microsoft does not echo [`BESIDES`], which therefore
/// are not asked about; the case of a scope is not told apart.
fn missing(asked: &[String], granted: &[String]) -> Vec<String> {
    let given = |scope: &&String| {
        granted
            .iter()
            .any(|given| given.eq_ignore_ascii_case(scope))
    };
    asked
        .iter()
        .filter(|scope| !given(scope))
        .cloned()
        .collect()
}
