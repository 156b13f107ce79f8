//! The vault on a real keyring: on Linux a gnome-keyring in a D-Bus session of its own, which this
//! test starts by itself; on Windows the Credential Manager. macOS is left out: its Keychain asks
//! whoever sits at the screen. The faults of a keyring are tested in the store, with a fake.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::unwrap_in_result,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops by panicking and says what it left out"
)]

#[cfg(any(target_os = "linux", windows))]
mod real {
    use std::collections::BTreeSet;
    use std::path::Path;
    use std::sync::{Arc, Mutex};

    use ninka_core::account::{AccountDraft, Purpose, Revision};
    use ninka_core::secret::Secret;
    use ninka_core::store::{
        Grant, KeyringEntry, KeyringFault, KeyringPort, Store, SystemKeyring, Vault, VaultState,
    };
    use zeroize::Zeroizing;

    /// The system's keyring, with a list of what was put into it, so that nothing stays there.
    #[derive(Debug, Default)]
    struct Listed {
        written: Mutex<BTreeSet<KeyringEntry>>,
    }

    impl Listed {
        fn written(&self) -> Vec<KeyringEntry> {
            self.written.lock().unwrap().iter().cloned().collect()
        }
    }

    impl KeyringPort for Listed {
        fn read(&self, entry: &KeyringEntry) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringFault> {
            SystemKeyring.read(entry)
        }

        fn write(&self, entry: &KeyringEntry, key: &[u8]) -> Result<(), KeyringFault> {
            self.written.lock().unwrap().insert(entry.clone());
            SystemKeyring.write(entry, key)
        }

        fn delete(&self, entry: &KeyringEntry) -> Result<(), KeyringFault> {
            SystemKeyring.delete(entry)
        }
    }

    async fn open(folder: &Path, keyring: &Arc<Listed>) -> (Store, Vault) {
        let store = Store::open(folder).await.unwrap();
        let entry = KeyringEntry {
            service: "Ninka (テスト)".to_owned(),
            user: "key".to_owned(),
        };
        let keyring = Arc::clone(keyring) as Arc<dyn KeyringPort>;
        let vault = Vault::open(&store, keyring, entry).await;
        (store, vault)
    }

    /// What a shop does: authorize, start again, put it under a passphrase.
    pub(super) async fn keeps_the_key() {
        let folder = tempfile::tempdir().unwrap();
        let keyring = Arc::new(Listed::default());
        let (store, vault) = open(folder.path(), &keyring).await;
        assert_eq!(vault.state(), VaultState::Keyring);
        vault.write_test().await.unwrap();
        let now = jiff::Timestamp::from_second(1_790_000_000).unwrap();
        let draft = AccountDraft {
            address: "order@hana.example".to_owned(),
            name: String::new(),
            purpose: Purpose::Unspecified,
            oauth: true,
            signs_in: None,
            user: String::new(),
            password: None,
            pop3: None,
            imap: None,
            smtp: None,
            writing: ninka_core::charset::Writing::default(),
        };
        let draft = draft.check(false).unwrap();
        let id = store.insert_account(&vault, &draft, now).await.unwrap();
        let token = "t".repeat(4_000);
        let grant = Grant {
            refresh_token: Secret::new(token.clone()),
            renewed_at: now,
            scopes: Vec::new(),
            signed_in_as: String::new(),
            client_id: String::new(),
            authority: String::new(),
            kind: ninka_core::kind::AccountKind::Unknown,
        };
        store
            .put_grant(&vault, id, Revision(1), &grant)
            .await
            .unwrap();
        store.close().await;

        let (store, vault) = open(folder.path(), &keyring).await;
        assert_eq!(vault.state(), VaultState::Keyring);
        let kept = store.grant(&vault, id).await.unwrap().unwrap();
        assert_eq!(kept.refresh_token.expose(), token);
        let written = keyring.written();
        assert_eq!(written.len(), 1);
        assert_eq!(SystemKeyring.read(&written[0]).unwrap().unwrap().len(), 32);

        let passphrase = Secret::new("花屋の金庫の合言葉です。".to_owned());
        vault.set_passphrase(passphrase).await.unwrap();
        assert_eq!(SystemKeyring.read(&written[0]), Ok(None));
        SystemKeyring.delete(&written[0]).unwrap();
        store.close().await;
    }

