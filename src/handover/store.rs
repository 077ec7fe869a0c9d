//! What somebody holds, and the lists of what was handed over.

use super::types::{Handover, HandoverId, Held, Holding, Item};
use crate::after_closing;
use crate::db::Conn;
use crate::deadlines::types::{RequestId, RequestState};
use crate::enforcement::types::MeasureId;
use crate::instructions::types::{InstructionId, State as Instructing};
use crate::matters::types::{HandPart, Stage};
use crate::matters::{Matter, MatterId, complaints_about};
use crate::on_each_database;
use crate::people::types::Staff;
use crate::people::{self, CourtId, Scope, StaffId};
use crate::referrals::types::ReferralState;
use crate::replies::{DraftId, DraftState};
use crate::schema::{
    enforcement_measures, extension_requests, handover_items, handovers, hands, instructions, leader_charges,
    matters, referrals, reply_drafts, staff, supervisions, tier_measures,
};
use crate::supervision::types::{State as Answering, SupervisionId};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// The open hands of a part that may be held.
fn holding_of(part: HandPart) -> Option<Holding> {
    match part {
        HandPart::Handler => Some(Holding::Handler),
        HandPart::Helper => Some(Holding::Helper),
        HandPart::Addressee => Some(Holding::Addressee),
        HandPart::Group => Some(Holding::WorkGroup),
        HandPart::Division | HandPart::CaseJudge => None,
    }
}

/// Everything that this person holds of open matters, and of closed ones what these still owe: first what the matters
/// themselves say, then what waits for their answer, their approval or their decision.
pub fn held(conn: &mut Conn, who: StaffId) -> QueryResult<Vec<Held>> {
    let answerable: Vec<Matter> = matters::table
        .filter(matters::accountable_id.eq(who).and(matters::stage.ne(Stage::Closed)))
        .order((matters::next_due_on, matters::id))
        .load(conn)?;
    let owing = after_closing::matters_owing(conn, who)?;
    let mut all: Vec<Held> = answerable
        .into_iter()
        .chain(owing)
        .map(|matter| Held { holding: Holding::Accountable, row: 0, matter })
        .collect();
    let mut parts = hands_of(conn, who)?;
    parts.extend(supervising(conn, who)?);
    parts.extend(waiting(conn, who)?);
    parts.extend(of_tiers(conn, who)?);
    let ids: Vec<MatterId> = parts.iter().map(|(_, _, id)| *id).collect();
    let held: Vec<Matter> = matters::table.filter(matters::id.eq_any(ids)).load(conn)?;
    let held: HashMap<MatterId, Matter> = held.into_iter().map(|matter| (matter.id, matter)).collect();
    for (holding, row, id) in parts {
        if let Some(matter) = held.get(&id)
            && (matter.stage != Stage::Closed || outlives_closing(holding))
        {
            all.push(Held { holding, row, matter: matter.clone() });
        }
    }
    Ok(all)
}

/// What closing the matter doesn't end: an instruction is followed to its end.
fn outlives_closing(holding: Holding) -> bool {
    matches!(holding, Holding::Instruction | Holding::InstructionLeader)
}

type Found = (Holding, i64, MatterId);

/// The hands that they have in matters, what they sent and is not taken over, and what waits for the division whose head
/// they are.
fn hands_of(conn: &mut Conn, who: StaffId) -> QueryResult<Vec<Found>> {
    let parts: Vec<(HandPart, MatterId)> = hands::table
        .filter(hands::staff_id.eq(who).and(hands::until.is_null()))
        .order(hands::id)
        .select((hands::part, hands::matter_id))
        .load(conn)?;
    let sent: Vec<MatterId> = referrals::table
        .filter(referrals::sender_id.eq(who).and(referrals::state.eq(ReferralState::Pending)))
        .order(referrals::id)
        .select(referrals::matter_id)
        .load(conn)?;
    let parts = parts.into_iter().filter_map(|(part, id)| Some((holding_of(part)?, 0, id)));
    let mut found: Vec<Found> = parts.chain(sent.into_iter().map(|id| (Holding::Sender, 0, id))).collect();
    let staff = people::staff_of_any_court(conn, who)?;
    if let Some(division) = staff.division_id
        && people::head_of_division(conn, staff.court_id, division)?.is_some_and(|head| head.id == who)
    {
        let to_division: Vec<MatterId> = referrals::table
            .filter(referrals::division_id.eq(division).and(referrals::staff_id.is_null()))
            .filter(referrals::state.eq(ReferralState::Pending))
            .order(referrals::id)
            .select(referrals::matter_id)
            .load(conn)?;
        found.extend(to_division.into_iter().map(|id| (Holding::DivisionAddressee, 0, id)));
    }
    Ok(found)
}

