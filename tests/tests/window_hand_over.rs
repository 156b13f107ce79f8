//! A link and a file of a hand-over open the window that runs: they are shown, nothing is taken over
//! before it is confirmed, and what is there of that address stays as it is.

#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result, ensure};
use ninka_core::Ninka;
use ninka_core::view::{HandOverView, PurposeView};
use ninka_tests::desktop::Running;
use ninka_tests::journey;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::window::Window;

const ORDERS: &str = "order@hana-shop.example";
const INFO: &str = "info@hana-shop.example";

fn link(address: &str, name: &str) -> Result<String> {
    let holds = HandOverView {
        address: address.to_owned(),
        name: name.to_owned(),
        purpose: PurposeView::OrderReceiving,
        oauth: true,
        pop3: None,
        imap: None,
        smtp: None,
        authorize: true,
    };
    let made = Ninka::make_hand_over(holds);
    Ok(made.map_err(|problem| anyhow::anyhow!("{problem:?}"))?.link)
}

/// Starts the program once more, as a click on a link or a file does; the one that runs is told.
fn clicked(window_folder: &std::path::Path, what: &str) -> Result<()> {
    Running::start(window_folder, &[what])?.ended()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_opens_the_window_that_runs() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    let new = link(ORDERS, "本店")?;

    // Declined: nothing is there.
    clicked(folder.path(), &new)?;
    let holds = [ORDERS, "本店", "注文受信", "案内に沿って認可する"];
    window.says("hand-over-holds", &holds).await?;
    window.click("hand-over-close").await?;
    window.gone("[data-testid=\"hand-over-dialog\"]").await?;
    window.find("list-empty").await?;

    // Confirmed: a form, which is registered by nobody but its user.
    clicked(folder.path(), &new)?;
    window.click("hand-over-accept").await?;
    window.find("prepared").await?;
    let value = "return document.querySelector('[data-testid=\"field-address\"]').value";
    ensure!(window.script(value).await? == ORDERS);
    ensure!(
        !browser.runs_with("--remote-debugging"),
        "a browser opened by itself"
    );
    window.click("save").await?;
    window.find("remove").await?;

    // The same address again, in other words: what is registered stays.
    window.click("back-to-list").await?;
    clicked(folder.path(), &link("Order@hana-shop.example", "別の名前")?)?;
    window.find("hand-over-existing").await?;
    window.click("hand-over-accept").await?;
    window.css("[data-page=\"guided-page-start\"]").await?;
    ensure!(
        !browser.runs_with("--remote-debugging"),
        "a browser opened by itself"
    );
    window.click("guided-stop").await?;
    let row = format!("[data-testid=\"row-{ORDERS}\"]");
    let said = window.css(&row).await?.text().await?;
    ensure!(
        said.contains("本店") && !said.contains("別の名前"),
        "{said}"
    );

    // A form with something typed is asked about first.
    journey::open_account(&window, ORDERS).await?;
    window.fill("field-name", "書きかけ").await?;
    clicked(folder.path(), &link(INFO, "")?)?;
    window.click("hand-over-accept").await?;
    window.click("leave-discard").await?;
    window.find("prepared").await?;

    file_and_refusals(&window, folder.path())
        .await
        .context("the file")?;
    window.close().await
}

async fn file_and_refusals(window: &Window, folder: &std::path::Path) -> Result<()> {
    let place = tempfile::tempdir()?;
    let file = place.path().join("はな商店.ninka");
    let path = file.to_str().context("the file's name")?;
    let file_of = |text: &str| std::fs::write(&file, text);
    let code = async || -> Result<String> {
        let problem = window
            .css("[data-testid=\"hand-over-dialog\"] [data-code]")
            .await?;
        let code = problem.attr("data-code").await?.unwrap_or_default();
        window.click("hand-over-close").await?;
        window.gone("[data-testid=\"hand-over-dialog\"]").await?;
        Ok(code)
    };

    file_of(&format!("{}\r\n", link(INFO, "問い合わせ")?))?;
    clicked(folder, path)?;
    let holds = [INFO, "問い合わせ"];
    window.says("hand-over-holds", &holds).await?;
    window.click("hand-over-close").await?;
    window.gone("[data-testid=\"hand-over-dialog\"]").await?;

    file_of(&" ".repeat(5_000))?;
    clicked(folder, path)?;
    ensure!(code().await? == "hand-over-too-long");
    std::fs::remove_file(&file)?;
    clicked(folder, path)?;
    ensure!(code().await? == "file-unreadable");
    clicked(folder, &format!("{}&client-secret=x", link(INFO, "")?))?;
    ensure!(code().await? == "hand-over-secret");
    clicked(folder, "ninka:authorize?address=a@b.example")?;
    ensure!(code().await? == "hand-over-not-a-link");
    Ok(())
}
