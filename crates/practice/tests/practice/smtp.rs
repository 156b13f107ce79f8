//! SMTP with STARTTLS.

use ninka_practice::Practice;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::application::*;
use crate::dialogue::{Dialogue, connect, tls, xoauth2};

/// What is said before TLS; the last command is STARTTLS.
pub(crate) async fn started(practice: &Practice, before: &[&str]) -> (Dialogue, Vec<String>) {
    let mut stream = connect(practice.smtp()).await;
    let mut answers = vec![answer(&mut stream).await];
    for command in before.iter().chain(&["STARTTLS"]) {
        stream
            .write_all(format!("{command}\r\n").as_bytes())
            .await
            .unwrap();
        answers.push(answer(&mut stream).await);
    }
    (
        Dialogue::over(tls(practice, stream).await.unwrap()),
        answers,
    )
}

async fn answer(stream: &mut tokio::net::TcpStream) -> String {
    let mut text = String::new();
    loop {
        let mut octet = [0];
        stream.read_exact(&mut octet).await.unwrap();
        text.push(char::from(octet[0]));
        let last = text.trim_end().rsplit("\r\n").next().unwrap();
        if text.ends_with("\r\n") && last.as_bytes().get(3) != Some(&b'-') {
            return text.trim_end().to_owned();
        }
    }
}

#[tokio::test]
async fn mail_to_an_own_address_arrives() {
    let practice = practice().await;
    let token = access_token(&practice, ORDER).await;
    let (mut smtp, answers) =
        started(&practice, &["EHLO client", "AUTH LOGIN", "MAIL FROM:<x>"]).await;
    assert!(answers[0].starts_with("220 ") && answers[1].contains("250-STARTTLS"));
    assert!(!answers[1].contains("AUTH"));
    assert!(answers[2].starts_with("504 5.7.4 ") && answers[3].starts_with("530 5.7.57 "));
    smtp.send(b"EHLO client\r\n").await;
    let hello = smtp.until(|line| line.starts_with("250 ")).await;
    assert!(hello.contains(&"250-AUTH LOGIN XOAUTH2".to_owned()));
    assert_eq!(smtp.ask("AUTH XOAUTH2").await, "334 ");
    let entered = smtp.ask(&xoauth2(ORDER, &token)).await;
    assert_eq!(entered, "235 2.7.0 Authentication successful");

    assert!(
        smtp.ask(&format!("MAIL FROM:<{INFO}>"))
            .await
            .starts_with("550 5.7.60 ")
    );
    assert!(
        smtp.ask(&format!("MAIL FROM:<{ORDER}>"))
            .await
            .starts_with("250 ")
    );
    assert!(
        smtp.ask("RCPT TO:<else@where.example>")
            .await
            .starts_with("550 5.7.54 ")
    );
    assert!(smtp.ask("DATA").await.starts_with("503 "));
    assert!(
        smtp.ask(&format!("RCPT TO:<{INFO}>"))
            .await
            .starts_with("250 ")
    );
    assert!(smtp.ask("DATA").await.starts_with("354 "));
    smtp.send(b"Subject: test\r\n\r\n..dot\r\n.\r\n").await;
    assert!(smtp.line().await.starts_with("250 2.0.0 OK"));
    let arrived = practice.messages(INFO).pop().unwrap();
    let arrived = String::from_utf8(arrived).unwrap();
    assert!(
        arrived.ends_with("Subject: test\r\n\r\n.dot\r\n"),
        "{arrived}"
    );
    assert!(smtp.ask("QUIT").await.starts_with("221 "));
    assert!(smtp.ended().await);
}

#[tokio::test]
async fn one_line_is_good_too() {
    let practice = practice().await;
    let token = access_token(&practice, ORDER).await;
    let (mut smtp, _) = started(&practice, &["EHLO client"]).await;
    let line = format!("AUTH XOAUTH2 {}", xoauth2(ORDER, &token));
    assert!(smtp.ask(&line).await.starts_with("235 "));
}

#[tokio::test]
async fn refusals_are_those_of_exchange() {
    let practice = practice().await;
    let token = access_token(&practice, ORDER).await;
    let (mut smtp, _) = started(&practice, &[]).await;
    for user in [INFO, ORDER] {
        let token = if user == INFO {
            token.as_str()
        } else {
            "nonsense"
        };
        let refused = smtp
            .ask(&format!("AUTH XOAUTH2 {}", xoauth2(user, token)))
            .await;
        assert!(
            refused.starts_with("535 5.7.3 Authentication unsuccessful ["),
            "{refused}"
        );
    }
    assert_eq!(smtp.ask("AUTH LOGIN").await, "334 VXNlcm5hbWU6");
    assert_eq!(smtp.ask("eA==").await, "334 UGFzc3dvcmQ6");
    let refused = smtp.ask("eA==").await;
    let expected = "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [";
    assert!(refused.starts_with(expected), "{refused}");
    assert!(
        smtp.ask("AUTH PLAIN AHgAeA==")
            .await
            .starts_with("504 5.7.4 ")
    );
    assert!(
        smtp.ask(&format!("MAIL FROM:<{ORDER}>"))
            .await
            .starts_with("530 5.7.57 ")
    );
}

#[tokio::test]
async fn what_was_said_before_tls_is_forgotten() {
    let practice = practice().await;
    let mut stream = connect(practice.smtp()).await;
    answer(&mut stream).await;
    // The second command would be executed inside TLS if it were kept.
    stream.write_all(b"STARTTLS\r\nNOOP\r\n").await.unwrap();
    assert!(answer(&mut stream).await.starts_with("220 "));
    let mut smtp = Dialogue::over(tls(&practice, stream).await.unwrap());
    assert!(
        smtp.ask("HELO client")
            .await
            .starts_with("250 smtp.hana-shop.example")
    );
}

#[tokio::test]
async fn a_mail_has_a_largest_size() {
    let practice = practice().await;
    let token = access_token(&practice, ORDER).await;
    let (mut smtp, _) = started(&practice, &[]).await;
    smtp.ask(&format!("AUTH XOAUTH2 {}", xoauth2(ORDER, &token)))
        .await;
    smtp.ask(&format!("MAIL FROM:<{ORDER}>")).await;
    smtp.ask(&format!("RCPT TO:<{ORDER}>")).await;
    smtp.ask("DATA").await;
    let line = format!("{}\r\n", "x".repeat(60_000));
    for _ in 0..180 {
        smtp.send(line.as_bytes()).await;
    }
    assert!(smtp.ask(".").await.starts_with("552 5.3.4 "));
}
