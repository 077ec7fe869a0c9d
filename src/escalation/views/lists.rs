//! All tiers at a glance, the groups of one person, and what a meeting should hear.

use crate::calendar;
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::escalation::actions::{last_day, posts_of};
use crate::escalation::forms::WhichGroups;
use crate::escalation::rules;
use crate::escalation::store::{self, Hint, Hints};
use crate::escalation::types::{Group, LeaderAct, Member, Tier};
use crate::matters::types::HeardAt;
use crate::matters::views::{self, Listed};
use crate::matters::{self, MatterId};
use crate::people::{self, Act, Permission, Role, StaffId};
use crate::time::Moment;
use crate::web::Due;
use crate::web::listing::{Listing, PAGE};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The most matters that one page of all tiers shows; it says where there are more.
pub const MOST: i64 = 500;

/// A matter at a glance.
#[derive(Clone, Debug)]
pub struct Row {
    pub listed: Listed,
    pub tier: Tier,
    pub leader: Option<String>,
    pub responsible: Option<String>,
    pub head: Option<String>,
    /// When its tier ends.
    pub due: Option<Due>,
    pub done: Vec<LeaderAct>,
    /// 包而未办: somebody is in charge, and their acts are overdue.
    pub without_acts: bool,
    /// Open measures.
    pub measures: usize,
    pub moved: Option<Moment>,
    /// Nobody is in charge yet, and this person names who is.
    pub may_name: bool,
}

/// What the page of all tiers shows.
#[derive(Clone, Debug)]
pub struct Wall {
    pub rows: Vec<Row>,
    /// How many places visitors spoke of, which nobody confirmed or refuted.
    pub hints: i64,
    pub may_mark: bool,
    /// There are more than one page shows.
    pub more: bool,
}

/// The open matters of these tiers that this person may see, each at a glance; for whoever runs the mechanism also what
/// visitors said and nobody confirmed.
///
/// # Errors
///
/// When the database is away.
pub fn wall(conn: &mut Conn, act: &Act, tiers: &[Tier]) -> Result<Wall, Problem> {
    let all = Listing::cut(store::tiered(conn, &act.by.scope, tiers, MOST + 1)?, MOST);
    let hints = count_hints(conn, act)?;
    let more = all.more;
    let listed = views::listed(conn, all.rows, act.now)?;
    Ok(Wall { rows: rows(conn, act, listed)?, hints, may_mark: act.by.may(Permission::MarkSign), more })
}

/// Whose hints somebody answers.
fn answers(act: &Act) -> Option<Hints> {
    if act.by.may(Permission::RunTiers) {
        Some(Hints::All)
    } else {
        act.by.roles.contains(&Role::Inspector).then_some(Hints::OfConduct)
    }
}

fn count_hints(conn: &mut Conn, act: &Act) -> Result<i64, Problem> {
    match answers(act) {
        Some(hints) => Ok(store::count_hints(conn, &act.by.scope, hints)?),
        None => Ok(0),
    }
}

/// What visitors said of having been heard above and nobody answered, the newest first, from `after` on: for whoever runs
/// the mechanism; for others nothing.
///
/// # Errors
///
/// When the database is away.
pub fn hints(conn: &mut Conn, act: &Act, after: Option<i64>) -> Result<Listing<Hint>, Problem> {
    let rows = match answers(act) {
        Some(hints) => store::find_hints(conn, &act.by.scope, hints, after, PAGE + 1)?,
        None => Vec::new(),
    };
    Ok(Listing::cut(rows, PAGE))
}

/// One place where this matter has been heard; whoever asks has found the matter by scope.
///
/// # Errors
///
/// `NotFound` where there is none.
pub fn heard_row(conn: &mut Conn, matter: MatterId, id: i64) -> Result<HeardAt, Problem> {
    Ok(store::heard_row(conn, matter, id)?)
}

