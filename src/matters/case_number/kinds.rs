//! 类型代字: the kinds of case that a code stands for, from the shipped table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../static/data/case_types.csv");

static KINDS: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in TABLE.lines().skip(1) {
        let mut cells = line.split(',');
        if let (Some(_), Some(name), Some(code)) = (cells.next(), cells.next(), cells.next()) {
            kinds.entry(code.trim()).or_default().push(name.split('(').next().unwrap_or(name).trim());
        }
    }
    kinds
});

/// The names of the kinds of case with this code (several share one, such as 民特); none for an unknown code.
pub fn names(code: &str) -> &'static [&'static str] {
    KINDS.get(code).map_or(&[], Vec::as_slice)
}

/// What a code stands for in one phrase, such as 民事一审; `None` for an unknown one.
pub fn label(code: &str) -> Option<String> {
    match names(code) {
        [] => None,
        [one] => Some((*one).to_owned()),
        [first, second] => Some(format!("{first}或{second}")),
        [first, second, third, rest @ ..] => {
            let more = if rest.is_empty() { "" } else { "等" };
            Some(format!("{first}、{second}、{third}{more}"))
        }
    }
}

/// Every known code, in the order of its characters.
pub fn codes() -> impl Iterator<Item = &'static str> {
    KINDS.keys().copied()
}

/// Up to five known codes that begin as `code` does, to offer instead of an unknown one.
pub fn resembling(code: &str) -> Vec<&'static str> {
    let Some(first) = code.chars().next() else { return Vec::new() };
    let mut alike: Vec<_> = codes().filter(|known| known.starts_with(first)).collect();
    alike.sort_by_key(|known| (known.chars().count().abs_diff(code.chars().count()), rank(known)));
    alike.truncate(5);
    alike
}

/// Puts first those that a petition is most often about.
fn rank(known: &str) -> usize {
    const OFTEN: [&str; 12] =
        ["民初", "民终", "民申", "民再", "刑初", "刑终", "刑申", "行初", "行终", "行申", "执恢", "执异"];
    OFTEN.iter().position(|often| *often == known).unwrap_or(OFTEN.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_whole() {
        assert_eq!(TABLE.lines().count(), 170);
        assert_eq!(KINDS.values().map(Vec::len).sum::<usize>(), 169);
        assert_eq!(label("民初").as_deref(), Some("民事一审"));
        assert_eq!(label("破").as_deref(), Some("破产清算、破产重整、破产和解"));
        assert_eq!(label("民诉"), None);
    }

    #[test]
    fn an_unknown_code_is_met_with_likely_ones() {
        assert_eq!(resembling("民诉").first(), Some(&"民初"));
        assert!(resembling("").is_empty());
    }
}
