//! What a matter's page shows of its instructions, and what the forms to ask and to instruct start with.

use super::rules::Refusal;
use super::views::{self, Listed};
use super::{actions, store};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::types::Stage;
use crate::matters::{Matter, MatterId};
use crate::people::{Act, Permission, StaffId};

/// A matter's instructions, and what this person may add.
#[derive(Clone, Debug)]
pub struct BoxData {
    pub matter: MatterId,
    /// The newest first.
    pub rows: Vec<Listed>,
    pub may_ask: bool,
    pub may_instruct: bool,
}

/// The box on a matter's page. The matter has been found by scope.
///
/// # Errors
///
/// When the database is away.
pub fn box_for(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<BoxData, Problem> {
    let rows = store::of_matter(conn, matter.id)?.into_iter().map(|row| (row, matter.clone())).collect();
    let open = matter.stage != Stage::Closed;
    Ok(BoxData {
        matter: matter.id,
        rows: views::listed(conn, rows, act.now)?,
        may_ask: open && act.by.may(Permission::RequestInstruction),
        may_instruct: open && act.by.may(Permission::GiveInstruction),
    })
}

/// What the pages for asking and for instructing are drawn from.
#[derive(Clone, Debug)]
pub struct Offering {
    pub matter: Matter,
    /// Leaders who may be asked, or staff who may carry it out.
    pub staff: Vec<(StaffId, String)>,
}

fn open(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Matter, Problem> {
    let matter = crate::matters::find(conn, &act.by.scope, id)?;
    if matter.stage == Stage::Closed { Err(Refusal::MatterClosed.into()) } else { Ok(matter) }
}

/// For asking a leader.
///
/// # Errors
///
/// `NotFound`; `Refused` where nobody may be asked.
pub fn asking(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Offering, Problem> {
    let matter = open(conn, act, id)?;
    let mut leaders = actions::leaders(conn, act, &matter)?;
    leaders.retain(|one| Some(one.id) != act.by.staff_id);
    if leaders.is_empty() {
        return Err(Refusal::NoLeader.into());
    }
    Ok(Offering { matter, staff: views::named(leaders) })
}

/// For a leader's instruction that nobody asked for.
///
/// # Errors
///
/// `NotFound`; `Refused` where the matter is closed.
pub fn instructing(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Offering, Problem> {
    let matter = open(conn, act, id)?;
    let owners = actions::owners(conn, act, &matter)?;
    Ok(Offering { matter, staff: views::named(owners) })
}
