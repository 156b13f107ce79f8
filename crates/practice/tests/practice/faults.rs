//! Every fault, as a client sees it.

use std::time::Instant;

use ninka_practice::{Fault, Practice};
use tokio::io::AsyncReadExt as _;

use crate::application::*;
use crate::dialogue::{Dialogue, connect, tls, xoauth2};
use crate::smtp::started;

async fn pop3(practice: &Practice, token: &str) -> (Dialogue, String) {
    let (mut pop, _) = Dialogue::greeted(practice, practice.pop3()).await;
    pop.ask("AUTH XOAUTH2").await;
    let answer = pop.ask(&xoauth2(ORDER, token)).await;
    (pop, answer)
}

async fn imap(practice: &Practice, token: &str) -> (Dialogue, String) {
    let (mut imap, _) = Dialogue::greeted(practice, practice.imap()).await;
    let answer = imap
        .ask(&format!("a AUTHENTICATE XOAUTH2 {}", xoauth2(ORDER, token)))
        .await;
    (imap, answer)
}

async fn smtp(practice: &Practice, token: &str) -> String {
    let (mut smtp, _) = started(practice, &["EHLO client"]).await;
    smtp.ask(&format!("AUTH XOAUTH2 {}", xoauth2(ORDER, token)))
        .await
}

/// Whether each protocol lets a good token in.
async fn let_in(practice: &Practice, token: &str) -> [bool; 3] {
    [
        pop3(practice, token).await.1.starts_with("+OK"),
        imap(practice, token).await.1.starts_with("a OK"),
        smtp(practice, token).await.starts_with("235"),
    ]
}

async fn password_page(practice: &Practice) -> Page {
    authorize(practice, &request(practice, ORDER)).await
}

#[tokio::test]
async fn consent_declined() {
    let practice = practice().await;
    practice.set_fault(Some(Fault::ConsentDeclined));
    let page = password_page(&practice).await;
    let answer = consent(&practice, &page).await.answer();
    assert!(answer["error_description"].starts_with("AADSTS65004: "));
    assert!(!answer.contains_key("code"));
}

#[tokio::test]
async fn an_administrator_has_to_approve() {
    let practice = practice().await;
    practice.set_fault(Some(Fault::AdminApprovalNeeded));
    let page = password_page(&practice).await;
    let stuck = press(&practice, &page, &[("act", "password")]).await;
    assert!(stuck.has("An administrator has to approve") && stuck.has("id=\"back\""));
    assert!(stuck.location.is_none() && !stuck.has("id=\"accept\""));
    assert_eq!(
        press(&practice, &stuck, &[("act", "accept")]).await.status,
        400
    );
    let answer = press(&practice, &stuck, &[("act", "back")]).await.answer();
    assert_eq!(answer["error"], "access_denied");
    assert!(answer["error_description"].starts_with("AADSTS90094: "));

    // After the administrator has agreed, the owner may.
    let url = format!("{}/v2.0/adminconsent", practice.authority());
    let pairs = [
        ("client_id", practice.client_id()),
        ("redirect_uri", REDIRECT),
    ];
    let page = Page::of(http().get(url).query(&pairs).send().await.unwrap()).await;
    press(&practice, &page, &[("act", "accept")]).await;
    assert_eq!(tokens(&practice, ORDER).await["token_type"], "Bearer");
}

#[tokio::test]
async fn somebody_else_signs_in() {
    let practice = practice().await;
    practice.set_fault(Some(Fault::OtherAccountSignsIn));
    let answer = tokens(&practice, ORDER).await;
    assert_eq!(
        claims(&text(&answer, "id_token"))["preferred_username"],
        INFO
    );
}

