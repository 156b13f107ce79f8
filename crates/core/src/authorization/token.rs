//! Speaking to the sign-in service: its answers are bounded, must be JSON, and are sorted into
//! what came, what was refused, and what says nothing about the authorization (the network, an
//! overloaded server, a hotel's sign-in page in between).

use std::sync::OnceLock;
use std::time::Duration;

use futures_util::future::BoxFuture;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AsyncHttpClient, AuthType, AuthUrl, AuthorizationCode, Client, ClientId, EndpointNotSet,
    EndpointSet, ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl,
    RefreshToken, RequestTokenError, Scope, StandardRevocableToken, StandardTokenResponse,
    TokenResponse, TokenUrl,
};
use serde::{Deserialize, Serialize};
use url::Url;

use super::endpoints::Endpoints;
use super::renewal::Hindrance;
use super::retry_after::RetryAfter;
use super::state::evidence;
use crate::clock::{Clock as _, SystemClock};
use crate::diagnosis::{Stage, diagnose};
use crate::problem::Problem;
use crate::secret::Secret;
use crate::tls::read_limited;

/// The longest answer that is read. Three tokens of 4,000 characters fit several times.
const MAX_ANSWER: usize = 256 * 1024;
/// What is kept of a refusal, for the report.
const MAX_RAW: usize = 8 * 1024;
/// The life of an access token whose answer does not tell it (RFC 6749 only recommends to).
const UNTOLD_LIFE: Duration = Duration::from_secs(10 * 60);

/// What the token endpoint gave.
#[derive(Debug)]
pub(super) struct Tokens {
    /// For the mail servers.
    pub(super) access_token: Secret,
    /// How long it lives.
    pub(super) expires_in: Duration,
    /// The next refresh token, if one came.
    pub(super) refresh_token: Option<Secret>,
    /// Who signed in, if it came.
    pub(super) id_token: Option<Secret>,
    /// What was granted; `None` means all that was asked for (RFC 6749, section 5.1).
    pub(super) scopes: Option<Vec<String>>,
    /// By how many seconds this computer's clock is ahead of the answer's `Date`.
    pub(super) clock_ahead: Option<i64>,
}

/// Why no answer came that could be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// Nothing answered, or nothing that is understood: it says nothing about the authorization.
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// Somebody answered, but not about the authorization: an overloaded service, a hotel's page.
    #[error("no answer: {said}")]
    Busy {
        /// What it was.
        said: String,
        /// When the service may be asked again.
        retry_after: Option<RetryAfter>,
    },
    /// There is no such page.
    #[error("not there")]
    NotThere,
    /// An OAuth error.
    #[error("refused: {error}")]
    Refused {
        /// Its code.
        error: String,
        /// The whole answer.
        raw: String,
        /// Whether it is about the moment, not about the authorization.
        passing: bool,
        /// When the service may be asked again.
        retry_after: Option<RetryAfter>,
    },
}

impl Fault {
    /// Whether a refresh token is of no more use: only by the sign-in service's own word that it
    /// is not valid, or that a person has to sign in again.
    pub(super) fn costs_the_authorization(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Busy { .. } | Self::NotThere => false,
            Self::Refused { error, passing, .. } => {
                !passing
                    && matches!(
                        error.as_str(),
                        "invalid_grant"
                            | "interaction_required"
                            | "login_required"
                            | "consent_required"
                    )
            }
        }
    }

    /// The problem the user meets; `stage` is what was being done.
    pub(super) fn into_problem(self, stage: Stage, host: &str) -> Problem {
        match self {
            Self::Refused { raw, .. } => diagnose(&evidence(stage, raw)).into(),
            Self::Unreachable(_) | Self::Busy { .. } | Self::NotThere => self.into_problem_of(host),
        }
    }

    /// What kept a renewal from succeeding.
    pub(super) fn into_hindrance(self, host: &str) -> Hindrance {
        let retry_after = match &self {
            Self::Busy { retry_after, .. } | Self::Refused { retry_after, .. } => *retry_after,
            Self::Unreachable(_) | Self::NotThere => None,
        };
        Hindrance {
            problem: self.into_problem(Stage::OauthRefresh, host),
            retry_after,
        }
    }

    /// As [`into_problem`](Self::into_problem), where no OAuth error can have come.
    pub(super) fn into_problem_of(self, host: &str) -> Problem {
        let detail = match self {
            Self::Unreachable(detail) | Self::Busy { said: detail, .. } => detail,
            Self::NotThere => "no such page".to_owned(),
            Self::Refused { error, .. } => error,
        };
        Problem::SignInUnreachable {
            host: host.to_owned(),
            detail,
        }
    }
}

