//! What a person can do about mails.

use super::mails;
use super::rules::Query;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::mail::{self, Listed, MailId, MailKind, NewMail, Slice};
use crate::people::{Act, Permission};

/// How many mails stand on one page.
pub const PAGE: i64 = 50;

/// A page of mails of the person's own court and of the installation itself. Subjects are there only for those who may
/// see them.
///
/// # Errors
///
/// `Forbidden` without the permission to see mails.
pub fn list(conn: &mut Conn, act: &Act, query: &Query) -> Result<Vec<Listed>, Problem> {
    act.require(Permission::ViewMail)?;
    let slice = Slice {
        court_id: act.by.court_id.map(|court| court.0),
        reader: act.by.staff_id.map(|reader| reader.0),
        states: query.group().states(),
        before: query.before(),
        after: query.after(),
        limit: PAGE + 1,
        subjects: act.by.may(Permission::ManageMail),
    };
    mail::list(conn, &slice)
}

/// Sends a mail again (重新发送) that failed or was given up.
///
/// # Errors
///
/// `NotFound` when it isn't the court's, `Refused` when there is nothing to send again.
pub fn send_again(conn: &mut Conn, act: &Act, id: MailId) -> Result<(), Problem> {
    act.require(Permission::ManageMail)?;
    let mail = mail::find(conn, id, act.by.staff_id.map(|reader| reader.0))?;
    if mail.court_id.is_some() && mail.court_id != act.by.court_id.map(|court| court.0) {
        return Err(Problem::NotFound);
    }
    if !mail::send_again(conn, act.now, id)? {
        return Err(Problem::refused(format!(
            "这封邮件现在是“{}”，不需要重新发送。请刷新页面查看最新状态。",
            mail.state.label()
        )));
    }
    audit::record(conn, act, "mail.sent_again", Subject::Mail(id.0), &[])
}

/// Has the mail server tried now (立即重试), after somebody has mended it.
///
/// # Errors
///
/// `Forbidden` without the permission.
pub fn try_channel(conn: &mut Conn, act: &Act) -> Result<(), Problem> {
    act.require(Permission::ViewMail)?;
    mail::try_channel_now(conn)?;
    audit::record(conn, act, "mail.channel_retried", Subject::System, &[])
}

/// Sends a test mail (测试邮件) with fixed words to one address.
///
/// # Errors
///
/// `Refused` when that is no address.
pub fn send_test(conn: &mut Conn, act: &Act, address: &str) -> Result<MailId, Problem> {
    act.require(Permission::ViewMail)?;
    let address = mail::message::mailbox(address).map_err(|_error| {
        Problem::refused("这不是有效的邮件地址，请检查后重新填写，例如 name@court.gov.cn。")
    })?;
    let new = NewMail {
        court_id: act.by.court_id.map(|court| court.0),
        kind: MailKind::Test,
        recipient_id: None,
        recipient: address.email.to_string(),
        content: mails::test(act.now),
        dedupe_key: None,
        urgent: true,
        not_before: None,
        matter_id: None,
    };
    let id = mail::queue(conn, act.now, new)?
        .ok_or_else(|| Problem::internal("a mail without a dedupe key was not queued"))?;
    audit::record(conn, act, "mail.tested", Subject::Mail(id.0), &[])?;
    Ok(id)
}
