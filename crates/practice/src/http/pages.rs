//! The pages, in a plain look of their own that says 練習用 at the top. One escaping function, a
//! strict policy, and a script on one page only: the form that submits itself.

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, X_FRAME_OPTIONS};
use axum::response::{Html, IntoResponse as _, Response};

use super::Answer;
use super::authorize::MAIL_SCOPES;
use super::visit::Visit;
use crate::fault::Fault;
use crate::random;
use crate::tenant::{CLIENT_NAME, DOMAIN, Tenant};
use crate::texts::PracticeLanguage;

const STYLE: &str = include_str!("page.css");

/// Who signs in: the addresses of the tenant, or another.
pub(super) fn picker(id: &str, visit: &Visit) -> Answer {
    let language = visit.language;
    let rows: String = Tenant::addresses()
        .iter()
        .map(|address| {
            let letter: String = address
                .chars()
                .take(1)
                .flat_map(char::to_uppercase)
                .collect();
            let shown = escape(address);
            format!(
                "<button class=\"row\" name=\"address\" value=\"{shown}\" \
                 data-address=\"{shown}\"><span class=\"face\" aria-hidden=\"true\">{}</span>\
                 <span>{shown}</span></button>",
                escape(&letter)
            )
        })
        .collect();
    let other = language.plain("practice-other-account");
    let body = format!(
        "{}{}<button class=\"row\" id=\"other\"><span class=\"face plus\" aria-hidden=\"true\">+\
         </span><span>{}</span></button></form>",
        form(id, "pick", &rows) + "</form>",
        form(id, "other", ""),
        escape(&other)
    );
    let lead = language.text("practice-picker-lead", &[("app", CLIENT_NAME)]);
    page(
        language,
        "practice-picker",
        &format!("{}{body}", lead_in(&lead)),
    )
}

/// Another address, typed.
pub(super) fn address(id: &str, visit: &Visit, typed: &str, unknown: bool) -> Answer {
    let language = visit.language;
    let fault = unknown.then(|| language.text("practice-address-unknown", &[("domain", DOMAIN)]));
    let fields = format!(
        "<label for=\"address\">{}</label><input id=\"address\" name=\"address\" type=\"email\" \
         value=\"{}\" placeholder=\"order@{DOMAIN}\" autocomplete=\"off\" spellcheck=\"false\" \
         required autofocus{}>{}<p class=\"hint\">{}</p>{}",
        escape(&language.plain("practice-address")),
        escape(typed),
        if unknown {
            " aria-invalid=\"true\" aria-describedby=\"fault\""
        } else {
            ""
        },
        fault_line(fault.as_deref()),
        escape(&language.text("practice-address-hint", &[("domain", DOMAIN)])),
        buttons(&[("next", "practice-next", true)], language),
    );
    page(
        language,
        "practice-address-title",
        &(form(id, "pick", &fields) + "</form>"),
    )
}

/// The password, which may be anything.
pub(super) fn password(id: &str, visit: &Visit, address: &str) -> Answer {
    let language = visit.language;
    let fields = format!(
        "<label for=\"password\">{}</label><input id=\"password\" name=\"password\" \
         type=\"password\" value=\"practice\" autocomplete=\"off\" autofocus \
         aria-describedby=\"any\"><p class=\"hint\" id=\"any\">{}</p>{}",
        escape(&language.plain("practice-password")),
        escape(&language.plain("practice-password-hint")),
        buttons(&[("next", "practice-sign-in", true)], language),
    );
    let body = format!(
        "{}{}</form><div class=\"links\">{}<button class=\"link\" id=\"other\">{}</button></form>\
         {}<button class=\"link\" id=\"back\">{}</button></form></div>",
        who(address),
        form(id, "password", &fields),
        form(id, "other", ""),
        escape(&language.plain("practice-other-account")),
        form(id, "back", ""),
        escape(&language.plain("practice-cancel")),
    );
    page(language, "practice-password-title", &body)
}

/// Where a user takes a consent back, in words: nobody is signed in here.
pub(super) fn apps(language: PracticeLanguage) -> Answer {
    let text = |id| lead_in(&language.text(id, &[("app", CLIENT_NAME)]));
    let body = text("practice-apps-lead") + &text("practice-apps-hint");
    page(language, "practice-apps", &body)
}

