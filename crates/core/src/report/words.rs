//! The readable part of a report: what a person needs to see before handing it on, and what the desk
//! reads where there is no Ninka. Pure; the sentences are those of the screens.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::language::Language;
use crate::view::{
    AccountView, AuthorizationState, CheckReport, CheckResult, DiagnosisView, HistoryEntryView,
    HistoryWhat, KindName, ProblemView, Protocol, ProtocolReport, ReportView, SelfTestOutcome,
    SelfTestRow, SideView, StepOutcome, TraceKind, VaultView,
};

/// As much of what happened as is read; the rest is below, for the program.
const HISTORY: usize = 40;

/// The readable part, lines of text with a blank one between its blocks.
pub(super) fn of(report: &ReportView, language: Language, zone: &TimeZone) -> String {
    let words = Words { language, zone };
    let blocks = [
        words.head(report),
        words.account(report),
        words.check(report.check.as_ref()),
        words.computer(&report.self_test.rows),
        words.history(&report.history),
        words.settings(report),
        words.traces(report),
        vec![words.say("report-below")],
    ];
    let blocks = blocks.iter().filter(|block| !block.is_empty());
    let blocks: Vec<String> = blocks.map(|lines| lines.join("\n") + "\n").collect();
    blocks.join("\n")
}

struct Words<'a> {
    language: Language,
    zone: &'a TimeZone,
}

