//! Every command that answers in JSON, run against real servers: its answer is as its schema in
//! `docs/schemas` says, and no schema is without an answer here.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::cell::RefCell;
use std::collections::BTreeSet;

use ninka_tests::bench::{Bench, ORDER, OWNER, shared};
use ninka_tests::browser::Browser;
use ninka_tests::idp::CLIENT_ID;
use ninka_tests::schemas;
use ninka_tests::shop::{Servers, Shop, redirect_of};
use ninka_tests::terminal::{Answer, PASSPHRASE, Terminal};
use serde_json::{Value, json};

/// A terminal that remembers which commands answered as their schemas say.
struct Asker<'a> {
    terminal: &'a Terminal,
    answered: &'a RefCell<BTreeSet<String>>,
}

impl Asker<'_> {
    fn ask(&self, code: i32, words: &[&str], input: &str) -> Value {
        let answer = self.terminal.run_with(words, input).unwrap();
        self.answered(code, words, &answer);
        // One answer a line: the last one is shown.
        let text = match words.contains(&"--jsonl") {
            true => answer.out.lines().last().unwrap_or_default(),
            false => &answer.out,
        };
        serde_json::from_str(text).unwrap()
    }

    fn answered(&self, code: i32, words: &[&str], answer: &Answer) {
        assert_eq!(answer.code, code, "{words:?}: {answer:?}");
        let name = schemas::hold(words, &answer.out).unwrap();
        self.answered.borrow_mut().extend(name);
    }
}

#[tokio::test]
async fn every_answer_is_as_its_schema_says() {
    let bench = shared().await;
    let answered = RefCell::default();
    let terminal = set_up(&bench);
    let asker = Asker {
        terminal: &terminal,
        answered: &answered,
    };
    a_password_account(&asker, &bench);
    an_authorization(&asker, &bench).await;
    a_switch_undone(&asker, &bench).await;
    a_backup(&asker, &bench);
    no_account_needed(&asker);
    let removed = asker.ask(0, &["account", "remove", OWNER.address, "--json"], "");
    assert_eq!(removed["address"], OWNER.address);
    the_operators(&asker);
    assert_eq!(*answered.borrow(), schemas::all().unwrap());
}

fn set_up(bench: &Bench) -> Terminal {
    let terminal = Terminal::new(bench).unwrap();
    for (key, value) in [
        ("client-id", CLIENT_ID),
        ("authority", &bench.idp.authority()),
        ("language", "en"),
    ] {
        let answer = terminal.run(&["settings", "set", key, value]).unwrap();
        assert_eq!(answer.code, 0, "{answer:?}");
    }
    terminal
}

/// Registered, changed, checked with a wrong password and with the right one, proved.
fn a_password_account(asker: &Asker<'_>, bench: &Bench) {
    let server = |port| format!("localhost:{port}");
    let [pop, imap, smtp] = [bench.ports.pop3s, bench.ports.imaps, bench.ports.smtp].map(server);
    let servers = ["--pop", &pop, "--imap", &imap, "--smtp", &smtp];
    let add = |address| {
        let words = ["account", "add", address, "--password-stdin", "--json"];
        [&words[..], &servers[..]].concat()
    };
    asker.ask(0, &add(OWNER.address), "not the password\n");
    let failed = asker.ask(1, &["check", OWNER.address, "--json"], "");
    assert_eq!(failed[0]["protocols"][0]["result"], "failed", "{failed}");
    let history = asker.ask(0, &["history", OWNER.address, "--json"], "");
    assert!(history["entries"][0]["cause"].is_string(), "{history}");
    let status = asker.ask(1, &["status", "--json"], "");
    assert_eq!(status["attention"], true, "{status}");
    asker.ask(0, &["report", OWNER.address, "--json"], "");
    let failed = asker.ask(1, &["prove", OWNER.address, "--json"], "");
    assert_eq!(failed["outcome"], "failed", "{failed}");

    asker.ask(0, &["account", "remove", OWNER.address, "--json"], "");
    asker.ask(0, &add(OWNER.address), &format!("{}\n", OWNER.password));
    asker.ask(
        0,
        &["account", "edit", OWNER.address, "--name", "Hana", "--json"],
        "",
    );
    asker.ask(0, &["check", "--all", "--json"], "");
    let proved = asker.ask(0, &["prove", OWNER.address, "--json"], "");
    assert_eq!(proved["outcome"], "arrived", "{proved}");
    asker.ask(0, &["account", "list", "--json"], "");
    let shown = asker.ask(0, &["account", "show", OWNER.address, "--json"], "");
    assert_eq!(shown["row"]["name"], "Hana");
    // Nobody knows the servers of a domain that exists in these tests alone.
    let address = format!("info@{}", ninka_tests::bench::DOMAIN);
    asker.ask(1, &["account", "servers", &address, "--json"], "");
}

