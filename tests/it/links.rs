//! 关联、并案、分案, on both databases.

use crate::support::registrations::{accepted, id_number, new_matter, person, reload, visit};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use tingsong::deadlines;
use tingsong::error::Problem;
use tingsong::links::LinkKind;
use tingsong::links::actions::{self, Entered, Split};
use tingsong::matters::actions::{About, NewMatter, Who, register};
use tingsong::matters::rules::Screening;
use tingsong::matters::types::{CloseReason, Matter, Stage};
use tingsong::matters::{MatterId, store};
use tingsong::people::{Role, StaffId};
use tingsong::schema::{
    clocks, matter_cases, matter_links, matter_merges, matter_petitioners, outbox, replies,
};

on_both_databases! {
    two_matters_point_at_each_other_until_that_is_undone,
    a_circle_and_a_second_link_are_refused,
    a_merged_matter_leads_to_its_survivor_and_both_numbers_are_found,
    an_undone_merge_gives_back_stage_clocks_and_bars,
    nobody_answers_for_a_complaint_about_themselves_by_a_merge,
    a_complaint_about_conduct_and_a_closed_survivor_are_refused,
    a_split_takes_chosen_people_and_cases_and_no_more_time,
    only_the_petition_officer_and_only_what_they_see,
    two_at_once_one_finds_a_stale_page,
    whatever_is_merged_linked_and_undone_no_circle_and_every_number_is_found,
}

/// Another accepted matter, of 李秀英, about a case.
fn other(app: &TestApp, key: &str, sequence: u32) -> MatterId {
    let act = app.act(Role::FilingClerk);
    let who = person("李秀英", &id_number("41040419750506", sequence), "13800005678");
    let new = NewMatter { screening: Screening::Accepted, ..new_matter() };
    let entered = visit(key, Who::New(Box::new(who)), About::New(Box::new(new)));
    app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id
}

fn link(app: &TestApp, later: MatterId, original: MatterId) -> Result<(), Problem> {
    let (act, version) = (app.act(Role::PetitionOfficer), reload(app, later).version);
    let entered =
        Entered { other: original, kind: LinkKind::Repeat, is_original: false, note: String::new() };
    app.write(move |conn| actions::link(conn, &act, later, version, &entered).map(drop))
}

fn merge(app: &TestApp, merged: MatterId, survivor: MatterId) -> Result<(), Problem> {
    let (act, version) = (app.act(Role::PetitionOfficer), reload(app, merged).version);
    app.write(move |conn| actions::merge(conn, &act, merged, version, survivor, "同一问题").map(drop))
}

fn unmerge(app: &TestApp, merged: MatterId) -> Result<(), Problem> {
    let (act, version) = (app.act(Role::PetitionOfficer), reload(app, merged).version);
    app.write(move |conn| actions::unmerge(conn, &act, merged, version, "不是同一问题"))
}

fn bar(app: &TestApp, id: MatterId, who: StaffId) {
    app.write(move |conn| Ok(store::insert_bars(conn, id, &[who])?)).unwrap();
}

fn barred(app: &TestApp, id: MatterId) -> Vec<StaffId> {
    let matter = reload(app, id);
    app.read(move |conn| Ok(store::barred(conn, &matter)?)).unwrap()
}

/// Code, start, due date and whether it runs, of each clock.
fn running(app: &TestApp, id: MatterId) -> Vec<(String, String, String)> {
    app.read(move |conn| {
        let all = deadlines::of_matter(conn, id.0)?.into_iter().filter(|(clock, _)| clock.is_open());
        let words = |clock: deadlines::Clock| {
            (clock.code.code().to_owned(), clock.starts_on.to_string(), clock.due_on.to_string())
        };
        Ok(all.map(|(clock, _)| words(clock)).collect())
    })
    .unwrap()
}

