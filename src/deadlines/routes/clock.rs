//! The pages of a matter's clocks, and what is done there.

use crate::app::App;
use crate::deadlines::actions::{self, Extension, Seen, Shift};
use crate::deadlines::forms::{DecideForm, Decision, ExtendForm, PauseForm, ReceivedForm, ResumeForm};
use crate::deadlines::pages::{self, ChangePage, ShiftRow};
use crate::deadlines::rules::allowed::{Case, Who};
use crate::deadlines::types::{Approver, Clock, ClockId, ClockRefusal, RequestId, RequestState};
use crate::deadlines::views::{self, Shown};
use crate::deadlines::{clocks, urls};
use crate::error::Problem;
use crate::matters::{self, Matter, MatterId};
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::web::conflict::Beside;
use crate::web::form::Complaints;
use crate::web::formats::plain_date;
use crate::web::{Flash, Form, Frame, again, see_other_saying};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;
use serde::Deserialize;

pub fn routes(r: &mut Routes) {
    let (view, pausing) = (Access::May(Permission::ViewMatters), Access::May(Permission::PauseClock));
    let (extending, asking) = (Access::May(Permission::ExtendClock), Access::May(Permission::RecordProgress));
    let correcting = Access::May(Permission::CorrectReceived);
    r.get("/clocks/{id}", view, why);
    r.get("/matters/{id}/clocks", view, of_matter);
    r.get("/clocks/{id}/pause", pausing, pause_page);
    r.post("/clocks/{id}/pause", pausing, pause);
    r.get("/clocks/{id}/resume", pausing, resume_page);
    r.post("/clocks/{id}/resume", pausing, resume);
    r.get("/clocks/{id}/extend", extending, extend_page);
    r.post("/clocks/{id}/extend", extending, extend);
    r.get("/clocks/{id}/ask", asking, ask_page);
    r.post("/clocks/{id}/ask", asking, ask);
    r.get(urls::EXTENSIONS, extending, extensions);
    r.get("/extensions/{id}", extending, decide_page);
    r.post("/extensions/{id}", extending, decide);
    r.post("/extensions/{id}/withdraw", asking, withdraw);
    r.get("/matters/{id}/received", correcting, received_page);
    r.post("/matters/{id}/received", correcting, receive);
}

/// Why a clock is due when it is, for whoever may see its matter.
async fn why(app: App, by: SignedIn, frame: Frame, id: Path<ClockId>) -> Result<Markup, Problem> {
    let (id, scope) = (id.into_inner(), by.scope.clone());
    let (told, number) = app
        .read(move |conn| {
            let told = clocks::explain(conn, id)?;
            let matter = matters::find(conn, &scope, MatterId(told.clock.matter_id))?;
            Ok((told, matter.number))
        })
        .await?;
    let back = (matters::urls::matter(MatterId(told.clock.matter_id)), number);
    Ok(pages::explanation(&frame, &told, back))
}

async fn of_matter(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let page = app.read(move |conn| views::of_matter(conn, &act, *id)).await?;
    Ok(pages::of_matter(&frame, &page, by.may(Permission::CorrectReceived)))
}

/// A clock and its matter, for a form about it.
struct Desk {
    matter: Matter,
    shown: Shown,
}

impl Desk {
    async fn open(app: &App, by: &SignedIn, id: ClockId) -> Result<Self, Problem> {
        let act = app.act(by);
        let (matter, shown) = app.read(move |conn| views::of_clock(conn, &act, id)).await?;
        Ok(Desk { matter, shown })
    }

    /// As [`Desk::open`], where the rules let the person do it.
    async fn open_where(
        app: &App,
        by: &SignedIn,
        id: ClockId,
        may: impl FnOnce(&Who<'_>, &Case<'_>, &Shown) -> Result<(), ClockRefusal>,
    ) -> Result<Self, Problem> {
        let desk = Desk::open(app, by, id).await?;
        let history = &desk.shown.history;
        let today = app.moment().today();
        let case = Case { code: history.clock.code, rule: &history.rule, state: &history.state, today };
        let (accountable, stands_in) = (desk.matter.accountable_id, desk.shown.stands_in);
        let who = Who { me: by.person()?, roles: &by.roles, accountable, stands_in };
        may(&who, &case, &desk.shown)?;
        Ok(desk)
    }

