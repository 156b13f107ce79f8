//! What arrives: read by mail-parser, over all of the blocks that Japanese is written in. Python's
//! decoders, which share nothing with the encoder, read the same in the whole-product tests.

use std::collections::BTreeMap;

use jiff::Timestamp;
use mail_parser::MessageParser;
use proptest::prelude::*;

use super::*;
use crate::account::MailAddress;

const LEGACY: [Charset; 2] = [Charset::Iso2022Jp, Charset::ShiftJis];

fn wire(
    subject: &str,
    body: &str,
    charset: Charset,
    guard: GarblingGuard,
) -> (PreparedMail, Vec<u8>) {
    let mail = prepare(subject, body, charset, guard);
    let address = MailAddress::new("order@hana-shop.example").unwrap();
    let to_self = MailToSelf {
        address: &address,
        id: "a1.b2",
        at: Timestamp::UNIX_EPOCH,
        mail: &mail,
    };
    let octets = compose(&to_self).unwrap().formatted();
    (mail, octets)
}

fn arrived(octets: &[u8]) -> (String, String) {
    let message = MessageParser::default().parse(octets).unwrap();
    let body = message.body_text(0).unwrap().replace("\r\n", "\n");
    (message.subject().unwrap_or_default().to_owned(), body)
}

fn guarded(text: &str) -> String {
    prepare("", text, Charset::Iso2022Jp, GarblingGuard::Replace)
        .body
        .text
}

#[test]
fn what_shops_write_is_replaced_by_what_everybody_reads() {
    for (written, read) in [
        ("①〜⑳ Ⅳ ㈱花 №5 ℡", "(1)～(20) IV (株)花 No.5 TEL"),
        ("髙橋 﨑田 𠮷野", "高橋 崎田 吉野"),
        ("ﾊﾟﾝ ｶﾞﾗｽ ｱｲｳ｡", "パン ガラス アイウ。"),
        ("か\u{3099}き と は\u{309a}り", "がき と ぱり"),
        ("葛\u{e0100}飾 ☎\u{fe0f}", "葛飾 〓"),
        ("㎡ ㍉ ㍻ ㋿ ㊤", "m2 ミリ 平成 令和 (上)"),
        ("1\u{fe0f}\u{20e3}", "1"),
        ("😀👨‍👩‍👧", "〓〓"),
        ("鍈", "〓"),
        ("a\u{1b}$Bb\u{0}", "a$Bb"),
    ] {
        assert_eq!(guarded(written), read, "{written}");
    }
}

#[test]
fn the_look_alike_pairs_change_their_code_and_not_their_look() {
    let pairs = "〜～ ‖∥ −－ ¢￠ £￡ ¬￢";
    for charset in LEGACY {
        for guard in [
            GarblingGuard::Off,
            GarblingGuard::Replace,
            GarblingGuard::Utf8WhenNeeded,
        ] {
            let mail = prepare(pairs, pairs, charset, guard);
            assert_eq!(mail.body.text, "～～ ∥∥ －－ ￠￠ ￡￡ ￢￢");
            assert_eq!(mail.charset, charset, "no reason to leave it");
            assert!(
                mail.body
                    .changes
                    .iter()
                    .all(|change| change.kind == ChangeKind::SameLook)
            );
            assert_eq!(mail.body.changes.len(), 6);
        }
    }
    let kept = prepare(pairs, pairs, Charset::Utf8, GarblingGuard::Replace);
    assert_eq!(
        (kept.body.text.as_str(), kept.body.changes.len()),
        (pairs, 0)
    );
}

#[test]
fn the_guard_decides_about_machine_dependent_characters() {
    let off = prepare("①", "①髙", Charset::Iso2022Jp, GarblingGuard::Off);
    assert_eq!(off.body.text, "①髙");
    let kinds: Vec<_> = off.body.changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::MachineDependent; 2]);
    let as_needed = prepare(
        "在庫",
        "①",
        Charset::Iso2022Jp,
        GarblingGuard::Utf8WhenNeeded,
    );
    assert_eq!(
        (as_needed.charset, as_needed.body.text.as_str()),
        (Charset::Utf8, "①")
    );
    assert_eq!(as_needed.body.changes, []);
    let unneeded = prepare(
        "在庫",
        "ｱﾘ",
        Charset::Iso2022Jp,
        GarblingGuard::Utf8WhenNeeded,
    );
    assert_eq!(
        (unneeded.charset, unneeded.body.text.as_str()),
        (Charset::Iso2022Jp, "アリ")
    );
}

#[test]
fn every_change_names_its_place() {
    let mail = prepare(
        "",
        "注文①㈱\n〆",
        Charset::Iso2022Jp,
        GarblingGuard::Replace,
    );
    for change in &mail.body.changes {
        let there = mail
            .body
            .text
            .get(change.at..change.at + change.arrives.len());
        assert_eq!(there, Some(change.arrives.as_str()));
    }
    let written: Vec<_> = mail
        .body
        .changes
        .iter()
        .map(|change| change.written.as_str())
        .collect();
    assert_eq!(written, ["①", "㈱"]);
}

