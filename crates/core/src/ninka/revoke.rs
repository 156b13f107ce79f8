//! 認可を取り消す: the sealed token is deleted here; the consent itself is withdrawn by its user on a
//! page of Microsoft's, as no token can do that. Where an account is removed, so it is too.

use super::Ninka;
use super::kinds::known;
use crate::account::AccountId;
use crate::cloud::Cloud;
use crate::diagnosis::AccountKind;
use crate::operators::{Deed, Need, Permission};
use crate::problem::Outcome;
use crate::store::StoredAccount;
use crate::view::Revoked;

/// Where a work account's user takes back what an application was granted, by cloud. Sources:
/// Microsoft, "Edit or revoke application permissions in the My Apps portal"; the same portal's own
/// list of addresses (US Government, both levels); Azure China's documentation of the portal.
const WORK: &str = "https://myapps.microsoft.com/";
const WORK_US_GOVERNMENT: &str = "https://myapps.microsoft.us/";
const WORK_CHINA: &str = "https://account.activedirectory.windowsazure.cn/r#/applications";
/// The same for a personal account. There are none in the other clouds.
const PERSONAL: &str = "https://account.live.com/consent/Manage";

/// The page for an account of some kind in a cloud; `None` where the sign-in service is one that only
/// its administrator knows.
const fn page(cloud: &Cloud, kind: AccountKind) -> Option<&'static str> {
    match (cloud, kind) {
        (Cloud::Worldwide, AccountKind::Personal) => Some(PERSONAL),
        (Cloud::Worldwide, AccountKind::Work | AccountKind::Other | AccountKind::Unknown) => {
            Some(WORK)
        }
        (Cloud::UsGovernmentL4 | Cloud::UsGovernmentDod, _) => Some(WORK_US_GOVERNMENT),
        (Cloud::China, _) => Some(WORK_CHINA),
        (Cloud::Custom(_), _) => None,
    }
}

impl Ninka {
    /// Deletes an account's authorization, so that no byte of its token stays on the disk; a
    /// consent that is being asked for is given up. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`](crate::Problem::AccountGone); the data cannot be written.
    pub async fn revoke(&self, id: AccountId) -> Outcome<Revoked> {
        let by = self.needs(Need::Accounts(Permission::Edit)).await?;
        let stored = self.store.account(id).await?;
        self.consents.cancel(id);
        self.store.remove_grant(id).await?;
        self.tokens.forget(id);
        let address = stored.account.address.as_str();
        self.did(&by, Deed::Revoked, address).await?;
        Ok(Revoked {
            account: self.account_view(id).await?,
            page: self.withdrawal_page(&stored).await?,
        })
    }

    /// Where an account's user takes its consent back, if that is known.
    pub(super) async fn withdrawal_page(&self, stored: &StoredAccount) -> Outcome<Option<String>> {
        let fixed = self.provider.as_ref();
        if let Some(page) = fixed.and_then(|fixed| fixed.withdrawal.clone()) {
            return Ok(Some(page));
        }
        let cloud = self.provider().await?.cloud;
        Ok(page(&cloud, known(stored)).map(str::to_owned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::Authority;

    #[test]
    fn every_cloud_has_its_page_or_says_that_it_is_not_known() {
        let own = Authority::new("https://id.example/common").unwrap();
        for (cloud, kind, expected) in [
            (Cloud::Worldwide, AccountKind::Work, Some(WORK)),
            (Cloud::Worldwide, AccountKind::Personal, Some(PERSONAL)),
            (
                Cloud::UsGovernmentDod,
                AccountKind::Unknown,
                Some(WORK_US_GOVERNMENT),
            ),
            (Cloud::China, AccountKind::Work, Some(WORK_CHINA)),
            (Cloud::Custom(own), AccountKind::Work, None),
        ] {
            assert_eq!(page(&cloud, kind), expected, "{cloud:?}");
        }
    }
}
