//! A sealed backup from one computer to another, by the command line without a terminal: made where
//! there is a keyring, brought back where there is none, and what came back signs in at real servers.
//! What cannot be brought back is refused in words and changes nothing.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::path::{Path, PathBuf};

use ninka_tests::bench::{Bench, ORDER, shared};
use ninka_tests::kept;
use ninka_tests::terminal::{Answer, Terminal, visit};
use serde_json::{Value, json};

const SEALS: &str = "hanagumori-2468";

/// Runs a command that needs the backup's passphrase, which it reads from the standard input.
fn with(terminal: &Terminal, passphrase: &str, arguments: &[&str]) -> Answer {
    terminal
        .run_with(arguments, &format!("{passphrase}\n"))
        .unwrap()
}

fn accounts(terminal: &Terminal) -> Value {
    let list = terminal.run(&["account", "list", "--json"]).unwrap();
    list.json().unwrap()
}

/// Nothing that was made on the way lies in the data folder.
fn is_tidy(terminal: &Terminal) {
    for entry in std::fs::read_dir(terminal.data()).unwrap() {
        let name = entry.unwrap().file_name();
        assert!(!name.to_string_lossy().starts_with('.'), "{name:?}");
    }
}

/// A computer with a keyring, an authorized account, and a backup of it.
async fn backed_up(bench: &Bench, folder: &Path) -> (Terminal, PathBuf) {
    kept::secret("passphrase", SEALS).unwrap();
    let old = Terminal::with_keyring(bench).unwrap();
    old.know(bench).unwrap();
    assert_eq!(old.add_oauth(bench, ORDER).unwrap().code, 0);
    let ended = old
        .authorize(ORDER.address, async |link| visit(link, ORDER, true).await)
        .await
        .unwrap();
    assert_eq!(ended.code, 0, "{ended:?}");
    let file = folder.join("ninka.age");
    let name = file.to_str().unwrap();
    let short = with(&old, "short", &["backup", name]);
    assert_eq!(short.code, 1, "{short:?}");
    assert!(short.err.contains("[passphrase-too-short]"), "{short:?}");
    let made = with(&old, SEALS, &["backup", name, "--json"]);
    assert_eq!(made.code, 0, "{made:?}");
    let said = made.json().unwrap();
    assert_eq!(
        (&said["accounts"], &said["without"]),
        (&json!(1), &json!(0))
    );
    let again = with(&old, SEALS, &["backup", name]);
    assert_eq!(again.code, 1, "a file that is there stays: {again:?}");
    assert!(again.err.contains("[file-unwritable]"), "{again:?}");
    is_tidy(&old);
    (old, file)
}

#[tokio::test]
async fn what_is_brought_back_signs_in_on_the_other_computer() {
    let bench = shared().await;
    // A token that was used before would cost everything.
    let strict = json!({ "rotation": "strict" });
    bench.idp.set(strict).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (old, file) = backed_up(&bench, folder.path()).await;
    let name = file.to_str().unwrap();
    let sealed = std::fs::read(&file).unwrap();
    let address = ORDER.address.as_bytes();
    assert!(!sealed.windows(address.len()).any(|at| at == address));

    // Where it is opened is told by the file alone: no setting is made here before.
    let new = Terminal::new(&bench).unwrap();
    let looked = with(&new, SEALS, &["restore", name]);
    assert_eq!(looked.code, 0, "{looked:?}");
    assert_eq!(accounts(&new), json!([]), "looking brings nothing back");
    let mut from_environment = new.command(&["restore", name, "--yes", "--json"]);
    from_environment.env("NINKA_BACKUP_PASSPHRASE", SEALS);
    let restored = from_environment.output().unwrap();
    assert!(restored.status.success(), "{restored:?}");
    let before = accounts(&old);
    assert_eq!(before.as_array().unwrap().len(), 1);
    assert_eq!(accounts(&new), before);

    for command in [&["check", "--all"][..], &["renew", "--all"], &["status"]] {
        let answer = new.run(command).unwrap();
        assert_eq!(answer.code, 0, "{command:?}: {answer:?}");
    }
    let ended = new
        .authorize(ORDER.address, async |link| visit(link, ORDER, true).await)
        .await
        .unwrap();
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(new.run(&["check", ORDER.address]).unwrap().code, 0);
    let again = with(&new, SEALS, &["restore", name, "--yes"]);
    assert_eq!(again.code, 1, "{again:?}");
    assert!(again.err.contains("[restore-not-empty]"), "{again:?}");
    is_tidy(&new);
}

#[tokio::test]
async fn what_cannot_be_opened_is_refused_and_changes_nothing() {
    let bench = shared().await;
    let folder = tempfile::tempdir().unwrap();
    let (old, file) = backed_up(&bench, folder.path()).await;
    let whole = std::fs::read(&file).unwrap();
    let cut = |name: &str, length: usize| {
        let cut = folder.path().join(name);
        std::fs::write(&cut, &whole[..length]).unwrap();
        cut
    };
    let (begun, ended) = (cut("begun", 40), cut("ended", whole.len() - 1));
    let stranger = folder.path().join("stranger");
    std::fs::write(&stranger, "PK\u{3}\u{4} no backup").unwrap();
    let missing = folder.path().join("missing");

    let new = Terminal::new(&bench).unwrap();
    for (file, passphrase, code) in [
        (&file, "hanagumori-1357", "passphrase-wrong"),
        (&file, "", "passphrase-wrong"),
        (&begun, SEALS, "backup-damaged"),
        (&ended, SEALS, "backup-damaged"),
        (&stranger, SEALS, "not-a-backup"),
        (&missing, SEALS, "file-unreadable"),
    ] {
        let refused = with(
            &new,
            passphrase,
            &["restore", file.to_str().unwrap(), "--yes"],
        );
        assert_eq!(refused.code, 1, "{code}: {refused:?}");
        let said = refused.err.contains(&format!("[{code}]"));
        assert!(said, "{code}: {refused:?}");
        assert_eq!(accounts(&new), json!([]), "{code}");
        let id = new.run(&["settings", "get", "client-id"]).unwrap();
        assert_eq!(id.out.trim(), "", "{code}: {id:?}");
    }
    is_tidy(&new);
    let kept = old.run(&["check", "--all"]).unwrap();
    assert_eq!(kept.code, 0, "the old computer goes on: {kept:?}");
}
