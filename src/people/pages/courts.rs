//! The court's particulars and its divisions.

use super::choices;
use crate::people::forms::{CourtForm, DivisionForm};
use crate::people::types::{CourtLevel, Division, DivisionId, DivisionKind, TierPreset};
use crate::people::urls;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, hidden, number, radios, select, tel, text, tick};
use crate::web::table::{Column, Row, Table};
use maud::{Markup, html};

pub fn divisions(frame: &Frame, divisions: &[Division]) -> Markup {
    let columns = ["名称", "类别", "电话", "状态"].map(Column::new);
    let row = |one: &Division| {
        Row::link(urls::division(one.id))
            .cell(&one.name)
            .cell(one.kind.label())
            .cell(if one.telephone.is_empty() { "—" } else { &one.telephone })
            .cell(if one.active { "在用" } else { "停用" })
    };
    frame
        .titled("庭室", "divisions")
        .action(html! { a.button.primary href=(urls::NEW_DIVISION) { "新增庭室" } })
        .body(
            Table::new("庭室", columns.to_vec())
                .rows(divisions.iter().map(row))
                .empty(html! { p { "还没有庭室。请先新增立案庭，登记信访要用到它。" } })
                .draw(),
        )
}

/// Entering a division, or correcting one.
pub fn division(frame: &Frame, id: Option<DivisionId>, form: &DivisionForm, told: &Complaints) -> Markup {
    let (title, action) = match id {
        Some(id) => (form.name.clone(), urls::division(id)),
        None => ("新增庭室".to_owned(), urls::DIVISIONS.to_owned()),
    };
    frame.titled(&title, "divisions").back(urls::DIVISIONS, "庭室").narrow().body(
        PostForm::to(&action, &frame.csrf).enter_next().body(html! {
            (told.summary())
            (hidden("version", &form.version))
            (text("name", "名称").value(&form.name).told(told).required().focus())
            (select("kind", "类别", choices!(DivisionKind)).value(&form.kind).told(told).required()
                .hint("系统按类别找到立案庭、监察等，请如实选择"))
            (tel("telephone", "电话").value(&form.telephone).told(told))
            (number("position", "排列次序").value(&form.position).told(told).required())
            @if id.is_some() {
                (tick("active", "在用").value(&form.active).told(told))
            } @else {
                (hidden("active", "1"))
            }
            div.actions { button.primary { "保存" } }
        }),
    )
}

pub fn court(frame: &Frame, form: &CourtForm, told: &Complaints) -> Markup {
    frame.titled("本院信息", "court").narrow().body(PostForm::to(urls::COURT, &frame.csrf).enter_next().body(
        html! {
            (told.summary())
            (hidden("version", &form.version))
            (text("name", "法院全称").value(&form.name).told(told).required())
            (text("short_name", "简称").value(&form.short_name).told(told).required().size("w-half"))
            (text("code", "法院代码").value(&form.code).told(told).required().size("w-half")
                .hint("案号里的代码，例如 豫0404"))
            (select("level", "层级", choices!(CourtLevel)).value(&form.level).told(told).required())
            (text("address", "地址").value(&form.address).told(told).hint("印在回执和告知书上"))
            (text("window_name", "咨询窗口").value(&form.window_name).told(told).required())
            (tel("telephone", "咨询电话").value(&form.telephone).told(told))
            (text("number_pattern", "信访编号格式").value(&form.number_pattern).told(told).required()
                .hint("{short} 是简称，{year} 是年份，{seq:4} 是四位序号；改动后只影响以后登记的事项"))
            (radios("tier_preset", "三级机制", choices!(TierPreset)).value(&form.tier_preset).told(told))
            div.actions { button.primary { "保存" } }
        },
    ))
}
