//! One line of JSON in, one out: for scoring the diagnosis against recorded failures and for other
//! programs. Reads what a failure says and where it happened; what is confirmed about it is ignored.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    AccountKind, Cause, Diagnosis, Evidence, Known, Protocol, Seen, SignIn, Stage, diagnose,
};

/// A line that is no case.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct JsonlFault(#[from] serde_json::Error);

/// A recorded failure. Fields that are not named here are not read.
#[derive(Debug, Deserialize)]
struct Case {
    id: serde_json::Value,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    protocol: String,
    #[serde(default)]
    auth: String,
    #[serde(default)]
    account_kind: String,
    raw: String,
}

/// What is wrong in a recorded failure.
#[derive(Debug, JsonSchema, Serialize)]
pub struct JsonlAnswer {
    /// As it was given.
    id: serde_json::Value,
    /// The likeliest cause's stable name; `null` if none fits.
    cause: Option<&'static str>,
    /// Who can put it right.
    who_fixes: &'static str,
    /// Whether no other cause is open.
    certain: bool,
    /// The causes that fit, the likeliest first.
    candidates: Vec<&'static str>,
}

/// The answer to one line. A field that is missing or unknown is guessed from the text.
///
/// # Errors
/// When the line is no JSON object with `id` and `raw`.
pub fn answer_line(line: &str) -> Result<String, JsonlFault> {
    let case: Case = serde_json::from_str(line)?;
    let guessed = super::guess::guess(&case.raw);
    let evidence = Evidence {
        stage: Stage::from_code(&case.stage).unwrap_or(guessed.stage),
        protocol: Protocol::from_code(&case.protocol).unwrap_or(guessed.protocol),
        auth: sign_in(&case.auth).unwrap_or(guessed.auth),
        account_kind: AccountKind::from_code(&case.account_kind).unwrap_or(guessed.account_kind),
        raw: case.raw,
        known: Known::default(),
        seen: Seen::default(),
    };
    Ok(serde_json::to_string(&answer(
        case.id,
        &diagnose(&evidence),
    ))?)
}

/// How the sign-in was tried; others name a sign-in by token in other ways.
fn sign_in(word: &str) -> Option<SignIn> {
    match word {
        "oauth" | "oauth2" | "oauthbearer" | "bearer" => Some(SignIn::Xoauth2),
        _ => SignIn::from_code(word),
    }
}

fn answer(id: serde_json::Value, diagnosis: &Diagnosis) -> JsonlAnswer {
    let mut candidates: Vec<&'static str> = Vec::new();
    for name in diagnosis.candidates().iter().copied().filter_map(published) {
        if !candidates.contains(&name) {
            candidates.push(name);
        }
    }
    JsonlAnswer {
        id,
        cause: candidates.first().copied(),
        who_fixes: diagnosis.who_fixes().code(),
        certain: diagnosis.certain() && !candidates.is_empty(),
        candidates,
    }
}

/// The cause's name in the published list. What Ninka adds for its own checks is not in it, and what
/// is off for a mailbox has no name apart there from what is off for the organisation.
fn published(cause: Cause) -> Option<&'static str> {
    let own = matches!(
        cause,
        Cause::TimedOut
            | Cause::ConnectionClosed
            | Cause::Offline
            | Cause::ServerMisbehaves
            | Cause::ClockWrong
            | Cause::CertRevoked
            | Cause::Unknown
    );
    let named = if cause == Cause::SmtpAuthDisabledMailbox {
        Cause::SmtpAuthDisabledTenant
    } else {
        cause
    };
    (!own).then(|| named.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_answered_and_confirmed_fields_are_not_read() {
        let line = r#"{"id":"F1","stage":"oauth_refresh","protocol":"oauth","auth":"none","account_kind":"work","raw":"AADSTS700082: expired","cause":"bad_password","who_fixes":"wait"}"#;
        assert_eq!(
            answer_line(line).unwrap(),
            r#"{"id":"F1","cause":"refresh_token_expired_inactive","who_fixes":"owner","certain":true,"candidates":["refresh_token_expired_inactive"]}"#
        );
    }

    #[test]
    fn what_the_published_list_does_not_part_is_said_by_its_name() {
        let line = r#"{"id":2,"stage":"auth","protocol":"smtp","auth":"xoauth2","account_kind":"work","raw":"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox."}"#;
        assert_eq!(
            answer_line(line).unwrap(),
            r#"{"id":2,"cause":"smtp_auth_disabled_tenant","who_fixes":"tenant_admin","certain":true,"candidates":["smtp_auth_disabled_tenant"]}"#
        );
    }

    #[test]
    fn what_fits_nothing_has_no_cause() {
        let line = r#"{"id":1,"stage":"oauth_token","protocol":"oauth","raw":"こんにちは"}"#;
        assert_eq!(
            answer_line(line).unwrap(),
            r#"{"id":1,"cause":null,"who_fixes":"owner","certain":false,"candidates":[]}"#
        );
        assert!(answer_line("[]").is_err());
        assert!(answer_line(r#"{"id":1}"#).is_err());
    }
}
