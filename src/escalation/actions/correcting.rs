//! The only way down: a mistake put right by a decision of a closed meeting, as a new entry.

use super::enter;
use crate::db::Conn;
use crate::error::Problem;
use crate::escalation::rules::Refusal;
use crate::escalation::store;
use crate::escalation::types::{Cause, Escalation, EscalationId, Tier};
use crate::matters::MatterId;
use crate::matters::types::{MatterKind, Stage};
use crate::people::Act;

/// What a closed meeting decided about a mistaken escalation; made by the meetings from their minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The meeting's own number, and what it is called on pages.
    pub meeting: i64,
    pub name: String,
    /// `None`: out of the mechanism.
    pub to: Option<Tier>,
    pub reason: String,
}

/// Puts a mistaken escalation right. The entry names the meeting; the matter's time in its tier begins anew, and facts that
/// were weighed before are not weighed again.
///
/// # Errors
///
/// `Refused` for a closed matter, one without a tier, and anything but a step down; `Stale` when this meeting has done so.
pub fn correct(conn: &mut Conn, act: &Act, id: MatterId, decided: &Decided) -> Result<EscalationId, Problem> {
    let matter = store::lock(conn, id)?;
    if matter.stage == Stage::Closed {
        return Err(Refusal::MatterClosed.into());
    }
    let from = matter.tier.and_then(Tier::of).ok_or_else(|| Problem::from(Refusal::NotInTier))?;
    if decided.to.is_some_and(|to| to >= from) {
        return Err(Refusal::NotHigher.into());
    }
    if decided.to.is_none() && matter.kind == MatterKind::Sign {
        return Err(Problem::refused(
            "苗头只有级别期限，不能退出三级机制；不再需要化解的，请写明情况后办结苗头。",
        ));
    }
    let row = Escalation {
        id: EscalationId::new(act.now),
        court_id: matter.court_id,
        matter_id: id,
        from_tier: Some(from),
        tier: decided.to,
        cause: Cause::Correction,
        cause_key: format!("correction:{}:{from:?}", decided.meeting),
        rule_id: None,
        rule_words: Cause::Correction.label().to_owned(),
        facts: format!("{}决定：{}", decided.name, decided.reason),
        at: act.now.utc(),
        by_id: act.by.staff_id,
    };
    if !store::insert(conn, &row)? {
        return Err(Problem::Stale);
    }
    enter(conn, act, &matter, &row)?;
    Ok(row.id)
}
