//! The ids by which Microsoft finds a failed request in its own records, out of what it said.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::walk::{Of, Walker, walk};
use crate::view::{ReportView, TraceKind, TraceView};

/// A report has as many as a support request could name.
const MOST: usize = 20;

/// Every id in a report's texts, once.
pub(super) fn of(report: &mut ReportView) -> Vec<TraceView> {
    let mut found = Found::default();
    walk(report, &mut found);
    found.0.into_iter().take(MOST).collect()
}

#[derive(Default)]
struct Found(BTreeSet<TraceView>);

impl Walker for Found {
    fn text(&mut self, of: Of, text: &mut String) {
        static ID: LazyLock<Option<Regex>> = LazyLock::new(|| {
            let guid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
            Regex::new(&format!(
                r#"(?i)\b(trace|correlation)[ _]id"?\s*[:=]\s*"?({guid})"#
            ))
            .ok()
        });
        let (Of::Said, Some(id)) = (of, ID.as_ref()) else {
            return;
        };
        self.0.extend(id.captures_iter(text).map(|found| {
            let part = |at| found.get(at).map_or("", |part| part.as_str());
            let kind = if part(1).eq_ignore_ascii_case("trace") {
                TraceKind::Trace
            } else {
                TraceKind::Correlation
            };
            TraceView {
                kind,
                id: part(2).to_lowercase(),
            }
        }));
    }
}
