//! Begins what is asked after a closing, keeps the answers, and answers whoever comes again.

use super::rules;
use super::store;
use super::types::{Answer, Asking, AskingId, AskingKind, AskingState, Score};
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::matters::life;
use crate::matters::mails::{Notice, tell};
use crate::matters::stages::Event;
use crate::matters::types::{CloseReason, Reply, ReplyManner};
use crate::matters::{self, EntryKind, Matter, MatterId, audience};
use crate::people::Act;
use chrono::NaiveDate;

/// Begins asking how satisfied they are with a matter that has just been closed for this reason.
///
/// # Errors
///
/// When it can't be written.
pub fn begin(conn: &mut Conn, act: &Act, matter: &Matter, reason: CloseReason) -> Result<(), Problem> {
    if !rules::is_asked(reason, matter.anonymous) {
        return Ok(());
    }
    let month = rules::month_of(act.now.today());
    insert(conn, act, (matter, AskingKind::Satisfaction, &month), act.now.today())
}

/// Puts something to be asked on the list; its clock runs from `from`.
pub(super) fn insert(
    conn: &mut Conn,
    act: &Act,
    (matter, kind, month): (&Matter, AskingKind, &str),
    from: NaiveDate,
) -> Result<(), Problem> {
    let clock = deadlines::start(conn, act, matter.court_id, matter.id.0, code(kind), from)?;
    let asking = Asking {
        id: AskingId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        kind,
        month: month.to_owned(),
        clock_id: clock.id,
        due_on: clock.due_on,
        state: AskingState::Waiting,
        score: None,
        manner: None,
        note: String::new(),
        asked_by: None,
        asked_at: None,
    };
    Ok(store::insert(conn, &asking)?)
}

fn code(kind: AskingKind) -> Code {
    match kind {
        AskingKind::Satisfaction => Code::Satisfaction,
        AskingKind::CallBack => Code::CallBack,
    }
}

/// Keeps what the petitioner answered.
///
/// # Errors
///
/// `NotFound`; `Forbidden` for the handler; `Refused` when nothing waits to be asked.
pub fn ask(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    kind: AskingKind,
    answer: &Answer,
) -> Result<(), Problem> {
    let (event, entry) = match kind {
        AskingKind::Satisfaction => (Event::AskSatisfaction, EntryKind::Satisfaction),
        AskingKind::CallBack => (Event::CallBack, EntryKind::CallBack),
    };
    let found = life::find_for(conn, act, id, event)?;
    if !store::answer(conn, id, kind, answer, (act.by.person()?, act.now.utc()))? {
        return Err(Problem::Stale);
    }
    deadlines::meet(conn, id.0, code(kind), act.now.today())?;
    let said = if answer.note.is_empty() { String::new() } else { format!("信访人说：{}", answer.note) };
    let text = format!("{}询问，{}。{said}", answer.manner.label(), answer.score.label());
    matters::note(conn, act, &found.matter, entry, text)?;
    if let (Score::Dissatisfied, Some(leader)) = (answer.score, found.matter.supervising_leader_id) {
        let key = format!("dissatisfied:{}:{}", kind.code(), act.now.utc());
        let text = "一件已办结的信访事项，信访人表示不满意。请查看原因，必要时恢复办理。";
        tell(
            conn,
            act,
            &found.matter,
            leader,
            Notice { subject: "信访人不满意", text, key: &key, urgent: false },
        )?;
    }
    let action = match kind {
        AskingKind::Satisfaction => "matter.satisfaction_asked",
        AskingKind::CallBack => "matter.called_back",
    };
    audit::record(conn, act, action, Subject::Matter(id.0), &[("result", answer.score.code())])
}

/// Tells whoever has to see to it that somebody came again about a closed matter, for the `nth` time: no list of open
/// matters does.
///
/// # Errors
///
/// When it can't be written.
pub fn came_again(conn: &mut Conn, act: &Act, matter: &Matter, nth: i64) -> Result<(), Problem> {
    let key = format!("came-again:{nth}");
    let text = "一件已办结的信访事项，信访人再次反映。请在五个工作日内答复：没有新情况的指明原答复，有新情况的恢复办理。";
    for one in audience::responsible(conn, matter, act.now)? {
        if Some(one.id) != act.by.staff_id {
            let notice = Notice { subject: "办结后再次反映", text, key: &key, urgent: false };
            tell(conn, act, matter, one.id, notice)?;
        }
    }
    Ok(())
}

/// Answers somebody who came again about a closed matter, by pointing to its reply.
///
/// # Errors
///
/// `NotFound`, `Forbidden`; `Refused` when nobody waits for an answer.
pub fn answer_again(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    (manner, text): (ReplyManner, &str),
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::AnswerAgain)?;
    deadlines::meet(conn, id.0, Code::RepeatAnswer, act.now.today())?;
    let reply = Reply {
        id: next_id(act.now),
        matter_id: id,
        manner,
        text: text.to_owned(),
        by_id: act.by.person()?,
        given_at: act.now.utc(),
    };
    matters::store::insert_reply(conn, &reply)?;
    let note = format!("答复再次反映（{}）：{text}", manner.label());
    matters::note(conn, act, &found.matter, EntryKind::Reply, note)?;
    audit::record(conn, act, "matter.answered_again", Subject::Matter(id.0), &[("manner", manner.code())])
}

/// Asks no more, as when the matter is opened again.
///
/// # Errors
///
/// When it can't be written.
pub fn drop_waiting(conn: &mut Conn, matter: &Matter) -> Result<(), Problem> {
    store::drop_waiting(conn, matter.id)?;
    for code in [Code::Satisfaction, Code::CallBack, Code::RepeatAnswer] {
        deadlines::cancel(conn, matter.id.0, code)?;
    }
    Ok(())
}
