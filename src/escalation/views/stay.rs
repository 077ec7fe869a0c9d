//! One matter in its tier.

use crate::calendar;
use crate::db::Conn;
use crate::deadlines::{self, Clock, Code, Rule};
use crate::error::Problem;
use crate::escalation::actions::{may_run, posts_of};
use crate::escalation::rules;
use crate::escalation::store;
use crate::escalation::types::tier::CLOCKS;
use crate::escalation::types::{
    Charge, Escalation, Group, Hold, LeaderAct, LeaderActRow, Measure, MeasureState, Meeting, Member, Plan,
    Report, Tier,
};
use crate::mail::{self, MailState};
use crate::matters::types::{CloseReason, HeardAt, MatterKind, Stage};
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act, Permission, StaffId};
use crate::web::Due;
use std::collections::HashMap;

/// How a matter came to a tier: the rule, what it saw, and whom it told.
#[derive(Clone, Debug)]
pub struct Why {
    pub row: Escalation,
    /// 系统 where it rose by time.
    pub by: String,
    /// Who was told, and where the mail stands; `None` for who has no address.
    pub told: Vec<(String, Option<MailState>)>,
}

/// The box on a matter's page.
#[derive(Clone, Debug)]
pub struct BoxData {
    pub matter: MatterId,
    pub tier: Option<Tier>,
    /// The newest reason.
    pub why: Option<Why>,
    pub head: Option<String>,
    pub leader: Option<ChargeShown>,
    pub due: Option<Due>,
    /// Records where else it was heard.
    pub may_hear: bool,
    pub may_name: bool,
    /// What visitors said of having been heard elsewhere, which nobody confirmed.
    pub hints: Vec<HeardAt>,
    pub open: bool,
}

/// A leader in charge, with what is still missing of their own acts.
#[derive(Clone, Debug)]
pub struct ChargeShown {
    pub charge: Charge,
    pub leader: String,
    pub responsible: String,
    pub missing: Vec<LeaderAct>,
}

/// Somebody in the group.
#[derive(Clone, Debug)]
pub struct MemberShown {
    pub member: Member,
    pub name: String,
}

/// A measure on the board.
#[derive(Clone, Debug)]
pub struct MeasureShown {
    pub measure: Measure,
    pub owner: String,
    pub due: Option<Due>,
}

/// Somebody who can be chosen.
pub type Choice = (StaffId, String);

/// Everything about one matter in its tier.
#[derive(Clone, Debug)]
pub struct Detail {
    pub matter: Matter,
    pub tier: Option<Tier>,
    /// The newest first.
    pub history: Vec<Why>,
    pub group: Option<Group>,
    pub members: Vec<MemberShown>,
    pub charge: Option<ChargeShown>,
    pub acts: Vec<LeaderActRow>,
    pub meetings: Vec<Meeting>,
    pub plan: Option<Plan>,
    pub report: Option<Report>,
    pub measures: Vec<MeasureShown>,
    /// The tier's clocks that run.
    pub clocks: Vec<(Clock, Rule, Due)>,
    pub hold: Option<Hold>,
    pub names: HashMap<StaffId, String>,
    /// Who may be put into the group.
    pub choices: Vec<Choice>,
    pub may: May,
}

/// What this person may do now with a matter in its tier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct May {
    /// Write plans, measures, meetings, reports.
    pub work: bool,
    /// Arrange the group, hold.
    pub run: bool,
    /// Record where else it was heard.
    pub hear: bool,
    pub confirm: bool,
    pub name: bool,
    pub record_act: bool,
    pub hold: bool,
    pub give_up: bool,
    pub settle: bool,
}

fn whys(conn: &mut Conn, rows: Vec<Escalation>) -> Result<Vec<Why>, Problem> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let told = store::told_of(conn, &ids)?;
    let mails: Vec<_> = told.iter().filter_map(|one| one.mail_id).collect();
    let states = mail::states(conn, &mails)?;
    let staff = told.iter().map(|one| one.staff_id).chain(rows.iter().filter_map(|row| row.by_id));
    let names = people::names_of(conn, &staff.collect::<Vec<_>>())?;
    let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
    let why = |row: Escalation| Why {
        by: row.by_id.map_or_else(|| "系统".to_owned(), name),
        told: told
            .iter()
            .filter(|one| one.escalation_id == row.id)
            .map(|one| (name(one.staff_id), one.mail_id.and_then(|mail| states.get(&mail).copied())))
            .collect(),
        row,
    };
    Ok(rows.into_iter().map(why).collect())
}

