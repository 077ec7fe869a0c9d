//! What waits for somebody's approval.

use super::rules::{self, Approver, Waiting};
use super::store;
use super::types::{Draft, DraftId};
use crate::db::Conn;
use crate::error::Problem;
use crate::escalation;
use crate::matters::types::{Hand, HandPart, Stage};
use crate::matters::{self, Matter, MatterId, life, views};
use crate::people::types::Staff;
use crate::people::{self, Act, CourtId, DivisionId, Permission, Role, StaffId, sessions};
use crate::time::Moment;
use std::collections::{HashMap, HashSet};

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
    let ids: Vec<MatterId> = seen.keys().copied().collect();
    let hands = matters::hands_of_all(conn, &ids)?;
    let written: Vec<DraftId> = drafts.iter().map(|draft| draft.id).collect();
    let mut writers = store::writers_of_all(conn, &written)?;
    let charged: Vec<MatterId> =
        seen.values().filter(|matter| rules::needs_leader(matter.tier)).map(|matter| matter.id).collect();
    let in_charge = escalation::in_charge_of_all(conn, &charged)?;
    let mut approvers = Approvers::of(act.now, &ids);
    let mut mine = Vec::new();
    for draft in drafts {
        let Some(matter) = seen.get(&draft.matter_id) else { continue };
        let own: Vec<Hand> = hands.iter().filter(|hand| hand.matter_id == matter.id).cloned().collect();
        let writers = writers.remove(&draft.id).unwrap_or_default();
        let waiting = life::waiting(matter, &own, &draft, writers, in_charge.get(&matter.id).copied());
        let asked = approvers.asked(conn, (matter, &own), &waiting, draft.approver_id)?;
        if asked.contains(&me) {
            mine.push((draft, matter.clone()));
        }
    }
    Ok(mine)
}

/// Those who may be asked to approve the replies of some matters, each looked up once.
pub struct Approvers<'a> {
    now: Moment,
    matters: &'a [MatterId],
    known: HashMap<StaffId, Known>,
    heads: HashMap<DivisionId, Option<StaffId>>,
    leaders: HashMap<CourtId, Vec<StaffId>>,
}

/// Somebody as they stand now.
struct Known {
    staff: Staff,
    roles: Vec<Role>,
    sees: HashSet<MatterId>,
}

impl<'a> Approvers<'a> {
    pub fn of(now: Moment, matters: &'a [MatterId]) -> Self {
        let (known, heads, leaders) = (HashMap::new(), HashMap::new(), HashMap::new());
        Approvers { now, matters, known, heads, leaders }
    }

    /// Whom the reply of a matter with these hands waits for: see [`rules::asked`]. `chosen` was asked when it was
    /// submitted, or took it over since.
    ///
    /// # Errors
    ///
    /// When the database is away.
    pub fn asked(
        &mut self,
        conn: &mut Conn,
        about: (&Matter, &[Hand]),
        waiting: &Waiting,
        chosen: Option<StaffId>,
    ) -> Result<Vec<StaffId>, Problem> {
        let (matter, hands) = about;
        if let Some(one) = chosen
            && self.may(conn, about, waiting, one)?
        {
            return Ok(rules::asked(Some(one), None, &[], None));
        }
        if let Some(division) = division_of(hands)
            && let Some(head) = self.head(conn, matter.court_id, division)?
            && self.may(conn, about, waiting, head)?
        {
            return Ok(rules::asked(None, Some(head), &[], None));
        }
        let mut leaders = Vec::new();
        for one in self.leaders_of(conn, matter.court_id)? {
            if self.may(conn, about, waiting, one)? {
                leaders.push(one);
            }
        }
        Ok(rules::asked(None, None, &leaders, matter.supervising_leader_id))
    }

    /// Whether this person may approve it and sees the matter.
    fn may(
        &mut self,
        conn: &mut Conn,
        (matter, hands): (&Matter, &[Hand]),
        waiting: &Waiting,
        who: StaffId,
    ) -> Result<bool, Problem> {
        if !self.known.contains_key(&who) {
            let one = Known::of(conn, who, self.now, self.matters)?;
            self.known.insert(who, one);
        }
        let Some(known) = self.known.get(&who) else { return Ok(false) };
        let division = division_of(hands);
        let is = |role| known.roles.contains(&role);
        let approver = Approver {
            id: who,
            heads: is(Role::DivisionHead) && division.is_some() && division == known.staff.division_id,
            leads: is(Role::President) || is(Role::VicePresident),
        };
        Ok(known.sees.contains(&matter.id) && rules::approves(approver, waiting))
    }

    fn head(
        &mut self,
        conn: &mut Conn,
        court: CourtId,
        division: DivisionId,
    ) -> Result<Option<StaffId>, Problem> {
        if let Some(known) = self.heads.get(&division) {
            return Ok(*known);
        }
        let head = people::head_of_division(conn, court, division)?.map(|head| head.id);
        self.heads.insert(division, head);
        Ok(head)
    }

    fn leaders_of(&mut self, conn: &mut Conn, court: CourtId) -> Result<Vec<StaffId>, Problem> {
        if let Some(known) = self.leaders.get(&court) {
            return Ok(known.clone());
        }
        let mut leaders: Vec<StaffId> = Vec::new();
        for role in [Role::VicePresident, Role::President] {
            leaders.extend(people::with_role(conn, court, role)?.into_iter().map(|one| one.id));
        }
        leaders.dedup();
        self.leaders.insert(court, leaders.clone());
        Ok(leaders)
    }
}

impl Known {
    fn of(conn: &mut Conn, who: StaffId, now: Moment, matters: &[MatterId]) -> Result<Self, Problem> {
        let staff = people::staff_of_any_court(conn, who)?;
        let actor = sessions::actor(conn, &staff, now)?;
        let seen = if staff.active { matters::find_all(conn, &actor.scope, matters)? } else { Vec::new() };
        let sees = seen.into_iter().map(|matter| matter.id).collect();
        Ok(Known { staff, roles: actor.roles, sees })
    }
}

/// The division that handles it.
fn division_of(hands: &[Hand]) -> Option<DivisionId> {
    hands.iter().find(|hand| hand.part == HandPart::Division).and_then(|hand| hand.division_id)
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
