//! Links there and back, hostile ones, and that none has a place for a secret.

use proptest::prelude::*;

use super::*;

const PLAIN: &str =
    "ninka:hand-over?v=1&address=order%40hana-shop.example&purpose=order-receiving&sign-in=oauth";

fn draft() -> HandOverDraft {
    HandOverDraft {
        address: "order@hana-shop.example".to_owned(),
        name: "本店 注文受付".to_owned(),
        purpose: Purpose::OrderReceiving,
        oauth: true,
        pop3: server("pop.hana-shop.example", 995),
        imap: None,
        smtp: server("2001:db8::1", 587),
        authorize: true,
    }
}

fn server(host: &str, port: i64) -> Option<EndpointDraft> {
    Some(EndpointDraft {
        host: host.to_owned(),
        port,
        tls: TlsMode::Implicit,
    })
}

fn refused(link: &str) -> HandOverFault {
    HandOver::parse(link).unwrap_err()
}

fn key(fault: fn(String) -> HandOverFault, key: &str) -> HandOverFault {
    fault(key.to_owned())
}

#[test]
fn a_link_as_it_was_sent_stays_readable() {
    let made = HandOver::new(draft()).unwrap();
    let link = made.link();
    assert_eq!(
        link,
        "ninka:hand-over?v=1&address=order%40hana-shop.example\
         &name=%E6%9C%AC%E5%BA%97%20%E6%B3%A8%E6%96%87%E5%8F%97%E4%BB%98&purpose=order-receiving\
         &sign-in=oauth&pop3=pop.hana-shop.example%3A995%3Aimplicit\
         &smtp=2001%3Adb8%3A%3A1%3A587%3Aimplicit&authorize=yes"
    );
    let file = format!("\u{FEFF}{link}\r\n");
    let slashes = link.replace("ninka:hand-over?", "NINKA://hand-over/?");
    for text in [link, file, slashes] {
        assert_eq!(HandOver::parse(&text).as_ref(), Ok(&made), "{text}");
    }
}

#[test]
fn each_refusal_has_its_name() {
    assert!(HandOver::parse(PLAIN).is_ok());
    for other in [
        "",
        "ninka:",
        "https://hana-shop.example/",
        "ninka:account?v=1",
        "order@hana.example",
    ] {
        assert_eq!(refused(other), HandOverFault::NotALink, "{other}");
    }
    let with = |rest: &str| format!("{PLAIN}&{rest}");
    let long = with(&format!("name={}", "a".repeat(LONGEST_LINK)));
    assert_eq!(refused(&long), HandOverFault::TooLong);
    let newer = PLAIN.replace("v=1", "v=7&colour=red");
    assert_eq!(refused(&newer), HandOverFault::Newer { version: 7 });
    assert_eq!(
        refused(&PLAIN.replace("v=1", "v=0")),
        HandOverFault::NotALink
    );
    let unknown = |key| HandOverFault::Unknown { key };
    assert_eq!(refused(&with("colour=red")), key(unknown, "colour"));
    let twice = |key| HandOverFault::Twice { key };
    assert_eq!(refused(&with("purpose=sending")), key(twice, "purpose"));
    let missing = PLAIN.replace("&purpose=order-receiving", "");
    assert_eq!(refused(&missing), HandOverFault::Missing { key: "purpose" });
    for (rest, key) in [
        ("smtp=smtp.hana.example", "smtp"),
        ("smtp=smtp.hana.example%3A0%3Aimplicit", "smtp"),
        ("pop3=pop.hana.example%3A995%3Amaybe", "pop3"),
        ("imap=%E2%85%B0map.example%3A993%3Aimplicit", "imap"),
        ("authorize=no", "authorize"),
    ] {
        assert_eq!(refused(&with(rest)), HandOverFault::Value { key }, "{rest}");
    }
    let value = |from: &str, to: &str| refused(&PLAIN.replace(from, to));
    let bad = |key| HandOverFault::Value { key };
    assert_eq!(value("order%40", "order"), bad("address"));
    assert_eq!(value("order%40", "a%3Ab%40"), bad("address"));
    assert_eq!(value("order-receiving", "everything"), bad("purpose"));
    assert_eq!(value("order-receiving", "rakuten-sending"), bad("sign-in"));
    assert_eq!(value("=oauth", "=password&authorize=yes"), bad("authorize"));
}

#[test]
fn nothing_invisible_and_nothing_turned_around() {
    for hidden in [
        "%00",
        "%0A",
        "%7F",
        "%C2%85",
        "%E2%80%AE",
        "%E2%80%8B",
        "%EF%BB%BF",
        "%F3%A0%80%A1",
        "%EE%80%80",
        "%FF",
        "%C0%AF",
        "%ED%A0%80",
        "%",
        "%4g",
        "%zz",
        "+",
        " ",
        "本",
        "\"",
        "<",
        "\u{202E}",
    ] {
        let link = format!("{PLAIN}&name=a{hidden}b");
        assert_eq!(refused(&link), HandOverFault::Characters, "{hidden}");
    }
    // A host that looks like another is shown in its ASCII form, which does not.
    let homograph = format!("{PLAIN}&smtp=xn--mcrosoft-c2a.example%3A587%3Astarttls");
    let read = HandOver::parse(&homograph).unwrap();
    let smtp = read.servers().smtp.as_ref().unwrap();
    assert_eq!(smtp.host.as_str(), "xn--mcrosoft-c2a.example");
}

