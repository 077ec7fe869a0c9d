//! The register of leaders' instructions (领导批示台账).

use crate::instructions::forms::InstructionQuery;
use crate::instructions::types::{Order, State};
use crate::instructions::urls;
use crate::instructions::views::Listed;
use crate::matters::forms::in_address;
use crate::matters::views::Listing;
use crate::web::form::select;
use crate::web::table::{Sorted, filters};
use crate::web::{Column, Frame, Paging, Row, Table, formats, light};
use maud::{Markup, html};

/// What the register's page is drawn from.
pub struct RegisterPage<'a> {
    pub listing: &'a Listing<Listed>,
    pub query: &'a InstructionQuery,
    pub may_export: bool,
}

pub fn register(frame: &Frame, page: &RegisterPage) -> Markup {
    let first = || in_address(urls::LIST, &page.query.going_on(String::new()));
    let paging = Paging { previous: (!page.query.after.is_empty()).then(first), next: next_page(page) };
    let tools = html! {
        @if page.may_export { a.button href=(in_address(urls::EXPORT, page.query)) { "导出 Excel" } }
    };
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
    let by = |order: &str| {
        let query = InstructionQuery {
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
        Column::new("编号").class("tight").sort(by(""), newest),
        Column::new("信访事项").class("wide"),
        Column::new("批示或者请示").class("wide"),
        Column::new("领导").class("tight"),
        Column::new("承办人").class("tight"),
        Column::new("落实期限").class("tight").sort(by("due"), due),
    ]
}

fn filter_row(query: &InstructionQuery) -> Markup {
    let states = std::iter::once(("", "全部状态")).chain(State::ALL.iter().map(|s| (s.code(), s.label())));
    let mine = [("", "全部"), ("leader", "我批示的"), ("owner", "我落实的"), ("asker", "我请示的")];
    let due = [("", "不限期限"), ("overdue", "已超期"), ("soon", "三个工作日内到期")];
    let orders = [("", "新的在前"), ("due", "先到期在前")];
    filters(
        urls::LIST,
        html! {
            (select("state", "状态", states).value(&query.state))
            (select("mine", "与我有关", mine).value(&query.mine))
            (select("due", "落实期限", due).value(&query.due))
            (select("order", "排序", orders).value(&query.order))
        },
    )
}

fn next_page(page: &RegisterPage) -> Option<String> {
    let last = &page.listing.rows.last().filter(|_| page.listing.more)?.row;
    let after = match page.query.order() {
        Order::Newest => last.id.to_string(),
        Order::Due => format!("{}_{}", last.due_on?, last.id),
    };
    Some(in_address(urls::LIST, &page.query.going_on(after)))
}

fn row(listed: &Listed) -> Row {
    let row = Row::link(urls::instruction(listed.row.id));
    let row = match &listed.due {
        Some(due) => row.light(due.light()),
        None => row,
    };
    let said = if listed.row.text.is_empty() { &listed.row.question } else { &listed.row.text };
    row.cell(&listed.row.number)
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
    html! {
        @match &listed.due {
            Some(due) => { (formats::short_date(due.on)) br; (due) }
            None => (light::unlit(listed.row.state.label())),
        }
    }
}
