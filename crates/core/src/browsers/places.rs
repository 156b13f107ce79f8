//! Where a browser may be, by the system's own habits. Looks at nothing: the environment comes in,
//! candidates go out, so that every system's rules can be read and tested on any.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::known::Browser;

/// A system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum System {
    /// Windows.
    Windows,
    /// macOS.
    MacOs,
    /// Linux and its kin.
    Linux,
}

impl System {
    /// The one this program was built for.
    pub(super) const HERE: Self = if cfg!(windows) {
        Self::Windows
    } else if cfg!(target_os = "macos") {
        Self::MacOs
    } else {
        Self::Linux
    };
}

/// The places where a browser may be, the likeliest first.
pub(super) fn candidates(
    system: System,
    browser: Browser,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> Vec<PathBuf> {
    let known = browser.known();
    let folder = |name: &str| variable(name).map(PathBuf::from);
    match system {
        System::Windows => ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"]
            .into_iter()
            .filter_map(folder)
            .flat_map(|folder| known.windows.iter().map(move |place| folder.join(place)))
            .collect(),
        System::MacOs => {
            let everybodys = [
                PathBuf::from("/Applications"),
                // Where macOS keeps what it brings along.
                PathBuf::from("/System/Cryptexes/App/System/Applications"),
            ];
            let own = folder("HOME").map(|home| home.join("Applications"));
            everybodys
                .into_iter()
                .chain(own)
                .map(|folder| folder.join(known.mac_os))
                .collect()
        }
        System::Linux => {
            let path = variable("PATH").unwrap_or_default();
            let flatpak = "/var/lib/flatpak/exports/bin";
            let own_flatpak =
                folder("HOME").map(|home| home.join(".local/share/flatpak/exports/bin"));
            std::env::split_paths(&path)
                // An empty entry stands for the working folder, which is not the user's choice.
                .filter(|folder| folder.is_absolute())
                .chain(["/snap/bin", flatpak].map(PathBuf::from))
                .chain(own_flatpak)
                .flat_map(|folder| known.linux.iter().map(move |name| folder.join(name)))
                .collect()
        }
    }
}

/// The program of a command as Windows' registry has it: `"C:\…\a.exe" --flag`, or without quotes.
#[cfg_attr(not(any(windows, test)), expect(dead_code, reason = "Windows' alone"))]
pub(super) fn program_of(command: &str) -> Option<PathBuf> {
    let command = command.trim();
    let program = match command.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => command,
    };
    let exe = program.to_ascii_lowercase().ends_with(".exe");
    exe.then(|| PathBuf::from(program))
}

/// Whether a program is the browser's: by its own last folders, as Chromium's is called
/// `chrome.exe` too.
#[cfg_attr(not(any(windows, test)), expect(dead_code, reason = "Windows' alone"))]
pub(super) fn is_program_of(browser: Browser, place: &Path) -> bool {
    let place = place.to_string_lossy().to_ascii_lowercase();
    let ends = |end: &&str| place.ends_with(&format!(r"\{}", end.to_ascii_lowercase()));
    browser.known().windows.iter().any(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str) -> Option<OsString> {
        let value = match name {
            "ProgramFiles" => r"C:\Program Files",
            "LOCALAPPDATA" => r"C:\Users\shop\AppData\Local",
            "HOME" => "/home/shop",
            "PATH" => "/usr/local/bin::bin:/usr/bin",
            _ => return None,
        };
        Some(value.into())
    }

    fn places(system: System, browser: Browser) -> Vec<String> {
        candidates(system, browser, &variable)
            .into_iter()
            .map(|place| place.to_string_lossy().replace(['/', '\\'], "|"))
            .collect()
    }

    // `PATH` is taken apart as the running system does it, and Windows does not do it at colons.
    #[cfg(not(windows))]
    #[test]
    fn linux_looks_where_commands_are() {
        let found = places(System::Linux, Browser::Chromium);
        assert_eq!(found.first().unwrap(), "|usr|local|bin|chromium");
        assert!(found.contains(&"|usr|bin|chromium-browser".to_owned()));
        assert!(found.contains(&"|snap|bin|chromium".to_owned()));
        assert!(!found.iter().any(|place| place.starts_with("bin")));
        assert!(places(System::Linux, Browser::Safari).is_empty());
    }

    #[test]
    fn mac_os_looks_among_the_applications() {
        let found = places(System::MacOs, Browser::Chrome);
        assert_eq!(found.first().unwrap(), "|Applications|Google Chrome.app");
        assert_eq!(
            found.last().unwrap(),
            "|home|shop|Applications|Google Chrome.app"
        );
    }

    #[test]
    fn windows_looks_in_its_folders_for_programs_and_in_the_registry() {
        let found = places(System::Windows, Browser::Edge);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|place| place.ends_with("msedge.exe")));

        let edge = r#""C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe""#;
        let place = program_of(edge).unwrap();
        assert!(is_program_of(Browser::Edge, &place));
        assert!(!is_program_of(Browser::Chrome, &place));
        let fox = program_of(r"D:\Apps\Mozilla Firefox\FIREFOX.EXE").unwrap();
        assert!(is_program_of(Browser::Firefox, &fox));
        let chromium = program_of(r#""D:\Chromium\Application\chrome.exe" --x"#).unwrap();
        assert!(is_program_of(Browser::Chromium, &chromium));
        assert!(!is_program_of(Browser::Chrome, &chromium));
        for bad in ["", "\"", "iexplore", r#""C:\x.bat""#] {
            assert!(program_of(bad).is_none(), "{bad}");
        }
    }
}
