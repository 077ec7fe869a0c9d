//! Writing a reply, item by item.

use super::titled;
use crate::matters::stages::Event;
use crate::matters::urls::event;
use crate::replies::forms::DraftForm;
use crate::replies::rules::remedy_text;
use crate::replies::types::{Outcome, Remedy};
use crate::replies::urls;
use crate::replies::views::Writing;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, hidden, radios, repeat, select, textarea};
use maud::{Markup, html};

const LABELS: [(&str, &str); 8] = [
    ("receipt", "收到和受理情况"),
    ("claim", "诉求"),
    ("facts", "查明的事实"),
    ("basis", "依据"),
    ("outcome", "处理意见"),
    ("opinion", "意见的内容"),
    ("remedy", "救济途径"),
    ("remedy_text", "救济途径的文字"),
];

pub fn draft(frame: &Frame, writing: &Writing, form: &DraftForm, complaints: &Complaints) -> Markup {
    let matter = &writing.found.matter;
    let (here, keep) = (event(matter.id, Event::DraftReply), urls::keep(matter.id));
    let post = PostForm::to(&here, &frame.csrf);
    let post = if writing.approved { post } else { post.draft(&keep) };
    let rows = (0..form.items()).map(|row| item(form, row, complaints)).collect();
    let blank = item(&DraftForm::default(), 0, &Complaints::default());
    let remedies = Remedy::ALL.iter().map(|remedy| (remedy.code(), remedy.label()));
    titled(
        frame,
        matter,
        Event::DraftReply,
        "life#draft-reply",
        html! {
            (complaints.summary_naming(&LABELS))
            @if let Some(reason) = &writing.returned { div.box { h2 { "退回理由" } p.keep-lines { (reason) } } }
            @if writing.approved {
                p.notice { "这份答复意见书已经批准。修改后保存的，原来的批准作废，须重新送审。" }
            }
            (post.body(html! {
                (hidden("number", form.number))
                (hidden("version", form.version))
                (textarea("receipt", "收到和受理情况", 3).value(&form.receipt).told(complaints)
                    .hint("何时、通过什么方式收到；上级转来的写明由谁、何时转来。"))
                (repeat("item", "逐项答复", rows, blank).one("第").add_label("再加一项诉求").most(20))
                (radios("remedy", "救济途径", remedies).value(&form.remedy).told(complaints))
                (textarea("remedy_text", "救济途径的文字", 3).value(&form.remedy_text).told(complaints)
                    .hint("没有法定程序的，告知30日内可以申请复查；有法定程序的，不得告知复查。"))
                details.more {
                    summary { "两种救济途径的常用文字" }
                    ul { @for remedy in Remedy::ALL { li { strong { (remedy.label()) } "：" (remedy_text(*remedy)) } } }
                }
                div.actions.sticky-actions {
                    button.primary name="go" value="submit" { "送审" }
                    button name="go" value="save" { "保存，不送审" }
                }
            }))
        },
    )
}

fn item(form: &DraftForm, row: usize, complaints: &Complaints) -> Markup {
    let value = |column: &[String]| DraftForm::at(column, row).to_owned();
    let outcomes =
        std::iter::once(("", "请选择")).chain(Outcome::ALL.iter().map(|one| (one.code(), one.label())));
    html! {
        (textarea("claim", "诉求", 2).row(row).value(value(&form.claim)).told(complaints))
        (textarea("facts", "查明的事实（时间、地点、经过）", 4).row(row).value(value(&form.facts)).told(complaints))
        (textarea("basis", "法律、政策依据", 3).row(row).value(value(&form.basis)).told(complaints))
        (select("outcome", "处理意见", outcomes).row(row).value(value(&form.outcome)).told(complaints))
        (textarea("opinion", "意见的内容", 3).row(row).value(value(&form.opinion)).told(complaints))
    }
}
