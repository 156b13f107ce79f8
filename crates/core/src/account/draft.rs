//! What was typed into the form, and its way to a valid account: each fault stands at its field.
//! A draft knows nothing of the store; that an address is taken is found out there.

use super::{AuthMethod, Endpoint, Host, MailAddress, Mailbox, Port, Purpose, Servers, TlsMode};
use crate::charset::Writing;
use crate::secret::Secret;

/// The longest name a shop may give, in characters.
const NAME_MAX: usize = 100;

/// An account as typed. `password: None` keeps the one that is stored.
#[derive(Debug, Clone)]
pub struct AccountDraft {
    /// As typed.
    pub address: String,
    /// As typed.
    pub name: String,
    /// As chosen.
    pub purpose: Purpose,
    /// The OAuth box.
    pub oauth: bool,
    /// The person who signs in for a shared mailbox; empty means anybody. `None` with a mailbox
    /// of its own.
    pub signs_in: Option<String>,
    /// The account name; empty means the address.
    pub user: String,
    /// A new password.
    pub password: Option<Secret>,
    /// Reception by POP3.
    pub pop3: Option<EndpointDraft>,
    /// Reception by IMAP.
    pub imap: Option<EndpointDraft>,
    /// Sending.
    pub smtp: Option<EndpointDraft>,
    /// As chosen.
    pub writing: Writing,
}

/// A server as typed.
#[derive(Debug, Clone)]
pub struct EndpointDraft {
    /// As typed.
    pub host: String,
    /// As typed, as a number.
    pub port: i64,
    /// As chosen.
    pub tls: TlsMode,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// メールアドレス.
    Address,
    /// 名称.
    Name,
    /// 用途.
    Purpose,
    /// The OAuth box.
    OAuth,
    /// Who signs in for a shared mailbox.
    SignsIn,
    /// アカウント.
    User,
    /// パスワード.
    Password,
    /// POP3 server.
    Pop3Host,
    /// POP3 port.
    Pop3Port,
    /// IMAP server.
    ImapHost,
    /// IMAP port.
    ImapPort,
    /// SMTP server.
    SmtpHost,
    /// SMTP port.
    SmtpPort,
    /// POP3 encryption; only a table can be wrong there.
    Pop3Tls,
    /// IMAP encryption.
    ImapTls,
    /// SMTP encryption.
    SmtpTls,
    /// 文字コード.
    Charset,
    /// 文字化け対策.
    Guard,
}

/// What is wrong at a field. The texts are `field-problem-…` in `ui/locales`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldProblem {
    /// Must not be empty.
    Missing,
    /// Is not a mail address.
    NotAnAddress,
    /// Another account has this address.
    AddressTaken,
    /// Is longer than 100 characters.
    TooLong,
    /// Is neither a host name nor an IP address.
    NotAHost,
    /// Is not 1 to 65535.
    NotAPort,
    /// The purpose sends through Rakuten's relay, which does not know OAuth.
    RakutenNeedsPassword,
    /// Names the shared mailbox itself where the person belongs who signs in for it.
    IsTheMailbox,
    /// Is none of the words that can stand there; in a table.
    NotAChoice,
    /// Stands in an earlier row of the table too.
    AddressTwice,
}

impl FieldProblem {
    /// The name on the wire and in the texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotAnAddress => "not-an-address",
            Self::AddressTaken => "address-taken",
            Self::TooLong => "too-long",
            Self::NotAHost => "not-a-host",
            Self::NotAPort => "not-a-port",
            Self::RakutenNeedsPassword => "rakuten-needs-password",
            Self::IsTheMailbox => "is-the-mailbox",
            Self::NotAChoice => "not-a-choice",
            Self::AddressTwice => "address-twice",
        }
    }
}

impl Field {
    /// The name on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Name => "name",
            Self::Purpose => "purpose",
            Self::OAuth => "oauth",
            Self::SignsIn => "signs-in",
            Self::User => "user",
            Self::Password => "password",
            Self::Pop3Host => "pop3-host",
            Self::Pop3Port => "pop3-port",
            Self::ImapHost => "imap-host",
            Self::ImapPort => "imap-port",
            Self::SmtpHost => "smtp-host",
            Self::SmtpPort => "smtp-port",
            Self::Pop3Tls => "pop3-tls",
            Self::ImapTls => "imap-tls",
            Self::SmtpTls => "smtp-tls",
            Self::Charset => "charset",
            Self::Guard => "guard",
        }
    }
}

