//! Where matters, their contacts and what happened to them are kept.

mod hands;
mod lists;
mod received;
mod visible;

pub use hands::{end_hands, hands_of, hands_of_all, insert_hand, loads};
pub use lists::{contacts, count_open, matters_by_due, matters_newest};
pub use received::{correct_received, second_contact};
pub use visible::{
    asking_visible, assignment_visible, campaign_visible, contact_visible, enforcement_visible,
    heard_visible, instruction_visible, participant_visible, review_within, supervision_visible, visible,
};

use super::types::{
    Category, Contact, ContactId, GuidanceReason, HeardAt, Matter, MatterCase, MatterId, Part, Participant,
    Reply, TimelineEntry,
};
use crate::db::Conn;
use crate::deadlines::ClockId;
use crate::people::{CourtId, Scope, StaffId};
use crate::petitioners::PetitionerId;
use crate::schema::{
    categories, contact_petitioners, contacts as contacts_table, guidance_reasons, heard_at, matter_bars,
    matter_cases, matter_petitioners, matters, replies, timeline,
};
use crate::{insert_rows, on_each_database};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::collections::HashSet;

/// A matter as its row stands.
pub fn insert(conn: &mut Conn, matter: &Matter) -> QueryResult<()> {
    on_each_database!(conn, |c| diesel::insert_into(matters::table).values(matter).execute(c)).map(drop)
}

/// One matter, if this person may see it.
pub fn find(conn: &mut Conn, scope: &Scope, id: MatterId) -> QueryResult<Matter> {
    matters::table.find(id).filter(visible(scope)).first(conn)
}

/// One matter, for a job of the system, which has no scope.
pub fn of_job(conn: &mut Conn, id: MatterId) -> QueryResult<Matter> {
    matters::table.find(id).first(conn)
}

/// The matter with this number in the person's court, if they may see it.
pub fn find_by_number(conn: &mut Conn, scope: &Scope, number: &str) -> QueryResult<Matter> {
    matters::table.filter(matters::number.eq(number)).filter(visible(scope)).first(conn)
}

/// These matters, those the person may see, in no order.
pub fn find_all(conn: &mut Conn, scope: &Scope, ids: &[MatterId]) -> QueryResult<Vec<Matter>> {
    matters::table.filter(matters::id.eq_any(ids.to_vec())).filter(visible(scope)).load(conn)
}

/// Those of `ids` that the person may see.
pub fn only_visible(conn: &mut Conn, scope: &Scope, ids: &[i64]) -> QueryResult<Vec<i64>> {
    let ids: Vec<MatterId> = ids.iter().map(|id| MatterId(*id)).collect();
    matters::table.filter(matters::id.eq_any(ids)).filter(visible(scope)).select(matters::id).load(conn)
}

/// Makes this leader, or nobody, supervise a matter, whatever its version.
pub fn set_supervising(conn: &mut Conn, id: MatterId, leader: Option<StaffId>) -> QueryResult<()> {
    diesel::update(matters::table.find(id))
        .set(matters::supervising_leader_id.eq(leader))
        .execute(conn)
        .map(drop)
}

/// What changes of a matter as it goes on.
#[derive(Clone, Debug)]
pub struct Step {
    pub stage: super::types::Stage,
    pub close_reason: Option<super::types::CloseReason>,
    pub track: Option<String>,
    pub accountable_id: StaffId,
    pub closed_at: Option<chrono::NaiveDateTime>,
    pub to_archive_since: Option<chrono::NaiveDateTime>,
    pub next_due_on: Option<NaiveDate>,
    pub next_clock_id: Option<ClockId>,
}

