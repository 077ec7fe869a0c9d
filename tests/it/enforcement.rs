//! Enforcement matters (涉执信访): tasks, money, talks, their register, on both databases.

use crate::support::registrations::{first_visit, id_number, new_matter, person, visit};
use crate::support::{TestApp, on_both_databases};
use calamine::{Reader, Xlsx};
use chrono::NaiveDate;
use diesel::prelude::*;
use tingsong::enforcement::types::{EnforcementMatter, Measure, Posting};
use tingsong::enforcement::{
    self, MeasureDraft, Outcome, PaidBy, ResultDraft, Said, SheetDraft, SheetId, SumDraft, TalkKind,
    add_measure, correct_posting, fix_due, issue, record_payment, record_result, record_talk,
};
use tingsong::error::Problem;
use tingsong::matters::MatterId;
use tingsong::matters::actions::{About, Who, register};
use tingsong::matters::types::EntryKind;
use tingsong::people::{DivisionKind, Role, StaffId};
use tingsong::schema::{
    audit_entries, enforcement_matters, enforcement_measures, enforcement_postings, enforcement_talks,
    matters, outbox, staff, task_sheets, timeline,
};

on_both_databases! {
    a_task_sheet_has_a_number_measures_mails_and_an_entry,
    a_form_that_comes_twice_does_nothing_the_second_time,
    only_leaders_issue_and_only_to_those_who_see_the_matter,
    a_result_is_recorded_once_and_corrected_by_a_later_one,
    what_failed_is_not_done_and_a_wrong_entry_is_undone,
    a_correction_keeps_whoever_heard_it_and_what_was_typed,
    two_who_record_a_result_are_shown_both,
    an_open_measure_changes_hands,
    the_ledger_is_only_added_to_and_the_register_follows,
    an_older_sum_that_is_corrected_stays_older,
    a_posting_never_changes_in_the_database,
    reports_and_meetings_are_kept_and_corrected,
    who_is_complained_of_sees_nothing_of_it,
    the_register_filters_sorts_goes_on_and_is_taken_out,
    the_days_page_and_the_closing_page_tell_of_it,
    the_pages_lead_through_it_and_keep_what_was_typed,
    sums_are_typed_as_people_write_them,
    a_closed_matter_gets_no_task_but_its_money,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A matter that the judge answers for, in the judge's division.
pub fn matter_of_the_judge(app: &TestApp, key: &str) -> MatterId {
    let act = app.act(Role::FilingClerk);
    let judge = app.person(Role::Handler);
    let division = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let entered = first_visit(key);
    app.write(move |conn| {
        let made = register(conn, &act, &entered)?;
        diesel::update(matters::table.find(made.matter_id))
            .set((matters::accountable_id.eq(judge), matters::division_id.eq(division)))
            .execute(conn)?;
        Ok(made.matter_id)
    })
    .unwrap()
}

pub fn measure(text: &str, owner: StaffId, due: &str) -> MeasureDraft {
    MeasureDraft { text: text.into(), owner, due_on: day(due) }
}

pub fn draft(app: &TestApp, key: &str) -> SheetDraft {
    SheetDraft {
        task: "年前拍卖查封房产，把第一笔款交给信访人。".into(),
        issuer: app.person(Role::VicePresident),
        due_on: day("2026-12-31"),
        measures: vec![
            measure("委托评估", app.person(Role::Handler), "2026-12-04"),
            measure("上网拍卖", app.person(Role::Handler), "2026-12-25"),
            measure("约谈被执行人", app.person(Role::DivisionHead), "2026-12-31"),
        ],
        submission: format!("sheet-{key}"),
    }
}

pub fn issued(app: &TestApp, id: MatterId) -> SheetId {
    let (act, draft) = (app.act(Role::VicePresident), draft(app, &id.to_string()));
    app.write(move |conn| issue(conn, &act, id, &draft)).unwrap()
}

fn sum(yuan: i64, on: &str, key: &str) -> SumDraft {
    SumDraft {
        amount_fen: yuan * 100,
        happened_on: day(on),
        manner: Some(PaidBy::Deducted),
        payer: "被执行人".into(),
        note: "民事判决".into(),
        submission: format!("sum-{key}"),
    }
}

pub fn due(app: &TestApp, id: MatterId, yuan: i64, key: &str) {
    let (act, sum) = (app.act(Role::Handler), sum(yuan, "2026-11-01", key));
    app.write(move |conn| fix_due(conn, &act, id, &sum)).unwrap();
}

pub fn pay(app: &TestApp, id: MatterId, yuan: i64, on: &str, key: &str) {
    let (act, sum) = (app.act(Role::Handler), sum(yuan, on, key));
    app.write(move |conn| record_payment(conn, &act, id, &sum)).unwrap();
}

pub fn row(app: &TestApp, id: MatterId) -> EnforcementMatter {
    app.read(move |conn| Ok(enforcement_matters::table.find(id).first(conn)?)).unwrap()
}

pub fn measures(app: &TestApp) -> Vec<Measure> {
    app.read(|conn| {
        Ok(enforcement_measures::table
            .order((enforcement_measures::sheet_id, enforcement_measures::position))
            .load(conn)?)
    })
    .unwrap()
}

fn postings(app: &TestApp) -> Vec<Posting> {
    app.read(|conn| Ok(enforcement_postings::table.order(enforcement_postings::id).load(conn)?)).unwrap()
}

pub fn entries(app: &TestApp) -> Vec<String> {
    app.read(|conn| {
        Ok(timeline::table
            .filter(timeline::kind.eq(EntryKind::Enforcement))
            .order(timeline::id)
            .select(timeline::text)
            .load(conn)?)
    })
    .unwrap()
}

fn trail(app: &TestApp, like: &str) -> Vec<String> {
    let like = like.to_owned();
    app.read(move |conn| {
        Ok(audit_entries::table
            .filter(audit_entries::action.like(like))
            .order(audit_entries::seq)
            .select(audit_entries::action)
            .load(conn)?)
    })
    .unwrap()
}

fn recipients(app: &TestApp) -> Vec<String> {
    app.read(|conn| Ok(outbox::table.order(outbox::id).select(outbox::recipient).load(conn)?)).unwrap()
}

async fn a_task_sheet_has_a_number_measures_mails_and_an_entry(app: TestApp) {
    let id = matter_of_the_judge(&app, "one");
    let sheet = issued(&app, id);
    let number: String = app
        .read(move |conn| Ok(task_sheets::table.find(sheet).select(task_sheets::number).first(conn)?))
        .unwrap();
    assert_eq!(number, "石法执任〔2026〕0001号");
    assert_eq!(measures(&app).iter().map(|one| one.position).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((row(&app, id).open_measures, row(&app, id).next_due_on), (3, Some(day("2026-12-04"))));
    assert_eq!(recipients(&app), ["handler@court.test", "head@court.test"], "each owner once");
    let said = entries(&app);
    assert!(said[0].contains("副院长李明下达执行任务单") && said[0].contains("3. 约谈被执行人"), "{said:?}");
    assert_eq!(trail(&app, "enforcement.%"), ["enforcement.sheet_issued"]);
    let text: String = app.read(|conn| Ok(outbox::table.select(outbox::text_body).first(conn)?)).unwrap();
    assert!(text.contains("2 项措施") && !text.contains("张建国"), "{text}");
    let act = app.act(Role::PetitionOfficer);
    let more = measure("通报进展", app.person(Role::PetitionOfficer), "2026-12-01");
    app.write(move |conn| add_measure(conn, &act, sheet, &more, "more-one")).unwrap();
    assert_eq!(row(&app, id).next_due_on, Some(day("2026-12-01")));
    assert_eq!(recipients(&app).len(), 2, "nobody is told of what they set themselves");
}

async fn a_form_that_comes_twice_does_nothing_the_second_time(app: TestApp) {
    let id = matter_of_the_judge(&app, "twice");
    let sheet = issued(&app, id);
    assert_eq!(issued(&app, id), sheet);
    for _ in 0..2 {
        let act = app.act(Role::VicePresident);
        let more = measure("通报进展", app.person(Role::Handler), "2026-12-01");
        app.write(move |conn| add_measure(conn, &act, sheet, &more, "more-twice")).unwrap();
        due(&app, id, 1_000, "twice");
        pay(&app, id, 100, "2026-11-20", "paid-twice");
        let act = app.act(Role::Handler);
        let first = measures(&app)[0].id;
        let result = went(Outcome::Done, "2026-11-23", "已经委托。");
        app.write(move |conn| record_result(conn, &act, first, 0, &result)).unwrap();
    }
    assert_eq!((measures(&app).len(), postings(&app).len()), (4, 2));
    let paid = postings(&app)[1].id;
    for _ in 0..2 {
        let act = app.act(Role::Handler);
        app.write(move |conn| correct_posting(conn, &act, paid, Some(9_000), ("写错了。", "correct-twice")))
            .unwrap();
    }
    assert_eq!((postings(&app).len(), row(&app, id).paid_fen), (4, 9_000));
    assert_eq!(trail(&app, "enforcement.%").len(), 6);
}

async fn only_leaders_issue_and_only_to_those_who_see_the_matter(app: TestApp) {
    let id = matter_of_the_judge(&app, "who");
    let right = draft(&app, "who");
    let refused = |role: Role, draft: SheetDraft| {
        let act = app.act(role);
        app.write(move |conn| issue(conn, &act, id, &draft)).unwrap_err()
    };
    for role in [Role::Handler, Role::DivisionHead, Role::FilingClerk, Role::Inspector] {
        assert!(matches!(refused(role, right.clone()), Problem::Forbidden), "{role:?}");
    }
    let by = |issuer| SheetDraft { issuer, ..right.clone() };
    let judge = app.person(Role::Handler);
    assert!(matches!(refused(Role::PetitionOfficer, by(judge)), Problem::Refused(_)));
    let to =
        |owner| SheetDraft { measures: vec![measure("委托评估", owner, "2026-12-04")], ..right.clone() };
    for blind in [Role::Finance, Role::Auditor, Role::AidCommittee] {
        assert!(matches!(refused(Role::President, to(app.person(blind))), Problem::Refused(_)), "{blind:?}");
    }
    let late = SheetDraft { measures: vec![measure("委托评估", judge, "2027-01-01")], ..right.clone() };
    assert!(matches!(refused(Role::President, late), Problem::Refused(_)));
    assert_eq!(measures(&app).len(), 0, "a refusal leaves nothing behind");
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| issue(conn, &act, id, &right)).unwrap();
    assert!(recipients(&app).contains(&"vice@court.test".to_owned()), "the leader learns of their own sheet");
    let number: i64 = app.read(|conn| Ok(task_sheets::table.select(task_sheets::seq).first(conn)?)).unwrap();
    assert_eq!(number, 1, "refusals use up no number");
}

async fn a_result_is_recorded_once_and_corrected_by_a_later_one(app: TestApp) {
    let id = matter_of_the_judge(&app, "result");
    issued(&app, id);
    app.at("2026-12-07 09:00");
    let first = measures(&app)[0].clone();
    let record = |version, on: &str, text: &'static str| {
        let (act, result, measure) = (app.act(Role::Handler), went(Outcome::Done, on, text), first.id);
        app.write(move |conn| record_result(conn, &act, measure, version, &result))
    };
    for outside in ["2026-11-22", "2026-12-08"] {
        assert!(matches!(record(0, outside, "已经委托。"), Err(Problem::Refused(_))), "{outside}");
    }
    record(0, "2026-12-03", "评估机构已经选定。").unwrap();
    assert_eq!((row(&app, id).open_measures, row(&app, id).next_due_on), (2, Some(day("2026-12-25"))));
    assert!(matches!(record(0, "2026-12-03", "别的结果。"), Err(Problem::Stale)));
    record(1, "2026-12-04", "选定的是另一家评估机构。").unwrap();
    assert_eq!(measures(&app)[0].done_on, Some(day("2026-12-04")));
    let page = app.get(Role::Handler, &format!("/matters/{id}/enforcement")).await;
    page.says(&["评估机构已经选定。", "已更正", "选定的是另一家评估机构。"]);
    let said = entries(&app);
    assert!(said[1].starts_with("措施“委托评估”完成") && said[2].starts_with("更正结果"), "{said:?}");
}

