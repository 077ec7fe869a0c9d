//! Who calls what about joint handling.

use super::forms::HandForm;
use super::pages::{self, HandPage};
use super::{actions, complained};
use crate::app::App;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::life::{self, Found};
use crate::matters::stages::Event;
use crate::matters::types::HandPart;
use crate::matters::{self, MatterId, urls};
use crate::people::types::Staff;
use crate::people::{self, Access, Act, Permission, Routes, SignedIn, StaffId};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let record = Access::May(Permission::RecordProgress);
    let link = Access::May(Permission::LinkMatters);
    routes.get("/matters/{id}/ask-help", record, help_page);
    routes.post("/matters/{id}/ask-help", record, ask_help);
    routes.post("/matters/{id}/ask-help/end", record, end_help);
    routes.get("/matters/{id}/case-judge", link, judge_page);
    routes.post("/matters/{id}/case-judge", link, name_judge);
    routes.get("/matters/{id}/name-complained", record, complained_page);
    routes.post("/matters/{id}/name-complained", record, name_complained);
}

/// What a form shows.
struct Shown {
    found: Found,
    candidates: Vec<Staff>,
    helpers: Vec<(StaffId, String, String)>,
}

fn shown(conn: &mut Conn, act: &Act, id: MatterId, event: Event) -> Result<Shown, Problem> {
    let found = life::find_for(conn, act, id, event)?;
    let candidates = if event == Event::AskHelp {
        actions::helpers(conn, &found.matter)?
    } else if event == Event::NameComplained {
        complained::candidates(conn, act, &found.matter)?
    } else {
        actions::candidates(conn, &found.matter)?
    };
    let helping = found.hands.iter().filter(|hand| hand.part == HandPart::Helper);
    let helping: Vec<(StaffId, String)> =
        helping.filter_map(|hand| Some((hand.staff_id?, hand.note.clone()))).collect();
    let ids: Vec<StaffId> = helping.iter().map(|(id, _)| *id).collect();
    let names = people::names_of(conn, &ids)?;
    let named = |(id, task)| (id, names.get(&id).cloned().unwrap_or_default(), task);
    Ok(Shown { found, candidates, helpers: helping.into_iter().map(named).collect() })
}

/// Which of the two forms.
type Draw = fn(&Frame, &HandPage) -> Markup;

async fn draw(
    app: App,
    by: SignedIn,
    frame: Frame,
    (id, event, page): (MatterId, Event, Draw),
    form: &HandForm,
    complaints: &Complaints,
) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let shown = app.read(move |conn| shown(conn, &act, id, event)).await?;
    let drawn = HandPage {
        matter: &shown.found.matter,
        candidates: &shown.candidates,
        helpers: &shown.helpers,
        form,
        complaints,
    };
    Ok(page(&frame, &drawn))
}

async fn help_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let what: (MatterId, Event, Draw) = (id.into_inner(), Event::AskHelp, pages::ask_help);
    draw(app, by, frame, what, &HandForm::default(), &Complaints::default()).await
}

async fn judge_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let what: (MatterId, Event, Draw) = (id.into_inner(), Event::NameCaseJudge, pages::case_judge);
    draw(app, by, frame, what, &HandForm::default(), &Complaints::default()).await
}

async fn complained_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let what: (MatterId, Event, Draw) = (id.into_inner(), Event::NameComplained, pages::complained);
    draw(app, by, frame, what, &HandForm::default(), &Complaints::default()).await
}

async fn name_complained(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<HandForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let (who, said) = match form.complained() {
        Ok(named) => named,
        Err(complaints) => {
            let what: (MatterId, Event, Draw) = (id, Event::NameComplained, pages::complained);
            return Ok(unprocessable(draw(app, by, frame, what, &form, &complaints).await?));
        }
    };
    let done =
        app.write(move |conn| complained::name_complained(conn, &act, id, version, (who, &said))).await;
    let event = Event::NameComplained;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, event), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    let said = "已登记被反映人员，事项转监察负责。除监察和院长以外，其他人员从现在起看不到这件事项。";
    Ok(see_other_saying(urls::MATTERS, &Flash::done(said)))
}

async fn ask_help(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<HandForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let (helper, task) = match form.helper() {
        Ok(helper) => helper,
        Err(complaints) => {
            let what: (MatterId, Event, Draw) = (id, Event::AskHelp, pages::ask_help);
            return Ok(unprocessable(draw(app, by, frame, what, &form, &complaints).await?));
        }
    };
    let done = app.write(move |conn| actions::ask_help(conn, &act, id, version, (helper, &task))).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::AskHelp), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("已请对方协办，责任人不变。")))
}

async fn end_help(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<HandForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let helper = form.person().map_err(|_nobody| Problem::NotFound)?;
    let done = app.write(move |conn| actions::end_help(conn, &act, id, version, helper)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::AskHelp), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("协办已经结束。")))
}

async fn name_judge(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<HandForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let (judge, excuse) = match form.judge() {
        Ok(judge) => judge,
        Err(complaints) => {
            let what: (MatterId, Event, Draw) = (id, Event::NameCaseJudge, pages::case_judge);
            return Ok(unprocessable(draw(app, by, frame, what, &form, &complaints).await?));
        }
    };
    let done =
        app.write(move |conn| actions::name_case_judge(conn, &act, id, version, (judge, &excuse))).await;
    if let Err(Problem::Refused(why)) = done {
        let mut complaints = Complaints::default();
        complaints.add("excuse", why);
        let what: (MatterId, Event, Draw) = (id, Event::NameCaseJudge, pages::case_judge);
        return Ok(unprocessable(draw(app, by, frame, what, &form, &complaints).await?));
    }
    if let Some(page) =
        matters::conflict(&app, &by, &frame, (id, Event::NameCaseJudge), &*form, &done).await?
    {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("原案承办人已经登记。")))
}
