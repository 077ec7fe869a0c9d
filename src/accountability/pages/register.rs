//! The list of reviews (责任倒查台账).

use crate::accountability::forms::ReviewQuery;
use crate::accountability::types::{Cause, FaultKind, State};
use crate::accountability::urls;
use crate::accountability::views::Listed;
use crate::people::types::Division;
use crate::time::Moment;
use crate::web::form::select;
use crate::web::listing::export_button;
use crate::web::table::filters;
use crate::web::{Column, Frame, Listing, Paging, Row, Table, formats, light};
use maud::{Markup, html};

/// What the list's page is drawn from.
pub struct RegisterPage<'a> {
    pub listing: &'a Listing<Listed>,
    pub query: &'a ReviewQuery,
    pub divisions: &'a [Division],
}

pub fn register(frame: &Frame, page: &RegisterPage) -> Markup {
    let next = page.listing.next(|last| last.row.id.to_string());
    let columns = vec![
        Column::new("信访事项").class("tight"),
        Column::new("事由").class("wide"),
        Column::new("被核查人"),
        Column::new("过错和原因").class("tight"),
        Column::new("状态").class("tight"),
        Column::new("开展").class("tight"),
    ];
    let table = Table::new("责任倒查", columns)
        .rows(page.listing.rows.iter().map(row))
        .paging(Paging::of(urls::LIST, page.query, next))
        .tools(export_button(urls::EXPORT, page.query))
        .empty(html! {
            p { "没有符合条件的责任倒查。" }
            p { "要开展倒查，请打开已经办结或者三级的信访事项，点“责任倒查”。" }
        });
    frame
        .titled("责任倒查", "accountability#register")
        .lead(html! { "只有监察人员和院长看得到。被核查人在送达以前看不到，送达以后只看到对本人的意见。" })
        .action(html! { a.button href=(urls::FINDINGS) { "按类别汇总" } })
        .body(html! { (filter_row(page)) (table.draw()) })
}

fn filter_row(page: &RegisterPage) -> Markup {
    let query = page.query;
    let states = std::iter::once(("", "全部状态")).chain(State::ALL.iter().map(|s| (s.code(), s.label())));
    let kinds = std::iter::once(("", "全部类别")).chain(FaultKind::ALL.iter().map(|k| (k.code(), k.label())));
    let causes = std::iter::once(("", "全部原因")).chain(Cause::ALL.iter().map(|c| (c.code(), c.label())));
    let divisions = std::iter::once((String::new(), "全部庭室".to_owned()))
        .chain(page.divisions.iter().map(|division| (division.id.to_string(), division.name.clone())));
    filters(
        urls::LIST,
        html! {
            (select("state", "状态", states).value(&query.state))
            (select("kind", "过错类别", kinds).value(&query.kind))
            (select("cause", "导致原因", causes).value(&query.cause))
            (select("division", "庭室", divisions).value(&query.division))
        },
    )
}

fn row(listed: &Listed) -> Row {
    let row = &listed.row;
    Row::link(urls::review(row.id))
        .cell(&listed.matter.number)
        .cell(html! { div {
            span.clamp { (row.grounds) }
            @if let Some(division) = &listed.division { span.soft { (division) } }
        } })
        .cell(listed.persons.join("、"))
        .cell(html! { div {
            (row.kind.map_or("—", FaultKind::label))
            @if let Some(cause) = row.cause { br; span.soft { (cause.label()) } }
        } })
        .cell(light::unlit(row.state.label()))
        .cell(formats::short_date(Moment::from_utc(row.opened_at).today()))
}
