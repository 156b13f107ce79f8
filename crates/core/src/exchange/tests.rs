//! Tables: written and read back, as spreadsheet programs save them, and with everything wrong.

use proptest::prelude::*;

use super::*;
use crate::account::{
    Account, AccountId, AuthMethod, CheckedDraft, Field, FieldProblem, Purpose, Revision,
};
use crate::language::Language;
use crate::problem::Problem;

fn accounts(table: &str) -> Vec<Account> {
    let rows = read(table.as_bytes()).unwrap();
    let account = |row: ReadRow| {
        assert_eq!(row.faults, []);
        let CheckedDraft {
            address,
            name,
            purpose,
            auth,
            mailbox,
            servers,
            writing,
            ..
        } = row.draft.check(true).unwrap();
        Account {
            id: AccountId(0),
            revision: Revision(1),
            address,
            name,
            purpose,
            auth,
            mailbox,
            servers,
            writing,
            created_at: jiff::Timestamp::UNIX_EPOCH,
        }
    };
    rows.into_iter().map(account).collect()
}

const TABLE: &str = "メールアドレス,名称,用途,認証方式,共有メールボックスにサインインする人,アカウント,POPサーバー,POPポート,POP暗号化,IMAPサーバー,IMAPポート,IMAP暗号化,SMTPサーバー,SMTPポート,SMTP暗号化,文字コード,文字化け対策\r
order@hana-shop.example,\"本店, \"\"花\"\"\",注文受信,OAuth,,,,,,,,,,,,ISO-2022-JP,置き換える\r
kyoyu@hana-shop.example,共有,注文受信,OAuth,taro@hana-shop.example,,,,,,,,,,,ISO-2022-JP,置き換える\r
minna@hana-shop.example,共有,注文受信,OAuth,誰でも,,,,,,,,,,,ISO-2022-JP,置き換える\r
info@hana-shop.example,'=HYPERLINK(1),送信,パスワード,,info,pop.hana-shop.example,995,SSL/TLS,,,,smtp.hana-shop.example,587,STARTTLS,UTF-8,しない\r
";

#[test]
fn a_table_is_the_same_after_reading_and_writing() {
    let read = accounts(TABLE);
    assert_eq!(read[0].name, "本店, \"花\"");
    assert_eq!(read[3].name, "=HYPERLINK(1)");
    assert_eq!(
        read[3].auth,
        AuthMethod::Password {
            user: "info".to_owned()
        }
    );
    let written = write(read.iter(), Language::Ja, TableEncoding::Utf8).unwrap();
    assert_eq!(
        written.strip_prefix(b"\xef\xbb\xbf"),
        Some(TABLE.as_bytes())
    );
    for (language, encoding) in [
        (Language::En, TableEncoding::Utf8),
        (Language::Ja, TableEncoding::ShiftJis),
        (Language::En, TableEncoding::ShiftJis),
    ] {
        let written = write(read.iter(), language, encoding).unwrap();
        let rows = super::read(&written).unwrap();
        let again = write(accounts_of(&rows).iter(), Language::Ja, TableEncoding::Utf8).unwrap();
        assert_eq!(again.strip_prefix(b"\xef\xbb\xbf"), Some(TABLE.as_bytes()));
    }
}

fn accounts_of(rows: &[ReadRow]) -> Vec<Account> {
    let mut made = accounts(TABLE);
    assert_eq!(rows.len(), made.len());
    for (account, row) in made.iter_mut().zip(rows) {
        let checked = row.draft.clone().check(true).unwrap();
        account.address = checked.address;
        account.name = checked.name;
        account.purpose = checked.purpose;
        account.auth = checked.auth;
        account.mailbox = checked.mailbox;
        account.servers = checked.servers;
        account.writing = checked.writing;
    }
    made
}

#[test]
fn what_spreadsheet_programs_save_is_read() {
    let semicolons = "address;purpose\norder@hana-shop.example;order-receiving\n";
    let tabs = "Ａｄｄｒｅｓｓ\t用途\r\norder@hana-shop.example\t注文受信";
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(tabs.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let swapped = "用途,知らない列,メールアドレス\n\n注文受信,x,order@hana-shop.example\n,,\n";
    let (shift_jis, _, lossy) = encoding_rs::SHIFT_JIS.encode(swapped);
    assert!(!lossy);
    for table in [
        semicolons.as_bytes(),
        tabs.as_bytes(),
        &utf16,
        swapped.as_bytes(),
        &shift_jis,
    ] {
        let rows = read(table).unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].draft.address, "order@hana-shop.example");
        assert_eq!(rows[0].draft.purpose, Purpose::OrderReceiving);
        assert!(rows[0].draft.oauth, "what is not said is the usual");
    }
}

#[test]
fn faults_stand_at_their_line_and_column() {
    let table = "Address,Purpose,Sign-in,SMTP server,SMTP port,SMTP encryption\n\
        order@hana-shop.example,orders,OAuth,,,\n\
        info,Sending,Password,smtp.hana-shop.example,five,tls1\n";
    let other_ends = read(table.replace('\n', "\r\n").as_bytes()).unwrap();
    let empty_lines =
        read("Address\r\na@b.example\r\n\r\n\r\nc@b.example\r\n,\r\nd@b.example".as_bytes())
            .unwrap();
    let lines: Vec<u64> = empty_lines.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 5, 7], "as a spreadsheet program counts them");
    assert_eq!((other_ends[0].line, other_ends[1].line), (2, 3));
    let rows = read(table.as_bytes()).unwrap();
    assert_eq!((rows[0].line, rows[1].line), (2, 3));
    assert_eq!(rows[0].faults, [(Field::Purpose, FieldProblem::NotAChoice)]);
    assert_eq!(rows[1].faults, [(Field::SmtpTls, FieldProblem::NotAChoice)]);
    let checked = rows[1].draft.clone().check(true).unwrap_err();
    assert_eq!(
        checked,
        [
            (Field::Address, FieldProblem::NotAnAddress),
            (Field::SmtpPort, FieldProblem::NotAPort)
        ]
    );
}

#[test]
fn what_is_no_table_is_refused_by_name() {
    assert_eq!(read(b"").unwrap_err(), Problem::TableUnreadable);
    assert_eq!(read(b"name\nx\n").unwrap_err(), Problem::TableUnreadable);
    assert_eq!(
        read(b"PK\x03\x04\0\0\xff\xff").unwrap_err(),
        Problem::TableUnreadable
    );
    assert_eq!(
        read(&vec![b'a'; LARGEST + 1]).unwrap_err(),
        Problem::TableTooLarge
    );
    let long = format!("address\n{}", "a@b.example\n".repeat(MOST_ROWS + 1));
    assert_eq!(read(long.as_bytes()).unwrap_err(), Problem::TableTooLarge);
}

proptest! {
    #[test]
    fn no_file_is_too_strange(octets in proptest::collection::vec(any::<u8>(), 0..400), headed in any::<bool>()) {
        let mut file = if headed { b"address,purpose\n".to_vec() } else { Vec::new() };
        file.extend(octets);
        if let Ok(rows) = read(&file) {
            prop_assert!(rows.len() <= MOST_ROWS);
        }
    }
}
