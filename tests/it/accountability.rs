//! Accountability reviews (责任倒查): conducted, decided, told, and shown to nobody else, on both databases.

use crate::support::registrations::{first_visit, new_matter, visit};
use crate::support::{TestApp, on_both_databases};
use actix_web::http::Method;
use calamine::{Reader, Xlsx};
use diesel::prelude::*;
use tingsong::accountability::types::{Review, Reviewed, State};
use tingsong::accountability::{
    Cause, Decision, FaultKind, ReviewId, add_person, decide, find_about, notify, open, state,
};
use tingsong::app::server;
use tingsong::audit::SubjectKind;
use tingsong::error::Problem;
use tingsong::matters::actions::{About, NewMatter, Registered, Registration, Who, register};
use tingsong::matters::rules::Screening;
use tingsong::people::{Access, Act, Role, StaffId};
use tingsong::schema::{
    accountability_persons, accountability_reviews, audit_entries, matters, outbox, staff_roles, timeline,
};

on_both_databases! {
    a_review_goes_from_its_grounds_to_the_persons_own_words,
    only_the_closed_and_the_third_tier_are_reviewed,
    inspection_conducts_and_the_president_only_where_inspection_is_reviewed,
    the_second_of_two_is_told_that_it_has_changed,
    nothing_is_decided_or_told_out_of_order,
    it_leaves_no_entry_no_mail_and_no_line_on_the_trails_page,
    nobody_else_sees_anything_anywhere,
    the_person_reviewed_sees_nothing_before_and_then_only_their_own,
    an_inspector_or_president_under_review_finds_it_in_no_list_count_or_export,
    the_list_filters_goes_on_and_is_taken_out,
    findings_are_counted_by_kind_division_and_cause,
    the_pages_lead_from_opening_to_notice,
}

/// Words that stand in a review and nowhere else.
const SECRETS: [&str; 5] = ["倒查事由甲", "核查意见乙", "处理措施丙", "认定意见丁", "整改措施戊"];

/// A closed matter.
fn closed(app: &TestApp, key: &str) -> Registered {
    let screening = Screening::AnsweredOnTheSpot { answer: "已说明送达的经过。".into() };
    let new = NewMatter { screening, division_id: Some(app.court.divisions[1].1), ..new_matter() };
    let entered = Registration {
        about: About::New(Box::new(new)),
        ..visit(
            key,
            Who::New(Box::new(crate::support::registrations::zhang())),
            About::New(Box::new(new_matter())),
        )
    };
    let act = app.act(Role::FilingClerk);
    app.write(move |conn| register(conn, &act, &entered)).unwrap()
}

fn opened_by(app: &TestApp, made: Registered, of: StaffId, act: Act) -> Result<ReviewId, Problem> {
    app.write(move |conn| open(conn, &act, made.matter_id, of, SECRETS[0]))
}

fn opened(app: &TestApp, made: Registered, of: StaffId) -> ReviewId {
    opened_by(app, made, of, app.act(Role::Inspector)).unwrap()
}

fn found(app: &TestApp, at: (ReviewId, i64), of: StaffId, act: Act) -> Result<(), Problem> {
    app.write(move |conn| find_about(conn, &act, at, of, (SECRETS[1], SECRETS[2])))
}

fn decided(app: &TestApp, at: (ReviewId, i64), act: Act) -> Result<(), Problem> {
    let decision = Decision {
        kind: FaultKind::Delay,
        cause: Cause::Service,
        findings: SECRETS[3].into(),
        measure: SECRETS[4].into(),
        decided_by: "院长办公会".into(),
        decided_on: "2026-11-23".parse().unwrap(),
    };
    app.write(move |conn| decide(conn, &act, at, &decision))
}

fn told(app: &TestApp, at: (ReviewId, i64), of: StaffId, act: Act) -> Result<(), Problem> {
    app.write(move |conn| notify(conn, &act, at, of))
}

/// Opened, found and decided; at version 2.
fn whole(app: &TestApp, made: Registered, of: StaffId) -> ReviewId {
    let id = opened(app, made, of);
    found(app, (id, 0), of, app.act(Role::Inspector)).unwrap();
    decided(app, (id, 1), app.act(Role::Inspector)).unwrap();
    id
}

fn row(app: &TestApp, id: ReviewId) -> Review {
    app.read(move |conn| Ok(accountability_reviews::table.find(id).first(conn)?)).unwrap()
}

