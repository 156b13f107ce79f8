//! Renewals: what is durable when, who may renew, and what costs an authorization.

use std::sync::PoisonError;

use futures_util::future::join_all;
use tracing_subscriber::fmt::MakeWriter;

use super::provider::Mood;
use super::*;
use crate::problem::Problem;
use crate::secret::Secret;

impl World {
    /// Stores an authorization the provider knows, 10 days old.
    async fn authorized() -> Self {
        let world = Self::new().await;
        world.authorize(world.provider.issue()).await;
        world.clock.advance(10 * 24 * 60 * 60);
        world
    }

    async fn authorize(&self, refresh_token: String) {
        let grant = Grant {
            refresh_token: Secret::new(refresh_token),
            renewed_at: self.clock.now(),
            scopes: vec!["https://outlook.office.com/SMTP.Send".to_owned()],
            signed_in_as: "order@hana.example".to_owned(),
            client_id: CLIENT.to_owned(),
            authority: self.provider.authority(),
            kind: crate::diagnosis::AccountKind::Unknown,
        };
        let (id, revision) = (self.account, self.revision);
        self.store
            .put_grant(&self.vault, id, revision, &grant)
            .await
            .unwrap();
    }

    async fn fresh(&self, tokens: &AccessTokens, need: Need) -> Outcome<AccessToken> {
        tokens.fresh(self.account, need, &self.cancel).await
    }

    async fn stored_token(&self) -> String {
        self.stored()
            .await
            .unwrap()
            .refresh_token
            .expose()
            .to_owned()
    }

    fn standing<'a>(&self, grant: Option<&'a GrantState>) -> Standing<'a> {
        Standing {
            account: self.account,
            grant,
            failing: None,
            every: jiff::SignedDuration::from_hours(7 * 24),
        }
    }

    async fn failing(&self) -> Option<Failing> {
        self.store.account(self.account).await.unwrap().failing
    }

    async fn refused(&self) -> Option<Refusal> {
        self.store
            .account(self.account)
            .await
            .unwrap()
            .grant
            .unwrap()
            .refused
    }
}

#[tokio::test]
async fn a_renewal_is_stored_and_its_token_kept_while_it_lives() {
    let world = World::authorized().await;
    let (tokens, old) = (world.tokens(), world.stored_token().await);
    let token = world.fresh(&tokens, Need::Living).await.unwrap();
    assert!(token.token.expose().starts_with("access-"));
    assert_eq!(token.scopes, ["https://outlook.office.com/SMTP.Send"]);
    let grant = world.stored().await.unwrap();
    assert_ne!(grant.refresh_token.expose(), old);
    assert!(world.clock.now().duration_since(grant.renewed_at).as_secs() < 20);
    assert_eq!(grant.signed_in_as, "order@hana.example");

    let again = world.fresh(&tokens, Need::Living).await.unwrap();
    assert_eq!(again.token.expose(), token.token.expose());
    assert_eq!(world.provider.refreshes().len(), 1);
    assert!(
        !world.provider.refreshes()[0].contains_key("scope"),
        "as much as was granted"
    );
    // Five minutes before its end it is not handed out any more.
    world.clock.advance(56 * 60);
    let next = world.fresh(&tokens, Need::Living).await.unwrap();
    assert_ne!(next.token.expose(), token.token.expose());
    world.fresh(&tokens, Need::Renewed).await.unwrap();
    assert_eq!(world.provider.refreshes().len(), 3);
    tokens.forget(world.account);
    world.fresh(&tokens, Need::Living).await.unwrap();
    assert_eq!(world.provider.refreshes().len(), 4);
}

#[tokio::test]
async fn a_server_that_does_not_rotate_lets_the_old_token_live() {
    let world = World::authorized().await;
    world
        .provider
        .set(|mood| (mood.refresh_token, mood.strict) = (false, false));
    let old = world.stored_token().await;
    world.fresh(&world.tokens(), Need::Living).await.unwrap();
    assert_eq!(world.stored_token().await, old);
    let renewed_at = world.stored().await.unwrap().renewed_at;
    assert!(world.clock.now().duration_since(renewed_at).as_secs() < 20);
}

