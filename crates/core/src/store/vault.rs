//! The vault: where the data key is kept and whether it is at hand. Opening it may ask the
//! operating system's keyring; when that cannot be had, the vault says why, and a passphrase or
//! "only until I quit" are the ways on. What is sealed by a key that is away is never touched.
//! How values are sealed is in `seal`; which values there are, in `secrets`.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::anyhow;

use super::database::Store;
use super::keyring::{self, KeyringEntry, KeyringFault, KeyringPort};
use super::passphrase;
use super::seal::DataKey;
use super::vault_keys::{Home, KnownKey};
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;

/// Where the vault's key is.
#[derive(Debug, Clone, PartialEq)]
pub enum VaultState {
    /// In the operating system's keyring.
    Keyring,
    /// Under a passphrase, which was given.
    Passphrase,
    /// In memory until the program ends.
    Session,
    /// Not at hand.
    Closed(Problem),
}

/// Seals and opens what is secret. Clones share their state.
#[derive(Debug, Clone)]
pub struct Vault(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    keyring: Arc<dyn KeyringPort>,
    entry: KeyringEntry,
    state: RwLock<State>,
    /// One change of the state at a time; held while a keyring is asked.
    change: tokio::sync::Mutex<()>,
}

#[derive(Debug, Clone)]
enum State {
    Open(OpenKey),
    Closed(Problem),
}

/// The key at hand.
#[derive(Debug, Clone)]
pub(super) struct OpenKey {
    pub(super) key: Arc<DataKey>,
    pub(super) home: Home,
    /// Locked as long as the session lives, so that nobody clears away what it sealed.
    _session: Option<Arc<File>>,
}

impl Vault {
    /// The vault of a store, closed until [`retry`](Self::retry) is called. Each database has a key
    /// and an entry of its own in the keyring, under the service and the user of `entry`.
    #[must_use]
    pub fn new(store: &Store, keyring: Arc<dyn KeyringPort>, entry: KeyringEntry) -> Self {
        Self(Arc::new(Inner {
            store: store.clone(),
            keyring,
            entry,
            state: RwLock::new(State::Closed(Problem::KeyringLocked)),
            change: tokio::sync::Mutex::new(()),
        }))
    }

    /// Makes the vault and asks the keyring, which may ask the user: this can take as long as
    /// the keyring's [`patience`](KeyringPort::patience). A vault that cannot be opened says why.
    pub async fn open(store: &Store, keyring: Arc<dyn KeyringPort>, entry: KeyringEntry) -> Self {
        let vault = Self::new(store, keyring, entry);
        vault.retry().await;
        vault
    }

    /// Where the key is.
    #[must_use]
    pub fn state(&self) -> VaultState {
        match self.inner_state() {
            State::Open(open) => match open.home {
                Home::Keyring => VaultState::Keyring,
                Home::Passphrase => VaultState::Passphrase,
                Home::Session => VaultState::Session,
            },
            State::Closed(problem) => VaultState::Closed(problem),
        }
    }

    /// Asks the keyring, if the vault is closed or lives only until the end of the program; a key
    /// is made when there is none yet. What a session sealed is then sealed by the keyring's key.
    pub async fn retry(&self) -> VaultState {
        let _one = self.0.change.lock().await;
        let session = match self.inner_state() {
            State::Open(open) if open.home != Home::Session => return self.state(),
            State::Open(open) => Some(open),
            State::Closed(_) => None,
        };
        if let Err(problem) = self.clear_ended_sessions().await {
            tracing::warn!("ended sessions stay: {problem:?}");
        }
        let opened = match self.open_by_keyring().await {
            Ok(key) => self.take_over(key, Home::Keyring, session).await,
            Err(problem) => Err(problem),
        };
        if let Err(problem) = opened {
            self.close_unless_open(problem);
        }
        self.state()
    }

    /// Opens a vault that is under a passphrase. Takes a moment of work.
    ///
    /// # Errors
    /// [`Problem::PassphraseWrong`]; what the vault is closed by, if it is not a passphrase; what
    /// the database says.
    pub async fn unlock(&self, passphrase: Secret) -> Outcome<()> {
        let _one = self.0.change.lock().await;
        let session = match self.inner_state() {
            State::Open(open) if open.home != Home::Session => return Ok(()),
            State::Open(open) => Some(open),
            State::Closed(_) => None,
        };
        let current = self.0.store.current_key().await?;
        let Some(known) = current.filter(|known| known.home == Home::Passphrase) else {
            return match self.inner_state() {
                State::Open(_) => Ok(()),
                State::Closed(problem) => Err(problem),
            };
        };
        let wrapped = self.0.store.wrapped_key(&known.id).await?;
        let wrapped = wrapped.ok_or_else(|| anyhow!("a passphrase without its key"))?;
        let key = passphrase::unwrap(&wrapped, passphrase).await?;
        if !key.fits(&known.check) {
            return Err(anyhow!("the unwrapped key does not fit").into());
        }
        self.take_over(key, Home::Passphrase, session).await?;
        self.adopt_former_keys().await;
        Ok(())
    }

