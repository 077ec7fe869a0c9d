//! The form that demands an answer.

use crate::matters;
use crate::supervision::boxes::Issuing;
use crate::supervision::forms::IssueForm;
use crate::supervision::types::Manner;
use crate::supervision::urls;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, hidden, radios, select, text, textarea};
use maud::{Markup, html};

pub fn issue(frame: &Frame, issuing: &Issuing, form: &IssueForm, told: &Complaints) -> Markup {
    let matter = &issuing.matter;
    let manners = Manner::ALL.iter().map(|manner| (manner.code(), manner.label()));
    let people = |staff: &[(crate::people::StaffId, String)]| {
        staff.iter().map(|(id, name)| (id.to_string(), name.clone())).collect::<Vec<_>>()
    };
    frame
        .titled(issuing.round.label(), "supervision#issue")
        .back(matters::urls::matter(matter.id), matter.number.clone())
        .lead(html! { (matter.petitioner_line) "：" (matter.claim) })
        .narrow()
        .body(html! {
            (told.summary())
            (PostForm::to(&urls::issue(matter.id), &frame.csrf).enter_next().body(html! {
                (hidden("after", &form.after))
                (radios("manner", "督办方式", manners).value(&form.manner).told(told).required())
                (select("addressee", "收件人", people(&issuing.addressees)).value(&form.addressee).told(told)
                    .required().hint("事项责任人，或者所在庭室的负责人。"))
                (textarea("demand", "要求", 4).value(&form.demand).told(told).required()
                    .hint("写明要办什么、答复什么，例如：说明评估拍卖进展，并当面答复信访人。"))
                (textarea("spoken", "督办情况（电话、现场督办时填）", 3).value(&form.spoken).told(told)
                    .hint("和谁通话、到哪里、对方怎么说。"))
                (text("referral", "原交办编号").value(&form.referral).told(told).hint("不填的用事项编号。"))
                (select("signer", "签发人", people(&issuing.signers)).value(&form.signer).told(told).required())
                p.soft { "答复期限按“时限与规则”推算：第一次五个工作日，第二次和报告院长后三个工作日（本院可以修改）。" }
                div.actions { button.primary { "发出督办" } }
            }))
        })
}
