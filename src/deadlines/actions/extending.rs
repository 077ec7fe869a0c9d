//! Extending a clock, asking for it, deciding on what was asked.

use super::deciding;
use super::desk::{Desk, Seen};
use crate::audit::{self, Subject};
use crate::calendar;
use crate::db::Conn;
use crate::deadlines::clocks::NewEvent;
#[cfg(doc)]
use crate::deadlines::rules::allowed::{Case, Who};
use crate::deadlines::store;
use crate::deadlines::types::{Approver, Clock, ClockId, ExtensionRequest, RequestId, RequestState};
use crate::error::Problem;
use crate::matters::mails::{Notice, tell as tell_of};
use crate::matters::{self, EntryKind, MatterId};
use crate::people::{Act, Permission};
use crate::web::formats::plain_date;

/// An extension as it is decided.
#[derive(Clone, Copy, Debug)]
pub struct Extension<'a> {
    pub days: u32,
    pub note: &'a str,
    /// The sender's letter, where the sender decides.
    pub sender: Option<&'a str>,
}

/// Extends a clock (延期) of one's own accord, as the superior of whoever answers for it.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` by the rules: see [`Who::may_extend`] and [`Case::extend`].
pub fn extend(
    conn: &mut Conn,
    act: &Act,
    (id, seen): (ClockId, Seen),
    extension: Extension<'_>,
) -> Result<Clock, Problem> {
    act.require(Permission::ExtendClock)?;
    let desk = Desk::open_as_seen(conn, act, id, seen)?;
    let approver = desk.who(act)?.may_extend(&desk.case(act.now.today()), desk.waiting())?;
    longer(conn, act, &desk, (extension, approver), None)
}

