//! Who can put a cause right, where that depends on the case: the same refusal is the shop's own
//! affair on a personal account and the administrator's in an organisation.

use super::reading::{Reading, SocketFault, TlsFault, quoted_identifier};
use super::{AccountKind, Cause, Evidence, Fixer, Protocol, SignIn};

/// The fixer of a cause in this case; the first of the cause's own list where nothing tells.
pub(super) fn who(cause: Cause, evidence: &Evidence, reading: &Reading) -> Fixer {
    let usual = cause.fixers().first().copied().unwrap_or(Fixer::Owner);
    by_case(cause, evidence, reading)
        .filter(|fixer| cause.fixers().contains(fixer))
        .unwrap_or(usual)
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "most causes have one fixer, whatever the case"
)]
fn by_case(cause: Cause, evidence: &Evidence, reading: &Reading) -> Option<Fixer> {
    let line = reading.line.as_str();
    let said = |words: &[&str]| words.iter().any(|word| line.contains(word));
    let organisation = evidence.account_kind == AccountKind::Work;
    Some(match cause {
        // What stands where the id belongs was typed by the one who set the program up, but for a
        // place-holder, which the program brought along.
        Cause::ClientIdWrong
            if said(&["expected to be a guid"]) || typed(quoted_identifier(line)) =>
        {
            Fixer::Owner
        }
        Cause::ClientIdWrong => Fixer::AppPublisher,
        Cause::ClientSecretNotAllowed => Fixer::AppPublisher,
        // "Contact your administrator" ends Exchange's own sentence of a locked account.
        Cause::AccountLocked if said(&["administrator", "disabled", "管理者"]) => {
            Fixer::TenantAdmin
        }
        Cause::AccountLocked => Fixer::Wait,
        Cause::IpBlocked
            if evidence.protocol == Protocol::Smtp
                || evidence.account_kind == AccountKind::Other =>
        {
            Fixer::MailProvider
        }
        // Whoever stopped the mails lets them go again; Outlook.com does for whoever proves who they are.
        Cause::SenderBlockedOutboundSpam if evidence.account_kind == AccountKind::Personal => {
            Fixer::Owner
        }
        Cause::SenderBlockedOutboundSpam if evidence.account_kind == AccountKind::Other => {
            Fixer::MailProvider
        }
        // Ninka's own request goes to the right place: somebody chose the wrong account.
        Cause::GuestOrWrongTenant if evidence.known.own_request => Fixer::Owner,
        // A directory that was never given a name is the one in which the program was registered, for
        // its own people only; anywhere else somebody came with an account from outside.
        Cause::GuestOrWrongTenant if said(&UNNAMED_DIRECTORY) => Fixer::AppPublisher,
        Cause::GuestOrWrongTenant if said(&["does not exist in tenant"]) => Fixer::Owner,
        // In an organisation the switch is the administrator's.
        Cause::PopDisabledForMailbox | Cause::ImapDisabledForMailbox if organisation => {
            Fixer::TenantAdmin
        }
        // A permission on another mailbox is the administrator's to give.
        Cause::SendAsDenied | Cause::WrongAccountSignedIn
            if organisation && said(&["on behalf", "shared", "共有", "full access"]) =>
        {
            Fixer::TenantAdmin
        }
        Cause::SendAsDenied if organisation && evidence.auth == SignIn::Xoauth2 => {
            Fixer::TenantAdmin
        }
        // A limit of senders at once is over in a moment; those of mailboxes and addresses are about
        // the programs that connect.
        Cause::ConcurrentConnectionLimit
            if evidence.protocol == Protocol::Smtp
                && !said(&["from this ip", "connections from"]) =>
        {
            Fixer::Wait
        }
        // How Ninka connects is a setting of the account.
        Cause::StarttlsRequired | Cause::AuthCommandUnsupported if evidence.known.own_request => {
            Fixer::Owner
        }
        Cause::ConcurrentConnectionLimit => Fixer::Owner,
        // A server with NTLM and Kerberos only was set up so by its administrator.
        Cause::AuthMechanismUnsupported if reading.smtp.mechanisms.is_some() => Fixer::TenantAdmin,
        // Ninka trusts no certificate that a server signed itself; other programs can be told to, by
        // somebody who runs that server.
        Cause::CertUntrusted
            if reading.tls.contains(&TlsFault::ChainIncomplete)
                || evidence.known.own_request && reading.tls.contains(&TlsFault::SelfSigned) =>
        {
            Fixer::MailProvider
        }
        // The library says what it was asked for wrongly: nothing a settings page would show.
        Cause::WrongPortTlsMode
            if said(&["invalidcontenttype", "corrupt message", "corruptmessage"]) =>
        {
            Fixer::AppPublisher
        }
        // A server's log of a greeting that it could not take: some program or device here is old.
        Cause::TlsTooOld if said(&["client_hello", "clnt_hello", "ssl_accept"]) => Fixer::Owner,
        // A system's own library is brought up to date with the system, a program's with the program.
        Cause::TlsTooOld if said(&OF_THE_SYSTEM) => Fixer::Owner,
        // Refused or forbidden at once is this computer's own doing; silence is the network's.
        Cause::FirewallBlocks
            if [SocketFault::Refused, SocketFault::Forbidden]
                .iter()
                .any(|fault| reading.socket.contains(fault)) =>
        {
            Fixer::Owner
        }
        // Microsoft's own sentence tells who has to act.
        Cause::RefreshScopeNotGranted if said(&["must first sign in", "must sign in"]) => {
            Fixer::Owner
        }
        // "Try again" and "no such name" for a name that exists are hiccups here, often of a container;
        // a resolver that does not answer is the network's.
        Cause::DnsResolverBroken
            if said(&[
                "eai_again",
                "temporary failure",
                "try again",
                "temporarily unavailable",
                "errno: -3001",
            ]) =>
        {
            Fixer::Owner
        }
        Cause::DnsResolverBroken
            if reading.host.well_known
                && !reading.socket.contains(&SocketFault::ResolverFailed) =>
        {
            Fixer::Owner
        }
        _ => return None,
    })
}

/// TLS libraries that come with Windows and macOS, mail programs of those systems, and OpenSSL before
/// 1.1, which is the computer's or was asked for an old version by a setting.
const OF_THE_SYSTEM: [&str; 15] = [
    "ssl23_get_server_hello",
    "ssl3_read_bytes",
    "openssl098",
    "com.apple",
    "securetransport",
    "cfnetwork",
    "errssl",
    "schannel",
    "sec_e_",
    "0x8009",
    "0x800ccc",
    "win32exception",
    "アルゴリズム",
    "common algorithm",
    "エラー番号",
];

/// "Default Directory", as Microsoft calls a new one in its languages.
const UNNAMED_DIRECTORY: [&str; 7] = [
    "default directory",
    "既定のディレクトリ",
    "standardverzeichnis",
    "répertoire par défaut",
    "directorio predeterminado",
    "diretório padrão",
    "standaardmap",
];

/// An identifier that a person put there, not a program's own place-holder.
fn typed(identifier: &str) -> bool {
    let placeholder = [" ", "your", "enter_", "insert", "_here", "<", "{"];
    !identifier.is_empty() && !placeholder.iter().any(|part| identifier.contains(part))
}
