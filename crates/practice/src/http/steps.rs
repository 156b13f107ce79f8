//! The steps between the pages of a sign-in, and the answer to the application at its end.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use url::Url;

use super::fields::Fields;
use super::refusal::Refusal;
use super::visit::{DeviceState, Purpose, ResponseMode, Return, Visit};
use super::{Answer, pages};
use crate::fault::Fault;
use crate::grants::{Code, Grant};
use crate::tenant::{CLIENT_ID, TENANT_ID, Tenant, lock};
use crate::texts::PracticeLanguage;
use crate::{random, register};

/// The pressed button of any page.
pub(super) async fn take(State(tenant): State<Arc<Tenant>>, body: Bytes) -> Answer {
    let fields = Fields::parse(&body);
    let id = fields.get("visit").unwrap_or_default();
    let Some(visit) = lock(&tenant.visits).find(id).cloned() else {
        return ended(tenant.language);
    };
    match fields.get("act").unwrap_or_default() {
        "pick" => pick(&tenant, id, visit, &fields),
        "other" => pages::address(id, &visit, "", false),
        "password" => signed_in(&tenant, id, visit),
        "accept" => match visit.user.clone() {
            Some(user) => accept(&tenant, id, &visit, user),
            None => ended(visit.language),
        },
        "decline" if visit.user.is_some() => decline(&tenant, id, &visit),
        "back" => turn_back(&tenant, id, &visit),
        _ => ended(visit.language),
    }
}

/// A page for a form whose sign-in is over, was lost or never existed.
fn ended(language: PracticeLanguage) -> Answer {
    let mut page = pages::notice(language, "practice-ended", &[])?;
    *page.status_mut() = StatusCode::BAD_REQUEST;
    Ok(page)
}

fn pick(tenant: &Tenant, id: &str, mut visit: Visit, fields: &Fields) -> Answer {
    let typed = fields.get("address").unwrap_or_default();
    let Some(address) = Tenant::own_address(typed) else {
        return pages::address(id, &visit, typed, true);
    };
    visit.address = Some(address.clone());
    visit.user = None;
    keep(tenant, id, &visit);
    pages::password(id, &visit, &address)
}

/// After the password: who it really is, and whether that user may consent.
fn signed_in(tenant: &Tenant, id: &str, mut visit: Visit) -> Answer {
    let Some(chosen) = visit.address.clone() else {
        return pages::picker(id, &visit);
    };
    let address = tenant.signs_in_as(&chosen);
    if tenant.approval_needed() {
        return pages::approval_needed(id, &visit, &address);
    }
    visit.user = Some(address.clone());
    keep(tenant, id, &visit);
    pages::consent(
        id,
        &visit,
        &address,
        tenant.faults.since().map(|(fault, _)| fault),
    )
}

fn keep(tenant: &Tenant, id: &str, visit: &Visit) {
    if let Some(kept) = lock(&tenant.visits).find(id) {
        *kept = visit.clone();
    }
}

fn accept(tenant: &Tenant, id: &str, visit: &Visit, user: String) -> Answer {
    if tenant.faults.is(Fault::ConsentDeclined) {
        return decline(tenant, id, visit);
    }
    lock(&tenant.visits).end(id);
    match &visit.purpose {
        Purpose::Authorize {
            back,
            challenge,
            nonce,
        } => {
            let grant = Grant {
                user,
                client_id: CLIENT_ID.to_owned(),
                scopes: visit.scopes.clone(),
                issued: tenant.clock.stamp(),
            };
            let code = format!("1.{}", random::text(480)?);
            register::secret("code", &code);
            let value = Code {
                grant,
                redirect_uri: back.redirect_uri.clone(),
                challenge: challenge.clone(),
                nonce: nonce.clone(),
                redeemed: false,
            };
            tenant.grants().put_code(&code, value);
            let session = random::guid()?;
            let answer = [("code", code), ("session_state", session)];
            send_back(visit.language, back, &answer)
        }
        Purpose::Device { user_code } => {
            settle(tenant, user_code, DeviceState::Granted { user });
            pages::notice(visit.language, "practice-device-done", &[])
        }
        Purpose::AdminConsent { back } => {
            tenant.approve();
            let answer = [
                ("admin_consent", "True".to_owned()),
                ("tenant", TENANT_ID.to_owned()),
                ("scope", visit.scopes.join(" ")),
            ];
            send_back(visit.language, back, &answer)
        }
    }
}

fn decline(tenant: &Tenant, id: &str, visit: &Visit) -> Answer {
    let sentence = "User declined to consent to access the app.";
    let refusal = Refusal::new("consent_required", 65_004, sentence);
    finish_refused(tenant, id, visit, &refusal)
}

/// "Back" before the consent page, or on the page that asks for an administrator.
fn turn_back(tenant: &Tenant, id: &str, visit: &Visit) -> Answer {
    let refusal = if tenant.approval_needed() {
        let sentence =
            "Admin consent is required for the permissions requested by this application.";
        Refusal::new("access_denied", 90_094, sentence)
    } else {
        let sentence =
            "The user has denied access to the scope requested by the client application.";
        Refusal::new("access_denied", 65_004, sentence)
    };
    finish_refused(tenant, id, visit, &refusal)
}

fn finish_refused(tenant: &Tenant, id: &str, visit: &Visit, refusal: &Refusal) -> Answer {
    lock(&tenant.visits).end(id);
    match &visit.purpose {
        Purpose::Authorize { back, .. } | Purpose::AdminConsent { back } => {
            refuse(tenant, visit.language, back, refusal)
        }
        Purpose::Device { user_code } => {
            settle(tenant, user_code, DeviceState::Declined);
            pages::notice(visit.language, "practice-device-declined", &[])
        }
    }
}

fn settle(tenant: &Tenant, user_code: &str, state: DeviceState) {
    if let Some(device) = lock(&tenant.visits).device_by_user_code(user_code) {
        device.state = state;
    }
}

/// Sends a refusal to the application.
pub(super) fn refuse(
    tenant: &Tenant,
    language: PracticeLanguage,
    back: &Return,
    refusal: &Refusal,
) -> Answer {
    let answer = [
        ("error", refusal.error.to_owned()),
        ("error_description", refusal.description(tenant)?),
        (
            "error_uri",
            format!("{}/error?code={}", tenant.base(), refusal.number),
        ),
    ];
    send_back(language, back, &answer)
}

fn send_back(language: PracticeLanguage, back: &Return, answer: &[(&str, String)]) -> Answer {
    let state = back.state.iter().map(|state| ("state", state.clone()));
    let answer: Vec<(&str, String)> = answer.iter().cloned().chain(state).collect();
    match back.mode {
        ResponseMode::Query => {
            let mut url = Url::parse(&back.redirect_uri)?;
            url.query_pairs_mut().extend_pairs(&answer);
            // 302 after a POST is what Entra sends, and every browser makes a GET of it.
            let response: Response =
                (StatusCode::FOUND, [(LOCATION, url.to_string())]).into_response();
            Ok(response)
        }
        ResponseMode::FormPost => pages::form_post(language, &back.redirect_uri, &answer),
    }
}
