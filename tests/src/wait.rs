//! Waiting for something that another process does: asked again and again, with a deadline.
//! The pause between two questions is no race: only the answer counts, never the time.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Long enough for a machine that is busy with other things; what is awaited takes a tenth.
pub const PATIENCE: Duration = Duration::from_secs(30);

const PAUSE: Duration = Duration::from_millis(20);

/// Asks until there is an answer.
///
/// # Errors
/// The question's own, or that `limit` is over.
pub fn until<T>(
    what: &str,
    limit: Duration,
    mut question: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let begin = Instant::now();
    loop {
        if let Some(answer) = question()? {
            return Ok(answer);
        }
        if begin.elapsed() > limit {
            bail!("{what}: nothing within {limit:?}");
        }
        std::thread::sleep(PAUSE);
    }
}

/// As [`until`], for questions that wait themselves.
///
/// # Errors
/// The question's own, or that `limit` is over.
pub async fn until_async<T>(
    what: &str,
    limit: Duration,
    mut question: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let begin = Instant::now();
    loop {
        if let Some(answer) = question().await? {
            return Ok(answer);
        }
        if begin.elapsed() > limit {
            bail!("{what}: nothing within {limit:?}");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// The last lines of a file, for the message of a failure.
#[must_use]
pub fn tail(file: &Path) -> String {
    let text = std::fs::read(file)
        .with_context(|| file.display().to_string())
        .map_or_else(
            |fault| format!("{fault:#}"),
            |bytes| String::from_utf8_lossy(&bytes).into_owned(),
        );
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.len().saturating_sub(15);
    lines.into_iter().skip(first).collect::<Vec<_>>().join("\n")
}
