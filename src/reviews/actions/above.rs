//! The review itself, where the court above works with the same installation: a matter of its own there, with somebody who
//! answers for it and the time for the opinion, linked to the original; and its result, brought back to the original.

use super::settle;
use crate::audit::{self, Subject};
use crate::call_backs;
use crate::db::{Conn, next_id};
use crate::deadlines::{self, Clock, Code};
use crate::error::Problem;
use crate::links::{self, Link, LinkId, LinkKind};
use crate::matters::actions::query_code;
use crate::matters::life::{self, Change};
use crate::matters::mails::{Notice, tell};
use crate::matters::rules::number;
use crate::matters::stages::Event;
use crate::matters::types::{CloseReason, MatterCase, MatterKind, Participant, Reply, ReplyManner, Stage};
use crate::matters::{self, EntryKind, Matter, MatterId, store as matter_store};
use crate::people::{self, Act, CourtId, Role, StaffId};
use crate::petitioners;
use crate::referrals;
use crate::reviews::store;
use crate::reviews::types::{Decided, ReviewKind, ReviewOutcome, ReviewRequest};
use crate::time::Moment;
use chrono::{Datelike, NaiveTime};

/// Opens the matter at the court above. None where that isn't in this installation, or has nobody yet who could answer for
/// it: then the request stands on its list alone.
pub(super) fn open(
    conn: &mut Conn,
    act: &Act,
    original: &Matter,
    request: &ReviewRequest,
) -> Result<Option<MatterId>, Problem> {
    let Some(court) = request.above_court_id else { return Ok(None) };
    let barred = matters::barred(conn, original)?;
    let Some(who) = answering(conn, court, original, &barred)? else { return Ok(None) };
    let id = MatterId::new(act.now);
    let clock = deadlines::start(conn, act, court, id.0, clock(request.kind), request.received_on)?;
    let new = row(conn, act, (original, request), (court, who), (id, &clock))?;
    matter_store::insert(conn, &new)?;
    let people = participants(conn, act, court, original)?;
    matter_store::insert_participants(conn, new.id, &people)?;
    matter_store::insert_bars(conn, new.id, &barred)?;
    let case = |case| MatterCase { id: next_id(act.now), court_id: court, matter_id: new.id, ..case };
    let cases: Vec<MatterCase> = matter_store::cases_of(conn, original)?.into_iter().map(case).collect();
    matter_store::insert_cases(conn, &cases)?;
    matters::reindex(conn, &new)?;
    links::insert_link(conn, &link(act, &new, original, request)?)?;
    let text = format!("下级法院报来{}，编号{}。理由：{}", request.kind.label(), new.number, request.grounds);
    matters::note(conn, act, &new, EntryKind::Registered, text)?;
    let key = format!("review-here:{}", request.id);
    let text = "下级法院的信访人申请复查或者复核，由本院作出意见，由您负责。请在期限内审查，作出意见后在系统里登记。";
    tell(conn, act, &new, who, Notice { subject: "下级报来复查复核", text, key: &key, urgent: false })?;
    let values = [("number", new.number.as_str()), ("from", original.number.as_str())];
    audit::record(conn, act, "review.opened_above", Subject::Matter(new.id.0), &values)?;
    Ok(Some(new.id))
}

/// Within which it is decided (信访工作条例 35, 36).
fn clock(kind: ReviewKind) -> Code {
    match kind {
        ReviewKind::Review => Code::ReviewOpinion,
        ReviewKind::Recheck => Code::RecheckOpinion,
    }
}

/// Who answers for it there: a petition officer; for a complaint about conduct inspection, else the president; nobody who
/// is complained of.
fn answering(
    conn: &mut Conn,
    court: CourtId,
    original: &Matter,
    barred: &[StaffId],
) -> Result<Option<StaffId>, Problem> {
    let roles: &[Role] = if original.conduct {
        &[Role::Inspector, Role::President]
    } else {
        &[Role::PetitionOfficer, Role::President]
    };
    for role in roles {
        let free = people::with_role(conn, court, *role)?.into_iter().find(|one| !barred.contains(&one.id));
        if let Some(one) = free {
            return Ok(Some(one.id));
        }
    }
    Ok(None)
}

