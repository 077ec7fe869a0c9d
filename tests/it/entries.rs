//! What is recorded on a matter, joint handling, and what came of procedures of law; on both databases.

use crate::support::registrations::{accepted, first_visit, new_matter, reload};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::deadlines::{self, Code};
use tingsong::error::Problem;
use tingsong::joint::actions as joint;
use tingsong::matters::actions::{About, NewMatter, register};
use tingsong::matters::rules::Screening;
use tingsong::matters::types::{CloseReason, EntryKind, Stage, TimelineEntry, Track};
use tingsong::matters::{MatterId, store};
use tingsong::people::{DivisionKind, Role};
use tingsong::referrals::forms::Destination;
use tingsong::schema::{staff, timeline};

on_both_databases! {
    telling_the_petitioner_meets_progress_and_starts_the_next,
    a_note_with_its_papers_needs_words,
    a_correction_names_what_it_corrects_and_moves_nothing,
    a_helper_sees_the_matter_until_the_help_ends,
    the_judge_of_the_case_handles_it_only_when_an_officer_says_why,
    a_case_number_ends_what_went_to_litigation,
    what_was_no_suit_is_taken_back_with_its_clocks,
    the_guidance_sheet_names_the_procedure_and_its_date,
}

fn open_clocks(app: &TestApp, id: MatterId) -> Vec<(Code, String)> {
    let all = app.read(move |conn| deadlines::of_matter(conn, id.0)).unwrap();
    all.into_iter()
        .filter(|(clock, _)| clock.is_open())
        .map(|(clock, _)| (clock.code, clock.due_on.to_string()))
        .collect()
}

fn entries(app: &TestApp, id: MatterId) -> Vec<TimelineEntry> {
    app.read(move |conn| {
        Ok(timeline::table.filter(timeline::matter_id.eq(id)).order(timeline::id).load(conn)?)
    })
    .unwrap()
}

