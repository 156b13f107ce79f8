//! The two languages and the texts of `ui/locales` for everything that is not a screen: the page in
//! the browser, the command line, notifications. The screens read the same files by themselves.

use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::langid;

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// 日本語
    Ja,
    /// English
    En,
}

const JA: &[&str] = &[
    include_str!("../../../ui/locales/ja/browser.ftl"),
    include_str!("../../../ui/locales/ja/causes.ftl"),
    include_str!("../../../ui/locales/ja/cli.ftl"),
    include_str!("../../../ui/locales/ja/desktop.ftl"),
    include_str!("../../../ui/locales/ja/handbook.ftl"),
    include_str!("../../../ui/locales/ja/screens/operators.ftl"),
    include_str!("../../../ui/locales/ja/audit.ftl"),
    include_str!("../../../ui/locales/ja/guided.ftl"),
    include_str!("../../../ui/locales/ja/handover.ftl"),
    include_str!("../../../ui/locales/ja/problems.ftl"),
    include_str!("../../../ui/locales/ja/readout.ftl"),
    include_str!("../../../ui/locales/ja/self-test.ftl"),
    include_str!("../../../ui/locales/ja/proof.ftl"),
    include_str!("../../../ui/locales/ja/screens/guided.ftl"),
    include_str!("../../../ui/locales/ja/report.ftl"),
    include_str!("../../../ui/locales/ja/screens/check.ftl"),
    include_str!("../../../ui/locales/ja/screens/common.ftl"),
    include_str!("../../../ui/locales/ja/screens/history.ftl"),
    include_str!("../../../ui/locales/ja/screens/report.ftl"),
    include_str!("../../../ui/locales/ja/screens/revoke.ftl"),
    include_str!("../../../ui/locales/ja/screens/support.ftl"),
    include_str!("../../../ui/locales/ja/screens/servers.ftl"),
];

const EN: &[&str] = &[
    include_str!("../../../ui/locales/en/browser.ftl"),
    include_str!("../../../ui/locales/en/causes.ftl"),
    include_str!("../../../ui/locales/en/cli.ftl"),
    include_str!("../../../ui/locales/en/desktop.ftl"),
    include_str!("../../../ui/locales/en/handbook.ftl"),
    include_str!("../../../ui/locales/en/screens/operators.ftl"),
    include_str!("../../../ui/locales/en/audit.ftl"),
    include_str!("../../../ui/locales/en/guided.ftl"),
    include_str!("../../../ui/locales/en/handover.ftl"),
    include_str!("../../../ui/locales/en/problems.ftl"),
    include_str!("../../../ui/locales/en/readout.ftl"),
    include_str!("../../../ui/locales/en/self-test.ftl"),
    include_str!("../../../ui/locales/en/proof.ftl"),
    include_str!("../../../ui/locales/en/screens/guided.ftl"),
    include_str!("../../../ui/locales/en/report.ftl"),
    include_str!("../../../ui/locales/en/screens/check.ftl"),
    include_str!("../../../ui/locales/en/screens/common.ftl"),
    include_str!("../../../ui/locales/en/screens/history.ftl"),
    include_str!("../../../ui/locales/en/screens/report.ftl"),
    include_str!("../../../ui/locales/en/screens/revoke.ftl"),
    include_str!("../../../ui/locales/en/screens/support.ftl"),
    include_str!("../../../ui/locales/en/screens/servers.ftl"),
];

static BUNDLES: LazyLock<HashMap<Language, FluentBundle<FluentResource>>> = LazyLock::new(|| {
    HashMap::from([
        (Language::Ja, bundle(Language::Ja)),
        (Language::En, bundle(Language::En)),
    ])
});

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let (tag, sources) = match language {
        Language::Ja => (langid!("ja"), JA),
        Language::En => (langid!("en"), EN),
    };
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // The screens switch isolation marks off too: texts end up in terminals and clipboards.
    bundle.set_use_isolating(false);
    for source in sources {
        // The build script has parsed the same files, so there is nothing left to go wrong.
        let resource = FluentResource::try_new(source.replace("\r\n", "\n"));
        bundle.add_resource_overriding(resource.unwrap_or_else(|(resource, _)| resource));
    }
    bundle
}

impl Language {
    /// The operating system's language: Japanese if it is Japanese, English otherwise.
    #[must_use]
    pub fn of_system() -> Self {
        match sys_locale::get_locale() {
            Some(locale) if locale.to_ascii_lowercase().starts_with("ja") => Self::Ja,
            _ => Self::En,
        }
    }

    /// `ja` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The text of an id, or of an attribute as `id.attribute`. An unknown id is shown as it is.
    #[must_use]
    pub fn text<'a, V>(self, id: &str, params: impl IntoIterator<Item = (&'a str, V)>) -> String
    where
        V: Into<fluent_bundle::FluentValue<'a>>,
    {
        let args: FluentArgs<'_> = params.into_iter().collect();
        let (message, attribute) = id.split_once('.').map_or((id, None), |(m, a)| (m, Some(a)));
        let pattern = BUNDLES.get(&self).and_then(|bundle| {
            let message = bundle.get_message(message)?;
            let pattern = match attribute {
                Some(attribute) => message.get_attribute(attribute)?.value(),
                None => message.value()?,
            };
            Some(
                bundle
                    .format_pattern(pattern, Some(&args), &mut Vec::new())
                    .into_owned(),
            )
        });
        pattern.unwrap_or_else(|| id.to_owned())
    }

    /// The text of an id that takes no parameters.
    #[must_use]
    pub fn plain(self, id: &str) -> String {
        self.text(id, std::iter::empty::<(&str, &str)>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;

    #[test]
    fn problems_speak_both_languages() {
        let problem = Problem::ConsentTimedOut { minutes: 10 };
        let say = |language: Language| language.text(problem.text(), problem.params());
        assert_eq!(
            say(Language::Ja),
            "10分のあいだ、ブラウザーから戻ってきませんでした。"
        );
        assert_eq!(
            say(Language::En),
            "Nobody came back from the browser for 10 minutes."
        );
        assert_eq!(
            Language::En.plain("field-problem-missing"),
            "Please fill this in."
        );
        assert_eq!(Language::En.plain("no-such-text.fix"), "no-such-text.fix");
    }
}
