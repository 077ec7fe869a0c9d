//! Campaigns (集中执行): opened, filled, counted within scope, closed, on both databases.

use crate::enforcement::{due, matter_of_the_judge, pay};
use crate::support::registrations::{id_number, new_matter, person, visit};
use crate::support::{TestApp, on_both_databases};
use calamine::{Reader, Xlsx};
use chrono::NaiveDate;
use diesel::prelude::*;
use tingsong::campaigns::types::Campaign;
use tingsong::campaigns::{CampaignDraft, CampaignId, change, close, open, put_in, take_out};
use tingsong::error::Problem;
use tingsong::matters::actions::{About, Who, register};
use tingsong::matters::types::EntryKind;
use tingsong::matters::{Matter, MatterId};
use tingsong::people::{DivisionKind, Role};
use tingsong::schema::{audit_entries, campaign_matters, campaigns, matters, timeline};

on_both_databases! {
    a_campaign_is_opened_once_and_filled_with_notes,
    what_somebody_may_not_see_neither_appears_nor_counts,
    only_what_came_in_between_its_days_counts_as_its_own,
    what_ended_outside_its_days_is_no_result_of_it,
    two_who_change_it_are_shown_both,
    a_closed_campaign_stays_as_it_is,
    its_pages_lead_through_it,
    its_matters_are_taken_out_as_a_table,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn draft(app: &TestApp) -> CampaignDraft {
    CampaignDraft {
        name: "冬季集中执行".into(),
        goal: "春节前执行到位一批工资案件。".into(),
        starts_on: day("2026-11-10"),
        ends_on: day("2026-12-31"),
        responsible: app.person(Role::VicePresident),
    }
}

pub fn opened(app: &TestApp) -> CampaignId {
    let (act, draft) = (app.act(Role::PetitionOfficer), draft(app));
    app.write(move |conn| open(conn, &act, &draft)).unwrap()
}

pub fn put(app: &TestApp, role: Role, id: CampaignId, ids: &[MatterId]) -> Result<usize, Problem> {
    let (act, ids) = (app.act(role), ids.to_vec());
    app.write(move |conn| put_in(conn, &act, id, &ids))
}

fn row(app: &TestApp, id: CampaignId) -> Campaign {
    app.read(move |conn| Ok(campaigns::table.find(id).first(conn)?)).unwrap()
}

fn number(app: &TestApp, id: MatterId) -> String {
    let matter: Matter = app.read(move |conn| Ok(tingsong::matters::of_job(conn, id)?)).unwrap();
    matter.number
}

async fn a_campaign_is_opened_once_and_filled_with_notes(app: TestApp) {
    let id = opened(&app);
    assert_eq!(opened(&app), id, "the same form twice");
    let (act, other) = (app.act(Role::President), draft(&app));
    let taken = app.write(move |conn| open(conn, &act, &other));
    assert!(matches!(taken, Err(Problem::Refused(_))), "somebody else's of the same name");
    let (act, other) = (app.act(Role::Handler), draft(&app));
    assert!(matches!(app.write(move |conn| open(conn, &act, &other)), Err(Problem::Forbidden)));
    let (one, two) = (matter_of_the_judge(&app, "one"), matter_of_the_judge(&app, "two"));
    assert_eq!(put(&app, Role::DivisionHead, id, &[one, two]).unwrap(), 2);
    assert_eq!(put(&app, Role::PetitionOfficer, id, &[one]).unwrap(), 0, "in it already");
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| take_out(conn, &act, id, two, "已经另案处理。")).unwrap();
    let act = app.act(Role::PetitionOfficer);
    let again = app.write(move |conn| take_out(conn, &act, id, two, "已经另案处理。"));
    assert!(matches!(again, Err(Problem::Refused(_))));
    assert_eq!(put(&app, Role::PetitionOfficer, id, &[two]).unwrap(), 1, "back in");
    let said: Vec<String> = app
        .read(|conn| {
            Ok(timeline::table
                .filter(timeline::kind.eq(EntryKind::Enforcement))
                .order(timeline::id)
                .select(timeline::text)
                .load(conn)?)
        })
        .unwrap();
    assert_eq!(said.len(), 4);
    assert!(said[2].contains("移出集中执行“冬季集中执行”：已经另案处理。"), "{said:?}");
    let trail: i64 = app
        .read(|conn| {
            Ok(audit_entries::table
                .filter(audit_entries::action.like("campaign.%"))
                .count()
                .get_result(conn)?)
        })
        .unwrap();
    assert_eq!(trail, 5);
}

