//! The accounts as a table: written for spreadsheet programs, and read in after a preview. Either
//! every row becomes an account or none does.

use std::collections::BTreeSet;

use super::Ninka;
use crate::account::{CheckedDraft, Field, FieldProblem};
use crate::exchange::{ReadRow, TableEncoding, read, write};
use crate::operators::{Deed, Need, Permission};
use crate::problem::{Outcome, Problem};
use crate::view::{FieldFault, ImportRow, ImportView};

/// A row that was looked through.
struct Looked {
    view: ImportRow,
    draft: Option<CheckedDraft>,
}

impl Ninka {
    /// Writes every account as CSV, without passwords and authorizations. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be read.
    pub async fn export_accounts(&self, encoding: TableEncoding) -> Outcome<Vec<u8>> {
        let by = self.needs(Need::Accounts(Permission::View)).await?;
        let stored = self.store.accounts().await?;
        let accounts = stored.iter().map(|stored| &stored.account);
        let table = write(accounts, self.language().await?, encoding)?;
        self.did(&by, Deed::Exported, &stored.len().to_string())
            .await?;
        Ok(table)
    }

    /// Tells what a table would register, and what is wrong in it, row by row. Nothing is changed.
    /// Performs I/O.
    ///
    /// # Errors
    /// The table or the data cannot be read.
    pub async fn preview_import(&self, table: &[u8]) -> Outcome<ImportView> {
        self.needs(Need::Accounts(Permission::Edit)).await?;
        let rows = self.look_through(table).await?;
        Ok(rows.into_iter().map(|row| row.view).collect())
    }

    /// Registers every row of a table. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::TableHasFaults`], with nothing registered; the table cannot be read; the data
    /// cannot be written.
    pub async fn import_accounts(&self, table: &[u8]) -> Outcome<ImportView> {
        let by = self.needs(Need::Accounts(Permission::Edit)).await?;
        let rows = self.look_through(table).await?;
        let faulty = rows.iter().filter(|row| row.draft.is_none()).count();
        if faulty > 0 {
            return Err(Problem::TableHasFaults {
                count: i64::try_from(faulty).unwrap_or(i64::MAX),
            });
        }
        let (mut shown, mut drafts) = (Vec::new(), Vec::new());
        for row in rows {
            shown.push(row.view);
            drafts.extend(row.draft);
        }
        self.store
            .insert_accounts(&self.vault, &drafts, self.now())
            .await?;
        self.did(&by, Deed::Imported, &drafts.len().to_string())
            .await?;
        Ok(shown.into_iter().collect())
    }

    async fn look_through(&self, table: &[u8]) -> Outcome<Vec<Looked>> {
        let stored = self.store.accounts().await?;
        let registered: BTreeSet<String> = stored
            .iter()
            .map(|stored| stored.account.address.as_str().to_ascii_lowercase())
            .collect();
        let mut above = BTreeSet::new();
        let rows = read(table)?;
        Ok(rows
            .into_iter()
            .map(|row| look(row, &registered, &mut above))
            .collect())
    }
}

fn look(row: ReadRow, registered: &BTreeSet<String>, above: &mut BTreeSet<String>) -> Looked {
    let ReadRow {
        line,
        draft,
        mut faults,
    } = row;
    let mut view = ImportRow {
        line,
        address: draft.address.clone(),
        name: draft.name.clone(),
        purpose: draft.purpose.into(),
        oauth: draft.oauth,
        faults: Vec::new(),
    };
    let address = draft.address.trim().to_ascii_lowercase();
    if registered.contains(&address) {
        faults.push((Field::Address, FieldProblem::AddressTaken));
    } else if !address.is_empty() && !above.insert(address) {
        faults.push((Field::Address, FieldProblem::AddressTwice));
    }
    // A table never has a password: the account asks for it at its first check.
    let checked = draft.check(true);
    let draft = match checked {
        Ok(draft) if faults.is_empty() => Some(draft),
        Ok(_) => None,
        Err(more) => {
            faults.extend(more);
            None
        }
    };
    view.faults = faults.into_iter().map(FieldFault::from).collect();
    Looked { view, draft }
}
