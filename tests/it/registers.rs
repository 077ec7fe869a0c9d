//! The registers, one matter's page, search, papers and exports, as people see them.

use crate::support::registrations::{first_visit, id_number, new_matter, person, visit};
use crate::support::{TestApp, on_both_databases};
use calamine::{Reader, Xlsx};
use diesel::prelude::*;
use std::io::Cursor;
use tingsong::matters::actions::{About, NewMatter, Registered, Registration, TypedCase, Who, register};
use tingsong::matters::rules::Screening;
use tingsong::people::Role;
use tingsong::schema::{matters, timeline};

on_both_databases! {
    the_register_lists_filters_and_goes_on,
    the_page_of_a_matter_says_what_is_owed_and_by_whom,
    screening_is_decided_on_the_page,
    a_stale_screening_is_told,
    search_finds_by_whatever_the_visitor_remembers,
    who_is_complained_of_finds_it_nowhere,
    an_export_holds_what_the_list_shows_and_no_numbers,
    an_export_from_any_page_begins_with_the_first_row,
    what_is_closed_is_listed_in_whatever_order,
    papers_are_kept_and_opened_by_those_who_may,
    the_day_begins_with_what_is_mine,
    administrators_get_no_matter_on_any_page,
}

fn by_clerk(app: &TestApp, entered: Registration) -> Registered {
    let act = app.act(Role::FilingClerk);
    app.write(move |conn| register(conn, &act, &entered)).unwrap()
}

fn address(made: Registered) -> String {
    format!("/matters/{}", made.matter_id)
}

/// A conduct complaint about the judge, in the judge's own division.
fn complaint(app: &TestApp) -> Registered {
    let new = NewMatter {
        complained_of: vec![app.person(Role::Handler)],
        division_id: Some(app.court.divisions[1].1),
        claim: "反映承办法官态度生硬".into(),
        ..new_matter()
    };
    let who = Who::New(Box::new(person("王桂兰", &id_number("41040419680809", 4), "13800009999")));
    by_clerk(app, visit("complaint", who, About::New(Box::new(new))))
}

async fn the_register_lists_filters_and_goes_on(app: TestApp) {
    for n in 0..52 {
        by_clerk(&app, first_visit(&format!("k{n}")));
    }
    let page = app.get(Role::PetitionOfficer, "/matters").await;
    page.says(&["0052号", "0003号", "下一页"]).does_not_say(&["0002号"]);
    let next = page.html.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = app.get(Role::PetitionOfficer, &next.replace("&amp;", "&")).await;
    second.says(&["0002号", "0001号", "上一页"]).does_not_say(&["0003号"]);
    app.get(Role::PetitionOfficer, "/matters?order=due").await.says(&["0001号", "下一页"]);
    app.get(Role::PetitionOfficer, "/matters?stage=closed").await.says(&["没有符合条件的信访事项"]);
    app.get(Role::PetitionOfficer, "/matters?stage=nonsense&after=x").await.is(200);
    app.get(Role::PetitionOfficer, "/contacts?kind=first").await.says(&["初访", "张建国"]);
    app.get(Role::PetitionOfficer, "/contacts?kind=group").await.says(&["没有符合条件的来访来信"]);
}

async fn the_page_of_a_matter_says_what_is_owed_and_by_whom(app: TestApp) {
    let made = by_clerk(&app, first_visit("page"));
    let page = app.get(Role::PetitionOfficer, &address(made)).await;
    page.says(&["石法访〔2026〕0001号", "窗口小林", "副院长李明", "甄别", "为什么是这一天", "138****1234"]);
    page.does_not_say(&["13800001234", "410404196001020010"]);
    let number = "/matters/%E7%9F%B3%E6%B3%95%E8%AE%BF%E3%80%942026%E3%80%950001%E5%8F%B7";
    app.get(Role::PetitionOfficer, number).await.says(&["张建国"]);
    app.get(Role::PetitionOfficer, "/matters/1").await.is(404);
    app.get(Role::Handler, &address(made)).await.is(404);
}

async fn screening_is_decided_on_the_page(app: TestApp) {
    let made = by_clerk(&app, first_visit("screen"));
    let path = format!("{}/screen", address(made));
    app.get(Role::PetitionOfficer, &address(made)).await.says(&["确定甄别结果"]);
    app.get(Role::President, &address(made)).await.does_not_say(&["确定甄别结果"]);
    let empty = app.post(Role::PetitionOfficer, &path, &[("version", "0"), ("decision", "answered")]).await;
    empty.is(422);
    let answered = [("version", "0"), ("decision", "answered"), ("answer", "已当面说明上诉期限和递交地点。")];
    app.post(Role::President, &path, &answered).await.is(403);
    app.post(Role::PetitionOfficer, &path, &answered).await.is(303);
    app.get(Role::PetitionOfficer, &address(made))
        .await
        .says(&["已办结", "当场答复", "已当面说明上诉期限和递交地点"])
        .does_not_say(&["确定甄别结果"]);
}

