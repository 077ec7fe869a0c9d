//! Registers a visitor, a letter, a call (登记): on a new matter, or as a further contact about one that is known.

use super::clocks;
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::matters::rules::{self, Outcome, Refusal, Screening};
use crate::matters::store;
use crate::matters::types::{
    CaseStage, Channel, Contact, ContactId, EntryId, EntryKind, HeardAt, HeardLevel, HeardManner,
    HeardSource, Matter, MatterCase, MatterId, MatterKind, Part, Participant, Reply, Stage, TimelineEntry,
};
use crate::people::{self, Act, CourtId, DivisionId, DivisionKind, Permission, Role, StaffId};
use crate::petitioners::{self, PetitionerDetails, PetitionerId};
use crate::search;
use crate::time::Moment;
use chrono::{Datelike, NaiveDate};

/// Who came: somebody whose record there is, or somebody new.
#[derive(Clone, Debug)]
pub enum Who {
    Known(PetitionerId),
    New(Box<PetitionerDetails>),
}

/// One of those who came, or who act for them.
#[derive(Clone, Debug)]
pub struct Person {
    pub who: Who,
    pub part: Part,
    pub relation: String,
}

/// A court case as it was read from the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedCase {
    /// Canonical where it follows the rule, else as typed.
    pub number: String,
    pub verified: bool,
    /// Why one that breaks the rule is kept.
    pub reason: Option<String>,
}

/// Where the visitor says it has been heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub level: HeardLevel,
    pub body: String,
    pub manner: HeardManner,
    pub heard_on: Option<NaiveDate>,
    pub source: HeardSource,
}

/// What a new matter is about.
#[derive(Clone, Debug)]
pub struct NewMatter {
    pub category_code: String,
    pub case_stage: CaseStage,
    pub claim: String,
    pub summary: String,
    pub cases: Vec<TypedCase>,
    /// The division whose case it is, or that is complained of.
    pub division_id: Option<DivisionId>,
    /// Whom it complains about: they never see it.
    pub complained_of: Vec<StaffId>,
    pub screening: Screening,
}

/// What the contact is about.
#[derive(Clone, Debug)]
pub enum About {
    Existing(MatterId),
    New(Box<NewMatter>),
}

/// Everything that is entered at the counter about one contact.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Made with the form: the same form sent twice registers once (promise 10).
    pub submission_key: String,
    pub channel: Channel,
    pub happened_at: Moment,
    pub people_count: i64,
    pub people: Vec<Person>,
    pub about: About,
    /// What was said this time; for a new matter its summary is used when this is empty.
    pub contact_summary: String,
    pub handed_in: String,
    pub outside_number: Option<String>,
    pub heard_at: Vec<Heard>,
}

/// What registering made, or had made before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registered {
    pub contact_id: ContactId,
    pub matter_id: MatterId,
    /// The same form had been registered already.
    pub repeated: bool,
}

/// Registers what was entered, in the clerk's own court.
///
/// # Errors
///
/// `Forbidden` without the permission; `NotFound` for a matter the clerk may not see; `Refused` by the rules: see
/// [`Refusal`].
pub fn register(conn: &mut Conn, act: &Act, entered: &Registration) -> Result<Registered, Problem> {
    act.require(Permission::RegisterMatter)?;
    let court = act.by.court()?;
    let made = store::contact_of_submission(conn, court, &entered.submission_key)?;
    if let Some((contact_id, matter_id)) = made {
        return Ok(Registered { contact_id, matter_id, repeated: true });
    }
    if entered.happened_at > act.now {
        return Err(Refusal::InTheFuture.into());
    }
    let parts: Vec<Part> = entered.people.iter().map(|person| person.part).collect();
    rules::check_people(&parts, entered.people_count)?;
    match &entered.about {
        About::New(new) => open(conn, act, court, entered, new),
        About::Existing(id) => add(conn, act, court, entered, *id),
    }
}

/// Those who came, each with a record: new ones get theirs here.
fn participants(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    people: &[Person],
) -> Result<(Vec<Participant>, Vec<String>), Problem> {
    let mut came = Vec::with_capacity(people.len());
    let mut names = Vec::with_capacity(people.len());
    for person in people {
        let petitioner_id = match &person.who {
            Who::New(details) => {
                names.push(if details.confidential {
                    petitioners::types::mask_name(&details.name)
                } else {
                    details.name.clone()
                });
                petitioners::actions::save_new_in(conn, act, court, details)?
            }
            Who::Known(id) => {
                let known = petitioners::store::load(conn, *id)?;
                if known.court_id != court {
                    return Err(Problem::NotFound);
                }
                let survivor = petitioners::store::load(conn, known.survivor())?;
                names.push(survivor.name_shown());
                survivor.id
            }
        };
        came.push(Participant { petitioner_id, part: person.part, relation: person.relation.clone() });
    }
    Ok((came, names))
}