#[tokio::test]
async fn nothing_that_passes_costs_the_authorization() {
    let world = World::authorized().await;
    let (tokens, old) = (world.tokens(), world.stored_token().await);
    let grant_error = r#"{"error":"invalid_grant"}"#;
    for (status, kind, body) in [
        (200, "text/html", "<html>Wi-Fi</html>"),
        (400, "text/html", "invalid_grant"),
        (503, "application/json", grant_error),
        (429, "application/json", grant_error),
        (408, "text/plain", ""),
        (
            400,
            "application/json",
            r#"{"error":"temporarily_unavailable"}"#,
        ),
        (401, "application/json", r#"{"error":"invalid_client"}"#),
        (302, "text/html", ""),
    ] {
        world
            .provider
            .set(|mood| mood.token_answer = Some((status, kind, body.to_owned())));
        let problem = world.fresh(&tokens, Need::Living).await.unwrap_err();
        assert!(
            matches!(
                problem,
                Problem::SignInUnreachable { .. } | Problem::Diagnosed(_)
            ),
            "{status}: {problem:?}"
        );
        assert_eq!(world.stored_token().await, old, "{status}");
        assert!(world.refused().await.is_none(), "{status} {body}");
    }
    world.provider.set(|mood| mood.token_answer = None);
    world.fresh(&tokens, Need::Living).await.unwrap();
}

#[tokio::test]
async fn how_a_renewal_fails_is_kept_until_one_succeeds() {
    let world = World::authorized().await;
    let tokens = world.tokens();
    world.provider.set(|mood| {
        mood.token_answer = Some((429, "text/html", "<html>busy".to_owned()));
        mood.retry_after = Some("1200");
    });
    world.fresh(&tokens, Need::Living).await.unwrap_err();
    let first = world.failing().await.unwrap();
    assert_eq!((first.attempts, first.since), (1, first.tried_at));
    assert_eq!(first.problem.code, "sign-in-unreachable");
    let named = first.not_before.unwrap().duration_since(first.tried_at);
    assert_eq!(
        (named.as_secs(), first.next_try),
        (1200, first.not_before.unwrap())
    );

    // The program is started again.
    world.clock.advance(1300);
    world.provider.set(|mood| mood.retry_after = None);
    world
        .fresh(&world.tokens(), Need::Living)
        .await
        .unwrap_err();
    let second = world.failing().await.unwrap();
    assert_eq!(
        (second.attempts, second.since, second.not_before),
        (2, first.since, None)
    );

    world.provider.set(|mood| mood.token_answer = None);
    world.fresh(&tokens, Need::Living).await.unwrap();
    assert_eq!(world.failing().await, None);
}

#[tokio::test]
async fn a_new_consent_takes_a_failure_away_and_a_refusal_stands_for_itself() {
    let world = World::authorized().await;
    let answer = |status, body: &str| Some((status, "application/json", body.to_owned()));
    world
        .provider
        .set(|mood| mood.token_answer = answer(503, "{}"));
    world
        .fresh(&world.tokens(), Need::Living)
        .await
        .unwrap_err();
    assert!(world.failing().await.is_some());
    world.authorize(world.provider.issue()).await;
    assert_eq!(world.failing().await, None);
    world
        .fresh(&world.tokens(), Need::Living)
        .await
        .unwrap_err();
    let refusal = r#"{"error":"invalid_grant","error_description":"AADSTS700082"}"#;
    world
        .provider
        .set(|mood| mood.token_answer = answer(400, refusal));
    world
        .fresh(&world.tokens(), Need::Living)
        .await
        .unwrap_err();
    assert_eq!(world.failing().await, None);
    assert!(world.refused().await.is_some());
}

#[tokio::test]
async fn what_another_process_has_just_renewed_is_not_renewed_again() {
    let world = World::authorized().await;
    let seen = world.stored().await.unwrap().renewed_at;
    let (one, two) = (world.tokens(), world.tokens());
    let (account, cancel) = (world.account, &world.cancel);
    let renew =
        |tokens: AccessTokens| async move { tokens.keep_alive(account, seen, cancel).await };
    let (first, second) = tokio::join!(renew(one.clone()), renew(two));
    first.unwrap();
    second.unwrap();
    assert_eq!(world.provider.refreshes().len(), 1);
    // The one that found it renewed has no token to hand out.
    world.fresh(&one, Need::Living).await.unwrap();
}

#[tokio::test]
async fn the_end_waits_for_a_renewal_under_way_and_lets_none_begin() {
    let world = World::authorized().await;
    world
        .provider
        .set(|mood| mood.delay = Duration::from_millis(500));
    let (tokens, old) = (world.tokens(), world.stored_token().await);
    let (outcome, settled) = tokio::join!(world.fresh(&tokens, Need::Living), async {
        while world.provider.arrived() == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(tokens.is_renewing());
        assert!(!tokens.settle(Duration::from_millis(1)).await, "bounded");
        tokens.settle(Duration::from_secs(20)).await
    });
    assert!(settled && !tokens.is_renewing());
    outcome.unwrap();
    assert_ne!(world.stored_token().await, old);
    let late = world.fresh(&tokens, Need::Renewed).await;
    assert_eq!(late.unwrap_err(), Problem::Cancelled);
    assert_eq!(world.failing().await, None, "ending is no failure");
}

#[tokio::test]
async fn a_lost_network_costs_nothing() {
    let world = World::authorized().await;
    let mut grant = world.stored().await.unwrap();
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    grant.authority = format!("http://{}/common", free.local_addr().unwrap());
    drop(free);
    let (id, revision) = (world.account, world.revision);
    world
        .store
        .put_grant(&world.vault, id, revision, &grant)
        .await
        .unwrap();
    let problem = world
        .fresh(&world.tokens(), Need::Living)
        .await
        .unwrap_err();
    assert!(
        matches!(problem, Problem::SignInUnreachable { .. }),
        "{problem:?}"
    );
    assert!(world.refused().await.is_none());
}

#[tokio::test]
async fn a_refusal_is_kept_and_a_new_consent_takes_it_away() {
    let world = World::authorized().await;
    world.authorize("refresh-unknown".to_owned()).await;
    let tokens = world.tokens();
    let problem = world.fresh(&tokens, Need::Living).await.unwrap_err();
    let Problem::Diagnosed(diagnosis) = problem else {
        panic!("{problem:?}")
    };
    assert!(diagnosis.raw().contains("AADSTS700082"));
    assert!(
        world
            .refused()
            .await
            .unwrap()
            .error
            .contains("AADSTS700082")
    );
    let state = world.store.account(world.account).await.unwrap().grant;
    assert!(matches!(
        AuthorizationState::at(&world.standing(state.as_ref()), world.clock.now()),
        AuthorizationState::Refused { .. }
    ));
    world.consent(Habit::Follows).await.unwrap();
    assert!(world.refused().await.is_none());
    world.fresh(&tokens, Need::Living).await.unwrap();
}

#[tokio::test]
async fn a_token_that_another_process_renewed_is_not_taken_for_refused() {
    let world = World::authorized().await;
    let old = world.stored().await.unwrap();
    world
        .provider
        .set(|mood| mood.delay = Duration::from_millis(500));
    let (tokens, next) = (world.tokens(), world.provider.issue());
    let renewed = Grant {
        refresh_token: Secret::new(next.clone()),
        ..old.clone()
    };
    // The first try goes out with a token that the provider does not know any more; meanwhile
    // the other process stores the one it got.
    world.provider.forget(old.refresh_token.expose());
    let (outcome, rotated) = tokio::join!(world.fresh(&tokens, Need::Living), async {
        while world.provider.arrived() == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let token = &old.refresh_token;
        world
            .store
            .rotate_grant(&world.vault, world.account, token, &renewed)
            .await
    });
    assert!(rotated.unwrap());
    outcome.unwrap();
    assert!(world.refused().await.is_none());
    let sent: Vec<_> = world
        .provider
        .refreshes()
        .iter()
        .map(|sent| sent["refresh_token"].clone())
        .collect();
    assert_eq!(sent, [old.refresh_token.expose().to_owned(), next]);
}

#[tokio::test]
async fn callers_at_the_same_time_share_one_renewal() {
    let world = World::authorized().await;
    world
        .provider
        .set(|mood| mood.delay = Duration::from_millis(200));
    let tokens = world.tokens();
    let calls = (0..20).map(|n| {
        let need = if n % 2 == 0 {
            Need::Living
        } else {
            Need::Renewed
        };
        world.fresh(&tokens, need)
    });
    let got = join_all(calls).await;
    let first = got[0].as_ref().unwrap().token.expose().to_owned();
    assert!(
        got.iter()
            .all(|token| token.as_ref().unwrap().token.expose() == first)
    );
    assert_eq!(world.provider.refreshes().len(), 1);
}

#[tokio::test]
async fn processes_take_turns_with_strict_rotation() {
    let world = World::authorized().await;
    let processes: Vec<_> = (0..3).map(|_| world.tokens()).collect();
    for _ in 0..3 {
        let calls = processes
            .iter()
            .map(|tokens| world.fresh(tokens, Need::Renewed));
        for outcome in join_all(calls).await {
            outcome.unwrap();
        }
    }
    assert_eq!(world.provider.refreshes().len(), 9);
    assert!(world.refused().await.is_none());
}

#[tokio::test]
async fn a_dead_owners_lease_is_waited_for_and_taken_over() {
    let world = World::authorized().await;
    let tokens = world.tokens();
    let now = world.clock.now();
    let until = now
        .checked_add(jiff::SignedDuration::from_secs(60))
        .unwrap();
    assert!(
        world
            .store
            .lease(world.account, "dead", now, until)
            .await
            .unwrap()
    );
    let (outcome, ()) = tokio::join!(world.fresh(&tokens, Need::Living), async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(world.provider.arrived(), 0, "the lease is respected");
        world.clock.advance(61);
    });
    outcome.unwrap();
    let later = world.clock.now();
    let until = later
        .checked_add(jiff::SignedDuration::from_secs(60))
        .unwrap();
    let free = world
        .store
        .lease(world.account, "next", later, until)
        .await
        .unwrap();
    assert!(free, "it was given back");
}

