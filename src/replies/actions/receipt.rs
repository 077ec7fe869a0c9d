//! Notes when the petitioner had a reply that was served before: the proof of the post comes later.

use super::serve::attach;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::files::Kept;
use crate::matters::types::Matter;
use crate::matters::{self, EntryKind, MatterId, life};
use crate::people::{Act, Permission};
use crate::replies::types::{Draft, DraftState};
use crate::replies::{store, views};
use crate::web::formats::plain_date;
use chrono::NaiveDate;

/// The served reply of a matter, for whoever may note when it was received: those who may serve it.
///
/// # Errors
///
/// `NotFound`, `Forbidden`; `Refused` where none was served.
pub fn receivable(conn: &mut Conn, act: &Act, id: MatterId) -> Result<(Matter, Draft), Problem> {
    act.require(Permission::CloseMatter)?;
    let matter = matters::find(conn, &act.by.scope, id)?;
    let found = life::stand(conn, act, matter)?;
    if !views::receives(&found.relations) {
        return Err(Problem::Forbidden);
    }
    let draft = store::current(conn, &found.matter)?.filter(|draft| draft.state == DraftState::Served);
    let draft =
        draft.ok_or_else(|| Problem::refused("答复意见书还没有送达，请先在“送达答复”页记录送达。"))?;
    Ok((found.matter, draft))
}

/// Notes the day on which the petitioner had the served reply that is still at `version`, as a new entry (补记签收). The
/// time within which 复查 may be asked for runs from that day.
///
/// # Errors
///
/// As [`receivable`]; `Stale`; `Refused` for the day that is known already.
pub fn receive(
    conn: &mut Conn,
    act: &Act,
    (id, version): (MatterId, i64),
    (received_on, proof): (NaiveDate, &str),
    papers: Vec<Kept>,
) -> Result<(), Problem> {
    let (matter, draft) = receivable(conn, act, id)?;
    if draft.received_on == Some(received_on) {
        return Err(Problem::refused("这个签收日期已经记录过了。"));
    }
    if !store::receive(conn, (draft.id, version), received_on)? {
        return Err(Problem::Stale);
    }
    if deadlines::cancel(conn, id.0, Code::ReviewRequest)? > 0 {
        deadlines::start(conn, act, matter.court_id, id.0, Code::ReviewRequest, received_on)?;
        matters::refresh_next(conn, &matter)?;
    }
    let attached = attach(conn, act, &matter, papers)?;
    let before = match draft.received_on {
        Some(before) => format!("（原记为{}）", plain_date(before)),
        None => String::new(),
    };
    let mut text =
        format!("补记签收：信访人{}收到答复意见书{before}。凭证：{proof}", plain_date(received_on));
    if !attached.is_empty() {
        text.push_str(&format!(" 上传凭证：{}。", attached.join("、")));
    }
    matters::note(conn, act, &matter, EntryKind::Reply, text)?;
    let day = received_on.to_string();
    audit::record(conn, act, "reply.received", Subject::Matter(id.0), &[("on", day.as_str())])
}