/// The names to be shown in lists: those who came, before those who act for them.
fn line(people: &[Person], names: &[String], count: i64) -> String {
    let came = people.iter().zip(names).filter(|(p, _)| !matches!(p.part, Part::Agent | Part::Lawyer));
    let shown: Vec<&str> = came.map(|(_, name)| name.as_str()).collect();
    rules::petitioner_line(&shown, count)
}

/// A new matter with its first contact.
fn open(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    entered: &Registration,
    new: &NewMatter,
) -> Result<Registered, Problem> {
    let me = act.by.person()?;
    if new.complained_of.contains(&me) {
        return Err(Refusal::ComplaintAboutYourself.into());
    }
    let (came, names) = participants(conn, act, court, &entered.people)?;
    let outcome = rules::screen(Stage::Registered, &new.screening)?;
    let matter = row(conn, act, court, (entered, new), &outcome, &names)?;
    let id = matter.id;
    store::insert(conn, &matter)?;
    store::insert_participants(conn, id, &came)?;
    store::insert_bars(conn, id, &new.complained_of)?;
    store::insert_cases(conn, &cases(act, court, id, &new.cases))?;
    let contact = insert_contact(conn, act, &matter, entered, &came, 1, None)?;
    tell(conn, act, &matter, &contact, &outcome, new)?;
    index(conn, &matter, &names, new)?;
    let values = [
        ("number", matter.number.as_str()),
        ("channel", contact.channel.code()),
        ("stage", matter.stage.code()),
    ];
    audit::record(conn, act, "matter.registered", Subject::Matter(id.0), &values)?;
    Ok(Registered { contact_id: contact.id, matter_id: id, repeated: false })
}

/// The row of a new matter: its number, clocks, and who answers for it.
fn row(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    (entered, new): (&Registration, &NewMatter),
    outcome: &Outcome,
    names: &[String],
) -> Result<Matter, Problem> {
    let (me, today, id) = (act.by.person()?, act.now.today(), MatterId::new(act.now));
    let anonymous = entered.people.iter().all(|person| is_anonymous(&person.who));
    let clocks = start_clocks(conn, act, court, id, entered, outcome, anonymous)?;
    let next = clocks::earliest(&clocks);
    let category = store::category(conn, &new.category_code)?;
    let conduct = !new.complained_of.is_empty() || category.is_some_and(|category| category.conduct);
    let home = people::court(conn, court)?;
    let year = i64::from(today.year());
    let seq = store::next_number(conn, court, "matter", year)?;
    Ok(Matter {
        id,
        court_id: court,
        kind: MatterKind::Petition,
        number: rules::number(&home.number_pattern, &home.short_name, year, seq),
        year,
        seq,
        petitioner_line: line(&entered.people, names, entered.people_count),
        anonymous,
        category_code: new.category_code.clone(),
        case_stage: new.case_stage,
        claim: new.claim.clone(),
        summary: new.summary.clone(),
        conduct,
        division_id: new.division_id,
        stage: outcome.stage,
        close_reason: outcome.close_reason,
        track: track_of(&new.screening),
        tier: None,
        first_receiver_id: me,
        accountable_id: accountable(conn, court, me, conduct, outcome, &new.complained_of)?,
        supervising_leader_id: supervising(conn, court, new, today)?,
        received_at: entered.happened_at.utc(),
        registered_at: act.now.utc(),
        closed_at: (outcome.stage == Stage::Closed).then(|| act.now.utc()),
        next_due_on: next.map(|(due_on, _)| due_on),
        next_clock_id: next.map(|(_, clock)| clock),
        contact_count: 1,
        last_contact_at: entered.happened_at.utc(),
        people_count: entered.people_count,
        query_code: query_code(),
        version: 0,
    })
}

fn is_anonymous(who: &Who) -> bool {
    match who {
        Who::New(details) => details.kind == petitioners::types::PetitionerKind::Anonymous,
        Who::Known(_) => false,
    }
}

