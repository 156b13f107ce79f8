//! The token endpoint: redeems codes, refresh tokens and device codes.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use serde_json::json;
use subtle::ConstantTimeEq as _;

use super::authorize::{MAIL_SCOPES, SIGN_IN_SCOPES, scopes};
use super::fields::Fields;
use super::refusal::Refusal;
use super::visit::DeviceState;
use super::{Answer, Named, named};
use crate::clock::precise;
use crate::fault::Fault;
use crate::grants::{ACCESS_LIFETIME, Access, CODE_LIFETIME, Grant, Unusable};
use crate::tenant::{CLIENT_ID, CLIENT_NAME, Tenant, lock, object_id, tenant_id};
use crate::{keys, random, register};

/// How long an answer takes while that fault is on.
pub(crate) const SLOWNESS: Duration = Duration::from_secs(3);
/// Octets of filling, so that an access token has well over 1,500 characters and a refresh token
/// well over 1,000: short ones hide faults of clients.
const ACCESS_FILLING: usize = 750;
const REFRESH_OCTETS: usize = 840;

/// What a request may have.
struct Due {
    grant: Grant,
    /// The scopes of this access token: those of the grant, or fewer.
    scopes: Vec<String>,
    nonce: Option<String>,
}

/// POST `/{tenant}/oauth2/v2.0/token`
pub(super) async fn answer(
    State(tenant): State<Arc<Tenant>>,
    Path(name): Path<String>,
    body: Bytes,
) -> Answer {
    if tenant.faults.is(Fault::Slow) {
        tokio::time::sleep(SLOWNESS).await;
    }
    let fields = Fields::parse(&body);
    match due(&tenant, &name, &fields) {
        Ok(due) => issue(&tenant, due),
        Err(refusal) => Ok(refusal.json(&tenant)?),
    }
}

/// Refuses clients that the tenant does not know.
pub(super) fn known_client(name: &str, fields: &Fields) -> Result<(), Refusal> {
    if named(name) == Named::Unknown {
        return Err(Refusal::unknown_tenant(name));
    }
    let client_id = fields
        .get("client_id")
        .ok_or_else(|| Refusal::missing("client_id"))?;
    if client_id != CLIENT_ID || named(name) == Named::Consumers {
        return Err(Refusal::unknown_client(client_id));
    }
    if fields.get("client_secret").is_some() || fields.get("client_assertion").is_some() {
        let sentence = "Client is public so neither 'client_assertion' nor 'client_secret' should \
                        be presented.";
        return Err(Refusal::new("invalid_client", 700_025, sentence));
    }
    Ok(())
}

fn due(tenant: &Tenant, name: &str, fields: &Fields) -> Result<Due, Refusal> {
    known_client(name, fields)?;
    match fields
        .get("grant_type")
        .ok_or_else(|| Refusal::missing("grant_type"))?
    {
        "authorization_code" => by_code(tenant, fields),
        "refresh_token" => by_refresh_token(tenant, fields),
        "urn:ietf:params:oauth:grant-type:device_code" => by_device_code(tenant, fields),
        other => {
            let sentence = format!("The grant type '{other}' is not served here.");
            Err(Refusal::new("unsupported_grant_type", 70_003, sentence))
        }
    }
}

fn by_code(tenant: &Tenant, fields: &Fields) -> Result<Due, Refusal> {
    let text = fields.get("code").ok_or_else(|| Refusal::missing("code"))?;
    let now = tenant.clock.now().as_microsecond();
    let mut grants = tenant.grants();
    let Some(code) = grants.code(text) else {
        let sentence = "The provided value for the 'code' parameter is not valid.";
        return Err(Refusal::new("invalid_grant", 9_002_313, sentence));
    };
    if code.redeemed {
        let sentence = "OAuth2 Authorization code was already redeemed, please retry with a new \
                        valid code or use an existing refresh token.";
        return Err(Refusal::new("invalid_grant", 54_005, sentence));
    }
    if now.saturating_sub(code.grant.issued) >= CODE_LIFETIME {
        let sentence = "The provided authorization code or refresh token has expired due to \
                        inactivity. Send a new interactive authorization request for this user \
                        and resource.";
        return Err(Refusal::new("invalid_grant", 70_008, sentence));
    }
    let redirect_uri = fields.get("redirect_uri").unwrap_or_default();
    if redirect_uri != code.redirect_uri {
        let sentence = format!(
            "The reply address '{redirect_uri}' does not match the reply address '{}' provided \
             when requesting Authorization code.",
            code.redirect_uri
        );
        return Err(Refusal::new("invalid_grant", 500_112, sentence));
    }
    let verifier = fields.exact("code_verifier").unwrap_or_default();
    register::secret("verifier", verifier);
    let proof = random::challenge(verifier);
    if !bool::from(proof.as_bytes().ct_eq(code.challenge.as_bytes())) {
        let sentence = "The Code_Verifier does not match the code_challenge supplied in the \
                        authorization request.";
        return Err(Refusal::new("invalid_grant", 501_481, sentence));
    }
    code.redeemed = true;
    let (grant, nonce) = (code.grant.clone(), code.nonce.clone());
    let scopes = narrowed(&grant, fields)?;
    Ok(Due {
        grant,
        scopes,
        nonce,
    })
}

