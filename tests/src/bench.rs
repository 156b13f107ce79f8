//! Real servers on loopback, together: identity provider, Dovecot and Postfix, with a private
//! authority, users and mailboxes. Everything ends with the value, or with the test's process.
//! How each server is set up is in the module of its name.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{OnceLock, PoisonError};

use anyhow::{Context, Result, bail};
use tokio::sync::{Mutex, MutexGuard};

use crate::certificates::Certificates;
use crate::guard::Guard;
use crate::idp::Idp;
use crate::{dovecot, postfix, wait};

/// The mail domain of every user.
pub const DOMAIN: &str = "bench.test";

/// Somebody with a mailbox. At the identity provider any password is right.
#[derive(Debug, Clone, Copy)]
pub struct User {
    /// The address, which is the account name too.
    pub address: &'static str,
    /// For accounts that sign in by password.
    pub password: &'static str,
    /// How many mails wait.
    pub mails: u64,
    /// Whether the administrator lets the mailbox be used by POP.
    pub pop: bool,
}

/// The shop's order account.
pub const ORDER: User = User {
    address: "order@bench.test",
    password: "spring-37",
    mails: 3,
    pop: true,
};

/// Somebody else of the shop.
pub const OWNER: User = User {
    address: "owner@bench.test",
    password: "summer-52",
    mails: 1,
    pop: true,
};

/// An account whose password holds what careless clients stumble over.
pub const ODD_PASSWORD: User = User {
    address: "odd@bench.test",
    password: "two words \"and\" \\ \u{6ce8}\u{6587}",
    mails: 2,
    pop: true,
};

/// A mailbox for which the administrator has switched POP off.
pub const NO_POP: User = User {
    address: "nopop@bench.test",
    password: "autumn-64",
    mails: 0,
    pop: false,
};

/// Everybody.
pub const USERS: [User; 4] = [ORDER, OWNER, ODD_PASSWORD, NO_POP];

/// How many mailboxes there are beside those of [`USERS`]: empty ones, of [`shop`].
pub const SHOPS: usize = 200;
/// Their password.
pub const SHOP_PASSWORD: &str = "winter-11";

/// The address of one of the many.
#[must_use]
pub fn shop(number: usize) -> String {
    format!("shop{number}@{DOMAIN}")
}

/// The ports, the same on every loopback address.
#[derive(Debug, Clone, Copy)]
pub struct Ports {
    /// POP3 with STLS.
    pub pop3: u16,
    /// POP3 in TLS.
    pub pop3s: u16,
    /// IMAP with STARTTLS.
    pub imap: u16,
    /// IMAP in TLS.
    pub imaps: u16,
    /// Submission with STARTTLS.
    pub smtp: u16,
    /// Submission in TLS.
    pub smtps: u16,
    /// Submission that offers no sign-in.
    pub smtp_without_auth: u16,
    /// Submission with STARTTLS that lets one client in at a time.
    pub smtp_crowded: u16,
    /// Submission in TLS that takes seconds to greet.
    pub smtps_slow: u16,
    /// Submission in TLS that knows no version after 1.1.
    pub smtps_old: u16,
    /// Submission in TLS with a certificate that vouches for itself.
    pub smtps_self_signed: u16,
}

/// The servers, all of them ready.
#[derive(Debug)]
pub struct Bench {
    /// The identity provider and its switches.
    pub idp: Idp,
    /// Where the servers listen.
    pub ports: Ports,
    /// The authority and the certificates.
    pub certificates: Certificates,
    guard: Guard,
}

impl Bench {
    /// Starts everything and waits until it answers.
    ///
    /// # Errors
    /// What is missing on this system, or why a server did not start, with its log.
    pub fn start() -> Result<Self> {
        prerequisites()?;
        let mut guard = Guard::new()?;
        let certificates = Certificates::write(&guard.folder().join("certificates"))?;
        let ports = Ports::free()?;
        let idp = Idp::start(&mut guard)?;
        let sockets = postfix::sockets(&guard)?;
        dovecot::start(&mut guard, &idp, &certificates, &ports, &sockets)?;
        postfix::start(&mut guard, &certificates, &ports)?;
        Ok(Self {
            idp,
            ports,
            certificates,
            guard,
        })
    }

