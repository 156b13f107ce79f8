//! The OpenID Connect configuration and the public keys.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use serde_json::json;

use super::refusal::Refusal;
use super::{Answer, Named, named};
use crate::keys;
use crate::tenant::{TENANT_ID, Tenant};

/// `/{tenant}/v2.0/.well-known/openid-configuration`
pub(super) async fn configuration(
    State(tenant): State<Arc<Tenant>>,
    Path(name): Path<String>,
) -> Answer {
    if named(&name) == Named::Unknown {
        return Ok(Refusal {
            error: "invalid_tenant",
            ..Refusal::unknown_tenant(&name)
        }
        .json(&tenant)?);
    }
    let base = format!("{}/{name}", tenant.base());
    // For the shared names Entra writes the placeholder, and the id token has the real tenant.
    let shared = ["common", "organizations"].contains(&name.as_str());
    let issuer_tenant = if shared { "{tenantid}" } else { TENANT_ID };
    let body = json!({
        "issuer": format!("{}/{issuer_tenant}/v2.0", tenant.base()),
        "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{base}/oauth2/v2.0/token"),
        "device_authorization_endpoint": format!("{base}/oauth2/v2.0/devicecode"),
        "jwks_uri": format!("{base}/discovery/v2.0/keys"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "code_challenge_methods_supported": ["S256"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "nonce", "name", "email",
            "preferred_username", "oid", "tid", "ver",
        ],
    });
    Ok(Json(body).into_response())
}

/// `/{tenant}/discovery/v2.0/keys`
pub(super) async fn keys(State(tenant): State<Arc<Tenant>>) -> Answer {
    Ok(Json(keys::set(&tenant.issuer())?).into_response())
}
