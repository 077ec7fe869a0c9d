//! Who calls what about procedures of law.

use super::actions;
use super::forms::{BackForm, FiledForm};
use super::pages::{self, SheetPage};
use crate::app::App;
use crate::deadlines;
use crate::enforcement;
use crate::error::Problem;
use crate::matters::life;
use crate::matters::stages::Event;
use crate::matters::types::Track;
use crate::matters::{self, Matter, MatterId, urls};
use crate::people::{self, Access, Permission, Routes, SignedIn};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let close = Access::May(Permission::CloseMatter);
    let screen = Access::May(Permission::ScreenMatter);
    let view = Access::May(Permission::ViewMatters);
    routes.get("/matters/{id}/litigation-result", close, result_page);
    routes.post("/matters/{id}/litigation-result", close, enter_result);
    routes.get("/matters/{id}/back-to-handling", screen, back_page);
    routes.post("/matters/{id}/back-to-handling", screen, take_back);
    routes.get("/matters/{id}/guidance-sheet", view, sheet);
}

async fn found(app: &App, by: &SignedIn, id: MatterId, event: Event) -> Result<Matter, Problem> {
    let act = app.act(by);
    Ok(app.read(move |conn| life::find_for(conn, &act, id, event)).await?.matter)
}

/// A matter whose procedure may be ended, and what of its enforcement is left to do.
async fn ending(app: &App, by: &SignedIn, id: MatterId) -> Result<(Matter, Option<String>), Problem> {
    let act = app.act(by);
    app.read(move |conn| {
        let matter = life::find_for(conn, &act, id, Event::LitigationResult)?.matter;
        let hint = enforcement::closing_hint(conn, &matter)?;
        Ok((matter, hint))
    })
    .await
}

async fn result_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (matter, hint) = ending(&app, &by, id.into_inner()).await?;
    Ok(pages::result(&frame, (&matter, hint.as_deref()), &FiledForm::default(), &Complaints::default()))
}

async fn enter_result(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<FiledForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let filed = match form.check(act.now.today()) {
        Ok(filed) => filed,
        Err(complaints) => {
            let (matter, hint) = ending(&app, &by, id).await?;
            let page = pages::result(&frame, (&matter, hint.as_deref()), &form, &complaints);
            return Ok(unprocessable(page));
        }
    };
    let done = app.write(move |conn| actions::enter_result(conn, &act, id, version, &filed)).await;
    if let Some(page) =
        matters::conflict(&app, &by, &frame, (id, Event::LitigationResult), &*form, &done).await?
    {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("结果已经录入，这件信访以转入诉讼程序办结。")))
}

async fn back_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let matter = found(&app, &by, id.into_inner(), Event::BackToHandling).await?;
    Ok(pages::back(&frame, &matter, &BackForm::default(), &Complaints::default()))
}

async fn take_back(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<BackForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(complaints) => {
            let matter = found(&app, &by, id, Event::BackToHandling).await?;
            return Ok(unprocessable(pages::back(&frame, &matter, &form, &complaints)));
        }
    };
    let done = app.write(move |conn| actions::take_back(conn, &act, id, version, &reason)).await;
    if let Some(page) =
        matters::conflict(&app, &by, &frame, (id, Event::BackToHandling), &*form, &done).await?
    {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("已改作信访事项办理，受理后的各项期限从今天起算。")))
}

async fn sheet(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let now = act.now;
    let (matter, court, clock, guidance) = app
        .read(move |conn| {
            let matter = matters::find(conn, &act.by.scope, id)?;
            let court = people::court(conn, matter.court_id)?;
            let codes = matter.track().map_or(&[][..], Track::clocks);
            let clocks = deadlines::of_matter(conn, id.0)?.into_iter();
            let clock =
                clocks.filter(|(clock, _)| codes.contains(&clock.code)).min_by_key(|(clock, _)| clock.due_on);
            let guidance = matters::guidance_given(conn, &matter)?;
            Ok((matter, court, clock, guidance))
        })
        .await?;
    if matter.track().is_none() && guidance.is_none() {
        return Err(Problem::refused("这件事项没有转入诉讼程序，也没有指引到其他机关，没有指引单可以打印。"));
    }
    let deadline =
        clock.as_ref().map(|(clock, rule)| (rule.name.as_str(), rule.basis.as_str(), clock.due_on));
    let page = SheetPage { matter: &matter, court: &court, deadline, guidance: guidance.as_deref(), now };
    Ok(pages::sheet(&frame, &page))
}
