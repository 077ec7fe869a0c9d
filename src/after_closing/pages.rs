//! The list of what is owed.

use super::types::{Duty, Owed};
use super::urls;
use crate::matters::pages::due_cell;
use crate::matters::urls::matter as matter_url;
use crate::web::form::select;
use crate::web::table::filters;
use crate::web::{Column, Frame, Row, Table};
use maud::{Markup, html};

pub fn list(frame: &Frame, owed: &[Owed], only: Option<Duty>) -> Markup {
    let kinds =
        std::iter::once(("", "全部")).chain(Duty::ALL.into_iter().map(|duty| (duty.code(), duty.label())));
    let columns = ["编号", "信访人和诉求", "要办什么", "责任人", "期限"].map(Column::new).into();
    let row = |one: &Owed| {
        let matter = &one.matter;
        Row::link(matter_url(matter.id))
            .cell(&matter.number)
            .cell(html! { span.clamp { (matter.petitioner_line) "：" (matter.claim) } })
            .cell(one.duty.label())
            .cell(&one.accountable)
            .cell(due_cell(Some(&one.due)))
    };
    frame
        .titled("办结后待办", "life#after-closing")
        .lead(html! { "事项已经办结，但还欠着的事。打开一件，在事项页上办。" })
        .body(html! {
            (filters(urls::LIST, html! { (select("what", "要办什么", kinds).value(only.map_or("", Duty::code))) }))
            (Table::new("办结后待办", columns)
                .rows(owed.iter().map(row))
                .empty(html! { p { "现在没有办结以后还欠着的事。" } })
                .draw())
        })
}
