//! A keyring for tests, whose mood can be changed at any time.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use zeroize::Zeroizing;

use super::keyring::{KeyringEntry, KeyringFault, KeyringPort};

/// How the keyring behaves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum KeyringMood {
    /// It does what it is asked.
    #[default]
    Willing,
    /// There is none.
    Missing,
    /// It is locked.
    Locked,
    /// It refuses, saying this.
    Refusing(String),
    /// It can be read, but writing is refused.
    ReadOnly,
    /// It answers after this long.
    Slow(Duration),
    /// It waits behind a question that nobody answers.
    Hanging,
}

/// How long a hanging keyring is waited for, so that its tests are quick.
const HANGING_PATIENCE: Duration = Duration::from_millis(200);

/// A keyring in memory.
#[derive(Debug, Default)]
pub struct ScriptedKeyring {
    entries: Mutex<BTreeMap<KeyringEntry, Zeroizing<Vec<u8>>>>,
    mood: Mutex<KeyringMood>,
}

impl ScriptedKeyring {
    /// Changes the mood.
    pub fn set_mood(&self, mood: KeyringMood) {
        *lock(&self.mood) = mood;
    }

    /// Loses every entry, as a new computer or a reset does.
    pub fn lose_everything(&self) {
        lock(&self.entries).clear();
    }

    /// What is in it.
    #[must_use]
    pub fn entries(&self) -> Vec<KeyringEntry> {
        lock(&self.entries).keys().cloned().collect()
    }

    fn mood(&self, writing: bool) -> Result<(), KeyringFault> {
        let mood = lock(&self.mood).clone();
        match mood {
            KeyringMood::Willing => Ok(()),
            KeyringMood::Missing => Err(KeyringFault::Missing),
            KeyringMood::Locked => Err(KeyringFault::Locked),
            KeyringMood::Refusing(detail) => Err(KeyringFault::Refused(detail)),
            KeyringMood::ReadOnly if writing => Err(KeyringFault::Refused("read only".to_owned())),
            KeyringMood::ReadOnly => Ok(()),
            KeyringMood::Slow(duration) => {
                std::thread::sleep(duration);
                Ok(())
            }
            KeyringMood::Hanging => {
                std::thread::sleep(HANGING_PATIENCE * 10);
                Err(KeyringFault::Locked)
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl KeyringPort for ScriptedKeyring {
    fn read(&self, entry: &KeyringEntry) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringFault> {
        self.mood(false)?;
        Ok(lock(&self.entries).get(entry).cloned())
    }

    fn write(&self, entry: &KeyringEntry, key: &[u8]) -> Result<(), KeyringFault> {
        self.mood(true)?;
        lock(&self.entries).insert(entry.clone(), Zeroizing::new(key.to_vec()));
        Ok(())
    }

    fn delete(&self, entry: &KeyringEntry) -> Result<(), KeyringFault> {
        self.mood(true)?;
        lock(&self.entries).remove(entry);
        Ok(())
    }

    fn patience(&self) -> Duration {
        match *lock(&self.mood) {
            KeyringMood::Hanging => HANGING_PATIENCE,
            KeyringMood::Willing
            | KeyringMood::Missing
            | KeyringMood::Locked
            | KeyringMood::Refusing(_)
            | KeyringMood::ReadOnly
            | KeyringMood::Slow(_) => Duration::from_secs(60),
        }
    }
}
