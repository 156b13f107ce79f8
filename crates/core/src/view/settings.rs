//! The settings, the vault's state and what the window needs to know at its start.

use super::{Deserialize, ProblemView, Serialize, TS};

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
}

/// Where the vault's key is.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
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
    /// The vault.
    pub vault: VaultView,
}