    /// Puts the vault under a passphrase: an open one keeps its key and takes it out of the
    /// keyring; a closed one gets a new key, and what is sealed by the old one stays as it is.
    ///
    /// # Errors
    /// [`Problem::PassphraseTooShort`]; [`Problem::PassphraseNeeded`] if there is a passphrase
    /// that was not given; what the database says.
    pub async fn set_passphrase(&self, passphrase: Secret) -> Outcome<()> {
        let _one = self.0.change.lock().await;
        let (key, before) = match self.inner_state() {
            State::Open(open) => (Arc::clone(&open.key), Some(open.home)),
            State::Closed(Problem::PassphraseNeeded) => return Err(Problem::PassphraseNeeded),
            State::Closed(_) => (Arc::new(DataKey::random()?), None),
        };
        let former = self.0.store.current_key().await?;
        let wrapped = passphrase::wrap(&key, passphrase).await?;
        self.0.store.register_passphrase(&key, &wrapped).await?;
        if let Some(former) = former.filter(|former| former.id != key.id()) {
            self.0.store.forget_unused_key(&former.id).await?;
        }
        self.set_state(State::Open(OpenKey {
            key: Arc::clone(&key),
            home: Home::Passphrase,
            _session: None,
        }));
        match before {
            Some(Home::Keyring) => {
                let entry = self.entry(key.id());
                let gone = keyring::ask(&self.0.keyring, move |k| k.delete(&entry)).await;
                if let Err(fault) = gone {
                    tracing::warn!("the key is still in the keyring: {fault:?}");
                }
            }
            Some(Home::Session) => drop(std::fs::remove_file(self.session_file(key.id()))),
            Some(Home::Passphrase) | None => {}
        }
        Ok(())
    }

    /// Goes on with a key in memory. What is sealed with it is useless when the program has
    /// ended, and is cleared away at a later start. Does nothing to an open vault.
    ///
    /// # Errors
    /// What the database says.
    pub async fn use_session(&self) -> Outcome<()> {
        let _one = self.0.change.lock().await;
        if let State::Open(_) = self.inner_state() {
            return Ok(());
        }
        let key = DataKey::random()?;
        let path = self.session_file(key.id());
        let file = File::create(&path).and_then(|file| file.lock().map(|()| file));
        let file = file.map_err(|error| self.0.store.problem(sqlx::Error::Io(error)))?;
        self.0.store.register_session_key(&key).await?;
        self.set_state(State::Open(OpenKey {
            key: Arc::new(key),
            home: Home::Session,
            _session: Some(Arc::new(file)),
        }));
        Ok(())
    }

    /// Proves that what is sealed now can be kept and opened again: seals a value, commits it,
    /// reads it back, and looks whether the key is still in the keyring (and puts it back).
    ///
    /// # Errors
    /// What would stand in the way of keeping an authorization.
    pub async fn write_test(&self) -> Outcome<()> {
        let one = self.0.change.lock().await;
        let open = self.key()?;
        let home = self.0.store.rewrite_check(&open.key).await?;
        let known = self.0.store.known_key(open.key.id()).await?;
        let (Some(home), Some(known)) = (home, known) else {
            // Another window found nothing sealed with this key and nothing in the keyring.
            self.set_state(State::Closed(Problem::KeyringKeyLost));
            drop(one);
            return match self.retry().await {
                VaultState::Closed(problem) => Err(problem),
                VaultState::Keyring | VaultState::Passphrase | VaultState::Session => Ok(()),
            };
        };
        if !open.key.fits(&known.check) {
            return Err(anyhow!("what was written does not open").into());
        }
        if home != open.home {
            // Another window put the key under a passphrase.
            self.set_state(State::Open(OpenKey { home, ..open }));
            return Ok(());
        }
        if home == Home::Keyring {
            let entry = self.entry(open.key.id());
            let key = Arc::clone(&open.key);
            let kept = keyring::ask(&self.0.keyring, move |keyring| {
                match keyring.read(&entry)? {
                    Some(kept) if kept.as_slice() == key.expose() => Ok(()),
                    Some(_) | None => keyring.write(&entry, key.expose()),
                }
            });
            match kept.await {
                Ok(()) => {}
                // A keyring that is locked or away for now still has the key.
                Err(fault @ (KeyringFault::Locked | KeyringFault::Missing)) => {
                    tracing::warn!("the keyring was not looked at: {fault:?}");
                }
                Err(fault @ KeyringFault::Refused(_)) => return Err(fault.into()),
            }
        }
        Ok(())
    }

    /// The key at hand, or why there is none.
    pub(super) fn key(&self) -> Outcome<OpenKey> {
        match self.inner_state() {
            State::Open(open) => Ok(open),
            State::Closed(problem) => Err(problem),
        }
    }

