//! The other ways to consent at a real identity provider: a code that is used in another browser,
//! and the final address of a browser that cannot come back.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use ninka_core::account::AccountId;
use ninka_core::secret::Secret;
use ninka_core::view::{AccountView, AuthorizationState, ConsentEvent, ProblemView, Protocol};
use ninka_core::{Outcome, Problem};
use ninka_tests::bench::{Bench, ORDER, User, shared};
use ninka_tests::browser::Browser;
use ninka_tests::shop::{Servers, Shop, good, part};
use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;

/// Longer than two pauses of five seconds and one of ten.
const LIMIT: Duration = Duration::from_secs(60);

/// A consent that is waited for.
struct Waiting {
    shop: Shop,
    id: AccountId,
    told: UnboundedReceiver<ConsentEvent>,
    ended: JoinHandle<Outcome<AccountView>>,
}

impl Waiting {
    async fn begin(bench: &Bench) -> (Self, String) {
        let shop = Shop::open(bench).await.unwrap();
        let id = shop
            .oauth_account(ORDER, Servers::usual(bench))
            .await
            .unwrap();
        let (tell, told) = unbounded_channel();
        let ninka = Arc::clone(&shop.ninka);
        let ended = tokio::spawn(async move {
            let tell = move |event| drop(tell.send(event));
            ninka.authorize(id, &tell).await
        });
        let mut waiting = Self {
            shop,
            id,
            told,
            ended,
        };
        let event = waiting.next().await;
        let ConsentEvent::Opening { url, .. } = event else {
            panic!("{event:?}")
        };
        (waiting, url)
    }

    async fn next(&mut self) -> ConsentEvent {
        let event = tokio::time::timeout(LIMIT, self.told.recv()).await;
        event.unwrap().unwrap()
    }

    /// Asks for a code; gives it and where it is entered.
    async fn code(&mut self) -> (String, String) {
        good(self.shop.ninka.device_consent(self.id).await).unwrap();
        let event = self.next().await;
        let ConsentEvent::DeviceCode {
            user_code, address, ..
        } = event
        else {
            panic!("{event:?}")
        };
        (user_code, address)
    }

    async fn device_ends(&mut self) -> ProblemView {
        let event = self.next().await;
        let ConsentEvent::DeviceEnded { problem } = event else {
            panic!("{event:?}")
        };
        *problem
    }

    async fn stored(&self) -> AuthorizationState {
        good(self.shop.ninka.account(self.id).await)
            .unwrap()
            .row
            .authorization
    }

    /// The shop, and with it its data, stays.
    async fn end(&mut self) -> Outcome<AccountView> {
        (&mut self.ended).await.unwrap()
    }

    async fn cancel(mut self) {
        self.shop.ninka.cancel_authorize(self.id);
        assert_eq!(self.end().await.unwrap_err(), Problem::Cancelled);
    }
}

/// Enters a code on another device, signs in there and consents.
async fn use_code(browser: &Browser, (code, address): &(String, String), user: User) -> Result<()> {
    browser.open(address).await?;
    browser.enter_code(code).await?;
    browser.sign_in(user.address, user.password).await?;
    browser.accept().await.context("the last page")
}

#[tokio::test]
async fn a_code_is_asked_for_as_slowly_as_the_service_wants_and_opens_every_door() {
    let bench = shared().await;
    let (mut waiting, _) = Waiting::begin(&bench).await;
    // One answer that wants more time between two questions; the library itself never does.
    let slow = json!({ "faults": { "token": {
        "status": 400, "type": "application/json", "body": "{\"error\":\"slow_down\"}", "times": 1,
    } } });
    bench.idp.set(slow).await.unwrap();
    let code = waiting.code().await;
    let begun = std::time::Instant::now();
    let asked = async || bench.idp.seen("token").await.unwrap();
    while asked().await.len() < 2 {
        assert!(begun.elapsed() < LIMIT);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    // Five seconds to the first question, ten to the second.
    assert!(
        begun.elapsed() >= Duration::from_secs(14),
        "{:?}",
        begun.elapsed()
    );
    let seen = asked().await;
    assert_eq!(seen[1]["error"], "authorization_pending", "{seen:?}");

    let browser = Browser::headless().await.unwrap();
    use_code(&browser, &code, ORDER).await.unwrap();
    assert_eq!(waiting.next().await, ConsentEvent::Returned);
    let (shop, id) = (Arc::clone(&waiting.shop.ninka), waiting.id);
    let account = good(waiting.end().await).unwrap();
    assert!(
        matches!(
            account.row.authorization,
            AuthorizationState::Authorized { .. }
        ),
        "{account:?}"
    );
    let report = good(shop.check(&[id], &|_| {}).await).unwrap();
    for protocol in [Protocol::Pop3, Protocol::Smtp] {
        assert_eq!(
            part(&report[0], protocol).unwrap().problem,
            None,
            "{report:#?}"
        );
    }
}

#[tokio::test]
async fn a_code_that_is_declined_or_too_late_leaves_the_browser_waited_for() {
    let bench = shared().await;
    let browser = Browser::headless().await.unwrap();
    let (mut waiting, _) = Waiting::begin(&bench).await;
    let (code, address) = waiting.code().await;
    browser.open(&address).await.unwrap();
    browser.refuse_code(&code).await.unwrap();
    let problem = waiting.device_ends().await;
    assert!(problem.diagnosis.is_some(), "{problem:?}");

    bench.idp.set(json!({ "deviceSeconds": 3 })).await.unwrap();
    waiting.code().await;
    assert_eq!(waiting.device_ends().await.code, "device-code-expired");
    let stored = waiting.stored().await;
    assert_eq!(stored.settled(), &AuthorizationState::None);
    waiting.cancel().await;
}

#[tokio::test]
async fn a_code_without_a_refresh_token_leads_back_to_the_browser() {
    let bench = shared().await;
    bench
        .idp
        .set(json!({ "refreshTokens": false }))
        .await
        .unwrap();
    let browser = Browser::headless().await.unwrap();
    let (mut waiting, url) = Waiting::begin(&bench).await;
    let code = waiting.code().await;
    use_code(&browser, &code, ORDER).await.unwrap();
    let problem = waiting.device_ends().await;
    assert_eq!(problem.code, "device-refresh-token-missing");
    bench
        .idp
        .set(json!({ "refreshTokens": true }))
        .await
        .unwrap();
    browser.open(&url).await.unwrap();
    browser
        .sign_in(ORDER.address, ORDER.password)
        .await
        .unwrap();
    browser.accept().await.unwrap();
    good(waiting.end().await).unwrap();
}

#[tokio::test]
async fn the_final_address_of_a_browser_that_cannot_come_back_is_pasted() {
    let bench = shared().await;
    let browser = Browser::without_localhost().await.unwrap();
    let (mut waiting, url) = Waiting::begin(&bench).await;
    browser.open(&url).await.unwrap();
    browser
        .sign_in(ORDER.address, ORDER.password)
        .await
        .unwrap();
    browser.accept().await.unwrap();
    let last = browser.stranded().await.unwrap();
    assert!(last.contains("code="), "{last}");
    let paste = async |text: String| {
        let address = Secret::new(text);
        waiting.shop.ninka.paste_consent(waiting.id, address).await
    };
    assert!(matches!(paste(url).await, Err(Problem::PasteRefused(_))));
    good(paste(last).await).unwrap();
    good(waiting.end().await).unwrap();
}
