//! `/settings/categories` and `/settings/guidance`.

use super::forms::{CategoryChange, CategoryForm, GuidanceChange, GuidanceForm};
use super::pages::{self, ListPage};
use super::{actions, urls};
use crate::app::App;
use crate::error::Problem;
use crate::matters::store;
use crate::matters::types::{Category, GuidanceReason};
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::proposals::{self, Pressed, Proposal, ProposalId, ProposalKind, ProposalState};
use crate::web::conflict::{Both, fields_of};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub fn routes(routes: &mut Routes) {
    let view = Access::May(Permission::ViewRules);
    let propose = Access::May(Permission::ProposeRules);
    let force = Access::May(Permission::PutRulesInForce);
    routes.get(urls::CATEGORIES, view, categories);
    routes.post(urls::CATEGORIES, propose, propose_category);
    routes.get(urls::GUIDANCE, view, guidance);
    routes.post(urls::GUIDANCE, propose, propose_guidance);
    routes.post("/settings/categories/proposals/{id}/accept", force, accept_category);
    routes.post("/settings/categories/proposals/{id}/reject", force, reject_category);
    routes.post("/settings/categories/proposals/{id}/withdraw", propose, withdraw_category);
    routes.post("/settings/guidance/proposals/{id}/accept", force, accept_guidance);
    routes.post("/settings/guidance/proposals/{id}/reject", force, reject_guidance);
    routes.post("/settings/guidance/proposals/{id}/withdraw", propose, withdraw_guidance);
}

/// Which entry is being changed: `?edit=CODE`, `?edit=` for a new one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Edit {
    edit: Option<String>,
}

struct Lists {
    categories: Vec<Category>,
    reasons: Vec<GuidanceReason>,
    proposals: Vec<Proposal>,
}

async fn load(app: &App, kind: ProposalKind) -> Result<Lists, Problem> {
    app.read(move |conn| {
        Ok(Lists {
            categories: store::categories(conn)?,
            reasons: store::guidance_reasons(conn)?,
            proposals: proposals::of_kind(conn, kind)?,
        })
    })
    .await
}

fn page<'a>(frame: &'a Frame, by: &SignedIn, lists: &'a Lists, complaints: &'a Complaints) -> ListPage<'a> {
    ListPage {
        frame,
        categories: &lists.categories,
        reasons: &lists.reasons,
        proposals: &lists.proposals,
        complaints,
        may_propose: by.may(Permission::ProposeRules),
        may_accept: by.may(Permission::PutRulesInForce),
    }
}

async fn categories(app: App, by: SignedIn, frame: Frame, edit: Query<Edit>) -> Result<Markup, Problem> {
    let lists = load(&app, ProposalKind::Category).await?;
    let none = Complaints::default();
    let form = match edit.edit.as_deref() {
        Some(code) => {
            let seen = standing(&app, ProposalKind::Category, code).await?;
            Some(CategoryForm { seen, ..pages::category_form(&lists.categories, code) })
        }
        None => None,
    };
    Ok(pages::categories(&page(&frame, &by, &lists, &none), form.as_ref()))
}

async fn propose_category(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<CategoryForm>,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    match form.check() {
        Ok((change, reason)) => {
            let (seen, code) = (form.seen.clone(), change.code.clone());
            let done = app
                .write(move |conn| {
                    let target = (ProposalKind::Category, change.code.as_str(), None);
                    proposals::actions::check_seen(conn, target, &seen)?;
                    actions::propose_category(conn, &act, &change, &reason)
                })
                .await;
            if matches!(done, Err(Problem::Stale)) {
                return both_category(&app, &frame, &form, &code).await;
            }
            done?;
            Ok(proposed(urls::CATEGORIES))
        }
        Err(complaints) => {
            let lists = load(&app, ProposalKind::Category).await?;
            let page = page(&frame, &by, &lists, &complaints);
            Ok(unprocessable(pages::categories(&page, Some(&form))))
        }
    }
}

