//! What a setting can be: each choice with its word in the store and on the command line.
//! Nothing is read or written here.

/// Days for which the history is kept: 1 to 3650.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryDays(pub(super) i64);

impl Default for HistoryDays {
    fn default() -> Self {
        Self(180)
    }
}

/// Minutes without anybody there after which whoever is signed in is signed out: 0 (never) to 480.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockMinutes(pub(super) i64);

impl LockMinutes {
    /// How many; 0 means never.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        self.0
    }
}

impl Default for LockMinutes {
    fn default() -> Self {
        Self(15)
    }
}

/// Days for which the support desk's cases are kept: 1 to 3650.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseDays(pub(super) i64);

impl Default for CaseDays {
    fn default() -> Self {
        Self(180)
    }
}

/// Days after which an authorization is renewed by itself: 1 to 30.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenewalDays(pub(super) i64);

impl Default for RenewalDays {
    fn default() -> Self {
        Self(7)
    }
}

/// The language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LanguageSetting {
    /// The operating system's.
    #[default]
    System,
    /// 日本語
    Ja,
    /// English
    En,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeSetting {
    /// The operating system's.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The protocol an OAuth account's mail is received by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reception {
    /// POP3, as the order system does.
    #[default]
    Pop3,
    /// IMAP.
    Imap,
}

/// Whether the program goes on in the tray when its window is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Background {
    /// It does, and the user has not been told yet.
    #[default]
    Untold,
    /// It does.
    On,
    /// Closing the window quits.
    Off,
}

impl LanguageSetting {
    /// The name on the command line and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        let mut all = [Self::System, Self::Ja, Self::En].into_iter();
        all.find(|language| language.code() == code)
    }
}

impl ThemeSetting {
    /// The name on the command line and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        let mut all = [Self::System, Self::Light, Self::Dark].into_iter();
        all.find(|theme| theme.code() == code)
    }
}

impl Background {
    /// The word in the store and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Untold => "untold",
            Self::On => "on",
            Self::Off => "off",
        }
    }

    /// Whether the program goes on without its window.
    #[must_use]
    pub const fn goes_on(self) -> bool {
        match self {
            Self::Untold | Self::On => true,
            Self::Off => false,
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        [Self::Untold, Self::On, Self::Off]
            .into_iter()
            .find(|background| background.code() == code)
    }
}

impl Reception {
    /// The name on the command line and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pop3 => "pop3",
            Self::Imap => "imap",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        [Self::Pop3, Self::Imap]
            .into_iter()
            .find(|reception| reception.code() == code)
    }
}
