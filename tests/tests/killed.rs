//! A command that is killed while it tries a new consent out at slow servers: the next command,
//! whatever it is, finishes the trial, and nobody has to visit the browser again.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Stdio;
use std::time::Duration;

use ninka_core::store::Store;
use ninka_tests::bench::{ORDER, shared};
use ninka_tests::browser::Browser;
use ninka_tests::shop::good;
use ninka_tests::terminal::Terminal;
use ninka_tests::wait;
use tokio::io::{AsyncBufReadExt as _, BufReader};

/// A step is done within this, also on a busy machine.
const LIMIT: Duration = Duration::from_secs(40);

#[tokio::test]
async fn the_next_command_finishes_the_trial_of_a_killed_one() {
    let bench = shared().await;
    let terminal = Terminal::new(&bench).unwrap();
    terminal.know(&bench).unwrap();
    let [pop, smtp] =
        [bench.ports.pop3s, bench.ports.smtps_slow].map(|port| format!("localhost:{port}"));
    let named = ["account", "add", ORDER.address, "--oauth"];
    let servers = ["--pop", &pop, "--smtp", &smtp, "--smtp-tls", "implicit"];
    let added = terminal.run(&[&named[..], &servers].concat()).unwrap();
    assert_eq!(added.code, 0, "{added:?}");

    let command = terminal.command(&["authorize", ORDER.address, "--no-browser"]);
    let mut child = tokio::process::Command::from(command)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = tokio::time::timeout(LIMIT, lines.next_line())
        .await
        .unwrap();
    let first = first.unwrap().unwrap();
    let link = first.strip_prefix("open: ").unwrap();
    let browser = Browser::headless().await.unwrap();
    browser.open(link).await.unwrap();
    browser
        .sign_in(ORDER.address, ORDER.password)
        .await
        .unwrap();
    let store = good(Store::open(terminal.data()).await).unwrap();
    let trial = wait::until_async("the trial", LIMIT, async || {
        let candidates = good(store.candidates().await)?;
        Ok((!candidates.is_empty()).then_some(()))
    });
    // The last page comes after the trial only.
    let accepted = async {
        browser.accept().await.ok();
        std::future::pending::<()>().await;
    };
    tokio::select! {
        begun = trial => begun.unwrap(),
        () = accepted => {}
    }
    child.kill().await.unwrap();
    assert_eq!(good(store.candidates().await).unwrap().len(), 1);
    let accounts = good(store.accounts().await).unwrap();
    assert!(accounts.iter().all(|stored| stored.grant.is_none()));

    let list = terminal.run(&["account", "list", "--json"]).unwrap();
    let state = &list.json().unwrap()[0]["authorization"]["state"];
    assert_eq!(state, "authorized", "{list:?}");
    assert!(good(store.candidates().await).unwrap().is_empty());
    store.close().await;
    let check = terminal.run(&["check", "--all"]).unwrap();
    assert_eq!(check.code, 0, "{check:?}");
    browser.close().await.unwrap();
}
