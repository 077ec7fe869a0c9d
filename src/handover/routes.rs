//! Who calls what about handovers.

use super::actions;
use super::forms::HandoverForm;
use super::pages::{self, PlanPage};
use super::rules;
use super::store;
use super::types::{HandoverId, Planned};
use super::urls;
use crate::app::App;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::{self, MatterId};
use crate::people::types::Staff;
use crate::people::{self, Access, Act, Permission, Routes, SignedIn, StaffId};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, again, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;
use std::collections::{HashMap, HashSet};

pub fn routes(routes: &mut Routes) {
    let may = Access::May(Permission::HandOver);
    routes.get(urls::HANDOVER, may, choose);
    routes.get("/handover/of/{id}", may, plan_page);
    routes.post("/handover/of/{id}", may, hand_over);
    routes.get("/handover/lists/{id}", may, printed);
}

async fn choose(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let heads_only = !rules::for_whole_court(&by.roles);
    let division = by.division_id;
    let people = app
        .read(move |conn| {
            let court = act.by.court()?;
            let working = people::who_may(conn, court, Permission::ViewMatters)?;
            let mut all = people::staff_in_court(conn, court)?;
            all.retain(|one| working.contains(&one.id));
            all.extend(store::left_holding(conn, court)?);
            all.retain(|one| !heads_only || one.division_id == division);
            Ok(all)
        })
        .await?;
    Ok(pages::choose(&frame, &people))
}

/// What the dry run shows.
struct Plan {
    leaver: Staff,
    planned: Vec<Planned>,
    visible: HashSet<MatterId>,
    candidates: Vec<Staff>,
    names: HashMap<StaffId, String>,
}

fn plan(conn: &mut Conn, act: &Act, who: StaffId, form: &HandoverForm) -> Result<Plan, Problem> {
    let leaver = actions::leaver(conn, act, who)?;
    let planned = actions::plan(conn, act, who, &form.successors())?;
    let ids: Vec<MatterId> = planned.iter().map(|one| one.held.matter.id).collect();
    let visible = matters::find_all(conn, &act.by.scope, &ids)?.into_iter().map(|matter| matter.id).collect();
    let mut working = people::who_may(conn, leaver.court_id, Permission::RecordProgress)?;
    working.extend(people::who_may(conn, leaver.court_id, Permission::GiveInstruction)?);
    let mut candidates = people::staff_in_court(conn, leaver.court_id)?;
    candidates.retain(|one| working.contains(&one.id));
    let names = candidates.iter().map(|one| (one.id, one.name.clone())).collect();
    Ok(Plan { leaver, planned, visible, candidates, names })
}

fn draw(frame: &Frame, plan: &Plan, form: &HandoverForm, complaints: &Complaints) -> Markup {
    let page = PlanPage {
        leaver: &plan.leaver,
        planned: &plan.planned,
        visible: &plan.visible,
        candidates: &plan.candidates,
        names: &plan.names,
        form,
        complaints,
    };
    pages::plan(frame, &page)
}

async fn plan_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<StaffId>,
    form: Query<HandoverForm>,
) -> Result<Markup, Problem> {
    let (act, id, form) = (app.act(&by), id.into_inner(), form.into_inner());
    let asked = form.clone();
    let plan = app.read(move |conn| plan(conn, &act, id, &asked)).await?;
    Ok(draw(&frame, &plan, &form, &Complaints::default()))
}

async fn hand_over(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<StaffId>,
    form: Form<HandoverForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let (to, reason) = match form.check() {
        Ok(checked) => checked,
        Err(complaints) => {
            let asked = form.clone();
            let plan = app.read(move |conn| plan(conn, &act, id, &asked)).await?;
            return Ok(unprocessable(draw(&frame, &plan, &form, &complaints)));
        }
    };
    let (reading, seen) = (act.clone(), form.seen.clone());
    let made = match app.write(move |conn| actions::hand_over(conn, &act, id, (&to, &reason), &seen)).await {
        Err(Problem::Stale) => {
            let asked = form.clone();
            let plan = app.read(move |conn| plan(conn, &reading, id, &asked)).await?;
            let told = Complaints::of_stale();
            return Ok(again(&told, draw(&frame, &plan, &form, &told)));
        }
        done => done?,
    };
    Ok(see_other_saying(&urls::list(made), &Flash::done("已经移交。请打印清单，由移交人和接手人签名。")))
}

async fn printed(app: App, by: SignedIn, frame: Frame, id: Path<HandoverId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let list = app.read(move |conn| actions::printed(conn, &act, id)).await?;
    Ok(pages::printed(&frame, &list))
}
