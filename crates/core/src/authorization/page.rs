//! The page in the browser after the redirect: what really became of the consent, in the
//! program's language. One small document without script, image or address of any kind; everything
//! that comes from outside is escaped.

use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::language::Language;
use crate::problem::Problem;

/// What a page tells.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ending<'a> {
    /// The consent is stored.
    Stored {
        /// Whose.
        address: &'a str,
    },
    /// Nothing was stored.
    Failed(&'a Problem),
    /// The request was not what is being waited for.
    Stray,
}

const STYLE: &str = "\
:root{color-scheme:light dark;--paper:#f5f4f0;--surface:#fff;--ink:#1d2127;--muted:#5b626d;\
--line:#e1dfd8;--ok:#1a7446;--bad:#b0261d;--idle:#5b626d;--mark:#fff}\
@media(prefers-color-scheme:dark){:root{--paper:#17191d;--surface:#212429;--ink:#eceae4;\
--muted:#a9adb5;--line:#3a3e45;--ok:#6cc795;--bad:#f08c82;--idle:#a9adb5;--mark:#17191d}}\
*{box-sizing:border-box}\
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;\
background:var(--paper);color:var(--ink);\
font:16px/1.75 system-ui,'Yu Gothic UI','Hiragino Sans','Noto Sans CJK JP',sans-serif}\
main{max-width:600px;width:100%;background:var(--surface);border:1px solid var(--line);\
border-radius:12px;padding:32px 36px;overflow-wrap:anywhere}\
.brand{margin:0 0 20px;color:var(--muted);font-size:13px;letter-spacing:.04em}\
h1{margin:0 0 14px;font-size:22px;line-height:1.45;display:flex;gap:14px;align-items:flex-start}\
.mark{flex:none;width:32px;height:32px;border-radius:50%;background:var(--idle);\
color:var(--mark);display:grid;place-items:center;font-size:18px;font-weight:700}\
.ok .mark{background:var(--ok)}.bad .mark{background:var(--bad)}\
h2{margin:20px 0 4px;font-size:15px}p{margin:0 0 10px}ol,ul{margin:0;padding-left:22px}\
details{margin-top:18px;color:var(--muted);font-size:13px}summary{cursor:pointer}\
pre{margin:8px 0 0;padding:10px 12px;border:1px solid var(--line);border-radius:6px;\
white-space:pre-wrap;font:12px/1.5 Consolas,Menlo,'Noto Sans Mono CJK JP',monospace}\
.close{margin:22px 0 0;padding-top:14px;border-top:1px solid var(--line);color:var(--muted)}";

/// What the page may do: show itself with its one style sheet. Nothing else.
pub(super) static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
});

/// Writes the page.
pub(super) fn page(language: Language, ending: Ending<'_>) -> String {
    let say = |id: &str| escape(&language.plain(id));
    let mut body = String::new();
    let (class, mark, title) = match ending {
        Ending::Stored { address } => {
            let saved = language.text("browser-stored.body", [("address", address)]);
            paragraph(&mut body, &escape(&saved));
            ("ok", "✓", say("browser-stored"))
        }
        Ending::Failed(problem) => {
            explain(&mut body, language, problem);
            ("bad", "!", say("browser-failed"))
        }
        Ending::Stray => {
            paragraph(&mut body, &say("browser-stray.body"));
            ("idle", "?", say("browser-stray"))
        }
    };
    format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title} — Ninka</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main class=\"{class}\">\n\
         <p class=\"brand\">{brand}</p>\n\
         <h1><span class=\"mark\" aria-hidden=\"true\">{mark}</span><span>{title}</span></h1>\n\
         {body}<p class=\"close\">{close}</p>\n</main>\n</body>\n</html>\n",
        code = language.code(),
        brand = say("browser-brand"),
        close = say("browser-close"),
    )
}

/// The problem in the words of the program's own screens.
fn explain(body: &mut String, language: Language, problem: &Problem) {
    let params = || problem.params();
    let text = problem.text();
    paragraph(body, &escape(&language.text(text, params())));
    let Problem::Diagnosed(diagnosis) = problem else {
        let fix = language.text(&format!("{text}.fix"), params());
        paragraph(body, &escape(&fix));
        return;
    };
    paragraph(body, &escape(&language.plain(&format!("{text}.meaning"))));
    heading(body, &escape(&language.plain("browser-steps")));
    let steps = language.plain(&format!("{text}.steps"));
    list(body, "ol", steps.lines().map(str::trim));
    // Where the evidence leaves several causes open, none is passed off as the one.
    let others = diagnosis.candidates().iter().skip(1);
    let others: Vec<String> = others.map(|cause| language.plain(cause.text())).collect();
    if !others.is_empty() {
        heading(body, &escape(&language.plain("browser-others")));
        list(body, "ul", others.iter().map(String::as_str));
    }
    line(
        body,
        format_args!(
            "<details><summary>{}</summary><pre>{}</pre></details>",
            escape(&language.plain("browser-raw")),
            escape(diagnosis.raw())
        ),
    );
}

