//! The program without its window: closed into the tray and opened from there, started hidden,
//! called by a second start, quit from the menu; and closing where there is no tray.

#![cfg(target_os = "linux")]

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use ninka_tests::desktop::{Display, Running, Tray};
use ninka_tests::window::program;

const OPEN: &str = "Ninkaを開く";
const QUIT: &str = "Ninkaを終了";

/// What the program may occupy without its window, in MiB, in a debug build.
const MEMORY: u64 = 200;

/// One after the other: the program allows itself one window in a session.
#[test]
fn journeys() -> Result<()> {
    let display = Display::open()?;
    without_a_tray(&display).context("without a tray")?;
    let tray = Tray::open()?;
    into_the_tray_and_back(&display, &tray).context("into the tray and back")?;
    hidden_until_called(&display, &tray).context("hidden until called")
}

/// The user has been told that the program goes on.
fn told(folder: &Path) -> Result<()> {
    let set = std::process::Command::new(program("ninka")?)
        .args(["settings", "set", "background", "on"])
        .env("NINKA_DATA_DIR", folder)
        .output()?;
    anyhow::ensure!(
        set.status.success(),
        "{}",
        String::from_utf8_lossy(&set.stderr)
    );
    Ok(())
}

/// Measured figures, for whoever runs it with `--nocapture`.
fn tell(text: &str) {
    let _told = std::io::stderr().write_all(format!("{text}\n").as_bytes());
}

fn without_a_tray(display: &Display) -> Result<()> {
    let folder = tempfile::tempdir()?;
    told(folder.path())?;
    let mut running = Running::start(folder.path(), &[])?;
    display.close(display.window()?)?;
    running.ended()
}

fn into_the_tray_and_back(display: &Display, tray: &Tray) -> Result<()> {
    let folder = tempfile::tempdir()?;
    told(folder.path())?;
    let mut running = Running::start(folder.path(), &[])?;
    let window = display.window()?;
    let words = tray.menu(OPEN)?;
    let shown: Vec<&str> = words.iter().map(|(_, word)| word.as_str()).collect();
    for wanted in ["すべて接続確認", "対応が必要なアカウントはありません", QUIT]
    {
        assert!(shown.contains(&wanted), "{shown:?}");
    }
    let open = running.memory()?;
    display.close(window)?;
    running.without_page()?;
    assert!(!display.shows()?);
    let closed = running.memory()?;
    tell(&format!(
        "{open} MiB with the window, {closed} MiB after it was closed"
    ));
    assert!(closed < MEMORY, "{closed} MiB; with the window {open}");

    tray.choose(OPEN)?;
    let window = display.window()?;
    display.close(window)?;
    running.without_page()?;
    let again = running.memory()?;
    tell(&format!("{again} MiB after it was opened and closed again"));
    assert!(
        again < MEMORY,
        "{again} MiB after the second window, {closed} after the first"
    );
    // Nothing is authorized: there is nothing to ask.
    tray.choose(QUIT)?;
    running.ended()
}

fn hidden_until_called(display: &Display, tray: &Tray) -> Result<()> {
    let folder = tempfile::tempdir()?;
    told(folder.path())?;
    let mut running = Running::start(folder.path(), &["--hidden"])?;
    tray.menu(OPEN)?;
    running.without_page()?;
    assert!(!display.shows()?);
    tell(&format!(
        "{} MiB where it was started hidden",
        running.memory()?
    ));
    // A second start at login changes nothing that is seen; one with a wish does.
    let mut second = Running::start(folder.path(), &["--account", "order@hana-shop.example"])?;
    second.ended()?;
    display.window()?;
    tray.choose(QUIT)?;
    running.ended()
}
