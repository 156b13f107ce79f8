//! The program's log: a file a day in the data folder, a week of them. Secrets cannot reach it:
//! their type prints nothing.

use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// How many daily files are kept.
const DAYS: usize = 7;

/// Starts the log. The answer must live as long as the program: dropping it writes what is left.
pub(crate) fn start(folder: Option<&Path>) -> Option<tracing_appender::non_blocking::WorkerGuard> {
    let filter = EnvFilter::try_from_env("NINKA_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,ninka_core=info,ninka_desktop=info"));
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("ninka")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder?.join("logs"));
    // Without a place to write, the program still works; there is only nothing to look up.
    let (writer, guard) = tracing_appender::non_blocking(file.ok()?);
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(writer)
        .init();
    Some(guard)
}
