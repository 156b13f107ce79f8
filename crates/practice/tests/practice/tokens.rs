//! The token endpoint and discovery.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::sha2::Sha256;
use rsa::signature::Verifier as _;
use rsa::{BigUint, RsaPublicKey};
use serde_json::Value;

use crate::application::*;

const DAY: u64 = 86_400;

async fn document(url: &str) -> Value {
    http().get(url).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn tokens_are_long_and_the_id_token_is_signed() {
    let practice = practice().await;
    let answer = tokens(&practice, ORDER).await;
    assert!(text(&answer, "access_token").len() >= 1_500);
    assert!(text(&answer, "refresh_token").len() >= 1_000);
    assert_eq!(text(&answer, "scope"), every_scope());
    assert_eq!(
        (answer["token_type"].as_str(), answer["expires_in"].as_i64()),
        (Some("Bearer"), Some(3599))
    );

    let authority = practice.authority();
    let found = document(&format!(
        "{authority}/v2.0/.well-known/openid-configuration"
    ))
    .await;
    assert!(text(&found, "issuer").ends_with("/{tenantid}/v2.0"));
    assert_eq!(
        text(&found, "token_endpoint"),
        format!("{authority}/oauth2/v2.0/token")
    );

    let id_token = text(&answer, "id_token");
    let claims = claims(&id_token);
    let tenant = text(&claims, "tid");
    assert_eq!(
        text(&claims, "iss"),
        text(&found, "issuer").replace("{tenantid}", &tenant)
    );
    assert_eq!(text(&claims, "aud"), practice.client_id());
    assert_eq!(text(&claims, "nonce"), "a-nonce");
    assert_eq!(text(&claims, "preferred_username"), ORDER);
    assert_eq!(text(&claims, "email"), ORDER);
    assert!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap() == 3600);

    let keys = document(&text(&found, "jwks_uri")).await;
    let number = |name: &str| {
        let text = text(&keys["keys"][0], name);
        BigUint::from_bytes_be(&URL_SAFE_NO_PAD.decode(text).unwrap())
    };
    let key = RsaPublicKey::new(number("n"), number("e")).unwrap();
    let (signed, signature) = id_token.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let signature = Signature::try_from(signature.as_slice()).unwrap();
    VerifyingKey::<Sha256>::new(key)
        .verify(signed.as_bytes(), &signature)
        .unwrap();
}

#[tokio::test]
async fn only_asked_scopes_are_granted() {
    let practice = practice().await;
    let request = with(request(&practice, ORDER), "scope", &format!("openid {POP}"));
    let page = authorize(&practice, &request).await;
    let code = consent(&practice, &page)
        .await
        .answer()
        .remove("code")
        .unwrap();
    let (_, answer) = token(&practice, &redemption(&practice, &code)).await;
    assert_eq!(text(&answer, "scope"), format!("openid {POP}"));
    assert!(answer.get("refresh_token").is_none() && answer.get("id_token").is_some());
}

#[tokio::test]
async fn a_code_is_good_once_for_ten_minutes_and_with_its_verifier() {
    let practice = practice().await;
    let good = redemption(&practice, &code(&practice, ORDER).await);
    for (name, value, expected) in [
        (
            "code_verifier",
            "another-verifier-of-forty-three-characters-00",
            501_481,
        ),
        ("redirect_uri", "http://localhost:49153/", 500_112),
        ("code", "1.nonsense", 9_002_313),
        ("client_id", "00000000-0000-4000-8000-000000000000", 700_016),
        ("client_secret", "s", 700_025),
        ("grant_type", "password", 70_003),
    ] {
        let (status, answer) = token(&practice, &with(good.clone(), name, value)).await;
        assert!(status == 400 || status == 401, "{name}: {status}");
        assert_eq!(number(&answer), expected, "{name}");
    }
    assert_eq!(token(&practice, &good).await.0, 200);
    let (status, answer) = token(&practice, &good).await;
    assert_eq!((status, number(&answer)), (400, 54_005));
    assert_eq!(answer["error"], "invalid_grant");

    let late = redemption(&practice, &code(&practice, ORDER).await);
    practice.advance(Duration::from_secs(601));
    assert_eq!(number(&token(&practice, &late).await.1), 70_008);
}

