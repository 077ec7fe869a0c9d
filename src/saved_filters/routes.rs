//! Who calls what of saved filters.

use super::forms::{RenameForm, SaveForm};
use super::types::{Register, SavedFilterId};
use super::{actions, pages, urls, views};
use crate::app::App;
use crate::error::Problem;
use crate::matters::urls as registers;
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let view = Access::May(Permission::ViewMatters);
    routes.get(urls::LIST, view, list);
    routes.post(urls::LIST, view, save);
    routes.post("/saved-filters/{id}/rename", view, rename);
    routes.post("/saved-filters/{id}/delete", view, delete);
}

async fn list(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let saved = app.read(move |conn| views::counted(conn, &act)).await?;
    Ok(pages::list(&frame, &saved, None))
}

async fn save(app: App, by: SignedIn, frame: Frame, form: Form<SaveForm>) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let again = |complaints: &Complaints| {
        let register = Register::from_code(&form.register).unwrap_or(Register::Matters);
        unprocessable(pages::save(&frame, register, &form, complaints))
    };
    let (name, register) = match form.check() {
        Ok(checked) => checked,
        Err(complaints) => return Ok(again(&complaints)),
    };
    let query = form.query.clone();
    let saved = app.write(move |conn| actions::save(conn, &act, register, (&name, &query))).await;
    let saved = match saved {
        Err(Problem::Refused(why)) => {
            let mut complaints = Complaints::default();
            complaints.add("name", why);
            return Ok(again(&complaints));
        }
        other => other?,
    };
    let to = match saved.register {
        Register::Matters => registers::MATTERS,
        Register::Contacts => registers::CONTACTS,
    };
    let text = format!("已经保存为“{}”，在这里和“今日”都能打开。", saved.name);
    Ok(see_other_saying(&format!("{to}?{}", saved.query), &Flash::done(&text)))
}

async fn rename(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<SavedFilterId>,
    form: Form<RenameForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let done = match form.check() {
        Ok(name) => {
            let act = act.clone();
            app.write(move |conn| actions::rename(conn, &act, id, &name)).await
        }
        Err(complaints) => {
            let saved = app.read(move |conn| views::counted(conn, &act)).await?;
            return Ok(unprocessable(pages::list(&frame, &saved, Some((id, &form, &complaints)))));
        }
    };
    if let Err(Problem::Refused(why)) = done {
        let mut complaints = Complaints::default();
        complaints.add("name", why);
        let saved = app.read(move |conn| views::counted(conn, &act)).await?;
        return Ok(unprocessable(pages::list(&frame, &saved, Some((id, &form, &complaints)))));
    }
    done?;
    Ok(see_other_saying(urls::LIST, &Flash::done("已经改名。")))
}

async fn delete(app: App, by: SignedIn, id: Path<SavedFilterId>) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    app.write(move |conn| actions::delete(conn, &act, id)).await?;
    Ok(see_other_saying(urls::LIST, &Flash::done("已经删除这个筛选。")))
}