    fn page<'a>(&'a self, complaints: &'a Complaints) -> ChangePage<'a> {
        ChangePage { matter: &self.matter, shown: &self.shown, complaints }
    }

    fn by_sender(&self) -> bool {
        self.shown.history.rule.extension_by == Some(Approver::Sender)
    }
}

/// What an action came to, or what it said was wrong: that belongs beside the form.
fn heard<T>(outcome: Result<T, Problem>) -> Result<Result<T, Complaints>, Problem> {
    match outcome {
        Ok(value) => Ok(Ok(value)),
        Err(Problem::Refused(sentence)) => {
            let mut told = Complaints::default();
            told.add("", sentence);
            Ok(Err(told))
        }
        Err(Problem::Stale) => Ok(Err(Complaints::of_stale())),
        Err(other) => Err(other),
    }
}

/// Back to the matter's clocks, saying what was done and when it is due now.
fn done(clock: &Clock, what: &str) -> HttpResponse {
    let flash = Flash::done(format!("{what}，到期日是{}。", plain_date(clock.due_on)));
    see_other_saying(&urls::of_matter(MatterId(clock.matter_id)), &flash)
}

async fn pause_page(app: App, by: SignedIn, frame: Frame, id: Path<ClockId>) -> Result<Markup, Problem> {
    let desk = Desk::open_where(&app, &by, *id, |who, case, _| who.may_pause(case)).await?;
    let form = PauseForm::from(app.moment().today());
    Ok(desk.page(&Complaints::default()).pause(&frame, &form))
}

async fn pause(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<ClockId>,
    form: Form<PauseForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, seen) = (app.act(&by), id.into_inner(), Seen(form.seen));
    let outcome = match form.check(act.now.today()) {
        Ok((wanted, note)) => {
            heard(app.write(move |conn| actions::pause(conn, &act, (id, seen), wanted, &note)).await)?
        }
        Err(complaints) => Err(complaints),
    };
    match outcome {
        Ok(clock) => Ok(done(&clock, "已中止计算")),
        Err(told) => Ok(again(&told, Desk::open(&app, &by, id).await?.page(&told).pause(&frame, &form))),
    }
}

async fn resume_page(app: App, by: SignedIn, frame: Frame, id: Path<ClockId>) -> Result<Markup, Problem> {
    let desk = Desk::open_where(&app, &by, *id, |_, case, _| case.may_resume()).await?;
    let form = ResumeForm::from(app.moment().today());
    Ok(desk.page(&Complaints::default()).resume(&frame, &form))
}

async fn resume(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<ClockId>,
    form: Form<ResumeForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, seen) = (app.act(&by), id.into_inner(), Seen(form.seen));
    let outcome = match form.check(act.now.today()) {
        Ok((on, note)) => {
            heard(app.write(move |conn| actions::resume(conn, &act, (id, seen), on, &note)).await)?
        }
        Err(complaints) => Err(complaints),
    };
    match outcome {
        Ok(clock) => Ok(done(&clock, "已恢复计算")),
        Err(told) => Ok(again(&told, Desk::open(&app, &by, id).await?.page(&told).resume(&frame, &form))),
    }
}

async fn extend_page(app: App, by: SignedIn, frame: Frame, id: Path<ClockId>) -> Result<Markup, Problem> {
    let may = |who: &Who<'_>, case: &Case<'_>, shown: &Shown| {
        who.may_extend(case, shown.waiting.as_ref()).map(drop)
    };
    let desk = Desk::open_where(&app, &by, *id, may).await?;
    Ok(desk.page(&Complaints::default()).extend(&frame, &ExtendForm::default()))
}

