//! The real window with permissions: switched on, an operator who may only look, a permission that is
//! changed from the terminal and takes effect at the next sign-in, the audit list, a new start.

#![cfg(target_os = "linux")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::window::{Window, program};
use ninka_tests::{journey, kept};

const ORDERS: &str = "order@renshu.example";
const OWNER: &str = "山田";
const OWNERS: &str = "yamada-kaminoke-7";
const CLERK: &str = "佐藤";
const CLERKS: &str = "satou-ajisai-42";

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_may_do_what_was_given_at_the_last_sign_in() -> Result<()> {
    for password in [OWNERS, CLERKS] {
        kept::secret("password", password)?;
    }
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    journey::register(&window, ORDERS, "本店", "order-receiving").await?;
    switch_on(&window).await.context("switching on")?;

    sign_in(&window, CLERK, CLERKS).await?;
    may_only_look(&window)
        .await
        .context("as one who may look")?;
    let more = ["operator", "edit", CLERK, "--accounts", "edit"];
    terminal(folder.path(), &more, Some(OWNERS))?;
    let nobody = terminal(folder.path(), &["account", "list"], None);
    ensure!(nobody.is_err(), "nobody signed in at the terminal");
    may_only_look(&window).await.context("before signing in")?;

    sign_in(&window, CLERK, CLERKS).await?;
    window.find("new-account").await?;
    journey::open_account(&window, ORDERS).await?;
    window.fill("field-name", "本店 注文受付").await?;
    window.click("save").await?;
    window.find("message").await?;
    window.click("back-to-list").await?;

    // A new start asks again, and shows nothing before.
    window.kill()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    window.find("sign-in").await?;
    ensure!(!window.shown().await?.contains(ORDERS), "it is shown");
    refused(&window, "accounts", "{}", "sign-in-needed").await?;
    enter(&window, OWNER, OWNERS).await?;
    window.click("nav-permissions").await?;
    for what in ["sign-in-refused", "operator-changed", "account-changed"] {
        let row = format!("[data-testid=\"audit\"] [data-what=\"{what}\"]");
        window.css(&row).await?;
    }
    window.close().await
}

/// The first operator, and another one who may look at mail accounts.
async fn switch_on(window: &Window) -> Result<()> {
    window.click("nav-settings").await?;
    window.click("open-permissions").await?;
    window.fill("operator-name", OWNER).await?;
    window.fill("operator-password", OWNERS).await?;
    window.fill("operator-password-again", OWNERS).await?;
    window.click("permissions-on").await?;
    window.click("operator-add").await?;
    window.css("[data-testid=\"operator-dialog\"]").await?;
    window.fill("operator-name", CLERK).await?;
    window.fill("operator-password", CLERKS).await?;
    window.fill("operator-password-again", CLERKS).await?;
    window.click("operator-save").await?;
    window.find(&format!("edit-{CLERK}")).await?;
    Ok(())
}

/// Locks the window, mistypes once, and signs in.
async fn sign_in(window: &Window, name: &str, password: &str) -> Result<()> {
    window.click("lock").await?;
    window.choose("sign-in-name", name).await?;
    window.fill("sign-in-password", "not-the-password").await?;
    window.click("sign-in-submit").await?;
    window.css("[data-code=\"sign-in-refused\"]").await?;
    enter(window, name, password).await
}

async fn enter(window: &Window, name: &str, password: &str) -> Result<()> {
    window.choose("sign-in-name", name).await?;
    window.fill("sign-in-password", password).await?;
    window.click("sign-in-submit").await?;
    window.find("operator").await?;
    Ok(())
}

/// Menus and buttons are absent, and commands that are sent straight are refused.
async fn may_only_look(window: &Window) -> Result<()> {
    window
        .css(&format!("[data-testid=\"row-{ORDERS}\"]"))
        .await?;
    window.says("read-only", &[OWNER]).await?;
    for absent in ["nav-settings", "new-account"] {
        window.gone(&format!("[data-testid=\"{absent}\"]")).await?;
    }
    let straight = [
        ("remove_account", "{ id: 1, revision: 1 }"),
        ("revoke", "{ id: 1 }"),
        ("operators", "{}"),
        ("audit", "{}"),
    ];
    for (command, request) in straight {
        refused(window, command, request, "not-permitted").await?;
    }
    Ok(())
}

/// Sends a command without any button, and waits for its refusal.
async fn refused(window: &Window, command: &str, request: &str, code: &str) -> Result<()> {
    let script = format!(
        "delete document.body.dataset.answer;
         window.__TAURI_INTERNALS__.invoke('{command}', {request}).then(
             () => {{ document.body.dataset.answer = 'done'; }},
             (problem) => {{ document.body.dataset.answer = problem.code; }});"
    );
    window.script(&script).await?;
    let answered = window.css("body[data-answer]").await?;
    let answer = answered.attr("data-answer").await?.unwrap_or_default();
    ensure!(answer == code, "{command}: {answer}");
    Ok(())
}

/// The command line on the same data, as the owner or without a sign-in.
fn terminal(folder: &Path, arguments: &[&str], password: Option<&str>) -> Result<()> {
    let mut command = Command::new(program("ninka")?);
    command.env("NINKA_DATA_DIR", folder).args(arguments);
    if password.is_some() {
        command.args(["--operator", OWNER]);
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // Without a password nothing is read, and the program may be gone already.
        let _unread = writeln!(stdin, "{}", password.unwrap_or_default());
    }
    let ended = child.wait_with_output()?;
    let (out, err) = (
        String::from_utf8_lossy(&ended.stdout),
        String::from_utf8_lossy(&ended.stderr),
    );
    kept::run(arguments, &out, &err)?;
    ensure!(ended.status.success(), "{arguments:?}: {err}");
    Ok(())
}