#[tokio::test]
async fn refreshing_rotates_and_the_old_token_stays_good() {
    let practice = practice().await;
    let first = text(&tokens(&practice, ORDER).await, "refresh_token");
    let (status, answer) = refresh(&practice, &first).await;
    assert_eq!(status, 200, "{answer}");
    let second = text(&answer, "refresh_token");
    assert_ne!(first, second);
    assert_eq!(text(&answer, "scope"), every_scope());
    assert_eq!(refresh(&practice, &first).await.0, 200);
    assert_eq!(refresh(&practice, &second).await.0, 200);
}

#[tokio::test]
async fn ninety_days_without_use_and_it_has_lapsed() {
    let practice = practice().await;
    let first = text(&tokens(&practice, ORDER).await, "refresh_token");
    practice.advance(Duration::from_secs(89 * DAY));
    let (_, answer) = refresh(&practice, &first).await;
    let second = text(&answer, "refresh_token");
    practice.advance(Duration::from_secs(2 * DAY));
    assert_eq!(practice.ahead_seconds(), 91 * 86_400);

    let (status, answer) = refresh(&practice, &first).await;
    assert_eq!((status, number(&answer)), (400, 700_082));
    assert_eq!(answer["suberror"], "bad_token");
    assert!(text(&answer, "error_description").contains("inactive for 90.00:00:00."));
    assert_eq!(refresh(&practice, &second).await.0, 200);
}

#[tokio::test]
async fn a_refresh_may_ask_for_less_but_not_for_more() {
    let practice = practice().await;
    let request = with(
        request(&practice, ORDER),
        "scope",
        &format!("offline_access {POP} {SMTP}"),
    );
    let page = authorize(&practice, &request).await;
    let code = consent(&practice, &page)
        .await
        .answer()
        .remove("code")
        .unwrap();
    let (_, answer) = token(&practice, &redemption(&practice, &code)).await;
    let pairs = vec![
        ("client_id", practice.client_id().to_owned()),
        ("grant_type", "refresh_token".to_owned()),
        ("refresh_token", text(&answer, "refresh_token")),
    ];
    let (_, less) = token(&practice, &with(pairs.clone(), "scope", POP)).await;
    assert_eq!(text(&less, "scope"), POP);
    let (status, more) = token(&practice, &with(pairs, "scope", IMAP)).await;
    assert_eq!((status, number(&more)), (400, 70_000));
}

#[tokio::test]
async fn nonsense_is_refused_in_form() {
    let practice = practice().await;
    let (status, answer) = refresh(&practice, "1.nonsense").await;
    assert_eq!((status, number(&answer)), (400, 9_002_313));
    assert_eq!(answer["error"], "invalid_grant");
    let huge = "x".repeat(200 * 1024);
    let url = format!("{}/oauth2/v2.0/token", practice.authority());
    let response = http()
        .post(url)
        .form(&[("code", huge)])
        .send()
        .await
        .unwrap();
    assert_eq!(response.status().as_u16(), 413);
    let url = practice
        .authority()
        .replace("/common", "/elsewhere.example");
    let (status, body) = {
        let url = format!("{url}/v2.0/.well-known/openid-configuration");
        let response = http().get(url).send().await.unwrap();
        (
            response.status().as_u16(),
            response.json::<Value>().await.unwrap(),
        )
    };
    assert_eq!((status, number(&body)), (400, 90_002));
}

#[tokio::test]
async fn a_reset_forgets_every_grant() {
    let practice = practice().await;
    let token = text(&tokens(&practice, ORDER).await, "refresh_token");
    practice.advance(Duration::from_secs(DAY));
    practice.reset();
    assert_eq!(practice.ahead_seconds(), 0);
    assert_eq!(refresh(&practice, &token).await.0, 400);
    assert_eq!(tokens(&practice, ORDER).await["token_type"], "Bearer");
}
