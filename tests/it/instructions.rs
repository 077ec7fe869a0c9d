//! Leaders' instructions (批示): asked for, given, carried out, confirmed, on both databases.

use crate::support::registrations::{first_visit, id_number, new_matter, person, visit};
use crate::support::{TestApp, court_time, on_both_databases};
use calamine::{Reader, Xlsx};
use diesel::prelude::*;
use tingsong::error::Problem;
use tingsong::instructions::types::{Instruction, State};
use tingsong::instructions::{
    Asked, Given, InstructionId, ask, confirm, finish, give, instruct, remind, return_to_asker, send_back,
    withdraw,
};
use tingsong::matters::actions::{About, NewMatter, Registered, Who, register};
use tingsong::matters::types::EntryKind;
use tingsong::people::{Act, DivisionKind, Role};
use tingsong::schema::{instructions, matters, outbox, sessions, timeline};

on_both_databases! {
    a_request_is_answered_carried_out_and_confirmed,
    a_request_is_sent_back_or_taken_back,
    a_leader_instructs_without_being_asked,
    what_is_not_done_well_goes_back_to_its_owner,
    nobody_confirms_their_own_work,
    the_second_of_two_is_told_that_it_has_changed,
    who_must_recuse_is_neither_asked_nor_charged_nor_shown,
    the_overdue_are_reminded_once_and_shine_red,
    the_register_filters_goes_on_and_is_taken_out,
    the_pages_lead_from_the_request_to_the_confirmation,
    a_closed_matter_is_neither_asked_about_nor_instructed_on,
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

fn question(app: &TestApp) -> Asked {
    Asked {
        leader: app.person(Role::VicePresident),
        question: "财产线索需要两个庭室一起核查，由谁牵头？".into(),
        proposal: "建议由民事审判庭牵头，执行局配合。".into(),
    }
}

fn order(app: &TestApp) -> Given {
    Given {
        text: "同意，三日内核查清楚。".into(),
        owner: app.person(Role::Handler),
        due_on: "2026-11-27".parse().unwrap(),
    }
}

fn asked(app: &TestApp, made: Registered) -> InstructionId {
    let (act, question) = (app.act(Role::PetitionOfficer), question(app));
    app.write(move |conn| ask(conn, &act, made.matter_id, &question)).unwrap()
}

fn given(app: &TestApp, id: InstructionId, version: i64, role: Role) -> Result<(), Problem> {
    let (act, order) = (app.act(role), order(app));
    app.write(move |conn| give(conn, &act, (id, version), &order))
}

type Saying = fn(&mut tingsong::db::Conn, &Act, (InstructionId, i64), &str) -> Result<(), Problem>;

fn said(app: &TestApp, role: Role, say: Saying, at: (InstructionId, i64)) -> Result<(), Problem> {
    let act = app.act(role);
    app.write(move |conn| say(conn, &act, at, "已经核查两条线索，冻结存款三万元。"))
}

fn confirmed(app: &TestApp, role: Role, at: (InstructionId, i64)) -> Result<(), Problem> {
    let act = app.act(role);
    app.write(move |conn| confirm(conn, &act, at))
}

fn row(app: &TestApp, id: InstructionId) -> Instruction {
    app.read(move |conn| Ok(instructions::table.find(id).first(conn)?)).unwrap()
}

fn recipients(app: &TestApp) -> Vec<String> {
    app.read(|conn| Ok(outbox::table.order(outbox::id).select(outbox::recipient).load(conn)?)).unwrap()
}

/// Everybody's session goes on at the stopped clock's new time.
fn db_awake(app: &TestApp) {
    let now = app.app.moment().utc();
    app.write(move |conn| {
        diesel::update(sessions::table)
            .set((sessions::created_at.eq(now), sessions::last_seen_at.eq(now)))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
}

async fn a_request_is_answered_carried_out_and_confirmed(app: TestApp) {
    let made = matter_of_the_judge(&app, "whole");
    let id = asked(&app, made);
    assert_eq!((row(&app, id).number.as_str(), row(&app, id).state), ("石法批〔2026〕0001号", State::Asked));
    for wrong in [Role::President, Role::PetitionOfficer] {
        assert!(given(&app, id, 0, wrong).is_err(), "{wrong:?} was not asked");
    }
    given(&app, id, 0, Role::VicePresident).unwrap();
    assert_eq!(
        (row(&app, id).state, row(&app, id).owner_id),
        (State::Given, Some(app.person(Role::Handler)))
    );
    assert!(matches!(said(&app, Role::DivisionHead, finish, (id, 1)), Err(Problem::Refused(_))));
    said(&app, Role::Handler, finish, (id, 1)).unwrap();
    confirmed(&app, Role::PetitionOfficer, (id, 2)).unwrap();
    let ended = row(&app, id);
    assert_eq!(
        (ended.state, ended.confirmed_by),
        (State::Confirmed, Some(app.person(Role::PetitionOfficer)))
    );
    let told = recipients(&app);
    assert_eq!(
        told,
        [
            "vice@court.test",
            "handler@court.test",
            "officer@court.test",
            "officer@court.test",
            "vice@court.test"
        ]
    );
    let entries: Vec<String> = app
        .read(|conn| {
            let mine = timeline::table.filter(timeline::kind.eq(EntryKind::Instruction));
            Ok(mine.order(timeline::id).select(timeline::text).load(conn)?)
        })
        .unwrap();
    assert_eq!(entries.len(), 4);
    assert!(entries[1].contains("由法官钱进在2026年11月27日以前落实"), "{entries:?}");
    let bodies: Vec<String> =
        app.read(|conn| Ok(outbox::table.select(outbox::text_body).load(conn)?)).unwrap();
    assert!(bodies.iter().all(|body| !body.contains("张建国")));
}

async fn a_request_is_sent_back_or_taken_back(app: TestApp) {
    let made = matter_of_the_judge(&app, "back");
    let id = asked(&app, made);
    assert!(said(&app, Role::President, return_to_asker, (id, 0)).is_err());
    said(&app, Role::VicePresident, return_to_asker, (id, 0)).unwrap();
    assert_eq!(row(&app, id).state, State::Returned);
    assert!(matches!(given(&app, id, 1, Role::VicePresident), Err(Problem::Refused(_))));
    let again = asked(&app, made);
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| withdraw(conn, &act, (again, 0))).unwrap();
    assert_eq!(row(&app, again).state, State::Withdrawn);
}

async fn a_leader_instructs_without_being_asked(app: TestApp) {
    let made = matter_of_the_judge(&app, "unasked");
    let (act, given) = (app.act(Role::President), order(&app));
    let id = app.write(move |conn| instruct(conn, &act, made.matter_id, &given)).unwrap();
    let one = row(&app, id);
    assert_eq!((one.state, one.asked_by, one.leader_id), (State::Given, None, app.person(Role::President)));
    let act = app.act(Role::PetitionOfficer);
    let given = order(&app);
    let refused = app.write(move |conn| instruct(conn, &act, made.matter_id, &given));
    assert!(matches!(refused, Err(Problem::Forbidden)));
    let (act, late) =
        (app.act(Role::President), Given { due_on: "2026-11-22".parse().unwrap(), ..order(&app) });
    let refused = app.write(move |conn| instruct(conn, &act, made.matter_id, &late));
    assert!(matches!(refused, Err(Problem::Refused(_))));
}

async fn what_is_not_done_well_goes_back_to_its_owner(app: TestApp) {
    let id = asked(&app, matter_of_the_judge(&app, "again"));
    given(&app, id, 0, Role::VicePresident).unwrap();
    said(&app, Role::Handler, finish, (id, 1)).unwrap();
    said(&app, Role::VicePresident, send_back, (id, 2)).unwrap();
    assert_eq!(row(&app, id).state, State::Given);
    assert_eq!(recipients(&app).last().unwrap(), "handler@court.test");
    said(&app, Role::Handler, finish, (id, 3)).unwrap();
    confirmed(&app, Role::VicePresident, (id, 4)).unwrap();
    assert_eq!(row(&app, id).state, State::Confirmed);
}

async fn nobody_confirms_their_own_work(app: TestApp) {
    let made = matter_of_the_judge(&app, "own");
    let owner = app.person(Role::PetitionOfficer);
    let (act, given) = (app.act(Role::President), Given { owner, ..order(&app) });
    let id = app.write(move |conn| instruct(conn, &act, made.matter_id, &given)).unwrap();
    said(&app, Role::PetitionOfficer, finish, (id, 0)).unwrap();
    assert!(matches!(confirmed(&app, Role::PetitionOfficer, (id, 1)), Err(Problem::Refused(_))));
    assert!(matches!(confirmed(&app, Role::DivisionHead, (id, 1)), Err(Problem::Refused(_))));
    confirmed(&app, Role::President, (id, 1)).unwrap();
}

async fn the_second_of_two_is_told_that_it_has_changed(app: TestApp) {
    let id = asked(&app, matter_of_the_judge(&app, "stale"));
    assert!(matches!(given(&app, id, 5, Role::VicePresident), Err(Problem::Stale)));
    given(&app, id, 0, Role::VicePresident).unwrap();
    assert!(matches!(said(&app, Role::Handler, finish, (id, 0)), Err(Problem::Stale)));
    let path = format!("/instructions/{id}/finish");
    let fields = [("version", "0"), ("evidence", "已经核查两条线索，冻结存款三万元。")];
    app.post(Role::Handler, &path, &fields).await.is(409);
}

async fn who_must_recuse_is_neither_asked_nor_charged_nor_shown(app: TestApp) {
    let vice = app.person(Role::VicePresident);
    let new = NewMatter { complained_of: vec![vice], ..new_matter() };
    let who = Who::New(Box::new(person("王桂兰", &id_number("41040419680809", 4), "13800009999")));
    let act = app.act(Role::FilingClerk);
    let entered = visit("conduct", who, About::New(Box::new(new)));
    let made = app.write(move |conn| register(conn, &act, &entered)).unwrap();
    let form = format!("/instructions/ask/{}", made.matter_id);
    app.get(Role::Inspector, &form).await.says(&["院长赵正"]).does_not_say(&["副院长李明"]);
    let (act, wrong) = (app.act(Role::Inspector), question(&app));
    let refused = app.write(move |conn| ask(conn, &act, made.matter_id, &wrong));
    assert!(matches!(refused, Err(Problem::Refused(_))));
    let right = Asked { leader: app.person(Role::President), ..question(&app) };
    let act = app.act(Role::Inspector);
    let id = app.write(move |conn| ask(conn, &act, made.matter_id, &right)).unwrap();
    for owner in [vice, app.person(Role::Handler)] {
        let (act, wrong) = (app.act(Role::President), Given { owner, ..order(&app) });
        let refused = app.write(move |conn| give(conn, &act, (id, 0), &wrong));
        assert!(matches!(refused, Err(Problem::Refused(_))));
    }
    let (act, right) =
        (app.act(Role::President), Given { owner: app.person(Role::Inspector), ..order(&app) });
    app.write(move |conn| give(conn, &act, (id, 0), &right)).unwrap();
    assert!(recipients(&app).iter().all(|to| to != "vice@court.test"));
    for role in [Role::VicePresident, Role::PetitionOfficer, Role::Handler, Role::DivisionHead] {
        app.get(role, "/instructions").await.is(200).does_not_say(&["王桂兰", "石法批"]);
        app.get(role, &format!("/instructions/{id}")).await.is(404);
        app.get(role, &format!("/instructions/{id}/sheet")).await.is(404);
        app.get(role, "/instructions?mine=leader&state=given").await.does_not_say(&["石法批"]);
    }
    app.get(Role::Inspector, &format!("/instructions/{id}")).await.says(&["由您落实"]);
}

async fn the_overdue_are_reminded_once_and_shine_red(app: TestApp) {
    let id = asked(&app, matter_of_the_judge(&app, "late"));
    given(&app, id, 0, Role::VicePresident).unwrap();
    let before = recipients(&app).len();
    for (at, expected) in [("2026-11-27 07:00", 0), ("2026-11-28 07:00", 2), ("2026-11-29 07:00", 2)] {
        app.at(at);
        let act = Act::system("系统", court_time(at), app.app.keys().clone());
        app.write(move |conn| remind(conn, &act)).unwrap();
        assert_eq!(recipients(&app).len() - before, expected, "{at}");
    }
    db_awake(&app);
    app.get(Role::Handler, "/instructions?mine=owner").await.says(&["超期 2 天"]);
    app.get(Role::VicePresident, "/instructions?mine=leader&due=overdue").await.says(&["超期 2 天"]);
}

async fn the_register_filters_goes_on_and_is_taken_out(app: TestApp) {
    let made = matter_of_the_judge(&app, "many");
    for _ in 0..52 {
        let (act, given) = (app.act(Role::President), order(&app));
        app.write(move |conn| instruct(conn, &act, made.matter_id, &given)).unwrap();
    }
    for list in ["/instructions", "/instructions?order=due"] {
        let page = app.get(Role::PetitionOfficer, list).await;
        let next = page.html.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        let second = app.get(Role::PetitionOfficer, &next.replace("&amp;", "&")).await;
        assert_eq!(second.html.matches("石法批〔2026〕").count(), 2, "{list}");
    }
    app.get(Role::PetitionOfficer, "/instructions?state=confirmed").await.says(&["没有符合条件的请示和批示"]);
    app.get(Role::Handler, "/instructions?mine=owner").await.says(&["石法批〔2026〕0052号"]);
    app.get(Role::Handler, "/instructions?mine=leader").await.says(&["没有符合条件的请示和批示"]);
    app.get(Role::Handler, "/instructions/export").await.is(403);
    let sheet = app.get(Role::President, "/instructions/export").await;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(sheet.bytes)).unwrap();
    let cells = book.worksheet_range_at(0).unwrap().unwrap();
    let text: Vec<String> = cells.rows().flatten().map(ToString::to_string).collect();
    assert_eq!(text.iter().filter(|cell| cell.starts_with("石法批")).count(), 52);
}

async fn the_pages_lead_from_the_request_to_the_confirmation(app: TestApp) {
    let made = matter_of_the_judge(&app, "pages");
    let address = format!("/matters/{}", made.matter_id);
    let form = format!("/instructions/ask/{}", made.matter_id);
    app.get(Role::PetitionOfficer, &address).await.says(&["还没有请示和批示", &form]);
    app.get(Role::PetitionOfficer, &form).await.says(&["副院长李明（副院长）", "院长赵正（院长）"]);
    let vice = app.person(Role::VicePresident).to_string();
    app.post(Role::PetitionOfficer, &form, &[("leader", &vice)]).await.is(422).says(&["请填写这一项"]);
    let fields =
        [("leader", &*vice), ("question", "由谁牵头核查财产线索？"), ("proposal", "建议民事审判庭牵头。")];
    let page = app.post(Role::PetitionOfficer, &form, &fields).await.is(303).location.clone().unwrap();
    app.get(Role::PetitionOfficer, &page).await.says(&["撤回请示"]).does_not_say(&["发出批示"]);
    app.get(Role::VicePresident, "/").await.says(&["批示：待批示"]);
    let shown = app.get(Role::VicePresident, &page).await;
    shown.says(&["等您批示", "发出批示", "法官钱进（法官）"]);
    assert!(shown.html.find("建议民事审判庭牵头").unwrap() < shown.html.find("发出批示").unwrap());
    app.get(Role::VicePresident, &format!("{page}/sheet"))
        .await
        .says(&["重要信访请示单", "建议民事审判庭牵头"]);
    let judge = app.person(Role::Handler).to_string();
    let empty = [("version", "0"), ("owner", &*judge), ("text", "同意。"), ("due_on", "2026-11-01")];
    app.post(Role::VicePresident, &format!("{page}/give"), &empty).await.is(422).says(&["不能早于今天"]);
    let right = [("version", "0"), ("owner", &*judge), ("text", "同意。"), ("due_on", "2026-11-27")];
    app.post(Role::VicePresident, &format!("{page}/give"), &right).await.is(303);
    app.get(Role::Handler, &page).await.says(&["由您落实", "已经落实"]);
    let short = [("version", "1"), ("evidence", "好")];
    app.post(Role::Handler, &format!("{page}/finish"), &short).await.is(422);
    let done = [("version", "1"), ("evidence", "已经核查两条线索，冻结存款三万元。")];
    app.post(Role::Handler, &format!("{page}/finish"), &done).await.is(303);
    app.get(Role::Handler, &page).await.does_not_say(&["确认已落实"]);
    app.get(Role::PetitionOfficer, &page).await.says(&["确认已落实", "冻结存款三万元"]);
    app.post(Role::PetitionOfficer, &format!("{page}/confirm"), &[("version", "2")]).await.is(303);
    app.get(Role::VicePresident, &format!("{page}/sheet")).await.says(&["专干老周确认"]);
    app.get(Role::Handler, &address).await.says(&["批示落实情况已确认"]);
}

async fn a_closed_matter_is_neither_asked_about_nor_instructed_on(app: TestApp) {
    let made = matter_of_the_judge(&app, "closed");
    app.write(move |conn| {
        diesel::update(matters::table.find(made.matter_id))
            .set((
                matters::stage.eq("closed"),
                matters::close_reason.eq("settled"),
                matters::next_due_on.eq(None::<chrono::NaiveDate>),
                matters::next_clock_id.eq(None::<tingsong::deadlines::ClockId>),
                matters::closed_at.eq(court_time("2026-11-23 09:00").utc()),
            ))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    let (act, question) = (app.act(Role::PetitionOfficer), question(&app));
    let refused = app.write(move |conn| ask(conn, &act, made.matter_id, &question));
    assert!(matches!(refused, Err(Problem::Refused(_))));
    app.get(Role::President, &format!("/instructions/give/{}", made.matter_id)).await.is(422);
}
