//! The ways back beside the loopback port, and what happens where the port does not work.

use super::*;
use crate::browsers::{Browser as Installed, BrowserChoice};
use crate::problem::{PasteFault, Problem};
use crate::secret::Secret;

impl World {
    async fn wish(&self, wish: ConsentWish) -> Outcome<()> {
        self.consents.wish(self.account, wish).await
    }

    /// The last event of a name, once it is there.
    async fn event(&self, wanted: &str) -> ConsentEvent {
        for _ in 0..500 {
            let place = self.events().iter().rposition(|name| *name == wanted);
            if let Some(place) = place {
                return self.events.lock().unwrap()[place].clone();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("no {wanted} among {:?}", self.events())
    }
}

#[tokio::test]
async fn the_final_address_may_be_pasted() {
    let world = World::new().await;
    let (outcome, ()) = tokio::join!(world.consent(Habit::Closes), async {
        let url = world.url().await;
        let answer = sign_in(&url).await;
        let paste = async |text: &str| {
            let text = Secret::new(text.to_owned());
            world.wish(ConsentWish::Paste(text)).await
        };
        for (text, fault) in [
            (url.as_str(), PasteFault::SignInPage),
            ("order@hana.example", PasteFault::NotAnAddress),
            (
                "http://localhost:1/?code=c&state=s",
                PasteFault::OtherAttempt,
            ),
        ] {
            assert_eq!(paste(text).await, Err(Problem::PasteRefused(fault)));
        }
        assert_eq!(paste(&answer).await, Ok(()));
    });
    outcome.unwrap();
    assert!(world.stored().await.is_some());
    assert_eq!(world.events(), ["opening", "returned"]);
}

#[tokio::test]
async fn a_pasted_answer_of_another_issuer_is_refused() {
    let world = World::new().await;
    world
        .provider
        .set(|mood| mood.besides = "&iss=https%3A%2F%2Fevil.example".to_owned());
    let (outcome, ()) = tokio::join!(world.consent(Habit::Closes), async {
        let answer = sign_in(&world.url().await).await;
        let wish = ConsentWish::Paste(Secret::new(answer));
        assert_eq!(world.wish(wish).await, Ok(()));
    });
    let claim = "iss".to_owned();
    assert_eq!(outcome.unwrap_err(), Problem::IdTokenInvalid { claim });
}

#[tokio::test]
async fn a_code_used_on_another_device_is_as_good() {
    let world = World::new().await;
    let script = &["authorization_pending", "down", "authorization_pending"];
    world.provider.set(|mood| mood.device = Some(script));
    let (outcome, ()) = tokio::join!(world.consent(Habit::Closes), async {
        world.url().await;
        assert_eq!(world.wish(ConsentWish::DeviceCode).await, Ok(()));
        let ConsentEvent::DeviceCode {
            user_code,
            address,
            qr,
            ..
        } = world.event("device-code").await
        else {
            panic!("no code")
        };
        assert_eq!(user_code, "BDWP-HQPK");
        assert_eq!(address, format!("{}/device", world.provider.base));
        assert!(qr.is_some());
    });
    outcome.unwrap();
    assert_eq!(world.events(), ["opening", "device-code", "returned"]);
    let grant = world.stored().await.unwrap();
    assert_eq!(grant.signed_in_as, "order@hana.example");
    assert_eq!(grant.scopes.len(), 2);
}

#[tokio::test]
async fn a_code_that_leads_nowhere_leaves_the_browser_waited_for() {
    for (script, life, user, tokens, expected) in [
        (
            &["expired_token"][..],
            900,
            "order",
            true,
            Problem::DeviceCodeExpired,
        ),
        (
            &["authorization_pending"; 9][..],
            1,
            "order",
            true,
            Problem::DeviceCodeExpired,
        ),
        (
            &[][..],
            900,
            "order",
            false,
            Problem::DeviceRefreshTokenMissing,
        ),
        (
            &[][..],
            900,
            "taro",
            true,
            Problem::WrongAccountSignedIn {
                expected: "Order@Hana.example".to_owned(),
                actual: "taro@hana.example".to_owned(),
            },
        ),
    ] {
        let world = World::new().await;
        world.provider.set(|mood| {
            mood.device = Some(script);
            mood.device_life = life;
            mood.user = format!("{user}@hana.example");
            mood.refresh_token = tokens;
        });
        let (outcome, ()) = tokio::join!(world.consent(Habit::Closes), async {
            let url = world.url().await;
            world.wish(ConsentWish::DeviceCode).await.unwrap();
            let ConsentEvent::DeviceEnded { problem } = world.event("device-ended").await else {
                panic!("it went on")
            };
            assert_eq!(problem.code, expected.code(), "{script:?}");
            assert!(world.stored().await.is_none());
            world.provider.set(|mood| {
                mood.user = "order@hana.example".to_owned();
                mood.refresh_token = true;
            });
            visit(&sign_in(&url).await).await;
        });
        outcome.unwrap();
        assert!(world.stored().await.is_some());
    }
}

#[tokio::test]
async fn a_declined_code_is_explained_and_another_may_be_had() {
    let world = World::new().await;
    world
        .provider
        .set(|mood| mood.device = Some(&["access_denied"]));
    let (outcome, ()) = tokio::join!(world.consent(Habit::Closes), async {
        world.url().await;
        world.wish(ConsentWish::DeviceCode).await.unwrap();
        let ConsentEvent::DeviceEnded { problem } = world.event("device-ended").await else {
            panic!("it went on")
        };
        assert!(problem.diagnosis.is_some(), "{problem:?}");
        world.provider.set(|mood| mood.device = Some(&[]));
        world.wish(ConsentWish::DeviceCode).await.unwrap();
    });
    outcome.unwrap();
    assert_eq!(
        world.events(),
        [
            "opening",
            "device-code",
            "device-ended",
            "device-code",
            "returned"
        ]
    );
}

#[tokio::test]
async fn a_service_without_such_codes_says_so() {
    let world = World::new().await;
    world.provider.set(|mood| mood.device = None);
    let (outcome, ()) = tokio::join!(world.consent(Habit::Closes), async {
        let url = world.url().await;
        world.wish(ConsentWish::DeviceCode).await.unwrap();
        let ConsentEvent::DeviceEnded { problem } = world.event("device-ended").await else {
            panic!("it went on")
        };
        assert_eq!(problem.code, "device-code-unavailable");
        visit(&sign_in(&url).await).await;
    });
    outcome.unwrap();
}

#[tokio::test]
async fn where_the_port_does_not_work_the_other_ways_are_left() {
    for pastes in [true, false] {
        let world = World::new().await;
        let mut request = world.request();
        // Too short for any answer: what security software that holds it back looks like.
        request.loopback_patience = Duration::ZERO;
        let (outcome, ()) = tokio::join!(world.consent_to(&request, Habit::Follows), async {
            let url = world.url().await;
            let ConsentEvent::LoopbackFailed { problem, .. } = world.event("loopback-failed").await
            else {
                panic!("it worked")
            };
            assert_eq!(problem.code, "loopback-blocked");
            let wish = if pastes {
                ConsentWish::Paste(Secret::new(sign_in(&url).await))
            } else {
                ConsentWish::DeviceCode
            };
            world.wish(wish).await.unwrap();
        });
        outcome.unwrap();
        let seen = world.events();
        assert_eq!(
            (seen.first(), seen.last()),
            (Some(&"loopback-failed"), Some(&"returned"))
        );
        assert!(world.stored().await.is_some());
    }
}

#[tokio::test]
async fn the_page_opens_again_in_a_browser_of_the_users_choice() {
    let world = World::new().await;
    let (outcome, ()) = tokio::join!(world.consent(Habit::Closes), async {
        world.url().await;
        let choice = BrowserChoice {
            browser: Installed::Firefox,
            private: true,
        };
        assert_eq!(world.wish(ConsentWish::Open(Some(choice))).await, Ok(()));
        assert_eq!(world.choices.lock().await.recv().await, Some(choice));
        let gone = BrowserChoice {
            browser: Installed::Safari,
            private: false,
        };
        assert_eq!(
            world.wish(ConsentWish::Open(Some(gone))).await,
            Err(Problem::BrowserNotOpened)
        );
        assert_eq!(world.wish(ConsentWish::Open(None)).await, Ok(()));
        world.consents.cancel(world.account);
    });
    assert_eq!(outcome.unwrap_err(), Problem::Cancelled);
}

#[tokio::test]
async fn a_laptop_that_slept_has_a_moment_left() {
    let world = World::new().await;
    let (outcome, ()) = tokio::join!(world.consent(Habit::Closes), async {
        let url = world.url().await;
        world.clock.advance(8 * 3600);
        let ConsentEvent::Deadline { deadline } = world.event("deadline").await else {
            panic!("the wait ended as if nothing were")
        };
        let left = deadline - world.clock.now().as_second();
        assert!((15..=20).contains(&left), "{left}");
        visit(&sign_in(&url).await).await;
    });
    outcome.unwrap();
}
