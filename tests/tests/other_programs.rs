//! Other people's mail programs with `ninka token`: getmail6 and curl fetch from Dovecot with a
//! token that Ninka renewed. And the practice tenant alone, for trying such programs.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt};
use std::path::Path;
use std::process::{Command, Stdio};

use ninka_tests::bench::{Bench, ORDER, shared};
use ninka_tests::terminal::{Terminal, visit};
use serde_json::Value;

/// A terminal with an authorized account that receives by POP and by IMAP.
async fn authorized(bench: &Bench) -> Terminal {
    let terminal = Terminal::new(bench).unwrap();
    terminal.know(bench).unwrap();
    let server = |port| format!("localhost:{port}");
    let [pop, imap, smtp] = [bench.ports.pop3s, bench.ports.imaps, bench.ports.smtp].map(server);
    let words = [
        "account",
        "add",
        ORDER.address,
        "--oauth",
        "--pop",
        &pop,
        "--imap",
        &imap,
        "--smtp",
        &smtp,
    ];
    let added = terminal.run(&words).unwrap();
    assert_eq!(added.code, 0, "{added:?}");
    let answer = terminal
        .authorize(ORDER.address, async |link| visit(link, ORDER, true).await)
        .await
        .unwrap();
    assert_eq!(answer.code, 0, "{answer:?}");
    terminal
}

fn ended(mut command: Command) -> (bool, String) {
    let ended = command.stdin(Stdio::null()).output().unwrap();
    let said = [ended.stdout, ended.stderr].concat();
    (
        ended.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

/// getmail6 delivers into a maildir. Root must name a user for that: then it is the one whose
/// processes nobody runs here.
fn getmail(terminal: &Terminal, bench: &Bench, folder: &Path) -> (bool, String) {
    let root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
    let mail = folder.join("mail");
    for part in ["cur", "new", "tmp"] {
        std::fs::create_dir_all(mail.join(part)).unwrap();
        std::fs::set_permissions(mail.join(part), PermissionsExt::from_mode(0o777)).unwrap();
    }
    for open in [folder, &mail] {
        std::fs::set_permissions(open, PermissionsExt::from_mode(0o777)).unwrap();
    }
    let (program, authority) = (terminal.program(), bench.certificates.authority());
    let mut settings = format!(
        "[retriever]\ntype = SimpleIMAPSSLRetriever\nserver = localhost\nport = {}\n\
         username = {}\nuse_xoauth2 = True\nca_certs = {}\n\
         password_command = (\"{}\", \"token\", \"{}\", \"--protocol\", \"imap\")\n\
         [destination]\ntype = Maildir\npath = {}/\n",
        bench.ports.imaps,
        ORDER.address,
        authority.display(),
        program.display(),
        ORDER.address,
        mail.display(),
    );
    if root {
        settings += "user = nobody\n";
    }
    write!(settings, "[options]\nread_all = True\ndelete = False\n").unwrap();
    let file = folder.join("getmailrc");
    std::fs::write(&file, settings).unwrap();
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
    let (folder, file) = (folder.to_str().unwrap(), file.to_str().unwrap());
    ended(terminal.other("getmail", &["--getmaildir", folder, "--rcfile", file]))
}

/// curl takes the token from its configuration on the standard input.
fn curl(terminal: &Terminal, bench: &Bench, token: &str) -> String {
    let authority = bench.certificates.authority();
    let url = format!("pop3s://localhost:{}/", bench.ports.pop3s);
    let words = [
        "--silent",
        "--show-error",
        "--cacert",
        authority.to_str().unwrap(),
        "--config",
        "-",
        &url,
    ];
    let mut child = terminal
        .other("curl", &words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let settings = format!(
        "user = \"{}:\"\noauth2-bearer = \"{token}\"\n",
        ORDER.address
    );
    child
        .stdin
        .take()
        .unwrap()
        .write_all(settings.as_bytes())
        .unwrap();
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(ended.status.success(), "{said}");
    String::from_utf8(ended.stdout).unwrap()
}

#[tokio::test]
async fn getmail_and_curl_fetch_with_tokens_from_ninka() {
    let bench = shared().await;
    let terminal = authorized(&bench).await;
    let token = |words: &[&str]| {
        terminal
            .run(&[&["token", ORDER.address], words].concat())
            .unwrap()
    };

    // Not before somebody has allowed it, and then nothing but the token.
    let refused = token(&[]);
    assert_eq!((refused.code, &*refused.out), (1, ""), "{refused:?}");
    assert!(refused.err.contains("tokens-not-shared"), "{refused:?}");
    assert_eq!(
        terminal
            .run(&["settings", "set", "share-tokens", "on"])
            .unwrap()
            .code,
        0
    );
    let given = token(&["--protocol", "pop3"]);
    assert_eq!(given.code, 0, "{given:?}");
    assert_eq!(given.out.lines().count(), 1, "{given:?}");

    let listed = curl(&terminal, &bench, given.out.trim());
    assert_eq!(listed.lines().count(), 3, "{listed}");

    let folder = tempfile::tempdir().unwrap();
    let (well, said) = getmail(&terminal, &bench, folder.path());
    assert!(well, "{said}");
    let fetched = std::fs::read_dir(folder.path().join("mail/new"))
        .unwrap()
        .count();
    assert_eq!(fetched, 3, "{said}");

    // The same as a sign-in's first answer.
    let sasl = token(&["--sasl"]);
    use base64::Engine as _;
    let plain = base64::engine::general_purpose::STANDARD
        .decode(sasl.out.trim())
        .unwrap();
    let plain = String::from_utf8(plain).unwrap();
    assert!(
        plain.starts_with("user=order@bench.test\u{1}auth=Bearer "),
        "{plain:?}"
    );

    let renewed = terminal.run(&["renew", "--all", "--json"]).unwrap();
    assert_eq!(renewed.code, 0, "{renewed:?}");
    assert_eq!(renewed.json().unwrap()[0]["problem"], Value::Null);
    let history = terminal.run(&["history", ORDER.address]).unwrap();
    assert!(history.out.contains("\tauthorization\tok"), "{history:?}");
    assert!(history.out.contains("\trenewal\tok"), "{history:?}");
    for file in std::fs::read_dir(terminal.data()).unwrap() {
        let octets = std::fs::read(file.unwrap().path()).unwrap_or_default();
        let token = given.out.trim().as_bytes();
        assert!(!octets.windows(token.len()).any(|window| window == token));
    }
}

/// Another program finds its way by what is printed, and trusts the authority that was written.
#[tokio::test]
async fn the_practice_tenant_runs_alone() {
    let bench = shared().await;
    let terminal = Terminal::new(&bench).unwrap();
    let mut child = terminal
        .command(&["practice", "--fault", "pop-off", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut shown = String::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        shown += &line.unwrap();
        if shown.ends_with('}') && serde_json::from_str::<Value>(&shown).is_ok() {
            break;
        }
    }
    let listening: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(listening["fault"], "pop-off", "{listening}");
    let authority = listening["certificateAuthority"].as_str().unwrap();
    let url = format!("imaps://{}/", listening["imap"].as_str().unwrap());
    let asked = terminal.other(
        "curl",
        &[
            "--silent",
            "--cacert",
            authority,
            "--request",
            "CAPABILITY",
            &url,
        ],
    );
    let (well, said) = ended(asked);
    assert!(well && said.contains("IMAP4rev1"), "{said}");
    // The end of its input is the end of it.
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    let unknown = terminal.run(&["practice", "--fault", "moon"]).unwrap();
    assert_eq!(unknown.code, 2, "{unknown:?}");
}
