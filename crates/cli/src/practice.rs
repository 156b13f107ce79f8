//! `ninka practice`: the practice tenant alone, for trying other programs on it. Prints where it
//! listens, and ends with Ctrl-C or when the standard input ends.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ninka_core::Problem;
use ninka_practice::{Fault, Practice, PracticeLanguage, PracticeOptions};
use schemars::JsonSchema;
use serde::Serialize;
use tokio::io::AsyncReadExt as _;

use crate::arguments::PracticeArguments;
use crate::output::Output;
use crate::{Ended, Verdict};

/// Where the tenant listens.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Listening {
    authority: String,
    client_id: &'static str,
    pop3: String,
    imap: String,
    smtp: String,
    certificate_authority: PathBuf,
    addresses: Vec<String>,
    fault: Option<&'static str>,
}

pub(crate) async fn run(arguments: &PracticeArguments, data: &Path, output: &Output) -> Ended {
    let fault = match arguments.fault.as_deref() {
        None => None,
        Some(code) => Some(
            Fault::from_code(code).ok_or_else(|| Problem::SettingInvalid {
                key: "fault".to_owned(),
            })?,
        ),
    };
    let folder = data.join("practice-alone");
    let practice = Practice::start(PracticeOptions {
        folder: Some(folder.clone()),
        language: match output.language() {
            ninka_core::language::Language::Ja => PracticeLanguage::Ja,
            ninka_core::language::Language::En => PracticeLanguage::En,
        },
    })
    .await?;
    practice.set_fault(fault);
    let listening = Listening {
        authority: practice.authority(),
        client_id: practice.client_id(),
        pop3: format!("localhost:{}", practice.pop3()),
        imap: format!("localhost:{}", practice.imap()),
        smtp: format!("localhost:{}", practice.smtp()),
        certificate_authority: write_authority(&folder, &practice)?,
        addresses: practice.addresses(),
        fault: fault.map(Fault::code),
    };
    if arguments.json {
        output.json(&listening)?;
    } else {
        say(&listening, output);
    }
    let (mut input, mut ended) = (tokio::io::stdin(), [0]);
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = input.read(&mut ended) => {}
    }
    practice.shutdown().await;
    Ok(Verdict::Well)
}

fn say(listening: &Listening, output: &Output) {
    let Listening {
        authority,
        client_id,
        pop3,
        imap,
        smtp,
        certificate_authority,
        addresses,
        fault,
    } = listening;
    output.line(&format!("authority\t{authority}"));
    output.line(&format!("client-id\t{client_id}"));
    output.line(&format!("pop3\t{pop3}\timplicit"));
    output.line(&format!("imap\t{imap}\timplicit"));
    output.line(&format!("smtp\t{smtp}\tstarttls"));
    output.line(&format!("ca\t{}", certificate_authority.display()));
    for address in addresses {
        output.line(&format!("address\t{address}"));
    }
    if let Some(fault) = fault {
        output.line(&format!("fault\t{fault}"));
    }
    output.progress(&output.language().plain("cli-practice-runs"));
}

/// Writes the throw-away authority's certificate for programs that are to trust it.
fn write_authority(folder: &Path, practice: &Practice) -> anyhow::Result<PathBuf> {
    let base64 = STANDARD.encode(practice.ca_der());
    let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
    let mut rest = base64.as_str();
    // RFC 7468 2: lines of 64 characters.
    while let Some((line, more)) = rest.split_at_checked(64) {
        pem.push_str(line);
        pem.push('\n');
        rest = more;
    }
    if !rest.is_empty() {
        pem.push_str(rest);
        pem.push('\n');
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    let path = folder.join("ca.pem");
    fs::write(&path, pem).with_context(|| path.display().to_string())?;
    Ok(path)
}
