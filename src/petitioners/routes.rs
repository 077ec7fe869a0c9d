//! The petitioners' routes and their handlers. What is typed into a search box goes by POST: a name or number never
//! stands in an address.

use super::document_number::Sex;
use super::forms::{MergeForm, OtherForm, PetitionerForm, ReasonForm, RevealForm, SearchForm, VersionForm};
use super::matching::{doubles, find_matches};
use super::pages::{Candidates, May, Revealed};
use super::profile::{self, Profile};
use super::typed::Typed;
use super::types::{CareFlag, DistinctId, MergeId, Petitioner, PetitionerId, PetitionerKind};
use super::{actions, pages, store, urls};
use crate::app::App;
use crate::error::Problem;
use crate::people::{Access, Actor, Permission, Routes, Rows, SignedIn};
use crate::web::conflict::{Both, fields_of};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;
use serde::Deserialize;

/// Rows of a page of the list.
const PAGE: usize = 50;

pub fn routes(r: &mut Routes) {
    let view = Access::May(Permission::ViewPetitioners);
    let edit_them = Access::May(Permission::EditPetitioner);
    let merge_them = Access::May(Permission::MergePetitioners);
    r.get("/petitioners", view, list);
    r.post("/petitioners/search", view, search);
    r.get("/petitioners/{id}", view, show);
    r.post("/petitioners/{id}/reveal", Access::May(Permission::RevealSealed), reveal);
    r.get("/petitioners/{id}/edit", edit_them, edit_page);
    r.post("/petitioners/{id}/edit", edit_them, edit);
    r.post("/petitioners/{id}/distinct", edit_them, say_distinct);
    r.post("/petitioners/distinct/{id}/undo", edit_them, unsay_distinct);
    r.get("/petitioners/{id}/merge", merge_them, merge_page);
    r.post("/petitioners/{id}/merge/search", merge_them, merge_search);
    r.post("/petitioners/{id}/merge", merge_them, merge);
    r.post("/petitioners/merges/{id}/undo", merge_them, unmerge);
}

/// Who handles matters sees more of a masked number than who merely looks on.
fn handles(by: &Actor) -> bool {
    by.may(Permission::EditPetitioner) || by.scope.rows != Rows::Court
}

fn may(by: &Actor) -> May {
    May {
        edit: by.may(Permission::EditPetitioner),
        merge: by.may(Permission::MergePetitioners),
        reveal: by.may(Permission::RevealSealed),
        handles: handles(by),
    }
}

#[derive(Debug, Deserialize)]
struct ListQuery {
    before: Option<PetitionerId>,
}

async fn list(app: App, by: SignedIn, frame: Frame, query: Query<ListQuery>) -> Result<Markup, Problem> {
    let (scope, before) = (by.scope.clone(), query.before);
    let (rows, next) = app.read(move |conn| Ok(store::page(conn, &scope, before, PAGE)?)).await?;
    Ok(pages::list(&frame, &rows, next.map(urls::list_before), handles(&by), app.moment().today()))
}

async fn search(app: App, by: SignedIn, frame: Frame, form: Form<SearchForm>) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let today = act.now.today();
    let typed = Typed::read(&form.q, today);
    let matches = app.read(move |conn| find_matches(conn, &act.by.scope, &act.keys, &typed)).await?;
    Ok(pages::found(&frame, &form.q, &matches, handles(&by), today))
}

async fn profile_of(app: &App, by: &SignedIn, id: PetitionerId) -> Result<Profile, Problem> {
    let act = app.act(by);
    app.read(move |conn| profile::load(conn, &act.by.scope, &act.keys, id)).await
}

async fn show(app: App, by: SignedIn, frame: Frame, id: Path<PetitionerId>) -> Result<Markup, Problem> {
    let profile = profile_of(&app, &by, *id).await?;
    Ok(pages::detail(&frame, &profile, &Revealed::default(), may(&by), app.moment().today()))
}