fn in_litigation(app: &TestApp, key: &str) -> MatterId {
    let act = app.act(Role::FilingClerk);
    // 立案庭 has a head here: the officer's division is the filing division.
    let head = app.person(Role::PetitionOfficer);
    app.write(move |conn| {
        diesel::update(staff::table.find(head))
            .set(staff::post.eq(tingsong::people::Post::DivisionHead))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    let mut entered = first_visit(key);
    let screening = Screening::InLitigation(Track::EnforcementObjection, None);
    entered.about = About::New(Box::new(NewMatter { screening, ..new_matter() }));
    app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id
}

async fn telling_the_petitioner_meets_progress_and_starts_the_next(app: TestApp) {
    let id = accepted(&app, "told");
    assert!(open_clocks(&app, id).iter().any(|(code, _)| *code == Code::ProgressFirst));
    let path = format!("/matters/{id}/note");
    app.get(Role::FilingClerk, &path).await.is(200).says(&["已把进展告知信访人", "判后释法"]);
    let fields = [("version", "0"), ("kind", "talk"), ("text", "当面说明执行进度。"), ("told", "1")];
    app.upload(Role::FilingClerk, &path, &fields, &[]).await.is(303);
    let open = open_clocks(&app, id);
    assert!(open.iter().all(|(code, _)| !matches!(code, Code::ProgressFirst | Code::FirstTalk)), "{open:?}");
    // A month from 23 November.
    assert!(open.contains(&(Code::ProgressMonthly, "2026-12-23".into())), "{open:?}");
    app.upload(Role::FilingClerk, &path, &fields, &[]).await.is(303);
    let monthly =
        open_clocks(&app, id).into_iter().filter(|(code, _)| *code == Code::ProgressMonthly).count();
    assert_eq!(monthly, 1, "the one before is met");
}

async fn a_note_with_its_papers_needs_words(app: TestApp) {
    let id = accepted(&app, "papers");
    let path = format!("/matters/{id}/note");
    let bare = app.upload(Role::FilingClerk, &path, &[("kind", "mediation"), ("text", "")], &[]).await;
    bare.is(422).says(&["请写明经过和结果", "请写明参加的单位或者人员"]);
    assert_eq!(reload(&app, id).version, 0);
    let fields = [("kind", "mediation"), ("text", "达成分期履行的意见。"), ("others", "兴平路街道办")];
    let paper: &[(&str, &str, &[u8])] = &[("paper", "调解笔录.txt", "双方同意分期履行。".as_bytes())];
    app.upload(Role::FilingClerk, &path, &fields, paper).await.is(303);
    let page = app.get(Role::FilingClerk, &format!("/matters/{id}")).await;
    page.is(200).says(&["参加：兴平路街道办。达成分期履行的意见。", "调解笔录.txt"]);
    for role in [Role::Handler, Role::Finance, Role::Auditor] {
        let answer = app.upload(role, &path, &fields, &[]).await;
        assert!(matches!(answer.status.as_u16(), 403 | 404), "{role:?} {}", answer.status);
    }
}

async fn a_correction_names_what_it_corrects_and_moves_nothing(app: TestApp) {
    let id = accepted(&app, "correct");
    let fields = [("kind", "progress"), ("text", "已查封车辆豫D12345。")];
    app.upload(Role::FilingClerk, &format!("/matters/{id}/note"), &fields, &[]).await.is(303);
    let wrong = entries(&app, id).into_iter().find(|entry| entry.kind == EntryKind::Progress).unwrap();
    let clocks = open_clocks(&app, id);
    let path = format!("/matters/{id}/entries/{}/correct", wrong.id);
    app.get(Role::FilingClerk, &path).await.is(200).says(&["已查封车辆豫D12345。"]);
    app.get(Role::President, &path).await.is(403);
    app.post(Role::FilingClerk, &path, &[("text", "")]).await.is(422).says(&["请写明哪里有误"]);
    app.post(Role::FilingClerk, &path, &[("text", "车牌应为豫D54321。")]).await.is(303);
    let correction = entries(&app, id).pop().unwrap();
    assert_eq!((correction.kind, correction.corrects_id), (EntryKind::Correction, Some(wrong.id)));
    assert!(entries(&app, id).contains(&wrong), "what was said stays");
    assert_eq!(open_clocks(&app, id), clocks);
    app.get(Role::FilingClerk, &format!("/matters/{id}")).await.says(&["已更正", "车牌应为豫D54321。"]);
    let elsewhere = accepted(&app, "elsewhere");
    let path = format!("/matters/{elsewhere}/entries/{}/correct", wrong.id);
    app.get(Role::FilingClerk, &path).await.is(404);
}

async fn a_helper_sees_the_matter_until_the_help_ends(app: TestApp) {
    let id = accepted(&app, "help");
    let (path, judge) = (format!("/matters/{id}/ask-help"), app.person(Role::Handler).to_string());
    app.get(Role::Handler, &format!("/matters/{id}")).await.is(404);
    let fields = [("version", "0"), ("staff", judge.as_str()), ("task", "核对执行款")];
    app.post(Role::PetitionOfficer, &path, &fields).await.is(303);
    app.get(Role::Handler, &format!("/matters/{id}")).await.is(200).says(&["请法官钱进协办：核对执行款"]);
    assert_eq!(reload(&app, id).accountable_id, app.person(Role::FilingClerk));
    let version = reload(&app, id).version.to_string();
    let again = [("version", version.as_str()), ("staff", judge.as_str()), ("task", "再核对")];
    app.post(Role::PetitionOfficer, &path, &again).await.is(422).says(&["已经在办"]);
    let end = [("version", version.as_str()), ("staff", judge.as_str())];
    app.post(Role::PetitionOfficer, &format!("{path}/end"), &end).await.is(303);
    app.get(Role::Handler, &format!("/matters/{id}")).await.is(404);
}

async fn the_judge_of_the_case_handles_it_only_when_an_officer_says_why(app: TestApp) {
    let id = accepted(&app, "judge");
    let (act, judge) = (app.act(Role::PetitionOfficer), app.person(Role::Handler));
    app.write(move |conn| joint::name_case_judge(conn, &act, id, 0, (judge, ""))).unwrap();
    app.get(Role::Handler, &format!("/matters/{id}")).await.is(404);
    let division = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let refer = |excuse: &str| {
        let to = Destination { division, staff: Some(judge), note: String::new(), excuse: excuse.into() };
        let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
        app.write(move |conn| tingsong::referrals::actions::refer(conn, &act, id, version, &to).map(drop))
    };
    assert!(matches!(refer(""), Err(Problem::Refused(words)) if words.contains("原案承办人")));
    refer("全庭仅此一名法官在岗").unwrap();
    app.get(Role::Handler, &format!("/matters/{id}")).await.is(200).says(&["全庭仅此一名法官在岗"]);
}

async fn a_case_number_ends_what_went_to_litigation(app: TestApp) {
    let id = in_litigation(&app, "filed");
    let path = format!("/matters/{id}/litigation-result");
    let wrong = [("version", "0"), ("result", "filed"), ("case_number", "豫0404执异6号")];
    app.post(Role::PetitionOfficer, &path, &wrong).await.is(422);
    let fields = [("version", "0"), ("result", "filed"), ("case_number", "(2026)豫0404执异6号")];
    app.post(Role::PetitionOfficer, &path, &fields).await.is(303);
    let row = reload(&app, id);
    assert_eq!((row.stage, row.close_reason), (Stage::Closed, Some(CloseReason::Redirected)));
    assert!(open_clocks(&app, id).is_empty());
    let said = app.read(move |conn| Ok(store::replies_of(conn, &row)?)).unwrap();
    assert!(said.last().unwrap().text.contains("（2026）豫0404执异6号"));
    let found = app.post(Role::PetitionOfficer, "/search", &[("q", "执异6号")]).await;
    found.says(&["石法访〔2026〕0001号"]);
}

async fn what_was_no_suit_is_taken_back_with_its_clocks(app: TestApp) {
    let id = in_litigation(&app, "back");
    let path = format!("/matters/{id}/back-to-handling");
    app.post(Role::PetitionOfficer, &path, &[("version", "0"), ("reason", "")]).await.is(422);
    let fields = [("version", "0"), ("reason", "只反映态度，没有异议请求")];
    app.post(Role::PetitionOfficer, &path, &fields).await.is(303);
    assert_eq!(reload(&app, id).stage, Stage::Handling);
    let codes: Vec<Code> = open_clocks(&app, id).into_iter().map(|(code, _)| code).collect();
    assert!(codes.contains(&Code::Reply) && !codes.contains(&Code::EnforcementObjection), "{codes:?}");
}

async fn the_guidance_sheet_names_the_procedure_and_its_date(app: TestApp) {
    let id = in_litigation(&app, "sheet");
    let sheet = app.get(Role::FilingClerk, &format!("/matters/{id}/guidance-sheet")).await;
    sheet.is(200).says(&["诉讼程序指引单", "执行行为异议", "第二百三十六条", "石龙区人民法院"]);
    let plain = accepted(&app, "plain");
    app.get(Role::FilingClerk, &format!("/matters/{plain}/guidance-sheet")).await.is(422);
}
