//! The support desk's cases: customers' reports, kept on this computer alone, with notes, until they
//! are deleted or old. In practice mode, too, they are the real ones.

use jiff::Timestamp;

use super::Ninka;
use crate::operators::{Need, Permission};
use crate::problem::{Outcome, Problem};
use crate::report;
use crate::settings::{SettingKey, Settings};
use crate::store::StoredCase;
use crate::view::{
    AuthorizationState, CaseRow, CaseStep, CaseView, CasesView, ReportView, SelfTestOutcome,
    SelfTestPart, SideView,
};

/// Characters of a note.
const LONGEST_NOTE: usize = 4_000;
const DAY: i64 = 24 * 60 * 60;

impl Ninka {
    /// Every case, the newest first; those that are too old are deleted before. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be read or written.
    pub async fn cases(&self) -> Outcome<CasesView> {
        self.needs(Need::Accounts(Permission::View)).await?;
        self.desk().await
    }

    /// A case with its report. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::CaseGone`]; why this program does not read the report; the data cannot be read.
    pub async fn case(&self, id: i64) -> Outcome<CaseView> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let case = self.settings.case(id).await?;
        let report = report::open(case.report.as_bytes())?;
        Ok(CaseView {
            row: row(&case, &report, self.now()),
            report,
        })
    }

    /// Keeps a report that was received as a case. Performs I/O.
    ///
    /// # Errors
    /// Why the file is refused, each by its name; the data cannot be written.
    pub async fn keep_case(&self, file: &[u8]) -> Outcome<CaseView> {
        self.needs(Need::Accounts(Permission::Edit)).await?;
        report::open(file)?;
        let text = std::str::from_utf8(file).map_err(|_| Problem::NotAReport)?;
        let id = self.settings.keep_case(self.now(), text).await?;
        self.case(id).await
    }

    /// Changes a case's note; what is too long of it is cut off. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::CaseGone`]; the data cannot be written.
    pub async fn note_case(&self, id: i64, note: &str) -> Outcome<()> {
        self.needs(Need::Accounts(Permission::Edit)).await?;
        let note: String = note.trim_end().chars().take(LONGEST_NOTE).collect();
        self.settings.note_case(id, &note).await
    }

    /// Deletes a case. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be written.
    pub async fn remove_case(&self, id: i64) -> Outcome<()> {
        self.needs(Need::Accounts(Permission::Edit)).await?;
        self.settings.remove_case(id).await
    }

    /// Says for how many days cases are kept, and deletes those that are too old by it. Performs
    /// I/O.
    ///
    /// # Errors
    /// [`Problem::SettingInvalid`]; the data cannot be written.
    pub async fn keep_cases_for(&self, days: i64) -> Outcome<CasesView> {
        self.needs(Need::Settings(Permission::Edit)).await?;
        self.set_setting(SettingKey::CaseDays.name(), &days.to_string())
            .await?;
        self.desk().await
    }

    async fn desk(&self) -> Outcome<CasesView> {
        self.prune().await?;
        let settings = Settings::load(&self.settings).await?;
        let stored = self.settings.cases().await?;
        let now = self.now();
        // Each is parsed anew: a program that knows more says more of it.
        let rows = tokio::task::spawn_blocking(move || {
            let cases = stored.iter().filter_map(|case| {
                // One that a newer program kept, and this one does not read, is left alone.
                let report = report::open(case.report.as_bytes()).ok()?;
                Some(row(case, &report, now))
            });
            cases.collect()
        });
        Ok(CasesView {
            kept_days: settings.cases_kept().as_hours() / 24,
            cases: rows.await.map_err(anyhow::Error::from)?,
        })
    }
}

fn row(case: &StoredCase, report: &ReportView, now: Timestamp) -> CaseRow {
    let account = &report.account.row;
    let left = match account.authorization {
        AuthorizationState::Authorized {
            days_left,
            valid_until,
            ..
        }
        | AuthorizationState::Failing {
            days_left,
            valid_until,
            ..
        } => Some((days_left, valid_until)),
        AuthorizationState::None
        | AuthorizationState::Lapsed { .. }
        | AuthorizationState::Refused { .. }
        | AuthorizationState::BeingAuthorized { .. } => None,
    };
    CaseRow {
        id: case.id,
        received_at: case.received_at.as_second(),
        note: case.note.clone(),
        made_at: report.made_at,
        version: report.version.clone(),
        address: account.address.clone(),
        name: account.name.clone(),
        authorization: account.authorization.clone(),
        days_left_then: left.map(|(then, _)| then),
        // To the nearest, as everywhere.
        days_left_now: left.map(|(_, until)| (until - now.as_second() + DAY / 2).div_euclid(DAY)),
        reception: account.reception.clone(),
        sending: account.sending.clone(),
        next: next(report),
    }
}

/// What is to be done next: first what everything else needs, then what the account needs.
fn next(report: &ReportView) -> CaseStep {
    let account = &report.account.row;
    let basis = [
        SelfTestPart::Vault,
        SelfTestPart::Names,
        SelfTestPart::SignIn,
        SelfTestPart::Clock,
    ];
    let broken = report
        .self_test
        .rows
        .iter()
        .find(|row| row.outcome == SelfTestOutcome::Failed && basis.contains(&row.part));
    if let Some(broken) = broken {
        return CaseStep::Computer { part: broken.part };
    }
    match &account.authorization {
        AuthorizationState::None if account.oauth => return CaseStep::Authorize,
        AuthorizationState::Lapsed { .. } => return CaseStep::Authorize,
        AuthorizationState::Refused { problem, .. }
        | AuthorizationState::Failing { problem, .. } => {
            return problem.diagnosis.clone().map_or_else(
                || CaseStep::Problem {
                    problem: (**problem).clone(),
                },
                |diagnosis| CaseStep::Explained { diagnosis },
            );
        }
        AuthorizationState::None
        | AuthorizationState::Authorized { .. }
        | AuthorizationState::BeingAuthorized { .. } => {}
    }
    let sides = [&account.reception, &account.sending];
    for side in sides {
        if let SideView::Failed { diagnosis, .. } = side {
            return CaseStep::Explained {
                diagnosis: diagnosis.clone(),
            };
        }
    }
    let stuck = report.check.iter().flat_map(|check| &check.protocols);
    if let Some(problem) = stuck
        .filter_map(|protocol| protocol.obstacle.as_ref())
        .next()
    {
        return CaseStep::Problem {
            problem: problem.clone(),
        };
    }
    if sides.iter().any(|side| matches!(side, SideView::Unchecked)) {
        return CaseStep::Check;
    }
    CaseStep::Nothing
}