async fn a_stale_screening_is_told(app: TestApp) {
    let made = by_clerk(&app, first_visit("stale"));
    let path = format!("{}/screen", address(made));
    let stale = app.post(Role::PetitionOfficer, &path, &[("version", "9"), ("decision", "accepted")]).await;
    stale.is(409).says(&["别人刚刚办理过这件事项"]);
}

async fn search_finds_by_whatever_the_visitor_remembers(app: TestApp) {
    let case = TypedCase { number: "（2026）豫0404民初123号".into(), verified: true, reason: None };
    let new = NewMatter { cases: vec![case], ..new_matter() };
    let mut entered = first_visit("search");
    entered.about = About::New(Box::new(new));
    by_clerk(&app, entered);
    let document = id_number("41040419600102", 1);
    let tail = &document[14..];
    for typed in [
        "张建国",
        "zjg",
        "建国",
        "名下有车",
        "车",
        "民初123号",
        "（2026）豫0404民初123号",
        "0001号",
        &document,
        tail,
        "13800001234",
        "1234",
    ] {
        let page = app.post(Role::PetitionOfficer, "/search", &[("q", typed)]).await;
        page.is(200).says(&["张建国"]);
        assert!(page.location.is_none(), "what was typed goes into no address");
    }
    let nothing = app.post(Role::PetitionOfficer, "/search", &[("q", "查无此人")]).await;
    nothing.says(&["没有找到"]);
    app.post(Role::PetitionOfficer, "/search", &[("q", "'\" OR * NEAR(")]).await.is(200);
    app.post(Role::Handler, "/search", &[("q", "名下有车")]).await.does_not_say(&["张建国"]);
}

async fn who_is_complained_of_finds_it_nowhere(app: TestApp) {
    let made = complaint(&app);
    let judge = app.person(Role::Handler);
    // Even with a role that sees the whole court.
    app.write(move |conn| {
        use tingsong::schema::staff_roles;
        let officer = (staff_roles::staff_id.eq(judge), staff_roles::role.eq(Role::PetitionOfficer));
        diesel::insert_into(staff_roles::table).values(officer).execute(conn)?;
        let president = (staff_roles::staff_id.eq(judge), staff_roles::role.eq(Role::President));
        diesel::insert_into(staff_roles::table).values(president).execute(conn)?;
        Ok(())
    })
    .unwrap();
    app.app.forget_sessions();
    for path in ["/", "/matters", "/contacts", "/matters?order=due"] {
        app.get_as(judge, path).await.is(200).does_not_say(&["王桂兰", "态度生硬"]);
    }
    app.get_as(judge, &address(made)).await.is(404);
    let found = app.post_as(judge, "/search", &[("q", "态度生硬")]).await;
    found.does_not_say(&["王桂兰"]);
    let sheet = app.get_as(judge, "/matters/export").await;
    assert!(!cells(&sheet.bytes).contains("态度生硬"));
    app.get(Role::Inspector, &address(made)).await.is(200).says(&["态度生硬"]);
    app.get(Role::Inspector, "/matters").await.says(&["王桂兰"]);
}

/// Every cell of a workbook's first sheet, in one text.
fn cells(bytes: &[u8]) -> String {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().flatten().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

async fn an_export_holds_what_the_list_shows_and_no_numbers(app: TestApp) {
    by_clerk(&app, first_visit("export"));
    for path in ["/matters/export", "/contacts/export"] {
        let sheet = app.get(Role::PetitionOfficer, path).await;
        sheet.is(200);
        assert!(sheet.headers["content-disposition"].starts_with("attachment"));
        let text = cells(&sheet.bytes);
        assert!(text.contains("张建国") && text.contains("石法访〔2026〕0001号"), "{text}");
        assert!(text.contains("专干老周"), "who took it out stands in it");
        assert!(!text.contains("13800001234") && !text.contains("41040419600102"));
        app.get(Role::FilingClerk, path).await.is(403);
    }
    let trail = app.read(|conn| Ok(tingsong::audit::head(conn)?)).unwrap().unwrap();
    assert!(trail.count >= 3);
}

async fn an_export_from_any_page_begins_with_the_first_row(app: TestApp) {
    let mut entered = first_visit("export");
    entered.assigned = Some(crate::assignments::from_above(None));
    entered.about = About::New(Box::new(NewMatter { screening: Screening::Accepted, ..new_matter() }));
    let id = by_clerk(&app, entered).matter_id;
    let campaign = crate::campaigns::opened(&app);
    crate::campaigns::put(&app, Role::PetitionOfficer, campaign, &[id]).unwrap();
    for (list, holds) in [
        ("/matters", true),
        ("/contacts", true),
        ("/assignments", true),
        ("/enforcement", true),
        ("/supervision", false),
        ("/instructions", false),
        ("/call-backs", false),
        ("/archive", false),
    ] {
        // A place before every row: the page that goes on there is empty.
        let page = app.get(Role::PetitionOfficer, &format!("{list}?after=1")).await;
        page.is(200).says(&[&format!("href=\"{list}/export\"")]).does_not_say(&["张建国"]);
        let sheet = app.get(Role::PetitionOfficer, &format!("{list}/export?after=1")).await;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(sheet.is(200).bytes.clone())).unwrap();
        let cells = book.worksheet_range_at(0).unwrap().unwrap();
        let text: Vec<String> = cells.rows().flatten().map(ToString::to_string).collect();
        assert_eq!(text.iter().any(|cell| cell.contains("0001号")), holds, "{list}: {text:?}");
    }
}

