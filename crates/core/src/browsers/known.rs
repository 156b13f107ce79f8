//! The browsers that are known: their names, where each system keeps them, and how a private window
//! is asked for. A table; looking is `places`'.

/// A browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Browser {
    /// Microsoft Edge.
    Edge,
    /// Google Chrome.
    Chrome,
    /// Mozilla Firefox.
    Firefox,
    /// Safari.
    Safari,
    /// Brave.
    Brave,
    /// Vivaldi.
    Vivaldi,
    /// Chromium.
    Chromium,
}

/// What is known of a browser.
pub(super) struct Known {
    code: &'static str,
    name: &'static str,
    private: Option<&'static str>,
    /// Below the folders for programs on Windows.
    pub(super) windows: &'static [&'static str],
    /// Below `/Applications` on macOS.
    pub(super) mac_os: &'static str,
    /// Commands, and the names of Flatpak's and Snap's, on Linux.
    pub(super) linux: &'static [&'static str],
}

impl Browser {
    /// All of them, as they are offered.
    pub const ALL: [Self; 7] = [
        Self::Edge,
        Self::Chrome,
        Self::Firefox,
        Self::Safari,
        Self::Brave,
        Self::Vivaldi,
        Self::Chromium,
    ];

    /// What the screens call it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.known().code
    }

    /// Reads a [`code`](Self::code) back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|browser| browser.code() == code)
    }

    /// What its maker calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.known().name
    }

    /// The argument that asks for a private window; Safari has none.
    #[must_use]
    pub const fn private_flag(self) -> Option<&'static str> {
        self.known().private
    }

    pub(super) const fn known(self) -> Known {
        match self {
            Self::Edge => Known {
                code: "edge",
                name: "Microsoft Edge",
                private: Some("--inprivate"),
                windows: &[r"Microsoft\Edge\Application\msedge.exe"],
                mac_os: "Microsoft Edge.app",
                linux: &[
                    "microsoft-edge",
                    "microsoft-edge-stable",
                    "com.microsoft.Edge",
                ],
            },
            Self::Chrome => Known {
                code: "chrome",
                name: "Google Chrome",
                private: Some("--incognito"),
                windows: &[r"Google\Chrome\Application\chrome.exe"],
                mac_os: "Google Chrome.app",
                linux: &["google-chrome", "google-chrome-stable", "com.google.Chrome"],
            },
            Self::Firefox => Known {
                code: "firefox",
                name: "Mozilla Firefox",
                private: Some("-private-window"),
                windows: &[r"Mozilla Firefox\firefox.exe"],
                mac_os: "Firefox.app",
                linux: &["firefox", "firefox-esr", "org.mozilla.firefox"],
            },
            Self::Safari => Known {
                code: "safari",
                name: "Safari",
                private: None,
                windows: &[],
                mac_os: "Safari.app",
                linux: &[],
            },
            Self::Brave => Known {
                code: "brave",
                name: "Brave",
                private: Some("--incognito"),
                windows: &[r"BraveSoftware\Brave-Browser\Application\brave.exe"],
                mac_os: "Brave Browser.app",
                linux: &["brave-browser", "brave", "com.brave.Browser"],
            },
            Self::Vivaldi => Known {
                code: "vivaldi",
                name: "Vivaldi",
                private: Some("--incognito"),
                windows: &[r"Vivaldi\Application\vivaldi.exe"],
                mac_os: "Vivaldi.app",
                linux: &["vivaldi", "vivaldi-stable", "com.vivaldi.Vivaldi"],
            },
            Self::Chromium => Known {
                code: "chromium",
                name: "Chromium",
                private: Some("--incognito"),
                windows: &[r"Chromium\Application\chrome.exe"],
                mac_os: "Chromium.app",
                linux: &["chromium", "chromium-browser", "org.chromium.Chromium"],
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back() {
        for browser in Browser::ALL {
            assert_eq!(Browser::from_code(browser.code()), Some(browser));
        }
        assert_eq!(Browser::from_code("/bin/sh"), None);
    }
}
