//! Takes out of texts what is not to be handed on. Three nets, one behind the other: the account's
//! own secrets by what they are, whatever looks like a token or stands where one stands, and the
//! user's folder. Then mail addresses become short, the same one everywhere in the same way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::{Captures, Regex, escape};

use super::Addresses;
use super::walk::{Of, Walker, walk};
use crate::check::{MASK, Scrub};
use crate::secret::Secret;
use crate::view::ReportView;

/// Of each list of what was seen, as many as an honest server fills.
const MOST: usize = 40;
/// Questions beside a failed check, certificates of a server, names of one.
const FEW: usize = 12;
/// With more octets than this a report is one without the evidence: no honest server says as much.
const LARGE: usize = 512 * 1024;
/// Of what happened: a check a day and more, over the usual time.
const MOST_HISTORY: usize = 400;
/// Characters of a text that came from elsewhere.
const LONGEST: usize = 1_000;

/// A base64 text of this length with letters of both cases and digits is no word.
const MIXED: usize = 24;
/// Nor is one of this length of letters and digits alone.
const UNBROKEN: usize = 40;
/// A local part of fewer letters stands in too many texts by chance.
const NAME_LEAST: usize = 3;

/// Knows what is to be taken out.
pub(super) struct Redactor {
    scrub: Scrub,
    short: Option<Short>,
}

/// The short forms that were given.
#[derive(Default)]
struct Short {
    /// By the address in small letters.
    given: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    /// Account names as servers repeat them without the domain, each with what stands for it.
    names: Vec<(Regex, String)>,
}

impl Redactor {
    pub(super) fn new(secrets: &[Secret], facts: &ReportView, addresses: Addresses) -> Self {
        let mut scrub = Scrub::default();
        for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
            scrub.hide(secret);
        }
        Self {
            scrub,
            short: (addresses == Addresses::Shortened).then(|| Short::of(facts)),
        }
    }

    /// The report as it may be seen.
    pub(super) fn redacted(mut self, mut report: ReportView) -> ReportView {
        shorten_lists(&mut report);
        report.shortened = self.short.is_some();
        walk(&mut report, &mut self);
        let octets = serde_json::to_string(&report).map_or(usize::MAX, |text| text.len());
        if octets > LARGE {
            let protocols = report.check.iter_mut().flat_map(|it| &mut it.protocols);
            protocols.for_each(|protocol| protocol.evidence = None);
        }
        report
    }
}

impl Walker for Redactor {
    fn text(&mut self, of: Of, text: &mut String) {
        if of == Of::Word {
            return;
        }
        let known = self.scrub.text(text.as_bytes());
        let mut clean = without_user_folder(&without_tokens(&known));
        if let Some(short) = &mut self.short {
            clean = match of {
                Of::Name => String::new(),
                Of::User if !clean.contains('@') => initial(&clean),
                Of::Said => {
                    let addressed = short.addresses(&clean);
                    short.without_names(&addressed)
                }
                Of::Word | Of::Address | Of::User | Of::Host => short.addresses(&clean),
            };
        }
        if let Some((end, _)) = clean.char_indices().nth(LONGEST) {
            clean.truncate(end);
            clean.push('…');
        }
        *text = clean;
    }
}

impl Short {
    fn of(facts: &ReportView) -> Self {
        let account = &facts.account;
        let mut short = Self::default();
        let own = Some(&account.row.address);
        let others = [&account.signed_in_as, &account.row.signs_in];
        let addresses: Vec<&String> = own
            .into_iter()
            .chain(others.into_iter().filter_map(Option::as_ref))
            .collect();
        let mut names = BTreeSet::new();
        for address in addresses {
            if let Some((local, domain)) = address.rsplit_once('@') {
                short.form(local, domain);
                names.insert(local.to_owned());
            }
        }
        if !account.user.contains('@') {
            names.insert(account.user.clone());
        }
        for name in names {
            if name.chars().count() < NAME_LEAST {
                continue;
            }
            let alone = format!(
                r"(?i)(^|[^\p{{L}}\p{{N}}._@-]){}($|[^\p{{L}}\p{{N}}._@-]|\.(?:\s|$))",
                escape(&name)
            );
            if let Ok(alone) = Regex::new(&alone) {
                short.names.push((alone, initial(&name)));
            }
        }
        short
    }

