//! Registers page by page: how near, in which order, going on where; the links from page to page, and to all of it.

use super::table::{Paging, Sorted};
use chrono::NaiveDate;
use maud::{Markup, html};
use serde::Serialize;
use std::fmt::Display;
use std::str::FromStr;

/// Rows on a page of a register.
pub const PAGE: i64 = 50;

/// The most rows one export takes out.
pub const MOST_EXPORTED: i64 = 20_000;

/// A page of a list, and whether there is more.
#[derive(Clone, Debug)]
pub struct Listing<T> {
    pub rows: Vec<T>,
    pub more: bool,
}

impl<T> Listing<T> {
    /// Cuts rows, of which one more than `size` was asked for, to a page of that size.
    pub fn cut(mut rows: Vec<T>, size: i64) -> Self {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        Listing { rows, more }
    }

    /// The page with its rows as they are shown.
    ///
    /// # Errors
    ///
    /// What `show` returns.
    pub fn show<U, E>(self, show: impl FnOnce(Vec<T>) -> Result<Vec<U>, E>) -> Result<Listing<U>, E> {
        Ok(Listing { rows: show(self.rows)?, more: self.more })
    }

    /// Where the next page goes on, if there is one: the `place` of the last row.
    pub fn next(&self, place: impl FnOnce(&T) -> String) -> Option<String> {
        self.rows.last().filter(|_| self.more).map(place)
    }
}

/// In which order a register comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Newest,
    /// The first due first.
    Due,
}

impl Order {
    /// As the address has it. What is narrowed by its day comes by its day.
    pub fn of(order: &str, due: &str) -> Self {
        if order == "due" || DueFilter::from_code(due).is_some() { Order::Due } else { Order::Newest }
    }

    /// The word in the address.
    pub const fn code(self) -> &'static str {
        match self {
            Order::Newest => "",
            Order::Due => "due",
        }
    }

    /// As it is offered above a register; `newest` says what its newest rows are.
    pub fn choices(newest: &'static str) -> [(&'static str, &'static str); 2] {
        [(Order::Newest.code(), newest), (Order::Due.code(), "先到期在前")]
    }

    /// How the column of the newest and that of the days are marked in this order.
    pub fn marks(self) -> (Option<Sorted>, Option<Sorted>) {
        match self {
            Order::Newest => (Some(Sorted::Descending), None),
            Order::Due => (None, Some(Sorted::Ascending)),
        }
    }
}

/// How near a due day is, as a register is narrowed by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueFilter {
    Overdue,
    /// Due before long, or overdue.
    Soon,
}

impl DueFilter {
    /// As it is offered above a register.
    pub const CHOICES: [(&str, &str); 3] =
        [("", "不限期限"), ("overdue", "已超期"), ("soon", "三个工作日内到期")];

    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "overdue" => Some(DueFilter::Overdue),
            "soon" => Some(DueFilter::Soon),
            _ => None,
        }
    }
}

/// Up to which days things are overdue and soon due, seen from one of the court's days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// The day before: what was due by then is overdue.
    pub yesterday: NaiveDate,
    /// The last day whose light is yellow.
    pub soon: NaiveDate,
}

impl Near {
    /// The last due day of what this filter in the address leaves; `None` where it narrows nothing.
    pub fn until(&self, due: &str) -> Option<NaiveDate> {
        DueFilter::from_code(due).map(|due| match due {
            DueFilter::Overdue => self.yesterday,
            DueFilter::Soon => self.soon,
        })
    }
}

/// Where a list goes on: after the row of this id, and by date after this day.
pub type Cursor<I> = (Option<NaiveDate>, I);

/// Where a list in this order goes on after a row, as it stands in the address.
pub fn place(order: Order, due_on: Option<NaiveDate>, id: impl Display) -> String {
    match due_on.filter(|_| order == Order::Due) {
        Some(due_on) => format!("{due_on}_{id}"),
        None => id.to_string(),
    }
}

/// Reads what [`place`] wrote; `None` for what makes no sense.
pub fn cursor<I: FromStr>(after: &str) -> Option<Cursor<I>> {
    match after.split_once('_') {
        Some((day, id)) => Some((Some(day.parse().ok()?), id.parse().ok()?)),
        None => Some((None, after.parse().ok()?)),
    }
}

/// A query as the end of an address, without what is empty.
pub fn in_address(path: &str, query: &impl Serialize) -> String {
    address(path, query, &[])
}

