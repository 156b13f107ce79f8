//! A sign-in provider laid out like Microsoft's, on a free port, with faults to switch on. It is
//! strict about what a public client must send, so that a sloppy request fails the test.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::clock::{Clock as _, ShiftedClock};

type Fields = BTreeMap<String, String>;

pub(super) const CLIENT: &str = "6b5f0a4e-2f1b-4a68-9b0e-0c9a5d1f7e21";
pub(super) const TENANT: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

/// What the provider does; the default is a sign-in that goes well.
#[derive(Debug, Clone)]
pub(super) struct Mood {
    /// Who signs in.
    pub(super) user: String,
    /// Who has to be suggested for it; empty: nobody.
    pub(super) hint: String,
    /// Claims of the id_token that differ; `null` takes one away.
    pub(super) claims: Value,
    /// What is granted instead of what was asked for.
    pub(super) scope: Option<String>,
    /// Whether a refresh token is given.
    pub(super) refresh_token: bool,
    /// An error in place of a code: parameters of the redirect.
    pub(super) refusal: Option<String>,
    /// Further parameters of the redirect.
    pub(super) besides: String,
    /// A status, type and body in place of the token endpoint's answer.
    pub(super) token_answer: Option<(u16, &'static str, String)>,
    /// A `Retry-After` beside that answer.
    pub(super) retry_after: Option<&'static str>,
    /// How long the token endpoint takes.
    pub(super) delay: Duration,
    /// Whether there is a discovery document, and whether it promises `iss` in answers.
    pub(super) discovery: Option<bool>,
    /// Whether a used refresh token is refused from then on.
    pub(super) strict: bool,
    /// What the questions after a device code are answered with, before the tokens; `None` when
    /// there are no such codes.
    pub(super) device: Option<&'static [&'static str]>,
    /// How long a device code is good, in seconds.
    pub(super) device_life: u64,
}

impl Default for Mood {
    fn default() -> Self {
        Self {
            user: "order@hana.example".to_owned(),
            hint: "order@hana.example".to_owned(),
            claims: json!({}),
            scope: None,
            refresh_token: true,
            refusal: None,
            besides: String::new(),
            token_answer: None,
            retry_after: None,
            delay: Duration::ZERO,
            discovery: Some(false),
            strict: true,
            device: Some(&[]),
            device_life: 900,
        }
    }
}

#[derive(Debug)]
pub(super) struct Provider {
    pub(super) base: String,
    clock: Arc<ShiftedClock>,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    mood: Mood,
    codes: BTreeMap<String, Fields>,
    refresh_tokens: BTreeSet<String>,
    issued: usize,
    arrived: usize,
    /// Every secret that went over the wire, for looking for it elsewhere.
    secrets: Vec<String>,
    refreshes: Vec<Fields>,
    /// What a device code was asked with, and how often was asked after it.
    device: Option<(String, Fields, usize)>,
}

impl Provider {
    pub(super) async fn start(clock: Arc<ShiftedClock>) -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let provider = Arc::new(Self {
            base: format!("http://{}", listener.local_addr().unwrap()),
            clock,
            inner: Mutex::default(),
        });
        let router = Router::new()
            .route(
                "/common/v2.0/.well-known/openid-configuration",
                get(discovery),
            )
            .route("/common/oauth2/v2.0/authorize", get(authorize))
            .route("/common/oauth2/v2.0/token", post(token))
            .route("/common/oauth2/v2.0/devicecode", post(device))
            .with_state(Arc::clone(&provider));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        provider
    }

    pub(super) fn authority(&self) -> String {
        format!("{}/common", self.base)
    }

    pub(super) fn set(&self, change: impl FnOnce(&mut Mood)) {
        change(&mut self.inner.lock().unwrap().mood);
    }

    /// The refresh requests so far.
    pub(super) fn refreshes(&self) -> Vec<Fields> {
        self.inner.lock().unwrap().refreshes.clone()
    }

    /// How many requests have reached the token endpoint, answered or not.
    pub(super) fn arrived(&self) -> usize {
        self.inner.lock().unwrap().arrived
    }

    /// Does not know a refresh token any more.
    pub(super) fn forget(&self, token: &str) {
        self.inner.lock().unwrap().refresh_tokens.remove(token);
    }

    /// Makes a refresh token as if it had been given before.
    pub(super) fn issue(&self) -> String {
        self.inner.lock().unwrap().issue("refresh")
    }

    /// Every code, verifier and token so far.
    pub(super) fn secrets(&self) -> Vec<String> {
        self.inner.lock().unwrap().secrets.clone()
    }
}