fn track_of(screening: &Screening) -> Option<String> {
    match screening {
        Screening::InLitigation(track) => Some(track.code().to_owned()),
        Screening::Undecided
        | Screening::Accepted
        | Screening::NotThisCourt { .. }
        | Screening::AnsweredOnTheSpot { .. } => None,
    }
}

/// Starts the clocks of registration and of the screening's outcome. The receipt is the first notice for whoever stands
/// at the window.
fn start_clocks(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    id: MatterId,
    entered: &Registration,
    outcome: &Outcome,
    anonymous: bool,
) -> Result<Vec<deadlines::Clock>, Problem> {
    if outcome.stage == Stage::Closed {
        return Ok(Vec::new());
    }
    let mut codes = outcome.clocks.clone();
    codes.extend(rules::clocks_of_registration(entered.channel, anonymous));
    let mut started = clocks::start(conn, act, court, id, &codes, act.now.today())?;
    if !anonymous && rules::receipt_is_first_notice(entered.channel) {
        deadlines::meet(conn, id.0, Code::FirstNotice, act.now.today())?;
        started.retain(|clock| clock.code != Code::FirstNotice);
    }
    Ok(started)
}

/// Who answers for it from now on: for a complaint about conduct, inspection; for what was led into litigation, the head
/// of filing; else whoever received it first, until somebody else has accepted it.
fn accountable(
    conn: &mut Conn,
    court: CourtId,
    me: StaffId,
    conduct: bool,
    outcome: &Outcome,
    complained_of: &[StaffId],
) -> Result<StaffId, Problem> {
    if conduct {
        let inspectors = people::with_role(conn, court, Role::Inspector)?;
        let free = inspectors.iter().find(|inspector| !complained_of.contains(&inspector.id));
        if let Some(inspector) = free {
            return Ok(inspector.id);
        }
        // The inspector named: the president (2-domain 2.3).
        let presidents = people::with_role(conn, court, Role::President)?;
        let free = presidents.iter().find(|president| !complained_of.contains(&president.id));
        return Ok(free.map_or(me, |president| president.id));
    }
    if outcome.to_head_of_filing {
        let head = people::head_of(conn, court, DivisionKind::Filing)?;
        return head.map(|head| head.id).ok_or_else(|| Refusal::NoHeadOfFiling.into());
    }
    Ok(me)
}

/// The leader who supervises it, from the portfolio, unless the complaint is about them.
fn supervising(
    conn: &mut Conn,
    court: CourtId,
    new: &NewMatter,
    today: NaiveDate,
) -> Result<Option<StaffId>, Problem> {
    let leader = people::supervising_leader(conn, court, new.division_id, today)?;
    Ok(leader.filter(|leader| !new.complained_of.contains(leader)))
}

/// Eight characters without those that are mixed up when read out.
fn query_code() -> String {
    const LETTERS: &[char] = &[
        '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P',
        'Q', 'R', 'T', 'U', 'V', 'W', 'X', 'Y',
    ];
    (0..8).filter_map(|_| LETTERS.get(rand::random_range(0..LETTERS.len()))).collect()
}

fn cases(act: &Act, court: CourtId, matter: MatterId, typed: &[TypedCase]) -> Vec<MatterCase> {
    (0_i64..)
        .zip(typed)
        .map(|(position, case)| MatterCase {
            id: next_id(act.now),
            court_id: court,
            matter_id: matter,
            number: case.number.clone(),
            verified: case.verified,
            reason: case.reason.clone(),
            position,
        })
        .collect()
}

fn insert_contact(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    entered: &Registration,
    came: &[Participant],
    nth: i64,
    interval_days: Option<i64>,
) -> Result<Contact, Problem> {
    let said = entered.contact_summary.trim();
    let summary = if said.is_empty() && nth == 1 { matter.summary.as_str() } else { said };
    let contact = Contact {
        id: ContactId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        nth,
        channel: entered.channel,
        happened_at: entered.happened_at.utc(),
        registered_at: act.now.utc(),
        people_count: entered.people_count,
        petitioner_line: matter.petitioner_line.clone(),
        summary: summary.to_owned(),
        handed_in: entered.handed_in.clone(),
        received_by: act.by.person()?,
        outside_number: entered.outside_number.clone(),
        interval_days,
        submission_key: entered.submission_key.clone(),
    };
    store::insert_contact(conn, &contact)?;
    store::insert_contact_people(conn, contact.id, came)?;
    let heard: Vec<HeardAt> = entered
        .heard_at
        .iter()
        .map(|heard| HeardAt {
            id: next_id(act.now),
            matter_id: matter.id,
            contact_id: Some(contact.id),
            level: heard.level,
            body: heard.body.clone(),
            manner: heard.manner,
            heard_on: heard.heard_on,
            source: heard.source,
        })
        .collect();
    store::insert_heard_at(conn, &heard)?;
    Ok(contact)
}

