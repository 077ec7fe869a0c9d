//! What is due is fixed, what came in is recorded, a mistake is taken back.

use super::leave;
use crate::db::Conn;
use crate::enforcement::types::{PaidBy, Posting, PostingId, PostingKind};
use crate::enforcement::{rules, store};
use crate::error::Problem;
use crate::matters::{self, Matter, MatterId};
use crate::people::{Act, Permission};
use crate::web::formats::{money, plain_date};
use chrono::NaiveDate;

/// A sum as somebody enters it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SumDraft {
    pub amount_fen: i64,
    pub happened_on: NaiveDate,
    /// How it came in; `None` for a sum due.
    pub manner: Option<PaidBy>,
    /// From whom; empty for a sum due.
    pub payer: String,
    /// Why it is fixed so, or a remark.
    pub note: String,
    /// One for each form that was opened.
    pub submission: String,
}

fn posting(act: &Act, matter: &Matter, kind: PostingKind, draft: &SumDraft) -> Result<Posting, Problem> {
    Ok(Posting {
        id: PostingId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        kind,
        amount_fen: draft.amount_fen,
        happened_on: draft.happened_on,
        manner: draft.manner,
        payer: draft.payer.clone(),
        note: draft.note.clone(),
        reverses_id: None,
        by_id: act.by.person()?,
        at: act.now.utc(),
        submission: draft.submission.clone(),
        replaces_id: None,
    })
}

/// Fixes the sum due (确定应执行金额), or fixes it anew; the one of the latest day is in force.
///
/// # Errors
///
/// `Forbidden`, `NotFound`.
pub fn fix_due(conn: &mut Conn, act: &Act, id: MatterId, draft: &SumDraft) -> Result<(), Problem> {
    act.require(Permission::ManageEnforcement)?;
    let matter = matters::find(conn, &act.by.scope, id)?;
    let before = rules::balance(&store::postings_of(conn, id)?);
    let draft = SumDraft { manner: None, payer: String::new(), ..draft.clone() };
    if !store::insert_posting(conn, &posting(act, &matter, PostingKind::Due, &draft)?)? {
        return Ok(());
    }
    let after = rules::balance(&store::postings_of(conn, id)?);
    let (day, amount) = (plain_date(draft.happened_on), money(draft.amount_fen));
    let fixed = match before.due {
        None => format!("确定应执行金额 {amount}（{day}）：{}", draft.note),
        Some(due) if after.due == before.due => {
            format!("补记应执行金额 {amount}（{day}）：{}\n现行的仍是 {}。", draft.note, money(due))
        }
        Some(due) => format!("应执行金额由 {} 变更为 {amount}（{day}）：{}", money(due), draft.note),
    };
    let text = format!("{fixed}\n{}", after.sentence());
    leave(conn, act, &matter, "enforcement.due_fixed", text, &[("amount", &amount)])
}

/// Records a payment (登记到账).
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` where the sum would be beyond measure.
pub fn record_payment(conn: &mut Conn, act: &Act, id: MatterId, draft: &SumDraft) -> Result<(), Problem> {
    act.require(Permission::ManageEnforcement)?;
    let matter = matters::find(conn, &act.by.scope, id)?;
    rules::pay(rules::balance(&store::postings_of(conn, id)?), draft.amount_fen)?;
    let manner = draft.manner.unwrap_or(PaidBy::Other);
    let draft = SumDraft { manner: Some(manner), ..draft.clone() };
    if !store::insert_posting(conn, &posting(act, &matter, PostingKind::Paid, &draft)?)? {
        return Ok(());
    }
    let after = rules::balance(&store::postings_of(conn, id)?);
    let amount = money(draft.amount_fen);
    let payer = if draft.payer.is_empty() { String::new() } else { format!("，{}", draft.payer) };
    let note = if draft.note.is_empty() { String::new() } else { format!("{}\n", draft.note) };
    let text = format!(
        "到账 {amount}（{}，{}{payer}）。{note}{}",
        plain_date(draft.happened_on),
        manner.label(),
        after.sentence()
    );
    leave(conn, act, &matter, "enforcement.paid", text, &[("amount", &amount)])
}

/// Takes a posting back by a counter-entry that names it (更正), and puts it down anew with the amount `instead`, where
/// one is given. The old one stays as it was.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` where it is a counter-entry or has been taken back.
pub fn correct_posting(
    conn: &mut Conn,
    act: &Act,
    id: PostingId,
    instead: Option<i64>,
    (reason, submission): (&str, &str),
) -> Result<MatterId, Problem> {
    act.require(Permission::ManageEnforcement)?;
    let (old, matter) = store::posting(conn, &act.by.scope, id)?;
    let postings = store::postings_of(conn, matter.id)?;
    let again = |one: &Posting| one.reverses_id == Some(id) && one.submission == submission;
    if postings.iter().any(again) {
        return Ok(matter.id);
    }
    rules::reverse(&old, &postings, instead)?;
    let by_id = act.by.person()?;
    let same = Posting { by_id, at: act.now.utc(), note: reason.to_owned(), ..old.clone() };
    let back = Posting {
        id: PostingId::new(act.now),
        amount_fen: -old.amount_fen,
        reverses_id: Some(id),
        replaces_id: None,
        submission: submission.to_owned(),
        ..same.clone()
    };
    store::insert_posting(conn, &back)?;
    if let Some(amount_fen) = instead {
        if old.kind == PostingKind::Paid {
            rules::pay(rules::balance(&store::postings_of(conn, matter.id)?), amount_fen)?;
        }
        let submission = format!("{submission}+");
        let replaces_id = Some(old.rank());
        let new = Posting { id: PostingId::new(act.now), amount_fen, submission, replaces_id, ..same };
        store::insert_posting(conn, &new)?;
    }
    let after = rules::balance(&store::postings_of(conn, matter.id)?);
    let becomes = instead.map_or_else(|| "取消".to_owned(), |fen| format!("改记为 {}", money(fen)));
    let (amount, day) = (money(old.amount_fen), plain_date(old.happened_on));
    let text = format!("更正{day}的{} {amount}：{becomes}。{reason}\n{}", old.kind.label(), after.sentence());
    let values = [("amount", amount.as_str()), ("reason", reason)];
    leave(conn, act, &matter, "enforcement.posting_corrected", text, &values)?;
    Ok(matter.id)
}
