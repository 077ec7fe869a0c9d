//! Lets what is done above the handlers happen: each deed by whoever did it, and, between them, what the nights bring.

use super::super::script::office::{self, Deed, OfficeStep};
use super::cast::Cast;
use super::enforcing;
use super::plan::worked;
use super::tiers;
use crate::accountability::{self, Cause, Decision, FaultKind};
use crate::calendar::types::WorkingDays;
use crate::crypto::Keys;
use crate::db::Conn;
use crate::error::Problem;
use crate::instructions::{self, Asked, Given};
use crate::matters::MatterId;
use crate::people::Act;
use crate::supervision::{self, Manner, Notice};
use crate::time::Moment;
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use std::collections::HashMap;
use std::collections::VecDeque;
use std::sync::Arc;

/// Between two deeds on one day.
const SHORTLY: TimeDelta = TimeDelta::minutes(40);
/// When a night's jobs run, in hours of the day.
const NIGHT: i64 = 20;

/// The office's day: what it still has to do, and how far its nights have come.
pub(super) struct Office {
    left: VecDeque<(Moment, OfficeStep)>,
    last_night: Option<NaiveDate>,
}

impl Office {
    /// Everything that the office does up to `now`.
    pub(super) fn plan(now: Moment, days: &WorkingDays) -> Self {
        let mut left: VecDeque<(Moment, OfficeStep)> = VecDeque::new();
        for (nth, step) in (0_i64..).zip(office::steps()) {
            let day = worked(now.today() - TimeDelta::days(step.days_ago), days);
            let at = Moment::from_court(day.and_time(NaiveTime::default()));
            let at = at.plus(TimeDelta::minutes(600 + (nth * 53).rem_euclid(300)));
            let after = left.back().map_or(at, |(before, _)| before.plus(SHORTLY));
            left.push_back((at.max(after).min(now.plus(-TimeDelta::minutes(1))), step));
        }
        Office { left, last_night: None }
    }

    /// Lets happen what comes before `until`.
    pub(super) fn until(
        &mut self,
        conn: &mut Conn,
        until: Moment,
        cast: &Cast,
        keys: &Arc<Keys>,
        matters: &HashMap<&'static str, MatterId>,
    ) -> Result<(), Problem> {
        while let Some((at, step)) = self.left.front().copied().filter(|(at, _)| *at <= until) {
            self.left.pop_front();
            self.nights(conn, at, keys)?;
            let id = matters.get(step.matter).copied();
            let id = id.ok_or_else(|| Problem::internal(format!("{} comes too early", step.matter)))?;
            let act = cast.act(conn, step.by, at, keys)?;
            happen(conn, &act, cast, id, &step.deed)?;
            self.last_night.get_or_insert(at.today() - TimeDelta::days(1));
        }
        self.nights(conn, until, keys)
    }

    /// The nights between the last one and `until`, once there is anything that they could harden.
    fn nights(&mut self, conn: &mut Conn, until: Moment, keys: &Arc<Keys>) -> Result<(), Problem> {
        while let Some(night) = self.last_night.map(|last| last + TimeDelta::days(1)) {
            let at = Moment::from_court(night.and_time(NaiveTime::default()));
            let at = at.plus(TimeDelta::hours(NIGHT));
            if at > until {
                break;
            }
            supervision::harden(conn, &Act::system("系统", at, keys.clone()))?;
            self.last_night = Some(night);
        }
        Ok(())
    }
}

fn happen(conn: &mut Conn, act: &Act, cast: &Cast, id: MatterId, deed: &Deed) -> Result<(), Problem> {
    match deed {
        Deed::Demand { manner, to, demand, spoken } => {
            let notice = Notice {
                manner: Manner::from_code(manner).unwrap_or(Manner::Letter),
                addressee: cast.staff(to)?.id,
                signer: act.by.person()?,
                referral: String::new(),
                demand: (*demand).to_owned(),
                spoken: (*spoken).to_owned(),
            };
            let after = supervision::latest(conn, id)?.map(|latest| latest.0);
            supervision::issue(conn, act, id, after, &notice).map(drop)
        }
        Deed::Answer { text } => match supervision::latest(conn, id)? {
            Some((latest, version)) => supervision::answer(conn, act, latest, version, text),
            None => Err(Problem::internal("the script answers what nobody demanded")),
        },
        Deed::Ask { .. }
        | Deed::Give { .. }
        | Deed::Return { .. }
        | Deed::Finish { .. }
        | Deed::Confirm
        | Deed::SendBack { .. } => instruct(conn, act, cast, id, deed),
        Deed::Review { .. }
        | Deed::FindAbout { .. }
        | Deed::Decide { .. }
        | Deed::Notify { .. }
        | Deed::State { .. } => review(conn, act, cast, id, deed),
        Deed::Enforce(task) => enforcing::happen(conn, act, cast, id, task),
        Deed::Tier(deed) => tiers::happen(conn, act, cast, id, deed),
    }
}

