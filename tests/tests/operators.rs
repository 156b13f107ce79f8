//! Permissions at the command line: signing in by the standard input, what is refused, the wait after
//! wrong passwords, the way back in, and the audit list as a table.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use ninka_tests::bench::shared;
use ninka_tests::kept;
use ninka_tests::terminal::{Answer, Terminal};
use serde_json::json;

const OWNERS: &str = "yamada-kaminoke-7";
const CLERKS: &str = "satou-ajisai-42";
const NEW: &str = "modotta-kagi-731";

/// Runs a command as an operator, with more to read after the password.
fn run_as(terminal: &Terminal, name: &str, input: &[&str], arguments: &[&str]) -> Answer {
    let arguments = [arguments, &["--operator", name]].concat();
    terminal
        .run_with(&arguments, &(input.join("\n") + "\n"))
        .unwrap()
}

fn refused(answer: &Answer, code: &str) {
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.err.contains(&format!("[{code}]")), "{answer:?}");
}

#[tokio::test]
async fn operators_sign_in_by_the_standard_input() {
    let bench = shared().await;
    for password in [OWNERS, CLERKS, NEW] {
        kept::secret("password", password).unwrap();
    }
    let terminal = Terminal::new(&bench).unwrap();
    let english = ["settings", "set", "language", "en"];
    assert_eq!(terminal.run(&english).unwrap().code, 0);
    let address = "order@hana-shop.example";
    let add = ["account", "add", address, "--oauth"];
    assert_eq!(terminal.run(&add).unwrap().code, 0);
    let on = terminal.run_with(&["operator", "on", "Yamada"], &format!("{OWNERS}\n"));
    assert_eq!(on.unwrap().code, 0);

    // Nobody is asked where nobody can answer.
    let nobody = terminal.run(&["account", "list"]).unwrap();
    refused(&nobody, "sign-in-needed");
    assert!(nobody.err.contains("--operator"), "{nobody:?}");
    let add = ["operator", "add", "Satou", "--accounts", "view", "--json"];
    let added = run_as(&terminal, "yamada", &[OWNERS, CLERKS], &add);
    assert_eq!(added.json().unwrap()[0]["name"], "Satou", "{added:?}");

    let listed = run_as(&terminal, "Satou", &[CLERKS], &["account", "list"]);
    assert!(
        listed.code == 0 && listed.out.contains(address),
        "{listed:?}"
    );
    let remove = run_as(
        &terminal,
        "Satou",
        &[CLERKS],
        &["account", "remove", address],
    );
    refused(&remove, "not-permitted");
    assert!(remove.err.contains("Yamada"), "{remove:?}");
    let setting = run_as(&terminal, "Satou", &[CLERKS], &["settings", "get", "theme"]);
    refused(&setting, "not-permitted");
    // Another program's token is the setting's matter, not an operator's.
    refused(
        &terminal.run(&["token", address]).unwrap(),
        "tokens-not-shared",
    );

    let full = ["operator", "remove", "Yamada"];
    refused(
        &run_as(&terminal, "Yamada", &[OWNERS], &full),
        "last-full-operator",
    );
    for _ in 0..3 {
        let wrong = run_as(
            &terminal,
            "Yamada",
            &["not-the-password"],
            &["account", "list"],
        );
        refused(&wrong, "sign-in-refused");
    }
    // Each is a process of its own, and all of them wait.
    let early = run_as(&terminal, "Yamada", &[OWNERS], &["account", "list"]);
    refused(&early, "sign-in-too-soon");

    let reset = terminal.run_with(&["operator", "reset", "Yamada"], &format!("{NEW}\n"));
    assert_eq!(reset.unwrap().code, 0);
    let audit = run_as(
        &terminal,
        "Yamada",
        &[NEW],
        &["operator", "audit", "--json"],
    );
    let audit = audit.json().unwrap();
    let entries = audit["entries"].as_array().unwrap();
    let done: Vec<&str> = entries
        .iter()
        .rev()
        .filter_map(|entry| entry["what"].as_str())
        .collect();
    assert_eq!(done[..3], ["switched-on", "signed-in", "operator-added"]);
    assert_eq!(
        done.iter()
            .filter(|what| **what == "sign-in-refused")
            .count(),
        3
    );
    assert_eq!(done[done.len() - 2..], ["password-reset", "signed-in"]);
    let table = run_as(&terminal, "Yamada", &[NEW], &["operator", "audit", "--csv"]);
    assert!(
        table
            .out
            .starts_with("\u{feff}Time,Who,What,About,Practice\r\n"),
        "{table:?}"
    );
    let off = run_as(&terminal, "Yamada", &[NEW], &["operator", "off"]);
    assert_eq!(off.code, 0, "{off:?}");
    let list = terminal.run(&["operator", "list", "--json"]).unwrap();
    assert_eq!(list.json().unwrap(), json!([]));
}
