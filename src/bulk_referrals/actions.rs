//! Refers several matters, each in a transaction of its own.

use super::store;
use super::types::{Batch, BatchId, BatchItem, Ticked};
use crate::db::{Conn, next_id};
use crate::error::Problem;
use crate::matters;
use crate::people::{Act, Permission};
use crate::referrals;
use crate::referrals::forms::Destination;

/// Begins a bulk referral, or finds the one that the same form began.
///
/// # Errors
///
/// `Forbidden`.
pub fn begin(conn: &mut Conn, act: &Act, key: &str, to: &Destination) -> Result<Batch, Problem> {
    act.require(Permission::ReferMatter)?;
    let sender = act.by.person()?;
    if let Some(known) = store::of_key(conn, sender, key)? {
        return Ok(known);
    }
    let batch = Batch {
        id: BatchId::new(act.now),
        court_id: act.by.court()?,
        staff_id: sender,
        submission_key: key.to_owned(),
        division_id: to.division,
        to_id: to.staff,
        note: to.note.clone(),
        sent_at: act.now.utc(),
    };
    store::insert(conn, &batch)?;
    Ok(batch)
}

/// Refers one of its matters, if it hasn't been yet, to where the bulk referral goes.
///
/// # Errors
///
/// As [`referrals::actions::refer`].
pub fn refer_one(
    conn: &mut Conn,
    act: &Act,
    batch: &Batch,
    ticked: Ticked,
    excuse: &str,
) -> Result<(), Problem> {
    if store::is_settled(conn, batch.id, ticked.id)? {
        return Ok(());
    }
    let to = Destination {
        division: batch.division_id,
        staff: batch.to_id,
        note: batch.note.clone(),
        excuse: excuse.to_owned(),
    };
    referrals::actions::refer(conn, act, ticked.id, ticked.version, &to)?;
    settle(conn, act, batch, ticked, "")
}

/// Keeps why one of its matters wasn't referred; nothing where it isn't one that the person may see, or where it is known
/// already what became of it.
///
/// # Errors
///
/// When the database is away.
pub fn note_failure(
    conn: &mut Conn,
    act: &Act,
    batch: &Batch,
    ticked: Ticked,
    why_not: &str,
) -> Result<(), Problem> {
    let seen = matters::find_all(conn, &act.by.scope, &[ticked.id])?;
    if seen.is_empty() || store::is_settled(conn, batch.id, ticked.id)? {
        return Ok(());
    }
    settle(conn, act, batch, ticked, why_not)
}

fn settle(conn: &mut Conn, act: &Act, batch: &Batch, ticked: Ticked, why_not: &str) -> Result<(), Problem> {
    let item = BatchItem {
        id: next_id(act.now),
        batch_id: batch.id,
        matter_id: ticked.id,
        referred: why_not.is_empty(),
        why_not: why_not.to_owned(),
    };
    Ok(store::insert_item(conn, &item)?)
}

/// The sentence for somebody whose matter couldn't be referred; `Err` where it is no matter of rules.
///
/// # Errors
///
/// The problem itself, where another try may mend it.
pub fn reason(problem: Problem) -> Result<String, Problem> {
    match problem {
        Problem::Refused(sentence) => Ok(sentence),
        Problem::Stale => {
            Ok("就在刚才，另有同事办理过这件事项，没有转办。请打开看看现在的情况，再单独转办。".to_owned())
        }
        Problem::Forbidden => Ok("这件事项不由您转办。".to_owned()),
        Problem::NotFound => Ok("这件事项不在您的查看范围内。".to_owned()),
        other @ (Problem::SignedOut
        | Problem::TooLarge(_)
        | Problem::Unavailable(_)
        | Problem::Internal(_)) => Err(other),
    }
}
