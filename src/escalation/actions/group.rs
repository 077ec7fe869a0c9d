//! Work groups: proposed by the table, confirmed, changed with a reason; their meetings.

use super::facts::open;
use super::plan::keep_owned;
use super::{may_run, note, posts_of, runs, start};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::{self, Clock, Code};
use crate::error::Problem;
use crate::escalation::rules::{self, Posts, Refusal};
use crate::escalation::store;
use crate::escalation::types::tier::IN_CHARGE;
use crate::escalation::types::{
    Charge, ChargeId, EscalationId, Group, GroupId, Meeting, MeetingId, Member, MemberId, Role, Seat,
    Standin, Tier,
};
use crate::matters::mails::{Notice, tell};
use crate::matters::types::{Hand, HandId, HandPart};
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act, Permission, StaffId};
use chrono::NaiveDate;

/// Proposes the group of a tier and lets its members see the matter. In tier three the president, or whoever stands in, is
/// in charge from now on. Whom the president named responsible in the charge `before` stays so.
/// Returns who hold the offices.
pub(super) fn form(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    (tier, why): (Tier, EscalationId),
    before: Option<&Charge>,
) -> Result<Posts, Problem> {
    let mut posts = posts_of(conn, act, matter)?;
    posts.responsible = still_responsible(conn, matter, &posts, before)?;
    let seated = rules::propose(tier, &posts);
    let group = Group {
        id: GroupId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        tier,
        escalation_id: why,
        proposed_at: act.now.utc(),
        confirmed_at: None,
        confirmed_by: None,
        ended_at: None,
        version: 0,
    };
    store::insert_group(conn, &group)?;
    let since = act.now.today();
    let member = |one: &rules::Seated| Member {
        id: MemberId::new(act.now),
        group_id: group.id,
        matter_id: matter.id,
        role: one.role,
        seat: one.seat,
        staff_id: one.staff,
        standin: one.standin,
        reason: String::new(),
        since,
        until: None,
    };
    store::insert_members(conn, seated.iter().map(member).collect())?;
    let mut known = Vec::new();
    for one in &seated {
        if !known.contains(&one.staff) {
            known.push(one.staff);
            let_see(conn, act, matter, one.staff)?;
        }
    }
    keep_owned(conn, act, matter, None)?;
    if let (Tier::Three, Some(head)) = (tier, rules::head_of(&seated)) {
        take_charge(conn, act, matter, head, posts.responsible)?;
    }
    Ok(posts)
}

/// Whoever was responsible in the charge before, if they still can be.
fn still_responsible(
    conn: &mut Conn,
    matter: &Matter,
    posts: &Posts,
    before: Option<&Charge>,
) -> Result<Option<StaffId>, Problem> {
    let Some(named) = before.map(|charge| charge.responsible_id) else { return Ok(None) };
    let able = may_work(conn, matter, named)?;
    Ok((able && posts.may_know(named)).then_some(named))
}

fn take_charge(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    head: StaffId,
    responsible: Option<StaffId>,
) -> Result<(), Problem> {
    let charge = Charge {
        id: ChargeId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        tier: Tier::Three,
        leader_id: head,
        responsible_id: responsible.unwrap_or(matter.accountable_id),
        due_on: end_of(conn, matter, Tier::Three)?.unwrap_or(act.now.today()),
        named_by: None,
        named_at: act.now.utc(),
        ended_at: None,
        version: 0,
    };
    store::insert_charge(conn, &charge)?;
    start(conn, act, matter, &IN_CHARGE)
}

/// The clock that ends the matter's time in this tier, while it runs.
pub(super) fn ending(conn: &mut Conn, matter: &Matter, tier: Tier) -> Result<Option<Clock>, Problem> {
    let clocks = deadlines::open_of_all(conn, &[matter.id.0])?;
    Ok(clocks.into_iter().find(|clock| clock.code == tier.clock()))
}

/// By when the matter must be solved in this tier.
pub(super) fn end_of(conn: &mut Conn, matter: &Matter, tier: Tier) -> Result<Option<NaiveDate>, Problem> {
    Ok(ending(conn, matter, tier)?.map(|clock| clock.due_on))
}

pub(super) fn let_see(conn: &mut Conn, act: &Act, matter: &Matter, who: StaffId) -> Result<(), Problem> {
    let hand = Hand {
        id: HandId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        part: HandPart::Group,
        division_id: None,
        staff_id: Some(who),
        note: String::new(),
        since: act.now.today(),
        until: None,
    };
    Ok(matters::insert_hand(conn, &hand)?)
}