/// Moves a matter on, if it is still at `version`. Says whether it was.
pub fn advance(conn: &mut Conn, id: MatterId, version: i64, step: &Step) -> QueryResult<bool> {
    let changed = diesel::update(matters::table.find(id).filter(matters::version.eq(version)))
        .set((
            matters::stage.eq(step.stage),
            matters::close_reason.eq(step.close_reason),
            matters::track.eq(&step.track),
            matters::accountable_id.eq(step.accountable_id),
            matters::closed_at.eq(step.closed_at),
            matters::to_archive_since.eq(step.to_archive_since),
            matters::next_due_on.eq(step.next_due_on),
            matters::next_clock_id.eq(step.next_clock_id),
            matters::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Counts a further contact onto its matter and returns its number.
pub fn count_contact(
    conn: &mut Conn,
    id: MatterId,
    at: chrono::NaiveDateTime,
    people: i64,
) -> QueryResult<i64> {
    diesel::update(matters::table.find(id))
        .set((
            matters::contact_count.eq(matters::contact_count + 1),
            matters::last_contact_at.eq(at),
            matters::people_count.eq(people),
            matters::version.eq(matters::version + 1),
        ))
        .returning(matters::contact_count)
        .get_result(conn)
}

/// The next date and clock of a matter that stays where it is.
pub fn set_next_due(
    conn: &mut Conn,
    id: MatterId,
    due_on: NaiveDate,
    clock: Option<ClockId>,
) -> QueryResult<usize> {
    diesel::update(matters::table.find(id))
        .set((matters::next_due_on.eq(due_on), matters::next_clock_id.eq(clock)))
        .execute(conn)
}

pub fn insert_contact(conn: &mut Conn, contact: &Contact) -> QueryResult<()> {
    on_each_database!(conn, |c| diesel::insert_into(contacts_table::table).values(contact).execute(c))
        .map(drop)
}

/// The contact that a submission made, if it has been made.
pub fn contact_of_submission(
    conn: &mut Conn,
    court: CourtId,
    submission_key: &str,
) -> QueryResult<Option<(ContactId, MatterId)>> {
    contacts_table::table
        .filter(contacts_table::court_id.eq(court).and(contacts_table::submission_key.eq(submission_key)))
        .select((contacts_table::id, contacts_table::matter_id))
        .first(conn)
        .optional()
}

/// One contact, if the person may see its matter.
pub fn find_contact(conn: &mut Conn, scope: &Scope, id: ContactId) -> QueryResult<Contact> {
    contacts_table::table
        .inner_join(matters::table)
        .filter(contacts_table::id.eq(id))
        .filter(contact_visible(scope))
        .select(contacts_table::all_columns)
        .first(conn)
}

/// A matter's contacts, the newest first. The matter itself has been found by scope.
pub fn contacts_of(conn: &mut Conn, matter: &Matter) -> QueryResult<Vec<Contact>> {
    contacts_table::table
        .filter(contacts_table::matter_id.eq(matter.id))
        .order(contacts_table::nth.desc())
        .limit(200)
        .load(conn)
}

pub fn insert_participants(conn: &mut Conn, matter: MatterId, people: &[Participant]) -> QueryResult<()> {
    let rows: Vec<_> = (0_i64..)
        .zip(people)
        .map(|(position, person)| {
            (
                matter_petitioners::matter_id.eq(matter),
                matter_petitioners::petitioner_id.eq(person.petitioner_id),
                matter_petitioners::part.eq(person.part),
                matter_petitioners::relation.eq(person.relation.clone()),
                matter_petitioners::position.eq(position),
            )
        })
        .collect();
    insert_rows!(conn, matter_petitioners::table, rows, on_conflict_do_nothing)
}

pub fn insert_contact_people(conn: &mut Conn, contact: ContactId, people: &[Participant]) -> QueryResult<()> {
    let rows: Vec<_> = people
        .iter()
        .map(|person| {
            (
                contact_petitioners::contact_id.eq(contact),
                contact_petitioners::petitioner_id.eq(person.petitioner_id),
                contact_petitioners::part.eq(person.part),
            )
        })
        .collect();
    insert_rows!(conn, contact_petitioners::table, rows, on_conflict_do_nothing)
}

/// Who takes part in a matter, in the order they were entered.
pub fn participants(conn: &mut Conn, matter: &Matter) -> QueryResult<Vec<Participant>> {
    let rows: Vec<(PetitionerId, Part, String)> = matter_petitioners::table
        .filter(matter_petitioners::matter_id.eq(matter.id))
        .order(matter_petitioners::position)
        .select((matter_petitioners::petitioner_id, matter_petitioners::part, matter_petitioners::relation))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(petitioner_id, part, relation)| Participant { petitioner_id, part, relation })
        .collect())
}

/// Who came with one contact.
pub fn contact_people(conn: &mut Conn, contact: &Contact) -> QueryResult<Vec<(PetitionerId, Part)>> {
    contact_petitioners::table
        .filter(contact_petitioners::contact_id.eq(contact.id))
        .select((contact_petitioners::petitioner_id, contact_petitioners::part))
        .load(conn)
}

/// The matters in which any of these petitioners takes part and which the person may see, the newest first.
pub fn of_petitioners(
    conn: &mut Conn,
    scope: &Scope,
    petitioners: &[PetitionerId],
    limit: i64,
) -> QueryResult<Vec<Matter>> {
    let theirs = matter_petitioners::table
        .filter(matter_petitioners::petitioner_id.eq_any(petitioners.to_vec()))
        .select(matter_petitioners::matter_id);
    matters::table
        .filter(matters::id.eq_any(theirs))
        .filter(visible(scope))
        .order(matters::id.desc())
        .limit(limit)
        .load(conn)
}

/// The matters about this court case that the person may see, the newest first.
pub fn about_case(conn: &mut Conn, scope: &Scope, number: &str, limit: i64) -> QueryResult<Vec<Matter>> {
    let Some(court) = scope.court_id else { return Ok(Vec::new()) };
    let about = matter_cases::table
        .filter(matter_cases::court_id.eq(court).and(matter_cases::number.eq(number)))
        .select(matter_cases::matter_id);
    matters::table
        .filter(matters::id.eq_any(about))
        .filter(visible(scope))
        .order(matters::id.desc())
        .limit(limit)
        .load(conn)
}

pub fn insert_cases(conn: &mut Conn, cases: &[MatterCase]) -> QueryResult<()> {
    if cases.is_empty() {
        return Ok(());
    }
    let insert = diesel::insert_into(matter_cases::table).values(cases.to_vec());
    on_each_database!(conn, |c| insert.execute(c)).map(drop)
}

pub fn cases_of(conn: &mut Conn, matter: &Matter) -> QueryResult<Vec<MatterCase>> {
    matter_cases::table.filter(matter_cases::matter_id.eq(matter.id)).order(matter_cases::position).load(conn)
}

pub fn insert_heard_at(conn: &mut Conn, rows: &[HeardAt]) -> QueryResult<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let insert = diesel::insert_into(heard_at::table).values(rows.to_vec());
    on_each_database!(conn, |c| insert.execute(c)).map(drop)
}

