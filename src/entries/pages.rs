//! The form of an entry, and of a correction.

use super::forms::{CorrectForm, NoteForm};
use super::rules::KINDS;
use super::urls;
use crate::matters::Matter;
use crate::matters::pages::head_line;
use crate::matters::types::TimelineEntry;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, date, file, radios, text, textarea, tick};
use crate::web::{Frame, formats};
use maud::{Markup, html};

pub fn note(frame: &Frame, matter: &Matter, form: &NoteForm, complaints: &Complaints) -> Markup {
    let kinds = KINDS.map(|kind| (kind.code(), kind.label()));
    let chosen = if form.kind.is_empty() { "progress" } else { &form.kind };
    titled(
        frame,
        matter,
        "记录",
        html! {
            (complaints.summary())
            (PostForm::to(&urls::note(matter.id), &frame.csrf).multipart().body(html! {
                (complaints.version("version", matter.version, form.version))
                (radios("kind", "类别", kinds).value(chosen).told(complaints))
                (textarea("text", "经过和结果", 5).value(&form.text).told(complaints))
                (tick("told", "已把进展告知信访人").value(&form.told).told(complaints)
                    .hint("勾选后，“告知进展”的期限即为已履行，并从今天起计算下一次。"))
                (date("happened_on", "发生日期（不填就是今天）").value(&form.happened_on).told(complaints))
                (text("others", "参加的单位或者人员（调解、听证、专家意见必填）").value(&form.others).told(complaints))
                (text("place", "地点（可不填）").value(&form.place).told(complaints))
                (file("paper", "材料（可不选）", "image/*,.pdf,.doc,.docx,.xls,.xlsx,.txt", true))
                button.primary { "记录" }
            }))
            p.soft { "记录以后不能修改；写错了，在事项页的经过里按“更正”。" }
        },
    )
}

pub fn correct(
    frame: &Frame,
    matter: &Matter,
    old: &TimelineEntry,
    form: &CorrectForm,
    complaints: &Complaints,
) -> Markup {
    titled(
        frame,
        matter,
        "更正",
        html! {
            blockquote {
                p.soft { (formats::short_moment(Moment::from_utc(old.at))) "　" (old.kind.label()) "　" (old.staff_name) }
                p { (old.text) }
            }
            (complaints.summary())
            (PostForm::to(&urls::correct(matter.id, old.id), &frame.csrf).body(html! {
                (textarea("text", "哪里有误，正确的是什么", 4).value(&form.text).told(complaints))
                button.primary { "更正" }
            }))
            p.soft { "原来的记录保留不动，更正作为新的一条写在经过里，期限不因更正而变动。" }
        },
    )
}

fn titled(frame: &Frame, matter: &Matter, title: &str, body: Markup) -> Markup {
    frame
        .titled(title, "life#note")
        .back(crate::matters::urls::matter(matter.id), &matter.number)
        .body(html! { (head_line(matter)) (body) })
}
