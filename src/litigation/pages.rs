//! The result of a procedure of law, and the guidance sheet for the petitioner.

use super::forms::{BackForm, FiledForm};
use crate::enforcement;
use crate::intake::rules::litigation_guidance;
use crate::matters::pages::head_line;
use crate::matters::stages::Event;
use crate::matters::types::Track;
use crate::matters::{Matter, urls};
use crate::people::types::Court;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, radios, text, textarea};
use crate::web::{Frame, Paper, formats};
use chrono::NaiveDate;
use maud::{Markup, html};

pub fn result(
    frame: &Frame,
    (matter, hint): (&Matter, Option<&str>),
    form: &FiledForm,
    complaints: &Complaints,
) -> Markup {
    let results = [("filed", "已立案，录入案号"), ("refused", "没有立案（裁定不予受理、驳回等）")];
    titled(
        frame,
        matter,
        Event::LitigationResult,
        html! {
            (enforcement::pages::closing_hint(hint))
            (complaints.summary())
            (PostForm::to(&urls::event(matter.id, Event::LitigationResult), &frame.csrf).body(html! {
                (complaints.version("version", matter.version, form.version))
                (radios("result", "结果", results).value(&form.result).told(complaints))
                (text("case_number", "案号（已立案的填）").value(&form.case_number).told(complaints))
                (textarea("ruling", "裁定文号和理由（没有立案的填）", 3).value(&form.ruling).told(complaints))
                p.soft { "录入以后，这件信访以“转入诉讼程序”办结，信访人凭案号查询进展。" }
                button.primary { "录入" }
            }))
        },
    )
}

pub fn back(frame: &Frame, matter: &Matter, form: &BackForm, complaints: &Complaints) -> Markup {
    titled(
        frame,
        matter,
        Event::BackToHandling,
        html! {
            (complaints.summary())
            (PostForm::to(&urls::event(matter.id, Event::BackToHandling), &frame.csrf).body(html! {
                (complaints.version("version", matter.version, form.version))
                (textarea("reason", "为什么改作信访事项办理", 3).value(&form.reason).told(complaints))
                button.primary { "改作信访事项办理" }
            }))
        },
    )
}

fn titled(frame: &Frame, matter: &Matter, event: Event, body: Markup) -> Markup {
    frame
        .titled(event.label(), "life#litigation")
        .back(urls::matter(matter.id), &matter.number)
        .body(html! { (head_line(matter)) (body) })
}

/// What the guidance sheet is drawn from.
pub struct SheetPage<'a> {
    pub matter: &'a Matter,
    pub court: &'a Court,
    /// The procedure's name in the rule table, its basis, and by when the court answers.
    pub deadline: Option<(&'a str, &'a str, NaiveDate)>,
    /// What was said when another authority was named.
    pub guidance: Option<&'a str>,
    pub now: Moment,
}

/// 诉讼指引单 or 信访事项指引单, on A4.
pub fn sheet(frame: &Frame, page: &SheetPage) -> Markup {
    let matter = page.matter;
    let body = html! {
        h1 { (page.court.name) br; @if matter.track().is_some() { "诉讼程序指引单" } @else { "信访事项指引单" } }
        p.sheet-number { (matter.number) }
        p { (matter.petitioner_line) "：" }
        p { "您于" (formats::date(Moment::from_utc(matter.received_at).today())) "反映的问题（" (matter.claim) "），经甄别：" }
        @if let Some(track) = matter.track() { (track_words(track, page)) }
        @if let Some(guidance) = page.guidance { p { (guidance) } }
        p { "本指引单不收取任何费用，也不影响您依法享有的权利。有疑问的，请到" (page.court.window_name) "或者致电" (page.court.telephone) "询问，查询码 " (matter.query_code) "。" }
        div.sign {
            span { "（院印）" }
            span { (page.court.name) br; (formats::plain_date(page.now.today())) }
        }
    };
    frame.paper("指引单", Paper::A4, &urls::matter(matter.id), false, body)
}

fn track_words(track: Track, page: &SheetPage) -> Markup {
    html! {
        @if track.is_brought_by_petitioner() {
            p { "您的请求应当通过诉讼程序解决：" strong { (track.label()) } "。" (litigation_guidance(track)) }
            @if let Some((name, basis, due_on)) = page.deadline {
                p { strong { "请在" (formats::date(due_on)) "以前提出" } "（" (name) "，依据" (basis) "）。逾期可能失去这项权利。" }
            }
        } @else {
            p { "您的请求应当通过诉讼程序解决：" strong { (track.label()) } "。您提交的材料已经转交立案庭办理，不需要重新排队。" }
            @if let Some((name, basis, due_on)) = page.deadline {
                p { "本院将在" (formats::date(due_on)) "前作出决定并告知您（" (name) "，依据" (basis) "）。" }
            }
        }
        p { "请准备：申请书或者起诉状、身份证件、与请求有关的裁判文书和证据。缺少材料的，立案庭会一次告知您需要补充什么。" }
    }
}
