//! A desktop session of its own on Linux: virtual display, session bus and an unlocked keyring, in
//! folders of its own, so that nothing of the user's is seen or changed.
//! All of it ends with the session, also when Ctrl-C or a kill ends us first.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

use crate::shell;

/// Marks every process of a session; holds the process id of the xtask that began it.
const MARK: &str = "NINKA_SESSION";

/// Starts a bus for the command. What the bus and the services that it starts have to say, such as
/// that they may not raise their limits, is of no use to anybody; the command keeps its errors.
const WITH_BUS: &str = r#"
exec 3>&2 2>/dev/null
exec dbus-run-session -- sh -c "$0" "$@"
"#;

/// Starts the keyring on the bus, then becomes the command. The password guards a keyring that
/// lives as long as the session.
const WITH_KEYRING: &str = r#"
printf 'session\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null
exec 2>&3 3>&-
gdbus wait --session --timeout 20 org.freedesktop.secrets || {
    echo 'the keyring did not start on the session bus' >&2; exit 1; }
exec "$0" "$@"
"#;

/// Waits until we close its input or are gone, then ends every process of the session and removes
/// its folder. Daemons leave their parents, but keep their environment.
const AT_THE_END: &str = r#"
cat >/dev/null
for round in 1 2 3 4 5; do
    found=
    for process in /proc/[0-9]*; do
        if grep --quiet --null-data --line-regexp "$1" "$process/environ" 2>/dev/null; then
            kill -KILL "${process#/proc/}" 2>/dev/null && found=yes
        fi
    done
    [ "$found" ] || break
done
rm -rf "$2"
"#;

/// A running session.
pub(crate) struct Session {
    display: Child,
    end: Child,
    name: String,
    folder: PathBuf,
    owner: String,
}

impl Session {
    /// Starts a virtual display on a free number.
    pub(crate) fn start() -> Result<Self> {
        let owner = std::process::id().to_string();
        // Short, because the names of sockets in it must keep under 108 characters.
        let folder = std::env::temp_dir().join(format!("ninka-session-{owner}"));
        for part in ["runtime", "data", "config", "cache", "state"] {
            fs::create_dir_all(folder.join(part))?;
        }
        // The runtime folder is refused when others may read it.
        fs::set_permissions(folder.join("runtime"), fs::Permissions::from_mode(0o700))?;
        let end = wait_for_end(&owner, &folder)?;
        let mut display = shell::command("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp"])
            .args(["-screen", "0", "1600x1200x24"])
            .env(MARK, &owner)
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
            end,
            name: format!(":{}", number.trim()),
            folder,
            owner,
        };
        anyhow::ensure!(!number.trim().is_empty(), "Xvfb did not start");
        Ok(session)
    }

    /// The line in the environment of every process of the session.
    pub(crate) fn mark(&self) -> String {
        format!("{MARK}={}", self.owner)
    }

    /// A command that runs in the session, on a bus and with a keyring of its own.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = shell::command("sh");
        command
            .args(["-c", WITH_BUS, WITH_KEYRING])
            .arg(program.as_ref())
            .env(MARK, &self.owner)
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
        drop(self.end.stdin.take());
        if let Err(fault) = self.end.wait().and_then(|_| self.display.wait()) {
            eprintln!("the session did not end: {fault}");
        }
    }
}

/// Starts what ends the session. It outlives us, and Ctrl-C does not reach it.
fn wait_for_end(owner: &str, folder: &Path) -> Result<Child> {
    shell::command("sh")
        .args(["-c", AT_THE_END, "sh", &format!("{MARK}={owner}")])
        .arg(folder)
        .stdin(Stdio::piped())
        .process_group(0)
        .spawn()
        .context("cannot start sh")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_the_session_ends_with_it() {
        let folder = std::env::temp_dir().join(format!("ninka-end-{}", std::process::id()));
        fs::create_dir_all(folder.join("part")).unwrap();
        let mut left = Command::new("sleep")
            .arg("60")
            .env(MARK, "the-test")
            .spawn()
            .unwrap();
        let mut end = wait_for_end("the-test", &folder).unwrap();
        assert!(left.try_wait().unwrap().is_none(), "too early");
        drop(end.stdin.take());
        assert!(end.wait().unwrap().success());
        assert!(!left.wait().unwrap().success());
        assert!(!folder.exists());
    }
}