fn by_refresh_token(tenant: &Tenant, fields: &Fields) -> Result<Due, Refusal> {
    let token = fields
        .get("refresh_token")
        .ok_or_else(|| Refusal::missing("refresh_token"))?;
    tenant.learn_if_unknown(token);
    let now = tenant.clock.now().as_microsecond();
    let judged = tenant.grants().usable(token, now, tenant.faults.since());
    let grant = judged.map_err(unusable)?;
    let scopes = narrowed(&grant, fields)?;
    Ok(Due {
        grant,
        scopes,
        nonce: None,
    })
}

fn unusable(why: Unusable) -> Refusal {
    match why {
        Unusable::Unknown => {
            let sentence = "The provided refresh token is malformed or is not valid.";
            Refusal::new("invalid_grant", 9_002_313, sentence)
        }
        Unusable::Lapsed { issued } => {
            let sentence = format!(
                "The refresh token has expired due to inactivity. The token was issued on {} and \
                 was inactive for 90.00:00:00.",
                precise(issued)
            );
            Refusal::new("invalid_grant", 700_082, sentence).suberror("bad_token")
        }
        Unusable::Revoked { issued, valid_from } => {
            let sentence = format!(
                "The provided grant has expired due to it being revoked, a fresh auth token is \
                 needed. The user might have changed or reset their password. The grant was \
                 issued on '{}' and the TokensValidFrom date (before which tokens are not valid) \
                 for this user is '{}'.",
                precise(issued),
                precise(valid_from)
            );
            Refusal::new("invalid_grant", 50_173, sentence).suberror("bad_token")
        }
        Unusable::SecondFactor => {
            let sentence = "Due to a configuration change made by your administrator, or because \
                            you moved to a new location, you must use multi-factor authentication \
                            to access '00000002-0000-0ff1-ce00-000000000000'.";
            Refusal::new("invalid_grant", 50_076, sentence).suberror("basic_action")
        }
    }
}

fn by_device_code(tenant: &Tenant, fields: &Fields) -> Result<Due, Refusal> {
    let code = fields
        .get("device_code")
        .ok_or_else(|| Refusal::missing("device_code"))?;
    let mut visits = lock(&tenant.visits);
    let device = visits.device(code).filter(|device| !device.expired());
    let Some(device) = device else {
        let sentence = "The provided value for the input parameter 'device_code' is not valid. \
                        This device code has expired.";
        return Err(Refusal::new("expired_token", 70_020, sentence));
    };
    let user = match &device.state {
        DeviceState::Pending => {
            let sentence =
                "OAuth 2.0 device flow error. Authorization is pending. Continue polling.";
            return Err(Refusal::new("authorization_pending", 70_016, sentence));
        }
        DeviceState::Declined => {
            let sentence = "The user declined the request of the device.";
            return Err(Refusal::new("authorization_declined", 70_018, sentence));
        }
        DeviceState::Granted { user } => user.clone(),
    };
    let scopes = device.scopes.clone();
    visits.end_device(code);
    let client_id = CLIENT_ID.to_owned();
    let grant = Grant {
        user,
        client_id,
        scopes: scopes.clone(),
        issued: tenant.clock.stamp(),
    };
    Ok(Due {
        grant,
        scopes,
        nonce: None,
    })
}