pub fn heard_at_of(conn: &mut Conn, matter: &Matter) -> QueryResult<Vec<HeardAt>> {
    heard_at::table.filter(heard_at::matter_id.eq(matter.id)).order(heard_at::id).load(conn)
}

/// Bars these people from ever seeing the matter (promise 9).
pub fn insert_bars(conn: &mut Conn, matter: MatterId, staff: &[StaffId]) -> QueryResult<()> {
    for who in staff {
        diesel::insert_into(matter_bars::table)
            .values((matter_bars::matter_id.eq(matter), matter_bars::staff_id.eq(*who)))
            .execute(conn)?;
    }
    Ok(())
}

/// Makes it a complaint about conduct (检举控告).
pub fn set_conduct(conn: &mut Conn, matter: MatterId) -> QueryResult<()> {
    diesel::update(matters::table.find(matter)).set(matters::conduct.eq(true)).execute(conn).map(drop)
}

/// The matters that complain about this member of staff: for the program, to leave out what they lead to.
pub fn complaints_about(conn: &mut Conn, staff: StaffId) -> QueryResult<Vec<MatterId>> {
    matter_bars::table.filter(matter_bars::staff_id.eq(staff)).select(matter_bars::matter_id).load(conn)
}

/// Who is complained of, for those who may see the matter.
pub fn barred(conn: &mut Conn, matter: &Matter) -> QueryResult<Vec<StaffId>> {
    matter_bars::table.filter(matter_bars::matter_id.eq(matter.id)).select(matter_bars::staff_id).load(conn)
}

/// Those of these matters that complain about this person.
pub fn barred_from(conn: &mut Conn, who: StaffId, ids: &[MatterId]) -> QueryResult<HashSet<MatterId>> {
    let barred: Vec<MatterId> = matter_bars::table
        .filter(matter_bars::staff_id.eq(who).and(matter_bars::matter_id.eq_any(ids.to_vec())))
        .select(matter_bars::matter_id)
        .load(conn)?;
    Ok(barred.into_iter().collect())
}

pub fn insert_entries(conn: &mut Conn, entries: &[TimelineEntry]) -> QueryResult<()> {
    insert_rows!(conn, timeline::table, entries)
}

/// A matter's timeline, the newest first, before `before`.
pub fn timeline_of(
    conn: &mut Conn,
    matter: &Matter,
    before: Option<super::types::EntryId>,
    limit: i64,
) -> QueryResult<Vec<TimelineEntry>> {
    let mut query = timeline::table.filter(timeline::matter_id.eq(matter.id)).into_boxed();
    if let Some(before) = before {
        query = query.filter(timeline::id.lt(before));
    }
    query.order(timeline::id.desc()).limit(limit).load(conn)
}

/// One entry of a matter's timeline.
pub fn entry_of(conn: &mut Conn, matter: &Matter, id: super::types::EntryId) -> QueryResult<TimelineEntry> {
    timeline::table.find(id).filter(timeline::matter_id.eq(matter.id)).first(conn)
}

