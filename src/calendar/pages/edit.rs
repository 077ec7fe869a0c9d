//! A day to change, a year to import.

use super::super::forms::{DayForm, ImportForm, ORDINARY};
use super::super::types::{DayKind, YearStatus, is_weekend};
use super::super::urls;
use crate::web::form::{
    Choice, Complaints, PostForm, file, hidden, number, post_form, radios, text, textarea,
};
use crate::web::{Frame, formats};
use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

/// One day: what it is now, and what it is to be.
pub fn day(frame: &Frame, date: NaiveDate, now: &str, form: &DayForm, complaints: &Complaints) -> Markup {
    let mut choices: Vec<Choice> = vec![
        (ORDINARY, if is_weekend(date) { "平常的周末，休息" } else { "平常的工作日，上班" }).into(),
        (DayKind::Holiday.code(), DayKind::Holiday.label()).into(),
    ];
    if is_weekend(date) {
        choices.push((DayKind::Workday.code(), DayKind::Workday.label()).into());
    }
    frame
        .titled(&format!("修改 {}", formats::date(date)), "calendar#day")
        .back(urls::year(date.year()), format!("{}年日历", date.year()))
        .narrow()
        .lead(html! { "现在是：" (now) "。改动由安全管理员确认后生效，跨过这一天的期限会重新计算。" })
        .body(html! {
            (complaints.summary())
            (post_form(&frame.csrf, &urls::day(date), html! {
                (hidden("seen", &form.seen))
                (radios("kind", "这一天", choices).value(&form.kind).told(complaints))
                (text("name", "节日名称").hint("放假或调休上班时填写，例如：国庆节").value(&form.name).size("w-half").told(complaints))
                (text("reason", "修改理由").hint("例如：国务院办公厅通知调整").value(&form.reason).required().told(complaints))
                div.actions { button.primary { "提交待生效" } a href=(urls::year(date.year())) { "取消" } }
            }))
        })
}

/// A whole year from a list.
pub fn import(frame: &Frame, form: &ImportForm, complaints: &Complaints) -> Markup {
    let status = [YearStatus::Official, YearStatus::Provisional]
        .map(|status| Choice::from((status.code(), status.label())));
    frame
        .titled("导入放假安排", "calendar#import")
        .back(urls::CALENDAR, "工作日历")
        .narrow()
        .lead(html! { "导入后先列出有变化的日期，由安全管理员确认后才生效。" })
        .body(html! {
            (complaints.summary())
            (PostForm::to(urls::IMPORT, &frame.csrf).multipart().body(html! {
                (hidden("seen", &form.seen))
                (number("year", "哪一年").value(&form.year).size("w-number").required().told(complaints))
                (radios("status", "状态", status).value(&form.status).told(complaints))
                (text("source", "来源").hint("通知的名称和文号，例如：国务院办公厅关于2027年部分节假日安排的通知").value(&form.source).required().told(complaints))
                (textarea("list", "放假和调休的日期", 12)
                    .hint("每行一天：日期、放假或上班、节日名称，用逗号隔开，可以直接从 Excel 复制粘贴。周六、周日照常休息的不用写。例如：2027-02-05,放假,春节")
                    .value(&form.list).told(complaints))
                (file("file", "或者选择 CSV 文件", ".csv,.txt", false).hint("选了文件就以文件为准。").told(complaints))
                div.actions { button.primary { "查看变化" } a href=(urls::CALENDAR) { "取消" } }
            }))
        })
}
