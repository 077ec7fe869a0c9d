//! Who calls what of the campaigns' pages.

use super::forms::{
    CampaignForm, CampaignQuery, ChooseForm, CloseForm, MembersQuery, PutInForm, TakeOutForm,
};
use super::pages::{self, CampaignPage, DetailPage, ListPage};
use super::types::{Campaign, CampaignId};
use super::views::{self, Detail};
use super::{actions, sheets, urls};
use crate::app::App;
use crate::audit::{self, Subject};
use crate::enforcement;
use crate::error::Problem;
use crate::matters::{self, Matter, MatterId};
use crate::people::{Access, Permission, Routes, SignedIn, StaffId};
use crate::sheets::XLSX;
use crate::web::form::Complaints;
use crate::web::listing::{MOST_EXPORTED, PAGE};
use crate::web::{Flash, Form, Frame, download, html, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let view = Access::May(Permission::ViewMatters);
    let run = Access::May(Permission::RunCampaign);
    routes.get(urls::LIST, view, list);
    routes.get(urls::NEW, run, new);
    routes.post(urls::NEW, run, open);
    routes.get("/campaigns/{id}", view, show);
    routes.get("/campaigns/{id}/export", Access::May(Permission::ExportRegister), export);
    routes.get("/campaigns/{id}/edit", run, edit);
    routes.post("/campaigns/{id}/edit", run, change);
    routes.get("/campaigns/{id}/close", run, close_page);
    routes.post("/campaigns/{id}/close", run, close);
    routes.post("/campaigns/{id}/matters", run, put_in);
    routes.get("/campaigns/{id}/take-out/{matter}", run, take_out_page);
    routes.post("/campaigns/{id}/take-out/{matter}", run, take_out);
    routes.post("/matters/{id}/campaign", run, put_matter);
}

async fn list(app: App, by: SignedIn, frame: Frame, query: Query<CampaignQuery>) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let (open, after, today) = (query.open(), query.after(), act.now.today());
    let listing = app.read(move |conn| views::page(conn, &act, open, after)).await?;
    let may_run = by.may(Permission::RunCampaign);
    Ok(pages::list(&frame, &ListPage { listing: &listing, query: &query, today, may_run }))
}

async fn staff(app: &App, by: &SignedIn) -> Result<Vec<(StaffId, String)>, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::responsible(conn, &act)).await
}

async fn new(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let staff = staff(&app, &by).await?;
    let typed = CampaignForm::default();
    let page = CampaignPage { campaign: None, staff: &staff, typed: &typed };
    Ok(pages::campaign(&frame, &page, &Complaints::default()))
}

async fn open(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<CampaignForm>,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let draft = match form.check() {
        Ok(draft) => draft,
        Err(complaints) => {
            let staff = staff(&app, &by).await?;
            let page = CampaignPage { campaign: None, staff: &staff, typed: &form };
            return Ok(unprocessable(pages::campaign(&frame, &page, &complaints)));
        }
    };
    let id = app.write(move |conn| actions::open(conn, &act, &draft)).await?;
    let flash = Flash::done("集中执行已经建立，请把有关的事项列进来。");
    Ok(see_other_saying(&urls::campaign(id), &flash))
}

async fn detail(
    app: &App,
    by: &SignedIn,
    id: CampaignId,
    after: Option<MatterId>,
    size: i64,
) -> Result<Detail, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::detail(conn, &act, id, after, size)).await
}

fn draw(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    (detail, later): (&Detail, bool),
    (typed, told): (&PutInForm, &Complaints),
) -> Markup {
    let may_export = by.may(Permission::ExportRegister);
    let today = app.moment().today();
    pages::detail(frame, &DetailPage { detail, today, later, may_export, typed }, told)
}

async fn show(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<CampaignId>,
    query: Query<MembersQuery>,
) -> Result<Markup, Problem> {
    let after = query.after();
    let detail = detail(&app, &by, id.into_inner(), after, PAGE).await?;
    let told = (&PutInForm::default(), &Complaints::default());
    Ok(draw(&app, &by, &frame, (&detail, after.is_some()), told))
}

async fn export(app: App, by: SignedIn, id: Path<CampaignId>) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let bytes = app
        .write(move |conn| {
            let detail = views::detail(conn, &act, id, None, MOST_EXPORTED)?;
            let rows = detail.members.rows.len().to_string();
            let values = [("what", detail.shown.campaign.name.as_str()), ("rows", rows.as_str())];
            audit::record(conn, &act, "register.exported", Subject::Campaign(id.0), &values)?;
            sheets::members(&detail.shown, &detail.members, &act)
        })
        .await?;
    Ok(download("集中执行.xlsx", XLSX, bytes))
}

async fn campaign(app: &App, by: &SignedIn, id: CampaignId) -> Result<Campaign, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::find(conn, &act, id)).await
}

async fn edit(app: App, by: SignedIn, frame: Frame, id: Path<CampaignId>) -> Result<Markup, Problem> {
    let campaign = campaign(&app, &by, id.into_inner()).await?;
    let staff = staff(&app, &by).await?;
    let typed = CampaignForm::of(&campaign);
    let page = CampaignPage { campaign: Some(&campaign), staff: &staff, typed: &typed };
    Ok(pages::campaign(&frame, &page, &Complaints::default()))
}

