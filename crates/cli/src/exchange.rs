//! `ninka export` and `ninka import`: the accounts as a table.

use std::fs::File;
use std::io::{Read, Write as _};
use std::path::Path;

use ninka_core::exchange::{LARGEST, TableEncoding};
use ninka_core::view::{ImportRow, ImportView};
use ninka_core::{Ninka, Problem};

use crate::output::Output;
use crate::{Ended, Verdict};

/// Writes the table to the standard output, octet by octet.
pub(crate) async fn export(shift_jis: bool, ninka: &Ninka) -> Ended {
    let encoding = if shift_jis {
        TableEncoding::ShiftJis
    } else {
        TableEncoding::Utf8
    };
    let table = ninka.export_accounts(encoding).await?;
    // A reader that has gone wants no more.
    std::io::stdout().write_all(&table).ok();
    Ok(Verdict::Well)
}

/// Shows the rows; registers them if told so.
pub(crate) async fn import(
    file: &Path,
    (yes, json): (bool, bool),
    ninka: &Ninka,
    output: &Output,
) -> Ended {
    let table = contents(file)?;
    let preview = ninka.preview_import(&table).await?;
    if json {
        output.json(&preview)?;
    } else {
        show(&preview, output);
    }
    if yes {
        let count = ninka.import_accounts(&table).await?.rows.len().to_string();
        let done = [("count", count.as_str())];
        output.progress(&output.language().text("cli-import-done", done));
        return Ok(Verdict::Well);
    }
    output.progress(&output.language().plain("cli-import-not-yet"));
    Ok(if preview.faulty == 0 {
        Verdict::Well
    } else {
        Verdict::Failed
    })
}

fn show(preview: &ImportView, output: &Output) {
    for ImportRow {
        line,
        address,
        name,
        faults,
        ..
    } in &preview.rows
    {
        output.line(&format!("{line}\t{address}\t{name}"));
        for fault in faults {
            let said = output
                .language()
                .plain(&format!("field-problem-{}", fault.code));
            output.line(&format!("{line}\t  {}: {said}", fault.field));
        }
    }
}

/// The octets of a file, or of the standard input; one more than is read is enough to be refused.
fn contents(file: &Path) -> Result<Vec<u8>, Problem> {
    let read = |from: &mut dyn Read| {
        let mut octets = Vec::new();
        let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
        from.take(most).read_to_end(&mut octets).map(|_| octets)
    };
    let octets = if file == Path::new("-") {
        read(&mut std::io::stdin().lock())
    } else {
        File::open(file).and_then(|mut file| read(&mut file))
    };
    octets.map_err(|_| Problem::FileUnreadable {
        path: file.display().to_string(),
    })
}
