//! Several processes on one file. A test starts this same test program again with the name of an
//! ignored test, which is the other process's work.

use std::process::{Command, Stdio};

use super::*;
use crate::account::AccountId;
use crate::problem::Problem;

const FOLDER: &str = "NINKA_TEST_FOLDER";
const ROUNDS: i64 = 40;

fn program(path: &Path, work: &str, folder: &Path) -> Command {
    let mut command = Command::new(path);
    command
        .args([
            "--exact",
            &format!("store::tests::processes::{work}"),
            "--ignored",
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn folder() -> std::path::PathBuf {
    std::env::var_os(FOLDER)
        .expect("started by another test")
        .into()
}

#[tokio::test]
async fn two_processes_lose_no_update() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("店");
    let exe = std::env::current_exe().unwrap();
    // Both find no database yet.
    let start = || program(&exe, "count_up", &folder).spawn().unwrap();
    let processes = [start(), start()];
    for process in processes {
        let output = process.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}");
        assert!(said.contains("1 passed"), "{said}");
    }
    let store = Store::open(&folder).await.unwrap();
    let account = store
        .account_by_address("count@hana.example")
        .await
        .unwrap()
        .unwrap()
        .account;
    assert_eq!(account.name, (2 * ROUNDS).to_string());
    assert_eq!(account.revision.0, 2 * ROUNDS + 1);
    store.close().await;
}

#[tokio::test]
#[ignore = "the work of another process"]
async fn count_up() {
    let store = Store::open(&folder()).await.unwrap();
    // Its keyring is its own, so it keeps to what needs no key.
    let vault = open_vault(&store, &Arc::new(ScriptedKeyring::default())).await;
    let mut draft = oauth("count@hana.example");
    draft.name = "0".to_owned();
    let first = store.insert_account(&vault, &draft, now()).await;
    assert!(
        matches!(first, Ok(AccountId(_)) | Err(Problem::Invalid { .. })),
        "{first:?}"
    );
    let mut left = ROUNDS;
    while left > 0 {
        let found = store
            .account_by_address("count@hana.example")
            .await
            .unwrap();
        let account = found.unwrap().account;
        draft.name = (account.name.parse::<i64>().unwrap() + 1).to_string();
        match store
            .update_account(&vault, account.id, account.revision, &draft)
            .await
        {
            Ok(()) => left -= 1,
            Err(Problem::AccountChanged) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    store.close().await;
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;

    let parent = tempfile::tempdir().unwrap();
    let set_mode = |path: &Path, mode| {
        std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    };
    set_mode(parent.path(), 0o755);
    let folder = parent.path().join("read-only");
    std::fs::create_dir(&folder).unwrap();
    set_mode(&folder, 0o555);
    let exe = std::env::current_exe().unwrap();
    let mut process = if std::fs::write(folder.join("probe"), "").is_ok() {
        // The administrator may write anywhere: somebody else does the work, with a copy of the
        // program, as the build's folder may be closed to others.
        std::fs::remove_file(folder.join("probe")).unwrap();
        let copy = parent.path().join("program");
        std::fs::copy(&exe, &copy).unwrap();
        set_mode(&copy, 0o755);
        let mut command = program(&copy, "open_read_only", &folder);
        command.uid(65_534).gid(65_534);
        command
    } else {
        program(&exe, "open_read_only", &folder)
    };
    let output = process.current_dir(parent.path()).output().unwrap();
    set_mode(&folder, 0o755);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

#[cfg(unix)]
#[tokio::test]
#[ignore = "the work of another process"]
async fn open_read_only() {
    let path = folder().join("ninka.db").display().to_string();
    let read_only = Problem::DiskReadOnly { path };
    assert_eq!(Store::open(&folder()).await.unwrap_err(), read_only);
    let inside = folder().join("inside");
    let path = inside.join("ninka.db").display().to_string();
    let read_only = Problem::DiskReadOnly { path };
    assert_eq!(Store::open(&inside).await.unwrap_err(), read_only);
}
