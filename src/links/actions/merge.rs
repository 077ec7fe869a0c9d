//! Merging a matter into another, and undoing it.
//!
//! What becomes of the clocks: those that run when a matter is merged are cancelled, since the survivor's go on. When the
//! merge is undone, each of them runs again as if it had never ended: from its old start, to its old due date. Merging
//! stopped no time for the petitioner, so what came due meanwhile is overdue then, and the page says so. What was met or
//! cancelled before the merge stays as it was.

use super::{inform, say};
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::deadlines::{self, ClockId};
use crate::enforcement;
use crate::error::Problem;
use crate::escalation::actions as escalation;
use crate::links::rules::{self, Pair};
use crate::links::store;
use crate::links::types::{Merge, MergeId};
use crate::matters::life::{self, Change, Found};
use crate::matters::mails::Notice;
use crate::matters::stages::Event;
use crate::matters::types::{CloseReason, HandPart, MatterKind, Reply, ReplyManner, Stage};
use crate::matters::{self, EntryKind, Matter, MatterId};
use crate::people::{self, Act, StaffId};

/// Merges a matter that is still at `version` into another (并案). It ends; whoever answers for the survivor answers for
/// both. Bars become the union of both matters', and whoever is barred so owns no measure of the survivor any more.
///
/// # Errors
///
/// `Forbidden`, `Stale`; `NotFound` where either is not for this person to see; `Refused` by the stage or by
/// [`rules::merge`].
pub fn merge(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    survivor: MatterId,
    reason: &str,
) -> Result<MergeId, Problem> {
    let found = life::find_for(conn, act, id, Event::Merge)?;
    let survivor = matters::find(conn, &act.by.scope, survivor)?;
    let survivor = life::stand(conn, act, survivor)?;
    check(conn, &found, &survivor)?;
    let (merged, survivor) = (&found.matter, &survivor.matter);
    let running = deadlines::of_matter(conn, id.0)?.into_iter().filter(|(clock, _)| clock.is_open());
    let running: Vec<ClockId> = running.map(|(clock, _)| clock.id).collect();
    let answered = reply(act, id, &survivor.number)?;
    let merge = Merge {
        id: MergeId::new(act.now),
        court_id: merged.court_id,
        merged_id: id,
        survivor_id: survivor.id,
        reason: reason.to_owned(),
        stage_before: merged.stage,
        reply_id: answered.id,
        merged_at: act.now.utc(),
        merged_by: act.by.person()?,
        undone_at: None,
        undone_by: None,
        undone_reason: None,
    };
    matters::store::insert_reply(conn, &answered)?;
    store::insert_merge(conn, &merge, &running)?;
    let text = format!("并入{}，由该事项一并办理和答复。理由：{reason}", survivor.number);
    matters::note(conn, act, merged, EntryKind::Linked, text)?;
    say(conn, act, survivor, format!("{}并入本事项，一并办理和答复。理由：{reason}", merged.number))?;
    audit::record(conn, act, "matter.merged", Subject::Matter(id.0), &[("into", &survivor.number)])?;
    let ended =
        Change { stage: Some(Stage::Closed), close_reason: Some(CloseReason::Merged), ..Change::default() };
    life::move_on(conn, act, merged, version, ended)?;
    share_bars(conn, survivor.id)?;
    enforcement::follow(conn, act, survivor)?;
    escalation::merged(conn, act, merged, survivor)?;
    let key = format!("merged:{}", merge.id);
    let text = "您负责的一件信访事项已经并入另一件，从现在起由那一件的责任人办理和答复。";
    inform(conn, act, merged, Notice { subject: "事项已并案", text, key: &key, urgent: false })?;
    let text = "另一件信访事项并入了您负责的这一件，请一并办理和答复，时限不变。";
    inform(conn, act, survivor, Notice { subject: "有事项并入", text, key: &key, urgent: false })?;
    Ok(merge.id)
}

