//! The web half: sign-in pages, token endpoint and discovery, plain http on loopback.

mod authorize;
mod device;
mod discovery;
mod fields;
mod pages;
mod realm;
mod refusal;
mod steps;
mod token;
pub(crate) mod visit;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{CACHE_CONTROL, HOST, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};

use crate::tenant::{DOMAIN, PERSONAL_TENANT_ID, TENANT_ID, Tenant};

/// No form of ours is larger; a token request holds a refresh token of some thousand characters.
const BODY_LIMIT: usize = 64 * 1024;

/// The routes.
pub(crate) fn router(tenant: Arc<Tenant>) -> Router {
    Router::new()
        .route(
            "/{tenant}/oauth2/v2.0/authorize",
            get(authorize::by_query).post(authorize::by_form),
        )
        .route("/{tenant}/oauth2/v2.0/token", post(token::answer))
        .route("/{tenant}/oauth2/v2.0/devicecode", post(device::issue))
        .route("/devicelogin", get(device::page).post(device::enter))
        .route("/practice/step", post(steps::take))
        .route("/practice/apps", get(authorize::apps))
        .route("/{tenant}/v2.0/adminconsent", get(authorize::admin_consent))
        .route(
            "/{tenant}/v2.0/.well-known/openid-configuration",
            get(discovery::configuration),
        )
        .route("/{tenant}/discovery/v2.0/keys", get(discovery::keys))
        .route("/{tenant}/userrealm/{user}", get(realm::answer))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::map_response(harden))
        .layer(from_fn(only_by_our_name))
        .layer(from_fn_with_state(Arc::clone(&tenant), log))
        .with_state(tenant)
}

/// A page of some other site may not reach the practice tenant under a name of its own.
async fn only_by_our_name(request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if ["127.0.0.1", "localhost", "[::1]"].contains(&name) {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}

async fn harden(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Method and path only: queries and bodies hold tokens.
async fn log(State(_): State<Arc<Tenant>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    tracing::debug!(%method, path, status = response.status().as_u16(), "practice tenant");
    response
}

/// A tenant as the path names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// `common`, `organizations`, the tenant's id or its domain.
    Ours,
    /// Personal accounts: the practice tenant has work accounts only.
    Consumers,
    /// Any other.
    Unknown,
}

fn named(tenant: &str) -> Named {
    let tenant = tenant.to_ascii_lowercase();
    match tenant.as_str() {
        "common" | "organizations" | TENANT_ID | DOMAIN => Named::Ours,
        "consumers" | PERSONAL_TENANT_ID => Named::Consumers,
        _ => Named::Unknown,
    }
}

/// Something that is no fault of the one who asks: status 500, told in the log only.
struct Broken(anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for Broken {
    fn from(fault: E) -> Self {
        Self(fault.into())
    }
}

impl IntoResponse for Broken {
    fn into_response(self) -> Response {
        tracing::error!(
            fault = format!("{:#}", self.0),
            "the practice tenant failed"
        );
        (
            StatusCode::INTERNAL_SERVER_ERROR,
            "practice tenant: internal error",
        )
            .into_response()
    }
}

pub(crate) use authorize::MAIL_SCOPES;
pub(crate) use token::SLOWNESS;

type Answer = Result<Response, Broken>;
