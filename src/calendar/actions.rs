//! Changing the calendar: the petition officer proposes, the security administrator puts in force.

use super::change::YearContent;
use super::rules::changes;
use super::store;
use super::types::{DayKind, SpecialDay};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines;
use crate::error::Problem;
use crate::people::Act;
use crate::proposals::actions::{self as proposals, New};
use crate::proposals::{ProposalId, ProposalKind, open_of};
use chrono::{Datelike, NaiveDate};

/// Proposes a whole year (导入).
///
/// # Errors
///
/// `Refused` when nothing would change.
pub fn propose_year(
    conn: &mut Conn,
    act: &Act,
    content: &YearContent,
    reason: &str,
) -> Result<ProposalId, Problem> {
    let current = store::load(conn)?;
    let same_days = changes(&current, &content.calendar(), content.year).is_empty();
    if same_days && current.year(content.year) == Some(&content.about) {
        return Err(Problem::refused("和现行日历完全一样，没有需要改动的地方。"));
    }
    let json = serde_json::to_string(content).map_err(Problem::internal)?;
    let target = content.year.to_string();
    let new = New { kind: ProposalKind::Calendar, target: &target, court_id: None, content: json, reason };
    proposals::propose(conn, act, new)
}

/// Proposes another kind for one day; `None` makes it what its place in the week says. Added to what already waits for
/// that year.
///
/// # Errors
///
/// `Refused` when the year isn't entered, or nothing would change.
pub fn propose_day(
    conn: &mut Conn,
    act: &Act,
    date: NaiveDate,
    kind: Option<(DayKind, &str)>,
    reason: &str,
) -> Result<ProposalId, Problem> {
    let year = date.year();
    let mut content = match open_of(conn, ProposalKind::Calendar, &year.to_string(), None)? {
        Some(waiting) => YearContent::read(&waiting)?,
        None => YearContent::of(&store::load(conn)?, year).ok_or_else(|| {
            Problem::refused(format!("{year}年的日历还没有录入，请先导入整年的放假安排，再修改某一天。"))
        })?,
    };
    content.days.retain(|day| day.date != date);
    if let Some((kind, name)) = kind {
        content.days.push(SpecialDay { date, kind, name: name.to_owned() });
        content.days.sort_by_key(|day| day.date);
    }
    propose_year(conn, act, &content, reason)
}

/// Puts a proposed year in force (生效) and moves every open deadline that rests on it; returns how many moved.
///
/// # Errors
///
/// As [`proposals::let_through`].
pub fn put_in_force(
    conn: &mut Conn,
    act: &Act,
    id: ProposalId,
    version: i64,
) -> Result<(i32, usize), Problem> {
    let proposal = proposals::let_through(conn, act, ProposalKind::Calendar, id, version)?;
    let content = YearContent::read(&proposal)?;
    let changed = changes(&store::load(conn)?, &content.calendar(), content.year).len();
    store::replace_year(conn, content.year, &content.about, &content.days, act.now)?;
    store::restamp(conn)?;
    let moved =
        match (NaiveDate::from_ymd_opt(content.year, 1, 1), NaiveDate::from_ymd_opt(content.year, 12, 31)) {
            (Some(first), Some(last)) => deadlines::redate(conn, act, first, last)?.len(),
            _ => 0,
        };
    let values = [
        ("year", content.year.to_string()),
        ("status", content.about.status.code().to_owned()),
        ("source", content.about.source.clone()),
        ("changed_days", changed.to_string()),
        ("moved_deadlines", moved.to_string()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(field, value)| (*field, value.as_str())).collect();
    audit::record(conn, act, "calendar.in_force", Subject::Calendar(content.year.into()), &values)?;
    Ok((content.year, moved))
}