fn check(conn: &mut Conn, merged: &Found, survivor: &Found) -> Result<(), Problem> {
    let mut complained_of = matters::barred(conn, &merged.matter)?;
    complained_of.extend(matters::barred(conn, &survivor.matter)?);
    let answers = |found: &Found| -> Vec<StaffId> {
        let hands = found.hands.iter().filter(|hand| hand.part != HandPart::CaseJudge);
        hands
            .filter_map(|hand| hand.staff_id)
            .chain([found.matter.accountable_id])
            .chain(found.matter.supervising_leader_id)
            .collect()
    };
    let (one, other) = (&merged.matter, &survivor.matter);
    rules::merge(Pair {
        same: one.id == other.id,
        survivor: other.stage,
        into_sign: other.kind == MatterKind::Sign && one.kind != MatterKind::Sign,
        conduct: (one.conduct, other.conduct),
        complained_of: answers(merged)
            .iter()
            .chain(&answers(survivor))
            .any(|who| complained_of.contains(who)),
    })?;
    Ok(())
}

fn reply(act: &Act, merged: MatterId, survivor: &str) -> Result<Reply, Problem> {
    Ok(Reply {
        id: next_id(act.now),
        matter_id: merged,
        manner: ReplyManner::NoneOwed,
        text: format!("已并入{survivor}，由该事项一并答复。"),
        by_id: act.by.person()?,
        given_at: act.now.utc(),
    })
}

/// Shares the bars among everything that is merged into this matter, and the matter itself.
fn share_bars(conn: &mut Conn, survivor: MatterId) -> Result<(), Problem> {
    let mut group: Vec<MatterId> =
        store::merged_into(conn, survivor)?.into_iter().map(|merge| merge.merged_id).collect();
    group.push(survivor);
    Ok(store::share_bars(conn, &group)?)
}

/// Undoes a merge (撤销并案): the matter goes back to the stage it had and its clocks run again; see the head of this file.
/// Whoever answered for it answers again, or, where they have left, whoever undoes it.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` for one that is not merged.
pub fn unmerge(conn: &mut Conn, act: &Act, id: MatterId, version: i64, reason: &str) -> Result<(), Problem> {
    let merged = life::find_for(conn, act, id, Event::Unmerge)?.matter;
    let merge = store::merge_of(conn, id)?.ok_or(Problem::Stale)?;
    let me = act.by.person()?;
    let survivor = matters::find(conn, &act.by.scope, merge.survivor_id)?;
    if !store::undo_merge(conn, &merge, (me, act.now.utc()), reason)? {
        return Err(Problem::Stale);
    }
    let why = format!("撤销并入{}：{reason}", survivor.number);
    for clock in store::clocks_of(conn, merge.id)? {
        deadlines::clocks::reopen(conn, act, clock, &why)?;
    }
    let before = people::staff_of_any_court(conn, merged.accountable_id)?;
    let accountable = if before.active && before.court_id == merged.court_id { before.id } else { me };
    let text = format!(
        "撤销并入{}，恢复“{}”，原来的时限继续计算。理由：{reason}",
        survivor.number,
        merge.stage_before.label()
    );
    matters::note(conn, act, &merged, EntryKind::Linked, text)?;
    say(conn, act, &survivor, format!("{}撤销并入本事项，另行办理。理由：{reason}", merged.number))?;
    let values = [("from", survivor.number.as_str()), ("reason", reason)];
    audit::record(conn, act, "matter.unmerged", Subject::Matter(id.0), &values)?;
    let back =
        Change { stage: Some(merge.stage_before), accountable: Some(accountable), ..Change::default() };
    share_bars(conn, id)?;
    life::move_on(conn, act, &merged, version, back)?;
    let top = top(conn, merge.survivor_id)?;
    share_bars(conn, top)?;
    let key = format!("unmerged:{}", merge.id);
    let text = "一件曾经并案的信访事项恢复单独办理，由您负责，原来的时限继续计算。请查看下一时限。";
    let restored = Matter { accountable_id: accountable, ..merged };
    inform(conn, act, &restored, Notice { subject: "撤销并案", text, key: &key, urgent: false })
}

/// The matter in which everything ended that this one is merged into.
fn top(conn: &mut Conn, from: MatterId) -> Result<MatterId, Problem> {
    let mut at = from;
    while let Some(merge) = store::merge_of(conn, at)? {
        at = merge.survivor_id;
    }
    Ok(at)
}