/// What the application asks for, in words.
pub(super) fn consent(id: &str, visit: &Visit, address: &str, fault: Option<Fault>) -> Answer {
    let language = visit.language;
    let note = match fault {
        Some(
            fault @ (Fault::ConsentDeclined | Fault::OtherAccountSignsIn | Fault::MfaRequired),
        ) => format!(
            "<p class=\"note\">{}</p>",
            escape(&language.plain(&format!("practice-consent-note-{}", fault.code())))
        ),
        Some(_) | None => String::new(),
    };
    let lead = language.text("practice-consent-lead", &[("app", CLIENT_NAME)]);
    let body = format!(
        "{}{note}{}{}{}",
        who(address),
        lead_in(&lead),
        scope_list(visit),
        yes_or_no(id, "practice-accept", language)
    );
    page(language, "practice-consent", &body)
}

/// Only an administrator may consent. The page stays until somebody goes back.
pub(super) fn approval_needed(id: &str, visit: &Visit, address: &str) -> Answer {
    let language = visit.language;
    let lead = language.text("practice-approval-lead", &[("app", CLIENT_NAME)]);
    let fields = buttons(&[("back", "practice-approval-back", false)], language);
    let body = format!(
        "{}{}{}<p class=\"hint\">{}</p>{}</form>",
        who(address),
        lead_in(&lead),
        scope_list(visit),
        escape(&language.plain("practice-approval-hint")),
        form(id, "back", &fields)
    );
    page(language, "practice-approval", &body)
}

/// An administrator agrees for everybody.
pub(super) fn admin_consent(id: &str, visit: &Visit) -> Answer {
    let language = visit.language;
    let lead = language.text(
        "practice-admin-lead",
        &[("app", CLIENT_NAME), ("domain", DOMAIN)],
    );
    let body = format!(
        "{}{}{}",
        lead_in(&lead),
        scope_list(visit),
        yes_or_no(id, "practice-admin-accept", language)
    );
    page(language, "practice-admin", &body)
}

/// The code that a device shows.
pub(super) fn device(language: PracticeLanguage, wrong: bool) -> Answer {
    let fault = wrong.then(|| language.plain("practice-device-unknown"));
    let body = format!(
        "{}<form method=\"post\" action=\"/devicelogin?ui_locales={}\">\
         <label for=\"code\">{}</label><input id=\"code\" name=\"code\" autocomplete=\"off\" \
         autocapitalize=\"characters\" spellcheck=\"false\" required autofocus>{}{}</form>",
        lead_in(&language.text("practice-device-lead", &[("app", CLIENT_NAME)])),
        language.code(),
        escape(&language.plain("practice-device-code")),
        fault_line(fault.as_deref()),
        buttons(&[("next", "practice-next", true)], language),
    );
    page(language, "practice-device", &body)
}

/// A request that cannot be answered to the application.
pub(super) fn error(language: PracticeLanguage, text: &str) -> Answer {
    let lead = language.plain("practice-error-lead");
    let body = format!("{}<pre id=\"error\">{}</pre>", lead_in(&lead), escape(text));
    page(language, "practice-error", &body)
}

/// A heading with a sentence, and nothing more to do.
pub(super) fn notice(language: PracticeLanguage, id: &str, params: &[(&str, &str)]) -> Answer {
    let lead = language.text(&format!("{id}.body"), params);
    page(language, id, &lead_in(&lead))
}

/// Posts the answer to the application by itself, or by a button where scripts are off.
pub(super) fn form_post(
    language: PracticeLanguage,
    redirect_uri: &str,
    answer: &[(&str, String)],
) -> Answer {
    let fields: String = answer
        .iter()
        .map(|(name, value)| hidden(name, value))
        .collect();
    let nonce = random::text(16)?;
    let body = format!(
        "<form method=\"post\" action=\"{}\" id=\"answer\">{fields}{}</form>\
         <script nonce=\"{nonce}\">document.getElementById('answer').submit()</script>",
        escape(redirect_uri),
        buttons(&[("next", "practice-next", true)], language),
    );
    Ok(respond(language, "practice-returning", &body, &nonce))
}