/// Ends the matter's group, and with it what its members saw for being in it.
pub(super) fn end(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<(), Problem> {
    store::end_group(conn, matter.id, act.now.utc(), act.now.today())?;
    matters::end_hands(conn, matter.id, HandPart::Group, None, act.now.today())?;
    Ok(())
}

/// The group of an open matter, for somebody who sits in it, leads it, or runs the mechanism.
pub(super) fn working(conn: &mut Conn, act: &Act, id: MatterId) -> Result<(Matter, Group), Problem> {
    let matter = open(conn, act, id)?;
    let group = store::group_of(conn, id)?.ok_or_else(|| Problem::from(Refusal::NotInTier))?;
    if may_run(&act.by, &matter) {
        return Ok((matter, group));
    }
    let me = act.by.person()?;
    let sits = store::members_of(conn, group.id)?.iter().any(|one| one.staff_id == me);
    let charge = store::charge_of(conn, id)?;
    let leads = charge.is_some_and(|charge| charge.leader_id == me || charge.responsible_id == me);
    if sits || leads { Ok((matter, group)) } else { Err(Refusal::NotInGroup.into()) }
}

/// Confirms the group as it stands (确定工作组). Its members are told.
///
/// # Errors
///
/// `NotFound`; `Refused` for who neither runs the mechanism nor heads the group; `Stale`.
pub fn confirm_group(conn: &mut Conn, act: &Act, id: MatterId, version: i64) -> Result<(), Problem> {
    let (matter, group) = working(conn, act, id)?;
    let members = store::members_of(conn, group.id)?;
    let me = act.by.person()?;
    let heads = members.iter().any(|one| one.role == Role::Head && one.staff_id == me);
    if !heads && !may_run(&act.by, &matter) {
        return Err(Refusal::NotInGroup.into());
    }
    if !store::confirm_group(conn, &group, version, me, act.now.utc())? {
        return Err(Problem::Stale);
    }
    deadlines::meet(conn, id.0, Code::TierGroup, act.now.today())?;
    matters::refresh_next(conn, &matter)?;
    let names = people::names_of(conn, &members.iter().map(|one| one.staff_id).collect::<Vec<_>>())?;
    let name = |one: &Member| names.get(&one.staff_id).cloned().unwrap_or_default();
    let list: Vec<String> =
        members.iter().map(|one| format!("{}（{}）", name(one), one.seat.label())).collect();
    note(conn, act, &matter, format!("{}工作组确定：{}。", group.tier.label(), list.join("、")))?;
    let key = format!("group:{}:{version}", group.id);
    let text = "您是一件信访事项工作组的成员，工作组已经确定。请打开事项，查看化解方案和分工。";
    for one in &members {
        let notice = Notice { subject: "工作组已经确定", text, key: &key, urgent: false };
        tell(conn, act, &matter, one.staff_id, notice)?;
    }
    audit::record(conn, act, "group.confirmed", Subject::Matter(id.0), &[("tier", group.tier.label())])
}

/// Whether somebody of the matter's court is in service, in an office that works on petitions.
fn may_work(conn: &mut Conn, matter: &Matter, who: StaffId) -> Result<bool, Problem> {
    Ok(people::who_may(conn, matter.court_id, Permission::RecordProgress)?.contains(&who))
}

/// Somebody who may sit in a matter's group.
pub(super) fn fit(conn: &mut Conn, matter: &Matter, posts: &Posts, who: StaffId) -> Result<String, Problem> {
    if may_work(conn, matter, who)? && posts.may_know(who) {
        Ok(people::staff_of_any_court(conn, who)?.name)
    } else {
        Err(Problem::refused(
            "选择的人员不能参加这件事项的工作组（不在岗、不办理信访，或者须回避），请改选他人。",
        ))
    }
}

/// Puts somebody into the group besides those that the table calls for (增加成员), with a reason.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` for who may not sit there.
pub fn add_member(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    (who, reason): (StaffId, &str),
) -> Result<(), Problem> {
    let (matter, group) = working(conn, act, id)?;
    runs(act, &matter)?;
    let posts = posts_of(conn, act, &matter)?;
    let name = fit(conn, &matter, &posts, who)?;
    if store::members_of(conn, group.id)?.iter().any(|one| one.staff_id == who) {
        return Err(Problem::refused("这位同志已经在工作组里。"));
    }
    if !store::touch_group(conn, group.id, version)? {
        return Err(Problem::Stale);
    }
    let member = Member {
        id: MemberId::new(act.now),
        group_id: group.id,
        matter_id: id,
        role: Role::Member,
        seat: Seat::Invited,
        staff_id: who,
        standin: Standin::Chosen,
        reason: reason.to_owned(),
        since: act.now.today(),
        until: None,
    };
    store::insert_members(conn, vec![member])?;
    let_see(conn, act, &matter, who)?;
    note(conn, act, &matter, format!("工作组增加{name}。理由：{reason}"))?;
    audit::record(conn, act, "group.changed", Subject::Matter(id.0), &[("added", &name), ("reason", reason)])
}

/// Takes somebody off their seat in the group with a reason (调整成员); the seat goes to `to`. A seat that the table calls
/// for never stays empty; whoever was asked in may leave without a successor.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` where nobody takes the seat, or who would may not.
pub fn remove_member(
    conn: &mut Conn,
    act: &Act,
    (id, member): (MatterId, MemberId),
    version: i64,
    (to, reason): (Option<StaffId>, &str),
) -> Result<(), Problem> {
    let (matter, group) = working(conn, act, id)?;
    runs(act, &matter)?;
    let all = store::members_of(conn, group.id)?;
    let old = all.iter().find(|one| one.id == member).ok_or(Problem::Stale)?;
    if to.is_none() && old.seat != Seat::Invited {
        return Err(Problem::refused("三级机制规定的席位不能空着，请选择由谁接替。"));
    }
    if matches!(old.seat, Seat::LeaderInCharge | Seat::President) {
        return Err(Problem::refused("组长由包案领导担任。要更换的，请院长重新确定包案领导，或者办理移交。"));
    }
    if !store::touch_group(conn, group.id, version)? {
        return Err(Problem::Stale);
    }
    let posts = posts_of(conn, act, &matter)?;
    let was = people::staff_of_any_court(conn, old.staff_id)?.name;
    let new = match to {
        Some(to) => Some((to, fit(conn, &matter, &posts, to)?)),
        None => None,
    };
    replace(conn, act, &matter, old, new.as_ref().map(|(to, _)| *to), reason)?;
    let is = new.map_or_else(|| "退出".to_owned(), |(_, name)| format!("由{name}接替"));
    note(conn, act, &matter, format!("工作组成员{was}（{}）{is}。理由：{reason}", old.seat.label()))?;
    audit::record(conn, act, "group.changed", Subject::Matter(id.0), &[("left", &was), ("reason", reason)])
}

/// Gives a seat to somebody else, or to nobody. Whoever left it still sees the matter only for another reason.
pub(crate) fn replace(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    old: &Member,
    to: Option<StaffId>,
    reason: &str,
) -> Result<(), Problem> {
    let today = act.now.today();
    store::end_member(conn, old.id, today)?;
    let rest = store::members_of(conn, old.group_id)?;
    if !rest.iter().any(|one| one.staff_id == old.staff_id) {
        matters::end_hands(conn, matter.id, HandPart::Group, Some(old.staff_id), today)?;
    }
    let Some(to) = to else { return keep_owned(conn, act, matter, None) };
    if !rest.iter().any(|one| one.staff_id == to) {
        let_see(conn, act, matter, to)?;
    }
    let new = Member {
        id: MemberId::new(act.now),
        staff_id: to,
        standin: Standin::Chosen,
        reason: reason.to_owned(),
        since: today,
        ..old.clone()
    };
    store::insert_members(conn, vec![new])?;
    keep_owned(conn, act, matter, Some(to))
}

/// A meeting of the group, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingDraft {
    pub held_on: NaiveDate,
    pub present: String,
    pub record: String,
    /// Made with the form: the same form sent twice is kept once.
    pub submission: String,
}