fn rows(conn: &mut Conn, act: &Act, listed: Vec<Listed>) -> Result<Vec<Row>, Problem> {
    let ids: Vec<MatterId> = listed.iter().map(|one| one.matter.id).collect();
    let charges = store::charges_of_all(conn, &ids)?;
    let acts = store::acts_of_all(conn, &charges.iter().map(|one| one.id).collect::<Vec<_>>())?;
    let heads: HashMap<MatterId, StaffId> = store::heads_of_all(conn, &ids)?.into_iter().collect();
    let moves = store::last_moves(conn, &ids)?;
    let measures = store::measures_of_all(conn, &ids)?;
    let clocks = deadlines::open_of_all(conn, &ids.iter().map(|id| id.0).collect::<Vec<_>>())?;
    let people = charges.iter().flat_map(|one| [one.leader_id, one.responsible_id]);
    let names = people::names_of(conn, &people.chain(heads.values().copied()).collect::<Vec<_>>())?;
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let name = |id: StaffId| names.get(&id).cloned();
    let row = |one: Listed| {
        let id = one.matter.id;
        let tier = one.matter.tier.and_then(Tier::of)?;
        let charge = charges.iter().find(|charge| charge.matter_id == id);
        let clock = |code: Code| clocks.iter().find(|clock| clock.matter_id == id.0 && clock.code == code);
        let due = clock(tier.clock()).map(|clock| Due {
            on: clock.due_on,
            today,
            working_days_left: u32::try_from(days.between(today, clock.due_on)).unwrap_or(u32::MAX),
        });
        let done = charge.map(|charge| acts.iter().filter(|(of, _)| *of == charge.id).map(|(_, act)| *act));
        Some(Row {
            tier,
            leader: charge.and_then(|charge| name(charge.leader_id)),
            responsible: charge.and_then(|charge| name(charge.responsible_id)),
            head: heads.get(&id).copied().and_then(name),
            due,
            done: done.into_iter().flatten().collect(),
            without_acts: clock(Code::LeaderActs).is_some_and(|clock| clock.due_on < today),
            measures: measures.iter().filter(|measure| measure.matter_id == id).count(),
            moved: moves.get(&id).map(|at| Moment::from_utc(*at)),
            may_name: tier == Tier::Two && charge.is_none() && act.by.may(Permission::NameLeader),
            listed: one,
        })
    };
    Ok(listed.into_iter().filter_map(row).collect())
}

/// A group in which somebody sits.
#[derive(Clone, Debug)]
pub struct GroupRow {
    pub group: Group,
    pub seats: Vec<Member>,
    pub row: Row,
}

/// The work groups in which this person sits, the highest tier first, for open matters.
///
/// # Errors
///
/// When the database is away.
pub fn groups(conn: &mut Conn, act: &Act, which: WhichGroups) -> Result<Vec<GroupRow>, Problem> {
    let Some(me) = act.by.staff_id else { return Ok(Vec::new()) };
    let mut seats: HashMap<MatterId, (Group, Vec<Member>)> = HashMap::new();
    for (group, member) in store::groups_with(conn, me)? {
        seats.entry(group.matter_id).or_insert_with(|| (group, Vec::new())).1.push(member);
    }
    let ids: Vec<MatterId> = seats.keys().copied().collect();
    let mut open = matters::find_all(conn, &act.by.scope, &ids)?;
    open.retain(|matter| matter.stage != matters::types::Stage::Closed);
    open.sort_by_key(|matter| (std::cmp::Reverse(matter.tier), matter.id));
    let listed = views::listed(conn, open, act.now)?;
    let rows = rows(conn, act, listed)?;
    let group = |row: Row| {
        let (group, seats) = seats.get(&row.listed.matter.id)?.clone();
        Some(GroupRow { group, seats, row })
    };
    let charges = store::charges_of_all(conn, &ids)?;
    let measures = store::measures_of_all(conn, &ids)?;
    let asked = |one: &GroupRow| {
        let id = one.row.listed.matter.id;
        match which {
            WhichGroups::All => true,
            WhichGroups::WithoutActs => {
                let leads = charges.iter().any(|charge| charge.matter_id == id && charge.leader_id == me);
                leads && one.row.without_acts
            }
            WhichGroups::WithMeasures => {
                measures.iter().any(|measure| measure.matter_id == id && measure.owner_id == me)
            }
        }
    };
    Ok(rows.into_iter().filter_map(group).filter(asked).collect())
}

/// Why a matter is on the agenda of the weekly meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgendaWhy {
    Third,
    /// Tier two, its time over.
    OverTime,
    /// A leader in charge without all three acts (包而未办).
    WithoutActs,
}

impl AgendaWhy {
    /// The words on the agenda.
    pub const fn label(self) -> &'static str {
        match self {
            AgendaWhy::Third => "三级事项",
            AgendaWhy::OverTime => "二级到期未化解",
            AgendaWhy::WithoutActs => "包而未办",
        }
    }
}

/// A matter for the agenda, with everything that puts it there.
#[derive(Clone, Debug)]
pub struct Agenda {
    pub row: Row,
    pub why: Vec<AgendaWhy>,
}

