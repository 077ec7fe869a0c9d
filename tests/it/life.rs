//! Whatever happens to a matter, in whatever order: while it is open exactly one person answers for it who may, and its
//! next deadline is the first of its running clocks; it is never closed without words to the petitioner; what was refused
//! leaves no trace; recording, correcting and asking move no clock.

use crate::support::registrations::{first_visit, reload};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tingsong::deadlines;
use tingsong::entries::forms::Noted;
use tingsong::error::Problem;
use tingsong::escalation::actions::{HeardDraft, record_heard};
use tingsong::litigation::forms::Filed;
use tingsong::matters::actions::{About, register, screen, send_for_screening};
use tingsong::matters::rules::Screening;
use tingsong::matters::types::{
    CloseReason, EntryKind, HeardLevel, HeardManner, HeardSource, Matter, Stage, Track,
};
use tingsong::matters::{MatterId, store};
use tingsong::people::{Act, DivisionKind, Post, Role};
use tingsong::referrals::forms::Destination;
use tingsong::replies as replies_of;
use tingsong::replies::forms::{Base, Decision, Undertaking};
use tingsong::replies::types::{Content, DraftState, Item, Outcome, Remedy, Service, ServiceManner};
use tingsong::schema::{replies, staff, timeline};
use tingsong::{entries, joint, litigation, referrals};

on_both_databases! {
    whatever_happens_one_person_answers_and_one_date_comes_next,
}

/// Something that somebody tries to do to a matter.
#[derive(Clone, Debug)]
enum Try {
    Screen(Screening),
    Send,
    Refer {
        to_judge: bool,
    },
    TakeOver {
        pass_on: bool,
    },
    SendBack,
    Withdraw,
    Note {
        told: bool,
    },
    Correct,
    AskHelp,
    EndHelp,
    Filed(bool),
    Back,
    Again,
    Draft,
    Decide(bool),
    Serve,
    Close,
    Reopen,
    GoHome,
    NameJudge,
    Complain,
    HeardInTheCity,
    /// Whatever comes next on the usual way, by whoever does it.
    Onward,
}

fn tries() -> impl Strategy<Value = Try> {
    prop_oneof![
        3 => Just(Try::Screen(Screening::Accepted)),
        1 => Just(Try::Screen(Screening::InLitigation(Track::EnforcementObjection, None))),
        1 => Just(Try::Screen(Screening::AnsweredOnTheSpot { answer: "已说明上诉期限。".into() })),
        1 => Just(Try::Screen(Screening::NotThisCourt { authority: "区人社局".into(), guidance: "请携带劳动合同。".into() })),
        1 => Just(Try::Send),
        4 => any::<bool>().prop_map(|to_judge| Try::Refer { to_judge }),
        4 => any::<bool>().prop_map(|pass_on| Try::TakeOver { pass_on }),
        2 => Just(Try::SendBack),
        1 => Just(Try::Withdraw),
        2 => any::<bool>().prop_map(|told| Try::Note { told }),
        1 => Just(Try::Correct),
        1 => Just(Try::AskHelp),
        1 => Just(Try::EndHelp),
        1 => any::<bool>().prop_map(Try::Filed),
        1 => Just(Try::Back),
        1 => Just(Try::Again),
        2 => Just(Try::Draft),
        2 => any::<bool>().prop_map(Try::Decide),
        1 => Just(Try::Serve),
        1 => Just(Try::Close),
        1 => Just(Try::Reopen),
        1 => Just(Try::GoHome),
        1 => Just(Try::NameJudge),
        1 => Just(Try::Complain),
        1 => Just(Try::HeardInTheCity),
        16 => Just(Try::Onward),
    ]
}

const ROLES: [Role; 6] = [
    Role::FilingClerk,
    Role::PetitionOfficer,
    Role::Handler,
    Role::DivisionHead,
    Role::VicePresident,
    Role::Inspector,
];

