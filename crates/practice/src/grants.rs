//! Codes, access tokens and refresh tokens, each kept as its digest only. What a token endpoint
//! decides by is here; what it answers is in `http::token`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::random;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
/// A code is good for ten minutes.
pub(crate) const CODE_LIFETIME: i64 = 600 * SECOND;
/// What the token answer says is one second less, as at Entra.
pub(crate) const ACCESS_LIFETIME: i64 = 3_600 * SECOND;
/// A refresh token lapses after 90 days; each use gives a new one.
pub(crate) const REFRESH_LIFETIME: i64 = 90 * DAY;
/// Lapsed ones are remembered for a while, to say that they have lapsed.
const FORGOTTEN_AFTER: i64 = 400 * DAY;
const MOST_GRANTS: usize = 2_000;
const MOST_SHORT_LIVED: usize = 2_000;

/// A refresh token as kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) user: String,
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
    /// Microseconds since 1970 by the tenant's clock.
    pub(crate) issued: i64,
}

/// A code on its way to the token endpoint.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) grant: Grant,
    pub(crate) redirect_uri: String,
    pub(crate) challenge: String,
    pub(crate) nonce: Option<String>,
    pub(crate) redeemed: bool,
}

/// What an access token opens.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    pub(crate) user: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) expires: i64,
}

/// Why a refresh token is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// Nobody knows it.
    Unknown,
    /// Not used for 90 days.
    Lapsed { issued: i64 },
    /// From before the password changed.
    Revoked { issued: i64, valid_from: i64 },
    /// From before a second factor was demanded.
    SecondFactor,
}

/// All tokens.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    refresh: BTreeMap<String, Grant>,
    access: BTreeMap<String, Access>,
    codes: BTreeMap<String, Code>,
}

impl Grants {
    pub(crate) fn new(refresh: BTreeMap<String, Grant>) -> Self {
        Self {
            refresh,
            ..Self::default()
        }
    }

    /// The refresh tokens, for the folder.
    pub(crate) fn refresh_tokens(&self) -> &BTreeMap<String, Grant> {
        &self.refresh
    }

    /// Adds what another process has put into the folder since.
    pub(crate) fn learn(&mut self, others: BTreeMap<String, Grant>) {
        others.into_iter().for_each(|(digest, grant)| {
            self.refresh.entry(digest).or_insert(grant);
        });
    }

    pub(crate) fn knows_refresh(&self, token: &str) -> bool {
        self.refresh.contains_key(&random::digest(token))
    }

    pub(crate) fn put_code(&mut self, code: &str, value: Code) {
        trim(&mut self.codes, |code| code.grant.issued);
        self.codes.insert(random::digest(code), value);
    }

    pub(crate) fn code(&mut self, code: &str) -> Option<&mut Code> {
        self.codes.get_mut(&random::digest(code))
    }

    pub(crate) fn put_access(&mut self, token: &str, access: Access) {
        trim(&mut self.access, |access| access.expires);
        self.access.insert(random::digest(token), access);
    }

    pub(crate) fn access(&self, token: &str) -> Option<&Access> {
        self.access.get(&random::digest(token))
    }

    pub(crate) fn put_refresh(&mut self, token: &str, grant: Grant) {
        let oldest = grant.issued.saturating_sub(FORGOTTEN_AFTER);
        self.refresh.retain(|_, kept| kept.issued > oldest);
        while self.refresh.len() >= MOST_GRANTS {
            drop_first(&mut self.refresh, |grant| grant.issued);
        }
        self.refresh.insert(random::digest(token), grant);
    }

    /// The grant behind a refresh token, judged by the clock and by the fault that is on.
    pub(crate) fn usable(
        &self,
        token: &str,
        now: i64,
        fault: Option<(Fault, i64)>,
    ) -> Result<Grant, Unusable> {
        let grant = self
            .refresh
            .get(&random::digest(token))
            .ok_or(Unusable::Unknown)?;
        let issued = grant.issued;
        if now.saturating_sub(issued) >= REFRESH_LIFETIME {
            return Err(Unusable::Lapsed { issued });
        }
        match fault {
            Some((Fault::RefreshLapsed, since)) if issued < since => Err(Unusable::Lapsed {
                issued: issued.min(now - REFRESH_LIFETIME - DAY),
            }),
            Some((Fault::RevokedByPasswordChange, since)) if issued < since => {
                Err(Unusable::Revoked {
                    issued,
                    valid_from: since,
                })
            }
            Some((Fault::MfaRequired, since)) if issued < since => Err(Unusable::SecondFactor),
            _ => Ok(grant.clone()),
        }
    }
}

fn trim<T>(kept: &mut BTreeMap<String, T>, age: impl Fn(&T) -> i64) {
    while kept.len() >= MOST_SHORT_LIVED {
        drop_first(kept, &age);
    }
}

fn drop_first<T>(kept: &mut BTreeMap<String, T>, age: impl Fn(&T) -> i64) {
    let oldest = kept
        .iter()
        .min_by_key(|(_, value)| age(value))
        .map(|(digest, _)| digest.clone());
    if let Some(oldest) = oldest {
        kept.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(issued: i64) -> Grant {
        let (user, client_id) = ("order@hana-shop.example".to_owned(), "client".to_owned());
        Grant {
            user,
            client_id,
            scopes: vec!["openid".to_owned()],
            issued,
        }
    }

    #[test]
    fn ninety_days_and_no_longer() {
        let mut grants = Grants::default();
        grants.put_refresh("token", grant(0));
        assert!(grants.usable("token", REFRESH_LIFETIME - 1, None).is_ok());
        assert_eq!(
            grants.usable("token", REFRESH_LIFETIME, None),
            Err(Unusable::Lapsed { issued: 0 })
        );
        assert_eq!(grants.usable("other", 0, None), Err(Unusable::Unknown));
    }

    #[test]
    fn a_fault_reaches_only_what_was_issued_before_it() {
        let mut grants = Grants::default();
        grants.put_refresh("old", grant(10));
        grants.put_refresh("new", grant(30));
        for fault in [
            Fault::RefreshLapsed,
            Fault::RevokedByPasswordChange,
            Fault::MfaRequired,
        ] {
            assert!(
                grants.usable("old", 40, Some((fault, 20))).is_err(),
                "{fault:?}"
            );
            assert!(
                grants.usable("new", 40, Some((fault, 20))).is_ok(),
                "{fault:?}"
            );
        }
        assert!(grants.usable("old", 40, Some((Fault::PopOff, 20))).is_ok());
    }

    #[test]
    fn the_store_stays_small() {
        let mut grants = Grants::default();
        for number in 0..(MOST_GRANTS as i64 + 5) {
            grants.put_refresh(&number.to_string(), grant(number));
        }
        assert_eq!(grants.refresh_tokens().len(), MOST_GRANTS);
        assert!(!grants.knows_refresh("0"));
        assert!(grants.knows_refresh("2004"));
    }
}
