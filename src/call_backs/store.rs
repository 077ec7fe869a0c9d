//! Where askings and draws are kept.

use super::rules::is_asked;
use super::types::{Answer, Asking, AskingFilter, AskingId, AskingKind, AskingState, Draw, Owed, Score};
use crate::db::Conn;
use crate::deadlines::{ClockId, Code};
use crate::matters::store::asking_visible;
use crate::matters::types::{CloseReason, MatterKind, Stage};
use crate::matters::{Matter, MatterId};
use crate::people::{CourtId, Scope, StaffId};
use crate::schema::{askings, call_back_draws, clocks, matters};
use crate::web::listing::Cursor;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

pub fn insert(conn: &mut Conn, asking: &Asking) -> QueryResult<()> {
    diesel::insert_into(askings::table).values(asking.clone()).execute(conn).map(drop)
}

/// What of a closed matter is owed. The caller has found the matter by scope.
pub fn owed(conn: &mut Conn, matter: &Matter) -> QueryResult<Owed> {
    if matter.stage != Stage::Closed {
        return Ok(Owed::default());
    }
    let kinds: Vec<AskingKind> = askings::table
        .filter(askings::matter_id.eq(matter.id).and(askings::state.eq(AskingState::Waiting)))
        .select(askings::kind)
        .load(conn)?;
    let again: i64 = clocks::table
        .filter(clocks::matter_id.eq(matter.id.0).and(clocks::code.eq(Code::RepeatAnswer)))
        .filter(clocks::met_on.is_null().and(clocks::cancelled.eq(false)))
        .count()
        .get_result(conn)?;
    Ok(Owed {
        satisfaction: kinds.contains(&AskingKind::Satisfaction),
        call_back: kinds.contains(&AskingKind::CallBack),
        again: again > 0,
    })
}

/// How satisfied the petitioners of these matters were, and when they said so, in order. The caller has found the matters
/// by scope.
pub fn scores(conn: &mut Conn, matters: &[MatterId]) -> QueryResult<Vec<(MatterId, NaiveDateTime, Score)>> {
    askings::table
        .filter(askings::matter_id.eq_any(matters.to_vec()))
        .filter(askings::score.is_not_null().and(askings::asked_at.is_not_null()))
        .order(askings::id)
        .select((askings::matter_id, askings::asked_at.assume_not_null(), askings::score.assume_not_null()))
        .load(conn)
}

/// A matter's askings, the newest first. The caller has found the matter by scope.
pub fn of_matter(conn: &mut Conn, matter: &Matter) -> QueryResult<Vec<Asking>> {
    askings::table.filter(askings::matter_id.eq(matter.id)).order(askings::id.desc()).load(conn)
}

