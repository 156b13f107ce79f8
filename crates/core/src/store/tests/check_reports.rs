//! The last check as it was shown: kept whole, of a bounded length, gone with what it was about.

use super::*;
use crate::account::{AccountId, Revision};
use crate::problem::Problem;
use crate::view::{
    CheckReport, CheckResult, ConnectView, EvidenceView, ProbeFound, ProbeName, ProbeView,
    Protocol, ProtocolReport, ReplyView, StepName, StepOutcome, StepView,
};

fn report(account: AccountId, reply: &str) -> CheckReport {
    let evidence = EvidenceView {
        account_kind: None,
        addresses: vec!["203.0.113.25".to_owned()],
        asked_before_ms: Some(12),
        connects: vec![ConnectView {
            address: "203.0.113.25:995".to_owned(),
            ms: 21,
            failure: Some("接続が拒否されました".to_owned()),
        }],
        cleartext: None,
        certificates: Vec::new(),
        tls_version: Some("TLSv1.3".to_owned()),
        capabilities_plain: Vec::new(),
        capabilities_tls: vec!["SASL XOAUTH2".to_owned()],
        replies: vec![ReplyView {
            to: "AUTH XOAUTH2".to_owned(),
            text: reply.to_owned(),
        }],
        challenge: None,
        put_off: Vec::new(),
        token: None,
        elsewhere: Vec::new(),
    };
    CheckReport {
        account: "order@hana.example".to_owned(),
        account_id: account.0,
        at: now().as_second(),
        ms: 812,
        protocols: vec![ProtocolReport {
            protocol: Protocol::Pop3,
            host: "pop.hana.example".to_owned(),
            port: 995,
            result: CheckResult::Failed,
            steps: vec![StepView {
                step: StepName::Auth,
                outcome: StepOutcome::Failed,
                ms: Some(240),
            }],
            problem: Some("pop_disabled_for_mailbox".to_owned()),
            raw: Some("-ERR 「認証」 \"'".to_owned()),
            diagnosis: None,
            obstacle: None,
            messages: None,
            probes: vec![ProbeView {
                asked: ProbeName::KnownHost,
                host: "login.microsoftonline.com".to_owned(),
                port: 443,
                found: ProbeFound::Connected,
                detail: String::new(),
                ms: 31,
            }],
            evidence: Some(evidence),
        }],
    }
}

/// An account that receives and sends by password, with the report of its check.
async fn checked(shop: &Shop) -> (AccountId, CheckReport) {
    let draft = by_password("order@hana.example");
    let inserted = shop.store.insert_account(&shop.vault, &draft, now());
    let id = inserted.await.unwrap();
    let report = report(id, "-ERR no");
    let kept = shop.store.record_check(id, Revision(1), &report);
    kept.await.unwrap();
    (id, report)
}

#[tokio::test]
async fn the_last_check_outlives_the_program() {
    let shop = Shop::open().await;
    let (id, first) = checked(&shop).await;
    let shop = shop.restart().await;
    assert_eq!(shop.store.last_check(id).await.unwrap(), Some(first));
    let second = report(id, "+OK");
    let kept = shop.store.record_check(id, Revision(1), &second);
    kept.await.unwrap();
    assert_eq!(shop.store.last_check(id).await.unwrap(), Some(second));
    shop.close().await;
}

#[tokio::test]
async fn a_check_of_an_account_as_it_was_is_not_kept() {
    let shop = Shop::open().await;
    let (id, first) = checked(&shop).await;
    let late = report(id, "+OK");
    let kept = shop.store.record_check(id, Revision(7), &late).await;
    assert!(matches!(kept, Err(Problem::AccountChanged)), "{kept:?}");
    assert_eq!(shop.store.last_check(id).await.unwrap(), Some(first));
    shop.close().await;
}

#[tokio::test]
async fn another_connection_or_purpose_takes_it_away_and_another_name_does_not() {
    let shop = Shop::open().await;
    let (id, first) = checked(&shop).await;
    let mut draft = by_password("order@hana.example");
    draft.password = None;
    let change = |draft: CheckedDraft, revision| {
        let (store, vault) = (&shop.store, &shop.vault);
        async move {
            store
                .update_account(vault, id, Revision(revision), &draft)
                .await
        }
    };
    draft.name = "支店".to_owned();
    change(draft.clone(), 1).await.unwrap();
    assert_eq!(shop.store.last_check(id).await.unwrap(), Some(first));

    draft.purpose = Purpose::Sending;
    assert_ne!(by_password("a@b.example").purpose, draft.purpose);
    change(draft.clone(), 2).await.unwrap();
    assert_eq!(shop.store.last_check(id).await.unwrap(), None);

    let kept = report(id, "+OK");
    let kept = shop.store.record_check(id, Revision(3), &kept);
    kept.await.unwrap();
    draft.servers.smtp = draft.servers.pop3.clone();
    change(draft, 3).await.unwrap();
    assert_eq!(shop.store.last_check(id).await.unwrap(), None);
    shop.close().await;
}

#[tokio::test]
async fn a_server_that_says_too_much_fills_no_disk() {
    let shop = Shop::open().await;
    let (id, _) = checked(&shop).await;
    let flood = report(id, &"あ".repeat(30_000));
    let kept = shop.store.record_check(id, Revision(1), &flood);
    kept.await.unwrap();
    let found = shop.store.last_check(id).await.unwrap().unwrap();
    assert_eq!(found.protocols[0].evidence, None);
    assert_eq!(found.protocols[0].probes, flood.protocols[0].probes);
    shop.close().await;
}

#[tokio::test]
async fn what_another_version_wrote_is_no_report() {
    let shop = Shop::open().await;
    let (id, _) = checked(&shop).await;
    sqlx::query("UPDATE check_report SET report = '{\"account\":\"order@hana.example\"}'")
        .execute(shop.store.pool())
        .await
        .unwrap();
    assert_eq!(shop.store.last_check(id).await.unwrap(), None);
    shop.store.remove_account(id).await.unwrap();
    let left = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM check_report");
    assert_eq!(left.fetch_one(shop.store.pool()).await.unwrap(), 0);
    shop.close().await;
}
