//! Accounts as CSV, the lines ending in CRLF (RFC 4180). A value that a spreadsheet program would
//! take for a formula begins with an apostrophe, which reading takes away again.

use super::TableEncoding;
use super::columns::{ANYBODY, CHARSETS, Column, GUARDS, PURPOSES, SIGN_INS, TLS_MODES};
use crate::account::{Account, AuthMethod, Endpoint, Mailbox};
use crate::language::Language;
use crate::problem::Outcome;

/// Writes a table with the names of the columns in `language`.
///
/// # Errors
/// [`Problem::Internal`](crate::Problem::Internal) only: nothing outside memory is touched.
pub fn write<'a>(
    accounts: impl Iterator<Item = &'a Account>,
    language: Language,
    encoding: TableEncoding,
) -> Outcome<Vec<u8>> {
    let heads = Column::ALL.map(|column| column.name(language).to_owned());
    let rows = accounts.map(|account| Column::ALL.map(|column| cell(account, column, language)));
    write_table(std::iter::once(heads).chain(rows), encoding)
}

/// Writes rows, the columns' names first.
///
/// # Errors
/// [`Problem::Internal`](crate::Problem::Internal) only: nothing outside memory is touched.
pub(crate) fn write_table<const N: usize>(
    rows: impl Iterator<Item = [String; N]>,
    encoding: TableEncoding,
) -> Outcome<Vec<u8>> {
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        table
            .write_record(row.map(tame))
            .map_err(anyhow::Error::from)?;
    }
    let text = table
        .into_inner()
        .map_err(|fault| anyhow::anyhow!("{fault}"))?;
    Ok(match encoding {
        TableEncoding::Utf8 => [b"\xef\xbb\xbf".as_slice(), &text].concat(),
        TableEncoding::ShiftJis => {
            let text = String::from_utf8_lossy(&text);
            shift_jis(&text)
        }
    })
}

fn cell(account: &Account, column: Column, language: Language) -> String {
    let servers = &account.servers;
    match column {
        Column::Address => account.address.as_str().to_owned(),
        Column::Name => account.name.clone(),
        Column::Purpose => PURPOSES.word(account.purpose, language).to_owned(),
        Column::SignIn => {
            let oauth = account.auth == AuthMethod::OAuth;
            SIGN_INS.word(oauth, language).to_owned()
        }
        Column::SignsIn => match &account.mailbox {
            Mailbox::Own => String::new(),
            Mailbox::Shared { person: None } => ANYBODY.word((), language).to_owned(),
            Mailbox::Shared {
                person: Some(person),
            } => person.to_string(),
        },
        Column::User => match &account.auth {
            AuthMethod::OAuth => String::new(),
            AuthMethod::Password { user } => user.clone(),
        },
        Column::Pop3Host => host(servers.pop3.as_ref()),
        Column::Pop3Port => port(servers.pop3.as_ref()),
        Column::Pop3Tls => tls(servers.pop3.as_ref(), language),
        Column::ImapHost => host(servers.imap.as_ref()),
        Column::ImapPort => port(servers.imap.as_ref()),
        Column::ImapTls => tls(servers.imap.as_ref(), language),
        Column::SmtpHost => host(servers.smtp.as_ref()),
        Column::SmtpPort => port(servers.smtp.as_ref()),
        Column::SmtpTls => tls(servers.smtp.as_ref(), language),
        Column::Charset => CHARSETS.word(account.writing.charset, language).to_owned(),
        Column::Guard => GUARDS.word(account.writing.guard, language).to_owned(),
    }
}

fn host(endpoint: Option<&Endpoint>) -> String {
    endpoint
        .map(|endpoint| endpoint.host.as_str().to_owned())
        .unwrap_or_default()
}

fn port(endpoint: Option<&Endpoint>) -> String {
    endpoint
        .map(|endpoint| endpoint.port.number().to_string())
        .unwrap_or_default()
}

fn tls(endpoint: Option<&Endpoint>, language: Language) -> String {
    let word = endpoint.map(|endpoint| TLS_MODES.word(endpoint.tls, language));
    word.unwrap_or_default().to_owned()
}

/// Keeps spreadsheet programs from calculating.
fn tame(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\'']) {
        return format!("'{cell}");
    }
    cell
}

fn shift_jis(text: &str) -> Vec<u8> {
    let mut octets = Vec::with_capacity(text.len());
    for letter in text.chars() {
        let mut one = [0; 4];
        let (encoded, _, lossy) = encoding_rs::SHIFT_JIS.encode(letter.encode_utf8(&mut one));
        octets.extend_from_slice(if lossy { b"?" } else { &encoded });
    }
    octets
}
