//! The settings by their names, as the command line and the store know them.
//! A new setting begins here.

use crate::problem::{Outcome, Problem};

/// A setting by its name on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SettingKey {
    /// `client-id`
    ClientId,
    /// `cloud`
    Cloud,
    /// `authority`: setting it makes the cloud `custom`.
    Authority,
    /// `language`
    Language,
    /// `theme`
    Theme,
    /// `reception`
    Reception,
    /// `renewal-days`
    RenewalDays,
    /// `background`
    Background,
    /// `ask-account-kind`
    AskAccountKind,
    /// `share-tokens`: `on` or `off`.
    ShareTokens,
    /// `history-days`
    HistoryDays,
    /// `lock-minutes`
    LockMinutes,
    /// `case-days`
    CaseDays,
}

impl SettingKey {
    /// Every key, in the order of the settings screen.
    pub const ALL: [Self; 13] = [
        Self::ClientId,
        Self::Cloud,
        Self::Authority,
        Self::Language,
        Self::Theme,
        Self::Reception,
        Self::RenewalDays,
        Self::Background,
        Self::AskAccountKind,
        Self::ShareTokens,
        Self::HistoryDays,
        Self::LockMinutes,
        Self::CaseDays,
    ];

    /// The name on the command line and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ClientId => "client-id",
            Self::Cloud => "cloud",
            Self::Authority => "authority",
            Self::Language => "language",
            Self::Theme => "theme",
            Self::Reception => "reception",
            Self::RenewalDays => "renewal-days",
            Self::Background => "background",
            Self::AskAccountKind => "ask-account-kind",
            Self::ShareTokens => "share-tokens",
            Self::HistoryDays => "history-days",
            Self::LockMinutes => "lock-minutes",
            Self::CaseDays => "case-days",
        }
    }

    /// Reads a [`name`](Self::name).
    ///
    /// # Errors
    /// [`Problem::SettingInvalid`] with what was given.
    pub fn from_name(name: &str) -> Outcome<Self> {
        let found = Self::ALL.into_iter().find(|key| key.name() == name);
        found.ok_or_else(|| Problem::SettingInvalid {
            key: name.to_owned(),
        })
    }

    pub(super) fn invalid(self) -> Problem {
        Problem::SettingInvalid {
            key: self.name().to_owned(),
        }
    }
}
