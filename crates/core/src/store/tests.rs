//! Tests of the store and the vault, on real files.

mod accounts;
mod candidates;
mod check_reports;
mod copies;
mod files;
mod grants;
mod kinds;
mod processes;
mod shared;
mod switched;
mod vault;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;
use crate::account::{AccountDraft, CheckedDraft, EndpointDraft, Purpose, TlsMode};
use crate::diagnosis::AccountKind;
use crate::secret::Secret;

/// A store with an open vault in a folder of its own.
struct Shop {
    store: Store,
    vault: Vault,
    keyring: Arc<ScriptedKeyring>,
    folder: TempDir,
}

impl Shop {
    async fn open() -> Self {
        // Shop owners' user names are often Japanese, and with spaces.
        let folder = tempfile::Builder::new()
            .prefix("花屋 100%#")
            .tempdir()
            .unwrap();
        let keyring = Arc::new(ScriptedKeyring::default());
        let store = Store::open(folder.path()).await.unwrap();
        let vault = open_vault(&store, &keyring).await;
        Self {
            store,
            vault,
            keyring,
            folder,
        }
    }

    /// Closes everything and opens it again, as a new start of the program.
    async fn restart(self) -> Self {
        let Self {
            store,
            vault,
            keyring,
            folder,
        } = self;
        drop(vault);
        store.close().await;
        let store = Store::open(folder.path()).await.unwrap();
        let vault = open_vault(&store, &keyring).await;
        Self {
            store,
            vault,
            keyring,
            folder,
        }
    }

    /// A second window on the same folder.
    async fn second(&self) -> (Store, Vault) {
        let store = Store::open(self.folder.path()).await.unwrap();
        let vault = open_vault(&store, &self.keyring).await;
        (store, vault)
    }

    /// Windows deletes no open file.
    async fn close(self) {
        self.store.close().await;
        self.folder.close().unwrap();
    }
}

async fn open_vault(store: &Store, keyring: &Arc<ScriptedKeyring>) -> Vault {
    let entry = KeyringEntry {
        service: "Ninka test".to_owned(),
        user: "key".to_owned(),
    };
    Vault::open(store, Arc::clone(keyring) as Arc<dyn KeyringPort>, entry).await
}

fn now() -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap()
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn typed(address: &str, oauth: bool) -> AccountDraft {
    let server = |host: &str, port| {
        Some(EndpointDraft {
            host: host.to_owned(),
            port,
            tls: TlsMode::Implicit,
        })
    };
    AccountDraft {
        address: address.to_owned(),
        name: "本店".to_owned(),
        purpose: Purpose::Unspecified,
        oauth,
        signs_in: None,
        user: String::new(),
        password: (!oauth).then(|| secret("pass-phrase-of-the-shop")),
        pop3: if oauth {
            None
        } else {
            server("pop.hana.example", 995)
        },
        imap: None,
        smtp: if oauth {
            None
        } else {
            server("smtp.hana.example", 465)
        },
        writing: crate::charset::Writing::default(),
    }
}

fn oauth(address: &str) -> CheckedDraft {
    typed(address, true).check(false).unwrap()
}

fn by_password(address: &str) -> CheckedDraft {
    typed(address, false).check(false).unwrap()
}

fn grant(token: &str) -> Grant {
    Grant {
        refresh_token: secret(token),
        renewed_at: now(),
        scopes: vec![
            "offline_access".to_owned(),
            "https://outlook.office.com/SMTP.Send".to_owned(),
        ],
        signed_in_as: "order@hana.example".to_owned(),
        client_id: "client".to_owned(),
        authority: "https://login.microsoftonline.com/common".to_owned(),
        kind: AccountKind::Unknown,
    }
}

/// What the disk under a store can come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DiskTrouble {
    /// There is no room for another page.
    Full,
    /// It can only be read.
    ReadOnly,
    /// None.
    Gone,
}

impl Store {
    /// Lets SQLite answer from now on as on such a disk, until a connection was given up.
    pub(crate) async fn meets(&self, trouble: DiskTrouble) {
        let pragmas = match trouble {
            DiskTrouble::Full => ["PRAGMA max_page_count = 1", "PRAGMA query_only = 0"],
            DiskTrouble::ReadOnly => ["PRAGMA max_page_count = 100000", "PRAGMA query_only = 1"],
            DiskTrouble::Gone => ["PRAGMA max_page_count = 100000", "PRAGMA query_only = 0"],
        };
        let mut held = Vec::new();
        for _ in 0..4 {
            let mut connection = self.pool().acquire().await.unwrap();
            for pragma in pragmas {
                sqlx::query(pragma).execute(&mut *connection).await.unwrap();
            }
            held.push(connection);
        }
    }
}

impl Store {
    /// What is sealed for an account, as it lies there.
    pub(crate) async fn sealed_of(&self, id: crate::account::AccountId) -> Vec<Vec<u8>> {
        sqlx::query_scalar("SELECT sealed FROM secret WHERE account_id = ?1")
            .bind(id.0)
            .fetch_all(self.pool())
            .await
            .unwrap()
    }
}

/// Every byte of every file of the folder.
pub(crate) fn bytes_on_disk(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // Nothing is in the shared-memory file but page numbers, and Windows locks it.
        if path
            .extension()
            .is_none_or(|extension| extension != "db-shm")
        {
            bytes.extend(std::fs::read(path).unwrap_or_default());
        }
    }
    bytes
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}