/// What has to do with accountability reviews.
fn review(conn: &mut Conn, act: &Act, cast: &Cast, id: MatterId, deed: &Deed) -> Result<(), Problem> {
    let latest = accountability::latest(conn, act, id)?;
    let newest = || latest.ok_or_else(|| Problem::internal("the script goes on with no review"));
    match deed {
        Deed::Review { of, grounds } => {
            accountability::open(conn, act, id, cast.staff(of)?.id, grounds).map(drop)
        }
        Deed::FindAbout { of, finding, measure } => {
            let staff = cast.staff(of)?.id;
            accountability::find_about(conn, act, newest()?, staff, (finding, measure))
        }
        Deed::Decide { kind, cause, findings, measure, by } => {
            let decision = Decision {
                kind: FaultKind::from_code(kind).unwrap_or(FaultKind::None),
                cause: Cause::from_code(cause).unwrap_or(Cause::Misunderstanding),
                findings: (*findings).to_owned(),
                measure: (*measure).to_owned(),
                decided_by: (*by).to_owned(),
                decided_on: act.now.today(),
            };
            accountability::decide(conn, act, newest()?, &decision)
        }
        Deed::Notify { of } => accountability::notify(conn, act, newest()?, cast.staff(of)?.id),
        Deed::State { text } => match accountability::notified(conn, act)? {
            Some(review) => accountability::state(conn, act, review, text),
            None => Err(Problem::internal("the script answers what nobody was told")),
        },
        Deed::Demand { .. }
        | Deed::Answer { .. }
        | Deed::Ask { .. }
        | Deed::Give { .. }
        | Deed::Return { .. }
        | Deed::Finish { .. }
        | Deed::Confirm
        | Deed::SendBack { .. }
        | Deed::Enforce(_)
        | Deed::Tier(_) => Ok(()),
    }
}

/// What has to do with leaders' instructions.
fn instruct(conn: &mut Conn, act: &Act, cast: &Cast, id: MatterId, deed: &Deed) -> Result<(), Problem> {
    let latest = instructions::latest(conn, id)?;
    let newest = || latest.ok_or_else(|| Problem::internal("the script follows what nobody instructed"));
    match deed {
        Deed::Ask { leader, question, proposal } => {
            let leader = cast.staff(leader)?.id;
            let asked = Asked { leader, question: (*question).into(), proposal: (*proposal).into() };
            instructions::ask(conn, act, id, &asked).map(drop)
        }
        Deed::Give { owner, days, text } => {
            let (owner, due_on) = (cast.staff(owner)?.id, act.now.today() + TimeDelta::days(*days));
            let given = Given { text: (*text).to_owned(), owner, due_on };
            match latest {
                Some(asked) => instructions::give(conn, act, asked, &given),
                None => instructions::instruct(conn, act, id, &given).map(drop),
            }
        }
        Deed::Return { remark } => instructions::return_to_asker(conn, act, newest()?, remark),
        Deed::Finish { evidence } => instructions::finish(conn, act, newest()?, evidence),
        Deed::Confirm => instructions::confirm(conn, act, newest()?),
        Deed::SendBack { remark } => instructions::send_back(conn, act, newest()?, remark),
        Deed::Demand { .. }
        | Deed::Answer { .. }
        | Deed::Review { .. }
        | Deed::FindAbout { .. }
        | Deed::Decide { .. }
        | Deed::Notify { .. }
        | Deed::State { .. }
        | Deed::Enforce(_)
        | Deed::Tier(_) => Ok(()),
    }
}
