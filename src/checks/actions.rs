//! Runs the checks.

use super::store::{self, Places, Whose};
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
/// picture of the database: a picture older than the anchor would look like a trail that was cut. Whoever sees matters is
/// told of their court's, as far as they may see them; the system, and administrators, how many there are of all courts.
///
/// # Errors
///
/// `Forbidden` without the permission; that the database or the anchor cannot be read.
pub fn run(conn: &mut Conn, act: &Act, anchor: &Path, depth: Depth) -> Result<Report, Problem> {
    act.require(Permission::ViewChecks)?;
    let trail = trail(conn, act, anchor, depth)?;
    let mut findings = Vec::with_capacity(Check::ALL.len());
    for check in Check::ALL {
        findings.push(look(conn, act, (*check, &trail), Whose::Everybody)?);
    }
    let report = Report { findings };
    if act.by.is_system() || !act.by.may(Permission::ViewMatters) {
        return Ok(report);
    }
    as_seen(conn, act, &report)
}

/// What of this report somebody may be told: what doesn't hold is looked for again, as far as they see.
///
/// # Errors
///
/// That the database cannot be read.
pub fn as_seen(conn: &mut Conn, act: &Act, report: &Report) -> Result<Report, Problem> {
    let mut findings = Vec::with_capacity(report.findings.len());
    for finding in &report.findings {
        findings.push(if finding.is_good() {
            finding.clone()
        } else {
            look(conn, act, (finding.check, finding), Whose::Seen(&act.by.scope))?
        });
    }
    Ok(Report { findings })
}

/// One check. `known` is what was found of the trail, which is everybody's.
fn look(
    conn: &mut Conn,
    act: &Act,
    (check, known): (Check, &Finding),
    whose: Whose,
) -> Result<Finding, Problem> {
    let today = act.now.today();
    let places = match check {
        Check::Trail => return Ok(known.clone()),
        Check::Number => return numbers(conn, whose),
        Check::Merge => return merges(conn, whose),
        Check::Roles => return roles(conn, whose),
        Check::Calendar => return calendar(conn, act),
        Check::Sweep => return sweeps(conn, act, whose),
        Check::Replay => replay(conn, whose)?,
        Check::Accountable => store::without_accountable(conn, whose)?,
        Check::NextDate => store::without_next_date(conn, whose)?,
        Check::StrayClock => store::stray_clocks(conn, whose)?,
        Check::Reply => store::without_reply(conn, whose)?,
        Check::Assignment => store::unwatched_assignments(conn, whose)?,
        Check::Submission => store::doubled_submissions(conn, whose)?,
        Check::ContactCount => store::miscounted_contacts(conn, whose)?,
        Check::Enforcement => store::unbalanced_enforcement(conn, whose)?,
        Check::Referral => store::lost_referrals(conn, whose)?,
        Check::Hands => store::idle_hands(conn, whose)?,
        Check::Measure => lost_measures(conn, act, whose)?,
        Check::OwnCause => store::own_causes(conn, whose)?,
        Check::Served => store::unserved_replies(conn, whose, today)?,
        Check::Review => store::undecided_reviews(conn, whose, rules::asked_before(today))?,
        Check::Owed => store::owed_after_closing(conn, whose, today)?,
        Check::Archive => store::unarchived(conn, whose, archive::due_before(act.now).utc())?,
        Check::Tier => store::untended_tiers(conn, whose)?,
        Check::InCharge => store::idle_leaders(conn, whose)?,
        Check::LeaderActs => store::without_leaders_acts(conn, whose, today)?,
    };
    let (count, found) = places;
    let examples = found.into_iter().map(|place| of_matter(place.id, place.label)).collect();
    Ok(Finding { check, count, examples })
}

/// The most matters whose clocks are looked at one by one.
const MOST_REPLAYED: usize = 10_000;

