//! Reports there and back; no secret and no address in one, wherever it stood; files that mean harm.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::json;

use super::walk::{Of, Walker, walk};
use super::*;
use crate::Problem;
use crate::view::{AuthorizationState, CheckReport};

const LOCAL: &str = "zubaqi";
const ADDRESS: &str = "Zubaqi@hana-shop.example";
const TRACE: &str = "4b7c1f3a-8d2e-4f60-9b1a-2c3d4e5f6071";

/// The facts of a shop whose sending is switched off by its administrator.
fn facts() -> ReportView {
    let diagnosis = json!({
        "cause": "smtp_auth_disabled_tenant", "text": "cause-smtp-auth-disabled-tenant",
        "certain": true, "candidates": ["smtp_auth_disabled_tenant"],
        "whoFixes": "tenant_admin", "readout": "40EJ-80GE",
        "raw": "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for \
                the Tenant. [TYAPR01CA0001.jpnprd01.prod.outlook.com 2026-11-28T01:02:03Z 08DE1F2A3B4C5D6E]",
    });
    let refused = json!({
        "code": "refresh_token_revoked_password_change",
        "text": "cause-refresh-token-revoked-password-change", "params": {}, "retry": "no",
        "fields": [], "readout": "",
        "diagnosis": {
            "cause": "refresh_token_revoked_password_change",
            "text": "cause-refresh-token-revoked-password-change", "certain": true,
            "candidates": ["refresh_token_revoked_password_change"], "whoFixes": "owner",
            "raw": format!("AADSTS50173: The provided grant has expired. Trace ID: {TRACE} Timestamp: 2026-11-28"),
            "readout": "",
        },
    });
    let unreadable = json!({
        "code": "keyring-refused", "text": "problem-keyring-refused",
        "params": { "detail": "no access" }, "retry": "no", "fields": [], "diagnosis": null,
        "readout": "",
    });
    let step = |step: &str, outcome: &str, ms: Option<u64>| json!({ "step": step, "outcome": outcome, "ms": ms });
    let server = |host: &str| json!({ "host": host, "port": 995, "tls": "implicit" });
    let protocol = |name: &str, result: &str, diagnosis: serde_json::Value| {
        json!({
            "protocol": name, "host": "outlook.office365.com", "port": 995, "result": result,
            "steps": [step("resolve", "ok", Some(12)), step("auth", "failed", Some(340)), step("mailbox", "not-reached", None)],
            "problem": diagnosis["cause"], "raw": diagnosis["raw"], "diagnosis": diagnosis,
            "obstacle": null, "messages": null,
            "probes": [{ "asked": "known-host", "host": "login.microsoftonline.com", "port": 443, "found": "connected", "detail": "443", "ms": 20 }],
            "evidence": {
                "accountKind": "work", "addresses": ["192.0.2.7"],
                "connects": [{ "address": "192.0.2.7:995", "ms": 8, "failure": "timed out" }],
                "cleartext": "+OK ready",
                "certificates": [{
                    "subject": "CN=outlook.com", "issuer": "DigiCert Cloud Services CA-1",
                    "names": ["*.office365.com"], "notBefore": 1_750_000_000, "notAfter": 1_790_000_000,
                    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                }],
                "tlsVersion": "TLSv1.3", "capabilitiesPlain": ["STLS"], "capabilitiesTls": ["SASL XOAUTH2"],
                "replies": [{ "to": "AUTH XOAUTH2", "text": "-ERR Authentication failure: unknown user name" }],
                "challenge": "{\"status\":\"401\"}", "putOff": ["-ERR busy"],
                "token": {
                    "expiresIn": 3500, "scopes": ["https://outlook.office.com/SMTP.Send"],
                    "signedInAs": ADDRESS, "clockAhead": 2, "ownAudience": ["https://outlook.office.com"],
                    "ownScopes": ["SMTP.Send"], "ownUser": ADDRESS,
                    "ownTenant": "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
                    "ownIssuer": "https://sts.windows.net/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0/",
                    "ownVersion": "1.0", "ownExpiresAt": 1_764_300_000,
                },
                "elsewhere": [{ "protocol": "imap", "accepted": true }],
            },
        })
    };
    let mut stuck = protocol("imap", "not_needed", serde_json::Value::Null);
    stuck["obstacle"] = refused.clone();
    serde_json::from_value(json!({
        "version": "0.1.0", "system": "windows x86_64", "madeAt": 1_764_290_000, "practice": false,
        "shortened": false, "kind": "work",
        "account": {
            "row": {
                "id": 7, "address": ADDRESS, "name": "Hana shop", "purpose": "sending", "oauth": true,
                "switched": false, "signsIn": "person@hana-shop.example",
                "authorization": { "state": "refused", "since": 1_764_200_000, "problem": refused },
                "warning": "refused", "reception": { "state": "not-needed" },
                "sending": { "state": "failed", "at": 1_764_280_000, "protocol": "smtp", "diagnosis": diagnosis },
            },
            "revision": 3, "user": LOCAL, "signedInAs": ADDRESS, "passwordStored": true,
            "pop3": server("pop.hana-shop.example"), "imap": null, "smtp": server("smtp.hana-shop.example"),
            "writing": { "charset": "utf-8", "guard": "off" },
        },
        "scopes": ["https://outlook.office.com/SMTP.Send"],
        "check": { "account": ADDRESS, "accountId": 7, "at": 1_764_280_000, "ms": 900,
            "protocols": [protocol("smtp", "failed", diagnosis), stuck] },
        "history": [
            { "at": 1_764_280_000, "what": "sending", "cause": "smtp_auth_disabled_tenant",
              "text": "cause-smtp-auth-disabled-tenant", "changed": [] },
            { "at": 1_764_100_000, "what": "change", "cause": null, "text": null, "changed": ["smtp"] },
        ],
        "selfTest": { "at": 1_764_289_999, "rows": [
            { "part": "vault", "outcome": "failed", "found": "problem", "server": "", "detail": "", "problem": unreadable, "ms": 1 },
            { "part": "clock", "outcome": "failed", "found": "clock-ahead", "server": "login.microsoftonline.com:443", "detail": "420", "problem": null, "ms": 1 },
            { "part": "proxy", "outcome": "ok", "found": "proxy", "server": "", "detail": "proxy.hana-shop.example:8080", "problem": null, "ms": 1 },
        ] },
        "vault": { "state": "closed", "problem": unreadable },
        "clientId": "11111111-2222-3333-4444-555555555555",
        "authority": "https://login.microsoftonline.com/common",
        "settings": [{ "key": "language", "value": "ja" }, { "key": "authority", "value": "" }],
        "traces": [],
    }))
    .unwrap()
}

