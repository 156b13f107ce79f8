//! Tests of the façade against ends that no real service shows on demand: killed at any point, a
//! disk that is full or read-only. A sign-in service of their own keeps the books.

mod full;
mod kills;
mod ledger;
mod needs;
mod permissions;
mod reports;
mod safe;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rustls_pki_types::CertificateDer;
use zeroize::Zeroizing;

use super::{FixedProvider, Ninka, Options};
use crate::account::{Endpoint, Host, Port, Servers, TlsMode};
use crate::authorization::BrowserPort;
use crate::clock::SharedClock;
use crate::cloud::{Authority, Cloud};
use crate::store::{DiskTrouble, KeyringEntry, KeyringFault, KeyringPort, Store};
use crate::tls::Trust;

/// A keyring that outlives its process: a file.
#[derive(Debug)]
struct FileKeyring(PathBuf);

impl FileKeyring {
    fn file(&self, entry: &KeyringEntry) -> PathBuf {
        self.0.join(entry.user.replace(' ', "-"))
    }
}

impl KeyringPort for FileKeyring {
    fn read(&self, entry: &KeyringEntry) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringFault> {
        Ok(std::fs::read(self.file(entry)).ok().map(Zeroizing::new))
    }

    fn write(&self, entry: &KeyringEntry, key: &[u8]) -> Result<(), KeyringFault> {
        // As a whole or not at all, as the systems' keyrings do.
        let draft = self.0.join(format!("draft-{}", std::process::id()));
        std::fs::write(&draft, key)
            .and_then(|()| std::fs::rename(&draft, self.file(entry)))
            .map_err(|fault| KeyringFault::Refused(fault.to_string()))
    }

    fn delete(&self, entry: &KeyringEntry) -> Result<(), KeyringFault> {
        drop(std::fs::remove_file(self.file(entry)));
        Ok(())
    }
}

/// A browser whose user signs in at once: the address bar follows the redirect.
#[derive(Debug, Default)]
struct AtOnce {
    /// How often it was opened.
    opened: AtomicUsize,
    /// The disk is full by the time that the user has signed in.
    fills: Mutex<Option<Store>>,
}

impl BrowserPort for AtOnce {
    fn open(&self, url: &str) -> anyhow::Result<()> {
        self.opened.fetch_add(1, Ordering::SeqCst);
        let fills = self.fills.lock().ok().and_then(|mut fills| fills.take());
        let url = url.to_owned();
        let http = crate::tls::loopback_http_client(&Trust::platform())
            .map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
        tokio::runtime::Handle::current().spawn(async move {
            if let Some(store) = fills {
                store.meets(DiskTrouble::Full).await;
            }
            let answer = http.get(&url).send().await.unwrap();
            let back = answer.headers()["location"].to_str().unwrap().to_owned();
            // Whoever waits for it may be killed by now.
            drop(http.get(back).send().await);
        });
        Ok(())
    }
}

/// What a process needs to reach the ledger.
struct Place {
    folder: PathBuf,
    authority: String,
    pop3: u16,
    certificate: CertificateDer<'static>,
    clock: SharedClock,
}

impl Place {
    fn keyring(&self) -> Arc<FileKeyring> {
        keyring(&self.folder)
    }

    async fn open(&self, browser: Arc<AtOnce>) -> Ninka {
        let trust = Trust::only([self.certificate.clone()]).unwrap();
        let pop3 = Endpoint {
            host: Host::new("localhost").unwrap(),
            port: Port::new(i64::from(self.pop3)).unwrap(),
            tls: TlsMode::Implicit,
        };
        let provider = FixedProvider {
            client_id: ledger::CLIENT.to_owned(),
            cloud: Cloud::Custom(Authority::new(&self.authority).unwrap()),
            servers: Servers {
                pop3: Some(pop3),
                ..Servers::default()
            },
            withdrawal: None,
            extra_trust: None,
        };
        let mut options = Options::new(self.folder.join("店"), self.keyring(), browser);
        options.clock = Arc::clone(&self.clock);
        options.trust = trust;
        options.neighbours = Some(Vec::new());
        options.provider = Some(provider);
        Ninka::open(options).await.unwrap()
    }
}

fn keyring(folder: &Path) -> Arc<FileKeyring> {
    Arc::new(FileKeyring(folder.to_owned()))
}
