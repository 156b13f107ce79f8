//! A process that is killed at any point of registering, authorizing, renewing, changing, switching
//! to OAuth and back, and removing leaves every account with its old or its new token and password: never without, and
//! never with half of one. What is on the disk is held against what the sign-in service saw.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::time::Duration;

use sqlx::{Connection as _, SqliteConnection};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use super::keyring;
use super::ledger::Ledger;
use super::worker::{BY_PASSWORD, Dice, PLACE, SWITCHED, worded};
use crate::account::AuthMethod;
use crate::store::{KeyringEntry, Store, Vault, VaultState};

/// How often it is killed, where nobody asks for more. Starting a process takes Windows long.
const KILLS: u64 = if cfg!(windows) { 60 } else { 1_000 };
/// Asks for more.
const ASKED: &str = "NINKA_KILLS";
/// So many shops at once, each on a folder of its own.
const SHOPS: u64 = 2;
/// Longer than the lease of a renewal, which a killed process cannot give back.
const BETWEEN: i64 = 61;
/// A process has said something by then, or hangs.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_at_any_point_leaves_every_account_whole() {
    let kills = std::env::var(ASKED).map_or(KILLS, |asked| asked.parse().unwrap());
    let shops = (0..SHOPS).map(|shop| tokio::spawn(kill_again_and_again(shop, kills / SHOPS)));
    let mut struck = BTreeMap::new();
    for shop in shops.collect::<Vec<_>>() {
        for (work, times) in shop.await.unwrap() {
            *struck.entry(work).or_insert(0) += times;
        }
    }
    println!("killed in the midst of {struck:?}");
    // It was killed in the midst of everything, not beside it.
    for work in [
        "authorize",
        "finish",
        "renew",
        "save",
        "remove",
        "switch",
        "undo",
    ] {
        let times = struck.get(work).copied().unwrap_or_default();
        assert!(times >= kills / 400, "{struck:?}");
    }
}

/// Works on one shop's folder; tells in the midst of what the process was killed how often.
async fn kill_again_and_again(shop: u64, kills: u64) -> BTreeMap<String, u64> {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::start().await;
    let certificate = folder.path().join("authority.der");
    std::fs::write(&certificate, &ledger.certificate).unwrap();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (shop + 1));
    let (mut known, mut struck) = (Known::default(), BTreeMap::new());
    for _ in 0..kills {
        ledger.clock.advance(BETWEEN);
        let told = [
            folder.path().display().to_string(),
            ledger.authority(),
            ledger.pop3.to_string(),
            certificate.display().to_string(),
            ledger.clock.ahead_seconds().to_string(),
            (dice.throw(u64::MAX) | 1).to_string(),
        ];
        // Sometimes while it opens the data, mostly while it works.
        let opened = dice.throw(10) > 0;
        let long = if dice.throw(3) > 0 { 40_000 } else { 200_000 };
        let pause = Duration::from_micros(dice.throw(long));
        let said = killed(&told.join("\n"), opened, pause).await;
        let done = said.iter().filter(|line| line.starts_with("end"));
        *struck.entry("done before".to_owned()).or_insert(0) += done.count() as u64;
        if let Some(work) = known.hear(&said, &ledger) {
            *struck.entry(work).or_insert(0) += 1;
        }
        known.verify(folder.path(), &ledger).await;
    }
    struck
}

/// Starts the process and kills it; gives what it said.
async fn killed(told: &str, opened: bool, pause: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "ninka::tests::worker::works_until_killed"])
        .args(["--ignored", "--nocapture"])
        .env(PLACE, told)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said = Vec::new();
    while opened && said.last().is_none_or(|line| line != "open") {
        let next = tokio::time::timeout(PATIENCE, lines.next_line()).await;
        match next.expect("it hangs").unwrap() {
            Some(line) => said.push(line),
            None => ended(child, &said).await,
        }
    }
    tokio::time::sleep(pause).await;
    if child.try_wait().unwrap().is_some() {
        rest(&mut lines, &mut said).await;
        ended(child, &said).await;
    }
    child.kill().await.unwrap();
    rest(&mut lines, &mut said).await;
    said
}

async fn rest(lines: &mut Lines<BufReader<ChildStdout>>, said: &mut Vec<String>) {
    while let Ok(Some(line)) = lines.next_line().await {
        said.push(line);
    }
}

/// It ended by itself: something failed in it.
async fn ended(child: Child, said: &[String]) -> ! {
    let output = child.wait_with_output().await.unwrap();
    let fault = String::from_utf8_lossy(&output.stderr).into_owned();
    panic!("{}\n{fault}", said.join("\n"));
}

/// What can be on the disk, by account.
#[derive(Default)]
struct Known(BTreeMap<String, Account>);

