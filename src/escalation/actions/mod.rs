//! What raises a matter, and what is done in its tier. An escalation is one transaction with the fact that it rests on: the
//! row, the tier, its clocks, the work group proposed, whoever must know told, the timeline, the trail.

mod answering;
mod charge;
mod correcting;
mod facts;
mod group;
mod holding;
mod passing;
mod plan;
mod posts;
mod rules_table;
mod signs;

pub use answering::{answerable_changed, answered};
pub(in crate::escalation) use charge::last_day;
pub use charge::{ActDraft, Naming, name_leader, record_act};
pub use correcting::{Decided, correct};
pub use facts::{
    HeardDraft, accepted, came, confirm_heard, record_heard, record_heard_once, refute_heard, reopened,
};
pub use group::{MeetingDraft, add_member, confirm_group, hold_meeting, remove_member};
pub use holding::{give_up, hold};
pub use passing::{inherit, merged, pass_charge, pass_measure, pass_seats};
pub use plan::{
    MeasureDraft, MeasureNews, PlanDraft, ReportDraft, add_measure, report, set_measure, write_plan,
};
pub use posts::posts_of;
pub use rules_table::{WhatIf, propose_rule, put_rule_in_force, what_if};
pub use signs::{SignDraft, becomes_petition, mark_sign, mark_sign_once, settle_sign};

use super::rules::{self, Posts};
use super::store;
use super::types::tier::CLOCKS;
use super::types::{Cause, Charge, Escalation, EscalationId, Tier, TierRule, Told, ToldRow};
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::matters::mails::{Notice, tell_by};
use crate::matters::types::Stage;
use crate::matters::{self, EntryKind, Matter};
use crate::people::{self, Act, Actor, Permission, Role, StaffId};

/// How a matter comes to a tier.
pub(super) struct Raise<'a> {
    pub to: Tier,
    pub cause: Cause,
    /// The one fact it rests on.
    pub key: String,
    /// `None` where the court has no such rule in use.
    pub rule: Option<&'a TierRule>,
    /// What was seen.
    pub facts: String,
}