async fn two_matters_point_at_each_other_until_that_is_undone(app: TestApp) {
    let first = accepted(&app, "first");
    let known = app
        .read(|conn| Ok(matter_petitioners::table.select(matter_petitioners::petitioner_id).first(conn)?))
        .unwrap();
    let act = app.act(Role::FilingClerk);
    let new = NewMatter { screening: Screening::Accepted, ..new_matter() };
    let entered = visit("again", Who::Known(known), About::New(Box::new(new)));
    let again = app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id;
    let (one, two) = (reload(&app, first), reload(&app, again));
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{again}/link")).await;
    page.is(200).says(&[&one.number, "同一信访人或者同一案件"]);
    let version = two.version.to_string();
    let bare =
        app.post(Role::PetitionOfficer, &format!("/matters/{again}/link"), &[("version", &version)]).await;
    bare.is(422).says(&["请选择一件事项，或者填写它的编号"]);
    let wrong =
        [("version", &*version), ("number", "石法访〔2026〕9999号"), ("kind", "repeat"), ("way", "later")];
    let answer = app.post(Role::PetitionOfficer, &format!("/matters/{again}/link"), &wrong).await;
    answer.is(422).says(&["没有找到这个编号"]);
    let fields = [("version", &*version), ("pick", &*one.number), ("kind", "repeat"), ("way", "later")];
    app.post(Role::PetitionOfficer, &format!("/matters/{again}/link"), &fields).await.is(303);
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{again}")).await;
    page.says(&["原事项：", &one.number, "重复信访", "撤销关联"]);
    app.get(Role::FilingClerk, &format!("/matters/{first}"))
        .await
        .says(&["后续事项：", &two.number])
        .does_not_say(&["/undo"]);
    assert_eq!(reload(&app, first).accountable_id, one.accountable_id);
    let id: i64 = app.read(|conn| Ok(matter_links::table.select(matter_links::id).first(conn)?)).unwrap();
    let path = format!("/links/{id}/undo");
    app.get(Role::PetitionOfficer, &path).await.is(200).says(&[&one.number]);
    app.post(Role::PetitionOfficer, &path, &[("reason", "")]).await.is(422);
    app.post(Role::PetitionOfficer, &path, &[("reason", "填错了")]).await.is(303);
    app.get(Role::PetitionOfficer, &format!("/matters/{first}"))
        .await
        .says(&["撤销与"])
        .does_not_say(&["后续事项："]);
    app.post(Role::PetitionOfficer, &path, &[("reason", "再撤一次")]).await.is(404);
}

async fn a_circle_and_a_second_link_are_refused(app: TestApp) {
    let all = [accepted(&app, "a"), accepted(&app, "b"), accepted(&app, "c")];
    link(&app, all[1], all[0]).unwrap();
    link(&app, all[2], all[1]).unwrap();
    for (later, original) in [(all[0], all[2]), (all[0], all[0]), (all[0], all[1]), (all[1], all[0])] {
        let refused = link(&app, later, original);
        assert!(matches!(refused, Err(Problem::Refused(_))), "{refused:?}");
    }
    link(&app, all[2], all[0]).unwrap();
}

async fn a_merged_matter_leads_to_its_survivor_and_both_numbers_are_found(app: TestApp) {
    let (survivor, merged) = (accepted(&app, "survivor"), other(&app, "merged", 3));
    let (before, gone) = (reload(&app, survivor), reload(&app, merged));
    let running_before = running(&app, survivor);
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{merged}/merge")).await;
    page.is(200).says(&["对方的编号", "时限从原来的起算日接着算"]);
    let version = gone.version.to_string();
    let fields = [("version", &*version), ("number", &*before.number), ("note", "夫妻二人反映同一笔案款")];
    let answer = app.post(Role::PetitionOfficer, &format!("/matters/{merged}/merge"), &fields).await;
    answer.is(303);
    assert_eq!(answer.location.as_deref(), Some(&*format!("/matters/{survivor}")));
    let (after, ended) = (reload(&app, survivor), reload(&app, merged));
    assert_eq!((ended.stage, ended.close_reason), (Stage::Closed, Some(CloseReason::Merged)));
    assert_eq!((after.accountable_id, after.next_due_on), (before.accountable_id, before.next_due_on));
    assert_eq!(running(&app, survivor), running_before);
    assert!(running(&app, merged).is_empty());
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{survivor}")).await;
    page.says(&["并入的事项：", &gone.number, "李秀英", "第1次"]);
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{merged}")).await;
    page.says(&["已并入", &before.number, &format!("/matters/{survivor}"), "撤销并案"]);
    for number in [&before.number, &gone.number] {
        let found = app.post(Role::FilingClerk, "/search", &[("q", number)]).await;
        found.says(&[number]);
    }
    let told: Vec<String> = app.read(|conn| Ok(outbox::table.select(outbox::subject).load(conn)?)).unwrap();
    assert!(told.contains(&format!("有事项并入：{}", before.number)), "{told:?}");
    assert!(matches!(merge(&app, survivor, merged), Err(Problem::Refused(_))), "a closed survivor");
}

