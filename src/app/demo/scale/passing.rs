//! How a bulk matter came to who handles it: the referral and the hands that one by one would have left.

use super::draw::{Court, Drawn, People, staff_of};
use super::stages::Life;
use super::timetable::{Start, Timetable};
use crate::deadlines::{self, Clock, ClockId, Code};
use crate::matters::MatterId;
use crate::matters::types::{Hand, HandId, HandPart, Stage};
use crate::people::{DivisionId, StaffId};
use crate::referrals::types::{Referral, ReferralId, ReferralState};
use crate::time::Moment;
use chrono::TimeDelta;

/// What was referred so few days ago has not been taken over yet: a weekend may lie between.
const FRESH: i64 = 3;
/// The number of the referral's clock among a matter's; those before it are [`Court::clocks`]'s.
const CLOCK: i64 = 20;

/// A referral of a bulk matter: from whom to whom, and whether it still waits.
#[derive(Clone, Copy)]
pub(super) struct Passed {
    pub waits: bool,
    sender: StaffId,
    handler: StaffId,
    division: DivisionId,
    sent: Moment,
}

impl Court {
    /// How this matter was passed on, if it was: what is handled by somebody else than whoever received it.
    pub(super) fn passed(&self, people: &People<'_>, life: &Life) -> Option<Passed> {
        let sent = match (life.stage, life.screened_at) {
            (Stage::Handling | Stage::Replied | Stage::Closed, Some(at)) => at.plus(TimeDelta::seconds(30)),
            _ => return None,
        };
        let (sender, handler) = (staff_of(people.receiver), staff_of(people.handler));
        let division = people.handler.division_id.filter(|_| sender != handler)?;
        let age = (self.now.today() - sent.today()).num_days();
        let waits = life.stage == Stage::Handling && age <= FRESH;
        Some(Passed { waits, sender, handler, division, sent })
    }

    /// The clock within which what was referred is to be taken over; it runs where that still waits.
    pub(super) fn answer_clock(
        &self,
        table: &Timetable,
        (start, id): (Start, MatterId),
        passed: Passed,
    ) -> Option<Clock> {
        let from = passed.sent.today();
        let rule = self.rules.on(Some(self.id), Code::ReferralAnswer, from)?;
        let due = deadlines::rules::due(from, rule.count(), &self.days).ok()?;
        Some(Clock {
            id: ClockId(table.id(start, start.at, CLOCK)),
            court_id: self.id,
            matter_id: id.0,
            rule_id: rule.id,
            code: Code::ReferralAnswer,
            starts_on: from,
            raw_due_on: due.raw_due_on,
            due_on: due.due_on,
            provisional: due.is_provisional(),
            met_on: (!passed.waits).then_some(from),
            cancelled: false,
        })
    }

    /// The referral, and the hands that it left.
    pub(super) fn pass(
        &self,
        table: &Timetable,
        (start, id): (Start, MatterId),
        (passed, answer): (Passed, &Clock),
        drawn: &mut Drawn,
    ) {
        let answered = passed.sent.plus(TimeDelta::seconds(20));
        let (by, at) = if passed.waits { (None, None) } else { (Some(passed.handler), Some(answered.utc())) };
        drawn.rows.referrals.push(Referral {
            id: ReferralId(table.id(start, passed.sent, 0)),
            court_id: self.id,
            matter_id: id,
            number: 1,
            division_id: passed.division,
            staff_id: Some(passed.handler),
            sender_id: passed.sender,
            note: String::new(),
            sent_at: passed.sent.utc(),
            due_on: answer.due_on,
            state: if passed.waits { ReferralState::Pending } else { ReferralState::TakenOver },
            answered_by: by,
            answered_at: at,
            answer: String::new(),
            alarmed_at: None,
        });
        let hand = |nth, part, division_id, staff_id| Hand {
            id: HandId(table.id(start, passed.sent, nth)),
            court_id: self.id,
            matter_id: id,
            part,
            division_id,
            staff_id,
            note: String::new(),
            since: passed.sent.today(),
            until: None,
        };
        if passed.waits {
            let (division, staff) = (Some(passed.division), Some(passed.handler));
            drawn.rows.hands.push(hand(0, HandPart::Addressee, division, staff));
        } else {
            drawn.rows.hands.push(hand(0, HandPart::Division, Some(passed.division), None));
            drawn.rows.hands.push(hand(1, HandPart::Handler, None, Some(passed.handler)));
        }
    }
}
