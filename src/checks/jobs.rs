//! The nightly check, in two halves: looking takes long and holds nobody up; telling is one short write.

use super::actions::{Depth, run};
use super::mails;
use super::types::Report;
use crate::db::Conn;
use crate::error::Problem;
use crate::mail::{self, MailKind, NewMail};
use crate::people::{self, Act};
use std::path::Path;

/// Checks everything, the whole trail too. `data` is the data folder.
///
/// # Errors
///
/// That the database or the anchor cannot be read.
pub fn look(conn: &mut Conn, act: &Act, data: &Path) -> Result<Report, Problem> {
    run(conn, act, &data.join("anchor"), Depth::WholeTrail)
}

/// Tells each court's petition officers what does not hold, once a day each.
///
/// # Errors
///
/// When the database is away.
pub fn tell(conn: &mut Conn, act: &Act, report: &Report) -> Result<String, Problem> {
    if report.is_clean() {
        return Ok(report.verdict());
    }
    let mut told = 0;
    for court in people::courts(conn)? {
        for officer in people::petition_officers(conn, court.id)? {
            let Some(address) = officer.mail.clone() else { continue };
            let mail = NewMail {
                court_id: Some(court.id.0),
                kind: MailKind::Alert,
                recipient_id: Some(officer.id.0),
                recipient: address,
                content: mails::broken(report),
                dedupe_key: Some(format!("check:{}:{}", act.now.today(), officer.id)),
                urgent: true,
                not_before: None,
            };
            told += usize::from(mail::queue(conn, act.now, mail)?.is_some());
        }
    }
    Ok(format!("{}已发邮件给 {told} 名信访专干。", report.verdict()))
}