/// A draft whose every field is right.
#[derive(Debug, Clone)]
pub struct CheckedDraft {
    /// The address.
    pub address: MailAddress,
    /// The name.
    pub name: String,
    /// The purpose.
    pub purpose: Purpose,
    /// The sign-in.
    pub auth: AuthMethod,
    /// Whose mailbox it is; its own unless it signs in by OAuth.
    pub mailbox: Mailbox,
    /// A new password, if one was typed.
    pub password: Option<Secret>,
    /// The servers that were typed.
    pub servers: Servers,
    /// How outgoing mail is written.
    pub writing: Writing,
}

impl AccountDraft {
    /// Checks every field.
    ///
    /// `password_stored` tells whether a password is in the vault already, so that an empty field
    /// keeps it.
    ///
    /// # Errors
    /// All faults at once, in the order of the form.
    pub fn check(self, password_stored: bool) -> Result<CheckedDraft, Vec<(Field, FieldProblem)>> {
        let mut faults = Vec::new();
        let address = MailAddress::new(&self.address);
        if address.is_none() {
            let empty = self.address.trim().is_empty();
            let fault = if empty {
                FieldProblem::Missing
            } else {
                FieldProblem::NotAnAddress
            };
            faults.push((Field::Address, fault));
        }
        let name = self.name.trim().to_owned();
        if name.chars().count() > NAME_MAX {
            faults.push((Field::Name, FieldProblem::TooLong));
        }
        if self.oauth && self.purpose == Purpose::RakutenSending {
            faults.push((Field::OAuth, FieldProblem::RakutenNeedsPassword));
        }
        let mailbox = match self.signs_in.filter(|_| self.oauth) {
            None => Mailbox::Own,
            Some(typed) => match person(&typed, address.as_ref()) {
                Ok(person) => Mailbox::Shared { person },
                Err(fault) => {
                    faults.push((Field::SignsIn, fault));
                    Mailbox::Own
                }
            },
        };
        let password = self.password.filter(|password| !password.is_empty());
        let mut server = |draft: Option<EndpointDraft>, host_field, port_field| {
            let draft =
                draft.filter(|d| !(d.host.trim().is_empty() && (self.oauth || d.port == 0)))?;
            let host = Host::new(&draft.host);
            if host.is_none() {
                let empty = draft.host.trim().is_empty();
                let fault = if empty {
                    FieldProblem::Missing
                } else {
                    FieldProblem::NotAHost
                };
                faults.push((host_field, fault));
            }
            let port = Port::new(draft.port);
            if port.is_none() {
                faults.push((port_field, FieldProblem::NotAPort));
            }
            Some(Endpoint {
                host: host?,
                port: port?,
                tls: draft.tls,
            })
        };
        let servers = Servers {
            pop3: server(self.pop3, Field::Pop3Host, Field::Pop3Port),
            imap: server(self.imap, Field::ImapHost, Field::ImapPort),
            smtp: server(self.smtp, Field::SmtpHost, Field::SmtpPort),
        };
        if !self.oauth {
            if password.is_none() && !password_stored {
                faults.push((Field::Password, FieldProblem::Missing));
            }
            let said = |fields: [Field; 2], faults: &[(Field, FieldProblem)]| {
                faults.iter().any(|(field, _)| fields.contains(field))
            };
            let reception = servers.pop3.is_some() || servers.imap.is_some();
            let reception_said = said([Field::Pop3Host, Field::Pop3Port], &faults)
                || said([Field::ImapHost, Field::ImapPort], &faults);
            if self.purpose.needs_reception() && !reception && !reception_said {
                faults.push((Field::Pop3Host, FieldProblem::Missing));
            }
            let sending_said = said([Field::SmtpHost, Field::SmtpPort], &faults);
            if self.purpose.needs_sending() && servers.smtp.is_none() && !sending_said {
                faults.push((Field::SmtpHost, FieldProblem::Missing));
            }
        }
        faults.sort_unstable();
        let Some(address) = address.filter(|_| faults.is_empty()) else {
            return Err(faults);
        };
        let auth = if self.oauth {
            AuthMethod::OAuth
        } else {
            AuthMethod::Password {
                user: self.user.trim().to_owned(),
            }
        };
        Ok(CheckedDraft {
            address,
            name,
            purpose: self.purpose,
            auth,
            mailbox,
            password,
            servers,
            writing: self.writing,
        })
    }
}

