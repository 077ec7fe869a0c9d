//! Who calls what of the pages that link, merge and split.

use super::actions::{self, Entered};
use super::boxes::{self, Choices, Linked};
use super::forms::{OtherForm, SplitForm, UndoForm};
use super::pages::{self, OtherPage, SplitPage};
use super::types::LinkId;
use crate::app::App;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::stages::Event;
use crate::matters::{self, Matter, MatterId, urls};
use crate::people::{Access, Act, Permission, Routes, SignedIn};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use diesel::OptionalExtension;
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let may = Access::May(Permission::LinkMatters);
    routes.get("/matters/{id}/link", may, link_page);
    routes.post("/matters/{id}/link", may, link);
    routes.get("/matters/{id}/merge", may, merge_page);
    routes.post("/matters/{id}/merge", may, merge);
    routes.get("/matters/{id}/unmerge", may, unmerge_page);
    routes.post("/matters/{id}/unmerge", may, unmerge);
    routes.get("/matters/{id}/split", may, split_page);
    routes.post("/matters/{id}/split", may, split);
    routes.get("/links/{id}/undo", may, undo_page);
    routes.post("/links/{id}/undo", may, undo);
}

type DrawOther = fn(&Frame, &OtherPage) -> Markup;

fn draw(page: DrawOther, frame: &Frame, choices: &Choices, form: &OtherForm, told: &Complaints) -> Markup {
    page(frame, &OtherPage { choices, form, complaints: told })
}

async fn choices(app: &App, by: &SignedIn, id: MatterId, event: Event) -> Result<Choices, Problem> {
    let act = app.act(by);
    app.read(move |conn| boxes::choices(conn, &act, id, event)).await
}

async fn link_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let choices = choices(&app, &by, *id, Event::Link).await?;
    Ok(draw(pages::link, &frame, &choices, &OtherForm::default(), &Complaints::default()))
}

async fn merge_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let choices = choices(&app, &by, *id, Event::Merge).await?;
    Ok(draw(pages::merge, &frame, &choices, &OtherForm::default(), &Complaints::default()))
}

/// The matter with this number; a complaint about the field where there is none for this person.
fn numbered(conn: &mut Conn, act: &Act, number: &str) -> Result<Result<Matter, Complaints>, Problem> {
    let found = matters::store::find_by_number(conn, &act.by.scope, number).optional()?;
    Ok(found.ok_or_else(|| {
        let mut complaints = Complaints::default();
        complaints.add("number", "没有找到这个编号的事项，或者它不在您的查看范围内，请核对编号。");
        complaints
    }))
}

async fn link(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<OtherForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let done = match form.link() {
        Err(complaints) => Ok(Err(complaints)),
        Ok(wanted) => {
            app.write(move |conn| {
                let other = match numbered(conn, &act, &wanted.number)? {
                    Ok(other) => other.id,
                    Err(complaints) => return Ok(Err(complaints)),
                };
                let (kind, is_original, note) = (wanted.kind, wanted.is_original, wanted.note.clone());
                let entered = Entered { other, kind, is_original, note };
                actions::link(conn, &act, id, version, &entered).map(Ok)
            })
            .await
        }
    };
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::Link), &*form, &done).await? {
        return Ok(page);
    }
    match done? {
        Ok(_) => {
            Ok(see_other_saying(&urls::matter(id), &Flash::done("关联已经建立，两件事项的页面互相指引。")))
        }
        Err(complaints) => {
            let choices = choices(&app, &by, id, Event::Link).await?;
            Ok(unprocessable(draw(pages::link, &frame, &choices, &form, &complaints)))
        }
    }
}

