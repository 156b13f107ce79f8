//! Whose a domain is: what a sign-in page asks for before it asks for a password. Anybody may ask,
//! and nothing tells whether a user exists.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use serde_json::json;

use super::Answer;
use crate::tenant::{DOMAIN, PERSONAL_DOMAIN, Tenant};

/// `/{tenant}/userrealm/{user}`
pub(super) async fn answer(
    State(tenant): State<Arc<Tenant>>,
    Path((_, user)): Path<(String, String)>,
) -> Answer {
    let domain = user.rsplit_once('@').map_or("", |(_, domain)| domain);
    let domain = domain.to_ascii_lowercase();
    tenant.note_asked("realm", &domain);
    let body = match domain.as_str() {
        DOMAIN => json!({
            "NameSpaceType": "Managed", "Login": user, "DomainName": domain,
            "FederationBrandName": "花ショップ（練習用）", "cloud_instance_name": "practice",
            "IsViral": false,
        }),
        PERSONAL_DOMAIN => json!({
            "NameSpaceType": "Federated", "Login": user, "DomainName": "live.com",
            "FederationBrandName": "MSA Realms", "ConsumerDomain": true,
        }),
        _ => json!({ "NameSpaceType": "Unknown", "Login": user }),
    };
    Ok(Json(body).into_response())
}
