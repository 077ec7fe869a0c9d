//! Scans and photos that are chosen at the counter: kept with the draft until the form is registered.

use super::*;
use tingsong::files::{self, LIMIT_BYTES};
use tingsong::intake::held_contents;
use tingsong::schema::{attachments, draft_files};

on_both_databases! {
    files_stay_when_the_form_comes_back_with_complaints,
    a_file_is_taken_out_again,
    a_file_that_is_not_taken_is_named_and_the_others_stay,
    files_outlast_a_lapsed_session,
    files_go_with_their_draft,
    nobody_reaches_into_anothers_draft,
}

const PDF: &[u8] = b"%PDF-1.7 the judgment";
const OTHER: &[u8] = b"%PDF-1.7 the petition";
const WRONG: [(&str, &str); 1] = [("doc_number", "110105194912310021")];

async fn upload(
    app: &TestApp,
    form: &[(String, String)],
    more: &[(&'static str, &'static str)],
    papers: &[(&str, &[u8])],
) -> Answer {
    let fields = visit(more);
    let mut all: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    all.extend(fields);
    let papers: Vec<(&str, &str, &[u8])> =
        papers.iter().map(|(name, content)| ("papers", *name, *content)).collect();
    app.upload(CLERK, "/intake/register", &all, &papers).await
}

async fn fresh(app: &TestApp) -> Vec<(String, String)> {
    opened(app.get(CLERK, "/intake/new").await.is(200))
}

fn held(app: &TestApp) -> Vec<String> {
    app.read(|conn| Ok(held_contents(conn)?)).unwrap()
}

async fn files_stay_when_the_form_comes_back_with_complaints(app: TestApp) {
    let form = fresh(&app).await;
    let back = upload(&app, &form, &WRONG, &[("判决书.pdf", PDF), ("申诉状.pdf", OTHER)]).await;
    back.is(422).says(&["校验码", "已经收下", "判决书.pdf", "申诉状.pdf", "21 字节", "drop-file:", "移除"]);
    upload(&app, &form, &WRONG, &[("判决书.pdf", PDF)]).await.is(422);
    let hashes = held(&app);
    assert_eq!(hashes.len(), 2, "the same content is held once");
    let dir = app.database.dir.path();
    let opens = |hash: &String| files::open(dir, app.app.keys(), hash).unwrap();
    assert!(hashes.iter().map(opens).any(|content| content == PDF));

    send(&app, &form, &visit(&[])).await.is(303);
    let mut names: Vec<String> =
        app.read(|conn| Ok(attachments::table.select(attachments::name).load(conn)?)).unwrap();
    names.sort();
    assert_eq!(names, ["判决书.pdf", "申诉状.pdf"]);
    assert!(held(&app).is_empty());
    upload(&app, &form, &[], &[("判决书.pdf", PDF)]).await.is(303);
    assert_eq!(names.len(), 2);
    assert!(held(&app).is_empty(), "a form that is registered holds nothing");
}

async fn a_file_is_taken_out_again(app: TestApp) {
    let form = fresh(&app).await;
    let back =
        upload(&app, &form, &[("go", "keep-files")], &[("判决书.pdf", PDF), ("申诉状.pdf", OTHER)]).await;
    back.is(200).says(&["判决书.pdf", "申诉状.pdf", "value=\"王桂兰\""]);
    let at = back.html.find("drop-file:").unwrap();
    let go = back.html[at..].split('"').next().unwrap().to_owned();
    let mut fields = form.clone();
    fields.push(("go".into(), go.clone()));
    send(&app, &fields, &visit(&[])).await.is(200).says(&["申诉状.pdf"]).does_not_say(&["判决书.pdf"]);
    send(&app, &fields, &visit(&[])).await.is(200);
    send(&app, &form, &visit(&[])).await.is(303);
    let names: Vec<String> =
        app.read(|conn| Ok(attachments::table.select(attachments::name).load(conn)?)).unwrap();
    assert_eq!(names, ["申诉状.pdf"]);
}

async fn a_file_that_is_not_taken_is_named_and_the_others_stay(app: TestApp) {
    let form = fresh(&app).await;
    let large = vec![b'x'; LIMIT_BYTES + 1];
    let back =
        upload(&app, &form, &[], &[("判决书.pdf", PDF), ("程序.exe", b"MZ"), ("录像.pdf", &large)]).await;
    back.is(422).says(&["“程序.exe”没有收下", "“录像.pdf”没有收下", "判决书.pdf", "drop-file:"]);
    assert_eq!((count(&app).0, held(&app).len()), (0, 1));
    send(&app, &form, &visit(&[])).await.is(303);
}

async fn files_outlast_a_lapsed_session(app: TestApp) {
    let form = fresh(&app).await;
    app.at("2026-11-23 17:30");
    app.app.forget_sessions();
    upload(&app, &form, &[], &[("判决书.pdf", PDF)]).await.is(303);
    assert_eq!((count(&app).0, held(&app).len()), (0, 1));
}

async fn files_go_with_their_draft(app: TestApp) {
    let form = fresh(&app).await;
    upload(&app, &form, &[("go", "keep-files")], &[("判决书.pdf", PDF)]).await.is(200);
    let draft = format!("/intake/drafts/{}", form[1].1);
    app.get(CLERK, &draft).await.is(200).says(&["判决书.pdf"]);
    app.post(CLERK, &format!("{draft}/discard"), &[]).await.is(303);
    assert!(held(&app).is_empty());
}

async fn nobody_reaches_into_anothers_draft(app: TestApp) {
    let form = fresh(&app).await;
    upload(&app, &form, &[("go", "keep-files")], &[("判决书.pdf", PDF)]).await.is(200);
    let id: i64 = app.read(|conn| Ok(draft_files::table.select(draft_files::id).first(conn)?)).unwrap();
    let officer = Role::PetitionOfficer;
    let mut theirs = opened(&app.get(officer, "/intake/new").await);
    theirs[1].1.clone_from(&form[1].1);
    let go = format!("drop-file:{id}");
    let mut fields: Vec<(&str, &str)> = theirs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    fields.push(("go", &go));
    let fields_of_visit = visit(&[]);
    fields.extend(fields_of_visit);
    app.post(officer, "/intake/register", &fields).await.does_not_say(&["判决书.pdf"]);
    assert_eq!(held(&app).len(), 1);
    fields.retain(|(name, _)| *name != "go");
    app.post(officer, "/intake/register", &fields).await.is(303);
    assert_eq!(held(&app).len(), 1);
    let attached: i64 = app.read(|conn| Ok(attachments::table.count().get_result(conn)?)).unwrap();
    assert_eq!(attached, 0);
}
