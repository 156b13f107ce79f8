//! A hand-over: what support staff prepare for a customer's form, as a link (`ninka:hand-over?…`) or
//! as a small file with that link in it. It has a place for the address, the name, the purpose, the
//! sign-in and the servers, and for the wish to authorize; nothing secret has one. Reading it does
//! nothing: what is in it is shown, and taken over only by whoever confirms it.

mod letters;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use crate::account::{
    AccountDraft, Endpoint, EndpointDraft, Field, FieldProblem, MailAddress, Purpose, Servers,
    TlsMode,
};
use crate::charset::Writing;
use crate::problem::Problem;

/// The scheme that the installers register.
pub const SCHEME: &str = "ninka:";
/// How the file's name ends.
pub const ENDING: &str = "ninka";
/// The longest link, in octets: what every mail program and browser passes on whole.
pub const LONGEST_LINK: usize = 2_048;
/// The longest file, in octets: a link, and what an editor may have put around it.
pub const LONGEST_FILE: usize = 4_096;

/// The version of what is written here.
const VERSION: u32 = 1;

/// Parts of names of fields that could hold a secret. None of [`KEYS`] has such a part.
const SECRET: [&str; 8] = [
    "pass",
    "pwd",
    "secret",
    "token",
    "credential",
    "code",
    "key",
    "pin",
];

const KEYS: [&str; 9] = [
    "v",
    "address",
    "name",
    "purpose",
    "sign-in",
    "pop3",
    "imap",
    "smtp",
    "authorize",
];

/// What is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    address: MailAddress,
    name: String,
    purpose: Purpose,
    oauth: bool,
    servers: Servers,
    authorize: bool,
}

/// What is to be handed over, as typed.
#[derive(Debug, Clone)]
pub struct HandOverDraft {
    /// As typed.
    pub address: String,
    /// As typed.
    pub name: String,
    /// As chosen.
    pub purpose: Purpose,
    /// Whether the account signs in by OAuth.
    pub oauth: bool,
    /// POP3, as typed.
    pub pop3: Option<EndpointDraft>,
    /// IMAP, as typed.
    pub imap: Option<EndpointDraft>,
    /// SMTP, as typed.
    pub smtp: Option<EndpointDraft>,
    /// Whether the customer is to authorize at once; only with OAuth.
    pub authorize: bool,
}

/// Why a text is no hand-over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandOverFault {
    /// It is something else, or was cut off at its beginning.
    NotALink,
    /// It is longer than a link can be.
    TooLong,
    /// It has characters that a link cannot have, or that nobody could see.
    Characters,
    /// It has a field for a secret.
    Secret {
        /// The field.
        key: String,
    },
    /// A newer program made it.
    Newer {
        /// The version of the link.
        version: u32,
    },
    /// It has a field that this program does not know.
    Unknown {
        /// The field.
        key: String,
    },
    /// It has a field twice.
    Twice {
        /// The field.
        key: String,
    },
    /// It lacks a field.
    Missing {
        /// The field.
        key: &'static str,
    },
    /// A field has a value that it cannot have.
    Value {
        /// The field.
        key: &'static str,
    },
}

impl HandOver {
    /// Checks what was typed.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with every fault at its field; [`HandOverFault::Characters`] for a name
    /// that has what nobody could see; [`HandOverFault::TooLong`].
    pub fn new(draft: HandOverDraft) -> Result<Self, Problem> {
        let rakuten = draft.oauth && draft.purpose == Purpose::RakutenSending;
        if !letters::visible(&draft.name) {
            return Err(HandOverFault::Characters.into());
        }
        // The customer's form asks for what is missing, so no server has to be there.
        let checked = AccountDraft {
            address: draft.address,
            name: draft.name,
            purpose: Purpose::Unspecified,
            oauth: true,
            signs_in: None,
            user: String::new(),
            password: None,
            pop3: draft.pop3,
            imap: draft.imap,
            smtp: draft.smtp,
            writing: Writing::default(),
        }
        .check(true);
        let oauth_fault = (Field::OAuth, FieldProblem::RakutenNeedsPassword);
        let checked = match checked {
            Ok(checked) if !rakuten => checked,
            other => {
                let mut fields = other.err().unwrap_or_default();
                fields.extend(rakuten.then_some(oauth_fault));
                fields.sort_unstable();
                return Err(Problem::Invalid { fields });
            }
        };
        let made = Self {
            address: checked.address,
            name: checked.name,
            purpose: draft.purpose,
            oauth: draft.oauth,
            servers: checked.servers,
            authorize: draft.authorize && draft.oauth,
        };
        if made.link().len() > LONGEST_LINK {
            return Err(HandOverFault::TooLong.into());
        }
        Ok(made)
    }