async fn reveal(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<PetitionerId>,
    form: Form<RevealForm>,
) -> Result<HttpResponse, Problem> {
    let (id, act) = (id.into_inner(), app.act(&by));
    let today = act.now.today();
    let (field, reason) = match form.check() {
        Ok(asked) => asked,
        Err(complaints) => {
            let field = super::types::SealedField::from_code(&form.field);
            let again = Revealed { field, plain: None, reason: form.reason.clone(), complaints };
            let profile = profile_of(&app, &by, id).await?;
            return Ok(unprocessable(pages::detail(&frame, &profile, &again, may(&by), today)));
        }
    };
    let why = reason.clone();
    let plain = app.write(move |conn| actions::reveal(conn, &act, id, field, &why)).await?;
    let profile = profile_of(&app, &by, id).await?;
    let shown =
        Revealed { field: Some(field), plain: Some(plain), reason, complaints: Complaints::default() };
    let page = pages::detail(&frame, &profile, &shown, may(&by), today);
    Ok(crate::web::html(actix_web::http::StatusCode::OK, page))
}

async fn found(app: &App, by: &SignedIn, id: PetitionerId) -> Result<Petitioner, Problem> {
    let scope = by.scope.clone();
    app.read(move |conn| Ok(store::find(conn, &scope, id)?)).await
}

/// What the form is filled with: all that doesn't lie sealed.
fn filled(petitioner: &Petitioner) -> PetitionerForm {
    let code = |flags: &str| flags.split(' ').filter(|code| !code.is_empty()).map(str::to_owned).collect();
    PetitionerForm {
        kind: petitioner.kind.code().to_owned(),
        name: if petitioner.confidential { String::new() } else { petitioner.name.clone() },
        sex: petitioner.sex.map_or_else(String::new, |sex| sex.code().to_owned()),
        birth: petitioner.birth_on.map_or_else(String::new, |birth| birth.to_string()),
        care: code(&petitioner.care_flags),
        confidential: if petitioner.confidential { "1" } else { "" }.to_owned(),
        ..PetitionerForm::default()
    }
}

async fn edit_page(app: App, by: SignedIn, frame: Frame, id: Path<PetitionerId>) -> Result<Markup, Problem> {
    let petitioner = found(&app, &by, *id).await?;
    let form = filled(&petitioner);
    Ok(pages::edit(&frame, &petitioner, &form, petitioner.version, &Complaints::default()))
}

async fn edit(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<PetitionerId>,
    version: Form<VersionForm>,
    form: Form<PetitionerForm>,
) -> Result<HttpResponse, Problem> {
    let (id, act, version) = (id.into_inner(), app.act(&by), version.version);
    let petitioner = found(&app, &by, id).await?;
    let mut typed = form.0.clone();
    let keeps_name = petitioner.confidential && typed.name.trim().is_empty();
    if keeps_name && petitioner.kind != PetitionerKind::Anonymous {
        typed.name.clone_from(&petitioner.name);
    }
    let details = match typed.check(act.now.today()) {
        Ok(details) => details,
        Err(complaints) => {
            return Ok(unprocessable(pages::edit(&frame, &petitioner, &form, version, &complaints)));
        }
    };
    let done = app.write(move |conn| actions::update(conn, &act, id, version, &details)).await;
    if matches!(done, Err(Problem::Stale)) {
        let now = found(&app, &by, id).await?;
        return both(&frame, &form, &now);
    }
    done?;
    Ok(see_other_saying(&urls::petitioner(id), &Flash::done("信访人信息已更正。")))
}

/// A petitioner whom somebody else corrected meanwhile. What is sealed isn't shown; what was typed of it is sent along.
fn both(frame: &Frame, mine: &PetitionerForm, now: &Petitioner) -> Result<HttpResponse, Problem> {
    let words = |name: &str, value: &str| match name {
        "kind" => PetitionerKind::from_code(value).map(|kind| kind.label().to_owned()),
        "sex" => Sex::from_code(value).map(|sex| sex.label().to_owned()),
        "care" => CareFlag::from_code(value).map(|flag| flag.label().to_owned()),
        "confidential" => Some("保密".to_owned()),
        _ => None,
    };
    let page = Both {
        title: &now.name_shown(),
        help: "petitioners#edit",
        keep: &urls::petitioner(now.id),
        action: &urls::edit(now.id),
        mine: fields_of(mine)?,
        theirs: fields_of(&filled(now))?,
        labels: &[
            ("kind", "类型"),
            ("name", "姓名或者名称"),
            ("sex", "性别"),
            ("birth", "出生日期"),
            ("care", "需要照顾的情况"),
            ("confidential", "身份保密"),
        ],
        fresh: vec![("version", now.version.to_string())],
        words: &words,
    };
    Ok(page.answer(frame))
}