async fn what_somebody_may_not_see_neither_appears_nor_counts(app: TestApp) {
    let id = opened(&app);
    let open = matter_of_the_judge(&app, "seen");
    due(&app, open, 1_000, "due-seen");
    pay(&app, open, 400, "2026-11-20", "paid-seen");
    let judge = app.person(Role::Handler);
    let mut new = new_matter();
    new.complained_of = vec![judge];
    new.division_id = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).map(|d| d.1);
    let who = Who::New(Box::new(person("王桂兰", &id_number("41040419680809", 4), "13800009999")));
    let act = app.act(Role::FilingClerk);
    let entered = visit("conduct", who, About::New(Box::new(new)));
    let barred = app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id;
    assert!(matches!(put(&app, Role::PetitionOfficer, id, &[barred]), Err(Problem::NotFound)));
    put(&app, Role::President, id, &[open, barred]).unwrap();
    let page = format!("/campaigns/{id}");
    app.get(Role::President, &page).await.says(&["王桂兰", "2 件"]);
    for role in [Role::Handler, Role::DivisionHead, Role::PetitionOfficer, Role::VicePresident] {
        app.get(role, &page).await.says(&["1 件", "¥400.00 元"]).does_not_say(&["王桂兰", "2 件"]);
        app.get(role, "/campaigns").await.says(&["1 件"]).does_not_say(&["2 件"]);
    }
    let hidden = number(&app, barred);
    let typed = app.post(Role::PetitionOfficer, &format!("{page}/matters"), &[("numbers", &hidden)]).await;
    typed.is(422).says(&["没有找到这些编号，或者您看不到"]);
    app.get(Role::PetitionOfficer, &format!("{page}/take-out/{barred}")).await.is(404);
}

async fn only_what_came_in_between_its_days_counts_as_its_own(app: TestApp) {
    let id = opened(&app);
    let one = matter_of_the_judge(&app, "days");
    due(&app, one, 1_000, "due-days");
    for (on, yuan) in [("2026-11-09", 1), ("2026-11-10", 20), ("2026-11-20", 300)] {
        pay(&app, one, yuan, on, &format!("paid-{on}"));
    }
    put(&app, Role::PetitionOfficer, id, &[one]).unwrap();
    let page = format!("/campaigns/{id}");
    app.get(Role::President, &page).await.says(&["¥320.00 元", "¥321.00 元", "¥679.00 元", "还没有评价"]);
    let last = app
        .read(|conn| {
            use tingsong::schema::enforcement_postings::dsl;
            Ok(dsl::enforcement_postings
                .order(dsl::id.desc())
                .select(dsl::id)
                .first::<tingsong::enforcement::PostingId>(conn)?)
        })
        .unwrap();
    let act = app.act(Role::Handler);
    app.write(move |conn| {
        tingsong::enforcement::correct_posting(conn, &act, last, None, ("重复登记。", "days-back"))
    })
    .unwrap();
    app.get(Role::President, &page).await.says(&["¥20.00 元", "¥21.00 元"]).does_not_say(&["¥320.00 元"]);
}

