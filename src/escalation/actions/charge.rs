//! The leader in charge (包案领导): named by the president, and what they did themselves.

use super::facts::open;
use super::group::{end_of, fit, replace};
use super::{may_run, note, posts_of};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::escalation::rules::{self, Refusal};
use crate::escalation::store;
use crate::escalation::types::tier::IN_CHARGE;
use crate::escalation::types::{ActId, Charge, ChargeId, LeaderAct, LeaderActRow, Seat, Tier};
use crate::matters::mails::{Notice, tell};
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act, Permission, StaffId};
use crate::time::Moment;
use crate::web::formats::plain_date;
use chrono::NaiveDate;

/// Who is named, and by when it is to be solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming {
    pub leader: StaffId,
    pub responsible: StaffId,
    pub due_on: NaiveDate,
}

/// Names the leader in charge, the responsible person and the deadline of a matter of tier two (确定包案领导). `version`: of
/// the charge that the page showed; `None` where it showed none. The leader heads the work group from now on. In tier three
/// the president is in charge, and names the responsible person and the deadline.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` in tier one, for who may not, and for a day after the tier's end.
pub fn name_leader(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: Option<i64>,
    naming: &Naming,
) -> Result<ChargeId, Problem> {
    act.require(Permission::NameLeader)?;
    let matter = open(conn, act, id)?;
    let before = store::charge_of(conn, id)?;
    if before.as_ref().map(|charge| charge.version) != version {
        return Err(Problem::Stale);
    }
    let leads = before.as_ref().map(|charge| charge.leader_id);
    rules::naming(matter.tier.and_then(Tier::of), leads, naming.leader)?;
    let (leader, responsible) = check(conn, act, &matter, naming)?;
    let charge = put_in_charge(conn, act, &matter, before, naming)?;
    seat(conn, act, &matter, naming)?;
    deadlines::meet(conn, id.0, Code::TierLeader, act.now.today())?;
    matters::refresh_next(conn, &matter)?;
    let by = plain_date(naming.due_on);
    let text = format!("确定包案领导：{leader}；责任人：{responsible}；{by}以前化解。");
    note(conn, act, &matter, text)?;
    say(conn, act, &matter, &charge)?;
    let values = [("leader", leader.as_str()), ("responsible", responsible.as_str()), ("due", by.as_str())];
    audit::record(conn, act, "leader.named", Subject::Matter(id.0), &values)?;
    Ok(charge.id)
}

/// The charge as it is from now on. The same leader goes on with it and with what they did in it, and so does one who comes
/// back to it within the same stay in the tier; for anybody else it begins today.
fn put_in_charge(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    before: Option<Charge>,
    naming: &Naming,
) -> Result<Charge, Problem> {
    let as_named = |old: Charge| Charge {
        responsible_id: naming.responsible,
        due_on: naming.due_on,
        ended_at: None,
        version: old.version + 1,
        ..old
    };
    if let Some(old) = before {
        if old.leader_id == naming.leader {
            let charge = as_named(old);
            return if store::save_charge(conn, &charge)? { Ok(charge) } else { Err(Problem::Stale) };
        }
        if !store::end_charge(conn, matter.id, Some(old.version), act.now.utc())? {
            return Err(Problem::Stale);
        }
    }
    let charge = match store::earlier_charge(conn, matter.id, naming.leader)? {
        Some(old) => {
            let charge = as_named(old);
            store::save_charge(conn, &charge)?;
            charge
        }
        None => begin(conn, act, matter, naming)?,
    };
    owe(conn, act, matter, &charge)?;
    Ok(charge)
}

fn begin(conn: &mut Conn, act: &Act, matter: &Matter, naming: &Naming) -> Result<Charge, Problem> {
    let charge = Charge {
        id: ChargeId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        tier: Tier::Two,
        leader_id: naming.leader,
        responsible_id: naming.responsible,
        due_on: naming.due_on,
        named_by: Some(act.by.person()?),
        named_at: act.now.utc(),
        ended_at: None,
        version: 0,
    };
    store::insert_charge(conn, &charge)?;
    Ok(charge)
}

/// Starts what the leader owes from the day on which they were named, as far as they haven't done it.
fn owe(conn: &mut Conn, act: &Act, matter: &Matter, charge: &Charge) -> Result<(), Problem> {
    for code in IN_CHARGE {
        deadlines::cancel(conn, matter.id.0, code)?;
    }
    let done: Vec<LeaderAct> = store::acts_of(conn, charge.id)?.into_iter().map(|one| one.act).collect();
    let since = Moment::from_utc(charge.named_at).today();
    let owed = rules::owed_in_charge(&done).into_iter().map(|code| (code, since)).collect::<Vec<_>>();
    deadlines::start_all(conn, act, matter.court_id, matter.id.0, &owed).map(drop)
}

/// The names of who is named, where they may be.
fn check(conn: &mut Conn, act: &Act, matter: &Matter, naming: &Naming) -> Result<(String, String), Problem> {
    let tier = matter.tier.and_then(Tier::of).unwrap_or(Tier::Two);
    let leaders = people::leaders(conn, matter.court_id)?;
    if tier == Tier::Two && !leaders.iter().any(|leader| leader.id == naming.leader) {
        return Err(Problem::refused("包案领导须是在岗的院领导，请重新选择。"));
    }
    let last = last_day(conn, act, matter, tier)?;
    if naming.due_on < act.now.today() || naming.due_on > last {
        let (last, tier) = (plain_date(last), tier.label());
        return Err(Problem::refused(format!("期限应在今天以后、{tier}期限（{last}）以前，请改选日期。")));
    }
    let posts = posts_of(conn, act, matter)?;
    if posts.case_judge == Some(naming.responsible) {
        return Err(Problem::refused("原案承办人不能担任责任人，请改选他人。"));
    }
    Ok((fit(conn, matter, &posts, naming.leader)?, fit(conn, matter, &posts, naming.responsible)?))
}

