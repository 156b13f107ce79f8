//! The check against real mail servers at their limits: too many connections, two hundred
//! accounts, a slow greeting, an old TLS, a certificate of its own; and its round trips beside
//! curl's.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use ninka_core::account::AccountId;
use ninka_core::view::{CheckEvent, CheckReport, Protocol, TlsView};
use ninka_tests::bench::{ORDER, SHOP_PASSWORD, SHOPS, User, shared, shop};
use ninka_tests::course::{Course, SignIn, only};
use ninka_tests::shop::{Servers, Shop, at, good, part};

/// Holds sessions that have signed in, as other programs of the shop would.
fn sessions(port: u16, commands: &[String], count: usize) -> Vec<TcpStream> {
    let session = |_| {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        for command in commands {
            line.clear();
            (&stream).write_all(command.as_bytes()).unwrap();
            reader.read_line(&mut line).unwrap();
            assert!(line.starts_with("+OK") || line.contains("OK"), "{line}");
        }
        stream
    };
    (0..count).map(session).collect()
}

/// Checks while others hold the sessions; they go at the first wait if they shall.
async fn check_beside(
    shop: &Shop,
    id: AccountId,
    held: Vec<TcpStream>,
    go: bool,
) -> (CheckReport, usize) {
    let held = Mutex::new(held);
    let waits = Mutex::new(0);
    let progress = |event| {
        if let CheckEvent::Waiting { .. } = event {
            *waits.lock().unwrap() += 1;
            if go {
                held.lock().unwrap().clear();
            }
        }
    };
    let mut reports = good(shop.ninka.check(&[id], &progress).await).unwrap();
    let waits = *waits.lock().unwrap();
    (reports.remove(0), waits)
}

#[tokio::test]
async fn a_server_at_its_limit_is_asked_again_and_named() {
    let bench = shared().await;
    let (user, password) = (ORDER.address, ORDER.password);
    let pop3 = [format!("USER {user}\r\n"), format!("PASS {password}\r\n")];
    let imap = [format!("a LOGIN {user} {password}\r\n")];
    let ports = bench.ports;
    // Dovecot lets ten in of a user and address by default.
    for (protocol, port, (commands, count), said) in [
        (Protocol::Pop3, ports.pop3, (&pop3[..], 10), "[IN-USE]"),
        (Protocol::Imap, ports.imap, (&imap[..], 10), "[LIMIT]"),
        (
            Protocol::Smtp,
            ports.smtp_crowded,
            (&[][..], 1),
            "421 4.7.0",
        ),
    ] {
        let shop = Shop::open(&bench).await.unwrap();
        let servers = only(protocol, at(port, TlsView::Starttls));
        let id = shop.password_account(ORDER, servers).await.unwrap();
        let take = || sessions(port, commands, count);
        let (report, waits) = check_beside(&shop, id, take(), true).await;
        let told = part(&report, protocol).unwrap();
        assert_eq!((&told.problem, waits), (&None, 1), "{report:#?}");
        let put_off = &told.evidence.as_ref().unwrap().put_off;
        assert!(put_off[0].contains(said), "{put_off:?}");

        let (report, waits) = check_beside(&shop, id, take(), false).await;
        let told = part(&report, protocol).unwrap();
        let diagnosis = told.diagnosis.as_ref().unwrap();
        assert_eq!(waits, 2, "{report:#?}");
        let open = &diagnosis.candidates;
        assert!(
            open.iter().any(|c| c == "concurrent_connection_limit"),
            "{report:#?}"
        );
    }
}

