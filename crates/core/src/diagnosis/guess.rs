//! A pasted error line brings no stage, no protocol and no sign-in with it: they are guessed from
//! the text, the most telling mark first.

use super::reading::{MAX_INPUT, Reading, SocketFault, TlsFault, read};
use super::{AccountKind, Diagnosis, Evidence, Known, Protocol, Seen, SignIn, Stage, diagnose};

/// Explains a text that a person pasted.
#[must_use]
pub fn explain_text(text: &str) -> Diagnosis {
    diagnose(&guess(text))
}

/// A pasted text, explained.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// What is wrong.
    pub diagnosis: Diagnosis,
    /// Whether the text was longer than is read, and its middle was left out.
    pub cut: bool,
}

/// Explains a text that a person pasted, and says whether it was read whole.
#[must_use]
pub fn explain(text: &str) -> Explained {
    Explained {
        diagnosis: explain_text(text),
        cut: text.len() > MAX_INPUT,
    }
}

/// The evidence that a text alone gives.
pub(super) fn guess(text: &str) -> Evidence {
    let reading = read(text);
    let protocol = protocol(&reading);
    let auth = auth(&reading, protocol);
    Evidence {
        stage: stage(&reading, protocol, auth),
        protocol,
        auth,
        account_kind: account_kind(&reading),
        raw: text.to_owned(),
        known: Known::default(),
        seen: Seen::default(),
    }
}

/// What only Microsoft's and Google's sign-in services say.
const OF_OAUTH: [&str; 11] = [
    "login.microsoftonline",
    "refresh token",
    "redirect_uri",
    "client_id",
    "admin approval",
    "access to the scope",
    "denied access",
    "oauth client",
    "device code",
    "client secret",
    "管理者の承認",
];
/// Tagged replies and codes of IMAP.
const OF_IMAP: [&str; 16] = [
    "authenticate failed",
    "login failed",
    "[authenticationfailed]",
    "[authorizationfailed]",
    "[privacyrequired]",
    "[unavailable]",
    "[limit]",
    "[alert]",
    "[webalert",
    "no,[",
    "* ok",
    "* bad",
    "* bye",
    "imap",
    "authenticated but not connected",
    "tag1 ",
];
const OF_POP: [&str; 8] = [
    "-err",
    "pop3",
    "+ok",
    "logon failure",
    "[in-use]",
    "[sys/temp]",
    "[auth]",
    "maildrop",
];
const OF_SMTP: [&str; 13] = [
    "client host rejected",
    "sender address",
    "command rejected",
    "sending limit",
    "smtp",
    "mail from",
    "rcpt to",
    "0x800ccc7",
    "0x800ccc6",
    "relay",
    "starttls command",
    "送信",
    "recipient",
];
/// The server spoke: not a matter of names and connections.
const ANSWERED: [&str; 8] = [
    "-err",
    "login",
    "auth",
    "* bye",
    "* ok",
    "greeting",
    "starttls",
    "plaintext",
];

fn says(reading: &Reading, words: &[&str]) -> bool {
    words.iter().any(|word| reading.line.contains(word))
}

fn protocol(reading: &Reading) -> Protocol {
    if reading.oauth.code.is_some()
        || says(reading, &OF_OAUTH)
        || (!reading.oauth.words.is_empty() && reading.smtp.enhanced.is_empty())
    {
        return Protocol::Oauth;
    }
    let below = !reading.tls.is_empty() || !reading.socket.is_empty();
    if below && reading.smtp.enhanced.is_empty() && !says(reading, &ANSWERED) {
        return Protocol::Network;
    }
    // A POP server that answers an IMAP client's tag.
    if says(reading, &["+ok"]) && says(reading, &["tag1", "imap", "a001"]) {
        return Protocol::Imap;
    }
    if says(reading, &OF_POP) {
        return Protocol::Pop3;
    }
    if says(reading, &OF_IMAP) || reading.sasl.challenge {
        return Protocol::Imap;
    }
    if !reading.smtp.enhanced.is_empty()
        || (!reading.smtp.codes.is_empty() && !below)
        || says(reading, &["starttls command", "smtpclientauthentication"])
    {
        return Protocol::Smtp;
    }
    if below {
        return Protocol::Network;
    }
    if says(reading, &OF_SMTP) {
        return Protocol::Smtp;
    }
    let of_sign_in = [
        "0x800ccc9",
        "受信",
        "パスワード",
        "ログイン",
        "ログオン",
        "auth",
        "plaintext",
    ];
    if says(reading, &of_sign_in) {
        return Protocol::Pop3;
    }
    Protocol::Network
}

fn auth(reading: &Reading, protocol: Protocol) -> SignIn {
    match protocol {
        Protocol::Oauth | Protocol::Network => SignIn::None,
        Protocol::Smtp | Protocol::Imap | Protocol::Pop3 => {
            let token = reading.sasl.challenge
                || says(
                    reading,
                    &[
                        "xoauth2",
                        "oauthbearer",
                        "bearer",
                        "authenticate failed",
                        "authentication failure: unknown",
                        "auth for user",
                        "authenticated but not connected",
                    ],
                );
            if token {
                SignIn::Xoauth2
            } else {
                SignIn::Password
            }
        }
    }
}