fn went(outcome: Outcome, on: &str, text: &str) -> ResultDraft {
    ResultDraft { outcome, on: day(on), text: text.into() }
}

async fn what_failed_is_not_done_and_a_wrong_entry_is_undone(app: TestApp) {
    let id = matter_of_the_judge(&app, "failed");
    issued(&app, id);
    app.at("2026-12-28 09:00");
    let auction = measures(&app)[1].clone();
    let record = |role: Role, version, result: ResultDraft| {
        let (act, measure) = (app.act(role), auction.id);
        app.write(move |conn| record_result(conn, &act, measure, version, &result))
    };
    let state = || {
        let one = measures(&app)[1].clone();
        (one.done_on, row(&app, id).open_measures)
    };
    record(Role::Handler, 0, went(Outcome::GoingOn, "2026-12-20", "第一次拍卖流拍。")).unwrap();
    assert_eq!(state(), (None, 3), "it is still owed");
    let page = async || app.get(Role::Handler, &format!("/matters/{id}/enforcement")).await;
    page()
        .await
        .says(&["还没有做成，继续办理", "第一次拍卖流拍。", "超期 3 天"])
        .does_not_say(&["已完成", "已更正"]);
    record(Role::Handler, 1, went(Outcome::Done, "2026-12-27", "第二次拍卖成交。")).unwrap();
    assert_eq!(state(), (Some(day("2026-12-27")), 2));
    page().await.says(&["逾期完成", "更正结果"]).does_not_say(&["已更正"]);
    record(Role::Handler, 2, went(Outcome::GoingOn, "2026-12-27", "登错了行，拍卖还没有成交。")).unwrap();
    assert_eq!(state(), (None, 3), "what was put on the wrong line is owed again");
    page().await.says(&["已更正"]);
    let given_up = went(Outcome::GivenUp, "2026-12-28", "财产已被他案处置。");
    let refused = record(Role::Handler, 3, given_up.clone());
    assert!(matches!(refused, Err(Problem::Refused(_))), "who carries it out doesn't do away with it");
    app.get(Role::Handler, &format!("/enforcement/measures/{}/result", auction.id))
        .await
        .does_not_say(&["没有做成，不再继续"]);
    record(Role::VicePresident, 3, given_up).unwrap();
    assert_eq!(state(), (Some(day("2026-12-28")), 2));
    page().await.says(&["没有做成，不再继续", "财产已被他案处置。"]);
    let said = entries(&app);
    assert!(said[1].contains("还没有做成") && said[2].contains("逾期完成"), "{said:?}");
    assert!(said[3].starts_with("更正结果：") && !said[2].starts_with("更正"), "{said:?}");
}

