//! The file of a sealed backup: an age file (<https://age-encryption.org/v1>) under a passphrase,
//! which `age --decrypt` opens too. In it: a line that names it, what it holds as JSON, the data
//! key, and the database as SQLite writes it. Reading trusts nothing: not the size, not the cost of
//! the passphrase, not the contents. Performs I/O, on the caller's thread.

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::Path;

use age::{DecryptError, Decryptor, Encryptor};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::problem::{Outcome, Problem};
use crate::secret::Secret;

/// The largest database that is read: far more than ten thousand accounts with their history.
const LARGEST: u64 = 4 * 1024 * 1024 * 1024;

/// What scrypt spends, as a power of two: 128 MiB and a third of a second on a shop's computer.
const WORK: u8 = if cfg!(test) { 4 } else { 17 };
/// What scrypt may be asked for by a file: four times as much. Other programs write 18.
const WORK_MOST: u8 = 19;

/// How a file under a passphrase begins.
const AGE: &[u8] = b"age-encryption.org/v1\n-> scrypt ";
/// An age header under a passphrase is below 200 octets.
const AGE_HEADER: usize = 1024;
/// How its last line begins.
const AGE_END: &[u8] = b"\n--- ";

/// How the contents begin.
const NAME: &[u8] = b"ninka backup\n";
/// What the contents' description may have.
const ABOUT: u32 = 4096;
/// The form of the contents that this program writes and reads.
const FORM: u32 = 1;

/// What a backup holds, nothing of it secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The form of the contents.
    form: u32,
    /// The version of the program that wrote it.
    pub version: String,
    /// When, in Unix seconds.
    pub made_at: i64,
    /// How many accounts.
    pub accounts: i64,
}

impl About {
    /// Of a backup that this program writes.
    #[must_use]
    pub fn new(made_at: i64, accounts: i64) -> Self {
        Self {
            form: FORM,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            accounts,
        }
    }
}

/// The data key as it travels: its id and itself.
pub type Key = ([u8; 16], Zeroizing<[u8; 32]>);

/// Writes a backup to a new file: whole or not at all. On Unix it is for its owner only; elsewhere
/// the folder's rights apply.
///
/// # Errors
/// [`Problem::FileUnwritable`], also where a file of that name is there already.
pub fn write(
    file: &Path,
    passphrase: &Secret,
    about: &About,
    (key_id, key): &Key,
    database: &Path,
) -> Outcome<()> {
    let written = || -> std::io::Result<()> {
        let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(|| Path::new("."));
        if file.exists() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let beside = tempfile::Builder::new()
            .prefix(".ninka-backup-")
            .tempfile_in(folder)?;
        let mut recipient = age::scrypt::Recipient::new(passphrase.expose().to_owned().into());
        recipient.set_work_factor(WORK);
        let sealing = Encryptor::with_recipients(std::iter::once(&recipient as _))
            .map_err(std::io::Error::other)?;
        let mut sealed = sealing.wrap_output(std::io::BufWriter::new(beside.as_file()))?;
        let said = serde_json::to_vec(about)?;
        let length = u32::try_from(said.len()).map_err(std::io::Error::other)?;
        sealed.write_all(NAME)?;
        sealed.write_all(&length.to_be_bytes())?;
        sealed.write_all(&said)?;
        sealed.write_all(key_id)?;
        sealed.write_all(key.as_slice())?;
        std::io::copy(&mut File::open(database)?, &mut sealed)?;
        sealed.finish()?.flush()?;
        beside.as_file().sync_all()?;
        beside.persist_noclobber(file)?;
        // The name is on the disk, too, where a folder can be flushed.
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        Ok(())
    };
    written().map_err(|fault| {
        tracing::warn!("a backup was not written: {fault}");
        Problem::FileUnwritable {
            path: file.display().to_string(),
        }
    })
}

/// A backup that was opened; the database is still to be read.
pub struct Opened {
    /// What it holds.
    pub about: About,
    /// The key of what is sealed in its database.
    pub key: Key,
    contents: Box<dyn Read + Send>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened")
            .field("about", &self.about)
            .finish_non_exhaustive()
    }
}

