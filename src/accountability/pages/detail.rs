//! One review: why, who, what was found, what was decided, who was told.

use super::choices;
use crate::accountability::forms::{DecideForm, PersonForm};
use crate::accountability::types::{Cause, FaultKind, Reviewed, State};
use crate::accountability::urls;
use crate::accountability::views::Detail;
use crate::audit::{Shown, action_label};
use crate::matters;
use crate::people::StaffId;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, date, hidden, post_button, select, text, textarea};
use crate::web::{Frame, formats};
use maud::{Markup, html};

/// The forms of the page, as typed.
pub struct Forms<'a> {
    pub decide: &'a DecideForm,
    /// The person about whom something was typed, and what.
    pub person: Option<&'a (StaffId, PersonForm)>,
    pub told: &'a Complaints,
}

pub fn detail(frame: &Frame, detail: &Detail, forms: &Forms) -> Markup {
    let (row, open) = (&detail.row, detail.row.state == State::Open);
    let title = format!("责任倒查：{}", detail.matter.number);
    frame.titled(&title, "accountability#detail").back(urls::LIST, "责任倒查").body(html! {
        p.lead {
            a href=(matters::urls::matter(detail.matter.id)) { (detail.matter.number) }
            "　" (detail.matter.petitioner_line) "：" (detail.matter.claim)
        }
        dl.facts.strip {
            div { dt { "状态" } dd { (row.state.label()) } }
            @if let Some(division) = &detail.division { div { dt { "庭室" } dd { (division) } } }
            div { dt { "开展" } dd { (formats::short_date(Moment::from_utc(row.opened_at).today())) "，" (detail.opened_by) } }
        }
        (forms.told.summary())
        section { h2 { "事由" } p.keep-lines { (row.grounds) } }
        section {
            h2 { "被核查人" }
            @for (person, name) in &detail.persons { (one(frame, detail, forms, person, name)) }
            @if open { (adding(frame, detail, forms)) }
        }
        @if open { (deciding(frame, detail, forms)) } @else { (decided(detail)) }
        (trail(&detail.trail))
    })
}

fn one(frame: &Frame, detail: &Detail, forms: &Forms, person: &Reviewed, name: &str) -> Markup {
    let row = &detail.row;
    let heading = format!("p{}", person.staff_id);
    html! {
        div.box aria-labelledby=(heading) role="group" {
            h3 id=(heading) { (name) }
            @if row.state == State::Open {
                (finding(frame, detail, forms, person))
            } @else {
                dl.facts {
                    dt { "核查意见" } dd { (person.finding) }
                    dt { "处理措施" } dd { (person.measure) }
                    dt { "送达" } dd {
                        @match person.notified_at {
                            Some(at) => (formats::moment(Moment::from_utc(at))),
                            None => "还没有送达，本人看不到",
                        }
                    }
                    @if let Some(at) = person.stated_at {
                        dt { "本人意见" } dd { (person.statement) "\n" (formats::moment(Moment::from_utc(at))) }
                    }
                }
                @if person.notified_at.is_none() {
                    div.actions {
                        (post_button(&frame.csrf, &urls::notify(row.id, person.staff_id), "送达本人",
                            hidden("version", row.version)))
                    }
                }
            }
        }
    }
}

fn finding(frame: &Frame, detail: &Detail, forms: &Forms, person: &Reviewed) -> Markup {
    let row = &detail.row;
    let typed = forms.person.filter(|(id, _)| *id == person.staff_id).map(|(_, form)| form);
    let none = Complaints::default();
    let told = if typed.is_some() { forms.told } else { &none };
    let finding = typed.map_or(&person.finding, |form| &form.finding);
    let measure = typed.map_or(&person.measure, |form| &form.measure);
    let nth = detail.persons.iter().position(|(one, _)| one.staff_id == person.staff_id).unwrap_or(0);
    html! {
        (PostForm::to(&urls::person(row.id, person.staff_id), &frame.csrf).body(html! {
            (told.version("version", row.version, typed.map_or(row.version, |form| form.version)))
            (textarea("finding", "核查意见", 3).row(nth).value(finding).required())
            (textarea("measure", "处理措施", 2).row(nth).value(measure).required())
            @for (_, sentence) in told.iter() { p.wrong { (sentence) } }
            div.actions { button { "保存意见" } }
        }))
    }
}

fn adding(frame: &Frame, detail: &Detail, forms: &Forms) -> Markup {
    html! {
        details.more open[forms.told.about("staff").next().is_some()] {
            summary { "添加被核查人" }
            (PostForm::to(&urls::people(detail.row.id), &frame.csrf).body(html! {
                (hidden("version", detail.row.version))
                (select("staff", "人员", choices(&detail.staff)).told(forms.told).required())
                div.actions { button { "添加" } }
            }))
        }
    }
}

fn deciding(frame: &Frame, detail: &Detail, forms: &Forms) -> Markup {
    let (form, none) = (forms.decide, Complaints::default());
    let told = if forms.person.is_some() { &none } else { forms.told };
    let kinds = std::iter::once(("", "请选择")).chain(FaultKind::ALL.iter().map(|k| (k.code(), k.label())));
    let causes = std::iter::once(("", "请选择")).chain(Cause::ALL.iter().map(|c| (c.code(), c.label())));
    html! {
        section.box aria-labelledby="decide" {
            h2 id="decide" { "认定" }
            p.soft { "每名被核查人都填好意见以后再认定。认定以后不能修改。" }
            (PostForm::to(&urls::decide(detail.row.id), &frame.csrf).enter_next().body(html! {
                (told.version("version", detail.row.version, form.version))
                (select("kind", "过错类别", kinds).value(&form.kind).told(told).required())
                (select("cause", "导致原因", causes).value(&form.cause).told(told).required())
                (textarea("findings", "认定意见", 4).value(&form.findings).told(told).required())
                (textarea("measure", "整改和处理措施", 3).value(&form.measure).told(told).required())
                (text("decided_by", "由谁决定").value(&form.decided_by).told(told).required()
                    .hint("例如：院长办公会、监察室。"))
                (date("decided_on", "决定日期").value(&form.decided_on).told(told).required())
                div.actions { button.primary { "认定" } }
            }))
        }
    }
}

fn decided(detail: &Detail) -> Markup {
    let row = &detail.row;
    html! {
        section {
            h2 { "认定" }
            dl.facts {
                dt { "过错类别" } dd { (row.kind.map_or("", FaultKind::label)) }
                dt { "导致原因" } dd { (row.cause.map_or("", Cause::label)) }
                dt { "认定意见" } dd { (row.findings) }
                dt { "整改和处理措施" } dd { (row.measure) }
                dt { "由谁决定" } dd { (row.decided_by) }
                @if let Some(on) = row.decided_on { dt { "决定日期" } dd { (formats::date(on)) } }
            }
        }
    }
}

/// Its lines of the trail, which stand nowhere else.
fn trail(lines: &[Shown]) -> Markup {
    html! {
        section aria-labelledby="trail" {
            h2 id="trail" { "留痕" }
            p.soft { "责任倒查的留痕只在这里显示，不在“留痕”页面显示；校验时同样逐条核对。" }
            ul.plain {
                @for line in lines {
                    li {
                        (formats::short_moment(Moment::from_utc(line.entry.at))) "　" (line.entry.actor_name)
                        "　" (action_label(&line.entry.action))
                    }
                }
            }
        }
    }
}
