//! The form of a step between this court and the sender: an objection, a report, an answer.

use crate::assignments::forms::StepForm;
use crate::assignments::types::Step;
use crate::assignments::views::{Shown, Stepping};
use crate::matters::pages::head_line;
use crate::matters::stages::Event;
use crate::matters::urls;
use crate::web::form::{Complaints, PostForm, date, hidden, radios, select, text, textarea};
use crate::web::{Frame, formats};
use maud::{Markup, html};

pub fn stepping(
    frame: &Frame,
    event: Event,
    page: &Stepping,
    form: &StepForm,
    complaints: &Complaints,
) -> Markup {
    let matter = &page.matter;
    frame.titled(event.label(), help(event)).back(urls::matter(matter.id), &matter.number).body(html! {
        (head_line(matter))
        (complaints.summary())
        (PostForm::to(&urls::event(matter.id, event), &frame.csrf).body(html! {
            (complaints.version("version", page.version, form.version))
            (which(page, form, complaints))
            (what(event, page, form, complaints))
            button.primary { (event.label()) }
        }))
    })
}

fn help(event: Event) -> &'static str {
    if event == Event::ObjectAbove {
        "assignment#object"
    } else if event == Event::AnswerFromAbove {
        "assignment#answer"
    } else {
        "assignment#report"
    }
}

fn until(one: &Shown) -> String {
    format!("报告期限{}", formats::date(one.due_on))
}

/// Which of the matter's assignments it is about; only asked where there are several.
fn which(page: &Stepping, form: &StepForm, complaints: &Complaints) -> Markup {
    html! {
        @match page.open.as_slice() {
            [(only, _)] => {
                (hidden("assignment", only.row.id))
                dl.facts {
                    dt { "交办机关" } dd { (only.row.words()) }
                    @if !only.row.demand.is_empty() { dt { "交办要求" } dd { (only.row.demand) } }
                    dt { "报告期限" } dd { (formats::date(only.due_on)) "前" }
                    @if let Some(until) = only.row.objection_until { dt { "异议期限" } dd { (formats::date(until)) "止" } }
                }
            }
            several => {
                (radios("assignment", "哪一件交办", several.iter().map(|(one, _)| (one.row.id.to_string(), format!("{}　{}", one.row.words(), until(one)))))
                    .value(&form.assignment).told(complaints))
            }
        }
    }
}

fn what(event: Event, page: &Stepping, form: &StepForm, complaints: &Complaints) -> Markup {
    let on = |label| date("on_day", label).value(&form.on_day).hint("不填，就是今天").told(complaints);
    let number = |label| text("number", label).value(&form.number).told(complaints);
    let words = |label, rows| textarea("text", label, rows).value(&form.text).told(complaints);
    html! {
        @if event == Event::ObjectAbove {
            (hidden("step", Step::Objected.code()))
            (words("为什么不属于本院办理", 4))
            (on("提出日期"))
            p.soft { "交办机关答复以前，这件事项仍按期限办理。" }
        } @else if event == Event::AnswerFromAbove {
            (radios("step", "交办机关的答复", choices(page)).value(&form.step).told(complaints))
            (date("due_on", "新的期限").value(&form.due_on).hint("改定期限的必填；退回补充办理的，来文另定了期限就填，没有定的按规则重新推算").told(complaints))
            (words("答复内容", 3))
            div.columns { (number("来文编号")) (on("收到日期")) }
        } @else {
            (radios("step", "报告什么", choices(page)).value(&form.step).told(complaints))
            (words("报告内容", 10))
            (select("signed_by", "签发人", std::iter::once((String::new(), "请选择".to_owned()))
                .chain(page.leaders.iter().map(|(id, name)| (id.to_string(), name.clone()))))
                .value(&form.signed_by).hint("报告结果必须由院领导签发").told(complaints))
            div.columns { (number("本院文号")) (on("报出日期")) }
            p.soft { "登记以后可以打印报告。报告内容登记后不能修改，有变化的再报告一次。" }
        }
    }
}

/// The steps that one of the assignments can take.
fn choices(page: &Stepping) -> impl Iterator<Item = (&'static str, &'static str)> {
    Step::ALL
        .iter()
        .filter(|step| page.open.iter().any(|(_, steps)| steps.contains(step)))
        .map(|step| (step.code(), step.label()))
}
