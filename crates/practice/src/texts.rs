//! The texts of the practice tenant's pages and faults, read from `ui/locales/*/practice.ftl`.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::langid;

/// A language of the practice tenant's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PracticeLanguage {
    /// 日本語
    #[default]
    Ja,
    /// English
    En,
}

type Bundle = FluentBundle<FluentResource>;

static JA: LazyLock<Bundle> = LazyLock::new(|| {
    let source = include_str!("../../../ui/locales/ja/practice.ftl");
    bundle(langid!("ja"), source)
});

static EN: LazyLock<Bundle> = LazyLock::new(|| {
    let source = include_str!("../../../ui/locales/en/practice.ftl");
    bundle(langid!("en"), source)
});

fn bundle(language: unic_langid::LanguageIdentifier, source: &str) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(source.replace("\r\n", "\n"));
    bundle.add_resource_overriding(resource.unwrap_or_else(|(resource, _)| resource));
    bundle
}

impl PracticeLanguage {
    /// `ja` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The first language in a list of tags (`ui_locales`, `mkt` or `Accept-Language`) that there
    /// are texts for.
    pub(crate) fn from_tags(tags: &str) -> Option<Self> {
        let known = |tag: &str| {
            let tag = tag.trim().to_ascii_lowercase();
            if tag == "ja" || tag.starts_with("ja-") {
                Some(Self::Ja)
            } else if tag == "en" || tag.starts_with("en-") || tag.starts_with("en;") {
                Some(Self::En)
            } else {
                tag.starts_with("ja;").then_some(Self::Ja)
            }
        };
        tags.split([',', ' ']).find_map(known)
    }

    /// The text of an id, or of an attribute as `id.attribute`. An unknown id is shown as it is.
    pub(crate) fn text(self, id: &str, params: &[(&str, &str)]) -> String {
        let args: FluentArgs<'_> = params.iter().map(|(name, value)| (*name, *value)).collect();
        let (message, attribute) = id.split_once('.').map_or((id, None), |(m, a)| (m, Some(a)));
        let bundle: &Bundle = match self {
            Self::Ja => &JA,
            Self::En => &EN,
        };
        let pattern = bundle
            .get_message(message)
            .and_then(|message| match attribute {
                Some(attribute) => message.get_attribute(attribute).map(|a| a.value()),
                None => message.value(),
            });
        pattern.map_or_else(
            || id.to_owned(),
            |pattern| {
                bundle
                    .format_pattern(pattern, Some(&args), &mut Vec::new())
                    .into_owned()
            },
        )
    }

    /// The text of an id that takes no parameters.
    pub(crate) fn plain(self, id: &str) -> String {
        self.text(id, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_tag_decides() {
        let of = PracticeLanguage::from_tags;
        assert_eq!(of("ja,en-US;q=0.9"), Some(PracticeLanguage::Ja));
        assert_eq!(of("fr-FR,en;q=0.9,ja;q=0.8"), Some(PracticeLanguage::En));
        assert_eq!(of("en-GB ja"), Some(PracticeLanguage::En));
        assert_eq!(of("de"), None);
    }
}
