//! One case after another, by the keyboard.

use super::share;
use crate::escalation;
use crate::matters::types::MatterKind;
use crate::matters::{Matter, urls as matters};
use crate::sweeps::forms::AnswerForm;
use crate::sweeps::types::{Answer, SweepRow};
use crate::sweeps::urls;
use crate::sweeps::views::{ListedRow, Triage};
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, hidden, text};
use crate::web::formats::short_date;
use maud::{Markup, html};

/// The page on which one case comes after another.
pub fn triage(frame: &Frame, page: &Triage, typed: &AnswerForm, complaints: &Complaints) -> Markup {
    let listed = &page.listed;
    let (sweep, counts) = (&listed.sweep, &listed.counts);
    let back = format!("{}　{}", listed.division, sweep.title());
    frame.titled("逐件排查", "sweeps#triage").back(urls::sweep(sweep.id), &back).narrow().body(html! {
        p role="status" {
            "已有结论 " (share(counts.answered(), counts.total)) "，还有 " strong { (counts.unanswered) } " 件。"
        }
        progress max=(counts.total.max(1)) value=(counts.answered()) aria-label="排查进度" {}
        @match &page.row {
            Some(row) => (asked(frame, page, row, typed, complaints)),
            None => (done(page)),
        }
        @if let Some(last) = &page.last {
            p { a href=(urls::triage_at(sweep.id, last.id)) data-press="u" { "改刚才那件：" (last.case_number) } "　" kbd { "u" }
                "　" span.soft { (last.answer.map_or("", Answer::label)) } }
        }
    })
}

fn done(page: &Triage) -> Markup {
    html! {
        section.next {
            h2 { "这张表上的案件都有了结论" }
            p { "期末三个工作日内，回到排查表点“排查完毕”。" }
            div.actions { a.button.primary href=(urls::sweep(page.listed.sweep.id)) { "回到排查表" } }
        }
    }
}

fn asked(
    frame: &Frame,
    page: &Triage,
    listed: &ListedRow,
    typed: &AnswerForm,
    complaints: &Complaints,
) -> Markup {
    let row = &listed.row;
    html! {
        section.box aria-labelledby="case" {
            h2 id="case" { (row.case_number) }
            (facts(row))
            (known(&page.about, &page.before))
        }
        @if let Some(answer) = row.answer {
            p.soft { "现在的结论是“" (answer.label()) "”，再答一次就改过来，原来的留在记录里。" }
        }
        (complaints.summary())
        (answer_form(frame, row, typed, complaints))
        p { a href=(urls::row(row.id)) { "打开这件案件：走访、结案情况、风险评估" } }
        @if row.answer.is_none() && page.listed.counts.unanswered > 1 {
            p { a href=(urls::triage_after(row.sweep_id, row.id)) data-press="n" { "先跳过这件" } "　" kbd { "n" } }
        }
    }
}

/// The answers as buttons, each with its key.
pub(super) fn answer_form(
    frame: &Frame,
    row: &SweepRow,
    typed: &AnswerForm,
    complaints: &Complaints,
) -> Markup {
    PostForm::to(&urls::answer(row.id), &frame.csrf).body(html! {
        (hidden("version", row.version))
        (hidden("from", &typed.from))
        // The Enter key in the line below must not press the first answer.
        button type="submit" disabled hidden {}
        (text("note", "说明").value(&typed.note).told(complaints)
            .hint("可以不写；列入一级的，用一句话写明发现了什么苗头"))
        div.actions {
            @for answer in Answer::ALL.iter().copied() {
                button.primary[answer == Answer::Nothing] name="answer" value=(answer.code()) data-press=(answer.key())
                    data-needs=[(answer == Answer::TierOne).then_some("f-note")] {
                    kbd { (answer.key()) } " " (answer.label())
                }
            }
        }
    })
}

/// What the sheet says of a case.
pub(super) fn facts(row: &SweepRow) -> Markup {
    html! {
        dl.facts {
            dt { "收结" } dd { (row.kind.label()) @if let Some(on) = row.happened_on { "　" (short_date(on)) } }
            @if !row.cause.is_empty() { dt { "案由" } dd { (row.cause) } }
            @if !row.parties.is_empty() { dt { "当事人" } dd { (row.parties) } }
            @if !row.judge.is_empty() { dt { "承办人" } dd { (row.judge) } }
        }
    }
}

/// What is known about the case besides.
pub(super) fn known(about: &[Matter], before: &[(chrono::NaiveDate, Answer, String)]) -> Markup {
    html! {
        @if !about.is_empty() || !before.is_empty() {
            ul.plain {
                @for one in about {
                    li {
                        span.tag.warn { (one.kind.label()) } " "
                        @let to = match one.kind { MatterKind::Sign => escalation::urls::of(one.id), MatterKind::Petition => matters::matter(one.id) };
                        a href=(to) { (one.number) } "　" span.soft { (one.stage.label()) "　" (one.claim) }
                    }
                }
                @for (from, answer, note) in before {
                    li { (from.format("%Y年%-m月").to_string()) "排查：" (answer.label()) @if !note.is_empty() { "　" span.soft { (note) } } }
                }
            }
        }
    }
}
