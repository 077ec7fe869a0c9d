//! Supervision (督办): demanded, answered, hardened, on both databases.

use crate::support::registrations::{first_visit, id_number, new_matter, person, visit};
use crate::support::{TestApp, court_time, on_both_databases};
use calamine::{Reader, Xlsx};
use diesel::prelude::*;
use tingsong::error::Problem;
use tingsong::matters::actions::{About, Registered, Who, register};
use tingsong::matters::types::{EntryKind, Matter};
use tingsong::people::{Act, DivisionKind, Role, StaffId};
use tingsong::schema::{matters, outbox, sessions, supervisions, timeline};
use tingsong::supervision::types::{State, Supervision};
use tingsong::supervision::{Manner, Notice, Round, SupervisionId, answer, harden, issue};

on_both_databases! {
    a_demand_has_a_number_a_date_a_clock_a_mail_and_an_entry,
    an_answer_meets_the_clock_and_ends_the_series,
    a_demand_waits_until_it_is_overdue,
    unanswered_it_hardens_by_itself_each_round_once,
    a_round_raised_by_hand_is_not_raised_again_at_night,
    the_night_after_a_free_day_raises_nothing,
    two_who_demand_at_once_are_told_of_each_other,
    two_who_answer_at_once_are_told_of_each_other,
    only_the_addressee_or_the_accountable_answers,
    who_is_complained_of_is_neither_asked_nor_told_nor_shown,
    the_register_filters_goes_on_and_is_taken_out,
    the_pages_lead_through_demand_answer_and_paper,
    a_closed_matter_is_supervised_no_more,
    closing_ends_a_demand_so_that_reopening_starts_with_none,
}

/// A matter that the judge answers for, in the judge's division.
fn matter_of_the_judge(app: &TestApp, key: &str) -> Registered {
    let act = app.act(Role::FilingClerk);
    let judge = app.person(Role::Handler);
    let division = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let entered = first_visit(key);
    app.write(move |conn| {
        let made = register(conn, &act, &entered)?;
        diesel::update(matters::table.find(made.matter_id))
            .set((matters::accountable_id.eq(judge), matters::division_id.eq(division)))
            .execute(conn)?;
        Ok(made)
    })
    .unwrap()
}

fn notice(app: &TestApp) -> Notice {
    Notice {
        manner: Manner::Letter,
        addressee: app.person(Role::Handler),
        signer: app.person(Role::VicePresident),
        referral: String::new(),
        demand: "请说明执行进展，并当面答复信访人。".into(),
        spoken: String::new(),
    }
}

fn demanded(app: &TestApp, made: Registered) -> SupervisionId {
    demanded_after(app, made, None, app.act(Role::PetitionOfficer)).unwrap()
}

fn demanded_after(
    app: &TestApp,
    made: Registered,
    after: Option<SupervisionId>,
    act: Act,
) -> Result<SupervisionId, Problem> {
    let notice = notice(app);
    app.write(move |conn| issue(conn, &act, made.matter_id, after, &notice))
}

fn answered(app: &TestApp, id: SupervisionId, version: i64, act: Act) -> Result<(), Problem> {
    app.write(move |conn| answer(conn, &act, id, version, "已经约谈，评估机构下周现场勘验。"))
}

fn night(app: &TestApp, at: &str) -> String {
    app.at(at);
    let act = Act::system("系统", court_time(at), app.app.keys().clone());
    app.write(move |conn| harden(conn, &act)).unwrap()
}

fn row(app: &TestApp, id: SupervisionId) -> Supervision {
    app.read(move |conn| Ok(supervisions::table.find(id).first(conn)?)).unwrap()
}

fn all(app: &TestApp) -> Vec<Supervision> {
    app.read(|conn| Ok(supervisions::table.order(supervisions::id).load(conn)?)).unwrap()
}

fn matter(app: &TestApp, made: Registered) -> Matter {
    app.read(move |conn| Ok(matters::table.find(made.matter_id).first(conn)?)).unwrap()
}

fn recipients(app: &TestApp) -> Vec<String> {
    app.read(|conn| Ok(outbox::table.order(outbox::id).select(outbox::recipient).load(conn)?)).unwrap()
}