async fn an_undone_merge_gives_back_stage_clocks_and_bars(app: TestApp) {
    let (survivor, merged) = (accepted(&app, "survivor"), other(&app, "merged", 3));
    let (judge, head) = (app.person(Role::Handler), app.person(Role::DivisionHead));
    bar(&app, merged, judge);
    bar(&app, survivor, head);
    let (before, clocks) = (reload(&app, merged), running(&app, merged));
    merge(&app, merged, survivor).unwrap();
    for id in [survivor, merged] {
        let mut both = barred(&app, id);
        both.sort_unstable();
        assert_eq!(
            both,
            [judge, head]
                .iter()
                .copied()
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
        );
    }
    app.at("2027-03-01 09:00");
    unmerge(&app, merged).unwrap();
    let back = reload(&app, merged);
    assert_eq!((back.stage, back.close_reason, back.closed_at), (before.stage, None, None));
    assert_eq!((back.next_due_on, back.next_clock_id), (before.next_due_on, before.next_clock_id));
    assert_eq!(back.accountable_id, before.accountable_id);
    assert_eq!(running(&app, merged), clocks, "as if it had never ended");
    assert_eq!((barred(&app, merged), barred(&app, survivor)), (vec![judge], vec![head]));
    let replied: i64 = app
        .read(move |conn| {
            Ok(replies::table.filter(replies::matter_id.eq(merged)).count().get_result(conn)?)
        })
        .unwrap();
    assert_eq!(replied, 0, "nothing has been answered");
    assert!(matches!(unmerge(&app, merged), Err(Problem::Refused(_))));
    app.get(Role::PetitionOfficer, &format!("/matters/{survivor}")).await.does_not_say(&["并入的事项："]);
}

