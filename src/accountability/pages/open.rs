//! The form that opens a review.

use super::choices;
use crate::accountability::forms::OpenForm;
use crate::accountability::urls;
use crate::accountability::views::Opening;
use crate::matters;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, select, textarea};
use maud::{Markup, html};

pub fn open(frame: &Frame, opening: &Opening, form: &OpenForm, told: &Complaints) -> Markup {
    let matter = &opening.matter;
    frame
        .titled("开展责任倒查", "accountability#open")
        .back(matters::urls::matter(matter.id), matter.number.clone())
        .lead(html! { (matter.petitioner_line) "：" (matter.claim) })
        .narrow()
        .body(html! {
            (told.summary())
            (PostForm::to(&urls::open(matter.id), &frame.csrf).enter_next().body(html! {
                (select("staff", "被核查人", choices(&opening.staff)).value(&form.staff).told(told).required()
                    .hint("先选一人，其余的在下一页添加。送达以前本人看不到，经过和邮件里也没有。"))
                (textarea("grounds", "事由", 4).value(&form.grounds).told(told).required()
                    .hint("写明案件办理中可能存在什么问题，从哪里发现的。"))
                div.actions { button.primary { "开展责任倒查" } }
            }))
        })
}