/// Gives somebody one more role.
fn db_role(app: &TestApp, who: StaffId, role: Role) {
    app.write(move |conn| {
        let more = (staff_roles::staff_id.eq(who), staff_roles::role.eq(role));
        diesel::insert_into(staff_roles::table).values(more).execute(conn)?;
        Ok(())
    })
    .unwrap();
    app.app.forget_sessions();
}

async fn a_review_goes_from_its_grounds_to_the_persons_own_words(app: TestApp) {
    let judge = app.person(Role::Handler);
    let id = whole(&app, closed(&app, "whole"), judge);
    assert_eq!((row(&app, id).state, row(&app, id).kind), (State::Decided, Some(FaultKind::Delay)));
    told(&app, (id, 2), judge, app.act(Role::Inspector)).unwrap();
    let act = app.act(Role::Handler);
    app.write(move |conn| state(conn, &act, id, "同意。")).unwrap();
    let person: Reviewed =
        app.read(move |conn| Ok(accountability_persons::table.find((id, judge)).first(conn)?)).unwrap();
    assert_eq!((person.finding.as_str(), person.statement.as_str()), (SECRETS[1], "同意。"));
    let act = app.act(Role::Handler);
    let again = app.write(move |conn| state(conn, &act, id, "另有说明。"));
    assert!(matches!(again, Err(Problem::Refused(_))));
}

