//! The requests for extensions that wait, and the decision on one.

use super::changing::sender_field;
use crate::deadlines::forms::DecideForm;
use crate::deadlines::types::Approver;
use crate::deadlines::urls;
use crate::deadlines::views::Waiting;
use crate::matters::urls::matter as matter_url;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, hidden, radios, textarea};
use crate::web::{Column, Frame, Row, Table, formats};
use maud::{Markup, html};

/// Those that wait for the person who looks.
pub fn list(frame: &Frame, waiting: &[Waiting]) -> Markup {
    let columns = ["事项", "时限", "现在的到期日", "申请", "申请人"].map(Column::new).to_vec();
    let rows = waiting.iter().map(|one| {
        Row::link(urls::extension(one.request.id))
            .cell(html! { (one.matter.number) "　" span.soft { (one.matter.petitioner_line) } })
            .cell(&one.clock.history.rule.name)
            .cell(html! {
                div {
                    (formats::short_date(one.clock.history.clock.due_on))
                    @if let Some(due) = &one.clock.light { "　" (due) }
                }
            })
            .cell(html! { div { "延期" (one.request.days) "日" p.soft { (one.request.reason) } } })
            .cell(html! {
                div {
                    (one.request.asked_by_name) " "
                    span.soft { (formats::short_moment(Moment::from_utc(one.request.asked_at))) }
                }
            })
    });
    frame
        .titled("待批延期", "clocks#requests")
        .lead(html! { "等待您决定的延期申请。期限届满前没有批准的，不能再延期。" })
        .body(html! {
            (Table::new("待批延期", columns)
                .rows(rows)
                .empty(html! { p { "现在没有等待您决定的延期申请。" } })
                .draw())
        })
}

/// One request, to be decided on.
pub fn decide(frame: &Frame, one: &Waiting, form: &DecideForm, complaints: &Complaints) -> Markup {
    let (clock, rule) = (&one.clock.history.clock, &one.clock.history.rule);
    let title = format!("延期申请：{}", rule.name);
    let decisions = [("grant", "批准延期"), ("refuse", "不批准")];
    frame.titled(&title, "clocks#requests").back(urls::EXTENSIONS, "待批延期").narrow().body(html! {
        (complaints.summary())
        dl.facts {
            dt { "事项" } dd { a href=(matter_url(one.matter.id)) { (one.matter.number) } "　" (one.matter.petitioner_line) "：" (one.matter.claim) }
            dt { "责任人" } dd { (one.accountable) }
            dt { "申请人" } dd { (one.request.asked_by_name) "，" (formats::moment(Moment::from_utc(one.request.asked_at))) }
            dt { "申请理由" } dd { (one.request.reason) }
            dt { "现在的到期日" } dd { (formats::date(clock.due_on)) @if let Some(due) = &one.clock.light { "　" (due) } }
            dt { "申请延期" } dd { (one.request.days) "日" }
            @if let Some(after) = one.if_granted { dt { "批准后的到期日" } dd { strong { (formats::date(after)) } } }
            dt { "依据" } dd { (rule.basis) " " span.tag { (rule.status.label()) } }
        }
        @if rule.extension_told { p { "批准后须将延期理由告知信访人。" } }
        (PostForm::to(&urls::extension(one.request.id), &frame.csrf).enter_next().body(html! {
            (hidden("version", one.request.version))
            (radios("decision", "决定", decisions).value(&form.decision).required().told(complaints))
            @if rule.extension_by == Some(Approver::Sender) { (sender_field(&form.sender, complaints)) }
            (textarea("note", "意见", 3).hint("不批准的必须写明理由。").value(&form.note).told(complaints))
            div.actions { button.primary { "提交决定" } a href=(urls::EXTENSIONS) { "取消" } }
        }))
    })
}
