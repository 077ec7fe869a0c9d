//! The lists that come with the program and that a court then edits as its own: what people ask for (诉求类别) and
//! the kinds of complaint that belong elsewhere (指引理由).

const CATEGORIES: &str = include_str!("../../static/data/categories.csv");
const GUIDANCE_REASONS: &str = include_str!("../../static/data/guidance_reasons.csv");

/// A category of what people ask for (诉求类别), of the first level when it has no parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShippedCategory {
    pub code: &'static str,
    pub parent: Option<&'static str>,
    pub name: &'static str,
}

/// Why a complaint is pointed elsewhere, and where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShippedGuidance {
    pub code: &'static str,
    pub name: &'static str,
    /// What the guidance sheet tells the visitor to do instead.
    pub channel: &'static str,
    /// The article it rests on. None is shipped: a reason can't be used until the court has entered one.
    pub legal_source: Option<&'static str>,
}

/// The shipped categories, in the order in which pages list them; a parent comes before its children.
pub fn categories() -> impl Iterator<Item = ShippedCategory> {
    rows(CATEGORIES).map(|[code, parent, name]| ShippedCategory { code, parent: filled(parent), name })
}

/// The shipped reasons for pointing a complaint elsewhere, in the order in which pages list them.
pub fn guidance_reasons() -> impl Iterator<Item = ShippedGuidance> {
    rows(GUIDANCE_REASONS).map(|[code, name, channel, source]| ShippedGuidance {
        code,
        name,
        channel,
        legal_source: filled(source),
    })
}

/// The rows below the heading. The shipped files quote nothing: no cell holds an ASCII comma.
fn rows<const N: usize>(csv: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    csv.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        cells.try_into().expect("the shipped file has the same number of cells in each row, as a test shows")
    })
}

fn filled(cell: &'static str) -> Option<&'static str> {
    Some(cell).filter(|cell| !cell.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn each_category_is_listed_once_after_its_parent() {
        let mut seen = HashSet::new();
        for category in categories() {
            if let Some(parent) = category.parent {
                assert!(seen.contains(parent), "{} comes before its parent", category.code);
                assert!(category.code.starts_with(&format!("{parent}.")), "{}", category.code);
            }
            assert!(seen.insert(category.code), "{} twice", category.code);
            assert!(!category.name.is_empty());
        }
    }

    #[test]
    fn the_ten_kinds_that_the_court_counts_are_there_and_each_is_divided() {
        let all: Vec<_> = categories().collect();
        let top: Vec<_> = all.iter().filter(|c| c.parent.is_none()).collect();
        assert_eq!(top.len(), 10);
        for kind in top {
            assert!(all.iter().filter(|c| c.parent == Some(kind.code)).count() >= 2, "{}", kind.name);
        }
    }

    #[test]
    fn no_guidance_reason_is_in_force_before_the_court_enters_its_source() {
        let reasons: Vec<_> = guidance_reasons().collect();
        assert_eq!(reasons.len(), 5);
        assert!(reasons.iter().all(|r| r.legal_source.is_none() && !r.channel.is_empty()));
    }
}
