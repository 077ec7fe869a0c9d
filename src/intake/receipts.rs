//! Reading for the receipt: everything that the visitor takes home.

use super::rules;
use super::store;
use super::types::{Promise, Receipt};
use crate::db::Conn;
use crate::deadlines;
use crate::error::Problem;
use crate::matters::types::{CloseReason, Contact, Matter, Stage};
use crate::matters::{self, ContactId};
use crate::people::{self, Act, StaffId};
use crate::time::Moment;

/// The receipt of a contact.
///
/// # Errors
///
/// `NotFound` for a contact that the person may not see.
pub fn receipt(conn: &mut Conn, act: &Act, id: ContactId) -> Result<Receipt, Problem> {
    let contact = matters::store::find_contact(conn, &act.by.scope, id)?;
    let matter = matters::store::find(conn, &act.by.scope, contact.matter_id)?;
    let court = people::court(conn, matter.court_id)?;
    let cases = matters::store::cases_of(conn, &matter)?;
    Ok(Receipt {
        court: court.name,
        address: court.address,
        window: court.window_name,
        telephone: court.telephone,
        matter_id: matter.id,
        number: matter.number.clone(),
        query_code: matter.query_code.clone(),
        petitioners: contact.petitioner_line.clone(),
        anonymous: matter.anonymous,
        channel: contact.channel.label().to_owned(),
        happened_at: Moment::from_utc(contact.happened_at),
        registered_at: Moment::from_utc(contact.registered_at),
        received_by: name_of(conn, contact.received_by)?.0,
        nth: contact.nth,
        interval_days: contact.interval_days,
        people_count: contact.people_count,
        claim: matter.claim.clone(),
        cases: cases.into_iter().map(|case| case.number).collect(),
        handed_in: contact.handed_in.clone(),
        outside_number: contact.outside_number.clone(),
        next: rules::next_step(matter.stage, matter.track(), matter.close_reason),
        promises: promises(conn, &matter)?,
        accountable: accountable(conn, &matter)?,
        guidance: guidance(conn, &matter, &contact)?,
    })
}

fn name_of(
    conn: &mut Conn,
    id: StaffId,
) -> Result<(String, Option<people::DivisionId>, Option<String>), Problem> {
    let found = store::staff_named(conn, &[id])?.into_iter().next();
    let (_, name, division, telephone) = found.ok_or(Problem::NotFound)?;
    Ok((name, division, telephone))
}

/// 立案庭 林小雨，电话 0375-2520002.
fn accountable(conn: &mut Conn, matter: &Matter) -> Result<String, Problem> {
    let (name, division, telephone) = name_of(conn, matter.accountable_id)?;
    let divisions = people::every_division(conn, matter.court_id)?;
    let division = divisions.into_iter().find(|known| Some(known.id) == division);
    let telephone = telephone.or_else(|| division.as_ref().map(|division| division.telephone.clone()));
    let mut words = division.map_or_else(String::new, |division| format!("{} ", division.name));
    words.push_str(&name);
    if let Some(telephone) = telephone.filter(|number| !number.is_empty()) {
        words.push_str(&format!("，电话 {telephone}"));
    }
    Ok(words)
}

/// What is promised by which date: each open clock that concerns the petitioner.
fn promises(conn: &mut Conn, matter: &Matter) -> Result<Vec<Promise>, Problem> {
    let clocks = deadlines::of_matter(conn, matter.id.0)?;
    let open = clocks.into_iter().filter(|(clock, _)| clock.is_open());
    Ok(open
        .map(|(clock, rule)| Promise {
            what: rules::promise(clock.code),
            due_on: clock.due_on,
            provisional: clock.provisional,
            basis: rule.resting_on(),
        })
        .collect())
}

/// The guidance sheet, where the screening pointed elsewhere or into litigation. Only the first contact has it.
fn guidance(
    conn: &mut Conn,
    matter: &Matter,
    contact: &Contact,
) -> Result<Option<(String, Vec<String>)>, Problem> {
    if contact.nth > 1 {
        return Ok(None);
    }
    if let (Stage::InLitigation, Some(track)) = (matter.stage, matter.track()) {
        let lines = vec![
            format!("您反映的事项依法应当通过“{}”程序解决。", track.label()),
            rules::litigation_guidance(track).to_owned(),
            "本指引单不代替立案。您递交的材料符合法定条件的，本院依法立案；不符合的，依法书面告知理由。"
                .to_owned(),
        ];
        return Ok(Some(("诉讼程序指引单".to_owned(), lines)));
    }
    if matter.close_reason == Some(CloseReason::NotAccepted) {
        let replies = matters::store::replies_of(conn, matter)?;
        let mut lines: Vec<String> = replies.into_iter().map(|reply| reply.text).collect();
        lines.push("您坚持认为应当由人民法院处理的，可以依法提起诉讼，本院将依法审查是否立案。".to_owned());
        return Ok(Some(("指引单".to_owned(), lines)));
    }
    if matter.close_reason == Some(CloseReason::AnsweredOnTheSpot) {
        let replies = matters::store::replies_of(conn, matter)?;
        return Ok(Some(("当场答复".to_owned(), replies.into_iter().map(|reply| reply.text).collect())));
    }
    Ok(None)
}
