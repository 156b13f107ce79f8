//! The browsers that are installed, and starting one of them on a page, in a private window if
//! wished. The screens name one by its code; no program and no address ever comes from there.

mod known;
mod places;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

pub use self::known::Browser;
use self::places::{System, candidates};

/// Which browser a page is opened in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrowserChoice {
    /// The browser.
    pub browser: Browser,
    /// In a window that knows no earlier sign-in.
    pub private: bool,
}

/// The browsers that are there, each once, in the order of [`Browser::ALL`]. Performs I/O.
#[must_use]
pub fn installed() -> Vec<Browser> {
    Browser::ALL
        .iter()
        .copied()
        .filter(|browser| find(*browser).is_some())
        .collect()
}

/// Opens a page in a browser. Performs I/O.
///
/// # Errors
/// The browser is not there, has no private windows that can be asked for, or cannot be started.
pub fn open(choice: BrowserChoice, url: &str) -> anyhow::Result<()> {
    // A program reads an argument that begins otherwise as a wish of another kind.
    if !url.starts_with("https://") && !url.starts_with("http://") {
        bail!("not a web address");
    }
    let place = find(choice.browser).context("the browser is not there")?;
    let (program, arguments) = start(System::HERE, choice, &place, url)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        // Ctrl+C in a terminal is meant for us.
        command.process_group(0);
    }
    let mut child = command.spawn()?;
    // Somebody has to take note of its end, or it stays in the list of processes.
    std::thread::spawn(move || child.wait());
    Ok(())
}

fn find(browser: Browser) -> Option<PathBuf> {
    candidates(System::HERE, browser, &|name| std::env::var_os(name))
        .into_iter()
        .chain(registered(browser))
        .find(|place| place.exists())
}

/// The program and its arguments that open a page.
fn start(
    system: System,
    choice: BrowserChoice,
    place: &Path,
    url: &str,
) -> anyhow::Result<(PathBuf, Vec<String>)> {
    let place = || place.to_string_lossy().into_owned();
    let flag = match (choice.private, choice.browser.private_flag()) {
        (true, None) => bail!("no private window can be asked for"),
        (true, flag) => flag.map(str::to_owned),
        (false, _) => None,
    };
    let url = url.to_owned();
    Ok(match (system, flag) {
        // macOS starts programs through `open`, which tells one that runs; arguments need a new one,
        // which the browser hands over to the one that runs.
        (System::MacOs, None) => (
            PathBuf::from("/usr/bin/open"),
            vec!["-a".to_owned(), place(), url],
        ),
        (System::MacOs, Some(flag)) => (
            PathBuf::from("/usr/bin/open"),
            vec![
                "-n".to_owned(),
                "-a".to_owned(),
                place(),
                "--args".to_owned(),
                flag,
                url,
            ],
        ),
        (System::Windows | System::Linux, flag) => (
            PathBuf::from(place()),
            flag.into_iter().chain([url]).collect(),
        ),
    })
}

/// Where the browser said it is when it was installed: Windows' list of web browsers.
#[cfg(windows)]
fn registered(browser: Browser) -> Option<PathBuf> {
    use windows_registry::{CURRENT_USER, LOCAL_MACHINE};

    for root in [CURRENT_USER, LOCAL_MACHINE] {
        let Ok(list) = root.open(r"SOFTWARE\Clients\StartMenuInternet") else {
            continue;
        };
        let Ok(names) = list.keys() else { continue };
        let found = names
            .filter_map(|name| list.open(format!(r"{name}\shell\open\command")).ok())
            .filter_map(|key| key.get_string("").ok())
            .filter_map(|command| places::program_of(&command))
            .find(|place| places::is_program_of(browser, place));
        if found.is_some() {
            return found;
        }
    }
    None
}

#[cfg(not(windows))]
const fn registered(_: Browser) -> Option<PathBuf> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://login.example/authorize?a=b&c=d";

    fn line(system: System, browser: Browser, private: bool, place: &str) -> Option<String> {
        let choice = BrowserChoice { browser, private };
        let (program, arguments) = start(system, choice, Path::new(place), URL).ok()?;
        Some(format!("{} {}", program.display(), arguments.join(" ")))
    }

    #[test]
    fn each_system_starts_browsers_its_own_way() {
        let edge = r"C:\Edge\msedge.exe";
        let safari = "/Applications/Safari.app";
        let fox = "/Applications/Firefox.app";
        for (system, browser, private, place, expected) in [
            (
                System::Windows,
                Browser::Edge,
                false,
                edge,
                format!("{edge} {URL}"),
            ),
            (
                System::Windows,
                Browser::Edge,
                true,
                edge,
                format!("{edge} --inprivate {URL}"),
            ),
            (
                System::MacOs,
                Browser::Safari,
                false,
                safari,
                format!("/usr/bin/open -a {safari} {URL}"),
            ),
            (
                System::MacOs,
                Browser::Firefox,
                true,
                fox,
                format!("/usr/bin/open -n -a {fox} --args -private-window {URL}"),
            ),
            (
                System::Linux,
                Browser::Chrome,
                true,
                "/usr/bin/google-chrome",
                format!("/usr/bin/google-chrome --incognito {URL}"),
            ),
        ] {
            assert_eq!(line(system, browser, private, place), Some(expected));
        }
        assert_eq!(line(System::MacOs, Browser::Safari, true, safari), None);
    }

    #[test]
    fn only_web_addresses_are_opened() {
        let choice = BrowserChoice {
            browser: Browser::Chromium,
            private: false,
        };
        for bad in ["--version", "file:///etc/passwd", "javascript:1", ""] {
            let fault = open(choice, bad).unwrap_err();
            assert_eq!(fault.to_string(), "not a web address", "{bad}");
        }
    }
}