async fn what_is_closed_is_listed_in_whatever_order(app: TestApp) {
    let mut entered = first_visit("closed");
    let screening = Screening::AnsweredOnTheSpot { answer: "已当面说明执行进展。".into() };
    entered.about = About::New(Box::new(NewMatter { screening, ..new_matter() }));
    by_clerk(&app, entered);
    for query in ["stage=closed", "stage=closed&order=due"] {
        app.get(Role::PetitionOfficer, &format!("/matters?{query}")).await.says(&["0001号"]);
    }
    let late = app.get(Role::PetitionOfficer, "/matters?due=overdue").await;
    late.says(&["<option value=\"due\" selected>先到期在前"]);
}

async fn papers_are_kept_and_opened_by_those_who_may(app: TestApp) {
    let made = by_clerk(&app, first_visit("paper"));
    let path = format!("{}/attachments", address(made));
    let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"[..], &[0; 64]].concat();
    let done = app.upload(Role::FilingClerk, &path, &[], &[("paper", "判决书第一页.png", &png)]).await;
    done.is(303);
    let page = app.get(Role::FilingClerk, &address(made)).await;
    page.says(&["判决书第一页.png", "上传材料：判决书第一页.png"]);
    let link = page.html.split("href=\"/attachments/").nth(1).unwrap().split('"').next().unwrap();
    let opened = app.get(Role::FilingClerk, &format!("/attachments/{link}")).await;
    assert_eq!(opened.bytes, png);
    assert_eq!(opened.headers["x-content-type-options"], "nosniff");
    app.get(Role::Handler, &format!("/attachments/{link}")).await.is(404);
    let script = b"<html><script>alert(1)</script></html>";
    app.upload(Role::FilingClerk, &path, &[], &[("paper", "a.html", script)]).await.is(422);
    app.upload(Role::FilingClerk, &path, &[], &[]).await.is(422);
    let entries: i64 = app.read(|conn| Ok(timeline::table.count().get_result(conn)?)).unwrap();
    assert_eq!(entries, 2);
}

async fn the_day_begins_with_what_is_mine(app: TestApp) {
    by_clerk(&app, first_visit("today"));
    app.get(Role::FilingClerk, "/").await.says(&[
        "窗口小林",
        "2026年11月23日 周一",
        "张建国",
        "登记来访来信",
    ]);
    app.get(Role::Handler, "/").await.does_not_say(&["张建国"]).says(&["没有负责的未办结事项"]);
    app.at("2026-12-08 09:00");
    let clerk = app.person(Role::FilingClerk);
    app.write(move |conn| {
        use tingsong::schema::sessions;
        let now = crate::support::court_time("2026-12-08 09:00").utc();
        diesel::update(sessions::table.filter(sessions::staff_id.eq(clerk)))
            .set((sessions::created_at.eq(now), sessions::last_seen_at.eq(now)))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    app.get(Role::FilingClerk, "/").await.says(&["超期 8 天"]);
}

async fn administrators_get_no_matter_on_any_page(app: TestApp) {
    by_clerk(&app, first_visit("admin"));
    for role in [Role::Sysadmin, Role::SecurityAdmin, Role::Auditor] {
        app.get(role, "/").await.is(200).does_not_say(&["张建国", "名下有车"]);
        for path in ["/matters", "/contacts", "/intake", "/petitioners", "/matters/export"] {
            app.get(role, path).await.is(403);
        }
    }
    let row: Option<String> =
        app.read(|conn| Ok(matters::table.select(matters::number).first(conn).optional()?)).unwrap();
    assert!(row.is_some());
}
