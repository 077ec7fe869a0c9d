//! Whether what stands on the clocks' rows is what their events come to.

use super::{RuleTable, store, table};
use crate::calendar;
use crate::calendar::types::WorkingDays;
use crate::db::Conn;
use crate::deadlines::rules::replay::{projected, replay_kept};
use crate::deadlines::types::{Clock, ClockEvent, ClockId};
use crate::error::Problem;
use std::collections::BTreeSet;

/// How many clocks are read at a time.
const BATCH: i64 = 1_000;

/// The matters with an open clock whose dates aren't those that its events come to: how many there are, and the first
/// `most` of them. Reads a batch at a time, whatever the number of clocks.
///
/// # Errors
///
/// When they can't be read.
pub fn misfits(conn: &mut Conn, most: usize) -> Result<(i64, Vec<i64>), Problem> {
    let (rules, days) = (table(conn)?, calendar::working_days(conn)?);
    let (mut count, mut found) = (0, BTreeSet::new());
    let mut after = None;
    loop {
        let clocks = store::open_for_job(conn, after, BATCH)?;
        let Some(last) = clocks.last() else { return Ok((count, found.into_iter().collect())) };
        after = Some((last.due_on, last.id));
        let ids: Vec<ClockId> = clocks.iter().map(|clock| clock.id).collect();
        let events = store::events_of(conn, &ids)?;
        for clock in clocks.iter().filter(|clock| !fits(clock, &events, &rules, &days)) {
            count += 1;
            if found.len() < most {
                found.insert(clock.matter_id);
            }
        }
    }
}

/// Whether a clock's row is what its events come to. `events` may be those of other clocks as well.
fn fits(clock: &Clock, events: &[ClockEvent], rules: &RuleTable, days: &WorkingDays) -> bool {
    let own: Vec<ClockEvent> = events.iter().filter(|event| event.clock_id == clock.id).cloned().collect();
    rules.by_id(clock.rule_id).is_some_and(|rule| {
        replay_kept(clock, rule.count(), &own, days).is_ok_and(|state| projected(clock, &state) == *clock)
    })
}
