//! Finding a matter to do something to it, and moving it on: what every act in the life of a matter begins and ends with.

use super::stages::{self, Event, Relation, Standing, To};
use super::store::{self, Step};
use super::types::{CloseReason, Hand, HandPart, Matter, MatterId, Stage};
use crate::assignments;
use crate::call_backs;
use crate::db::Conn;
use crate::deadlines;
use crate::enforcement;
use crate::error::Problem;
use crate::escalation;
use crate::people::{Act, Actor, Role, StaffId};
use crate::referrals;
use crate::replies::rules::{self, Approver, Waiting};
use crate::replies::types::Remedy;
use crate::replies::{self, Draft, DraftState};
use crate::reviews;
use crate::supervision;

/// A matter as somebody finds it: how it stands, and how they stand to it.
#[derive(Clone, Debug)]
pub struct Found {
    pub matter: Matter,
    pub hands: Vec<Hand>,
    pub standing: Standing,
    pub relations: Vec<Relation>,
}

impl Found {
    /// Whether this person may now do this to it; what draws the button.
    pub fn allows(&self, by: &Actor, event: Event) -> bool {
        self.check(by, event).is_ok()
    }

    /// Where `event` leads, if this person may do it now.
    ///
    /// # Errors
    ///
    /// `Forbidden`; `Refused` with the reason.
    pub fn check(&self, by: &Actor, event: Event) -> Result<To, Problem> {
        Ok(stages::allowed(&self.standing, &self.relations, |permission| by.may(permission), event)?)
    }

    /// Everything that this person may do to it now.
    pub fn events(&self, by: &Actor) -> Vec<Event> {
        Event::ALL.iter().copied().filter(|event| self.allows(by, *event)).collect()
    }

    /// The person who has this hand in it.
    pub fn hand(&self, part: HandPart) -> Option<&Hand> {
        self.hands.iter().find(|hand| hand.part == part)
    }
}

/// A matter that `event` may happen to now, by this person.
///
/// # Errors
///
/// `NotFound` for one they may not see; `Forbidden`; `Refused` with the reason.
pub fn find_for(conn: &mut Conn, act: &Act, id: MatterId, event: Event) -> Result<Found, Problem> {
    let matter = store::find(conn, &act.by.scope, id)?;
    let found = stand(conn, act, matter)?;
    found.check(&act.by, event)?;
    Ok(found)
}

/// How a matter stands, and how this person stands to it.
///
/// # Errors
///
/// When the database is away.
pub fn stand(conn: &mut Conn, act: &Act, matter: Matter) -> Result<Found, Problem> {
    let hands = store::hands_of(conn, &matter)?;
    let sender = referrals::pending(conn, matter.id)?.map(|referral| referral.sender_id);
    let reply = replies::current(conn, &matter)?;
    let standing = Standing {
        stage: matter.stage,
        referred: sender.is_some(),
        reply: rules::standing(matter.stage, reply.as_ref().map(|reply| reply.state)),
        merged: matter.close_reason == Some(CloseReason::Merged),
        review: review(conn, &matter, reply.as_ref())?,
        owed: call_backs::owed(conn, &matter)?,
        above: assignments::standing(conn, &matter)?,
    };
    let waiting = match &reply {
        Some(reply) => {
            let (writers, in_charge) =
                (replies::writers_of(conn, reply.id)?, escalation::in_charge(conn, &matter)?);
            Some(waiting(&matter, &hands, reply, writers, in_charge))
        }
        None => None,
    };
    let relations = relations(act, &matter, &hands, sender, waiting.as_ref());
    Ok(Found { matter, hands, standing, relations })
}

/// Where the reviews of a matter stand; offered where its newest reply was served and says so. One that is open stays so
/// while the matter is handled anew.
fn review(
    conn: &mut Conn,
    matter: &Matter,
    reply: Option<&Draft>,
) -> Result<reviews::rules::Standing, Problem> {
    let here = reviews::awaited_here(conn, matter)?;
    let Some(reply) = reply else {
        return Ok(reviews::rules::Standing { here, ..reviews::rules::Standing::default() });
    };
    let offers = reply.state == DraftState::Served && reply.remedy == Remedy::Review;
    let requests = reviews::of_matter(conn, matter)?;
    let standing = reviews::rules::standing(offers.then_some(reply.id), &requests);
    Ok(reviews::rules::Standing { here, ..standing })
}

