//! The routes of the rule table; those of clocks are in a file of their own.

mod clock;

use super::actions;
use super::change::RuleContent;
use super::forms::RuleForm;
use super::rules::due;
use super::types::{Approver, Code, Rule, RuleStatus, Unit};
use super::{clocks, pages, urls};
use crate::app::App;
use crate::calendar;
use crate::error::Problem;
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::proposals::actions as proposals;
use crate::proposals::{
    Pressed, Proposal, ProposalId, ProposalKind, ProposalState, decided_before, history, open_targets,
};
use crate::web::conflict::{Both, fields_of};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::NaiveDate;
use maud::Markup;
use serde::Deserialize;

pub fn routes(r: &mut Routes) {
    let (view, propose) = (Access::May(Permission::ViewRules), Access::May(Permission::ProposeRules));
    let decide = Access::May(Permission::PutRulesInForce);
    r.get("/settings/rules", view, table);
    r.get("/settings/rules/of/{code}", view, rule);
    r.get("/settings/rules/of/{code}/edit", propose, edit_page);
    r.post("/settings/rules/of/{code}/edit", propose, edit);
    r.post("/settings/rules/proposals/{id}/accept", decide, accept);
    r.post("/settings/rules/proposals/{id}/reject", decide, reject);
    r.post("/settings/rules/proposals/{id}/withdraw", propose, withdraw);
    clock::routes(r);
}

async fn table(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let (court, today) = (by.court_id, app.moment().today());
    let (rules, waiting) = app
        .read(move |conn| {
            let table = clocks::table(conn)?;
            let rules: Vec<Rule> =
                Code::ALL.iter().filter_map(|code| table.row_on(court, *code, today)).cloned().collect();
            Ok((rules, open_targets(conn, ProposalKind::Rule, court)?))
        })
        .await?;
    let waiting: Vec<Code> = waiting.iter().filter_map(|code| Code::from_code(code)).collect();
    Ok(pages::table(&frame, &rules, &waiting))
}

fn code_of(code: &str) -> Result<Code, Problem> {
    Code::from_code(code).ok_or(Problem::NotFound)
}

async fn load(app: &App, by: &SignedIn, code: Code) -> Result<Rule, Problem> {
    let (court, today) = (by.court_id, app.moment().today());
    app.read(move |conn| clocks::table(conn)?.row_on(court, code, today).cloned().ok_or(Problem::NotFound))
        .await
}

async fn rule(app: App, by: SignedIn, frame: Frame, code: Path<String>) -> Result<Markup, Problem> {
    let (code, court, today) = (code_of(&code)?, by.court_id, app.moment().today());
    let rule = load(&app, &by, code).await?;
    let (rows, history, days) = app
        .read(move |conn| {
            let table = clocks::table(conn)?;
            let mine = |row: &&Rule| row.code == code && (row.court_id.is_none() || row.court_id == court);
            let rows: Vec<Rule> = table.rows().iter().filter(mine).cloned().collect();
            let history = history(conn, ProposalKind::Rule, code.code(), court)?;
            Ok((rows, history, calendar::working_days(conn)?))
        })
        .await?;
    let waits = history.iter().find(|p| p.state == ProposalState::Proposed);
    let page = pages::RulePage {
        rule: &rule,
        example: due(today, rule.count(), &days).ok().map(|due| (today, due)),
        rows: &rows,
        waiting: waits.map(|p| RuleContent::read(p).map(|content| (p, content))).transpose()?,
        history: &history,
        may_accept: by.may(Permission::PutRulesInForce)
            && waits.is_none_or(|p| by.staff_id != Some(p.proposed_by)),
        may_propose: by.may(Permission::ProposeRules),
    };
    Ok(page.draw(&frame))
}

async fn edit_page(app: App, by: SignedIn, frame: Frame, code: Path<String>) -> Result<Markup, Problem> {
    let rule = load(&app, &by, code_of(&code)?).await?;
    let form =
        RuleForm { seen: standing(&app, &by, rule.code).await?, ..RuleForm::of(&rule, app.moment().today()) };
    Ok(pages::edit(&frame, &rule, &form, &Complaints::default()))
}

async fn edit(
    app: App,
    by: SignedIn,
    frame: Frame,
    code: Path<String>,
    form: Form<RuleForm>,
) -> Result<HttpResponse, Problem> {
    let (rule, act) = (load(&app, &by, code_of(&code)?).await?, app.act(&by));
    let (content, reason) = match form.check(&rule, act.now.today()) {
        Ok(checked) => checked,
        Err(complaints) => return Ok(unprocessable(pages::edit(&frame, &rule, &form, &complaints))),
    };
    let seen = form.seen.clone();
    let done = app
        .write(move |conn| {
            let target = (ProposalKind::Rule, content.code.code(), act.by.court_id);
            proposals::check_seen(conn, target, &seen)?;
            actions::propose_rule(conn, &act, &content, &reason)
        })
        .await;
    if matches!(done, Err(Problem::Stale)) {
        let fresh = standing(&app, &by, rule.code).await?;
        return both(&frame, (&rule, app.moment().today()), &form, fresh);
    }
    done?;
    let flash = Flash::done("改动已提交，安全管理员确认后生效。");
    Ok(see_other_saying(&urls::rule(rule.code), &flash))
}

