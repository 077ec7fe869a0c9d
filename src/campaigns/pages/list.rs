//! The list of campaigns.

use super::{days, standing};
use crate::campaigns::forms::CampaignQuery;
use crate::campaigns::urls;
use crate::campaigns::views::Shown;
use crate::web::form::select;
use crate::web::formats::yuan;
use crate::web::table::filters;
use crate::web::{Column, Frame, Listing, Paging, Row, Table};
use chrono::NaiveDate;
use maud::{Markup, html};

/// What the list is drawn from.
pub struct ListPage<'a> {
    pub listing: &'a Listing<Shown>,
    pub query: &'a CampaignQuery,
    pub today: NaiveDate,
    pub may_run: bool,
}

pub fn list(frame: &Frame, page: &ListPage) -> Markup {
    let next = page.listing.next(|last| last.campaign.id.to_string());
    let columns = vec![
        Column::new("名称").class("wide"),
        Column::new("负责人").class("tight"),
        Column::new("事项").class("number"),
        Column::new("期间办结").class("number"),
        Column::new("期间到账（元）").class("number tight"),
        Column::new("累计到账（元）").class("number tight"),
        Column::new("状态").class("tight"),
    ];
    let table = Table::new("集中执行", columns)
        .rows(page.listing.rows.iter().map(|shown| row(shown, page.today)))
        .paging(Paging::of(urls::LIST, page.query, next))
        .empty(html! {
            p { "还没有集中执行。" }
            @if page.may_run { p { "点右上角“新建集中执行”，再把有关的信访事项列进来。" } }
        });
    let states = [("", "全部"), ("open", "没有总结的"), ("closed", "已经总结的")];
    let mut titled = frame.titled("集中执行", "enforcement#campaigns");
    if page.may_run {
        titled = titled.action(html! { a.button.primary href=(urls::NEW) { "新建集中执行" } });
    }
    titled.lead(html! { "件数和金额只算您看得到的事项。" }).body(html! {
        (filters(urls::LIST, html! { (select("state", "状态", states).value(&page.query.state)) }))
        (table.draw())
    })
}

fn row(shown: &Shown, today: NaiveDate) -> Row {
    let (campaign, results) = (&shown.campaign, &shown.results);
    let line = match &shown.due {
        Some(due) if campaign.starts_on <= today => Row::link(urls::campaign(campaign.id)).light(due.light()),
        Some(_) | None => Row::link(urls::campaign(campaign.id)),
    };
    line.cell(html! { div { (campaign.name) br; span.soft { (days(campaign)) } } })
        .cell(&shown.responsible)
        .cell(html! { (results.matters) " 件" })
        .cell(html! { (results.closed) " 件" })
        .cell(yuan(results.during))
        .cell(html! { div { (yuan(results.paid)) @if let Some(percent) = results.percent() { br; span.soft { (percent) "%" } } } })
        .cell(standing(shown, today))
}
