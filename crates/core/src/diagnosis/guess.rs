//! A pasted error line brings no stage, no protocol and no sign-in with it: they are guessed from
//! the text, the most telling mark first.

use super::reading::{Reading, SocketFault, TlsFault, read};
use super::{AccountKind, Diagnosis, Evidence, Known, Protocol, Seen, SignIn, Stage, diagnose};

/// Explains a text that a person pasted.
#[must_use]
pub fn explain_text(text: &str) -> Diagnosis {
    diagnose(&guess(text))
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

fn says(reading: &Reading, words: &[&str]) -> bool {
    words.iter().any(|word| reading.line.contains(word))
}

fn protocol(reading: &Reading) -> Protocol {
    if reading.oauth.code.is_some()
        || says(
            reading,
            &[
                "login.microsoftonline",
                "refresh token",
                "redirect_uri",
                "client_id",
            ],
        )
        || (!reading.oauth.words.is_empty() && reading.smtp.enhanced.is_empty())
    {
        return Protocol::Oauth;
    }
    let below = !reading.tls.is_empty() || !reading.socket.is_empty();
    let answered = ["-err", "login", "auth", "* bye", "greeting", "starttls"];
    if below && reading.smtp.enhanced.is_empty() && !says(reading, &answered) {
        return Protocol::Network;
    }
    if says(reading, &["-err", "pop3", "+ok"]) || says(reading, &["logon failure"]) {
        return Protocol::Pop3;
    }
    let tagged = says(
        reading,
        &[
            "authenticate failed",
            "login failed.",
            "[authenticationfailed]",
            "* ok",
            "* bye",
            "imap",
            "authenticated but not connected",
        ],
    );
    if tagged {
        return Protocol::Imap;
    }
    if !reading.smtp.enhanced.is_empty()
        || (!reading.smtp.codes.is_empty() && reading.socket.is_empty() && reading.tls.is_empty())
        || says(reading, &["starttls command", "smtpclientauthentication"])
    {
        return Protocol::Smtp;
    }
    if !reading.tls.is_empty() || !reading.socket.is_empty() {
        return Protocol::Network;
    }
    if says(
        reading,
        &[
            "smtp",
            "mail from",
            "rcpt to",
            "0x800ccc7",
            "0x800ccc6",
            "送信",
        ],
    ) {
        return Protocol::Smtp;
    }
    if says(
        reading,
        &["0x800ccc9", "受信", "パスワード", "ログイン", "ログオン"],
    ) {
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
            } else {
                Stage::Tcp
            }
        }
        Protocol::Imap if says(reading, &["authenticated but not connected"]) => Stage::Mailbox,
        Protocol::Imap | Protocol::Pop3 => Stage::Auth,
        Protocol::Smtp if reading.tls.contains(&TlsFault::NoStartTls) => Stage::StartTls,
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
                Cause::ServerTemporary,
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
