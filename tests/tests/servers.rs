//! The check against real mail servers without an identity provider's part: passwords, every way
//! of encrypting, and everything that is wrong with a server, a certificate or a way to it.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ninka_core::view::{CheckReport, Protocol, SideView, StepName, StepOutcome, TlsView};
use ninka_tests::bench::{Bench, NO_POP, ODD_PASSWORD, ORDER, User, shared};
use ninka_tests::certificates::Shown;
use ninka_tests::dovecot;
use ninka_tests::shop::{Servers, Shop, at, good, part};
use ninka_tests::trouble::{Moment, Trouble, TroubledWay};

/// Registers a password account on these servers and checks it.
async fn check(bench: &Bench, user: User, servers: Servers) -> CheckReport {
    let shop = Shop::open(bench).await.unwrap();
    let id = shop.password_account(user, servers).await.unwrap();
    shop.check(id).await.unwrap()
}

fn problem(report: &CheckReport, protocol: Protocol) -> &str {
    let part = part(report, protocol).unwrap();
    part.problem.as_deref().unwrap_or("none")
}

/// The step that failed.
fn failed_at(report: &CheckReport, protocol: Protocol) -> StepName {
    let steps = &part(report, protocol).unwrap().steps;
    let failed = steps
        .iter()
        .find(|step| step.outcome == StepOutcome::Failed);
    failed.unwrap_or_else(|| panic!("{report:#?}")).step
}

fn in_tls(bench: &Bench) -> Servers {
    Servers {
        pop3: at(bench.ports.pop3s, TlsView::Implicit),
        imap: at(bench.ports.imaps, TlsView::Implicit),
        smtp: at(bench.ports.smtps, TlsView::Implicit),
    }
}

fn with_starttls(bench: &Bench) -> Servers {
    Servers {
        pop3: at(bench.ports.pop3, TlsView::Starttls),
        imap: at(bench.ports.imap, TlsView::Starttls),
        smtp: at(bench.ports.smtp, TlsView::Starttls),
    }
}

const ALL: [Protocol; 3] = [Protocol::Pop3, Protocol::Imap, Protocol::Smtp];

#[tokio::test]
async fn a_password_opens_every_door() {
    let bench = shared().await;
    for user in [ORDER, ODD_PASSWORD] {
        for servers in [in_tls(&bench), with_starttls(&bench)] {
            let report = check(&bench, user, servers).await;
            for protocol in ALL {
                assert_eq!(problem(&report, protocol), "none", "{report:#?}");
            }
            assert_eq!(
                part(&report, Protocol::Pop3).unwrap().messages,
                Some(user.mails)
            );
        }
    }
    assert_eq!(bench.mails_of(ORDER).unwrap(), ORDER.mails);
    assert!(!bench.postfix_log().unwrap().contains("from=<"));
}

#[tokio::test]
async fn a_wrong_password_is_red_in_the_list_and_stays_on_this_computer() {
    let bench = shared().await;
    let wrong = User {
        password: "not-that-one",
        ..ORDER
    };
    let shop = Shop::open(&bench).await.unwrap();
    let id = shop.password_account(wrong, in_tls(&bench)).await.unwrap();
    let report = shop.check(id).await.unwrap();
    for protocol in ALL {
        assert_eq!(failed_at(&report, protocol), StepName::Auth);
        let told = problem(&report, protocol);
        assert!(
            told.contains("password") || told.ends_with("ambiguous"),
            "{told}"
        );
    }
    let told = serde_json::to_string(&report).unwrap();
    assert!(!told.contains(wrong.password), "{told}");
    let row = good(shop.ninka.account(id).await).unwrap().row;
    assert!(matches!(row.reception, SideView::Failed { .. }), "{row:?}");
    assert!(matches!(row.sending, SideView::Failed { .. }), "{row:?}");
}

