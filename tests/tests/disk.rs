//! A real disk that fills up, and one that can only be read from one moment to the next: told as
//! such, and no authorization is lost by it, even with a provider that revokes what is used twice.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use ninka_core::account::AccountId;
use ninka_core::view::{AuthorizationState, CheckReport, Protocol};
use ninka_tests::bench::{Bench, ORDER, shared};
use ninka_tests::shop::{Servers, Shop, good, part};
use serde_json::json;
use tempfile::TempDir;

/// A small disk of its own; gone with the value.
struct Disk(TempDir);

impl Disk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        mount(&["-t", "tmpfs", "-o", "size=2m", "tmpfs"], folder.path());
        Self(folder)
    }

    fn remount(&self, how: &str) {
        mount(&["-o", &format!("remount,{how}")], self.0.path());
    }

    /// Fills what is left; tells the file that holds it.
    fn fill(&self) -> std::path::PathBuf {
        let path = self.0.path().join("filler");
        let mut file = std::fs::File::create(&path).unwrap();
        while file.write_all(&[1; 512]).is_ok() {}
        path
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let ended = Command::new("umount").arg("-l").arg(self.0.path()).status();
        assert!(ended.unwrap().success());
    }
}

fn mount(arguments: &[&str], at: &Path) {
    let mut command = Command::new("mount");
    let ended = command.args(arguments).arg(at).output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "this test mounts a disk: {said}");
}

async fn authorized(bench: &Bench, disk: &Disk) -> (Shop, AccountId) {
    let strict = json!({ "rotation": "strict" });
    bench.idp.set(strict).await.unwrap();
    let folder = TempDir::new_in(disk.0.path()).unwrap();
    let mut shop = Shop::open_in(bench, folder, None).await.unwrap();
    let servers = Servers::usual(bench);
    let id = shop.authorized_account(ORDER, servers).await.unwrap();
    (shop, id)
}

async fn is_authorized(shop: &Shop, id: AccountId) {
    let view = good(shop.ninka.account(id).await).unwrap();
    let state = view.row.authorization;
    assert!(
        matches!(
            state,
            AuthorizationState::Authorized { .. } | AuthorizationState::Failing { .. }
        ),
        "{state:?}"
    );
}

fn obstacle(report: &CheckReport) -> &str {
    let part = part(report, Protocol::Pop3).unwrap();
    let obstacle = part.obstacle.as_ref();
    obstacle.map_or("none", |obstacle| obstacle.code.as_str())
}

#[tokio::test]
async fn a_disk_that_fills_up_costs_nothing() {
    let bench = shared().await;
    let disk = Disk::new();
    let (shop, id) = authorized(&bench, &disk).await;
    for _ in 0..3 {
        let filler = disk.fill();
        let mut told = false;
        // What SQLite has set aside for its log may last for a renewal or two.
        for _ in 0..40 {
            let report = shop.check(id).await.unwrap();
            if obstacle(&report) != "none" {
                assert_eq!(obstacle(&report), "disk-full", "{report:#?}");
                told = true;
                break;
            }
        }
        assert!(told, "there was room all the time");
        is_authorized(&shop, id).await;
        std::fs::remove_file(filler).unwrap();
        let report = shop.check(id).await.unwrap();
        assert_eq!(
            part(&report, Protocol::Pop3).unwrap().problem,
            None,
            "{report:#?}"
        );
    }
    shop.ninka.close().await;
}

#[tokio::test]
async fn a_disk_that_can_only_be_read_costs_nothing() {
    let bench = shared().await;
    let disk = Disk::new();
    let (shop, id) = authorized(&bench, &disk).await;
    shop.ninka.close().await;
    disk.remount("ro");
    let shut = shop.again().await.unwrap_err();
    assert!(format!("{shut:#}").contains("DiskReadOnly"), "{shut:#}");
    disk.remount("rw");
    let shop = shop.again().await.unwrap();
    let report = shop.check(id).await.unwrap();
    assert_eq!(
        part(&report, Protocol::Pop3).unwrap().problem,
        None,
        "{report:#?}"
    );
    shop.ninka.close().await;
}