impl Inner {
    /// A token of 1,500 characters, as Microsoft's are.
    fn issue(&mut self, kind: &str) -> String {
        self.issued += 1;
        let token = format!("{kind}-{}-{}", self.issued, "x".repeat(1500));
        self.secrets.push(token.clone());
        if kind == "refresh" {
            self.refresh_tokens.insert(token.clone());
        }
        token
    }
}

async fn discovery(State(provider): State<Arc<Provider>>) -> Response {
    let Some(promises) = provider.inner.lock().unwrap().mood.discovery else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let base = &provider.base;
    let mut document = json!({
        "issuer": format!("{base}/{{tenantid}}/v2.0"),
        "authorization_endpoint": format!("{base}/common/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{base}/common/oauth2/v2.0/token"),
        "authorization_response_iss_parameter_supported": promises,
    });
    if provider.inner.lock().unwrap().mood.device.is_some() {
        document["device_authorization_endpoint"] =
            format!("{base}/common/oauth2/v2.0/devicecode").into();
    }
    axum::Json(document).into_response()
}

async fn authorize(
    State(provider): State<Arc<Provider>>,
    Query(fields): Query<Fields>,
) -> Response {
    let hint = provider.inner.lock().unwrap().mood.hint.clone();
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let scope = field("scope");
    let has = |wanted: &str| scope.split(' ').any(|scope| scope == wanted);
    for (fits, what) in [
        (field("response_type") == "code", "response_type"),
        (field("client_id") == CLIENT, "client_id"),
        (
            field("redirect_uri").starts_with("http://localhost:"),
            "redirect_uri",
        ),
        (
            field("code_challenge_method") == "S256",
            "code_challenge_method",
        ),
        (field("code_challenge").len() == 43, "code_challenge"),
        (field("prompt") == "select_account", "prompt"),
        (field("response_mode") == "query", "response_mode"),
        (
            field("login_hint").eq_ignore_ascii_case(&hint),
            "login_hint",
        ),
        (
            field("state").len() >= 43 && field("nonce").len() >= 43,
            "state or nonce",
        ),
        (
            ["offline_access", "openid", "profile", "email"]
                .iter()
                .all(|scope| has(scope)),
            "scope",
        ),
    ] {
        if !fits {
            return (StatusCode::BAD_REQUEST, format!("{what} does not fit")).into_response();
        }
    }
    let mut inner = provider.inner.lock().unwrap();
    let state = field("state");
    let answer = if let Some(refusal) = inner.mood.refusal.clone() {
        format!("{refusal}&state={state}")
    } else {
        let code = inner.issue("code");
        inner.codes.insert(code.clone(), fields.clone());
        format!("code={code}&state={state}{}", inner.mood.besides)
    };
    let location = format!("{}/?{answer}", field("redirect_uri"));
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

async fn device(State(provider): State<Arc<Provider>>, Form(fields): Form<Fields>) -> Response {
    let mut inner = provider.inner.lock().unwrap();
    let scope = fields.get("scope").cloned().unwrap_or_default();
    if fields.get("client_id").map(String::as_str) != Some(CLIENT) || !scope.contains("openid") {
        return (StatusCode::BAD_REQUEST, "does not fit").into_response();
    }
    let code = inner.issue("device");
    inner.device = Some((code.clone(), fields, 0));
    axum::Json(json!({
        "device_code": code,
        "user_code": "BDWP-HQPK",
        "verification_uri": format!("{}/device", provider.base),
        "expires_in": inner.mood.device_life,
        "interval": 1,
    }))
    .into_response()
}

async fn token(State(provider): State<Arc<Provider>>, Form(fields): Form<Fields>) -> Response {
    let (mood, delay) = {
        let mut inner = provider.inner.lock().unwrap();
        inner.arrived += 1;
        (inner.mood.clone(), inner.mood.delay)
    };
    tokio::time::sleep(delay).await;
    let mut inner = provider.inner.lock().unwrap();
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    inner.secrets.extend(fields.get("code_verifier").cloned());
    let renewal = field("grant_type") == "refresh_token";
    if renewal {
        inner.refreshes.push(fields.clone());
    }
    if let Some((status, kind, body)) = mood.token_answer {
        let status = StatusCode::from_u16(status).unwrap();
        let mut answer = (status, [(header::CONTENT_TYPE, kind)], body).into_response();
        if let Some(wait) = mood.retry_after {
            let wait = axum::http::HeaderValue::from_static(wait);
            answer.headers_mut().insert(header::RETRY_AFTER, wait);
        }
        return answer;
    }
    let asked = if renewal {
        let token = field("refresh_token");
        if !inner.refresh_tokens.contains(&token) {
            return refused("AADSTS700082: The refresh token has expired due to inactivity.");
        }
        if mood.strict {
            inner.refresh_tokens.remove(&token);
        }
        Fields::new()
    } else if field("grant_type") == "urn:ietf:params:oauth:grant-type:device_code" {
        let Some((code, asked, times)) = &mut inner.device else {
            return refused("no code was asked for");
        };
        if *code != field("device_code") || field("client_id") != CLIENT {
            return refused("the code is another");
        }
        let answer = mood.device.unwrap_or_default().get(*times);
        *times += 1;
        match answer {
            Some(&"down") => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
            Some(error) => {
                let body = json!({ "error": error });
                return (StatusCode::BAD_REQUEST, axum::Json(body)).into_response();
            }
            None => asked.clone(),
        }
    } else {
        let Some(asked) = inner.codes.remove(&field("code")) else {
            return refused("AADSTS54005: OAuth2 Authorization code was already redeemed.");
        };
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier")));
        let same = |name: &str| asked.get(name) == fields.get(name);
        if asked["code_challenge"] != challenge || !same("redirect_uri") || !same("client_id") {
            return refused("AADSTS501481: The Code_Verifier does not match.");
        }
        asked
    };
    let mut answer = json!({
        "token_type": "Bearer",
        "expires_in": 3600,
        "access_token": inner.issue("access"),
    });
    if let Some(scope) = asked.get("scope") {
        let of_mail = scope.split(' ').filter(|scope| scope.contains("://"));
        let of_mail = of_mail.collect::<Vec<_>>().join(" ");
        answer["scope"] = mood.scope.unwrap_or(of_mail).into();
        let nonce = asked.get("nonce").cloned();
        let now = provider.clock.now().as_second();
        let mut claims = json!({
            "iss": format!("{}/{TENANT}/v2.0", provider.base),
            "tid": TENANT,
            "aud": CLIENT,
            "nonce": nonce,
            "iat": now, "nbf": now, "exp": now + 3600,
            "preferred_username": mood.user,
        });
        for (name, value) in mood.claims.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let payload = URL_SAFE_NO_PAD.encode(claims.to_string());
        let id_token = format!("eyJhbGciOiJSUzI1NiJ9.{payload}.c2lnbmF0dXJl");
        inner.secrets.push(id_token.clone());
        answer["id_token"] = id_token.into();
    }
    if mood.refresh_token {
        answer["refresh_token"] = inner.issue("refresh").into();
    }
    axum::Json(answer).into_response()
}

fn refused(description: &str) -> Response {
    let body = json!({ "error": "invalid_grant", "error_description": description });
    (StatusCode::BAD_REQUEST, axum::Json(body)).into_response()
}
