//! Writes a reply: kept while typing, saved, sent to be approved.

use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::matters::life::{self, Found};
use crate::matters::mails::{Notice, tell};
use crate::matters::stages::Event;
use crate::matters::types::HandPart;
use crate::matters::{self, EntryKind, MatterId, audience};
use crate::people::{self, Act, Role, StaffId};
use crate::replies::forms::Base;
use crate::replies::rules::{self, Approver, Refusal};
use crate::replies::store;
use crate::replies::types::{Content, Draft, DraftId, DraftState};

/// Writes the reply, on the version that the writer had in front of them; with `submit`, sends it to be approved.
///
/// # Errors
///
/// `NotFound`, `Forbidden`; `Stale` when somebody else wrote meanwhile; `Refused` by the stage, or when a reply that is to
/// be submitted isn't complete.
pub fn save(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    base: Base,
    content: &Content,
    submit: bool,
) -> Result<DraftId, Problem> {
    let found = life::find_for(conn, act, id, Event::DraftReply)?;
    if submit {
        rules::complete(content)?;
    }
    let draft = write(conn, act, &found, base, base.version + 1, content)?;
    let event = if submit { "reply.submitted" } else { "reply.drafted" };
    audit::record(conn, act, event, Subject::Matter(id.0), &[("number", &draft.number.to_string())])?;
    if submit {
        submitted(conn, act, &found, &draft)?;
    }
    Ok(draft.id)
}

/// Keeps what is typed, while it is typed. What was approved is not touched by typing.
///
/// # Errors
///
/// As [`save`]; `Refused` when somebody else is writing.
pub fn keep(conn: &mut Conn, act: &Act, id: MatterId, base: Base, content: &Content) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::DraftReply)?;
    let current = store::current(conn, &found.matter)?;
    let me = act.by.person()?;
    let others = match &current {
        Some(Draft { state: DraftState::Drafted, drafter_id, .. }) => *drafter_id != me,
        Some(Draft { state: DraftState::Approved, .. }) => true,
        Some(_) | None => false,
    };
    if others {
        return Err(Refusal::OthersDraft.into());
    }
    write(conn, act, &found, base, base.version, content).map(drop)
}

/// Writes on `base`: into the version that is being drafted, or as the next one. Its version is `to` then.
fn write(
    conn: &mut Conn,
    act: &Act,
    found: &Found,
    base: Base,
    to: i64,
    content: &Content,
) -> Result<Draft, Problem> {
    let current = store::current(conn, &found.matter)?;
    match current {
        Some(draft) if draft.state == DraftState::Drafted => {
            let mine = draft.drafter_id == act.by.person()?;
            // Typing has begun the next version on the one that was in front of the writer.
            let begun = mine && draft.number == base.number + 1;
            let fits = draft.number == base.number || begun;
            if !fits || !store::rewrite(conn, draft.id, (base.version, to), content, act.now)? {
                return Err(Problem::Stale);
            }
            Ok(Draft { version: to, ..draft })
        }
        Some(draft) => {
            let untouched = draft.state == DraftState::Served || draft.version == base.version;
            if draft.number != base.number || !untouched {
                return Err(Problem::Stale);
            }
            if draft.state == DraftState::Approved {
                recall_approved(conn, act, found, &draft)?;
            }
            begin(conn, act, found, draft.number + 1, to, content)
        }
        None if base == Base::default() => begin(conn, act, found, 1, to, content),
        None => Err(Problem::Stale),
    }
}

/// What was approved is taken back to be changed: it will have to be approved anew.
fn recall_approved(conn: &mut Conn, act: &Act, found: &Found, draft: &Draft) -> Result<(), Problem> {
    if !store::recall(conn, draft.id, draft.version)? {
        return Err(Problem::Stale);
    }
    deadlines::cancel(conn, found.matter.id.0, Code::Serve)?;
    matters::refresh_next(conn, &found.matter)?;
    let text = "批准的答复意见书撤下修改，修改后重新送审。".to_owned();
    matters::note(conn, act, &found.matter, EntryKind::Reply, text).map(drop)
}