/// What is known of an account.
struct Account {
    /// Whether it must be there, or must not; `None` when either may be.
    exists: Option<bool>,
    authorized: Option<bool>,
    /// Its name, and its password: one of these.
    worded: BTreeSet<String>,
}

impl Account {
    const fn gone() -> Self {
        Self {
            exists: Some(false),
            authorized: Some(false),
            worded: BTreeSet::new(),
        }
    }
}

impl Known {
    /// Follows what the process said; gives what it was in the midst of.
    fn hear(&mut self, said: &[String], ledger: &Ledger) -> Option<String> {
        let mut midst = None;
        for line in said {
            let words: Vec<&str> = line.split(' ').collect();
            let (what, work, address) = match words.as_slice() {
                [what @ ("begin" | "end"), work, address, ..] => (*what, *work, *address),
                _ => continue,
            };
            if work == "finish" {
                midst = (what == "begin").then(|| work.to_owned());
                continue;
            }
            let account = self
                .0
                .entry(address.to_owned())
                .or_insert_with(Account::gone);
            let ended = what == "end";
            midst = (!ended).then(|| work.to_owned());
            match work {
                "save" => {
                    if ended {
                        account.worded.clear();
                        account.exists = Some(true);
                    } else if account.exists == Some(false) {
                        account.exists = None;
                    }
                    let number = words[3].parse().unwrap();
                    account.worded.insert(worded(number));
                }
                "authorize" if ended => account.authorized = Some(true),
                "authorize" if account.authorized == Some(false) => account.authorized = None,
                "remove" => {
                    ledger.forget_tried(address);
                    if ended {
                        *account = Account::gone();
                    } else {
                        account.exists = None;
                    }
                }
                _ => {}
            }
        }
        midst
    }

    /// Opens what the process left and holds it against what it said and what the service saw.
    async fn verify(&mut self, folder: &std::path::Path, ledger: &Ledger) {
        let data = folder.join("店");
        let store = Store::open(&data).await.unwrap();
        let entry = KeyringEntry {
            service: "ninka".to_owned(),
            user: "vault-key".to_owned(),
        };
        let vault = Vault::open(&store, keyring(folder), entry).await;
        assert_eq!(vault.state(), VaultState::Keyring);
        let mut accounts: BTreeMap<String, _> = store
            .accounts()
            .await
            .unwrap()
            .into_iter()
            .map(|stored| (stored.account.address.as_str().to_owned(), stored))
            .collect();
        for (address, known) in &mut self.0 {
            let found = accounts.remove(address);
            let exists = found.is_some();
            assert_ne!(known.exists, Some(!exists), "{address}");
            known.exists = Some(exists);
            let Some(found) = found else {
                *known = Account::gone();
                continue;
            };
            let is = &found.account.name;
            if [BY_PASSWORD, SWITCHED].contains(&address.as_str()) {
                let password = store.password(&vault, found.account.id).await.unwrap();
                assert_eq!(password.unwrap().expose(), is.as_str(), "saved in one");
                let switched = found.account.auth == AuthMethod::OAuth;
                assert_eq!(found.switched, switched, "switched in one");
                assert_eq!(found.password_stored, !switched, "switched in one");
                let servers = &found.account.servers;
                assert_eq!(servers.pop3.is_some(), !switched, "switched in one");
            } else {
                let grant = store.grant(&vault, found.account.id).await.unwrap();
                let authorized = grant.is_some();
                assert_ne!(known.authorized, Some(!authorized), "{address}");
                assert_eq!(authorized, found.grant.is_some(), "{address}");
                let candidate = store.candidate(&vault, found.account.id).await.unwrap();
                let [beside, kept] = [candidate.as_ref().map(|it| &it.grant), grant.as_ref()]
                    .map(|grant| grant.map(|grant| grant.refresh_token.expose()));
                let objection = ledger.candidate_objection(address, (beside, kept));
                assert_eq!(objection, None, "{address}");
                // The next process finishes what is under way.
                known.authorized = (authorized || candidate.is_none()).then_some(authorized);
                if let (Some(grant), Some(state)) = (grant, found.grant) {
                    assert_eq!(state.refused, None, "{address}");
                    let token = grant.refresh_token.expose();
                    assert_eq!(ledger.objection(address, token), None, "{address}");
                }
            }
            assert!(known.worded.contains(is), "{address}: {is}");
            known.worded.retain(|worded| worded == is);
        }
        assert!(accounts.is_empty(), "{:?}", accounts.keys());
        drop(vault);
        store.close().await;
        let file = format!("sqlite://{}", data.join("ninka.db").display());
        let mut connection = SqliteConnection::connect(&file).await.unwrap();
        let whole: String = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(whole, "ok");
        connection.close().await.unwrap();
    }
}
