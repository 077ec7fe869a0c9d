//! The nightly check, in two halves: looking takes long and holds nobody up; telling is one short write.

use super::actions::{Depth, as_seen, run};
use super::mails;
use super::types::Report;
use crate::db::Conn;
use crate::error::Problem;
use crate::mail::{self, MailKind, NewMail};
use crate::people::types::Staff;
use crate::people::{self, Act, sessions};
use std::path::Path;

/// What the nightly check saw: of the whole installation, and what of it each petition officer may be told.
pub struct Seen {
    whole: Report,
    officers: Vec<(Staff, Report)>,
}

/// Checks everything, the whole trail too. `data` is the data folder.
///
/// # Errors
///
/// That the database or the anchor cannot be read.
pub fn look(conn: &mut Conn, act: &Act, data: &Path) -> Result<Seen, Problem> {
    let whole = run(conn, act, &data.join("anchor"), Depth::WholeTrail)?;
    let mut officers = Vec::new();
    if !whole.is_clean() {
        for court in people::courts(conn)? {
            for officer in people::petition_officers(conn, court.id)? {
                let theirs = Act { by: sessions::actor(conn, &officer, act.now)?, ..act.clone() };
                let report = as_seen(conn, &theirs, &whole)?;
                officers.push((officer, report));
            }
        }
    }
    Ok(Seen { whole, officers })
}

/// Tells each petition officer what does not hold of what they may see, once a day each.
///
/// # Errors
///
/// When the database is away.
pub fn tell(conn: &mut Conn, act: &Act, seen: &Seen) -> Result<String, Problem> {
    if seen.whole.is_clean() {
        return Ok(seen.whole.verdict());
    }
    let mut told = 0;
    for (officer, report) in seen.officers.iter().filter(|(_, report)| !report.is_clean()) {
        let Some(address) = officer.mail.clone() else { continue };
        let mail = NewMail {
            court_id: Some(officer.court_id.0),
            kind: MailKind::Alert,
            recipient_id: Some(officer.id.0),
            recipient: address,
            content: mails::broken(report),
            dedupe_key: Some(format!("check:{}:{}", act.now.today(), officer.id)),
            urgent: true,
            not_before: None,
            matter_id: None,
        };
        told += usize::from(mail::queue(conn, act.now, mail)?.is_some());
    }
    Ok(format!("{}已发邮件给 {told} 名信访专干。", seen.whole.verdict()))
}
