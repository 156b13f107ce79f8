//! Owns the processes of a test and their folder. Whatever ends the test (its end, a panic, a
//! kill), a small shell script that waits for its input to close ends every process group and
//! removes the folder; so also what stands in a `static`, which Rust never drops, is ended.

use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::wait;

const SCRIPT: &str = include_str!("guard.sh");

/// The processes and the folder of a test; ended and removed on drop.
#[derive(Debug)]
pub struct Guard {
    folder: PathBuf,
    script: Child,
    groups: Option<ChildStdin>,
    children: Vec<Program>,
}

/// A program that was started.
#[derive(Debug)]
struct Program {
    name: String,
    child: Child,
    /// Its process groups: its own, and those it made.
    groups: Vec<u32>,
}

impl Guard {
    /// Makes a new empty folder that every user may enter: servers run as users of their own.
    ///
    /// # Errors
    /// When there is no room or no shell.
    pub fn new() -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("ninka-bench-")
            .tempdir()?
            .keep();
        fs::set_permissions(&folder, Permissions::from_mode(0o755))?;
        let mut script = Command::new("sh")
            .args(["-c", SCRIPT, "guard"])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            // Of its own, so that an interrupt from the terminal does not end it first.
            .process_group(0)
            .spawn()
            .context("sh")?;
        let groups = script.stdin.take();
        Ok(Self {
            folder,
            script,
            groups,
            children: Vec::new(),
        })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a program's output goes.
    #[must_use]
    pub fn log(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.log"))
    }

    /// Starts a program in a process group of its own, its output in [`log`](Self::log).
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn spawn(&mut self, name: &str, mut command: Command) -> Result<()> {
        let log = File::create(self.log(name))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .spawn()
            .with_context(|| format!("{} cannot be started", command.get_program().display()))?;
        let group = child.id();
        self.children.push(Program {
            name: name.to_owned(),
            child,
            groups: Vec::new(),
        });
        self.watch(name, group)
    }

    /// Ends this process group with the program: of a server that moved its children into one of
    /// their own.
    ///
    /// # Errors
    /// When the script is gone, or no program has that name.
    pub fn watch(&mut self, name: &str, group: u32) -> Result<()> {
        self.program(name)?.groups.push(group);
        let groups = self.groups.as_mut().context("the guard has ended")?;
        writeln!(groups, "{group}")?;
        Ok(())
    }

    fn program(&mut self, name: &str) -> Result<&mut Program> {
        self.children
            .iter_mut()
            .find(|program| program.name == name)
            .with_context(|| format!("{name} was not started"))
    }

    /// Waits until `ready` says so, as long as the program runs.
    ///
    /// # Errors
    /// When it ended, or `ready` never came; with the last lines of its output.
    pub fn await_ready<T>(
        &mut self,
        name: &str,
        mut ready: impl FnMut() -> Result<Option<T>>,
    ) -> Result<T> {
        let log = self.log(name);
        let child = &mut self.program(name)?.child;
        wait::until(name, wait::PATIENCE, || {
            let answer = ready()?;
            if answer.is_none()
                && let Some(status) = child.try_wait()?
            {
                bail!("{name} ended: {status}");
            }
            Ok(answer)
        })
        .with_context(|| wait::tail(&log))
    }

    /// Ends a program and all its children at once, as a crash or a power cut would.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn kill(&mut self, name: &str) -> Result<()> {
        let program = self.program(name)?;
        for group in program.groups.drain(..) {
            send("KILL", group)?;
        }
        program.child.wait()?;
        self.children.retain(|program| program.name != name);
        Ok(())
    }
}

/// Sends a signal to a process group.
///
/// # Errors
/// When there is no such group.
pub fn send(signal: &str, group: u32) -> Result<()> {
    let status = Command::new("sh")
        .args(["-c", "kill -s \"$1\" -- \"-$2\"", "kill", signal])
        .arg(group.to_string())
        .status()?;
    if !status.success() {
        bail!("no process group {group}");
    }
    Ok(())
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.groups.take());
        for program in &mut self.children {
            let _ended = program.child.wait();
        }
        let _ended = self.script.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_of_children_end_with_the_guard() {
        let mut guard = Guard::new().unwrap();
        let folder = guard.folder().to_owned();
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 60 & echo $!; wait"]);
        guard.spawn("sleeper", command).unwrap();
        let log = guard.log("sleeper");
        let sleeper = guard
            .await_ready("sleeper", || {
                Ok(fs::read_to_string(&log)?.trim().parse::<u32>().ok())
            })
            .unwrap();
        let stat = PathBuf::from(format!("/proc/{sleeper}/stat"));
        assert!(stat.exists());
        drop(guard);
        // Its parent is gone too, and init may be slow to collect it.
        let gone = fs::read_to_string(&stat).map_or(true, |stat| stat.contains(") Z "));
        assert!(gone && !folder.exists());
    }
}
