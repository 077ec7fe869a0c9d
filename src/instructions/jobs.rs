//! Who is told by itself that an instruction wasn't carried out in time.

use super::{mails, store};
use crate::db::Conn;
use crate::error::Problem;
use crate::mail::{self, MailKind, NewMail};
use crate::matters::audience;
use crate::people::{self, Act};

/// Tells owner and leader of each instruction whose day is past, once for each instruction and day it was due.
///
/// # Errors
///
/// When the database is away.
pub fn remind(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    let mut told = 0;
    for (row, matter) in store::overdue_for_job(conn, act.now.today())? {
        let Some(due_on) = row.due_on else { continue };
        let concerned = row.owner_id.into_iter().chain([row.leader_id]);
        let staff =
            concerned.map(|one| people::staff_of_any_court(conn, one)).collect::<Result<Vec<_>, _>>()?;
        for one in audience::who_see(conn, staff, act.now, matter.id)? {
            let Some(address) = one.mail.clone() else { continue };
            let mail = NewMail {
                court_id: Some(one.court_id.0),
                kind: MailKind::Notice,
                recipient_id: Some(one.id.0),
                recipient: address,
                content: mails::overdue(&row, &matter.number),
                dedupe_key: Some(format!("instruction-overdue:{}:{due_on}:{}", row.id, one.id)),
                urgent: false,
                not_before: None,
                matter_id: Some(matter.id.0),
            };
            told += usize::from(mail::queue(conn, act.now, mail)?.is_some());
        }
    }
    Ok(format!("逾期未落实的批示：发出提醒邮件 {told} 封。"))
}
