//! Answers recorded failures, one JSON object a line, from standard input to standard output.

use std::io::{BufRead, Write};

use ninka_core::diagnosis::answer_line;

fn main() -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if !line.trim().is_empty() {
            writeln!(out, "{}", answer_line(&line)?)?;
        }
    }
    Ok(())
}
