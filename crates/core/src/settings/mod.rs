//! What the user chose: language, theme, client id, cloud, and by which protocol mail is received.
//! The same settings are reached by name from the command line. How they are shown is in `view`.

mod choices;
mod key;
#[cfg(test)]
mod tests;

use jiff::SignedDuration;

use crate::cloud::{Authority, Cloud};
use crate::language::Language;
use crate::problem::Outcome;
use crate::store::Store;

pub use choices::{
    Background, CaseDays, HistoryDays, LanguageSetting, LockMinutes, Reception, RenewalDays,
    ThemeSetting,
};
pub use key::SettingKey;

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
    /// For how long the support desk's cases are kept, in days.
    pub case_days: CaseDays,
    /// When whoever is signed in is signed out without being asked.
    pub lock_minutes: LockMinutes,
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
            case_days: CaseDays::default(),
            lock_minutes: LockMinutes::default(),
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
            SettingKey::CaseDays => self.case_days.0.to_string(),
            SettingKey::LockMinutes => self.lock_minutes.0.to_string(),
        }
    }

    /// Sets a value as typed on the command line; nothing is written yet. An authority makes the
    /// cloud `custom`; an empty one makes a custom cloud worldwide again.
    ///
    /// # Errors
    /// [`Problem::SettingInvalid`](crate::Problem::SettingInvalid) with the key, or with `authority` where `custom` lacks one.
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
                self.ask_account_kind = switch(value).ok_or_else(invalid)?;
            }
            SettingKey::ShareTokens => {
                self.share_tokens = switch(value).ok_or_else(invalid)?;
            }
            SettingKey::HistoryDays => {
                self.history_days = HistoryDays(kept_days(value).ok_or_else(invalid)?);
            }
            SettingKey::CaseDays => {
                self.case_days = CaseDays(kept_days(value).ok_or_else(invalid)?);
            }
            SettingKey::LockMinutes => {
                let minutes = value
                    .parse()
                    .ok()
                    .filter(|minutes| (0..=480).contains(minutes));
                self.lock_minutes = LockMinutes(minutes.ok_or_else(invalid)?);
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

    /// How long nobody may be there until whoever is signed in is signed out; `None`: for ever.
    #[must_use]
    pub fn locks_after(&self) -> Option<SignedDuration> {
        let minutes = self.lock_minutes.0;
        (minutes > 0).then(|| SignedDuration::from_mins(minutes))
    }

    /// For how long the support desk's cases are kept.
    #[must_use]
    pub const fn cases_kept(&self) -> SignedDuration {
        SignedDuration::from_hours(self.case_days.0 * 24)
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

/// Days for which something is kept: 1 to 3650.
fn kept_days(value: &str) -> Option<i64> {
    value.parse().ok().filter(|days| (1..=3650).contains(days))
}

/// Reads [`on_off`].
fn switch(word: &str) -> Option<bool> {
    [true, false].into_iter().find(|on| on_off(*on) == word)
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
