//! `/`.

use super::counts;
use super::pages::{self, TodayPage};
use crate::accountability;
use crate::app::App;
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::instructions;
use crate::matters::forms::MatterQuery;
use crate::matters::types::MatterFilter;
use crate::matters::views::{self, Listed};
use crate::people::{Access, Act, Permission, Routes, Rows, SignedIn};
use crate::saved_filters;
use crate::supervision;
use crate::web::Frame;
use crate::web::Listing;
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    routes.get("/", Access::SignedIn, show);
}

/// Rows of each list of the page.
const ROWS: i64 = 15;

/// Where each administrator's work is.
const DUTIES: &[(Permission, &str, &str)] = &[
    (Permission::ManageStaff, "管理人员账号", "/settings/staff"),
    (Permission::ManageStaff, "维护庭室", "/settings/divisions"),
    (Permission::AssignRoles, "分配角色", "/settings/roles"),
    (Permission::AssignRoles, "登记分管", "/settings/portfolios"),
    (Permission::PutRulesInForce, "批准时限与规则的修改", "/settings/rules"),
    (Permission::PutRulesInForce, "批准工作日历的修改", "/settings/calendar"),
    (Permission::ReadAudit, "查看留痕并校验", "/audit"),
];

/// What the page shows of what waits.
#[derive(Default)]
struct Lists {
    counts: Vec<counts::Counted>,
    saved: Vec<saved_filters::types::Shown>,
    referred: Option<Listing<Listed>>,
    mine: Option<Listing<Listed>>,
    overdue: Option<Listing<Listed>>,
    supervision: Vec<supervision::Waiting>,
    unanswered: Vec<supervision::Waiting>,
    instructions: Vec<instructions::Waiting>,
    delivered: bool,
}

fn lists(conn: &mut Conn, act: &Act) -> Result<Lists, Problem> {
    let delivered = accountability::delivered(conn, act)?;
    if !act.by.may(Permission::ViewMatters) {
        return Ok(Lists { delivered, ..Lists::default() });
    }
    let (scope, now) = (&act.by.scope, act.now);
    let referred = MatterQuery { hand: "addressee".to_owned(), ..MatterQuery::default() };
    let near = calendar::working_days(conn)?.near(now.today());
    let referred = referred.filter(&act.by, &near);
    let mine = MatterFilter { accountable: act.by.staff_id, ..MatterFilter::default() };
    let late = MatterFilter { due_until: Some(near.yesterday), ..MatterFilter::default() };
    let whole_court = scope.rows == Rows::Court && !act.by.may(Permission::ReadAudit);
    Ok(Lists {
        counts: counts::counts(conn, act)?,
        saved: saved_filters::views::counted(conn, act)?,
        referred: Some(views::by_due(conn, scope, &referred, None, now, ROWS)?),
        mine: Some(views::by_due(conn, scope, &mine, None, now, ROWS)?),
        overdue: whole_court.then(|| views::by_due(conn, scope, &late, None, now, ROWS)).transpose()?,
        supervision: supervision::waiting(conn, act, ROWS)?,
        unanswered: supervision::unanswered(conn, act, ROWS)?,
        instructions: instructions::waiting(conn, act, ROWS)?,
        delivered,
    })
}

async fn show(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let now = act.now;
    let lists = app.read(move |conn| lists(conn, &act)).await?;
    let administrator = by.roles.iter().any(|role| role.is_administrator());
    let duties: Vec<(&str, &str)> = DUTIES
        .iter()
        .filter(|(permission, _, _)| administrator && by.may(*permission))
        .map(|(_, label, href)| (*label, *href))
        .collect();
    let page = TodayPage {
        name: &by.name,
        now,
        mine: lists.mine.as_ref(),
        overdue: lists.overdue.as_ref(),
        supervision: &lists.supervision,
        unanswered: &lists.unanswered,
        instructions: &lists.instructions,
        delivered: lists.delivered,
        counts: &lists.counts,
        saved: &lists.saved,
        referred: lists.referred.as_ref().filter(|referred| !referred.rows.is_empty()),
        may_register: by.may(Permission::RegisterMatter),
        duties: &duties,
    };
    Ok(pages::today(&frame, &page))
}