#[tokio::test]
async fn earlier_grants_are_gone_and_later_ones_good() {
    let practice = practice().await;
    for (fault, expected, suberror) in [
        (Fault::RefreshLapsed, 700_082, "bad_token"),
        (Fault::RevokedByPasswordChange, 50_173, "bad_token"),
        (Fault::MfaRequired, 50_076, "basic_action"),
    ] {
        practice.set_fault(None);
        let before = text(&tokens(&practice, ORDER).await, "refresh_token");
        practice.set_fault(Some(fault));
        let (status, answer) = refresh(&practice, &before).await;
        assert_eq!((status, number(&answer)), (400, expected), "{fault:?}");
        assert_eq!(
            (&answer["error"], &answer["suberror"]),
            (&"invalid_grant".into(), &suberror.into())
        );
        let after = text(&tokens(&practice, ORDER).await, "refresh_token");
        assert_eq!(refresh(&practice, &after).await.0, 200, "{fault:?}");
        practice.set_fault(None);
        assert_eq!(refresh(&practice, &before).await.0, 200, "{fault:?}");
    }
}

#[tokio::test]
async fn protocols_that_are_off() {
    let practice = practice().await;
    let token = access_token(&practice, ORDER).await;
    assert_eq!(let_in(&practice, &token).await, [true, true, true]);
    for (fault, expected) in [
        (Fault::PopOff, [false, true, true]),
        (Fault::ImapOff, [true, false, true]),
        (Fault::SmtpAuthOffTenant, [true, true, false]),
        (Fault::SmtpAuthOffMailbox, [true, true, false]),
        (Fault::Throttled, [false, true, false]),
    ] {
        practice.set_fault(Some(fault));
        assert_eq!(let_in(&practice, &token).await, expected, "{fault:?}");
    }
    for (fault, whose) in [
        (Fault::SmtpAuthOffTenant, "Tenant"),
        (Fault::SmtpAuthOffMailbox, "Mailbox"),
    ] {
        practice.set_fault(Some(fault));
        let expected = format!(
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the \
             {whose}. Visit https://aka.ms/smtp_auth_disabled for more information. ["
        );
        assert!(smtp(&practice, &token).await.starts_with(&expected));
    }
    practice.set_fault(Some(Fault::Throttled));
    assert!(smtp(&practice, &token).await.starts_with("432 4.3.2 "));
    let (mut imap, _) = imap(&practice, &token).await;
    let status = imap.ask("b STATUS INBOX (MESSAGES)").await;
    assert!(
        status.starts_with("b BAD Request is throttled. "),
        "{status}"
    );
    assert_eq!(imap.line().await, "* BYE Connection closed. 14");
    assert!(imap.ended().await);
}

#[tokio::test]
async fn signed_in_but_not_connected() {
    let practice = practice().await;
    let token = access_token(&practice, ORDER).await;
    practice.set_fault(Some(Fault::NotConnected));
    let (mut imap, answer) = imap(&practice, &token).await;
    assert_eq!(answer, "a OK AUTHENTICATE completed.");
    let status = imap.ask("b STATUS INBOX (MESSAGES)").await;
    assert_eq!(status, "b BAD User is authenticated but not connected.");
    let (mut pop, answer) = pop3(&practice, &token).await;
    assert_eq!(answer, "+OK User successfully logged on.");
    assert!(pop.ask("STAT").await.starts_with("-ERR "));
    assert!(smtp(&practice, &token).await.starts_with("235 "));
}

#[tokio::test]
async fn slow_answers() {
    let practice = practice().await;
    practice.set_fault(Some(Fault::Slow));
    let begun = Instant::now();
    Dialogue::greeted(&practice, practice.pop3()).await;
    assert!(begun.elapsed().as_secs() >= 3);
}

#[tokio::test]
async fn a_server_that_hangs_up() {
    let practice = practice().await;
    practice.set_fault(Some(Fault::ServerDown));
    for port in [practice.pop3(), practice.imap(), practice.smtp()] {
        let mut stream = connect(port).await;
        let mut rest = Vec::new();
        assert!(!matches!(stream.read_to_end(&mut rest).await, Ok(count) if count > 0));
    }
    practice.set_fault(None);
    assert!(
        Dialogue::greeted(&practice, practice.pop3())
            .await
            .1
            .starts_with("+OK")
    );
}

#[tokio::test]
async fn an_expired_certificate() {
    let practice = practice().await;
    practice.set_fault(Some(Fault::ExpiredCertificate));
    let refused = tls(&practice, connect(practice.pop3()).await)
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("xpired"), "{refused}");
    practice.set_fault(None);
    assert!(tls(&practice, connect(practice.pop3()).await).await.is_ok());
}
