//! Lets what is done in the tiers happen, and marks the signs.

use super::super::script::tiers::{SIGNS, TierDeed};
use super::cast::Cast;
use crate::crypto::Keys;
use crate::db::Conn;
use crate::error::Problem;
use crate::escalation::actions::{
    self, ActDraft, HeardDraft, MeasureDraft, MeasureNews, MeetingDraft, Naming, PlanDraft, ReportDraft,
    SignDraft,
};
use crate::escalation::types::{Cause, LeaderAct, MeasureState};
use crate::escalation::views;
use crate::matters::MatterId;
use crate::matters::types::{CaseStage, HeardLevel, HeardManner, HeardSource};
use crate::people::Act;
use crate::time::Moment;
use chrono::TimeDelta;
use std::sync::Arc;

fn own(act: &Act, what: &str) -> String {
    format!("demo-{what}-{}", act.now.utc().and_utc().timestamp())
}

pub(super) fn happen(
    conn: &mut Conn,
    act: &Act,
    cast: &Cast,
    id: MatterId,
    deed: &TierDeed,
) -> Result<(), Problem> {
    let today = act.now.today();
    match *deed {
        TierDeed::Heard { level, body, reference } => {
            let draft = HeardDraft {
                level: HeardLevel::from_code(level).unwrap_or(HeardLevel::City),
                body: body.to_owned(),
                manner: HeardManner::InPerson,
                heard_on: today,
                source: HeardSource::Notice,
                reference: reference.to_owned(),
            };
            actions::record_heard(conn, act, id, &draft).map(drop)
        }
        TierDeed::Confirm => {
            let version = views::detail(conn, act, id)?.group.map_or(0, |group| group.version);
            actions::confirm_group(conn, act, id, version)
        }
        TierDeed::Name { leader, responsible, days } => {
            let naming = Naming {
                leader: cast.staff(leader)?.id,
                responsible: cast.staff(responsible)?.id,
                due_on: today + TimeDelta::days(days),
            };
            actions::name_leader(conn, act, id, None, &naming).map(drop)
        }
        TierDeed::Act { act: kind, record } => {
            let draft = ActDraft {
                act: LeaderAct::from_code(kind).unwrap_or(LeaderAct::Met),
                done_on: today,
                record: record.to_owned(),
                submission: own(act, "act"),
            };
            actions::record_act(conn, act, id, &draft)
        }
        TierDeed::Meeting { .. } | TierDeed::Report { .. } | TierDeed::Plan { .. } => {
            written(conn, act, id, deed)
        }
        TierDeed::Measure { .. } | TierDeed::News { .. } => measured(conn, act, cast, id, deed),
    }
}

/// What is written down.
fn written(conn: &mut Conn, act: &Act, id: MatterId, deed: &TierDeed) -> Result<(), Problem> {
    match *deed {
        TierDeed::Meeting { present, record } => {
            let draft = MeetingDraft {
                held_on: act.now.today(),
                present: present.to_owned(),
                record: record.to_owned(),
                submission: own(act, "meeting"),
            };
            actions::hold_meeting(conn, act, id, &draft).map(drop)
        }
        TierDeed::Report { case_facts, course, obstacles, opinion } => {
            let draft = ReportDraft {
                case_facts: case_facts.to_owned(),
                course: course.to_owned(),
                obstacles: obstacles.to_owned(),
                opinion: opinion.to_owned(),
            };
            actions::report(conn, act, id, 0, &draft).map(drop)
        }
        TierDeed::Plan { crux, approach, work } => {
            let draft = PlanDraft {
                crux: crux.to_owned(),
                approach: approach.to_owned(),
                division_of_work: work.to_owned(),
            };
            actions::write_plan(conn, act, id, 0, &draft).map(drop)
        }
        TierDeed::Heard { .. }
        | TierDeed::Confirm
        | TierDeed::Name { .. }
        | TierDeed::Act { .. }
        | TierDeed::Measure { .. }
        | TierDeed::News { .. } => Ok(()),
    }
}

/// What has to do with measures.
fn measured(conn: &mut Conn, act: &Act, cast: &Cast, id: MatterId, deed: &TierDeed) -> Result<(), Problem> {
    match *deed {
        TierDeed::Measure { text, owner, days } => {
            let draft = MeasureDraft {
                text: text.to_owned(),
                owner: cast.staff(owner)?.id,
                due_on: act.now.today() + TimeDelta::days(days),
                submission: own(act, "measure"),
            };
            actions::add_measure(conn, act, id, &draft).map(drop)
        }
        TierDeed::News { nth, state, result } => {
            let mut all = views::detail(conn, act, id)?.measures;
            all.sort_by_key(|one| one.measure.id);
            let one = all.get(nth.saturating_sub(1)).map(|one| (one.measure.id, one.measure.version));
            let (measure, version) =
                one.ok_or_else(|| Problem::internal(format!("no measure {nth} is set")))?;
            let state = MeasureState::from_code(state).unwrap_or(MeasureState::Doing);
            let news = MeasureNews { state, result: result.to_owned() };
            actions::set_measure(conn, act, (id, measure), version, &news)
        }
        TierDeed::Heard { .. }
        | TierDeed::Confirm
        | TierDeed::Name { .. }
        | TierDeed::Act { .. }
        | TierDeed::Meeting { .. }
        | TierDeed::Report { .. }
        | TierDeed::Plan { .. } => Ok(()),
    }
}

/// Marks the signs, shortly before `now`.
pub(super) fn mark(conn: &mut Conn, cast: &Cast, keys: &Arc<Keys>, now: Moment) -> Result<(), Problem> {
    for sign in SIGNS {
        let act = cast.act(conn, sign.by, now.plus(-TimeDelta::minutes(sign.minutes_ago)), keys)?;
        let draft = SignDraft {
            how: Cause::Marked,
            row: 0,
            text: sign.text.to_owned(),
            division_id: None,
            case: None,
            case_stage: CaseStage::Trial,
        };
        actions::mark_sign(conn, &act, &draft)?;
    }
    Ok(())
}
