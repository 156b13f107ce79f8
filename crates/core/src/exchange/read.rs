//! A table as drafts of accounts, each with its faults at their columns. The charset and the
//! separator are recognised: what spreadsheet programs save differs by system and by menu.

use super::columns::{ANYBODY, CHARSETS, Choice, Column, GUARDS, PURPOSES, SIGN_INS, TLS_MODES};
use super::{LARGEST, MOST_ROWS};
use crate::account::{AccountDraft, EndpointDraft, Field, FieldProblem, Purpose, TlsMode};
use crate::charset::Writing;
use crate::problem::{Outcome, Problem};

/// A row of the table.
#[derive(Debug, Clone)]
pub struct ReadRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// What stands there. Has no password: a table never does.
    pub draft: AccountDraft,
    /// Cells that are none of the words they can be.
    pub faults: Vec<(Field, FieldProblem)>,
}

/// Reads a table. Columns may be missing, but for the address, and may stand in any order; those
/// that are not known are left out. Empty rows are none.
///
/// # Errors
/// [`Problem::TableTooLarge`]; [`Problem::TableUnreadable`] when it is no text, or has no column
/// of addresses.
pub fn read(octets: &[u8]) -> Outcome<Vec<ReadRow>> {
    if octets.len() > LARGEST {
        return Err(Problem::TableTooLarge);
    }
    let text = decode(octets).ok_or(Problem::TableUnreadable)?;
    // One kind of line end: lines are counted by it.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut table = csv::ReaderBuilder::new()
        .delimiter(separator(&text))
        .flexible(true)
        .has_headers(true)
        .from_reader(text.as_bytes());
    let heads = table.headers().map_err(|_| Problem::TableUnreadable)?;
    let columns: Vec<Option<Column>> = heads.iter().map(Column::of).collect();
    if !columns.contains(&Some(Column::Address)) {
        return Err(Problem::TableUnreadable);
    }
    let mut rows = Vec::new();
    for record in table.records() {
        let record = record.map_err(|_| Problem::TableUnreadable)?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(Problem::TableTooLarge);
        }
        let line = record.position().map_or(0, |at| line_of(&text, at));
        rows.push(
            Row {
                columns: &columns,
                record: &record,
                faults: Vec::new(),
            }
            .read(line),
        );
    }
    Ok(rows)
}

/// The line that a record begins in; the reader's position is before the empty lines above it.
fn line_of(text: &str, at: &csv::Position) -> u64 {
    let start = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let above = text.as_bytes().get(start..).unwrap_or_default();
    let empty = above.iter().take_while(|octet| **octet == b'\n').count();
    at.line().saturating_add(empty as u64)
}

struct Row<'a> {
    columns: &'a [Option<Column>],
    record: &'a csv::StringRecord,
    faults: Vec<(Field, FieldProblem)>,
}

impl Row<'_> {
    fn read(mut self, line: u64) -> ReadRow {
        let draft = AccountDraft {
            address: self.cell(Column::Address).to_owned(),
            name: self.cell(Column::Name).to_owned(),
            purpose: self.choose(Column::Purpose, &PURPOSES, Purpose::Unspecified),
            oauth: self.choose(Column::SignIn, &SIGN_INS, true),
            signs_in: match self.cell(Column::SignsIn) {
                "" => None,
                word if ANYBODY.read(word).is_some() => Some(String::new()),
                person => Some(person.to_owned()),
            },
            user: self.cell(Column::User).to_owned(),
            password: None,
            pop3: self.server([Column::Pop3Host, Column::Pop3Port, Column::Pop3Tls], 995),
            imap: self.server([Column::ImapHost, Column::ImapPort, Column::ImapTls], 993),
            smtp: self.server([Column::SmtpHost, Column::SmtpPort, Column::SmtpTls], 587),
            writing: {
                let usual = Writing::default();
                Writing {
                    charset: self.choose(Column::Charset, &CHARSETS, usual.charset),
                    guard: self.choose(Column::Guard, &GUARDS, usual.guard),
                }
            },
        };
        ReadRow {
            line,
            draft,
            faults: self.faults,
        }
    }

    /// A cell without the apostrophe that kept it from being a formula; empty where there is none.
    fn cell(&self, column: Column) -> &str {
        let at = self.columns.iter().position(|each| *each == Some(column));
        let cell = at
            .and_then(|at| self.record.get(at))
            .unwrap_or_default()
            .trim();
        match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\'']) => rest,
            Some(_) | None => cell,
        }
    }

    fn choose<T: Copy + PartialEq>(&mut self, column: Column, choice: &Choice<T>, usual: T) -> T {
        let word = self.cell(column);
        if word.is_empty() {
            return usual;
        }
        let chosen = choice.read(word);
        if chosen.is_none() {
            self.faults.push((column.field(), FieldProblem::NotAChoice));
        }
        chosen.unwrap_or(usual)
    }

    fn server(&mut self, [host, port, tls]: [Column; 3], usual_port: i64) -> Option<EndpointDraft> {
        let name = self.cell(host).to_owned();
        if name.is_empty() {
            return None;
        }
        let number = match self.cell(port) {
            "" => usual_port,
            // No number is no port, and is said so at its field.
            typed => typed.parse().unwrap_or(0),
        };
        let usual = if usual_port == 587 {
            TlsMode::StartTls
        } else {
            TlsMode::Implicit
        };
        Some(EndpointDraft {
            host: name,
            port: number,
            tls: self.choose(tls, &TLS_MODES, usual),
        })
    }
}

/// UTF-8 or UTF-16 by its mark, else UTF-8 where it is valid, else `Shift_JIS`.
fn decode(octets: &[u8]) -> Option<String> {
    let (encoding, mark) = match encoding_rs::Encoding::for_bom(octets) {
        Some(found) => found,
        None if std::str::from_utf8(octets).is_ok() => (encoding_rs::UTF_8, 0),
        None => (encoding_rs::SHIFT_JIS, 0),
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(octets.get(mark..)?)?;
    (!text.contains('\0')).then(|| text.into_owned())
}

/// What separates the names of the columns: a comma, or what Excel takes instead of it.
fn separator(text: &str) -> u8 {
    let heads = text.lines().next().unwrap_or_default();
    let count = |separator: &u8| heads.bytes().filter(|octet| octet == separator).count();
    [b';', b'\t', b',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b',')
}
