//! The calendar's routes.

mod deciding;

use super::actions;
use super::change::YearContent;
use super::forms::{DayForm, ImportForm, ORDINARY};
use super::rules::{changes, next_year_warning};
use super::types::{Day, DayKind, WorkingDays, YearStatus};
use super::{pages, urls, working_days};
use crate::app::App;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::proposals::actions as proposals;
use crate::proposals::{Proposal, ProposalKind, ProposalState, history};
use crate::web::conflict::{Both, fields_of};
use crate::web::form::Complaints;
use crate::web::formats::plain_date;
use crate::web::{Flash, Form, Frame, Upload, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::{Datelike, NaiveDate};
use maud::Markup;
use std::sync::Arc;

pub fn routes(r: &mut Routes) {
    let (view, propose) = (Access::May(Permission::ViewRules), Access::May(Permission::ProposeRules));
    let decide = Access::May(Permission::PutRulesInForce);
    r.get("/settings/calendar", view, this_year);
    r.get("/settings/calendar/years/{year}", view, year);
    r.get("/settings/calendar/days/{date}", propose, day_page);
    r.post("/settings/calendar/days/{date}", propose, change_day);
    r.get("/settings/calendar/import", propose, import_page);
    r.upload("/settings/calendar/import", propose, import);
    r.post("/settings/calendar/proposals/{id}/accept", decide, deciding::accept);
    r.post("/settings/calendar/proposals/{id}/reject", decide, deciding::reject);
    r.post("/settings/calendar/proposals/{id}/withdraw", propose, deciding::withdraw);
}

async fn this_year(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let year = app.moment().today().year();
    draw_year(app, by, frame, year).await
}

async fn year(app: App, by: SignedIn, frame: Frame, year: Path<i32>) -> Result<Markup, Problem> {
    let year = year.into_inner();
    if !(1950..=2199).contains(&year) {
        return Err(Problem::NotFound);
    }
    draw_year(app, by, frame, year).await
}

async fn draw_year(app: App, by: SignedIn, frame: Frame, year: i32) -> Result<Markup, Problem> {
    let today = app.moment().today();
    let (calendar, history): (Arc<WorkingDays>, Vec<Proposal>) = app
        .read(move |conn| {
            let history = history(conn, ProposalKind::Calendar, &year.to_string(), None)?;
            Ok((working_days(conn)?, history))
        })
        .await?;
    let waits = history.iter().find(|p| p.state == ProposalState::Proposed);
    let content = waits.map(YearContent::read).transpose()?;
    let waiting = waits.zip(content.as_ref()).map(|(proposal, content)| pages::Waiting {
        proposal,
        content,
        changes: changes(&calendar, &content.calendar(), year),
        may_accept: by.may(Permission::PutRulesInForce) && by.staff_id != Some(proposal.proposed_by),
        may_withdraw: by.may(Permission::ProposeRules),
    });
    let page = pages::YearPage {
        calendar: &calendar,
        year,
        today,
        warning: next_year_warning(&calendar, today),
        waiting,
        history: &history,
        may_propose: by.may(Permission::ProposeRules),
    };
    Ok(page.draw(&frame))
}

async fn day_page(app: App, _by: SignedIn, frame: Frame, date: Path<NaiveDate>) -> Result<Markup, Problem> {
    let date = date.into_inner();
    let calendar = app.read(working_days).await?;
    let (kind, name) = match calendar.day(date) {
        Day::Weekday | Day::Weekend => (ORDINARY, ""),
        Day::Holiday(name) => (DayKind::Holiday.code(), name),
        Day::MakeUp(name) => (DayKind::Workday.code(), name),
    };
    let seen = standing(&app, date.year()).await?;
    let form = DayForm { seen, kind: kind.to_owned(), name: name.to_owned(), reason: String::new() };
    Ok(pages::day(&frame, date, &calendar.day(date).words(), &form, &Complaints::default()))
}

async fn change_day(
    app: App,
    by: SignedIn,
    frame: Frame,
    date: Path<NaiveDate>,
    form: Form<DayForm>,
) -> Result<HttpResponse, Problem> {
    let (date, act) = (date.into_inner(), app.act(&by));
    let change = match form.check(date) {
        Ok(change) => change,
        Err(complaints) => {
            let calendar = app.read(working_days).await?;
            let now = calendar.day(date).words();
            return Ok(unprocessable(pages::day(&frame, date, &now, &form, &complaints)));
        }
    };
    let seen = form.seen.clone();
    let done = app
        .write(move |conn| {
            let year = date.year().to_string();
            proposals::check_seen(conn, (ProposalKind::Calendar, &year, None), &seen)?;
            let kind = change.kind.as_ref().map(|(kind, name)| (*kind, name.as_str()));
            actions::propose_day(conn, &act, date, kind, &change.reason)
        })
        .await;
    if matches!(done, Err(Problem::Stale)) {
        return both(&app, &frame, date, &form).await;
    }
    done?;
    Ok(proposed(date.year()))
}

async fn standing(app: &App, year: i32) -> Result<String, Problem> {
    let year = year.to_string();
    app.read(move |conn| standing_of(conn, &year)).await
}

fn standing_of(conn: &mut Conn, year: &str) -> Result<String, Problem> {
    proposals::standing(conn, ProposalKind::Calendar, year, None)
}

/// A day of a year to which somebody else proposed another change meanwhile.
async fn both(app: &App, frame: &Frame, date: NaiveDate, mine: &DayForm) -> Result<HttpResponse, Problem> {
    let calendar = app.read(working_days).await?;
    let words = |name: &str, value: &str| match (name, DayKind::from_code(value)) {
        ("kind", Some(kind)) => Some(kind.label().to_owned()),
        ("kind", None) => Some("平常的日子".to_owned()),
        _ => None,
    };
    let (kind, name) = match calendar.day(date) {
        Day::Weekday | Day::Weekend => (ORDINARY, ""),
        Day::Holiday(name) => (DayKind::Holiday.code(), name),
        Day::MakeUp(name) => (DayKind::Workday.code(), name),
    };
    let theirs = DayForm { kind: kind.to_owned(), name: name.to_owned(), ..DayForm::default() };
    let page = Both {
        title: &format!("{}，本年另有改动", plain_date(date)),
        help: "calendar#day",
        keep: &urls::year(date.year()),
        action: &urls::day(date),
        mine: fields_of(mine)?,
        theirs: fields_of(&theirs)?,
        labels: &[("kind", "这一天"), ("name", "节日名称")],
        fresh: vec![("seen", standing(app, date.year()).await?)],
        words: &words,
    };
    Ok(page.answer(frame))
}

fn proposed(year: i32) -> HttpResponse {
    let flash = Flash::done("改动已提交，安全管理员确认后生效。");
    see_other_saying(&urls::year(year), &flash)
}

async fn import_page(app: App, _by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let form = ImportForm { year: (app.moment().today().year() + 1).to_string(), ..ImportForm::default() };
    Ok(pages::import(&frame, &form, &Complaints::default()))
}

async fn import(app: App, by: SignedIn, frame: Frame, upload: Upload) -> Result<HttpResponse, Problem> {
    let mut form: ImportForm = upload.form()?;
    if let Some(file) = upload.files.iter().find(|file| !file.bytes.is_empty()) {
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => form.list = text.to_owned(),
            Err(_) => {
                let mut complaints = Complaints::default();
                complaints
                    .add("file", "文件不是 UTF-8 编码，请在 Excel 里另存为“CSV UTF-8”后再选，或者直接粘贴。");
                return Ok(unprocessable(pages::import(&frame, &form, &complaints)));
            }
        }
    }
    let content = match form.check() {
        Ok(content) => content,
        Err(complaints) => return Ok(unprocessable(pages::import(&frame, &form, &complaints))),
    };
    let (year, act) = (content.year, app.act(&by));
    if let Some(waiting) = another_waits(&app, year, &form.seen).await? {
        return both_years(&app, &frame, &form, &waiting).await;
    }
    app.write(move |conn| {
        let reason = format!("导入：{}", content.about.source);
        actions::propose_year(conn, &act, &content, &reason)
    })
    .await?;
    Ok(proposed(year))
}