/// Authorized by a browser outside, renewed, checked and revoked.
async fn an_authorization(asker: &Asker<'_>, bench: &Bench) {
    let (pop, smtp) = (
        format!("localhost:{}", bench.ports.pop3s),
        format!("localhost:{}", bench.ports.smtp),
    );
    let words = ["account", "add", ORDER.address, "--oauth", "--json"];
    let words = [&words[..], &["--pop", &pop, "--smtp", &smtp]].concat();
    let added = asker.ask(0, &words, "");
    assert_eq!(added["row"]["authorization"]["state"], "none", "{added}");
    let early = asker.ask(1, &["check", ORDER.address, "--json"], "");
    assert!(early[0]["protocols"][0]["obstacle"].is_object(), "{early}");
    let ended = asker.terminal.authorize(ORDER.address, async |link| {
        let browser = Browser::headless().await?;
        browser.open(&link).await?;
        browser.sign_in(ORDER.address, ORDER.password).await?;
        browser.accept().await?;
        let back = redirect_of(&link)?;
        let host = back.host_str().unwrap_or_default();
        browser.text_at(host, back.port()).await?;
        browser.close().await
    });
    assert_eq!(ended.await.unwrap().code, 0);
    let renewed = asker.ask(0, &["renew", "--all", "--json"], "");
    assert_eq!(
        renewed[0]["row"]["authorization"]["state"], "authorized",
        "{renewed}"
    );
    let checked = asker.ask(0, &["check", ORDER.address, "--json"], "");
    assert!(
        checked[0]["protocols"][0]["evidence"]["token"].is_object(),
        "{checked}"
    );
    asker.ask(0, &["status", "--json"], "");
    let revoked = asker.ask(0, &["account", "revoke", ORDER.address, "--json"], "");
    assert_eq!(
        revoked["row"]["authorization"]["state"], "none",
        "{revoked}"
    );
    asker.ask(0, &["account", "remove", ORDER.address, "--json"], "");
}

/// Switched to OAuth by the form, as the command line does not do it, and brought back.
async fn a_switch_undone(asker: &Asker<'_>, bench: &Bench) {
    let folder = tempfile::tempdir().unwrap();
    let shop = Shop::open_in(bench, folder, Some(PASSPHRASE))
        .await
        .unwrap();
    let servers = Servers::usual(bench);
    let id = shop.password_account(OWNER, servers).await.unwrap();
    let mut account: ninka_core::view::SaveAccount = shop.ninka.account(id).await.unwrap().into();
    account.oauth = true;
    shop.save(account).await.unwrap();
    let folder = shop.folder().display().to_string();
    let words = ["account", "undo-switch", OWNER.address, "--json"];
    let words = [&words[..], &["--data-dir", &folder]].concat();
    let undone = asker.ask(0, &words, "");
    assert_eq!(undone["row"]["oauth"], false, "{undone}");
    assert_eq!(undone["passwordStored"], true, "{undone}");
}

/// A backup, and what another computer sees in it; the same for a table.
fn a_backup(asker: &Asker<'_>, bench: &Bench) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ninka.age").display().to_string();
    let passphrase = "several words are better";
    ninka_tests::kept::secret("passphrase", passphrase).unwrap();
    let made = asker.ask(0, &["backup", &file, "--json"], &format!("{passphrase}\n"));
    let new = set_up(bench);
    let there = Asker {
        terminal: &new,
        answered: asker.answered,
    };
    let held = there.ask(0, &["restore", &file, "--json"], passphrase);
    assert_eq!(
        (&held["accounts"], &made["accounts"]),
        (&json!(1), &json!(1))
    );

    let table = asker.terminal.run(&["export"]).unwrap().out;
    let rows = there.ask(0, &["import", "-", "--json"], &table);
    assert_eq!(
        (&rows["faulty"], &rows["rows"][0]["address"]),
        (&json!(0), &json!(OWNER.address))
    );
    let faulty = there.ask(1, &["import", "-", "--json"], &table.replace('@', " at "));
    assert_eq!(faulty["faulty"], 1, "{faulty}");
}

/// Permissions switched on, an operator added and changed, and what the audit list says of it.
fn the_operators(asker: &Asker<'_>) {
    let (owners, clerks) = ("yamada-kaminoke-7", "satou-ajisai-42");
    for password in [owners, clerks] {
        ninka_tests::kept::secret("password", password).unwrap();
    }
    let typed = format!("{owners}\n{clerks}\n");
    let on = asker
        .terminal
        .run_with(&["operator", "on", "Yamada"], &typed);
    assert_eq!(on.unwrap().code, 0);
    let ask = |words: &[&str]| {
        let words = [&["operator"], words, &["--json", "--operator", "Yamada"]].concat();
        asker.ask(0, &words, &typed)
    };
    let added = ask(&["add", "Satou"]);
    assert_eq!(added[0]["accounts"], "view", "{added}");
    let changed = ask(&["edit", "Satou", "--settings", "view"]);
    assert_eq!(changed[0]["settings"], "view", "{changed}");
    assert_eq!(ask(&["list"]), changed);
    let audit = ask(&["audit"]);
    assert_eq!(audit["entries"][0]["what"], "signed-in", "{audit}");
}

fn no_account_needed(asker: &Asker<'_>) {
    let words = [
        "hand-over",
        ORDER.address,
        "--oauth",
        "--authorize",
        "--json",
    ];
    let handed = asker.ask(0, &words, "");
    assert_eq!(handed["holds"]["address"], ORDER.address, "{handed}");
    let told = asker.ask(0, &["explain", "40EJ-80GE", "--json"], "");
    assert_eq!(told["code"], "40EJ-80GE");
    asker.ask(0, &["self-test", "--json"], "");
    let failures = "{\"id\":1,\"raw\":\"535 5.7.139 Authentication unsuccessful\"}\n{\"id\":\"b\",\"raw\":\"?\"}\n";
    let last = asker.ask(0, &["diagnose", "--jsonl"], failures);
    assert_eq!((&last["id"], &last["cause"]), (&json!("b"), &Value::Null));
    let listening = asker.ask(0, &["practice", "--fault", "pop-off", "--json"], "");
    assert_eq!(listening["fault"], "pop-off");
}
