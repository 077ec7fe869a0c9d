//! What may be done to a clock on a day, and by whom. The same functions decide which buttons are drawn and whether the
//! action goes through.

use super::replay::state;
use crate::calendar::types::WorkingDays;
use crate::deadlines::pauses;
use crate::deadlines::types::{
    Approver, Clock, ClockRefusal, Code, Event, ExtensionRequest, PauseReason, RequestState, Rule, Standing,
    State, Trigger,
};
use crate::people::{Actor, Permission, Role, StaffId};
use chrono::{Days, NaiveDate};

/// The most days of an extension where the rule sets no limit.
const MOST_DAYS: u32 = 366;

/// A clock with what it has come to, on a day.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    pub code: Code,
    pub rule: &'a Rule,
    pub state: &'a State,
    pub today: NaiveDate,
}

/// A pause as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedPause {
    pub reason: PauseReason,
    pub from: NaiveDate,
    /// The day that counts again at the latest.
    pub until: NaiveDate,
}

impl Case<'_> {
    /// Whether the clock could be paused now.
    ///
    /// # Errors
    ///
    /// `Ended`, `PauseNotKnown`, `PauseOverlaps` while it is paused, `PauseTooLate` once it has run out.
    pub fn may_pause(&self) -> Result<(), ClockRefusal> {
        self.runs()?;
        self.is_reckoned()?;
        if pauses::grounds(self.code).next().is_none() {
            return Err(ClockRefusal::PauseNotKnown);
        }
        if self.state.course.pause_on(self.today).is_some() {
            return Err(ClockRefusal::PauseOverlaps);
        }
        if self.today > self.state.due.raw_due_on { Err(ClockRefusal::PauseTooLate) } else { Ok(()) }
    }

    /// Pauses it from a day on that isn't later than today, until a day that is.
    ///
    /// # Errors
    ///
    /// As [`Case::may_pause`]; that the reason isn't known for it; that the days don't fit.
    pub fn pause(&self, wanted: WantedPause) -> Result<Event, ClockRefusal> {
        self.may_pause()?;
        let WantedPause { reason, from, until } = wanted;
        if pauses::ground(self.code, reason).is_none() {
            return Err(ClockRefusal::PauseReasonNotKnown);
        }
        if from > self.today {
            return Err(ClockRefusal::PauseOutside);
        }
        if until <= self.today {
            return Err(ClockRefusal::PauseLength);
        }
        self.then(Event::Paused { from, until, reason })
    }

    /// Whether there is a pause to end.
    ///
    /// # Errors
    ///
    /// `Ended`, `NotPaused`.
    pub fn may_resume(&self) -> Result<(), ClockRefusal> {
        match self.state.standing(self.today) {
            Standing::Paused { .. } => Ok(()),
            Standing::Running => Err(ClockRefusal::NotPaused),
            Standing::Met(_) | Standing::Cancelled => Err(ClockRefusal::Ended),
        }
    }

    /// Counts again from `on`, within the pause and not later than today.
    ///
    /// # Errors
    ///
    /// As [`Case::may_resume`]; `ResumedOutside`.
    pub fn resume(&self, on: NaiveDate) -> Result<Event, ClockRefusal> {
        self.may_resume()?;
        if on > self.today {
            return Err(ClockRefusal::ResumedOutside);
        }
        self.then(Event::Resumed { on })
    }

    /// Whether it could be extended now, and by whom.
    ///
    /// # Errors
    ///
    /// `Ended`, `NotExtendable`, `AlreadyExtended`, `ExtensionTooLate`.
    pub fn may_extend(&self) -> Result<Approver, ClockRefusal> {
        self.runs()?;
        self.is_reckoned()?;
        let approver = self.rule.extension_by.ok_or(ClockRefusal::NotExtendable)?;
        if self.state.course.extended_by.is_some() {
            return Err(ClockRefusal::AlreadyExtended);
        }
        if self.today > self.state.due.due_on { Err(ClockRefusal::ExtensionTooLate) } else { Ok(approver) }
    }

    /// The most days by which it may be extended.
    pub fn most_days(&self) -> u32 {
        self.rule.max_extension_days.and_then(|days| u32::try_from(days).ok()).unwrap_or(MOST_DAYS)
    }

    /// Extends it once, before it ends, by at most what its rule says.
    ///
    /// # Errors
    ///
    /// As [`Case::may_extend`]; `ExtensionLength`; that the date would stay where it is.
    pub fn extend(&self, days: u32, calendar: &WorkingDays) -> Result<Event, ClockRefusal> {
        self.may_extend()?;
        if !(1..=self.most_days()).contains(&days) {
            return Err(ClockRefusal::ExtensionLength(self.most_days()));
        }
        let event = self.then(Event::Extended { days })?;
        let longer = state(self.state.course.clone().then(event)?, self.rule.count(), calendar)?;
        if longer.due.due_on == self.state.due.due_on {
            return Err(ClockRefusal::ExtensionGainsNothing);
        }
        Ok(event)
    }

    fn runs(&self) -> Result<(), ClockRefusal> {
        if self.state.course.end.is_none() { Ok(()) } else { Err(ClockRefusal::Ended) }
    }

    /// Nobody here moves a day that was named above.
    fn is_reckoned(&self) -> Result<(), ClockRefusal> {
        if self.state.course.named.is_none() { Ok(()) } else { Err(ClockRefusal::DueNamed) }
    }

    /// The event, where it can follow on what went before.
    fn then(&self, event: Event) -> Result<Event, ClockRefusal> {
        self.state.course.clone().then(event).map(|_| event)
    }
}