fn supervising(conn: &mut Conn, who: StaffId) -> QueryResult<Vec<Found>> {
    let led: Vec<MatterId> = matters::table
        .filter(matters::supervising_leader_id.eq(who).and(matters::stage.ne(Stage::Closed)))
        .order(matters::id)
        .select(matters::id)
        .load(conn)?;
    Ok(led.into_iter().map(|id| (Holding::Supervising, 0, id)).collect())
}

/// What waits for them: supervisions to answer, instructions to give or carry out, replies to write or approve,
/// extensions to decide on, measures to carry out.
fn waiting(conn: &mut Conn, who: StaffId) -> QueryResult<Vec<Found>> {
    let mut found: Vec<Found> = Vec::new();
    let mut add = |holding, rows: Vec<(i64, i64)>| {
        found.extend(rows.into_iter().map(|(row, id)| (holding, row, MatterId(id))));
    };
    let rows = supervisions::table
        .filter(supervisions::addressee_id.eq(who).and(supervisions::state.eq(Answering::Open)))
        .order(supervisions::id)
        .select((supervisions::id, supervisions::matter_id));
    add(Holding::Supervision, rows.load(conn)?);
    let rows = instructions::table
        .filter(instructions::owner_id.eq(who).and(instructions::state.eq(Instructing::Given)))
        .order(instructions::id)
        .select((instructions::id, instructions::matter_id));
    add(Holding::Instruction, rows.load(conn)?);
    let rows = instructions::table
        .filter(instructions::leader_id.eq(who).and(instructions::state.eq(Instructing::Asked)))
        .order(instructions::id)
        .select((instructions::id, instructions::matter_id));
    add(Holding::InstructionLeader, rows.load(conn)?);
    let rows = reply_drafts::table
        .filter(reply_drafts::holder_id.eq(who).and(reply_drafts::state.eq(DraftState::Drafted)))
        .order(reply_drafts::id)
        .select((reply_drafts::id, reply_drafts::matter_id));
    add(Holding::ReplyDraft, rows.load(conn)?);
    let rows = reply_drafts::table
        .filter(reply_drafts::approver_id.eq(who).and(reply_drafts::state.eq(DraftState::Submitted)))
        .order(reply_drafts::id)
        .select((reply_drafts::id, reply_drafts::matter_id));
    add(Holding::ReplyApproval, rows.load(conn)?);
    let rows = extension_requests::table
        .filter(extension_requests::approver_id.eq(who))
        .filter(extension_requests::state.eq(RequestState::Asked))
        .order(extension_requests::id)
        .select((extension_requests::id, extension_requests::matter_id));
    add(Holding::Extension, rows.load(conn)?);
    let rows = enforcement_measures::table
        .filter(enforcement_measures::owner_id.eq(who).and(enforcement_measures::done_on.is_null()))
        .order(enforcement_measures::id)
        .select((enforcement_measures::id, enforcement_measures::matter_id));
    add(Holding::Measure, rows.load(conn)?);
    Ok(found)
}

