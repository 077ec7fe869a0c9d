//! Who calls what of the assessments' pages.

use super::forms::{AssessForm, AssessmentQuery, DecideForm, NewQuery, QuestionnaireForm};
use super::types::{AssessmentId, Question, Questionnaire};
use super::views::{self, Detail};
use super::{actions, change, pages, sheets, urls};
use crate::app::{App, Export};
use crate::crypto::random_token;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Access, Act, Permission, Routes, SignedIn};
use crate::proposals::actions as proposals;
use crate::proposals::{Pressed, ProposalId, ProposalKind, decided_before};
use crate::sweeps;
use crate::web::form::Complaints;
use crate::web::listing::{MOST_EXPORTED, PAGE};
use crate::web::{Flash, Form, Frame, html, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use maud::Markup;
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    let see = Access::May(Permission::SeeSweeps);
    let assess_cases = Access::May(Permission::AssessCases);
    let (view, propose) = (Access::May(Permission::ViewRules), Access::May(Permission::ProposeRules));
    let put = Access::May(Permission::PutRulesInForce);
    routes.get(urls::LIST, see, list);
    routes.get(urls::EXPORT, Access::May(Permission::ExportRegister), export);
    routes.get(urls::NEW, assess_cases, assess_page);
    routes.post(urls::NEW, assess_cases, assess);
    routes.get("/assessments/{id}", see, show);
    routes.post("/assessments/{id}/decide", assess_cases, decide);
    routes.get(urls::QUESTIONNAIRE, view, questionnaire);
    routes.get(urls::EDIT, propose, edit_page);
    routes.post(urls::EDIT, propose, edit);
    routes.post("/settings/questionnaire/proposals/{id}/accept", put, accept);
    routes.post("/settings/questionnaire/proposals/{id}/reject", put, reject);
    routes.post("/settings/questionnaire/proposals/{id}/withdraw", propose, withdraw);
}

async fn list(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<AssessmentQuery>,
) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let asked = query.clone();
    let (listing, divisions) = app
        .read(move |conn| {
            let listing = views::page(conn, &act, &asked.filter(), asked.after(), PAGE)?;
            Ok((listing, sweeps::views::divisions(conn, &act)?))
        })
        .await?;
    let may = (divisions.as_slice(), by.may(Permission::AssessCases), by.may(Permission::ExportRegister));
    Ok(pages::list(&frame, &listing, &query, may))
}

async fn export(app: App, by: SignedIn, query: Query<AssessmentQuery>) -> Result<HttpResponse, Problem> {
    let filter = query.filter();
    let all = move |conn: &mut Conn, act: &Act| views::page(conn, act, &filter, None, MOST_EXPORTED);
    app.export(&by, Export::of("案件风险评估"), all, sheets::assessments).await
}

async fn asked(app: &App, by: &SignedIn) -> Result<(Questionnaire, Vec<Question>), Problem> {
    let act = app.act(by);
    app.read(move |conn| views::questionnaire(conn, &act)).await
}

async fn assess_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<NewQuery>,
) -> Result<Markup, Problem> {
    let (edition, questions) = asked(&app, &by).await?;
    let mut typed = AssessForm { submission: random_token(), ..AssessForm::default() };
    if let Ok(row) = query.row.parse() {
        let act = app.act(&by);
        let row = app.read(move |conn| sweeps::views::row(conn, &act, row)).await?.listed.row;
        typed.case_number = row.case_number;
        typed.cause = row.cause;
    }
    Ok(pages::assess(&frame, (&edition, &questions), &typed, &Complaints::default()))
}

async fn assess(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<AssessForm>,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let (edition, questions) = asked(&app, &by).await?;
    let draw = |told: &Complaints| pages::assess(&frame, (&edition, &questions), &form, told);
    let draft = match form.check(act.now.today()) {
        Ok(draft) => draft,
        Err(told) => return Ok(unprocessable(draw(&told))),
    };
    match app.write(move |conn| actions::assess(conn, &act, &draft)).await {
        Err(Problem::Refused(sentence)) => Ok(unprocessable(draw(&about_all(sentence)))),
        Err(Problem::Stale) => {
            let told = about_all("问卷刚刚换了新的一版，请按下面的新问卷再看一遍，然后提交。");
            Ok(html(StatusCode::CONFLICT, draw(&told)))
        }
        done => {
            let row = done?;
            let flash = Flash::done(format!("评估已经保存：{} 分，{}。", row.points, row.state.label()));
            Ok(see_other_saying(&urls::assessment(row.id), &flash))
        }
    }
}

fn about_all(sentence: impl Into<String>) -> Complaints {
    let mut told = Complaints::default();
    told.add("", sentence);
    told
}

async fn load(app: &App, by: &SignedIn, id: AssessmentId) -> Result<Detail, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::detail(conn, &act, id)).await
}

async fn show(app: App, by: SignedIn, frame: Frame, id: Path<AssessmentId>) -> Result<Markup, Problem> {
    let page = load(&app, &by, id.into_inner()).await?;
    let typed = DecideForm { measures: page.listed.row.measures.clone(), ..DecideForm::default() };
    Ok(pages::detail(&frame, &page, &typed, &Complaints::default()))
}