    /// Reads a link, or what a file holds; white space around it does not matter.
    ///
    /// # Errors
    /// What keeps it from being read: see [`HandOverFault`].
    pub fn parse(text: &str) -> Result<Self, HandOverFault> {
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\u{FEFF}');
        let query = after_scheme(text).ok_or(HandOverFault::NotALink)?;
        if text.len() > LONGEST_LINK {
            return Err(HandOverFault::TooLong);
        }
        let fields = fields(query)?;
        match fields.get("v").map(|version| version.parse::<u32>()) {
            Some(Ok(VERSION)) => {}
            Some(Ok(version)) if version > VERSION => return Err(HandOverFault::Newer { version }),
            Some(_) | None => return Err(HandOverFault::NotALink),
        }
        if let Some(key) = fields.keys().find(|key| !KEYS.contains(&key.as_str())) {
            let key = key.clone();
            return Err(HandOverFault::Unknown { key });
        }
        Self::of(&fields)
    }

    /// Reads the file of a hand-over. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::FileUnreadable`]; [`HandOverFault::TooLong`] or [`HandOverFault::NotALink`].
    pub fn read_file(file: &Path) -> Result<String, Problem> {
        let mut text = Vec::new();
        let most = u64::try_from(LONGEST_FILE + 1).unwrap_or(u64::MAX);
        let read =
            std::fs::File::open(file).and_then(|open| open.take(most).read_to_end(&mut text));
        read.map_err(|fault| {
            tracing::debug!("the file of a hand-over: {fault}");
            Problem::FileUnreadable {
                path: file.display().to_string(),
            }
        })?;
        if text.len() > LONGEST_FILE {
            return Err(HandOverFault::TooLong.into());
        }
        String::from_utf8(text).map_err(|_| HandOverFault::NotALink.into())
    }

    /// The link. Every character but letters, digits and `-._~` is percent-encoded, so that no
    /// program on its way changes it.
    #[must_use]
    pub fn link(&self) -> String {
        let sign_in = if self.oauth { "oauth" } else { "password" };
        let version = VERSION.to_string();
        let server = |endpoint: &Option<Endpoint>| endpoint.as_ref().map(server_text);
        let Servers { pop3, imap, smtp } = &self.servers;
        let pairs = [
            ("v", Some(version)),
            ("address", Some(self.address.as_str().to_owned())),
            (
                "name",
                Some(self.name.clone()).filter(|name| !name.is_empty()),
            ),
            ("purpose", Some(self.purpose.code().to_owned())),
            ("sign-in", Some(sign_in.to_owned())),
            ("pop3", server(pop3)),
            ("imap", server(imap)),
            ("smtp", server(smtp)),
            ("authorize", self.authorize.then(|| "yes".to_owned())),
        ];
        let written = pairs
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key}={}", letters::encode(&value?))));
        let query: Vec<String> = written.collect();
        format!("{SCHEME}hand-over?{}", query.join("&"))
    }

    /// The mail address.
    #[must_use]
    pub const fn address(&self) -> &MailAddress {
        &self.address
    }

    /// What the shop is to call it; may be empty.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Whether it signs in by OAuth.
    #[must_use]
    pub const fn oauth(&self) -> bool {
        self.oauth
    }

    /// Its servers, as far as they are handed over.
    #[must_use]
    pub const fn servers(&self) -> &Servers {
        &self.servers
    }

    /// Whether the customer is to authorize next.
    #[must_use]
    pub const fn authorize(&self) -> bool {
        self.authorize
    }

    fn of(fields: &BTreeMap<String, String>) -> Result<Self, HandOverFault> {
        let needed = |key: &'static str| fields.get(key).ok_or(HandOverFault::Missing { key });
        let bad = |key: &'static str| HandOverFault::Value { key };
        let purpose = Purpose::from_code(needed("purpose")?).ok_or_else(|| bad("purpose"))?;
        let oauth = match needed("sign-in")?.as_str() {
            "oauth" => true,
            "password" => false,
            _ => return Err(bad("sign-in")),
        };
        let authorize = match fields.get("authorize").map(String::as_str) {
            None => false,
            Some("yes") if oauth => true,
            Some(_) => return Err(bad("authorize")),
        };
        let server = |key: &'static str| match fields.get(key) {
            None => Ok(None),
            Some(text) => endpoint(text).map(Some).ok_or_else(|| bad(key)),
        };
        let draft = HandOverDraft {
            address: needed("address")?.clone(),
            name: fields.get("name").cloned().unwrap_or_default(),
            purpose,
            oauth,
            pop3: server("pop3")?,
            imap: server("imap")?,
            smtp: server("smtp")?,
            authorize,
        };
        let typed = (draft.address.clone(), draft.name.clone());
        let made = Self::new(draft).map_err(|problem| fault_of(&problem))?;
        // What is shown is what was written, not what could be made of it.
        if made.address.as_str() != typed.0 {
            return Err(bad("address"));
        }
        if made.name != typed.1 {
            return Err(bad("name"));
        }
        Ok(made)
    }
}

