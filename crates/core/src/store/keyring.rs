//! The port to the operating system's keyring. Its calls block and may wait for a person, so the
//! vault makes them on a thread of their own and gives up after a while.

use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::problem::Problem;

/// Where a key lies in the keyring.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyringEntry {
    /// The program, as the keyring's own screens show it.
    pub service: String,
    /// Which of its keys.
    pub user: String,
}

/// Why a keyring did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyringFault {
    /// There is none, or none that answers.
    Missing,
    /// It is locked, and nobody unlocked it.
    Locked,
    /// It refused; what it said.
    Refused(String),
}

impl From<KeyringFault> for Problem {
    fn from(fault: KeyringFault) -> Self {
        match fault {
            KeyringFault::Missing => Self::KeyringMissing,
            KeyringFault::Locked => Self::KeyringLocked,
            KeyringFault::Refused(detail) => Self::KeyringRefused { detail },
        }
    }
}

/// A keyring. Every call may block.
pub trait KeyringPort: Send + Sync + std::fmt::Debug + 'static {
    /// Reads an entry; `None` if there is no such entry.
    ///
    /// # Errors
    /// Why it could not be read.
    fn read(&self, entry: &KeyringEntry) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringFault>;

    /// Writes an entry, new or over an old one.
    ///
    /// # Errors
    /// Why it could not be written.
    fn write(&self, entry: &KeyringEntry, key: &[u8]) -> Result<(), KeyringFault>;

    /// Deletes an entry, if it is there.
    ///
    /// # Errors
    /// Why it could not be deleted.
    fn delete(&self, entry: &KeyringEntry) -> Result<(), KeyringFault>;

    /// How long to wait for an answer: long enough for a person to find and type the keyring's
    /// password.
    fn patience(&self) -> Duration {
        Duration::from_secs(60)
    }
}

/// Calls the keyring on a thread of its own. One that does not answer in time counts as locked:
/// it waits behind a question that nobody answers. The thread stays with it; a task of the
/// runtime's would keep the program from ending.
pub(super) async fn ask<T: Send + 'static>(
    keyring: &Arc<dyn KeyringPort>,
    question: impl FnOnce(&dyn KeyringPort) -> Result<T, KeyringFault> + Send + 'static,
) -> Result<T, KeyringFault> {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let patience = keyring.patience();
    let keyring = Arc::clone(keyring);
    std::thread::Builder::new()
        .name("keyring".to_owned())
        .spawn(move || {
            // Whoever asked may have gone.
            drop(sender.send(question(keyring.as_ref())));
        })
        .map_err(|error| KeyringFault::Refused(error.to_string()))?;
    match tokio::time::timeout(patience, receiver).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err(KeyringFault::Refused("no answer".to_owned())),
        Err(_) => Err(KeyringFault::Locked),
    }
}