/// Somebody at a clock, and who answers for its matter. That they have the permission is asked beside this.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    pub me: StaffId,
    pub roles: &'a [Role],
    pub accountable: StaffId,
    /// The president answers for the matter or asked, and this is who stands in.
    pub stands_in: bool,
}

impl Who<'_> {
    /// Whether they may let the clock be paused: not one that they answer for themselves.
    ///
    /// # Errors
    ///
    /// `OwnMatter`; as [`Case::may_pause`].
    pub fn may_pause(&self, case: &Case<'_>) -> Result<(), ClockRefusal> {
        case.may_pause()?;
        if self.accountable == self.me { Err(ClockRefusal::OwnMatter) } else { Ok(()) }
    }

    /// Whether they may extend it of their own accord.
    ///
    /// # Errors
    ///
    /// As [`Case::may_extend`]; `RequestWaits`; as [`Who::ranks`].
    pub fn may_extend(
        &self,
        case: &Case<'_>,
        waiting: Option<&ExtensionRequest>,
    ) -> Result<Approver, ClockRefusal> {
        let approver = case.may_extend()?;
        if waiting.is_some() {
            return Err(ClockRefusal::RequestWaits);
        }
        self.ranks(approver)?;
        Ok(approver)
    }

    /// Whether they may ask for an extension.
    ///
    /// # Errors
    ///
    /// As [`Case::may_extend`]; `RequestWaits`.
    pub fn may_ask(
        &self,
        case: &Case<'_>,
        waiting: Option<&ExtensionRequest>,
    ) -> Result<Approver, ClockRefusal> {
        let approver = case.may_extend()?;
        if waiting.is_some() { Err(ClockRefusal::RequestWaits) } else { Ok(approver) }
    }

    /// Whether they may grant a request: not their own.
    ///
    /// # Errors
    ///
    /// As [`Case::may_extend`] and [`Who::may_refuse`].
    pub fn may_grant(&self, case: &Case<'_>, request: &ExtensionRequest) -> Result<Approver, ClockRefusal> {
        let approver = case.may_extend()?;
        self.may_refuse(case.rule, request)?;
        Ok(approver)
    }

    /// Whether they may turn a request down, be it too late to grant it.
    ///
    /// # Errors
    ///
    /// `NoRequest` when it doesn't wait any more; `NotExtendable`; `OwnRequest`; as [`Who::ranks`].
    pub fn may_refuse(&self, rule: &Rule, request: &ExtensionRequest) -> Result<(), ClockRefusal> {
        if request.state != RequestState::Asked {
            return Err(ClockRefusal::NoRequest);
        }
        if request.asked_by == self.me {
            return Err(ClockRefusal::OwnRequest);
        }
        self.ranks(rule.extension_by.ok_or(ClockRefusal::NotExtendable)?)
    }

    /// Whether they may take a request back.
    ///
    /// # Errors
    ///
    /// `NoRequest`, `OthersRequest`.
    pub fn may_withdraw(&self, request: &ExtensionRequest) -> Result<(), ClockRefusal> {
        if request.state != RequestState::Asked {
            return Err(ClockRefusal::NoRequest);
        }
        if request.asked_by == self.me { Ok(()) } else { Err(ClockRefusal::OthersRequest) }
    }

    /// Whether they rank high enough to extend what `approver` may, and it isn't for their own benefit. What the body
    /// that sent the matter allows, a head or a leader records.
    ///
    /// # Errors
    ///
    /// `NotTheirsToExtend`, `OwnMatter`.
    pub fn ranks(&self, approver: Approver) -> Result<(), ClockRefusal> {
        let stands_in = self.stands_in && approver == Approver::President;
        if !stands_in && !self.roles.iter().any(|role| ranks(approver).contains(role)) {
            return Err(ClockRefusal::NotTheirsToExtend(approver));
        }
        if self.accountable == self.me && approver != Approver::Sender {
            return Err(ClockRefusal::OwnMatter);
        }
        Ok(())
    }
}

