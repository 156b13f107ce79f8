//! Postfix as a submission server with a configuration and a queue of its own in the test's
//! folder: STARTTLS and TLS from the first byte, on the loopback addresses that show the four
//! certificates. Dovecot decides who may sign in and takes the mail.

use std::fmt::Write;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::bench::{DOMAIN, Ports};
use crate::certificates::{Certificates, Shown};
use crate::dovecot::Sockets;
use crate::guard::Guard;

/// The name of its process.
pub const NAME: &str = "postfix";

/// Prepares the queue's folder, in which Dovecot will make its sockets.
///
/// # Errors
/// When it cannot be made.
pub fn sockets(guard: &Guard) -> Result<Sockets> {
    let private = guard.folder().join(NAME).join("queue/private");
    fs::create_dir_all(&private)?;
    give_to_postfix(&private)?;
    Ok(Sockets {
        auth: private.join("auth"),
        lmtp: private.join("lmtp-dovecot"),
    })
}

/// Writes the configuration, starts the server and waits for its ports.
///
/// # Errors
/// When it does not start; its log is in the message.
pub fn start(guard: &mut Guard, certificates: &Certificates, ports: &Ports) -> Result<()> {
    let folder = guard.folder().join(NAME);
    let (queue, data) = (folder.join("queue"), folder.join("data"));
    fs::create_dir_all(folder.join("etc"))?;
    fs::create_dir_all(&data)?;
    give_to_postfix(&data)?;
    fs::write(folder.join("etc/main.cf"), main_cf(&folder, certificates))?;
    fs::write(folder.join("etc/master.cf"), master_cf(certificates, ports))?;

    let mut command = Command::new("postfix");
    command.arg("-c").arg(folder.join("etc")).arg("start-fg");
    guard.spawn(NAME, command)?;
    let log = folder.join("postfix.log");
    guard
        .await_ready(NAME, || {
            // A listening port is not enough: the processes behind it may yet fail.
            Ok(greets(ports.smtp).unwrap_or(false).then_some(()))
        })
        .with_context(|| crate::wait::tail(&log))?;
    // The master makes itself a group of its own.
    let pid = fs::read_to_string(queue.join("pid/master.pid"))?;
    guard.watch(NAME, pid.trim().parse()?)
}

fn greets(port: u16) -> std::io::Result<bool> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(line.starts_with("220 "))
}

fn give_to_postfix(folder: &Path) -> Result<()> {
    let given = Command::new("chown").arg("postfix").arg(folder).status()?;
    anyhow::ensure!(given.success(), "there is no user `postfix`");
    Ok(())
}

fn main_cf(folder: &Path, certificates: &Certificates) -> String {
    let folder = folder.display();
    let pem = certificates.certificate(Shown::Good);
    let key = certificates.key(Shown::Good);
    format!(
        "compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = /
myhostname = localhost
mydestination =
inet_protocols = ipv4
mynetworks =
virtual_mailbox_domains = {DOMAIN}
virtual_transport = lmtp:unix:private/lmtp-dovecot
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_sasl_security_options = noanonymous
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = {}
smtpd_tls_key_file = {}
smtpd_tls_security_level = may
smtpd_tls_loglevel = 1
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_client_connection_count_limit = 50
",
        pem.display(),
        key.display()
    )
}

fn master_cf(certificates: &Certificates, ports: &Ports) -> String {
    let mut lines = String::new();
    for shown in Shown::ALL {
        let (host, pem, key) = (
            shown.host(),
            certificates.certificate(shown),
            certificates.key(shown),
        );
        for (port, wrapper) in [(ports.smtp, "no"), (ports.smtps, "yes")] {
            let _infallible = write!(
                lines,
                "{host}:{port} inet n - n - - smtpd\n  -o smtpd_tls_wrappermode={wrapper}\n  \
                 -o smtpd_tls_cert_file={}\n  -o smtpd_tls_key_file={}\n",
                pem.display(),
                key.display()
            );
        }
    }
    // A port where signing in is switched off, as an administrator does.
    let _infallible = write!(
        lines,
        "127.0.0.1:{} inet n - n - - smtpd\n  -o smtpd_sasl_auth_enable=no\n",
        ports.smtp_without_auth
    );
    let (pem, key) = certificates.self_signed();
    let self_signed = format!(
        "-o smtpd_tls_cert_file={}\n  -o smtpd_tls_key_file={}",
        pem.display(),
        key.display()
    );
    for (port, wrapper, option) in [
        (
            ports.smtp_crowded,
            "no",
            "-o smtpd_client_connection_count_limit=1",
        ),
        (
            ports.smtps_slow,
            "yes",
            "-o smtpd_client_restrictions=sleep,3\n  -o smtpd_delay_reject=no",
        ),
        (
            ports.smtps_old,
            "yes",
            "-o smtpd_tls_protocols=<=TLSv1.1\n  -o smtpd_tls_mandatory_protocols=<=TLSv1.1",
        ),
        (ports.smtps_self_signed, "yes", &self_signed),
    ] {
        let _infallible = write!(
            lines,
            "127.0.0.1:{port} inet n - n - - smtpd\n  -o smtpd_tls_wrappermode={wrapper}\n  {option}\n"
        );
    }
    for (name, kind, wakeup, limit, program) in [
        ("anvil", "unix", "-", "1", "anvil"),
        ("bounce", "unix", "-", "0", "bounce"),
        ("cleanup", "unix", "-", "0", "cleanup"),
        ("defer", "unix", "-", "0", "bounce"),
        ("error", "unix", "-", "-", "error"),
        ("lmtp", "unix", "-", "-", "lmtp"),
        ("postlog", "unix-dgram", "-", "1", "postlogd"),
        ("proxymap", "unix", "-", "-", "proxymap"),
        ("qmgr", "unix", "300", "1", "qmgr"),
        ("retry", "unix", "-", "-", "error"),
        ("rewrite", "unix", "-", "-", "trivial-rewrite"),
        ("scache", "unix", "-", "1", "scache"),
        ("tlsmgr", "unix", "1000?", "1", "tlsmgr"),
        ("trace", "unix", "-", "0", "bounce"),
        ("verify", "unix", "-", "1", "verify"),
    ] {
        let private = if matches!(name, "cleanup" | "qmgr" | "postlog") {
            "n"
        } else {
            "-"
        };
        let _infallible = writeln!(
            lines,
            "{name} {kind} {private} - n {wakeup} {limit} {program}"
        );
    }
    lines
}
