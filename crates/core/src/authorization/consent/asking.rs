//! The question: the link to the sign-in page, and what its answer is held against.

use std::borrow::Cow;

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use url::Url;

use super::ConsentRequest;
use crate::account::MailAddress;
use crate::authorization::endpoints::Endpoints;
use crate::authorization::token::{PublicClient, public_client};
use crate::kind::{AccountKind, by_domain};
use crate::problem::Outcome;
use crate::secret::Secret;

/// Asked for beside the protocols: a refresh token, and who signed in.
const BESIDES: [&str; 4] = ["offline_access", "openid", "profile", "email"];

/// One request for consent and what its answer is held against.
pub(super) struct Asked {
    /// The link.
    pub(super) url: Url,
    /// Comes back with the answer.
    pub(super) state: Secret,
    /// PKCE's other half.
    pub(super) verifier: PkceCodeVerifier,
    /// Where the browser is sent back to.
    pub(super) redirect: RedirectUrl,
    /// What holds whichever way the answer takes.
    pub(super) terms: Terms,
}

/// What a grant is held against, whichever way it came.
pub(super) struct Terms {
    /// Comes back in the id_token, where the browser was asked.
    pub(super) nonce: String,
    /// What must be granted.
    pub(super) scopes: Vec<String>,
    /// Who asks.
    pub(super) client: PublicClient,
    /// Where.
    pub(super) endpoints: Endpoints,
    /// The authority, to be kept with the grant.
    pub(super) authority: String,
}

impl Asked {
    /// Makes the link: fresh `state`, `nonce` and PKCE verifier, and what the account needs.
    pub(super) fn new(
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
            .add_extra_param("ui_locales", language);
        if let Some(person) = request.signs_in() {
            ask = ask.add_extra_param("login_hint", person.as_str());
        }
        if endpoints.entra {
            ask = ask.add_extra_param("mkt", language);
            // Spares the question whether the account is for work or personal.
            let personal =
                |person: &MailAddress| by_domain(&person.domain()) == AccountKind::Personal;
            if request.signs_in().is_some_and(personal) {
                ask = ask.add_extra_param("domain_hint", "consumers");
            }
        }
        let (url, state) = ask.url();
        Ok(Self {
            url,
            state: Secret::new(state.secret().clone()),
            verifier,
            redirect,
            terms: Terms {
                nonce,
                scopes,
                client,
                endpoints,
                authority: authority.to_owned(),
            },
        })
    }
}

impl Terms {
    /// Everything that is asked for, as one text (RFC 6749, section 3.3).
    pub(super) fn scope(&self) -> String {
        let own = self.scopes.iter().map(String::as_str);
        own.chain(BESIDES).collect::<Vec<_>>().join(" ")
    }
}