/// Puts something into every text that is not one of the program's own words.
struct Planted<'a>(&'a dyn Fn(&str) -> String);

impl Walker for Planted<'_> {
    fn text(&mut self, of: Of, text: &mut String) {
        if of != Of::Word {
            *text = (self.0)(text);
        }
    }
}

fn with(plant: &dyn Fn(&str) -> String) -> ReportView {
    let mut facts = facts();
    walk(&mut facts, &mut Planted(plant));
    facts
}

fn text(facts: ReportView, secrets: &[&str], addresses: Addresses) -> String {
    let secrets = secrets.iter().map(|it| Secret::new((*it).to_owned()));
    let report = Report::new(facts, secrets.collect());
    report.file(addresses, Language::Ja).unwrap()
}

/// As a text and as it stands in the data below, where quotes and such are written otherwise.
fn holds(file: &str, secret: &str) -> bool {
    let escaped = serde_json::to_string(secret).unwrap();
    file.contains(secret) || file.contains(escaped.trim_matches('"'))
}

#[test]
fn what_is_written_is_what_is_opened() {
    for addresses in [Addresses::Shortened, Addresses::Full] {
        for language in [Language::Ja, Language::En] {
            let report = Report::new(facts(), Vec::new());
            let file = report.file(addresses, language).unwrap();
            let opened = open(file.as_bytes()).unwrap();
            assert_eq!(opened, report.view(addresses));
            // As an editor of Windows' may have saved it.
            let windows = format!("\u{feff}{}", file.replace('\n', "\r\n"));
            assert_eq!(open(windows.as_bytes()), Ok(opened));
        }
    }
    let full = Report::new(facts(), Vec::new()).view(Addresses::Full);
    assert_eq!(
        ReportView {
            traces: Vec::new(),
            ..full.clone()
        },
        facts(),
        "nothing that is no secret is lost"
    );
    let [trace] = full.traces.as_slice() else {
        panic!("{:?}", full.traces)
    };
    assert_eq!(trace.id, TRACE);
}

