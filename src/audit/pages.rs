//! The trail as the auditor reads it.

use super::command::Report;
use super::forms::FilterForm;
use super::labels::{action_label, actions, field_label};
use super::types::SubjectKind;
use super::{Shown, urls};
use crate::people::types::Staff;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, date, select, text};
use crate::web::formats::short_moment;
use crate::web::table::filters;
use crate::web::{Column, Frame, Paging, Row, Table};
use maud::{Markup, html};

/// A page of the trail.
pub struct Trail<'a> {
    pub form: &'a FilterForm,
    pub told: &'a Complaints,
    pub people: &'a [Staff],
    /// The newest first.
    pub lines: &'a [Shown],
    /// The line after which the next page begins.
    pub next: Option<i64>,
    /// What a verification has just found.
    pub verdict: Option<&'a Report>,
}

pub fn trail(frame: &Frame, trail: &Trail<'_>) -> Markup {
    let columns = vec![
        Column::new("第几条").class("tight"),
        Column::new("时间").class("tight"),
        Column::new("谁"),
        Column::new("做了什么"),
        Column::new("对象"),
        Column::new("所记内容").class("wide"),
    ];
    let next = trail.next.map(|seq| urls::page(trail.form, Some(seq)));
    // Keyset pages go one way; back to the newest is one step.
    let previous = (!trail.form.before.is_empty()).then(|| urls::page(trail.form, None));
    frame.titled("留痕", "audit").lead(html! { "每一次改动和查看原文都在这里，只能增加，不能修改。" }).body(html! {
        @if let Some(report) = trail.verdict { (verdict(report)) }
        (trail.told.summary())
        (filters(urls::TRAIL, filter_fields(trail)))
        (Table::new("留痕", columns)
            .rows(trail.lines.iter().map(row))
            .paging(Paging { previous, next })
            .empty(html! { p { "没有符合条件的记录。请放宽日期或者清除筛选。" } })
            .draw())
        section.box {
            h2 { "校验" }
            p { "从第一条起逐条核对，并与数据库之外的锚点比较。记录很多时需要几分钟，期间不影响别人使用。" }
            (PostForm::to(urls::VERIFY, &frame.csrf).body(html! {
                (text("head", "以前抄录的校验码（可不填）").hint("至少前 16 位；填了就核对它还在留痕之中"))
                div.actions { button.primary { "校验" } }
            }))
        }
    })
}

fn filter_fields(trail: &Trail<'_>) -> Markup {
    let (form, told) = (trail.form, trail.told);
    let mut people = vec![(String::new(), "全部人员".to_owned())];
    people.extend(trail.people.iter().map(|one| (one.id.to_string(), one.name.clone())));
    let mut kinds = vec![("", "全部对象")];
    let shown = SubjectKind::ALL.iter().filter(|kind| **kind != SubjectKind::Accountability);
    kinds.extend(shown.map(|kind| (kind.code(), kind.label())));
    let mut known = vec![("", "全部动作")];
    known.extend(actions());
    html! {
        (select("actor", "人员", people).value(&form.actor).told(told))
        (select("action", "动作", known).value(&form.action).told(told))
        (select("kind", "对象类别", kinds).value(&form.kind).told(told))
        (text("id", "对象编号").value(&form.id).told(told).inputmode("numeric"))
        (date("from", "从").value(&form.from).told(told))
        (date("to", "到").value(&form.to).told(told))
    }
}

fn row(shown: &Shown) -> Row {
    let entry = &shown.entry;
    let known = SubjectKind::from_code(&entry.subject_kind);
    let kind = known.map_or(entry.subject_kind.as_str(), |kind| kind.label());
    Row::plain()
        .cell(entry.seq)
        .cell(short_moment(Moment::from_utc(entry.at)))
        .cell(&entry.actor_name)
        .cell(action_label(&entry.action))
        .cell(html! { (kind) @if let Some(id) = entry.subject_id { " " span.soft { (id) } } })
        .cell(html! {
            @if !shown.values.is_empty() {
                ul {
                    @for value in &shown.values {
                        li {
                            (field_label(&value.field)) "："
                            @match &value.value { Some(value) => (value), None => span.soft { "（已匿名化）" } }
                        }
                    }
                }
            }
        })
}

fn verdict(report: &Report) -> Markup {
    let class = if report.is_good() { "flash done" } else { "flash trouble" };
    html! {
        div class=(class) role=(if report.is_good() { "status" } else { "alert" }) {
            @for sentence in report.sentences() { p { (sentence) } }
        }
    }
}
