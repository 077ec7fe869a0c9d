//! Correcting the day of receipt: first what is typed, then what it would move, to be confirmed.

use crate::deadlines::forms::ReceivedForm;
use crate::deadlines::types::{Clock, Rule};
use crate::deadlines::urls;
use crate::matters::Matter;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, date, hidden, textarea};
use crate::web::{Column, Frame, Row, Table, formats};
use chrono::NaiveDate;
use maud::{Markup, html};

/// The form.
pub fn received(frame: &Frame, matter: &Matter, form: &ReceivedForm, complaints: &Complaints) -> Markup {
    let was = Moment::from_utc(matter.received_at).today();
    titled(
        frame,
        matter,
        html! {
            (complaints.summary())
            p { "现在记录的收到日期是 " strong { (formats::date(was)) } "，登记日期是 " (formats::date(Moment::from_utc(matter.registered_at).today())) "。" }
            (PostForm::to(&urls::received(matter.id), &frame.csrf).enter_next().body(html! {
                (date("received_on", "正确的收到日期").value(&form.received_on).required().told(complaints))
                (textarea("reason", "更正理由", 3).hint("例如信封邮戳、收发登记簿的记载。写入经过，并且留痕。").value(&form.reason).required().told(complaints))
                div.actions { button.primary { "查看期限变化" } (cancel(matter)) }
            }))
        },
    )
}

/// One clock, and where it would be.
pub struct ShiftRow<'a> {
    pub rule: &'a Rule,
    pub before: &'a Clock,
    /// `None` where it stays.
    pub after: Option<&'a Clock>,
}

/// What would move, to be confirmed; `seen` says what was shown.
pub fn confirm(
    frame: &Frame,
    matter: &Matter,
    (on, form): (NaiveDate, &ReceivedForm),
    rows: &[ShiftRow<'_>],
    seen: &str,
) -> Markup {
    let columns = ["时限", "现在", "更正以后"].map(Column::new).to_vec();
    let moved = rows.iter().filter(|row| row.after.is_some()).count();
    let was = Moment::from_utc(matter.received_at).today();
    titled(
        frame,
        matter,
        html! {
            p {
                "收到日期由 " (formats::date(was)) " 更正为 " strong { (formats::date(on)) } "。"
                @if moved == 0 { "没有时限随之变动。" } @else { "下面有 " (moved) " 项时限随之变动，请核对后确认。" }
            }
            p { "理由：" (form.reason) }
            (Table::new("期限变化", columns).rows(rows.iter().map(row)).empty(html! { p { "这件事项没有时限。" } }).draw())
            (PostForm::to(&urls::received(matter.id), &frame.csrf).body(html! {
                (hidden("received_on", on)) (hidden("reason", &form.reason)) (hidden("confirm", 1)) (hidden("seen", seen))
                div.actions { button.primary { "确认更正" } (cancel(matter)) }
            }))
        },
    )
}

fn row(row: &ShiftRow<'_>) -> Row {
    Row::plain()
        .cell(html! { (row.rule.name) " " span.soft { "自" (row.rule.trigger_event.label()) "起" } })
        .cell(dates(row.before))
        .cell(html! {
            @match row.after {
                Some(after) => (dates(after)),
                None if row.before.met_on.is_some() => "已履行，不变",
                None if row.before.cancelled => "已取消，不变",
                None => "不从收到之日起算，不变",
            }
        })
}

fn dates(clock: &Clock) -> Markup {
    html! {
        div {
            "到期 " (formats::plain_date(clock.due_on))
            p.soft { "起算 " (formats::plain_date(clock.starts_on)) }
        }
    }
}

fn cancel(matter: &Matter) -> Markup {
    html! { a href=(urls::of_matter(matter.id)) { "取消" } }
}

fn titled(frame: &Frame, matter: &Matter, body: Markup) -> Markup {
    frame
        .titled("更正收到日期", "clocks#received")
        .back(urls::of_matter(matter.id), "全部时限")
        .lead(html! { (matter.number) "　" (matter.petitioner_line) "：" (matter.claim) })
        .narrow()
        .body(body)
}