/// What the weekly meeting should hear of the tiers: every matter of the third, and those of the second that are over their
/// time or without their leader's acts.
///
/// # Errors
///
/// When the database is away.
pub fn agenda(conn: &mut Conn, act: &Act) -> Result<Vec<Agenda>, Problem> {
    let today = act.now.today();
    let codes = [Code::TierTwo, Code::LeaderActs];
    let listed = store::agenda(conn, &act.by.scope, &codes, today)?;
    let listed = views::listed(conn, listed, act.now)?;
    let why = |row: Row| {
        let over = row.tier == Tier::Two && row.due.as_ref().is_some_and(|due| due.on < today);
        let held = [
            (row.tier == Tier::Three).then_some(AgendaWhy::Third),
            over.then_some(AgendaWhy::OverTime),
            (row.without_acts && !rules::missing_acts(&row.done).is_empty())
                .then_some(AgendaWhy::WithoutActs),
        ];
        Agenda { why: held.into_iter().flatten().collect(), row }
    };
    Ok(rows(conn, act, listed)?.into_iter().map(why).collect())
}

/// A leader with what they have in charge: open matters, and those of them without their acts.
pub type Load = (StaffId, String, (i64, i64));

/// The leaders who may be named in charge of a matter, with their loads; whom the portfolio proposes; and the last day that
/// can be asked for.
///
/// # Errors
///
/// When the database is away.
pub fn leaders(
    conn: &mut Conn,
    act: &Act,
    matter: &matters::Matter,
) -> Result<(Vec<Load>, Option<StaffId>, NaiveDate), Problem> {
    let posts = posts_of(conn, act, matter)?;
    let loads = store::loads(conn, matter.court_id, act.now.today())?;
    let leaders = people::leaders(conn, matter.court_id)?;
    let seated = rules::propose(Tier::Two, &rules::Posts { leader_in_charge: None, ..posts.clone() });
    let proposed = rules::head_of(&seated);
    let load = |one: people::types::Staff| {
        let held = loads.get(&one.id).copied().unwrap_or((0, 0));
        (one.id, format!("{}（{}）", one.name, one.post.label()), held)
    };
    let tier = matter.tier.and_then(Tier::of).unwrap_or(Tier::Two);
    let charge = store::charge_of(conn, matter.id)?;
    // In tier three the charge stays with its head.
    let only = charge.filter(|_| tier == Tier::Three).map(|charge| charge.leader_id);
    let fit =
        leaders.into_iter().filter(|one| only.map_or_else(|| posts.may_know(one.id), |only| one.id == only));
    let last = last_day(conn, act, matter, tier)?;
    Ok((fit.map(load).collect(), proposed, last))
}

/// The leader in charge (包案领导) of a matter from tier two up, while somebody is whom it doesn't complain about.
///
/// # Errors
///
/// When the database is away.
pub fn in_charge(conn: &mut Conn, matter: &matters::Matter) -> Result<Option<StaffId>, Problem> {
    if matter.tier < Some(Tier::Two.number()) {
        return Ok(None);
    }
    Ok(in_charge_of_all(conn, &[matter.id])?.remove(&matter.id))
}

/// The leaders in charge of these matters, as [`in_charge`].
///
/// # Errors
///
/// When the database is away.
pub fn in_charge_of_all(conn: &mut Conn, ids: &[MatterId]) -> Result<HashMap<MatterId, StaffId>, Problem> {
    Ok(store::in_charge_of_all(conn, ids)?.into_iter().collect())
}

/// What the day's page counts of the tiers for somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Matters of tier two in which the president has named nobody.
    pub to_name: i64,
    /// Matters in this person's own charge whose acts are overdue.
    pub without_acts: i64,
    /// Work groups in which they sit.
    pub groups: i64,
    /// Matters in which a measure of theirs isn't done, and those where one is overdue.
    pub measures: (i64, i64),
    /// What visitors said and nobody confirmed.
    pub hints: i64,
}

/// What waits for this person in the three tiers.
///
/// # Errors
///
/// When the database is away.
pub fn figures(conn: &mut Conn, act: &Act) -> Result<Figures, Problem> {
    let (Some(me), scope) = (act.by.staff_id, &act.by.scope) else { return Ok(Figures::default()) };
    let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
    let to_name = if act.by.may(Permission::NameLeader) {
        let second = store::tiered(conn, scope, &[Tier::Two], MOST)?;
        let ids: Vec<MatterId> = second.iter().map(|matter| matter.id).collect();
        count(ids.len().saturating_sub(store::charges_of_all(conn, &ids)?.len()))
    } else {
        0
    };
    Ok(Figures {
        to_name,
        without_acts: store::late_charges_of(conn, me, act.now.today())?,
        groups: store::count_groups_with(conn, me)?,
        measures: store::count_measures_of(conn, me, act.now.today())?,
        hints: count_hints(conn, act)?,
    })
}
