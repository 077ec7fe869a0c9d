//! The plan as a board: what is to do, in hand, done. Each card is moved by the buttons on it, so a keyboard is enough.

use crate::escalation::types::MeasureState;
use crate::escalation::urls;
use crate::escalation::views::{Detail, MeasureShown};
use crate::web::Frame;
use crate::web::form::{hidden, post_form};
use crate::web::formats::short_date;
use maud::{Markup, html};

pub fn board(frame: &Frame, page: &Detail) -> Markup {
    html! {
        section aria-labelledby="plan" {
            h2 id="plan" { "化解方案" }
            @match &page.plan {
                Some(plan) => dl.facts {
                    dt { "症结" } dd.keep-lines { (plan.crux) }
                    dt { "化解思路" } dd.keep-lines { (plan.approach) }
                    @if !plan.division_of_work.is_empty() { dt { "分工" } dd.keep-lines { (plan.division_of_work) } }
                },
                None => p.soft { "还没有写化解方案。" },
            }
            div.columns.top-aligned {
                @for state in MeasureState::ALL {
                    section.box aria-label=(state.label()) {
                        h3 { (state.label()) "（" (page.measures.iter().filter(|one| one.measure.state == *state).count()) "）" }
                        @for one in page.measures.iter().filter(|one| one.measure.state == *state) { (card(frame, page, one)) }
                    }
                }
            }
        }
    }
}

fn card(frame: &Frame, page: &Detail, one: &MeasureShown) -> Markup {
    let measure = &one.measure;
    let (id, address) = (page.matter.id, urls::measure(page.matter.id, measure.id));
    html! {
        article.next id={ "m" (measure.id) } {
            p { (measure.text) }
            p.soft { (one.owner) "　" (short_date(measure.due_on)) "前" @if let Some(due) = &one.due { "　" (due) } }
            @if !measure.result.is_empty() { p { (measure.result) } }
            @if page.may.work {
                div.actions {
                    @if measure.state == MeasureState::ToDo {
                        (post_form(&frame.csrf, &address, html! {
                            (hidden("version", measure.version)) (hidden("state", MeasureState::Doing.code())) (hidden("result", &measure.result))
                            button { "开始办理" }
                        }))
                    }
                    @if measure.state != MeasureState::Done { a.button href=(address) { "登记结果" } }
                    @if measure.state == MeasureState::Done { a href=(address) { "改登记" } }
                }
            }
            @if measure.state == MeasureState::Done && id == measure.matter_id {
                @if let Some(on) = measure.done_on { p.soft { (short_date(on)) "完成" } }
            }
        }
    }
}