/// What the guidance sheet of a matter said, where one was given.
pub fn guidance_given(conn: &mut Conn, matter: &Matter) -> QueryResult<Option<String>> {
    replies::table
        .filter(replies::matter_id.eq(matter.id))
        .filter(replies::manner.eq(super::types::ReplyManner::GuidanceSheet))
        .order(replies::id.desc())
        .select(replies::text)
        .first(conn)
        .optional()
}

pub fn insert_reply(conn: &mut Conn, reply: &Reply) -> QueryResult<()> {
    diesel::insert_into(replies::table).values(reply.clone()).execute(conn).map(drop)
}

pub fn replies_of(conn: &mut Conn, matter: &Matter) -> QueryResult<Vec<Reply>> {
    replies::table.filter(replies::matter_id.eq(matter.id)).order(replies::id).load(conn)
}

/// The next number of a series in a year. The row stays locked until the transaction ends, so that a number is neither
/// given twice nor left out.
pub fn next_number(conn: &mut Conn, court: CourtId, series: &str, year: i64) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Last {
        #[diesel(sql_type = BigInt)]
        last: i64,
    }
    diesel::sql_query(
        "INSERT INTO counters (court_id, series, year, last) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (court_id, series, year) DO UPDATE SET last = counters.last + 1 RETURNING last",
    )
    .bind::<BigInt, _>(court)
    .bind::<Text, _>(series)
    .bind::<BigInt, _>(year)
    .get_result::<Last>(conn)
    .map(|row| row.last)
}

/// All categories in their order, those no longer in use among them.
pub fn categories(conn: &mut Conn) -> QueryResult<Vec<Category>> {
    categories::table.order((categories::position, categories::id)).load(conn)
}

pub fn category(conn: &mut Conn, code: &str) -> QueryResult<Option<Category>> {
    categories::table.filter(categories::code.eq(code)).first(conn).optional()
}

pub fn insert_category(conn: &mut Conn, category: &Category) -> QueryResult<()> {
    diesel::insert_into(categories::table).values(category.clone()).execute(conn).map(drop)
}

/// Changes the category with this code, or adds it at the end under `new_id`.
pub fn save_category(
    conn: &mut Conn,
    change: &crate::categories::CategoryChange,
    new_id: i64,
) -> QueryResult<()> {
    let changed = diesel::update(categories::table.filter(categories::code.eq(&change.code)))
        .set((
            categories::name.eq(&change.name),
            categories::parent_code.eq(&change.parent_code),
            categories::conduct.eq(change.conduct),
            categories::active.eq(change.active),
            categories::version.eq(categories::version + 1),
        ))
        .execute(conn)?;
    if changed > 0 {
        return Ok(());
    }
    let last: Option<i64> = categories::table.select(diesel::dsl::max(categories::position)).first(conn)?;
    let new = Category {
        id: new_id,
        court_id: None,
        code: change.code.clone(),
        parent_code: change.parent_code.clone(),
        name: change.name.clone(),
        conduct: change.conduct,
        position: last.map_or(1, |last| last + 1),
        active: change.active,
        version: 0,
    };
    insert_category(conn, &new)
}

/// All reasons in their order.
pub fn guidance_reasons(conn: &mut Conn) -> QueryResult<Vec<GuidanceReason>> {
    guidance_reasons::table.order((guidance_reasons::position, guidance_reasons::id)).load(conn)
}

pub fn insert_guidance_reason(conn: &mut Conn, reason: &GuidanceReason) -> QueryResult<()> {
    diesel::insert_into(guidance_reasons::table).values(reason.clone()).execute(conn).map(drop)
}

/// Changes the reason with this code, or adds it at the end under `new_id`.
pub fn save_guidance_reason(
    conn: &mut Conn,
    change: &crate::categories::GuidanceChange,
    new_id: i64,
) -> QueryResult<()> {
    let changed = diesel::update(guidance_reasons::table.filter(guidance_reasons::code.eq(&change.code)))
        .set((
            guidance_reasons::name.eq(&change.name),
            guidance_reasons::channel.eq(&change.channel),
            guidance_reasons::legal_source.eq(&change.legal_source),
            guidance_reasons::active.eq(change.active),
            guidance_reasons::version.eq(guidance_reasons::version + 1),
        ))
        .execute(conn)?;
    if changed > 0 {
        return Ok(());
    }
    let last: Option<i64> =
        guidance_reasons::table.select(diesel::dsl::max(guidance_reasons::position)).first(conn)?;
    let new = GuidanceReason {
        id: new_id,
        court_id: None,
        code: change.code.clone(),
        name: change.name.clone(),
        channel: change.channel.clone(),
        legal_source: change.legal_source.clone(),
        active: change.active,
        position: last.map_or(1, |last| last + 1),
        version: 0,
    };
    insert_guidance_reason(conn, &new)
}
