//! The settings and what the window needs at its start.

use super::options::{AUTOSTART_OFFERED, START_MODE};
use super::permit::By;
use super::{Ninka, Outcome, StartMode, VaultState};
use crate::diagnosis::approval_link;
use crate::operators::{Deed, Need, Permission};
use crate::secret::Secret;
use crate::settings::{Background, SettingKey, Settings, built_in_client_id};
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
            operators: self.operators_state().await?,
        })
    }

    /// The settings. Performs I/O.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn settings(&self) -> Outcome<Settings> {
        self.needs(Need::Settings(Permission::View)).await?;
        Settings::load(&self.settings).await
    }

    /// Saves the settings as the window shows them. Performs I/O.
    ///
    /// # Errors
    /// A value is not one of those it can have, or they cannot be written.
    pub async fn save_settings(&self, view: SettingsView) -> Outcome<()> {
        let by = self.needs(Need::Settings(Permission::Edit)).await?;
        let mut settings = Settings::load(&self.settings).await?;
        let before = settings.clone();
        settings.take(&view)?;
        settings.save(&self.settings).await?;
        self.changed(&by, &before, &settings).await
    }

    /// A setting by its name on the command line. Performs I/O.
    ///
    /// # Errors
    /// There is no such setting, or it cannot be read.
    pub async fn setting(&self, key: &str) -> Outcome<String> {
        self.needs(Need::Settings(Permission::View)).await?;
        let key = SettingKey::from_name(key)?;
        Ok(Settings::load(&self.settings).await?.get(key))
    }

    /// Changes a setting by its name on the command line. Performs I/O.
    ///
    /// # Errors
    /// There is no such setting or value, or it cannot be written.
    pub async fn set_setting(&self, key: &str, value: &str) -> Outcome<()> {
        let by = self.needs(Need::Settings(Permission::Edit)).await?;
        let mut settings = Settings::load(&self.settings).await?;
        let before = settings.clone();
        settings.set(SettingKey::from_name(key)?, value)?;
        settings.save(&self.settings).await?;
        self.changed(&by, &before, &settings).await
    }

    /// Keeps by whom which settings were changed.
    async fn changed(&self, by: &By, before: &Settings, after: &Settings) -> Outcome<()> {
        let changed = SettingKey::ALL
            .into_iter()
            .filter(|key| before.get(*key) != after.get(*key));
        let names: Vec<&str> = changed.map(SettingKey::name).collect();
        if names.is_empty() {
            return Ok(());
        }
        self.did(by, Deed::SettingsChanged, &names.join(" ")).await
    }

    /// Whether the program goes on without its window. Performs I/O.
    ///
    /// # Errors
    /// The settings cannot be read.
    pub async fn background(&self) -> Outcome<Background> {
        Ok(Settings::load(&self.settings).await?.background)
    }

    /// Tries to open the vault by the keyring again. Performs I/O.
    pub async fn retry_vault(&self) {
        self.vault.retry().await;
    }

    /// Opens a vault that is under a passphrase; who knows it may. Performs I/O and takes a moment
    /// of work.
    ///
    /// # Errors
    /// The passphrase is wrong, or the data cannot be read.
    pub async fn unlock_vault(&self, passphrase: Secret) -> Outcome<()> {
        self.vault.unlock(passphrase).await
    }

    /// Puts the vault under a passphrase. Performs I/O and takes a moment of work.
    ///
    /// # Errors
    /// As of [`Need::Settings`]; the passphrase is too short, or the data cannot be written.
    pub async fn set_vault_passphrase(&self, passphrase: Secret) -> Outcome<()> {
        let by = self.needs(Need::Settings(Permission::Edit)).await?;
        self.vault.set_passphrase(passphrase).await?;
        self.did(&by, Deed::VaultChanged, "passphrase").await
    }

    /// Keeps the vault's key in memory until the program ends. Performs I/O.
    ///
    /// # Errors
    /// As of [`Need::Settings`]; the data cannot be written.
    pub async fn use_session_vault(&self) -> Outcome<()> {
        let by = self.needs(Need::Settings(Permission::Edit)).await?;
        self.vault.use_session().await?;
        self.did(&by, Deed::VaultChanged, "session").await
    }

    /// Whether starting with the computer is still to be offered: once, not for practice, and only
    /// to somebody who may change it. Performs I/O.
    ///
    /// # Errors
    /// The settings cannot be read.
    pub async fn offers_autostart(&self) -> Outcome<bool> {
        let offered = self.settings.setting(AUTOSTART_OFFERED).await?;
        let may = self.needs(Need::Settings(Permission::Edit)).await.is_ok();
        Ok(self.provider.is_none() && offered.is_none() && may)
    }

    /// Starting with the computer was offered, or chosen. Performs I/O.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn autostart_offered(&self) -> Outcome<()> {
        self.needs(Need::Settings(Permission::Edit)).await?;
        self.settings
            .set_setting(AUTOSTART_OFFERED, Some("yes"))
            .await
    }

    /// Says how the program is to start from now on. Performs I/O.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn set_start_mode(&self, mode: StartMode) -> Outcome<()> {
        self.needs(Need::Settings(Permission::Edit)).await?;
        self.settings
            .set_setting(START_MODE, Some(mode.code()))
            .await
    }
}
