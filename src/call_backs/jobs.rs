//! The month's sample: drawn once for each court, from the matters closed in the month before.

use super::actions;
use super::rules;
use super::store;
use super::types::{AskingKind, Draw};
use crate::audit::{self, Subject};
use crate::crypto::random_token;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters;
use crate::people::{self, Act, CourtId};
use crate::time::Moment;
use chrono::{NaiveDate, NaiveTime};

/// Draws the sample of the month before, for each court that has none yet. Returns the sentence for the jobs' page.
///
/// # Errors
///
/// When the database is away.
pub fn draw(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    let Some((from, before)) = rules::month_before(act.now.today()) else {
        return Ok("没有可以抽查的月份。".to_owned());
    };
    let month = rules::month_of(from);
    let mut drawn = 0;
    for court in people::courts(conn)? {
        if store::draw_of(conn, court.id, &month)?.is_none() {
            drawn += draw_for(conn, act, court.id, &month, (from, before))?;
        }
    }
    Ok(format!("从{month}办结的事项中抽取 {drawn} 件回访。"))
}

fn draw_for(
    conn: &mut Conn,
    act: &Act,
    court_id: CourtId,
    month: &str,
    (from, before): (NaiveDate, NaiveDate),
) -> Result<usize, Problem> {
    let start = |day: NaiveDate| Moment::from_court(day.and_time(NaiveTime::MIN)).utc();
    let closed = store::closed_between(conn, court_id, start(from), start(before))?;
    let seed = random_token();
    let sample = rules::draw(&seed, month, &closed);
    let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
    let row = Draw {
        court_id,
        month: month.to_owned(),
        seed,
        closed: count(closed.len()),
        drawn: count(sample.len()),
        drawn_at: act.now.utc(),
    };
    store::insert_draw(conn, &row)?;
    for id in &sample {
        let matter = matters::of_job(conn, *id)?;
        actions::insert(conn, act, (&matter, AskingKind::CallBack, month), act.now.today())?;
    }
    let values = [("what", month.to_owned()), ("count", row.drawn.to_string())];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    audit::record(conn, act, "call_back.drawn", Subject::Register(0), &values)?;
    Ok(sample.len())
}
