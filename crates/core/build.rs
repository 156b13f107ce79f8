//! Reads the texts of `ui/locales` and the list of causes, and stops the build where a text is
//! missing, differs in its variables between the languages, or belongs to no cause.
//! Makes `texts.rs` (the ids of the problems' texts) and `causes.rs` (the enum of causes).

#![expect(
    clippy::expect_used,
    reason = "a build script stops the build by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

/// Message id, with attribute after a dot, to the variables it uses.
type Texts = BTreeMap<String, BTreeSet<String>>;

/// A cause: variant name, stable name, family, fixers.
type CauseRow<'a> = (String, &'a str, &'a str, &'a str);

/// What every cause must say. See DESIGN: cause, what it means, who, steps, what will not help.
const CAUSE_ATTRIBUTES: [&str; 3] = ["meaning", "steps", "useless"];

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let locales = root.join("../../ui/locales");
    let out = PathBuf::from(env::var("OUT_DIR").expect("set by cargo"));
    println!("cargo::rerun-if-changed={}", locales.display());
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=src/diagnosis/causes.tsv");
    println!("cargo::rerun-if-changed=src/readout/numbers.tsv");

    let (ja, en) = (
        read_locale(&locales.join("ja")),
        read_locale(&locales.join("en")),
    );
    let mut faults = compare(&ja, &en);
    let causes = fs::read_to_string(root.join("src/diagnosis/causes.tsv")).expect("causes.tsv");
    let causes: Vec<Vec<&str>> = causes
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect();
    for row in &causes {
        let [cause, _, fixers, ..] = row.as_slice() else {
            panic!("causes.tsv: {row:?}")
        };
        if cause.ends_with("_ambiguous") {
            continue;
        }
        let id = format!("cause-{}", cause.replace('_', "-"));
        let wanted = CAUSE_ATTRIBUTES
            .iter()
            .map(|attribute| format!("{id}.{attribute}"));
        // Who has to ask an administrator gets the request ready to send.
        let admin = fixers
            .starts_with("tenant_admin")
            .then(|| format!("{id}.admin"));
        for id in std::iter::once(id.clone()).chain(wanted).chain(admin) {
            if !ja.contains_key(&id) {
                faults.push(format!("{id}: the cause has no such text"));
            }
        }
    }
    let numbers = fs::read_to_string(root.join("src/readout/numbers.tsv")).expect("numbers.tsv");
    let causes_named = causes.iter().filter_map(|row| row.first().copied());
    let causes_named = causes_named.filter(|cause| !cause.ends_with("_ambiguous"));
    let problems_named = ja.keys().filter_map(|id| id.strip_prefix("problem-"));
    let pages = ja.keys().map(String::as_str);
    let pages = pages.filter(|id| id.starts_with("guided-page-"));
    let named = problems_named
        .chain(pages)
        .filter(|name| !name.contains('.'));
    let named = causes_named.chain(named);
    faults.extend(numbering(&numbers, named));
    for id in ja
        .keys()
        .filter(|id| id.starts_with("problem-") && !id.contains('.'))
    {
        if !ja.contains_key(&format!("{id}.fix")) {
            faults.push(format!("{id}.fix: every problem names the next step"));
        }
    }
    assert!(
        faults.is_empty(),
        "texts in ui/locales:\n  {}",
        faults.join("\n  ")
    );

    fs::write(out.join("texts.rs"), text_ids(&ja)).expect("write texts.rs");
    fs::write(out.join("causes.rs"), cause_enum(&causes)).expect("write causes.rs");
}

/// Every `.ftl` of a language, in `screens/` too.
fn files_of(locale: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in [locale.to_owned(), locale.join("screens")] {
        let entries = fs::read_dir(&folder);
        let entries = entries.unwrap_or_else(|fault| panic!("{}: {fault}", folder.display()));
        files.extend(
            entries
                .map(|entry| entry.expect("readable folder").path())
                .filter(|path| path.extension().is_some_and(|extension| extension == "ftl")),
        );
    }
    files.sort();
    files
}

/// Reads every text of a language.
fn read_locale(folder: &Path) -> Texts {
    let mut texts = Texts::new();
    for path in files_of(folder) {
        println!("cargo::rerun-if-changed={}", path.display());
        let source = fs::read_to_string(&path)
            .expect("readable text file")
            .replace("\r\n", "\n");
        let resource = fluent_syntax::parser::parse(source.as_str())
            .unwrap_or_else(|(_, faults)| panic!("{}: {faults:?}", path.display()));
        for entry in &resource.body {
            let Entry::Message(message) = entry else {
                continue;
            };
            let id = message.id.name.to_owned();
            let mut add = |id: String, pattern: &Pattern<&str>| {
                let mut variables = BTreeSet::new();
                collect(pattern, &mut variables);
                assert!(
                    texts.insert(id.clone(), variables).is_none(),
                    "{id}: given twice"
                );
            };
            if let Some(pattern) = &message.value {
                add(id.clone(), pattern);
            }
            for attribute in &message.attributes {
                add(format!("{id}.{}", attribute.id.name), &attribute.value);
            }
        }
    }
    texts
}

fn collect(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                variants
                    .iter()
                    .for_each(|variant| collect(&variant.value, variables));
                selector
            }
        };
        collect_inline(inline, variables);
    }
}

