//! What the whole-product tests hold against everything that the product writes: the secrets that
//! the tenant issued or was told. Only builds for development keep such a register, and only where
//! the tests name a folder for it.

#[cfg(debug_assertions)]
mod kept {
    use std::fs::{File, OpenOptions};
    use std::io::Write as _;
    use std::path::PathBuf;
    use std::sync::OnceLock;

    use serde_json::json;

    /// Names the folder. Set by `cargo xtask test` alone.
    const PLACE: &str = "NINKA_SECRETS";

    static FILE: OnceLock<Option<File>> = OnceLock::new();

    pub(crate) fn secret(kind: &str, value: &str) {
        let Some(mut file) = FILE.get_or_init(open).as_ref() else {
            return;
        };
        let line = format!("{}\n", json!({ "kind": kind, "value": value }));
        if let Err(fault) = file.write_all(line.as_bytes()) {
            tracing::error!(%fault, "the tests' register was not written");
        }
    }

    fn open() -> Option<File> {
        let folder = PathBuf::from(std::env::var_os(PLACE)?).join("register");
        let name = format!("practice-{}.jsonl", std::process::id());
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        options.open(folder.join(name)).ok()
    }
}

/// Notes a secret in the tests' register, where there is one.
#[cfg(debug_assertions)]
pub(crate) use kept::secret;

/// Notes nothing.
#[cfg(not(debug_assertions))]
pub(crate) fn secret(_kind: &str, _value: &str) {}
