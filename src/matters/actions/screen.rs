//! Decides on screening (甄别) after registration.

use super::clocks;
use super::entries::reply;
use crate::audit::{self, Subject};
use crate::call_backs;
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::enforcement;
use crate::error::Problem;
use crate::escalation;
use crate::matters;
use crate::matters::life::{self, Found};
use crate::matters::rules::{self, Refusal, Screening};
use crate::matters::stages::Event;
use crate::matters::store::{self, Step};
use crate::matters::timeline::entry;
use crate::matters::types::{EntryKind, HandPart, Matter, MatterId, Stage, TimelineEntry};
use crate::people::{self, Act, DivisionKind, StaffId};
use crate::supervision;
use crate::web::formats::plain_date;
use chrono::NaiveDate;

/// Decides what becomes of a registered matter that is still at `version`.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` when it has been screened already.
pub fn screen(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    screening: &Screening,
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::Screen)?;
    let matter = found.matter.clone();
    if *screening == Screening::Undecided {
        return Err(Problem::refused("还没有选择甄别结果，请选择一项后再提交。"));
    }
    let outcome = rules::outcome(screening);
    let today = act.now.today();
    let closed = outcome.stage == Stage::Closed;
    if closed && found.standing.above.owed {
        return Err(Refusal::ReportFirst.into());
    }
    deadlines::meet(conn, id.0, Code::Screening, today)?;
    deadlines::meet(conn, id.0, Code::ScreeningLatest, today)?;
    if closed {
        deadlines::cancel_open(conn, id.0)?;
        supervision::matter_closed(conn, act, id)?;
    } else {
        clocks::start(conn, act, matter.court_id, id, &outcome.clocks, outcome.from.unwrap_or(today))?;
    }
    let next = if closed { None } else { deadlines::next(conn, id.0)? };
    // A complaint about conduct stays with inspection, whatever procedure it is led into.
    let accountable_id = if outcome.to_head_of_filing && !matter.conduct {
        head_of_filing(conn, &found)?
    } else {
        matter.accountable_id
    };
    let step = Step {
        stage: outcome.stage,
        close_reason: outcome.close_reason,
        track: track(screening),
        accountable_id,
        closed_at: closed.then(|| act.now.utc()),
        to_archive_since: closed.then(|| act.now.utc()),
        next_due_on: next.as_ref().map(|(clock, _)| clock.due_on),
        next_clock_id: next.as_ref().map(|(clock, _)| clock.id),
    };
    if !store::advance(conn, id, version, &step)? {
        return Err(Problem::Stale);
    }
    enforcement::follow(conn, act, &Matter { stage: outcome.stage, accountable_id, ..matter.clone() })?;
    store::insert_entries(conn, &entries(act, &matter, screening))?;
    if let Some((manner, text)) = &outcome.reply {
        store::insert_reply(conn, &reply(act, id, *manner, text)?)?;
    }
    if let Some(reason) = outcome.close_reason {
        call_backs::begin(conn, act, &matter, reason)?;
    }
    audit::record(conn, act, "matter.screened", Subject::Matter(id.0), &[("stage", outcome.stage.code())])?;
    if outcome.stage == Stage::Handling { escalation::accepted(conn, act, &matter) } else { Ok(()) }
}

/// The head of filing, or who stands in; nobody whom the matter complains about, nor who decided the case.
fn head_of_filing(conn: &mut Conn, found: &Found) -> Result<StaffId, Problem> {
    let away = matters::barred(conn, &found.matter)?;
    let judged = |who: StaffId| {
        found.hands.iter().any(|hand| hand.part == HandPart::CaseJudge && hand.staff_id == Some(who))
    };
    let heads = people::heads_of(conn, found.matter.court_id, DivisionKind::Filing)?;
    let head = heads.iter().find(|head| !away.contains(&head.id) && !judged(head.id));
    head.map(|head| head.id).ok_or_else(|| Refusal::NoHeadOfFiling.into())
}

/// The procedure a screening leads into, as it is kept.
pub(super) fn track(screening: &Screening) -> Option<String> {
    match screening {
        Screening::InLitigation(track, _) => Some(track.code().to_owned()),
        Screening::Undecided
        | Screening::Accepted
        | Screening::NotThisCourt { .. }
        | Screening::AnsweredOnTheSpot { .. } => None,
    }
}

/// From when the procedure's own time counts, where that isn't the day of the decision.
fn since(from: Option<NaiveDate>) -> String {
    from.map(|day| format!("，期限自{}起算", plain_date(day))).unwrap_or_default()
}

/// What the timeline says of a screening decision; nothing while it is undecided.
pub(super) fn entries(act: &Act, matter: &Matter, screening: &Screening) -> Vec<TimelineEntry> {
    let say = |kind, text: String| entry(act, matter, kind, text, None);
    match screening {
        Screening::Undecided => Vec::new(),
        Screening::Accepted => vec![say(EntryKind::Screened, "甄别：作为信访事项受理。".to_owned())],
        Screening::InLitigation(track, from) => {
            vec![say(
                EntryKind::Screened,
                format!("甄别：转入诉讼程序（{}{}）。", track.label(), since(*from)),
            )]
        }
        Screening::NotThisCourt { authority, guidance } => vec![
            say(EntryKind::Screened, format!("甄别：不属于本院职权，已指引向{authority}反映。{guidance}")),
            say(EntryKind::Closed, "不予受理，已出具指引单。".to_owned()),
        ],
        Screening::AnsweredOnTheSpot { answer } => vec![
            say(EntryKind::Reply, format!("当场答复：{answer}")),
            say(EntryKind::Closed, "当场答复办结。".to_owned()),
        ],
    }
}
