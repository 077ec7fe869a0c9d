//! Lists: heads that sort, rows that open, bounded counts, next and previous, and what to say when there is nothing.

use super::formats::grouped;
use maud::{Markup, html};

/// How many there are, as far as was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Exactly so many.
    Exactly(u64),
    /// So many were counted, and there are more.
    MoreThan(u64),
}

impl Count {
    /// Of a count that stopped above `bound`.
    pub fn bounded(counted: u64, bound: u64) -> Self {
        if counted > bound { Count::MoreThan(bound) } else { Count::Exactly(counted) }
    }

    /// `37`, `1,000+`.
    pub fn words(self) -> String {
        match self {
            Count::Exactly(n) => grouped(n),
            Count::MoreThan(n) => format!("{}+", grouped(n)),
        }
    }
}

/// Which way a column is sorted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// Smallest, earliest first.
    Ascending,
    /// Greatest, latest first.
    Descending,
}

/// A column's head.
#[derive(Clone, Debug)]
pub struct Column {
    label: String,
    sort: Option<(String, Option<Sorted>)>,
    class: &'static str,
}

impl Column {
    /// A head that only names its column.
    pub fn new(label: impl Into<String>) -> Self {
        Column { label: label.into(), sort: None, class: "" }
    }

    /// Pressing the head goes to `href`; `now` says how the list is sorted by it at present.
    pub fn sort(self, href: impl Into<String>, now: Option<Sorted>) -> Self {
        Column { sort: Some((href.into(), now)), ..self }
    }

    /// A class for head and cells: `number` (right-aligned), `tight` (no wrapping), `wide`.
    pub fn class(self, class: &'static str) -> Self {
        Column { class, ..self }
    }

    fn head(&self) -> Markup {
        let now = self.sort.as_ref().and_then(|sort| sort.1);
        let (aria, mark) = match now {
            None => (None, ""),
            Some(Sorted::Ascending) => (Some("ascending"), " ↑"),
            Some(Sorted::Descending) => (Some("descending"), " ↓"),
        };
        html! {
            th scope="col" class=[(!self.class.is_empty()).then_some(self.class)] aria-sort=[aria] {
                @match &self.sort {
                    Some((href, _)) => a href=(href) { (self.label) span aria-hidden="true" { (mark) } },
                    None => (self.label),
                }
            }
        }
    }
}

/// One row; its cells in the order of the columns.
#[derive(Clone, Debug, Default)]
pub struct Row {
    href: Option<String>,
    cells: Vec<Markup>,
    light: Option<&'static str>,
    tick: Option<(String, String)>,
}

impl Row {
    /// A row that opens `href`: its first cell is the link, and the whole row answers a click.
    pub fn link(href: impl Into<String>) -> Self {
        Row { href: Some(href.into()), ..Row::default() }
    }

    /// A row that opens nothing.
    pub fn plain() -> Self {
        Row::default()
    }

    /// The next cell.
    pub fn cell(mut self, cell: impl maud::Render) -> Self {
        self.cells.push(html! { (cell) });
        self
    }

    /// A box to tick before the row, that sends `value`; `label` says which row it is. See [`Table::ticks`].
    pub fn tick(self, value: impl Into<String>, label: impl Into<String>) -> Self {
        Row { tick: Some((value.into(), label.into())), ..self }
    }

    /// The row's light, drawn as a line at its edge too.
    pub fn light(self, light: super::Light) -> Self {
        Row { light: Some(light.code()), ..self }
    }

    /// The light of its deadline, where it has one.
    pub fn due(self, due: Option<&super::Due>) -> Self {
        Row { light: due.map(|due| due.light().code()), ..self }
    }
}

/// Links to the neighbouring pages of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paging {
    /// The address of the page before.
    pub previous: Option<String>,
    /// The address of the page after.
    pub next: Option<String>,
}

impl Paging {
    /// The links, or nothing where all is on one page.
    pub fn draw(&self) -> Markup {
        html! {
            @if self.previous.is_some() || self.next.is_some() {
                nav.paging aria-label="翻页" {
                    @match &self.previous {
                        Some(href) => a.button rel="prev" href=(href) { "‹ 上一页" },
                        None => span.button.off { "‹ 上一页" },
                    }
                    @match &self.next {
                        Some(href) => a.button rel="next" href=(href) { "下一页 ›" },
                        None => span.button.off { "下一页 ›" },
                    }
                }
            }
        }
    }
}