async fn merge(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<OtherForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let done = match form.merge() {
        Err(complaints) => Ok(Err(complaints)),
        Ok((number, reason)) => {
            app.write(move |conn| {
                let survivor = match numbered(conn, &act, &number)? {
                    Ok(survivor) => survivor.id,
                    Err(complaints) => return Ok(Err(complaints)),
                };
                actions::merge(conn, &act, id, version, survivor, &reason)?;
                Ok(Ok(survivor))
            })
            .await
        }
    };
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::Merge), &*form, &done).await? {
        return Ok(page);
    }
    match done? {
        Ok(survivor) => {
            let flash = Flash::done("已经并案。这是继续办理的那一件，并入的内容在“关联和并案”里。");
            Ok(see_other_saying(&urls::matter(survivor), &flash))
        }
        Err(complaints) => {
            let choices = choices(&app, &by, id, Event::Merge).await?;
            Ok(unprocessable(draw(pages::merge, &frame, &choices, &form, &complaints)))
        }
    }
}

async fn unmerge_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let unmerging = app.read(move |conn| boxes::unmerging(conn, &act, id)).await?;
    Ok(pages::unmerge(&frame, &unmerging, &UndoForm::default(), &Complaints::default()))
}

async fn unmerge(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<UndoForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(complaints) => {
            let unmerging = app.read(move |conn| boxes::unmerging(conn, &act, id)).await?;
            return Ok(unprocessable(pages::unmerge(&frame, &unmerging, &form, &complaints)));
        }
    };
    let done = app.write(move |conn| actions::unmerge(conn, &act, id, version, &reason)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::Unmerge), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("并案已经撤销，本事项恢复办理，请查看下一时限。")))
}

async fn split_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let splitting = app.read(move |conn| boxes::splitting(conn, &act, id)).await?;
    let people = match splitting.people.as_slice() {
        [(only, _)] => vec![only.petitioner_id.to_string()],
        _ => Vec::new(),
    };
    let (form, complaints) = (&SplitForm { people, ..SplitForm::default() }, &Complaints::default());
    Ok(pages::split(&frame, &SplitPage { splitting: &splitting, form, complaints }))
}

async fn split(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<SplitForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let split = match form.check() {
        Ok(split) => split,
        Err(complaints) => {
            let splitting = app.read(move |conn| boxes::splitting(conn, &act, id)).await?;
            let page = SplitPage { splitting: &splitting, form: &form, complaints: &complaints };
            return Ok(unprocessable(pages::split(&frame, &page)));
        }
    };
    let done = app.write(move |conn| actions::split(conn, &act, id, version, &split)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::Split), &*form, &done).await? {
        return Ok(page);
    }
    let new = done?;
    Ok(see_other_saying(&urls::matter(new), &Flash::done("已经分案，这是分出的新事项。")))
}

/// A link as its later matter shows it.
fn undoing(conn: &mut Conn, act: &Act, id: LinkId) -> Result<(Matter, Linked), Problem> {
    let link = super::store::find_link(conn, &act.by.scope, id)?;
    let matter = matters::find(conn, &act.by.scope, link.later_id)?;
    let data = boxes::box_for(conn, act, &matter)?;
    let linked = data.links.into_iter().find(|one| one.link.id == id).ok_or(Problem::NotFound)?;
    super::rules::undo(linked.link.kind)?;
    Ok((matter, linked))
}

async fn undo_page(app: App, by: SignedIn, frame: Frame, id: Path<LinkId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let (matter, linked) = app.read(move |conn| undoing(conn, &act, id)).await?;
    Ok(pages::undo_link(&frame, &matter, &linked, &UndoForm::default(), &Complaints::default()))
}

async fn undo(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<LinkId>,
    form: Form<UndoForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(complaints) => {
            let (matter, linked) = app.read(move |conn| undoing(conn, &act, id)).await?;
            return Ok(unprocessable(pages::undo_link(&frame, &matter, &linked, &form, &complaints)));
        }
    };
    let later = app.write(move |conn| actions::undo_link(conn, &act, id, &reason)).await?;
    Ok(see_other_saying(&urls::matter(later), &Flash::done("关联已经撤销。")))
}
