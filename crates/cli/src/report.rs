//! `ninka report`: a support report of an account, and opening one that a customer sent.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use ninka_core::account::AccountId;
use ninka_core::report::{Addresses, LARGEST, readable};
use ninka_core::{Ninka, Problem};

use crate::arguments::ReportArguments;
use crate::output::{Output, new_file};
use crate::{Ended, Verdict, account};

/// Makes a report: to the standard output, or to a new file.
pub(crate) async fn make(
    address: &str,
    arguments: &ReportArguments,
    ninka: &Ninka,
    output: &Output,
) -> Ended {
    let id = AccountId(account::find(ninka, address).await?.row.id);
    let gathered = ninka.report(id, &|_| {});
    tokio::pin!(gathered);
    let report = tokio::select! {
        report = &mut gathered => report,
        _ = tokio::signal::ctrl_c() => {
            ninka.cancel_checks();
            gathered.await
        }
    }?;
    let addresses = if arguments.full_addresses {
        Addresses::Full
    } else {
        Addresses::Shortened
    };
    if arguments.json {
        output.json(&report.view(addresses))?;
        return Ok(Verdict::Well);
    }
    let text = report.file(addresses, output.language())?;
    let Some(file) = &arguments.output else {
        output.octets(text.as_bytes());
        return Ok(Verdict::Well);
    };
    let path = file.display().to_string();
    new_file(file, text.as_bytes())?;
    let said = output.language().text("cli-report-made", [("path", path)]);
    output.progress(&said);
    Ok(Verdict::Well)
}

/// Shows a report that was received. Touches no data and no network.
pub(crate) fn open(file: &Path, json: bool, output: &Output) -> Ended {
    let report = Ninka::open_report(&contents(file)?)?;
    if json {
        output.json(&report)?;
    } else {
        let text = readable(&report, output.language());
        output.octets(text.as_bytes());
    }
    Ok(Verdict::Well)
}

/// The octets of a file; one more than is read is enough to be refused.
fn contents(file: &Path) -> Result<Vec<u8>, Problem> {
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    let mut octets = Vec::new();
    File::open(file)
        .and_then(|file| file.take(most).read_to_end(&mut octets))
        .map_err(|_| Problem::FileUnreadable {
            path: file.display().to_string(),
        })?;
    Ok(octets)
}
