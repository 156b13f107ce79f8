//! The device flow.

use serde_json::Value;

use crate::application::*;

async fn begin(practice: &ninka_practice::Practice) -> Value {
    let url = format!("{}/oauth2/v2.0/devicecode", practice.authority());
    let form = [
        ("client_id", practice.client_id().to_owned()),
        ("scope", every_scope()),
    ];
    http()
        .post(url)
        .form(&form)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap()
}

async fn poll(practice: &ninka_practice::Practice, device_code: &str) -> (u16, Value) {
    let pairs = vec![
        ("client_id", practice.client_id().to_owned()),
        (
            "grant_type",
            "urn:ietf:params:oauth:grant-type:device_code".to_owned(),
        ),
        ("device_code", device_code.to_owned()),
    ];
    token(practice, &pairs).await
}

async fn enter(begun: &Value, code: &str) -> Page {
    let page = text(begun, "verification_uri");
    let form = [("code", code)];
    Page::of(http().post(page).form(&form).send().await.unwrap()).await
}

#[tokio::test]
async fn a_device_waits_and_gets_its_tokens_once() {
    let practice = practice().await;
    let begun = begin(&practice).await;
    let device_code = text(&begun, "device_code");
    assert!(text(&begun, "message").contains(&text(&begun, "user_code")));
    let (status, answer) = poll(&practice, &device_code).await;
    assert_eq!((status, number(&answer)), (400, 70_016));
    assert_eq!(answer["error"], "authorization_pending");

    assert!(enter(&begun, "WRONG").await.has("no such code"));
    let picker = enter(&begun, &text(&begun, "user_code").to_lowercase()).await;
    let page = press(&practice, &picker, &[("act", "pick"), ("address", ORDER)]).await;
    assert!(consent(&practice, &page).await.has("You are signed in"));

    let (status, answer) = poll(&practice, &device_code).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(
        claims(&text(&answer, "id_token"))["preferred_username"],
        ORDER
    );
    assert_eq!(
        poll(&practice, &device_code).await.1["error"],
        "expired_token"
    );
}

#[tokio::test]
async fn a_declined_device_is_told() {
    let practice = practice().await;
    let begun = begin(&practice).await;
    let picker = enter(&begun, &text(&begun, "user_code")).await;
    let page = press(&practice, &picker, &[("act", "pick"), ("address", ORDER)]).await;
    assert!(
        press(&practice, &page, &[("act", "back")])
            .await
            .has("You have declined")
    );
    let (_, answer) = poll(&practice, &text(&begun, "device_code")).await;
    assert_eq!(answer["error"], "authorization_declined");
}
