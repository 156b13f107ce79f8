//! Consents that go well, and every way in which one is refused.

use serde_json::json;

use super::provider::TENANT;
use super::*;
use crate::problem::Problem;

#[tokio::test]
async fn a_consent_is_stored_and_the_browser_told() {
    let world = World::new().await;
    world.consent(Habit::Follows).await.unwrap();
    assert_eq!(world.events(), ["opening", "returned"]);

    let grant = world.stored().await.unwrap();
    assert!(grant.refresh_token.expose().starts_with("refresh-"));
    assert_eq!(
        grant.scopes,
        [
            "https://outlook.office.com/POP.AccessAsUser.All",
            "https://outlook.office.com/SMTP.Send"
        ]
    );
    assert_eq!(grant.signed_in_as, "order@hana.example");
    assert_eq!(
        (grant.client_id.as_str(), grant.authority),
        (CLIENT, world.provider.authority())
    );
    assert!(world.clock.now().duration_since(grant.renewed_at).as_secs() < 20);

    let page = world.page().await;
    assert_eq!(page.status, 200);
    assert!(
        page.text.contains("認可設定が、完了しました。"),
        "{}",
        page.text
    );
    assert!(page.text.contains("Order@Hana.example"));
}

#[tokio::test]
async fn the_answer_may_be_posted_and_the_discovery_document_may_be_missing() {
    let world = World::new().await;
    world.provider.set(|mood| mood.discovery = None);
    world.consent(Habit::Posts).await.unwrap();
    assert!(world.stored().await.is_some());
    assert!(
        world
            .page()
            .await
            .text
            .contains("認可設定が、完了しました。")
    );
}

#[tokio::test]
async fn the_link_asks_for_what_is_needed_and_no_more() {
    let world = World::new().await;
    let mut request = world.request();
    request.protocols = vec![MailProtocol::Smtp];
    world.consent_to(&request, Habit::Follows).await.unwrap();
    let url = world.url().await;
    assert_eq!(
        parameter(&url, "scope"),
        "https://outlook.office.com/SMTP.Send offline_access openid profile email"
    );
    assert_eq!(parameter(&url, "prompt"), "select_account");
    assert_eq!(parameter(&url, "ui_locales"), "ja");
    assert!(!url.contains("consent"), "never prompt=consent: {url}");
}

