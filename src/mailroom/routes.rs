use super::actions::{self, PAGE};
use super::pages::{self, MailPage};
use super::rules::{Group, Query};
use super::urls;
use crate::app::App;
use crate::error::Problem;
use crate::mail::{self, Listed, MailId};
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, Paging, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web;
use maud::Markup;
use serde::Deserialize;

pub fn routes(r: &mut Routes) {
    let view = Access::May(Permission::ViewMail);
    r.get(urls::LIST, view, show);
    r.post(urls::TEST, view, test);
    r.post(urls::RETRY, view, retry);
    r.post("/mail/{id}/again", Access::May(Permission::ManageMail), again);
}

async fn show(app: App, by: SignedIn, frame: Frame, query: web::Query<Query>) -> Result<Markup, Problem> {
    draw(&app, &by, &frame, query.into_inner(), "", &Complaints::default()).await
}

async fn draw(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    query: Query,
    address: &str,
    complaints: &Complaints,
) -> Result<Markup, Problem> {
    let (act, asked) = (app.act(by), query.clone());
    let now = act.now;
    let (health, mails) =
        app.read(move |conn| Ok((mail::health(conn, now)?, actions::list(conn, &act, &asked)?))).await?;
    let (mails, paging) = page_of(mails, &query);
    let may_manage = by.may(Permission::ManageMail);
    let group = query.group();
    let page =
        MailPage { health: &health, group, mails: &mails, paging, may_manage, now, address, complaints };
    Ok(pages::list(frame, &page))
}

/// The page out of one mail more than it holds, and the ways to its neighbours.
fn page_of(mut mails: Vec<Listed>, query: &Query) -> (Vec<Listed>, Paging) {
    let (group, backwards) = (query.group(), query.after().is_some());
    let full = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = mails.len() > full;
    if backwards && more {
        mails.remove(0);
    }
    mails.truncate(full);
    let ends = mails.first().zip(mails.last()).map(|(first, last)| (first.id, last.id));
    let (has_newer, has_older) = if backwards { (more, true) } else { (query.before().is_some(), more) };
    let paging = Paging {
        previous: ends.filter(|_| has_newer).map(|(first, _)| urls::newer(group, first)),
        next: ends.filter(|_| has_older).map(|(_, last)| urls::older(group, last)),
    };
    (mails, paging)
}

#[derive(Deserialize)]
struct TestForm {
    #[serde(default)]
    address: String,
}

async fn test(app: App, by: SignedIn, frame: Frame, form: Form<TestForm>) -> Result<HttpResponse, Problem> {
    let (act, address) = (app.act(&by), form.address.clone());
    match app.write(move |conn| actions::send_test(conn, &act, &address)).await {
        Ok(_) => {
            let flash = Flash::done("测试邮件已经进入队列，几秒后刷新本页查看结果。");
            Ok(see_other_saying(&urls::group(Group::All), &flash))
        }
        Err(Problem::Refused(sentence)) => {
            let mut complaints = Complaints::default();
            complaints.add("address", sentence);
            let page = draw(&app, &by, &frame, Query::default(), &form.address, &complaints).await?;
            Ok(unprocessable(page))
        }
        Err(problem) => Err(problem),
    }
}

async fn retry(app: App, by: SignedIn) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    app.write(move |conn| actions::try_channel(conn, &act)).await?;
    let flash = Flash::done("正在重新连接邮件服务器，几秒后刷新本页查看结果。");
    Ok(see_other_saying(&urls::group(Group::All), &flash))
}

async fn again(app: App, by: SignedIn, id: web::Path<MailId>) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    app.write(move |conn| actions::send_again(conn, &act, id.into_inner())).await?;
    let flash = Flash::done("这封邮件已经重新进入队列，几秒后刷新本页查看结果。");
    Ok(see_other_saying(&urls::group(Group::All), &flash))
}