#[test]
fn a_person_reads_what_is_in_it() {
    let zone = TimeZone::UTC;
    let view = Report::new(facts(), Vec::new()).view(Addresses::Shortened);
    let ja = words::of(&view, Language::Ja, &zone);
    for said in [
        "作成日時: 2025-11-28 00:33 (UTC+00:00)",
        "メールアドレス: z…@hana-shop.example\n用途: 送信",
        "Mail[送信] SMTP outlook.office365.com:995: 失敗\n  名前解決: 正常 12 ms\n  認証: 失敗 340 ms\n  メールボックス: 未実施",
        "直せる人: Microsoft 365の管理者",
        "お問い合わせコード: 40EJ-80GE",
        "> 535 5.7.139",
        "パソコンの時計: 失敗: 420秒進んでいます。",
        "設定の変更: 送信サーバー（SMTP）",
        "language = ja",
        "Trace ID: 4b7c1f3a",
    ] {
        assert!(ja.contains(said), "{said}\n{ja}");
    }
    let en = words::of(&view, Language::En, &zone);
    // An id that no text has would be shown as it is.
    for (language, text) in [("ja", &ja), ("en", &en)] {
        for id in [
            "report-",
            "check-",
            "cause-",
            "state-",
            "self-test-",
            "readout-",
            "history-",
            "purpose-",
            "fixer-",
        ] {
            let shown = text.lines().find(|line| line.contains(id));
            assert_eq!(shown, None, "{language}: {id}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A password and tokens of the account, put whole, cut and encoded into every text there is.
    #[test]
    fn no_secret_is_in_a_report(
        password in "[ -~]{8,40}|[ぁ-んァ-ヶ一-龠]{8,16}",
        token in "[A-Za-z0-9_.!*$~-]{40,900}",
        before in "[ -~]{0,20}",
        cut in 0..20_usize,
        full in any::<bool>(),
    ) {
        // One that is a part of honest words would be looked for in vain.
        let honest = text(facts(), &[], Addresses::Full);
        prop_assume!(!holds(&honest, password.trim()) && password.trim().len() >= 8);
        let password = password.trim();
        let addresses = if full { Addresses::Full } else { Addresses::Shortened };
        let (_, part) = token.split_at(cut);
        for planted in [
            password.to_owned(),
            token.clone(),
            part.to_owned(),
            STANDARD.encode(password),
            STANDARD.encode(&token),
        ] {
            let facts = with(&|text| format!("{before} {planted} {text}"));
            let file = text(facts, &[password, &token], addresses);
            prop_assert!(!holds(&file, &planted), "{planted}");
            prop_assert!(!holds(&file, password), "{planted}");
            // Nor a part of a token by which it could be told.
            for part in token.as_bytes().windows(12).step_by(7) {
                let part = std::str::from_utf8(part).unwrap();
                prop_assert!(!file.contains(part), "{planted}");
            }
            prop_assert!(open(file.as_bytes()).is_ok());
        }
    }

    /// Tokens of which nothing is known here: another program's, another account's.
    #[test]
    fn nor_is_what_looks_like_one(
        bytes in prop::collection::vec(any::<u8>(), 48..400),
        code in "[A-Za-z0-9._-]{6,60}",
    ) {
        let opaque = STANDARD.encode(&bytes);
        let jwt = format!("eyJ0eXAiOiJKV1QifQ.{}.c2ln", URL_SAFE_NO_PAD.encode(&bytes));
        for planted in [opaque, jwt] {
            let facts = with(&|text| format!("{text} <{planted}>"));
            let file = text(facts, &[], Addresses::Full);
            prop_assert!(!file.contains(&planted), "{planted}");
        }
        let planted = format!("http://localhost:49152/?code={code}&state=x");
        let file = text(with(&|_| planted.clone()), &[], Addresses::Full);
        let named = format!("code={code}");
        prop_assert!(!file.contains(&named), "{planted}");
    }

    /// The customer's address, as it is and as programs write it.
    #[test]
    fn no_address_is_in_a_shortened_report(
        local in "q[bcdfghjkxz]{5,12}",
        around in prop::sample::select(vec!["", "<", "\"", "'", "=", ":", "mailto:", "user "]),
    ) {
        let mut facts = facts();
        facts.account.row.address = format!("{local}@hana-shop.example");
        facts.account.user = local.clone();
        let spellings = [
            format!("{local}@hana-shop.example"),
            format!("{}@HANA-SHOP.example", local.to_uppercase()),
            format!("{local}%40hana-shop.example"),
            format!("{local}_hana-shop.example#EXT#@contoso.example"),
            format!("{local}+orders@hana-shop.example"),
        ];
        for spelling in spellings {
            let mut facts = facts.clone();
            walk(&mut facts, &mut Planted(&|text| format!("{around}{spelling} {text}")));
            facts.account.row.address = format!("{local}@hana-shop.example");
            facts.account.user = local.clone();
            let file = text(facts, &[], Addresses::Shortened).to_lowercase();
            prop_assert!(!file.contains(&local), "{spelling}");
        }
        // A server that repeats the account name alone.
        let said = format!("-ERR user {local} is unknown, {local}.");
        facts.check.as_mut().unwrap().protocols[0].raw = Some(said);
        prop_assert!(!text(facts, &[], Addresses::Shortened).contains(&local));
    }

    /// Whatever stands in a file: an answer, never a panic.
    #[test]
    fn any_file_gets_an_answer(octets in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(open(&octets).is_err());
    }

    /// A report with octets changed or cut off: refused by name, or harmless.
    #[test]
    fn a_changed_file_is_refused_or_harmless(
        at in any::<prop::sample::Index>(),
        octet in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let mut file = text(facts(), &[], Addresses::Full).into_bytes();
        let at = at.index(file.len());
        if cut {
            file.truncate(at);
        } else {
            file[at] = octet;
        }
        match open(&file) {
            Ok(report) => prop_assert_eq!(harmful(&report), None),
            Err(Problem::NotAReport | Problem::ReportDamaged | Problem::ReportNewer { .. }) => {}
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }
}

/// A text that would do something to a screen.
fn harmful(report: &ReportView) -> Option<String> {
    let data = serde_json::to_string(report).unwrap();
    let bad = ["\\u00", "\u{202e}", "\u{2066}", "\\t", "\\r"];
    bad.iter()
        .find(|bad| data.contains(**bad))
        .map(|_| data.clone())
}

#[test]
fn the_largest_report_can_be_opened() {
    let mut facts = with(&|_| "\"漢\"\\".repeat(4_000));
    let check: &mut CheckReport = facts.check.as_mut().unwrap();
    for protocol in &mut check.protocols {
        protocol.probes = vec![protocol.probes[0].clone(); 500];
        let seen = protocol.evidence.as_mut().unwrap();
        for texts in [
            &mut seen.addresses,
            &mut seen.capabilities_plain,
            &mut seen.capabilities_tls,
            &mut seen.put_off,
        ] {
            *texts = vec![texts[0].clone(); 500];
        }
        seen.connects = vec![seen.connects[0].clone(); 500];
        seen.replies = vec![seen.replies[0].clone(); 500];
        seen.certificates = vec![seen.certificates[0].clone(); 50];
        for certificate in &mut seen.certificates {
            certificate.names = vec![certificate.names[0].clone(); 500];
        }
    }
    check.protocols.push(check.protocols[0].clone());
    facts.history = vec![facts.history[0].clone(); 5_000];
    let file = text(facts, &[], Addresses::Shortened);
    assert!(file.len() <= LARGEST, "{}", file.len());
    open(file.as_bytes()).unwrap();
}

#[test]
fn what_is_no_report_is_refused_by_its_name() {
    let file = text(facts(), &[], Addresses::Full);
    let refused = |file: &str| open(file.as_bytes()).unwrap_err();
    assert_eq!(refused(""), Problem::NotAReport);
    assert_eq!(refused("Ninka support report one\n"), Problem::NotAReport);
    assert_eq!(open(&[0xff, 0xfe]), Err(Problem::NotAReport));
    assert_eq!(refused(&"x".repeat(LARGEST + 1)), Problem::ReportTooLarge);
    let newer = file.replacen("report 1 (Ninka 0.1.0)", "report 2 (Ninka 9.0.0)", 1);
    let version = "9.0.0".to_owned();
    assert_eq!(refused(&newer), Problem::ReportNewer { version });
    let (cut, _) = file.rsplit_once("-----END").unwrap();
    assert_eq!(refused(cut), Problem::ReportDamaged);
    for (honest, hostile) in [
        ("\"madeAt\": 1764290000", "\"madeAt\": 9223372036854775807"),
        ("\"madeAt\": 1764290000", "\"madeAt\": 1.5"),
        ("\"revision\": 3", "\"revision\": \"3\""),
        ("\"purpose\": \"sending\"", "\"purpose\": \"everything\""),
    ] {
        assert!(file.contains(honest), "{honest}");
        let hostile = file.replace(honest, hostile);
        assert_eq!(refused(&hostile), Problem::ReportDamaged);
    }
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep = file.replace("\"madeAt\": 1764290000", &format!("\"madeAt\": {deep}"));
    assert_eq!(refused(&deep), Problem::ReportDamaged);
}

/// What a server said may look like the data; it is the last one that counts.
#[test]
fn a_second_report_within_is_not_opened() {
    let inner = "\n-----BEGIN NINKA REPORT-----\n{}\n-----END NINKA REPORT-----\n";
    let mut facts = facts();
    facts.check.as_mut().unwrap().protocols[0].raw = Some(inner.to_owned());
    let report = Report::new(facts, Vec::new());
    let file = report.file(Addresses::Full, Language::En).unwrap();
    let opened = open(file.as_bytes()).unwrap();
    assert_eq!(opened.account, report.view(Addresses::Full).account);
}

#[test]
fn words_of_a_newer_program_are_none_here() {
    let file = text(facts(), &[], Addresses::Full);
    let strange = file
        .replace("smtp_auth_disabled_tenant", "a_cause_of_tomorrow")
        .replace("cause-smtp-auth-disabled-tenant", "cli-restored")
        .replace("problem-keyring-refused", "consent-title")
        .replace("Hana shop", "a\\u202eb\\u0007c\\nd");
    let opened = open(strange.as_bytes()).unwrap();
    assert_eq!(opened.account.row.name, "abcd");
    let diagnosis = opened.check.unwrap().protocols.remove(0).diagnosis.unwrap();
    assert_eq!(
        (&*diagnosis.cause, &*diagnosis.text),
        ("unknown", "cause-unknown")
    );
    assert!(
        diagnosis.raw.starts_with("535 5.7.139"),
        "what was said stays"
    );
    assert_eq!(opened.history[0].text, None);
    let AuthorizationState::Refused { problem, .. } = opened.account.row.authorization else {
        panic!("not refused")
    };
    assert_eq!(problem.text, "cause-refresh-token-revoked-password-change");
    let vault = opened.self_test.rows[0].problem.clone().unwrap();
    assert_eq!(
        (&*vault.code, &*vault.text),
        ("internal", "problem-internal")
    );
}
