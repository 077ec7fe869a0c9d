//! Where the ticked matters go, what would become of each, what became of it.

use super::forms::BulkForm;
use super::types::{Done, Outcome, Previewed};
use super::urls;
use crate::matters::urls::{MATTERS, matter as matter_url};
use crate::referrals::views::Place;
use crate::web::form::{Complaints, PostForm, hidden, select_grouped, textarea};
use crate::web::{Column, Frame, Row, Table};
use maud::{Markup, html};

/// What the page to choose, and to confirm, is drawn from.
pub struct ChoosePage<'a> {
    pub previewed: &'a [Previewed],
    pub places: &'a [Place],
    /// An officer may give a matter to the judge of the case, saying why.
    pub officer: bool,
    /// A destination was chosen, and the verdicts are about it.
    pub chosen: bool,
    /// Of the act that would be confirmed.
    pub key: &'a str,
    pub form: &'a BulkForm,
    pub complaints: &'a Complaints,
}

impl ChoosePage<'_> {
    fn ready(&self) -> usize {
        self.previewed.iter().filter(|one| one.verdict.is_ok()).count()
    }
}

pub fn choose(frame: &Frame, page: &ChoosePage) -> Markup {
    frame.titled("批量转办", "life#bulk").back(MATTERS, "信访事项台账").body(html! {
        (page.complaints.summary())
        @if page.ready() == 0 {
            div.note { p { "所选的事项都不能" @if page.chosen { "转到这里，请另选庭室或者人员。" } @else { "转办，原因见下表。" } } }
        }
        @if page.chosen && page.ready() > 0 { (confirm(frame, page)) }
        (verdicts(page))
        @if page.chosen || page.ready() > 0 { (destination(frame, page)) }
    })
}

fn verdicts(page: &ChoosePage) -> Markup {
    let columns = ["编号", "信访人", "诉求", "能否转办"].map(Column::new).into();
    Table::new("所选的事项", columns)
        .rows(page.previewed.iter().map(|one| {
            Row::link(matter_url(one.matter.id))
                .cell(&one.matter.number)
                .cell(&one.matter.petitioner_line)
                .cell(html! { span.clamp { (one.matter.claim) } })
                .cell(match &one.verdict {
                    Ok(()) if page.chosen => html! { "可以转到这里" },
                    Ok(()) => html! { "可以转办" },
                    Err(why) => html! { div { span.tag.warn { "不转" } " " (why) } },
                })
        }))
        .draw()
}

/// Which of the ticked ones are sent along: `id:version`, so that one that somebody works on meanwhile stays.
fn ticked(page: &ChoosePage, only_ready: bool) -> Markup {
    html! {
        @for one in page.previewed.iter().filter(|one| !only_ready || one.verdict.is_ok()) {
            (hidden("ids", format_args!("{}:{}", one.matter.id, one.matter.version)))
        }
    }
}

fn destination(frame: &Frame, page: &ChoosePage) -> Markup {
    let groups = page.places.iter().map(Place::choices);
    let none = (String::new(), vec![(String::new(), "请选择".to_owned())]);
    let form = page.form;
    html! {
        section.box {
            h2 { @if page.chosen { "另选去处" } @else { "转到哪里" } }
            (PostForm::to(urls::PREVIEW, &frame.csrf).body(html! {
                (ticked(page, false))
                (select_grouped("to", "转给", std::iter::once(none).chain(groups)).value(&form.to).told(page.complaints))
                (textarea("note", "要求（可不填，每件都写同样的要求）", 3).value(&form.note).told(page.complaints))
                @if page.officer { (excuses(page)) }
                p.soft { "下一步先看每一件能不能转，还不会转出。" }
                button.primary[!page.chosen] { "看看能不能转" }
            }))
        }
    }
}

/// For each matter that would go to the judge of its case, why it does.
fn excuses(page: &ChoosePage) -> Markup {
    html! {
        @for (row, one) in page.previewed.iter().filter(|one| one.case_judge).enumerate() {
            (hidden("excuse_for", one.matter.id))
            (textarea("excuse", &format!("{}由原案承办人办理的理由（不填的，这一件不转）", one.matter.number), 2)
                .row(row).value(page.form.excuse_of(one.matter.id)).told(page.complaints))
        }
    }
}

fn confirm(frame: &Frame, page: &ChoosePage) -> Markup {
    let (ready, all) = (page.ready(), page.previewed.len());
    let place = page.places.iter().find_map(|place| place.named(&page.form.to)).unwrap_or_default();
    html! {
        section.next {
            h2 { "转给" (place) }
            p {
                "所选 " (all) " 件中，" strong { (ready) " 件" } "可以转。"
                @if ready < all { "其余 " (all - ready) " 件不转，原因见下表。" }
                "对方接办之前，仍由现在的责任人负责。"
            }
            @if !page.form.note.trim().is_empty() { p { "要求：" (page.form.note) } }
            (PostForm::to(urls::SEND, &frame.csrf).body(html! {
                (ticked(page, true))
                (hidden("to", &page.form.to))
                (hidden("note", &page.form.note))
                @for one in page.previewed.iter().filter(|one| one.case_judge && one.verdict.is_ok()) {
                    (hidden("excuse_for", one.matter.id))
                    (hidden("excuse", page.form.excuse_of(one.matter.id)))
                }
                (hidden("submission_key", page.key))
                button.primary { "确认转办 " (ready) " 件" }
            }))
        }
    }
}

/// What became of each.
pub fn done(frame: &Frame, done: &Done) -> Markup {
    let referred = done.outcomes.iter().filter(|one| one.item.referred).count();
    let left = done.outcomes.len() - referred;
    let row = |one: &Outcome| {
        let row = one.matter.as_ref().map_or_else(Row::plain, |matter| Row::link(matter_url(matter.id)));
        let (number, who) = match &one.matter {
            Some(matter) => (matter.number.as_str(), matter.petitioner_line.as_str()),
            None => ("（您现在看不到此件）", ""),
        };
        row.cell(number).cell(who).cell(html! {
            @if one.item.referred { "已转办" } @else { div { span.tag.warn { "没有转" } " " (one.item.why_not) } }
        })
    };
    frame.titled("批量转办的结果", "life#bulk").back(MATTERS, "信访事项台账").body(html! {
        p {
            "转给" (done.to) "：已转办 " strong { (referred) " 件" }
            @if left > 0 { "，没有转的 " strong { (left) " 件" } "，请看原因后单独处理" } "。"
        }
        (Table::new("批量转办的结果", ["编号", "信访人", "结果"].map(Column::new).into())
            .rows(done.outcomes.iter().map(row))
            .empty(html! { p { "没有转办任何事项。" } })
            .draw())
    })
}