/// How a person stands to a matter. The system stands to none; it has its own ways in.
fn relations(
    act: &Act,
    matter: &Matter,
    hands: &[Hand],
    sender: Option<StaffId>,
    waiting: Option<&Waiting>,
) -> Vec<Relation> {
    let Some(me) = act.by.staff_id else { return Vec::new() };
    let is = |role| act.by.roles.contains(&role);
    let mine = |part| hands.iter().any(|hand| hand.part == part && hand.staff_id == Some(me));
    let heads = |part| {
        is(Role::DivisionHead)
            && hands.iter().any(|hand| {
                hand.part == part && hand.division_id.is_some() && hand.division_id == act.by.division_id
            })
    };
    let to_division = hands.iter().any(|hand| hand.part == HandPart::Addressee && hand.staff_id.is_none());
    let leads = is(Role::President) || is(Role::VicePresident);
    let approver = Approver { id: me, heads: heads(HandPart::Division), leads };
    let held = [
        (Relation::Accountable, matter.accountable_id == me),
        (Relation::Handler, mine(HandPart::Handler)),
        (Relation::Helper, mine(HandPart::Helper)),
        (Relation::Addressee, mine(HandPart::Addressee) || to_division && heads(HandPart::Addressee)),
        (Relation::Sender, sender == Some(me)),
        (Relation::HeadOver, heads(HandPart::Division)),
        (Relation::FirstReceiver, matter.first_receiver_id == me),
        (Relation::Officer, is(Role::PetitionOfficer)),
        (Relation::Leader, leads),
        (Relation::Inspector, is(Role::Inspector)),
        (Relation::Screener, screens(act, matter)),
        (Relation::CoWriter, mine(HandPart::Helper) && !mine(HandPart::CaseJudge)),
        (Relation::Outsider, matter.accountable_id != me && !mine(HandPart::Handler)),
        (Relation::Approver, waiting.is_some_and(|waiting| rules::approves(approver, waiting))),
    ];
    held.into_iter().filter_map(|(relation, holds)| holds.then_some(relation)).collect()
}

/// Whether they may decide on screening: the window and the petition officer; of a complaint about conduct, which neither
/// may see unless they received it, inspection and the president as well.
fn screens(act: &Act, matter: &Matter) -> bool {
    let is = |role| act.by.roles.contains(&role);
    let window = is(Role::FilingClerk) || is(Role::PetitionOfficer);
    window || matter.conduct && (is(Role::Inspector) || is(Role::President))
}

/// The reply of a matter, in which `writers` wrote and of which this leader is in charge, as far as it matters who
/// approves it.
pub fn waiting(
    matter: &Matter,
    hands: &[Hand],
    reply: &Draft,
    writers: Vec<StaffId>,
    in_charge: Option<StaffId>,
) -> Waiting {
    let handler = hands.iter().find(|hand| hand.part == HandPart::Handler);
    let mut involved = writers;
    involved.extend([Some(reply.drafter_id), reply.submitted_by].into_iter().flatten());
    involved.extend(handler.and_then(|hand| hand.staff_id));
    involved.extend(
        hands.iter().filter(|hand| hand.part == HandPart::CaseJudge).filter_map(|hand| hand.staff_id),
    );
    Waiting { tier: matter.tier, in_charge, involved }
}

/// What changes of a matter; nothing by default.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub stage: Option<Stage>,
    /// With `Stage::Closed`.
    pub close_reason: Option<CloseReason>,
    /// The procedure of law that it is led into.
    pub track: Option<String>,
    pub accountable: Option<StaffId>,
    /// Its file has gone to the archive.
    pub archived: bool,
}

/// Moves a matter on, if it is still at `version`: stage, who answers, and the next deadline from its running clocks.
/// Closing ends every clock that still runs. Open measures of whoever doesn't see it any more go to whoever answers.
///
/// # Errors
///
/// `Stale` when somebody else was there first.
pub fn move_on(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    version: i64,
    change: Change,
) -> Result<(), Problem> {
    let stage = change.stage.unwrap_or(matter.stage);
    let closed = stage == Stage::Closed;
    if closed && matter.stage != Stage::Closed {
        deadlines::cancel_open(conn, matter.id.0)?;
        supervision::matter_closed(conn, act, matter.id)?;
    }
    let next = if closed { None } else { deadlines::next(conn, matter.id.0)? };
    let closed_at = matter.closed_at.or_else(|| Some(act.now.utc())).filter(|_| closed);
    let close_reason = change.close_reason.or(matter.close_reason).filter(|_| closed);
    let step = Step {
        stage,
        close_reason,
        track: change.track.or_else(|| matter.track.clone()),
        accountable_id: change.accountable.unwrap_or(matter.accountable_id),
        closed_at,
        to_archive_since: if change.archived || close_reason == Some(CloseReason::Merged) {
            None
        } else if matter.stage == Stage::Closed {
            matter.to_archive_since.filter(|_| closed)
        } else {
            closed_at
        },
        next_due_on: next.as_ref().map(|(clock, _)| clock.due_on),
        next_clock_id: next.as_ref().map(|(clock, _)| clock.id),
    };
    if !store::advance(conn, matter.id, version, &step)? {
        return Err(Problem::Stale);
    }
    enforcement::follow(conn, act, &Matter { stage, accountable_id: step.accountable_id, ..matter.clone() })
}