/// What somebody may do to a clock now: which buttons are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    pub pause: bool,
    pub resume: bool,
    pub extend: bool,
    pub ask: bool,
    pub decide: bool,
    pub withdraw: bool,
}

impl Choices {
    /// What this person may do; `accountable` answers for the matter, `waiting` is the request that waits, and the person
    /// `stands_in` for the president or not.
    pub fn of(
        by: &Actor,
        (accountable, stands_in): (StaffId, bool),
        case: &Case<'_>,
        waiting: Option<&ExtensionRequest>,
    ) -> Self {
        let Some(me) = by.staff_id else { return Choices::default() };
        let who = Who { me, roles: &by.roles, accountable, stands_in };
        let extend = by.may(Permission::ExtendClock) && who.may_extend(case, waiting).is_ok();
        let own = waiting.is_some_and(|request| who.may_withdraw(request).is_ok());
        let decide = waiting.is_some_and(|request| who.may_refuse(case.rule, request).is_ok());
        Choices {
            pause: by.may(Permission::PauseClock) && who.may_pause(case).is_ok(),
            resume: by.may(Permission::PauseClock) && case.may_resume().is_ok(),
            extend,
            ask: by.may(Permission::RecordProgress) && !extend && who.may_ask(case, waiting).is_ok(),
            decide: by.may(Permission::ExtendClock) && decide,
            withdraw: by.may(Permission::RecordProgress) && own,
        }
    }
}

/// The roles that may decide where this rank may.
pub fn ranks(approver: Approver) -> &'static [Role] {
    match approver {
        Approver::DivisionHead | Approver::Sender => {
            &[Role::DivisionHead, Role::VicePresident, Role::President]
        }
        Approver::VicePresident => &[Role::VicePresident, Role::President],
        Approver::President => &[Role::President],
    }
}

/// The days on which a matter was received and registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub received_on: NaiveDate,
    pub registered_on: NaiveDate,
}

/// Whether a clock moves when the day is corrected on which its matter was received: it still runs, and was started from
/// that day. One that by its rule runs from the receipt may have been started when the matter was registered; one that
/// runs from the registration moves where both were the same day.
pub fn moves_with_receipt(clock: &Clock, rule: &Rule, arrival: Arrival) -> bool {
    let from_receipt = clock.starts_on == arrival.received_on;
    let started_from_it = match rule.trigger_event {
        Trigger::Contact | Trigger::LetterArrival | Trigger::AssignmentReceipt => {
            from_receipt || clock.starts_on == arrival.registered_on
        }
        Trigger::Registration => from_receipt,
        Trigger::Referral
        | Trigger::Acceptance
        | Trigger::Progress
        | Trigger::ReplyApproval
        | Trigger::ReplyReceipt
        | Trigger::ReviewRequest
        | Trigger::ReplyService
        | Trigger::Closing
        | Trigger::CallBackDraw
        | Trigger::RepeatContact
        | Trigger::LitigationPapers
        | Trigger::LitigationFiling
        | Trigger::JudgmentEffect
        | Trigger::JudgmentService
        | Trigger::ObjectionReceipt
        | Trigger::ReconsiderationReceipt
        | Trigger::EnforcementRequest
        | Trigger::CompensationRequest
        | Trigger::NamedInCharge
        | Trigger::SupervisionNotice
        | Trigger::TierEntry
        | Trigger::TierStudied => false,
    };
    clock.is_open() && started_from_it
}

/// The last day until which a pause from `from` may be asked to last.
pub fn latest_end(from: NaiveDate) -> NaiveDate {
    from.checked_add_days(super::replay::LONGEST_PAUSE).unwrap_or(from)
}

/// The first day on which a pause may be asked to end.
pub fn earliest_end(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(1)).unwrap_or(today)
}

#[cfg(test)]
mod tests;