/// The id_token beside the tokens of OAuth. Never printed.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct WithIdToken {
    id_token: Option<String>,
}

impl std::fmt::Debug for WithIdToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WithIdToken")
    }
}

impl ExtraTokenFields for WithIdToken {}

/// A public client of the sign-in service: it has no secret.
pub(super) type PublicClient = Client<
    BasicErrorResponse,
    StandardTokenResponse<WithIdToken, BasicTokenType>,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// Makes the client of an application at some endpoints.
pub(super) fn public_client(client_id: &str, endpoints: &Endpoints) -> PublicClient {
    Client::new(ClientId::new(client_id.to_owned()))
        .set_auth_type(AuthType::RequestBody)
        .set_auth_uri(AuthUrl::from_url(endpoints.authorize.clone()))
        .set_token_uri(TokenUrl::from_url(endpoints.token.clone()))
}

/// A code, and what proves that it was asked for here.
pub(super) struct Redemption {
    /// From the browser.
    pub(super) code: Secret,
    /// PKCE's other half.
    pub(super) verifier: PkceCodeVerifier,
    /// The same as when the code was asked for.
    pub(super) redirect: RedirectUrl,
}

/// Redeems a code. Performs I/O.
pub(super) async fn redeem(
    client: &PublicClient,
    http: &reqwest::Client,
    redemption: Redemption,
) -> Result<Tokens, Fault> {
    let Redemption {
        code,
        verifier,
        redirect,
    } = redemption;
    let door = Door {
        http: http.clone(),
        hidden: vec![code.clone(), Secret::new(verifier.secret().clone())],
        clock_ahead: OnceLock::new(),
    };
    let answer = client
        .exchange_code(AuthorizationCode::new(code.expose().to_owned()))
        .set_pkce_verifier(verifier)
        .set_redirect_uri(std::borrow::Cow::Borrowed(&redirect))
        .request_async(&door)
        .await;
    sort(answer, door.clock_ahead.get().copied())
}

/// Buys an access token with a refresh token. `scopes` empty asks for what was granted before
/// (RFC 6749, section 6). Performs I/O.
pub(super) async fn refresh(
    client: &PublicClient,
    http: &reqwest::Client,
    token: &Secret,
    scopes: &[String],
) -> Result<Tokens, Fault> {
    let refresh_token = RefreshToken::new(token.expose().to_owned());
    let door = Door {
        http: http.clone(),
        hidden: vec![token.clone()],
        clock_ahead: OnceLock::new(),
    };
    let answer = client
        .exchange_refresh_token(&refresh_token)
        .add_scopes(scopes.iter().cloned().map(Scope::new))
        .request_async(&door)
        .await;
    sort(answer, door.clock_ahead.get().copied())
}

/// Posts a form to the sign-in service: for what `oauth2` does not ask one step at a time. What is
/// given is a JSON object without an error. Performs I/O.
pub(super) async fn post_form(
    http: &reqwest::Client,
    url: &Url,
    form: &[(&str, &str)],
    hidden: &[Secret],
) -> Result<Reply, Fault> {
    let request = http.post(url.clone()).header("accept", "application/json");
    let reply = talk(request.form(form)).await?;
    reply.judge(hidden)?;
    Ok(reply)
}

/// Reads a token answer that came by [`post_form`].
pub(super) fn tokens_of(reply: &Reply) -> Result<Tokens, Fault> {
    // The parser's words can quote a token.
    let answer = serde_json::from_slice(&reply.body)
        .map_err(|_| Fault::Unreachable("the answer is not understood".to_owned()))?;
    sort(Ok(answer), reply.clock_ahead)
}