async fn decide(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<AssessmentId>,
    form: Form<DecideForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let before = load(&app, &by, id).await?;
    let decision = match form.check() {
        Ok(decision) => decision,
        Err(told) => return Ok(unprocessable(pages::detail(&frame, &before, &form, &told))),
    };
    let (version, listed) = (form.version, decision.listed);
    match app.write(move |conn| actions::decide(conn, &act, id, version, &decision)).await {
        Err(Problem::Refused(sentence)) => {
            Ok(unprocessable(pages::detail(&frame, &before, &form, &about_all(sentence))))
        }
        Err(Problem::Stale) => {
            let page = load(&app, &by, id).await?;
            Ok(html(StatusCode::CONFLICT, pages::detail(&frame, &page, &form, &Complaints::of_stale())))
        }
        done => {
            done?;
            let words = if listed {
                "已经列入一级，工作组会收到邮件。"
            } else {
                "决定已经保存，不列入一级。"
            };
            Ok(see_other_saying(&urls::assessment(id), &Flash::done(words)))
        }
    }
}

async fn questionnaire(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let page = app.read(move |conn| views::standing(conn, &act)).await?;
    Ok(pages::questionnaire(&frame, &page))
}

/// The questionnaire as it stands, and what had been proposed by then.
async fn to_edit(app: &App, by: &SignedIn) -> Result<QuestionnaireForm, Problem> {
    let act = app.act(by);
    app.read(move |conn| {
        let (edition, questions) = views::questionnaire(conn, &act)?;
        let seen = proposals::standing(conn, ProposalKind::Questionnaire, change::TARGET, act.by.court_id)?;
        let form = QuestionnaireForm::of((edition.threshold, &questions), act.now.today());
        Ok(QuestionnaireForm { seen, ..form })
    })
    .await
}

async fn edit_page(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let typed = to_edit(&app, &by).await?;
    Ok(pages::edit(&frame, &typed, &Complaints::default()))
}

async fn edit(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<QuestionnaireForm>,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let (content, reason) = match form.check() {
        Ok(checked) => checked,
        Err(told) => return Ok(unprocessable(pages::edit(&frame, &form, &told))),
    };
    let seen = form.seen.clone();
    let done = app
        .write(move |conn| {
            let target = (ProposalKind::Questionnaire, change::TARGET, act.by.court_id);
            proposals::check_seen(conn, target, &seen)?;
            actions::propose_questionnaire(conn, &act, &content, &reason)
        })
        .await;
    match done {
        Err(Problem::Refused(sentence)) => {
            Ok(unprocessable(pages::edit(&frame, &form, &about_all(sentence))))
        }
        Err(Problem::Stale) => {
            let again = QuestionnaireForm { seen: to_edit(&app, &by).await?.seen, ..form.0 };
            Ok(html(StatusCode::CONFLICT, pages::edit(&frame, &again, &Complaints::of_stale())))
        }
        done => {
            done?;
            let flash = Flash::done("改动已提交，安全管理员确认后生效。");
            Ok(see_other_saying(urls::QUESTIONNAIRE, &flash))
        }
    }
}

#[derive(Deserialize)]
struct DecisionForm {
    version: i64,
    #[serde(default)]
    note: String,
}

const OF: (&str, &str) = ("评估问卷", urls::QUESTIONNAIRE);
const HELP: &str = "assessments#questionnaire";

/// Back to the questionnaire; where somebody else has decided meanwhile, to what became of it.
async fn back<T>(
    (app, frame, id): (&App, &Frame, ProposalId),
    (button, meant, note): (&str, &str, &str),
    done: Result<T, Problem>,
    says: &str,
) -> Result<HttpResponse, Problem> {
    if let Err(Problem::Stale) = done {
        let action = format!("{}/proposals/{id}/{button}", urls::QUESTIONNAIRE);
        let pressed = Pressed { meant, action: &action, note, of: OF, help: HELP };
        return decided_before(app, frame, id, pressed).await;
    }
    done?;
    Ok(see_other_saying(urls::QUESTIONNAIRE, &Flash::done(says)))
}

async fn accept(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<ProposalId>,
    form: Form<DecisionForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let done = app.write(move |conn| actions::put_in_force(conn, &act, id, version)).await;
    back((&app, &frame, id), ("accept", "确认生效", ""), done, "新的问卷已经生效。").await
}

async fn reject(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<ProposalId>,
    form: Form<DecisionForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let note = form.note.clone();
    let done = app.write(move |conn| proposals::reject(conn, &act, id, version, &note)).await;
    back((&app, &frame, id), ("reject", "退回修改", &form.note), done, "改动已退回。").await
}

async fn withdraw(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<ProposalId>,
    form: Form<DecisionForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let done = app.write(move |conn| proposals::withdraw(conn, &act, id, version)).await;
    back((&app, &frame, id), ("withdraw", "撤回这项改动", ""), done, "改动已撤回。").await
}
