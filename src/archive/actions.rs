//! Archives a closed matter's file, and mends its index.

use super::rules;
use super::store;
use super::types::{Archive, ArchiveId, Item, Retention};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::life::{self, Change};
use crate::matters::stages::Event;
use crate::matters::{self, EntryKind, Matter, MatterId};
use crate::people::{self, Act};
use chrono::Datelike;

/// A file as it goes to the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    pub retention: Retention,
    pub remark: String,
    pub items: Vec<Item>,
}

/// Archives the file of a matter that is still at `version` (归档), or mends the file that is there at version `filed`. The
/// number is given once and stays, also where the matter was opened again since and is archived anew.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` by the stage; `Stale` when the matter or its file has changed.
pub fn archive(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    (version, filed): (i64, Option<i64>),
    filing: &Filing,
) -> Result<ArchiveId, Problem> {
    let found = life::find_for(conn, act, id, Event::Archive)?;
    let matter = &found.matter;
    let before = store::of_matter(conn, id)?;
    if before.as_ref().map(|archive| archive.version) != filed {
        return Err(Problem::Stale);
    }
    let (archive, what) = match before {
        Some(before) if rules::is_filed(&before, matter.closed_at) => {
            (mended(conn, before, filing)?, "更正卷内目录")
        }
        Some(before) => {
            let again = Archive { archived_by: act.by.person()?, archived_at: act.now.utc(), ..before };
            (mended(conn, again, filing)?, "再次办结后归档")
        }
        None => (opened(conn, act, matter, filing)?, "归档"),
    };
    store::set_items(conn, archive.id, &filing.items, act.now)?;
    let pages = rules::page_count(&filing.items);
    let text = format!(
        "{what}：{}，{}份材料，共{pages}页，保管期限{}。",
        archive.number,
        filing.items.len(),
        filing.retention.label()
    );
    matters::note(conn, act, matter, EntryKind::Archive, text)?;
    let values = [("number", archive.number.as_str()), ("count", &*pages.to_string())];
    audit::record(conn, act, "matter.archived", Subject::Matter(id.0), &values)?;
    life::move_on(conn, act, matter, version, Change { archived: true, ..Change::default() })?;
    Ok(archive.id)
}

fn mended(conn: &mut Conn, before: Archive, filing: &Filing) -> Result<Archive, Problem> {
    let version = before.version + 1;
    let archive = Archive { retention: filing.retention, remark: filing.remark.clone(), version, ..before };
    if store::change(conn, &archive)? { Ok(archive) } else { Err(Problem::Stale) }
}

fn opened(conn: &mut Conn, act: &Act, matter: &Matter, filing: &Filing) -> Result<Archive, Problem> {
    let year = i64::from(act.now.today().year());
    let seq = matters::store::next_number(conn, matter.court_id, "archive", year)?;
    let home = people::court(conn, matter.court_id)?;
    let archive = Archive {
        id: ArchiveId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        number: matters::rules::number("{short}访档〔{year}〕{seq:4}号", &home.short_name, year, seq),
        year,
        seq,
        retention: filing.retention,
        remark: filing.remark.clone(),
        archived_by: act.by.person()?,
        archived_at: act.now.utc(),
        version: 0,
    };
    store::insert(conn, &archive)?;
    Ok(archive)
}
