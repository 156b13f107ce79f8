//! An application with its browser, as far as the tests need them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ninka_practice::{Practice, PracticeLanguage, PracticeOptions};
use reqwest::{Client, Response};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use url::Url;

pub(crate) const ORDER: &str = "order@hana-shop.example";
pub(crate) const SHARED: &str = "shared@hana-shop.example";
pub(crate) const INFO: &str = "info@hana-shop.example";
pub(crate) const POP: &str = "https://outlook.office.com/POP.AccessAsUser.All";
pub(crate) const IMAP: &str = "https://outlook.office.com/IMAP.AccessAsUser.All";
pub(crate) const SMTP: &str = "https://outlook.office.com/SMTP.Send";
pub(crate) const REDIRECT: &str = "http://localhost:49152/";
pub(crate) const VERIFIER: &str = "a-verifier-of-forty-three-characters-or-more-000";

pub(crate) type Pairs<'a> = Vec<(&'a str, String)>;

/// A tenant in memory, in English.
pub(crate) async fn practice() -> Practice {
    let language = PracticeLanguage::En;
    Practice::start(PracticeOptions {
        folder: None,
        language,
    })
    .await
    .unwrap()
}

/// A client without memory: every test has a runtime of its own, so no connection may be kept.
pub(crate) fn http() -> Client {
    static CLIENT: LazyLock<Client> = LazyLock::new(|| {
        drop(rustls::crypto::ring::default_provider().install_default());
        let redirects = reqwest::redirect::Policy::none();
        let client = Client::builder().redirect(redirects).no_proxy();
        client.pool_max_idle_per_host(0).build().unwrap()
    });
    CLIENT.clone()
}

pub(crate) fn every_scope() -> String {
    format!("openid profile email offline_access {POP} {IMAP} {SMTP}")
}

pub(crate) fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

/// A good authorize request; tests change what they are about.
pub(crate) fn request<'a>(practice: &Practice, address: &str) -> Pairs<'a> {
    vec![
        ("client_id", practice.client_id().to_owned()),
        ("response_type", "code".to_owned()),
        ("redirect_uri", REDIRECT.to_owned()),
        ("scope", every_scope()),
        ("state", "a state with spaces & signs".to_owned()),
        ("nonce", "a-nonce".to_owned()),
        ("code_challenge", challenge()),
        ("code_challenge_method", "S256".to_owned()),
        ("prompt", "select_account".to_owned()),
        ("login_hint", address.to_owned()),
    ]
}

pub(crate) fn with<'a>(mut pairs: Pairs<'a>, name: &'a str, value: &str) -> Pairs<'a> {
    pairs.retain(|(known, _)| *known != name);
    pairs.push((name, value.to_owned()));
    pairs
}

pub(crate) fn without<'a>(mut pairs: Pairs<'a>, name: &str) -> Pairs<'a> {
    pairs.retain(|(known, _)| *known != name);
    pairs
}

/// A page with what a test needs of it.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) location: Option<Url>,
    pub(crate) policy: String,
    pub(crate) html: String,
}

impl Page {
    pub(crate) async fn of(response: Response) -> Self {
        let header = |name: &str| {
            let value = response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let (location, policy) = (header("location"), header("content-security-policy"));
        let status = response.status().as_u16();
        let location = Url::parse(&location).ok();
        Self {
            status,
            location,
            policy,
            html: response.text().await.unwrap(),
        }
    }

    pub(crate) fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }

    /// The value of a hidden field.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let (_, rest) = self
            .html
            .split_once(&start)
            .unwrap_or_else(|| panic!("{name}: {self:?}"));
        rest.split('"').next().unwrap().to_owned()
    }

    /// The answer in the redirect.
    pub(crate) fn answer(&self) -> BTreeMap<String, String> {
        let location = self
            .location
            .as_ref()
            .unwrap_or_else(|| panic!("no redirect: {self:?}"));
        location.query_pairs().into_owned().collect()
    }
}

pub(crate) async fn authorize(practice: &Practice, pairs: &Pairs<'_>) -> Page {
    let url = format!("{}/oauth2/v2.0/authorize", practice.authority());
    Page::of(http().get(url).query(pairs).send().await.unwrap()).await
}

/// Presses a button of a page.
pub(crate) async fn press(practice: &Practice, page: &Page, fields: &[(&str, &str)]) -> Page {
    let base = practice.authority().replace("/common", "");
    let visit = page.hidden("visit");
    let mut form = vec![("visit", visit.as_str())];
    form.extend_from_slice(fields);
    let sent = http()
        .post(format!("{base}/practice/step"))
        .form(&form)
        .send();
    Page::of(sent.await.unwrap()).await
}

/// From the password page to the answer.
pub(crate) async fn consent(practice: &Practice, password_page: &Page) -> Page {
    let fields = [("act", "password"), ("password", "anything")];
    let page = press(practice, password_page, &fields).await;
    press(practice, &page, &[("act", "accept")]).await
}

/// A whole sign-in as far as the code.
pub(crate) async fn code(practice: &Practice, address: &str) -> String {
    let page = authorize(practice, &request(practice, address)).await;
    let end = consent(practice, &page).await;
    end.answer().remove("code").unwrap()
}

pub(crate) async fn token(practice: &Practice, pairs: &Pairs<'_>) -> (u16, Value) {
    let url = format!("{}/oauth2/v2.0/token", practice.authority());
    let response = http().post(url).form(pairs).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

pub(crate) fn redemption<'a>(practice: &Practice, code: &str) -> Pairs<'a> {
    vec![
        ("client_id", practice.client_id().to_owned()),
        ("grant_type", "authorization_code".to_owned()),
        ("code", code.to_owned()),
        ("redirect_uri", REDIRECT.to_owned()),
        ("code_verifier", VERIFIER.to_owned()),
    ]
}

pub(crate) async fn refresh(practice: &Practice, refresh_token: &str) -> (u16, Value) {
    let pairs = vec![
        ("client_id", practice.client_id().to_owned()),
        ("grant_type", "refresh_token".to_owned()),
        ("refresh_token", refresh_token.to_owned()),
    ];
    token(practice, &pairs).await
}

/// Signs in and gives the token answer.
pub(crate) async fn tokens(practice: &Practice, address: &str) -> Value {
    let code = code(practice, address).await;
    let (status, answer) = token(practice, &redemption(practice, &code)).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

pub(crate) async fn access_token(practice: &Practice, address: &str) -> String {
    text(&tokens(practice, address).await, "access_token")
}

pub(crate) fn text(answer: &Value, name: &str) -> String {
    answer[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name}: {answer}"))
        .to_owned()
}

/// The claims of a JWT.
pub(crate) fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// `AADSTS700082` of a refusal, after checking that the refusal has its form.
pub(crate) fn number(answer: &Value) -> u64 {
    let description = text(answer, "error_description");
    let number = answer["error_codes"][0].as_u64().unwrap();
    assert!(
        description.starts_with(&format!("AADSTS{number}: ")),
        "{description}"
    );
    for part in [" Trace ID: ", " Correlation ID: ", " Timestamp: "] {
        assert!(description.contains(part), "{description}");
    }
    for name in ["trace_id", "correlation_id", "timestamp", "error"] {
        assert!(answer[name].is_string(), "{answer}");
    }
    number
}
