//! What pages show of archived files, put together by one scope.

use super::rules;
use super::store;
use super::types::{Archive, Item, Which};
use crate::db::Conn;
use crate::error::Problem;
use crate::files;
use crate::matters::life;
use crate::matters::stages::Event;
use crate::matters::types::CloseReason;
use crate::matters::views::COUNTED;
use crate::matters::{self, Matter, MatterId, store as matter_store};
use crate::people::{self, Act};
use crate::time::Moment;
use crate::web::Listing;
use chrono::NaiveTime;

/// A closed matter as the list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub matter: Matter,
    pub archive: Option<Archive>,
    /// It holds the matter as it was closed last.
    pub filed: bool,
    /// Closed for three months and not archived.
    pub overdue: bool,
}

/// Before this moment were those closed that should have been archived by now.
pub fn due_before(now: Moment) -> Moment {
    let day = rules::overdue_since(now.today());
    Moment::from_court(day.and_time(NaiveTime::MIN))
}

/// A page of closed matters.
///
/// # Errors
///
/// When the database is away.
pub fn page(
    conn: &mut Conn,
    act: &Act,
    which: Which,
    after: Option<MatterId>,
    size: i64,
) -> Result<Listing<Listed>, Problem> {
    let until = due_before(act.now).utc();
    let Listing { rows, more } =
        Listing::cut(store::page(conn, &act.by.scope, which, until, after, size + 1)?, size);
    let ids: Vec<MatterId> = rows.iter().map(|matter| matter.id).collect();
    let filed = store::of_matters(conn, &ids)?;
    let rows = rows
        .into_iter()
        .map(|matter| {
            let archive = filed.iter().find(|archive| archive.matter_id == matter.id).cloned();
            let late = matter.closed_at.is_some_and(|at| at < until);
            let own = matter.close_reason != Some(CloseReason::Merged);
            let filed = archive.as_ref().is_some_and(|one| rules::is_filed(one, matter.closed_at));
            Listed { overdue: late && own && !filed, filed, archive, matter }
        })
        .collect();
    Ok(Listing { rows, more })
}

/// How many matters closed for three months are not archived, counted no further than [`COUNTED`].
///
/// # Errors
///
/// When the database is away.
pub fn overdue(conn: &mut Conn, act: &Act) -> Result<i64, Problem> {
    Ok(store::count_overdue(conn, &act.by.scope, due_before(act.now).utc(), COUNTED)?)
}

/// What the form to archive is drawn from.
#[derive(Clone, Debug)]
pub struct Opening {
    pub matter: Matter,
    pub archive: Option<Archive>,
    /// The file holds the matter as it was closed last; otherwise it is archived, or archived anew.
    pub filed: bool,
    /// The index as it is, or as it is proposed.
    pub items: Vec<Item>,
}

/// A closed matter that may be archived, or whose index may be mended.
///
/// # Errors
///
/// As [`life::find_for`].
pub fn opening(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Opening, Problem> {
    let matter = life::find_for(conn, act, id, Event::Archive)?.matter;
    let archive = store::of_matter(conn, id)?;
    let items = match &archive {
        Some(archive) => store::items_of(conn, archive.id)?,
        None => proposed(conn, &matter)?,
    };
    let filed = archive.as_ref().is_some_and(|one| rules::is_filed(one, matter.closed_at));
    Ok(Opening { matter, archive, filed, items })
}

/// The papers that the system knows of: registrations, replies, what was handed in.
fn proposed(conn: &mut Conn, matter: &Matter) -> Result<Vec<Item>, Problem> {
    let mut titles: Vec<String> = matter_store::contacts_of(conn, matter)?
        .iter()
        .rev()
        .map(|contact| format!("{}登记表（第{}次）", contact.channel.label(), contact.nth))
        .collect();
    titles.extend(files::list(conn, matter.id.0)?.into_iter().map(|paper| paper.name));
    let replies = matter_store::replies_of(conn, matter)?;
    titles.extend(replies.iter().map(|reply| format!("{}答复", reply.manner.label())));
    titles.push("办理经过".to_owned());
    Ok(titles.into_iter().map(|title| Item { title, pages: 1 }).collect())
}

/// What the cover and the index are printed from.
#[derive(Clone, Debug)]
pub struct Cover {
    pub matter: Matter,
    pub archive: Archive,
    pub items: Vec<Item>,
    pub court: String,
    pub archived_by: String,
}

/// An archived file.
///
/// # Errors
///
/// `NotFound` where there is none, or none for this person.
pub fn cover(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Cover, Problem> {
    let matter = matters::find(conn, &act.by.scope, id)?;
    let archive = store::of_matter(conn, id)?.ok_or(Problem::NotFound)?;
    let archived_by = people::staff_of_any_court(conn, archive.archived_by)?.name;
    let court = people::court(conn, matter.court_id)?.name;
    Ok(Cover { items: store::items_of(conn, archive.id)?, matter, archive, court, archived_by })
}