/// The rules that hold for this matter's court today.
pub(super) fn rules_of(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Vec<TierRule>, Problem> {
    let court = people::court(conn, matter.court_id)?;
    let rows = store::rule_rows(conn, court.id)?;
    Ok(rules::in_force(&rows, court.id, court.tier_preset, act.now.today()))
}

/// Puts a matter in a tier (升级), once for the fact that it rests on; `None` where that fact has done so before, another has
/// raised it as high meanwhile, or it has been closed. The caller has found that the rules want it.
pub(super) fn raise(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    raise: &Raise,
) -> Result<Option<EscalationId>, Problem> {
    let matter = &store::lock(conn, matter.id)?;
    let risen = matter.tier.is_some_and(|tier| tier >= raise.to.number());
    if matter.stage == Stage::Closed || risen && raise.cause != Cause::BackAfterReply {
        return Ok(None);
    }
    let row = Escalation {
        id: EscalationId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        from_tier: matter.tier.and_then(Tier::of),
        tier: Some(raise.to),
        cause: raise.cause,
        cause_key: raise.key.clone(),
        rule_id: raise.rule.map(|rule| rule.id),
        rule_words: raise.rule.map_or_else(|| raise.cause.label().to_owned(), TierRule::words),
        facts: raise.facts.clone(),
        at: act.now.utc(),
        by_id: act.by.staff_id,
    };
    if !store::insert(conn, &row)? {
        return Ok(None);
    }
    let posts = enter(conn, act, matter, &row)?;
    let default = [Told::President, Told::Officers, Told::Accountable, Told::Group];
    let told = raise.rule.map_or_else(|| default.to_vec(), TierRule::told);
    if let Some(posts) = posts {
        let whom = told_staff(conn, matter, &told, &posts)?;
        tell(conn, act, matter, &row, (raise.to, whom))?;
    }
    Ok(Some(row.id))
}

/// Lets a matter be where `row` says: its tier, its clocks, its group, its leader, the timeline and the trail. Returns who
/// hold the offices, where it is in a tier.
fn enter(conn: &mut Conn, act: &Act, matter: &Matter, row: &Escalation) -> Result<Option<Posts>, Problem> {
    let before = leave(conn, act, matter)?;
    store::set_tier(conn, matter.id, row.tier)?;
    let at = Matter { tier: row.tier.map(Tier::number), ..matter.clone() };
    let posts = match row.tier {
        Some(tier) => {
            start(conn, act, &at, tier.obligations())?;
            Some(group::form(conn, act, &at, (tier, row.id), before.as_ref())?)
        }
        None => None,
    };
    matters::refresh_next(conn, &at)?;
    let to = row.tier.map_or("未入级", Tier::label);
    let text = match row.cause {
        Cause::Correction => format!("级别更正为{to}。{}", row.facts),
        Cause::Swept
        | Cause::Assessed
        | Cause::Marked
        | Cause::HeardCity
        | Cause::BackAfterReply
        | Cause::Group
        | Cause::NthRepeat
        | Cause::Overdue
        | Cause::AcceptedHere
        | Cause::OneFailed
        | Cause::OneRanOver
        | Cause::HeardProvince
        | Cause::HeardBeijing
        | Cause::TwoFailed
        | Cause::TwoRanOver => {
            format!("进入{to}：{}。依据：{}。", row.facts.trim_end_matches('。'), row.rule_words)
        }
    };
    note(conn, act, matter, text)?;
    let tier = row.tier.map_or(0, Tier::number).to_string();
    let values = [("tier", tier.as_str()), ("cause", row.cause.code())];
    audit::record(conn, act, "matter.escalated", Subject::Matter(matter.id.0), &values)?;
    Ok(posts)
}

/// Ends what belongs to the tier that a matter leaves: its clocks, its group, its leader's charge, which is returned.
fn leave(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Option<Charge>, Problem> {
    if matter.tier.is_none() {
        return Ok(None);
    }
    let charge = store::charge_of(conn, matter.id)?;
    for code in CLOCKS {
        deadlines::cancel(conn, matter.id.0, code)?;
    }
    store::end_charge(conn, matter.id, None, act.now.utc())?;
    group::end(conn, act, matter)?;
    Ok(charge)
}

/// Whether somebody runs the mechanism for this matter: the petition officer; of a complaint about conduct, which that
/// officer doesn't see, inspection.
pub fn may_run(by: &Actor, matter: &Matter) -> bool {
    by.may(Permission::RunTiers) || matter.conduct && by.roles.contains(&Role::Inspector)
}

fn runs(act: &Act, matter: &Matter) -> Result<(), Problem> {
    if may_run(&act.by, matter) { Ok(()) } else { Err(Problem::Forbidden) }
}

/// Starts these clocks today.
fn start(conn: &mut Conn, act: &Act, matter: &Matter, codes: &[Code]) -> Result<(), Problem> {
    let wanted: Vec<_> = codes.iter().map(|code| (*code, act.now.today())).collect();
    deadlines::start_all(conn, act, matter.court_id, matter.id.0, &wanted).map(drop)
}

/// An entry of the timeline, by whoever acts.
fn note(conn: &mut Conn, act: &Act, matter: &Matter, text: String) -> Result<(), Problem> {
    matters::note(conn, act, matter, EntryKind::Escalation, text).map(drop)
}

/// Tells them, and keeps who was told by which mail.
fn tell(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    row: &Escalation,
    (tier, whom): (Tier, Vec<StaffId>),
) -> Result<(), Problem> {
    let key = format!("escalated:{}", row.id);
    let subject = format!("进入{}", tier.label());
    let text = format!(
        "一件{}进入{}。原因：{}。请打开事项，查看“三级化解”一栏，按各自职责办理。",
        matter.kind.label(),
        tier.label(),
        row.cause.label()
    );
    let notice = Notice { subject: &subject, text: &text, key: &key, urgent: tier == Tier::Three };
    let mut rows = Vec::with_capacity(whom.len());
    for staff_id in whom {
        let mail_id = tell_by(conn, act, matter, staff_id, notice)?;
        rows.push(ToldRow { id: next_id(act.now), escalation_id: row.id, staff_id, mail_id });
    }
    if rows.is_empty() { Ok(()) } else { Ok(store::insert_told(conn, rows)?) }
}

/// Who these are today, each once, those only who may know of the matter.
fn told_staff(
    conn: &mut Conn,
    matter: &Matter,
    told: &[Told],
    posts: &Posts,
) -> Result<Vec<StaffId>, Problem> {
    let sitting = match store::group_of(conn, matter.id)? {
        Some(group) => store::members_of(conn, group.id)?.into_iter().map(|one| one.staff_id).collect(),
        None => Vec::new(),
    };
    let mut whom: Vec<StaffId> = Vec::new();
    for one in told {
        whom.extend(match one {
            Told::President => posts.president.into_iter().collect::<Vec<_>>(),
            Told::Deputies => posts.over_petitions.into_iter().chain(posts.over_division).collect(),
            Told::WeekLeader => posts.week_leaders.first().copied().into_iter().collect(),
            Told::Officers => posts.officers.clone(),
            Told::DivisionHead => posts.division_heads.first().copied().into_iter().collect(),
            Told::Accountable => vec![matter.accountable_id],
            Told::Group => sitting.clone(),
        });
    }
    let mut once = Vec::with_capacity(whom.len());
    for who in whom.into_iter().filter(|who| posts.may_know(*who)) {
        if !once.contains(&who) {
            once.push(who);
        }
    }
    Ok(once)
}

/// Whether a matter is accepted as a petition (受理): handled, or answered and not closed.
pub(super) fn is_accepted(stage: Stage) -> bool {
    match stage {
        Stage::Handling | Stage::Replied => true,
        Stage::Registered | Stage::Screening | Stage::InLitigation | Stage::Closed => false,
    }
}