async fn nobody_answers_for_a_complaint_about_themselves_by_a_merge(app: TestApp) {
    let (survivor, merged) = (accepted(&app, "survivor"), other(&app, "merged", 3));
    let clerk = app.person(Role::FilingClerk);
    let judge = app.person(Role::Handler);
    app.write(move |conn| {
        diesel::update(tingsong::schema::matters::table.find(survivor))
            .set(tingsong::schema::matters::accountable_id.eq(judge))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    bar(&app, merged, judge);
    assert_eq!(reload(&app, merged).accountable_id, clerk);
    let refused = merge(&app, merged, survivor);
    assert!(matches!(&refused, Err(Problem::Refused(why)) if why.contains("更换责任人")), "{refused:?}");
    assert_eq!(reload(&app, merged).stage, Stage::Handling);
}

async fn a_complaint_about_conduct_and_a_closed_survivor_are_refused(app: TestApp) {
    let (survivor, merged) = (accepted(&app, "survivor"), other(&app, "merged", 3));
    let officer = app.person(Role::PetitionOfficer);
    app.write(move |conn| {
        use tingsong::schema::matters::{accountable_id, conduct, table};
        diesel::update(table.find(merged))
            .set((conduct.eq(true), accountable_id.eq(officer)))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    let refused = merge(&app, merged, survivor);
    assert!(matches!(&refused, Err(Problem::Refused(why)) if why.contains("检举控告")), "{refused:?}");
    assert!(matches!(merge(&app, survivor, survivor), Err(Problem::Refused(_))));
}

#[expect(clippy::too_many_lines, reason = "one journey from its beginning to its end")]
async fn a_split_takes_chosen_people_and_cases_and_no_more_time(app: TestApp) {
    let id = accepted(&app, "both");
    let judge = app.person(Role::Handler);
    bar(&app, id, judge);
    app.at("2026-11-30 10:00");
    let whole = reload(&app, id);
    let who = app
        .read(move |conn| {
            let ids = matter_petitioners::table.filter(matter_petitioners::matter_id.eq(id));
            Ok(ids
                .select(matter_petitioners::petitioner_id)
                .load::<tingsong::petitioners::PetitionerId>(conn)?)
        })
        .unwrap();
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{id}/split")).await;
    page.is(200).says(&["张建国", "分出的诉求"]);
    let (version, person) = (whole.version.to_string(), who[0].to_string());
    let mut fields = vec![
        ("version", &*version),
        ("claim", "请求退还多收的诉讼费"),
        ("summary", "撤诉后应退的一半诉讼费没有到账。"),
        ("reason", "与执行无关，由立案庭核对"),
    ];
    let nobody = app.post(Role::PetitionOfficer, &format!("/matters/{id}/split"), &fields).await;
    nobody.is(422).says(&["至少选一名信访人"]);
    fields.push(("people", &person));
    let done = app.post(Role::PetitionOfficer, &format!("/matters/{id}/split"), &fields).await;
    done.is(303);
    let new: MatterId = done.location.unwrap().rsplit('/').next().unwrap().parse().unwrap();
    let part = reload(&app, new);
    assert_ne!(part.number, whole.number);
    assert_eq!((part.stage, part.accountable_id), (whole.stage, whole.accountable_id));
    assert_eq!(running(&app, new), running(&app, id), "from the same days");
    assert_eq!(part.next_due_on, reload(&app, id).next_due_on);
    assert_eq!(barred(&app, new), [judge]);
    app.get(Role::PetitionOfficer, &format!("/matters/{new}")).await.says(&[
        "原事项：",
        &whole.number,
        "分案",
        "张建国",
    ]);
    let found = app.post(Role::FilingClerk, "/search", &[("q", "多收的诉讼费")]).await;
    found.says(&[&part.number]);
    let report = app.get(Role::PetitionOfficer, &format!("/matters/{id}")).await;
    report.says(&["后续事项：", &part.number]);
    let link: i64 = app.read(|conn| Ok(matter_links::table.select(matter_links::id).first(conn)?)).unwrap();
    app.post(Role::PetitionOfficer, &format!("/links/{link}/undo"), &[("reason", "分错了")])
        .await
        .says(&["并回原事项"]);
    merge(&app, new, id).unwrap();
    let cases: i64 = app.read(|conn| Ok(matter_cases::table.count().get_result(conn)?)).unwrap();
    assert_eq!(cases, 0, "none was chosen and none was there");
}

async fn only_the_petition_officer_and_only_what_they_see(app: TestApp) {
    let (survivor, merged) = (accepted(&app, "survivor"), other(&app, "merged", 3));
    for event in ["link", "merge", "split"] {
        let path = format!("/matters/{merged}/{event}");
        for role in [Role::FilingClerk, Role::Handler, Role::DivisionHead, Role::President, Role::Sysadmin] {
            let status = app.get(role, &path).await.status.as_u16();
            assert!(matches!(status, 403 | 404), "{role:?} {path} {status}");
            let status = app.post(role, &path, &[("version", "0")]).await.status.as_u16();
            assert!(matches!(status, 403 | 404), "{role:?} {path} {status}");
        }
    }
    bar(&app, survivor, app.person(Role::PetitionOfficer));
    let (number, version) = (reload(&app, survivor).number, reload(&app, merged).version.to_string());
    let fields = [("version", &*version), ("number", &*number), ("note", "同一问题")];
    let answer = app.post(Role::PetitionOfficer, &format!("/matters/{merged}/merge"), &fields).await;
    answer.is(422).says(&["没有找到这个编号"]).does_not_say(&["张建国"]);
    assert!(matches!(merge(&app, merged, survivor), Err(Problem::NotFound)));
    assert!(matches!(link(&app, merged, survivor), Err(Problem::NotFound)));
}

async fn two_at_once_one_finds_a_stale_page(app: TestApp) {
    let (survivor, merged) = (accepted(&app, "survivor"), other(&app, "merged", 3));
    let stale = reload(&app, merged).version - 1;
    let act = app.act(Role::PetitionOfficer);
    let answer =
        app.write(move |conn| actions::merge(conn, &act, merged, stale, survivor, "同一问题").map(drop));
    assert!(matches!(answer, Err(Problem::Stale)), "{answer:?}");
    let act = app.act(Role::PetitionOfficer);
    let (claim, summary, reason) = ("退费".to_owned(), "没有到账。".to_owned(), "两个问题".to_owned());
    let who = app
        .read(|conn| Ok(matter_petitioners::table.select(matter_petitioners::petitioner_id).load(conn)?))
        .unwrap();
    let split = Split { claim, summary, people: who, cases: Vec::new(), reason };
    let answer = app.write(move |conn| actions::split(conn, &act, merged, stale, &split).map(drop));
    assert!(matches!(answer, Err(Problem::Stale)), "{answer:?}");
    let merges: i64 = app.read(|conn| Ok(matter_merges::table.count().get_result(conn)?)).unwrap();
    assert_eq!((merges, reload(&app, merged).stage), (0, Stage::Handling), "nothing of it is left behind");
}

/// One thing that the officer tries, right or wrong.
#[derive(Clone, Copy, Debug)]
enum Try {
    Link(usize, usize),
    Merge(usize, usize),
    Unmerge(usize),
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = prop_oneof![
        (0..5_usize, 0..5_usize).prop_map(|(a, b)| Try::Link(a, b)),
        (0..5_usize, 0..5_usize).prop_map(|(a, b)| Try::Merge(a, b)),
        (0..5_usize).prop_map(Try::Unmerge),
    ];
    prop::collection::vec(one, 40)
}

fn holds(app: &TestApp, all: &[MatterId], numbers: &[String]) {
    let act = app.act(Role::PetitionOfficer);
    let (all, numbers) = (all.to_vec(), numbers.to_vec());
    app.read(move |conn| {
        let merged: Vec<(MatterId, MatterId)> = matter_merges::table
            .filter(matter_merges::undone_at.is_null())
            .select((matter_merges::merged_id, matter_merges::survivor_id))
            .load(conn)?;
        let linked: Vec<(MatterId, MatterId)> = matter_links::table
            .filter(matter_links::undone_at.is_null())
            .select((matter_links::later_id, matter_links::original_id))
            .load(conn)?;
        for (later, original) in merged.iter().chain(&linked) {
            let edges = if merged.contains(&(*later, *original)) { &merged } else { &linked };
            assert!(!tingsong::links::rules::closes_circle(edges, *later, *original), "{edges:?}");
        }
        for (id, number) in all.iter().zip(&numbers) {
            let matter: Matter = store::find_by_number(conn, &act.by.scope, number)?;
            assert_eq!(matter.id, *id);
            let ended = merged.iter().any(|(gone, _)| gone == id);
            assert_eq!(matter.stage == Stage::Closed, ended);
            let open: i64 = clocks::table
                .filter(
                    clocks::matter_id.eq(id.0).and(clocks::met_on.is_null()).and(clocks::cancelled.eq(false)),
                )
                .count()
                .get_result(conn)?;
            assert_eq!(open == 0, ended, "an open matter has a clock, and a closed one none");
            assert_eq!(matter.next_due_on.is_none(), ended);
        }
        Ok(())
    })
    .unwrap();
}

async fn whatever_is_merged_linked_and_undone_no_circle_and_every_number_is_found(app: TestApp) {
    let all: Vec<MatterId> = (1..=5).map(|n| other(&app, &format!("m{n}"), 2 * n + 1)).collect();
    let numbers: Vec<String> = all.iter().map(|id| reload(&app, *id).number).collect();
    bar(&app, all[0], app.person(Role::Handler));
    bar(&app, all[1], app.person(Role::DivisionHead));
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let tried = tries().new_tree(&mut runner).unwrap().current();
    for one in &tried {
        let done = match *one {
            Try::Link(a, b) => link(&app, all[a], all[b]),
            Try::Merge(a, b) => merge(&app, all[a], all[b]),
            Try::Unmerge(a) => unmerge(&app, all[a]),
        };
        assert!(matches!(done, Ok(()) | Err(Problem::Refused(_))), "{one:?} of {tried:?}: {done:?}");
        holds(&app, &all, &numbers);
    }
    // Undone to the last, everything is as it was.
    while let Some(id) = all.iter().find(|id| reload(&app, **id).stage == Stage::Closed) {
        unmerge(&app, *id).unwrap();
    }
    holds(&app, &all, &numbers);
    assert_eq!(barred(&app, all[0]), [app.person(Role::Handler)]);
    assert_eq!(barred(&app, all[1]), [app.person(Role::DivisionHead)]);
    assert!(all[2..].iter().all(|id| barred(&app, *id).is_empty()));
}