/// Those of a court who have left and still have something of open matters, by rank: it was opened again, or got to them
/// behind the pages.
pub fn left_holding(conn: &mut Conn, court: CourtId) -> QueryResult<Vec<Staff>> {
    let gone: Vec<Staff> = staff::table
        .filter(staff::court_id.eq(court).and(staff::active.eq(false)))
        .order((staff::post, staff::rank, staff::id))
        .load(conn)?;
    let ids: Vec<StaffId> = gone.iter().map(|one| one.id).collect();
    let open = || matters::table.filter(matters::court_id.eq(court).and(matters::stage.ne(Stage::Closed)));
    let answering: Vec<StaffId> = open()
        .filter(matters::accountable_id.eq_any(ids.clone()))
        .select(matters::accountable_id)
        .distinct()
        .load(conn)?;
    let leading: Vec<Option<StaffId>> = open()
        .filter(matters::supervising_leader_id.is_not_null())
        .filter(matters::supervising_leader_id.assume_not_null().eq_any(ids.clone()))
        .select(matters::supervising_leader_id)
        .distinct()
        .load(conn)?;
    let parts = [HandPart::Handler, HandPart::Helper, HandPart::Addressee, HandPart::Group];
    let working: Vec<Option<StaffId>> = hands::table
        .filter(hands::staff_id.is_not_null().and(hands::staff_id.assume_not_null().eq_any(ids)))
        .filter(hands::until.is_null().and(hands::part.eq_any(parts)))
        .filter(hands::matter_id.eq_any(open().select(matters::id)))
        .select(hands::staff_id)
        .distinct()
        .load(conn)?;
    let holding: HashSet<StaffId> =
        answering.into_iter().chain(leading.into_iter().chain(working).flatten()).collect();
    Ok(gone.into_iter().filter(|one| holding.contains(&one.id)).collect())
}

/// What they hold of the tiers: whom they lead in charge, whom they work for there, and their measures.
fn of_tiers(conn: &mut Conn, who: StaffId) -> QueryResult<Vec<Found>> {
    let mut found: Vec<Found> = Vec::new();
    let leads = leader_charges::table
        .filter(leader_charges::leader_id.eq(who).and(leader_charges::ended_at.is_null()))
        .order(leader_charges::id)
        .select(leader_charges::matter_id);
    found.extend(leads.load(conn)?.into_iter().map(|id: MatterId| (Holding::LeaderInCharge, 0, id)));
    let works = leader_charges::table
        .filter(leader_charges::responsible_id.eq(who).and(leader_charges::ended_at.is_null()))
        .order(leader_charges::id)
        .select(leader_charges::matter_id);
    found.extend(works.load(conn)?.into_iter().map(|id: MatterId| (Holding::Responsible, 0, id)));
    let measures: Vec<(i64, i64)> = tier_measures::table
        .filter(tier_measures::owner_id.eq(who).and(tier_measures::done_on.is_null()))
        .order(tier_measures::id)
        .select((tier_measures::id, tier_measures::matter_id))
        .load(conn)?;
    found.extend(measures.into_iter().map(|(row, id)| (Holding::TierMeasure, row, MatterId(id))));
    Ok(found)
}

/// What this person holds of open matters, by kind.
pub fn holdings(conn: &mut Conn, who: StaffId) -> QueryResult<Vec<Holding>> {
    Ok(held(conn, who)?.into_iter().map(|held| held.holding).collect())
}

/// The same, without complaints about whoever looks.
pub fn holdings_shown(conn: &mut Conn, who: StaffId, looking: StaffId) -> QueryResult<Vec<Holding>> {
    let hidden = complaints_about(conn, looking)?;
    let held = held(conn, who)?.into_iter().filter(|held| !hidden.contains(&held.matter.id));
    Ok(held.map(|held| held.holding).collect())
}

