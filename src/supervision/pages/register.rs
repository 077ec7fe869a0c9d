//! The register of supervisions (督办台账).

use crate::matters::forms::in_address;
use crate::matters::views::Listing;
use crate::supervision::forms::SupervisionQuery;
use crate::supervision::types::{Manner, Order, Round, State};
use crate::supervision::urls;
use crate::supervision::views::Listed;
use crate::time::Moment;
use crate::web::form::{select, tick};
use crate::web::table::{Sorted, filters};
use crate::web::{Column, Frame, Paging, Row, Table, formats, light};
use maud::{Markup, html};

/// What the register's page is drawn from.
pub struct RegisterPage<'a> {
    pub listing: &'a Listing<Listed>,
    pub query: &'a SupervisionQuery,
    pub may_export: bool,
    pub may_supervise: bool,
}

pub fn register(frame: &Frame, page: &RegisterPage) -> Markup {
    let first = || in_address(urls::LIST, &page.query.going_on(String::new()));
    let paging = Paging { previous: (!page.query.after.is_empty()).then(first), next: next_page(page) };
    let tools = html! {
        @if page.may_export { a.button href=(in_address(urls::EXPORT, page.query)) { "导出 Excel" } }
    };
    let empty = html! {
        p { "没有符合条件的督办。" }
        @if page.may_supervise { p { "要督办一件事项，请打开该事项的页面，点“督办”。" } }
    };
    let table = Table::new("督办", columns(page.query))
        .rows(page.listing.rows.iter().map(|listed| row(listed, page.may_supervise)))
        .paging(paging)
        .tools(tools)
        .empty(empty);
    frame
        .titled("督办", "supervision#register")
        .lead(html! { "逾期没有答复的督办，一个工作日后由系统自动加重：先发第二次督办，再报告院长。" })
        .body(html! { (filter_row(page.query)) (table.draw()) })
}

fn columns(query: &SupervisionQuery) -> Vec<Column> {
    let by = |order: &str| {
        let query = SupervisionQuery {
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
        Column::new("督办编号").class("tight"),
        Column::new("信访事项").class("wide"),
        Column::new("次数和方式").class("tight"),
        Column::new("收件人").class("tight"),
        Column::new("答复期限").class("tight").sort(by("due"), due),
        Column::new("发出").class("tight").sort(by(""), newest),
    ]
}

fn filter_row(query: &SupervisionQuery) -> Markup {
    let states = std::iter::once(("", "全部状态")).chain(State::ALL.iter().map(|s| (s.code(), s.label())));
    let rounds = std::iter::once(("", "全部次数")).chain(Round::ALL.iter().map(|r| (r.code(), r.label())));
    let manners = std::iter::once(("", "全部方式")).chain(Manner::ALL.iter().map(|m| (m.code(), m.label())));
    let due = [("", "不限期限"), ("overdue", "已超期"), ("soon", "三个工作日内到期")];
    let orders = [("", "新发出在前"), ("due", "先到期在前")];
    filters(
        urls::LIST,
        html! {
            (select("state", "状态", states).value(&query.state))
            (select("round", "次数", rounds).value(&query.round))
            (select("manner", "方式", manners).value(&query.manner))
            (select("due", "答复期限", due).value(&query.due))
            (select("order", "排序", orders).value(&query.order))
            (tick("mine", "只看发给我的").value(&query.mine))
        },
    )
}

fn next_page(page: &RegisterPage) -> Option<String> {
    let last = &page.listing.rows.last().filter(|_| page.listing.more)?.row;
    let after = match page.query.order() {
        Order::Newest => last.id.to_string(),
        Order::Due => format!("{}_{}", last.due_on, last.id),
    };
    Some(in_address(urls::LIST, &page.query.going_on(after)))
}

fn row(listed: &Listed, may_supervise: bool) -> Row {
    let row = Row::link(urls::supervision(listed.row.id));
    let row = match &listed.due {
        Some(due) => row.light(due.light()),
        None => row,
    };
    row.cell(&listed.row.number)
        .cell(html! { div {
            span.clamp { (listed.matter.petitioner_line) "：" (listed.matter.claim) }
            span.soft { (listed.matter.number) }
        } })
        .cell(html! { div { (listed.row.round.label()) br; span.soft { (listed.row.manner.label()) } } })
        .cell(&listed.addressee)
        .cell(html! { div {
            (due(listed))
            @if may_supervise && let Some(harder) = listed.harder {
                br; span.tag.late { "可" @match harder {
                    Round::First | Round::Second => "再次督办",
                    Round::Report => "报告院长",
                } }
            }
        } })
        .cell(formats::short_date(Moment::from_utc(listed.row.issued_at).today()))
}

/// The day with its light while an answer is waited for, else where it stands.
pub(super) fn due(listed: &Listed) -> Markup {
    html! {
        @match &listed.due {
            Some(due) => { (formats::short_date(due.on)) br; (due) }
            None => (light::unlit(listed.standing())),
        }
    }
}