fn longer(
    conn: &mut Conn,
    act: &Act,
    desk: &Desk,
    (extension, approver): (Extension<'_>, Approver),
    request: Option<RequestId>,
) -> Result<Clock, Problem> {
    let allowed_by = match (approver, extension.sender) {
        (Approver::Sender, None) => {
            return Err(Problem::refused("交办机关同意延期的，请写明机关名称和文号。"));
        }
        (Approver::Sender, Some(sender)) => sender,
        (Approver::DivisionHead | Approver::VicePresident | Approver::President, _) => &act.by.name,
    };
    let days = &*calendar::working_days(conn)?;
    let event = desk.case(act.now.today()).extend(extension.days, days)?;
    let text = format!("延期{}日，由{allowed_by}批准。", extension.days);
    let new = NewEvent { event, note: extension.note, allowed_by, request };
    let after = desk.happen(conn, act, new, ("clock.extended", &text))?;
    if desk.history.rule.extension_told {
        let text = format!(
            "须告知信访人：“{}”延期{}日，新的到期日是{}，并说明延期理由。",
            desk.history.rule.name,
            extension.days,
            plain_date(after.due_on)
        );
        matters::note(conn, act, &desk.matter, EntryKind::Notice, text)?;
    }
    Ok(after)
}

/// Asks for an extension (申请延期); whoever may allow it decides.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` by the rules: see [`Who::may_ask`] and [`Case::extend`].
pub fn ask_extension(
    conn: &mut Conn,
    act: &Act,
    (id, seen): (ClockId, Seen),
    days: u32,
    reason: &str,
) -> Result<RequestId, Problem> {
    act.require(Permission::RecordProgress)?;
    let desk = Desk::open_as_seen(conn, act, id, seen)?;
    let (case, who) = (desk.case(act.now.today()), desk.who(act)?);
    who.may_ask(&case, desk.waiting())?;
    case.extend(days, &*calendar::working_days(conn)?)?;
    let asked = deciding::asked(conn, act, &desk)?;
    let clock = &desk.history.clock;
    let request = ExtensionRequest {
        id: RequestId::new(act.now),
        court_id: clock.court_id,
        matter_id: clock.matter_id,
        clock_id: id,
        days: i64::from(days),
        reason: reason.to_owned(),
        state: RequestState::Asked,
        asked_by: who.me,
        asked_by_name: act.by.name.clone(),
        asked_at: act.now.utc(),
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision_note: String::new(),
        version: 0,
        approver_id: asked.first().map(|one| one.id).filter(|_| asked.len() == 1),
    };
    store::insert_request(conn, &request)?;
    let text = format!("申请将“{}”延期{days}日。理由：{reason}", desk.history.rule.name);
    matters::note(conn, act, &desk.matter, EntryKind::Deadline, text)?;
    let days = days.to_string();
    let values = [("code", clock.code.code()), ("days", days.as_str()), ("reason", reason)];
    audit::record(conn, act, "clock.extension_asked", Subject::Clock(id.0), &values)?;
    deciding::tell(conn, act, &desk, request.id, &asked)?;
    Ok(request.id)
}

/// Grants a request (批准延期).
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` by the rules: see [`Who::may_grant`] and [`Case::extend`].
pub fn grant_extension(
    conn: &mut Conn,
    act: &Act,
    (id, version): (RequestId, i64),
    note: &str,
    sender: Option<&str>,
) -> Result<Clock, Problem> {
    act.require(Permission::ExtendClock)?;
    let request = store::request(conn, id)?;
    let desk = Desk::open(conn, act, request.clock_id)?;
    let approver = desk.who(act)?.may_grant(&desk.case(act.now.today()), &request)?;
    settle(conn, act, (id, version), RequestState::Granted, note)?;
    let days = u32::try_from(request.days).map_err(Problem::internal)?;
    let extension = Extension { days, note: &request.reason, sender };
    longer(conn, act, &desk, (extension, approver), Some(id))
}

/// Turns a request down (不批准延期), with why.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` by the rules: see [`Who::may_refuse`].
pub fn refuse_extension(
    conn: &mut Conn,
    act: &Act,
    (id, version): (RequestId, i64),
    note: &str,
) -> Result<MatterId, Problem> {
    act.require(Permission::ExtendClock)?;
    let request = store::request(conn, id)?;
    let desk = Desk::open(conn, act, request.clock_id)?;
    desk.who(act)?.may_refuse(&desk.history.rule, &request)?;
    settle(conn, act, (id, version), RequestState::Refused, note)?;
    let text = format!("“{}”的延期申请未获批准。理由：{note}", desk.history.rule.name);
    matters::note(conn, act, &desk.matter, EntryKind::Deadline, text)?;
    tell_settled(conn, act, &request, RequestState::Refused, note)?;
    let key = format!("extension-refused:{id}");
    let text = "您的延期申请没有获得批准，期限不变。请在事项页查看理由，按原期限办理。";
    let notice = Notice { subject: "延期申请未获批准", text, key: &key, urgent: false };
    tell_of(conn, act, &desk.matter, request.asked_by, notice)?;
    Ok(desk.matter.id)
}

/// Takes one's own request back.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` when it is another's, or settled already.
pub fn withdraw_extension(
    conn: &mut Conn,
    act: &Act,
    (id, version): (RequestId, i64),
) -> Result<MatterId, Problem> {
    act.require(Permission::RecordProgress)?;
    let request = store::request(conn, id)?;
    let desk = Desk::open(conn, act, request.clock_id)?;
    if request.version != version {
        return Err(Problem::Stale);
    }
    desk.who(act)?.may_withdraw(&request)?;
    settle(conn, act, (id, version), RequestState::Withdrawn, "")?;
    let text = format!("撤回了“{}”的延期申请。", desk.history.rule.name);
    matters::note(conn, act, &desk.matter, EntryKind::Deadline, text)?;
    tell_settled(conn, act, &request, RequestState::Withdrawn, "")?;
    Ok(desk.matter.id)
}

fn settle(
    conn: &mut Conn,
    act: &Act,
    which: (RequestId, i64),
    state: RequestState,
    note: &str,
) -> Result<(), Problem> {
    let by = (act.by.person()?, act.by.name.as_str());
    if store::settle(conn, which, state, by, act.now, note)? { Ok(()) } else { Err(Problem::Stale) }
}

fn tell_settled(
    conn: &mut Conn,
    act: &Act,
    request: &ExtensionRequest,
    state: RequestState,
    note: &str,
) -> Result<(), Problem> {
    let values = [("result", state.label()), ("reason", note)];
    audit::record(conn, act, "clock.extension_settled", Subject::Clock(request.clock_id.0), &values)
}
