//! The test bench on its own, without the product: what the other tests rest on.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::time::Duration;

use ninka_tests::bench::{Bench, ORDER, USERS};
use ninka_tests::certificates::Shown;
use ninka_tests::{dovecot, postfix};

/// The first line of a server that speaks first.
fn greeting(host: &str, port: u16) -> String {
    let stream = TcpStream::connect((host, port)).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    line
}

#[tokio::test]
async fn every_server_answers_and_ends_with_its_crash() {
    let mut bench = Bench::start().unwrap();
    let ports = bench.ports;
    for shown in Shown::ALL {
        let greetings =
            [ports.pop3, ports.imap, ports.smtp].map(|port| greeting(shown.host(), port));
        let begins = ["+OK", "* OK", "220 "];
        assert!(
            greetings
                .iter()
                .zip(begins)
                .all(|(line, begin)| line.starts_with(begin)),
            "{greetings:?}"
        );
    }
    for user in USERS {
        assert_eq!(bench.mails_of(user).unwrap(), user.mails);
    }
    let http = bench.idp.http().unwrap();
    let url = format!(
        "{}/v2.0/.well-known/openid-configuration",
        bench.idp.authority()
    );
    let answer = http.get(url).send().await.unwrap().text().await.unwrap();
    assert!(answer.contains("/common/oauth2/v2.0/authorize"), "{answer}");
    assert_eq!(
        bench
            .idp
            .forget(&["RefreshToken"], ORDER.address)
            .await
            .unwrap(),
        0
    );
    assert!(
        bench
            .idp
            .set(serde_json::json!({ "no-such-switch": 1 }))
            .await
            .is_err()
    );

    for (name, port) in [(dovecot::NAME, ports.pop3), (postfix::NAME, ports.smtp)] {
        bench.kill(name).unwrap();
        assert!(
            TcpStream::connect(("127.0.0.1", port)).is_err(),
            "{name} goes on"
        );
    }
    let folder = bench.folder();
    drop(bench);
    assert!(!folder.exists());
}