fn shown(conn: &mut Conn, charge: Charge) -> Result<ChargeShown, Problem> {
    let done: Vec<LeaderAct> = store::acts_of(conn, charge.id)?.into_iter().map(|one| one.act).collect();
    let names = people::names_of(conn, &[charge.leader_id, charge.responsible_id])?;
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    Ok(ChargeShown {
        leader: name(charge.leader_id),
        responsible: name(charge.responsible_id),
        missing: rules::missing_acts(&done),
        charge,
    })
}

/// Whether somebody records where else this matter was heard: also of one that is closed, as long as it is on its own.
fn may_hear(act: &Act, matter: &Matter) -> bool {
    let alone = matter.kind == MatterKind::Petition && matter.close_reason != Some(CloseReason::Merged);
    alone && may_run(&act.by, matter)
}

/// The box on a matter's page. The matter has been found by scope.
///
/// # Errors
///
/// When the database is away.
pub fn box_for(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<BoxData, Problem> {
    let tier = matter.tier.and_then(Tier::of);
    let open = matter.stage != Stage::Closed;
    let may_hear = may_hear(act, matter);
    let hints = if may_hear && open {
        store::heard_of(conn, matter.id)?.into_iter().filter(store::is_hint).collect()
    } else {
        Vec::new()
    };
    let mut data = BoxData {
        matter: matter.id,
        tier,
        why: None,
        head: None,
        leader: None,
        due: None,
        may_hear,
        may_name: open && tier == Some(Tier::Two) && act.by.may(Permission::NameLeader),
        hints,
        open,
    };
    if let Some(tier) = tier {
        let newest = store::newest(conn, matter.id)?;
        data.why = whys(conn, newest.into_iter().collect())?.into_iter().next();
        let heads = store::heads_of_all(conn, &[matter.id])?;
        data.head = match heads.first() {
            Some((_, head)) => people::names_of(conn, &[*head])?.remove(head),
            None => None,
        };
        data.leader = match store::charge_of(conn, matter.id)? {
            Some(charge) => Some(shown(conn, charge)?),
            None => None,
        };
        let clocks = running(conn, act, matter)?;
        data.due = clocks.into_iter().find(|(clock, _, _)| clock.code == tier.clock()).map(|(_, _, due)| due);
    }
    Ok(data)
}

/// The tier's clocks that run, the first due first.
fn running(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Vec<(Clock, Rule, Due)>, Problem> {
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let due = |clock: &Clock| Due {
        on: clock.due_on,
        today,
        working_days_left: u32::try_from(days.between(today, clock.due_on)).unwrap_or(u32::MAX),
    };
    let all = deadlines::of_matter(conn, matter.id.0)?;
    let open = all.into_iter().filter(|(clock, _)| clock.is_open() && CLOCKS.contains(&clock.code));
    Ok(open
        .map(|(clock, rule)| {
            let due = due(&clock);
            (clock, rule, due)
        })
        .collect())
}

/// One matter in its tier, with everything that was done there.
///
/// # Errors
///
/// `NotFound` when there is none, or none for this person.
pub fn detail(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Detail, Problem> {
    let matter = matters::find(conn, &act.by.scope, id)?;
    let tier = matter.tier.and_then(Tier::of);
    let group = store::group_of(conn, id)?;
    let members = match &group {
        Some(group) => store::members_of(conn, group.id)?,
        None => Vec::new(),
    };
    let charge = match store::charge_of(conn, id)? {
        Some(charge) => Some(shown(conn, charge)?),
        None => None,
    };
    let acts = match &charge {
        Some(charge) => store::acts_of(conn, charge.charge.id)?,
        None => Vec::new(),
    };
    let rows = store::of_matter(conn, id)?;
    let hold = hold_of(conn, rows.first())?;
    let (measures, meetings) = (store::measures_of(conn, id)?, store::meetings_of(conn, id)?);
    let (plan, report) = (store::newest_plan(conn, id)?, store::newest_report(conn, id)?);
    let clocks = running(conn, act, &matter)?;
    let involved = members.iter().map(|one| one.staff_id).chain(measures.iter().map(|one| one.owner_id));
    let writers = plan.iter().map(|one| one.by_id).chain(report.iter().map(|one| one.by_id));
    let recorders = acts.iter().map(|one| one.by_id).chain(meetings.iter().map(|one| one.by_id));
    let names = people::names_of(conn, &involved.chain(writers).chain(recorders).collect::<Vec<_>>())?;
    let mut detail = Detail {
        tier,
        history: whys(conn, rows)?,
        group,
        members: members
            .into_iter()
            .map(|member| MemberShown { name: name(&names, member.staff_id), member })
            .collect(),
        charge,
        acts,
        meetings,
        plan,
        report,
        measures: Vec::new(),
        clocks,
        hold,
        choices: Vec::new(),
        may: May::default(),
        names,
        matter,
    };
    detail.measures = board(conn, act, measures, &detail.names)?;
    allow(conn, act, &mut detail)?;
    Ok(detail)
}

/// The hold of the newest stay in a tier.
fn hold_of(conn: &mut Conn, stay: Option<&Escalation>) -> Result<Option<Hold>, Problem> {
    stay.map(|stay| store::hold_of(conn, stay.id)).transpose().map(Option::flatten).map_err(Problem::from)
}

fn name(names: &HashMap<StaffId, String>, id: StaffId) -> String {
    names.get(&id).cloned().unwrap_or_default()
}

fn board(
    conn: &mut Conn,
    act: &Act,
    measures: Vec<Measure>,
    names: &HashMap<StaffId, String>,
) -> Result<Vec<MeasureShown>, Problem> {
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let due = |measure: &Measure| Due {
        on: measure.due_on,
        today,
        working_days_left: u32::try_from(days.between(today, measure.due_on)).unwrap_or(u32::MAX),
    };
    let shown = |measure: Measure| MeasureShown {
        owner: name(names, measure.owner_id),
        due: (measure.state != MeasureState::Done).then(|| due(&measure)),
        measure,
    };
    Ok(measures.into_iter().map(shown).collect())
}

/// What this person may do, as the actions will ask again.
fn allow(conn: &mut Conn, act: &Act, detail: &mut Detail) -> Result<(), Problem> {
    detail.may.hear = may_hear(act, &detail.matter);
    let (Some(tier), Some(me)) = (detail.tier, act.by.staff_id) else { return Ok(()) };
    if detail.matter.stage == Stage::Closed || detail.group.is_none() {
        return Ok(());
    }
    detail.may.run = may_run(&act.by, &detail.matter);
    let sits = detail.members.iter().any(|one| one.member.staff_id == me);
    let heads = detail
        .members
        .iter()
        .any(|one| one.member.staff_id == me && one.member.role == crate::escalation::types::Role::Head);
    let charge = detail.charge.as_ref().map(|shown| &shown.charge);
    let leads = charge.is_some_and(|charge| charge.leader_id == me);
    let responsible = charge.is_some_and(|charge| charge.responsible_id == me);
    detail.may.work = detail.may.run || sits || leads || responsible;
    let unconfirmed = detail.group.as_ref().is_some_and(|group| group.confirmed_at.is_none());
    detail.may.confirm = unconfirmed && (detail.may.run || heads);
    detail.may.name =
        (tier == Tier::Two || tier == Tier::Three && charge.is_some()) && act.by.may(Permission::NameLeader);
    detail.may.record_act = charge.is_some() && (leads || detail.may.run);
    let over = |code: Code| {
        detail.clocks.iter().any(|(clock, _, due)| clock.code == code && due.today >= clock.due_on)
    };
    detail.may.hold = detail.may.run && tier != Tier::Three && detail.hold.is_none() && over(tier.clock());
    detail.may.give_up = detail.may.work && tier != Tier::Three;
    detail.may.settle = detail.may.work && detail.matter.kind == MatterKind::Sign;
    if detail.may.work || detail.may.name {
        let posts = posts_of(conn, act, &detail.matter)?;
        let may = people::who_may(conn, detail.matter.court_id, Permission::RecordProgress)?;
        detail.choices = people::staff_in_court(conn, detail.matter.court_id)?
            .into_iter()
            .filter(|one| may.contains(&one.id) && posts.may_know(one.id))
            .map(|one| (one.id, format!("{}（{}）", one.name, one.post.label())))
            .collect();
    }
    Ok(())
}
