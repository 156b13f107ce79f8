//! What the user chose: language, theme, client id, cloud, and by which protocol mail is received.
//! The same settings are reached by name from the command line. How they are shown is in `view`.

use jiff::SignedDuration;

use crate::cloud::{Authority, Cloud};
use crate::language::Language;
use crate::problem::{Outcome, Problem};
use crate::store::Store;

/// The longest client id that is accepted; Microsoft's have 36 characters.
const CLIENT_ID_MAX: usize = 200;

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The language of the screens.
    pub language: LanguageSetting,
    /// Light or dark.
    pub theme: ThemeSetting,
    /// The application (client) id of the registration in Entra; empty if none was entered.
    pub client_id: String,
    /// The cloud, or an authority of the user's own.
    pub cloud: Cloud,
    /// The protocol an OAuth account's mail is received by.
    pub reception: Reception,
    /// How old an authorization gets before it is renewed by itself, in days.
    pub renewal_days: RenewalDays,
    /// Whether the program goes on without its window.
    pub background: Background,
    /// Whether Microsoft and the DNS are asked whose account an address is.
    pub ask_account_kind: bool,
    /// Whether `ninka token` hands access tokens to other programs.
    pub share_tokens: bool,
    /// For how long checks, renewals and authorizations are kept in the history, in days.
    pub history_days: HistoryDays,
}

/// Days for which the history is kept: 1 to 3650.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryDays(i64);

impl Default for HistoryDays {
    fn default() -> Self {
        Self(180)
    }
}

/// Days after which an authorization is renewed by itself: 1 to 30.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenewalDays(i64);

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
}

impl SettingKey {
    /// Every key, in the order of the settings screen.
    pub const ALL: [Self; 11] = [
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

    fn invalid(self) -> Problem {
        Problem::SettingInvalid {
            key: self.name().to_owned(),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: LanguageSetting::default(),
            theme: ThemeSetting::default(),
            client_id: String::new(),
            cloud: Cloud::Worldwide,
            reception: Reception::default(),
            renewal_days: RenewalDays::default(),
            background: Background::default(),
            ask_account_kind: true,
            share_tokens: false,
            history_days: HistoryDays::default(),
        }
    }
}

impl Settings {
    /// Reads the settings. One that this program cannot read has its default. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn load(store: &Store) -> Outcome<Self> {
        let stored = store.settings().await?;
        let mut settings = Self::default();
        // The authority comes before the cloud: `custom` needs it, and it chooses `custom`.
        let order = [SettingKey::Authority, SettingKey::Cloud];
        let others = SettingKey::ALL
            .into_iter()
            .filter(|key| !order.contains(key));
        for key in order.into_iter().chain(others) {
            if let Some(value) = stored.get(key.name())
                && let Err(problem) = settings.set(key, value)
            {
                tracing::warn!("a setting keeps its default: {problem:?}");
            }
        }
        Ok(settings)
    }

