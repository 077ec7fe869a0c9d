//! Records a request, the handing over of the file, and what was decided above. Each is one transaction.

mod above;

pub use above::decide_here;

use super::rules;
use super::store;
use super::types::{Asked, Decided, ReviewOutcome, ReviewRequest, ReviewRequestId, ReviewState};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::matters::life::{self, Found};
use crate::matters::mails::{Notice, tell};
use crate::matters::stages::Event;
use crate::matters::{self, EntryKind, Matter, MatterId};
use crate::people::{self, Act, CourtId};
use crate::replies;
use crate::web::formats::plain_date;
use std::collections::BTreeSet;

/// Records that the petitioner asks for 复查, or for 复核 after it. The file goes up within five working days.
///
/// # Errors
///
/// `NotFound`, `Forbidden`; `Refused` where the reply offers none, or one is open already.
pub fn request(conn: &mut Conn, act: &Act, id: MatterId, asked: &Asked) -> Result<ReviewRequestId, Problem> {
    let found = life::find_for(conn, act, id, Event::RequestReview)?;
    let matter = &found.matter;
    let reply = replies::current(conn, matter)?.ok_or(Problem::Stale)?;
    let standing = rules::standing(Some(reply.id), &store::of_matter(conn, matter)?);
    let kind = standing.next.ok_or(Problem::Stale)?;
    let (above, above_court_id) = above(conn, matter, &asked.above)?;
    let mut row = ReviewRequest {
        id: ReviewRequestId::new(act.now),
        court_id: matter.court_id,
        matter_id: id,
        kind,
        state: ReviewState::Requested,
        requested_on: asked.requested_on,
        grounds: asked.grounds.clone(),
        above,
        above_court_id,
        recorded_by: act.by.person()?,
        recorded_at: act.now.utc(),
        handed_over_by: None,
        handed_over_on: None,
        hand_over_note: String::new(),
        outcome: None,
        opinion: String::new(),
        decided_on: None,
        version: 0,
        draft_id: Some(reply.id),
        above_matter_id: None,
        received_on: asked.received_on,
    };
    row.above_matter_id = above::open(conn, act, matter, &row)?;
    store::insert(conn, &row)?;
    deadlines::meet(conn, id.0, Code::ReviewRequest, asked.requested_on)?;
    deadlines::start(conn, act, matter.court_id, id.0, Code::FileHandover, asked.received_on)?;
    matters::refresh_next(conn, matter)?;
    let on = plain_date(asked.requested_on);
    let text = format!("{on}信访人向{}申请{}。理由：{}", row.above, kind.label(), asked.grounds);
    matters::note(conn, act, matter, EntryKind::Review, text)?;
    inform(conn, act, &found, &row)?;
    audit::record(conn, act, "review.requested", Subject::Matter(id.0), &[("kind", kind.code())])?;
    Ok(row.id)
}

/// Who decides: the court above, where it is in this installation; else whoever is named.
fn above(conn: &mut Conn, matter: &Matter, named: &str) -> Result<(String, Option<CourtId>), Problem> {
    let parent = people::court(conn, matter.court_id)?.parent_id;
    match (named.trim(), parent) {
        ("", Some(parent)) => Ok((people::court(conn, parent)?.name, Some(parent))),
        ("", None) => Err(Problem::refused("请填写向哪个上级机关申请；系统里没有设置本院的上级法院。")),
        (named, Some(parent)) if people::court(conn, parent)?.name == named => {
            Ok((named.to_owned(), Some(parent)))
        }
        (named, _) => Ok((named.to_owned(), None)),
    }
}

/// Whoever answers for the matter and the petition officers hand the file over.
fn inform(conn: &mut Conn, act: &Act, found: &Found, row: &ReviewRequest) -> Result<(), Problem> {
    let officers = people::petition_officers(conn, row.court_id)?;
    let mut whom: BTreeSet<_> = officers.into_iter().map(|officer| officer.id).collect();
    whom.insert(found.matter.accountable_id);
    let key = format!("review:{}", row.id);
    let text = "信访人对一件事项的答复申请了复查或者复核。请在五个工作日内把案卷移送上级，并在系统里记录。";
    for one in whom.into_iter().filter(|one| Some(*one) != act.by.staff_id) {
        tell(
            conn,
            act,
            &found.matter,
            one,
            Notice { subject: "待移送案卷", text, key: &key, urgent: false },
        )?;
    }
    Ok(())
}

fn open(conn: &mut Conn, matter: &Matter) -> Result<ReviewRequest, Problem> {
    let open = store::of_matter(conn, matter)?.into_iter().find(|one| one.state != ReviewState::Decided);
    open.ok_or(Problem::Stale)
}

/// Records that the file went up (移送案卷).
///
/// # Errors
///
/// `NotFound`, `Forbidden`, `Stale`; `Refused` when none is owed.
pub fn hand_over(conn: &mut Conn, act: &Act, id: MatterId, version: i64, note: &str) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::HandFileOver)?;
    let row = open(conn, &found.matter)?;
    let today = act.now.today();
    if !store::hand_over(conn, row.id, version, (act.by.person()?, today, note))? {
        return Err(Problem::Stale);
    }
    deadlines::meet(conn, id.0, Code::FileHandover, today)?;
    matters::refresh_next(conn, &found.matter)?;
    let text = format!("{}案卷移送{}。{note}", row.kind.label(), row.above);
    matters::note(conn, act, &found.matter, EntryKind::Review, text)?;
    audit::record(conn, act, "review.handed_over", Subject::Matter(id.0), &[])
}

/// Records what was decided above, or that the petitioner took the request back, also where the file hasn't gone up: then
/// it no longer has to. What was changed or revoked is told to the petition officers, who open the matter again.
///
/// # Errors
///
/// As [`hand_over`].
pub fn decide(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    decided: &Decided,
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::ReviewOutcome)?;
    let row = open(conn, &found.matter)?;
    settle(conn, act, (&found.matter, &row), version, decided)?;
    above::end(conn, act, &row, decided)
}

/// Notes on the original what was decided, and tells whoever has to act on it.
fn settle(
    conn: &mut Conn,
    act: &Act,
    (matter, row): (&Matter, &ReviewRequest),
    version: i64,
    decided: &Decided,
) -> Result<(), Problem> {
    if !store::decide(conn, row.id, version, decided)? {
        return Err(Problem::Stale);
    }
    if row.state == ReviewState::Requested {
        deadlines::cancel(conn, matter.id.0, Code::FileHandover)?;
        matters::refresh_next(conn, matter)?;
    }
    let on = plain_date(decided.decided_on);
    let text = format!("{on}{}结果：{}。{}", row.kind.label(), decided.outcome.label(), decided.opinion);
    matters::note(conn, act, matter, EntryKind::Review, text)?;
    let again = matches!(decided.outcome, ReviewOutcome::Changed | ReviewOutcome::Revoked);
    for officer in people::petition_officers(conn, row.court_id)?.into_iter().filter(|_| again) {
        let key = format!("review-decided:{}", row.id);
        let text = "上级复查、复核改变了一件事项的答复。请恢复办理，按上级意见重新答复信访人。";
        let notice = Notice { subject: "答复被上级改变", text, key: &key, urgent: true };
        tell(conn, act, matter, officer.id, notice)?;
    }
    let values = [("result", decided.outcome.code())];
    audit::record(conn, act, "review.decided", Subject::Matter(matter.id.0), &values)
}