/// Runs a consent that must fail, and checks that nothing was stored and the page says so.
async fn refused(change: impl FnOnce(&mut provider::Mood)) -> (World, Problem, Page) {
    let world = World::new().await;
    world.provider.set(change);
    let problem = world.consent(Habit::Follows).await.unwrap_err();
    assert!(world.stored().await.is_none(), "{problem:?}");
    assert_eq!(world.events(), ["opening", "returned"]);
    let page = world.page().await;
    assert_eq!(page.status, 200);
    assert!(
        page.text.contains("認可は、完了していません。"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("完了しました"));
    (world, problem, page)
}

#[tokio::test]
async fn another_user_is_refused_with_both_addresses() {
    let (_, problem, page) = refused(|mood| mood.user = "taro@hana.example".to_owned()).await;
    assert_eq!(
        problem,
        Problem::WrongAccountSignedIn {
            expected: "Order@Hana.example".to_owned(),
            actual: "taro@hana.example".to_owned(),
        }
    );
    assert!(page.text.contains("Order@Hana.example") && page.text.contains("taro@hana.example"));
}

#[tokio::test]
async fn for_a_shared_mailbox_the_person_signs_in() {
    let world = World::new().await;
    let signs_in = |user: &str, hint: &str| {
        world.provider.set(|mood| {
            mood.user = user.to_owned();
            mood.hint = hint.to_owned();
        });
    };
    signs_in("taro@hana.example", "taro@hana.example");
    let mut request = world.request();
    request.signer = Signer::Person(MailAddress::new("Taro@Hana.example").unwrap());
    world.consent_to(&request, Habit::Follows).await.unwrap();
    let grant = world.stored().await.unwrap();
    assert_eq!(grant.signed_in_as, "taro@hana.example");
    // The page tells which mailbox it is good for.
    assert!(world.page().await.text.contains("Order@Hana.example"));

    signs_in("jiro@hana.example", "taro@hana.example");
    let ended = world.consent_to(&request, Habit::Follows).await;
    assert_eq!(
        ended.unwrap_err(),
        Problem::WrongPersonSignedIn {
            mailbox: "Order@Hana.example".to_owned(),
            expected: "Taro@Hana.example".to_owned(),
            actual: "jiro@hana.example".to_owned(),
        }
    );
    let kept = world.stored().await.unwrap();
    assert_eq!(kept.signed_in_as, "taro@hana.example");

    // Where it is open who signs in, nobody is suggested and nobody refused.
    signs_in("jiro@hana.example", "");
    request.signer = Signer::Anybody;
    world.consent_to(&request, Habit::Follows).await.unwrap();
    let grant = world.stored().await.unwrap();
    assert_eq!(grant.signed_in_as, "jiro@hana.example");
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let smtp = "https://outlook.office.com/SMTP.Send".to_owned();
    let (_, problem, _) = refused(|mood| mood.scope = Some(smtp)).await;
    let scopes = "https://outlook.office.com/POP.AccessAsUser.All".to_owned();
    assert_eq!(problem, Problem::ScopesMissing { scopes });
}

#[tokio::test]
async fn a_consent_that_cannot_be_kept_is_refused() {
    let (_, problem, _) = refused(|mood| mood.refresh_token = false).await;
    assert_eq!(problem, Problem::RefreshTokenMissing);
}

#[tokio::test]
async fn an_id_token_that_does_not_fit_is_refused() {
    let now = ShiftedClock::default().now().as_second();
    for (claim, value) in [
        ("nonce", json!("another")),
        ("aud", json!("another")),
        ("iss", json!(format!("https://evil.example/{TENANT}/v2.0"))),
        ("exp", json!(now - 1000)),
        ("nbf", json!(now + 1000)),
        ("nonce", json!(null)),
    ] {
        let (_, problem, _) = refused(|mood| mood.claims = json!({ claim: value })).await;
        let claim = claim.to_owned();
        assert_eq!(problem, Problem::IdTokenInvalid { claim });
    }
}

#[tokio::test]
async fn an_answer_of_another_issuer_is_refused() {
    let iss = Problem::IdTokenInvalid {
        claim: "iss".to_owned(),
    };
    let (world, problem, _) =
        refused(|mood| mood.besides = "&iss=https%3A%2F%2Fevil.example".to_owned()).await;
    assert_eq!(problem, iss);
    let redeemed = world
        .provider
        .secrets()
        .iter()
        .any(|secret| secret.starts_with("access-"));
    assert!(!redeemed, "the code was not taken to the wrong place");
    // One that was promised and did not come.
    let (_, problem, _) = refused(|mood| mood.discovery = Some(true)).await;
    assert_eq!(problem, iss);
}

#[tokio::test]
async fn an_issuer_that_fits_is_accepted() {
    let world = World::new().await;
    let issuer = format!("&iss={}/{TENANT}/v2.0", world.provider.base);
    world.provider.set(|mood| {
        mood.discovery = Some(true);
        mood.besides = issuer;
    });
    world.consent(Habit::Follows).await.unwrap();
}

#[tokio::test]
async fn a_refusal_in_the_browser_is_explained_and_escaped() {
    let refusal = "error=access_denied&error_subcode=cancel\
        &error_description=AADSTS65004%3A+%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let (_, problem, page) = refused(|mood| mood.refusal = Some(refusal.to_owned())).await;
    let Problem::Diagnosed(diagnosis) = problem else {
        panic!("{problem:?}")
    };
    assert!(diagnosis.raw().contains("access_denied") && diagnosis.raw().contains("AADSTS65004"));
    assert!(
        page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("<script"));
}

#[tokio::test]
async fn a_refusal_of_the_code_keeps_what_was_said() {
    let body = json!({
        "error": "invalid_client",
        "error_description": "AADSTS7000218: The request body must contain client_secret.",
        "error_codes": [7_000_218],
    });
    let answer = (401, "application/json", body.to_string());
    let (_, problem, page) = refused(|mood| mood.token_answer = Some(answer)).await;
    let Problem::Diagnosed(diagnosis) = problem else {
        panic!("{problem:?}")
    };
    assert_eq!(diagnosis.raw(), body.to_string());
    assert!(page.text.contains("AADSTS7000218"));
}

#[tokio::test]
async fn what_is_no_answer_of_a_sign_in_service_is_told_as_such() {
    let long = format!("{{\"x\":\"{}\"}}", "x".repeat(300 * 1024));
    for (status, kind, body) in [
        (200, "text/html", "<html>Wi-Fi sign-in</html>".to_owned()),
        (200, "application/json", "[]".to_owned()),
        (
            200,
            "application/json",
            "{\"token_type\":\"Bearer\"}".to_owned(),
        ),
        (302, "text/html", String::new()),
        (503, "text/html", "busy".to_owned()),
        (503, "application/json", "{}".to_owned()),
        (200, "application/json", long),
    ] {
        let note = format!("{status} {kind}");
        let (_, problem, _) = refused(|mood| mood.token_answer = Some((status, kind, body))).await;
        let Problem::SignInUnreachable { host, detail } = problem else {
            panic!("{note}: {problem:?}")
        };
        assert_eq!(host, "127.0.0.1");
        assert!(!detail.is_empty(), "{note}");
    }
}

#[tokio::test]
async fn the_page_tells_that_storing_failed() {
    let mut world = World::new().await;
    world.revision = Revision(world.revision.0 + 1);
    let problem = world.consent(Habit::Follows).await.unwrap_err();
    assert_eq!(problem, Problem::AccountChanged);
    let page = world.page().await;
    assert!(page.text.contains("認可は、完了していません。"));
    assert!(
        page.text
            .contains(&Language::Ja.plain("problem-account-changed"))
    );
}

#[tokio::test]
async fn a_closed_tab_ends_with_the_deadline_and_a_cancel_at_once() {
    let world = World::new().await;
    let mut request = world.request();
    request.patience = Duration::from_millis(300);
    let problem = world.consent_to(&request, Habit::Closes).await.unwrap_err();
    assert_eq!(problem, Problem::ConsentTimedOut { minutes: 0 });
    let (outcome, ()) = tokio::join!(world.consent(Habit::Closes), async {
        world.url().await;
        world.url().await;
        world.consents.cancel(world.account);
    });
    assert_eq!(outcome.unwrap_err(), Problem::Cancelled);
    world.consent(Habit::Follows).await.unwrap();
}

#[tokio::test]
async fn a_cancel_while_the_code_is_redeemed_stores_nothing_and_tells_the_browser() {
    let world = World::new().await;
    world
        .provider
        .set(|mood| mood.delay = Duration::from_secs(15));
    let (outcome, ()) = tokio::join!(world.consent(Habit::Follows), async {
        world.url().await;
        while !world.events().contains(&"returned") {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        world.consents.cancel(world.account);
    });
    assert_eq!(outcome.unwrap_err(), Problem::Cancelled);
    assert!(world.page().await.text.contains("キャンセルしました"));
    assert!(world.stored().await.is_none());
}

#[tokio::test]
async fn without_a_browser_the_link_can_be_copied() {
    let world = World::new().await;
    let (outcome, page) = tokio::join!(world.consent(Habit::Fails), async {
        let url = world.url().await;
        while !world.events().contains(&"browser-not-opened") {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        visit(&sign_in(&url).await).await
    });
    outcome.unwrap();
    assert_eq!(
        world.events(),
        ["opening", "browser-not-opened", "returned"]
    );
    assert!(page.text.contains("認可設定が、完了しました。"));
}

#[tokio::test]
async fn two_consents_wait_at_once_and_are_told_apart() {
    let (one, two) = (World::new().await, World::new().await);
    let (first, second, ()) = tokio::join!(
        one.consent(Habit::Closes),
        two.consent(Habit::Closes),
        async {
            let (url_one, url_two) = (one.url().await, two.url().await);
            let (home_one, home_two) = (sign_in(&url_one).await, sign_in(&url_two).await);
            // The answer of one, brought to the other's port.
            let (port_one, port_two) = (
                parameter(&url_one, "redirect_uri"),
                parameter(&url_two, "redirect_uri"),
            );
            let crossed = visit(&home_one.replace(&port_one, &port_two)).await;
            assert_eq!(crossed.status, 400);
            assert_eq!(visit(&home_two).await.status, 200);
            assert_eq!(visit(&home_one).await.status, 200);
        }
    );
    first.unwrap();
    second.unwrap();
    assert!(one.stored().await.is_some() && two.stored().await.is_some());
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_told_before_the_browser_opens() {
    let world = World::new().await;
    let mut request = world.request();
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    request.cloud = Cloud::Custom(Authority::new(&base).unwrap());
    let problem = world
        .consent_to(&request, Habit::Follows)
        .await
        .unwrap_err();
    assert!(
        matches!(problem, Problem::SignInUnreachable { .. }),
        "{problem:?}"
    );
    request.client_id = " ".to_owned();
    let problem = world
        .consent_to(&request, Habit::Follows)
        .await
        .unwrap_err();
    assert_eq!(problem, Problem::ClientIdMissing);
    assert!(world.events().is_empty());
}

#[tokio::test]
async fn a_consent_can_move_between_threads() {
    fn movable<T: Send>(_: &T) {}
    let world = World::new().await;
    let future = world.consent(Habit::Closes);
    movable(&future);
}
