//! Recording when a served reply was received.

use crate::matters::Matter;
use crate::matters::pages::head_line;
use crate::matters::urls::matter as matter_url;
use crate::replies::forms::ReceiptForm;
use crate::replies::types::{Draft, Remedy};
use crate::replies::urls;
use crate::web::form::{Complaints, PostForm, date, file, hidden, textarea};
use crate::web::{Frame, formats};
use maud::{Markup, html};

pub fn receipt(
    frame: &Frame,
    (matter, draft): (&Matter, &Draft),
    form: &ReceiptForm,
    complaints: &Complaints,
) -> Markup {
    frame.titled("补记签收", "life#serve-reply").back(matter_url(matter.id), &matter.number).body(html! {
        (head_line(matter))
        dl.facts {
            @if let Some(on) = draft.served_on { dt { "送出日期" } dd { (formats::date(on)) } }
            @if !draft.tracking.is_empty() { dt { "单号" } dd { (draft.tracking) } }
            dt { "签收日期" } dd { @match draft.received_on { Some(on) => (formats::date(on)), None => "还没有记录" } }
        }
        (complaints.summary())
        (PostForm::to(&urls::receipt(matter.id), &frame.csrf).multipart().body(html! {
            (hidden("version", form.version))
            (date("received_on", "信访人收到日期").value(&form.received_on).told(complaints).required()
                .hint(match draft.remedy {
                    Remedy::Review => "申请复查的30日改从这一天起算",
                    Remedy::Procedure => "以邮政、快递的签收查询结果为准",
                }))
            (textarea("proof", "凭证", 2).value(&form.proof).told(complaints).required()
                .hint("如签收查询结果、回执编号；也可以上传扫描件。"))
            (file("paper", "上传凭证", "image/*,.pdf", true))
            p.soft { "写成新的一条经过，原来的送达记录不变。" }
            button.primary { "记录签收" }
        }))
    })
}