async fn what_ended_outside_its_days_is_no_result_of_it(app: TestApp) {
    let id = opened(&app);
    let page = format!("/campaigns/{id}");
    let ids: Vec<MatterId> = (0..4).map(|n| matter_of_the_judge(&app, &format!("end{n}"))).collect();
    for (matter, on) in ids.iter().copied().zip(["2026-11-09", "2026-11-12", "2027-01-02"]) {
        app.write(move |conn| {
            diesel::update(matters::table.find(matter))
                .set((
                    matters::stage.eq("closed"),
                    matters::close_reason.eq("settled"),
                    matters::next_due_on.eq(None::<NaiveDate>),
                    matters::next_clock_id.eq(None::<tingsong::deadlines::ClockId>),
                    matters::closed_at.eq(day(on).and_hms_opt(2, 0, 0)),
                ))
                .execute(conn)?;
            Ok(())
        })
        .unwrap();
    }
    let before = number(&app, ids[0]);
    let typed = format!("{before}\n{}", number(&app, ids[1]));
    let refused = app.post(Role::PetitionOfficer, &format!("{page}/matters"), &[("numbers", &typed)]).await;
    refused.is(422).says(&["开始以前就已经办结", "一件都还没有列入", &before]);
    put(&app, Role::PetitionOfficer, id, &ids[1..]).unwrap();
    due(&app, ids[1], 100, "due-1");
    pay(&app, ids[1], 300, "2026-11-20", "paid-1");
    due(&app, ids[2], 300, "due-2");
    let shown = app.get(Role::President, &page).await;
    shown.says(&["<dd>3 件</dd>", "<dd>1 件</dd>", "¥300.00 元（25%）", "期间办结"]);
    let asked = |matter: MatterId, key: i64, on: &'static str, score: &'static str| {
        app.write(move |conn| {
            let sql = format!(
                "INSERT INTO askings (id, court_id, matter_id, kind, month, clock_id, due_on, state, score, manner, \
                 note, asked_by, asked_at) SELECT {key}, m.court_id, m.id, 'satisfaction', '', c.id, '2026-12-31', \
                 'asked', '{score}', 'phone', '', m.accountable_id, '{on} 02:00:00' FROM matters m \
                 JOIN clocks c ON c.matter_id = m.id WHERE m.id = {matter} ORDER BY c.id LIMIT 1"
            );
            Ok(diesel::sql_query(sql).execute(conn)?)
        })
        .unwrap();
    };
    asked(ids[1], 1, "2026-11-20", "satisfied");
    asked(ids[2], 2, "2027-01-05", "dissatisfied");
    app.get(Role::President, &page).await.says(&["100%（1 人评价，1 人满意或者基本满意）"]);
}

async fn two_who_change_it_are_shown_both(app: TestApp) {
    let id = opened(&app);
    let path = format!("/campaigns/{id}/edit");
    let vice = app.person(Role::VicePresident).to_string();
    let fields = |version: &'static str, goal: &'static str| {
        [
            ("version", version),
            ("name", "冬季集中执行"),
            ("goal", goal),
            ("starts_on", "2026-11-10"),
            ("ends_on", "2026-12-31"),
            ("responsible", vice.as_str()),
        ]
    };
    app.get(Role::President, &path).await.says(&["春节前执行到位一批工资案件。"]);
    app.get(Role::Handler, &path).await.is(403);
    app.post(Role::President, &path, &fields("0", "元旦前执行到位。")).await.is(303);
    let late = app.post(Role::DivisionHead, &path, &fields("0", "春节前全部发放。")).await;
    late.is(409).says(&["别人刚刚改动过", "元旦前执行到位。", "春节前全部发放。"]);
    app.post(Role::DivisionHead, &path, &fields("1", "春节前全部发放。")).await.is(303);
    assert_eq!(row(&app, id).goal, "春节前全部发放。");
    app.post(Role::DivisionHead, &path, &fields("2", "短")).await.is(422).says(&["至少需要"]);
    let (act, draft) = (app.act(Role::President), draft(&app));
    let stale = app.write(move |conn| change(conn, &act, id, 0, &draft));
    assert!(matches!(stale, Err(Problem::Stale)));
}

async fn a_closed_campaign_stays_as_it_is(app: TestApp) {
    let id = opened(&app);
    let one = matter_of_the_judge(&app, "closing");
    put(&app, Role::PetitionOfficer, id, &[one]).unwrap();
    let path = format!("/campaigns/{id}/close");
    app.get(Role::President, &path).await.says(&["完成总结", "1 件事项"]);
    app.post(Role::President, &path, &[("version", "0"), ("summary", "好")]).await.is(422);
    let summary = "到位一件，其余由原承办人继续办理。";
    app.post(Role::President, &path, &[("version", "7"), ("summary", summary)])
        .await
        .is(409)
        .says(&[summary]);
    app.post(Role::President, &path, &[("version", "0"), ("summary", summary)]).await.is(303);
    app.get(Role::Handler, &format!("/campaigns/{id}"))
        .await
        .says(&[summary, "已总结"])
        .does_not_say(&["移出"]);
    let two = matter_of_the_judge(&app, "too late");
    assert!(matches!(put(&app, Role::PetitionOfficer, id, &[two]), Err(Problem::Refused(_))));
    let act = app.act(Role::PetitionOfficer);
    let out = app.write(move |conn| take_out(conn, &act, id, one, "不再列入。"));
    assert!(matches!(out, Err(Problem::Refused(_))));
    let act = app.act(Role::President);
    let again = app.write(move |conn| close(conn, &act, id, 1, "再总结一次，内容不同。"));
    assert!(matches!(again, Err(Problem::Refused(_))));
    let (act, draft) = (app.act(Role::President), draft(&app));
    assert!(matches!(app.write(move |conn| change(conn, &act, id, 1, &draft)), Err(Problem::Refused(_))));
    app.get(Role::President, "/campaigns?state=open").await.says(&["还没有集中执行"]);
    app.get(Role::President, "/campaigns?state=closed").await.says(&["冬季集中执行"]);
}

