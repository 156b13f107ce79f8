//! Accounts as a table for spreadsheet programs: CSV (RFC 4180) without anything secret. What was
//! written here is read back the same, also after Excel saved it. `columns` names the columns and
//! their words in both languages; `read` and `write` turn text into drafts and accounts into text.

mod columns;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::{ReadRow, read};
pub use write::write;
pub(crate) use write::write_table;

/// The charset of a table that is written. What is read is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableEncoding {
    /// UTF-8 with a byte order mark, without which Excel takes it for the system's charset.
    #[default]
    Utf8,
    /// `Shift_JIS`, for older programs. A character that it lacks becomes a question mark.
    ShiftJis,
}

/// The largest file that is read, in octets.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// The most accounts in one file.
pub const MOST_ROWS: usize = 20_000;