    /// A computer whose keyring has one of these faults.
    #[cfg(target_os = "linux")]
    pub(super) async fn is_told(faults: &[KeyringFault]) {
        let entry = KeyringEntry {
            service: "Ninka (テスト)".to_owned(),
            user: "key".to_owned(),
        };
        let fault = SystemKeyring.write(&entry, &[1; 32]).unwrap_err();
        assert!(faults.contains(&fault), "{fault:?}");
        let folder = tempfile::tempdir().unwrap();
        let (store, vault) = open(folder.path(), &Arc::default()).await;
        assert_eq!(vault.state(), VaultState::Closed(fault.into()));
        store.close().await;
    }
}

#[cfg(windows)]
#[tokio::test]
async fn the_credential_manager_keeps_the_key() {
    real::keeps_the_key().await;
}

#[cfg(target_os = "linux")]
mod linux {
    use std::process::Command;

    use ninka_core::store::KeyringFault;

    /// Starts this test program again for an ignored test, in a session with nothing of the
    /// user's own. `script` is run by `sh`; `"$@"` in it is the program.
    fn in_a_session(script: &str, test: &str) {
        let home = tempfile::tempdir().unwrap();
        let output = Command::new("dbus-run-session")
            .args(["--", "sh", "-c", script, "sh"])
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", test, "--ignored", "--nocapture"])
            .env("HOME", home.path())
            .env("XDG_RUNTIME_DIR", home.path())
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env("XDG_CONFIG_HOME", home.path().join("config"))
            .env("XDG_CACHE_HOME", home.path().join("cache"))
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .output()
            .expect("dbus-run-session is needed (Debian: dbus-daemon, gnome-keyring)");
        let said = String::from_utf8_lossy(&output.stdout);
        let complained = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && said.contains("1 passed"),
            "{said}\n{complained}"
        );
    }

    #[test]
    fn gnome_keyring_keeps_the_key() {
        let script = r#"
            command -v gnome-keyring-daemon >/dev/null || { echo "no gnome-keyring" >&2; exit 1; }
            printf 'password' | gnome-keyring-daemon --unlock --components=secrets --daemonize
            "$@""#;
        in_a_session(script, "linux::with_gnome_keyring");
    }

    #[tokio::test]
    #[ignore = "needs a session of its own"]
    async fn with_gnome_keyring() {
        super::real::keeps_the_key().await;
    }

    #[test]
    fn a_session_without_a_keyring_is_told() {
        let script = r#"DBUS_SESSION_BUS_ADDRESS="unix:path=$HOME/no-bus" exec "$@""#;
        in_a_session(script, "linux::without_keyring");
    }

    #[tokio::test]
    #[ignore = "needs a session of its own"]
    async fn without_keyring() {
        super::real::is_told(&[KeyringFault::Missing]).await;
    }

    #[test]
    fn a_locked_keyring_that_nobody_unlocks_is_told() {
        // The first daemon makes the keyring; the second one finds it and has no password. There
        // is no screen on which it could ask for one.
        let script = r#"
            printf 'password' | gnome-keyring-daemon --unlock --components=secrets --foreground &
            first=$!
            until ls "$XDG_DATA_HOME"/keyrings/*.keyring >/dev/null 2>&1; do sleep 0.1; done
            kill $first; wait $first
            gnome-keyring-daemon --start --components=secrets --foreground >/dev/null &
            "$@""#;
        in_a_session(script, "linux::with_locked_keyring");
    }

    #[tokio::test]
    #[ignore = "needs a session of its own"]
    async fn with_locked_keyring() {
        super::real::is_told(&[KeyringFault::Locked]).await;
    }
}

#[cfg(target_os = "macos")]
#[test]
fn left_out_on_macos() {
    println!("nothing ran: the Keychain would ask whoever sits at the screen");
}
