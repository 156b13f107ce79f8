//! Dovecot with a configuration of its own in the test's folder: POP3 and IMAP, plain with STLS
//! and STARTTLS and with TLS from the first byte, on four loopback addresses that show four
//! certificates. Tokens are checked at the identity provider, for each protocol by its own scope.

use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::bench::{Ports, SHOP_PASSWORD, SHOPS, USERS, User, shop};
use crate::certificates::{Certificates, Shown};
use crate::guard::Guard;
use crate::idp::Idp;

/// The name of its process.
pub const NAME: &str = "dovecot";

/// The user that owns the mail, as on every Linux system.
const MAIL_OWNER: u32 = 65534;

const OUTLOOK: &str = "https://outlook.office.com";

/// Where Postfix asks Dovecot for sign-ins and hands mail in, inside Postfix' queue folder.
#[derive(Debug, Clone)]
pub struct Sockets {
    /// Sign-ins.
    pub auth: PathBuf,
    /// Mail.
    pub lmtp: PathBuf,
}

/// Writes the configuration and mailboxes, starts the server and waits for all its ports.
///
/// # Errors
/// When it does not start; its log is in the message.
pub fn start(
    guard: &mut Guard,
    idp: &Idp,
    certificates: &Certificates,
    ports: &Ports,
    sockets: &Sockets,
) -> Result<()> {
    let folder = guard.folder().join(NAME);
    for part in ["run", "state", "mail"] {
        fs::create_dir_all(folder.join(part))?;
    }
    let mail = folder.join("mail");
    chown(&mail, Some(MAIL_OWNER), Some(MAIL_OWNER))?;
    for (protocol, right) in [
        ("pop3", "POP.AccessAsUser.All"),
        ("imap", "IMAP.AccessAsUser.All"),
        ("smtp", "SMTP.Send"),
    ] {
        let file = folder.join(format!("oauth2-{protocol}.conf"));
        fs::write(file, introspection(idp, right))?;
    }
    let line = |user: &User| format!("{}:{{PLAIN}}{}\n", user.address, user.password);
    let mut users: String = USERS.iter().map(line).collect();
    users.extend((0..SHOPS).map(|number| format!("{}:{{PLAIN}}{SHOP_PASSWORD}\n", shop(number))));
    fs::write(folder.join("users"), users)?;
    let no_pop: String = USERS
        .iter()
        .filter(|user| !user.pop)
        .map(|user| {
            format!(
                "{}:::::::reason=POP-is-disabled-for-this-mailbox\n",
                user.address
            )
        })
        .collect();
    fs::write(folder.join("no-pop"), no_pop)?;
    for user in USERS {
        mailbox(&mail.join(user.address), &user)?;
    }
    let text = configuration(&folder, certificates, ports, sockets);
    fs::write(folder.join("dovecot.conf"), text)?;
    run(guard, ports, sockets)
}

/// Runs it as it was configured, for the first time or again after it was killed, and waits for all
/// its ports.
///
/// # Errors
/// When it does not start; its log is in the message.
pub fn run(guard: &mut Guard, ports: &Ports, sockets: &Sockets) -> Result<()> {
    let folder = guard.folder().join(NAME);
    let file = folder.join("dovecot.conf");
    // What a killed one left: it would be taken for a running one, or for ready.
    for left in [&folder.join("run/master.pid"), &sockets.auth, &sockets.lmtp] {
        if left.exists() {
            fs::remove_file(left)?;
        }
    }
    let mut command = Command::new("dovecot");
    command.arg("-F").arg("-c").arg(&file);
    guard.spawn(NAME, command)?;
    let all = [ports.pop3, ports.pop3s, ports.imap, ports.imaps];
    guard
        .await_ready(NAME, || {
            let open = |port: &u16| TcpStream::connect(("127.0.0.1", *port)).is_ok();
            let ready = all.iter().all(open) && sockets.auth.exists() && sockets.lmtp.exists();
            Ok(ready.then_some(()))
        })
        .with_context(|| crate::wait::tail(&folder.join("dovecot.log")))
}