async fn guidance(app: App, by: SignedIn, frame: Frame, edit: Query<Edit>) -> Result<Markup, Problem> {
    let lists = load(&app, ProposalKind::Guidance).await?;
    let none = Complaints::default();
    let form = match edit.edit.as_deref() {
        Some(code) => {
            let seen = standing(&app, ProposalKind::Guidance, code).await?;
            Some(GuidanceForm { seen, ..pages::guidance_form(&lists.reasons, code) })
        }
        None => None,
    };
    Ok(pages::guidance(&page(&frame, &by, &lists, &none), form.as_ref()))
}

async fn propose_guidance(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<GuidanceForm>,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    match form.check() {
        Ok((change, reason)) => {
            let (seen, code) = (form.seen.clone(), change.code.clone());
            let done = app
                .write(move |conn| {
                    let target = (ProposalKind::Guidance, change.code.as_str(), None);
                    proposals::actions::check_seen(conn, target, &seen)?;
                    actions::propose_guidance(conn, &act, &change, &reason)
                })
                .await;
            if matches!(done, Err(Problem::Stale)) {
                return both_guidance(&app, &frame, &form, &code).await;
            }
            done?;
            Ok(proposed(urls::GUIDANCE))
        }
        Err(complaints) => {
            let lists = load(&app, ProposalKind::Guidance).await?;
            let page = page(&frame, &by, &lists, &complaints);
            Ok(unprocessable(pages::guidance(&page, Some(&form))))
        }
    }
}

async fn standing(app: &App, kind: ProposalKind, code: &str) -> Result<String, Problem> {
    let code = code.to_owned();
    app.read(move |conn| proposals::actions::standing(conn, kind, &code, None)).await
}

/// What of a list's entry waits to be put in force, if anything.
fn waiting<T: DeserializeOwned>(lists: &Lists, code: &str) -> Option<T> {
    let open = |one: &&Proposal| one.state == ProposalState::Proposed && one.target == code;
    lists.proposals.iter().find(open).and_then(|one| serde_json::from_str(&one.content).ok())
}

fn flag(on: bool) -> String {
    if on { "1".to_owned() } else { String::new() }
}

async fn both_category(
    app: &App,
    frame: &Frame,
    mine: &CategoryForm,
    code: &str,
) -> Result<HttpResponse, Problem> {
    let lists = load(app, ProposalKind::Category).await?;
    let theirs = match waiting::<CategoryChange>(&lists, code) {
        Some(change) => CategoryForm {
            code: change.code,
            parent_code: change.parent_code.unwrap_or_default(),
            name: change.name,
            conduct: flag(change.conduct),
            active: flag(change.active),
            ..CategoryForm::default()
        },
        None => pages::category_form(&lists.categories, code),
    };
    let words = |name: &str, value: &str| match name {
        "conduct" => Some("是".to_owned()),
        "active" => Some("在用".to_owned()),
        "parent_code" => lists.categories.iter().find(|one| one.code == value).map(|one| one.name.clone()),
        _ => None,
    };
    let both = Both {
        title: "诉求类别",
        help: "categories#categories",
        keep: urls::CATEGORIES,
        action: urls::CATEGORIES,
        mine: fields_of(mine)?,
        theirs: fields_of(&theirs)?,
        labels: &[
            ("name", "名称"),
            ("code", "代码"),
            ("parent_code", "上级类别"),
            ("conduct", "属于反映本院工作人员的"),
            ("active", "是否在用"),
        ],
        fresh: vec![("seen", standing(app, ProposalKind::Category, code).await?)],
        words: &words,
    };
    Ok(both.answer(frame))
}

