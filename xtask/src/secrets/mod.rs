//! `cargo xtask test secrets`: no token, code, verifier, password or passphrase of the tests that ran
//! before lies in a database, WAL, log, trace, output, command line or message between window and
//! core. The tests leave a register and the places; here one is held against the other.

mod forms;
mod places;
pub(crate) mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;

use crate::shell;
use places::Place;

/// Names the folder for the tests and for what they start.
pub(crate) const VARIABLE: &str = "NINKA_SECRETS";
/// What the tests must have made of each kind, or they did not really run.
const KINDS: [(&str, usize); 6] = [
    ("access token", 100),
    ("refresh token", 100),
    ("code", 20),
    ("verifier", 20),
    ("password", 5),
    ("passphrase", 1),
];
/// As many findings are told.
const TOLD: usize = 20;
/// Shorter ones would be found by chance; the tests register none of their own.
const SHORTEST: usize = 8;

/// A line of the register.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Secret {
    kind: String,
    value: String,
}

/// What was scanned.
#[derive(Debug, Default, PartialEq, Eq)]
struct Scanned {
    secrets: BTreeMap<String, usize>,
    /// Files by kind of place.
    places: BTreeMap<Place, usize>,
    octets: usize,
}

/// The folder of a step, emptied for a new run.
pub(crate) fn begin(step: &str) -> Result<PathBuf> {
    let folder = root().join(step);
    shell::remove_folder(&folder)?;
    for part in ["register", "places"] {
        fs::create_dir_all(folder.join(part))?;
    }
    Ok(folder)
}

fn root() -> PathBuf {
    shell::target().join("secrets")
}

/// Scans what the steps before have left.
pub(crate) fn check() -> Result<()> {
    let scanned = scan(&root())?;
    for (kind, least) in KINDS {
        let found = scanned.secrets.get(kind).copied().unwrap_or_default();
        ensure!(
            found >= least,
            "the register holds {found} of kind `{kind}`, and {least} are the least: run the steps \
             `servers` and `window` before"
        );
    }
    for place in Place::ALL {
        let found = scanned.places.contains_key(&place);
        ensure!(found, "nothing of `{place:?}` was kept to be scanned");
    }
    println!("{scanned:#?}");
    Ok(())
}

fn scan(root: &Path) -> Result<Scanned> {
    let mut secrets = BTreeSet::new();
    let mut files = Vec::new();
    for step in places::entries(root)? {
        for file in places::files(&step.join("register"))? {
            let text = fs::read_to_string(&file)?;
            for line in text.lines() {
                let secret: Secret =
                    serde_json::from_str(line).with_context(|| file.display().to_string())?;
                secrets.insert(secret);
            }
        }
        files.extend(places::files(&step.join("places"))?);
    }
    secrets.retain(|secret| secret.value.len() >= SHORTEST);
    ensure!(!secrets.is_empty(), "there is no register of secrets");
    let mut scanned = Scanned::default();
    let mut patterns: BTreeMap<Vec<u8>, &Secret> = BTreeMap::new();
    for secret in &secrets {
        *scanned.secrets.entry(secret.kind.clone()).or_default() += 1;
        for form in forms::of(&secret.value) {
            patterns.insert(form, secret);
        }
    }
    let (patterns, owners): (Vec<_>, Vec<_>) = patterns.into_iter().unzip();
    let automaton = AhoCorasick::new(&patterns)?;
    let mut found = BTreeSet::new();
    for file in files {
        let Some(place) = Place::of(&file) else {
            continue;
        };
        *scanned.places.entry(place).or_default() += 1;
        let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
        scanned.octets += bytes.len();
        for (number, part) in place.parts(&bytes).enumerate() {
            for hit in automaton.find_overlapping_iter(part) {
                let Some(secret) = owners.get(hit.pattern().as_usize()) else {
                    continue;
                };
                if !place.may_hold(part, &secret.kind) {
                    found.insert(format!(
                        "{} in {place:?}: {}, part {}",
                        secret.kind,
                        file.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    if !found.is_empty() {
        let told: Vec<String> = found.iter().take(TOLD).cloned().collect();
        bail!("{} secrets are found:\n{}", found.len(), told.join("\n"));
    }
    Ok(scanned)
}

#[cfg(test)]
mod tests;