async fn say_distinct(
    app: App,
    by: SignedIn,
    id: Path<PetitionerId>,
    form: Form<OtherForm>,
) -> Result<HttpResponse, Problem> {
    let (id, act, other, form) = (id.into_inner(), app.act(&by), form.other()?, form.0);
    app.write(move |conn| actions::say_distinct(conn, &act, id, other, &form.reason)).await?;
    Ok(see_other_saying(&urls::petitioner(id), &Flash::done("已记下：不是同一人，以后不再提示。")))
}

async fn unsay_distinct(app: App, by: SignedIn, id: Path<DistinctId>) -> Result<HttpResponse, Problem> {
    let (id, act) = (id.into_inner(), app.act(&by));
    let one = app.write(move |conn| actions::unsay_distinct(conn, &act, id)).await?;
    Ok(see_other_saying(&urls::petitioner(one), &Flash::done("已撤销“不是同一人”的标记。")))
}

async fn merge_page(app: App, by: SignedIn, frame: Frame, id: Path<PetitionerId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let today = act.now.today();
    let (petitioner, matches) = app
        .read(move |conn| {
            let petitioner = store::find(conn, &act.by.scope, id)?;
            let matches = doubles(conn, &act.by.scope, &act.keys, &petitioner)?;
            Ok((petitioner, matches))
        })
        .await?;
    let candidates = Candidates { matches, typed: String::new() };
    let (form, none) = (MergeForm::default(), Complaints::default());
    Ok(pages::merge(&frame, &petitioner, &candidates, &form, &none, today))
}

async fn merge_search(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<PetitionerId>,
    form: Form<SearchForm>,
) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let today = act.now.today();
    let typed = Typed::read(&form.q, today);
    let (petitioner, matches) = app
        .read(move |conn| {
            let petitioner = store::find(conn, &act.by.scope, id)?;
            Ok((petitioner, find_matches(conn, &act.by.scope, &act.keys, &typed)?))
        })
        .await?;
    let candidates = Candidates { matches, typed: form.q.clone() };
    let (form, none) = (MergeForm::default(), Complaints::default());
    Ok(pages::merge(&frame, &petitioner, &candidates, &form, &none, today))
}

async fn merge(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<PetitionerId>,
    form: Form<MergeForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let (gone, stays, reason) = match form.check(id) {
        Ok(asked) => asked,
        Err(complaints) => return merge_again(&app, &by, &frame, id, &form, &complaints).await,
    };
    app.write(move |conn| actions::merge(conn, &act, gone, stays, &reason)).await?;
    let done = Flash::done("已合并。两条记录的来访和事项现在归在一起；需要时可以撤销。");
    Ok(see_other_saying(&urls::petitioner(stays), &done))
}

/// The merge page once more, with the record that was chosen and what is wrong.
async fn merge_again(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    id: PetitionerId,
    form: &MergeForm,
    complaints: &Complaints,
) -> Result<HttpResponse, Problem> {
    let act = app.act(by);
    let today = act.now.today();
    let chosen: Option<PetitionerId> = form.other.parse().ok();
    let (petitioner, matches) = app
        .read(move |conn| {
            let petitioner = store::find(conn, &act.by.scope, id)?;
            let mut matches = doubles(conn, &act.by.scope, &act.keys, &petitioner)?;
            let missing = chosen.filter(|id| !matches.iter().any(|found| found.petitioner.id == *id));
            if let Some(other) = missing {
                matches.push(super::Match::chosen(store::find(conn, &act.by.scope, other)?));
            }
            Ok((petitioner, matches))
        })
        .await?;
    let candidates = Candidates { matches, typed: String::new() };
    Ok(unprocessable(pages::merge(frame, &petitioner, &candidates, form, complaints, today)))
}

async fn unmerge(
    app: App,
    by: SignedIn,
    id: Path<MergeId>,
    form: Form<ReasonForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, reason) = (app.act(&by), id.into_inner(), form.0.reason);
    let apart = app.write(move |conn| actions::unmerge(conn, &act, id, &reason)).await?;
    Ok(see_other_saying(&urls::petitioner(apart), &Flash::done("合并已撤销，各条记录恢复原样。")))
}
