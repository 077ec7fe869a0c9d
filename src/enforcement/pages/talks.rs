//! The form for a report heard or a party met.

use super::{choices, form};
use crate::enforcement::forms::TalkForm;
use crate::enforcement::types::{Talk, TalkKind};
use crate::enforcement::urls;
use crate::enforcement::views::Offering;
use crate::people::StaffId;
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

impl TalkPage<'_> {
    /// Who can be chosen: also whoever the old record names, though they have left.
    fn offered(&self) -> Vec<(StaffId, String)> {
        let mut offered = match self.kind {
            TalkKind::ReportHeard => self.offering.leaders.clone(),
            TalkKind::PartyMet => self.offering.owners.clone(),
        };
        let talks = &self.offering.detail.talks;
        let then = self.old.and_then(|old| talks.iter().find(|(talk, _)| talk.id == old.id));
        if let Some((old, name)) = then
            && !offered.iter().any(|(id, _)| *id == old.staff_id)
        {
            offered.push((old.staff_id, format!("{name}（原记录）")));
        }
        offered
    }
}

pub fn talk(frame: &Frame, page: &TalkPage, told: &Complaints) -> Markup {
    let title = match (page.kind, page.old) {
        (TalkKind::ReportHeard, None) => "记录听取汇报",
        (TalkKind::PartyMet, None) => "记录约见当事人",
        (TalkKind::ReportHeard | TalkKind::PartyMet, Some(_)) => "更正记录",
    };
    form(
        frame,
        &page.offering.detail,
        (title, "enforcement#talks"),
        html! {
            @if let Some(old) = page.old { (correcting(old)) }
            (told.summary())
            (asked(frame, page, told))
        },
    )
}

fn asked(frame: &Frame, page: &TalkPage, told: &Complaints) -> Markup {
    let id = page.offering.detail.matter.id;
    let to = match (page.old, page.kind) {
        (Some(old), _) => urls::correct_talk(old.id),
        (None, TalkKind::ReportHeard) => urls::report(id),
        (None, TalkKind::PartyMet) => urls::party(id),
    };
    html! {
        (PostForm::to(&to, &frame.csrf).enter_next().body(html! {
            (hidden("submission", &page.typed.submission))
            (fields(page, told))
            p.soft { "记录会写进事项的经过，以后不能修改；写错了的，按“更正”再记一次。" }
            div.actions { button.primary { "记录" } }
        }))
    }
}

/// Somebody else corrected the record meanwhile; `page` corrects theirs, with what was typed.
pub fn talk_conflict(frame: &Frame, page: &TalkPage) -> Markup {
    let back = urls::of_matter(page.offering.detail.matter.id);
    frame
        .titled("别人刚刚更正过这条记录", "enforcement#talks")
        .back(&back, "执行任务和到账")
        .body(html! {
            p { "您打开页面以后，有人先更正了，您填写的还没有提交。请对照两边：内容一致的不用再记；还有出入的，可以再作一次更正。" }
            div.two {
                section.box { h2 { "现在的记录" } @if let Some(newer) = page.old { (correcting(newer)) } }
                section.box { h2 { "您填写的" } (asked(frame, page, &Complaints::default())) }
            }
            p { a href=(back) { "不提交了，回到执行任务和到账" } }
        })
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
    let (offered, typed) = (page.offered(), page.typed);
    match page.kind {
        TalkKind::ReportHeard => html! {
            (select("staff", "听取汇报的领导", choices(&offered)).value(&typed.staff).told(told).required())
            (date("held_on", "日期（不填就是今天）").value(&typed.held_on).told(told))
            (textarea("said", "汇报了什么", 4).value(&typed.said).told(told).required()
                .hint("谁汇报、执行到哪一步、难点在哪里。"))
            (textarea("decided", "决定了什么", 3).value(&typed.decided).told(told).required())
        },
        TalkKind::PartyMet => html! {
            (text("party", "约见了谁").value(&typed.party).told(told).required().hint("例如：申请执行人任长河；被执行人某公司的法定代表人。"))
            (select("staff", "由谁约见", choices(&offered)).value(&typed.staff).told(told).required())
            (date("held_on", "日期（不填就是今天）").value(&typed.held_on).told(told))
            (textarea("said", "谈了什么", 4).value(&typed.said).told(told).required())
            (textarea("decided", "怎么答复的、约定了什么（可不填）", 3).value(&typed.decided).told(told))
        },
    }
}