/// Keeps the answer to what waits to be asked of a matter; says whether it waited.
pub fn answer(
    conn: &mut Conn,
    matter: MatterId,
    kind: AskingKind,
    answer: &Answer,
    (by, at): (StaffId, NaiveDateTime),
) -> QueryResult<bool> {
    let waiting = askings::table
        .filter(askings::matter_id.eq(matter).and(askings::kind.eq(kind)))
        .filter(askings::state.eq(AskingState::Waiting));
    let changed = diesel::update(waiting)
        .set((
            askings::state.eq(AskingState::Asked),
            askings::score.eq(Some(answer.score)),
            askings::manner.eq(Some(answer.manner)),
            askings::note.eq(&answer.note),
            askings::asked_by.eq(Some(by)),
            askings::asked_at.eq(Some(at)),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// What waits to be asked of a matter is asked no more.
pub fn drop_waiting(conn: &mut Conn, matter: MatterId) -> QueryResult<usize> {
    diesel::update(askings::table)
        .filter(askings::matter_id.eq(matter).and(askings::state.eq(AskingState::Waiting)))
        .set(askings::state.eq(AskingState::Dropped))
        .execute(conn)
}

/// What is asked by this clock is due when the clock is, as when the calendar moved it.
pub fn follow(conn: &mut Conn, clock: ClockId, due_on: NaiveDate) -> QueryResult<()> {
    diesel::update(askings::table.filter(askings::clock_id.eq(clock)))
        .set(askings::due_on.eq(due_on))
        .execute(conn)
        .map(drop)
}

/// A page of what this person may see, the first due first; what was asked or dropped, the last first.
pub fn page(
    conn: &mut Conn,
    scope: &Scope,
    filter: &AskingFilter,
    after: Option<Cursor<AskingId>>,
    limit: i64,
) -> QueryResult<Vec<(Asking, Matter)>> {
    let mut query = askings::table.inner_join(matters::table).into_boxed().filter(asking_visible(scope));
    if let Some(state) = filter.state {
        query = query.filter(askings::state.eq(state));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(askings::kind.eq(kind));
    }
    if let Some(score) = filter.score {
        query = query.filter(askings::score.assume_not_null().eq(score).and(askings::score.is_not_null()));
    }
    if let Some(day) = filter.due_until {
        query = query.filter(askings::due_on.le(day));
    }
    if filter.state == Some(AskingState::Waiting) {
        if let Some((Some(day), id)) = after {
            let later = askings::due_on.gt(day).or(askings::due_on.eq(day).and(askings::id.gt(id)));
            query = query.filter(later);
        }
        return query.order((askings::due_on, askings::id)).limit(limit).load(conn);
    }
    if let Some((Some(day), id)) = after {
        let earlier = askings::due_on.lt(day).or(askings::due_on.eq(day).and(askings::id.lt(id)));
        query = query.filter(earlier);
    }
    query.order((askings::due_on.desc(), askings::id.desc())).limit(limit).load(conn)
}

/// How many askings of a kind wait to be asked, of the matters that this person may see; counts no further than `most`.
pub fn count_waiting(conn: &mut Conn, scope: &Scope, kind: AskingKind, most: i64) -> QueryResult<i64> {
    let rows: Vec<AskingId> = askings::table
        .inner_join(matters::table)
        .filter(asking_visible(scope))
        .filter(askings::state.eq(AskingState::Waiting).and(askings::kind.eq(kind)))
        .select(askings::id)
        .limit(most)
        .load(conn)?;
    Ok(i64::try_from(rows.len()).unwrap_or(most))
}

/// The matters of a court that were closed in this time and may be called back, in order. Complaints about conduct stay
/// with those who handle them.
pub fn closed_between(
    conn: &mut Conn,
    court: CourtId,
    from: NaiveDateTime,
    before: NaiveDateTime,
) -> QueryResult<Vec<MatterId>> {
    let reasons: Vec<CloseReason> =
        CloseReason::ALL.iter().copied().filter(|reason| is_asked(*reason, false)).collect();
    matters::table
        .filter(matters::court_id.eq(court).and(matters::stage.eq(Stage::Closed)))
        .filter(matters::closed_at.is_not_null())
        .filter(
            matters::closed_at
                .assume_not_null()
                .ge(from)
                .and(matters::closed_at.assume_not_null().lt(before)),
        )
        .filter(matters::close_reason.assume_not_null().eq_any(reasons))
        .filter(matters::anonymous.eq(false).and(matters::conduct.eq(false)))
        .filter(matters::kind.eq(MatterKind::Petition))
        .order(matters::id)
        .select(matters::id)
        .load(conn)
}

/// The sample of a month, if it has been drawn.
pub fn draw_of(conn: &mut Conn, court: CourtId, month: &str) -> QueryResult<Option<Draw>> {
    call_back_draws::table.find((court, month.to_owned())).first(conn).optional()
}

pub fn insert_draw(conn: &mut Conn, draw: &Draw) -> QueryResult<()> {
    diesel::insert_into(call_back_draws::table).values(draw.clone()).execute(conn).map(drop)
}
