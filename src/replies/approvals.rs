//! What waits for somebody's approval.

use super::rules::{self, Approver};
use super::store;
use super::types::Draft;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::types::{Hand, HandPart, Stage};
use crate::matters::{self, Matter, MatterId, life, views};
use crate::people::{self, Act, DivisionId, Permission, Role, StaffId};
use std::collections::HashMap;

/// The most replies of a court that are looked through.
const MOST: i64 = 1_000;

/// A reply that waits for the person who looks.
#[derive(Clone, Debug)]
pub struct Awaiting {
    pub draft: Draft,
    pub listed: views::Listed,
    pub drafter: String,
}

/// Replies that this person, and nobody else first, is asked to approve, the oldest first.
fn awaiting(conn: &mut Conn, act: &Act) -> Result<Vec<(Draft, Matter)>, Problem> {
    let Some(me) = act.by.staff_id.filter(|_| act.by.may(Permission::ApproveReply)) else {
        return Ok(Vec::new());
    };
    let drafts = store::submitted(conn, act.by.court()?, MOST)?;
    let ids: Vec<MatterId> = drafts.iter().map(|draft| draft.matter_id).collect();
    let seen = matters::find_all(conn, &act.by.scope, &ids)?;
    let mut seen: HashMap<MatterId, Matter> = seen.into_iter().map(|matter| (matter.id, matter)).collect();
    seen.retain(|_, matter| matter.stage != Stage::Closed);
    let hands = matters::hands_of_all(conn, &seen.keys().copied().collect::<Vec<_>>())?;
    let is = |role| act.by.roles.contains(&role);
    let mut heads = Heads::default();
    let mut mine = Vec::new();
    for draft in drafts {
        let Some(matter) = seen.get(&draft.matter_id) else { continue };
        let own: Vec<Hand> = hands.iter().filter(|hand| hand.matter_id == matter.id).cloned().collect();
        let waiting = life::waiting(matter, &own, &draft);
        let division = own.iter().find(|hand| hand.part == HandPart::Division);
        let division = division.and_then(|hand| hand.division_id);
        let who = Approver {
            id: me,
            heads: is(Role::DivisionHead) && division.is_some() && division == act.by.division_id,
            leads: is(Role::President) || is(Role::VicePresident),
        };
        let head = heads.of(conn, matter, division)?;
        let decides =
            head.is_some_and(|id| rules::approves(Approver { id, heads: true, leads: false }, waiting));
        let asked = draft.approver_id.map(|one| one == me && rules::approves(who, waiting));
        let derived = || rules::awaits(who, waiting, decides, matter.supervising_leader_id);
        if asked.unwrap_or_else(derived) {
            mine.push((draft, matter.clone()));
        }
    }
    Ok(mine)
}

/// The heads of divisions, each looked up once.
#[derive(Default)]
struct Heads(HashMap<DivisionId, Option<StaffId>>);

impl Heads {
    fn of(
        &mut self,
        conn: &mut Conn,
        matter: &Matter,
        division: Option<DivisionId>,
    ) -> Result<Option<StaffId>, Problem> {
        let Some(division) = division else { return Ok(None) };
        if let Some(known) = self.0.get(&division) {
            return Ok(*known);
        }
        let head = people::head_of_division(conn, matter.court_id, division)?.map(|head| head.id);
        self.0.insert(division, head);
        Ok(head)
    }
}

/// How many wait.
///
/// # Errors
///
/// When the database is away.
pub fn count(conn: &mut Conn, act: &Act) -> Result<i64, Problem> {
    Ok(i64::try_from(awaiting(conn, act)?.len()).unwrap_or(MOST))
}

/// Those that wait, with names and lights.
///
/// # Errors
///
/// When the database is away.
pub fn list(conn: &mut Conn, act: &Act) -> Result<Vec<Awaiting>, Problem> {
    let (drafts, matters): (Vec<Draft>, Vec<Matter>) = awaiting(conn, act)?.into_iter().unzip();
    let drafters: Vec<StaffId> = drafts.iter().map(|draft| draft.drafter_id).collect();
    let names = people::names_of(conn, &drafters)?;
    let listed = views::listed(conn, matters, act.now)?;
    let name = |draft: &Draft| names.get(&draft.drafter_id).cloned().unwrap_or_default();
    let awaiting =
        |(draft, listed): (Draft, views::Listed)| Awaiting { drafter: name(&draft), listed, draft };
    Ok(drafts.into_iter().zip(listed).map(awaiting).collect())
}
