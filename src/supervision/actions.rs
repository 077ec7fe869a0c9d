//! What is done with supervisions: an answer is demanded (督办), given (答复), and demanded harder.

use super::rules::{self, Latest, Refusal};
use super::types::{Manner, Round, State, Supervision, SupervisionId};
use super::{mails, store};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines;
use crate::error::Problem;
use crate::mail::{self, MailKind, NewMail};
use crate::matters::types::Stage;
use crate::matters::{self, EntryKind, Matter, MatterId, audience};
use crate::people::types::Staff;
use crate::people::{self, Act, Permission, Role, StaffId};
use crate::web::formats::plain_date;
use chrono::Datelike;

/// A demand for an answer, as a person makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub manner: Manner,
    pub addressee: StaffId,
    /// Who signs it.
    pub signer: StaffId,
    /// Under which number it was referred or assigned; empty for the matter's own.
    pub referral: String,
    pub demand: String,
    /// What was said or found; empty for a letter.
    pub spoken: String,
}

/// Ends what still waits for an answer about a matter that is being closed: opened again, it starts with nothing overdue.
///
/// # Errors
///
/// When it can't be written.
pub fn matter_closed(conn: &mut Conn, act: &Act, matter: MatterId) -> Result<(), Problem> {
    let ended = ("事项已经办结，督办随之结束。", act.by.staff_id, act.now.utc());
    Ok(store::end_open(conn, matter, ended).map(drop)?)
}

/// Demands an answer about a matter (督办): the first of a new series, or, where the last one is overdue, the next round
/// of its series. `after` is the newest supervision that the person had in front of them.
///
/// # Errors
///
/// `Forbidden`; `NotFound` for a matter that the person may not see; `Refused` where the rules don't allow it or the
/// addressee may not see the matter; `Stale` when there has been another meanwhile.
pub fn issue(
    conn: &mut Conn,
    act: &Act,
    matter: MatterId,
    after: Option<SupervisionId>,
    notice: &Notice,
) -> Result<SupervisionId, Problem> {
    act.require(Permission::Supervise)?;
    let matter = matters::find(conn, &act.by.scope, matter)?;
    let latest = store::latest_of(conn, matter.id)?;
    if latest.as_ref().map(|row| row.id) != after {
        return Err(Problem::Stale);
    }
    let standing = latest.as_ref().map(Latest::from);
    let (series, round) = rules::next(matter.stage == Stage::Closed, standing, act.now.today())?;
    if act.by.staff_id == Some(notice.addressee) {
        return Err(Refusal::ToYourself.into());
    }
    if !audience::answerable(conn, &matter, act.now)?.iter().any(|one| one.id == notice.addressee) {
        return Err(Problem::refused("督办只能发给事项责任人或者所在庭室的负责人，请重新选择收件人。"));
    }
    audience::seeing(conn, notice.signer, &matter, act.now)?;
    let raised = raise(conn, act, &matter, latest.as_ref(), (series, round), notice)?;
    raised.ok_or(Problem::Stale)
}

/// Writes the round: its row and number, its clock, the timeline, the trail, the mails. `None` when that round of the
/// series is there already.
pub(super) fn raise(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    latest: Option<&Supervision>,
    (series, round): (i64, Round),
    notice: &Notice,
) -> Result<Option<SupervisionId>, Problem> {
    if let Some(before) = latest.filter(|before| before.state == State::Open) {
        if !store::harden(conn, before.id, before.version)? {
            return Ok(None);
        }
        deadlines::cancel(conn, matter.id.0, before.round.clock())?;
    }
    let row = row(conn, act, matter, (series, round), notice)?;
    if !store::insert(conn, &row)? {
        return Ok(None);
    }
    matters::refresh_next(conn, matter)?;
    let addressee = people::staff_of_any_court(conn, row.addressee_id)?;
    matters::note(conn, act, matter, EntryKind::Supervision, told(&row, &addressee.name))?;
    let values = [
        ("matter", matter.number.as_str()),
        ("number", row.number.as_str()),
        ("round", row.round.code()),
        ("manner", row.manner.code()),
        ("to", addressee.name.as_str()),
    ];
    audit::record(conn, act, "supervision.issued", Subject::Matter(matter.id.0), &values)?;
    tell(conn, act, matter, &row, addressee)?;
    Ok(Some(row.id))
}

