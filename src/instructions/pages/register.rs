//! The register of leaders' instructions (领导批示台账).

use crate::instructions::forms::InstructionQuery;
use crate::instructions::types::State;
use crate::instructions::urls;
use crate::instructions::views::Listed;
use crate::web::form::select;
use crate::web::light::day_or;
use crate::web::listing::{DueFilter, export_button, place, sorted_by};
use crate::web::table::filters;
use crate::web::{Column, Frame, Listing, Order, Paging, Row, Table};
use maud::{Markup, html};

/// What the register's page is drawn from.
pub struct RegisterPage<'a> {
    pub listing: &'a Listing<Listed>,
    pub query: &'a InstructionQuery,
    pub may_export: bool,
}

pub fn register(frame: &Frame, page: &RegisterPage) -> Markup {
    let order = page.query.order();
    let next = page.listing.next(|last| place(order, last.row.due_on, last.row.id));
    let paging = Paging::of(urls::LIST, page.query, next);
    let tools = html! { @if page.may_export { (export_button(urls::EXPORT, page.query)) } };
    let table = Table::new("批示", columns(page.query))
        .rows(page.listing.rows.iter().map(row))
        .paging(paging)
        .tools(tools)
        .empty(html! {
            p { "没有符合条件的请示和批示。" }
            p { "要请示领导，请打开信访事项的页面，点“请示领导”。" }
        });
    frame
        .titled("批示", "instructions#register")
        .lead(html! { "请示、批示、落实、确认，一件一件跟到底。" })
        .body(html! { (filter_row(page.query)) (table.draw()) })
}

fn columns(query: &InstructionQuery) -> Vec<Column> {
    let by = |order| sorted_by(urls::LIST, query, order);
    let (newest, due) = query.order().marks();
    vec![
        Column::new("编号").class("tight").sort(by(Order::Newest), newest),
        Column::new("信访事项").class("wide"),
        Column::new("批示或者请示").class("wide"),
        Column::new("领导").class("tight"),
        Column::new("承办人").class("tight"),
        Column::new("落实期限").class("tight").sort(by(Order::Due), due),
    ]
}

fn filter_row(query: &InstructionQuery) -> Markup {
    let states = std::iter::once(("", "全部状态")).chain(State::ALL.iter().map(|s| (s.code(), s.label())));
    let mine = [("", "全部"), ("leader", "我批示的"), ("owner", "我落实的"), ("asker", "我请示的")];
    let orders = Order::choices("新的在前");
    filters(
        urls::LIST,
        html! {
            (select("state", "状态", states).value(&query.state))
            (select("mine", "与我有关", mine).value(&query.mine))
            (select("due", "落实期限", DueFilter::CHOICES).value(&query.due))
            (select("order", "排序", orders).value(query.order().code()))
        },
    )
}

fn row(listed: &Listed) -> Row {
    let said = if listed.row.text.is_empty() { &listed.row.question } else { &listed.row.text };
    Row::link(urls::instruction(listed.row.id))
        .due(listed.due.as_ref())
        .cell(&listed.row.number)
        .cell(html! { div {
            span.clamp { (listed.matter.petitioner_line) "：" (listed.matter.claim) }
            span.soft { (listed.matter.number) }
        } })
        .cell(html! { span.clamp { (said) } })
        .cell(&listed.leader)
        .cell(listed.owner.as_deref().unwrap_or("—"))
        .cell(html! { div { (standing(listed)) } })
}

/// The day with its light while it is being carried out, else where it stands.
pub(super) fn standing(listed: &Listed) -> Markup {
    day_or(listed.due.as_ref(), listed.row.state.label())
}
