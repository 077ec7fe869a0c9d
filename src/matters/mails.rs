//! What colleagues are told about a matter, at once: its number and a sentence, never names, documents or what was said.

use super::audience;
use super::types::Matter;
use crate::db::Conn;
use crate::error::Problem;
use crate::mail::{self, Content, MailId, MailKind, NewMail};
use crate::people::types::Staff;
use crate::people::{self, Act, StaffId};
use maud::{DOCTYPE, html};

/// A notice about a matter.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    /// What it is about, without the matter's number: 转办待接办.
    pub subject: &'a str,
    /// Whole sentences: what happened, what to do.
    pub text: &'a str,
    /// Says that a second notice would be the same one.
    pub key: &'a str,
    pub urgent: bool,
}

/// Queues a notice to somebody, in the transaction of the fact. Who has no address, is no longer in service, or may not see
/// the matter, gets none.
///
/// # Errors
///
/// When it can't be written.
pub fn tell(conn: &mut Conn, act: &Act, matter: &Matter, to: StaffId, notice: Notice) -> Result<(), Problem> {
    tell_by(conn, act, matter, to, notice).map(drop)
}

/// As [`tell`], and says which mail it is; `None` where none was queued.
///
/// # Errors
///
/// When it can't be written.
pub fn tell_by(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    to: StaffId,
    notice: Notice,
) -> Result<Option<MailId>, Problem> {
    let barred = super::store::barred(conn, matter)?.contains(&to);
    let staff = people::staff_of_any_court(conn, to)?;
    // Complaints about conduct are not even heard of by whoever may not see them.
    if matter.conduct && !audience::sees(conn, &staff, act.now, matter.id)? {
        return Ok(None);
    }
    let Some(address) = staff.mail.clone().filter(|_| staff.active && !barred) else { return Ok(None) };
    let mail = NewMail {
        court_id: Some(matter.court_id.0),
        kind: MailKind::Notice,
        recipient_id: Some(to.0),
        recipient: address,
        content: content(&staff, matter, notice),
        dedupe_key: Some(format!("{}:{}:{to}", notice.key, matter.id)),
        urgent: notice.urgent,
        not_before: None,
        matter_id: Some(matter.id.0),
    };
    mail::queue(conn, act.now, mail)
}

fn content(staff: &Staff, matter: &Matter, notice: Notice) -> Content {
    let subject = format!("{}：{}", notice.subject, matter.number);
    let greeting = format!("{}，您好：", staff.name);
    let closing = format!("请登录系统，在搜索框中输入 {} 打开这件事项。", matter.number);
    let page = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head { meta charset="utf-8"; title { (subject) } }
            body { p { (greeting) } p { (notice.text) } p { (closing) } }
        }
    };
    let text = format!("{greeting}\n\n{}\n\n{closing}\n", notice.text);
    Content { subject, text, html: page.into_string() }
}