/// A query as the end of an address, with these fields instead of its own, without what is empty.
pub fn address(path: &str, query: &impl Serialize, instead: &[(&str, &str)]) -> String {
    let mut all: Vec<(String, String)> = serde_html_form::to_string(query)
        .ok()
        .and_then(|text| serde_html_form::from_str(&text).ok())
        .unwrap_or_default();
    all.retain(|(name, value)| !value.is_empty() && !instead.iter().any(|(other, _)| other == name));
    let instead = instead.iter().filter(|(_, value)| !value.is_empty());
    all.extend(instead.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    match serde_html_form::to_string(&all) {
        Ok(text) if !text.is_empty() => format!("{path}?{text}"),
        _ => path.to_owned(),
    }
}

/// The field of a query that says where its page goes on.
const AFTER: &str = "after";

/// The address of the same list in another order, from its beginning.
pub fn sorted_by(path: &str, query: &impl Serialize, order: Order) -> String {
    address(path, query, &[("order", order.code()), ("due", ""), (AFTER, "")])
}

/// The button that takes a whole list out as a table, from its beginning, whatever page of it is looked at.
pub fn export_button(path: &str, query: &impl Serialize) -> Markup {
    html! { a.button href=(address(path, query, &[(AFTER, "")])) { "导出 Excel" } }
}

impl Paging {
    /// Of the list at `path`: back to its beginning where this isn't it, and on to where `next` goes on.
    pub fn of(path: &str, query: &impl Serialize, next: Option<String>) -> Self {
        let at = |after: &str| address(path, query, &[(AFTER, after)]);
        let first = at("");
        Paging { previous: (first != in_address(path, query)).then_some(first), next: next.map(|n| at(&n)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Query {
        state: &'static str,
        due: &'static str,
        order: &'static str,
        after: &'static str,
    }

    const SECOND: Query = Query { state: "open", due: "", order: "due", after: "2026-11-23_7" };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_holds_only_what_is_filled() {
        assert_eq!(in_address("/matters", &SECOND), "/matters?state=open&order=due&after=2026-11-23_7");
        let blank = Query { state: "", due: "", order: "", after: "" };
        assert_eq!(in_address("/matters", &blank), "/matters");
        assert_eq!(address("/matters", &SECOND, &[("state", "")]), "/matters?order=due&after=2026-11-23_7");
    }

    #[test]
    fn an_export_begins_where_the_list_begins() {
        let button = export_button("/matters/export", &SECOND).into_string();
        assert!(button.contains("/matters/export?state=open&amp;order=due\""), "{button}");
        let sorted = sorted_by("/matters", &Query { due: "soon", ..SECOND }, Order::Newest);
        assert_eq!(sorted, "/matters?state=open");
    }

    #[test]
    fn pages_lead_on_and_back_to_the_first() {
        let paging = Paging::of("/matters", &SECOND, Some("8".into()));
        assert_eq!(paging.previous.as_deref(), Some("/matters?state=open&order=due"));
        assert_eq!(paging.next.as_deref(), Some("/matters?state=open&order=due&after=8"));
        let first = Paging::of("/matters", &Query { after: "", ..SECOND }, None);
        assert_eq!(first, Paging::default());
    }

    #[test]
    fn one_row_more_than_a_page_is_the_next_page() {
        let page = Listing::cut(vec![1, 2, 3], 2);
        assert_eq!(
            (page.rows.as_slice(), page.next(ToString::to_string)),
            ([1, 2].as_slice(), Some("2".into()))
        );
        assert_eq!(Listing::cut(vec![1, 2], 2).next(ToString::to_string), None);
        assert_eq!(Listing::<i32>::cut(Vec::new(), 2).next(ToString::to_string), None);
    }

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let on = day("2026-11-23");
        for (order, due_on, written) in
            [(Order::Newest, Some(on), "7"), (Order::Due, Some(on), "2026-11-23_7"), (Order::Due, None, "7")]
        {
            assert_eq!(place(order, due_on, 7), written);
        }
        assert_eq!(cursor("7"), Some((None, 7)));
        assert_eq!(cursor("2026-11-23_7"), Some((Some(on), 7)));
        for nonsense in ["", "x", "x_7", "2026-11-23_", "2026-11-23"] {
            assert_eq!(cursor::<i64>(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn what_is_narrowed_by_its_day_comes_by_its_day() {
        let near = Near { yesterday: day("2026-11-22"), soon: day("2026-11-26") };
        for (order, due, comes, until) in [
            ("", "", Order::Newest, None),
            ("due", "", Order::Due, None),
            ("", "overdue", Order::Due, Some(near.yesterday)),
            ("", "soon", Order::Due, Some(near.soon)),
            ("x", "never", Order::Newest, None),
        ] {
            assert_eq!((Order::of(order, due), near.until(due)), (comes, until), "{order} {due}");
        }
    }
}