/// The asked scopes, which may be fewer than the granted ones but not others.
fn narrowed(grant: &Grant, fields: &Fields) -> Result<Vec<String>, Refusal> {
    let Some(asked) = fields.get("scope") else {
        return Ok(grant.scopes.clone());
    };
    let asked = scopes(asked)?;
    let granted =
        |scope: &String| grant.scopes.contains(scope) || SIGN_IN_SCOPES.contains(&scope.as_str());
    if asked.iter().all(granted) {
        return Ok(asked);
    }
    let sentence = "The request was denied because one or more scopes requested are unauthorized \
                    or expired. The user must first sign in and grant the client application \
                    access to the requested scope.";
    Err(Refusal::new("invalid_grant", 70_000, sentence))
}

fn issue(tenant: &Tenant, due: Due) -> Answer {
    let Due {
        grant,
        scopes,
        nonce,
    } = due;
    let issued = tenant.clock.stamp();
    let now = issued / 1_000_000;
    let access_token = access_token(tenant, &grant, &scopes, now)?;
    let mut answer = json!({
        "token_type": "Bearer",
        "scope": scopes.join(" "),
        "expires_in": ACCESS_LIFETIME / 1_000_000 - 1,
        "ext_expires_in": ACCESS_LIFETIME / 1_000_000 - 1,
        "access_token": access_token,
    });
    let has = |scope: &str| grant.scopes.iter().any(|granted| granted == scope);
    let id_token = has("openid")
        .then(|| id_token(tenant, &grant, nonce, now))
        .transpose()?;
    let refresh_token = has("offline_access")
        .then(|| random::text(REFRESH_OCTETS))
        .transpose()?;
    let refresh_token = refresh_token.map(|text| format!("1.{text}"));

    register::secret("access token", &access_token);
    if let Some(token) = &refresh_token {
        register::secret("refresh token", token);
    }
    let expires = issued.saturating_add(ACCESS_LIFETIME);
    let access = Access {
        user: grant.user.clone(),
        scopes,
        expires,
    };
    tenant.grants().put_access(&access_token, access);
    if let Some(token) = &refresh_token {
        // The old one stays good, as at Entra: each lapses by its own 90 days.
        tenant
            .grants()
            .put_refresh(token, Grant { issued, ..grant });
        tenant.save()?;
    }
    if let Some(answer) = answer.as_object_mut() {
        let mut put = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                answer.insert(name.to_owned(), value.into());
            }
        };
        put("refresh_token", refresh_token);
        put("id_token", id_token);
    }
    Ok(Json(answer).into_response())
}

/// JWT-like with the claims that a diagnosis may want to read, but known by its digest only.
fn access_token(
    tenant: &Tenant,
    grant: &Grant,
    scopes: &[String],
    now: i64,
) -> anyhow::Result<String> {
    let mail = scopes
        .iter()
        .filter(|scope| MAIL_SCOPES.contains(&scope.as_str()));
    let rights: Vec<&str> = mail
        .filter_map(|scope| scope.rsplit_once('/'))
        .map(|(_, right)| right)
        .collect();
    keys::sign(&json!({
        "aud": "https://outlook.office.com",
        "iss": tenant.issuer_of(tenant_id(&grant.user)),
        "iat": now, "nbf": now, "exp": now + ACCESS_LIFETIME / 1_000_000,
        "appid": grant.client_id, "app_displayname": CLIENT_NAME,
        "idtyp": "user", "oid": object_id(&grant.user), "tid": tenant_id(&grant.user),
        "upn": grant.user, "unique_name": grant.user,
        "scp": rights.join(" "), "ver": "1.0",
        "practice": random::text(ACCESS_FILLING)?,
    }))
}

fn id_token(
    tenant: &Tenant,
    grant: &Grant,
    nonce: Option<String>,
    now: i64,
) -> anyhow::Result<String> {
    let local = grant.user.split('@').next().unwrap_or_default();
    let mut claims = json!({
        "ver": "2.0", "iss": tenant.issuer_of(tenant_id(&grant.user)), "aud": grant.client_id,
        "iat": now, "nbf": now, "exp": now + ACCESS_LIFETIME / 1_000_000,
        "sub": random::challenge(&format!("{} at {}", grant.user, grant.client_id)),
        "oid": object_id(&grant.user), "tid": tenant_id(&grant.user),
        "preferred_username": grant.user, "email": grant.user,
        "name": format!("練習用 {local}"),
    });
    if let (Some(nonce), Some(claims)) = (nonce, claims.as_object_mut()) {
        claims.insert("nonce".to_owned(), nonce.into());
    }
    keys::sign(&claims)
}
