//! Rows of a form that can be repeated: people, case numbers, places. The script adds and takes away rows on the spot;
//! without it the same buttons send the form, which comes back with one row more or less.

use maud::{Markup, Render, html};

/// The name that the buttons of all repeated rows send; its value is `add-{what}` or `remove-{what}-{row}`.
pub const ROWS_FIELD: &str = "rows";

/// Rows being furnished; they draw themselves where they stand in `html!`.
pub struct Repeat<'a> {
    what: &'a str,
    legend: &'a str,
    one: &'a str,
    add: &'a str,
    most: usize,
    blank: Markup,
    rows: Vec<Markup>,
    below: Option<Markup>,
}

/// Rows of `what` (a word for the buttons' values); each drawn row's fields carry `Field::row` with its place, `blank`'s
/// the place 0.
pub fn repeat<'a>(what: &'a str, legend: &'a str, rows: Vec<Markup>, blank: Markup) -> Repeat<'a> {
    Repeat { what, legend, one: legend, add: "再加一行", most: 50, blank, rows, below: None }
}

impl<'a> Repeat<'a> {
    /// What one row is called, before its number.
    pub fn one(self, one: &'a str) -> Self {
        Repeat { one, ..self }
    }

    /// The words of the button that adds a row.
    pub fn add_label(self, add: &'a str) -> Self {
        Repeat { add, ..self }
    }

    /// No more rows than this.
    pub fn most(self, most: usize) -> Self {
        Repeat { most, ..self }
    }

    /// What stands beside the button that adds a row.
    pub fn below(self, below: Markup) -> Self {
        Repeat { below: Some(below), ..self }
    }

    fn row(&self, at: usize, alone: bool, fields: &Markup) -> Markup {
        html! {
            div.repeat-row data-repeat-row {
                div.repeat-head {
                    strong { (self.one) " " span data-repeat-number { (at + 1) } }
                    button.link name=(ROWS_FIELD) value={ "remove-" (self.what) "-" (at) } data-repeat-remove data-skip
                        hidden[alone] { "删去" }
                }
                (fields)
            }
        }
    }
}

impl Render for Repeat<'_> {
    fn render(&self) -> Markup {
        let alone = self.rows.len() == 1;
        html! {
            fieldset.group data-repeat data-repeat-max=(self.most) {
                legend { (self.legend) }
                @for (at, fields) in self.rows.iter().enumerate() { (self.row(at, alone, fields)) }
                template data-repeat-template { (self.row(0, true, &self.blank)) }
                p.repeat-more {
                    button name=(ROWS_FIELD) value={ "add-" (self.what) } data-repeat-add data-skip
                        hidden[self.rows.len() >= self.most] { (self.add) }
                    @if let Some(below) = &self.below { (below) }
                }
            }
        }
    }
}

/// What a pressed button of repeated rows asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowChange<'a> {
    Add(&'a str),
    Remove(&'a str, usize),
}

impl<'a> RowChange<'a> {
    /// The change that a button's value names; `None` when no such button was pressed.
    pub fn read(value: &'a str) -> Option<Self> {
        if let Some(what) = value.strip_prefix("add-") {
            return Some(RowChange::Add(what));
        }
        let (what, row) = value.strip_prefix("remove-")?.rsplit_once('-')?;
        Some(RowChange::Remove(what, row.parse().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::form::text;

    #[test]
    fn buttons_say_what_they_change() {
        assert_eq!(RowChange::read("add-person"), Some(RowChange::Add("person")));
        assert_eq!(RowChange::read("remove-person-3"), Some(RowChange::Remove("person", 3)));
        assert_eq!(RowChange::read("remove-person-x"), None);
        assert_eq!(RowChange::read(""), None);
    }

    #[test]
    fn a_row_alone_has_no_way_out_and_a_blank_one_waits() {
        let row = |at| html! { (text("name", "姓名").row(at)) };
        let page = repeat("person", "信访人", vec![row(0)], row(0)).most(5).render().into_string();
        assert!(page.contains("data-repeat-max=\"5\"") && page.contains("<template data-repeat-template>"));
        assert!(page.contains("value=\"remove-person-0\" data-repeat-remove data-skip hidden"));
        let page = repeat("person", "信访人", vec![row(0), row(1)], row(0)).render().into_string();
        assert!(page.contains("value=\"remove-person-1\" data-repeat-remove data-skip>"));
    }
}
