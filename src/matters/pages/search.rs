//! What a search found (搜索): people and matters.

use super::list::{matter_rows, matter_table};
use crate::matters::forms::MatterQuery;
use crate::matters::urls;
use crate::matters::views::Searched;
use crate::web::form::{hidden, post_form, search as search_field};
use crate::web::{Column, Frame, Row, Table};
use maud::{Markup, html};

/// What the search page is drawn from.
pub struct SearchPage<'a> {
    pub typed: &'a str,
    pub found: &'a Searched,
    pub further: bool,
}

pub fn search(frame: &Frame, page: &SearchPage) -> Markup {
    let found = page.found;
    let nothing = found.matters.is_empty() && found.petitioners.is_empty();
    let body = html! {
        (post_form(&frame.csrf, urls::SEARCH, html! {
            div.finder {
                (search_field("q", "姓名、拼音首字母、证件号或后四位、电话、案号、事项编号、事由里的任意几个字")
                    .value(page.typed).focus())
                button.primary { "搜索" }
            }
        }))
        @if !page.typed.trim().is_empty() {
            @if nothing && !page.further {
                div.empty {
                    p { "没有找到。" }
                    p { "可以少输入几个字再试；身份证号可以只输后四位，案号可以只输“民初123号”。超出您查看范围的事项不会显示。" }
                }
            }
            @if !found.petitioners.is_empty() { h2 { "信访人" } (petitioners(page)) }
            @if !found.matters.is_empty() {
                h2 { "信访事项" }
                (matter_table("搜到的信访事项", &MatterQuery::default()).rows(matter_rows(&found.matters)).draw())
            }
            @if let Some(before) = found.more_before {
                (post_form(&frame.csrf, urls::SEARCH, html! {
                    (hidden("q", page.typed)) (hidden("before", before))
                    button { "继续查找更早的事项" }
                }))
            }
        }
    };
    frame.titled("搜索", "registers#search").body(body)
}

fn petitioners(page: &SearchPage) -> Markup {
    let columns = ["信访人", "怎么找到的", "证件", "电话"].map(Column::new).into_iter().collect();
    Table::new("搜到的信访人", columns)
        .rows(page.found.petitioners.iter().map(|hit| {
            Row::link(urls::petitioner(hit.petitioner.id))
                .cell(hit.petitioner.name_shown())
                .cell(hit.reason())
                .cell(hit.petitioner.document_shown(false).unwrap_or_else(|| "—".to_owned()))
                .cell(hit.petitioner.phone_masked.clone().unwrap_or_else(|| "—".to_owned()))
        }))
        .draw()
}
