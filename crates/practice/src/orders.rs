//! Order mails as Japanese shops get them: ISO-2022-JP and UTF-8, encoded headers, lines that begin
//! with a dot, half-width kana and circled digits.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8};
use jiff::{SignedDuration, Timestamp};

/// How the text travels.
#[derive(Debug, Clone, Copy)]
enum Charset {
    Iso2022Jp,
    Utf8,
}

struct Order {
    charset: Charset,
    hours_ago: i64,
    number: &'static str,
    from: &'static str,
    subject: &'static str,
    lines: &'static [&'static str],
}

const ORDERS: &[Order] = &[
    Order {
        charset: Charset::Iso2022Jp,
        hours_ago: 50,
        number: "2026-0001",
        from: "はな商店カート",
        subject: "【ご注文】受注番号 2026-0001 見本 花子 様",
        lines: &[
            "はな商店 ご担当者 様",
            "",
            "次のご注文が入りました。",
            "受注番号: 2026-0001",
            "お名前: 見本 花子(ミホン ハナコ)様",
            "お支払い方法: クレジットカード",
            "--------------------------------",
            "チューリップの球根 10球入り  1,200円 x 2",
            "腐葉土 5L                      480円 x 1",
            "--------------------------------",
            "送料: 660円",
            "合計: 3,540円(税込)",
        ],
    },
    Order {
        charset: Charset::Utf8,
        hours_ago: 26,
        number: "2026-0002",
        from: "はな商店カート",
        subject: "【ご注文】受注番号 2026-0002 見本 太郎 様",
        lines: &[
            "はな商店 ご担当者 様",
            "",
            "次のご注文が入りました。",
            "受注番号: 2026-0002",
            "お名前: 見本 太郎 様(髙島屋前店でのお受け取り)",
            "お支払い方法: 代金引換",
            "胡蝶蘭 3本立ち  16,500円 x 1",
            "メッセージカード: 開店おめでとうございます🌸",
            "合計: 17,160円(税込)",
        ],
    },
    Order {
        charset: Charset::Iso2022Jp,
        hours_ago: 20,
        number: "2026-0003",
        from: "はな商店カート",
        subject: "【ご注文】受注番号 2026-0003 株式会社見本商会 御中 定期便(毎月1回お届け)のお申し込み",
        lines: &[
            "はな商店 ご担当者 様",
            "",
            "次のご注文が入りました。",
            "受注番号: 2026-0003",
            "お名前: 株式会社見本商会 御中",
            "①季節の花束(M)  3,300円 x 12",
            "②花瓶            0円(特典)",
            "..この行は点で始まります。",
            ".",
            "備考: 領収書をお願いします。",
            "合計: 39,600円(税込)",
        ],
    },
    Order {
        charset: Charset::Utf8,
        hours_ago: 3,
        number: "2026-0004",
        from: "はな商店 お問い合わせ窓口",
        subject: "Re: 受注番号 2026-0002 お届け日の変更について",
        lines: &[
            "お世話になっております。見本 太郎です。",
            "",
            "お届け日を次の土曜日に変更できますでしょうか。",
            "ご確認をよろしくお願いいたします。",
        ],
    },
];

/// The order mails of a new mailbox, oldest first.
pub(crate) fn made_for(address: &str, now: Timestamp) -> Vec<Vec<u8>> {
    ORDERS
        .iter()
        .map(|order| written(order, address, now))
        .collect()
}

fn written(order: &Order, address: &str, now: Timestamp) -> Vec<u8> {
    let domain = address
        .rsplit_once('@')
        .map_or("localhost", |(_, domain)| domain);
    let ago = SignedDuration::from_hours(order.hours_ago);
    let at = now.checked_sub(ago).unwrap_or(Timestamp::UNIX_EPOCH);
    let (name, transfer) = match order.charset {
        Charset::Iso2022Jp => ("ISO-2022-JP", "7bit"),
        Charset::Utf8 => ("UTF-8", "base64"),
    };
    let header = format!(
        "From: {} <cart@{domain}>\r\nTo: <{address}>\r\nSubject: {}\r\nDate: {}\r\n\
         Message-ID: <order-{}@{domain}>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset={name}\r\nContent-Transfer-Encoding: {transfer}\r\n\
         X-Practice: {}\r\n\r\n",
        encoded_words(order.from, order.charset),
        encoded_words(order.subject, order.charset),
        at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        order.number,
        encoded_words("練習用", order.charset),
    );
    let text = format!("{}\r\n", order.lines.join("\r\n"));
    let mut raw = header.into_bytes();
    match order.charset {
        Charset::Iso2022Jp => raw.extend_from_slice(&encoded(&text, ISO_2022_JP)),
        Charset::Utf8 => {
            let text = STANDARD.encode(encoded(&text, UTF_8));
            for line in text.as_bytes().chunks(76) {
                raw.extend_from_slice(line);
                raw.extend_from_slice(b"\r\n");
            }
        }
    }
    raw
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

/// RFC 2047 words of at most 75 characters, folded. Each word stands alone, as ISO-2022-JP needs.
fn encoded_words(text: &str, charset: Charset) -> String {
    // 10 letters make at most 3 + 20 + 3 octets in ISO-2022-JP and 40 in UTF-8.
    const LETTERS: usize = 10;
    let (name, encoding) = match charset {
        Charset::Iso2022Jp => ("ISO-2022-JP", ISO_2022_JP),
        Charset::Utf8 => ("UTF-8", UTF_8),
    };
    let letters: Vec<char> = text.chars().collect();
    let words = letters.chunks(LETTERS).map(|letters| {
        let word: String = letters.iter().collect();
        format!("=?{name}?B?{}?=", STANDARD.encode(encoded(&word, encoding)))
    });
    words.collect::<Vec<_>>().join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_a_proper_mail() {
        for raw in made_for("order@hana-shop.example", Timestamp::UNIX_EPOCH) {
            let text = String::from_utf8(raw).expect("7 bit");
            assert!(text.is_ascii() && text.ends_with("\r\n"));
            assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
            assert!(text.lines().all(|line| line.len() <= 200));
            let (header, _) = text.split_once("\r\n\r\n").unwrap();
            assert!(header.lines().all(|line| line.len() <= 90), "{header}");
        }
    }

    #[test]
    fn nothing_is_lost_in_iso_2022_jp() {
        for order in ORDERS
            .iter()
            .filter(|order| matches!(order.charset, Charset::Iso2022Jp))
        {
            let text = order.lines.join("\r\n") + order.subject;
            assert!(!ISO_2022_JP.encode(&text).2, "{}", order.subject);
        }
    }

    #[test]
    fn words_decode_to_what_they_were() {
        let words = encoded_words("受注番号 2026-0001 見本 花子 様", Charset::Iso2022Jp);
        let text: String = words
            .split("\r\n ")
            .map(|word| {
                assert!(word.len() <= 75, "{word}");
                let inner = word.strip_prefix("=?ISO-2022-JP?B?").unwrap();
                let octets = STANDARD.decode(inner.strip_suffix("?=").unwrap()).unwrap();
                ISO_2022_JP.decode(&octets).0.into_owned()
            })
            .collect();
        assert_eq!(text, "受注番号 2026-0001 見本 花子 様");
    }
}
