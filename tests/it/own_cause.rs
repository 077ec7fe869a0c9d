//! Nobody judges their own cause (promise 9), also where it comes out only later; on both databases.

use crate::support::registrations::{accepted, first_visit, new_matter, reload};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;

use tingsong::checks::{self, Check, Depth};
use tingsong::deadlines::Code;
use tingsong::error::Problem;
use tingsong::joint::actions::{ask_help, name_case_judge};
use tingsong::joint::name_complained;
use tingsong::matters::MatterId;
use tingsong::matters::actions::{About, NewMatter, register, screen};
use tingsong::matters::rules::Screening;
use tingsong::matters::types::{Channel, Stage, Track};
use tingsong::people::{Act, DivisionKind, Role, StaffId};
use tingsong::referrals::actions::{refer, take_over};
use tingsong::referrals::forms::Destination;
use tingsong::schema::{clocks, outbox, staff};

on_both_databases! {
    a_complaint_led_into_litigation_stays_with_inspection,
    inspection_screens_a_complaint_that_nobody_at_the_window_sees,
    whom_a_matter_complains_about_later_has_nothing_to_do_with_it_any_more,
    naming_somebody_later_needs_the_page_of_now,
    a_division_does_not_take_over_what_its_head_decided,
    who_decided_the_case_neither_drafts_nor_approves_the_reply,
    only_inspection_is_asked_to_help_with_a_complaint,
    officers_are_not_mailed_about_complaints,
    a_procedure_counts_from_the_day_the_judgment_was_served,
    the_check_finds_whoever_holds_a_part_of_their_own_cause,
}

/// A complaint about this person, as the clerk enters it.
fn complaint(app: &TestApp, about: StaffId, screening: Screening) -> MatterId {
    let mut entered = first_visit("complaint");
    let new = NewMatter { complained_of: vec![about], screening, ..new_matter() };
    entered.about = About::New(Box::new(new));
    let act = app.act(Role::FilingClerk);
    app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id
}

fn screened(app: &TestApp, by: Role, id: MatterId, how: Screening) -> Result<(), Problem> {
    let (act, version) = (app.act(by), reload(app, id).version);
    app.write(move |conn| screen(conn, &act, id, version, &how))
}

