//! The numbers of causes and problems in codes: `numbers.tsv`, to which lines are only ever added.
//! The build stops where a cause or a problem has none.

use std::sync::LazyLock;

const TABLE: &str = include_str!("numbers.tsv");

static ROWS: LazyLock<Vec<(u16, &'static str)>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter_map(|line| line.split_once('\t'));
    rows.filter_map(|(number, name)| Some((number.parse().ok()?, name)))
        .collect()
});

/// The number of a stable name.
pub(super) fn number(name: &str) -> Option<u16> {
    let row = ROWS.iter().find(|(_, each)| *each == name);
    row.map(|(number, _)| *number)
}

/// The stable name of a number.
pub(super) fn name(number: u16) -> Option<&'static str> {
    let row = ROWS.iter().find(|(each, _)| *each == number);
    row.map(|(_, name)| *name)
}

#[cfg(test)]
pub(super) fn rows() -> &'static [(u16, &'static str)] {
    &ROWS
}
