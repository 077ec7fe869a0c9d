//! The pipeline: some threads draw, one writes, in large transactions.

use super::super::build::Cast;
use super::super::staff::{DIVISIONS, STAFF};
use super::super::texts::Texts;
use super::draw::{Court, Drawn};
use super::timetable::Timetable;
use super::{rows, trail};
use crate::calendar;
use crate::crypto::Keys;
use crate::db::{self, Conn};
use crate::deadlines;
use crate::error::Problem;
use crate::people::{self, CourtId};
use crate::time::Moment;
use crate::{audit, search};
use diesel::connection::SimpleConnection;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

/// How many matters a thread draws at a time.
const CHUNK: usize = 500;
/// How many chunks one transaction takes.
const CHUNKS_A_COMMIT: usize = 20;

/// Hears how many matters are in, and of how many.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize);

/// Puts `count` matters before the day of `now` into the demo court, over a connection that nobody else uses. The caller
/// then makes one ordinary write, which anchors the trail.
///
/// # Errors
///
/// When the database refuses; what was committed until then stays, and the demo court is not whole.
pub fn load(
    conn: &mut Conn,
    keys: &Arc<Keys>,
    now: Moment,
    court: CourtId,
    count: u32,
    progress: Progress<'_>,
) -> Result<(), Problem> {
    let court = read_court(conn, keys, now, court)?;
    let taken = rows::last_numbers(conn, court.id)?;
    let table = Timetable::draw(count, now, &court.days, taken);
    prepare(conn)?;
    let next = AtomicUsize::new(0);
    let written = std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(2, NonZero::get);
        let (give, take) = sync_channel(2 * threads);
        for _ in 0..threads {
            let (give, next, court, table) = (give.clone(), &next, &court, &table);
            scope.spawn(move || {
                loop {
                    let chunk = next.fetch_add(1, Ordering::Relaxed);
                    let from = chunk * CHUNK;
                    if from >= table.len() {
                        break;
                    }
                    let to = (from + CHUNK).min(table.len());
                    // When the writer has given up, there is nobody to draw for.
                    if give.send((chunk, court.draw(table, from..to))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(give);
        write_all(conn, &take, table.len(), progress)
    });
    written?;
    db::write(conn, |conn| Ok(rows::set_last_numbers(conn, court.id, &table.last)?))?;
    finish(conn)
}

/// Writes the chunks in their order, whatever order they come in.
fn write_all(
    conn: &mut Conn,
    take: &Receiver<(usize, Drawn)>,
    count: usize,
    progress: Progress<'_>,
) -> Result<(), Problem> {
    let chunks = count.div_ceil(CHUNK);
    let mut waiting: BTreeMap<usize, Drawn> = BTreeMap::new();
    let mut done = 0;
    while done < chunks {
        let until = (done + CHUNKS_A_COMMIT).min(chunks);
        db::write(conn, |conn| {
            let mut end = audit::end(conn)?;
            for chunk in done..until {
                let drawn = loop {
                    if let Some(drawn) = waiting.remove(&chunk) {
                        break drawn;
                    }
                    let (number, drawn) = take
                        .recv()
                        .map_err(|_error| Problem::internal("a thread that draws matters ended"))?;
                    waiting.insert(number, drawn);
                };
                drawn.rows.write(conn)?;
                trail::write(conn, &mut end, &drawn.said)?;
            }
            Ok(())
        })?;
        done = until;
        progress((done * CHUNK).min(count), count);
    }
    Ok(())
}

fn read_court(conn: &mut Conn, keys: &Arc<Keys>, now: Moment, id: CourtId) -> Result<Court, Problem> {
    let cast = Cast::load(conn, id)?;
    let mut actors = BTreeMap::new();
    for staff in STAFF {
        actors.insert(staff.user, cast.act(conn, staff.user, now, keys)?.by);
    }
    let divisions: BTreeMap<_, _> =
        DIVISIONS.iter().filter_map(|d| Some((d.name, cast.division(d.name)?))).collect();
    let mut leaders = BTreeMap::new();
    for division in divisions.values().copied().map(Some).chain([None]) {
        let leader = people::supervising_leader(conn, id, division, now.today(), &[])?;
        leaders.extend(leader.map(|leader| (division, leader)));
    }
    Ok(Court {
        id,
        keys: keys.clone(),
        now,
        days: calendar::working_days(conn)?,
        rules: deadlines::clocks::table(conn)?,
        texts: Texts::shipped(),
        pattern: people::court(conn, id)?.number_pattern,
        sqlite: conn.is_sqlite(),
        actors,
        divisions,
        leaders,
    })
}

/// A load that is broken off is thrown away, so it need not be durable step by step.
fn prepare(conn: &mut Conn) -> Result<(), Problem> {
    match conn {
        Conn::Sqlite(c) => {
            c.batch_execute(
                "PRAGMA synchronous = OFF; PRAGMA cache_size = -768000; PRAGMA wal_autocheckpoint = 20000; \
                 PRAGMA foreign_keys = OFF;",
            )?;
        }
        Conn::Postgres(c) => c.batch_execute("SET synchronous_commit = off")?,
    }
    Ok(())
}

/// Everything is on the disk when this returns, and the connection as it was.
fn finish(conn: &mut Conn) -> Result<(), Problem> {
    while db::write(conn, |conn| Ok(search::settle(conn, 20_000)?))? > 0 {}
    match conn {
        Conn::Sqlite(c) => c.batch_execute(
            "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA cache_size = -20000; \
             PRAGMA wal_autocheckpoint = 1000; PRAGMA foreign_keys = ON;",
        )?,
        Conn::Postgres(c) => c.batch_execute("SET synchronous_commit = on; ANALYZE")?,
    }
    Ok(())
}