fn begin(
    conn: &mut Conn,
    act: &Act,
    found: &Found,
    number: i64,
    version: i64,
    content: &Content,
) -> Result<Draft, Problem> {
    let draft = Draft {
        id: DraftId::new(act.now),
        court_id: found.matter.court_id,
        matter_id: found.matter.id,
        number,
        state: DraftState::Drafted,
        receipt: content.receipt.clone(),
        remedy: content.remedy,
        remedy_text: content.remedy_text.clone(),
        drafter_id: act.by.person()?,
        drafted_at: act.now.utc(),
        submitted_by: None,
        submitted_at: None,
        decided_by: None,
        decided_at: None,
        reason: String::new(),
        manner: None,
        tracking: String::new(),
        recipient: String::new(),
        proof: String::new(),
        served_by: None,
        served_on: None,
        received_on: None,
        version,
        approver_id: None,
    };
    store::insert(conn, &draft, &content.items, act.now)?;
    Ok(draft)
}

fn submitted(conn: &mut Conn, act: &Act, found: &Found, draft: &Draft) -> Result<(), Problem> {
    let me = act.by.person()?;
    let waiting = Draft { submitted_by: Some(me), ..draft.clone() };
    let approvers = approvers(conn, act, found, &waiting)?;
    let asked = approvers.first().copied().filter(|_| approvers.len() == 1);
    if !store::submit(conn, draft.id, (me, act.now.utc()), asked)? {
        return Err(Problem::Stale);
    }
    if approvers.is_empty() {
        return Err(Problem::refused(
            "没有可以批准这份答复意见书的人：起草人、承办人不能自己批准。请联系系统管理员设置庭长或者院领导后再送审。",
        ));
    }
    let who = if rules::needs_leader(found.matter.tier) { "包案领导" } else { "负责人" };
    let text = format!("答复意见书（第{}稿）送{who}审批。", draft.number);
    matters::note(conn, act, &found.matter, EntryKind::Reply, text)?;
    let key = format!("reply-submitted:{}", draft.id);
    let text = "有一份答复意见书等您审批。请阅后批准，或者写明理由退回修改。";
    for approver in approvers {
        let notice = Notice { subject: "答复意见书待审批", text, key: &key, urgent: false };
        tell(conn, act, &found.matter, approver, notice)?;
    }
    Ok(())
}

/// Who is asked to approve: the head of the division that handles it; else, and from tier 2 up, the supervising leader;
/// else every leader who sees the matter.
fn approvers(conn: &mut Conn, act: &Act, found: &Found, draft: &Draft) -> Result<Vec<StaffId>, Problem> {
    let matter = &found.matter;
    let waiting = life::waiting(matter, &found.hands, draft);
    let division = found.hand(HandPart::Division).and_then(|hand| hand.division_id);
    if let Some(division) = division
        && let Some(head) = people::head_of_division(conn, matter.court_id, division)?
        && rules::approves(Approver { id: head.id, heads: true, leads: false }, waiting)
        && people::roles_of(conn, head.id)?.contains(&Role::DivisionHead)
        && audience::sees(conn, &head, act.now, matter.id)?
    {
        return Ok(vec![head.id]);
    }
    let mut leaders = Vec::new();
    for role in [Role::VicePresident, Role::President] {
        leaders.extend(people::with_role(conn, matter.court_id, role)?);
    }
    leaders.retain(|one| rules::approves(Approver { id: one.id, heads: false, leads: true }, waiting));
    let seeing = audience::who_see(conn, leaders, act.now, matter.id)?;
    let seeing: Vec<StaffId> = seeing.into_iter().map(|one| one.id).collect();
    match matter.supervising_leader_id.filter(|leader| seeing.contains(leader)) {
        Some(leader) => Ok(vec![leader]),
        None => Ok(seeing),
    }
}
