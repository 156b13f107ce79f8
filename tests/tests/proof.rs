//! Order-mail proof at real mail servers: the test mail in every charset, by POP3 and by IMAP, by
//! password and by tokens that are too long for one line; and that nothing in the mailbox changes.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::sync::Mutex;

use ninka_core::account::AccountId;
use ninka_core::view::{
    CharsetView, GuardView, ProofEvent, ProofView, Protocol, PurposeView, SaveAccount, TlsView,
    WritingView,
};
use ninka_tests::bench::{Bench, NO_POP, ODD_PASSWORD, ORDER, OWNER, User, shared};
use ninka_tests::browser::Browser;
use ninka_tests::shop::{Servers, Shop, at, good};

fn servers(bench: &Bench, protocol: Protocol) -> Servers {
    let (pop3, imap) = match protocol {
        Protocol::Pop3 => (at(bench.ports.pop3s, TlsView::Implicit), None),
        Protocol::Imap => (None, at(bench.ports.imap, TlsView::Starttls)),
        Protocol::Smtp => (None, None),
    };
    Servers {
        pop3,
        imap,
        smtp: at(bench.ports.smtp, TlsView::Starttls),
    }
}

/// Has the account write in this charset.
async fn write_in(shop: &Shop, id: AccountId, charset: CharsetView) {
    let shown = good(shop.ninka.account(id).await).unwrap();
    shop.save(SaveAccount {
        writing: WritingView {
            charset,
            guard: GuardView::Replace,
        },
        ..shown.into()
    })
    .await
    .unwrap();
}

async fn prove(shop: &Shop, id: AccountId) -> ProofView {
    good(shop.ninka.prove(id, &|_| {}).await).unwrap()
}

/// The test mail arrived by this protocol, whole.
fn arrived(ended: &ProofView, protocol: Protocol, charset: CharsetView) {
    let ProofView::Arrived {
        protocol: by,
        charset: written,
        subject,
        same,
        ms,
        ..
    } = ended
    else {
        panic!("{ended:?}")
    };
    assert_eq!((*by, *written), (protocol, charset));
    assert!(*same && subject.contains("テスト"), "{ended:?}");
    assert!(*ms < 60_000, "{ms}");
}

