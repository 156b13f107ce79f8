//! POP3 over TLS.

use std::time::Duration;

use crate::application::*;
use crate::dialogue::{Dialogue, xoauth2};

const REFUSED: &str = "-ERR Authentication failure: unknown user name or bad password.";

#[tokio::test]
async fn two_lines_open_the_mailbox() {
    let practice = practice().await;
    let token = access_token(&practice, ORDER).await;
    let (mut pop, greeting) = Dialogue::greeted(&practice, practice.pop3()).await;
    assert!(greeting.starts_with("+OK "));
    pop.send(b"CAPA\r\n").await;
    let capabilities = pop.until(|line| line == ".").await;
    assert!(capabilities.contains(&"SASL PLAIN XOAUTH2".to_owned()));
    assert_eq!(
        pop.ask("STAT").await,
        "-ERR Command is not valid in this state."
    );
    assert_eq!(pop.ask("AUTH XOAUTH2").await, "+ ");
    assert_eq!(
        pop.ask(&xoauth2(ORDER, &token)).await,
        "+OK User successfully logged on."
    );

    let stat = pop.ask("STAT").await;
    let mails = practice.messages(ORDER);
    let size: usize = mails.iter().map(Vec::len).sum();
    assert_eq!(stat, format!("+OK {} {size}", mails.len()));
    pop.send(b"UIDL\r\n").await;
    assert_eq!(pop.until(|line| line == ".").await.len(), mails.len() + 1);
    assert_eq!(
        pop.ask("LIST 99").await,
        "-ERR The specified message is out of range."
    );
    for (number, mail) in (1..).zip(&mails) {
        pop.send(format!("RETR {number}\r\n").as_bytes()).await;
        let lines = pop.until(|line| line == ".").await;
        let unstuffed = |line: &String| format!("{}\r\n", line.strip_prefix('.').unwrap_or(line));
        let mail_again: String = lines[1..].iter().map(unstuffed).collect();
        assert_eq!(mail_again.as_bytes(), mail);
    }
    pop.send(b"TOP 3 2\r\n").await;
    let top = pop.until(|line| line == ".").await;
    let empty = top.iter().position(String::is_empty).unwrap();
    assert_eq!(top.len() - empty - 1, 2);

    assert_eq!(pop.ask("DELE 1").await, "+OK");
    assert_eq!(
        pop.ask("RETR 1").await,
        "-ERR The specified message is out of range."
    );
    assert!(pop.ask("QUIT").await.starts_with("+OK"));
    assert!(pop.ended().await);
    assert_eq!(practice.messages(ORDER).len(), mails.len() - 1);
}

#[tokio::test]
async fn one_line_is_a_protocol_error() {
    let practice = practice().await;
    let (mut pop, _) = Dialogue::greeted(&practice, practice.pop3()).await;
    let line = format!("AUTH XOAUTH2 {}", xoauth2(ORDER, "x"));
    assert_eq!(
        pop.ask(&line).await,
        "-ERR Protocol error. Connection is closed. 10"
    );
    assert!(pop.ended().await);
}

#[tokio::test]
async fn passwords_are_retired() {
    let practice = practice().await;
    let (mut pop, _) = Dialogue::greeted(&practice, practice.pop3()).await;
    assert_eq!(pop.ask(&format!("USER {ORDER}")).await, "+OK");
    let refused = "-ERR Logon failure: unknown user name or bad password.";
    assert_eq!(pop.ask("PASS secret").await, refused);
    assert_eq!(pop.ask("AUTH PLAIN").await, "+ ");
    assert_eq!(pop.ask("AHgAeA==").await, refused);
}

#[tokio::test]
async fn the_token_has_to_fit() {
    let practice = practice().await;
    let token = access_token(&practice, ORDER).await;
    let request = with(request(&practice, ORDER), "scope", SMTP);
    let page = authorize(&practice, &request).await;
    let code = consent(&practice, &page)
        .await
        .answer()
        .remove("code")
        .unwrap();
    let (_, answer) = crate::application::token(&practice, &redemption(&practice, &code)).await;
    let for_smtp = text(&answer, "access_token");
    for (user, token) in [
        (INFO, token.as_str()),
        (ORDER, &for_smtp),
        (ORDER, "nonsense"),
    ] {
        let (mut pop, _) = Dialogue::greeted(&practice, practice.pop3()).await;
        assert_eq!(pop.ask("AUTH XOAUTH2").await, "+ ");
        assert_eq!(pop.ask(&xoauth2(user, token)).await, REFUSED, "{user}");
    }
    practice.advance(Duration::from_secs(3_700));
    let (mut pop, _) = Dialogue::greeted(&practice, practice.pop3()).await;
    pop.ask("AUTH XOAUTH2").await;
    assert_eq!(pop.ask(&xoauth2(ORDER, &token)).await, REFUSED);
}

#[tokio::test]
async fn a_line_may_come_in_pieces_but_not_without_end() {
    let practice = practice().await;
    let token = access_token(&practice, ORDER).await;
    let (mut pop, _) = Dialogue::greeted(&practice, practice.pop3()).await;
    pop.ask("AUTH XOAUTH2").await;
    let response = format!("{}\r\n", xoauth2(ORDER, &token));
    for piece in response.as_bytes().chunks(97) {
        pop.send(piece).await;
    }
    assert!(pop.line().await.starts_with("+OK"));

    let (mut pop, _) = Dialogue::greeted(&practice, practice.pop3()).await;
    pop.send(&vec![b'x'; 70 * 1024]).await;
    assert!(pop.line().await.starts_with("-ERR Protocol error."));
}

#[tokio::test]
async fn guessing_ends_the_connection() {
    let practice = practice().await;
    let (mut pop, _) = Dialogue::greeted(&practice, practice.pop3()).await;
    for _ in 0..5 {
        assert!(pop.ask("PASS x").await.starts_with("-ERR"));
    }
    assert!(pop.ended().await);
}