/// What waits to be put in force for this year, where whoever imports has not seen it: it would be replaced unread.
async fn another_waits(app: &App, year: i32, seen: &str) -> Result<Option<YearContent>, Problem> {
    let (target, seen) = (year.to_string(), seen.to_owned());
    app.read(move |conn| {
        let Some(waiting) = crate::proposals::open_of(conn, ProposalKind::Calendar, &target, None)? else {
            return Ok(None);
        };
        let known = standing_of(conn, &target)? == seen;
        if known { Ok(None) } else { YearContent::read(&waiting).map(Some) }
    })
    .await
}

/// A year for which somebody else's change waits, beside the one that is imported.
async fn both_years(
    app: &App,
    frame: &Frame,
    mine: &ImportForm,
    waiting: &YearContent,
) -> Result<HttpResponse, Problem> {
    let words = |name: &str, value: &str| {
        let status = YearStatus::from_code(value).filter(|_| name == "status");
        status.map(|status| status.label().to_owned())
    };
    let page = Both {
        title: &format!("{}年日历，已有改动待生效", waiting.year),
        help: "calendar#import",
        keep: &urls::year(waiting.year),
        action: urls::IMPORT,
        mine: fields_of(mine)?,
        theirs: fields_of(&ImportForm::of(waiting))?,
        labels: &[("year", "哪一年"), ("status", "状态"), ("source", "来源"), ("list", "放假和调休的日期")],
        fresh: vec![("seen", standing(app, waiting.year).await?)],
        words: &words,
    };
    Ok(page.answer(frame))
}
