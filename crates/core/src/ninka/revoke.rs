//! 認可を取り消す: the sealed token is deleted here; the consent itself is withdrawn by its user on a
//! page of Microsoft's, as no token can do that.

use super::Ninka;
use super::kinds::known;
use crate::account::AccountId;
use crate::cloud::Cloud;
use crate::diagnosis::AccountKind;
use crate::problem::Outcome;
use crate::view::AccountView;

/// The applications that a work account has let in.
const OF_WORK: &str = "https://myapps.microsoft.com/";
/// The applications that a personal account has let in.
const OF_PERSONAL: &str = "https://account.live.com/consent/Manage";

/// An authorization that is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Revoked {
    /// The account without it.
    pub account: AccountView,
    /// Where its user takes the consent back, if that is known.
    pub page: Option<&'static str>,
}

impl Ninka {
    /// Deletes an account's authorization, so that no byte of its token stays on the disk; a
    /// consent that is being asked for is given up. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`](crate::Problem::AccountGone); the data cannot be written.
    pub async fn revoke(&self, id: AccountId) -> Outcome<Revoked> {
        let stored = self.store.account(id).await?;
        self.consents.cancel(id);
        self.store.remove_grant(id).await?;
        self.tokens.forget(id);
        let page = match (self.provider().await?.cloud, known(&stored)) {
            (Cloud::Worldwide, AccountKind::Personal) => Some(OF_PERSONAL),
            (Cloud::Worldwide, AccountKind::Work | AccountKind::Other | AccountKind::Unknown) => {
                Some(OF_WORK)
            }
            // Nobody has told us the others' pages; the administrator knows them.
            (
                Cloud::UsGovernmentL4 | Cloud::UsGovernmentDod | Cloud::China | Cloud::Custom(_),
                _,
            ) => None,
        };
        Ok(Revoked {
            account: self.account(id).await?,
            page,
        })
    }
}