fn page(language: PracticeLanguage, title: &str, body: &str) -> Answer {
    Ok(respond(language, title, body, &random::text(16)?))
}

fn respond(language: PracticeLanguage, title: &str, body: &str, nonce: &str) -> Response {
    let title = escape(&language.plain(title));
    let html = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"data:,\">\
         <title>{title} - {mark}</title><style nonce=\"{nonce}\">{STYLE}</style></head>\
         <body><header><strong>{mark}</strong><span>{banner}</span></header>\
         <main><h1>{title}</h1>{body}</main><footer>{footer}</footer></body></html>",
        lang = language.code(),
        mark = escape(&language.plain("practice-mark")),
        banner = escape(&language.plain("practice-banner")),
        footer = escape(&language.text("practice-footer", &[("domain", DOMAIN)])),
    );
    let mut response = Html(html).into_response();
    // `form-action` has to allow http altogether: the last form is answered by a redirect to the
    // application's port, which browsers check too, and no pattern fits the IPv6 loopback.
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; img-src data:; \
         form-action 'self' http:; base-uri 'none'; frame-ancestors 'none'"
    );
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

/// An open form: the caller closes it.
fn form(id: &str, act: &str, fields: &str) -> String {
    let (visit, act) = (hidden("visit", id), hidden("act", act));
    format!("<form method=\"post\" action=\"/practice/step\">{visit}{act}{fields}")
}

fn hidden(name: &str, value: &str) -> String {
    format!(
        "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
        escape(name),
        escape(value)
    )
}

/// Buttons as `(id, text, primary)`.
fn buttons(list: &[(&str, &str, bool)], language: PracticeLanguage) -> String {
    let one = |(id, text, primary): &(&str, &str, bool)| {
        let class = if *primary { "primary" } else { "plain" };
        let text = escape(&language.plain(text));
        format!("<button id=\"{id}\" class=\"{class}\">{text}</button>")
    };
    format!(
        "<div class=\"buttons\">{}</div>",
        list.iter().map(one).collect::<String>()
    )
}

fn yes_or_no(id: &str, yes: &str, language: PracticeLanguage) -> String {
    let button = |id: &str, class: &str, text: &str| {
        let text = escape(&language.plain(text));
        format!("<button id=\"{id}\" class=\"{class}\" name=\"act\" value=\"{id}\">{text}</button>")
    };
    format!(
        "<form method=\"post\" action=\"/practice/step\">{}<div class=\"buttons\">{}{}</div></form>",
        hidden("visit", id),
        button("decline", "plain", "practice-decline"),
        button("accept", "primary", yes),
    )
}

fn scope_list(visit: &Visit) -> String {
    let known = |scope: &str| visit.scopes.iter().any(|asked| asked == scope);
    let texts = [
        "practice-scope-pop",
        "practice-scope-imap",
        "practice-scope-smtp",
    ];
    let mail = MAIL_SCOPES.into_iter().zip(texts);
    let rest = [
        ("offline_access", "practice-scope-offline"),
        ("openid", "practice-scope-profile"),
    ];
    let items: String = mail
        .chain(rest)
        .filter(|(scope, _)| known(scope))
        .map(|(scope, text)| {
            let text = visit.language.plain(text);
            format!("<li>{}<small>{}</small></li>", escape(&text), escape(scope))
        })
        .collect();
    format!("<ul class=\"scopes\">{items}</ul>")
}

fn who(address: &str) -> String {
    format!(
        "<p class=\"who\" data-signed-in=\"{0}\">{0}</p>",
        escape(address)
    )
}

fn lead_in(text: &str) -> String {
    format!("<p>{}</p>", escape(text))
}

fn fault_line(fault: Option<&str>) -> String {
    fault
        .map(|text| {
            format!(
                "<p class=\"fault\" id=\"fault\" role=\"alert\">{}</p>",
                escape(text)
            )
        })
        .unwrap_or_default()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_markup() {
        assert_eq!(
            escape("<a href='\"&'>"),
            "&lt;a href=&#39;&quot;&amp;&#39;&gt;"
        );
    }
}
