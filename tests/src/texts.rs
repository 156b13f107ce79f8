//! The texts of `ui/locales` as the screens say them, for comparing with what a window shows. Reads
//! the files themselves, so that a screen is compared with what was written and not with itself.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

const LOCALES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/locales");

/// Every text of one language.
pub struct Texts(FluentBundle<FluentResource>);

impl Texts {
    /// Reads the texts of `ja` or `en`.
    ///
    /// # Errors
    /// There is no such language, or a file of it is faulty.
    pub fn of(language: &str) -> Result<Self> {
        let tag: LanguageIdentifier = language.parse()?;
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        add(&mut bundle, &Path::new(LOCALES).join(language))?;
        Ok(Self(bundle))
    }

    /// A text without parameters: `id`, or an attribute as `id.attribute`.
    ///
    /// # Errors
    /// There is no such text.
    pub fn say(&self, id: &str) -> Result<String> {
        self.say_with(id, &[])
    }

    /// A text with parameters.
    ///
    /// # Errors
    /// There is no such text.
    pub fn say_with(&self, id: &str, params: &[(&str, &str)]) -> Result<String> {
        let (name, attribute) = id.split_once('.').map_or((id, None), |(n, a)| (n, Some(a)));
        let message = self.0.get_message(name).context(id.to_owned())?;
        let pattern = match attribute {
            Some(attribute) => message
                .get_attribute(attribute)
                .map(|found| found.value())
                .context(id.to_owned())?,
            None => message.value().context(id.to_owned())?,
        };
        let args: FluentArgs<'_> = params.iter().copied().collect();
        let mut faults = Vec::new();
        let text = self.0.format_pattern(pattern, Some(&args), &mut faults);
        ensure!(faults.is_empty(), "{id}: {faults:?}");
        Ok(text.into_owned())
    }

    /// Whether there is such a text.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        let (name, attribute) = id.split_once('.').map_or((id, None), |(n, a)| (n, Some(a)));
        self.0
            .get_message(name)
            .is_some_and(|message| match attribute {
                Some(attribute) => message.get_attribute(attribute).is_some(),
                None => message.value().is_some(),
            })
    }
}

fn add(bundle: &mut FluentBundle<FluentResource>, folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            add(bundle, &path)?;
        } else if path.extension().is_some_and(|extension| extension == "ftl") {
            let read = FluentResource::try_new(fs::read_to_string(&path)?);
            let resource =
                read.map_err(|(_, faults)| anyhow::anyhow!("{}: {faults:?}", path.display()))?;
            bundle.add_resource_overriding(resource);
        }
    }
    Ok(())
}

/// A text without its line breaks and spaces, which a screen sets as it likes.
#[must_use]
pub fn closed_up(text: &str) -> String {
    text.chars().filter(|each| !each.is_whitespace()).collect()
}