async fn extend(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<ClockId>,
    form: Form<ExtendForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, seen) = (app.act(&by), id.into_inner(), Seen(form.seen));
    let desk = Desk::open(&app, &by, id).await?;
    let most = desk.shown.most_days;
    let checked = if desk.by_sender() {
        form.check_with_sender(most).map(|(days, note, sender)| (days, note, Some(sender)))
    } else {
        form.check(most).map(|(days, note)| (days, note, None))
    };
    let outcome = match checked {
        Ok((days, note, sender)) => heard(
            app.write(move |conn| {
                let extension = Extension { days, note: &note, sender: sender.as_deref() };
                actions::extend(conn, &act, (id, seen), extension)
            })
            .await,
        )?,
        Err(complaints) => Err(complaints),
    };
    match outcome {
        Ok(clock) => Ok(done(&clock, "已延期")),
        Err(told) => Ok(again(&told, Desk::open(&app, &by, id).await?.page(&told).extend(&frame, &form))),
    }
}

async fn ask_page(app: App, by: SignedIn, frame: Frame, id: Path<ClockId>) -> Result<Markup, Problem> {
    let may =
        |who: &Who<'_>, case: &Case<'_>, shown: &Shown| who.may_ask(case, shown.waiting.as_ref()).map(drop);
    let desk = Desk::open_where(&app, &by, *id, may).await?;
    Ok(desk.page(&Complaints::default()).ask(&frame, &ExtendForm::default()))
}

async fn ask(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<ClockId>,
    form: Form<ExtendForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, seen) = (app.act(&by), id.into_inner(), Seen(form.seen));
    let desk = Desk::open(&app, &by, id).await?;
    let outcome = match form.check(desk.shown.most_days) {
        Ok((days, note)) => {
            heard(app.write(move |conn| actions::ask_extension(conn, &act, (id, seen), days, &note)).await)?
        }
        Err(complaints) => Err(complaints),
    };
    match outcome {
        Ok(_) => {
            let flash = Flash::done("延期申请已提交。批准以前，期限照常计算。");
            Ok(see_other_saying(&urls::of_matter(desk.matter.id), &flash))
        }
        Err(told) => Ok(again(&told, Desk::open(&app, &by, id).await?.page(&told).ask(&frame, &form))),
    }
}

async fn extensions(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let waiting = app.read(move |conn| views::waiting(conn, &act)).await?;
    Ok(pages::extensions(&frame, &waiting))
}

async fn decide_page(app: App, by: SignedIn, frame: Frame, id: Path<RequestId>) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let one = app.read(move |conn| views::request(conn, &act, *id)).await?;
    let (accountable, stands_in) = (one.matter.accountable_id, one.clock.stands_in);
    let who = Who { me: by.person()?, roles: &by.roles, accountable, stands_in };
    who.may_refuse(&one.clock.history.rule, &one.request)?;
    Ok(pages::decide(&frame, &one, &DecideForm::default(), &Complaints::default()))
}

async fn decide(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<RequestId>,
    form: Form<DecideForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let reading = act.clone();
    let one = app.read(move |conn| views::request(conn, &reading, id)).await?;
    let which = (id, form.version);
    if form.version != one.request.version {
        let page = pages::decide(&frame, &one, &form, &Complaints::of_stale());
        return Ok(crate::web::html(actix_web::http::StatusCode::CONFLICT, page));
    }
    let outcome = match form.check(one.clock.history.rule.extension_by == Some(Approver::Sender)) {
        Ok(decision) => heard(app.write(move |conn| settle(conn, &act, which, &decision)).await)?,
        Err(complaints) => Err(complaints),
    };
    match outcome {
        Ok(said) => Ok(see_other_saying(&urls::of_matter(one.matter.id), &Flash::done(said))),
        Err(told) => Ok(again(&told, pages::decide(&frame, &one, &form, &told))),
    }
}

