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
use serde_json::{Value, json};

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

/// Everything works on the bench, and what does not is named: a sign-in service that is not there.
#[tokio::test]
async fn the_test_of_this_computer() {
    let bench = shared().await;
    let terminal = Terminal::new(&bench).unwrap();
    let set = |authority: &str| {
        let words = ["settings", "set", "authority", authority];
        assert_eq!(terminal.run(&words).unwrap().code, 0);
    };
    set(&bench.idp.authority());
    let well = terminal.run(&["self-test", "--json"]).unwrap();
    assert_eq!(well.code, 0, "{well:?}");
    let rows = well.json().unwrap()["rows"].clone();
    let found = |rows: &Value, part: &str| {
        let rows = rows.as_array().unwrap();
        let row = rows.iter().find(|row| row["part"] == part);
        row.unwrap()["found"].as_str().unwrap().to_owned()
    };
    for (part, expected) in [
        ("vault", "passphrase"),
        ("loopback", "works"),
        ("sign-in", "works"),
        ("clock", "clock-right"),
        ("proxy", "no-proxy"),
    ] {
        assert_eq!(found(&rows, part), expected, "{rows}");
    }

    // A port that nobody listens on any more.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = gone.local_addr().unwrap().port();
    drop(gone);
    set(&format!("http://localhost:{port}/common"));
    let broken = terminal.run(&["self-test", "--json"]).unwrap();
    assert_eq!(broken.code, 1, "{broken:?}");
    let rows = broken.json().unwrap()["rows"].clone();
    assert_eq!(found(&rows, "sign-in"), "refused", "{rows}");
    assert_eq!(found(&rows, "clock"), "not-tried", "{rows}");
    let words = terminal.run(&["self-test"]).unwrap();
    assert!(words.out.contains("sign-in\tfailed"), "{words:?}");
}

/// What happened to an account is kept: it broke, its settings were changed, it works.
#[tokio::test]
async fn the_history_says_what_changed_when_it_broke() {
    let bench = shared().await;
    let terminal = Terminal::new(&bench).unwrap();
    add(&terminal, &bench, OWNER, "not the password");
    assert_eq!(terminal.run(&["check", "--all"]).unwrap().code, 1);
    let status = terminal.run(&["status", "--json"]).unwrap();
    assert_eq!(status.code, 1, "{status:?}");
    assert_eq!(status.json().unwrap()["attention"], true);
    let history = terminal.run(&["history", OWNER.address, "--json"]).unwrap();
    let history = history.json().unwrap();
    let [entry] = history["entries"].as_array().unwrap().as_slice() else {
        panic!("{history}")
    };
    assert_eq!(entry["what"], "reception", "{history}");
    assert!(entry["cause"].is_string(), "{history}");
    assert_eq!(history["keptDays"], 180);

    assert_eq!(
        terminal
            .run(&["settings", "set", "history-days", "0"])
            .unwrap()
            .code,
        2
    );
    assert_eq!(
        terminal
            .run(&["settings", "set", "history-days", "7"])
            .unwrap()
            .code,
        0
    );
    let lines = terminal.run(&["history", OWNER.address]).unwrap();
    assert!(lines.out.contains("\treception\t"), "{lines:?}");
}

#[tokio::test]
async fn the_manual_and_the_completions_name_every_command() {
    let bench = shared().await;
    let terminal = Terminal::new(&bench).unwrap();
    let page = terminal.run(&["man"]).unwrap();
    assert_eq!(page.code, 0, "{page:?}");
    assert!(
        page.out.starts_with(".ie") && page.out.contains("self\\-test"),
        "{page:?}"
    );
    let folder = tempfile::tempdir().unwrap();
    let written = terminal
        .run(&["man", folder.path().to_str().unwrap()])
        .unwrap();
    assert_eq!(written.code, 0, "{written:?}");
    assert!(folder.path().join("ninka-token.1").is_file());
    let nowhere = terminal.run(&["man", "/nonexistent"]).unwrap();
    assert_eq!(nowhere.code, 1, "{nowhere:?}");
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let words = terminal.run(&["completions", shell]).unwrap();
        assert!(
            words.code == 0 && words.out.contains("self-test"),
            "{shell}"
        );
    }
}
