//! Running other programs: printed before they start, with an error that repeats the whole line.
//! Every program starts in the checkout and in our own process group, so that Ctrl-C reaches all.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, fmt};

use anyhow::{Context, Result, bail};

/// The folder of the checkout.
pub(crate) fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent()
        .map_or_else(|| here.clone(), Path::to_path_buf)
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    // Joining an absolute path replaces the root, as cargo reads the variable too.
    root().join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// A built program of the workspace.
pub(crate) fn built(name: &str) -> PathBuf {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    target().join("debug").join(file)
}

/// A command that will start in the checkout. Of what cargo told about this program it is not told:
/// a cargo in it would build crates anew whose build scripts ask for that (ring's does).
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    for (name, _) in env::vars_os() {
        let ours = name.to_string_lossy();
        if ours.starts_with("CARGO_PKG_") || ours.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// The cargo that started us, with its arguments separated by spaces.
pub(crate) fn cargo(arguments: &str) -> Command {
    let mut cargo = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments.split_whitespace());
    cargo
}

/// npm in a folder of the checkout, with its arguments separated by spaces.
pub(crate) fn npm(folder: &str, arguments: &str) -> Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(root().join(folder))
        .args(arguments.split_whitespace());
    npm
}

/// Prints the command, runs it with our own input and output, and fails when it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", Line(command));
    let status = command
        .status()
        .with_context(|| format!("cannot start `{}`", Line(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", Line(command));
    }
    Ok(())
}

/// Prints the command and runs it; what it says is shown only when it fails.
pub(crate) fn run_quietly(command: &mut Command) -> Result<()> {
    println!("$ {}", Line(command));
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{}`", Line(command)))?;
    if !output.status.success() {
        std::io::stdout().write_all(&output.stdout)?;
        std::io::stderr().write_all(&output.stderr)?;
        bail!("`{}` failed ({})", Line(command), output.status);
    }
    Ok(())
}

/// Runs the command without printing it and returns what it wrote, trimmed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .with_context(|| format!("cannot start `{}`", Line(command)))?;
    if !output.status.success() {
        bail!(
            "`{}` failed ({}): {}",
            Line(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether the program is on the path.
pub(crate) fn found(program: &str) -> bool {
    let paths = env::var_os("PATH").unwrap_or_default();
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    // Programs for root are not on everybody's path.
    let more = ["/usr/sbin", "/sbin"].map(PathBuf::from);
    env::split_paths(&paths)
        .chain(more)
        .any(|folder| folder.join(&file).is_file())
}

/// Removes a folder and all that is in it; one that is not there is as good.
pub(crate) fn remove_folder(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => {
            Err(fault).with_context(|| format!("cannot remove {}", folder.display()))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// A duration as people say it: `4.2 s`, `3 min 07 s`.
pub(crate) struct Spoken(pub(crate) Duration);

impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        if seconds < 60 {
            write!(f, "{:.1} s", self.0.as_secs_f64())
        } else {
            write!(f, "{} min {:02} s", seconds / 60, seconds % 60)
        }
    }
}

/// A command as a line to read. Arguments of several lines are shortened.
struct Line<'a>(&'a Command);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let program = Path::new(self.0.get_program());
        let name = program.file_name().unwrap_or(program.as_os_str());
        write!(f, "{}", name.to_string_lossy())?;
        for argument in self.0.get_args() {
            match argument.to_string_lossy().split_once('\n') {
                Some(_) => write!(f, " …")?,
                None => write!(f, " {}", argument.to_string_lossy())?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_spoken() {
        assert_eq!(Spoken(Duration::from_millis(4230)).to_string(), "4.2 s");
        assert_eq!(Spoken(Duration::from_secs(187)).to_string(), "3 min 07 s");
    }

    #[test]
    fn a_line_names_the_program_and_shortens_scripts() {
        let mut line = Command::new("/usr/bin/sh");
        line.args(["-c", "one\ntwo", "last"]);
        assert_eq!(Line(&line).to_string(), "sh -c … last");
    }

    #[test]
    fn a_program_that_fails_is_named_in_the_error() {
        let fault = output(&mut cargo("no-such-subcommand-of-cargo")).unwrap_err();
        assert!(
            fault.to_string().contains("no-such-subcommand-of-cargo"),
            "{fault}"
        );
    }

    #[test]
    fn the_root_is_the_workspace() {
        assert!(root().join("Cargo.lock").is_file());
    }
}