#[test]
fn subjects_are_folded_words_that_are_whole_in_themselves() {
    let subject = "【花ショップ】ご注文ありがとうございます（注文番号 20261124-0001）楽天市場店からのお知らせです".repeat(3);
    for charset in Charset::ALL {
        let value = header::encode("Subject", &subject, charset).unwrap();
        let lines: Vec<_> = value.split("\r\n ").collect();
        assert!(lines.len() > 3);
        assert!(lines[0].len() + "Subject: ".len() <= 75);
        for line in lines {
            assert!(line.len() <= 75, "{line}");
            let alone = format!("Subject: {line}\r\n\r\n");
            let read = arrived_subject(alone.as_bytes());
            assert!(subject.contains(&read) && !read.is_empty(), "{read}");
        }
        let (_, octets) = wire(&subject, "", charset, GarblingGuard::Replace);
        assert_eq!(arrived(&octets).0, subject);
    }
}

fn arrived_subject(octets: &[u8]) -> String {
    let message = MessageParser::default().parse(octets).unwrap();
    message.subject().unwrap_or_default().to_owned()
}

#[test]
fn plain_subjects_stay_plain_unless_they_look_encoded_or_cannot_be_folded() {
    let value = |text: &str| header::encode("Subject", text, Charset::Iso2022Jp).unwrap();
    assert_eq!(value("Order 1"), "Order 1");
    assert!(value("=?UTF-8?B?QQ==?=").starts_with("=?ISO-2022-JP?B?"));
    assert!(value(&"x".repeat(2000)).starts_with("=?ISO-2022-JP?B?"));
    let folded = value(&"word ".repeat(40));
    assert!(
        folded.split("\r\n").all(|line| line.len() <= 78),
        "{folded}"
    );
    assert_eq!(folded.replace("\r\n", ""), "word ".repeat(40));
}

#[test]
fn seven_bit_bodies_have_short_lines_that_end_in_ascii() {
    let body = format!("{}\n{}\n半角ABC全角", "長".repeat(3000), "a漢".repeat(900));
    let (_, octets) = wire("件名", &body, Charset::Iso2022Jp, GarblingGuard::Replace);
    assert!(octets.iter().all(u8::is_ascii));
    for line in octets.split(|octet| *octet == b'\n') {
        assert!(line.len() <= 999, "{}", line.len());
        let last = line.windows(3).rev().find(|three| three[0] == 0x1b);
        assert!(last.is_none_or(|escape| escape == b"\x1b(B"));
    }
    let joined = arrived(&octets).1.replace('\n', "");
    assert_eq!(joined, body.replace('\n', ""));
}

/// Every character of the blocks that Japanese is written in.
fn japanese() -> impl Iterator<Item = char> {
    let blocks = [
        0x20..=0x7e,
        0xa0..=0x17f,
        0x370..=0x45f,
        0x2000..=0x22ff,
        0x2300..=0x23ff,
        0x2460..=0x26ff,
        0x2700..=0x27bf,
        0x2e80..=0x2fdf,
        0x3000..=0x33ff,
        0x3400..=0x4dbf,
        0x4e00..=0x9fff,
        0xf900..=0xfaff,
        0xff00..=0xffef,
        0x1f300..=0x1f64f,
        0x20000..=0x2a6df,
    ];
    blocks.into_iter().flatten().filter_map(char::from_u32)
}

#[test]
fn what_the_preview_shows_is_what_arrives() {
    for charset in Charset::ALL {
        for guard in [GarblingGuard::Replace, GarblingGuard::Off] {
            let letters: Vec<String> = japanese().map(String::from).collect();
            for some in letters.chunks(500) {
                let body = some.join("\n");
                let (mail, octets) = wire("件名", &body, charset, guard);
                if guard == GarblingGuard::Off
                    && mail
                        .body
                        .changes
                        .iter()
                        .any(|change| change.kind == ChangeKind::MachineDependent)
                {
                    // What a reader of another make sees of these nobody can promise.
                    continue;
                }
                let read = arrived(&octets).1;
                assert_eq!(
                    look(&read).trim_end(),
                    look(&mail.body.text).trim_end(),
                    "{charset:?}"
                );
            }
        }
    }
}

/// The pairs that two decoders read differently, as one.
fn look(text: &str) -> String {
    text.chars().map(substitutes::look_alike).collect()
}

#[test]
fn figures_of_what_is_kept_replaced_and_lost() {
    let mut counts = BTreeMap::new();
    for letter in japanese() {
        let text = letter.to_string();
        let [kind, same] = LEGACY.map(|charset| {
            let made = prepare("", &text, charset, GarblingGuard::Replace).body;
            made.changes.first().map(|change| change.kind)
        });
        assert_eq!(kind, same, "{letter}: both charsets have the same letters");
        *counts.entry(kind).or_insert(0) += 1;
    }
    // JIS X 0208 has 6,879 characters, ASCII 95 that are seen. The lost ones are kanji that no
    // Japanese standard before JIS X 0213 had, other scripts and emoji.
    let expected = [
        (None, 6_879 + 95),
        (Some(ChangeKind::SameLook), 481),
        (Some(ChangeKind::Replaced), 1_066),
        (Some(ChangeKind::Lost), 67_206),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
}

proptest! {
    #[test]
    fn nothing_is_too_strange_to_be_sent(subject in "\\PC{0,80}", body in "(\\PC|\n){0,200}", at in 0_usize..3) {
        for guard in [GarblingGuard::Off, GarblingGuard::Replace, GarblingGuard::Utf8WhenNeeded] {
            let (mail, octets) = wire(&subject, &body, Charset::ALL[at], guard);
            prop_assert!(octets.split(|octet| *octet == b'\n').all(|line| line.len() <= 999));
            prop_assert!(mail.charset == Charset::Utf8 || octets.is_ascii());
        }
    }
}
