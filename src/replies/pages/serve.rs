//! Recording how a reply was served.

use super::titled;
use crate::matters::stages::Event;
use crate::matters::urls::event;
use crate::replies::forms::ServeForm;
use crate::replies::types::{Remedy, ServiceManner};
use crate::replies::urls;
use crate::replies::views::Whole;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, date, file, select, text, textarea};
use maud::{Markup, html};

pub fn serve(frame: &Frame, whole: &Whole, form: &ServeForm, complaints: &Complaints) -> Markup {
    let (matter, draft) = (&whole.matter, &whole.shown.draft);
    let manners =
        std::iter::once(("", "请选择")).chain(ServiceManner::ALL.iter().map(|one| (one.code(), one.label())));
    titled(
        frame,
        matter,
        Event::ServeReply,
        "life#serve-reply",
        html! {
            p { a.button href=(urls::paper(matter.id)) { "打印答复意见书" } "　盖院印后送达，再在这里记录。" }
            (complaints.summary())
            (PostForm::to(&event(matter.id, Event::ServeReply), &frame.csrf).multipart().body(html! {
                (complaints.version("version", matter.version, form.version))
                (complaints.version("reply_version", draft.version, form.reply_version))
                (select("manner", "送达方式", manners).value(&form.manner).told(complaints))
                (text("recipient", "收件人").value(&form.recipient).told(complaints)
                    .hint("实际签收的人；代收的写明与信访人的关系。"))
                (text("tracking", "挂号信、快递单号（邮寄送达时填）").value(&form.tracking).told(complaints))
                (date("served_on", "送出日期").value(&form.served_on).told(complaints))
                (date("received_on", "信访人收到日期（知道时填）").value(&form.received_on).told(complaints)
                    .hint(match draft.remedy {
                        Remedy::Review => "申请复查的30日从收到之日起算；不填的，从送出之日起算。",
                        Remedy::Procedure => "邮寄的，查到签收以后在事项页补记。",
                    }))
                (textarea("proof", "送达凭证", 2).value(&form.proof).told(complaints)
                    .hint("如送达回证编号、签收查询结果；也可以上传扫描件。"))
                (file("paper", "上传凭证", "image/*,.pdf", true))
                button.primary { "记录送达" }
            }))
        },
    )
}
