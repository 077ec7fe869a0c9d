//! The tiers' rule table.

use super::{answered, blank};
use crate::app::App;
use crate::error::Problem;
use crate::escalation::forms::RuleForm;
use crate::escalation::types::{Cause, TierRule};
use crate::escalation::{actions, pages, urls, views};
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::proposals::actions as proposals;
use crate::proposals::{Proposal, ProposalId, ProposalKind};
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    let (view, propose) = (Access::May(Permission::ViewRules), Access::May(Permission::ProposeRules));
    let decide = Access::May(Permission::PutRulesInForce);
    routes.get(urls::RULES, view, table);
    routes.get("/settings/tier-rules/of/{cause}", view, rule);
    routes.get("/settings/tier-rules/of/{cause}/edit", propose, edit_page);
    routes.post("/settings/tier-rules/of/{cause}/edit", propose, edit);
    routes.post("/settings/tier-rules/proposals/{id}/accept", decide, accept);
    routes.post("/settings/tier-rules/proposals/{id}/reject", decide, reject);
    routes.post("/settings/tier-rules/proposals/{id}/withdraw", propose, withdraw);
}

fn cause_of(code: &str) -> Result<Cause, Problem> {
    Cause::from_code(code).ok_or(Problem::NotFound)
}

async fn table(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let (rows, waiting) = app.read(move |conn| views::table(conn, &act)).await?;
    Ok(pages::rules(&frame, &rows, &waiting))
}

async fn rule(app: App, by: SignedIn, frame: Frame, cause: Path<String>) -> Result<Markup, Problem> {
    let (act, cause) = (app.act(&by), cause_of(&cause)?);
    let view = app.read(move |conn| views::rule(conn, &act, cause)).await?;
    Ok(pages::rule(&frame, &view, &frame.csrf))
}

async fn load(app: &App, by: &SignedIn, cause: Cause) -> Result<(TierRule, String), Problem> {
    let act = app.act(by);
    app.read(move |conn| {
        let standing = proposals::standing(conn, ProposalKind::TierRule, cause.code(), act.by.court_id)?;
        Ok((views::rule_of(conn, &act, cause)?, standing))
    })
    .await
}

async fn edit_page(app: App, by: SignedIn, frame: Frame, cause: Path<String>) -> Result<Markup, Problem> {
    let (rule, seen) = load(&app, &by, cause_of(&cause)?).await?;
    let typed = RuleForm { seen, ..RuleForm::of(&rule, app.moment().today()) };
    Ok(blank(|told| pages::edit_rule(&frame, &rule, &typed, told)))
}

async fn edit(
    app: App,
    by: SignedIn,
    frame: Frame,
    cause: Path<String>,
    form: Form<RuleForm>,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let (rule, fresh) = load(&app, &by, cause_of(&cause)?).await?;
    let (content, reason) = match form.check(rule.cause) {
        Ok(checked) => checked,
        Err(told) => return Ok(unprocessable(pages::edit_rule(&frame, &rule, &form, &told))),
    };
    let seen = form.seen.clone();
    let done = app
        .write(move |conn| {
            let target = (ProposalKind::TierRule, content.cause.code(), act.by.court_id);
            proposals::check_seen(conn, target, &seen)?;
            actions::propose_rule(conn, &act, &content, &reason)
        })
        .await;
    let again = RuleForm { seen: fresh, ..form.0 };
    match answered(done, |told| pages::edit_rule(&frame, &rule, &again, told))? {
        Ok(_) => {
            let flash = Flash::done("改动已提交。请看下面的试算结果；安全管理员确认后生效。");
            Ok(see_other_saying(&urls::rule(rule.cause), &flash))
        }
        Err(page) => Ok(page),
    }
}

#[derive(Deserialize)]
struct DecisionForm {
    version: i64,
    #[serde(default)]
    note: String,
}

fn back(proposal: &Proposal, words: &str) -> HttpResponse {
    let to = Cause::from_code(&proposal.target).map_or_else(|| urls::RULES.to_owned(), urls::rule);
    see_other_saying(&to, &Flash::done(words))
}

async fn accept(
    app: App,
    by: SignedIn,
    id: Path<ProposalId>,
    form: Form<DecisionForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let cause = app.write(move |conn| actions::put_rule_in_force(conn, &act, id, version)).await?;
    Ok(see_other_saying(&urls::rule(cause), &Flash::done("规则已经生效。")))
}

async fn reject(
    app: App,
    by: SignedIn,
    id: Path<ProposalId>,
    form: Form<DecisionForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, DecisionForm { version, note }) = (app.act(&by), id.into_inner(), form.0);
    let proposal = app.write(move |conn| proposals::reject(conn, &act, id, version, &note)).await?;
    Ok(back(&proposal, "改动已退回。"))
}

async fn withdraw(
    app: App,
    by: SignedIn,
    id: Path<ProposalId>,
    form: Form<DecisionForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let proposal = app.write(move |conn| proposals::withdraw(conn, &act, id, version)).await?;
    Ok(back(&proposal, "改动已撤回。"))
}
