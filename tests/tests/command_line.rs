//! The command line as a child process against real servers: words, answers and exit codes as the
//! documentation spells them, with a passphrase for the vault and a browser driven from outside.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use ninka_tests::bench::{Bench, ORDER, OWNER, User, shared};
use ninka_tests::idp::CLIENT_ID;
use ninka_tests::terminal::{Answer, Terminal, visit};
use serde_json::{Value, json};

fn server(port: u16) -> String {
    format!("localhost:{port}")
}

/// A terminal that knows the bench's provider.
fn set_up(bench: &Bench) -> Terminal {
    let terminal = Terminal::new(bench).unwrap();
    terminal.know(bench).unwrap();
    terminal
}

fn add_oauth(terminal: &Terminal, bench: &Bench, user: User) -> Answer {
    terminal.add_oauth(bench, user).unwrap()
}

fn add_password(terminal: &Terminal, bench: &Bench, user: User, password: &str) -> Answer {
    let ports = bench.ports;
    let [pop, imap, smtp] = [ports.pop3, ports.imap, ports.smtps].map(server);
    terminal
        .run_with(
            &[
                "account",
                "add",
                user.address,
                "--name",
                "Hana",
                "--purpose",
                "unspecified",
                "--account",
                user.address,
                "--password-stdin",
                "--pop",
                &pop,
                "--pop-tls",
                "starttls",
                "--imap",
                &imap,
                "--imap-tls",
                "starttls",
                "--smtp",
                &smtp,
                "--smtp-tls",
                "implicit",
            ],
            &format!("{password}\n"),
        )
        .unwrap()
}

