//! A table of accounts before it is read in: every row with what is wrong there.

use super::{FieldFault, JsonSchema, PurposeView, Serialize, TS};

/// What a table would register.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[ts(export)]
pub struct ImportView {
    /// The rows, in the table's order.
    pub rows: Vec<ImportRow>,
    /// How many of them have faults; with any, nothing can be registered.
    #[ts(type = "number")]
    pub faulty: usize,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[ts(export)]
pub struct ImportRow {
    /// Its line in the file, from 1.
    #[ts(type = "number")]
    pub line: u64,
    /// As it stands there.
    pub address: String,
    /// As it stands there.
    pub name: String,
    /// 用途
    pub purpose: PurposeView,
    /// Whether it will sign in by OAuth.
    pub oauth: bool,
    /// What is wrong, at its field.
    pub faults: Vec<FieldFault>,
}

impl FromIterator<ImportRow> for ImportView {
    fn from_iter<T: IntoIterator<Item = ImportRow>>(rows: T) -> Self {
        let rows: Vec<_> = rows.into_iter().collect();
        let faulty = rows.iter().filter(|row| !row.faults.is_empty()).count();
        Self { rows, faulty }
    }
}