/// A list being furnished; ends with [`Table::draw`].
#[derive(Clone, Debug)]
pub struct Table {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    count: Option<(Count, &'static str)>,
    paging: Paging,
    empty: Markup,
    tools: Markup,
    ticks: Option<(&'static str, &'static str)>,
}

impl Table {
    /// A list of what `caption` says, which is read out and not seen.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Table {
            caption: caption.into(),
            columns,
            rows: Vec::new(),
            count: None,
            paging: Paging::default(),
            empty: html! { p { "这里还没有记录。" } },
            tools: html! {},
            ticks: None,
        }
    }

    /// Its rows.
    pub fn rows(self, rows: impl IntoIterator<Item = Row>) -> Self {
        Table { rows: rows.into_iter().collect(), ..self }
    }

    /// How many there are in all, with their measure word: `件`, `人次`.
    pub fn count(self, count: Count, unit: &'static str) -> Self {
        Table { count: Some((count, unit)), ..self }
    }

    /// The neighbouring pages.
    pub fn paging(self, paging: Paging) -> Self {
        Table { paging, ..self }
    }

    /// Said where there is no row: why, and what to do.
    pub fn empty(self, why_and_what_to_do: Markup) -> Self {
        Table { empty: why_and_what_to_do, ..self }
    }

    /// Beside the count: export, print.
    pub fn tools(self, tools: Markup) -> Self {
        Table { tools, ..self }
    }

    /// Rows can be ticked: the boxes belong to the form with the id `form` and are called `name` in it.
    pub fn ticks(self, form: &'static str, name: &'static str) -> Self {
        Table { ticks: Some((form, name)), ..self }
    }

    /// The list.
    pub fn draw(&self) -> Markup {
        html! {
            section.list {
                div.list-head {
                    @if let Some((count, unit)) = &self.count { p.count { "共 " strong { (count.words()) } " " (unit) } }
                    div.list-tools { (self.tools) }
                }
                @if self.rows.is_empty() { div.empty { (self.empty) } } @else { (self.body()) }
                (self.paging.draw())
            }
        }
    }

    fn body(&self) -> Markup {
        html! {
            table.cards data-rows {
                caption.unseen { (self.caption) }
                thead {
                    tr {
                        @if self.ticks.is_some() { th.tick scope="col" data-tick-all="" { "选" } }
                        @for column in &self.columns { (column.head()) }
                    }
                }
                tbody { @for row in &self.rows { (self.row(row)) } }
            }
        }
    }

    fn row(&self, row: &Row) -> Markup {
        html! {
            tr data-href=[&row.href] data-light=[row.light] {
                @if let Some((form, name)) = self.ticks { (ticked(row, form, name)) }
                @for (n, (cell, column)) in row.cells.iter().zip(&self.columns).enumerate() {
                    td data-label=(column.label) class=[(!column.class.is_empty()).then_some(column.class)] {
                        @match &row.href {
                            Some(href) if n == 0 => a.row-link href=(href) { (cell) },
                            _ => (cell),
                        }
                    }
                }
            }
        }
    }
}

fn ticked(row: &Row, form: &str, name: &str) -> Markup {
    html! {
        td.tick {
            @if let Some((value, label)) = &row.tick {
                label { input type="checkbox" form=(form) name=(name) value=(value); span.unseen { (label) } }
            }
        }
    }
}

/// A row of filters above a list, sent by GET so that the list can be kept as a bookmark: never for names or numbers.
pub fn filters(action: &str, fields: Markup) -> Markup {
    html! {
        form.filters method="get" action=(action) { (fields) button { "筛选" } a.clear href=(action) { "清除" } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Light;

    #[test]
    fn counts_stop_at_their_bound() {
        assert_eq!(Count::bounded(1_000, 1_000).words(), "1,000");
        assert_eq!(Count::bounded(1_001, 1_000).words(), "1,000+");
    }

    #[test]
    fn each_cell_says_its_column_and_the_first_is_the_link() {
        let table = Table::new(
            "信访事项",
            vec![Column::new("编号").sort("?s=n", Some(Sorted::Ascending)), Column::new("时限")],
        )
        .rows([Row::link("/matters/1").cell("1号").cell("正常").light(Light::Green)])
        .draw()
        .into_string();
        assert!(
            table.contains(r#"<td data-label="编号"><a class="row-link" href="/matters/1">1号</a></td>"#)
        );
        assert!(
            table.contains(r#"<td data-label="时限">正常</td>"#)
                && table.contains(r#"aria-sort="ascending""#)
        );
    }

    #[test]
    fn an_empty_list_says_why_instead_of_drawing_heads() {
        let table =
            Table::new("信访事项", vec![Column::new("编号")]).empty(html! { p { "今天还没有登记。" } });
        let page = table.draw().into_string();
        assert!(page.contains("今天还没有登记。") && !page.contains("<table"));
    }
}
