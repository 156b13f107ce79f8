//! What a person does in the window, step by step, in the practice tenant: the main job from the
//! address to two green rows, and the ways it can go wrong. The tour and the tests walk these.

use anyhow::{Result, ensure};

use crate::browser::Browser;
use crate::opened_browser::OpenedBrowser;
use crate::window::Window;

/// At the practice tenant any password is right; this one is found wherever it should not be.
pub const PASSWORD: &str = "harukaze-2718";

/// Registers an account that signs in by OAuth; afterwards its form is open.
///
/// # Errors
/// A step cannot be done.
pub async fn register(window: &Window, address: &str, name: &str, purpose: &str) -> Result<()> {
    window.click("new-account").await?;
    window.fill("field-address", address).await?;
    window.fill("field-name", name).await?;
    window.choose("field-purpose", purpose).await?;
    let oauth = window.find("field-oauth").await?;
    if !oauth.is_selected().await? {
        oauth.click().await?;
    }
    window.click("save").await?;
    // The form of an account that exists can be removed.
    window.find("remove").await?;
    Ok(())
}

/// Presses 認可 and waits for the browser that the program opens.
///
/// # Errors
/// No browser comes.
pub async fn press_authorize(window: &Window, browser: &OpenedBrowser) -> Result<Browser> {
    window.click("authorize").await?;
    window.find("consent-dialog").await?;
    match browser.page().await {
        Ok(page) => Ok(page),
        Err(fault) => Err(fault.context(format!("the window shows:\n{}", window.shown().await?))),
    }
}

/// Signs in at the practice tenant and consents.
///
/// # Errors
/// A page does not come.
pub async fn consent(page: &Browser, address: &str) -> Result<()> {
    page.sign_in(address, PASSWORD).await?;
    page.accept().await
}

/// Signs in as somebody else than the page suggests, and consents.
///
/// # Errors
/// A page does not come.
pub async fn consent_as_another(page: &Browser, address: &str) -> Result<()> {
    page.other_account().await?;
    consent(page, address).await
}

/// Opens the form of an account in the list.
///
/// # Errors
/// There is no such row.
pub async fn open_account(window: &Window, address: &str) -> Result<()> {
    let link = format!("[data-testid=\"row-{address}\"] button.link");
    window.css(&link).await?.click().await?;
    window.find("remove").await?;
    Ok(())
}

/// Chooses a value of one of the settings' switches; afterwards the settings are shown.
///
/// # Errors
/// There is no such switch or value.
pub async fn set(window: &Window, switch: &str, value: &str) -> Result<()> {
    window.click("nav-settings").await?;
    // The radio button itself is for readers of the screen; a person presses its label.
    let radio = format!("[data-testid=\"{switch}-{value}\"]");
    window
        .css(&format!("label:has({radio})"))
        .await?
        .click()
        .await?;
    window.css(&format!("{radio}:checked")).await?;
    Ok(())
}

/// Has the window speak a language; afterwards the settings are shown.
///
/// # Errors
/// It does not.
pub async fn speak(window: &Window, language: &str) -> Result<()> {
    set(window, "language", language).await?;
    window.css(&format!("html[lang=\"{language}\"]")).await?;
    Ok(())
}

/// Waits until a protocol's track has ended with a result.
///
/// # Errors
/// It ends otherwise, or not at all.
pub async fn track_ends(window: &Window, protocol: &str, result: &str) -> Result<()> {
    let track = format!("[data-testid=\"track-{protocol}\"]");
    let ended = window
        .css(&format!(
            "{track}[data-result]:not([data-result=\"running\"])"
        ))
        .await?;
    let found = ended.attr("data-result").await?.unwrap_or_default();
    if found != result {
        let shown = window.shown().await?;
        ensure!(
            found == result,
            "{protocol} ended {found}, not {result}:\n{shown}"
        );
    }
    Ok(())
}

/// Goes back to the list and waits until a side of an account's row is in a state.
///
/// # Errors
/// It is not.
pub async fn row_shows(window: &Window, address: &str, side: &str, state: &str) -> Result<()> {
    let row = format!("[data-testid=\"row-{address}\"]");
    window
        .css(&format!(
            "{row} [data-side=\"{side}\"][data-state=\"{state}\"]"
        ))
        .await?;
    Ok(())
}