/// Gives what waits for an answer, an approval or a decision to `to`; says how many rows there were.
pub fn set_waiting(conn: &mut Conn, holding: Holding, row: i64, to: StaffId) -> QueryResult<usize> {
    match holding {
        Holding::Supervision => diesel::update(supervisions::table.find(SupervisionId(row)))
            .set((supervisions::addressee_id.eq(to), supervisions::version.eq(supervisions::version + 1)))
            .execute(conn),
        Holding::Instruction => diesel::update(instructions::table.find(InstructionId(row)))
            .set((instructions::owner_id.eq(Some(to)), instructions::version.eq(instructions::version + 1)))
            .execute(conn),
        Holding::InstructionLeader => diesel::update(instructions::table.find(InstructionId(row)))
            .set((instructions::leader_id.eq(to), instructions::version.eq(instructions::version + 1)))
            .execute(conn),
        Holding::ReplyDraft => diesel::update(reply_drafts::table.find(DraftId(row)))
            .set((
                reply_drafts::holder_id.eq(Some(to)),
                reply_drafts::version.eq(reply_drafts::version + 1),
                // The page of whoever held it fits no more.
                reply_drafts::base_version.eq(reply_drafts::version + 1),
            ))
            .execute(conn),
        Holding::ReplyApproval => diesel::update(reply_drafts::table.find(DraftId(row)))
            .set((
                reply_drafts::approver_id.eq(Some(to)),
                reply_drafts::version.eq(reply_drafts::version + 1),
            ))
            .execute(conn),
        Holding::Extension => diesel::update(extension_requests::table.find(RequestId(row)))
            .set((
                extension_requests::approver_id.eq(Some(to)),
                extension_requests::version.eq(extension_requests::version + 1),
            ))
            .execute(conn),
        Holding::Measure => diesel::update(enforcement_measures::table.find(MeasureId(row)))
            .set((
                enforcement_measures::owner_id.eq(to),
                enforcement_measures::version.eq(enforcement_measures::version + 1),
            ))
            .execute(conn),
        Holding::Accountable
        | Holding::Handler
        | Holding::Helper
        | Holding::Addressee
        | Holding::Sender
        | Holding::DivisionAddressee
        | Holding::Supervising
        | Holding::LeaderInCharge
        | Holding::Responsible
        | Holding::WorkGroup
        | Holding::TierMeasure => Ok(0),
    }
}

/// Makes `to` supervise a matter.
pub fn set_supervising(conn: &mut Conn, matter: MatterId, to: StaffId) -> QueryResult<usize> {
    diesel::update(matters::table.find(matter))
        .set((matters::supervising_leader_id.eq(Some(to)), matters::version.eq(matters::version + 1)))
        .execute(conn)
}

/// Makes `to` answer for a matter.
pub fn set_accountable(conn: &mut Conn, matter: MatterId, to: StaffId) -> QueryResult<usize> {
    diesel::update(matters::table.find(matter))
        .set((matters::accountable_id.eq(to), matters::version.eq(matters::version + 1)))
        .execute(conn)
}

/// Makes `to` the addressee, or the sender, of the matter's pending referral.
pub fn set_referral(conn: &mut Conn, matter: MatterId, holding: Holding, to: StaffId) -> QueryResult<usize> {
    let pending = referrals::table
        .filter(referrals::matter_id.eq(matter).and(referrals::state.eq(ReferralState::Pending)));
    if holding == Holding::Sender {
        diesel::update(pending).set(referrals::sender_id.eq(to)).execute(conn)
    } else {
        diesel::update(pending).set(referrals::staff_id.eq(Some(to))).execute(conn)
    }
}

pub fn insert(conn: &mut Conn, handover: &Handover, items: &[Item]) -> QueryResult<()> {
    diesel::insert_into(handovers::table).values(handover.clone()).execute(conn)?;
    for some in items.chunks(500) {
        let insert = diesel::insert_into(handover_items::table).values(some.to_vec());
        on_each_database!(conn, |c| insert.execute(c))?;
    }
    Ok(())
}

/// One handover of the person's court.
pub fn find(conn: &mut Conn, scope: &Scope, id: HandoverId) -> QueryResult<Handover> {
    let mut query = handovers::table.filter(handovers::id.eq(id)).into_boxed();
    if let Some(court) = scope.court_id {
        query = query.filter(handovers::court_id.eq(court));
    }
    query.first(conn)
}

/// The lines of a handover, in their order.
pub fn items(conn: &mut Conn, id: HandoverId) -> QueryResult<Vec<Item>> {
    handover_items::table.filter(handover_items::handover_id.eq(id)).order(handover_items::id).load(conn)
}
