//! The staff's script for the phone: the guide's pages as one file to print, from the same texts, with
//! the same numbers and codes, and with the customer's screens as pictures. It needs nothing else:
//! any browser shows and prints it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{PAGES, Page};
use crate::language::Language;

/// The picture of a step's screen, as the screens' tests take it.
macro_rules! pictures {
    ($language:literal, $($name:literal),*) => {
        [$(include_bytes!(concat!("../../../../tests/screens/guided-", $name, ".", $language, ".light.png")).as_slice()),*]
    };
}

/// One for each step, in their order.
const JA: [&[u8]; 9] = pictures!(
    "ja",
    "1-start",
    "2-open",
    "3-account",
    "4-password",
    "5-identity",
    "6-accept",
    "7-back",
    "8-check",
    "9-done"
);
const EN: [&[u8]; 9] = pictures!(
    "en",
    "1-start",
    "2-open",
    "3-account",
    "4-password",
    "5-identity",
    "6-accept",
    "7-back",
    "8-check",
    "9-done"
);

/// A step with its ways round stays on one sheet of A4, two steps on a sheet where they fit.
const STYLE: &str = "
@page { size: A4; margin: 14mm; }
* { box-sizing: border-box; }
body { max-width: 190mm; margin: 0 auto; padding: 8mm; color: #1d2127; background: #fff;
  font: 11pt/1.6 'Hiragino Sans', 'Yu Gothic UI', Meiryo, 'Segoe UI', 'Noto Sans CJK JP', sans-serif; }
h1 { font-size: 18pt; margin: 0 0 2mm; }
section { break-inside: avoid; padding: 5mm 0; border-top: 0.3mm solid #c7c4ba; }
h2, h3 { display: flex; gap: 3mm; align-items: center; margin: 0 0 2mm; break-after: avoid; }
h2 { font-size: 15pt; }
h3 { font-size: 11pt; }
.number { flex: none; min-width: 2em; padding: 0 0.4em; border-radius: 1em; color: #fff; background: #264f8c;
  text-align: center; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.step { display: grid; grid-template-columns: 74mm 1fr; gap: 6mm; align-items: start; }
img { width: 100%; border: 0.3mm solid #c7c4ba; border-radius: 1.5mm; }
p { margin: 0 0 2mm; }
.do { font-weight: 600; }
.label { color: #586069; font-size: 9pt; }
.code { color: #586069; font-size: 9pt; }
.aside { margin: 3mm 0 0 8mm; padding-left: 4mm; border-left: 0.8mm solid #e3e1da; break-inside: avoid; }
@media print { body { padding: 0; } }
@media (max-width: 640px) { .step { grid-template-columns: 1fr; } }
";

/// The script in a language, as a page of HTML that refers to nothing outside itself. Pure.
#[must_use]
pub fn script(language: Language) -> String {
    let pictures = match language {
        Language::Ja => JA,
        Language::En => EN,
    };
    let title = words(language, "guided-script");
    let mut sections = String::new();
    let steps = PAGES.iter().filter(|page| !page.is_aside());
    for (step, picture) in steps.zip(pictures) {
        let asides: String = PAGES
            .iter()
            .filter(|page| page.is_aside() && page.step() == step.step())
            .map(|page| format!("<div class=\"aside\">{}</div>", told(page, "h3", language)))
            .collect();
        let told = told(step, "h2", language);
        let picture = STANDARD.encode(picture);
        let alt = words(language, "guided-script.picture");
        sections += &format!(
            "<section id=\"{}\"><div class=\"step\"><img src=\"data:image/png;base64,{picture}\" \
             alt=\"{alt} {}\"><div>{told}</div></div>{asides}</section>\n",
            step.name(),
            step.number(),
        );
    }
    let lead = words(language, "guided-script.lead");
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n<body>\n<h1>{title}</h1>\n<p>{lead}</p>\n{sections}</body>\n</html>\n",
        language.code()
    )
}

/// A page in words: its number and title, what to do, what is shown, what else may be, its code.
fn told(page: &Page, heading: &str, language: Language) -> String {
    let part = |part: &str| words(language, &format!("{}{part}", page.name()));
    let label = |id: &str| words(language, id);
    let code = page.readout().to_string();
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    let spelled: Vec<String> = letters
        .map(|letter| language.plain(&format!("letter-{}", letter.to_ascii_lowercase())))
        .collect();
    let code = language.text(
        "readout-said",
        [("code", code.as_str()), ("words", &spelled.join(" "))],
    );
    format!(
        "<{heading}><span class=\"number\">{}</span>{}</{heading}><p class=\"do\">{}</p>\
         <p><span class=\"label\">{}</span><br>{}</p><p><span class=\"label\">{}</span><br>{}</p>\
         <p class=\"code\">{}</p>",
        page.number(),
        part(""),
        part(".do"),
        label("guided-shows"),
        part(".shows"),
        label("guided-else"),
        part(".else"),
        escaped(&code),
    )
}

/// A text for a page of HTML; it has no customer's address, but the words that stand for one.
fn words(language: Language, id: &str) -> String {
    let address = language.plain("guided-script.address");
    escaped(&language.text(id, [("address", address)]))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_in_it_with_its_number_code_and_words() {
        for language in [Language::Ja, Language::En] {
            let html = script(language);
            for page in PAGES {
                let title = words(language, page.name());
                let number = page.number();
                let head = format!("<span class=\"number\">{number}</span>{title}</");
                assert!(html.contains(&head), "{head}");
                assert!(html.contains(&page.readout().to_string()));
                for part in [".do", ".shows", ".else"] {
                    let text = words(language, &format!("{}{part}", page.name()));
                    assert!(html.contains(&text), "{text}");
                }
            }
            assert_eq!(html.matches("data:image/png;base64,iVBOR").count(), 9);
            // Nothing is fetched from anywhere, and no text is missing.
            assert!(
                !html.contains("http") && !html.contains("guided-script"),
                "{language:?}"
            );
            assert!(!html.contains(">guided-") && !html.contains(">letter-"));
        }
    }
}