async fn two_who_record_a_result_are_shown_both(app: TestApp) {
    let id = matter_of_the_judge(&app, "both");
    issued(&app, id);
    let path = format!("/enforcement/measures/{}/result", measures(&app)[0].id);
    app.get(Role::Handler, &path).await.says(&["委托评估", "登记结果"]);
    app.post(Role::Handler, &path, &[("version", "0"), ("text", "")]).await.is(422).says(&["请填写这一项"]);
    app.post(
        Role::DivisionHead,
        &path,
        &[("version", "0"), ("outcome", "done"), ("text", "庭长登记的结果。")],
    )
    .await
    .is(303);
    let judges = |version| [("version", version), ("outcome", "done"), ("text", "法官登记的结果。")];
    let late = app.post(Role::Handler, &path, &judges("0")).await;
    late.is(409).says(&["别人刚刚登记过", "庭长登记的结果。", "法官登记的结果。", "登记更正"]);
    app.post(Role::Handler, &path, &judges("1")).await.is(303);
    app.post(Role::FilingClerk, &path, &[("version", "1"), ("text", "窗口登记的结果。")]).await.is(403);
}

async fn an_open_measure_changes_hands(app: TestApp) {
    let id = matter_of_the_judge(&app, "hands");
    issued(&app, id);
    let (first, head) = (measures(&app)[0].id, app.person(Role::DivisionHead).to_string());
    let path = format!("/enforcement/measures/{first}/owner");
    app.get(Role::VicePresident, &path).await.says(&["更换措施负责人", "庭长孙立"]);
    app.get(Role::DivisionHead, &path).await.is(403);
    let finance = app.person(Role::Finance).to_string();
    let fields = |owner: &str, version: &str| {
        [("version", version.to_owned()), ("owner", owner.to_owned()), ("reason", "承办人调离。".to_owned())]
    };
    let post = async |owner: &str, version: &str| {
        let fields = fields(owner, version);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        app.post(Role::VicePresident, &path, &fields).await.status.as_u16()
    };
    assert_eq!(post(&finance, "0").await, 422);
    assert_eq!(post("", "0").await, 422);
    let stale = [("version", "3"), ("owner", head.as_str()), ("reason", "承办人退休，改由庭长负责。")];
    let stale = app.post(Role::VicePresident, &path, &stale).await;
    stale.is(409).says(&["别人刚刚动过这项措施", "法官钱进", "承办人退休，改由庭长负责。"]);
    assert_eq!(post(&head, "0").await, 303);
    assert_eq!(measures(&app)[0].owner_id, app.person(Role::DivisionHead));
    assert_eq!(recipients(&app).last().unwrap(), "head@court.test");
    assert!(entries(&app)[1].contains("由法官钱进改由庭长孙立负责：承办人调离。"));
}

