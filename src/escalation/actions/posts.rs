//! Who holds which office today, as far as a matter is concerned.

use crate::db::Conn;
use crate::error::Problem;
use crate::escalation::rules::Posts;
use crate::escalation::store;
use crate::matters::types::HandPart;
use crate::matters::{self, Matter};
use crate::people::types::Staff;
use crate::people::{self, Act, DivisionKind, Post, Role, StaffId};
use chrono::Days;

/// How many days of the list of week leaders a work group of tier three draws on: its default time.
const WEEKS_AHEAD: Days = Days::new(28);

fn ids(staff: Vec<Staff>) -> Vec<StaffId> {
    staff.into_iter().map(|one| one.id).collect()
}

/// The offices from posts, portfolios and the list of week leaders, with whoever must stay away.
///
/// # Errors
///
/// When the database is away.
pub fn posts_of(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Posts, Problem> {
    let (court, today) = (matter.court_id, act.now.today());
    let leaders = people::leaders(conn, court)?;
    let held = people::portfolios_in_force(conn, court, today)?;
    let hands = matters::hands_of(conn, matter)?;
    let hand = |part| hands.iter().find(|hand| hand.part == part);
    let handled_in = hand(HandPart::Division).and_then(|hand| hand.division_id);
    let division = matter.division_id.or(handled_in);
    let over =
        |wanted| leaders.iter().find(|leader| held.contains(&(leader.id, wanted))).map(|leader| leader.id);
    let vice = |one: &&Staff| one.post != Post::President;
    let ahead = today.checked_add_days(WEEKS_AHEAD).unwrap_or(today);
    let weeks = people::week_leaders_between(conn, court, today, ahead)?;
    let this_week = weeks.iter().any(|week| week.from_on <= today);
    let mut week_leaders: Vec<StaffId> = Vec::new();
    for week in weeks {
        let here = leaders.iter().any(|leader| leader.id == week.staff_id);
        if here && this_week && !week_leaders.contains(&week.staff_id) {
            week_leaders.push(week.staff_id);
        }
    }
    let in_service = ids(people::staff_in_court(conn, court)?);
    let case_judge = hand(HandPart::CaseJudge).and_then(|hand| hand.staff_id);
    let inspectors = ids(people::with_role(conn, court, Role::Inspector)?);
    let president = leaders.iter().find(|one| one.post == Post::President).map(|one| one.id);
    let charge = store::charge_of(conn, matter.id)?;
    let only = matter
        .conduct
        .then(|| inspectors.iter().copied().chain(president).chain([matter.accountable_id]).collect());
    Ok(Posts {
        president,
        vice_presidents: leaders.iter().filter(vice).map(|one| one.id).collect(),
        over_division: division.and_then(|division| over(Some(division))),
        over_petitions: over(None),
        week_leaders,
        division_heads: match division {
            Some(division) => ids(people::heads_of_division(conn, court, division)?),
            None => Vec::new(),
        },
        filing_heads: ids(people::heads_of(conn, court, DivisionKind::Filing)?),
        case_judge: case_judge.filter(|judge| in_service.contains(judge)),
        officers: ids(people::petition_officers(conn, court)?),
        inspectors,
        leader_in_charge: charge.as_ref().map(|charge| charge.leader_id),
        responsible: charge.map(|charge| charge.responsible_id),
        accountable: Some(matter.accountable_id),
        barred: matters::barred(conn, matter)?.into_iter().collect(),
        only,
    })
}