/// Does what was decided; returns what to say of it.
fn settle(
    conn: &mut crate::db::Conn,
    act: &crate::people::Act,
    which: (RequestId, i64),
    decision: &Decision,
) -> Result<String, Problem> {
    match decision {
        Decision::Granted { note, sender } => {
            let clock = actions::grant_extension(conn, act, which, note, sender.as_deref())?;
            Ok(format!("已批准延期，到期日是{}。", plain_date(clock.due_on)))
        }
        Decision::Refused { note } => {
            actions::refuse_extension(conn, act, which, note)?;
            Ok("延期申请未批准，已记入经过。".to_owned())
        }
    }
}

#[derive(Deserialize)]
struct Version {
    version: i64,
}

async fn withdraw(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<RequestId>,
    form: Form<Version>,
) -> Result<HttpResponse, Problem> {
    let (act, which) = (app.act(&by), (id.into_inner(), form.version));
    let done = app.write(move |conn| actions::withdraw_extension(conn, &act, which)).await;
    if matches!(done, Err(Problem::Stale)) {
        return withdrawn_late(&app, &by, &frame, which.0).await;
    }
    Ok(see_other_saying(&urls::of_matter(done?), &Flash::done("延期申请已撤回。")))
}

/// Taking back an extension that somebody has decided on meanwhile: how it stands now.
async fn withdrawn_late(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    id: RequestId,
) -> Result<HttpResponse, Problem> {
    let act = app.act(by);
    let (request, matter, clock) = app.read(move |conn| views::any_request(conn, &act, id)).await?;
    let now = [
        ("时限", clock.history.rule.name.clone()),
        ("申请", format!("{}，延长 {} 天：{}", request.asked_by_name, request.days, request.reason)),
        ("状态", request.state.label().to_owned()),
        ("决定人", request.decided_by_name.clone().unwrap_or_default()),
        ("说明", request.decision_note.clone()),
    ];
    let action = urls::withdraw(id);
    let again = (action.as_str(), vec![("version", request.version.to_string())]);
    let open = request.state == RequestState::Asked;
    let page = Beside {
        title: "延期申请",
        help: "clocks#requests",
        keep: &urls::of_matter(matter.id),
        meant: "撤回申请",
        now: &now,
        again: open.then_some(again),
    };
    Ok(page.answer(frame))
}

async fn received_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let matter = load(&app, &by, *id).await?;
    Ok(pages::received(&frame, &matter, &ReceivedForm::default(), &Complaints::default()))
}

async fn load(app: &App, by: &SignedIn, id: MatterId) -> Result<Matter, Problem> {
    let scope = by.scope.clone();
    app.read(move |conn| Ok(matters::find(conn, &scope, id)?)).await
}

async fn receive(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<ReceivedForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let matter = load(&app, &by, id).await?;
    let again = |told: &Complaints| again(told, pages::received(&frame, &matter, &form, told));
    let (on, reason) = match form.check(act.now.today()) {
        Ok(checked) => checked,
        Err(told) => return Ok(again(&told)),
    };
    if form.confirm == "1" {
        let seen = form.seen.clone();
        let moved =
            app.write(move |conn| actions::correct_received(conn, &act, id, on, (&reason, &seen))).await;
        return Ok(match heard(moved)? {
            Ok(moved) => {
                let flash = Flash::done(format!("收到日期已更正，{moved}项时限随之变动。"));
                see_other_saying(&urls::of_matter(id), &flash)
            }
            Err(told) => again(&told),
        });
    }
    match heard(app.read(move |conn| actions::shifts(conn, &act, id, on)).await)? {
        Ok(shifts) => {
            let rows: Vec<ShiftRow> = shifts.iter().map(shift_row).collect();
            let page = pages::confirm(&frame, &matter, (on, &form), &rows, &actions::shown(&shifts));
            Ok(crate::web::html(actix_web::http::StatusCode::OK, page))
        }
        Err(told) => Ok(again(&told)),
    }
}

fn shift_row(shift: &Shift) -> ShiftRow<'_> {
    ShiftRow { rule: &shift.history.rule, before: &shift.history.clock, after: shift.after.as_ref() }
}
