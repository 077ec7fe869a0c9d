//! The register of assignments (上级交办台账).

use crate::assignments::forms::AssignmentQuery;
use crate::assignments::types::{Order, SenderKind, State};
use crate::assignments::urls;
use crate::assignments::views::Listed;
use crate::matters::forms::in_address;
use crate::matters::urls::matter;
use crate::matters::views::Listing;
use crate::web::form::{select, tick};
use crate::web::table::{Sorted, filters};
use crate::web::{Column, Frame, Paging, Row, Table, formats, light};
use maud::{Markup, html};

/// What the register's page is drawn from.
pub struct RegisterPage<'a> {
    pub listing: &'a Listing<Listed>,
    pub query: &'a AssignmentQuery,
    pub may_export: bool,
    pub may_register: bool,
}

pub fn register(frame: &Frame, page: &RegisterPage) -> Markup {
    let first = || in_address(urls::LIST, &page.query.going_on(String::new()));
    let paging = Paging { previous: (!page.query.after.is_empty()).then(first), next: next_page(page) };
    let tools = html! {
        @if page.may_export { a.button href=(in_address(urls::EXPORT, page.query)) { "导出 Excel" } }
    };
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
    let by = |order: &str| {
        let query = AssignmentQuery {
            order: order.to_owned(),
            after: String::new(),
            due: String::new(),
            ..query.clone()
        };
        in_address(urls::LIST, &query)
    };
    let newest = (query.order() == Order::Newest).then_some(Sorted::Descending);
    let due = (query.order() == Order::Due).then_some(Sorted::Ascending);
    vec![
        Column::new("交办机关和来文编号").class("wide"),
        Column::new("信访事项").class("wide"),
        Column::new("责任人").class("tight"),
        Column::new("报告期限").class("tight").sort(by("due"), due),
        Column::new("收到").class("tight").sort(by(""), newest),
    ]
}

fn filter_row(query: &AssignmentQuery) -> Markup {
    let states = [("", "全部状态"), ("owed", "还没有报告结果")];
    let states = states.into_iter().chain(State::ALL.iter().map(|state| (state.code(), state.label())));
    let kinds = SenderKind::ALL.iter().map(|kind| (kind.code(), kind.label()));
    let kinds = std::iter::once(("", "全部机关")).chain(kinds);
    let due = [("", "不限期限"), ("overdue", "已超期"), ("soon", "三个工作日内到期")];
    let orders = [("", "新收到在前"), ("due", "先到期在前")];
    filters(
        urls::LIST,
        html! {
            (select("state", "状态", states).value(&query.state))
            (select("sender_kind", "机关类别", kinds).value(&query.sender_kind))
            (select("due", "报告期限", due).value(&query.due))
            (select("order", "排序", orders).value(&query.order))
            (tick("mine", "只看我负责的").value(&query.mine))
        },
    )
}

fn next_page(page: &RegisterPage) -> Option<String> {
    let last = page.listing.rows.last().filter(|_| page.listing.more)?;
    let after = match page.query.order() {
        Order::Newest => last.row.id.to_string(),
        Order::Due => format!("{}_{}", last.due_on, last.row.id),
    };
    Some(in_address(urls::LIST, &page.query.going_on(after)))
}

fn row(listed: &Listed) -> Row {
    let row = Row::link(matter(listed.matter.id));
    let row = match &listed.due {
        Some(due) => row.light(due.light()),
        None => row,
    };
    row.cell(html! { div { (listed.row.sender) br; span.soft { (listed.row.number) } } })
        .cell(html! { div {
            span.clamp { (listed.matter.petitioner_line) "：" (listed.matter.claim) }
            span.soft { (listed.matter.number) }
        } })
        .cell(&listed.accountable)
        .cell(html! {
            @match &listed.due {
                Some(due) => { (formats::short_date(due.on)) br; (due) }
                None => (light::unlit(listed.row.state.label())),
            }
        })
        .cell(formats::short_date(listed.row.received_on))
}
