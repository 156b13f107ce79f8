//! Redeeming an answer, and the proof that what came may be kept: who signed in, and what was
//! granted.

use super::asking::{Asked, Terms};
use super::{ConsentPorts, ConsentRequest, Signer};
use crate::authorization::Grant;
use crate::authorization::answer::{Answer, Content};
use crate::authorization::id_token::{Expected, identity};
use crate::authorization::state::evidence;
use crate::authorization::token::{Redemption, Tokens, redeem};
use crate::diagnosis::{Stage, diagnose};
use crate::problem::{Outcome, Problem};

impl Asked {
    /// Redeems the answer and proves what came.
    pub(super) async fn prove(
        self,
        answer: Answer,
        request: &ConsentRequest,
        ports: &ConsentPorts,
    ) -> Outcome<Grant> {
        let Self {
            verifier,
            redirect,
            terms,
            ..
        } = self;
        // An answer of another service must not be taken to this one (RFC 9207).
        match &answer.issuer {
            Some(issuer) if !terms.endpoints.issuer.admits(issuer, None) => {
                return Err(invalid("iss"));
            }
            None if terms.endpoints.names_issuer => return Err(invalid("iss")),
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
            verifier,
            redirect,
        };
        let tokens = redeem(&terms.client, &ports.http, redemption)
            .await
            .map_err(|fault| fault.into_problem(Stage::OauthToken, terms.endpoints.host()))?;
        terms.grant(tokens, Some(&terms.nonce), request, ports)
    }
}

impl Terms {
    /// Proves what came: who signed in, what was granted, and that it can be kept. `nonce` is what
    /// the id_token must carry; a code for another device has none (RFC 8628).
    pub(super) fn grant(
        &self,
        tokens: Tokens,
        nonce: Option<&str>,
        request: &ConsentRequest,
        ports: &ConsentPorts,
    ) -> Outcome<Grant> {
        let id_token = tokens.id_token.ok_or_else(|| invalid("id_token"))?;
        let expected = Expected {
            issuer: &self.endpoints.issuer,
            client_id: request.client_id.trim(),
            nonce,
            now: ports.clock.now(),
        };
        let identity = identity(&id_token, &expected)?;
        if let Some(person) = request.signs_in().filter(|person| !identity.is(person)) {
            let (expected, actual) = (person.to_string(), identity.signed_in_as().to_owned());
            return Err(match request.signer {
                Signer::Owner | Signer::Anybody => {
                    Problem::WrongAccountSignedIn { expected, actual }
                }
                Signer::Person(_) => Problem::WrongPersonSignedIn {
                    mailbox: request.address.to_string(),
                    expected,
                    actual,
                },
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
            authority: self.authority.clone(),
            kind: identity.kind(),
        })
    }
}

fn invalid(claim: &str) -> Problem {
    Problem::IdTokenInvalid {
        claim: claim.to_owned(),
    }
}

/// The asked scopes that were not granted. Microsoft does not echo `BESIDES`, which therefore
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
