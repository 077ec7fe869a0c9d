//! The form for a report heard or a party met.

use super::{choices, form};
use crate::enforcement::forms::TalkForm;
use crate::enforcement::types::{Talk, TalkKind};
use crate::enforcement::urls;
use crate::enforcement::views::Offering;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, date, hidden, select, text, textarea};
use crate::web::formats::plain_date;
use maud::{Markup, html};

/// What the form is drawn from.
pub struct TalkPage<'a> {
    pub offering: &'a Offering,
    pub kind: TalkKind,
    /// What it corrects.
    pub old: Option<&'a Talk>,
    pub typed: &'a TalkForm,
}

pub fn talk(frame: &Frame, page: &TalkPage, told: &Complaints) -> Markup {
    let id = page.offering.detail.matter.id;
    let title = match (page.kind, page.old) {
        (TalkKind::ReportHeard, None) => "记录听取汇报",
        (TalkKind::PartyMet, None) => "记录约见当事人",
        (TalkKind::ReportHeard | TalkKind::PartyMet, Some(_)) => "更正记录",
    };
    let to = match (page.old, page.kind) {
        (Some(old), _) => urls::correct_talk(old.id),
        (None, TalkKind::ReportHeard) => urls::report(id),
        (None, TalkKind::PartyMet) => urls::party(id),
    };
    form(
        frame,
        &page.offering.detail,
        (title, "enforcement#talks"),
        html! {
            @if let Some(old) = page.old { (correcting(old)) }
            (told.summary())
            (PostForm::to(&to, &frame.csrf).enter_next().body(html! {
                (hidden("submission", &page.typed.submission))
                (fields(page, told))
                p.soft { "记录会写进事项的经过，以后不能修改；写错了的，按“更正”再记一次。" }
                div.actions { button.primary { "记录" } }
            }))
        },
    )
}

fn correcting(old: &Talk) -> Markup {
    html! {
        blockquote {
            p.soft { (plain_date(old.held_on)) "　" (old.kind.label()) "　" (old.party) }
            p.keep-lines { (old.said) }
            @if !old.decided.is_empty() { p.keep-lines { (old.decided) } }
        }
    }
}

fn fields(page: &TalkPage, told: &Complaints) -> Markup {
    let (offering, typed) = (page.offering, page.typed);
    match page.kind {
        TalkKind::ReportHeard => html! {
            (select("staff", "听取汇报的领导", choices(&offering.leaders)).value(&typed.staff).told(told).required())
            (date("held_on", "日期（不填就是今天）").value(&typed.held_on).told(told))
            (textarea("said", "汇报了什么", 4).value(&typed.said).told(told).required()
                .hint("谁汇报、执行到哪一步、难点在哪里。"))
            (textarea("decided", "决定了什么", 3).value(&typed.decided).told(told).required())
        },
        TalkKind::PartyMet => html! {
            (text("party", "约见了谁").value(&typed.party).told(told).required().hint("例如：申请执行人任长河；被执行人某公司的法定代表人。"))
            (select("staff", "由谁约见", choices(&offering.owners)).value(&typed.staff).told(told).required())
            (date("held_on", "日期（不填就是今天）").value(&typed.held_on).told(told))
            (textarea("said", "谈了什么", 4).value(&typed.said).told(told).required())
            (textarea("decided", "怎么答复的、约定了什么（可不填）", 3).value(&typed.decided).told(told))
        },
    }
}