    /// Ends a server (its module's `NAME`) as a crash would, and waits until its ports are closed.
    ///
    /// # Errors
    /// When it is not running, or does not end.
    pub fn kill(&mut self, name: &str) -> Result<()> {
        self.guard.kill(name)?;
        let ports = match name {
            dovecot::NAME => vec![self.ports.pop3, self.ports.imaps],
            postfix::NAME => vec![self.ports.smtp, self.ports.smtps],
            _ => Vec::new(),
        };
        wait::until(name, wait::PATIENCE, || {
            let open = |port: &u16| TcpStream::connect(("127.0.0.1", *port)).is_ok();
            Ok((!ports.iter().any(open)).then_some(()))
        })
    }

    /// Starts Dovecot again after it was killed, with the same mailboxes.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start_dovecot(&mut self) -> Result<()> {
        let sockets = postfix::sockets(&self.guard)?;
        dovecot::run(&mut self.guard, &self.ports, &sockets)
    }

    /// A folder that ends with the servers.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.guard.folder().to_owned()
    }

    /// Dovecot's log: who signed in by what.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn dovecot_log(&self) -> Result<String> {
        read(self.guard.folder().join("dovecot/dovecot.log"))
    }

    /// Postfix' log: who connected, and which mail went where.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn postfix_log(&self) -> Result<String> {
        read(self.guard.folder().join("postfix/postfix.log"))
    }

    /// How many mails a mailbox holds on the disk, read or unread.
    ///
    /// # Errors
    /// When the mailbox cannot be read.
    pub fn mails_of(&self, user: User) -> Result<u64> {
        let folder = self.guard.folder().join("dovecot/mail").join(user.address);
        let mut count = 0;
        for part in ["cur", "new"] {
            for entry in std::fs::read_dir(folder.join(part))? {
                let _mail = entry?;
                count += 1;
            }
        }
        Ok(count)
    }
}

fn read(file: PathBuf) -> Result<String> {
    let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl Ports {
    /// Finds free ones, below the range from which the system gives ports to outgoing connections,
    /// so that none of those takes one before the server does. None is given twice by one program:
    /// servers that are about to start do not listen yet.
    fn free() -> Result<Self> {
        static GIVEN: std::sync::Mutex<BTreeSet<u16>> = std::sync::Mutex::new(BTreeSet::new());
        let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = {
            let start = 20_000 + std::process::id() % 10_000;
            let mut candidates = (start..32_000).chain(20_000..start);
            move || -> Result<u16> {
                for port in candidates
                    .by_ref()
                    .filter_map(|port| u16::try_from(port).ok())
                {
                    let free = (1..=5).all(|host| {
                        TcpListener::bind((Ipv4Addr::new(127, 0, 0, host), port)).is_ok()
                    });
                    if free && given.insert(port) {
                        return Ok(port);
                    }
                }
                bail!("no free port")
            }
        };
        Ok(Self {
            pop3: next()?,
            pop3s: next()?,
            imap: next()?,
            imaps: next()?,
            smtp: next()?,
            smtps: next()?,
            smtp_without_auth: next()?,
            smtp_crowded: next()?,
            smtps_slow: next()?,
            smtps_old: next()?,
            smtps_self_signed: next()?,
        })
    }
}

/// The servers that the tests of one program share, one test at a time, every switch turned back.
/// They end with the program.
///
/// # Panics
/// When they do not start: no test can go on then.
pub async fn shared() -> MutexGuard<'static, Bench> {
    static BENCH: OnceLock<Mutex<Bench>> = OnceLock::new();
    let start = || match Bench::start() {
        Ok(bench) => Mutex::new(bench),
        Err(fault) => panic!("{fault:#}"),
    };
    let bench = BENCH.get_or_init(start).lock().await;
    if let Err(fault) = bench.idp.reset().await {
        panic!("{fault:#}");
    }
    bench
}

/// Names everything that is missing at once.
fn prerequisites() -> Result<()> {
    let folders = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    let path = std::env::var("PATH").unwrap_or_default();
    let found = |program: &str| {
        path.split(':')
            .chain(folders.split(':'))
            .any(|folder| PathBuf::from(folder).join(program).is_file())
    };
    let missing: Vec<&str> = [
        "node",
        "npm",
        "dovecot",
        "postfix",
        "chromium",
        "chromedriver",
        "curl",
    ]
    .into_iter()
    .filter(|program| !found(program))
    .collect();
    if !missing.is_empty() {
        bail!(
            "these programs are missing: {}; on Debian `cargo xtask test packages` installs them",
            missing.join(", ")
        );
    }
    let user = Command::new("id").arg("-u").output()?.stdout;
    if user.trim_ascii() != b"0" {
        bail!("Dovecot and Postfix change to users of their own, so these tests must run as root");
    }
    Ok(())
}