/// Clocks whose dates aren't what their events come to, by their matters.
fn replay(conn: &mut Conn, whose: Whose) -> Result<Places, Problem> {
    let most = usize::try_from(store::NAMED).map_err(Problem::internal)?;
    let looked = match whose {
        Whose::Everybody => most,
        Whose::Seen(_) => MOST_REPLAYED,
    };
    let (clocks, matters) = deadlines::misfits(conn, looked)?;
    let mut named = store::named(conn, whose, &matters)?;
    let count = match whose {
        Whose::Everybody => clocks,
        Whose::Seen(_) => i64::try_from(named.len()).map_err(Problem::internal)?,
    };
    named.truncate(most);
    Ok((count, named))
}

/// Open matters with an open measure whose owner can't do anything about it.
fn lost_measures(conn: &mut Conn, act: &Act, whose: Whose) -> Result<Places, Problem> {
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
    let mut lost: Vec<MatterId> = lost.into_iter().collect();
    if let Whose::Seen(scope) = whose {
        let mut theirs = Vec::new();
        for some in lost.chunks(500) {
            theirs.extend(store::seen_of(conn, scope, some)?);
        }
        lost = theirs;
    }
    let most = usize::try_from(store::NAMED).map_err(Problem::internal)?;
    let first: Vec<i64> = lost.iter().take(most).map(|id| id.0).collect();
    Ok((i64::try_from(lost.len()).map_err(Problem::internal)?, store::named(conn, whose, &first)?))
}

fn of_matter(id: i64, number: String) -> Example {
    let what = if number.is_empty() { format!("编号 {id}（事项不存在）") } else { number };
    about(what, urls::matter(id))
}

fn about(what: String, href: String) -> Example {
    Example { what, href }
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

fn numbers(conn: &mut Conn, whose: Whose) -> Result<Finding, Problem> {
    let mut finding = Finding::good(Check::Number);
    let mut all = store::series(conn)?;
    all.retain(|series| whose.court().is_none_or(|court| series.court == court));
    for series in all {
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

fn merges(conn: &mut Conn, whose: Whose) -> Result<Finding, Problem> {
    let (count, found) = store::tangled_merges(conn, whose)?;
    // By number: a name here would be read by people who may not see the person.
    let examples =
        found.into_iter().map(|place| about(format!("信访人记录 {}", place.id), urls::petitioner(place.id)));
    Ok(Finding { check: Check::Merge, count, examples: examples.collect() })
}

fn roles(conn: &mut Conn, whose: Whose) -> Result<Finding, Problem> {
    let clashes = rules::clashes(&store::roles(conn, whose)?);
    let count = i64::try_from(clashes.len()).map_err(Problem::internal)?;
    let examples = clashes.into_iter().map(|(id, name, one, other)| {
        about(format!("{name}：{}、{}", one.label(), other.label()), urls::staff(id.0))
    });
    Ok(Finding { check: Check::Roles, count, examples: examples.collect() })
}

/// Sheets that should have been answered before today and are still open.
fn sweeps(conn: &mut Conn, act: &Act, whose: Whose) -> Result<Finding, Problem> {
    let Some(yesterday) = act.now.today().pred_opt() else { return Ok(Finding::good(Check::Sweep)) };
    let reach = crate::sweeps::reach(&act.by);
    let of = whose.court().map(|court| (court, &reach));
    let late = crate::sweeps::late(conn, of, yesterday)?;
    let count = i64::try_from(late.len()).map_err(Problem::internal)?;
    let most = usize::try_from(store::NAMED).map_err(Problem::internal)?;
    let mut examples = Vec::new();
    for sweep in late.into_iter().take(most) {
        let divisions = people::every_division(conn, sweep.court_id)?;
        let division = divisions.into_iter().find(|one| one.id == sweep.division_id).map(|one| one.name);
        let what = format!("{}{}", division.unwrap_or_default(), sweep.title());
        examples.push(about(what, crate::sweeps::urls::sweep(sweep.id)));
    }
    Ok(Finding { check: Check::Sweep, count, examples })
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
