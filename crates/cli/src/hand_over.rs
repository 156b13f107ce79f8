//! `ninka hand-over`: prepares a customer's form as a link or a small file, and shows what such a
//! link or file holds. Touches no data and no network.

use std::path::Path;

use ninka_core::account::{Purpose, TlsMode};
use ninka_core::handover::{ENDING, SCHEME};
use ninka_core::view::{EndpointView, HandOverLink, HandOverView};
use ninka_core::{Ninka, Problem};

use crate::arguments::HandOverArguments;
use crate::output::{Output, new_file};
use crate::{Ended, Verdict};

pub(crate) fn run(arguments: &HandOverArguments, output: &Output) -> Ended {
    let received = received(&arguments.address)?;
    let link = match &received {
        Some(text) => Ninka::read_hand_over(text)?,
        None => Ninka::make_hand_over(typed(arguments))?,
    };
    if let Some(file) = &arguments.file {
        new_file(file, format!("{}\n", link.link).as_bytes())?;
    }
    if arguments.json {
        output.json(&link)?;
    } else if received.is_some() {
        show(&link, output);
    } else {
        output.line(&link.link);
    }
    Ok(Verdict::Well)
}

/// The text of a link or of a file; `None` for an address.
fn received(text: &str) -> Result<Option<String>, Problem> {
    let file = Path::new(text);
    if text.to_ascii_lowercase().starts_with(SCHEME) {
        Ok(Some(text.to_owned()))
    } else if file.extension().is_some_and(|ending| ending == ENDING) && !text.contains('@') {
        Ok(Some(Ninka::hand_over_file(file)?))
    } else {
        Ok(None)
    }
}

fn typed(arguments: &HandOverArguments) -> HandOverView {
    let [pop3, imap, smtp] = arguments.servers.clone().endpoints();
    HandOverView {
        address: arguments.address.clone(),
        name: arguments.name.clone(),
        purpose: arguments.purpose.into(),
        oauth: arguments.oauth,
        pop3,
        imap,
        smtp,
        authorize: arguments.authorize,
    }
}

fn show(link: &HandOverLink, output: &Output) {
    let holds = &link.holds;
    let line = |key: &str, value: &str| output.line(&format!("{key}\t{value}"));
    line("address", &holds.address);
    if !holds.name.is_empty() {
        line("name", &holds.name);
    }
    line("purpose", Purpose::from(holds.purpose).code());
    line("sign-in", if holds.oauth { "oauth" } else { "password" });
    let servers = [
        ("pop3", &holds.pop3),
        ("imap", &holds.imap),
        ("smtp", &holds.smtp),
    ];
    for (protocol, server) in servers {
        if let Some(EndpointView { host, port, tls }) = server {
            let tls = TlsMode::from(*tls).code();
            output.line(&format!("{protocol}\t{host}:{port}\t{tls}"));
        }
    }
    if holds.authorize {
        line("authorize", "yes");
    }
}
