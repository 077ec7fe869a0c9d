//! What people do to clocks, each in a file of its own; and changing the rule table: the petition officer proposes, the security administrator puts in force. A row in force is
//! never changed: the edit ends it and adds the next.

mod deciding;
mod desk;
mod extending;
mod pausing;
mod receiving;

pub(super) use deciding::stands_in;
pub use desk::Seen;
pub use extending::{
    Extension, ask_extension, extend, grant_extension, refuse_extension, withdraw_extension,
};
pub use pausing::{pause, resume};
pub use receiving::{Shift, correct_received, shifts, shown};

use super::change::RuleContent;
use super::store;
use super::types::{Code, RuleId};
use crate::audit::{self, Subject};
use crate::calendar::store::restamp;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, CourtId};
use crate::proposals::actions::{self as proposals, New};
use crate::proposals::{ProposalId, ProposalKind};
use chrono::NaiveDate;

/// Proposes the court's own version of a rule (拟订).
///
/// # Errors
///
/// `Refused` when it would leave the court without a rule that registration needs.
pub fn propose_rule(
    conn: &mut Conn,
    act: &Act,
    content: &RuleContent,
    reason: &str,
) -> Result<ProposalId, Problem> {
    if !content.in_use && !content.code.is_optional() {
        return Err(Problem::refused(format!(
            "“{}”是办理信访必需的时限，不能停用；可以修改期限。",
            content.name
        )));
    }
    if content.effective_from < act.now.today() {
        return Err(Problem::refused("生效日期不能早于今天：已经起算的期限不因改规则而变。"));
    }
    let json = serde_json::to_string(content).map_err(Problem::internal)?;
    let new = New {
        kind: ProposalKind::Rule,
        target: content.code.code(),
        court_id: Some(act.by.court()?),
        content: json,
        reason,
    };
    proposals::propose(conn, act, new)
}

/// Puts a proposed rule in force (生效), today at the earliest: the court's row that goes on without an end is ended the
/// day before, and the new one goes on from there. Deadlines that run already keep the rule they started with.
///
/// # Errors
///
/// As [`proposals::let_through`].
pub fn put_in_force(conn: &mut Conn, act: &Act, id: ProposalId, version: i64) -> Result<Code, Problem> {
    let proposal = proposals::let_through(conn, act, ProposalKind::Rule, id, version)?;
    let content = RuleContent::read(&proposal)?;
    let (court_id, code) = (act.by.court()?, content.code);
    let mut from = content.effective_from.max(act.now.today());
    if let Some(current) = store::open_ended(conn, court_id, code)? {
        from = from.max(current.effective_from);
        let last_day = from.pred_opt().ok_or_else(|| Problem::internal("no day before the first"))?;
        if !store::end_rule(conn, current.id, current.version, last_day)? {
            return Err(Problem::Stale);
        }
    }
    add(conn, act, content, court_id, from)?;
    Ok(code)
}

fn add(
    conn: &mut Conn,
    act: &Act,
    content: RuleContent,
    court_id: CourtId,
    from: NaiveDate,
) -> Result<(), Problem> {
    let rule = content.row(RuleId::new(act.now), court_id, from);
    let values = [
        ("code", rule.code.code().to_owned()),
        ("length", rule.count().words()),
        ("basis", rule.basis.clone()),
        ("effective_from", from.to_string()),
    ];
    let id = rule.id;
    store::insert_rules(conn, vec![rule])?;
    restamp(conn)?;
    let values: Vec<(&str, &str)> = values.iter().map(|(field, value)| (*field, value.as_str())).collect();
    audit::record(conn, act, "rule.in_force", Subject::Rule(id.0), &values)
}
