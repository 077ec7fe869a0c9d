//! The register of assignments (上级交办台账).

use crate::assignments::forms::AssignmentQuery;
use crate::assignments::types::{SenderKind, State};
use crate::assignments::urls;
use crate::assignments::views::Listed;
use crate::matters::urls::matter;
use crate::web::form::{select, tick};
use crate::web::light::day_or;
use crate::web::listing::{DueFilter, export_button, place, sorted_by};
use crate::web::table::filters;
use crate::web::{Column, Frame, Listing, Order, Paging, Row, Table, formats};
use maud::{Markup, html};

/// What the register's page is drawn from.
pub struct RegisterPage<'a> {
    pub listing: &'a Listing<Listed>,
    pub query: &'a AssignmentQuery,
    pub may_export: bool,
    pub may_register: bool,
}

pub fn register(frame: &Frame, page: &RegisterPage) -> Markup {
    let order = page.query.order();
    let next = page.listing.next(|last| place(order, Some(last.due_on), last.row.id));
    let paging = Paging::of(urls::LIST, page.query, next);
    let tools = html! { @if page.may_export { (export_button(urls::EXPORT, page.query)) } };
    let empty = html! {
        p { "没有符合条件的上级交办。" }
        @if page.may_register { p { "新收到的交办，在“登记”页登记，来访方式选“交办”；已有事项的，打开事项页，点“登记上级交办”。" } }
    };
    let table = Table::new("上级交办", columns(page.query))
        .rows(page.listing.rows.iter().map(row))
        .paging(paging)
        .tools(tools)
        .empty(empty);
    frame
        .titled("上级交办", "assignment#register")
        .lead(html! { "上级法院、党委政法委、人大等机关交办的事项：按对方的期限办理，向对方报告结果。" })
        .body(html! { (filter_row(page.query)) (table.draw()) })
}

fn columns(query: &AssignmentQuery) -> Vec<Column> {
    let by = |order| sorted_by(urls::LIST, query, order);
    let (newest, due) = query.order().marks();
    vec![
        Column::new("交办机关和来文编号").class("wide"),
        Column::new("信访事项").class("wide"),
        Column::new("责任人").class("tight"),
        Column::new("报告期限").class("tight").sort(by(Order::Due), due),
        Column::new("收到").class("tight").sort(by(Order::Newest), newest),
    ]
}

fn filter_row(query: &AssignmentQuery) -> Markup {
    let states = [("", "全部状态"), ("owed", "还没有报告结果")];
    let states = states.into_iter().chain(State::ALL.iter().map(|state| (state.code(), state.label())));
    let kinds = SenderKind::ALL.iter().map(|kind| (kind.code(), kind.label()));
    let kinds = std::iter::once(("", "全部机关")).chain(kinds);
    let orders = Order::choices("新收到在前");
    filters(
        urls::LIST,
        html! {
            (select("state", "状态", states).value(&query.state))
            (select("sender_kind", "机关类别", kinds).value(&query.sender_kind))
            (select("due", "报告期限", DueFilter::CHOICES).value(&query.due))
            (select("order", "排序", orders).value(query.order().code()))
            (tick("mine", "只看我负责的").value(&query.mine))
        },
    )
}

fn row(listed: &Listed) -> Row {
    Row::link(matter(listed.matter.id))
        .due(listed.due.as_ref())
        .cell(html! { div { (listed.row.sender) br; span.soft { (listed.row.number) } } })
        .cell(html! { div {
            span.clamp { (listed.matter.petitioner_line) "：" (listed.matter.claim) }
            span.soft { (listed.matter.number) }
        } })
        .cell(&listed.accountable)
        .cell(day_or(listed.due.as_ref(), listed.row.state.label()))
        .cell(formats::short_date(listed.row.received_on))
}
