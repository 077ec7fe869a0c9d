//! The paper: 答复意见书, with the court's name, never an office's.

use crate::matters::urls;
use crate::replies::rules::numbered;
use crate::replies::types::{Content, DraftState};
use crate::replies::views::Whole;
use crate::time::Moment;
use crate::web::formats::plain_date;
use crate::web::{Frame, Paper};
use maud::{Markup, html};

pub fn paper(frame: &Frame, whole: &Whole) -> Markup {
    let draft = &whole.shown.draft;
    let final_ = matches!(draft.state, DraftState::Approved | DraftState::Served);
    let back = urls::matter(whole.matter.id);
    let sheet = html! {
        h1 { (whole.court) br; "答复意见书" }
        p.sheet-number { (whole.matter.number) @if !final_ { "　（" (draft.state.label()) "，不得送达）" } }
        p { strong { "关于" (whole.petitioners) "信访事项的答复意见" } }
        p { (whole.petitioners) "：" }
        (body(&whole.content))
        div.sign {
            span { "（院印）" }
            span {
                (whole.court) br;
                @if let Some(at) = draft.decided_at.filter(|_| final_) { (plain_date(Moment::from_utc(at).today())) }
                @else { "＿＿＿＿年＿＿月＿＿日" }
            }
        }
        p.soft { "本意见书一式三份：送信访人、存卷、抄送交办机关（有交办机关的）。" }
    };
    frame.paper("答复意见书", Paper::A4, &back, false, sheet)
}

/// What it says, from the receipt to the remedy.
pub fn body(content: &Content) -> Markup {
    html! {
        p.keep-lines { (content.receipt) }
        @for (at, item) in content.items.iter().enumerate() {
            section {
                h2 { (numbered(at)) "、" (item.claim) }
                p.keep-lines { strong { "查明的事实：" } (item.facts) }
                p.keep-lines { strong { "依据：" } (item.basis) }
                p.keep-lines {
                    strong { "意见：" }
                    @if let Some(outcome) = item.outcome { (outcome.label()) "。" }
                    (item.opinion)
                }
            }
        }
        p.keep-lines { (content.remedy_text) }
    }
}
