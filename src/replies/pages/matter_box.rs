//! The box on a matter's page.

use crate::replies::types::DraftState;
use crate::replies::urls;
use crate::replies::views::{BoxData, Shown};
use crate::time::Moment;
use crate::web::formats;
use maud::{Markup, html};

/// The matter's replies, the newest first; nothing where none was begun.
pub fn matter_box(data: &BoxData) -> Markup {
    html! {
        @if let Some(newest) = data.versions.first() {
            section.box aria-labelledby="reply" {
                h2 id="reply" { "答复意见书" }
                p { strong { (newest.draft.state.label()) } "　第" (newest.draft.number) "稿，" (newest.drafter) "起草" }
                (decided(newest))
                (served(newest))
                p {
                    a href=(urls::paper(data.matter)) { "查看、打印" }
                    @if data.may_receive { "　" a href=(urls::receipt(data.matter)) { "补记签收" } }
                }
                @if data.versions.len() > 1 {
                    details.more {
                        summary { "以前各稿（" (data.versions.len() - 1) "）" }
                        ul.plain { @for one in data.versions.iter().skip(1) { li { "第" (one.draft.number) "稿　" (one.draft.state.label()) (decided(one)) } } }
                    }
                }
            }
        }
    }
}

fn decided(shown: &Shown) -> Markup {
    let draft = &shown.draft;
    html! {
        @if let (Some(by), Some(at)) = (&shown.decided_by, draft.decided_at) {
            p.soft {
                (by) "　" (formats::short_moment(Moment::from_utc(at))) "　"
                @if draft.state == DraftState::Returned { "退回：" (draft.reason) } @else { "批准" }
            }
        }
    }
}

fn served(shown: &Shown) -> Markup {
    let draft = &shown.draft;
    html! {
        @if let (Some(manner), Some(on)) = (draft.manner, draft.served_on) {
            p {
                (manner.label()) "，" (formats::plain_date(on)) "送出，收件人" (draft.recipient)
                @if let Some(received) = draft.received_on { "，" (formats::plain_date(received)) "收到" }
                @if !draft.tracking.is_empty() { "，单号" (draft.tracking) }
            }
            @if !draft.proof.is_empty() { p.soft { "凭证：" (draft.proof) } }
        }
    }
}
