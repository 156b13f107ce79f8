//! A desktop session of its own on Linux: virtual display, session bus and an unlocked keyring, in
//! folders of its own, so that nothing of the user's is seen or changed.
//! All of it ends with the session; what a session that was killed left behind, the next one ends.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

use crate::shell;

/// Marks every process of a session; holds the process id of the xtask that began it.
const MARK: &str = "NINKA_SESSION";

/// Starts the keyring on the session's bus, then becomes the command. The password guards a
/// keyring that lives as long as the session.
const WITH_KEYRING: &str = r#"
printf 'session\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1
gdbus wait --session --timeout 20 org.freedesktop.secrets || {
    echo 'the keyring did not start on the session bus' >&2; exit 1; }
exec "$@"
"#;

/// A running session.
pub(crate) struct Session {
    display: Child,
    name: String,
    folder: PathBuf,
}

impl Session {
    /// Starts a virtual display on a free number.
    pub(crate) fn start() -> Result<Self> {
        end_abandoned();
        let folder = folder(std::process::id());
        for part in ["runtime", "data", "config", "cache", "state"] {
            fs::create_dir_all(folder.join(part))?;
        }
        // The runtime folder is refused when others may read it.
        fs::set_permissions(folder.join("runtime"), fs::Permissions::from_mode(0o700))?;
        // The display goes when we go, however we go.
        let mut display = shell::command("setpriv")
            .args(["--pdeathsig", "KILL", "Xvfb", "-displayfd", "1"])
            .args(["-screen", "0", "1600x1200x24", "-nolisten", "tcp"])
            .env(MARK, std::process::id().to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start Xvfb")?;
        let mut number = String::new();
        let stdout = display.stdout.take().context("Xvfb has no output")?;
        // Xvfb writes the number once it listens, or closes its output when it fails.
        BufReader::new(stdout).read_line(&mut number)?;
        let session = Self {
            display,
            name: format!(":{}", number.trim()),
            folder,
        };
        anyhow::ensure!(!number.trim().is_empty(), "Xvfb did not start");
        Ok(session)
    }

    /// A command that runs in the session, on a bus and with a keyring of its own.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = shell::command("setpriv");
        command
            .args(["--pdeathsig", "TERM", "dbus-run-session", "--"])
            .args(["sh", "-c", WITH_KEYRING, "sh"])
            .arg(program.as_ref())
            .env(MARK, std::process::id().to_string())
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env("GDK_BACKEND", "x11")
            // Without a desktop nobody starts the accessibility bus, and GTK would wait for it.
            .env("NO_AT_BRIDGE", "1")
            .env("XDG_RUNTIME_DIR", self.folder.join("runtime"))
            .env("XDG_DATA_HOME", self.folder.join("data"))
            .env("XDG_CONFIG_HOME", self.folder.join("config"))
            .env("XDG_CACHE_HOME", self.folder.join("cache"))
            .env("XDG_STATE_HOME", self.folder.join("state"));
        command
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        end_processes(&std::process::id().to_string());
        if let Err(fault) = self.display.kill().and_then(|()| self.display.wait()) {
            eprintln!("the virtual display did not end: {fault}");
        }
        if let Err(fault) = shell::remove_folder(&self.folder) {
            eprintln!("{fault:#}");
        }
    }
}

/// Short, because sockets in it must keep under 108 characters.
fn folder(owner: u32) -> PathBuf {
    std::env::temp_dir().join(format!("ninka-session-{owner}"))
}

/// Ends what sessions left whose xtask is gone.
fn end_abandoned() {
    for (_, owner) in marked() {
        if !Path::new("/proc").join(&owner).exists() {
            end_processes(&owner);
            if let Ok(owner) = owner.parse() {
                // Another user's folder may stay.
                shell::remove_folder(&folder(owner)).unwrap_or_default();
            }
        }
    }
}

/// Ends every process of a session: daemons leave their parents, but keep their environment.
fn end_processes(owner: &str) {
    let pids: Vec<String> = marked()
        .into_iter()
        .filter(|(pid, of)| of == owner && *pid != std::process::id().to_string())
        .map(|(pid, _)| pid)
        .collect();
    if !pids.is_empty() {
        // One that ended by itself meanwhile is no fault.
        shell::output(shell::command("kill").arg("-KILL").args(&pids)).unwrap_or_default();
    }
}

/// Process ids with the owner of the session that they belong to.
fn marked() -> Vec<(String, String)> {
    let prefix = format!("{MARK}=");
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .flatten()
        .filter_map(|process| {
            // Processes of other users are not readable, and not ours.
            let environment = fs::read(process.path().join("environ")).ok()?;
            let owner = environment
                .split(|byte| *byte == 0)
                .filter_map(|variable| std::str::from_utf8(variable).ok())
                .find_map(|variable| variable.strip_prefix(&prefix).map(str::to_owned))?;
            Some((process.file_name().into_string().ok()?, owner))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_found_by_its_mark_and_ended() {
        let mut child = Command::new("sleep")
            .arg("60")
            .env(MARK, "test-of-the-mark")
            .spawn()
            .unwrap();
        end_processes("test-of-the-mark");
        assert!(!child.wait().unwrap().success());
    }
}
