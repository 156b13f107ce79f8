//! Warnings of authorizations that end or have ended: which are due, in what words, and that they
//! were given. Whoever shows them says so afterwards; until then they are due.

use super::Ninka;
use crate::account::{AccountId, Purpose};
use crate::authorization::{self, AuthorizationState, Stage, Standing, Warned};
use crate::language::Language;
use crate::problem::Outcome;
use crate::settings::Settings;

/// Accounts that one notice names; more are counted.
const NAMED: usize = 3;

/// A warning that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The account.
    pub account: AccountId,
    /// Its mail address.
    pub address: String,
    /// What its user calls it.
    pub name: String,
    /// What it is for.
    pub purpose: Purpose,
    /// How urgent it is.
    pub stage: Stage,
    /// Days left, to the nearest; 0 in the last half day and afterwards.
    pub days_left: i64,
    given: Warned,
}

/// What is shown outside the window: one for all warnings that are due at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The heading.
    pub title: String,
    /// The sentences.
    pub body: String,
    /// The account it leads to, where it is about one.
    pub address: Option<String>,
    /// The words of its buttons, where it is about one account: authorize, and with the guide.
    pub buttons: Option<[String; 2]>,
}

impl Ninka {
    /// The warnings that are due, the most urgent first. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be read.
    pub async fn due_warnings(&self) -> Outcome<Vec<Warning>> {
        let every = Settings::load(&self.settings).await?.renewal_every();
        let (now, closed) = (self.now(), self.stands_still());
        let asked = self.consents.under_way();
        let mut due = Vec::new();
        for stored in self.store.accounts().await? {
            let standing = Standing::of(&stored, every);
            let stage = authorization::stage(&standing, closed, now);
            let Some(stage) = stage.filter(|_| !asked.contains(&stored.account.id)) else {
                continue;
            };
            if !authorization::due(stage, stored.warned.as_ref(), now) {
                continue;
            }
            let Some(given) = authorization::warned(&standing, stage, now) else {
                continue;
            };
            due.push(Warning {
                days_left: days_left(&AuthorizationState::at(&standing, now)),
                account: stored.account.id,
                address: stored.account.address.as_str().to_owned(),
                name: stored.account.name,
                purpose: stored.account.purpose,
                stage,
                given,
            });
        }
        due.sort_by(|a, b| {
            b.stage
                .cmp(&a.stage)
                .then_with(|| a.address.cmp(&b.address))
        });
        Ok(due)
    }

    /// Keeps that warnings were given. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be written.
    pub async fn warnings_given(&self, warnings: &[Warning]) -> Outcome<()> {
        for warning in warnings {
            self.store
                .put_warned(warning.account, warning.given)
                .await?;
        }
        Ok(())
    }

    /// The words for warnings; `None` for none.
    #[must_use]
    pub fn notice(&self, warnings: &[Warning], language: Language) -> Option<Notice> {
        let notice = gather(warnings, language)?;
        let title = if self.provider.is_some() {
            language.text("notice-practice", [("title", notice.title)])
        } else {
            notice.title
        };
        Some(Notice { title, ..notice })
    }
}

fn days_left(state: &AuthorizationState) -> i64 {
    match state {
        AuthorizationState::Authorized { life, .. } | AuthorizationState::Failing { life, .. } => {
            life.days_left
        }
        AuthorizationState::None
        | AuthorizationState::Lapsed { .. }
        | AuthorizationState::Refused { .. } => 0,
    }
}

/// One notice for all.
fn gather(warnings: &[Warning], language: Language) -> Option<Notice> {
    if let [only] = warnings {
        return Some(Notice {
            title: heading(only, language),
            body: language.plain(effect(only.purpose, only.stage)),
            address: Some(only.address.clone()),
            buttons: Some(["notice-button", "notice-guide"].map(|id| language.plain(id))),
        });
    }
    let count = i64::try_from(warnings.len()).unwrap_or(i64::MAX);
    let mut lines: Vec<_> = warnings
        .iter()
        .take(NAMED)
        .map(|one| heading(one, language))
        .collect();
    lines.first()?;
    let others = warnings.len().saturating_sub(NAMED);
    if others > 0 {
        lines.push(language.text("notice-others", [("count", others)]));
    }
    Some(Notice {
        title: language.text("notice-several", [("count", count)]),
        body: lines.join("\n"),
        address: None,
        buttons: None,
    })
}

