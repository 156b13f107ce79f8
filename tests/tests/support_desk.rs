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

/// The customer's program makes a report; the desk's, with data of its own, shows the same.
#[tokio::test]
async fn a_report_shows_the_desk_what_the_customer_saw() {
    const PASSWORD: &str = "Kirschbaum-im-Mai-71";
    let bench = shared().await;
    let customer = Terminal::new(&bench).unwrap();
    add(&customer, &bench, OWNER, PASSWORD);
    let settings = ["settings", "set", "authority", &bench.idp.authority()];
    assert_eq!(customer.run(&settings).unwrap().code, 0);
    let check = customer.run(&["check", OWNER.address, "--json"]).unwrap();
    assert_eq!(check.code, 1, "{check:?}");
    let seen = check.json().unwrap()[0].clone();

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("報告.txt");
    let file = file.to_str().unwrap();
    let words = [
        "report",
        OWNER.address,
        "--full-addresses",
        "--output",
        file,
    ];
    let made = customer.run(&words).unwrap();
    assert_eq!((made.code, &*made.out), (0, ""), "{made:?}");
    let again = customer.run(&words).unwrap();
    assert_eq!(again.code, 1, "nothing is written over: {again:?}");

    let desk = Terminal::new(&bench).unwrap();
    let opened = desk.run(&["report", "--open", file, "--json"]).unwrap();
    assert_eq!(opened.code, 0, "{opened:?}");
    let opened = opened.json().unwrap();
    assert_eq!(
        opened["check"], seen,
        "the same track, evidence and diagnosis"
    );
    let shown = |terminal: &Terminal, words: &[&str]| terminal.run(words).unwrap().json().unwrap();
    let history = shown(&customer, &["history", OWNER.address, "--json"]);
    assert_eq!(opened["history"], history["entries"]);
    let account = shown(&customer, &["account", "show", OWNER.address, "--json"]);
    assert_eq!(opened["account"], account);
    assert_eq!(opened["vault"]["state"], "passphrase");
    let clock = opened["selfTest"]["rows"].as_array().unwrap().iter();
    let clock: Vec<&Value> = clock.filter(|row| row["part"] == "clock").collect();
    assert_eq!(clock[0]["found"], "clock-right", "{opened}");
    let read = desk.run(&["report", "--open", file]).unwrap();
    assert!(read.out.contains(OWNER.address), "{read:?}");
    let readout = seen["protocols"][0]["diagnosis"]["readout"]
        .as_str()
        .unwrap();
    assert!(read.out.contains(readout), "{read:?}");

    // As most customers send it: no address, and in neither anything secret.
    let short = customer.run(&["report", OWNER.address]).unwrap();
    assert_eq!(short.code, 0, "{short:?}");
    let local = OWNER.address.split('@').next().unwrap();
    assert!(!short.out.contains(&format!("{local}@")), "{short:?}");
    let full = std::fs::read_to_string(file).unwrap();
    for report in [&short.out, &full] {
        assert!(!report.contains(PASSWORD), "{report}");
    }

    let nothing = customer.run(&["report", "nobody@hana.example"]).unwrap();
    assert_eq!((nothing.code, &*nothing.out), (1, ""), "{nothing:?}");
    let (cut, _) = full.rsplit_once("-----END").unwrap();
    std::fs::write(file, cut).unwrap();
    let cut = desk.run(&["report", "--open", file]).unwrap();
    assert_eq!((cut.code, &*cut.out), (1, ""), "{cut:?}");
    assert!(cut.err.contains("report-damaged"), "{cut:?}");
}
