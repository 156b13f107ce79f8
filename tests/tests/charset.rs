//! Outgoing Japanese mail read by Python's decoders, which are not the encoder's: what the preview
//! shows is what arrives, for every character of the blocks that Japanese is written in.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::io::Write as _;
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use ninka_core::account::MailAddress;
use ninka_core::charset::{Charset, GarblingGuard, MailToSelf, PreparedMail, compose, prepare};

/// Latin, Greek and Cyrillic with Japanese typography's signs; kana, kanji with both extensions,
/// compatibility forms, half and full width, emoji.
const BLOCKS: [RangeInclusive<u32>; 12] = [
    0x20..=0x7e,
    0xa0..=0x17f,
    0x370..=0x45f,
    0x2000..=0x27bf,
    0x2e80..=0x2fdf,
    0x3000..=0x33ff,
    0x3400..=0x4dbf,
    0x4e00..=0x9fff,
    0xf900..=0xfaff,
    0xff00..=0xffef,
    0x1f300..=0x1f64f,
    0x20000..=0x2a6df,
];

/// The one cell that Unicode's maker and Microsoft read differently is the same to a reader.
fn look(text: &str) -> String {
    let other = |letter| match letter {
        '〜' => '～',
        '‖' => '∥',
        '−' => '－',
        '¢' => '￠',
        '£' => '￡',
        '¬' => '￢',
        '—' => '―',
        '\u{c5}' => '\u{212b}',
        same => same,
    };
    text.trim_end().chars().map(other).collect()
}

/// Writes the mails and has Python read them.
fn arrived(mails: &[Vec<u8>]) -> Vec<serde_json::Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("charset/arrived.py");
    let mut python = Command::new("python3")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = python.stdin.take().unwrap();
    let lines: Vec<String> = mails.iter().map(|mail| STANDARD.encode(mail)).collect();
    let writer = std::thread::spawn(move || {
        for line in lines {
            writeln!(input, "{line}").unwrap();
        }
    });
    let output = python.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn python_reads_what_the_preview_shows() {
    let letters: Vec<char> = BLOCKS
        .into_iter()
        .flatten()
        .filter_map(char::from_u32)
        .collect();
    let address = MailAddress::new("order@hana-shop.example").unwrap();
    for charset in Charset::ALL {
        let mut prepared: Vec<PreparedMail> = Vec::new();
        for some in letters.chunks(400) {
            // Between others, so that marks have a letter and lines an end.
            let body: String = some
                .iter()
                .map(|letter| format!("あ{letter}い\n"))
                .collect();
            let subject: String = some.iter().step_by(9).collect();
            prepared.push(prepare(&subject, &body, charset, GarblingGuard::Replace));
        }
        let composed = prepared.iter().map(|mail| {
            let to_self = MailToSelf {
                address: &address,
                id: "round.trip",
                at: Timestamp::UNIX_EPOCH,
                mail,
            };
            compose(&to_self).unwrap().formatted()
        });
        let read = arrived(&composed.collect::<Vec<_>>());
        assert_eq!(read.len(), prepared.len());
        for (mail, read) in prepared.iter().zip(&read) {
            let body = read["body"].as_str().unwrap();
            assert_eq!(body.lines().count(), mail.body.text.lines().count());
            for (read, shown) in body.lines().zip(mail.body.text.lines()) {
                assert_eq!(look(read), look(shown), "{charset:?}");
            }
            let subject = read["subject"].as_str().unwrap();
            assert_eq!(look(subject), look(&mail.subject.text), "{charset:?}");
        }
    }
}