/// Gets a JSON document. Performs I/O.
pub(super) async fn fetch_json(
    http: &reqwest::Client,
    url: Url,
) -> Result<serde_json::Value, Fault> {
    let request = http.get(url).header("accept", "application/json");
    let reply = talk(request).await?;
    match reply.status {
        200 => serde_json::from_slice(&reply.body).map_err(|_| Fault::NotThere),
        408 | 425 | 429 => Err(reply.busy("")),
        300..500 => Err(Fault::NotThere),
        _ => Err(reply.busy("")),
    }
}

type Answer = Result<
    StandardTokenResponse<WithIdToken, BasicTokenType>,
    RequestTokenError<Fault, BasicErrorResponse>,
>;

fn sort(answer: Answer, clock_ahead: Option<i64>) -> Result<Tokens, Fault> {
    let answer = answer.map_err(|fault| match fault {
        RequestTokenError::Request(fault) => fault,
        // Only where it went wrong: the parser's words can quote a token.
        RequestTokenError::Parse(fault, _) => {
            Fault::Unreachable(format!("the answer's {} is not understood", fault.path()))
        }
        RequestTokenError::ServerResponse(_) | RequestTokenError::Other(_) => {
            Fault::Unreachable("the answer is not understood".to_owned())
        }
    })?;
    let secret = |token: &String| Secret::new(token.clone());
    let words = |scopes: &Vec<Scope>| scopes.iter().map(|scope| scope.to_string()).collect();
    Ok(Tokens {
        access_token: secret(answer.access_token().secret()),
        expires_in: answer.expires_in().unwrap_or(UNTOLD_LIFE),
        refresh_token: answer
            .refresh_token()
            .map(|token| secret(token.secret()))
            .filter(|token| !token.is_empty()),
        id_token: answer.extra_fields().id_token.as_ref().map(secret),
        scopes: answer.scopes().map(words),
        clock_ahead,
    })
}

/// `oauth2`'s way out to the token endpoint.
struct Door {
    http: reqwest::Client,
    /// What is sent and must not be shown, should the answer quote it.
    hidden: Vec<Secret>,
    /// By how many seconds this computer's clock is ahead of the answer's `Date`.
    clock_ahead: OnceLock<i64>,
}

impl<'c> AsyncHttpClient<'c> for Door {
    type Error = Fault;
    type Future = BoxFuture<'c, Result<HttpResponse, Fault>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(post(self, request))
    }
}

/// Sends a token request of `oauth2`'s and lets only a JSON object without an error through.
async fn post(door: &Door, request: HttpRequest) -> Result<HttpResponse, Fault> {
    let (parts, body) = request.into_parts();
    let request = door
        .http
        .post(parts.uri.to_string())
        .headers(parts.headers)
        .body(body);
    let reply = talk(request).await?;
    if let Some(seconds) = reply.clock_ahead {
        door.clock_ahead.set(seconds).ok();
    }
    reply.judge(&door.hidden)?;
    let mut answer = HttpResponse::new(reply.body);
    // It is JSON, whatever it was called.
    let json = oauth2::http::HeaderValue::from_static("application/json");
    answer.headers_mut().insert("content-type", json);
    Ok(answer)
}

/// A whole answer, as it came.
#[derive(Debug)]
pub(super) struct Reply {
    /// The HTTP status.
    pub(super) status: u16,
    /// When the service may be asked again.
    pub(super) retry_after: Option<RetryAfter>,
    /// By how many seconds this computer's clock is ahead of it.
    pub(super) clock_ahead: Option<i64>,
    /// The body.
    pub(super) body: Vec<u8>,
}

impl Reply {
    /// Whether it is a JSON object without an error, and if not, what it says.
    pub(super) fn judge(&self, hidden: &[Secret]) -> Result<(), Fault> {
        let Ok(serde_json::Value::Object(answer)) = serde_json::from_slice(&self.body) else {
            return Err(self.busy(", not JSON"));
        };
        if let Some(error) = answer.get("error") {
            let error = error.as_str().unwrap_or_default().to_owned();
            return Err(Fault::Refused {
                passing: passing(self.status, &error),
                raw: readable(&self.body, hidden),
                error,
                retry_after: self.retry_after,
            });
        }
        if !(200..300).contains(&self.status) {
            return Err(self.busy(""));
        }
        Ok(())
    }