async fn both_guidance(
    app: &App,
    frame: &Frame,
    mine: &GuidanceForm,
    code: &str,
) -> Result<HttpResponse, Problem> {
    let lists = load(app, ProposalKind::Guidance).await?;
    let theirs = match waiting::<GuidanceChange>(&lists, code) {
        Some(change) => GuidanceForm {
            code: change.code,
            name: change.name,
            channel: change.channel,
            legal_source: change.legal_source,
            active: flag(change.active),
            ..GuidanceForm::default()
        },
        None => pages::guidance_form(&lists.reasons, code),
    };
    let both = Both {
        title: "指引渠道",
        help: "categories#guidance",
        keep: urls::GUIDANCE,
        action: urls::GUIDANCE,
        mine: fields_of(mine)?,
        theirs: fields_of(&theirs)?,
        labels: &[
            ("name", "情形"),
            ("code", "代码"),
            ("channel", "指引到哪里、怎么办"),
            ("legal_source", "法律依据"),
            ("active", "是否启用"),
        ],
        fresh: vec![("seen", standing(app, ProposalKind::Guidance, code).await?)],
        words: &|name, _| (name == "active").then(|| "启用".to_owned()),
    };
    Ok(both.answer(frame))
}

fn proposed(list: &str) -> HttpResponse {
    see_other_saying(list, &Flash::done("改动已经提交，安全管理员确认后生效。"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct DecideForm {
    version: i64,
    note: String,
}

async fn accept(
    app: App,
    by: SignedIn,
    frame: Frame,
    (kind, id): (ProposalKind, ProposalId),
    form: Form<DecideForm>,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let done = app.write(move |conn| actions::accept(conn, &act, kind, id, form.version)).await;
    if matches!(done, Err(Problem::Stale)) {
        return late(&app, &frame, (kind, id), ("确认生效", "accept"), "").await;
    }
    done?;
    Ok(see_other_saying(list_of(kind), &Flash::done("改动已经生效。")))
}

async fn reject(
    app: App,
    by: SignedIn,
    frame: Frame,
    (kind, id): (ProposalKind, ProposalId),
    form: Form<DecideForm>,
) -> Result<HttpResponse, Problem> {
    let (act, note) = (app.act(&by), form.note.clone());
    let done =
        app.write(move |conn| proposals::actions::reject(conn, &act, id, form.version, &form.note)).await;
    if matches!(done, Err(Problem::Stale)) {
        return late(&app, &frame, (kind, id), ("退回修改", "reject"), &note).await;
    }
    done?;
    Ok(see_other_saying(list_of(kind), &Flash::done("改动已经退回。")))
}

async fn withdraw(
    app: App,
    by: SignedIn,
    frame: Frame,
    (kind, id): (ProposalKind, ProposalId),
    form: Form<DecideForm>,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let done = app.write(move |conn| proposals::actions::withdraw(conn, &act, id, form.version)).await;
    if matches!(done, Err(Problem::Stale)) {
        return late(&app, &frame, (kind, id), ("撤回这项改动", "withdraw"), "").await;
    }
    done?;
    Ok(see_other_saying(list_of(kind), &Flash::done("改动已经撤回。")))
}

/// A button about a proposal that somebody else has settled.
async fn late(
    app: &App,
    frame: &Frame,
    (kind, id): (ProposalKind, ProposalId),
    (meant, step): (&str, &str),
    note: &str,
) -> Result<HttpResponse, Problem> {
    let action = format!("{}/proposals/{id}/{step}", list_of(kind));
    let pressed =
        Pressed { meant, action: &action, note, of: (kind.label(), list_of(kind)), help: "categories" };
    proposals::decided_before(app, frame, id, pressed).await
}

fn list_of(kind: ProposalKind) -> &'static str {
    if kind == ProposalKind::Guidance { urls::GUIDANCE } else { urls::CATEGORIES }
}

/// The same three decisions for each of the two lists.
macro_rules! decisions {
    ($($name:ident = $decide:ident of $kind:ident),+ $(,)?) => {
        $(async fn $name(
            app: App,
            by: SignedIn,
            frame: Frame,
            id: Path<ProposalId>,
            form: Form<DecideForm>,
        ) -> Result<HttpResponse, Problem> {
            $decide(app, by, frame, (ProposalKind::$kind, id.into_inner()), form).await
        })+
    };
}

decisions! {
    accept_category = accept of Category,
    reject_category = reject of Category,
    withdraw_category = withdraw of Category,
    accept_guidance = accept of Guidance,
    reject_guidance = reject of Guidance,
    withdraw_guidance = withdraw of Guidance,
}
