//! What visitors said of having been heard above, to be confirmed or refuted.

use crate::escalation::forms::HintQuery;
use crate::escalation::urls;
use crate::escalation::views::{Hint, Wall};
use crate::web::formats::plain_date;
use crate::web::listing::Listing;
use crate::web::table::Paging;
use crate::web::{Column, Frame, Row, Table};
use maud::{Markup, html};

fn row(hint: &Hint) -> Row {
    let (heard, of) = (&hint.heard, &hint.matter);
    Row::link(urls::hint(of.id, heard.id))
        .cell(html! { div { span.clamp { (of.petitioner_line) "：" (of.claim) } span.soft { (of.number) } } })
        .cell(html! { div { (heard.level.label()) br; span.soft { (heard.body) } } })
        .cell(heard.heard_on.map_or_else(|| "—".to_owned(), plain_date))
}

/// All of them, page by page.
pub fn hints(frame: &Frame, listing: &Listing<Hint>, query: &HintQuery) -> Markup {
    let columns = vec![
        Column::new("信访事项").class("wide"),
        Column::new("本人说到过哪里").class("tight"),
        Column::new("日期").class("tight"),
    ];
    let next = listing.next(|hint| hint.heard.id.to_string());
    frame.titled("待核实的外出反映", "tiers#heard").back(urls::LIST, "三级化解").body(
        Table::new("待核实的外出反映", columns)
            .rows(listing.rows.iter().map(row))
            .paging(Paging::of(urls::HINTS, query, next))
            .empty(html! { p { "没有等待核实的外出反映。" } })
            .draw(),
    )
}

/// How many there are, above the page of all tiers.
pub fn waiting(wall: &Wall) -> Markup {
    html! {
        @if wall.hints > 0 {
            p.next { "信访人说曾到上级当面反映的，有 " (wall.hints) " 条等您核实。" a.button href=(urls::HINTS) { "去核实" } }
        }
    }
}

/// Where one matter's are answered.
pub fn of_matter(id: crate::matters::MatterId, heard: &crate::matters::types::HeardAt) -> Markup {
    html! {
        div.next {
            p { "本人陈述：曾到" (heard.level.label()) @if !heard.body.is_empty() { "（" (heard.body) "）" } "当面反映。核实后按规则升级。" }
            p { a.button href=(urls::hint(id, heard.id)) { "核实" } }
        }
    }
}
