//! Clocks that are paused, resumed, extended and corrected: over HTTP, and by the actions, on both databases.

use crate::support::registrations::{first_visit, id_number, new_matter, person, visit};
use crate::support::{TestApp, on_both_databases};
use chrono::NaiveDate;
use diesel::prelude::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tingsong::checks::{self, Check, Depth};
use tingsong::deadlines::actions::{self, Extension, Seen};
use tingsong::deadlines::rules::allowed::WantedPause;
use tingsong::deadlines::types::{EventKind, PauseReason};
use tingsong::deadlines::{Clock, ClockId, Code, histories, of_matter};
use tingsong::error::Problem;
use tingsong::matters::actions::{About, NewMatter, Who, register};
use tingsong::matters::rules::Screening;
use tingsong::matters::{EntryKind, MatterId};
use tingsong::people::{DivisionKind, Role};
use tingsong::schema::{clocks, extension_requests, matter_petitioners, matters, outbox, timeline};

on_both_databases! {
    a_head_pauses_and_resumes_a_clock,
    a_handler_asks_and_the_president_grants_once,
    a_request_can_be_turned_down_or_taken_back,
    nobody_extends_for_themselves,
    who_is_to_decide_is_told_and_a_vice_president_stands_in_for_the_president,
    a_senders_extension_names_the_senders_letter,
    what_changed_meanwhile_is_not_overwritten,
    a_corrected_receipt_is_shown_before_it_moves_anything,
    a_receipt_keeps_to_what_is_possible,
    whoever_may_not_see_the_matter_may_not_touch_its_clocks,
    buttons_are_drawn_where_the_action_would_go_through,
    nothing_but_its_own_events_moves_a_clock,
    a_date_changed_behind_the_systems_back_is_found,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An accepted matter of the civil division, for which its judge answers.
fn db_accepted(app: &TestApp) -> MatterId {
    let act = app.act(Role::FilingClerk);
    let division = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let handler = app.person(Role::Handler);
    app.write(move |conn| {
        let who = person("李秀英", &id_number("41040419750506", 7), "13800005678");
        let new = NewMatter { screening: Screening::Accepted, division_id: Some(division), ..new_matter() };
        let made =
            register(conn, &act, &visit("accepted", Who::New(Box::new(who)), About::New(Box::new(new))))?;
        diesel::update(matters::table.find(made.matter_id))
            .set(matters::accountable_id.eq(handler))
            .execute(conn)?;
        Ok(made.matter_id)
    })
    .unwrap()
}

fn clock(app: &TestApp, matter: MatterId, code: Code) -> Clock {
    let all = app.read(move |conn| of_matter(conn, matter.0)).unwrap();
    all.into_iter().find(|(clock, _)| clock.code == code).unwrap().0
}

fn seen(app: &TestApp, id: ClockId) -> Seen {
    let all = app
        .read(move |conn| {
            let clock: Clock = clocks::table.find(id).first(conn)?;
            histories(conn, clock.matter_id)
        })
        .unwrap();
    Seen::of(all.iter().find(|history| history.clock.id == id).unwrap())
}

fn next_due(app: &TestApp, matter: MatterId) -> NaiveDate {
    app.read(move |conn| {
        Ok(matters::table.find(matter).select(matters::next_due_on.assume_not_null()).first(conn)?)
    })
    .unwrap()
}

fn told(app: &TestApp, matter: MatterId) -> Vec<(EntryKind, String)> {
    app.read(move |conn| {
        Ok(timeline::table
            .filter(timeline::matter_id.eq(matter))
            .order(timeline::id)
            .select((timeline::kind, timeline::text))
            .load(conn)?)
    })
    .unwrap()
}

/// Meets everything but the reply, so that the reply is what is due next.
fn db_only_reply(app: &TestApp, matter: MatterId) {
    app.write(move |conn| {
        for code in [Code::FirstTalk, Code::ProgressFirst] {
            tingsong::deadlines::meet(conn, matter.0, code, day("2026-11-23"))?;
        }
        let found = tingsong::deadlines::next(conn, matter.0)?.unwrap().0;
        diesel::update(matters::table.find(matter))
            .set((matters::next_due_on.eq(found.due_on), matters::next_clock_id.eq(found.id)))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
}

async fn a_head_pauses_and_resumes_a_clock(app: TestApp) {
    let matter = db_accepted(&app);
    db_only_reply(&app, matter);
    let reply = clock(&app, matter, Code::Reply);
    assert_eq!(reply.due_on, day("2027-01-22"));
    let path = format!("/clocks/{}/pause", reply.id);
    app.get(Role::DivisionHead, &path).await.is(200).says(&["中止计算：答复", "鉴定、审计、评估", "院定"]);
    let fields = [
        ("seen", "0"),
        ("reason", "appraisal"),
        ("from", "2026-11-23"),
        ("until", "2026-12-23"),
        ("note", "委托市鉴定中心鉴定房屋质量"),
    ];
    app.post(Role::DivisionHead, &path, &fields[..3]).await.is(422).says(&["请填写日期", "请填写这一项"]);
    app.post(Role::Handler, &path, &fields).await.is(403);
    let done = app.post(Role::DivisionHead, &path, &fields).await;
    assert_eq!(done.is(303).location, Some(format!("/matters/{matter}/clocks")));
    let paused = clock(&app, matter, Code::Reply);
    assert_eq!(paused.due_on, day("2027-02-22"), "30 days later, moved on from Sunday");
    assert_eq!(next_due(&app, matter), paused.due_on);
    let page = app.get(Role::Handler, &format!("/matters/{matter}/clocks")).await;
    page.is(200).says(&[
        "中止中</span>　鉴定、审计、评估，至迟自2026年12月23日起恢复",
        "庭长孙立",
        "到期日由2027年1月22日调整为2027年2月22日",
    ]);
    app.get(Role::DivisionHead, &path).await.is(422).says(&["与已有的中止期间重叠"]);
    let late = app.post(Role::DivisionHead, &path, &fields).await;
    late.is(409).says(&["另有同事办理过", "2027年2月22日", "委托市鉴定中心鉴定房屋质量"]);
    let why = app.get(Role::Handler, &format!("/clocks/{}", reply.id)).await;
    why.is(200).says(&["中止，不计入（鉴定、审计、评估）", "起算以后的调整", "委托市鉴定中心"]);
    let (entries, last) = (told(&app, matter), seen(&app, reply.id).0.to_string());
    assert!(
        entries
            .iter()
            .any(|(kind, text)| *kind == EntryKind::Deadline && text.contains("至迟自2026年12月23日"))
    );
    let resume = format!("/clocks/{}/resume", reply.id);
    app.get(Role::DivisionHead, &resume).await.is(200).says(&["自2026年12月23日起自动恢复"]);
    let fields = [("seen", last.as_str()), ("on", "2026-11-23"), ("note", "鉴定机构退回委托")];
    app.post(Role::DivisionHead, &resume, &fields).await.is(303);
    assert_eq!(clock(&app, matter, Code::Reply), reply, "resumed on the same day, nothing has moved");
    assert_eq!(next_due(&app, matter), reply.due_on);
}

async fn a_handler_asks_and_the_president_grants_once(app: TestApp) {
    let matter = db_accepted(&app);
    let reply = clock(&app, matter, Code::Reply);
    let ask = format!("/clocks/{}/ask", reply.id);
    app.get(Role::Handler, &ask).await.is(200).says(&["由院长批准", "最多30日，即到2027年2月22日"]);
    app.post(Role::Handler, &ask, &[("seen", "0"), ("days", "31"), ("note", "案情复杂")]).await.is(422);
    let fields = [("seen", "0"), ("days", "30"), ("note", "案情复杂，需要调取外地卷宗")];
    app.post(Role::Handler, &ask, &fields).await.is(303);
    app.post(Role::Handler, &ask, &fields).await.is(422).says(&["已有一份延期申请等待批准"]);
    assert_eq!(clock(&app, matter, Code::Reply), reply, "asking moves nothing");
    app.get(Role::DivisionHead, "/extensions").await.is(200).does_not_say(&["案情复杂"]);
    let list = app.get(Role::President, "/extensions").await;
    list.is(200).says(&["案情复杂，需要调取外地卷宗", "法官钱进"]);
    let request: i64 =
        app.read(|conn| Ok(extension_requests::table.select(extension_requests::id).first(conn)?)).unwrap();
    let decide = format!("/extensions/{request}");
    app.get(Role::VicePresident, &decide).await.is(422).says(&["须由院长批准"]);
    app.get(Role::President, &decide).await.is(200).says(&["批准后的到期日", "2027年2月22日", "告知信访人"]);
    app.post(Role::President, &decide, &[("version", "0"), ("decision", "refuse")]).await.is(422);
    app.post(Role::President, &decide, &[("version", "0"), ("decision", "grant")]).await.is(303);
    let longer = clock(&app, matter, Code::Reply);
    assert_eq!((longer.raw_due_on, longer.due_on), (day("2027-02-21"), day("2027-02-22")));
    let page = app.get(Role::Handler, &format!("/matters/{matter}/clocks")).await;
    page.says(&["原到期日", "2027年1月22日", "60日，延期30日", "已批准"]).does_not_say(&["申请延期</a>"]);
    let notice = told(&app, matter).into_iter().find(|(kind, _)| *kind == EntryKind::Notice).unwrap().1;
    assert!(notice.contains("须告知信访人") && notice.contains("2027年2月22日"), "{notice}");
    app.get(Role::Handler, &ask).await.is(422).says(&["已经延期过一次"]);
    app.get(Role::President, &decide).await.is(422).says(&["已批准"]);
    app.post(Role::President, &decide, &[("version", "0"), ("decision", "grant")]).await.is(422);
}

async fn a_request_can_be_turned_down_or_taken_back(app: TestApp) {
    let matter = db_accepted(&app);
    let reply = clock(&app, matter, Code::Reply);
    let (handler, president) = (app.act(Role::Handler), app.act(Role::President));
    let (asking, id) = (handler.clone(), reply.id);
    let ask = move |app: &TestApp| {
        let act = asking.clone();
        app.write(move |conn| actions::ask_extension(conn, &act, (id, Seen(0)), 10, "需要再次约谈")).unwrap()
    };
    let first = ask(&app);
    let refusing = president.clone();
    app.write(move |conn| actions::refuse_extension(conn, &refusing, (first, 0), "没有必要延期")).unwrap();
    let second = ask(&app);
    let page = format!("/matters/{matter}/clocks");
    app.get(Role::Handler, &page).await.says(&["未批准", "没有必要延期", "撤回申请"]);
    app.post(Role::DivisionHead, &format!("/extensions/{second}/withdraw"), &[("version", "0")])
        .await
        .is(422);
    app.post(Role::Handler, &format!("/extensions/{second}/withdraw"), &[("version", "0")]).await.is(303);
    let granting = move |conn: &mut tingsong::db::Conn| {
        actions::grant_extension(conn, &president, (second, 0), "", None).map(drop)
    };
    assert!(matches!(app.write(granting), Err(Problem::Refused(_))), "taken back");
    assert_eq!(clock(&app, matter, Code::Reply), reply);
    app.get(Role::Handler, &page).await.says(&["已撤回", "申请延期</a>"]);
}

async fn nobody_extends_for_themselves(app: TestApp) {
    let matter = db_accepted(&app);
    let president = app.person(Role::President);
    let reply = clock(&app, matter, Code::Reply);
    let extend = |app: &TestApp, role: Role| {
        let (act, id) = (app.act(role), reply.id);
        app.write(move |conn| {
            let extension = Extension { days: 10, note: "需要再次约谈", sender: None };
            actions::extend(conn, &act, (id, Seen(0)), extension).map(drop)
        })
    };
    assert!(matches!(extend(&app, Role::Handler), Err(Problem::Forbidden)));
    assert!(matches!(extend(&app, Role::VicePresident), Err(Problem::Refused(_))));
    app.write(move |conn| {
        diesel::update(matters::table.find(matter))
            .set(matters::accountable_id.eq(president))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    let own = extend(&app, Role::President).unwrap_err();
    assert!(own.to_string().contains("自己负责的事项"), "{own}");
    let (act, id) = (app.act(Role::President), reply.id);
    let request =
        app.write(move |conn| actions::ask_extension(conn, &act, (id, Seen(0)), 10, "需要再次约谈")).unwrap();
    let act = app.act(Role::President);
    let own = app.write(move |conn| actions::grant_extension(conn, &act, (request, 0), "", None).map(drop));
    assert!(own.unwrap_err().to_string().contains("自己提出的延期申请"));
    assert_eq!(clock(&app, matter, Code::Reply), reply);
}

fn told_by_mail(app: &TestApp, role: Role, subject: &str) -> i64 {
    let (who, subject) = (app.person(role).0, format!("{subject}%"));
    app.read(move |conn| {
        let theirs = outbox::table.filter(outbox::recipient_id.eq(who)).filter(outbox::subject.like(subject));
        Ok(theirs.count().get_result(conn)?)
    })
    .unwrap()
}

async fn who_is_to_decide_is_told_and_a_vice_president_stands_in_for_the_president(app: TestApp) {
    let matter = db_accepted(&app);
    let reply = clock(&app, matter, Code::Reply);
    let fields = [("seen", "0"), ("days", "10"), ("note", "案情复杂，需要再次约谈")];
    app.post(Role::Handler, &format!("/clocks/{}/ask", reply.id), &fields).await.is(303);
    assert_eq!(told_by_mail(&app, Role::President, "延期申请待决定"), 1);
    assert_eq!(told_by_mail(&app, Role::DivisionHead, "延期申请待决定"), 0);
    app.get(Role::President, "/").await.says(&["待我决定的延期"]);
    let request: i64 =
        app.read(|conn| Ok(extension_requests::table.select(extension_requests::id).first(conn)?)).unwrap();
    app.get(Role::VicePresident, &format!("/extensions/{request}")).await.is(422).says(&["须由院长批准"]);
    // Now the president answers for it: who comes next decides, and never the president.
    let president = app.person(Role::President);
    app.write(move |conn| {
        diesel::update(matters::table.find(matter))
            .set(matters::accountable_id.eq(president))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    app.get(Role::President, &format!("/extensions/{request}")).await.is(422).says(&["由上一级决定"]);
    app.get(Role::VicePresident, "/extensions").await.is(200).says(&["案情复杂，需要再次约谈"]);
    let decision = [("version", "0"), ("decision", "grant")];
    app.post(Role::VicePresident, &format!("/extensions/{request}"), &decision).await.is(303);
}

async fn a_senders_extension_names_the_senders_letter(app: TestApp) {
    let matter = db_accepted(&app);
    let act = app.act(Role::PetitionOfficer);
    let assigned = app
        .write(move |conn| {
            let court = act.by.court()?;
            tingsong::deadlines::start_all(
                conn,
                &act,
                court,
                matter.0,
                &[(Code::Assigned, day("2026-11-20"))],
            )
        })
        .unwrap()
        .remove(0);
    let extend = format!("/clocks/{}/extend", assigned.id);
    app.get(Role::DivisionHead, &extend).await.is(200).says(&["交办机关及文号"]);
    let fields = [("seen", "0"), ("days", "15"), ("note", "交办机关同意延期")];
    app.post(Role::DivisionHead, &extend, &fields).await.is(422);
    let mut fields = fields.to_vec();
    fields.push(("sender", "市中级人民法院，平中法办〔2026〕12号"));
    app.post(Role::DivisionHead, &extend, &fields).await.is(303);
    let page = app.get(Role::DivisionHead, &format!("/matters/{matter}/clocks")).await;
    page.says(&["平中法办〔2026〕12号", "延期15日"]);
}

async fn what_changed_meanwhile_is_not_overwritten(app: TestApp) {
    let matter = db_accepted(&app);
    let reply = clock(&app, matter, Code::Reply);
    let pause = |app: &TestApp, seen| {
        let (act, id) = (app.act(Role::DivisionHead), reply.id);
        let wanted =
            WantedPause { reason: PauseReason::Hearing, from: day("2026-11-23"), until: day("2026-12-01") };
        app.write(move |conn| actions::pause(conn, &act, (id, seen), wanted, "定于月底听证").map(drop))
    };
    pause(&app, Seen(0)).unwrap();
    let (act, id) = (app.act(Role::DivisionHead), reply.id);
    let late = app
        .write(move |conn| actions::resume(conn, &act, (id, Seen(0)), day("2026-11-23"), "提前").map(drop));
    assert!(matches!(late, Err(Problem::Stale)));
    let extend = format!("/clocks/{id}/extend");
    app.post(Role::President, &extend, &[("seen", "0"), ("days", "5"), ("note", "案情复杂")]).await.is(409);
    let paused = clock(&app, matter, Code::Reply);
    app.at("2026-12-01 09:00");
    let act = app.act(Role::DivisionHead);
    let over = seen(&app, id);
    let late =
        app.write(move |conn| actions::resume(conn, &act, (id, over), day("2026-11-30"), "提前").map(drop));
    assert!(late.unwrap_err().to_string().contains("现在没有中止"), "it has resumed by itself");
    assert_eq!(clock(&app, matter, Code::Reply), paused);
}

async fn a_corrected_receipt_is_shown_before_it_moves_anything(app: TestApp) {
    let act = app.act(Role::FilingClerk);
    let matter = app.write(move |conn| register(conn, &act, &first_visit("one"))).unwrap().matter_id;
    let path = format!("/matters/{matter}/received");
    app.get(Role::FilingClerk, &path).await.is(403);
    app.get(Role::PetitionOfficer, &path).await.is(200).says(&["2026年11月23日"]);
    let fields = [("received_on", "2026-11-20"), ("reason", "信封邮戳是11月20日")];
    let screening = clock(&app, matter, Code::Screening);
    let preview = app.post(Role::PetitionOfficer, &path, &fields).await;
    preview.is(200).says(&["甄别", "到期 2026年11月30日", "到期 2026年11月27日", "已履行，不变", "确认更正"]);
    assert_eq!(clock(&app, matter, Code::Screening), screening, "shown, not done");
    let shown =
        preview.html.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut confirmed = fields.to_vec();
    confirmed.extend([("confirm", "1"), ("seen", "something else")]);
    app.post(Role::PetitionOfficer, &path, &confirmed).await.is(409);
    confirmed.pop();
    confirmed.push(("seen", shown.as_str()));
    app.post(Role::PetitionOfficer, &path, &confirmed).await.is(303);
    let moved = clock(&app, matter, Code::Screening);
    assert_eq!((moved.starts_on, moved.due_on), (day("2026-11-20"), day("2026-11-27")));
    assert_eq!(next_due(&app, matter), moved.due_on);
    let entry = told(&app, matter).into_iter().find(|(kind, _)| *kind == EntryKind::Correction).unwrap().1;
    assert!(entry.contains("由2026年11月23日更正为2026年11月20日") && entry.contains("信封邮戳"), "{entry}");
    app.get(Role::PetitionOfficer, &format!("/matters/{matter}/clocks")).await.says(&["2026年11月20日收到"]);
    app.post(Role::PetitionOfficer, &path, &confirmed).await.is(422);
}

async fn a_receipt_keeps_to_what_is_possible(app: TestApp) {
    let act = app.act(Role::FilingClerk);
    let matter = app.write(move |conn| register(conn, &act, &first_visit("one"))).unwrap().matter_id;
    let path = format!("/matters/{matter}/received");
    let answer = async |on: &str| {
        app.post(Role::PetitionOfficer, &path, &[("received_on", on), ("reason", "原来登记有误")]).await
    };
    answer("2026-11-23").await.is(422).says(&["和原来相同"]);
    answer("2026-11-24").await.is(422).says(&["不能晚于今天"]);
    app.at("2026-11-23 09:20");
    let act = app.act(Role::FilingClerk);
    app.write(move |conn| {
        let known = matter_petitioners::table.select(matter_petitioners::petitioner_id).first(conn)?;
        register(conn, &act, &visit("two", Who::Known(known), About::Existing(matter)))
    })
    .unwrap();
    answer("2026-11-16").await.is(200);
}

async fn whoever_may_not_see_the_matter_may_not_touch_its_clocks(app: TestApp) {
    let matter = db_accepted(&app);
    let reply = clock(&app, matter, Code::Reply);
    let head = app.person(Role::DivisionHead);
    app.write(move |conn| {
        let bar = (
            tingsong::schema::matter_bars::matter_id.eq(matter),
            tingsong::schema::matter_bars::staff_id.eq(head),
        );
        diesel::insert_into(tingsong::schema::matter_bars::table).values(bar).execute(conn)?;
        Ok(())
    })
    .unwrap();
    for path in ["", "/pause", "/resume", "/extend", "/ask"] {
        app.get(Role::DivisionHead, &format!("/clocks/{}{path}", reply.id)).await.is(404);
    }
    app.get(Role::DivisionHead, &format!("/matters/{matter}/clocks")).await.is(404);
    let (act, id) = (app.act(Role::Handler), reply.id);
    let request =
        app.write(move |conn| actions::ask_extension(conn, &act, (id, Seen(0)), 5, "需要再次约谈")).unwrap();
    app.get(Role::DivisionHead, &format!("/extensions/{request}")).await.is(404);
    app.get(Role::DivisionHead, "/extensions").await.does_not_say(&["需要再次约谈"]);
    let fields = [
        ("seen", "0"),
        ("reason", "above"),
        ("from", "2026-11-23"),
        ("until", "2026-12-23"),
        ("note", "请示中院"),
    ];
    app.post(Role::DivisionHead, &format!("/clocks/{}/pause", reply.id), &fields).await.is(404);
}

async fn buttons_are_drawn_where_the_action_would_go_through(app: TestApp) {
    let matter = db_accepted(&app);
    let page = format!("/matters/{matter}/clocks");
    let reply = clock(&app, matter, Code::Reply);
    for role in Role::ALL {
        let answer = app.get(*role, &page).await;
        if answer.status != 200 {
            continue;
        }
        for what in ["pause", "resume", "extend", "ask"] {
            let href = format!("/clocks/{}/{what}", reply.id);
            let opens = app.get(*role, &href).await.status == 200;
            let drawn = answer.html.contains(&format!("href=\"{href}\""));
            // Whoever may extend at once need not ask, but may.
            let drawn =
                drawn || (what == "ask" && answer.html.contains(&format!("/clocks/{}/extend\"", reply.id)));
            assert_eq!(drawn, opens, "{role:?} {what}");
        }
        let correct = format!("/matters/{matter}/received");
        let drawn = answer.html.contains(&format!("href=\"{correct}\""));
        assert_eq!(drawn, app.get(*role, &correct).await.status == 200, "{role:?}");
    }
}

/// Something that happens to the matter: a contact, a comment, a request that is taken back; from 3 on to the clock.
fn db_try(app: &TestApp, n: usize, (step, days): (u8, i64), (matter, id): (MatterId, ClockId)) -> bool {
    let last = seen(app, id);
    let (clerk, officer) = (app.act(Role::FilingClerk), app.act(Role::PetitionOfficer));
    let (head, president) = (app.act(Role::DivisionHead), app.act(Role::President));
    let today = head.now.today();
    let tried = app.write(move |conn| match step {
        0 => {
            let known = matter_petitioners::table.select(matter_petitioners::petitioner_id).first(conn)?;
            let again = visit(&format!("k{n}"), Who::Known(known), About::Existing(matter));
            register(conn, &clerk, &again).map(drop)
        }
        1 => {
            let found = tingsong::matters::find(conn, &officer.by.scope, matter)?;
            tingsong::matters::note(conn, &officer, &found, EntryKind::Progress, "电话询问".into()).map(drop)
        }
        2 => {
            let request = actions::ask_extension(conn, &officer, (id, last), 5, "需要再次约谈")?;
            actions::withdraw_extension(conn, &officer, (request, 0)).map(drop)
        }
        3 => {
            let until = today + chrono::TimeDelta::days(days);
            let wanted = WantedPause { reason: PauseReason::Above, from: today, until };
            actions::pause(conn, &head, (id, last), wanted, "请示中院").map(drop)
        }
        4 => actions::resume(conn, &head, (id, last), today, "中院已答复").map(drop),
        _ => {
            let extension = Extension { days: 5, note: "案情复杂", sender: None };
            actions::extend(conn, &president, (id, last), extension).map(drop)
        }
    });
    tried.is_ok()
}

/// Comments, further contacts, requests: whatever is done to a matter, its clocks stay where they are unless one of them
/// is paused, resumed, extended or corrected; and the earliest is always the matter's next date.
async fn nothing_but_its_own_events_moves_a_clock(app: TestApp) {
    let matter = db_accepted(&app);
    let mut runner = TestRunner::deterministic();
    let steps = proptest::collection::vec((0u8..6, 1i64..40), 30).new_tree(&mut runner).unwrap().current();
    let all = |app: &TestApp| app.read(move |conn| histories(conn, matter.0)).unwrap();
    let mut extended = 0;
    for (n, step) in steps.into_iter().enumerate() {
        let id = clock(&app, matter, Code::Reply).id;
        let before = all(&app);
        let done = db_try(&app, n, step, (matter, id));
        let after = all(&app);
        for was in &before {
            let is = after.iter().find(|history| history.clock.id == was.clock.id).unwrap();
            let moved = is.clock != was.clock || is.events.len() != was.events.len();
            let may_move = is.clock.id == id && done && step.0 >= 3;
            assert!(may_move || !moved, "{step:?} moved {:?}", is.clock);
        }
        extended += u8::from(done && step.0 == 5);
        let open = after.iter().filter(|history| history.clock.is_open());
        assert_eq!(Some(next_due(&app, matter)), open.map(|history| history.clock.due_on).min());
    }
    assert_eq!(extended, 1, "once, however often it was tried");
    let kinds: Vec<EventKind> =
        all(&app).into_iter().flat_map(|history| history.events).map(|event| event.kind).collect();
    assert!(kinds.contains(&EventKind::Paused) && kinds.contains(&EventKind::Resumed), "{kinds:?}");
}

async fn a_date_changed_behind_the_systems_back_is_found(app: TestApp) {
    let matter = db_accepted(&app);
    let broken = |app: &TestApp| {
        let (act, anchor) = (app.act(Role::PetitionOfficer), app.database.dir.path().join("anchor"));
        let report = app.read(move |conn| checks::run(conn, &act, &anchor, Depth::End)).unwrap();
        report.broken().map(|finding| (finding.check, finding.count)).collect::<Vec<_>>()
    };
    assert_eq!(broken(&app), []);
    app.write(move |conn| {
        diesel::update(clocks::table.filter(clocks::matter_id.eq(matter.0).and(clocks::code.eq("reply"))))
            .set((clocks::due_on.eq(day("2027-03-01")), clocks::raw_due_on.eq(day("2027-03-01"))))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    assert_eq!(broken(&app), [(Check::Replay, 1)]);
    app.get(Role::PetitionOfficer, "/checks").await.is(200).says(&["时限与其经过相符", "1 处不符合"]);
}