/// Makes the division's head the head of filing.
fn head_of_filing(app: &TestApp) -> StaffId {
    let head = app.person(Role::DivisionHead);
    let filing = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Filing).unwrap().1;
    app.write(move |conn| {
        diesel::update(staff::table.find(head)).set(staff::division_id.eq(filing)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    head
}

fn running(app: &TestApp, id: MatterId) -> Vec<(Code, String)> {
    app.read(move |conn| {
        let open: Vec<(Code, chrono::NaiveDate)> = clocks::table
            .filter(clocks::matter_id.eq(id.0).and(clocks::met_on.is_null()).and(clocks::cancelled.eq(false)))
            .order(clocks::id)
            .select((clocks::code, clocks::due_on))
            .load(conn)?;
        Ok(open.into_iter().map(|(code, due)| (code, due.to_string())).collect())
    })
    .unwrap()
}

async fn a_complaint_led_into_litigation_stays_with_inspection(app: TestApp) {
    let head = head_of_filing(&app);
    let id = complaint(&app, head, Screening::Undecided);
    screened(&app, Role::FilingClerk, id, Screening::InLitigation(Track::Filing, None)).unwrap();
    let row = reload(&app, id);
    assert_eq!((row.stage, row.accountable_id), (Stage::InLitigation, app.person(Role::Inspector)));
    app.get_as(head, &format!("/matters/{id}")).await.is(404);
}

async fn inspection_screens_a_complaint_that_nobody_at_the_window_sees(app: TestApp) {
    let mut entered = first_visit("night");
    let about = vec![app.person(Role::Handler)];
    entered.about = About::New(Box::new(NewMatter { complained_of: about, ..new_matter() }));
    let act = app.act(Role::DutyOfficer);
    let id = app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id;
    app.get(Role::FilingClerk, &format!("/matters/{id}")).await.is(404);
    app.get(Role::PetitionOfficer, &format!("/matters/{id}")).await.is(404);
    app.get(Role::Inspector, &format!("/matters/{id}")).await.is(200).says(&["确定甄别结果"]);
    let version = reload(&app, id).version.to_string();
    let form = [("version", version.as_str()), ("decision", "accepted")];
    app.post(Role::Inspector, &format!("/matters/{id}/screen"), &form).await.is(303);
    assert_eq!(reload(&app, id).stage, Stage::Handling);
    // What is no complaint is screened at the window.
    let other = accepted(&app, "other");
    assert!(matches!(
        screened(&app, Role::Inspector, other, Screening::Accepted),
        Err(Problem::Forbidden | Problem::Refused(_))
    ));
}

async fn whom_a_matter_complains_about_later_has_nothing_to_do_with_it_any_more(app: TestApp) {
    let id = crate::replies::handled(&app, "later");
    let (judge, clocks_before) = (app.person(Role::Handler), running(&app, id));
    app.get(Role::Handler, &format!("/matters/{id}")).await.is(200);
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{id}/name-complained")).await;
    page.is(200).says(&["法官钱进", "转监察办理"]).does_not_say(&["专干老周（"]);
    let version = reload(&app, id).version.to_string();
    let form = [
        ("version", version.as_str()),
        ("staff", &*judge.to_string()),
        ("task", "称承办法官收受对方当事人礼品。"),
    ];
    app.post(Role::PetitionOfficer, &format!("/matters/{id}/name-complained"), &form).await.is(303);
    let row = reload(&app, id);
    assert_eq!((row.accountable_id, row.conduct), (app.person(Role::Inspector), true));
    assert_eq!(running(&app, id), clocks_before, "its clocks run on");
    for gone in [Role::Handler, Role::DivisionHead, Role::PetitionOfficer, Role::VicePresident] {
        app.get(gone, &format!("/matters/{id}")).await.is(404);
        app.get(gone, "/matters").await.is(200).does_not_say(&["张建国"]);
    }
    for knows in [Role::Inspector, Role::President] {
        app.get(knows, &format!("/matters/{id}")).await.is(200).says(&["收受对方当事人礼品"]);
    }
    let told: Vec<String> = app
        .read(|conn| {
            let subject = outbox::subject.like("%检举控告转您办理%");
            Ok(outbox::table.filter(subject).select(outbox::recipient).load(conn)?)
        })
        .unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
}

async fn naming_somebody_later_needs_the_page_of_now(app: TestApp) {
    let id = crate::replies::handled(&app, "stale");
    let (act, judge, old) =
        (app.act(Role::PetitionOfficer), app.person(Role::Handler), reload(&app, id).version - 1);
    let late = app.write(move |conn| name_complained(conn, &act, id, old, (judge, "态度恶劣。")));
    assert!(matches!(late, Err(Problem::Stale)), "{late:?}");
    let (act, now) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
    let myself = app.person(Role::PetitionOfficer);
    let own = app.write(move |conn| name_complained(conn, &act, id, now, (myself, "态度恶劣。")));
    assert!(matches!(own, Err(Problem::Refused(_))), "{own:?}");
}

async fn a_division_does_not_take_over_what_its_head_decided(app: TestApp) {
    let id = accepted(&app, "division");
    let civil = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let (head, judge) = (app.person(Role::DivisionHead), app.person(Role::Handler));
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| {
        refer(conn, &act, id, 0, &Destination { division: civil, ..Destination::default() })
    })
    .unwrap();
    let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
    let bare = app.write(move |conn| name_case_judge(conn, &act, id, version, (head, "")));
    assert!(matches!(bare, Err(Problem::Refused(_))), "a referral waits for their division: {bare:?}");
    // Another was named; then they became the head.
    let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
    app.write(move |conn| {
        name_case_judge(conn, &act, id, version, (judge, ""))?;
        let swap = [(head, "judge"), (judge, "division_head")];
        for (who, post) in swap {
            diesel::sql_query(format!("UPDATE staff SET post = '{post}' WHERE id = {who}")).execute(conn)?;
        }
        diesel::sql_query(format!(
            "INSERT INTO staff_roles (staff_id, role) VALUES ({judge}, 'division_head')"
        ))
        .execute(conn)?;
        Ok(())
    })
    .unwrap();
    let version = reload(&app, id).version;
    let act = app.act(Role::Handler);
    let own = app.write(move |conn| take_over(conn, &act, id, version, None));
    assert!(matches!(&own, Err(Problem::Refused(words)) if words.contains("原案承办人")), "{own:?}");
}

async fn who_decided_the_case_neither_drafts_nor_approves_the_reply(app: TestApp) {
    let id = crate::replies::handled(&app, "reply");
    let head = app.person(Role::DivisionHead);
    let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
    app.write(move |conn| name_case_judge(conn, &act, id, version, (head, ""))).unwrap();
    let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
    app.write(move |conn| ask_help(conn, &act, id, version, (head, "说明原案情况"))).unwrap();
    app.get(Role::DivisionHead, &format!("/matters/{id}/draft-reply")).await.is(403);
    app.get(Role::DivisionHead, &format!("/matters/{id}/note")).await.is(200);
    assert_eq!(crate::replies::write(&app, Role::Handler, id, (0, 0), "submit").await, 303);
    assert_eq!(crate::replies::decide(&app, Role::DivisionHead, id, "approve", "").await, 403);
    assert_eq!(crate::replies::decide(&app, Role::VicePresident, id, "approve", "").await, 303);
}

async fn only_inspection_is_asked_to_help_with_a_complaint(app: TestApp) {
    let id = complaint(&app, app.person(Role::Handler), Screening::Accepted);
    let page = app.get(Role::Inspector, &format!("/matters/{id}/ask-help")).await;
    page.is(200).does_not_say(&["庭长孙立", "专干老周"]);
    let (act, head, version) =
        (app.act(Role::Inspector), app.person(Role::DivisionHead), reload(&app, id).version);
    let asked = app.write(move |conn| ask_help(conn, &act, id, version, (head, "核对")));
    assert!(matches!(asked, Err(Problem::Refused(_))), "{asked:?}");
}

async fn officers_are_not_mailed_about_complaints(app: TestApp) {
    let id = complaint(&app, app.person(Role::Handler), Screening::Accepted);
    let officer = app.person(Role::PetitionOfficer);
    let act = app.act(Role::Inspector);
    app.write(move |conn| {
        let matter = tingsong::matters::of_job(conn, id)?;
        let notice =
            tingsong::matters::mails::Notice { subject: "试", text: "试。", key: "test", urgent: false };
        tingsong::matters::mails::tell(conn, &act, &matter, officer, notice)?;
        tingsong::matters::mails::tell(conn, &act, &matter, act.by.person()?, notice)
    })
    .unwrap();
    let told: Vec<Option<i64>> = app
        .read(|conn| {
            Ok(outbox::table.filter(outbox::subject.like("试：%")).select(outbox::recipient_id).load(conn)?)
        })
        .unwrap();
    assert_eq!(told, [Some(app.person(Role::Inspector).0)]);
}

async fn a_procedure_counts_from_the_day_the_judgment_was_served(app: TestApp) {
    let head = head_of_filing(&app);
    let mut entered = first_visit("appeal");
    entered.channel = Channel::Visit;
    let act = app.act(Role::FilingClerk);
    let id = app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id;
    let version = reload(&app, id).version.to_string();
    let form = [
        ("version", version.as_str()),
        ("decision", "in_litigation"),
        ("track", "appeal_civil_judgment"),
        ("track_from", "2026-11-12"),
    ];
    app.post(Role::FilingClerk, &format!("/matters/{id}/screen"), &form).await.is(303);
    assert_eq!(reload(&app, id).accountable_id, head);
    // 民诉法171: fifteen days from service.
    assert_eq!(running(&app, id), [(Code::AppealCivilJudgment, "2026-11-27".to_owned())]);
    let sheet = app.get(Role::FilingClerk, &format!("/matters/{id}/guidance-sheet")).await;
    sheet.is(200).says(&["请在", "以前提出", "上诉状"]);
}

async fn the_check_finds_whoever_holds_a_part_of_their_own_cause(app: TestApp) {
    let id = crate::replies::handled(&app, "broken");
    let broken = |app: &TestApp| {
        let anchor = app.database.dir.path().join("anchor");
        let act = Act::system("检查", app.app.moment(), app.app.keys().clone());
        let report = app.read(move |conn| checks::run(conn, &act, &anchor, Depth::End)).unwrap();
        report.findings.iter().find(|one| one.check == Check::OwnCause).unwrap().count
    };
    assert_eq!(broken(&app), 0);
    let judge = app.person(Role::Handler);
    app.write(move |conn| Ok(tingsong::matters::store::insert_bars(conn, id, &[judge])?)).unwrap();
    assert_eq!(broken(&app), 1);
}
