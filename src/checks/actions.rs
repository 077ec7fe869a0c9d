//! Runs the checks.

use super::store::{self, Places};
use super::types::{Check, Example, Finding, Report};
use super::{rules, urls};
use crate::archive;
use crate::audit;
use crate::calendar::{self, YearStatus};
use crate::db::Conn;
use crate::deadlines;
use crate::error::Problem;
use crate::matters::MatterId;
use crate::people::{self, Act, Permission, sessions};
use chrono::Datelike;
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

/// How far the trail is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Its end against the anchor: at once.
    End,
    /// Every line of it: as long as it takes.
    WholeTrail,
}

/// Checks everything (自检). `anchor` is the path of the trail's anchor. It must be the first thing that is read on a
/// picture of the database: a picture older than the anchor would look like a trail that was cut.
///
/// # Errors
///
/// `Forbidden` without the permission; that the database or the anchor cannot be read.
pub fn run(conn: &mut Conn, act: &Act, anchor: &Path, depth: Depth) -> Result<Report, Problem> {
    act.require(Permission::ViewChecks)?;
    let trail = trail(conn, act, anchor, depth)?;
    let today = act.now.today();
    let matters = |check, found: Places| Finding {
        check,
        count: found.0,
        examples: found.1.into_iter().map(|place| of_matter(place.id, place.label)).collect(),
    };
    Ok(Report {
        findings: vec![
            matters(Check::Accountable, store::without_accountable(conn)?),
            matters(Check::NextDate, store::without_next_date(conn)?),
            matters(Check::StrayClock, store::stray_clocks(conn)?),
            matters(Check::Replay, replay(conn)?),
            matters(Check::Reply, store::without_reply(conn)?),
            matters(Check::Assignment, store::unwatched_assignments(conn)?),
            trail,
            matters(Check::Submission, store::doubled_submissions(conn)?),
            numbers(conn)?,
            matters(Check::ContactCount, store::miscounted_contacts(conn)?),
            matters(Check::Enforcement, store::unbalanced_enforcement(conn)?),
            merges(conn)?,
            roles(conn)?,
            calendar(conn, act)?,
            matters(Check::Referral, store::lost_referrals(conn)?),
            matters(Check::Hands, store::idle_hands(conn)?),
            matters(Check::Measure, lost_measures(conn, act)?),
            matters(Check::Served, store::unserved_replies(conn, today)?),
            matters(Check::Review, store::undecided_reviews(conn, rules::asked_before(today))?),
            matters(Check::Archive, store::unarchived(conn, archive::due_before(act.now).utc())?),
        ],
    })
}

/// Clocks whose dates aren't what their events come to, by their matters.
fn replay(conn: &mut Conn) -> Result<Places, Problem> {
    let most = usize::try_from(store::NAMED).map_err(Problem::internal)?;
    let (count, matters) = deadlines::misfits(conn, most)?;
    Ok((count, store::named(conn, &matters)?))
}

/// Open matters with an open measure whose owner can't do anything about it.
fn lost_measures(conn: &mut Conn, act: &Act) -> Result<Places, Problem> {
    let mut lost: BTreeSet<MatterId> = BTreeSet::new();
    for owned in store::open_measures(conn)?.chunk_by(|one, next| one.0 == next.0) {
        let ids: Vec<MatterId> = owned.iter().map(|(_, id)| *id).collect();
        let Some((owner, _)) = owned.first() else { continue };
        let owner = people::staff_of_any_court(conn, *owner)?;
        let owner_as = sessions::actor(conn, &owner, act.now)?;
        let may = owner.active && owner_as.may(Permission::ManageEnforcement);
        let mut seen = HashSet::new();
        for some in ids.chunks(500).filter(|_| may) {
            seen.extend(store::seen_of(conn, &owner_as.scope, some)?);
        }
        lost.extend(ids.into_iter().filter(|id| !seen.contains(id)));
    }
    let most = usize::try_from(store::NAMED).map_err(Problem::internal)?;
    let first: Vec<i64> = lost.iter().take(most).map(|id| id.0).collect();
    Ok((i64::try_from(lost.len()).map_err(Problem::internal)?, store::named(conn, &first)?))
}

fn of_matter(id: i64, number: String) -> Example {
    let what = if number.is_empty() { format!("编号 {id}（事项不存在）") } else { number };
    Example { what, href: urls::matter(id), matter: Some(MatterId(id)) }
}

fn about(what: String, href: String) -> Example {
    Example { what, href, matter: None }
}

fn trail(conn: &mut Conn, act: &Act, anchor: &Path, depth: Depth) -> Result<Finding, Problem> {
    let wrong = match depth {
        Depth::End => audit::command::verify_end(conn, &act.keys, anchor)?,
        Depth::WholeTrail => {
            let report = audit::command::verify(conn, &act.keys, anchor, None, &mut |_| {})?;
            (!report.is_good()).then(|| report.to_string())
        }
    };
    let examples: Vec<Example> = wrong.into_iter().map(|what| about(what, urls::AUDIT.to_owned())).collect();
    Ok(Finding { check: Check::Trail, count: i64::from(!examples.is_empty()), examples })
}

fn numbers(conn: &mut Conn) -> Result<Finding, Problem> {
    let mut finding = Finding::good(Check::Number);
    for series in store::series(conn)? {
        let faults = rules::faults_of_numbers(series.last, series.matters, series.numbers, series.ends);
        if faults == 0 {
            continue;
        }
        finding.count += faults;
        let used = store::numbers_of(conn, series.court, series.year)?;
        let (missing, twice) = rules::first_faults(&used, series.last.max(series.ends.1));
        let mut what = format!("{} 年：编号发到 {}，登记了 {} 件", series.year, series.last, series.matters);
        if let Some(number) = missing {
            what.push_str(&format!("，缺第 {number} 号"));
        }
        if let Some(number) = twice {
            what.push_str(&format!("，第 {number} 号重复"));
        }
        finding.examples.push(about(what, urls::MATTERS.to_owned()));
    }
    Ok(finding)
}

fn merges(conn: &mut Conn) -> Result<Finding, Problem> {
    let (count, found) = store::tangled_merges(conn)?;
    // By number: a name here would be read by people who may not see the person.
    let examples =
        found.into_iter().map(|place| about(format!("信访人记录 {}", place.id), urls::petitioner(place.id)));
    Ok(Finding { check: Check::Merge, count, examples: examples.collect() })
}

fn roles(conn: &mut Conn) -> Result<Finding, Problem> {
    let clashes = rules::clashes(&store::roles(conn)?);
    let count = i64::try_from(clashes.len()).map_err(Problem::internal)?;
    let examples = clashes.into_iter().map(|(id, name, one, other)| {
        about(format!("{name}：{}、{}", one.label(), other.label()), urls::staff(id.0))
    });
    Ok(Finding { check: Check::Roles, count, examples: examples.collect() })
}

/// This year's calendar; from November on, next year's too.
fn calendar(conn: &mut Conn, act: &Act) -> Result<Finding, Problem> {
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let needed = [Some(today.year()), (today.month() >= 11).then_some(today.year() + 1)];
    let examples: Vec<Example> = needed
        .into_iter()
        .flatten()
        .filter(|year| days.status(*year) == YearStatus::Missing)
        .map(|year| about(format!("{year} 年还没有录入"), urls::CALENDAR.to_owned()))
        .collect();
    let count = i64::try_from(examples.len()).map_err(Problem::internal)?;
    Ok(Finding { check: Check::Calendar, count, examples })
}