fn stage(reading: &Reading, protocol: Protocol, auth: SignIn) -> Stage {
    match protocol {
        Protocol::Oauth
            if says(
                reading,
                &["device_code", "device code", "authorization_pending"],
            ) =>
        {
            Stage::DeviceCode
        }
        Protocol::Oauth
            if says(
                reading,
                &[
                    "interactionrequired",
                    "acquiretokensilent",
                    "\"invalid_grant\"",
                    "invalid_grant:",
                    "(invalid_grant)",
                    "refresh token",
                    "refresh_token",
                ],
            ) && !says(reading, &["authorization code", "redirect_uri"]) =>
        {
            Stage::OauthRefresh
        }
        Protocol::Oauth
            if says(
                reading,
                &["redirect", "error=", "consent", "admin approval"],
            ) =>
        {
            Stage::OauthAuthorize
        }
        Protocol::Oauth
            if says(
                reading,
                &["authorization code", "client_secret", "client secret"],
            ) =>
        {
            Stage::OauthToken
        }
        Protocol::Oauth => Stage::OauthRefresh,
        Protocol::Network => {
            let names = [SocketFault::NameUnknown, SocketFault::ResolverFailed];
            if reading.socket.iter().any(|fault| names.contains(fault)) {
                Stage::Dns
            } else if !reading.tls.is_empty() {
                Stage::Tls
            } else if !reading.socket.is_empty() {
                Stage::Tcp
            } else {
                // Nothing tells; no row should hold for the stage alone.
                Stage::Receive
            }
        }
        Protocol::Imap if says(reading, &["authenticated but not connected"]) => Stage::Mailbox,
        Protocol::Imap if says(reading, &["+ok"]) => Stage::Greeting,
        Protocol::Imap | Protocol::Pop3 => Stage::Auth,
        Protocol::Smtp if reading.tls.contains(&TlsFault::NoStartTls) => Stage::StartTls,
        Protocol::Smtp if says(reading, &["client host rejected"]) => Stage::SendRcpt,
        Protocol::Smtp if says(reading, &["data command", "sending limit", "per day"]) => {
            Stage::SendData
        }
        Protocol::Smtp if says(reading, &["relay", "rcpt"]) => Stage::SendRcpt,
        Protocol::Smtp
            if says(
                reading,
                &["mail from", "anonymous mail", "send as this sender"],
            ) =>
        {
            Stage::SendMailFrom
        }
        Protocol::Smtp
            if [454, 504, 534, 535, 538]
                .iter()
                .any(|code| reading.smtp.codes.contains(code)) =>
        {
            Stage::Auth
        }
        Protocol::Smtp
            if [432, 552, 554]
                .iter()
                .any(|code| reading.smtp.codes.contains(code)) =>
        {
            Stage::SendData
        }
        Protocol::Smtp if [530].iter().any(|code| reading.smtp.codes.contains(code)) => {
            Stage::SendMailFrom
        }
        Protocol::Smtp
            if [550, 551, 553]
                .iter()
                .any(|code| reading.smtp.codes.contains(code)) =>
        {
            Stage::SendRcpt
        }
        Protocol::Smtp if auth == SignIn::None => Stage::SendMailFrom,
        Protocol::Smtp => Stage::Auth,
    }
}

fn account_kind(reading: &Reading) -> AccountKind {
    if says(
        reading,
        &[
            "hotmail.",
            "live.com",
            "outlook.com'",
            "smtp-mail.outlook.com",
            "consumers",
        ],
    ) {
        AccountKind::Personal
    } else if says(
        reading,
        &[
            "prod.outlook.com",
            "office365",
            "aadsts",
            "authenticate failed",
            "logon failure",
            "not connected",
        ],
    ) {
        AccountKind::Work
    } else if says(
        reading,
        &["gmail", "gsmtp", "google", "yahoo", "dovecot", "postfix"],
    ) {
        AccountKind::Other
    } else {
        AccountKind::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::super::Cause;
    use super::*;

    #[test]
    fn a_long_text_is_read_at_both_ends_and_says_so() {
        let line = "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.";
        assert!(!explain(line).cut);
        let log = format!("{}\n{line}", "connecting …\n".repeat(10_000));
        let explained = explain(&log);
        assert!(explained.cut);
        assert_eq!(explained.diagnosis.cause(), Cause::BasicAuthRetired);
    }

    #[test]
    fn a_pasted_line_is_placed() {
        for (text, cause) in [
            (
                "AADSTS700082: The refresh token has expired due to inactivity.",
                Cause::RefreshTokenExpiredInactive,
            ),
            (
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
                Cause::SmtpAuthDisabledTenant,
            ),
            (
                "-ERR [IN-USE] mailbox already in use by pid 12345",
                Cause::MailboxLocked,
            ),
            (
                "BAD User is authenticated but not connected.",
                Cause::WrongAccountSignedIn,
            ),
            ("そのようなホストは不明です。", Cause::DnsNotFound),
            (
                "error:0A00010B:SSL routines:ssl3_get_record:wrong version number",
                Cause::WrongPortTlsMode,
            ),
            (
                "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
                Cause::SendAsDenied,
            ),
        ] {
            assert_eq!(explain_text(text).cause(), cause, "{text}");
        }
    }
}
