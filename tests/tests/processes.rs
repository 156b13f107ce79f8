//! Two processes on one folder renew the same account again and again at a real identity provider
//! with strict rotation: a refresh token used twice revokes all that came of its consent. A test
//! starts this same test program again with the name of an ignored test.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and its other process is listened to"
)]

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use ninka_core::account::AccountId;
use ninka_core::authorization::{AccessTokens, Need};
use ninka_core::clock::SystemClock;
use ninka_core::secret::Secret;
use ninka_core::store::{KeyringEntry, KeyringMood, ScriptedKeyring, Store, Vault, VaultState};
use ninka_core::tls::{Trust, loopback_http_client};
use ninka_core::view::{AuthorizationState, Protocol};
use ninka_tests::bench::{Bench, ORDER, shared};
use ninka_tests::shop::{Servers, Shop, good, part};
use serde_json::json;
use tokio_util::sync::CancellationToken;

const PASSPHRASE: &str = "correct horse battery";
const FOLDER: &str = "NINKA_TEST_FOLDER";
const ACCOUNT: &str = "NINKA_TEST_ACCOUNT";
/// Asks for more renewals than the usual.
const ASKED: &str = "NINKA_RENEWALS";
const RENEWALS: u64 = 1_000;
const PROCESSES: u64 = 2;

fn renewals() -> u64 {
    std::env::var(ASKED).map_or(RENEWALS, |asked| asked.parse().unwrap())
}

#[tokio::test]
async fn two_processes_renew_one_account_and_never_lose_it() {
    let bench = shared().await;
    let strict = json!({ "rotation": "strict" });
    bench.idp.set(strict).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut shop = Shop::open_in(&bench, folder, Some(PASSPHRASE))
        .await
        .unwrap();
    let servers = Servers::usual(&bench);
    let id = shop.authorized_account(ORDER, servers).await.unwrap();
    // A new authorization is tried out, and renewed by that.
    let before = refreshes(&bench).await.len();

    let start = || {
        Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "renews_again_and_again",
                "--ignored",
                "--nocapture",
            ])
            .env(FOLDER, shop.folder())
            .env(ACCOUNT, id.0.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let processes: Vec<_> = (0..PROCESSES).map(|_| start()).collect();
    for process in processes {
        let output = process.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let fault = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}\n{fault}");
        assert!(said.contains("1 passed"), "{said}");
    }

    let refreshes = refreshes(&bench).await;
    let refused = refreshes.iter().filter(|entry| entry["status"] != 200);
    assert_eq!(refused.count(), 0);
    assert_eq!((refreshes.len() - before) as u64, renewals());
    let view = good(shop.ninka.account(id).await).unwrap();
    let state = view.row.authorization;
    assert!(
        matches!(state, AuthorizationState::Authorized { .. }),
        "{state:?}"
    );
    let report = shop.check(id).await.unwrap();
    for protocol in [Protocol::Pop3, Protocol::Smtp] {
        assert_eq!(
            part(&report, protocol).unwrap().problem,
            None,
            "{report:#?}"
        );
    }
}

/// What the provider was asked to renew.
async fn refreshes(bench: &Bench) -> Vec<serde_json::Value> {
    let mut asked = bench.idp.seen("token").await.unwrap();
    asked.retain(|entry| entry["grant_type"] == "refresh_token");
    asked
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the work of another process"]
async fn renews_again_and_again() {
    let folder = std::env::var_os(FOLDER).unwrap();
    let id = AccountId(std::env::var(ACCOUNT).unwrap().parse().unwrap());
    let store = good(Store::open(folder.as_ref()).await).unwrap();
    let keyring = Arc::<ScriptedKeyring>::default();
    keyring.set_mood(KeyringMood::Missing);
    let entry = KeyringEntry {
        service: "ninka".to_owned(),
        user: "vault-key".to_owned(),
    };
    let vault = Vault::open(&store, keyring, entry).await;
    good(vault.unlock(Secret::new(PASSPHRASE.to_owned())).await).unwrap();
    assert_eq!(vault.state(), VaultState::Passphrase);
    let http = good(loopback_http_client(&Trust::platform())).unwrap();
    let clock = Arc::new(SystemClock);
    let tokens = good(AccessTokens::new(store, vault, http, clock)).unwrap();
    let cancel = CancellationToken::new();
    for round in 0..renewals() / PROCESSES {
        good(tokens.fresh(id, Need::Renewed, &cancel).await).unwrap();
        // Neither of the two in step with the other, nor always first.
        let pause = (round * u64::from(std::process::id())) % 23;
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }
}
