//! Lets what is done about enforcement happen.

use super::super::script::enforcement::{Measure, Task};
use super::cast::Cast;
use crate::campaigns::{self, CampaignDraft, CampaignId};
use crate::db::Conn;
use crate::enforcement::{
    self, MeasureDraft, Outcome, PaidBy, PostingKind, ResultDraft, Said, SheetDraft, SumDraft, TalkKind,
};
use crate::error::Problem;
use crate::matters::MatterId;
use crate::people::Act;
use chrono::{NaiveDate, TimeDelta};

/// Fen in a yuan.
const FEN: i64 = 100;

pub(super) fn happen(
    conn: &mut Conn,
    act: &Act,
    cast: &Cast,
    id: MatterId,
    task: &Task,
) -> Result<(), Problem> {
    let today = act.now.today();
    match *task {
        Task::Issue { task, days, measures } => issue(conn, act, cast, id, (task, days, measures)),
        Task::Result { nth, text } => {
            let detail = enforcement::of_matter(conn, act, id)?;
            let newest = detail.sheets.first().into_iter().flat_map(|sheet| &sheet.measures);
            let measure = newest.map(|shown| &shown.measure).find(|measure| measure.position == nth);
            let measure = measure.ok_or_else(|| Problem::internal(format!("no measure {nth} is set")))?;
            let done = ResultDraft { outcome: Outcome::Done, on: today, text: text.to_owned() };
            enforcement::record_result(conn, act, measure.id, measure.version, &done).map(drop)
        }
        Task::Due { yuan, reason } => {
            enforcement::fix_due(conn, act, id, &sum(act, yuan, (None, "", reason)))
        }
        Task::Paid { yuan, manner, payer, note } => {
            let manner = PaidBy::from_code(manner);
            enforcement::record_payment(conn, act, id, &sum(act, yuan, (manner, payer, note)))
        }
        Task::Correct { yuan, reason } => correct(conn, act, id, (yuan, reason)),
        Task::Heard { said, decided } => talk(conn, act, id, (TalkKind::ReportHeard, "", said, decided)),
        Task::Met { party, said, answer } => talk(conn, act, id, (TalkKind::PartyMet, party, said, answer)),
        Task::Open { .. } | Task::PutIn { .. } | Task::TakeOut { .. } | Task::Close { .. } => {
            campaign(conn, act, cast, id, task)
        }
    }
}

fn own(act: &Act, what: &str) -> String {
    format!("demo-{what}-{}", act.now.utc().and_utc().timestamp())
}

fn sum(act: &Act, yuan: i64, (manner, payer, note): (Option<PaidBy>, &str, &str)) -> SumDraft {
    SumDraft {
        amount_fen: yuan * FEN,
        happened_on: act.now.today(),
        manner,
        payer: payer.to_owned(),
        note: note.to_owned(),
        submission: own(act, "sum"),
    }
}

fn issue(
    conn: &mut Conn,
    act: &Act,
    cast: &Cast,
    id: MatterId,
    (task, days, measures): (&str, i64, &[Measure]),
) -> Result<(), Problem> {
    let after = |days| act.now.today() + TimeDelta::days(days);
    let mut set = Vec::new();
    for (text, owner, days) in measures {
        let owner = cast.staff(owner)?.id;
        set.push(MeasureDraft { text: (*text).to_owned(), owner, due_on: after(*days) });
    }
    let draft = SheetDraft {
        task: task.to_owned(),
        issuer: act.by.person()?,
        due_on: after(days),
        measures: set,
        submission: own(act, "sheet"),
    };
    enforcement::issue(conn, act, id, &draft).map(drop)
}

fn correct(conn: &mut Conn, act: &Act, id: MatterId, (yuan, reason): (i64, &str)) -> Result<(), Problem> {
    let detail = enforcement::of_matter(conn, act, id)?;
    let mut postings = detail.postings.iter().map(|(posting, _)| posting);
    let newest = postings.rfind(|posting| posting.kind == PostingKind::Paid);
    let newest = newest.ok_or_else(|| Problem::internal("the script corrects what nobody paid"))?;
    let own = own(act, "correct");
    enforcement::correct_posting(conn, act, newest.id, Some(yuan * FEN), (reason, &own)).map(drop)
}

fn talk(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    (kind, party, said, decided): (TalkKind, &str, &str, &str),
) -> Result<(), Problem> {
    let said = Said {
        kind,
        held_on: act.now.today(),
        staff: act.by.person()?,
        party: party.to_owned(),
        said: said.to_owned(),
        decided: decided.to_owned(),
        submission: own(act, "talk"),
    };
    enforcement::record_talk(conn, act, id, &said)
}

fn campaign(conn: &mut Conn, act: &Act, cast: &Cast, id: MatterId, task: &Task) -> Result<(), Problem> {
    let known = |conn: &mut Conn, name: &str| -> Result<(CampaignId, i64), Problem> {
        let found = campaigns::named(conn, cast.court, name)?;
        let found = found.ok_or_else(|| Problem::internal(format!("{name} isn't open yet")))?;
        Ok((found.id, found.version))
    };
    match *task {
        Task::Open { name, goal, from, to, responsible } => {
            let day = |days| -> NaiveDate { act.now.today() + TimeDelta::days(days) };
            let draft = CampaignDraft {
                name: name.to_owned(),
                goal: goal.to_owned(),
                starts_on: day(from),
                ends_on: day(to),
                responsible: cast.staff(responsible)?.id,
            };
            let made = campaigns::open(conn, act, &draft)?;
            campaigns::put_in(conn, act, made, &[id]).map(drop)
        }
        Task::PutIn { name } => {
            let (campaign, _) = known(conn, name)?;
            campaigns::put_in(conn, act, campaign, &[id]).map(drop)
        }
        Task::TakeOut { name, reason } => {
            let (campaign, _) = known(conn, name)?;
            campaigns::take_out(conn, act, campaign, id, reason)
        }
        Task::Close { name, summary } => {
            let (campaign, version) = known(conn, name)?;
            campaigns::close(conn, act, campaign, version, summary)
        }
        Task::Issue { .. }
        | Task::Result { .. }
        | Task::Due { .. }
        | Task::Paid { .. }
        | Task::Correct { .. }
        | Task::Heard { .. }
        | Task::Met { .. } => Ok(()),
    }
}
