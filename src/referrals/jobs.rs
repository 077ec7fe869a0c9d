//! Silence is told: a referral that nobody answered in time reaches the office, the sender and the supervising leader.

use super::store;
use super::types::Referral;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::mails::{Notice, tell};
use crate::matters::{self, EntryKind};
use crate::people::{self, Act};
use std::collections::BTreeSet;

/// The most referrals of one court that one run tells of; the next run goes on.
const MOST: i64 = 500;

/// Tells of every referral that should have been answered and wasn't, once each. Returns the sentence for the jobs' page.
///
/// # Errors
///
/// When the database is away.
pub fn tell_of_silence(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    let mut told = 0;
    for court in people::courts(conn)? {
        for referral in store::silent(conn, court.id, act.now.today(), MOST)? {
            if store::mark_alarmed(conn, referral.id, act.now.utc())? {
                alarm(conn, act, &referral)?;
                told += 1;
            }
        }
    }
    Ok(format!("{told} 件转办逾期没有接办，已通知有关人员。"))
}

fn alarm(conn: &mut Conn, act: &Act, referral: &Referral) -> Result<(), Problem> {
    let matter = matters::of_job(conn, referral.matter_id)?;
    let text = "转办逾期没有接办也没有退回，已通知信访专干、转办人和主管领导；在接办之前仍由原责任人负责。"
        .to_owned();
    matters::note(conn, act, &matter, EntryKind::Referral, text)?;
    let officers = people::petition_officers(conn, referral.court_id)?;
    let mut whom: BTreeSet<_> = officers.into_iter().map(|officer| officer.id).collect();
    whom.insert(referral.sender_id);
    whom.extend(matter.supervising_leader_id);
    whom.extend(match referral.staff_id {
        Some(one) => Some(one),
        None => people::head_of_division(conn, referral.court_id, referral.division_id)?.map(|head| head.id),
    });
    let key = format!("referral-silent:{}", referral.id);
    let text = "一件信访事项转办后逾期没有接办，也没有退回。请催促接收人，或者撤回后改转其他人。";
    for one in whom {
        tell(conn, act, &matter, one, Notice { subject: "转办逾期未接办", text, key: &key, urgent: true })?;
    }
    Ok(())
}
