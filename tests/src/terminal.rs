//! The `ninka` command line as a user's terminal runs it: a child process with a data folder of
//! its own, a passphrase instead of a keyring or the session's keyring, and the bench's authority as
//! the one it trusts.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::bench::{Bench, User};
use crate::browser::Browser;
use crate::idp::CLIENT_ID;
use crate::shop::redirect_of;
use crate::{kept, schemas};

/// Protects a terminal's data.
pub const PASSPHRASE: &str = "correct horse battery";

/// A terminal.
#[derive(Debug)]
pub struct Terminal {
    program: PathBuf,
    data: TempDir,
    authority: PathBuf,
    /// `None` where there is the session's keyring instead.
    passphrase: Option<String>,
}

/// What a command answered.
#[derive(Debug)]
pub struct Answer {
    /// The exit code.
    pub code: i32,
    /// The standard output.
    pub out: String,
    /// The standard error.
    pub err: String,
}

impl Answer {
    /// The standard output as JSON.
    ///
    /// # Errors
    /// When it is not.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_str(&self.out).with_context(|| format!("{self:?}"))
    }
}

impl Terminal {
    /// One with no data yet.
    ///
    /// # Errors
    /// When the program has not been built.
    pub fn new(bench: &Bench) -> Result<Self> {
        kept::secret("passphrase", PASSPHRASE)?;
        let mut terminal = Self::with_keyring(bench)?;
        terminal.set_passphrase(PASSPHRASE);
        Ok(terminal)
    }

    /// One with no data yet, and with the session's keyring.
    ///
    /// # Errors
    /// When the program has not been built.
    pub fn with_keyring(bench: &Bench) -> Result<Self> {
        Ok(Self {
            program: program("ninka")?,
            data: tempfile::tempdir()?,
            authority: bench.certificates.authority(),
            passphrase: None,
        })
    }

    /// Sets it to the bench's provider and to English.
    ///
    /// # Errors
    /// When that is refused.
    pub fn know(&self, bench: &Bench) -> Result<()> {
        for (key, value) in [
            ("client-id", CLIENT_ID),
            ("authority", &bench.idp.authority()),
            ("language", "en"),
        ] {
            let answer = self.run(&["settings", "set", key, value])?;
            ensure!(answer.code == 0, "{answer:?}");
        }
        Ok(())
    }

    /// Registers an account that signs in by consent, with POP and SMTP.
    ///
    /// # Errors
    /// When the command cannot be started.
    pub fn add_oauth(&self, bench: &Bench, user: User) -> Result<Answer> {
        let [pop, smtp] =
            [bench.ports.pop3s, bench.ports.smtp].map(|port| format!("localhost:{port}"));
        let named = ["account", "add", user.address, "--name", "Hana", "--oauth"];
        let pop = ["--pop", &pop, "--pop-tls", "implicit"];
        let smtp = ["--smtp", &smtp, "--smtp-tls", "starttls"];
        self.run(&[&named[..], &pop, &smtp].concat())
    }

    /// Where its data is.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Another passphrase from now on; an empty one stands for none.
    pub fn set_passphrase(&mut self, passphrase: &str) {
        self.passphrase = Some(passphrase.to_owned());
    }

    /// Runs a command to its end.
    ///
    /// # Errors
    /// When it cannot be started or is killed.
    pub fn run(&self, arguments: &[&str]) -> Result<Answer> {
        self.run_with(arguments, "")
    }

    /// Runs a command with something to read.
    ///
    /// # Errors
    /// When it cannot be started or is killed.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Result<Answer> {
        if arguments.contains(&"--password-stdin") {
            kept::secret("password", input.trim_end_matches('\n'))?;
        }
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        // A command that reads nothing has closed its end: then nothing is to be said.
        let _unread = child
            .stdin
            .take()
            .map(|mut stdin| stdin.write_all(input.as_bytes()));
        let Output {
            status,
            stdout,
            stderr,
        } = child.wait_with_output()?;
        Self::kept(
            arguments,
            Answer {
                code: status.code().context("killed")?,
                out: String::from_utf8(stdout)?,
                err: String::from_utf8(stderr)?,
            },
        )
    }

    fn kept(arguments: &[&str], answer: Answer) -> Result<Answer> {
        kept::run(arguments, &answer.out, &answer.err)?;
        schemas::hold(arguments, &answer.out)?;
        Ok(answer)
    }

    /// Runs `authorize --no-browser`, hands the printed link to the visitor, and waits for the end.
    ///
    /// # Errors
    /// When no link is printed, or the visitor fails.
    pub async fn authorize(
        &self,
        address: &str,
        visitor: impl AsyncFnOnce(String) -> Result<()>,
    ) -> Result<Answer> {
        let arguments = ["authorize", address, "--no-browser"];
        let mut command = tokio::process::Command::from(self.command(&arguments));
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
        let limit = Duration::from_secs(30);
        let first = tokio::time::timeout(limit, lines.next_line()).await??;
        let link = first
            .as_deref()
            .and_then(|line| line.strip_prefix("open: "));
        let Some(link) = link else {
            bail!("{first:?}: {:?}", child.wait_with_output().await?);
        };
        visitor(link.to_owned()).await?;
        let mut out = first.clone().unwrap_or_default() + "\n";
        let ended = async {
            while let Some(line) = lines.next_line().await? {
                out += &line;
                out.push('\n');
            }
            Ok::<_, anyhow::Error>(child.wait_with_output().await?)
        };
        let ended = tokio::time::timeout(limit, ended).await??;
        Self::kept(
            &arguments,
            Answer {
                code: ended.status.code().context("killed")?,
                out,
                err: String::from_utf8(ended.stderr)?,
            },
        )
    }

    /// A command, to be started by the test itself.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.surround(Command::new(&self.program), arguments)
    }

    /// Where the program is.
    #[must_use]
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Another program in the same surroundings, as if the user had started it here.
    #[must_use]
    pub fn other(&self, program: &str, arguments: &[&str]) -> Command {
        self.surround(Command::new(program), arguments)
    }

    fn surround(&self, mut command: Command, arguments: &[&str]) -> Command {
        command
            .args(arguments)
            .env("NINKA_DATA_DIR", self.data.path())
            .env("SSL_CERT_FILE", &self.authority)
            .env_remove("NINKA_PASSPHRASE")
            .env_remove("SSL_CERT_DIR")
            .env_remove("DISPLAY");
        if let Some(passphrase) = &self.passphrase {
            command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
            if !passphrase.is_empty() {
                command.env("NINKA_PASSPHRASE", passphrase);
            }
        }
        command
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        kept::data_at_the_end(self.data.path());
    }
}

/// Signs in at a printed link, answers the question of consent, and waits for the last page.
///
/// # Errors
/// When a page does not come.
pub async fn visit(link: String, user: User, accept: bool) -> Result<()> {
    let browser = Browser::headless().await?;
    browser.open(&link).await?;
    browser.sign_in(user.address, user.password).await?;
    if accept {
        browser.accept().await?;
    } else {
        browser.decline().await?;
    }
    let back = redirect_of(&link)?;
    browser
        .text_at(back.host_str().unwrap_or_default(), back.port())
        .await?;
    browser.close().await
}

/// A program of this workspace, beside the test's own.
fn program(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("no folder")?;
    let program = folder.join(name);
    if !program.is_file() {
        bail!(
            "{} is not built: cargo build --workspace --all-targets",
            program.display()
        );
    }
    Ok(program)
}