fn row(
    conn: &mut Conn,
    act: &Act,
    (original, request): (&Matter, &ReviewRequest),
    (court, who): (CourtId, StaffId),
    (id, clock): (MatterId, &Clock),
) -> Result<Matter, Problem> {
    let (home, below) = (people::court(conn, court)?, people::court(conn, original.court_id)?);
    let today = act.now.today();
    let year = i64::from(today.year());
    let seq = matter_store::next_number(conn, court, "matter", year)?;
    let received_at = Moment::from_court(request.received_on.and_time(NaiveTime::MIN)).utc();
    Ok(Matter {
        id,
        court_id: court,
        kind: MatterKind::Petition,
        number: number(&home.number_pattern, &home.short_name, year, seq),
        year,
        seq,
        summary: format!(
            "不服{}对{}的答复，申请{}。理由：{}",
            below.name,
            original.number,
            request.kind.label(),
            request.grounds
        ),
        division_id: None,
        stage: Stage::Handling,
        close_reason: None,
        track: None,
        tier: None,
        first_receiver_id: who,
        accountable_id: who,
        supervising_leader_id: people::supervising_leader(conn, court, None, today, &[])?,
        received_at,
        registered_at: act.now.utc(),
        closed_at: None,
        next_due_on: Some(clock.due_on),
        next_clock_id: Some(clock.id),
        contact_count: 0,
        last_contact_at: received_at,
        query_code: query_code(),
        version: 0,
        to_archive_since: None,
        ..original.clone()
    })
}

fn participants(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    original: &Matter,
) -> Result<Vec<Participant>, Problem> {
    let mut all: Vec<Participant> = Vec::new();
    for one in matter_store::participants(conn, original)? {
        let petitioner_id = petitioners::actions::known_to(conn, act, court, one.petitioner_id)?;
        if all.iter().all(|known| known.petitioner_id != petitioner_id) {
            all.push(Participant { petitioner_id, ..one });
        }
    }
    Ok(all)
}

fn link(act: &Act, new: &Matter, original: &Matter, request: &ReviewRequest) -> Result<Link, Problem> {
    Ok(Link {
        id: LinkId::new(act.now),
        court_id: new.court_id,
        later_id: new.id,
        kind: LinkKind::Review,
        original_id: original.id,
        note: request.grounds.clone(),
        made_at: act.now.utc(),
        made_by: act.by.person()?,
        undone_at: None,
        undone_by: None,
        undone_reason: None,
    })
}

/// The court above gives its opinion on the matter that is still at `version`, which ends there with it; the original
/// gets it at once.
///
/// # Errors
///
/// `NotFound`, `Forbidden`, `Stale`; `Refused` by the stage, and where it is no review or is decided already.
pub fn decide_here(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    decided: &Decided,
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::DecideReview)?;
    if found.matter.version != version {
        return Err(Problem::Stale);
    }
    let request = store::of_above_matter(conn, id)?.ok_or(Problem::Stale)?;
    let original = matters::of_job(conn, request.matter_id)?;
    settle(conn, act, (&original, &request), request.version, decided)?;
    let text = "上级法院对本院一件事项的复查、复核作出了意见，已经记入事项。请登录查看。";
    let key = format!("review-opinion:{}", request.id);
    let notice = Notice { subject: "上级作出复查复核意见", text, key: &key, urgent: false };
    tell(conn, act, &original, original.accountable_id, notice)?;
    close(conn, act, (&found.matter, &request), decided)
}

/// Ends the matter at the court above, where the lower court recorded the outcome: what came by another way, or that the
/// petitioner took the request back. One that waits for an addressee only learns of it.
pub(super) fn end(
    conn: &mut Conn,
    act: &Act,
    request: &ReviewRequest,
    decided: &Decided,
) -> Result<(), Problem> {
    let Some(id) = request.above_matter_id else { return Ok(()) };
    let matter = matters::of_job(conn, id)?;
    if matter.stage == Stage::Closed {
        return Ok(());
    }
    if referrals::pending(conn, id)?.is_some() {
        let text = format!("下级法院登记了结果：{}。{}", decided.outcome.label(), decided.opinion);
        return matters::note(conn, act, &matter, EntryKind::Review, text).map(drop);
    }
    close(conn, act, (&matter, request), decided)
}

fn close(
    conn: &mut Conn,
    act: &Act,
    (matter, request): (&Matter, &ReviewRequest),
    decided: &Decided,
) -> Result<(), Problem> {
    deadlines::meet(conn, matter.id.0, clock(request.kind), act.now.today())?;
    let words = format!("{}意见：{}。{}", request.kind.label(), decided.outcome.label(), decided.opinion);
    let withdrawn = decided.outcome == ReviewOutcome::Withdrawn;
    let reply = Reply {
        id: next_id(act.now),
        matter_id: matter.id,
        manner: if withdrawn { ReplyManner::NoneOwed } else { ReplyManner::Written },
        text: words.clone(),
        by_id: act.by.person()?,
        given_at: act.now.utc(),
    };
    matter_store::insert_reply(conn, &reply)?;
    matters::note(conn, act, matter, EntryKind::Review, words)?;
    let values = [("result", decided.outcome.code())];
    audit::record(conn, act, "review.given", Subject::Matter(matter.id.0), &values)?;
    let reason = if withdrawn { CloseReason::Withdrawn } else { CloseReason::Answered };
    let change = Change { stage: Some(Stage::Closed), close_reason: Some(reason), ..Change::default() };
    life::move_on(conn, act, matter, matter.version, change)?;
    call_backs::begin(conn, act, matter, reason)
}