fn heading(warning: &Warning, language: Language) -> String {
    let name = if warning.name.is_empty() {
        warning.address.clone()
    } else {
        let (name, address) = (warning.name.as_str(), warning.address.as_str());
        language.text("notice-account", [("name", name), ("address", address)])
    };
    match warning.stage {
        Stage::Lapsed => language.text("notice-lapsed", [("account", name)]),
        Stage::Refused => language.text("notice-refused", [("account", name)]),
        Stage::Days30 | Stage::Days14 | Stage::Days7 | Stage::Days3 | Stage::Days1 => {
            let days = warning.days_left.to_string();
            language.text("notice-ends-soon", [("account", name), ("days", days)])
        }
    }
}

/// What stops for the account's purpose, and what to do.
const fn effect(purpose: Purpose, stage: Stage) -> &'static str {
    match (stage, purpose) {
        (Stage::Lapsed | Stage::Refused, Purpose::OrderReceiving) => "notice-stopped-orders",
        (Stage::Lapsed | Stage::Refused, Purpose::Sending | Purpose::RakutenSending) => {
            "notice-stopped-sending"
        }
        (Stage::Lapsed | Stage::Refused, Purpose::Unspecified) => "notice-stopped-both",
        (
            Stage::Days30 | Stage::Days14 | Stage::Days7 | Stage::Days3 | Stage::Days1,
            Purpose::OrderReceiving,
        ) => "notice-will-stop-orders",
        (
            Stage::Days30 | Stage::Days14 | Stage::Days7 | Stage::Days3 | Stage::Days1,
            Purpose::Sending | Purpose::RakutenSending,
        ) => "notice-will-stop-sending",
        (
            Stage::Days30 | Stage::Days14 | Stage::Days7 | Stage::Days3 | Stage::Days1,
            Purpose::Unspecified,
        ) => "notice-will-stop-both",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(number: i64, stage: Stage) -> Warning {
        Warning {
            account: AccountId(number),
            address: format!("order{number}@hana-shop.example"),
            name: "本店".to_owned(),
            purpose: Purpose::OrderReceiving,
            stage,
            days_left: 7,
            given: Warned {
                renewed_at: jiff::Timestamp::UNIX_EPOCH,
                stage,
                at: jiff::Timestamp::UNIX_EPOCH,
            },
        }
    }

    #[test]
    fn one_names_its_account_what_stops_and_a_button() {
        let notice = gather(&[warning(1, Stage::Days7)], Language::Ja).unwrap();
        assert_eq!(
            notice.title,
            "本店（order1@hana-shop.example）の認可は、あと7日で切れます"
        );
        assert!(notice.body.contains("注文メール"), "{notice:?}");
        let words = ["再認可", "案内に沿って再認可"].map(str::to_owned);
        assert_eq!(notice.buttons, Some(words));
        let gone = gather(&[warning(1, Stage::Refused)], Language::En).unwrap();
        assert!(gone.body.starts_with("No orders"), "{gone:?}");
        assert_eq!(gone.address.as_deref(), Some("order1@hana-shop.example"));
    }

    #[test]
    fn several_are_gathered_into_one() {
        let all: Vec<_> = (0..5)
            .map(|number| warning(number, Stage::Lapsed))
            .collect();
        let notice = gather(&all, Language::En).unwrap();
        assert!(notice.title.contains('5'), "{notice:?}");
        assert_eq!(notice.body.lines().count(), 4);
        assert_eq!((notice.address, notice.buttons), (None, None));
        assert_eq!(gather(&[], Language::En), None);
    }

    #[test]
    fn every_purpose_and_stage_has_its_words() {
        for purpose in [
            Purpose::Unspecified,
            Purpose::Sending,
            Purpose::OrderReceiving,
            Purpose::RakutenSending,
        ] {
            for stage in Stage::ALL {
                let id = effect(purpose, stage);
                for language in [Language::Ja, Language::En] {
                    assert_ne!(language.plain(id), id);
                }
            }
        }
    }
}
