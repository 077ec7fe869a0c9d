//! The forms for task sheets, measures and results.

use super::{choices, form};
use crate::enforcement::forms::{MeasureForm, OwnerForm, ResultForm, SheetForm};
use crate::enforcement::types::Outcome;
use crate::enforcement::urls;
use crate::enforcement::views::{Detail, Offering, ShownMeasure, ShownSheet};
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, date, hidden, radios, repeat, select, textarea};
use crate::web::formats::{plain_date, short_date};
use maud::{Markup, html};

pub fn issue(frame: &Frame, offering: &Offering, typed: &SheetForm, told: &Complaints) -> Markup {
    let detail = &offering.detail;
    let cell = |column: &[String], at: usize| SheetForm::at(column, at).to_owned();
    let fields = |at: usize, text: String, owner: String, until: String| {
        html! {
            (textarea("measure", "做什么", 2).row(at).value(text).told(told))
            (select("owner", "负责人", choices(&offering.owners)).row(at).value(owner).told(told))
            (date("until", "期限（不填就是任务单的时限）").row(at).value(until).told(told))
        }
    };
    let rows = (0..typed.lines())
        .map(|at| fields(at, cell(&typed.measure, at), cell(&typed.owner, at), cell(&typed.until, at)))
        .collect();
    let blank = fields(0, String::new(), String::new(), String::new());
    form(
        frame,
        detail,
        ("下达任务单", "enforcement#sheet"),
        html! {
            (told.summary())
            (PostForm::to(&urls::issue(detail.matter.id), &frame.csrf).enter_next().body(html! {
                (hidden("submission", &typed.submission))
                (select("issuer", "下达人", choices(&offering.issuers)).value(&typed.issuer).told(told).required()
                    .hint("院长、主管副院长。由信访专干录入的，下达人会收到邮件。"))
                (textarea("task", "任务", 3).value(&typed.task).told(told).required()
                    .hint("要达到什么结果，例如：春节前把工资款执行到位，当面交给信访人。"))
                (date("due_on", "时限").value(&typed.due_on).told(told).required())
                (repeat("measure", "措施", rows, blank).one("措施").add_label("再加一项措施").most(30))
                p.soft { "下达以后不能修改，可以追加措施。措施负责人会收到邮件，并在“今日”页面看到。" }
                div.actions { button.primary { "下达任务单" } }
            }))
        },
    )
}

pub fn add_measure(
    frame: &Frame,
    (offering, shown): (&Offering, &ShownSheet),
    typed: &MeasureForm,
    told: &Complaints,
) -> Markup {
    form(
        frame,
        &offering.detail,
        ("追加措施", "enforcement#sheet"),
        html! {
            p { "任务单 " strong { (shown.sheet.number) } "，时限 " (plain_date(shown.sheet.due_on)) "。" }
            (told.summary())
            (PostForm::to(&urls::add_measure(shown.sheet.id), &frame.csrf).enter_next().body(html! {
                (hidden("submission", &typed.submission))
                (textarea("text", "做什么", 2).value(&typed.text).told(told).required())
                (select("owner", "负责人", choices(&offering.owners)).value(&typed.owner).told(told).required())
                (date("due_on", "期限").value(&typed.due_on).told(told).required().hint("不晚于任务单的时限。"))
                div.actions { button.primary { "追加" } }
            }))
        },
    )
}

/// The form that gives a measure to somebody else.
pub fn pass_on(
    frame: &Frame,
    (offering, shown): (&Offering, &ShownMeasure),
    typed: &OwnerForm,
    told: &Complaints,
) -> Markup {
    form(
        frame,
        &offering.detail,
        ("更换措施负责人", "enforcement#sheet"),
        html! {
            (measure(shown))
            (told.summary())
            (owner_fields(frame, (offering, shown), typed, told))
        },
    )
}

fn owner_fields(
    frame: &Frame,
    (offering, shown): (&Offering, &ShownMeasure),
    typed: &OwnerForm,
    told: &Complaints,
) -> Markup {
    html! {
        (PostForm::to(&urls::pass_on(shown.measure.id), &frame.csrf).enter_next().body(html! {
            (hidden("version", typed.version))
            (select("owner", "改由谁负责", choices(&offering.owners)).value(&typed.owner).told(told).required())
            (textarea("reason", "为什么更换", 2).value(&typed.reason).told(told).required())
            div.actions { button.primary { "更换" } }
        }))
    }
}