    /// Writes all settings at once. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save(&self, store: &Store) -> Outcome<()> {
        let values = SettingKey::ALL.map(|key| (key.name(), self.get(key)));
        let rows: Vec<_> = values
            .iter()
            .map(|(name, value)| (*name, Some(value.as_str()).filter(|v| !v.is_empty())))
            .collect();
        store.set_settings(&rows).await
    }

    /// A setting's value as the command line shows it.
    #[must_use]
    pub fn get(&self, key: SettingKey) -> String {
        match key {
            SettingKey::ClientId => self.client_id.clone(),
            SettingKey::Cloud => self.cloud.code().to_owned(),
            SettingKey::Authority => match &self.cloud {
                Cloud::Custom(authority) => authority.as_str().to_owned(),
                Cloud::Worldwide
                | Cloud::UsGovernmentL4
                | Cloud::UsGovernmentDod
                | Cloud::China => String::new(),
            },
            SettingKey::Language => self.language.code().to_owned(),
            SettingKey::Theme => self.theme.code().to_owned(),
            SettingKey::Reception => self.reception.code().to_owned(),
            SettingKey::RenewalDays => self.renewal_days.0.to_string(),
            SettingKey::Background => self.background.code().to_owned(),
            SettingKey::AskAccountKind => on_off(self.ask_account_kind).to_owned(),
            SettingKey::ShareTokens => on_off(self.share_tokens).to_owned(),
            SettingKey::HistoryDays => self.history_days.0.to_string(),
        }
    }

    /// Sets a value as typed on the command line; nothing is written yet. An authority makes the
    /// cloud `custom`; an empty one makes a custom cloud worldwide again.
    ///
    /// # Errors
    /// [`Problem::SettingInvalid`] with the key, or with `authority` where `custom` lacks one.
    pub fn set(&mut self, key: SettingKey, value: &str) -> Outcome<()> {
        let value = value.trim();
        let invalid = || key.invalid();
        match key {
            SettingKey::ClientId => {
                let fits = value.len() <= CLIENT_ID_MAX
                    && value.bytes().all(|byte| byte.is_ascii_graphic());
                if !fits {
                    return Err(invalid());
                }
                value.clone_into(&mut self.client_id);
            }
            SettingKey::Cloud => {
                self.cloud = match value {
                    "worldwide" => Cloud::Worldwide,
                    "us-government-l4" => Cloud::UsGovernmentL4,
                    "us-government-dod" => Cloud::UsGovernmentDod,
                    "china" => Cloud::China,
                    "custom" => match &self.cloud {
                        custom @ Cloud::Custom(_) => custom.clone(),
                        Cloud::Worldwide
                        | Cloud::UsGovernmentL4
                        | Cloud::UsGovernmentDod
                        | Cloud::China => return Err(SettingKey::Authority.invalid()),
                    },
                    _ => return Err(invalid()),
                };
            }
            SettingKey::Authority if value.is_empty() => {
                if let Cloud::Custom(_) = self.cloud {
                    self.cloud = Cloud::Worldwide;
                }
            }
            SettingKey::Authority => {
                self.cloud = Cloud::Custom(Authority::new(value).ok_or_else(invalid)?);
            }
            SettingKey::Language => {
                self.language = LanguageSetting::from_code(value).ok_or_else(invalid)?;
            }
            SettingKey::Theme => {
                self.theme = ThemeSetting::from_code(value).ok_or_else(invalid)?;
            }
            SettingKey::Reception => {
                self.reception = Reception::from_code(value).ok_or_else(invalid)?;
            }
            SettingKey::RenewalDays => {
                let days = value.parse().ok().filter(|days| (1..=30).contains(days));
                self.renewal_days = RenewalDays(days.ok_or_else(invalid)?);
            }
            SettingKey::Background => {
                self.background = Background::from_code(value).ok_or_else(invalid)?;
            }
            SettingKey::AskAccountKind => {
                self.ask_account_kind = match value {
                    "on" => true,
                    "off" => false,
                    _ => return Err(invalid()),
                };
            }
            SettingKey::ShareTokens => {
                self.share_tokens = match value {
                    "on" => true,
                    "off" => false,
                    _ => return Err(invalid()),
                };
            }
            SettingKey::HistoryDays => {
                let days = value.parse().ok().filter(|days| (1..=3650).contains(days));
                self.history_days = HistoryDays(days.ok_or_else(invalid)?);
            }
        }
        Ok(())
    }

    /// The client id to use: the one that was entered, else the build's.
    #[must_use]
    pub fn effective_client_id(&self) -> Option<&str> {
        if self.client_id.is_empty() {
            return built_in_client_id();
        }
        Some(&self.client_id)
    }

    /// How old an authorization gets before it is renewed by itself.
    #[must_use]
    pub const fn renewal_every(&self) -> SignedDuration {
        SignedDuration::from_hours(self.renewal_days.0 * 24)
    }

    /// For how long the history is kept.
    #[must_use]
    pub const fn history_kept(&self) -> SignedDuration {
        SignedDuration::from_hours(self.history_days.0 * 24)
    }

    /// The language of everything that is shown.
    #[must_use]
    pub fn effective_language(&self) -> Language {
        match self.language {
            LanguageSetting::System => Language::of_system(),
            LanguageSetting::Ja => Language::Ja,
            LanguageSetting::En => Language::En,
        }
    }
}

