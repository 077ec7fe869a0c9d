//! The list of week leaders.

use crate::people::forms::WeekForm;
use crate::people::types::{Staff, StaffId, WeekLeader};
use crate::people::urls;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, date, post_button, select};
use crate::web::formats;
use crate::web::table::{Column, Row, Table};
use chrono::NaiveDate;
use maud::{Markup, html};

/// The list, and the form to add to it.
pub struct Weeks<'a> {
    pub today: NaiveDate,
    pub entries: &'a [WeekLeader],
    pub leaders: &'a [Staff],
    pub names: &'a [(StaffId, String)],
}

pub fn weeks(frame: &Frame, page: &Weeks<'_>, form: &WeekForm, told: &Complaints) -> Markup {
    let leaders =
        page.leaders.iter().map(|one| (one.id.to_string(), format!("{} {}", one.post.label(), one.name)));
    frame
        .titled("带班值周领导", "tiers#weeks")
        .lead(html! { "哪位院领导哪几天带班值周。苗头由当周带班值周领导牵头化解；三级事项由本周和以后四周的带班值周领导参加工作组。" })
        .body(html! {
            (entries(frame, page))
            h2 { "登记" }
            (PostForm::to(urls::WEEK_LEADERS, &frame.csrf).enter_next().body(html! {
                (told.summary())
                (select("staff", "院领导", leaders).value(&form.staff).told(told).required())
                (date("from_on", "从").value(&form.from_on).told(told).required())
                (date("to_on", "到").value(&form.to_on).told(told).required())
                div.actions { button.primary { "登记" } }
            }))
        })
}

fn entries(frame: &Frame, page: &Weeks<'_>) -> Markup {
    let columns = ["从", "到", "带班值周领导", "操作"].map(Column::new);
    let who = |id: StaffId| page.names.iter().find(|(known, _)| *known == id).map_or("—", |(_, name)| name);
    let row = |entry: &WeekLeader| {
        let now = entry.from_on <= page.today && page.today <= entry.to_on;
        Row::plain()
            .cell(formats::date(entry.from_on))
            .cell(formats::date(entry.to_on))
            .cell(html! { (who(entry.staff_id)) @if now { " " span.tag.strong { "本周" } } })
            .cell(post_button(&frame.csrf, &urls::remove_week_leader(entry.id), "删除", html! {}))
    };
    Table::new("带班值周领导", columns.to_vec())
        .rows(page.entries.iter().map(row))
        .empty(html! { p { "今天以后还没有登记。没有登记的日子，由常务副院长代为牵头。" } })
        .draw()
}
