//! Measures whose day is past: their owners are reminded.

use crate::db::Conn;
use crate::error::Problem;
use crate::escalation::store;
use crate::matters::mails::{Notice, tell_by};
use crate::people::Act;
use crate::web::formats::plain_date;

/// Tells the owner of each measure of an open matter whose day is past, once for each measure and owner.
///
/// # Errors
///
/// When the database is away.
pub fn remind(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    let mut told = 0;
    for (measure, matter) in store::late_measures_for_job(conn, act.now.today())? {
        let due = plain_date(measure.due_on);
        let text = format!(
            "化解方案有一项措施由您负责，应在{due}以前完成，还没有登记结果。请打开事项，在“化解方案”里登记进展。"
        );
        let key = format!("tier-measure-late:{}", measure.id);
        let notice = Notice { subject: "化解措施逾期", text: &text, key: &key, urgent: false };
        told += usize::from(tell_by(conn, act, &matter, measure.owner_id, notice)?.is_some());
    }
    Ok(format!("逾期未完成的化解措施：发出提醒邮件 {told} 封。"))
}
