//! What outlives a restart.

use std::time::Duration;

use ninka_practice::{Fault, Practice, PracticeLanguage, PracticeOptions};

use crate::application::*;

async fn start(folder: &std::path::Path) -> Practice {
    let options = PracticeOptions {
        folder: Some(folder.to_owned()),
        language: PracticeLanguage::En,
    };
    Practice::start(options).await.unwrap()
}

#[tokio::test]
async fn grants_and_clock_stay() {
    let folder = tempfile::tempdir().unwrap();
    let practice = start(folder.path()).await;
    let token = text(&tokens(&practice, ORDER).await, "refresh_token");
    practice.advance(Duration::from_secs(86_400));
    practice.set_fault(Some(Fault::Slow));
    let ca = practice.ca_der();
    practice.shutdown().await;

    let practice = start(folder.path()).await;
    assert_eq!(practice.ahead_seconds(), 86_400);
    assert_eq!(practice.fault(), None);
    assert_ne!(practice.ca_der(), ca);
    assert_eq!(refresh(&practice, &token).await.0, 200);
    practice.shutdown().await;

    let kept = std::fs::read_to_string(folder.path().join("practice-tenant.json")).unwrap();
    assert!(!kept.contains(&token) && kept.contains(ORDER));
}

#[tokio::test]
async fn two_at_once_share_their_grants() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (start(folder.path()).await, start(folder.path()).await);
    assert_ne!(first.authority(), second.authority());
    let token = text(&tokens(&first, ORDER).await, "refresh_token");
    let other = text(&tokens(&second, INFO).await, "refresh_token");
    assert_eq!(refresh(&second, &token).await.0, 200);
    assert_eq!(refresh(&first, &other).await.0, 200);
}

#[tokio::test]
async fn ports_stay_when_they_are_free() {
    let folder = tempfile::tempdir().unwrap();
    let ports = |practice: &Practice| {
        let web = practice.authority();
        (web, practice.pop3(), practice.imap(), practice.smtp())
    };
    // Another test may take a port in between; not every time.
    for _ in 0..5 {
        let practice = start(folder.path()).await;
        let before = ports(&practice);
        practice.shutdown().await;
        let practice = start(folder.path()).await;
        let after = ports(&practice);
        practice.shutdown().await;
        if before == after {
            return;
        }
    }
    panic!("the ports never stayed");
}