#[tokio::test]
async fn each_fault_of_a_certificate_is_named() {
    let bench = shared().await;
    for (shown, cause) in [
        (Shown::Expired, "cert_expired"),
        (Shown::OtherHost, "cert_name_mismatch"),
        (Shown::UnknownAuthority, "cert_untrusted"),
    ] {
        let ports = bench.ports;
        let [pop3s, pop3, imaps, smtps, smtp] = {
            let wanted = [
                ports.pop3s,
                ports.pop3,
                ports.imaps,
                ports.smtps,
                ports.smtp,
            ];
            let mut ways = Vec::new();
            for port in wanted {
                ways.push(TroubledWay::to_showing(shown, port).await.unwrap());
            }
            <[TroubledWay; 5]>::try_from(ways).unwrap()
        };
        for servers in [
            Servers {
                pop3: at(pop3s.port(), TlsView::Implicit),
                imap: at(imaps.port(), TlsView::Implicit),
                smtp: at(smtps.port(), TlsView::Implicit),
            },
            Servers {
                pop3: at(pop3.port(), TlsView::Starttls),
                imap: None,
                smtp: at(smtp.port(), TlsView::Starttls),
            },
        ] {
            let report = check(&bench, ORDER, servers).await;
            for part in &report.protocols {
                assert_eq!(failed_at(&report, part.protocol), StepName::Tls);
                let told = part.problem.as_deref().unwrap();
                assert!(told.starts_with(cause), "{shown:?}: {told}: {report:#?}");
            }
        }
    }
}

#[tokio::test]
async fn a_plain_port_asked_for_tls_and_a_tls_port_asked_plainly() {
    let bench = shared().await;
    let swapped = Servers {
        pop3: at(bench.ports.pop3, TlsView::Implicit),
        imap: at(bench.ports.imap, TlsView::Implicit),
        smtp: at(bench.ports.smtp, TlsView::Implicit),
    };
    let begin = Instant::now();
    let report = check(&bench, ORDER, swapped).await;
    for protocol in ALL {
        assert_eq!(
            problem(&report, protocol),
            "wrong_port_tls_mode",
            "{report:#?}"
        );
        assert_eq!(failed_at(&report, protocol), StepName::Tls);
    }
    assert!(
        begin.elapsed() < Duration::from_secs(15),
        "{:?}",
        begin.elapsed()
    );

    // A TLS port waits for the client in silence: the product has to find out by itself.
    let swapped = Servers {
        pop3: at(bench.ports.pop3s, TlsView::Starttls),
        imap: at(bench.ports.imaps, TlsView::Starttls),
        smtp: at(bench.ports.smtps, TlsView::Starttls),
    };
    let report = check(&bench, ORDER, swapped).await;
    for protocol in ALL {
        assert_eq!(
            problem(&report, protocol),
            "wrong_port_tls_mode",
            "{report:#?}"
        );
        assert_eq!(failed_at(&report, protocol), StepName::Greeting);
    }
}

#[tokio::test]
async fn the_port_of_another_protocol_is_recognised() {
    let bench = shared().await;
    let mixed = Servers {
        pop3: at(bench.ports.imap, TlsView::Starttls),
        imap: at(bench.ports.smtp, TlsView::Starttls),
        smtp: at(bench.ports.pop3, TlsView::Starttls),
    };
    let report = check(&bench, ORDER, mixed).await;
    for protocol in ALL {
        assert_eq!(
            problem(&report, protocol),
            "wrong_port_protocol",
            "{report:#?}"
        );
        assert_eq!(failed_at(&report, protocol), StepName::Greeting);
    }
}

#[tokio::test]
async fn what_the_administrator_switched_off() {
    let bench = shared().await;
    let servers = Servers {
        pop3: at(bench.ports.pop3s, TlsView::Implicit),
        imap: at(bench.ports.imaps, TlsView::Implicit),
        smtp: at(bench.ports.smtp_without_auth, TlsView::Starttls),
    };
    let report = check(&bench, NO_POP, servers).await;
    assert_eq!(
        problem(&report, Protocol::Pop3),
        "pop_disabled_for_mailbox",
        "{report:#?}"
    );
    assert_eq!(problem(&report, Protocol::Imap), "none", "{report:#?}");
    let smtp = part(&report, Protocol::Smtp).unwrap();
    assert!(smtp.problem.is_some(), "{report:#?}");
}