/// What lies in a mailbox on the disk: names tell what was read, contents what was changed.
fn lying(bench: &Bench, user: User) -> Vec<String> {
    let folder = bench.folder().join("dovecot/mail").join(user.address);
    let mut found = Vec::new();
    for part in ["cur", "new"] {
        for entry in std::fs::read_dir(folder.join(part)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            // `:2,S` is a mail that was read, `:2,T` one to be deleted.
            let (name, flags) = name.split_once(":2,").unwrap_or((name.as_str(), ""));
            found.push(format!("{name} {flags}"));
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn a_test_mail_arrives_in_every_charset_by_password() {
    let bench = shared().await;
    let shop = Shop::open(&bench).await.unwrap();
    for (user, protocol) in [(OWNER, Protocol::Pop3), (ODD_PASSWORD, Protocol::Imap)] {
        let before = lying(&bench, user);
        let id = shop
            .password_account(user, servers(&bench, protocol))
            .await
            .unwrap();
        let charsets = [
            CharsetView::Iso2022Jp,
            CharsetView::Utf8,
            CharsetView::ShiftJis,
        ];
        for charset in charsets {
            write_in(&shop, id, charset).await;
            arrived(&prove(&shop, id).await, protocol, charset);
        }
        let after = lying(&bench, user);
        assert_eq!(after.len(), before.len() + charsets.len());
        assert!(before.iter().all(|mail| after.contains(mail)), "{after:?}");
        assert!(after.iter().all(|mail| mail.ends_with(' ')), "{after:?}");
    }
    // Nobody else got anything: each mail went to where it came from.
    let log = bench.postfix_log().unwrap();
    let whom = |line: &str, mark: &str| {
        let (_, rest) = line.split_once(mark)?;
        Some(rest.split('>').next()?.to_owned())
    };
    let from: Vec<_> = log
        .lines()
        .filter_map(|line| whom(line, " from=<"))
        .collect();
    let to: Vec<_> = log.lines().filter_map(|line| whom(line, " to=<")).collect();
    let mine = [OWNER.address, ODD_PASSWORD.address];
    for user in mine {
        let count = |list: &[String]| list.iter().filter(|each| *each == user).count();
        assert_eq!((count(&from), count(&to)), (3, 3), "{log}");
    }
}

#[tokio::test]
async fn a_test_mail_arrives_by_long_tokens() {
    let bench = shared().await;
    let mut shop = Shop::open(&bench).await.unwrap();
    let browser = Browser::headless().await.unwrap();
    bench
        .idp
        .set(serde_json::json!({ "tokenLength": 6_000 }))
        .await
        .unwrap();
    for (protocol, charset) in [
        (Protocol::Pop3, CharsetView::Iso2022Jp),
        (Protocol::Imap, CharsetView::Utf8),
    ] {
        let id = shop
            .oauth_account(ORDER, servers(&bench, protocol))
            .await
            .unwrap();
        write_in(&shop, id, charset).await;
        shop.authorize_as(id, &browser, ORDER).await.unwrap();
        let events = Mutex::new(Vec::new());
        let tell = |event| events.lock().unwrap().push(event);
        let ended = good(shop.ninka.prove(id, &tell).await).unwrap();
        arrived(&ended, protocol, charset);
        let events = events.into_inner().unwrap();
        assert!(
            matches!(
                events.as_slice(),
                [
                    ProofEvent::Looking,
                    ProofEvent::Sending,
                    ProofEvent::Waiting { looks: 1, .. },
                    ..
                ]
            ),
            "{events:?}"
        );
        let shown = good(shop.ninka.account(id).await).unwrap();
        let revision = ninka_core::account::Revision(shown.revision);
        good(shop.ninka.remove_account(id, revision).await).unwrap();
    }
}

#[tokio::test]
async fn who_may_only_receive_sees_what_came_in_and_sends_nothing() {
    let bench = shared().await;
    let shop = Shop::open(&bench).await.unwrap();
    let mut only = servers(&bench, Protocol::Imap);
    only.smtp = None;
    let id = shop.password_account(ORDER, only).await.unwrap();
    let shown = good(shop.ninka.account(id).await).unwrap();
    assert_eq!(shown.row.purpose, PurposeView::OrderReceiving);
    let sent = bench.postfix_log().unwrap().matches(" from=<").count();
    let before = lying(&bench, ORDER);
    let ended = prove(&shop, id).await;
    let ProofView::Newest { protocol, mails } = ended else {
        panic!("{ended:?}")
    };
    assert_eq!(protocol, Protocol::Imap);
    assert!(mails.len() as u64 >= ORDER.mails, "{mails:?}");
    assert_eq!(lying(&bench, ORDER), before);
    let now = bench.postfix_log().unwrap().matches(" from=<").count();
    assert_eq!(now, sent);
}

#[tokio::test]
async fn nothing_is_sent_where_the_mailbox_is_closed() {
    let bench = shared().await;
    let shop = Shop::open(&bench).await.unwrap();
    let id = shop
        .password_account(NO_POP, servers(&bench, Protocol::Pop3))
        .await
        .unwrap();
    let sent = bench.postfix_log().unwrap().matches(" from=<").count();
    let ended = prove(&shop, id).await;
    let ProofView::Failed {
        protocol,
        mail_sent,
        diagnosis,
        ..
    } = ended
    else {
        panic!("{ended:?}")
    };
    assert_eq!((protocol, mail_sent), (Protocol::Pop3, false));
    assert_eq!(diagnosis.cause, "pop_disabled_for_mailbox");
    let now = bench.postfix_log().unwrap().matches(" from=<").count();
    assert_eq!(now, sent);
}
