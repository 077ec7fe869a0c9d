//! The forms for sums due, payments and corrections.

use super::form;
use crate::enforcement::forms::{CorrectForm, DueForm, PaymentForm};
use crate::enforcement::types::{PaidBy, Posting};
use crate::enforcement::urls;
use crate::enforcement::views::Detail;
use crate::web::Frame;
use crate::web::form::{Complaints, Field, PostForm, date, hidden, radios, text, textarea};
use crate::web::formats::{money, plain_date};
use maud::{Markup, html};

fn amount<'a>(label: &'a str, value: &str, told: &Complaints) -> Field<'a> {
    text("amount", label)
        .value(value)
        .told(told)
        .size("w-half")
        .inputmode("text")
        .hint("单位是元，例如 12345.60；也可以写 1.2万、3万5000元。")
}

pub fn due(frame: &Frame, detail: &Detail, typed: &DueForm, told: &Complaints) -> Markup {
    let now = detail.balance.due;
    let title = if now.is_some() { "变更应执行金额" } else { "确定应执行金额" };
    form(
        frame,
        detail,
        (title, "enforcement#money"),
        html! {
            @if let Some(due) = now { p { "现行的应执行金额是 " strong { (money(due)) } "。" (detail.balance.sentence()) } }
            (told.summary())
            (PostForm::to(&urls::due(detail.matter.id), &frame.csrf).enter_next().body(html! {
                (hidden("submission", &typed.submission))
                (amount("应执行金额", &typed.amount, told).required())
                (textarea("reason", "依据", 2).value(&typed.reason).told(told).required()
                    .hint("判决、调解、和解协议或者裁定的文号，包括不包括利息；变更的写明为什么变更。"))
                (date("fixed_on", "从哪一天起（不填就是今天）").value(&typed.fixed_on).told(told))
                div.actions { button.primary { (title) } }
            }))
        },
    )
}

pub fn payment(frame: &Frame, detail: &Detail, typed: &PaymentForm, told: &Complaints) -> Markup {
    let manners = PaidBy::ALL.iter().map(|manner| (manner.code(), manner.label()));
    form(
        frame,
        detail,
        ("登记到账", "enforcement#money"),
        html! {
            p { (detail.balance.sentence()) }
            (told.summary())
            (PostForm::to(&urls::payment(detail.matter.id), &frame.csrf).enter_next().body(html! {
                (hidden("submission", &typed.submission))
                (amount("到账金额", &typed.amount, told).required())
                (date("paid_on", "到账日期（不填就是今天）").value(&typed.paid_on).told(told))
                (radios("manner", "到账方式", manners).value(&typed.manner).told(told).required())
                (text("payer", "付款人（可不填）").value(&typed.payer).told(told))
                (textarea("note", "说明（可不填）", 2).value(&typed.note).told(told)
                    .hint("例如：第三期；已经发放给申请执行人。"))
                div.actions { button.primary { "登记到账" } }
            }))
        },
    )
}

pub fn correct_posting(
    frame: &Frame,
    (detail, old): (&Detail, &Posting),
    typed: &CorrectForm,
    told: &Complaints,
) -> Markup {
    form(
        frame,
        detail,
        ("更正", "enforcement#money"),
        html! {
            p {
                "要更正的是：" (plain_date(old.happened_on)) "，" (old.kind.label()) " " strong { (money(old.amount_fen)) }
                @if let Some(manner) = old.manner { "，" (manner.label()) }
                @if !old.payer.is_empty() { "，" (old.payer) }
                "。" (old.note)
            }
            (told.summary())
            (PostForm::to(&urls::correct_posting(old.id), &frame.csrf).enter_next().body(html! {
                (hidden("submission", &typed.submission))
                (amount("正确的金额（这一笔本来就不该记的，不填）", &typed.amount, told))
                (textarea("reason", "哪里错了", 2).value(&typed.reason).told(told).required())
                p.soft { "原来的记录保留，另记一笔冲销；填了正确金额的，再按同一天、同一方式补记一笔。日期或者方式错了的，先不填金额冲销，再重新登记。" }
                div.actions { button.primary { "更正" } }
            }))
        },
    )
}
