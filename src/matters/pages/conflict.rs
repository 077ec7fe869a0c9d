//! Somebody else was there first: how the matter stands now beside what was typed, and the way on.

use super::conflict_words::{choice, labels};
use super::detail::head_line;
use super::list::due_cell;
use crate::matters::stages::Event;
use crate::matters::types::TimelineEntry;
use crate::matters::urls;
use crate::matters::views::Listed;
use crate::time::Moment;
use crate::web::form::{PostForm, hidden};
use crate::web::{Frame, formats};
use maud::{Markup, html};

/// What the page is drawn from.
pub struct ConflictPage<'a> {
    /// The matter as it stands now.
    pub listed: &'a Listed,
    /// What happened to it last, the newest first.
    pub latest: &'a [TimelineEntry],
    /// What this person wanted to do.
    pub event: Event,
    /// What they had typed: field and value.
    pub typed: &'a [(String, String)],
    /// What the form is about besides the matter, as it stands now: the reply, what was filed.
    pub now: &'a [(String, String)],
    /// The reply as it stands now, whole.
    pub reply: Option<Markup>,
    /// What the ids among what was typed are called: field, id, words.
    pub named: &'a [(&'static str, String, String)],
    /// The versions that the form would name if it were sent again.
    pub fresh: &'a [(&'static str, String)],
    /// They may still do it, as the matter stands now.
    pub may_still: bool,
    /// Files were chosen, which a page can't hold.
    pub files: bool,
}

impl ConflictPage<'_> {
    /// What was typed, in the words of its form.
    fn said(&self) -> Vec<(&'static str, &str)> {
        let labels = labels(self.event);
        let filled = self.typed.iter().filter(|(_, value)| !value.is_empty());
        let said = filled.filter_map(|(name, value)| {
            let (_, label) = labels.iter().find(|(field, _)| field == name)?;
            let known = self.named.iter().find(|(field, id, _)| field == name && id == value);
            let words = known.map(|(_, _, words)| words.as_str()).or_else(|| choice(self.event, name, value));
            Some((*label, words.unwrap_or(value)))
        });
        said.collect()
    }
}

pub fn conflict(frame: &Frame, page: &ConflictPage) -> Markup {
    let matter = &page.listed.matter;
    let here = urls::event(matter.id, page.event);
    frame.titled("别人刚刚办理过这件事项", "life#conflict").back(urls::matter(matter.id), &matter.number).body(html! {
        (head_line(matter))
        p { "您打开页面以后，有人先办理了这件事项，您要办的“" (page.event.label()) "”还没有提交。请对照两边，再决定怎么办。" }
        div.two {
            section.box {
                h2 { "现在的情况" }
                dl.facts {
                    dt { "阶段" } dd { (matter.stage.label()) }
                    dt { "责任人" } dd { (page.listed.accountable) }
                    dt { "下一时限" } dd { (due_cell(page.listed.due.as_ref())) }
                    @for (label, value) in page.now { dt { (label) } dd.keep-lines { (value) } }
                }
                @if let Some(reply) = &page.reply { (reply) }
                ol.timeline {
                    @for entry in page.latest {
                        li {
                            p.soft { (formats::short_moment(Moment::from_utc(entry.at))) "　" (entry.kind.label()) "　" (entry.staff_name) }
                            p { (entry.text) }
                        }
                    }
                }
            }
            section.box {
                h2 { "您要办的：" (page.event.label()) }
                dl.facts { @for (label, value) in page.said() { dt { (label) } dd.keep-lines { (value) } } }
                @if page.may_still {
                    (PostForm::to(&here, &frame.csrf).body(html! {
                        @for (name, value) in page.fresh { (hidden(name, value)) }
                        @for (name, value) in page.typed { (hidden(name, value)) }
                        @if page.files { p { "选好的附件没有保留，提交以后请在事项页补传。" } }
                        button.primary { "情况变了，仍然" (page.event.label()) }
                    }))
                } @else {
                    p { "按现在的情况，已经不能再" (page.event.label()) "。需要的内容可以从这里抄下来。" }
                }
                p { a href=(urls::matter(matter.id)) { "不办了，回到事项页" } }
            }
        }
    })
}