fn paragraph(body: &mut String, html: &str) {
    line(body, format_args!("<p>{html}</p>"));
}

fn heading(body: &mut String, html: &str) {
    line(body, format_args!("<h2>{html}</h2>"));
}

fn list<'a>(body: &mut String, kind: &str, entries: impl Iterator<Item = &'a str>) {
    line(body, format_args!("<{kind}>"));
    for entry in entries {
        line(body, format_args!("<li>{}</li>", escape(entry)));
    }
    line(body, format_args!("</{kind}>"));
}

fn line(body: &mut String, html: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _infallible = writeln!(body, "{html}");
}

/// Makes text of anything, in an element as well as in an attribute.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // No control characters, and none that turn the direction of writing.
            '\n' | '\t' => safe.push(letter),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => safe.push('\u{fffd}'),
            other if other.is_control() => safe.push('\u{fffd}'),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authorization::state::evidence;
    use crate::diagnosis::{Stage, diagnose};

    #[test]
    fn tells_what_was_stored_in_both_languages() {
        let stored = Ending::Stored {
            address: "o'brien@hana.example",
        };
        let ja = page(Language::Ja, stored);
        assert!(ja.contains("<html lang=\"ja\">") && ja.contains("認可設定が、完了しました。"));
        assert!(ja.contains("o&#39;brien@hana.example") && !ja.contains("o'brien"));
        let en = page(Language::En, stored);
        assert!(en.contains("<html lang=\"en\">") && en.contains("Authorization is set up."));
        for html in [ja, en, page(Language::En, Ending::Stray)] {
            assert!(!html.contains("browser-"), "a text is missing: {html}");
        }
    }

    #[test]
    fn tells_why_nothing_was_stored_and_what_to_do() {
        let problem = Problem::WrongAccountSignedIn {
            expected: "a@hana.example".to_owned(),
            actual: "<b>@hana.example".to_owned(),
        };
        for language in [Language::Ja, Language::En] {
            let html = page(language, Ending::Failed(&problem));
            assert!(html.contains("a@hana.example") && html.contains("&lt;b&gt;@hana.example"));
            assert!(!html.contains("認可設定が、完了しました") && !html.contains("is set up"));
            assert!(
                !html.contains("problem-") && !html.contains("browser-"),
                "{html}"
            );
        }
    }

    #[test]
    fn hostile_answers_are_shown_as_text() {
        let raw =
            "{\"error\":\"x\",\"error_description\":\"</pre><script>alert('1')</script>\u{202e}\"}";
        let problem: Problem = diagnose(&evidence(Stage::OauthAuthorize, raw.to_owned())).into();
        let html = page(Language::Ja, Ending::Failed(&problem));
        assert!(html.contains("&lt;/pre&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"));
        assert!(!html.contains("<script") && !html.contains('\u{202e}'));
        assert!(!html.contains("cause-"), "every text is there: {html}");
    }

    #[test]
    fn every_cause_that_is_open_is_named() {
        let raw = r#"{"error":"no_such_error"}"#.to_owned();
        let diagnosis = diagnose(&evidence(Stage::OauthToken, raw));
        let problem: Problem = diagnosis.clone().into();
        let html = page(Language::En, Ending::Failed(&problem));
        for cause in diagnosis.candidates() {
            let sentence = escape(&Language::En.plain(cause.text()));
            assert!(html.contains(&sentence), "{sentence}");
        }
        let several = diagnosis.candidates().len() > 1;
        assert_eq!(
            html.contains(&Language::En.plain("browser-others")),
            several
        );
    }

    #[test]
    fn the_policy_names_the_style_that_is_sent() {
        let html = page(Language::Ja, Ending::Stray);
        let style = html
            .split("<style>")
            .nth(1)
            .unwrap()
            .split("</style>")
            .next()
            .unwrap();
        let hash = STANDARD.encode(Sha256::digest(style));
        assert!(POLICY.contains(&format!("style-src 'sha256-{hash}'")));
        assert!(POLICY.starts_with("default-src 'none';"));
    }
}
