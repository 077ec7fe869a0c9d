//! What was wrong with an imported sheet, cell by cell.

use super::Row;
use std::collections::BTreeSet;

/// One cell that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCell {
    /// The row as the office program counts it, from 1.
    pub row: u32,
    /// `第 5 行 C 列`.
    pub address: String,
    /// The column's title.
    pub title: String,
    /// What stands in it.
    pub text: String,
    /// Why not, and what to do: a whole sentence.
    pub why: String,
}

impl std::fmt::Display for BadCell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}（{}）：{}", self.address, self.title, self.why)
    }
}

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many rows with anything in them there were.
    pub rows: usize,
    pub bad: Vec<BadCell>,
}

impl Report {
    /// Names the cell of `row` under `key` as bad.
    pub fn complain(&mut self, row: &Row, key: &str, why: impl Into<String>) {
        self.bad.push(BadCell {
            row: row.number,
            address: row.address(key),
            title: row.title(key).to_owned(),
            text: row.text(key).to_owned(),
            why: why.into(),
        });
    }

    /// Whether everything may be taken.
    pub fn is_clean(&self) -> bool {
        self.bad.is_empty()
    }

    /// The rows that may not be taken, as the office program counts them.
    pub fn bad_rows(&self) -> BTreeSet<u32> {
        self.bad.iter().map(|cell| cell.row).collect()
    }

    /// How many rows may be taken.
    pub fn good_rows(&self) -> usize {
        self.rows.saturating_sub(self.bad_rows().len())
    }
}