async fn only_the_closed_and_the_third_tier_are_reviewed(app: TestApp) {
    let act = app.act(Role::FilingClerk);
    let made = app.write(move |conn| register(conn, &act, &first_visit("open"))).unwrap();
    let judge = app.person(Role::Handler);
    let refused = opened_by(&app, made, judge, app.act(Role::Inspector));
    assert!(matches!(refused, Err(Problem::Refused(_))));
    app.get(Role::Inspector, &format!("/accountability/of/{}", made.matter_id)).await.is(422);
    app.write(move |conn| {
        diesel::update(matters::table.find(made.matter_id)).set(matters::tier.eq(3)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    opened_by(&app, made, judge, app.act(Role::Inspector)).unwrap();
}

async fn inspection_conducts_and_the_president_only_where_inspection_is_reviewed(app: TestApp) {
    let made = closed(&app, "who");
    let (judge, inspector) = (app.person(Role::Handler), app.person(Role::Inspector));
    for role in [Role::PetitionOfficer, Role::VicePresident, Role::Auditor, Role::Handler] {
        let refused = opened_by(&app, made, judge, app.act(role));
        assert!(matches!(refused, Err(Problem::Forbidden)), "{role:?}");
    }
    let refused = opened_by(&app, made, judge, app.act(Role::President));
    assert!(matches!(refused, Err(Problem::Refused(_))), "an inspector is free to do it");
    let refused = opened_by(&app, made, inspector, app.act(Role::Inspector));
    assert!(matches!(refused, Err(Problem::Refused(_))), "nobody reviews themselves");
    let id = opened_by(&app, made, inspector, app.act(Role::President)).unwrap();
    let hidden = found(&app, (id, 0), inspector, app.act(Role::Inspector));
    assert!(matches!(hidden, Err(Problem::NotFound)));
    found(&app, (id, 0), inspector, app.act(Role::President)).unwrap();
    // With an inspector among them, the review stays with the president.
    let act = app.act(Role::President);
    app.write(move |conn| add_person(conn, &act, (id, 1), judge)).unwrap();
}

async fn the_second_of_two_is_told_that_it_has_changed(app: TestApp) {
    let judge = app.person(Role::Handler);
    let id = opened(&app, closed(&app, "stale"), judge);
    found(&app, (id, 0), judge, app.act(Role::Inspector)).unwrap();
    let act = || app.act(Role::Inspector);
    assert!(matches!(found(&app, (id, 0), judge, act()), Err(Problem::Stale)));
    assert!(matches!(decided(&app, (id, 0), act()), Err(Problem::Stale)));
    let head = app.person(Role::DivisionHead);
    let again = act();
    let stale = app.write(move |conn| add_person(conn, &again, (id, 0), head));
    assert!(matches!(stale, Err(Problem::Stale)));
    decided(&app, (id, 1), act()).unwrap();
    assert!(matches!(told(&app, (id, 1), judge, act()), Err(Problem::Stale)));
    let path = format!("/accountability/{id}/people/{judge}/notify");
    let late = app.post(Role::Inspector, &path, &[("version", "1")]).await;
    late.is(409).says(&["已认定", SECRETS[1], "仍然送达本人"]);
}

async fn nothing_is_decided_or_told_out_of_order(app: TestApp) {
    let judge = app.person(Role::Handler);
    let id = opened(&app, closed(&app, "order"), judge);
    let act = || app.act(Role::Inspector);
    assert!(matches!(decided(&app, (id, 0), act()), Err(Problem::Refused(_))), "nothing was found yet");
    assert!(matches!(told(&app, (id, 0), judge, act()), Err(Problem::Refused(_))));
    found(&app, (id, 0), judge, act()).unwrap();
    decided(&app, (id, 1), act()).unwrap();
    assert!(matches!(found(&app, (id, 2), judge, act()), Err(Problem::Refused(_))));
    assert!(matches!(decided(&app, (id, 2), act()), Err(Problem::Refused(_))));
    told(&app, (id, 2), judge, act()).unwrap();
    assert!(matches!(told(&app, (id, 3), judge, act()), Err(Problem::Refused(_))));
    let stranger = app.person(Role::DivisionHead);
    assert!(matches!(told(&app, (id, 3), stranger, act()), Err(Problem::NotFound)));
}

async fn it_leaves_no_entry_no_mail_and_no_line_on_the_trails_page(app: TestApp) {
    let made = closed(&app, "traceless");
    let count = |app: &TestApp| -> (i64, i64, Option<i64>) {
        app.read(move |conn| {
            Ok((
                timeline::table.count().get_result(conn)?,
                outbox::table.count().get_result(conn)?,
                matters::table.find(made.matter_id).select(matters::version.nullable()).first(conn)?,
            ))
        })
        .unwrap()
    };
    let before = count(&app);
    let judge = app.person(Role::Handler);
    let id = whole(&app, made, judge);
    told(&app, (id, 2), judge, app.act(Role::Inspector)).unwrap();
    app.get(Role::Inspector, "/accountability/export").await.is(200);
    assert_eq!(count(&app), before);
    let lines: i64 = app
        .read(|conn| {
            let secret = SubjectKind::Accountability.code();
            Ok(audit_entries::table
                .filter(audit_entries::subject_kind.eq(secret))
                .count()
                .get_result(conn)?)
        })
        .unwrap();
    assert_eq!(lines, 5, "the chain has them all");
    let inspector = app.person(Role::Inspector);
    for path in [
        "/audit".to_owned(),
        format!("/audit?actor={inspector}"),
        format!("/audit?kind=accountability&id={id}"),
        "/audit?action=accountability.opened".to_owned(),
    ] {
        let page = app.get(Role::Auditor, &path).await;
        page.is(200).does_not_say(&["开展责任倒查", "认定责任倒查", "核查意见", "监察冯正</td>"]);
        page.does_not_say(&SECRETS);
    }
    app.get(Role::Inspector, &format!("/accountability/{id}"))
        .await
        .says(&["开展责任倒查", "送达责任倒查意见"]);
}

/// Every page and export of the route table, with whatever of this matter and review fits its places.
fn every_address(made: Registered, id: ReviewId, matter_number: &str) -> Vec<(String, Access)> {
    let encoded: String = matter_number.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let mut all = Vec::new();
    for entry in server::table().into_iter().filter(|entry| entry.method == Method::GET) {
        let fill = |value: &str| {
            let mut path = String::new();
            let mut inside = false;
            for c in entry.pattern.chars() {
                match c {
                    '{' => (inside, path) = (true, path + value),
                    '}' => inside = false,
                    _ if inside => {}
                    other => path.push(other),
                }
            }
            path
        };
        if entry.pattern.contains('{') {
            for value in
                [made.matter_id.to_string(), made.contact_id.to_string(), id.to_string(), encoded.clone()]
            {
                all.push((fill(&value), entry.access));
            }
        } else {
            all.push((entry.pattern.clone(), entry.access));
        }
    }
    all
}

fn texts(answer: &crate::support::Answer) -> String {
    let workbook = || {
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(answer.bytes.clone())).ok()?;
        let sheet = book.worksheet_range_at(0)?.ok()?;
        Some(sheet.rows().flatten().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    };
    workbook().unwrap_or_else(|| answer.html.clone())
}

/// Fails if any page, list, export or search shows this person anything of a review.
async fn sees_nothing(app: &TestApp, who: StaffId, made: Registered, id: ReviewId, what: &str) {
    for (path, _) in every_address(made, id, "石法访〔2026〕0001号") {
        let answer = app.get_as(who, &path).await;
        let text = texts(&answer);
        for secret in SECRETS {
            assert!(!text.contains(secret), "{what} finds “{secret}” on {path}");
        }
        assert!(!text.contains(&format!("/accountability/{id}")), "{what} finds its address on {path}");
        if path.starts_with("/accountability/") && path.contains(&id.to_string()) && !path.contains("/of/") {
            assert!(!answer.status.is_success(), "{what} opens {path}");
        }
    }
    for typed in SECRETS.into_iter().chain(["张建国", "0001号"]) {
        let answer = app.post_as(who, "/search", &[("q", typed)]).await;
        // What was typed stands in the box again; nothing else may.
        let shown = answer.html.matches(typed).count();
        let other = app.post_as(who, "/search", &[("q", typed)]).await.html.matches(typed).count();
        assert_eq!(shown, other, "{what} searches {typed}");
        for secret in SECRETS.into_iter().filter(|secret| *secret != typed) {
            assert!(!answer.html.contains(secret), "{what} finds {secret} by {typed}");
        }
    }
}

async fn nobody_else_sees_anything_anywhere(app: TestApp) {
    let made = closed(&app, "secret");
    let id = whole(&app, made, app.person(Role::Handler));
    for (role, who) in app.court.people.clone() {
        if matches!(role, Role::Inspector | Role::President) {
            let page = app.get_as(who, &format!("/accountability/{id}")).await;
            page.is(200).says(&SECRETS).says(&["法官钱进"]);
            app.get_as(who, "/accountability").await.says(&[SECRETS[0], "法官钱进"]);
            app.get_as(who, &format!("/matters/{}", made.matter_id)).await.says(&["责任倒查"]);
        } else {
            sees_nothing(&app, who, made, id, role.code()).await;
            app.get_as(who, &format!("/matters/{}", made.matter_id)).await.does_not_say(&["责任倒查"]);
            app.get_as(who, "/").await.does_not_say(&["责任倒查", "有一份文书送达您"]);
        }
    }
}

async fn the_person_reviewed_sees_nothing_before_and_then_only_their_own(app: TestApp) {
    let made = closed(&app, "person");
    let (judge, head) = (app.person(Role::Handler), app.person(Role::DivisionHead));
    let id = opened(&app, made, judge);
    let act = app.act(Role::Inspector);
    app.write(move |conn| {
        add_person(conn, &act, (id, 0), head)?;
        find_about(conn, &act, (id, 1), head, ("另一人的意见己", "另一人的措施庚"))?;
        find_about(conn, &act, (id, 2), judge, (SECRETS[1], SECRETS[2]))
    })
    .unwrap();
    sees_nothing(&app, judge, made, id, "the judge while it is open").await;
    decided(&app, (id, 3), app.act(Role::Inspector)).unwrap();
    sees_nothing(&app, judge, made, id, "the judge after the decision").await;
    app.get_as(judge, "/accountability/mine").await.is(200).says(&["没有送达您的文书"]);
    let path = format!("/accountability/mine/{id}/statement");
    app.post_as(judge, &path, &[("statement", "同意。")]).await.is(404);
    told(&app, (id, 4), judge, app.act(Role::Inspector)).unwrap();
    app.get_as(judge, "/").await.says(&["有一份文书送达您"]);
    let mine = app.get_as(judge, "/accountability/mine").await;
    mine.says(&[SECRETS[1], SECRETS[2], "院长办公会"]);
    mine.does_not_say(&[SECRETS[0], SECRETS[3], SECRETS[4], "另一人的意见己", "另一人的措施庚", "庭长孙立"]);
    app.get_as(judge, &format!("/accountability/{id}")).await.is(403);
    sees_nothing(&app, head, made, id, "the one who wasn't told").await;
    app.post_as(judge, &path, &[("statement", "同意。")]).await.is(303);
    app.get_as(judge, "/").await.does_not_say(&["有一份文书送达您"]);
}

async fn an_inspector_or_president_under_review_finds_it_in_no_list_count_or_export(app: TestApp) {
    let made = closed(&app, "colleague");
    let (judge, president) = (app.person(Role::Handler), app.person(Role::President));
    db_role(&app, judge, Role::Inspector);
    let id = whole(&app, made, judge);
    let of_president = whole(&app, made, president);
    for (who, review) in [(judge, id), (president, of_president)] {
        let other = if review == id { of_president } else { id };
        app.get_as(who, &format!("/accountability/{review}")).await.is(404);
        app.get_as(who, &format!("/accountability/{other}")).await.is(200);
        let list = app.get_as(who, "/accountability").await;
        assert_eq!(list.html.matches("data-href=\"/accountability/").count(), 1);
        let sheet = texts(&app.get_as(who, "/accountability/export").await);
        assert_eq!(sheet.matches(SECRETS[0]).count(), 1, "{sheet}");
        app.get_as(who, "/accountability/findings").await.says(&["已经认定的 1 件"]);
        let page = app.get_as(who, &format!("/matters/{}", made.matter_id)).await;
        page.does_not_say(&[&format!("/accountability/{review}")]);
        for (step, fields) in
            [("decide", vec![("version", "2")]), ("people", vec![("version", "2"), ("staff", "1")])]
        {
            let answer = app.post_as(who, &format!("/accountability/{review}/{step}"), &fields).await;
            assert!(matches!(answer.status.as_u16(), 404), "{step}: {}", answer.status);
        }
    }
    app.get(Role::Inspector, "/accountability/findings").await.says(&["已经认定的 2 件"]);
}

async fn the_list_filters_goes_on_and_is_taken_out(app: TestApp) {
    let made = closed(&app, "many");
    let judge = app.person(Role::Handler);
    for _ in 0..52 {
        opened(&app, made, judge);
    }
    let page = app.get(Role::Inspector, "/accountability?state=open").await;
    let next = page.html.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = app.get(Role::Inspector, &next.replace("&amp;", "&")).await;
    assert_eq!(second.html.matches("data-href=\"/accountability/").count(), 2);
    app.get(Role::Inspector, "/accountability?state=decided").await.says(&["没有符合条件的责任倒查"]);
    app.get(Role::Inspector, "/accountability?kind=delay").await.says(&["没有符合条件的责任倒查"]);
    let sheet = texts(&app.get(Role::Inspector, "/accountability/export").await);
    assert_eq!(sheet.matches("法官钱进").count(), 52);
}

async fn findings_are_counted_by_kind_division_and_cause(app: TestApp) {
    let made = closed(&app, "figures");
    for _ in 0..2 {
        whole(&app, made, app.person(Role::Handler));
    }
    opened(&app, made, app.person(Role::Handler));
    let page = app.get(Role::President, "/accountability/findings").await;
    page.says(&["已经认定的 2 件", "民事审判庭", "送达问题", "拖延办理"]);
    page.says(&["href=\"/accountability?state=decided&amp;kind=delay&amp;cause=service\">2</a>"]);
    let opened = app.get(Role::President, "/accountability?state=decided&kind=delay&cause=service").await;
    assert_eq!(opened.html.matches("data-href=\"/accountability/").count(), 2);
}

async fn the_pages_lead_from_opening_to_notice(app: TestApp) {
    let made = closed(&app, "pages");
    let form = format!("/accountability/of/{}", made.matter_id);
    app.get(Role::Inspector, &format!("/matters/{}", made.matter_id)).await.says(&[&form]);
    app.get(Role::Inspector, &form).await.says(&["法官钱进（法官）"]).does_not_say(&["监察冯正（"]);
    let judge = app.person(Role::Handler).to_string();
    app.post(Role::Inspector, &form, &[("staff", &judge)]).await.is(422).says(&["请填写这一项"]);
    let fields = [("staff", &*judge), ("grounds", "判决书延迟送达两个月。")];
    let page = app.post(Role::Inspector, &form, &fields).await.is(303).location.clone().unwrap();
    app.get(Role::Inspector, &page).await.says(&["保存意见", "添加被核查人", "认定"]);
    let about = format!("{page}/people/{judge}");
    let short = [("version", "0"), ("finding", "迟"), ("measure", "批评教育。")];
    app.post(Role::Inspector, &about, &short).await.is(422).says(&["至少需要 5 个字"]);
    let right = [("version", "0"), ("finding", "判决书制作完成后没有及时送达。"), ("measure", "批评教育。")];
    app.post(Role::Inspector, &about, &right).await.is(303);
    app.post(Role::Inspector, &format!("{page}/decide"), &[("version", "1")]).await.is(422);
    let decision = [
        ("version", "1"),
        ("kind", "delay"),
        ("cause", "service"),
        ("findings", "送达环节无人督促。"),
        ("measure", "每周列出未送达清单。"),
        ("decided_by", "监察室"),
        ("decided_on", "2026-11-23"),
    ];
    app.post(Role::Inspector, &format!("{page}/decide"), &decision).await.is(303);
    app.get(Role::Inspector, &page).await.says(&["送达本人", "还没有送达"]).does_not_say(&["保存意见"]);
    app.post(Role::Inspector, &format!("{about}/notify"), &[("version", "2")]).await.is(303);
    app.get(Role::Handler, "/accountability/mine").await.says(&["判决书制作完成后没有及时送达", "提交意见"]);
}
