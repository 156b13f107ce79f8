//! The fields of a query or of a form. The first of several wins; an empty one counts as missing.

use std::collections::BTreeMap;

/// Decoded fields by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Decodes `application/x-www-form-urlencoded`.
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        let mut fields = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(encoded) {
            fields
                .entry(name.into_owned())
                .or_insert_with(|| value.into_owned());
        }
        Self(fields)
    }

    /// The value of a field that is there and not blank.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The value exactly as sent.
    pub(crate) fn exact(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}
