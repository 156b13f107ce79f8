//! The house rules that a program can see: length of files, and what each Rust file says it is for.

use std::fs;

use anyhow::{Result, bail};

use crate::shell;

/// Beyond this a file does two things. Tests count.
const LONGEST: usize = 600;

/// What people write by hand; data and generated files may be long.
const WRITTEN: [&str; 8] = ["rs", "ts", "js", "mjs", "svelte", "css", "sh", "html"];

/// Fails with every file that breaks a rule.
pub(crate) fn check() -> Result<()> {
    if shell::output(shell::command("git").args(["rev-parse", "--git-dir"])).is_err() {
        println!("skipped: this is no git checkout");
        return Ok(());
    }
    let list = shell::output(shell::command("git").args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    let mut faults = Vec::new();
    for name in list.lines() {
        let Some((_, extension)) = name.rsplit_once('.') else {
            continue;
        };
        let path = shell::root().join(name);
        if !WRITTEN.contains(&extension) || name.contains("/generated") || !path.is_file() {
            continue;
        }
        let text = fs::read_to_string(path)?;
        faults.extend(faults_of(name, &text));
    }
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}

fn faults_of(name: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if lines > LONGEST {
        faults.push(format!("{name}: {lines} lines, and {LONGEST} is the end"));
    }
    if name.ends_with(".rs") && !text.starts_with("//!") {
        faults.push(format!(
            "{name}: does not begin with `//!` and what it is for"
        ));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_file_has_no_fault() {
        assert!(faults_of("a.rs", "//! Is for this.\nfn a() {}\n").is_empty());
        assert!(faults_of("a.ts", "export {}\n").is_empty());
    }

    #[test]
    fn a_long_file_without_a_head_has_two_faults() {
        assert_eq!(faults_of("a.rs", &"\n".repeat(601)).len(), 2);
    }
}