#[tokio::test]
async fn a_caller_that_gives_up_does_not_lose_the_renewed_token() {
    let world = World::authorized().await;
    world
        .provider
        .set(|mood| mood.delay = Duration::from_millis(300));
    let (tokens, old) = (world.tokens(), world.stored_token().await);
    let (outcome, ()) = tokio::join!(world.fresh(&tokens, Need::Living), async {
        while world.provider.arrived() == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        world.cancel.cancel();
    });
    assert_eq!(outcome.unwrap_err(), Problem::Cancelled);
    let waited = tokio::time::timeout(Duration::from_secs(20), async {
        while world.stored_token().await == old {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    waited.await.unwrap();
}

#[tokio::test]
async fn a_renewed_token_that_cannot_be_written_is_not_lost() {
    let world = World::authorized().await;
    let (tokens, old) = (world.tokens(), world.stored_token().await);
    let file =
        sqlx::sqlite::SqliteConnectOptions::new().filename(world.folder.path().join("ninka.db"));
    let database = sqlx::SqlitePool::connect_with(file).await.unwrap();
    for when in ["UPDATE", "INSERT"] {
        let trigger = format!(
            "CREATE TRIGGER full_{when} BEFORE {when} ON authorization
             BEGIN SELECT RAISE(ABORT, 'full'); END"
        );
        sqlx::query(sqlx::AssertSqlSafe(trigger))
            .execute(&database)
            .await
            .unwrap();
    }
    world.fresh(&tokens, Need::Living).await.unwrap_err();
    assert_eq!(world.stored_token().await, old);
    for when in ["UPDATE", "INSERT"] {
        let drop = format!("DROP TRIGGER full_{when}");
        sqlx::query(sqlx::AssertSqlSafe(drop))
            .execute(&database)
            .await
            .unwrap();
    }
    database.close().await;
    // The provider has thrown the old token away.
    world.fresh(&tokens, Need::Living).await.unwrap();
    assert_eq!(world.provider.refreshes().len(), 2);
    assert_ne!(world.provider.refreshes()[1]["refresh_token"], old);
}

#[tokio::test]
async fn without_an_authorization_nothing_is_asked() {
    let world = World::new().await;
    let problem = world
        .fresh(&world.tokens(), Need::Living)
        .await
        .unwrap_err();
    assert_eq!(problem, Problem::NotAuthorized);
    assert_eq!(world.provider.arrived(), 0);
}

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[test]
fn no_secret_is_logged_or_printed() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    // One thread, so that every task's log comes here.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (printed, secrets) = tracing::subscriber::with_default(subscriber, || {
        runtime.block_on(async {
            let world = World::new().await;
            world.consent(Habit::Follows).await.unwrap();
            let tokens = world.tokens();
            let token = world.fresh(&tokens, Need::Renewed).await.unwrap();
            let grant = world.stored().await.unwrap();
            let mut printed = format!("{token:?} {tokens:?} {grant:?}");
            let quoting = r#"{"access_token":["refresh-1-"],"token_type":"Bearer"}"#;
            let bad = (200, "application/json", quoting.to_owned());
            world.provider.set(|mood| {
                *mood = Mood {
                    token_answer: Some(bad),
                    ..Mood::default()
                }
            });
            let problem = world.fresh(&tokens, Need::Renewed).await.unwrap_err();
            printed += &format!("{problem:?} {:?}", world.store.accounts().await.unwrap());
            world.page().await;
            (printed, world.provider.secrets())
        })
    });
    let logged = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(logged.len() > 100, "the log was captured");
    assert!(
        secrets.len() >= 6,
        "code, verifier, tokens: {}",
        secrets.len()
    );
    for secret in secrets {
        let beginning: String = secret.chars().take(24).collect();
        assert!(!printed.contains(&beginning), "{beginning} in {printed}");
        // Nothing of ours may log it; the test's own server and the libraries' wire logs may not
        // either, as the program's log has no filter of its own.
        assert!(!logged.contains(&beginning), "{beginning} was logged");
    }
}