#[tokio::test]
async fn two_hundred_accounts_at_once() {
    let bench = shared().await;
    let opened = Shop::open(&bench).await.unwrap();
    let servers = Servers {
        pop3: at(bench.ports.pop3s, TlsView::Implicit),
        imap: at(bench.ports.imaps, TlsView::Implicit),
        smtp: at(bench.ports.smtp, TlsView::Starttls),
    };
    for number in 0..SHOPS {
        let user = User {
            address: shop(number).leak(),
            password: SHOP_PASSWORD,
            mails: 0,
            pop: true,
        };
        opened
            .password_account(user, servers.clone())
            .await
            .unwrap();
    }
    let ended = Mutex::new(0);
    let progress = |event| {
        if let CheckEvent::Ended { .. } = event {
            *ended.lock().unwrap() += 1;
        }
    };
    let begun = Instant::now();
    let reports = good(opened.ninka.check(&[], &progress).await).unwrap();
    let took = begun.elapsed();
    tell(&format!(
        "{SHOPS} accounts, three protocols each: {took:.1?}"
    ));
    assert_eq!(reports.len(), SHOPS);
    for told in reports.iter().flat_map(|report| &report.protocols) {
        assert_eq!(told.problem, None, "{told:#?}");
        assert!(
            told.evidence.as_ref().unwrap().put_off.is_empty(),
            "{told:#?}"
        );
    }
    assert_eq!(*ended.lock().unwrap(), 3 * SHOPS);
    assert!(took < Duration::from_secs(60), "{took:?}");

    // Stopped in the middle, it ends at once; what had ended by then stays.
    let begun = Instant::now();
    let progress = |event| {
        if let CheckEvent::Ended { .. } = event {
            opened.ninka.cancel_checks();
        }
    };
    let cancelled = opened.ninka.check(&[], &progress).await;
    assert_eq!(cancelled.unwrap_err(), ninka_core::Problem::Cancelled);
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_slow_greeting_an_old_tls_and_a_certificate_of_its_own() {
    let bench = shared().await;
    let ports = bench.ports;
    let smtp = async |port| {
        let shop = Shop::open(&bench).await.unwrap();
        let servers = only(Protocol::Smtp, at(port, TlsView::Implicit));
        let id = shop.password_account(ORDER, servers).await.unwrap();
        shop.check(id).await.unwrap().protocols.remove(0)
    };
    let slow = smtp(ports.smtps_slow).await;
    assert_eq!(slow.problem, None, "{slow:#?}");
    assert!(
        slow.steps.iter().any(|step| step.ms >= Some(2500)),
        "{slow:#?}"
    );

    let old = smtp(ports.smtps_old).await;
    let open = &old.diagnosis.as_ref().unwrap().candidates;
    assert!(
        open.iter().any(|cause| cause == "server_tls_too_old"),
        "{old:#?}"
    );

    let alone = smtp(ports.smtps_self_signed).await;
    let diagnosis = alone.diagnosis.as_ref().unwrap();
    assert!(diagnosis.cause.starts_with("cert_"), "{alone:#?}");
    let certificate = &alone.evidence.as_ref().unwrap().certificates[0];
    assert_eq!(certificate.subject, certificate.issuer);
}

#[tokio::test]
async fn no_more_round_trips_than_curl() {
    let bench = shared().await;
    // The farewell and the end of TLS count too; nobody waits for them here, and curl does.
    for (protocol, sign_in, expected) in [
        (Protocol::Pop3, SignIn::Password, 8),
        (Protocol::Pop3, SignIn::Token, 8),
        (Protocol::Imap, SignIn::Password, 6),
        (Protocol::Imap, SignIn::Token, 6),
        (Protocol::Smtp, SignIn::Password, 7),
        (Protocol::Smtp, SignIn::Token, 8),
    ] {
        let course = Course::prepare(&bench, protocol, sign_in).await.unwrap();
        assert!(sign_in == SignIn::Password || course.token_length() >= 1500);
        let (took, turns) = course.by_ninka().await.unwrap();
        let (curl, curls) = course.by_curl(&bench).await.unwrap();
        let name = format!("{protocol:?} {sign_in:?}");
        tell(&format!(
            "{name}: {turns} round trips, {} ms; curl: {curls}, {} ms",
            took.as_millis(),
            curl.as_millis()
        ));
        assert_eq!(turns, expected, "{name}");
        assert!(turns <= curls, "{name}: {turns} {curls}");
    }
}

/// Measured figures, for whoever runs it with `--nocapture`.
fn tell(text: &str) {
    let _told = std::io::stderr().write_all(format!("{text}\n").as_bytes());
}