async fn change(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<CampaignId>,
    form: Form<CampaignForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let draft = match form.check() {
        Ok(draft) => draft,
        Err(complaints) => {
            let (campaign, staff) = (campaign(&app, &by, id).await?, staff(&app, &by).await?);
            let page = CampaignPage { campaign: Some(&campaign), staff: &staff, typed: &form };
            return Ok(unprocessable(pages::campaign(&frame, &page, &complaints)));
        }
    };
    let version = form.version;
    let done = app.write(move |conn| actions::change(conn, &act, id, version, &draft)).await;
    if let Err(Problem::Stale) = done {
        let now = detail(&app, &by, id, None, 0).await?.shown;
        let staff = staff(&app, &by).await?;
        let page = CampaignPage { campaign: Some(&now.campaign), staff: &staff, typed: &form };
        return Ok(html(StatusCode::CONFLICT, pages::conflict(&frame, &page, &now)));
    }
    done?;
    Ok(see_other_saying(&urls::campaign(id), &Flash::done("已经保存。")))
}

async fn close_page(app: App, by: SignedIn, frame: Frame, id: Path<CampaignId>) -> Result<Markup, Problem> {
    let shown = detail(&app, &by, id.into_inner(), None, 0).await?.shown;
    let typed = CloseForm { version: shown.campaign.version, ..CloseForm::default() };
    Ok(pages::close(&frame, &shown, &typed, &Complaints::default()))
}

async fn close(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<CampaignId>,
    form: Form<CloseForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let summary = match form.check() {
        Ok(summary) => summary,
        Err(complaints) => {
            let shown = detail(&app, &by, id, None, 0).await?.shown;
            return Ok(unprocessable(pages::close(&frame, &shown, &form, &complaints)));
        }
    };
    let version = form.version;
    let done = app.write(move |conn| actions::close(conn, &act, id, version, &summary)).await;
    if let Err(Problem::Stale) = done {
        let shown = detail(&app, &by, id, None, 0).await?.shown;
        let anew = CloseForm { version: shown.campaign.version, ..form.0 };
        let mut told = Complaints::default();
        told.add(
            "",
            "您打开页面以后，有人改动了这次集中执行，总结还没有提交。请核对上面的情况，再提交一次。",
        );
        return Ok(html(StatusCode::CONFLICT, pages::close(&frame, &shown, &anew, &told)));
    }
    done?;
    Ok(see_other_saying(&urls::campaign(id), &Flash::done("总结已经保存，这次集中执行到此结束。")))
}

async fn put_in(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<CampaignId>,
    form: Form<PutInForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let looking = act.clone();
    let found = match form.check() {
        Ok(numbers) => {
            let (found, unknown) = app.read(move |conn| views::by_number(conn, &looking, &numbers)).await?;
            let mut complaints = Complaints::default();
            if !unknown.is_empty() {
                let unknown = unknown.join("、");
                complaints
                    .add("numbers", format!("没有找到这些编号，或者您看不到：{unknown}。一件都还没有列入。"));
            }
            complaints.verdict(Some(found))
        }
        Err(complaints) => Err(complaints),
    };
    let found = match found {
        Ok(found) => found,
        Err(complaints) => {
            let detail = detail(&app, &by, id, None, PAGE).await?;
            return Ok(unprocessable(draw(&app, &by, &frame, (&detail, false), (&form, &complaints))));
        }
    };
    let done = app.write(move |conn| actions::put_in(conn, &act, id, &found)).await;
    if let Err(Problem::Refused(why)) = done {
        let mut complaints = Complaints::default();
        complaints.add("numbers", why);
        let detail = detail(&app, &by, id, None, PAGE).await?;
        return Ok(unprocessable(draw(&app, &by, &frame, (&detail, false), (&form, &complaints))));
    }
    let added = done?;
    Ok(see_other_saying(&urls::campaign(id), &Flash::done(format!("列入了 {added} 件事项。"))))
}

async fn put_matter(
    app: App,
    by: SignedIn,
    id: Path<MatterId>,
    form: Form<ChooseForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let campaign = form.campaign().ok_or_else(|| Problem::refused("请选择一次集中执行，再点“列入”。"))?;
    app.write(move |conn| actions::put_in(conn, &act, campaign, &[id])).await?;
    Ok(see_other_saying(&enforcement::urls::of_matter(id), &Flash::done("已经列入集中执行。")))
}

async fn inside(
    app: &App,
    by: &SignedIn,
    (id, matter): (CampaignId, MatterId),
) -> Result<(Campaign, Matter), Problem> {
    let act = app.act(by);
    app.read(move |conn| Ok((views::find(conn, &act, id)?, matters::find(conn, &act.by.scope, matter)?)))
        .await
}

async fn take_out_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(CampaignId, MatterId)>,
) -> Result<Markup, Problem> {
    let (campaign, matter) = inside(&app, &by, path.into_inner()).await?;
    Ok(pages::take_out(&frame, (&campaign, &matter), &TakeOutForm::default(), &Complaints::default()))
}

async fn take_out(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(CampaignId, MatterId)>,
    form: Form<TakeOutForm>,
) -> Result<HttpResponse, Problem> {
    let (act, (id, matter)) = (app.act(&by), path.into_inner());
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(complaints) => {
            let (campaign, matter) = inside(&app, &by, (id, matter)).await?;
            return Ok(unprocessable(pages::take_out(&frame, (&campaign, &matter), &form, &complaints)));
        }
    };
    app.write(move |conn| actions::take_out(conn, &act, id, matter, &reason)).await?;
    Ok(see_other_saying(&urls::campaign(id), &Flash::done("已经移出。")))
}
