//! The list and what a search brings up.

use super::super::matching::Match;
use super::super::types::Petitioner;
use super::super::urls;
use super::{cares, in_short};
use crate::time::Moment;
use crate::web::form::{PostForm, search};
use crate::web::{Column, Frame, Paging, Row, Table, formats};
use chrono::NaiveDate;
use maud::{Markup, html};

fn finder(frame: &Frame, typed: &str) -> Markup {
    PostForm::to(urls::SEARCH, &frame.csrf).class("finder").body(html! {
        div.beside {
            (search("q", "查找信访人").value(typed).focus()
                .hint("姓名、拼音首字母、证件号码或后四位、电话、案号都可以；也可以直接刷身份证。"))
            button.primary { "查找" }
        }
    })
}

/// The newest petitioners that the person may see, with the search box above.
pub fn list(
    frame: &Frame,
    petitioners: &[Petitioner],
    next: Option<String>,
    handles: bool,
    today: NaiveDate,
) -> Markup {
    let row = |petitioner: &Petitioner| {
        Row::link(urls::petitioner(petitioner.id))
            .cell(petitioner.name_shown())
            .cell(petitioner.kind.label())
            .cell(in_short(petitioner, handles, today))
            .cell(cares(petitioner, today))
            .cell(formats::plain_date(Moment::from_utc(petitioner.created_at).today()))
    };
    let columns =
        ["姓名或名称", "类别", "基本信息", "关怀与标记", "建立日期"].map(Column::new).into_iter().collect();
    let table = Table::new("信访人", columns)
        .rows(petitioners.iter().map(row))
        .paging(Paging { previous: None, next })
        .empty(html! { p { "还没有可以列出的信访人。可以用上面的查找框找人；新的信访人在登记来访、来信时建立。" } });
    frame.page("信访人", "petitioners", html! { (finder(frame, "")) (table.draw()) })
}

/// What was found for what was typed.
pub fn found(frame: &Frame, typed: &str, matches: &[Match], handles: bool, today: NaiveDate) -> Markup {
    let body = html! {
        (finder(frame, typed))
        section aria-live="polite" {
            @if matches.is_empty() {
                div.empty {
                    p { "没有找到相符的信访人。" }
                    p { "可以换一种方式再查：全名、拼音首字母、证件号码、电话或案号。新来的信访人请直接登记。" }
                }
            } @else {
                p.count { "找到 " strong { (matches.len()) } " 位，最可能的在前" }
                ul.matches { @for found in matches { (one(found, handles, today)) } }
            }
        }
    };
    frame.titled("信访人", "petitioners").back(urls::LIST, "全部信访人").body(body)
}

fn one(found: &Match, handles: bool, today: NaiveDate) -> Markup {
    let petitioner = &found.petitioner;
    html! {
        li.match {
            h3 { a href=(urls::petitioner(petitioner.id)) { (petitioner.name_shown()) } " " (cares(petitioner, today)) }
            p { (in_short(petitioner, handles, today)) }
            p.why { (found.reason()) }
        }
    }
}