fn row(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    (series, round): (i64, Round),
    notice: &Notice,
) -> Result<Supervision, Problem> {
    let (today, court) = (act.now.today(), matter.court_id);
    let year = i64::from(today.year());
    let seq = matters::store::next_number(conn, court, "supervision", year)?;
    let home = people::court(conn, court)?;
    let clock = deadlines::start(conn, act, court, matter.id.0, round.clock(), today)?;
    let reported_to = match round {
        Round::Report => head_of_court(conn, act, matter)?.map(|head| head.id),
        Round::First | Round::Second => None,
    };
    let referral = if notice.referral.is_empty() { &matter.number } else { &notice.referral };
    Ok(Supervision {
        id: SupervisionId::new(act.now),
        court_id: court,
        matter_id: matter.id,
        series,
        round,
        manner: notice.manner,
        number: matters::rules::number("{short}督〔{year}〕{seq:4}号", &home.short_name, year, seq),
        year,
        seq,
        referral: referral.clone(),
        demand: notice.demand.clone(),
        spoken: notice.spoken.clone(),
        late_days: matter.next_due_on.map_or(0, |due| (today - due).num_days().max(0)),
        addressee_id: notice.addressee,
        signed_by: notice.signer,
        reported_to,
        issued_by: act.by.staff_id,
        issued_at: act.now.utc(),
        clock_id: clock.id,
        due_on: clock.due_on,
        state: State::Open,
        answer: String::new(),
        answered_by: None,
        answered_at: None,
        version: 0,
    })
}

/// Whom a report goes to: the president, or, where the matter is closed to the president, inspection.
fn head_of_court(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Option<Staff>, Problem> {
    let mut above = people::with_role(conn, matter.court_id, Role::President)?;
    above.extend(people::with_role(conn, matter.court_id, Role::Inspector)?);
    Ok(audience::who_see(conn, above, act.now, matter.id)?.into_iter().next())
}

fn told(row: &Supervision, addressee: &str) -> String {
    let spoken = if row.spoken.is_empty() { String::new() } else { format!("\n{}", row.spoken) };
    format!(
        "{}（{}，{}）：{}要求{addressee}在{}以前答复。{}{spoken}",
        row.round.label(),
        row.manner.label(),
        row.number,
        row.round.preamble(),
        plain_date(row.due_on),
        row.demand
    )
}

/// Queues the mails: to the addressee; from the second round on to the head of the addressee's division; with the report
/// to whom it is made and to the supervising leader. Only to those who may see the matter.
fn tell(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    row: &Supervision,
    addressee: Staff,
) -> Result<(), Problem> {
    let mut told = Vec::new();
    let division = addressee.division_id;
    told.push(addressee);
    if row.round != Round::First
        && let Some(division) = division
    {
        told.extend(people::head_of_division(conn, matter.court_id, division)?);
    }
    if row.round == Round::Report {
        for leader in row.reported_to.into_iter().chain(matter.supervising_leader_id) {
            told.push(people::staff_of_any_court(conn, leader)?);
        }
    }
    for one in audience::who_see(conn, told, act.now, matter.id)? {
        let content = mails::issued(row, &matter.number, one.id == row.addressee_id);
        queue(conn, act, (&one, matter), content, format!("supervision:{}:{}", row.id, one.id))?;
    }
    Ok(())
}

pub(super) fn queue(
    conn: &mut Conn,
    act: &Act,
    (to, about): (&Staff, &Matter),
    content: mail::Content,
    dedupe_key: String,
) -> Result<(), Problem> {
    let Some(address) = to.mail.clone() else { return Ok(()) };
    let mail = NewMail {
        court_id: Some(to.court_id.0),
        kind: MailKind::Notice,
        recipient_id: Some(to.id.0),
        recipient: address,
        content,
        dedupe_key: Some(dedupe_key),
        urgent: false,
        not_before: None,
        matter_id: Some(about.id.0),
    };
    mail::queue(conn, act.now, mail).map(drop)
}

/// Answers a supervision (答复督办) that is still at `version`.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` where it isn't the person's to answer or is answered; `Stale`.
pub fn answer(
    conn: &mut Conn,
    act: &Act,
    id: SupervisionId,
    version: i64,
    text: &str,
) -> Result<(), Problem> {
    act.require(Permission::AnswerSupervision)?;
    let me = act.by.person()?;
    let (row, matter) = store::find(conn, &act.by.scope, id)?;
    if row.version != version {
        return Err(Problem::Stale);
    }
    let closed = matter.stage == Stage::Closed;
    rules::answer(closed, row.state, me, row.addressee_id, matter.accountable_id)?;
    if !store::answer(conn, id, version, (text, me, act.now.utc()))? {
        return Err(Problem::Stale);
    }
    deadlines::meet(conn, matter.id.0, row.round.clock(), act.now.today())?;
    matters::refresh_next(conn, &matter)?;
    let entry = format!("答复{}（{}）：{text}", row.round.label(), row.number);
    matters::note(conn, act, &matter, EntryKind::Supervision, entry)?;
    let values = [("matter", matter.number.as_str()), ("number", row.number.as_str())];
    audit::record(conn, act, "supervision.answered", Subject::Matter(matter.id.0), &values)?;
    let above = row.issued_by.into_iter().chain(row.reported_to).chain([row.signed_by]);
    let above = above.map(|id| people::staff_of_any_court(conn, id)).collect::<Result<Vec<_>, _>>()?;
    for one in audience::who_see(conn, above, act.now, matter.id)? {
        let content = mails::answered(&row, &matter.number);
        queue(conn, act, (&one, &matter), content, format!("supervision-answer:{id}:{}", one.id))?;
    }
    Ok(())
}