    fn busy(&self, what: &str) -> Fault {
        Fault::Busy {
            said: format!("HTTP {}{what}", self.status),
            retry_after: self.retry_after,
        }
    }
}

/// Sends a request and reads the whole answer.
async fn talk(request: reqwest::RequestBuilder) -> Result<Reply, Fault> {
    let response = request.send().await.map_err(|fault| said(&fault))?;
    Ok(Reply {
        status: response.status().as_u16(),
        retry_after: RetryAfter::of(response.headers()),
        clock_ahead: clock_ahead(response.headers()),
        body: read_limited(response, MAX_ANSWER)
            .await
            .map_err(|fault| said(&fault))?,
    })
}

/// By how many seconds this computer's clock is ahead of an answer's `Date` (RFC 9110 6.6.1). It is
/// the computer's clock that counts, as certificates are judged by it.
fn clock_ahead(headers: &reqwest::header::HeaderMap) -> Option<i64> {
    let date = headers.get(reqwest::header::DATE)?.to_str().ok()?;
    let theirs = jiff::fmt::rfc2822::parse(date).ok()?.timestamp();
    Some(SystemClock.now().duration_since(theirs).as_secs())
}

/// Whether an error is about the moment. RFC 6749, section 4.1.2.1; RFC 9110, section 15.
fn passing(status: u16, error: &str) -> bool {
    status >= 500
        || matches!(status, 408 | 425 | 429)
        || matches!(
            error,
            "temporarily_unavailable" | "server_error" | "slow_down"
        )
}

/// The chain of an error, without the address it is about: that stands beside it.
fn said(fault: &(dyn std::error::Error + 'static)) -> Fault {
    let mut words = Vec::new();
    let mut next = Some(fault);
    while let Some(fault) = next {
        // reqwest's own line repeats the address; what lies below it tells the reason.
        if fault.downcast_ref::<reqwest::Error>().is_none() {
            words.push(fault.to_string());
        } else if fault.source().is_none() {
            words.push("no answer".to_owned());
        }
        next = fault.source();
    }
    words.dedup();
    Fault::Unreachable(words.join(": "))
}

/// A refusal's text for the report: bounded, and free of what was sent, should it be quoted.
fn readable(body: &[u8], hidden: &[Secret]) -> String {
    let text = String::from_utf8_lossy(body);
    let text = hidden
        .iter()
        .filter(|secret| !secret.is_empty())
        .fold(text.into_owned(), |text, secret| {
            text.replace(secret.expose(), "[secret]")
        });
    text.chars().take(MAX_RAW).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, error: &str) -> Fault {
        Fault::Refused {
            error: error.to_owned(),
            raw: String::new(),
            passing: passing(status, error),
            retry_after: None,
        }
    }

    #[test]
    fn only_the_services_own_word_costs_an_authorization() {
        for (status, error) in [
            (400, "invalid_grant"),
            (401, "invalid_grant"),
            (400, "interaction_required"),
        ] {
            assert!(refused(status, error).costs_the_authorization(), "{error}");
        }
        for (status, error) in [
            (500, "invalid_grant"),
            (429, "invalid_grant"),
            (408, "invalid_grant"),
            (400, "temporarily_unavailable"),
            (400, "server_error"),
            (400, "invalid_request"),
            (401, "invalid_client"),
            (400, "unauthorized_client"),
            (400, "invalid_scope"),
        ] {
            assert!(
                !refused(status, error).costs_the_authorization(),
                "{status} {error}"
            );
        }
        assert!(!Fault::Unreachable("HTTP 400, not JSON".to_owned()).costs_the_authorization());
    }

    #[test]
    fn a_quoted_secret_is_taken_out_of_a_refusal() {
        let hidden = [Secret::new("s3cr3t".to_owned()), Secret::new(String::new())];
        assert_eq!(
            readable(b"{\"error_description\":\"bad code s3cr3t\"}", &hidden),
            r#"{"error_description":"bad code [secret]"}"#
        );
        assert_eq!(readable(&[b'x'; 20_000], &hidden).len(), MAX_RAW);
    }
}
