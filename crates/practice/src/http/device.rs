//! The device flow: a program without a browser shows a code, and its user types it here.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse as _;
use serde_json::json;

use super::authorize::{begin, language, scopes};
use super::fields::Fields;
use super::refusal::Refusal;
use super::token::known_client;
use super::visit::{DEVICE_SECONDS, Purpose, Visit};
use super::{Answer, pages};
use crate::random;
use crate::tenant::{Tenant, lock};

/// Letters and digits that are not mistaken for each other.
const LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXYZ23456789";

/// POST `/{tenant}/oauth2/v2.0/devicecode`
pub(super) async fn issue(
    State(tenant): State<Arc<Tenant>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let fields = Fields::parse(&body);
    let wished = known_client(&name, &fields)
        .and_then(|()| fields.get("scope").ok_or_else(|| Refusal::missing("scope")))
        .and_then(scopes);
    let scopes = match wished {
        Ok(scopes) => scopes,
        Err(refusal) => return Ok(refusal.json(&tenant)?),
    };
    let user_code = user_code()?;
    let device_code = lock(&tenant.visits).begin_device(user_code.clone(), scopes)?;
    let page = format!("{}/devicelogin", tenant.base());
    let language = language(&tenant, &headers, &fields);
    let message = language.text(
        "practice-device-message",
        &[("page", &page), ("code", &user_code)],
    );
    let body = json!({
        "user_code": user_code, "device_code": device_code, "verification_uri": page,
        "expires_in": DEVICE_SECONDS, "interval": 5, "message": message,
    });
    Ok(Json(body).into_response())
}

fn user_code() -> anyhow::Result<String> {
    let random = random::text(9)?;
    let letter = |byte: u8| LETTERS.get(usize::from(byte) % LETTERS.len()).copied();
    Ok(random
        .bytes()
        .take(9)
        .filter_map(letter)
        .map(char::from)
        .collect())
}

/// GET `/devicelogin`
pub(super) async fn page(
    State(tenant): State<Arc<Tenant>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    pages::device(language(&tenant, &headers, &fields), false)
}

/// POST `/devicelogin`
pub(super) async fn enter(
    State(tenant): State<Arc<Tenant>>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let fields = Fields::parse(&body);
    let language = language(&tenant, &headers, &fields);
    let typed = fields.get("code").unwrap_or_default();
    let device = lock(&tenant.visits).device_by_user_code(typed).cloned();
    let Some(device) = device else {
        return pages::device(language, true);
    };
    let visit = Visit {
        purpose: Purpose::Device {
            user_code: device.user_code,
        },
        scopes: device.scopes,
        language,
        address: None,
        user: None,
    };
    begin(&tenant, visit, "")
}
