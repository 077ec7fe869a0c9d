//! What somebody is told about themselves, and what they may say to it.

use crate::accountability::forms::StatementForm;
use crate::accountability::types::{Review, Reviewed};
use crate::accountability::urls;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, textarea};
use crate::web::{Frame, formats};
use maud::{Markup, html};

pub fn mine(frame: &Frame, own: &[(Reviewed, Review)], form: &StatementForm, told: &Complaints) -> Markup {
    frame.titled("送达我的文书", "account").narrow().body(html! {
        (told.summary())
        @if own.is_empty() { p { "没有送达您的文书。" } }
        @for (nth, (person, review)) in own.iter().enumerate() {
            section.box {
                h2 { "责任倒查意见" }
                dl.facts {
                    dt { "对您的核查意见" } dd { (person.finding) }
                    dt { "处理措施" } dd { (person.measure) }
                    dt { "由谁决定" } dd { (review.decided_by) @if let Some(on) = review.decided_on { "，" (formats::plain_date(on)) } }
                    @if let Some(at) = person.notified_at { dt { "送达时间" } dd { (formats::moment(Moment::from_utc(at))) } }
                    @if let Some(at) = person.stated_at {
                        dt { "您的意见" } dd { (person.statement) "\n" (formats::moment(Moment::from_utc(at))) }
                    }
                }
                @if person.stated_at.is_none() {
                    (PostForm::to(&urls::statement(review.id), &frame.csrf).body(html! {
                        (textarea("statement", "您的意见（同意，或者说明理由）", 3).row(nth).value(&form.statement).required())
                        div.actions { button.primary { "提交意见" } }
                    }))
                }
            }
        }
    })
}
