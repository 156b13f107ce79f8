//! `ninka backup` and `ninka restore`: everything in one sealed file. The passphrase never stands on
//! the command line.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ninka_core::secret::Secret;
use ninka_core::view::BackupView;
use ninka_core::{Ninka, Problem};

use crate::output::Output;
use crate::{Ended, Verdict, typed};

/// Seals the backup.
const VARIABLE: &str = "NINKA_BACKUP_PASSPHRASE";

/// Writes a backup.
pub(crate) async fn make(file: &Path, json: bool, ninka: &Ninka, output: &Output) -> Ended {
    let passphrase = passphrase(true, output)?;
    let made = ninka.back_up(file, passphrase).await?;
    if json {
        output.json(&made)?;
        return Ok(Verdict::Well);
    }
    output.line(&said("cli-backup-made", &made, output));
    if made.without > 0 {
        output.line(&said("cli-backup-without", &made, output));
    }
    Ok(Verdict::Well)
}

/// Shows a backup; brings it back if told so.
pub(crate) async fn restore(
    file: &Path,
    (yes, json): (bool, bool),
    ninka: &Ninka,
    output: &Output,
) -> Ended {
    let passphrase = passphrase(false, output)?;
    let found = if yes {
        ninka.restore(file, passphrase).await?
    } else {
        ninka.inspect_backup(file, passphrase).await?
    };
    if json {
        output.json(&found)?;
    } else {
        output.line(&said("cli-backup-holds", &found, output));
    }
    if yes {
        output.progress(&said("cli-restored", &found, output));
        output.progress(&output.language().plain("backup-one-computer"));
        return Ok(Verdict::Well);
    }
    if found.here > 0 {
        return Err(Problem::RestoreNotEmpty { count: found.here });
    }
    output.progress(&output.language().plain("cli-restore-not-yet"));
    Ok(Verdict::Well)
}

fn said(text: &str, backup: &BackupView, output: &Output) -> String {
    let at = Timestamp::from_second(backup.made_at).unwrap_or_default();
    let at = at.to_zoned(TimeZone::system());
    let params = [
        ("path", backup.path.clone()),
        ("version", backup.version.clone()),
        ("at", at.strftime("%Y-%m-%d %H:%M").to_string()),
        ("accounts", backup.accounts.to_string()),
        ("without", backup.without.to_string()),
    ];
    output.language().text(text, params)
}

/// From the environment, the terminal or the standard input.
fn passphrase(new: bool, output: &Output) -> Result<Secret, Problem> {
    if let Ok(given) = std::env::var(VARIABLE) {
        return Ok(Secret::new(given));
    }
    let ask = |text| output.language().plain(text);
    let prompt = ask("cli-backup-passphrase");
    if new {
        let typed = typed::new_secret(&prompt, &ask("cli-backup-again"))?;
        return typed.ok_or(Problem::PassphraseWrong);
    }
    typed::secret(&prompt)
}
