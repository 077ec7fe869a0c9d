//! Reading a submitted reply, and approving or returning it.

use super::{body, titled};
use crate::matters::stages::Event;
use crate::matters::urls::event;
use crate::replies::forms::DecideForm;
use crate::replies::urls;
use crate::replies::views::Whole;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, radios, textarea};
use crate::web::{Frame, formats};
use maud::{Markup, html};

pub fn decide(frame: &Frame, whole: &Whole, form: &DecideForm, complaints: &Complaints) -> Markup {
    let (matter, draft) = (&whole.matter, &whole.shown.draft);
    let decisions = [("approve", "批准，送达信访人"), ("return", "退回修改")];
    titled(
        frame,
        matter,
        Event::ApproveReply,
        "life#approve-reply",
        html! {
            dl.facts {
                dt { "起草人" } dd { (whole.shown.drafter) }
                @if let (Some(by), Some(at)) = (&whole.shown.submitted_by, draft.submitted_at) {
                    dt { "送审" } dd { (by) "　" (formats::short_moment(Moment::from_utc(at))) }
                }
                dt { "稿次" } dd { "第" (draft.number) "稿　" a href=(urls::paper(matter.id)) { "按打印的样子看" } }
            }
            section.box { (body(&whole.content)) }
            (complaints.summary())
            (PostForm::to(&event(matter.id, Event::ApproveReply), &frame.csrf).body(html! {
                (complaints.version("version", draft.version, form.version))
                (radios("decision", "审批意见", decisions).value(&form.decision).told(complaints))
                (textarea("reason", "退回理由（退回时填）", 3).value(&form.reason).told(complaints))
                button.primary { "确定" }
            }))
        },
    )
}
