//! One supervision: what is demanded, of whom, by when; the answer; what comes next.

use super::register::due;
use crate::instructions;
use crate::matters;
use crate::supervision::forms::AnswerForm;
use crate::supervision::types::{Round, State};
use crate::supervision::urls;
use crate::supervision::views::{Detail, Listed};
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, hidden, textarea};
use crate::web::{Frame, formats};
use maud::{Markup, html};

pub fn detail(frame: &Frame, detail: &Detail, form: &AnswerForm, told: &Complaints) -> Markup {
    let shown = &detail.shown;
    let print = if shown.row.round == Round::Report { "打印督办情况报告" } else { "打印督办函" };
    frame
        .titled(&shown.row.number, "supervision#detail")
        .back(urls::LIST, "督办")
        .action(html! { a.button.primary href=(urls::letter(shown.row.id)) { (print) } })
        .body(html! {
            p.lead {
                a href=(matters::urls::matter(shown.matter.id)) { (shown.matter.number) }
                "　" (shown.matter.petitioner_line) "：" (shown.matter.claim)
            }
            (strip(shown))
            (next(detail))
            @if detail.may_answer { (answering(frame, shown, form, told)) }
            (what(shown))
            @if !detail.series.is_empty() { (series(&detail.series)) }
        })
}

fn strip(shown: &Listed) -> Markup {
    let row = &shown.row;
    html! {
        dl.facts.strip {
            div { dt { "次数" } dd { (row.round.label()) } }
            div { dt { "方式" } dd { (row.manner.label()) } }
            div { dt { "收件人" } dd { (shown.addressee) } }
            @if let Some(above) = &shown.reported_to { div { dt { "报告给" } dd { (above) } } }
            div { dt { "答复期限" } dd { (due(shown)) } }
            div { dt { "状态" } dd { (shown.standing()) } }
        }
    }
}

/// What to do about an answer that is overdue.
fn next(detail: &Detail) -> Markup {
    let matter = detail.shown.matter.id;
    html! {
        @if let Some(round) = detail.may_harden {
            section.next aria-labelledby="next" {
                h2 id="next" { "逾期没有答复，建议：" (round.label()) }
                p {
                    @match round {
                        Round::First | Round::Second => "可以改用电话或者现场督办。",
                        Round::Report => "把两次督办的情况报告院长，由院长过问。",
                    }
                    "今天不办的，系统会自动发出。"
                }
                div.actions { a.button.primary href=(urls::issue(matter)) { (round.label()) } }
            }
        }
        @if detail.may_instruct {
            section.next aria-labelledby="instruct" {
                h2 id="instruct" { "两次督办没有答复" }
                p { "您可以就这件事项作出批示，指定由谁在什么时候以前办到什么程度。" }
                div.actions { a.button.primary href=(instructions::urls::give(matter)) { "作出批示" } }
            }
        }
    }
}

fn answering(frame: &Frame, shown: &Listed, form: &AnswerForm, told: &Complaints) -> Markup {
    html! {
        section.box aria-labelledby="answer" {
            h2 id="answer" { "答复这次督办" }
            (told.summary())
            (PostForm::to(&urls::answer(shown.row.id), &frame.csrf).enter_next().body(html! {
                (hidden("version", form.version))
                (textarea("answer", "办理情况和下一步打算", 5).value(&form.answer).told(told).required()
                    .hint("写明已经做了什么、为什么超期、什么时候办完。答复会写进事项的经过。"))
                div.actions { button.primary { "提交答复" } }
            }))
        }
    }
}

fn what(shown: &Listed) -> Markup {
    let row = &shown.row;
    html! {
        section {
            h2 { "督办内容" }
            dl.facts {
                dt { "要求" } dd { (row.round.preamble()) (row.demand) }
                @if !row.spoken.is_empty() { dt { "督办情况" } dd { (row.spoken) } }
                dt { "原交办编号" } dd { (row.referral) }
                dt { "发出" } dd { (formats::moment(Moment::from_utc(row.issued_at))) "，" (shown.issuer) }
                dt { "签发人" } dd { (shown.signer) }
                dt { "发出时" } dd { @if row.late_days > 0 { "已超期 " (row.late_days) " 天" } @else { "未超期" } }
                dt { "为什么是这一天" } dd { a href=(matters::urls::clock(row.clock_id)) { (formats::date(row.due_on)) } }
            }
            @if row.state == State::Answered { (answered(shown)) }
        }
    }
}

fn answered(shown: &Listed) -> Markup {
    html! {
        div.box {
            h2 { "答复" }
            p.keep-lines { (shown.row.answer) }
            p.soft {
                (shown.answered_by.as_deref().unwrap_or(""))
                @if let Some(at) = shown.row.answered_at { "，" (formats::moment(Moment::from_utc(at))) }
            }
        }
    }
}

fn series(rows: &[Listed]) -> Markup {
    html! {
        section {
            h2 { "这一轮的其他督办" }
            ul.plain {
                @for one in rows {
                    li {
                        a href=(urls::supervision(one.row.id)) { (one.row.round.label()) "（" (one.row.number) "）" }
                        "　" (formats::short_date(Moment::from_utc(one.row.issued_at).today()))
                        "　" (one.standing())
                    }
                }
            }
        }
    }
}