#[test]
fn what_was_typed_is_refused_at_its_field() {
    let fields = |draft: HandOverDraft| match HandOver::new(draft) {
        Err(Problem::Invalid { fields }) => fields,
        other => panic!("{other:?}"),
    };
    let wrong = HandOverDraft {
        address: String::new(),
        smtp: server("smtp hana", 587),
        purpose: Purpose::RakutenSending,
        ..draft()
    };
    let expected = [
        (Field::Address, FieldProblem::Missing),
        (Field::OAuth, FieldProblem::RakutenNeedsPassword),
        (Field::SmtpHost, FieldProblem::NotAHost),
    ];
    assert_eq!(fields(wrong), expected);
    let hidden = HandOverDraft {
        name: "本店\u{202E}".to_owned(),
        ..draft()
    };
    let characters = Problem::HandOver(HandOverFault::Characters);
    assert_eq!(HandOver::new(hidden), Err(characters));
    let by_password = HandOverDraft {
        oauth: false,
        ..draft()
    };
    assert!(!HandOver::new(by_password).unwrap().authorize());
    let endless = HandOverDraft {
        name: "あ".repeat(100),
        address: format!("{}@{}hana.example", "%".repeat(64), "a.".repeat(80)),
        pop3: server(&"b.".repeat(120), 995),
        imap: server(&"c.".repeat(120), 995),
        smtp: server(&"d.".repeat(120), 995),
        ..draft()
    };
    assert_eq!(
        HandOver::new(endless),
        Err(Problem::HandOver(HandOverFault::TooLong))
    );
}

#[test]
fn a_file_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.ninka");
    let read = |content: &[u8]| {
        std::fs::write(&file, content).unwrap();
        HandOver::read_file(&file)
    };
    assert_eq!(read(PLAIN.as_bytes()), Ok(PLAIN.to_owned()));
    let huge = vec![b' '; 1 << 20];
    assert_eq!(read(&huge), Err(HandOverFault::TooLong.into()));
    assert_eq!(read(&[0xFF, 0xFE]), Err(HandOverFault::NotALink.into()));
    let gone = HandOver::read_file(&folder.path().join("gone.ninka"));
    assert!(
        matches!(gone, Err(Problem::FileUnreadable { .. })),
        "{gone:?}"
    );
}

fn any_server() -> impl Strategy<Value = Option<EndpointDraft>> {
    let tls = prop_oneof![
        Just(TlsMode::Implicit),
        Just(TlsMode::StartTls),
        Just(TlsMode::None)
    ];
    let host = prop_oneof![
        "[a-z0-9]{1,12}(\\.[a-z0-9]{1,12}){0,3}",
        Just("::1".to_owned())
    ];
    let made =
        (host, 1..65_536_i64, tls).prop_map(|(host, port, tls)| EndpointDraft { host, port, tls });
    prop::option::of(made)
}

fn any_draft() -> impl Strategy<Value = HandOverDraft> {
    let who = (
        "[a-zA-Z0-9.+'%&=_-]{1,20}",
        "[ぁ-んァ-ン一-龠a-zA-Z0-9&=%#?＆ ]{0,30}",
    );
    let what = (0..Purpose::ALL.len(), any::<bool>(), any::<bool>());
    (who, what, any_server(), any_server(), any_server()).prop_map(
        |((local, name), (purpose, oauth, authorize), pop3, imap, smtp)| {
            let purpose = Purpose::ALL[purpose];
            HandOverDraft {
                address: format!("{local}@hana-shop.example"),
                name,
                purpose,
                oauth: oauth && purpose != Purpose::RakutenSending,
                pop3,
                imap,
                smtp,
                authorize,
            }
        },
    )
}

proptest! {
    #[test]
    fn there_and_back(draft in any_draft()) {
        let made = HandOver::new(draft).unwrap();
        let link = made.link();
        prop_assert!(link.is_ascii() && link.len() <= LONGEST_LINK);
        prop_assert_eq!(HandOver::parse(&link), Ok(made));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,80}") {
        HandOver::parse(&text).ok();
        HandOver::parse(&format!("ninka:hand-over?{text}")).ok();
        HandOver::parse(&format!("{PLAIN}&name={text}")).ok();
    }

    /// What is read says all that the link says: nothing of it is left out or changed.
    #[test]
    fn what_is_read_is_what_was_written(key in "[a-z0-9-]{1,8}", value in "[a-z0-9.%A-F~_-]{0,16}") {
        let link = format!("{PLAIN}&{key}={value}");
        if let Ok(read) = HandOver::parse(&link) {
            prop_assert_eq!(HandOver::parse(&read.link()), Ok(read.clone()));
            prop_assert!(read.link() == link || KEYS.contains(&key.as_str()));
        }
    }

    #[test]
    fn no_field_for_a_secret(before in "[a-z0-9-]{0,6}", at in 0..SECRET.len(), after in "[a-z0-9-]{0,4}", value in "[a-zA-Z0-9%]{0,20}") {
        let key = format!("{before}{}{after}", SECRET[at]);
        let link = format!("{PLAIN}&{key}={value}");
        prop_assert_eq!(HandOver::parse(&link), Err(HandOverFault::Secret { key }));
    }

    /// A byte that was changed on the way is refused or leads to another hand-over, never to a panic.
    #[test]
    fn a_damaged_link_does_not_panic(draft in any_draft(), at in any::<prop::sample::Index>(), byte in 0x20..0x7F_u8) {
        let mut link = HandOver::new(draft).unwrap().link().into_bytes();
        let at = at.index(link.len());
        link[at] = byte;
        HandOver::parse(&String::from_utf8(link).unwrap()).ok();
    }
}
