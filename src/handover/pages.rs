//! Who leaves; what would go to whom; the printed list.

use super::forms::HandoverForm;
use super::rules;
use super::types::{Planned, Printed};
use super::urls;
use crate::matters::MatterId;
use crate::people::StaffId;
use crate::people::types::Staff;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, hidden, select, text};
use crate::web::{Column, Frame, Paper, Row, Table, formats};
use maud::{Markup, html};
use std::collections::{HashMap, HashSet};

pub fn choose(frame: &Frame, people: &[Staff]) -> Markup {
    frame.titled("移交", "life#handover").body(html! {
        p { "有人调离、退休、轮岗时，把他经手的信访事项一次移交给接手的人。先试移交，看清每一件去哪里，再确认。" }
        (Table::new("选择移交人", vec![Column::new("姓名"), Column::new("职务")])
            .rows(people.iter().map(|one| Row::link(urls::of(one.id))
                .cell(html! { (one.name) @if !one.active { " " span.tag.warn { "已停用，还有经手的事项" } } })
                .cell(one.post.label())))
            .empty(html! { p { "没有可以办理移交的人员。" } })
            .draw())
    })
}

/// What the dry run is drawn from.
pub struct PlanPage<'a> {
    pub leaver: &'a Staff,
    pub planned: &'a [Planned],
    /// What of it this person may see.
    pub visible: &'a HashSet<MatterId>,
    pub candidates: &'a [Staff],
    pub names: &'a HashMap<StaffId, String>,
    pub form: &'a HandoverForm,
    pub complaints: &'a Complaints,
}

pub fn plan(frame: &Frame, page: &PlanPage) -> Markup {
    let here = urls::of(page.leaver.id);
    let title = format!("移交：{}", page.leaver.name);
    let ready = !page.planned.is_empty() && page.planned.iter().all(|one| one.to.is_ok());
    frame.titled(&title, "life#handover").back(urls::HANDOVER, "移交").body(html! {
        @if page.planned.is_empty() {
            p { (page.leaver.name) "现在没有可以由您移交的信访事项。停用账号时仍提示有经手事项的，请由其他有移交权限的人办理。" }
        } @else {
            p { (page.leaver.name) "经手 " (page.planned.len()) " 项。选好接手人后按“试移交”，看每一件去哪里；这一步不改动任何东西。" }
            form.filters method="get" action=(here) {
                (select("first", "接手人", people(page)).value(&page.form.first))
                (select("second", "第二接手人（接手人不能办的给他）", people(page)).value(&page.form.second))
                button { "试移交" }
            }
            (lines(page))
            (page.complaints.summary())
            @if ready {
                (PostForm::to(&here, &frame.csrf).body(html! {
                    (hidden("first", &page.form.first))
                    (hidden("second", &page.form.second))
                    (hidden("seen", rules::fingerprint(page.planned)))
                    (text("reason", "移交原因").value(&page.form.reason).told(page.complaints))
                    button.primary { "确认移交 " (page.planned.len()) " 项" }
                }))
            } @else if !page.form.first.is_empty() {
                p { "还有不能移交的，请另选接手人或者加选第二接手人，再试一次。" }
            }
        }
    })
}

fn people(page: &PlanPage) -> Vec<(String, String)> {
    let none = (String::new(), "请选择".to_owned());
    let others = page.candidates.iter().filter(|one| one.id != page.leaver.id);
    let one = |staff: &Staff| (staff.id.to_string(), format!("{}（{}）", staff.name, staff.post.label()));
    std::iter::once(none).chain(others.map(one)).collect()
}

fn lines(page: &PlanPage) -> Markup {
    let chosen = !page.form.first.is_empty();
    let columns = ["编号", "信访人", "经手情况", "移交给"].map(Column::new).into();
    Table::new("经手的事项", columns)
        .rows(page.planned.iter().map(|one| {
            let matter = &one.held.matter;
            let seen = page.visible.contains(&matter.id);
            let row = if seen { Row::link(crate::matters::urls::matter(matter.id)) } else { Row::plain() };
            row.cell(if seen { matter.number.as_str() } else { "（您看不到此件）" })
                .cell(if seen { matter.petitioner_line.as_str() } else { "" })
                .cell(one.held.holding.label())
                .cell(match one.to {
                    Ok(to) => html! { (page.names.get(&to).map_or("", String::as_str)) },
                    Err(unfit) if chosen => html! { span.tag.warn { (unfit.label()) } },
                    Err(_) => html! { "—" },
                })
        }))
        .draw()
}

/// 移交清单, to be signed.
pub fn printed(frame: &Frame, list: &Printed) -> Markup {
    let body = html! {
        h1 { "信访事项移交清单" }
        p { "移交人：" (list.from) "　移交原因：" (list.handover.reason) "　办理人：" (list.by) "　"
            (formats::date(Moment::from_utc(list.handover.at).today())) }
        table {
            thead { tr { th { "序号" } th { "编号" } th { "信访人" } th { "经手情况" } th { "接手人" } th { "签收" } } }
            tbody {
                @for (nth, line) in (1..).zip(&list.lines) {
                    tr {
                        td { (nth) }
                        @if let Some((number, people)) = &line.matter { td { (number) } td { (people) } } @else { td { "不公开" } td {} }
                        td { (line.holding.label()) } td { (line.to) } td {}
                    }
                }
            }
        }
        div.sign { span { "移交人签名：＿＿＿＿＿＿" } span { "监交人签名：＿＿＿＿＿＿" } }
    };
    frame.paper("移交清单", Paper::A4, urls::HANDOVER, false, body)
}
