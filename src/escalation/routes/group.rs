//! The work group: confirmed, and changed with a reason.

use super::{answered, blank, conflict, load};
use crate::app::App;
use crate::error::Problem;
use crate::escalation::forms::{MemberForm, TextForm};
use crate::escalation::types::{Member, MemberId};
use crate::escalation::views::Detail;
use crate::escalation::{actions, pages, urls};
use crate::matters::MatterId;
use crate::people::SignedIn;
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

pub async fn confirm(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<TextForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let done = app.write(move |conn| actions::confirm_group(conn, &act, id, version)).await;
    if matches!(done, Err(Problem::Stale)) {
        return Ok(conflict::confirm(&frame, &load(&app, &by, id).await?));
    }
    done?;
    Ok(see_other_saying(&urls::of(id), &Flash::done("工作组已经确定，成员会收到邮件。")))
}

fn version_of(detail: &Detail) -> i64 {
    detail.group.as_ref().map_or(0, |group| group.version)
}

pub async fn add_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let detail = run(&app, &by, id.into_inner()).await?;
    let typed = MemberForm { version: version_of(&detail), ..MemberForm::default() };
    Ok(blank(|told| pages::member(&frame, &detail, None, &typed, told)))
}

pub async fn add(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<MemberForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = run(&app, &by, id).await?;
    let (who, reason) = match form.check() {
        Ok((Some(who), reason)) => (who, reason),
        Ok((None, _)) => {
            let mut told = Complaints::default();
            told.add("staff", "请选择增加谁。");
            return Ok(unprocessable(pages::member(&frame, &detail, None, &form, &told)));
        }
        Err(told) => return Ok(unprocessable(pages::member(&frame, &detail, None, &form, &told))),
    };
    let version = form.version;
    let done = app.write(move |conn| actions::add_member(conn, &act, id, version, (who, &reason))).await;
    if matches!(done, Err(Problem::Stale)) {
        let (now, action) = (load(&app, &by, id).await?, urls::step(id, "members"));
        return Ok(conflict::member(&frame, &now, (&action, None), &form));
    }
    match answered(done, |told| pages::member(&frame, &detail, None, &form, told))? {
        Ok(()) => Ok(see_other_saying(&urls::of(id), &Flash::done("已经加入工作组。"))),
        Err(page) => Ok(page),
    }
}

fn seat(detail: &Detail, id: MemberId) -> Option<&Member> {
    let mut all = detail.members.iter().map(|one| &one.member);
    all.find(|member| member.id == id)
}

/// The matter, for whoever arranges its group.
async fn run(app: &App, by: &SignedIn, id: MatterId) -> Result<Detail, Problem> {
    let detail = load(app, by, id).await?;
    if detail.may.run { Ok(detail) } else { Err(Problem::Forbidden) }
}

pub async fn change_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(MatterId, MemberId)>,
) -> Result<Markup, Problem> {
    let (id, member) = path.into_inner();
    let detail = run(&app, &by, id).await?;
    let seat = seat(&detail, member).ok_or(Problem::NotFound)?;
    let typed = MemberForm { version: version_of(&detail), ..MemberForm::default() };
    Ok(blank(|told| pages::member(&frame, &detail, Some(seat), &typed, told)))
}

pub async fn change(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(MatterId, MemberId)>,
    form: Form<MemberForm>,
) -> Result<HttpResponse, Problem> {
    let ((id, member), act) = (path.into_inner(), app.act(&by));
    let detail = run(&app, &by, id).await?;
    let action = urls::member(id, member);
    let Some(seat) = seat(&detail, member) else {
        return Ok(conflict::member(&frame, &detail, (&action, None), &form));
    };
    let (to, reason) = match form.check() {
        Ok(checked) => checked,
        Err(told) => return Ok(unprocessable(pages::member(&frame, &detail, Some(seat), &form, &told))),
    };
    let version = form.version;
    let done =
        app.write(move |conn| actions::remove_member(conn, &act, (id, member), version, (to, &reason))).await;
    if matches!(done, Err(Problem::Stale)) {
        let now = load(&app, &by, id).await?;
        let seat = now.members.iter().map(|one| &one.member).find(|one| one.id == member);
        return Ok(conflict::member(&frame, &now, (&action, seat), &form));
    }
    match answered(done, |told| pages::member(&frame, &detail, Some(seat), &form, told))? {
        Ok(()) => Ok(see_other_saying(&urls::of(id), &Flash::done("工作组已经调整。"))),
        Err(page) => Ok(page),
    }
}
