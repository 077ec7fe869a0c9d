//! What hardens by itself: the second demand, and then the report to the president.

use super::actions::{Notice, raise};
use super::rules::{self, Latest};
use super::store;
use super::types::{Manner, Round, Supervision};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::types::Stage;
use crate::matters::{Matter, audience};
use crate::people::Act;
use chrono::Timelike;

/// Raises the next round of every supervision whose answer has been owed for a working day, each exactly once.
///
/// # Errors
///
/// When the database is away.
pub fn harden(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    for (clock, due_on) in store::astray_for_job(conn)? {
        store::follow(conn, clock, due_on)?;
    }
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let passed = rules::passed(today, act.now.court_time().hour());
    let (mut seconds, mut reports) = (0, 0);
    for (row, matter) in store::overdue_for_job(conn, today)? {
        let late = days.between(row.due_on, passed);
        let closed = matter.stage == Stage::Closed;
        let Some(round) = rules::hardens(closed, Latest::from(&row), late) else { continue };
        let notice = harder(conn, act, &matter, &row)?;
        if raise(conn, act, &matter, Some(&row), (row.series, round), &notice)?.is_some() {
            match round {
                Round::Second => seconds += 1,
                Round::Report => reports += 1,
                Round::First => {}
            }
        }
    }
    Ok(format!("逾期未答复的督办：发出第二次督办 {seconds} 件，报告院长 {reports} 件。"))
}

/// The letter that goes out by itself: to the same addressee while they may see the matter, else to whoever answers for
/// it now; signed as the one before was.
fn harder(conn: &mut Conn, act: &Act, matter: &Matter, row: &Supervision) -> Result<Notice, Problem> {
    let answerable = audience::answerable(conn, matter, act.now)?;
    let same = answerable.iter().find(|one| one.id == row.addressee_id);
    let addressee = same.or(answerable.first()).map_or(matter.accountable_id, |one| one.id);
    Ok(Notice {
        manner: Manner::Letter,
        addressee,
        signer: row.signed_by,
        referral: row.referral.clone(),
        demand: row.demand.clone(),
        spoken: String::new(),
    })
}