async fn the_ledger_is_only_added_to_and_the_register_follows(app: TestApp) {
    let id = matter_of_the_judge(&app, "ledger");
    due(&app, id, 10_000, "due");
    pay(&app, id, 3_000, "2026-11-10", "first");
    pay(&app, id, 20_000, "2026-11-20", "wrong");
    assert_eq!((row(&app, id).paid_fen, row(&app, id).outstanding_fen), (2_300_000, 0));
    app.get(Role::Handler, &format!("/matters/{id}/enforcement")).await.says(&["多收 ¥13,000.00 元"]);
    let wrong = postings(&app)[2].clone();
    let correct = |posting, instead, key: &'static str| {
        let act = app.act(Role::Handler);
        app.write(move |conn| correct_posting(conn, &act, posting, instead, ("多写了一个零。", key)))
    };
    assert!(matches!(correct(wrong.id, Some(2_000_000), "same-sum"), Err(Problem::Refused(_))));
    correct(wrong.id, Some(200_000), "right-one").unwrap();
    let all = postings(&app);
    assert_eq!(
        all.iter().map(|one| one.amount_fen).collect::<Vec<_>>(),
        [1_000_000, 300_000, 2_000_000, -2_000_000, 200_000]
    );
    assert_eq!((all[3].reverses_id, all[3].happened_on), (Some(wrong.id), wrong.happened_on));
    assert_eq!((row(&app, id).paid_fen, row(&app, id).outstanding_fen), (500_000, 500_000));
    assert!(matches!(correct(wrong.id, None, "once-more"), Err(Problem::Refused(_))));
    assert!(matches!(correct(all[3].id, None, "of-counter"), Err(Problem::Refused(_))));
    correct(all[0].id, None, "no-due-yet").unwrap();
    assert_eq!((row(&app, id).due_fen, row(&app, id).outstanding_fen), (None, 0));
    let said = entries(&app).pop().unwrap();
    assert!(said.contains("取消") && said.contains("应执行金额还没有确定"), "{said}");
    let huge = SumDraft { amount_fen: 100_000_000_000_000, ..sum(1, "2026-11-20", "huge") };
    let act = app.act(Role::Handler);
    let refused = app.write(move |conn| record_payment(conn, &act, id, &huge));
    assert!(matches!(refused, Err(Problem::Refused(_))));
}