    /// Every address in a text.
    fn addresses(&mut self, text: &str) -> String {
        static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
            // Also as a part of a web address, and as Microsoft writes guests.
            let local = r"[\p{L}\p{N}_](?:[\p{L}\p{N}._%+~'-]*[\p{L}\p{N}_%+~-])?(?:#EXT#)?";
            let domain = r"[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+";
            Regex::new(&format!("({local})(?:@|＠|(?i:%40))({domain})")).ok()
        });
        let Some(pattern) = ADDRESS.as_ref() else {
            return String::new();
        };
        let replaced = pattern.replace_all(text, |found: &Captures<'_>| {
            let part = |at| found.get(at).map_or("", |part| part.as_str());
            self.form(part(1), part(2))
        });
        replaced.into_owned()
    }

    /// The short form of an address. Two that would look alike are told apart by a number.
    fn form(&mut self, local: &str, domain: &str) -> String {
        let domain = domain.to_lowercase();
        let whole = format!("{}@{domain}", local.to_lowercase());
        if let Some(form) = self.given.get(&whole) {
            return form.clone();
        }
        let start = initial(local);
        let forms = (1_u32..).map(|number| match number {
            1 => format!("{start}@{domain}"),
            number => format!("{start}{number}@{domain}"),
        });
        let mut free = forms.skip_while(|form| self.taken.contains(form));
        let form = free.next().unwrap_or_default();
        self.taken.insert(form.clone());
        self.given.insert(whole, form.clone());
        form
    }

    fn without_names(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (alone, initial) in &self.names {
            // Twice: two that stand side by side share what is between them.
            for _ in 0..2 {
                let replaced = alone.replace_all(&text, |found: &Captures<'_>| {
                    let part = |at| found.get(at).map_or("", |part| part.as_str());
                    format!("{}{initial}{}", part(1), part(2))
                });
                text = replaced.into_owned();
            }
        }
        text
    }
}

/// The first letter, and that there was more.
fn initial(text: &str) -> String {
    let first = text.chars().next().map(|first| first.to_ascii_lowercase());
    first.map_or_else(String::new, |first| format!("{first}…"))
}

/// Without what looks like a token, and without what stands where one stands.
fn without_tokens(text: &str) -> String {
    static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let names = "code|state|nonce|password|passwd|pwd|secret|assertion|token|id_token|\
                     access_token|refresh_token|client_secret|device_code|user_code|code_verifier";
        Regex::new(&format!(
            r#"(?i)\b({names})("?\s*[=:]\s*"?|%3d)([^\s&"',;\]}}]{{4,}})"#
        ))
        .ok()
    });
    static BEARER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)\b(bearer)\s+(\S*\d\S*)").ok());
    static WORD: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[A-Za-z0-9+/=_.~!*$%-]{16,}").ok());
    let (Some(named), Some(bearer), Some(word)) = (NAMED.as_ref(), BEARER.as_ref(), WORD.as_ref())
    else {
        return String::new();
    };
    let text = named.replace_all(text, |found: &Captures<'_>| {
        let part = |at| found.get(at).map_or("", |part| part.as_str());
        format!("{}{}{MASK}", part(1), part(2))
    });
    let text = bearer.replace_all(&text, |found: &Captures<'_>| {
        format!("{} {MASK}", found.get(1).map_or("", |part| part.as_str()))
    });
    let text = word.replace_all(&text, |found: &Captures<'_>| {
        let word = found.get(0).map_or("", |word| word.as_str());
        if is_like_a_token(word) { MASK } else { word }.to_owned()
    });
    text.into_owned()
}

fn is_like_a_token(word: &str) -> bool {
    // A JWT, wherever it begins; a code for a personal account, which is a GUID behind its place.
    if word.contains("eyJ") || is_personal_code(word) {
        return true;
    }
    word.split(['.', '~', '!', '*', '$', '%']).any(|run| {
        let any = |is: fn(&u8) -> bool| run.as_bytes().iter().any(is);
        let mixed =
            any(u8::is_ascii_lowercase) && any(u8::is_ascii_uppercase) && any(u8::is_ascii_digit);
        let unbroken = run.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (run.len() >= MIXED && mixed) || (run.len() >= UNBROKEN && unbroken)
    })
}

