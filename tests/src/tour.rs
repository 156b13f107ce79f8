//! The main job in the real window, by itself: each step is printed as it happens and photographed
//! into `target/tour/`. `cargo xtask run` starts this where there is no display for a person.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::journey;
use crate::opened_browser::OpenedBrowser;
use crate::window::Window;

const ADDRESS: &str = "order@hana-shop.example";

/// Prints and photographs the steps.
struct Album {
    folder: PathBuf,
    steps: u32,
    began: Instant,
}

impl Album {
    #[expect(clippy::print_stdout, reason = "the tour is there to be read")]
    fn step(&mut self, name: &str, said: &str, photograph: &[u8]) -> Result<()> {
        self.steps += 1;
        let file = self.folder.join(format!("{:02}-{name}.png", self.steps));
        std::fs::write(&file, photograph)?;
        println!("{:>5.1} s  {said}", self.began.elapsed().as_secs_f32());
        println!("         {}", file.display());
        Ok(())
    }
}

/// Carries it out, from the checkout's root.
///
/// # Errors
/// A step did not end as it should; the pictures up to it are there.
pub async fn tour() -> Result<()> {
    let folder = PathBuf::from("target/tour");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let mut album = Album {
        folder,
        steps: 0,
        began: Instant::now(),
    };
    let data = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(data.path(), &browser, "ja").await?;
    walk(&mut album, &window, &browser)
        .await
        .context("the tour stopped")?;
    window.close().await
}

async fn walk(album: &mut Album, window: &Window, browser: &OpenedBrowser) -> Result<()> {
    window.find("new-account").await?;
    album.step(
        "start",
        "the window is open, in practice mode",
        &window.photograph().await?,
    )?;

    journey::register(window, ADDRESS, "本店 注文受付", "unspecified").await?;
    album.step(
        "registered",
        "the account is registered",
        &window.photograph().await?,
    )?;

    let page = journey::press_authorize(window, browser).await?;
    album.step(
        "waiting",
        "認可 pressed: the window waits for the browser",
        &window.photograph().await?,
    )?;

    page.sign_in(ADDRESS, journey::PASSWORD).await?;
    album.step(
        "browser",
        "signed in; the browser asks for consent",
        &page.photograph().await?,
    )?;

    page.accept().await?;
    page.shows("認可設定が、完了しました。").await?;
    album.step(
        "returned",
        "consent given; the browser tells the outcome",
        &page.photograph().await?,
    )?;

    // The browser goes first: the window comes to the front while the answer's page is still open.
    drop(page);
    browser.end();
    journey::track_ends(window, "pop3", "ok").await?;
    journey::track_ends(window, "smtp", "ok").await?;
    album.step(
        "checked",
        "authorized, and both tracks are green",
        &window.photograph().await?,
    )?;

    window.click("back-to-list").await?;
    journey::row_shows(window, ADDRESS, "reception", "ok").await?;
    journey::row_shows(window, ADDRESS, "sending", "ok").await?;
    album.step(
        "list",
        "Mail[受信] and Mail[送信] are green in the list",
        &window.photograph().await?,
    )?;

    window
        .choose("practice-fault", "smtp-auth-off-mailbox")
        .await?;
    window.click("check-all").await?;
    journey::row_shows(window, ADDRESS, "sending", "failed").await?;
    album.step(
        "fault",
        "sending switched off by the administrator: seen in red",
        &window.photograph().await?,
    )?;

    window.choose("practice-fault", "").await?;
    window.click("check-all").await?;
    journey::row_shows(window, ADDRESS, "sending", "ok").await?;
    album.step(
        "mended",
        "switched on again: green",
        &window.photograph().await?,
    )
}
