//! What is printed: answers on the standard output, everything else on the standard error, in the
//! language of the settings. A closed pipe ends quietly.

use std::fs::File;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use ninka_core::Problem;
use ninka_core::language::Language;
use ninka_core::view::{DiagnosisView, ProblemView};
use serde::Serialize;

/// Writes what was asked for to a new file; nothing is written over.
pub(crate) fn new_file(file: &Path, octets: &[u8]) -> Result<(), Problem> {
    let written = File::create_new(file).and_then(|mut file| {
        file.write_all(octets)?;
        file.sync_all()
    });
    written.map_err(|fault| {
        tracing::warn!("a new file: {fault}");
        Problem::FileUnwritable {
            path: file.display().to_string(),
        }
    })
}

/// The two streams and the language.
#[derive(Debug)]
pub(crate) struct Output {
    language: Language,
}

impl Output {
    /// In the system's language until the settings are known.
    pub(crate) fn new() -> Self {
        Self {
            language: Language::of_system(),
        }
    }

    /// Changes the language.
    pub(crate) fn speak(&mut self, language: Language) {
        self.language = language;
    }

    /// The language spoken.
    pub(crate) const fn language(&self) -> Language {
        self.language
    }

    /// Whether a person is looking.
    pub(crate) fn is_terminal(&self) -> bool {
        std::io::stderr().is_terminal()
    }

    /// Prints a line of the answer.
    pub(crate) fn line(&self, line: &str) {
        // A reader that has gone (`ninka … | head`) wants no more: there is nobody to tell.
        writeln!(std::io::stdout(), "{line}").ok();
    }

    /// Prints octets as they are.
    pub(crate) fn octets(&self, octets: &[u8]) {
        std::io::stdout().write_all(octets).ok();
    }

    /// Prints the answer as JSON.
    pub(crate) fn json(&self, answer: &impl Serialize) -> Result<(), Problem> {
        let text = serde_json::to_string_pretty(answer).map_err(anyhow::Error::from)?;
        self.line(&text);
        Ok(())
    }

    /// Prints a line of progress.
    pub(crate) fn progress(&self, line: &str) {
        writeln!(std::io::stderr(), "{line}").ok();
    }

    /// Says a problem and the next step.
    pub(crate) fn problem(&self, problem: &ProblemView) {
        if let Some(diagnosis) = &problem.diagnosis {
            return self.diagnosis(diagnosis);
        }
        for line in self.sentences(problem) {
            self.progress(&line);
        }
        if !problem.readout.is_empty() {
            self.progress(&self.code_line(&problem.readout));
        }
        // Only a terminal has this way on.
        if problem.code.starts_with("keyring-") || problem.code == "passphrase-needed" {
            self.progress(&self.language.plain("cli-passphrase"));
        }
        if problem.code == "sign-in-needed" {
            self.progress(&self.language.plain("cli-operator-needed"));
        }
        for fault in &problem.fields {
            let said = self
                .language
                .plain(&format!("field-problem-{}", fault.code));
            self.progress(&format!("  {}: {said}", fault.field));
        }
    }

    /// What happened, and the next step.
    pub(crate) fn sentences(&self, problem: &ProblemView) -> [String; 2] {
        let say = |id: &str| {
            let params = problem.params.iter();
            self.language.text(id, params.map(|(k, v)| (&**k, &**v)))
        };
        [
            format!("{} [{}]", say(&problem.text), problem.code),
            say(&format!("{}.fix", problem.text)),
        ]
    }

    /// Says what a server's refusal means, beside the answer.
    pub(crate) fn diagnosis(&self, diagnosis: &DiagnosisView) {
        for line in self.explain(diagnosis) {
            self.progress(&line);
        }
        if !diagnosis.readout.is_empty() {
            self.progress(&self.code_line(&diagnosis.readout));
        }
    }

    /// The code to read out, with a word for each of its characters.
    fn code_line(&self, code: &str) -> String {
        let words = [("code", code), ("words", &self.spelled(code))];
        self.language.text("readout-said", words)
    }

    /// A word for each character of a code.
    pub(crate) fn spelled(&self, code: &str) -> String {
        let letters = code.chars().filter(char::is_ascii_alphanumeric);
        let words = letters.map(|letter| {
            let id = format!("letter-{}", letter.to_ascii_lowercase());
            self.language.plain(&id)
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// Says what a server's refusal means, as the answer.
    pub(crate) fn explanation(&self, diagnosis: &DiagnosisView) {
        for line in self.explain(diagnosis) {
            self.line(&line);
        }
    }

    /// The cause or the causes, who can put it right and how, and what the server said.
    fn explain(&self, diagnosis: &DiagnosisView) -> Vec<String> {
        let sentence = |cause: &String| {
            let id = format!("cause-{}", cause.replace('_', "-"));
            format!("{} [{cause}]", self.language.plain(&id))
        };
        let mut lines = Vec::new();
        if diagnosis.certain || diagnosis.candidates.len() < 2 {
            lines.push(sentence(&diagnosis.cause));
        } else {
            lines.push(self.language.plain("cli-several-causes"));
            lines.extend(
                diagnosis
                    .candidates
                    .iter()
                    .map(|cause| format!("  - {}", sentence(cause))),
            );
        }
        let fixer = format!("cli-fixer-{}", diagnosis.who_fixes.replace('_', "-"));
        lines.push(self.language.plain(&fixer));
        let steps = self.language.plain(&format!("{}.steps", diagnosis.text));
        lines.extend(
            steps
                .lines()
                .zip(1..)
                .map(|(step, number)| format!("  {number}. {step}")),
        );
        lines.extend(diagnosis.raw.lines().map(|line| format!("> {line}")));
        lines
    }

    /// 2 for a wish that cannot be, 1 for one that failed.
    pub(crate) fn exit_code(&self, problem: &Problem) -> ExitCode {
        let usage = matches!(
            problem,
            Problem::Invalid { .. } | Problem::SettingInvalid { .. }
        );
        if usage {
            ExitCode::from(2)
        } else {
            ExitCode::FAILURE
        }
    }
}