async fn its_pages_lead_through_it(app: TestApp) {
    app.get(Role::President, "/campaigns").await.says(&["新建集中执行", "还没有集中执行"]);
    app.get(Role::Handler, "/campaigns").await.does_not_say(&["新建集中执行"]);
    app.get(Role::Handler, "/campaigns/new").await.is(403);
    app.post(Role::President, "/campaigns/new", &[("name", "")]).await.is(422);
    let vice = app.person(Role::VicePresident).to_string();
    let fields = [
        ("name", "冬季集中执行"),
        ("goal", "春节前执行到位一批工资案件。"),
        ("starts_on", "2026-11-10"),
        ("ends_on", "2026-12-31"),
        ("responsible", vice.as_str()),
    ];
    let made = app.post(Role::President, "/campaigns/new", &fields).await;
    let page = made.is(303).location.clone().unwrap();
    let ids: Vec<MatterId> = (0..3).map(|n| matter_of_the_judge(&app, &format!("n{n}"))).collect();
    let numbers = format!("{}\r\n{}", number(&app, ids[0]), number(&app, ids[1]));
    let put = format!("{page}/matters");
    app.post(Role::President, &put, &[("numbers", "")]).await.is(422);
    let odd = app.post(Role::President, &put, &[("numbers", &format!("{numbers}\n没有这件"))]).await;
    odd.is(422).says(&["没有这件", "一件都还没有列入"]);
    app.post(Role::President, &put, &[("numbers", &numbers)]).await.is(303);
    let here = format!("/matters/{}/enforcement", ids[2]);
    let id = page.rsplit('/').next().unwrap().to_owned();
    app.get(Role::DivisionHead, &here).await.says(&["列入集中执行", "冬季集中执行"]);
    app.post(Role::DivisionHead, &format!("/matters/{}/campaign", ids[2]), &[("campaign", &id)])
        .await
        .is(303);
    app.post(Role::DivisionHead, &format!("/matters/{}/campaign", ids[2]), &[("campaign", "")]).await.is(422);
    app.get(Role::Handler, &page).await.says(&["3 件", "法官钱进"]);
    let out = format!("{page}/take-out/{}", ids[2]);
    app.get(Role::DivisionHead, &out).await.says(&["为什么移出"]);
    app.post(Role::DivisionHead, &out, &[("reason", "")]).await.is(422);
    app.post(Role::DivisionHead, &out, &[("reason", "改由专班办理。")]).await.is(303);
    let inside: i64 = app
        .read(|conn| {
            Ok(campaign_matters::table
                .filter(campaign_matters::taken_out_at.is_null())
                .count()
                .get_result(conn)?)
        })
        .unwrap();
    assert_eq!(inside, 2);
    assert_eq!(app.read(|conn| Ok(matters::table.count().get_result::<i64>(conn)?)).unwrap(), 3);
}

async fn its_matters_are_taken_out_as_a_table(app: TestApp) {
    let id = opened(&app);
    let page = format!("/campaigns/{id}");
    let ids = [matter_of_the_judge(&app, "first"), matter_of_the_judge(&app, "second")];
    put(&app, Role::PetitionOfficer, id, &ids).unwrap();
    app.get(Role::Handler, &format!("{page}/export")).await.is(403);
    let sheet = app.get(Role::President, &format!("{page}/export")).await;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(sheet.bytes)).unwrap();
    let cells = book.worksheet_range_at(0).unwrap().unwrap();
    let text: Vec<String> = cells.rows().flatten().map(ToString::to_string).collect();
    assert_eq!(text.iter().filter(|cell| cell.starts_with("石法访")).count(), 2);
    assert!(text.contains(&"合计".to_owned()));
}