async fn an_older_sum_that_is_corrected_stays_older(app: TestApp) {
    let id = matter_of_the_judge(&app, "older");
    due(&app, id, 100_000, "typo");
    due(&app, id, 600_000, "changed");
    let correct = |posting, yuan: i64, key: &'static str| {
        let act = app.act(Role::Handler);
        app.write(move |conn| {
            correct_posting(conn, &act, posting, Some(yuan * 100), ("少写了一个零。", key))
        })
        .unwrap();
        row(&app, id).due_fen
    };
    let typo = postings(&app)[0].id;
    assert_eq!(correct(typo, 1_000_000, "first-correction"), Some(60_000_000));
    let again = postings(&app).last().unwrap().clone();
    assert_eq!((again.amount_fen, again.replaces_id), (100_000_000, Some(typo)));
    assert_eq!(correct(again.id, 1_100_000, "second-correction"), Some(60_000_000));
    assert_eq!(postings(&app).last().unwrap().replaces_id, Some(typo), "the place, not the last to hold it");
    let in_force = postings(&app)[1].id;
    assert_eq!(correct(in_force, 650_000, "third-correction"), Some(65_000_000));
    let report = crate::checks::checked(&app, tingsong::checks::Depth::End);
    assert!(report.is_clean(), "{}", tingsong::checks::command::text(&report));
}

async fn a_posting_never_changes_in_the_database(app: TestApp) {
    let id = matter_of_the_judge(&app, "fixed");
    due(&app, id, 10_000, "due");
    for sql in ["UPDATE enforcement_postings SET amount_fen = 1", "DELETE FROM enforcement_postings"] {
        let outcome = app.write(move |conn| Ok(diesel::sql_query(sql).execute(conn)?));
        assert!(outcome.is_err(), "{sql}");
    }
    assert_eq!(postings(&app)[0].amount_fen, 1_000_000);
}

async fn reports_and_meetings_are_kept_and_corrected(app: TestApp) {
    let id = matter_of_the_judge(&app, "talks");
    let said = |kind, staff, party: &str, key: &str| Said {
        kind,
        held_on: day("2026-11-20"),
        staff,
        party: party.into(),
        said: "评估已经完成，下周上网拍卖。".into(),
        decided: "拍卖当天通知信访人。".into(),
        submission: format!("talk-{key}"),
    };
    let judge = app.person(Role::Handler);
    let record = |said: Said| {
        let act = app.act(Role::Handler);
        app.write(move |conn| record_talk(conn, &act, id, &said))
    };
    let by_a_judge = record(said(TalkKind::ReportHeard, judge, "", "judge"));
    assert!(matches!(by_a_judge, Err(Problem::Refused(_))), "reports are heard by leaders");
    let report = said(TalkKind::ReportHeard, app.person(Role::President), "", "report");
    record(report.clone()).unwrap();
    record(report).unwrap();
    record(said(TalkKind::PartyMet, judge, "申请执行人张建国", "party")).unwrap();
    assert_eq!(trail(&app, "enforcement.%"), ["enforcement.report_heard", "enforcement.party_met"]);
    let first = app
        .read(|conn| {
            Ok(enforcement_talks::table
                .order(enforcement_talks::id)
                .select(enforcement_talks::id)
                .first::<enforcement::TalkId>(conn)?)
        })
        .unwrap();
    let path = format!("/enforcement/talks/{first}/correct");
    app.get(Role::Handler, &path).await.says(&["更正记录", "评估已经完成"]);
    let president = app.person(Role::President).to_string();
    let fields = |key: &'static str| {
        [
            ("submission", key),
            ("staff", president.as_str()),
            ("said", "评估还没有完成，再等十天。"),
            ("decided", "催促评估机构。"),
        ]
    };
    app.post(Role::Handler, &path, &fields("correct-talk-1")).await.is(303);
    app.post(Role::Handler, &path, &fields("correct-talk-1")).await.is(303);
    app.post(Role::Handler, &path, &fields("correct-talk-2")).await.is(409);
    app.get(Role::Handler, &format!("/matters/{id}/enforcement")).await.says(&["已更正", "再等十天"]);
    assert_eq!(entries(&app).len(), 3);
}

