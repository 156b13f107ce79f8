//! A sealed backup on real servers: made where the data is under a passphrase, restored on another
//! data folder under the session's keyring, by processes of their own. Password and authorization
//! work there; what must not be restored is refused by its name.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use anyhow::Result;
use ninka_tests::bench::{Bench, ORDER, OWNER, User, shared};
use ninka_tests::browser::Browser;
use ninka_tests::idp::CLIENT_ID;
use ninka_tests::shop::redirect_of;
use ninka_tests::terminal::{Answer, Terminal};
use serde_json::Value;

const SEALED_BY: &str = "a passphrase of the shop\n";

#[tokio::test]
async fn everything_works_on_another_computer() {
    let bench = shared().await;
    let old = shop(&bench).await;
    let file = old.data().join("..").join("店のバックアップ.age");
    std::fs::remove_file(&file).ok();
    let path = file.to_str().unwrap();
    let short = old.run_with(&["backup", path], "short\n").unwrap();
    assert_eq!(short.code, 1, "{short:?}");
    let made = old
        .run_with(&["backup", path, "--json"], SEALED_BY)
        .unwrap();
    assert_eq!(made.code, 0, "{made:?}");
    assert_eq!(made.json().unwrap()["accounts"], 2);
    let octets = std::fs::read(&file).unwrap();
    assert!(octets.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    for word in [OWNER.address, OWNER.password, CLIENT_ID] {
        assert!(!octets.windows(word.len()).any(|at| at == word.as_bytes()));
    }

    let mut new = Terminal::new(&bench).unwrap();
    new.use_keyring();
    let wrong = new
        .run_with(&["restore", path, "--yes"], "wrong\n")
        .unwrap();
    assert_eq!(wrong.code, 1, "{wrong:?}");
    let cut = file.with_extension("cut");
    std::fs::write(&cut, &octets[..octets.len() - 5]).unwrap();
    let cut = new
        .run_with(&["restore", cut.to_str().unwrap(), "--yes"], SEALED_BY)
        .unwrap();
    assert_eq!(cut.code, 1, "{cut:?}");
    let looked = new
        .run_with(&["restore", path, "--json"], SEALED_BY)
        .unwrap();
    assert_eq!(looked.code, 0, "{looked:?}");
    let looked = looked.json().unwrap();
    assert_eq!(
        (&looked["accounts"], &looked["here"]),
        (&2.into(), &0.into())
    );
    assert_eq!(list(&new).as_array().unwrap().len(), 0, "only looked at");

    let restored = new
        .run_with(&["restore", path, "--yes"], SEALED_BY)
        .unwrap();
    assert_eq!(restored.code, 0, "{restored:?}");
    assert_eq!(list(&new), list(&old));
    let client = new.run(&["settings", "get", "client-id"]).unwrap();
    assert_eq!(client.out.trim(), CLIENT_ID);
    let history = ["history", ORDER.address];
    assert_eq!(
        new.run(&history).unwrap().out,
        old.run(&history).unwrap().out
    );
    // Renews at the real provider, and signs in at the real servers.
    let checked = new.run(&["check", "--all"]).unwrap();
    assert_eq!(checked.code, 0, "{checked:?}");
    let again = new
        .run_with(&["restore", path, "--yes"], SEALED_BY)
        .unwrap();
    assert_eq!(again.code, 1, "{again:?}");
    assert!(again.err.contains('2'), "{again:?}");
    for entry in std::fs::read_dir(new.data()).unwrap() {
        let name = entry.unwrap().file_name();
        assert!(!name.to_string_lossy().starts_with('.'), "{name:?} is left");
    }
    std::fs::remove_file(&file).unwrap();
    std::fs::remove_file(file.with_extension("cut")).unwrap();
}

/// A terminal with an account by password, and one that is authorized and checked.
async fn shop(bench: &Bench) -> Terminal {
    let terminal = Terminal::new(bench).unwrap();
    let good = |answer: Answer| assert_eq!(answer.code, 0, "{answer:?}");
    for (key, value) in [
        ("client-id", CLIENT_ID),
        ("authority", &bench.idp.authority()),
        ("language", "en"),
    ] {
        good(terminal.run(&["settings", "set", key, value]).unwrap());
    }
    let pop = format!("localhost:{}", bench.ports.pop3s);
    let smtp = format!("localhost:{}", bench.ports.smtps);
    let servers = ["--pop", &pop, "--smtp", &smtp, "--smtp-tls", "implicit"];
    let by_password = [
        &["account", "add", OWNER.address, "--password-stdin"],
        &servers[..],
    ]
    .concat();
    let typed = format!("{}\n", OWNER.password);
    good(terminal.run_with(&by_password, &typed).unwrap());
    let by_oauth = [&["account", "add", ORDER.address, "--oauth"], &servers[..]].concat();
    good(terminal.run(&by_oauth).unwrap());
    let authorized = terminal
        .authorize(ORDER.address, |link| visit(link, ORDER))
        .await;
    good(authorized.unwrap());
    good(terminal.run(&["check", "--all"]).unwrap());
    terminal
}

async fn visit(link: String, user: User) -> Result<()> {
    let browser = Browser::headless().await?;
    browser.open(&link).await?;
    browser.sign_in(user.address, user.password).await?;
    browser.accept().await?;
    let back = redirect_of(&link)?;
    browser
        .text_at(back.host_str().unwrap_or_default(), back.port())
        .await?;
    browser.close().await
}

fn list(terminal: &Terminal) -> Value {
    let listed = terminal.run(&["account", "list", "--json"]).unwrap();
    listed.json().unwrap()
}
