//! The pages of a sign-in.

use ninka_practice::{Practice, PracticeLanguage, PracticeOptions};

use crate::application::*;

#[tokio::test]
async fn a_known_address_goes_straight_to_the_password() {
    let practice = practice().await;
    let page = authorize(&practice, &request(&practice, ORDER)).await;
    assert_eq!(page.status, 200);
    assert!(page.has("id=\"password\"") && page.has("id=\"next\"") && page.has(ORDER));
    assert!(page.has("Practice") && page.policy.starts_with("default-src 'none';"));

    let page = press(&practice, &page, &[("act", "password"), ("password", "x")]).await;
    assert!(page.has("id=\"accept\"") && page.has("id=\"decline\""));
    assert!(page.has("Receive mail by POP") && page.has("Send mail by SMTP"));

    let end = press(&practice, &page, &[("act", "accept")]).await;
    assert_eq!(end.status, 302);
    let location = end.location.clone().unwrap();
    assert_eq!((location.port(), location.path()), (Some(49152), "/"));
    let answer = end.answer();
    assert_eq!(answer["state"], "a state with spaces & signs");
    assert!(answer["code"].len() > 500);

    let again = press(&practice, &page, &[("act", "accept")]).await;
    assert!(again.status == 400 && again.has("This sign-in is over"));
}

#[tokio::test]
async fn the_picker_offers_the_addresses_and_another() {
    let practice = practice().await;
    let page = authorize(&practice, &without(request(&practice, ""), "login_hint")).await;
    for address in practice.addresses() {
        assert!(
            page.has(&format!("data-address=\"{address}\"")),
            "{address}"
        );
    }
    let typed = press(&practice, &page, &[("act", "other")]).await;
    assert!(typed.has("id=\"address\""));
    let refused = press(
        &practice,
        &typed,
        &[("act", "pick"), ("address", "\"><b>@else.example")],
    )
    .await;
    assert!(refused.has("no such address") && refused.has("&quot;&gt;&lt;b&gt;@else.example"));
    let good = [("act", "pick"), ("address", "New.Clerk@hana-shop.example")];
    let page = press(&practice, &refused, &good).await;
    let end = consent(&practice, &page).await;
    let code = end.answer().remove("code").unwrap();
    let (_, answer) = token(&practice, &redemption(&practice, &code)).await;
    let claims = claims(&text(&answer, "id_token"));
    assert_eq!(claims["preferred_username"], "new.clerk@hana-shop.example");
}

#[tokio::test]
async fn an_address_elsewhere_is_asked_about() {
    let practice = practice().await;
    let page = authorize(&practice, &request(&practice, "shop@elsewhere.example")).await;
    assert!(page.has("id=\"address\"") && page.has("value=\"shop@elsewhere.example\""));
    assert!(page.has("no such address"));
}

#[tokio::test]
async fn steps_cannot_be_skipped() {
    let practice = practice().await;
    let page = authorize(&practice, &request(&practice, ORDER)).await;
    let skipped = press(&practice, &page, &[("act", "accept")]).await;
    assert!(skipped.status == 400 && skipped.location.is_none());
}

#[tokio::test]
async fn declining_and_going_back_are_told() {
    let practice = practice().await;
    let page = authorize(&practice, &request(&practice, ORDER)).await;
    let page = press(&practice, &page, &[("act", "password")]).await;
    let answer = press(&practice, &page, &[("act", "decline")])
        .await
        .answer();
    assert_eq!(answer["error"], "consent_required");
    assert!(answer["error_description"].starts_with("AADSTS65004: User declined to consent"));
    assert_eq!(answer["state"], "a state with spaces & signs");

    let page = authorize(&practice, &request(&practice, ORDER)).await;
    let answer = press(&practice, &page, &[("act", "back")]).await.answer();
    assert_eq!(answer["error"], "access_denied");
}

#[tokio::test]
async fn the_answer_can_be_posted() {
    let practice = practice().await;
    let request = with(request(&practice, ORDER), "response_mode", "form_post");
    let page = authorize(&practice, &request).await;
    let end = consent(&practice, &page).await;
    assert_eq!((end.status, end.location.as_ref()), (200, None));
    assert!(end.has(&format!("action=\"{REDIRECT}\"")));
    assert_eq!(end.hidden("state"), "a state with spaces &amp; signs");
    let (status, _) = token(&practice, &redemption(&practice, &end.hidden("code"))).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn what_cannot_be_trusted_gets_a_page_and_no_redirect() {
    let practice = practice().await;
    let base = request(&practice, ORDER);
    let other_client = "00000000-0000-4000-8000-000000000000";
    for (name, value, text) in [
        ("client_id", other_client, "AADSTS700016"),
        ("redirect_uri", "http://198.51.100.1/", "AADSTS50011"),
        ("redirect_uri", "https://localhost/", "AADSTS50011"),
        ("response_mode", "fragment", "AADSTS70007"),
    ] {
        let page = authorize(&practice, &with(base.clone(), name, value)).await;
        assert!(page.status == 400 && page.location.is_none(), "{name}");
        assert!(page.has(text), "{}", page.html);
    }
}

#[tokio::test]
async fn a_mistaken_request_is_told_to_the_application() {
    let practice = practice().await;
    let base = request(&practice, ORDER);
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        (
            "scope",
            "openid https://graph.example/Mail.Send",
            "invalid_scope",
        ),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("prompt", "none", "login_required"),
    ] {
        let answer = authorize(&practice, &with(base.clone(), name, value))
            .await
            .answer();
        assert_eq!(answer["error"], error, "{name}={value}");
        assert!(answer["error_description"].contains(" Trace ID: "));
    }
    for name in [
        "scope",
        "code_challenge",
        "code_challenge_method",
        "response_type",
    ] {
        let answer = authorize(&practice, &without(base.clone(), name))
            .await
            .answer();
        assert_eq!(answer["error"], "invalid_request", "{name}");
    }
}

#[tokio::test]
async fn pages_speak_the_language_that_is_asked_for() {
    let language = PracticeLanguage::Ja;
    let practice = Practice::start(PracticeOptions {
        folder: None,
        language,
    })
    .await
    .unwrap();
    let base = request(&practice, ORDER);
    assert!(authorize(&practice, &base).await.has("練習用"));
    let english = with(base, "ui_locales", "en-US");
    assert!(
        authorize(&practice, &english)
            .await
            .has("Type the password")
    );
}

#[tokio::test]
async fn a_foreign_host_name_reaches_nothing() {
    let practice = practice().await;
    let url = format!(
        "{}/v2.0/.well-known/openid-configuration",
        practice.authority()
    );
    let response = http()
        .get(url)
        .header("host", "rebound.example:80")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status().as_u16(), 421);
}

#[tokio::test]
async fn an_administrator_can_consent_for_everybody() {
    let practice = practice().await;
    let url = format!("{}/v2.0/adminconsent", practice.authority());
    let pairs = [
        ("client_id", practice.client_id()),
        ("scope", POP),
        ("redirect_uri", REDIRECT),
        ("state", "s"),
    ];
    let page = Page::of(http().get(url).query(&pairs).send().await.unwrap()).await;
    assert!(page.has("id=\"accept\"") && page.has("id=\"decline\""));
    let answer = press(&practice, &page, &[("act", "accept")]).await.answer();
    assert_eq!(
        (answer["admin_consent"].as_str(), answer["state"].as_str()),
        ("True", "s")
    );
    assert!(!answer["tenant"].is_empty());
}
