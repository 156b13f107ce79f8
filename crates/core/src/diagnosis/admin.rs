//! The ready message to an administrator, for causes that only an administrator can put right.

use super::Cause;
use crate::language::Language;

/// What a message to an administrator speaks of.
#[derive(Debug, Clone, Copy)]
pub struct AdminRequest<'a> {
    /// The mail address it is about.
    pub address: &'a str,
    /// The client id of the app.
    pub client_id: &'a str,
    /// The sign-in service, e.g. `https://login.microsoftonline.com/common`.
    pub authority: &'a str,
}

/// The message, ready to be copied and sent; `None` where no administrator is needed.
#[must_use]
pub fn admin_message(
    cause: Cause,
    language: Language,
    request: AdminRequest<'_>,
) -> Option<String> {
    let id = format!("{}.admin", cause.text());
    let link = approval_link(request.client_id, request.authority);
    let message = language.text(
        &id,
        [
            ("address", request.address),
            ("client", request.client_id),
            ("link", link.as_str()),
        ],
    );
    (message != id).then_some(message)
}

/// Where an administrator approves the app for the whole organization.
#[must_use]
pub fn approval_link(client_id: &str, authority: &str) -> String {
    let client: String = url::form_urlencoded::byte_serialize(client_id.as_bytes()).collect();
    let authority = authority.trim_end_matches('/');
    // An administrator approves for an organization; a tenant's own address already names it.
    let authority = match authority.strip_suffix("/common") {
        Some(base) => format!("{base}/organizations"),
        None => authority.to_owned(),
    };
    format!("{authority}/adminconsent?client_id={client}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::Fixer;

    const REQUEST: AdminRequest<'static> = AdminRequest {
        address: "orders@shop.example",
        client_id: "0a1b2c3d-0000-4000-8000-000000000000",
        authority: "https://login.microsoftonline.com/common",
    };

    #[test]
    fn every_cause_of_an_administrator_has_a_message_in_both_languages() {
        for cause in Cause::ALL {
            for language in [Language::Ja, Language::En] {
                let message = admin_message(*cause, language, REQUEST);
                if cause.fixers().first() == Some(&Fixer::TenantAdmin) {
                    let message = message.as_deref().unwrap_or_default();
                    assert!(message.contains(REQUEST.address), "{cause:?}: {message}");
                    assert!(
                        message.contains("PowerShell") || message.contains("New-"),
                        "{cause:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_message_names_the_switch_and_the_link() {
        let message = admin_message(Cause::SmtpAuthDisabledTenant, Language::Ja, REQUEST).unwrap();
        assert!(message.contains(
            "Set-CASMailbox -Identity orders@shop.example -SmtpClientAuthenticationDisabled $false"
        ));
        let message = admin_message(Cause::AdminConsentRequired, Language::En, REQUEST).unwrap();
        assert!(message.contains(
            "https://login.microsoftonline.com/organizations/adminconsent?client_id=0a1b2c3d"
        ));
        assert_eq!(
            admin_message(Cause::BadPassword, Language::En, REQUEST),
            None
        );
    }
}