async fn standing(app: &App, by: &SignedIn, code: Code) -> Result<String, Problem> {
    let court = by.court_id;
    app.read(move |conn| proposals::standing(conn, ProposalKind::Rule, code.code(), court)).await
}

/// A rule that somebody else proposed to change, or changed, meanwhile.
fn both(
    frame: &Frame,
    (rule, today): (&Rule, NaiveDate),
    mine: &RuleForm,
    fresh: String,
) -> Result<HttpResponse, Problem> {
    let yes = || Some("是".to_owned());
    let words = |name: &str, value: &str| match name {
        "unit" => Unit::from_code(value).map(|unit| unit.label().to_owned()),
        "status" => RuleStatus::from_code(value).map(|status| status.label().to_owned()),
        "extension_by" => Approver::from_code(value).map(|by| by.label().to_owned()),
        "roll" | "extension_told" | "in_use" => yes(),
        _ => None,
    };
    let page = Both {
        title: &rule.name,
        help: "rules#edit",
        keep: &urls::rule(rule.code),
        action: &urls::edit(rule.code),
        mine: fields_of(mine)?,
        theirs: fields_of(&RuleForm::of(rule, today))?,
        labels: &[
            ("name", "名称"),
            ("amount", "数目"),
            ("unit", "单位"),
            ("roll", "顺延到工作日"),
            ("basis", "依据"),
            ("status", "效力"),
            ("extension_by", "延期由谁批准"),
            ("max_extension_days", "最长延期天数"),
            ("extension_told", "延期告知信访人"),
            ("paper", "文书"),
            ("in_use", "本院采用"),
            ("note", "说明"),
            ("effective_from", "生效日期"),
        ],
        fresh: vec![("seen", fresh)],
        words: &words,
    };
    Ok(page.answer(frame))
}

#[derive(Deserialize)]
struct Decision {
    version: i64,
    #[serde(default)]
    note: String,
}

async fn accept(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<i64>,
    form: Form<Decision>,
) -> Result<HttpResponse, Problem> {
    let (id, version, act) = (ProposalId(*id), form.version, app.act(&by));
    let done = app.write(move |conn| actions::put_in_force(conn, &act, id, version)).await;
    if matches!(done, Err(Problem::Stale)) {
        return late(&app, &frame, id, ("确认生效", "accept"), "").await;
    }
    let code = done?;
    Ok(see_other_saying(&urls::rule(code), &Flash::done("改动已生效，从生效日期起用于新起算的期限。")))
}

async fn reject(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<i64>,
    form: Form<Decision>,
) -> Result<HttpResponse, Problem> {
    let (id, act, note) = (ProposalId(*id), app.act(&by), form.note.clone());
    let done = app.write(move |conn| proposals::reject(conn, &act, id, form.version, &form.note)).await;
    if matches!(done, Err(Problem::Stale)) {
        return late(&app, &frame, id, ("退回修改", "reject"), &note).await;
    }
    Ok(back_to(&done?, "改动已退回给拟订人。"))
}

async fn withdraw(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<i64>,
    form: Form<Decision>,
) -> Result<HttpResponse, Problem> {
    let (id, version, act) = (ProposalId(*id), form.version, app.act(&by));
    let done = app.write(move |conn| proposals::withdraw(conn, &act, id, version)).await;
    if matches!(done, Err(Problem::Stale)) {
        return late(&app, &frame, id, ("撤回这项改动", "withdraw"), "").await;
    }
    Ok(back_to(&done?, "改动已撤回。"))
}

/// A button about a proposal that somebody else has settled.
async fn late(
    app: &App,
    frame: &Frame,
    id: ProposalId,
    (meant, step): (&str, &str),
    note: &str,
) -> Result<HttpResponse, Problem> {
    let action = format!("{}/{step}", urls::proposal(id));
    let of = ("时限与规则", urls::RULES);
    decided_before(app, frame, id, Pressed { meant, action: &action, note, of, help: "rules" }).await
}

fn back_to(proposal: &Proposal, said: &str) -> HttpResponse {
    let address = Code::from_code(&proposal.target).map_or_else(|| urls::RULES.to_owned(), urls::rule);
    see_other_saying(&address, &Flash::done(said))
}