/// The last day that can be asked for: the end of the tier or of its hold; today where they are over.
pub(in crate::escalation) fn last_day(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    tier: Tier,
) -> Result<NaiveDate, Problem> {
    let end = end_of(conn, matter, tier)?;
    let hold = match store::group_of(conn, matter.id)? {
        Some(group) => store::hold_of(conn, group.escalation_id)?.map(|hold| hold.until_on),
        None => None,
    };
    Ok(end.into_iter().chain(hold).fold(act.now.today(), NaiveDate::max))
}

/// Seats the leader and the responsible person in the work group.
fn seat(conn: &mut Conn, act: &Act, matter: &Matter, naming: &Naming) -> Result<(), Problem> {
    let Some(group) = store::group_of(conn, matter.id)? else { return Ok(()) };
    for old in store::members_of(conn, group.id)? {
        let to = match old.seat {
            Seat::LeaderInCharge => naming.leader,
            Seat::Responsible => naming.responsible,
            Seat::President
            | Seat::WeekLeader
            | Seat::OverDivision
            | Seat::OverPetitions
            | Seat::DivisionHead
            | Seat::CaseJudge
            | Seat::HeadOfFiling
            | Seat::Officer
            | Seat::Invited => continue,
        };
        if to != old.staff_id {
            replace(conn, act, matter, &old, Some(to), "院长确定")?;
        }
    }
    Ok(store::hold_own(conn, group.id)?)
}

fn say(conn: &mut Conn, act: &Act, matter: &Matter, charge: &Charge) -> Result<(), Problem> {
    let key = format!("charge:{}", charge.id);
    let by = plain_date(charge.due_on);
    let leader = format!(
        "院长确定您为一件二级信访事项的包案领导，要求{by}以前化解。请亲自接访、研究、协调，并在事项页记录。"
    );
    let notice = Notice { subject: "确定您为包案领导", text: &leader, key: &key, urgent: false };
    tell(conn, act, matter, charge.leader_id, notice)?;
    if charge.responsible_id == charge.leader_id {
        return Ok(());
    }
    let responsible =
        format!("院长确定您为一件二级信访事项的责任人，要求{by}以前化解。请拟订化解方案，报告包案领导。");
    let notice =
        Notice { subject: "确定您为包案责任人", text: &responsible, key: &key, urgent: false };
    tell(conn, act, matter, charge.responsible_id, notice)
}

/// An act of the leader in charge, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActDraft {
    pub act: LeaderAct,
    pub done_on: NaiveDate,
    pub record: String,
    /// Made with the form: the same form sent twice is kept once.
    pub submission: String,
}

/// Records that the leader in charge met the petitioner, studied the file or held a coordination meeting themselves.
///
/// # Errors
///
/// `NotFound`; `Refused` where nobody is in charge, and for who is neither the leader nor the petition officer.
pub fn record_act(conn: &mut Conn, act: &Act, id: MatterId, draft: &ActDraft) -> Result<(), Problem> {
    let matter = open(conn, act, id)?;
    let charge = store::charge_of(conn, id)?.ok_or_else(|| Problem::from(Refusal::NoCharge))?;
    let me = act.by.person()?;
    if me != charge.leader_id && !may_run(&act.by, &matter) {
        return Err(Refusal::NotTheLeader.into());
    }
    if store::act_of_submission(conn, id, &draft.submission)? {
        return Ok(());
    }
    if draft.done_on < Moment::from_utc(charge.named_at).today() {
        return Err(Refusal::BeforeCharge.into());
    }
    let row = LeaderActRow {
        id: ActId::new(act.now),
        court_id: matter.court_id,
        matter_id: id,
        charge_id: charge.id,
        leader_id: charge.leader_id,
        act: draft.act,
        done_on: draft.done_on,
        record: draft.record.clone(),
        by_id: me,
        at: act.now.utc(),
        submission: draft.submission.clone(),
    };
    store::insert_act(conn, &row)?;
    let done = store::acts_of(conn, charge.id)?;
    let done: Vec<(LeaderAct, NaiveDate)> = done.into_iter().map(|one| (one.act, one.done_on)).collect();
    if draft.act == LeaderAct::Met {
        for code in [Code::FirstTalkLeader, Code::FirstTalk] {
            deadlines::meet(conn, id.0, code, draft.done_on)?;
        }
    }
    if let Some(on) = rules::all_done_on(&done) {
        deadlines::meet(conn, id.0, Code::LeaderActs, on)?;
    }
    matters::refresh_next(conn, &matter)?;
    let leader = people::staff_of_any_court(conn, charge.leader_id)?.name;
    let text =
        format!("包案领导{leader}{}（{}）：{}", draft.act.label(), plain_date(draft.done_on), draft.record);
    note(conn, act, &matter, text)?;
    let values = [("act", draft.act.code()), ("leader", leader.as_str())];
    audit::record(conn, act, "leader.acted", Subject::Matter(id.0), &values)
}