/// A switch's word in the store and on the command line.
const fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// The client id that the build carries (`NINKA_CLIENT_ID` in the environment of the build).
#[must_use]
pub fn built_in_client_id() -> Option<&'static str> {
    option_env!("NINKA_CLIENT_ID").filter(|id| !id.is_empty())
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

    fn from_code(code: &str) -> Option<Self> {
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

    fn from_code(code: &str) -> Option<Self> {
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

    fn from_code(code: &str) -> Option<Self> {
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

    fn from_code(code: &str) -> Option<Self> {
        [Self::Pop3, Self::Imap]
            .into_iter()
            .find(|reception| reception.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn come_back_as_they_were_saved() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        assert_eq!(Settings::load(&store).await.unwrap(), Settings::default());
        let mut settings = Settings::default();
        for (key, value) in [
            ("client-id", " 11111111-2222-3333-4444-555555555555 "),
            ("authority", "http://127.0.0.1:8080/"),
            ("language", "en"),
            ("theme", "dark"),
            ("reception", "imap"),
            ("renewal-days", "14"),
            ("background", "off"),
            ("ask-account-kind", "off"),
            ("share-tokens", "on"),
            ("history-days", "30"),
        ] {
            settings
                .set(SettingKey::from_name(key).unwrap(), value)
                .unwrap();
        }
        settings.save(&store).await.unwrap();
        let loaded = Settings::load(&store).await.unwrap();
        assert_eq!(loaded, settings);
        let shown = SettingKey::ALL.map(|key| loaded.get(key));
        assert_eq!(
            shown,
            [
                "11111111-2222-3333-4444-555555555555",
                "custom",
                "http://127.0.0.1:8080/common",
                "en",
                "dark",
                "imap",
                "14",
                "off",
                "off",
                "on",
                "30"
            ]
        );
        settings.set(SettingKey::Cloud, "china").unwrap();
        settings.save(&store).await.unwrap();
        let loaded = Settings::load(&store).await.unwrap();
        assert_eq!(
            (&loaded.cloud, loaded.get(SettingKey::Authority)),
            (&Cloud::China, String::new())
        );
        store.close().await;
    }

    #[test]
    fn refuse_what_they_cannot_be() {
        let mut settings = Settings::default();
        let mut refused = |key: SettingKey, value: &str| match settings.set(key, value) {
            Err(Problem::SettingInvalid { key }) => key,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(SettingKey::ClientId, "a b"), "client-id");
        assert_eq!(refused(SettingKey::ClientId, "番号"), "client-id");
        assert_eq!(refused(SettingKey::Cloud, "moon"), "cloud");
        assert_eq!(refused(SettingKey::Cloud, "custom"), "authority");
        assert_eq!(
            refused(SettingKey::Authority, "http://login.example"),
            "authority"
        );
        assert_eq!(refused(SettingKey::Language, "fr"), "language");
        assert_eq!(refused(SettingKey::Theme, ""), "theme");
        assert_eq!(refused(SettingKey::Reception, "smtp"), "reception");
        assert_eq!(refused(SettingKey::RenewalDays, "0"), "renewal-days");
        assert_eq!(refused(SettingKey::RenewalDays, "31"), "renewal-days");
        assert_eq!(
            refused(SettingKey::AskAccountKind, "yes"),
            "ask-account-kind"
        );
        assert_eq!(refused(SettingKey::HistoryDays, "0"), "history-days");
        assert_eq!(refused(SettingKey::ShareTokens, "yes"), "share-tokens");
        assert_eq!(settings, Settings::default());
        assert!(SettingKey::from_name("colour").is_err());
    }

    #[tokio::test]
    async fn one_that_cannot_be_read_has_its_default() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        store.set_setting("theme", Some("neon")).await.unwrap();
        store.set_setting("cloud", Some("custom")).await.unwrap();
        store.set_setting("language", Some("ja")).await.unwrap();
        let settings = Settings::load(&store).await.unwrap();
        let expected = Settings {
            language: LanguageSetting::Ja,
            ..Settings::default()
        };
        assert_eq!(settings, expected);
        assert_eq!(settings.effective_language(), Language::Ja);
        store.close().await;
    }

    #[test]
    fn the_entered_client_id_comes_first() {
        let mut settings = Settings::default();
        assert_eq!(settings.effective_client_id(), built_in_client_id());
        settings.set(SettingKey::ClientId, "mine").unwrap();
        assert_eq!(settings.effective_client_id(), Some("mine"));
        settings
            .set(SettingKey::Authority, "https://login.example/t")
            .unwrap();
        settings.set(SettingKey::Authority, "").unwrap();
        assert_eq!(settings.cloud, Cloud::Worldwide);
    }
}