fn entries(app: &TestApp) -> Vec<String> {
    app.read(|conn| {
        Ok(timeline::table
            .filter(timeline::kind.eq(EntryKind::Supervision))
            .order(timeline::id)
            .select(timeline::text)
            .load(conn)?)
    })
    .unwrap()
}

/// Everybody's session goes on at the stopped clock's new time.
pub fn db_awake(app: &TestApp) {
    let now = app.app.moment().utc();
    app.write(move |conn| {
        diesel::update(sessions::table)
            .set((sessions::created_at.eq(now), sessions::last_seen_at.eq(now)))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
}

async fn a_demand_has_a_number_a_date_a_clock_a_mail_and_an_entry(app: TestApp) {
    let made = matter_of_the_judge(&app, "one");
    let one = row(&app, demanded(&app, made));
    assert_eq!((one.number.as_str(), one.round, one.series), ("石法督〔2026〕0001号", Round::First, 1));
    // Five working days after Monday 23 November.
    assert_eq!(one.due_on.to_string(), "2026-11-30");
    assert_eq!((one.referral.as_str(), one.late_days), ("石法访〔2026〕0001号", 0));
    assert_eq!(recipients(&app), ["handler@court.test"]);
    let said = entries(&app);
    assert!(
        said[0].contains("第一次督办") && said[0].contains("法官钱进在2026年11月30日以前答复"),
        "{said:?}"
    );
    let clocks = app.read(move |conn| tingsong::deadlines::of_matter(conn, made.matter_id.0)).unwrap();
    assert!(clocks.iter().any(|(clock, _)| clock.id == one.clock_id && clock.due_on == one.due_on));
    let mail: (String, String) =
        app.read(|conn| Ok(outbox::table.select((outbox::subject, outbox::text_body)).first(conn)?)).unwrap();
    assert!(mail.0.contains("石法访〔2026〕0001号") && !mail.1.contains("张建国"), "{mail:?}");
}

async fn an_answer_meets_the_clock_and_ends_the_series(app: TestApp) {
    let made = matter_of_the_judge(&app, "answered");
    let id = demanded(&app, made);
    app.at("2026-11-25 10:00");
    answered(&app, id, 0, app.act(Role::Handler)).unwrap();
    let one = row(&app, id);
    assert_eq!((one.state, one.answered_by), (State::Answered, Some(app.person(Role::Handler))));
    let clocks = app.read(move |conn| tingsong::deadlines::of_matter(conn, made.matter_id.0)).unwrap();
    let clock = clocks.iter().find(|(clock, _)| clock.id == one.clock_id).unwrap();
    assert_eq!(clock.0.met_on.unwrap().to_string(), "2026-11-25");
    assert_eq!(matter(&app, made).next_due_on.unwrap().to_string(), "2026-11-30");
    assert_eq!(recipients(&app), ["handler@court.test", "officer@court.test", "vice@court.test"]);
    assert!(matches!(answered(&app, id, 1, app.act(Role::Handler)), Err(Problem::Refused(_))));
    night(&app, "2026-12-20 20:00");
    assert_eq!(all(&app).len(), 1, "an answered demand hardens no more");
    let again = demanded_after(&app, made, Some(id), app.act(Role::PetitionOfficer)).unwrap();
    assert_eq!((row(&app, again).series, row(&app, again).round), (2, Round::First));
}

async fn a_demand_waits_until_it_is_overdue(app: TestApp) {
    let made = matter_of_the_judge(&app, "waits");
    let id = demanded(&app, made);
    app.at("2026-11-30 18:00");
    let early = demanded_after(&app, made, Some(id), app.act(Role::PetitionOfficer));
    assert!(matches!(early, Err(Problem::Refused(_))));
    night(&app, "2026-11-30 20:00");
    assert_eq!(all(&app).len(), 1, "the due day itself is in time");
}

async fn unanswered_it_hardens_by_itself_each_round_once(app: TestApp) {
    let made = matter_of_the_judge(&app, "hardens");
    let id = demanded(&app, made);
    for at in ["2026-12-01 20:00", "2026-12-01 20:10", "2026-12-02 20:00"] {
        night(&app, at);
    }
    let rounds: Vec<_> = all(&app).iter().map(|one| (one.series, one.round, one.state)).collect();
    assert_eq!(rounds, [(1, Round::First, State::Hardened), (1, Round::Second, State::Open)]);
    let second = all(&app)[1].clone();
    // Three working days after Tuesday 1 December.
    assert_eq!((second.due_on.to_string().as_str(), second.issued_by), ("2026-12-04", None));
    assert_eq!(
        (second.addressee_id, second.signed_by),
        (row(&app, id).addressee_id, row(&app, id).signed_by)
    );
    for at in ["2026-12-05 20:00", "2026-12-07 20:00", "2026-12-07 20:10", "2027-01-30 20:00"] {
        night(&app, at);
    }
    let reported = all(&app);
    assert_eq!(reported.len(), 3);
    assert_eq!(
        (reported[2].round, reported[2].reported_to),
        (Round::Report, Some(app.person(Role::President)))
    );
    assert_eq!(reported[2].issued_at, court_time("2026-12-07 20:00").utc());
    let told = recipients(&app);
    assert_eq!(
        told,
        [
            "handler@court.test",
            "handler@court.test",
            "head@court.test",
            "handler@court.test",
            "head@court.test",
            "president@court.test",
            "vice@court.test"
        ]
    );
    let running = app.read(move |conn| tingsong::deadlines::of_matter(conn, made.matter_id.0)).unwrap();
    let running: Vec<_> =
        running.into_iter().filter(|(clock, _)| clock.is_open()).map(|(c, _)| c.id).collect();
    assert!(running.contains(&reported[2].clock_id) && !running.contains(&reported[1].clock_id));
    assert_eq!(entries(&app).len(), 3);
}

async fn a_round_raised_by_hand_is_not_raised_again_at_night(app: TestApp) {
    let made = matter_of_the_judge(&app, "by hand");
    let id = demanded(&app, made);
    app.get(Role::Handler, "/").await.says(&["答复第一次督办"]);
    app.get(Role::PetitionOfficer, "/").await.does_not_say(&["可以加重"]);
    app.at("2026-12-01 09:00");
    db_awake(&app);
    night(&app, "2026-12-01 09:00");
    assert_eq!(all(&app).len(), 1, "a run that is made up in the morning leaves the day to the officer");
    app.get(Role::PetitionOfficer, "/").await.says(&["逾期没有答复，可以加重：第二次督办"]);
    app.get(Role::PetitionOfficer, &format!("/supervision/{id}")).await.says(&["建议：第二次督办"]);
    app.get(Role::Handler, "/").await.does_not_say(&["可以加重"]);
    let second = demanded_after(&app, made, Some(id), app.act(Role::PetitionOfficer)).unwrap();
    assert_eq!(row(&app, second).round, Round::Second);
    night(&app, "2026-12-01 20:00");
    assert_eq!(all(&app).len(), 2);
}

async fn the_night_after_a_free_day_raises_nothing(app: TestApp) {
    let made = matter_of_the_judge(&app, "weekend");
    app.at("2026-11-27 09:00");
    demanded(&app, made);
    assert_eq!(all(&app)[0].due_on.to_string(), "2026-12-04", "a Friday");
    night(&app, "2026-12-05 20:00");
    night(&app, "2026-12-06 20:00");
    assert_eq!(all(&app).len(), 1, "nobody could have answered at the weekend");
    night(&app, "2026-12-07 20:00");
    assert_eq!(all(&app).len(), 2);
}

async fn two_who_demand_at_once_are_told_of_each_other(app: TestApp) {
    let made = matter_of_the_judge(&app, "race");
    demanded(&app, made);
    let late = demanded_after(&app, made, None, app.act(Role::VicePresident));
    assert!(matches!(late, Err(Problem::Stale)));
    let foreign = demanded_after(&app, made, None, app.act(Role::Handler));
    assert!(matches!(foreign, Err(Problem::Forbidden)));
}

async fn two_who_answer_at_once_are_told_of_each_other(app: TestApp) {
    let made = matter_of_the_judge(&app, "answers");
    let id = demanded(&app, made);
    assert!(matches!(answered(&app, id, 4, app.act(Role::Handler)), Err(Problem::Stale)));
    let path = format!("/supervision/{id}/answer");
    let fields = [("version", "4"), ("answer", "已经约谈，评估机构下周现场勘验。")];
    app.post(Role::Handler, &path, &fields).await.is(409);
    assert_eq!(row(&app, id).state, State::Open);
}

async fn only_the_addressee_or_the_accountable_answers(app: TestApp) {
    let made = matter_of_the_judge(&app, "who");
    let id = demanded(&app, made);
    for role in [Role::DivisionHead, Role::PetitionOfficer, Role::VicePresident] {
        assert!(matches!(answered(&app, id, 0, app.act(role)), Err(Problem::Refused(_))), "{role:?}");
    }
    let head = app.person(Role::DivisionHead);
    app.write(move |conn| {
        diesel::update(matters::table.find(made.matter_id))
            .set(matters::accountable_id.eq(head))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    // The judge no longer sees the matter; whoever answers for it now does.
    assert!(matches!(answered(&app, id, 0, app.act(Role::Handler)), Err(Problem::NotFound)));
    answered(&app, id, 0, app.act(Role::DivisionHead)).unwrap();
}

async fn who_is_complained_of_is_neither_asked_nor_told_nor_shown(app: TestApp) {
    let judge = app.person(Role::Handler);
    let mut new = new_matter();
    new.complained_of = vec![judge];
    new.division_id = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).map(|d| d.1);
    let who = Who::New(Box::new(person("王桂兰", &id_number("41040419680809", 4), "13800009999")));
    let act = app.act(Role::FilingClerk);
    let entered = visit("conduct", who, About::New(Box::new(new)));
    let made = app.write(move |conn| register(conn, &act, &entered)).unwrap();
    let by = |addressee: StaffId, signer: StaffId| Notice { addressee, signer, ..notice(&app) };
    let (inspector, president) = (app.person(Role::Inspector), app.person(Role::President));
    for wrong in [by(judge, president), by(app.person(Role::DivisionHead), president), by(inspector, judge)] {
        let act = app.act(Role::President);
        let refused = app.write(move |conn| issue(conn, &act, made.matter_id, None, &wrong));
        assert!(matches!(refused, Err(Problem::Refused(_))));
    }
    let (act, right) = (app.act(Role::President), by(inspector, president));
    let id = app.write(move |conn| issue(conn, &act, made.matter_id, None, &right)).unwrap();
    night(&app, "2026-12-01 20:00");
    night(&app, "2026-12-07 20:00");
    let told = recipients(&app);
    assert!(told.iter().all(|to| to == "inspector@court.test" || to == "president@court.test"), "{told:?}");
    db_awake(&app);
    for role in [Role::Handler, Role::DivisionHead, Role::PetitionOfficer, Role::VicePresident] {
        app.get(role, "/supervision").await.is(200).does_not_say(&["王桂兰", "石法督"]);
        app.get(role, &format!("/supervision/{id}")).await.is(404);
        app.get(role, &format!("/supervision/{id}/letter")).await.is(404);
    }
    app.get(Role::Inspector, "/supervision?mine=1").await.says(&["王桂兰", "报告院长"]);
}

async fn the_register_filters_goes_on_and_is_taken_out(app: TestApp) {
    for n in 0..52 {
        let made = matter_of_the_judge(&app, &format!("k{n}"));
        demanded(&app, made);
    }
    let page = app.get(Role::PetitionOfficer, "/supervision").await;
    page.says(&["石法督〔2026〕0052号", "下一页"]).does_not_say(&["石法督〔2026〕0002号"]);
    for list in ["/supervision", "/supervision?order=due"] {
        let page = app.get(Role::PetitionOfficer, list).await;
        let next = page.html.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        let second = app.get(Role::PetitionOfficer, &next.replace("&amp;", "&")).await;
        assert_eq!(second.html.matches("石法督〔2026〕").count(), 2, "{list}");
    }
    app.get(Role::PetitionOfficer, "/supervision?state=answered").await.says(&["没有符合条件的督办"]);
    app.get(Role::PetitionOfficer, "/supervision?due=overdue").await.says(&["没有符合条件的督办"]);
    app.get(Role::PetitionOfficer, "/supervision?round=x&after=y").await.is(200);
    app.get(Role::DivisionHead, "/supervision?mine=1").await.says(&["没有符合条件的督办"]);
    app.get(Role::Handler, "/supervision?mine=1").await.says(&["石法督〔2026〕0052号"]);
    app.get(Role::Handler, "/supervision/export").await.is(403);
    let sheet = app.get(Role::PetitionOfficer, "/supervision/export?manner=letter").await;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(sheet.bytes)).unwrap();
    let cells = book.worksheet_range_at(0).unwrap().unwrap();
    let text: Vec<String> = cells.rows().flatten().map(ToString::to_string).collect();
    assert!(text.iter().filter(|cell| cell.starts_with("石法督")).count() == 52);
}

async fn the_pages_lead_through_demand_answer_and_paper(app: TestApp) {
    let made = matter_of_the_judge(&app, "pages");
    let address = format!("/matters/{}", made.matter_id);
    let form = format!("/supervision/of/{}", made.matter_id);
    app.get(Role::PetitionOfficer, &address).await.says(&["还没有督办过", &form]);
    app.get(Role::Handler, &address).await.does_not_say(&[&form]);
    app.get(Role::PetitionOfficer, &form).await.says(&["发出督办", "法官钱进（法官）", "庭长孙立（庭长）"]);
    let (judge, me) = (app.person(Role::Handler).to_string(), app.person(Role::PetitionOfficer).to_string());
    let wrong =
        [("manner", "phone"), ("addressee", &*judge), ("signer", &*me), ("demand", "请说明执行进展。")];
    app.post(Role::PetitionOfficer, &form, &wrong).await.is(422).says(&["请填写这一项", "请说明执行进展。"]);
    let mut right = wrong.to_vec();
    right.push(("spoken", "已电话告知，答应周五前答复。"));
    let done = app.post(Role::PetitionOfficer, &form, &right).await;
    let page = done.is(303).location.clone().unwrap();
    app.get(Role::PetitionOfficer, &page).await.says(&["电话督办", "打印督办函"]).does_not_say(&["提交答复"]);
    app.get(Role::Handler, &page).await.says(&["提交答复", "已电话告知"]);
    app.get(Role::Handler, &format!("{page}/letter")).await.says(&[
        "督办函",
        "2026年11月30日 周一",
        "法官钱进同志",
    ]);
    app.post(Role::Handler, &format!("{page}/answer"), &[("version", "0"), ("answer", "好")]).await.is(422);
    let answer = [("version", "0"), ("answer", "已经约谈，评估机构下周现场勘验。")];
    app.post(Role::Handler, &format!("{page}/answer"), &answer).await.is(303);
    app.get(Role::PetitionOfficer, &address).await.says(&[
        "已答复",
        "答复第一次督办",
        "评估机构下周现场勘验",
    ]);
}

async fn a_closed_matter_is_supervised_no_more(app: TestApp) {
    let made = matter_of_the_judge(&app, "closed");
    let id = demanded(&app, made);
    app.write(move |conn| {
        diesel::update(matters::table.find(made.matter_id))
            .set((
                matters::stage.eq("closed"),
                matters::close_reason.eq("settled"),
                matters::next_due_on.eq(None::<chrono::NaiveDate>),
                matters::next_clock_id.eq(None::<tingsong::deadlines::ClockId>),
                matters::closed_at.eq(court_time("2026-11-24 09:00").utc()),
            ))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    night(&app, "2026-12-20 20:00");
    assert_eq!(all(&app).len(), 1);
    assert!(matches!(answered(&app, id, 0, app.act(Role::Handler)), Err(Problem::Refused(_))));
    let again = demanded_after(&app, made, Some(id), app.act(Role::PetitionOfficer));
    assert!(matches!(again, Err(Problem::Refused(_))));
}

async fn closing_ends_a_demand_so_that_reopening_starts_with_none(app: TestApp) {
    let made = matter_of_the_judge(&app, "withdrawn");
    demanded(&app, made);
    let version = matter(&app, made).version.to_string();
    let form = [("version", version.as_str()), ("reason", "当事人已经和解。")];
    app.post(Role::Handler, &format!("/matters/{}/withdraw", made.matter_id), &form).await.is(303);
    assert_eq!(all(&app)[0].state, State::Answered);
    let version = matter(&app, made).version.to_string();
    let form = [("version", version.as_str()), ("what", "new"), ("reason", "对方没有履行和解协议。")];
    app.post(Role::PetitionOfficer, &format!("/matters/{}/reopen", made.matter_id), &form).await.is(303);
    night(&app, "2026-12-20 20:00");
    assert_eq!(all(&app).len(), 1, "nobody is told of a demand that ended");
}
