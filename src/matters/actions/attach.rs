//! Attaches papers to a matter (上传材料). Their content is on disk already, under its hash.

use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::files::{self, Attachment, Kept};
use crate::matters::store;
use crate::matters::timeline::entry;
use crate::matters::types::{EntryKind, MatterId};
use crate::people::{Act, Permission};

/// Puts these papers on the matter.
///
/// # Errors
///
/// `Forbidden` without the permission; `NotFound` for a matter that the person may not see.
pub fn attach(conn: &mut Conn, act: &Act, id: MatterId, kept: Vec<Kept>) -> Result<(), Problem> {
    act.require(Permission::AttachPaper)?;
    let matter = store::find(conn, &act.by.scope, id)?;
    let mut names = Vec::new();
    for paper in kept {
        let by = act.by.staff_id.map(|staff| staff.0);
        let attachment = Attachment::of(paper, (matter.court_id.0, id.0), by, act.now);
        files::insert(conn, &attachment)?;
        let values = [("kind", attachment.kind.code())];
        audit::record(conn, act, "attachment.added", Subject::Attachment(attachment.id.0), &values)?;
        names.push(attachment.name);
    }
    let text = format!("上传材料：{}", names.join("、"));
    store::insert_entries(conn, &[entry(act, &matter, EntryKind::Paper, text, None)])?;
    Ok(())
}