/// `M.C512_BAY.2.U.4b7c…`
fn is_personal_code(word: &str) -> bool {
    let mut parts = word.split('.');
    let first = parts.next().is_some_and(|first| first.ends_with('M'));
    let place = parts.next().is_some_and(|place| place.contains('_'));
    first && place && parts.next().is_some()
}

/// Without the user's name in the places of files.
fn without_user_folder(text: &str) -> String {
    static FOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?i)([a-z]:[\\/]+users[\\/]+|/home/|/users/)[^\\/"\n]+"#).ok()
    });
    let Some(folder) = FOLDER.as_ref() else {
        return String::new();
    };
    folder.replace_all(text, "${1}…").into_owned()
}

/// Lists that a server fills have an end.
fn shorten_lists(report: &mut ReportView) {
    report.history.truncate(MOST_HISTORY);
    let protocols = report
        .check
        .iter_mut()
        .flat_map(|check| &mut check.protocols);
    for protocol in protocols {
        protocol.probes.truncate(FEW);
        let Some(seen) = &mut protocol.evidence else {
            continue;
        };
        let texts = [
            &mut seen.addresses,
            &mut seen.capabilities_plain,
            &mut seen.capabilities_tls,
            &mut seen.put_off,
        ];
        texts.into_iter().for_each(|texts| texts.truncate(MOST));
        seen.connects.truncate(MOST);
        seen.certificates.truncate(FEW);
        for certificate in &mut seen.certificates {
            certificate.names.truncate(FEW);
        }
        // What it failed by is at the end.
        let before = seen.replies.len().saturating_sub(MOST);
        seen.replies.drain(..before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_go_and_sentences_stay() {
        let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
        let opaque = "EwB4A8l6BAAU6k7+XVQzkGyMv7VHB/h4cHbJYRAAAYt9Hn2+9bR";
        let personal = "M.C512_BAY.2.U.4b7c1f3a-8d2e-4f60-9b1a-2c3d4e5f6071";
        for token in [jwt, opaque, personal] {
            let said = format!("-ERR {token} is not welcome");
            assert_eq!(without_tokens(&said), "-ERR […] is not welcome");
        }
        assert_eq!(
            without_tokens("http://localhost:5/?code=0.AVkA&state=a1b2c3&x=1"),
            "http://localhost:5/?code=[…]&state=[…]&x=1"
        );
        assert_eq!(
            without_tokens(r#"{"access_token":"abcd","error":"invalid_grant"}"#),
            r#"{"access_token":"[…]","error":"invalid_grant"}"#
        );
        for sentence in [
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for \
             the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. \
             [TYAPR01CA0001.jpnprd01.prod.outlook.com 2026-11-28T01:02:03.456Z 08DE1F2A3B4C5D6E]",
            "AADSTS50173: The provided grant has expired. Trace ID: \
             4b7c1f3a-8d2e-4f60-9b1a-2c3d4e5f6071 Correlation ID: \
             0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0 Timestamp: 2026-11-28 01:02:03Z",
            "https://login.microsoftonline.com/common/oauth2/v2.0/token",
            "https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
            "Basic authentication is disabled. LogonFailed",
            "hana-shop-example.mail.protection.outlook.com",
        ] {
            assert_eq!(without_tokens(sentence), sentence);
        }
    }

    #[test]
    fn an_address_is_short_in_the_same_way_everywhere() {
        let mut short = Short::default();
        let text = short.addresses(
            "Order@Hana-Shop.example is not owner@hana-shop.example; order@hana-shop.example, \
             upn=order%40hana-shop.example; ono@hana-shop.example \
             order_hana-shop.example#EXT#@contoso.example <info@contoso.example>.",
        );
        assert_eq!(
            text,
            "o…@hana-shop.example is not o…2@hana-shop.example; o…@hana-shop.example, \
             upn=o…@hana-shop.example; o…3@hana-shop.example \
             o…@contoso.example <i…@contoso.example>."
        );
    }

    #[test]
    fn the_users_folder_has_no_name() {
        for (said, shown) in [
            (
                r"C:\Users\Hana Sato\AppData\ninka.db",
                r"C:\Users\…\AppData\ninka.db",
            ),
            ("/home/hana/.local/share", "/home/…/.local/share"),
            ("/Users/hana/Library", "/Users/…/Library"),
        ] {
            assert_eq!(without_user_folder(said), shown);
        }
    }
}