/// The form for a measure's result, the first or a correction.
pub fn result(
    frame: &Frame,
    (detail, shown): (&Detail, &ShownMeasure),
    typed: &ResultForm,
    told: &Complaints,
) -> Markup {
    let again = shown.measure.done_on.is_some();
    let title = if again { "更正措施结果" } else { "登记措施结果" };
    form(
        frame,
        detail,
        (title, "enforcement#result"),
        html! {
            (measure(shown))
            (told.summary())
            (result_fields(frame, (detail, shown), typed, told))
            p.soft { "登记以后不能修改；写错了，再登记一次作为更正，原来的保留。登错了措施的，更正为“还没有做成，继续办理”。" }
        },
    )
}

fn result_fields(
    frame: &Frame,
    (detail, shown): (&Detail, &ShownMeasure),
    typed: &ResultForm,
    told: &Complaints,
) -> Markup {
    let button = if shown.measure.done_on.is_some() { "登记更正" } else { "登记结果" };
    let offered = Outcome::ALL.iter().filter(|one| **one != Outcome::GivenUp || detail.may_issue);
    html! {
        (PostForm::to(&urls::result(shown.measure.id), &frame.csrf).enter_next().body(html! {
            (hidden("version", typed.version))
            (radios("outcome", "做得怎么样", offered.map(|one| (one.code(), one.label()))).value(&typed.outcome).told(told).required())
            (textarea("text", "结果", 4).value(&typed.text).told(told).required()
                .hint("写明做成了什么、证据在哪里；没有做成的，写明为什么、下一步怎么办。"))
            (date("done_on", "日期（不填就是今天）").value(&typed.done_on).told(told))
            div.actions { button.primary { (button) } }
        }))
    }
}

fn measure(shown: &ShownMeasure) -> Markup {
    html! {
        dl.facts {
            dt { "措施" } dd { (shown.measure.text) }
            dt { "负责人" } dd { (shown.owner) }
            dt { "期限" } dd { (plain_date(shown.measure.due_on)) @if let Some(due) = &shown.due { "　" (due) } }
            @for (nth, (result, by)) in shown.results.iter().enumerate() {
                dt { @if nth > 0 && shown.corrected(nth - 1) { "更正" } @else { "结果" } }
                dd { (result.outcome.label()) "：" (result.text) " " span.soft { (short_date(result.done_on)) " " (by) } }
            }
        }
    }
}

/// Somebody else recorded a result, or gave the measure to another, meanwhile: how it stands beside what was typed.
pub fn conflict(frame: &Frame, (detail, shown): (&Detail, &ShownMeasure), typed: &ResultForm) -> Markup {
    let anew = ResultForm { version: shown.measure.version, ..typed.clone() };
    let why = "您打开页面以后，有人先登记了结果或者更换了负责人，您填写的还没有提交。请对照两边：内容一致的不用再登记；现有的有误，可以作为更正提交。";
    let form = result_fields(frame, (detail, shown), &anew, &Complaints::default());
    beside(frame, (detail, shown), ("别人刚刚登记过这项措施", why), form)
}

/// As [`conflict`], where an owner was chosen.
pub fn owner_conflict(
    frame: &Frame,
    (offering, shown): (&Offering, &ShownMeasure),
    typed: &OwnerForm,
) -> Markup {
    let anew = OwnerForm { version: shown.measure.version, ..typed.clone() };
    let why = "您打开页面以后，有人先更换了负责人或者登记了结果，您填写的还没有提交。请对照两边：已经合适的不用再换；还要换的，核对后提交。";
    let form = owner_fields(frame, (offering, shown), &anew, &Complaints::default());
    beside(frame, (&offering.detail, shown), ("别人刚刚动过这项措施", why), form)
}

fn beside(
    frame: &Frame,
    (detail, shown): (&Detail, &ShownMeasure),
    (title, why): (&str, &str),
    form: Markup,
) -> Markup {
    frame.titled(title, "enforcement#result").back(urls::of_matter(detail.matter.id), "执行任务和到账").body(
        html! {
            p { (why) }
            div.two {
                section.box { h2 { "现在的记录" } (measure(shown)) }
                section.box { h2 { "您填写的" } (form) }
            }
            p { a href=(urls::of_matter(detail.matter.id)) { "不提交了，回到执行任务和到账" } }
        },
    )
}