    /// The current key out of the keyring, or a new one where nothing is sealed yet.
    async fn open_by_keyring(&self) -> Outcome<DataKey> {
        let store = &self.0.store;
        for _ in 0..KEYRING_TRIES {
            let Some(known) = store.current_key().await? else {
                let key = Arc::new(DataKey::random()?);
                if let Some(key) = self.keep_new_key(key).await? {
                    return Ok(key);
                }
                // Another window was faster; its key is the one.
                continue;
            };
            match known.home {
                Home::Passphrase => return Err(Problem::PassphraseNeeded),
                Home::Keyring | Home::Session => {}
            }
            if let Some(key) = self.read_from_keyring(&known).await? {
                return Ok(key);
            }
            if store.seals_anything(&known.id).await? {
                return Err(Problem::KeyringKeyLost);
            }
            store.forget_unused_key(&known.id).await?;
        }
        Err(Problem::DatabaseBusy)
    }

    /// Puts a new key into the keyring and makes it known; `None` if another was faster.
    async fn keep_new_key(&self, key: Arc<DataKey>) -> Outcome<Option<DataKey>> {
        let entry = self.entry(key.id());
        let asked = Arc::clone(&key);
        let kept = keyring::ask(&self.0.keyring, move |keyring| {
            keyring.write(&entry, asked.expose())?;
            keyring.read(&entry)
        })
        .await?;
        let kept = kept.and_then(|kept| DataKey::from_parts(key.id(), &kept));
        let Some(kept) = kept.filter(|kept| kept.expose() == key.expose()) else {
            let detail = "it did not keep the key".to_owned();
            return Err(Problem::KeyringRefused { detail });
        };
        if self.0.store.register_keyring_key(&kept).await? {
            return Ok(Some(kept));
        }
        let entry = self.entry(key.id());
        // An entry that stays is a key that nothing is sealed with.
        drop(keyring::ask(&self.0.keyring, move |keyring| keyring.delete(&entry)).await);
        Ok(None)
    }

    /// A key that fits, or `None` if the keyring has none or another.
    async fn read_from_keyring(&self, known: &KnownKey) -> Outcome<Option<DataKey>> {
        let entry = self.entry(&known.id);
        let kept = keyring::ask(&self.0.keyring, move |keyring| keyring.read(&entry)).await?;
        let key = kept.and_then(|kept| DataKey::from_parts(&known.id, &kept));
        Ok(key.filter(|key| key.fits(&known.check)))
    }

    /// Makes a durable key the one at hand; what the session before sealed moves over.
    async fn take_over(&self, key: DataKey, home: Home, session: Option<OpenKey>) -> Outcome<()> {
        if let Some(session) = session {
            self.0.store.move_sealed(&session.key, &key, true).await?;
            drop(std::fs::remove_file(self.session_file(session.key.id())));
        }
        self.set_state(State::Open(OpenKey {
            key: Arc::new(key),
            home,
            _session: None,
        }));
        Ok(())
    }

    /// A passphrase that was set while the keyring was away left values that only the keyring's
    /// key opens. When the keyring is back, they are sealed by the passphrase's key.
    async fn adopt_former_keys(&self) {
        let adopt = async {
            let open = self.key()?;
            for known in self.0.store.former_keyring_keys().await? {
                if let Some(former) = self.read_from_keyring(&known).await? {
                    let store = &self.0.store;
                    store.move_sealed(&former, &open.key, false).await?;
                }
            }
            Ok::<(), Problem>(())
        };
        if let Err(problem) = adopt.await {
            tracing::info!("values under a former key stay as they are: {problem:?}");
        }
    }

    async fn clear_ended_sessions(&self) -> Outcome<()> {
        for known in self.0.store.session_keys().await? {
            let path = self.session_file(&known.id);
            let file = match File::open(&path) {
                Ok(file) => Some(file),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
                Err(_) => continue,
            };
            match file.as_ref().map(File::try_lock) {
                None | Some(Ok(())) => {}
                Some(Err(TryLockError::WouldBlock | TryLockError::Error(_))) => continue,
            }
            self.0.store.forget_key(&known.id).await?;
            drop(file);
            drop(std::fs::remove_file(&path));
        }
        Ok(())
    }

    fn entry(&self, key_id: &[u8]) -> KeyringEntry {
        let KeyringEntry { service, user } = &self.0.entry;
        KeyringEntry {
            service: service.clone(),
            user: format!("{user} {}", DataKey::name(key_id)),
        }
    }

    fn session_file(&self, key_id: &[u8]) -> PathBuf {
        let name = format!("session-{}.lock", DataKey::name(key_id));
        self.0.store.folder().join(name)
    }

    fn inner_state(&self) -> State {
        let state = self.0.state.read();
        state.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_state(&self, state: State) {
        *self.0.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }

    /// A session goes on when the keyring still is not there.
    fn close_unless_open(&self, problem: Problem) {
        if let State::Closed(_) = self.inner_state() {
            self.set_state(State::Closed(problem));
        }
    }
}

/// More than once only when two windows start together for the first time.
const KEYRING_TRIES: usize = 4;
