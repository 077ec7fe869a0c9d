//! Lets what the script says of replies happen, through the actions that the pages call.

use super::super::script::replies::{self as script, Deed};
use super::super::script::with_years;
use crate::assignments::{self, NewStep, Step as AssignmentStep};
use crate::call_backs::types::{Answer, AskManner, Score};
use crate::call_backs::{self, AskingKind};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::types::CloseReason;
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act};
use crate::replies::forms::{Base, Decision, Undertaking};
use crate::replies::types::{Content, Item, Outcome, Remedy, Service, ServiceManner};
use crate::replies::{self, Draft, actions, rules, views};
use crate::reviews;

/// Does it.
pub(super) fn happen(conn: &mut Conn, act: &Act, id: MatterId, deed: &Deed) -> Result<(), Problem> {
    let matter = matters::of_job(conn, id)?;
    let version = matter.version;
    match *deed {
        Deed::Write { items, review, submit } => write(conn, act, id, (items, review, submit)),
        Deed::Approve => {
            let reply = newest(conn, &matter)?.version;
            actions::decide(conn, act, id, reply, &Decision::Approve)
        }
        Deed::Return { reason } => {
            let reply = newest(conn, &matter)?.version;
            actions::decide(conn, act, id, reply, &Decision::Return(reason.to_owned()))
        }
        Deed::Serve { tracking, recipient, proof } => {
            let reply = newest(conn, &matter)?.version;
            let service = service(act, tracking, recipient, proof);
            actions::serve(conn, act, id, (version, reply), &service, Vec::new())
        }
        Deed::Finish { reason, note } => {
            let reason = CloseReason::from_code(reason).unwrap_or(CloseReason::Answered);
            actions::close(conn, act, id, version, (reason, Undertaking::None, note))
        }
        Deed::Withdrawn { reason } => actions::withdraw(conn, act, id, version, reason),
        Deed::Asked { score, note } => {
            let score = Score::from_code(score).unwrap_or(Score::Unrated);
            let answer = Answer { score, manner: AskManner::Phone, note: note.to_owned() };
            call_backs::actions::ask(conn, act, id, AskingKind::Satisfaction, &answer)
        }
        Deed::Review { grounds, above } => {
            let asked = reviews::types::Asked {
                requested_on: act.now.today(),
                received_on: act.now.today(),
                grounds: grounds.to_owned(),
                above: above.to_owned(),
            };
            reviews::actions::request(conn, act, id, &asked).map(drop)
        }
        Deed::Reopened { reason } => actions::reopen(conn, act, id, version, reason),
        Deed::ReportAbove { step, number, text, signer } => {
            report(conn, act, &matter, (step, number, text, signer))
        }
    }
}

fn report(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    (step, number, text, signer): (&str, &str, &str, &str),
) -> Result<(), Problem> {
    let open = assignments::box_for(conn, matter)?.rows.pop();
    let open = open.ok_or_else(|| Problem::internal("the script reports what nobody assigned"))?;
    let leaders = people::leaders(conn, matter.court_id)?;
    let new = NewStep {
        step: AssignmentStep::from_code(step).unwrap_or(AssignmentStep::Progress),
        on_day: act.now.today(),
        due_on: None,
        number: with_years(number, act.now.today()),
        text: text.to_owned(),
        signed_by: leaders.into_iter().find(|one| one.name == signer).map(|one| one.id),
    };
    assignments::step(conn, act, matter.id, (open.row.id, open.row.version), &new).map(drop)
}

fn newest(conn: &mut Conn, matter: &Matter) -> Result<Draft, Problem> {
    let newest = replies::current(conn, matter)?;
    newest.ok_or_else(|| Problem::internal("the script decides on a reply that nobody wrote"))
}

/// Written on the template that the page offers.
fn write(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    (items, review, submit): (&[script::Item], bool, bool),
) -> Result<(), Problem> {
    let template = views::writing(conn, act, id)?;
    let remedy = if review { Remedy::Review } else { Remedy::Procedure };
    let item = |item: &script::Item| Item {
        claim: item.claim.to_owned(),
        facts: item.facts.to_owned(),
        basis: item.basis.to_owned(),
        outcome: Outcome::from_code(item.outcome),
        opinion: item.opinion.to_owned(),
    };
    let content = Content {
        receipt: template.content.receipt,
        items: items.iter().map(item).collect(),
        remedy,
        remedy_text: rules::remedy_text(remedy).to_owned(),
    };
    let base: Base = template.base;
    actions::save(conn, act, id, base, &content, submit).map(drop)
}

fn service(act: &Act, tracking: &str, recipient: &str, proof: &str) -> Service {
    Service {
        manner: if tracking.is_empty() { ServiceManner::InPerson } else { ServiceManner::Post },
        tracking: tracking.to_owned(),
        recipient: recipient.to_owned(),
        proof: proof.to_owned(),
        served_on: act.now.today(),
        received_on: Some(act.now.today()),
    }
}