/// Records a meeting of the group (工作组研究). In tier three it is the week's study, and the next is due a week later.
///
/// # Errors
///
/// `NotFound`; `Refused` for who doesn't work on it.
pub fn hold_meeting(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    draft: &MeetingDraft,
) -> Result<MeetingId, Problem> {
    let (matter, group) = working(conn, act, id)?;
    if let Some(made) = store::meeting_of_submission(conn, id, &draft.submission)? {
        return Ok(made);
    }
    let meeting = Meeting {
        id: MeetingId::new(act.now),
        court_id: matter.court_id,
        matter_id: id,
        group_id: group.id,
        held_on: draft.held_on,
        present: draft.present.clone(),
        record: draft.record.clone(),
        by_id: act.by.person()?,
        at: act.now.utc(),
        submission: draft.submission.clone(),
    };
    store::insert_meeting(conn, &meeting)?;
    if deadlines::meet(conn, id.0, Code::TierReview, act.now.today())? > 0 {
        start(conn, act, &matter, &[Code::TierReview])?;
        matters::refresh_next(conn, &matter)?;
    }
    note(conn, act, &matter, format!("工作组研究（参加：{}）：{}", draft.present, draft.record))?;
    audit::record(conn, act, "group.met", Subject::Matter(id.0), &[])?;
    Ok(meeting.id)
}
