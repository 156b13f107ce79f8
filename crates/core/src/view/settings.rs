//! The settings, the vault's state and what the window needs to know at its start.

use super::{Deserialize, JsonSchema, OperatorsView, ProblemView, Serialize, TS};
use crate::cloud::Cloud;
use crate::problem::Outcome;
use crate::settings::{Background, LanguageSetting, Reception, SettingKey, Settings, ThemeSetting};

/// A setting's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum LanguageChoice {
    /// The operating system's.
    System,
    /// 日本語
    Ja,
    /// English
    En,
}

/// A setting's theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ThemeChoice {
    /// The operating system's.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Whether the program goes on in the tray when its window is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum BackgroundChoice {
    /// It does, and the user has not been told yet.
    Untold,
    /// It does.
    On,
    /// Closing the window quits.
    Off,
}

/// Microsoft's cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum CloudChoice {
    /// Worldwide.
    Worldwide,
    /// GCC High.
    UsGovernmentL4,
    /// DoD.
    UsGovernmentDod,
    /// 21Vianet.
    China,
    /// An authority of the user's own.
    Custom,
}

/// The protocol an OAuth account's mail is received by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ReceptionChoice {
    /// POP3.
    Pop3,
    /// IMAP.
    Imap,
}

/// The settings as shown and as saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SettingsView {
    /// Language.
    pub language: LanguageChoice,
    /// Theme.
    pub theme: ThemeChoice,
    /// The application (client) id of the registration in Entra; empty if none.
    pub client_id: String,
    /// Cloud.
    pub cloud: CloudChoice,
    /// The authority, when `cloud` is custom; empty otherwise.
    pub authority: String,
    /// The protocol an OAuth account's mail is received by.
    pub reception: ReceptionChoice,
    /// Whether the program goes on without its window.
    pub background: BackgroundChoice,
    /// Whether Microsoft and the DNS are asked whose account an address is.
    pub ask_account_kind: bool,
    /// After how many minutes without anybody there whoever is signed in is signed out; 0: never.
    #[ts(type = "number")]
    pub lock_minutes: i64,
}

/// Where the vault's key is.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(
    tag = "state",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum VaultView {
    /// In the operating system's keyring.
    Keyring,
    /// Under a passphrase, and open.
    Passphrase,
    /// In memory until the program ends.
    Session,
    /// Not open: the problem says why; a passphrase or the session are the ways on.
    Closed {
        /// Why.
        problem: Box<ProblemView>,
    },
}

/// What the window needs at its start.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AppView {
    /// The program's version.
    pub version: String,
    /// `ja` or `en`, after the setting and the system's language.
    pub language: String,
    /// The settings.
    pub settings: SettingsView,
    /// Whether this is the practice mode.
    pub practice: bool,
    /// A client id that the build carries.
    pub built_in_client_id: bool,
    /// The client id that is used; empty where there is none.
    pub client_id: String,
    /// Where an administrator approves it for the whole organization.
    pub approval_link: String,
    /// The vault.
    pub vault: VaultView,
    /// Whether permissions are on, and who is signed in.
    pub operators: OperatorsView,
}

impl From<&Settings> for SettingsView {
    fn from(settings: &Settings) -> Self {
        Self {
            language: match settings.language {
                LanguageSetting::System => LanguageChoice::System,
                LanguageSetting::Ja => LanguageChoice::Ja,
                LanguageSetting::En => LanguageChoice::En,
            },
            theme: match settings.theme {
                ThemeSetting::System => ThemeChoice::System,
                ThemeSetting::Light => ThemeChoice::Light,
                ThemeSetting::Dark => ThemeChoice::Dark,
            },
            client_id: settings.client_id.clone(),
            cloud: match settings.cloud {
                Cloud::Worldwide => CloudChoice::Worldwide,
                Cloud::UsGovernmentL4 => CloudChoice::UsGovernmentL4,
                Cloud::UsGovernmentDod => CloudChoice::UsGovernmentDod,
                Cloud::China => CloudChoice::China,
                Cloud::Custom(_) => CloudChoice::Custom,
            },
            authority: settings.get(SettingKey::Authority),
            reception: match settings.reception {
                Reception::Pop3 => ReceptionChoice::Pop3,
                Reception::Imap => ReceptionChoice::Imap,
            },
            background: match settings.background {
                Background::Untold => BackgroundChoice::Untold,
                Background::On => BackgroundChoice::On,
                Background::Off => BackgroundChoice::Off,
            },
            ask_account_kind: settings.ask_account_kind,
            lock_minutes: settings.lock_minutes.minutes(),
        }
    }
}

impl Settings {
    /// Takes over what the settings screen shows; nothing is written yet.
    ///
    /// # Errors
    /// [`Problem::SettingInvalid`](crate::Problem::SettingInvalid) with the first faulty setting.
    pub fn take(&mut self, view: &SettingsView) -> Outcome<()> {
        self.set(SettingKey::ClientId, &view.client_id)?;
        match view.cloud {
            CloudChoice::Worldwide => self.cloud = Cloud::Worldwide,
            CloudChoice::UsGovernmentL4 => self.cloud = Cloud::UsGovernmentL4,
            CloudChoice::UsGovernmentDod => self.cloud = Cloud::UsGovernmentDod,
            CloudChoice::China => self.cloud = Cloud::China,
            CloudChoice::Custom => {
                let authority = crate::cloud::Authority::new(&view.authority).ok_or_else(|| {
                    let key = SettingKey::Authority.name().to_owned();
                    crate::Problem::SettingInvalid { key }
                })?;
                self.cloud = Cloud::Custom(authority);
            }
        }
        self.language = match view.language {
            LanguageChoice::System => LanguageSetting::System,
            LanguageChoice::Ja => LanguageSetting::Ja,
            LanguageChoice::En => LanguageSetting::En,
        };
        self.theme = match view.theme {
            ThemeChoice::System => ThemeSetting::System,
            ThemeChoice::Light => ThemeSetting::Light,
            ThemeChoice::Dark => ThemeSetting::Dark,
        };
        self.reception = match view.reception {
            ReceptionChoice::Pop3 => Reception::Pop3,
            ReceptionChoice::Imap => Reception::Imap,
        };
        self.background = match view.background {
            BackgroundChoice::Untold => Background::Untold,
            BackgroundChoice::On => Background::On,
            BackgroundChoice::Off => Background::Off,
        };
        self.ask_account_kind = view.ask_account_kind;
        self.set(SettingKey::LockMinutes, &view.lock_minutes.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_goes_to_the_screen_and_back() {
        for (reception, ask_account_kind) in [(Reception::Pop3, true), (Reception::Imap, false)] {
            let stored = Settings {
                reception,
                ask_account_kind,
                ..Settings::default()
            };
            let mut taken = Settings::default();
            taken.take(&SettingsView::from(&stored)).unwrap();
            assert_eq!(taken, stored);
        }
    }
}