async fn a_correction_keeps_whoever_heard_it_and_what_was_typed(app: TestApp) {
    let id = matter_of_the_judge(&app, "left");
    let said = Said {
        kind: TalkKind::ReportHeard,
        held_on: day("2026-11-20"),
        staff: app.person(Role::VicePresident),
        party: String::new(),
        said: "评估已经完成。".into(),
        decided: "下周拍买。".into(),
        submission: "talk-of-who-left".into(),
    };
    let act = app.act(Role::Handler);
    app.write(move |conn| record_talk(conn, &act, id, &said)).unwrap();
    let vice = app.person(Role::VicePresident);
    app.write(move |conn| {
        diesel::update(staff::table.find(vice)).set(staff::active.eq(false)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    let talk = |n: usize| {
        app.read(move |conn| {
            let all: Vec<enforcement::TalkId> = enforcement_talks::table
                .order(enforcement_talks::id)
                .select(enforcement_talks::id)
                .load(conn)?;
            Ok(all[n])
        })
        .unwrap()
    };
    let path = format!("/enforcement/talks/{}/correct", talk(0));
    app.get(Role::Handler, &path).await.is(200).says(&["副院长李明（原记录）"]);
    let vice = vice.to_string();
    let fields = |key: &'static str, decided: &'static str| {
        [("submission", key), ("staff", vice.as_str()), ("said", "评估已经完成。"), ("decided", decided)]
    };
    app.post(Role::Handler, &path, &fields("correct-left-1", "下周拍卖。")).await.is(303);
    let late = app.post(Role::Handler, &path, &fields("correct-left-2", "下个月拍卖。")).await;
    late.is(409).says(&["别人刚刚更正过这条记录", "下周拍卖。", "下个月拍卖。"]);
    late.says(&[&format!("/enforcement/talks/{}/correct", talk(1))]);
    let judge = app.person(Role::Handler).to_string();
    let other =
        [("submission", "new-talk-1"), ("staff", &*judge), ("said", "已经汇报。"), ("decided", "继续。")];
    app.post(Role::Handler, &format!("/matters/{id}/enforcement/report"), &other)
        .await
        .is(422)
        .says(&["听取汇报的应是看得到这件事项的院领导"]);
}

async fn who_is_complained_of_sees_nothing_of_it(app: TestApp) {
    let judge = app.person(Role::Handler);
    let mut new = new_matter();
    new.complained_of = vec![judge];
    new.division_id = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).map(|d| d.1);
    let who = Who::New(Box::new(person("王桂兰", &id_number("41040419680809", 4), "13800009999")));
    let act = app.act(Role::FilingClerk);
    let entered = visit("conduct", who, About::New(Box::new(new)));
    let id = app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id;
    let (inspector, president) = (app.person(Role::Inspector), app.person(Role::President));
    let by = |owner| SheetDraft {
        issuer: president,
        measures: vec![measure("核实执行经过", owner, "2026-12-04")],
        ..draft(&app, "conduct")
    };
    let (act, to_judge) = (app.act(Role::President), by(judge));
    let refused = app.write(move |conn| issue(conn, &act, id, &to_judge));
    assert!(matches!(refused, Err(Problem::Refused(_))));
    let (act, right) = (app.act(Role::President), by(inspector));
    let sheet = app.write(move |conn| issue(conn, &act, id, &right)).unwrap();
    let (act, paid) = (app.act(Role::President), sum(500, "2026-11-20", "conduct"));
    app.write(move |conn| record_payment(conn, &act, id, &paid)).unwrap();
    let measure = measures(&app)[0].id;
    let posting = postings(&app)[0].id;
    assert_eq!(recipients(&app), ["inspector@court.test"]);
    for role in [Role::Handler, Role::DivisionHead, Role::PetitionOfficer, Role::VicePresident] {
        app.get(role, "/enforcement").await.is(200).does_not_say(&["王桂兰"]);
        app.get(role, &format!("/matters/{id}/enforcement")).await.is(404);
        app.get(role, &format!("/enforcement/sheets/{sheet}/paper")).await.is(404);
        app.get(role, &format!("/enforcement/measures/{measure}/result")).await.is(404);
        app.get(role, &format!("/enforcement/postings/{posting}/correct")).await.is(404);
        let fields = [("version", "0"), ("outcome", "done"), ("text", "已经办完。")];
        app.post(role, &format!("/enforcement/measures/{measure}/result"), &fields).await.is(404);
    }
    app.get(Role::Inspector, "/enforcement").await.says(&["王桂兰"]);
    app.get(Role::Inspector, "/").await.says(&["我名下有执行措施的"]);
}

async fn the_register_filters_sorts_goes_on_and_is_taken_out(app: TestApp) {
    for n in 1..=52_i64 {
        let id = matter_of_the_judge(&app, &format!("k{n}"));
        due(&app, id, n * 100, &format!("due-{n}"));
        if n % 2 == 0 {
            pay(&app, id, n * 100, "2026-11-20", &format!("paid-{n}"));
        }
        if n <= 51 {
            issued(&app, id);
        }
    }
    let waiting = matter_of_the_judge(&app, "waiting");
    for (order, count) in [("", 52), ("due", 51), ("money", 52)] {
        let list = format!("/enforcement?order={order}");
        let page = app.get(Role::PetitionOfficer, &list).await;
        assert_eq!(page.html.matches("class=\"row-link\"").count(), 50, "{order}");
        let next = page.html.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        let second = app.get(Role::PetitionOfficer, &next.replace("&amp;", "&")).await;
        assert_eq!(second.html.matches("class=\"row-link\"").count(), count - 50, "{order}");
    }
    let outstanding = app.get(Role::PetitionOfficer, "/enforcement?outstanding=1&order=money").await;
    assert_eq!(outstanding.html.matches("class=\"row-link\"").count(), 26);
    outstanding.says(&["5,100.00"]).does_not_say(&["5,200.00"]);
    app.get(Role::PetitionOfficer, "/enforcement?due=overdue").await.says(&["没有符合条件的涉执信访"]);
    app.at("2026-12-07 09:00");
    crate::supervision::db_awake(&app);
    for (role, found) in [(Role::Handler, true), (Role::DivisionHead, false)] {
        let page = app.get(role, "/enforcement?mine=1&due=overdue").await;
        assert_eq!(page.html.contains("超期 3 天"), found, "{role:?}: of their own measures only");
    }
    app.get(Role::PetitionOfficer, "/enforcement?which=waiting").await.says(&[&waiting.to_string()]);
    app.get(Role::PetitionOfficer, "/enforcement?which=x&division=y&after=z_1&order=due").await.is(200);
    app.get(Role::Handler, "/enforcement/export").await.is(403);
    for (query, rows) in [("outstanding=1", 26), ("which=waiting", 1), ("", 52)] {
        let sheet = app.get(Role::PetitionOfficer, &format!("/enforcement/export?{query}")).await;
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(sheet.bytes)).unwrap();
        let cells = book.worksheet_range_at(0).unwrap().unwrap();
        let text: Vec<String> = cells.rows().flatten().map(ToString::to_string).collect();
        assert_eq!(text.iter().filter(|cell| cell.starts_with("石法访")).count(), rows, "{query}");
    }
}

async fn the_days_page_and_the_closing_page_tell_of_it(app: TestApp) {
    let id = matter_of_the_judge(&app, "today");
    app.get(Role::Handler, "/").await.does_not_say(&["我名下有执行措施的"]);
    due(&app, id, 1_000, "due");
    issued(&app, id);
    app.get(Role::Handler, "/").await.says(&["我名下有执行措施的", "/enforcement?mine=1"]);
    app.get(Role::PetitionOfficer, "/").await.does_not_say(&["我名下有执行措施的"]);
    let hint = app
        .read(move |conn| {
            let matter = tingsong::matters::of_job(conn, id)?;
            enforcement::closing_hint(conn, &matter)
        })
        .unwrap()
        .unwrap();
    assert!(hint.contains("还有 ¥1,000.00 元 没有到账，还有 3 项执行措施"), "{hint}");
    let other = matter_of_the_judge(&app, "other");
    let none = app
        .read(move |conn| {
            let matter = tingsong::matters::of_job(conn, other)?;
            enforcement::closing_hint(conn, &matter)
        })
        .unwrap();
    assert_eq!(none, None);
}

async fn the_pages_lead_through_it_and_keep_what_was_typed(app: TestApp) {
    let id = matter_of_the_judge(&app, "pages");
    let here = format!("/matters/{id}/enforcement");
    app.get(Role::Handler, &format!("/matters/{id}")).await.says(&["涉执信访", &here]);
    app.get(Role::FilingClerk, &here).await.is(200).does_not_say(&["登记到账", "下达任务单</a>"]);
    let form = format!("{here}/task-sheet");
    app.get(Role::VicePresident, &here).await.says(&[&form]);
    app.get(Role::VicePresident, &form).await.says(&["副院长李明（副院长）", "法官钱进（法官）", "措施"]);
    app.get(Role::Handler, &form).await.is(403);
    let (vice, judge) = (app.person(Role::VicePresident).to_string(), app.person(Role::Handler).to_string());
    let typed = [
        ("submission", "pages-sheet"),
        ("issuer", &*vice),
        ("task", "年前拍卖查封房产。"),
        ("due_on", "2026-12-31"),
        ("measure", "委托评估"),
        ("owner", &*judge),
        ("until", "2027-01-05"),
    ];
    let wrong = app.post(Role::VicePresident, &form, &typed).await;
    wrong.is(422).says(&["措施的期限应在今天和任务单的时限之间", "年前拍卖查封房产。", "委托评估"]);
    let mut more = typed.to_vec();
    more.push(("rows", "add-measure"));
    app.post(Role::VicePresident, &form, &more).await.is(422).says(&["remove-measure-1", "委托评估"]);
    let mut right = typed.to_vec();
    right[6].1 = "";
    app.post(Role::VicePresident, &form, &right).await.is(303);
    let paper = format!("/enforcement/sheets/{}/paper", measures(&app)[0].sheet_id);
    app.get(Role::Handler, &paper).await.says(&[
        "执行任务单",
        "石法执任〔2026〕0001号",
        "2026年12月31日 周四",
    ]);
}

async fn sums_are_typed_as_people_write_them(app: TestApp) {
    let id = matter_of_the_judge(&app, "typed");
    let here = format!("/matters/{id}/enforcement");
    let payment = format!("{here}/payment");
    let odd = [("submission", "pages-paid"), ("amount", "三万"), ("manner", "deducted")];
    app.post(Role::Handler, &payment, &odd).await.is(422).says(&["看不懂这个金额", "三万"]);
    let paid =
        [("submission", "pages-paid"), ("amount", "1.2万元"), ("manner", "auction"), ("payer", "买受人")];
    app.post(Role::Handler, &payment, &paid).await.is(303);
    app.post(Role::Handler, &payment, &paid).await.is(303);
    let fixed = [("submission", "pages-due"), ("amount", "１２，３４５．６"), ("reason", "民事调解书")];
    app.post(Role::Handler, &format!("{here}/due"), &fixed).await.is(303);
    app.get(Role::Handler, &here).await.says(&[
        "¥12,345.60 元",
        "¥12,000.00 元",
        "¥345.60 元",
        "97%",
        "拍卖变卖",
    ]);
    app.get(Role::Handler, &format!("/matters/{id}"))
        .await
        .says(&["应执行 ¥12,345.60 元", "累计到账 ¥12,000.00 元（97%）"]);
    let posting = postings(&app)[0].id;
    let fields = [("submission", "pages-fix"), ("reason", "重复登记。")];
    app.post(Role::Handler, &format!("/enforcement/postings/{posting}/correct"), &fields).await.is(303);
    app.get(Role::Handler, &here).await.says(&["冲销到账", "-12,000.00", "重复登记。"]);
}

async fn a_closed_matter_gets_no_task_but_its_money(app: TestApp) {
    let id = matter_of_the_judge(&app, "closed");
    let sheet = issued(&app, id);
    app.write(move |conn| {
        diesel::update(matters::table.find(id))
            .set((
                matters::stage.eq("closed"),
                matters::close_reason.eq("settled"),
                matters::next_due_on.eq(None::<NaiveDate>),
                matters::next_clock_id.eq(None::<tingsong::deadlines::ClockId>),
                matters::closed_at.eq(app_now()),
            ))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    let (act, again) = (app.act(Role::President), draft(&app, "closed-again"));
    assert!(matches!(app.write(move |conn| issue(conn, &act, id, &again)), Err(Problem::Refused(_))));
    let (act, more) = (app.act(Role::President), measure("通报", app.person(Role::Handler), "2026-12-01"));
    let refused = app.write(move |conn| add_measure(conn, &act, sheet, &more, "more-closed"));
    assert!(matches!(refused, Err(Problem::Refused(_))));
    app.get(Role::Handler, "/enforcement").await.says(&["事项已办结"]).does_not_say(&["没有未完成的措施"]);
    app.get(Role::Handler, &format!("/matters/{id}/enforcement"))
        .await
        .says(&["事项已办结"])
        .does_not_say(&["没有未完成的措施"]);
    pay(&app, id, 100, "2026-11-20", "after-closing");
    assert_eq!(row(&app, id).paid_fen, 10_000);
    app.get(Role::Handler, "/").await.does_not_say(&["我名下有执行措施的"]);
}

fn app_now() -> chrono::NaiveDateTime {
    crate::support::court_time("2026-11-23 09:00").utc()
}