#[tokio::test]
async fn settings_are_kept() {
    let bench = shared().await;
    let terminal = set_up(&bench);
    for (key, value) in [
        ("client-id", CLIENT_ID),
        ("cloud", "custom"),
        ("authority", &bench.idp.authority()),
        ("language", "en"),
    ] {
        let answer = terminal.run(&["settings", "get", key]).unwrap();
        assert_eq!((answer.code, answer.out.trim()), (0, value), "{answer:?}");
    }
    for wrong in [
        ["settings", "set", "cloud", "moon"],
        [
            "settings",
            "set",
            "authority",
            "http://login.example/common",
        ],
        ["settings", "set", "colour", "blue"],
    ] {
        let answer = terminal.run(&wrong).unwrap();
        assert_eq!(answer.code, 2, "{answer:?}");
        assert!(
            !answer.err.is_empty() && answer.out.is_empty(),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn what_is_not_understood_ends_with_2() {
    let bench = shared().await;
    let terminal = Terminal::new(&bench).unwrap();
    for wrong in [
        &["chekc"][..],
        &["check"],
        &["check", "a@b.example", "--all"],
        &["account", "add"],
        &["account", "add", "a@b.example", "--purpose", "fun"],
        &["account", "add", "a@b.example", "--pop", "no-port"],
    ] {
        let answer = terminal.run(wrong).unwrap();
        assert_eq!(answer.code, 2, "{wrong:?}: {answer:?}");
        assert!(answer.out.is_empty(), "{answer:?}");
    }
}

#[tokio::test]
async fn accounts_come_and_go() {
    let bench = shared().await;
    let terminal = set_up(&bench);
    let answer = add_password(&terminal, &bench, OWNER, OWNER.password);
    assert_eq!(answer.code, 0, "{answer:?}");
    let again = add_password(
        &terminal,
        &bench,
        User {
            address: "OWNER@bench.test",
            ..OWNER
        },
        "asagiri-3141",
    );
    assert_ne!(again.code, 0, "{again:?}");

    let list = terminal
        .run(&["account", "list", "--json"])
        .unwrap()
        .json()
        .unwrap();
    let [row] = list.as_array().unwrap().as_slice() else {
        panic!("{list}")
    };
    assert_eq!(
        (&row["address"], &row["name"]),
        (&json!(OWNER.address), &json!("Hana"))
    );
    assert_eq!(
        (&row["oauth"], &row["purpose"]),
        (&json!(false), &json!("unspecified"))
    );
    let shown = terminal
        .run(&["account", "show", OWNER.address, "--json"])
        .unwrap();
    assert!(!shown.out.contains(OWNER.password), "{shown:?}");
    assert_eq!(shown.json().unwrap()["pop3"]["port"], bench.ports.pop3);

    // On the disk neither, in no file.
    for entry in std::fs::read_dir(terminal.data()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        let secret = OWNER.password.as_bytes();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret));
    }
    assert_eq!(
        terminal
            .run(&["account", "remove", OWNER.address])
            .unwrap()
            .code,
        0
    );
    let gone = terminal.run(&["account", "show", OWNER.address]).unwrap();
    assert_eq!(gone.code, 1, "{gone:?}");
    let list = terminal
        .run(&["account", "list", "--json"])
        .unwrap()
        .json()
        .unwrap();
    assert_eq!(list, json!([]));
}

#[tokio::test]
async fn authorized_by_a_browser_outside_and_checked() {
    let bench = shared().await;
    let terminal = set_up(&bench);
    assert_eq!(add_oauth(&terminal, &bench, ORDER).code, 0);
    let early = terminal.run(&["check", ORDER.address, "--json"]).unwrap();
    assert_eq!(early.code, 1, "not authorized yet: {early:?}");

    let answer = terminal
        .authorize(ORDER.address, async |link| visit(link, ORDER, true).await)
        .await
        .unwrap();
    assert_eq!(answer.code, 0, "{answer:?}");
    let shown = terminal
        .run(&["account", "show", ORDER.address, "--json"])
        .unwrap();
    let state = &shown.json().unwrap()["row"]["authorization"]["state"];
    assert_eq!(state, "authorized", "{shown:?}");

    let check = terminal.run(&["check", "--all", "--json"]).unwrap();
    assert_eq!(check.code, 0, "{check:?}");
    let reports = check.json().unwrap();
    let [report] = reports.as_array().unwrap().as_slice() else {
        panic!("{reports}")
    };
    assert_eq!(report["account"], ORDER.address);
    let protocol = |name: &str| -> Value {
        let all = report["protocols"].as_array().unwrap();
        all.iter()
            .find(|part| part["protocol"] == name)
            .cloned()
            .unwrap_or_default()
    };
    let pop3 = protocol("pop3");
    assert_eq!(
        (&pop3["host"], &pop3["result"]),
        (&json!("localhost"), &json!("ok"))
    );
    assert_eq!(
        (&pop3["port"], &pop3["problem"]),
        (&json!(bench.ports.pop3s), &Value::Null)
    );
    let steps = |part: &Value| -> Vec<String> {
        let all = part["steps"].as_array().unwrap();
        for step in all {
            assert!(step["outcome"] == "ok" && step["ms"].is_u64(), "{step}");
        }
        all.iter()
            .map(|step| step["step"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let expected = [
        "resolve",
        "connect",
        "tls",
        "greeting",
        "capability",
        "auth",
        "mailbox",
    ];
    assert_eq!(steps(&pop3), expected);
    let smtp = protocol("smtp");
    assert_eq!(smtp["result"], "ok");
    assert_eq!(
        steps(&smtp),
        [
            "resolve",
            "connect",
            "greeting",
            "capability",
            "tls",
            "auth"
        ]
    );

    let plain = terminal.run(&["check", ORDER.address]).unwrap();
    assert!(plain.code == 0 && plain.out.contains("pop3"), "{plain:?}");
}

#[tokio::test]
async fn a_consent_that_is_declined_or_given_by_another_ends_with_1() {
    let bench = shared().await;
    let terminal = set_up(&bench);
    assert_eq!(add_oauth(&terminal, &bench, ORDER).code, 0);
    let declined = terminal
        .authorize(ORDER.address, async |link| visit(link, ORDER, false).await)
        .await
        .unwrap();
    assert_eq!(declined.code, 1, "{declined:?}");
    let other = terminal
        .authorize(ORDER.address, async |link| visit(link, OWNER, true).await)
        .await
        .unwrap();
    assert_eq!(other.code, 1, "{other:?}");
    assert!(
        other.err.contains(ORDER.address) && other.err.contains(OWNER.address),
        "{other:?}"
    );
    let shown = terminal
        .run(&["account", "show", ORDER.address, "--json"])
        .unwrap();
    assert_eq!(
        shown.json().unwrap()["row"]["authorization"]["state"],
        "none",
        "{shown:?}"
    );
}

#[tokio::test]
async fn a_failed_check_ends_with_1_and_says_why() {
    let bench = shared().await;
    let terminal = set_up(&bench);
    assert_eq!(
        add_password(&terminal, &bench, OWNER, OWNER.password).code,
        0
    );
    assert_eq!(terminal.run(&["check", OWNER.address]).unwrap().code, 0);
    assert_eq!(add_password(&terminal, &bench, ORDER, "wrong-word").code, 0);
    let check = terminal.run(&["check", "--all", "--json"]).unwrap();
    assert_eq!(check.code, 1, "{check:?}");
    let reports = check.json().unwrap();
    let of = |user: User| {
        let all = reports.as_array().unwrap();
        all.iter()
            .find(|report| report["account"] == user.address)
            .unwrap()
            .clone()
    };
    for part in of(OWNER)["protocols"].as_array().unwrap() {
        assert_eq!(part["result"], "ok", "{part}");
    }
    for part in of(ORDER)["protocols"].as_array().unwrap() {
        assert_eq!(part["result"], "failed", "{part}");
        assert!(
            part["problem"].is_string() && part["raw"].is_string(),
            "{part}"
        );
        let last = part["steps"]
            .as_array()
            .unwrap()
            .iter()
            .rfind(|step| !step["ms"].is_null());
        assert_eq!(last.unwrap()["step"], "auth", "{part}");
    }
    assert!(!check.out.contains("wrong-word") && !check.err.contains("wrong-word"));
    let unknown = terminal.run(&["check", "nobody@bench.test"]).unwrap();
    assert_eq!(unknown.code, 1, "{unknown:?}");
}

#[tokio::test]
async fn only_the_right_passphrase_opens_the_vault() {
    let bench = shared().await;
    let mut terminal = set_up(&bench);
    assert_eq!(
        add_password(&terminal, &bench, OWNER, OWNER.password).code,
        0
    );
    for wrong in ["", "wrong horse battery"] {
        terminal.set_passphrase(wrong);
        let answer = terminal.run(&["check", OWNER.address]).unwrap();
        assert_eq!(answer.code, 1, "{answer:?}");
        assert!(!answer.err.is_empty(), "{answer:?}");
    }
}

#[tokio::test]
async fn a_table_goes_out_and_comes_in_whole_or_not_at_all() {
    let bench = shared().await;
    let (old, new) = (set_up(&bench), set_up(&bench));
    assert_eq!(add_oauth(&old, &bench, ORDER).code, 0);
    assert_eq!(add_password(&old, &bench, OWNER, "kaminari-5963").code, 0);
    let table = old.run(&["export"]).unwrap().out;
    assert!(
        table.starts_with('\u{feff}') && !table.contains("kaminari-5963"),
        "{table}"
    );

    let looked = new.run_with(&["import", "-", "--json"], &table).unwrap();
    assert_eq!(
        (looked.code, looked.json().unwrap()["faulty"].clone()),
        (0, json!(0))
    );
    let none = new.run(&["account", "list", "--json"]).unwrap();
    assert_eq!(none.json().unwrap(), json!([]), "looking registers nothing");

    let faulty = format!(
        "{table}nobody,,Sending,OAuth\r\n{},,,OAuth\r\n",
        ORDER.address
    );
    let refused = new.run_with(&["import", "-", "--yes"], &faulty).unwrap();
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(
        refused.out.contains("4\t  address: ") && refused.out.contains("5\t  address: "),
        "{refused:?}"
    );
    assert!(refused.err.contains("[table-has-faults]"), "{refused:?}");
    let none = new.run(&["account", "list", "--json"]).unwrap();
    assert_eq!(
        none.json().unwrap(),
        json!([]),
        "a fault in one row keeps all out"
    );

    assert_eq!(
        new.run_with(&["import", "-", "--yes"], &table)
            .unwrap()
            .code,
        0
    );
    assert_eq!(new.run(&["export"]).unwrap().out, table);
    let again = new.run_with(&["import", "-"], &table).unwrap();
    assert_eq!(again.code, 1, "they are registered already: {again:?}");
    let missing = new.run(&["import", "no such file"]).unwrap();
    assert_eq!(missing.code, 1);
    assert!(missing.err.contains("[file-unreadable]"), "{missing:?}");
}
