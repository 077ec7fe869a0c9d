//! When a file should have been archived, and on which page each paper begins. Nothing here reads a clock, a database or
//! a request.

use super::types::{Archive, Item};
use chrono::{Months, NaiveDate, NaiveDateTime};

/// Within so many months of its closing a matter is archived (院定).
const MONTHS: u32 = 3;

/// The last day on which a matter was closed that should have been archived by `today`.
pub fn overdue_since(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(Months::new(MONTHS)).unwrap_or(today)
}

/// Whether this file holds the matter up to when it was closed: it wasn't opened again and closed since.
pub fn is_filed(archive: &Archive, closed_at: Option<NaiveDateTime>) -> bool {
    closed_at.is_none_or(|closed| archive.archived_at >= closed)
}

/// The first and the last page of each paper, numbered through.
pub fn numbered(items: &[Item]) -> Vec<(i64, i64)> {
    let mut next = 1;
    let place = |item: &Item| {
        let first = next;
        next += item.pages.max(1);
        (first, next - 1)
    };
    items.iter().map(place).collect()
}

/// How many pages the file has.
pub fn page_count(items: &[Item]) -> i64 {
    numbered(items).last().map_or(0, |(_, last)| *last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_months_end_with_the_month_where_the_day_is_missing() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(overdue_since(day("2026-11-23")), day("2026-08-23"));
        assert_eq!(overdue_since(day("2026-05-31")), day("2026-02-28"));
    }

    proptest! {
        #[test]
        fn papers_follow_on_one_another_without_a_gap(pages in prop::collection::vec(1_i64..60, 1..30)) {
            let items: Vec<Item> = pages.iter().map(|pages| Item { title: String::new(), pages: *pages }).collect();
            let placed = numbered(&items);
            prop_assert_eq!(placed[0].0, 1);
            for pair in placed.windows(2) {
                prop_assert_eq!(pair[0].1 + 1, pair[1].0);
            }
            prop_assert_eq!(page_count(&items), pages.iter().sum::<i64>());
        }
    }
}
