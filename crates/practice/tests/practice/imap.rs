//! IMAP over TLS.

use crate::application::*;
use crate::dialogue::{Dialogue, xoauth2};

#[tokio::test]
async fn one_step_and_two_steps_open_the_mailbox() {
    let practice = practice().await;
    let token = access_token(&practice, ORDER).await;
    let response = xoauth2(ORDER, &token);
    let count = practice.messages(ORDER).len();

    let (mut imap, greeting) = Dialogue::greeted(&practice, practice.imap()).await;
    assert!(greeting.starts_with("* OK "));
    let capabilities = imap.ask("a CAPABILITY").await;
    assert!(capabilities.contains("AUTH=XOAUTH2") && capabilities.contains("SASL-IR"));
    assert_eq!(imap.line().await, "a OK CAPABILITY completed.");
    let entered = imap
        .ask(&format!("b AUTHENTICATE XOAUTH2 {response}"))
        .await;
    assert_eq!(entered, "b OK AUTHENTICATE completed.");
    let status = imap.ask("c STATUS INBOX (MESSAGES UNSEEN)").await;
    assert!(
        status.starts_with(&format!("* STATUS INBOX (MESSAGES {count} ")),
        "{status}"
    );
    assert_eq!(imap.line().await, "c OK STATUS completed.");
    imap.send(b"d EXAMINE \"INBOX\"\r\n").await;
    let examined = imap.until(|line| line.starts_with("d ")).await;
    assert_eq!(examined[0], format!("* {count} EXISTS"));
    imap.send(b"e UID FETCH 1:* (UID RFC822.SIZE BODY.PEEK[HEADER])\r\n")
        .await;
    let fetched = imap.until(|line| line.starts_with("e ")).await;
    let subjects = fetched
        .iter()
        .filter(|line| line.starts_with("Subject: =?"))
        .count();
    assert_eq!(subjects, count);
    assert!(imap.ask("f LOGOUT").await.starts_with("* BYE"));
    assert_eq!(imap.line().await, "f OK LOGOUT completed.");
    assert!(imap.ended().await);

    let (mut imap, _) = Dialogue::greeted(&practice, practice.imap()).await;
    assert_eq!(imap.ask("a AUTHENTICATE XOAUTH2").await, "+ ");
    assert_eq!(imap.ask(&response).await, "a OK AUTHENTICATE completed.");
}

#[tokio::test]
async fn a_token_of_somebody_else_is_let_in_but_not_connected() {
    let practice = practice().await;
    let token = access_token(&practice, ORDER).await;
    let (mut imap, _) = Dialogue::greeted(&practice, practice.imap()).await;
    let line = format!("a AUTHENTICATE XOAUTH2 {}", xoauth2(INFO, &token));
    assert_eq!(imap.ask(&line).await, "a OK AUTHENTICATE completed.");
    let status = imap.ask("b STATUS INBOX (MESSAGES)").await;
    assert_eq!(status, "b BAD User is authenticated but not connected.");
}

#[tokio::test]
async fn the_rest_is_refused() {
    let practice = practice().await;
    let (mut imap, _) = Dialogue::greeted(&practice, practice.imap()).await;
    let line = format!("a AUTHENTICATE XOAUTH2 {}", xoauth2(ORDER, "nonsense"));
    assert_eq!(imap.ask(&line).await, "a NO AUTHENTICATE failed.");
    assert_eq!(
        imap.ask(&format!("b LOGIN {ORDER} secret")).await,
        "b NO LOGIN failed."
    );
    assert_eq!(
        imap.ask("c LOGIN {5}").await,
        "+ Ready for additional command text."
    );
    assert_eq!(imap.ask("order {6+}\r\nsecret").await, "c NO LOGIN failed.");
}

#[tokio::test]
async fn too_much_ends_the_connection() {
    let practice = practice().await;
    let (mut imap, _) = Dialogue::greeted(&practice, practice.imap()).await;
    assert_eq!(
        imap.ask("a LOGIN {9999999}").await,
        "* BYE Connection is closed. 12"
    );
    assert!(imap.ended().await);
    let (mut imap, _) = Dialogue::greeted(&practice, practice.imap()).await;
    imap.send(&vec![b'x'; 70 * 1024]).await;
    assert_eq!(imap.line().await, "* BYE Connection is closed. 12");
}

#[tokio::test]
async fn a_shared_mailbox_lets_the_people_in_who_have_access() {
    let practice = practice().await;
    for (person, said) in [
        (ORDER, "* STATUS INBOX (MESSAGES"),
        (
            "support@hana-shop.example",
            "b BAD User is authenticated but not connected.",
        ),
    ] {
        let token = access_token(&practice, person).await;
        let (mut imap, _) = Dialogue::greeted(&practice, practice.imap()).await;
        let line = format!("a AUTHENTICATE XOAUTH2 {}", xoauth2(SHARED, &token));
        assert_eq!(imap.ask(&line).await, "a OK AUTHENTICATE completed.");
        let status = imap.ask("b STATUS INBOX (MESSAGES)").await;
        assert!(status.starts_with(said), "{person}: {status}");
    }
}