/// Opens a backup.
///
/// # Errors
/// [`Problem::FileUnreadable`]; [`Problem::NotABackup`]; [`Problem::BackupTooCostly`];
/// [`Problem::PassphraseWrong`]; [`Problem::BackupDamaged`]; [`Problem::BackupNewer`].
pub fn open(file: &Path, passphrase: &Secret) -> Outcome<Opened> {
    let unreadable = || Problem::FileUnreadable {
        path: file.display().to_string(),
    };
    let mut sealed =
        BufReader::with_capacity(64 * 1024, File::open(file).map_err(|_| unreadable())?);
    // What cannot be the header is not given to its parser, which reads as long as there is any.
    let begin = sealed.fill_buf().map_err(|_| unreadable())?;
    let header = begin.get(..AGE_HEADER).unwrap_or(begin);
    let ended = header.windows(AGE_END.len()).any(|at| at == AGE_END);
    if !header.starts_with(AGE) {
        return Err(Problem::NotABackup);
    }
    if !ended {
        return Err(Problem::BackupDamaged);
    }
    let sealed = Decryptor::new_buffered(sealed).map_err(|_| Problem::BackupDamaged)?;
    let mut identity = age::scrypt::Identity::new(passphrase.expose().to_owned().into());
    identity.set_max_work_factor(WORK_MOST);
    let mut contents = sealed
        .decrypt(std::iter::once(&identity as _))
        .map_err(refused)?;
    let mut name = [0; NAME.len()];
    fill(&mut contents, &mut name)?;
    if name != NAME {
        return Err(Problem::NotABackup);
    }
    let mut length = [0; 4];
    fill(&mut contents, &mut length)?;
    let length = u32::from_be_bytes(length);
    if length > ABOUT {
        return Err(Problem::BackupDamaged);
    }
    let mut said = vec![0; length as usize];
    fill(&mut contents, &mut said)?;
    let about: About = serde_json::from_slice(&said).map_err(|_| Problem::BackupDamaged)?;
    if about.form > FORM {
        return Err(Problem::BackupNewer {
            version: printable(&about.version),
        });
    }
    let (mut key_id, mut key) = ([0; 16], Zeroizing::new([0; 32]));
    fill(&mut contents, &mut key_id)?;
    fill(&mut contents, key.as_mut_slice())?;
    Ok(Opened {
        about: About {
            version: printable(&about.version),
            ..about
        },
        key: (key_id, key),
        contents: Box::new(contents),
    })
}

impl Opened {
    /// Writes the database to a file. Every octet was proven to be as it was written.
    ///
    /// # Errors
    /// [`Problem::BackupDamaged`]; [`Problem::BackupTooLarge`]; [`Problem::FileUnwritable`].
    pub fn database_to(self, file: &Path) -> Outcome<()> {
        let unwritable = || Problem::FileUnwritable {
            path: file.display().to_string(),
        };
        let mut into = File::create_new(file).map_err(|_| unwritable())?;
        let mut contents = self.contents.take(LARGEST + 1);
        let (mut buffer, mut read) = (vec![0; 64 * 1024], 0_u64);
        loop {
            let count = contents
                .read(&mut buffer)
                .map_err(|_| Problem::BackupDamaged)?;
            let Some(some) = buffer.get(..count).filter(|some| !some.is_empty()) else {
                return Ok(());
            };
            read = read.saturating_add(count as u64);
            if read > LARGEST {
                return Err(Problem::BackupTooLarge);
            }
            into.write_all(some).map_err(|_| unwritable())?;
        }
    }
}

fn fill(contents: &mut impl Read, into: &mut [u8]) -> Outcome<()> {
    contents
        .read_exact(into)
        .map_err(|_| Problem::BackupDamaged)
}

/// What stands in a file is shown to a person: short, and without what moves a terminal's cursor.
fn printable(text: &str) -> String {
    let printed = text.chars().filter(|each| !each.is_control());
    printed.take(40).collect()
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "age's errors are open-ended"
)]
fn refused(fault: DecryptError) -> Problem {
    match fault {
        DecryptError::ExcessiveWork { .. } => Problem::BackupTooCostly,
        DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed
        | DecryptError::NoMatchingKeys => Problem::PassphraseWrong,
        _ => Problem::BackupDamaged,
    }
}
