//! What the support desk does at a terminal, against real servers: the code that a customer reads
//! out, and what comes of it.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use ninka_tests::bench::{Bench, OWNER, User, shared};
use ninka_tests::terminal::{Answer, Terminal};
use serde_json::json;

/// Registers an account that signs in by this password at Dovecot's POP3 alone.
fn add(terminal: &Terminal, bench: &Bench, user: User, password: &str) -> Answer {
    let pop = format!("localhost:{}", bench.ports.pop3s);
    let words = [
        "account",
        "add",
        user.address,
        "--name",
        "Hana",
        "--purpose",
        "order-receiving",
        "--password-stdin",
        "--pop",
        &pop,
    ];
    let answer = terminal.run_with(&words, &format!("{password}\n")).unwrap();
    assert_eq!(answer.code, 0, "{answer:?}");
    answer
}

/// The customer's check fails, the code is read out, and the desk sees the same.
#[tokio::test]
async fn a_code_that_is_read_out_says_what_the_customer_sees() {
    let bench = shared().await;
    let customer = Terminal::new(&bench).unwrap();
    add(&customer, &bench, OWNER, "not the password");
    let check = customer.run(&["check", OWNER.address, "--json"]).unwrap();
    assert_eq!(check.code, 1, "{check:?}");
    let seen = &check.json().unwrap()[0]["protocols"][0]["diagnosis"];

    let desk = Terminal::new(&bench).unwrap();
    let heard = seen["readout"].as_str().unwrap().to_lowercase();
    let told = desk
        .run(&["explain", &heard.replace('-', " "), "--json"])
        .unwrap();
    assert_eq!(told.code, 0, "{told:?}");
    let told = told.json().unwrap();
    assert_eq!(told["code"], seen["readout"]);
    for what in ["cause", "text", "whoFixes", "certain"] {
        assert_eq!(told["problem"]["diagnosis"][what], seen[what], "{told}");
    }
    assert_eq!(
        (&told["stage"], &told["protocol"]),
        (&json!("auth"), &json!("pop3"))
    );
    assert_eq!(told["version"], env!("CARGO_PKG_VERSION"));

    // A person reads the cause's sentence and the code's words; nothing personal is in it.
    let shown = desk.run(&["explain", &heard]).unwrap();
    assert!(
        shown.out.contains(seen["cause"].as_str().unwrap()),
        "{shown:?}"
    );
    assert!(!shown.out.contains("owner@"), "{shown:?}");
    let wrong = desk.run(&["explain", "0000-0001"]).unwrap();
    assert_eq!((wrong.code, &*wrong.out), (1, ""), "{wrong:?}");
    assert!(wrong.err.contains("code-mistyped"), "{wrong:?}");
}