fn collect_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments
                .positional
                .iter()
                .for_each(|argument| collect_inline(argument, variables));
        }
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. }
        | InlineExpression::Placeable { .. } => {}
    }
}

/// The faults of the table of numbers: every name has one of its own, counted without a gap.
fn numbering<'a>(table: &str, named: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut numbered = BTreeSet::new();
    let mut faults = Vec::new();
    for (line, expected) in table.lines().zip(1..) {
        let row = line.split_once('\t');
        let (number, name) = row.unwrap_or_else(|| panic!("numbers.tsv: {line:?}"));
        if number.parse() != Ok(expected) || !numbered.insert(name) {
            faults.push(format!(
                "numbers.tsv: {line:?}: not {expected}, or named twice"
            ));
        }
    }
    let unnumbered = named.filter(|name| !numbered.contains(name));
    faults.extend(unnumbered.map(|name| {
        format!("{name}: has no number; add one at the end of src/readout/numbers.tsv")
    }));
    faults
}

fn compare(ja: &Texts, en: &Texts) -> Vec<String> {
    let mut faults = Vec::new();
    for (id, variables) in ja {
        match en.get(id) {
            None => faults.push(format!("{id}: not in English")),
            Some(other) if other != variables => {
                faults.push(format!(
                    "{id}: variables differ, ja {variables:?}, en {other:?}"
                ));
            }
            Some(_) => {}
        }
    }
    faults.extend(
        en.keys()
            .filter(|id| !ja.contains_key(*id))
            .map(|id| format!("{id}: not in Japanese")),
    );
    faults
}

/// A constant for each problem's text, so that a problem without one does not compile.
fn text_ids(texts: &Texts) -> String {
    let mut code = String::new();
    for id in texts
        .keys()
        .filter(|id| id.starts_with("problem-") && !id.contains('.'))
    {
        let name = id.to_uppercase().replace('-', "_");
        writeln!(
            code,
            "/// `{id}`\npub(crate) const {name}: &str = \"{id}\";"
        )
        .expect("string");
    }
    code += "/// The parameters of each problem's texts.\npub(crate) const PROBLEM_PARAMS: &[(&str, &[&str])] = &[\n";
    for (id, variables) in texts.iter().filter(|(id, _)| id.starts_with("problem-")) {
        if let Some(fix) = texts.get(&format!("{id}.fix")) {
            let all: BTreeSet<_> = variables.union(fix).collect();
            let all: Vec<_> = all.into_iter().collect();
            writeln!(code, "    ({id:?}, &{all:?}),").expect("string");
        }
    }
    code + "];\n"
}

/// The enum of causes with code, family, text id and the fixers that the list names, best first.
/// Rows ending in `_ambiguous` name texts that allow several causes; they are no causes themselves.
fn cause_enum(rows: &[Vec<&str>]) -> String {
    let rows: Vec<CauseRow<'_>> = rows
        .iter()
        .filter(|row| {
            !row.first()
                .is_some_and(|cause| cause.ends_with("_ambiguous"))
        })
        .map(|row| {
            let [cause, family, fixers, ..] = row.as_slice() else {
                panic!("causes.tsv: {row:?}")
            };
            let name = cause.split('_').map(capital).collect::<String>();
            (name, *cause, *family, *fixers)
        })
        .collect();
    let arms = |f: &dyn Fn(&CauseRow<'_>) -> String| -> String {
        rows.iter()
            .map(|row| format!("            Self::{} => {},\n", row.0, f(row)))
            .collect()
    };
    let fixers = |list: &str| -> String {
        let variants = list
            .split('|')
            .map(|f| format!("Fixer::{}", f.split('_').map(capital).collect::<String>()));
        format!("&[{}]", variants.collect::<Vec<_>>().join(", "))
    };
    let variants: String = rows
        .iter()
        .map(|row| {
            format!(
                "    /// `{}` of family `{}`.\n    {},\n",
                row.1, row.2, row.0
            )
        })
        .collect();
    let all: String = rows
        .iter()
        .map(|row| format!("Self::{}, ", row.0))
        .collect();
    format!(
        "/// What can be wrong. Names are stable.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]\n\
         pub enum Cause {{\n{variants}}}\n\n\
         impl Cause {{\n    /// Every cause.\n    pub const ALL: &[Self] = &[{all}];\n\n    \
         /// The stable name.\n    #[must_use]\n    pub const fn code(self) -> &'static str {{\n        match self {{\n{}        }}\n    }}\n\n    \
         /// The family it belongs to.\n    #[must_use]\n    pub const fn family(self) -> &'static str {{\n        match self {{\n{}        }}\n    }}\n\n    \
         /// The id of its texts.\n    #[must_use]\n    pub const fn text(self) -> &'static str {{\n        match self {{\n{}        }}\n    }}\n\n    \
         /// Who can put it right, the likeliest first.\n    #[must_use]\n    pub const fn fixers(self) -> &'static [Fixer] {{\n        match self {{\n{}        }}\n    }}\n}}\n",
        arms(&|row| format!("\"{}\"", row.1)),
        arms(&|row| format!("\"{}\"", row.2)),
        arms(&|row| format!("\"cause-{}\"", row.1.replace('_', "-"))),
        arms(&|row| fixers(row.3)),
    )
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
