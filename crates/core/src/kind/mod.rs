//! Whose account an address is: Microsoft's for work, Microsoft's for one person, or nobody's of
//! Microsoft's. The shop often does not know. Deciding is pure and here; what it is decided by is
//! asked for in `realm` (Microsoft), `mail` (the DNS) and `lookup` (both, once per domain).

mod lookup;
mod mail;
mod password;
mod realm;

pub use lookup::{Answered, Kinds, Signs};
pub use mail::{MailHome, MailHosts, MailHostsPort, MailHostsUnknown, SystemDns};
pub(crate) use mail::{home as mail_home, within};
pub use password::{Limit, PasswordLimits};
pub use realm::Realm;

pub use crate::diagnosis::AccountKind;

/// The tenant of every personal account, as an id_token names it in `tid`. Source: Microsoft
/// identity platform, "ID token claims reference".
pub const PERSONAL_TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Domains that Microsoft gives personal addresses in; their owners need not be asked. Others of
/// the kind are found by their mail servers. From general knowledge, 2026-11.
const PERSONAL_DOMAINS: &[&str] = &[
    "hotmail.be",
    "hotmail.ca",
    "hotmail.co.jp",
    "hotmail.co.kr",
    "hotmail.co.th",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.com.br",
    "hotmail.com.hk",
    "hotmail.com.tw",
    "hotmail.de",
    "hotmail.es",
    "hotmail.fr",
    "hotmail.it",
    "hotmail.my",
    "hotmail.nl",
    "hotmail.ph",
    "hotmail.sg",
    "live.ca",
    "live.cn",
    "live.co.kr",
    "live.co.uk",
    "live.com",
    "live.com.au",
    "live.com.sg",
    "live.de",
    "live.fr",
    "live.hk",
    "live.it",
    "live.jp",
    "live.nl",
    "msn.com",
    "outlook.co.id",
    "outlook.co.th",
    "outlook.com",
    "outlook.com.au",
    "outlook.com.br",
    "outlook.com.vn",
    "outlook.de",
    "outlook.es",
    "outlook.fr",
    "outlook.in",
    "outlook.it",
    "outlook.jp",
    "outlook.kr",
    "outlook.my",
    "outlook.ph",
    "outlook.sa",
    "outlook.sg",
    "passport.com",
    "windowslive.com",
];

/// What an address's domain alone tells, without asking anybody.
#[must_use]
pub fn by_domain(domain: &str) -> AccountKind {
    if PERSONAL_DOMAINS.contains(&domain.to_ascii_lowercase().as_str()) {
        AccountKind::Personal
    } else {
        AccountKind::Unknown
    }
}

/// Decides by what was found out. Where an organisation's mail really goes decides before whose
/// tenant knows its domain: many have Microsoft's office programs and their mail elsewhere.
#[must_use]
pub const fn decide(realm: Option<Realm>, mail: Option<MailHome>) -> AccountKind {
    match (realm, mail) {
        (Some(Realm::Personal), _) | (_, Some(MailHome::OutlookCom)) => AccountKind::Personal,
        (_, Some(MailHome::ExchangeOnline))
        | (Some(Realm::Organisation), Some(MailHome::Filter)) => AccountKind::Work,
        // Exchange Online takes mail only for a domain that a tenant has proven to be its own.
        (Some(Realm::Nobody), _) => AccountKind::Other,
        // The tenant is there; whether the mailbox is in it, nothing tells.
        (Some(Realm::Organisation), _) | (None, _) => AccountKind::Unknown,
    }
}

/// What an id_token's `tid` proves about the account that signed in.
#[must_use]
pub fn by_tenant(tid: &str) -> AccountKind {
    if tid.eq_ignore_ascii_case(PERSONAL_TENANT) {
        AccountKind::Personal
    } else if tid.is_empty() {
        AccountKind::Unknown
    } else {
        AccountKind::Work
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_answers_together_decide() {
        use AccountKind::{Other, Personal, Unknown, Work};
        use MailHome::{Elsewhere, ExchangeOnline, Filter, NoDomain, OutlookCom};
        use Realm::{Nobody, Organisation};
        for (realm, mail, kind) in [
            (Some(Organisation), Some(ExchangeOnline), Work),
            (None, Some(ExchangeOnline), Work),
            (Some(Nobody), Some(ExchangeOnline), Work),
            (Some(Organisation), Some(Filter), Work),
            (Some(Organisation), Some(Elsewhere), Unknown),
            (Some(Organisation), None, Unknown),
            (Some(Nobody), Some(Elsewhere), Other),
            (Some(Nobody), Some(Filter), Other),
            (Some(Nobody), Some(NoDomain), Other),
            (Some(Nobody), None, Other),
            (Some(Realm::Personal), Some(Elsewhere), Personal),
            (Some(Organisation), Some(OutlookCom), Personal),
            (None, Some(OutlookCom), Personal),
            (None, Some(Elsewhere), Unknown),
            (None, Some(Filter), Unknown),
            (None, None, Unknown),
        ] {
            assert_eq!(decide(realm, mail), kind, "{realm:?} {mail:?}");
        }
    }

    #[test]
    fn some_domains_are_known_and_a_token_proves() {
        assert_eq!(by_domain("Outlook.JP"), AccountKind::Personal);
        assert_eq!(by_domain("hana.outlook.jp"), AccountKind::Unknown);
        assert_eq!(by_domain("live.example"), AccountKind::Unknown);
        let upper = PERSONAL_TENANT.to_uppercase();
        assert_eq!(by_tenant(&upper), AccountKind::Personal);
        assert_eq!(by_tenant("6b5f0a4e"), AccountKind::Work);
        assert_eq!(by_tenant(""), AccountKind::Unknown);
    }
}
