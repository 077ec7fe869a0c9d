//! Writes a reply: kept while typing, saved, sent to be approved.

use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::escalation;
use crate::matters::life::{self, Found};
use crate::matters::mails::{Notice, tell};
use crate::matters::stages::Event;
use crate::matters::{self, EntryKind, MatterId};
use crate::people::{Act, StaffId};
use crate::replies::approvals::Approvers;
use crate::replies::forms::Base;
use crate::replies::rules::{self, Open, Refusal};
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
    let draft = write(conn, act, &found, (base, Why::Saved), content)?;
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
        Some(Draft { state: DraftState::Drafted, holder_id, .. }) => *holder_id != Some(me),
        Some(Draft { state: DraftState::Approved, .. }) => true,
        Some(_) | None => false,
    };
    if others {
        return Err(Refusal::OthersDraft.into());
    }
    write(conn, act, &found, (base, Why::Typed), content).map(drop)
}

/// Why something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// Kept while it is typed: the page goes on as it is.
    Typed,
    /// A button was pressed: other pages of the same person are out of date.
    Saved,
}

/// Writes on `base`: into the version that is being drafted, or as the next one.
fn write(
    conn: &mut Conn,
    act: &Act,
    found: &Found,
    (base, why): (Base, Why),
    content: &Content,
) -> Result<Draft, Problem> {
    let current = store::current(conn, &found.matter)?;
    match current {
        Some(draft) if draft.state == DraftState::Drafted => rewrite(conn, act, draft, (base, why), content),
        Some(draft) => {
            let untouched = draft.state == DraftState::Served || draft.version == base.version;
            if draft.number != base.number || !untouched {
                return Err(Problem::Stale);
            }
            if draft.state == DraftState::Approved {
                recall_approved(conn, act, found, &draft)?;
            }
            begin(conn, act, found, Some(&draft), (base, why), content)
        }
        None if base == Base::default() => begin(conn, act, found, None, (base, why), content),
        None => Err(Problem::Stale),
    }
}

/// Writes into the version that is being drafted; whoever does is among those who don't approve it.
fn rewrite(
    conn: &mut Conn,
    act: &Act,
    draft: Draft,
    (base, why): (Base, Why),
    content: &Content,
) -> Result<Draft, Problem> {
    let me = act.by.person()?;
    let (before, to) = (draft.version, draft.version + 1);
    let mine = draft.holder_id == Some(me);
    let open = Open { number: draft.number, version: before, base_version: draft.base_version, mine };
    let base_version = match why {
        Why::Typed => draft.base_version,
        Why::Saved => to,
    };
    let draft = Draft { version: to, base_version, holder_id: Some(me), ..draft };
    if !rules::fits(open, (base.number, base.version))
        || !store::rewrite(conn, before, &draft, content, act.now)?
    {
        return Err(Problem::Stale);
    }
    store::add_writers(conn, draft.id, &[me])?;
    Ok(draft)
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

/// Begins the next version; what was written in the one before it, unless that was served, goes into it.
fn begin(
    conn: &mut Conn,
    act: &Act,
    found: &Found,
    before: Option<&Draft>,
    (base, why): (Base, Why),
    content: &Content,
) -> Result<Draft, Problem> {
    let me = act.by.person()?;
    let version = match why {
        Why::Typed => base.version,
        Why::Saved => base.version + 1,
    };
    let mut writers = match before {
        Some(one) if one.state != DraftState::Served => store::writers_of(conn, one.id)?,
        Some(_) | None => Vec::new(),
    };
    writers.push(me);
    let draft = next(act, found, (me, before.map_or(1, |one| one.number + 1), version), content);
    store::insert(conn, &draft, &content.items, act.now)?;
    store::add_writers(conn, draft.id, &writers)?;
    Ok(draft)
}

fn next(act: &Act, found: &Found, (me, number, version): (StaffId, i64, i64), content: &Content) -> Draft {
    Draft {
        id: DraftId::new(act.now),
        court_id: found.matter.court_id,
        matter_id: found.matter.id,
        number,
        state: DraftState::Drafted,
        receipt: content.receipt.clone(),
        remedy: content.remedy,
        remedy_text: content.remedy_text.clone(),
        drafter_id: me,
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
        holder_id: Some(me),
        base_version: version,
    }
}

fn submitted(conn: &mut Conn, act: &Act, found: &Found, draft: &Draft) -> Result<(), Problem> {
    let me = act.by.person()?;
    let submitted = Draft { submitted_by: Some(me), ..draft.clone() };
    let writers = store::writers_of(conn, draft.id)?;
    let waiting = life::waiting(
        &found.matter,
        &found.hands,
        &submitted,
        writers,
        escalation::in_charge(conn, &found.matter)?,
    );
    let about = [found.matter.id];
    let mut people = Approvers::of(act.now, &about);
    let approvers = people.asked(conn, (&found.matter, &found.hands), &waiting, None)?;
    let asked = approvers.first().copied().filter(|_| approvers.len() == 1);
    if !store::submit(conn, draft.id, (me, act.now.utc()), asked)? {
        return Err(Problem::Stale);
    }
    if approvers.is_empty() {
        return Err(Problem::refused(
            "没有可以批准这份答复意见书的人：起草人、承办人不能自己批准。请联系系统管理员设置庭长或者院领导后再送审。",
        ));
    }
    let who = match waiting.in_charge {
        Some(leader) if asked == Some(leader) => "包案领导",
        _ if rules::needs_leader(found.matter.tier) => "院领导",
        _ => "负责人",
    };
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
