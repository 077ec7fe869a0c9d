//! The month's sheets open by themselves, and what is left unanswered is chased.

use super::rules::{self, Chase};
use super::types::Sweep;
use super::{actions, mails, store};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::mail::{self, MailKind, NewMail};
use crate::people::types::Staff;
use crate::people::{self, Act};

/// Opens this month's sheet of every division that has cases, once.
///
/// # Errors
///
/// When the database is away.
pub fn open(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    let mut opened = 0;
    for court in people::courts(conn)? {
        for division in people::division_list(conn, court.id)? {
            if rules::has_cases(division.kind) {
                let (_, new) = actions::monthly(conn, act, (court.id, division.id), act.now.today())?;
                opened += usize::from(new);
            }
        }
    }
    Ok(format!("本月排查表：新开 {opened} 张。"))
}

/// Tells the head of each division whose sheet is due before long or late; a working day after that the leader over the
/// division. Each is told once of each.
///
/// # Errors
///
/// When the database is away.
pub fn chase(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let soon = days.near(today).soon;
    let mut told = 0;
    for sweep in store::late(conn, None, soon)? {
        let working = days.between(sweep.due_on, today);
        let Some(reached) = rules::chase(sweep.due_on, today, soon, working) else { continue };
        let left = store::unanswered(conn, sweep.id)?;
        for step in [Chase::Near, Chase::Late, Chase::Above] {
            // What was missed while the machine was off is made up, but nobody is told that a past day is near.
            let wanted = step == reached || (step == Chase::Late && reached == Chase::Above);
            if wanted {
                told += tell(conn, act, (&sweep, left), step)?;
            }
        }
    }
    Ok(format!("没有答完的排查表：发出提醒邮件 {told} 封。"))
}

/// Whom this step tells: who heads the division, or who is over it.
fn addressee(conn: &mut Conn, act: &Act, sweep: &Sweep, step: Chase) -> Result<Option<Staff>, Problem> {
    let head = people::head_of_division(conn, sweep.court_id, sweep.division_id)?;
    let over = |conn: &mut Conn| -> Result<Option<Staff>, Problem> {
        let today = act.now.today();
        let id = people::supervising_leader(conn, sweep.court_id, Some(sweep.division_id), today, &[])?;
        id.map(|id| people::staff_of_any_court(conn, id)).transpose().map_err(Problem::from)
    };
    match step {
        Chase::Above => over(conn),
        Chase::Near | Chase::Late => match head {
            Some(head) => Ok(Some(head)),
            None => over(conn),
        },
    }
}

fn tell(conn: &mut Conn, act: &Act, (sweep, left): (&Sweep, i64), step: Chase) -> Result<usize, Problem> {
    let Some(staff) = addressee(conn, act, sweep, step)? else { return Ok(0) };
    let Some(address) = staff.mail.clone().filter(|_| staff.active) else { return Ok(0) };
    let names = people::every_division(conn, sweep.court_id)?;
    let division = names.into_iter().find(|one| one.id == sweep.division_id).map(|one| one.name);
    let mail = NewMail {
        court_id: Some(sweep.court_id.0),
        kind: MailKind::Notice,
        recipient_id: Some(staff.id.0),
        recipient: address,
        content: mails::unanswered(sweep, &division.unwrap_or_default(), left, step),
        dedupe_key: Some(format!("sweep-{}:{}:{}", step.code(), sweep.id, staff.id)),
        urgent: false,
        not_before: None,
        matter_id: None,
    };
    Ok(usize::from(mail::queue(conn, act.now, mail)?.is_some()))
}