/// The person who signs in for a shared mailbox, as typed.
fn person(typed: &str, mailbox: Option<&MailAddress>) -> Result<Option<MailAddress>, FieldProblem> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let person = MailAddress::new(typed).ok_or(FieldProblem::NotAnAddress)?;
    if mailbox.is_some_and(|mailbox| mailbox.same_mailbox(person.as_str())) {
        return Err(FieldProblem::IsTheMailbox);
    }
    Ok(Some(person))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> AccountDraft {
        AccountDraft {
            address: "order@hana.example".to_owned(),
            name: "本店".to_owned(),
            purpose: Purpose::OrderReceiving,
            oauth: true,
            signs_in: None,
            user: String::new(),
            password: None,
            pop3: None,
            imap: None,
            smtp: None,
            writing: Writing::default(),
        }
    }

    fn server(host: &str, port: i64) -> Option<EndpointDraft> {
        Some(EndpointDraft {
            host: host.to_owned(),
            port,
            tls: TlsMode::Implicit,
        })
    }

    #[test]
    fn oauth_needs_no_servers() {
        let checked = draft().check(false).unwrap();
        assert_eq!(
            (checked.auth, checked.servers),
            (AuthMethod::OAuth, Servers::default())
        );
    }

    #[test]
    fn a_person_signs_in_for_a_shared_mailbox() {
        let shared = |typed: &str| AccountDraft {
            signs_in: Some(typed.to_owned()),
            ..draft()
        };
        let checked = |typed| shared(typed).check(false).map(|draft| draft.mailbox);
        let taro = MailAddress::new("taro@hana.example");
        assert!(taro.is_some());
        assert_eq!(
            checked(" taro@hana.example"),
            Ok(Mailbox::Shared { person: taro })
        );
        assert_eq!(checked(" "), Ok(Mailbox::Shared { person: None }));
        let at = |fault| Err(vec![(Field::SignsIn, fault)]);
        assert_eq!(checked("taro"), at(FieldProblem::NotAnAddress));
        assert_eq!(
            checked("ORDER@hana.example"),
            at(FieldProblem::IsTheMailbox)
        );
        // A password signs in to what it opens.
        let by_password = AccountDraft {
            oauth: false,
            pop3: server("pop.hana.example", 995),
            ..shared("taro@hana.example")
        };
        assert_eq!(by_password.check(true).unwrap().mailbox, Mailbox::Own);
    }

    #[test]
    fn every_fault_stands_at_its_field() {
        let faults = AccountDraft {
            address: "order".to_owned(),
            name: "あ".repeat(101),
            purpose: Purpose::Unspecified,
            oauth: false,
            pop3: server("pop.hana example", 0),
            ..draft()
        }
        .check(false)
        .unwrap_err();
        assert_eq!(
            faults,
            [
                (Field::Address, FieldProblem::NotAnAddress),
                (Field::Name, FieldProblem::TooLong),
                (Field::Password, FieldProblem::Missing),
                (Field::Pop3Host, FieldProblem::NotAHost),
                (Field::Pop3Port, FieldProblem::NotAPort),
                (Field::SmtpHost, FieldProblem::Missing),
            ]
        );
    }

    #[test]
    fn rakuten_refuses_oauth_and_needs_its_relay() {
        let rakuten = AccountDraft {
            purpose: Purpose::RakutenSending,
            ..draft()
        };
        let faults = rakuten.clone().check(false).unwrap_err();
        assert_eq!(faults, [(Field::OAuth, FieldProblem::RakutenNeedsPassword)]);
        let relay = AccountDraft {
            oauth: false,
            smtp: server("sub.fw.rakuten.ne.jp", 587),
            ..rakuten
        };
        assert!(relay.check(true).is_ok());
    }
}