#[expect(clippy::too_many_lines, reason = "one arm for each thing that people try")]
fn attempt(app: &TestApp, act: Act, id: MatterId, what: Try, nth: usize) -> Result<(), Problem> {
    let version = reload(app, id).version;
    let civil = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let (judge, helper) = (app.person(Role::Handler), app.person(Role::Inspector));
    app.write(move |conn| match what {
        Try::Screen(screening) => screen(conn, &act, id, version, &screening),
        Try::Send => send_for_screening(conn, &act, id, version),
        Try::Refer { to_judge } => {
            let staff = to_judge.then_some(judge);
            let to = Destination { division: civil, staff, ..Destination::default() };
            referrals::actions::refer(conn, &act, id, version, &to).map(drop)
        }
        Try::TakeOver { pass_on } => {
            referrals::actions::take_over(conn, &act, id, version, pass_on.then_some(judge))
        }
        Try::SendBack => referrals::actions::send_back(conn, &act, id, version, "不属于本庭"),
        Try::Withdraw => referrals::actions::withdraw(conn, &act, id, version, "转错了"),
        Try::Note { told } => {
            let noted = Noted {
                kind: EntryKind::Progress,
                happened_on: act.now.today(),
                others: String::new(),
                place: String::new(),
                text: "已联系核实。".into(),
                told,
            };
            entries::actions::note(conn, &act, id, &noted, Vec::new())
        }
        Try::Correct => {
            let first =
                timeline::table.filter(timeline::matter_id.eq(id)).select(timeline::id).first(conn)?;
            entries::actions::correct(conn, &act, id, first, "日期有误")
        }
        Try::AskHelp => joint::actions::ask_help(conn, &act, id, version, (helper, "核对")),
        Try::EndHelp => joint::actions::end_help(conn, &act, id, version, helper),
        Try::Filed(true) => {
            let filed = Filed::Case("（2026）豫0404执异6号".into());
            litigation::actions::enter_result(conn, &act, id, version, &filed)
        }
        Try::Filed(false) => {
            let filed = Filed::Refused { ruling: "裁定不予受理".into() };
            litigation::actions::enter_result(conn, &act, id, version, &filed)
        }
        Try::Back => litigation::actions::take_back(conn, &act, id, version, "没有异议请求"),
        Try::Again => {
            let matter = store::find(conn, &act.by.scope, id)?;
            let known = store::participants(conn, &matter)?;
            let mut entered = first_visit(&format!("{id}-{nth}"));
            entered.people[0].who = tingsong::matters::actions::Who::Known(known[0].petitioner_id);
            entered.about = About::Existing(id);
            register(conn, &act, &entered).map(drop)
        }
        Try::Draft => {
            let newest = replies_of::current_of_job(conn, id)?;
            let base = newest.map_or(Base { number: 0, version: 0 }, |one| Base {
                number: one.number,
                version: one.version,
            });
            replies_of::actions::save(conn, &act, id, base, &written(), true).map(drop)
        }
        Try::Decide(approve) => {
            let version = replies_of::current_of_job(conn, id)?.map_or(0, |draft| draft.version);
            let decision =
                if approve { Decision::Approve } else { Decision::Return("请补充依据。".into()) };
            replies_of::actions::decide(conn, &act, id, version, &decision)
        }
        Try::Serve => {
            let reply = replies_of::current_of_job(conn, id)?.map_or(0, |draft| draft.version);
            let service = Service {
                manner: ServiceManner::InPerson,
                tracking: String::new(),
                recipient: "张建国".into(),
                proof: "本人签收".into(),
                served_on: act.now.today(),
                received_on: Some(act.now.today()),
            };
            replies_of::actions::serve(conn, &act, id, (version, reply), &service, Vec::new())
        }
        Try::Close => {
            let how = (CloseReason::Settled, Undertaking::None, "");
            replies_of::actions::close(conn, &act, id, version, how)
        }
        Try::Reopen => replies_of::actions::reopen(conn, &act, id, version, "提交了新的证据。"),
        Try::GoHome => replies_of::actions::withdraw(conn, &act, id, version, "已经和解。"),
        Try::NameJudge => joint::actions::name_case_judge(conn, &act, id, version, (judge, "")),
        Try::Complain => joint::name_complained(conn, &act, id, version, (judge, "称收受礼品。")),
        Try::HeardInTheCity => {
            let heard = HeardDraft {
                level: HeardLevel::City,
                body: "市委信访局".into(),
                manner: HeardManner::InPerson,
                heard_on: act.now.today(),
                source: HeardSource::Notice,
                reference: "市信访通报第12号".into(),
            };
            record_heard(conn, &act, id, &heard).map(drop)
        }
        Try::Onward => Err(Problem::internal("picked before")),
    })
}

fn written() -> Content {
    let item = Item {
        claim: "请求尽快执行".into(),
        facts: "已冻结账户。".into(),
        basis: "《民事诉讼法》第二百五十三条。".into(),
        outcome: Some(Outcome::Supported),
        opinion: "本月内发放。".into(),
    };
    Content {
        receipt: "本院收到您反映的事项。".into(),
        items: vec![item],
        remedy: Remedy::Procedure,
        remedy_text: "依照法定程序提出。".into(),
    }
}

/// What comes next on the usual way, and who does it.
fn onward(app: &TestApp, id: MatterId) -> (Act, Try) {
    let row = reload(app, id);
    let reply = app.read(move |conn| Ok(replies_of::current_of_job(conn, id)?)).unwrap();
    let reply = tingsong::replies::rules::standing(row.stage, reply.map(|draft| draft.state));
    let accountable = app.act_of(row.accountable_id);
    match (row.stage, reply) {
        (Stage::Registered | Stage::Screening, _) => {
            let by = if row.conduct { Role::Inspector } else { Role::PetitionOfficer };
            (app.act(by), Try::Screen(Screening::Accepted))
        }
        (Stage::InLitigation, _) => (accountable, Try::Filed(true)),
        (Stage::Handling, None | Some(DraftState::Drafted | DraftState::Returned | DraftState::Recalled)) => {
            (accountable, Try::Draft)
        }
        (Stage::Handling, Some(DraftState::Submitted)) => (app.act(Role::President), Try::Decide(true)),
        (Stage::Handling, Some(DraftState::Approved | DraftState::Served)) => (accountable, Try::Serve),
        (Stage::Replied, _) => (accountable, Try::Close),
        (Stage::Closed, _) => {
            let by = if row.conduct { Role::Inspector } else { Role::PetitionOfficer };
            (app.act(by), Try::Reopen)
        }
    }
}

