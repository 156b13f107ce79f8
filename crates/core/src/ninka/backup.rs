//! A sealed backup of everything, and bringing one back on another computer: accounts, settings,
//! authorizations, passwords and history in one file under a passphrase.

use std::path::Path;

use super::Ninka;
use crate::backup::{self, About, Opened};
use crate::operators::{Deed, Need};
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;
use crate::store::PASSPHRASE_LEAST;
use crate::view::BackupView;

impl Ninka {
    /// Writes everything to a new file, sealed by a passphrase. Performs I/O and takes a moment of
    /// work.
    ///
    /// # Errors
    /// [`Problem::PassphraseTooShort`]; [`Problem::FileUnwritable`], also where the file is there
    /// already; why the vault is closed; the data cannot be read.
    pub async fn back_up(&self, file: &Path, passphrase: Secret) -> Outcome<BackupView> {
        let by = self.needs(Need::Full).await?;
        let least = PASSPHRASE_LEAST;
        let length = passphrase.expose().chars().count();
        if i64::try_from(length).is_ok_and(|length| length < least) {
            return Err(Problem::PassphraseTooShort { least });
        }
        let copy = self.store.copy(&self.vault).await?;
        let about = About::new(self.now().as_second(), copy.accounts);
        let view = BackupView {
            path: file.display().to_string(),
            without: copy.without,
            ..self.backup_view(&about).await?
        };
        let (file, key) = (file.to_owned(), copy.key()?);
        let written = tokio::task::spawn_blocking(move || {
            backup::write(&file, &passphrase, &about, &key, &copy.file())
        });
        written.await.map_err(anyhow::Error::from)??;
        self.did(&by, Deed::BackedUp, &view.path).await?;
        Ok(view)
    }

    /// Tells what a backup holds; nothing is changed. Performs I/O and takes a moment of work.
    ///
    /// # Errors
    /// Why it cannot be opened, each by its name.
    pub async fn inspect_backup(&self, file: &Path, passphrase: Secret) -> Outcome<BackupView> {
        self.needs(Need::Full).await?;
        let opened = self.opened(file, passphrase).await?;
        let view = self.backup_view(&opened.about).await?;
        Ok(BackupView {
            path: file.display().to_string(),
            ..view
        })
    }

    /// Brings everything back from a backup, where there are no accounts yet: all of it or
    /// nothing. Performs I/O and takes a moment of work.
    ///
    /// # Errors
    /// [`Problem::RestoreNotEmpty`]; why the file cannot be opened, or the vault is closed; the
    /// data cannot be written.
    pub async fn restore(&self, file: &Path, passphrase: Secret) -> Outcome<BackupView> {
        let by = self.needs(Need::Full).await?;
        let count = self.store.count_accounts().await?;
        if count > 0 {
            return Err(Problem::RestoreNotEmpty { count });
        }
        self.vault.write_test().await?;
        let opened = self.opened(file, passphrase).await?;
        let (about, key) = (opened.about.clone(), opened.key.clone());
        let room = self.store.room_for_copy()?;
        let into = room.path().join(crate::store::FILE);
        let read = tokio::task::spawn_blocking(move || opened.database_to(&into));
        read.await.map_err(anyhow::Error::from)??;
        let taken = self.store.take_over(&self.vault, room.path(), &key).await;
        taken.map_err(|problem| {
            if matches!(problem, Problem::DatabaseNewer { .. }) {
                let version = about.version.clone();
                return Problem::BackupNewer { version };
            }
            problem
        })?;
        self.did(&by, Deed::Restored, &about.accounts.to_string())
            .await?;
        self.woken.notify_one();
        let view = self.backup_view(&about).await?;
        Ok(BackupView {
            path: file.display().to_string(),
            ..view
        })
    }

    async fn opened(&self, file: &Path, passphrase: Secret) -> Outcome<Opened> {
        let file = file.to_owned();
        let opened = tokio::task::spawn_blocking(move || backup::open(&file, &passphrase));
        opened.await.map_err(anyhow::Error::from)?
    }

    async fn backup_view(&self, about: &About) -> Outcome<BackupView> {
        Ok(BackupView {
            path: String::new(),
            version: about.version.clone(),
            made_at: about.made_at,
            accounts: about.accounts,
            without: 0,
            here: self.store.count_accounts().await?,
        })
    }
}
