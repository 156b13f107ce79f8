//! The settings and what the window needs at its start.

use super::options::{AUTOSTART_OFFERED, START_MODE};
use super::{Ninka, Outcome, StartMode, VaultState};
use crate::diagnosis::approval_link;
use crate::settings::{SettingKey, Settings, built_in_client_id};
use crate::view::{AppView, SettingsView, VaultView};

impl Ninka {
    /// What the window needs at its start. Performs I/O.
    ///
    /// # Errors
    /// The settings cannot be read.
    pub async fn app_view(&self) -> Outcome<AppView> {
        let settings = Settings::load(&self.settings).await?;
        let provider = self.provider().await?;
        let client_id = provider.client_id.unwrap_or_default();
        let authority = provider.cloud.authority();
        Ok(AppView {
            approval_link: approval_link(&client_id, &authority),
            client_id,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            language: settings.effective_language().code().to_owned(),
            built_in_client_id: built_in_client_id().is_some(),
            settings: (&settings).into(),
            practice: self.provider.is_some(),
            vault: match self.vault.state() {
                VaultState::Keyring => VaultView::Keyring,
                VaultState::Passphrase => VaultView::Passphrase,
                VaultState::Session => VaultView::Session,
                VaultState::Closed(problem) => VaultView::Closed {
                    problem: Box::new(problem.into()),
                },
            },
        })
    }

    /// The settings. Performs I/O.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn settings(&self) -> Outcome<Settings> {
        Settings::load(&self.settings).await
    }

    /// Saves the settings as the window shows them. Performs I/O.
    ///
    /// # Errors
    /// A value is not one of those it can have, or they cannot be written.
    pub async fn save_settings(&self, view: SettingsView) -> Outcome<()> {
        let mut settings = Settings::load(&self.settings).await?;
        settings.take(&view)?;
        settings.save(&self.settings).await
    }

    /// A setting by its name on the command line. Performs I/O.
    ///
    /// # Errors
    /// There is no such setting, or it cannot be read.
    pub async fn setting(&self, key: &str) -> Outcome<String> {
        let key = SettingKey::from_name(key)?;
        Ok(Settings::load(&self.settings).await?.get(key))
    }

    /// Changes a setting by its name on the command line. Performs I/O.
    ///
    /// # Errors
    /// There is no such setting or value, or it cannot be written.
    pub async fn set_setting(&self, key: &str, value: &str) -> Outcome<()> {
        let mut settings = Settings::load(&self.settings).await?;
        settings.set(SettingKey::from_name(key)?, value)?;
        settings.save(&self.settings).await
    }

    /// Whether starting with the computer is still to be offered: once, and not for practice.
    /// Performs I/O.
    ///
    /// # Errors
    /// The settings cannot be read.
    pub async fn offers_autostart(&self) -> Outcome<bool> {
        let offered = self.settings.setting(AUTOSTART_OFFERED).await?;
        Ok(self.provider.is_none() && offered.is_none())
    }

    /// Starting with the computer was offered, or chosen. Performs I/O.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn autostart_offered(&self) -> Outcome<()> {
        self.settings
            .set_setting(AUTOSTART_OFFERED, Some("yes"))
            .await
    }

    /// Says how the program is to start from now on. Performs I/O.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn set_start_mode(&self, mode: StartMode) -> Outcome<()> {
        self.settings
            .set_setting(START_MODE, Some(mode.code()))
            .await
    }
}