/// An entry of the timeline by whoever acts.
pub(super) fn entry(
    act: &Act,
    matter: &Matter,
    kind: EntryKind,
    text: String,
    contact: Option<ContactId>,
) -> TimelineEntry {
    TimelineEntry {
        id: EntryId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        kind,
        at: act.now.utc(),
        staff_id: act.by.staff_id,
        staff_name: act.by.name.clone(),
        text,
        contact_id: contact,
        corrects_id: None,
    }
}

/// Writes what happened on the timeline, and the reply where the screening ended the matter.
fn tell(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    contact: &Contact,
    outcome: &Outcome,
    new: &NewMatter,
) -> Result<(), Problem> {
    let text = format!("{}登记，编号{}。", contact.channel.label(), matter.number);
    let mut entries = vec![entry(act, matter, EntryKind::Registered, text, Some(contact.id))];
    entries.extend(super::screen::entries(act, matter, &new.screening));
    store::insert_entries(conn, &entries)?;
    if let Some((manner, text)) = &outcome.reply {
        store::insert_reply(conn, &reply(act, matter.id, *manner, text)?)?;
    }
    Ok(())
}

pub(super) fn reply(
    act: &Act,
    matter_id: MatterId,
    manner: crate::matters::types::ReplyManner,
    text: &str,
) -> Result<Reply, Problem> {
    Ok(Reply {
        id: next_id(act.now),
        matter_id,
        manner,
        text: text.to_owned(),
        by_id: act.by.person()?,
        given_at: act.now.utc(),
    })
}

fn index(conn: &mut Conn, matter: &Matter, names: &[String], new: &NewMatter) -> Result<(), Problem> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut numbers: Vec<&str> = vec![&matter.number];
    numbers.extend(new.cases.iter().map(|case| case.number.as_str()));
    let court = format!("court{}", matter.court_id);
    let document = search::Document {
        texts: &[&matter.claim, &matter.summary],
        names: &names,
        numbers: &numbers,
        marks: &[&court],
    };
    search::put(conn, matter.id.0, &document)?;
    Ok(())
}

/// A further contact on a matter that is known. One about a closed matter is answered within its own time by pointing to
/// the reply; whether it brings something new is decided by reopening.
fn add(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    entered: &Registration,
    id: MatterId,
) -> Result<Registered, Problem> {
    let mut matter = store::find(conn, &act.by.scope, id)?;
    let (came, names) = participants(conn, act, court, &entered.people)?;
    let before = Moment::from_utc(matter.last_contact_at).today();
    let interval = rules::interval_days(before, entered.happened_at.today());
    let nth = store::count_contact(conn, id, entered.happened_at.utc(), entered.people_count)?;
    store::insert_participants(conn, id, &came)?;
    matter.petitioner_line = line(&entered.people, &names, entered.people_count);
    let contact = insert_contact(conn, act, &matter, entered, &came, nth, Some(interval))?;
    let text = format!("第{nth}次{}，距上次{interval}天。{}", contact.channel.label(), contact.summary);
    let entries = [entry(act, &matter, EntryKind::Contact, text, Some(contact.id))];
    store::insert_entries(conn, &entries)?;
    let code = if matter.stage == Stage::Closed { Code::RepeatAnswer } else { Code::FirstNotice };
    if matter.stage == Stage::Closed || !rules::receipt_is_first_notice(entered.channel) {
        clocks::start(conn, act, court, id, &[code], act.now.today())?;
        refresh_next(conn, &matter)?;
    }
    let values = [("nth", nth.to_string()), ("channel", contact.channel.code().to_owned())];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    audit::record(conn, act, "contact.registered", Subject::Contact(contact.id.0), &values)?;
    Ok(Registered { contact_id: contact.id, matter_id: id, repeated: false })
}

/// Puts the earliest running clock on the matter's row.
pub(super) fn refresh_next(conn: &mut Conn, matter: &Matter) -> Result<(), Problem> {
    if matter.stage != Stage::Closed
        && let Some((clock, _)) = deadlines::next(conn, matter.id.0)?
    {
        store::set_next_due(conn, matter.id, clock.due_on, Some(clock.id))?;
    }
    Ok(())
}
