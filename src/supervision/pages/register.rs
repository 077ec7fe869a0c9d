//! The register of supervisions (督办台账).

use crate::supervision::forms::SupervisionQuery;
use crate::supervision::types::{Manner, Round, State};
use crate::supervision::urls;
use crate::supervision::views::Listed;
use crate::time::Moment;
use crate::web::form::{select, tick};
use crate::web::light::day_or;
use crate::web::listing::{DueFilter, export_button, place, sorted_by};
use crate::web::table::filters;
use crate::web::{Column, Frame, Listing, Order, Paging, Row, Table, formats};
use maud::{Markup, html};

/// What the register's page is drawn from.
pub struct RegisterPage<'a> {
    pub listing: &'a Listing<Listed>,
    pub query: &'a SupervisionQuery,
    pub may_export: bool,
    pub may_supervise: bool,
}

pub fn register(frame: &Frame, page: &RegisterPage) -> Markup {
    let order = page.query.order();
    let next = page.listing.next(|last| place(order, Some(last.row.due_on), last.row.id));
    let paging = Paging::of(urls::LIST, page.query, next);
    let tools = html! { @if page.may_export { (export_button(urls::EXPORT, page.query)) } };
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
    let by = |order| sorted_by(urls::LIST, query, order);
    let (newest, due) = query.order().marks();
    vec![
        Column::new("督办编号").class("tight"),
        Column::new("信访事项").class("wide"),
        Column::new("次数和方式").class("tight"),
        Column::new("收件人").class("tight"),
        Column::new("答复期限").class("tight").sort(by(Order::Due), due),
        Column::new("发出").class("tight").sort(by(Order::Newest), newest),
    ]
}

fn filter_row(query: &SupervisionQuery) -> Markup {
    let states = std::iter::once(("", "全部状态")).chain(State::ALL.iter().map(|s| (s.code(), s.label())));
    let rounds = std::iter::once(("", "全部次数")).chain(Round::ALL.iter().map(|r| (r.code(), r.label())));
    let manners = std::iter::once(("", "全部方式")).chain(Manner::ALL.iter().map(|m| (m.code(), m.label())));
    let orders = Order::choices("新发出在前");
    filters(
        urls::LIST,
        html! {
            (select("state", "状态", states).value(&query.state))
            (select("round", "次数", rounds).value(&query.round))
            (select("manner", "方式", manners).value(&query.manner))
            (select("due", "答复期限", DueFilter::CHOICES).value(&query.due))
            (select("order", "排序", orders).value(query.order().code()))
            (tick("mine", "只看发给我的").value(&query.mine))
        },
    )
}

fn row(listed: &Listed, may_supervise: bool) -> Row {
    Row::link(urls::supervision(listed.row.id))
        .due(listed.due.as_ref())
        .cell(&listed.row.number)
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
    day_or(listed.due.as_ref(), listed.standing())
}