fn introspection(idp: &Idp, right: &str) -> String {
    format!(
        "introspection_mode = post\n\
         introspection_url = {}\n\
         username_attribute = upn\n\
         active_attribute = active\n\
         active_value = true\n\
         scope = {OUTLOOK}/{right}\n\
         timeout_msecs = 8000\n\
         max_idle_time_msecs = 60000\n",
        idp.introspection()
    )
}

/// A mailbox with as many mails as the user shall have.
fn mailbox(folder: &Path, user: &User) -> Result<()> {
    for part in ["cur", "new", "tmp"] {
        fs::create_dir_all(folder.join(part))?;
        chown(folder.join(part), Some(MAIL_OWNER), Some(MAIL_OWNER))?;
    }
    chown(folder, Some(MAIL_OWNER), Some(MAIL_OWNER))?;
    for number in 1..=user.mails {
        let file = folder.join(format!("new/1700000{number:03}.order.bench"));
        // 注文 in ISO-2022-JP, as order mails come.
        let text = format!(
            "From: shop@market.example\r\nTo: {}\r\n\
             Subject: =?ISO-2022-JP?B?GyRCQ21KOBsoQg==?= {number}\r\n\
             Date: Mon, 02 Nov 2026 10:00:00 +0900\r\n\
             Message-ID: <{number}@market.example>\r\n\r\nOrder {number}\r\n",
            user.address
        );
        fs::write(&file, text)?;
        chown(&file, Some(MAIL_OWNER), Some(MAIL_OWNER))?;
    }
    Ok(())
}

fn configuration(
    folder: &Path,
    certificates: &Certificates,
    ports: &Ports,
    sockets: &Sockets,
) -> String {
    let folder = folder.display();
    let certificate = |shown| {
        let (pem, key) = (certificates.certificate(shown), certificates.key(shown));
        format!(
            "ssl_cert = <{}\nssl_key = <{}",
            pem.display(),
            key.display()
        )
    };
    let locals: String = Shown::ALL
        .into_iter()
        .map(|shown| format!("local {} {{\n{}\n}}\n", shown.host(), certificate(shown)))
        .collect();
    let good = certificate(Shown::Good);
    let listener = |name: &str, port: u16, ssl: &str| {
        format!("  inet_listener {name} {{\n    port = {port}\n    ssl = {ssl}\n  }}\n")
    };
    let pop3 = listener("pop3", ports.pop3, "no") + &listener("pop3s", ports.pop3s, "yes");
    let imap = listener("imap", ports.imap, "no") + &listener("imaps", ports.imaps, "yes");
    let by_token = |protocol: &str, before: &str| {
        format!(
            "protocol {protocol} {{\n{before}  passdb {{\n    driver = oauth2\n    \
             mechanisms = xoauth2 oauthbearer\n    \
             args = {folder}/oauth2-{protocol}.conf\n  }}\n}}\n"
        )
    };
    let no_pop = format!(
        "  passdb {{\n    driver = passwd-file\n    deny = yes\n    args = {folder}/no-pop\n  }}\n"
    );
    let (auth, lmtp) = (sockets.auth.display(), sockets.lmtp.display());
    let tokens = [
        by_token("pop3", &no_pop),
        by_token("imap", ""),
        by_token("smtp", ""),
    ]
    .concat();
    // The penalty for failed sign-ins would make every later test of the address wait; the last
    // address of `listen` shows the first certificate, and is where a client is not "the same
    // computer", whose plain sign-in is allowed.
    format!(
        "protocols = pop3 imap lmtp
listen = 127.0.0.1, 127.0.0.2, 127.0.0.3, 127.0.0.4, 127.0.0.5
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
auth_verbose = yes
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2 oauthbearer
disable_plaintext_auth = yes
ssl = yes
{good}
{locals}mail_location = maildir:{folder}/mail/%u
mail_uid = {MAIL_OWNER}
mail_gid = {MAIL_OWNER}
first_valid_uid = 1
first_valid_gid = 1
userdb {{
  driver = static
  args = uid={MAIL_OWNER} gid={MAIL_OWNER} home={folder}/mail/%u allow_all_users=yes
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = {folder}/users
}}
{tokens}service pop3-login {{
{pop3}}}
service imap-login {{
{imap}}}
service lmtp {{
  unix_listener {lmtp} {{
    mode = 0666
  }}
}}
service auth {{
  unix_listener {auth} {{
    mode = 0666
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"
    )
}