impl Words<'_> {
    fn say(&self, id: &str) -> String {
        // What a screen may break a word by has no place here.
        self.language.plain(id).replace('\u{200b}', "")
    }

    fn fill(&self, id: &str, params: &[(&str, &str)]) -> String {
        self.language.text(id, params.iter().copied())
    }

    fn label(&self, id: &str, value: &str) -> String {
        self.fill(
            "report-label",
            &[("label", &self.say(id)), ("value", value)],
        )
    }

    fn moment(&self, at: i64) -> String {
        let at = Timestamp::from_second(at).unwrap_or_default();
        let at = at.to_zoned(self.zone.clone());
        at.strftime("%Y-%m-%d %H:%M").to_string()
    }

    fn head(&self, report: &ReportView) -> Vec<String> {
        let at = Timestamp::from_second(report.made_at).unwrap_or_default();
        let at = at.to_zoned(self.zone.clone());
        let made = at.strftime("%Y-%m-%d %H:%M (UTC%:z)").to_string();
        let ReportView {
            version, system, ..
        } = report;
        let program = format!("{version} ({system})");
        let mut lines = vec![
            self.say("report-title"),
            self.say("report-without"),
            String::new(),
            self.label("report-made", &made),
            self.label("report-program", &program),
        ];
        if report.practice {
            lines.push(self.say("report-practice"));
        }
        lines
    }

    fn account(&self, report: &ReportView) -> Vec<String> {
        let AccountView {
            row,
            user,
            signed_in_as,
            pop3,
            imap,
            smtp,
            ..
        } = &report.account;
        let kind = match report.kind {
            KindName::Work => "readout-kind-work",
            KindName::Personal => "readout-kind-personal",
            KindName::Other => "readout-kind-other",
            KindName::Unknown => "report-kind-unknown",
        };
        let purpose = format!("purpose-{}", word(&row.purpose));
        let way = if row.oauth {
            "report-by-oauth"
        } else {
            "report-by-password"
        };
        let mut lines = vec![self.label("report-address", &row.address)];
        if !row.name.is_empty() {
            lines.push(self.label("report-name", &row.name));
        }
        lines.extend([
            self.label("report-purpose", &self.say(&purpose)),
            self.label("report-sign-in", &self.say(way)),
            self.label("report-kind", &self.say(kind)),
        ]);
        if let Some(person) = row.signs_in.as_ref().filter(|person| !person.is_empty()) {
            lines.push(self.label("cli-signs-in", person));
        }
        if !user.is_empty() {
            lines.push(self.label("report-user", user));
        }
        if let Some(signed_in) = signed_in_as {
            lines.push(self.label("report-signed-in-as", signed_in));
        }
        for (name, server) in [("POP3", pop3), ("IMAP", imap), ("SMTP", smtp)] {
            if let Some(server) = server {
                let (host, port) = (&server.host, server.port);
                let at = format!("{name} {host}:{port} ({})", word(&server.tls));
                lines.push(self.label("report-server", &at));
            }
        }
        if row.oauth {
            lines.extend(self.authorization(&row.authorization));
        }
        for (side, view) in [("reception", &row.reception), ("sending", &row.sending)] {
            lines.push(self.label(&format!("check-{side}"), &self.side(view)));
        }
        lines
    }

    fn authorization(&self, state: &AuthorizationState) -> Vec<String> {
        let line = |value: &str| self.label("report-authorization", value);
        let state = state.settled();
        match state {
            AuthorizationState::None => vec![line(&self.say("report-authorization-none"))],
            AuthorizationState::Authorized {
                renewed_at,
                valid_until,
                days_left,
                ..
            }
            | AuthorizationState::Failing {
                renewed_at,
                valid_until,
                days_left,
                ..
            } => {
                let params = [
                    ("renewed", &*self.moment(*renewed_at)),
                    ("until", &*self.moment(*valid_until)),
                    ("days", &*days_left.to_string()),
                ];
                let mut lines = vec![line(&self.fill("report-authorization-good", &params))];
                if let AuthorizationState::Failing {
                    since,
                    attempts,
                    problem,
                    ..
                } = state
                {
                    let since = self.moment(*since);
                    let params = [("since", &*since), ("attempts", &*attempts.to_string())];
                    lines.push(self.fill("report-authorization-failing", &params));
                    lines.extend(self.problem(problem));
                }
                lines
            }
            AuthorizationState::Lapsed { since } => {
                let since = self.moment(*since);
                vec![line(
                    &self.fill("report-authorization-lapsed", &[("since", &since)]),
                )]
            }
            AuthorizationState::Refused { since, problem } => {
                let since = self.moment(*since);
                let said = self.fill("report-authorization-refused", &[("since", &since)]);
                let mut lines = vec![line(&said)];
                lines.extend(self.problem(problem));
                lines
            }
            // `settled` answers none of these.
            AuthorizationState::BeingAuthorized { .. } => Vec::new(),
        }
    }

    fn side(&self, side: &SideView) -> String {
        let at = |id: &str, at: i64| format!("{} ({})", self.say(id), self.moment(at));
        match side {
            SideView::Unchecked => self.say("state-unchecked"),
            SideView::NotNeeded => self.say("state-not-needed"),
            SideView::Ok { at: moment } => at("state-ok", *moment),
            SideView::Failed { at: moment, .. } => at("state-failed", *moment),
        }
    }

    fn check(&self, check: Option<&CheckReport>) -> Vec<String> {
        let mut lines = vec![self.heading("check-title")];
        let Some(check) = check else {
            lines.push(self.say("report-no-check"));
            return lines;
        };
        lines.push(self.label("report-checked", &self.moment(check.at)));
        for protocol in &check.protocols {
            lines.extend(self.protocol(protocol));
        }
        lines
    }

    fn protocol(&self, report: &ProtocolReport) -> Vec<String> {
        let side = match report.protocol {
            Protocol::Pop3 | Protocol::Imap => "check-reception",
            Protocol::Smtp => "check-sending",
        };
        let result = match report.result {
            CheckResult::Ok => "state-ok",
            CheckResult::Failed => "state-failed",
            CheckResult::NotNeeded => "state-not-needed",
        };
        let (protocol, host, port) = (word(&report.protocol), &report.host, report.port);
        let protocol = protocol.to_uppercase();
        let (side, result) = (self.say(side), self.say(result));
        let steps = report.steps.iter().map(|step| {
            let name = self.say(&format!("check-step-{}", word(&step.step)));
            let outcome = match step.outcome {
                StepOutcome::Ok => "state-ok",
                StepOutcome::Failed => "state-failed",
                StepOutcome::Running => "state-running",
                StepOutcome::NotReached => "state-not-reached",
            };
            let ms = step.ms.map(|ms| format!(" {ms} ms")).unwrap_or_default();
            format!("  {name}: {}{ms}", self.say(outcome))
        });
        let mut lines = vec![format!("{side} {protocol} {host}:{port}: {result}")];
        lines.extend(steps);
        let why = report.diagnosis.iter().flat_map(|it| self.diagnosis(it));
        lines.extend(why);
        let obstacle = report.obstacle.iter().flat_map(|it| self.problem(it));
        lines.extend(obstacle);
        lines.extend(report.probes.iter().map(|probe| {
            let port = probe.port.to_string();
            let asked = format!("probe-asked-{}", word(&probe.asked));
            let asked = self.fill(&asked, &[("host", &probe.host), ("port", &port)]);
            let found = format!("probe-found-{}", word(&probe.found));
            let found = self.fill(&found, &[("detail", &probe.detail)]);
            format!("  {asked}: {found}")
        }));
        lines
    }

    fn problem(&self, problem: &ProblemView) -> Vec<String> {
        if let Some(diagnosis) = &problem.diagnosis {
            return self.diagnosis(diagnosis);
        }
        let params: Vec<(&str, &str)> = problem.params.iter().map(|(k, v)| (&**k, &**v)).collect();
        let said = self.fill(&problem.text, &params);
        let mut lines = vec![format!("  {said} [{}]", problem.code)];
        lines.extend(self.code(&problem.readout));
        lines
    }

    fn diagnosis(&self, diagnosis: &DiagnosisView) -> Vec<String> {
        let sentence = |cause: &str| {
            let id = format!("cause-{}", cause.replace('_', "-"));
            format!("{} [{cause}]", self.say(&id))
        };
        let mut lines = Vec::new();
        if diagnosis.certain || diagnosis.candidates.len() < 2 {
            lines.push(sentence(&diagnosis.cause));
        } else {
            lines.push(self.say("diagnosis-several"));
            let open = diagnosis.candidates.iter();
            lines.extend(open.map(|cause| format!("- {}", sentence(cause))));
        }
        let fixer = format!("fixer-{}", diagnosis.who_fixes.replace('_', "-"));
        lines.push(self.label("diagnosis-who", &self.say(&fixer)));
        let steps = self.say(&format!("{}.steps", diagnosis.text));
        let steps = steps.lines().zip(1..);
        lines.extend(steps.map(|(step, number)| format!("{number}. {step}")));
        lines.extend(diagnosis.raw.lines().map(|line| format!("> {line}")));
        let indented = lines.into_iter().map(|line| format!("  {line}"));
        indented.chain(self.code(&diagnosis.readout)).collect()
    }

    fn code(&self, readout: &str) -> Option<String> {
        let line = || format!("  {}", self.label("readout-label", readout));
        (!readout.is_empty()).then(line)
    }

    fn computer(&self, rows: &[SelfTestRow]) -> Vec<String> {
        let mut lines = vec![self.heading("report-computer")];
        for row in rows {
            let part = self.say(&format!("self-test-part-{}", word(&row.part)));
            let found = format!("self-test-found-{}", word(&row.found));
            let found = self.fill(&found, &[("detail", &row.detail)]);
            let mark = match row.outcome {
                SelfTestOutcome::Ok => "state-ok",
                SelfTestOutcome::Warn => "report-mind",
                SelfTestOutcome::Failed => "state-failed",
                SelfTestOutcome::NotReached => "state-not-reached",
            };
            lines.push(format!("{part}: {}: {found}", self.say(mark)));
            lines.extend(row.problem.iter().flat_map(|it| self.problem(it)));
        }
        lines
    }

    fn history(&self, entries: &[HistoryEntryView]) -> Vec<String> {
        if entries.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![self.heading("history-title")];
        lines.extend(entries.iter().take(HISTORY).map(|entry| {
            let what = match entry.what {
                HistoryWhat::Reception => "check-reception",
                HistoryWhat::Sending => "check-sending",
                HistoryWhat::Renewal => "report-renewal",
                HistoryWhat::Authorization => "history-lane-authorization",
                HistoryWhat::Change => "report-change",
            };
            let came = match (&entry.cause, &entry.text) {
                (Some(cause), Some(text)) => {
                    format!("{}: {} [{cause}]", self.say("state-failed"), self.say(text))
                }
                (Some(cause), None) => format!("{}: [{cause}]", self.say("state-failed")),
                (None, _) if entry.what == HistoryWhat::Change => {
                    let fields = entry.changed.iter();
                    let fields = fields.map(|field| self.say(&format!("history-field-{field}")));
                    fields.collect::<Vec<_>>().join(&self.say("history-and"))
                }
                (None, _) => self.say("state-ok"),
            };
            format!("{}  {}: {came}", self.moment(entry.at), self.say(what))
        }));
        if let Some(more) = entries.len().checked_sub(HISTORY).filter(|more| *more > 0) {
            lines.push(self.fill("report-more", &[("count", &more.to_string())]));
        }
        lines
    }

    fn settings(&self, report: &ReportView) -> Vec<String> {
        let vault = match &report.vault {
            VaultView::Keyring => "report-vault-keyring",
            VaultView::Passphrase => "report-vault-passphrase",
            VaultView::Session => "report-vault-session",
            VaultView::Closed { .. } => "report-vault-closed",
        };
        let mut lines = vec![
            self.heading("report-settings"),
            self.label("report-vault", &self.say(vault)),
        ];
        if let VaultView::Closed { problem } = &report.vault {
            lines.extend(self.problem(problem));
        }
        lines.push(self.label("report-client-id", &report.client_id));
        lines.push(self.label("report-authority", &report.authority));
        let settings = report.settings.iter();
        lines.extend(settings.map(|setting| format!("{} = {}", setting.key, setting.value)));
        lines
    }

    fn traces(&self, report: &ReportView) -> Vec<String> {
        if report.traces.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![self.heading("report-traces")];
        lines.extend(report.traces.iter().map(|trace| {
            let kind = match trace.kind {
                TraceKind::Trace => "Trace ID",
                TraceKind::Correlation => "Correlation ID",
            };
            format!("{kind}: {}", trace.id)
        }));
        lines
    }

    fn heading(&self, id: &str) -> String {
        self.fill("report-heading", &[("title", &self.say(id))])
    }
}

/// The name on the wire, which the texts' ids end with.
fn word(value: &impl serde::Serialize) -> String {
    let word = serde_json::to_value(value).ok();
    let word = word.and_then(|word| word.as_str().map(str::to_owned));
    word.unwrap_or_default()
}
