//! What a person types, or a script puts into the standard input line by line. Secrets come in this
//! way only: a command line can be seen by others.

use std::io::{BufRead as _, IsTerminal as _, Read as _};

use ninka_core::Problem;
use ninka_core::secret::Secret;

/// Longer than any password, shorter than a file piped in by mistake.
const LONGEST: u64 = 4_096;

/// Whether somebody can be asked.
pub(crate) fn is_terminal() -> bool {
    std::io::stdin().is_terminal()
}

/// One line of the standard input, without its end.
pub(crate) fn line() -> Result<String, Problem> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .take(LONGEST)
        .read_line(&mut line)
        .map_err(anyhow::Error::from)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// A secret: asked for without showing it, or the next line of the standard input.
pub(crate) fn secret(prompt: &str) -> Result<Secret, Problem> {
    if is_terminal() {
        let typed = rpassword::prompt_password(format!("{prompt}: "));
        return Ok(Secret::new(typed.map_err(anyhow::Error::from)?));
    }
    Ok(Secret::new(line()?))
}

/// A new secret: at a terminal it is typed twice. `None` where the two differ.
pub(crate) fn new_secret(prompt: &str, again: &str) -> Result<Option<Secret>, Problem> {
    let typed = secret(prompt)?;
    if is_terminal() && secret(again)?.expose() != typed.expose() {
        return Ok(None);
    }
    Ok(Some(typed))
}
