use super::*;
use crate::calendar::types::WorkingDays;
use crate::deadlines::rules::replay::replay;
use crate::deadlines::types::{ClockId, RequestId, RuleId, RuleStatus, Unit};
use crate::people::CourtId;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rule(code: Code, status: RuleStatus) -> Rule {
    Rule {
        id: RuleId(1),
        court_id: None,
        code,
        name: code.label().to_owned(),
        basis: "依据".to_owned(),
        trigger_event: Trigger::Acceptance,
        amount: 7,
        unit: Unit::Day,
        roll: true,
        max_extension_days: Some(3),
        extension_by: Some(Approver::President),
        paper: None,
        effective_from: day("2020-01-01"),
        effective_to: None,
        status,
        note: String::new(),
        in_use: true,
        version: 0,
        extension_told: false,
    }
}

/// A clock that started on Monday 2026-11-23 and is due on Monday 2026-11-30, after `events`, on `today`.
fn on(code: Code, today: &str, events: &[Event], test: impl FnOnce(Case<'_>)) {
    let rule = rule(code, RuleStatus::Own);
    let state = replay(day("2026-11-23"), rule.count(), events, &WorkingDays::shipped()).unwrap();
    test(Case { code, rule: &rule, state: &state, today: day(today) });
}

fn wanted(reason: PauseReason, from: &str, until: &str) -> WantedPause {
    WantedPause { reason, from: day(from), until: day(until) }
}

const PAUSED: Event = Event::Paused {
    from: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(),
    until: NaiveDate::from_ymd_opt(2026, 12, 2).unwrap(),
    reason: PauseReason::Above,
};

#[test]
fn a_clock_is_paused_for_a_reason_it_knows_before_it_runs_out_until_a_day_ahead() {
    on(Code::Reply, "2026-11-26", &[], |case| {
        let pause = |wanted| case.pause(wanted);
        assert!(pause(wanted(PauseReason::Appraisal, "2026-11-26", "2026-12-10")).is_ok());
        assert!(pause(wanted(PauseReason::Appraisal, "2026-11-24", "2026-11-27")).is_ok(), "entered later");
        let refused = |from, until| pause(wanted(PauseReason::Appraisal, from, until)).unwrap_err();
        assert_eq!(refused("2026-11-27", "2026-12-10"), ClockRefusal::PauseOutside);
        assert_eq!(refused("2026-11-22", "2026-12-10"), ClockRefusal::PauseOutside);
        assert_eq!(refused("2026-11-24", "2026-11-26"), ClockRefusal::PauseLength);
        assert_eq!(refused("2026-11-26", "2028-01-01"), ClockRefusal::PauseLength);
    });
    on(Code::Screening, "2026-11-26", &[], |case| {
        let pause = case.pause(wanted(PauseReason::Appraisal, "2026-11-26", "2026-12-10"));
        assert_eq!(pause, Err(ClockRefusal::PauseReasonNotKnown));
    });
    on(Code::FirstNotice, "2026-11-26", &[], |case| {
        assert_eq!(case.may_pause(), Err(ClockRefusal::PauseNotKnown));
    });
    on(Code::Reply, "2026-11-30", &[], |case| assert_eq!(case.may_pause(), Ok(())));
    on(Code::Reply, "2026-12-01", &[], |case| assert_eq!(case.may_pause(), Err(ClockRefusal::PauseTooLate)));
    on(Code::Reply, "2026-11-26", &[PAUSED], |case| {
        assert_eq!(case.may_pause(), Err(ClockRefusal::PauseOverlaps));
    });
    on(Code::Reply, "2026-11-26", &[Event::Cancelled], |case| {
        assert_eq!(case.may_pause(), Err(ClockRefusal::Ended));
    });
}

#[test]
fn only_a_pause_that_still_lasts_is_ended_and_not_in_the_future() {
    on(Code::Reply, "2026-11-27", &[PAUSED], |case| {
        assert_eq!(case.resume(day("2026-11-26")), Ok(Event::Resumed { on: day("2026-11-26") }));
        assert_eq!(case.resume(day("2026-11-24")), Err(ClockRefusal::ResumedOutside));
        assert_eq!(case.resume(day("2026-11-28")), Err(ClockRefusal::ResumedOutside));
    });
    on(Code::Reply, "2026-12-02", &[PAUSED], |case| {
        assert_eq!(case.resume(day("2026-12-01")), Err(ClockRefusal::NotPaused), "over by itself");
    });
    on(Code::Reply, "2026-11-24", &[], |case| assert_eq!(case.may_resume(), Err(ClockRefusal::NotPaused)));
}

#[test]
fn a_clock_is_extended_once_before_it_ends_within_its_rule() {
    let calendar = WorkingDays::shipped();
    on(Code::Reply, "2026-11-30", &[], |case| {
        assert_eq!(case.may_extend(), Ok(Approver::President));
        assert_eq!(case.extend(3, &calendar), Ok(Event::Extended { days: 3 }));
        for wrong in [0, 4] {
            assert_eq!(case.extend(wrong, &calendar), Err(ClockRefusal::ExtensionLength(3)));
        }
    });
    on(Code::Reply, "2026-12-01", &[], |case| {
        assert_eq!(case.extend(3, &calendar), Err(ClockRefusal::ExtensionTooLate));
    });
    on(Code::Reply, "2026-11-24", &[Event::Extended { days: 1 }], |case| {
        assert_eq!(case.extend(1, &calendar), Err(ClockRefusal::AlreadyExtended));
    });
    let fixed = Rule { extension_by: None, ..rule(Code::Serve, RuleStatus::Own) };
    let state = replay(day("2026-11-23"), fixed.count(), &[], &calendar).unwrap();
    let case = Case { code: Code::Serve, rule: &fixed, state: &state, today: day("2026-11-24") };
    assert_eq!(case.may_extend(), Err(ClockRefusal::NotExtendable));
    // From Friday 2026-11-20, seven days end on Friday; one more falls on a Saturday and moves to Monday, two do too.
    let friday = replay(day("2026-11-21"), fixed.count(), &[], &calendar).unwrap();
    let extendable = rule(Code::Reply, RuleStatus::Own);
    let case = Case { code: Code::Reply, rule: &extendable, state: &friday, today: day("2026-11-24") };
    assert_eq!(case.extend(1, &calendar), Err(ClockRefusal::ExtensionGainsNothing));
    assert!(case.extend(3, &calendar).is_ok());
}

fn request(asked_by: i64, state: RequestState) -> ExtensionRequest {
    ExtensionRequest {
        id: RequestId(1),
        court_id: CourtId(1),
        matter_id: 1,
        clock_id: ClockId(1),
        days: 3,
        reason: "鉴定未完成".to_owned(),
        state,
        asked_by: StaffId(asked_by),
        asked_by_name: "钱进".to_owned(),
        asked_at: day("2026-11-24").and_hms_opt(1, 0, 0).unwrap(),
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision_note: String::new(),
        version: 0,
        approver_id: None,
    }
}

#[test]
fn whoever_decides_ranks_high_enough_and_not_for_their_own_benefit() {
    use Role::{DivisionHead, Handler, PetitionOfficer, President, VicePresident};
    let ranks = |role: Role, approver, accountable| {
        let who = Who { me: StaffId(1), roles: &[role], accountable: StaffId(accountable), stands_in: false };
        who.ranks(approver)
    };
    assert_eq!(ranks(DivisionHead, Approver::DivisionHead, 2), Ok(()));
    assert_eq!(ranks(VicePresident, Approver::DivisionHead, 2), Ok(()));
    assert_eq!(ranks(President, Approver::President, 2), Ok(()));
    for (role, approver) in [
        (Handler, Approver::DivisionHead),
        (PetitionOfficer, Approver::Sender),
        (DivisionHead, Approver::VicePresident),
        (VicePresident, Approver::President),
    ] {
        assert_eq!(ranks(role, approver, 2), Err(ClockRefusal::NotTheirsToExtend(approver)));
    }
    assert_eq!(ranks(President, Approver::President, 1), Err(ClockRefusal::OwnMatter));
    assert_eq!(ranks(DivisionHead, Approver::Sender, 1), Ok(()), "the sender decided, not they");
    let instead =
        |me| Who { me: StaffId(me), roles: &[VicePresident], accountable: StaffId(2), stands_in: true };
    assert_eq!(instead(1).ranks(Approver::President), Ok(()), "the president's own matter");
    assert_eq!(instead(2).ranks(Approver::President), Err(ClockRefusal::OwnMatter));
    let own = request(1, RequestState::Asked);
    on(Code::Reply, "2026-11-25", &[], |case| {
        assert_eq!(instead(1).may_grant(&case, &own), Err(ClockRefusal::OwnRequest));
    });
}

#[test]
fn nobody_decides_what_they_asked_for_and_a_request_is_settled_once() {
    let president =
        Who { me: StaffId(1), roles: &[Role::President], accountable: StaffId(2), stands_in: false };
    let (own, others) = (request(1, RequestState::Asked), request(2, RequestState::Asked));
    on(Code::Reply, "2026-11-25", &[], |case| {
        assert_eq!(president.may_grant(&case, &others), Ok(Approver::President));
        assert_eq!(president.may_grant(&case, &own), Err(ClockRefusal::OwnRequest));
        assert_eq!(president.may_extend(&case, Some(&others)), Err(ClockRefusal::RequestWaits));
        assert_eq!(president.may_ask(&case, Some(&others)), Err(ClockRefusal::RequestWaits));
        assert_eq!(president.may_extend(&case, None), Ok(Approver::President));
        for settled in [RequestState::Granted, RequestState::Refused, RequestState::Withdrawn] {
            assert_eq!(president.may_grant(&case, &request(2, settled)), Err(ClockRefusal::NoRequest));
            assert_eq!(president.may_withdraw(&request(1, settled)), Err(ClockRefusal::NoRequest));
        }
    });
    on(Code::Reply, "2026-12-01", &[], |case| {
        assert_eq!(president.may_grant(&case, &others), Err(ClockRefusal::ExtensionTooLate));
        assert_eq!(president.may_refuse(case.rule, &others), Ok(()));
    });
    assert_eq!(president.may_withdraw(&own), Ok(()));
    assert_eq!(president.may_withdraw(&others), Err(ClockRefusal::OthersRequest));
}

#[test]
fn nobody_lets_a_clock_be_paused_that_they_answer_for() {
    let head = |accountable| Who {
        me: StaffId(1),
        roles: &[Role::DivisionHead],
        accountable: StaffId(accountable),
        stands_in: false,
    };
    on(Code::Reply, "2026-11-25", &[], |case| {
        assert_eq!(head(2).may_pause(&case), Ok(()));
        assert_eq!(head(1).may_pause(&case), Err(ClockRefusal::OwnMatter));
    });
}

#[test]
fn only_what_was_started_from_the_receipt_moves_with_it() {
    let arrival = Arrival { received_on: day("2026-11-20"), registered_on: day("2026-11-23") };
    let same = Arrival { received_on: day("2026-11-23"), registered_on: day("2026-11-23") };
    let moves = |trigger_event, starts_on: &str, met: bool, arrival| {
        let rule = Rule { trigger_event, ..rule(Code::Assigned, RuleStatus::FromAbove) };
        let clock = Clock {
            id: ClockId(1),
            court_id: CourtId(1),
            matter_id: 1,
            rule_id: rule.id,
            code: rule.code,
            starts_on: day(starts_on),
            raw_due_on: day("2026-12-23"),
            due_on: day("2026-12-23"),
            provisional: false,
            met_on: met.then(|| day("2026-11-24")),
            cancelled: false,
        };
        moves_with_receipt(&clock, &rule, arrival)
    };
    assert!(moves(Trigger::AssignmentReceipt, "2026-11-20", false, arrival));
    assert!(
        moves(Trigger::AssignmentReceipt, "2026-11-23", false, arrival),
        "started when it was registered"
    );
    assert!(!moves(Trigger::AssignmentReceipt, "2026-11-25", false, arrival), "assigned later");
    assert!(!moves(Trigger::AssignmentReceipt, "2026-11-20", true, arrival), "what was met is history");
    assert!(!moves(Trigger::Registration, "2026-11-23", false, arrival));
    assert!(moves(Trigger::Registration, "2026-11-23", false, same));
    assert!(!moves(Trigger::Acceptance, "2026-11-23", false, same));
}
