//! The authorize endpoint: judges the request, then begins a sign-in. What cannot be sent back to
//! the application (unknown client, foreign redirect) becomes a page.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use url::{Host, Url};

use super::fields::Fields;
use super::refusal::Refusal;
use super::steps;
use super::visit::{Purpose, ResponseMode, Return, Visit};
use super::{Answer, Named, named, pages};
use crate::tenant::{CLIENT_ID, DOMAIN, Tenant, lock};
use crate::texts::PracticeLanguage;

/// The rights on mail; worded on the consent page.
pub(crate) const MAIL_SCOPES: [&str; 3] = [
    "https://outlook.office.com/POP.AccessAsUser.All",
    "https://outlook.office.com/IMAP.AccessAsUser.All",
    "https://outlook.office.com/SMTP.Send",
];
/// The rights on the sign-in itself.
pub(crate) const SIGN_IN_SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// GET.
pub(super) async fn by_query(
    State(tenant): State<Arc<Tenant>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Answer {
    authorize(
        &tenant,
        &name,
        &headers,
        &Fields::parse(query.unwrap_or_default().as_bytes()),
    )
}

/// POST, for requests that are too long for a query.
pub(super) async fn by_form(
    State(tenant): State<Arc<Tenant>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    authorize(&tenant, &name, &headers, &Fields::parse(&body))
}

fn authorize(tenant: &Tenant, name: &str, headers: &HeaderMap, fields: &Fields) -> Answer {
    let language = language(tenant, headers, fields);
    let back = match way_back(name, fields) {
        Ok(back) => back,
        Err(refusal) => return refused(tenant, language, &refusal),
    };
    let (scopes, challenge) = match wishes(fields) {
        Ok(wishes) => wishes,
        Err(refusal) => return steps::refuse(tenant, language, &back, &refusal),
    };
    let nonce = fields.exact("nonce").map(str::to_owned);
    let hint = fields.get("login_hint").unwrap_or_default();
    let visit = Visit {
        purpose: Purpose::Authorize {
            back,
            challenge,
            nonce,
        },
        scopes,
        language,
        address: Tenant::own_address(hint),
        user: None,
    };
    begin(tenant, visit, hint)
}

/// `/{tenant}/v2.0/adminconsent`: an administrator agrees for everybody.
pub(super) async fn admin_consent(
    State(tenant): State<Arc<Tenant>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    let language = language(&tenant, &headers, &fields);
    let back = match way_back(&name, &fields) {
        Ok(back) => back,
        Err(refusal) => return refused(&tenant, language, &refusal),
    };
    let scopes = match scopes(fields.get("scope").unwrap_or("openid")) {
        Ok(scopes) => scopes,
        Err(refusal) => return steps::refuse(&tenant, language, &back, &refusal),
    };
    let purpose = Purpose::AdminConsent { back };
    let visit = Visit {
        purpose,
        scopes,
        language,
        address: None,
        user: Some(format!("admin@{DOMAIN}")),
    };
    let id = lock(&tenant.visits).begin(visit.clone())?;
    pages::admin_consent(&id, &visit)
}

/// `/practice/apps`: stands for the page where a user takes a consent back.
pub(super) async fn apps(State(tenant): State<Arc<Tenant>>, headers: HeaderMap) -> Answer {
    pages::apps(language(&tenant, &headers, &Fields::default()))
}

/// Shows the first page of a sign-in: the picker, or the password when the address is known.
pub(super) fn begin(tenant: &Tenant, visit: Visit, hint: &str) -> Answer {
    let id = lock(&tenant.visits).begin(visit.clone())?;
    match &visit.address {
        Some(address) => pages::password(&id, &visit, address),
        None if hint.is_empty() => pages::picker(&id, &visit),
        None => pages::address(&id, &visit, hint, true),
    }
}

/// `ui_locales` or `mkt`, the browser's languages, else the tenant's.
pub(super) fn language(tenant: &Tenant, headers: &HeaderMap, fields: &Fields) -> PracticeLanguage {
    let asked = fields.get("ui_locales").or_else(|| fields.get("mkt"));
    let browser = || {
        headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
    };
    asked
        .and_then(PracticeLanguage::from_tags)
        .or_else(|| browser().and_then(PracticeLanguage::from_tags))
        .unwrap_or(tenant.language)
}

fn refused(tenant: &Tenant, language: PracticeLanguage, refusal: &Refusal) -> Answer {
    let text = refusal.description(tenant)?;
    let mut page: Response = pages::error(language, &text)?;
    *page.status_mut() = StatusCode::BAD_REQUEST;
    Ok(page)
}

/// What has to be right before anything may be sent back to the application.
fn way_back(name: &str, fields: &Fields) -> Result<Return, Refusal> {
    let client_id = fields
        .get("client_id")
        .ok_or_else(|| Refusal::missing("client_id"))?;
    match named(name) {
        Named::Ours => {}
        Named::Consumers => {
            return Err(Refusal::new(
                "unauthorized_client",
                700_016,
                "The practice tenant has work accounts only.",
            ));
        }
        Named::Unknown => return Err(Refusal::unknown_tenant(name)),
    }
    if client_id != CLIENT_ID {
        return Err(Refusal::unknown_client(client_id));
    }
    let redirect_uri = fields
        .get("redirect_uri")
        .ok_or_else(|| Refusal::missing("redirect_uri"))?;
    if !is_loopback(redirect_uri) {
        return Err(Refusal::new(
            "invalid_request",
            50_011,
            format!(
                "The redirect URI '{redirect_uri}' specified in the request does not match the \
                 redirect URIs configured for the application '{client_id}'. Make sure the \
                 redirect URI sent in the request matches one added to your application in the \
                 Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more \
                 about how to fix this."
            ),
        ));
    }
    let mode = match fields.get("response_mode") {
        None | Some("query") => ResponseMode::Query,
        Some("form_post") => ResponseMode::FormPost,
        Some(other) => {
            let sentence = format!("The response mode '{other}' is not served here.");
            return Err(Refusal::new("invalid_request", 70_007, sentence));
        }
    };
    let state = fields.exact("state").map(str::to_owned);
    Ok(Return {
        redirect_uri: redirect_uri.to_owned(),
        mode,
        state,
    })
}

fn wishes(fields: &Fields) -> Result<(Vec<String>, String), Refusal> {
    let response_type = fields
        .get("response_type")
        .ok_or_else(|| Refusal::missing("response_type"))?;
    if response_type != "code" {
        let sentence = format!("The response type '{response_type}' is not served here.");
        return Err(Refusal::new("unsupported_response_type", 70_005, sentence));
    }
    if fields.get("prompt") == Some("none") {
        let sentence = "A silent sign-in request was sent but no user is signed in.";
        return Err(Refusal::new("login_required", 50_058, sentence));
    }
    let scopes = scopes(
        fields
            .get("scope")
            .ok_or_else(|| Refusal::missing("scope"))?,
    )?;
    let challenge = fields
        .get("code_challenge")
        .ok_or_else(|| Refusal::missing("code_challenge"))?;
    // Entra takes `plain` too; the product must not need it.
    if fields.get("code_challenge_method") != Some("S256") {
        let sentence = "The code_challenge_method has to be S256.";
        return Err(Refusal::new("invalid_request", 501_491, sentence));
    }
    let letter = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if challenge.len() != 43 || !challenge.chars().all(letter) {
        let sentence = "The code_challenge supplied in the authorization request is not valid.";
        return Err(Refusal::new("invalid_request", 501_491, sentence));
    }
    Ok((scopes, challenge.to_owned()))
}

/// The asked scopes in order, each once; a scope that is none of ours is refused.
pub(super) fn scopes(asked: &str) -> Result<Vec<String>, Refusal> {
    let mut scopes: Vec<String> = Vec::new();
    for scope in asked.split_whitespace() {
        if !MAIL_SCOPES.contains(&scope) && !SIGN_IN_SCOPES.contains(&scope) {
            return Err(Refusal::scope(scope));
        }
        if !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
    Ok(scopes)
}

/// http on localhost, 127.0.0.1 or ::1, any port and path: the exception for desktop programs.
fn is_loopback(redirect_uri: &str) -> bool {
    let Ok(url) = Url::parse(redirect_uri) else {
        return false;
    };
    let host = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    host && plain && url.scheme() == "http"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_gets_an_answer() {
        for good in [
            "http://localhost:1234/",
            "http://127.0.0.1:9",
            "http://[::1]:80/back",
        ] {
            assert!(is_loopback(good), "{good}");
        }
        for bad in [
            "https://localhost/",
            "http://localhost.example/",
            "http://user@localhost/",
            "http://localhost/#x",
            "http://192.0.2.1/",
            "myapp://auth",
            "localhost",
        ] {
            assert!(!is_loopback(bad), "{bad}");
        }
    }

    #[test]
    fn scopes_are_ours_and_kept_in_order() {
        let asked = format!("openid {} openid offline_access", MAIL_SCOPES[2]);
        assert_eq!(
            scopes(&asked).unwrap(),
            ["openid", MAIL_SCOPES[2], "offline_access"]
        );
        let refusal = scopes("openid https://graph.example/Mail.Send").unwrap_err();
        assert_eq!((refusal.error, refusal.number), ("invalid_scope", 70_011));
    }
}