/// Everything that must be so at every moment.
fn holds(app: &TestApp, id: MatterId) -> Result<(), TestCaseError> {
    let row = reload(app, id);
    let answerable = row.accountable_id;
    let (clocks, said, active) = app
        .read(move |conn| {
            Ok((
                deadlines::of_matter(conn, id.0)?,
                replies::table
                    .filter(replies::matter_id.eq(id).and(replies::text.ne("")))
                    .count()
                    .get_result::<i64>(conn)?,
                staff::table.find(answerable).select(staff::active).first::<bool>(conn)?,
            ))
        })
        .unwrap();
    let first = clocks.iter().filter(|(clock, _)| clock.is_open()).map(|(clock, _)| clock.due_on).min();
    if row.stage == Stage::Closed {
        prop_assert!(said > 0, "closed without a word: {row:?}");
        prop_assert_eq!(row.next_due_on, None);
    } else {
        prop_assert!(active, "nobody in service answers for it");
        let seen = app.act_of(row.accountable_id).by.scope;
        let seen = app.read(move |conn| Ok(store::find(conn, &seen, id)?));
        prop_assert!(seen.is_ok(), "whoever answers for it may not see it");
        prop_assert!(first.is_some(), "nothing is owed next: {row:?}");
        prop_assert_eq!(row.next_due_on, first);
    }
    Ok(())
}

fn dates(app: &TestApp, id: MatterId) -> Vec<(deadlines::ClockId, chrono::NaiveDate)> {
    let all = app.read(move |conn| deadlines::of_matter(conn, id.0)).unwrap();
    let mut dates: Vec<_> = all.into_iter().map(|(clock, _)| (clock.id, clock.due_on)).collect();
    dates.sort_unstable();
    dates
}

fn entries_of(app: &TestApp, id: MatterId) -> i64 {
    app.read(move |conn| Ok(timeline::table.filter(timeline::matter_id.eq(id)).count().get_result(conn)?))
        .unwrap()
}

fn step(app: &TestApp, id: MatterId, (role, what): (Role, Try), nth: usize) -> Result<(), TestCaseError> {
    let before: (Matter, i64) = (reload(app, id), entries_of(app, id));
    let clocks = dates(app, id);
    let (act, what) = if matches!(what, Try::Onward) { onward(app, id) } else { (app.act(role), what) };
    let done = attempt(app, act, id, what.clone(), nth);
    match done {
        Ok(()) => {
            let kept = dates(app, id);
            let moved = clocks.iter().find(|clock| !kept.contains(clock));
            prop_assert_eq!(moved, None, "{:?} moved a clock that had started", what);
        }
        Err(Problem::Refused(words)) => {
            prop_assert!(words.ends_with('。'), "{}", words);
            prop_assert_eq!((reload(app, id), entries_of(app, id)), before, "{:?} was refused", what);
        }
        Err(Problem::Forbidden | Problem::NotFound | Problem::Stale) => {
            prop_assert_eq!((reload(app, id), entries_of(app, id)), before, "{:?} was not theirs", what);
        }
        Err(other) => return Err(TestCaseError::fail(format!("{what:?}: {other:?}"))),
    }
    holds(app, id)
}

async fn whatever_happens_one_person_answers_and_one_date_comes_next(app: TestApp) {
    // Somebody heads the filing division, so that what goes to litigation has its person.
    let head = app.person(Role::PetitionOfficer);
    app.write(move |conn| {
        let set = staff::post.eq(Post::DivisionHead);
        diesel::update(staff::table.find(head)).set(set).execute(conn)?;
        Ok(())
    })
    .unwrap();
    let clerk = app.act(Role::FilingClerk);
    let plan = prop::collection::vec((prop::sample::select(ROLES.to_vec()), tries()), 1..40);
    let (made, closed) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    let mut runner = TestRunner::new(Config { cases: 48, failure_persistence: None, ..Config::default() });
    let ran = runner.run(&plan, |steps| {
        made.set(made.get() + 1);
        let (act, entered) = (clerk.clone(), first_visit(&format!("case-{}", made.get())));
        let id = app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id;
        holds(&app, id)?;
        for (nth, one) in steps.into_iter().enumerate() {
            step(&app, id, one, nth)?;
            closed.set(closed.get() + usize::from(reload(&app, id).stage == Stage::Closed));
        }
        Ok(())
    });
    ran.unwrap();
    assert!(closed.get() > 0, "no case ever came to an end");
}
