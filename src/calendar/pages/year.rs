//! A year on one page.

use super::super::change::YearContent;
use super::super::rules::{Change, days_of};
use super::super::types::{Day, WorkingDays, YearStatus};
use super::super::urls;
use crate::proposals::Proposal;
use crate::proposals::pages::{Decide, settled, waiting};
use crate::web::Frame;
use crate::web::formats;
use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

/// What waits to be put in force for this year.
pub struct Waiting<'a> {
    pub proposal: &'a Proposal,
    pub content: &'a YearContent,
    pub changes: Vec<Change>,
    pub may_accept: bool,
    pub may_withdraw: bool,
}

/// A year of the calendar.
pub struct YearPage<'a> {
    pub calendar: &'a WorkingDays,
    pub year: i32,
    pub today: NaiveDate,
    /// Why next year must be seen to.
    pub warning: Option<String>,
    pub waiting: Option<Waiting<'a>>,
    pub history: &'a [Proposal],
    pub may_propose: bool,
}

impl YearPage<'_> {
    pub fn draw(&self, frame: &Frame) -> Markup {
        let title = format!("工作日历 {}年", self.year);
        let page =
            frame.titled(&title, "calendar").lead(html! { "哪天上班、哪天放假，全院的期限都按这里计算。" });
        let page = if self.may_propose {
            page.action(html! { a.button.primary href=(urls::IMPORT) { "导入放假安排" } })
        } else {
            page
        };
        page.body(html! {
            @if let Some(warning) = &self.warning { div.alert role="note" { p { (warning) } } }
            (self.years())
            (self.about())
            @if let Some(waits) = &self.waiting { (self.proposal(frame, waits)) }
            p.legend {
                span.tag.warn { "休" } " 放假　" span.tag.strong { "班" } " 调休上班　"
                span.soft { "没有标记的，周一至周五上班，周六、周日休息。" }
                @if self.may_propose { "　点日期可以修改那一天。" }
            }
            div.year { @for month in 1..=12 { (self.month(month)) } }
            (settled(self.history))
        })
    }

    fn years(&self) -> Markup {
        let mut years: Vec<i32> = self.calendar.years().map(|(year, _)| year).collect();
        years.extend([self.year, self.today.year(), self.today.year() + 1]);
        years.sort_unstable();
        years.dedup();
        html! {
            nav.tabs aria-label="年份" {
                @for year in years {
                    a href=(urls::year(year)) aria-current=[(year == self.year).then_some("page")] { (year) "年" }
                }
            }
        }
    }

    fn about(&self) -> Markup {
        let about = self.calendar.year(self.year);
        let working = days_of(self.year).filter(|day| self.calendar.is_working_day(*day)).count();
        html! {
            dl.facts.strip {
                div { dt { "状态" } dd { (status_tag(self.calendar.status(self.year))) } }
                div { dt { "全年工作日" } dd { (working) " 天" } }
                div {
                    dt { "来源" }
                    dd {
                        @match about {
                            Some(about) => (about.source),
                            None => "没有录入，只知道周末和固定日期的法定节日",
                        }
                    }
                }
            }
        }
    }

    fn proposal(&self, frame: &Frame, waits: &Waiting<'_>) -> Markup {
        let decide = Decide {
            csrf: &frame.csrf,
            action: urls::proposal(waits.proposal.id),
            may_accept: waits.may_accept,
            may_withdraw: waits.may_withdraw,
        };
        let about = self.calendar.year(self.year);
        let changes = html! {
            @if about != Some(&waits.content.about) {
                p {
                    "状态改为 " (status_tag(waits.content.about.status)) "，来源改为“"
                    (waits.content.about.source) "”。"
                }
            }
            @if waits.changes.is_empty() { p { "日期没有变化。" } } @else {
                table {
                    caption { "共 " (waits.changes.len()) " 天有变化" }
                    thead { tr { th scope="col" { "日期" } th scope="col" { "现在" } th scope="col" { "改为" } } }
                    tbody {
                        @for change in &waits.changes {
                            tr {
                                td { (formats::date(change.date)) }
                                td { (change.before) }
                                td { strong { (change.after) } }
                            }
                        }
                    }
                }
            }
        };
        waiting(waits.proposal, changes, &decide)
    }

    fn month(&self, month: u32) -> Markup {
        let days: Vec<NaiveDate> = days_of(self.year).filter(|day| day.month() == month).collect();
        let blank = days.first().map_or(0, |first| first.weekday().num_days_from_monday());
        let blanks = (0..blank).map(|_| None);
        let mut cells: Vec<Option<NaiveDate>> = blanks.chain(days.into_iter().map(Some)).collect();
        while !cells.len().is_multiple_of(7) {
            cells.push(None);
        }
        html! {
            section.month {
                h2 { (month) "月" }
                table {
                    thead {
                        tr { @for name in ["一", "二", "三", "四", "五", "六", "日"] { th scope="col" { (name) } } }
                    }
                    tbody {
                        @for week in cells.chunks(7) {
                            tr { @for cell in week { (self.cell(*cell)) } }
                        }
                    }
                }
            }
        }
    }

    fn cell(&self, date: Option<NaiveDate>) -> Markup {
        let Some(date) = date else { return html! { td {} } };
        let day = self.calendar.day(date);
        let (kind, mark) = match day {
            Day::Weekday => ("weekday", None),
            Day::Weekend => ("weekend", None),
            Day::Holiday(name) => ("holiday", Some(("休", name))),
            Day::MakeUp(name) => ("workday", Some(("班", name))),
        };
        let inside = html! {
            span.date { (date.day()) }
            @if let Some((mark, name)) = mark { span.mark { (mark) } span.unseen { " " (name) } }
        };
        let title = mark.map(|(_, name)| name);
        html! {
            td data-day=(kind) title=[title] data-today[date == self.today] {
                @if self.may_propose { a href=(urls::day(date)) { (inside) } } @else { (inside) }
            }
        }
    }
}

/// 已公布, 暂定 or 未录入.
fn status_tag(status: YearStatus) -> Markup {
    match status {
        YearStatus::Official => html! { span.tag.strong { (status.label()) } },
        YearStatus::Provisional | YearStatus::Missing => html! { span.tag.warn { (status.label()) } },
    }
}