#[tokio::test]
async fn a_server_that_wants_encryption_first_gets_no_password_in_the_clear() {
    let bench = shared().await;
    // Dovecot refuses what is not encrypted only where client and server have different addresses.
    let mut ways = Vec::new();
    for port in [bench.ports.pop3, bench.ports.imap, bench.ports.smtp] {
        ways.push(TroubledWay::to_showing(Shown::Expired, port).await.unwrap());
    }
    let servers = Servers {
        pop3: at(ways[0].port(), TlsView::None),
        imap: at(ways[1].port(), TlsView::None),
        smtp: at(ways[2].port(), TlsView::None),
    };
    let report = check(&bench, ORDER, servers).await;
    for protocol in [Protocol::Pop3, Protocol::Imap] {
        assert_eq!(
            problem(&report, protocol),
            "tls_required_for_login",
            "{report:#?}"
        );
    }
    // The server says no more than that there is no signing in.
    let smtp = part(&report, Protocol::Smtp)
        .unwrap()
        .diagnosis
        .as_ref()
        .unwrap();
    let cause = "starttls_required".to_owned();
    assert!(smtp.candidates.contains(&cause), "{smtp:?}");
    let plain = format!("\0{}\0{}", ORDER.address, ORDER.password);
    let secrets = [
        ORDER.password.to_owned(),
        BASE64.encode(plain),
        BASE64.encode(ORDER.password),
    ];
    for way in ways {
        let sent = String::from_utf8_lossy(&way.sent()).into_owned();
        assert!(way.connections() > 0);
        assert!(
            !secrets.iter().any(|secret| sent.contains(secret)),
            "{sent}"
        );
    }
}

#[tokio::test]
async fn a_connection_that_ends_in_mid_dialogue() {
    let bench = shared().await;
    for trouble in [Trouble::Close, Trouble::Reset] {
        for moment in [
            Moment::AtOnce,
            Moment::AtClientChunk(1),
            Moment::AtClientChunk(2),
        ] {
            let pop3 = TroubledWay::to(bench.ports.pop3s, moment, trouble)
                .await
                .unwrap();
            let imap = TroubledWay::to(bench.ports.imap, moment, trouble)
                .await
                .unwrap();
            let smtp = TroubledWay::to(bench.ports.smtp, moment, trouble)
                .await
                .unwrap();
            let begin = Instant::now();
            let servers = Servers {
                pop3: at(pop3.port(), TlsView::Implicit),
                imap: at(imap.port(), TlsView::Starttls),
                smtp: at(smtp.port(), TlsView::Starttls),
            };
            let report = check(&bench, ORDER, servers).await;
            for protocol in ALL {
                let told = problem(&report, protocol);
                assert!(
                    ["connection_closed", "wrong_port_tls_mode"].contains(&told),
                    "{moment:?} {trouble:?} {told}: {report:#?}"
                );
            }
            assert!(
                begin.elapsed() < Duration::from_secs(10),
                "{:?}",
                begin.elapsed()
            );
            assert!(pop3.connections() > 0 && imap.connections() > 0 && smtp.connections() > 0);
        }
    }
}

#[tokio::test]
async fn a_server_that_falls_silent_has_its_deadline() {
    let bench = shared().await;
    let moment = Moment::AtClientChunk(1);
    let pop3 = TroubledWay::to(bench.ports.pop3, moment, Trouble::Silence)
        .await
        .unwrap();
    let smtp = TroubledWay::to(bench.ports.smtp, moment, Trouble::Silence)
        .await
        .unwrap();
    let servers = Servers {
        pop3: at(pop3.port(), TlsView::Starttls),
        imap: None,
        smtp: at(smtp.port(), TlsView::Starttls),
    };
    let begin = Instant::now();
    let report = check(&bench, ORDER, servers).await;
    for protocol in [Protocol::Pop3, Protocol::Smtp] {
        assert_eq!(problem(&report, protocol), "timed_out", "{report:#?}");
    }
    assert!(
        begin.elapsed() < Duration::from_secs(60),
        "{:?}",
        begin.elapsed()
    );
}

#[tokio::test]
async fn a_server_that_is_gone() {
    let mut bench = Bench::start().unwrap();
    let shop = Shop::open(&bench).await.unwrap();
    let id = shop.password_account(ORDER, in_tls(&bench)).await.unwrap();
    assert_eq!(
        problem(&shop.check(id).await.unwrap(), Protocol::Pop3),
        "none"
    );
    bench.kill(dovecot::NAME).unwrap();
    let report = shop.check(id).await.unwrap();
    for protocol in [Protocol::Pop3, Protocol::Imap] {
        let told = problem(&report, protocol);
        assert!(
            ["connection_refused_ambiguous", "local_server_not_listening"].contains(&told),
            "{report:#?}"
        );
        assert_eq!(failed_at(&report, protocol), StepName::Connect);
    }
    assert!(part(&report, Protocol::Smtp).unwrap().problem.is_some());
}