/// What follows `ninka:hand-over?`. Programs on the way may write slashes around the name.
fn after_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_at_checked(SCHEME.len())?;
    if !scheme.eq_ignore_ascii_case(SCHEME) {
        return None;
    }
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let rest = rest.strip_prefix("hand-over")?;
    rest.strip_prefix('/').unwrap_or(rest).strip_prefix('?')
}

/// The fields, each once, none for a secret.
fn fields(query: &str) -> Result<BTreeMap<String, String>, HandOverFault> {
    let mut fields = BTreeMap::new();
    for pair in query.split('&') {
        let (key, value) = pair.split_once('=').ok_or(HandOverFault::NotALink)?;
        if !letters::is_key(key) {
            return Err(HandOverFault::Characters);
        }
        let key = key.to_owned();
        if SECRET.iter().any(|part| key.contains(part)) {
            return Err(HandOverFault::Secret { key });
        }
        let value = letters::decode(value).ok_or(HandOverFault::Characters)?;
        if fields.contains_key(&key) {
            return Err(HandOverFault::Twice { key });
        }
        fields.insert(key, value);
    }
    Ok(fields)
}

fn server_text(endpoint: &Endpoint) -> String {
    let Endpoint { host, port, tls } = endpoint;
    format!("{host}:{}:{}", port.number(), tls.code())
}

/// `HOST:PORT:ENCRYPTION`; the host is shown as it is written, an internationalized name in its
/// ASCII form (`xn--…`), so that no letter can stand for another.
fn endpoint(text: &str) -> Option<EndpointDraft> {
    let (rest, tls) = text.rsplit_once(':')?;
    let (host, port) = rest.rsplit_once(':')?;
    let plain = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    let draft = EndpointDraft {
        host: host.to_owned(),
        port: port.parse().ok().filter(|_| plain)?,
        tls: TlsMode::from_code(tls)?,
    };
    (crate::account::Host::new(host)?.as_str() == host).then_some(draft)
}

/// A field's fault in a link that somebody else made.
fn fault_of(problem: &Problem) -> HandOverFault {
    const PLACES: [(Field, &str); 8] = [
        (Field::Name, "name"),
        (Field::OAuth, "sign-in"),
        (Field::Pop3Host, "pop3"),
        (Field::Pop3Port, "pop3"),
        (Field::ImapHost, "imap"),
        (Field::ImapPort, "imap"),
        (Field::SmtpHost, "smtp"),
        (Field::SmtpPort, "smtp"),
    ];
    if let Problem::HandOver(fault) = problem {
        return fault.clone();
    }
    let wrong = if let Problem::Invalid { fields } = problem {
        fields.first().map(|(field, _)| *field)
    } else {
        None
    };
    let place = PLACES.into_iter().find(|(field, _)| Some(*field) == wrong);
    let key = place.map_or("address", |(_, key)| key);
    HandOverFault::Value { key }
}

impl From<HandOverFault> for Problem {
    fn from(fault: HandOverFault) -> Self {
        Self::HandOver(fault)
    }
}
