//! Takes the form: another row, a proposal taken, a member list read, complaints, likely doubles; and registers.

use super::drafts;
use super::opening::Around;
use crate::app::App;
use crate::error::Problem;
use crate::files::{self, Kept};
use crate::intake::actions::{self, Submission};
use crate::intake::forms::{Go, IntakeForm, read_members};
use crate::intake::types::Double;
use crate::intake::{finding, urls};
use crate::matters::actions::register::{Registered, Registration};
use crate::matters::{self, ContactId};
use crate::people::{Act, Lapsed, SignedIn, StaffId};
use crate::web::form::Complaints;
use crate::web::{Flash, Frame, Upload, UploadedFile, see_other, see_other_saying, unprocessable};
use actix_web::HttpResponse;

/// What reading the form came to.
enum Read {
    /// The form again, with these complaints and likely doubles.
    Again(Complaints, Vec<Double>),
    Ready(Box<Registration>),
    /// This very form was registered before.
    Made(ContactId),
}

pub async fn register(
    app: App,
    by: Option<SignedIn>,
    lapsed: Option<Lapsed>,
    frame: Frame,
    upload: Upload,
) -> Result<HttpResponse, Problem> {
    let mut form: IntakeForm = upload.form()?;
    form.tidy_rows();
    let me = drafts::sender(by.as_ref(), lapsed)?;
    let mut told = held(&app, me, &form, &upload).await?;
    let Some(by) = by else {
        return Ok(drafts::sign_in_for(drafts::keep(&app, me, form).await?));
    };
    let act = app.act(&by);
    if let Some(Go::DropFile(id)) = Go::read(&form.go) {
        let (dropping, draft) = (act.clone(), form.draft().ok_or(Problem::NotFound)?);
        app.write(move |conn| actions::drop_file(conn, &dropping, draft, id)).await?;
    }
    if form.change_rows() || asked(&mut form, &upload, &act, &mut told) {
        return again(&app, act, &frame, form, told, Vec::new()).await;
    }
    let (read_act, typed) = (act.clone(), form.clone());
    match app.read(move |conn| read(conn, &read_act, &typed)).await? {
        Read::Again(wrong, doubles) => {
            for (field, sentence) in wrong.iter() {
                told.add(field, sentence);
            }
            again(&app, act, &frame, form, told, doubles).await
        }
        Read::Made(contact) => Ok(registered_before(contact)),
        Read::Ready(_) if !told.is_empty() => again(&app, act, &frame, form, told, Vec::new()).await,
        Read::Ready(registration) => save(&app, act, &frame, form, *registration).await,
    }
}

/// Does what a button inside the form asks for; says whether the form is drawn again for it.
fn asked(form: &mut IntakeForm, upload: &Upload, act: &Act, told: &mut Complaints) -> bool {
    match Go::read(&std::mem::take(&mut form.go)) {
        Some(Go::KeepFiles | Go::DropFile(_)) => {}
        Some(Go::FixCase(row)) => form.fix_case(row, act.now),
        Some(Go::Same(row, person)) => form.settle_person(row, person),
        Some(Go::Members) => match chosen(upload, "members").next() {
            Some(list) => match read_members(&list.bytes, act.now.today()) {
                Ok(read) => form.take_members(read, told),
                Err(sentence) => told.add("members", sentence),
            },
            None => told.add("members", "还没有选择文件。请先选择填好的名单，再按“读入名单”。"),
        },
        Some(Go::Further(matter, who)) => {
            form.matter_id = matter.to_string();
            if let Some((row, person)) = who {
                form.settle_person(row, person);
            }
            let said: Vec<&str> = [form.claim.trim(), form.summary.trim()]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect();
            form.summary = said.join("\n");
        }
        None => return false,
    }
    true
}

/// The files that were really chosen in this field.
fn chosen<'a>(upload: &'a Upload, field: &'a str) -> impl Iterator<Item = &'a UploadedFile> {
    upload.files.iter().filter(move |file| file.field == field && !file.bytes.is_empty())
}

fn read(conn: &mut crate::db::Conn, act: &Act, form: &IntakeForm) -> Result<Read, Problem> {
    let made = matters::store::contact_of_submission(conn, act.by.court()?, form.submission_key.trim())?;
    if let Some((contact, _)) = made {
        return Ok(Read::Made(contact));
    }
    let choices = finding::choices(conn, act)?;
    let registration = match form.check(&choices, act.now) {
        Ok(registration) => registration,
        Err(told) => return Ok(Read::Again(told, Vec::new())),
    };
    let doubles = finding::doubles(conn, act, form, &registration)?;
    if finding::all_seen(&doubles, &form.seen_doubles) {
        return Ok(Read::Ready(Box::new(registration)));
    }
    Ok(Read::Again(Complaints::default(), doubles))
}

/// The form again, with everything that was typed.
async fn again(
    app: &App,
    act: Act,
    frame: &Frame,
    form: IntakeForm,
    told: Complaints,
    doubles: Vec<Double>,
) -> Result<HttpResponse, Problem> {
    let now = act.now;
    let (around, form) = app.read(move |conn| Ok((Around::read(conn, &act, &form)?, form))).await?;
    let page = around.page(frame, &form, &told, &doubles, now);
    if told.is_empty() && doubles.is_empty() {
        return Ok(crate::web::html(actix_web::http::StatusCode::OK, page));
    }
    Ok(unprocessable(page))
}

/// Keeps the chosen scans and photos with the draft at once: a browser does not choose them again by itself. Says what is
/// wrong with those that are not taken.
async fn held(app: &App, me: StaffId, form: &IntakeForm, upload: &Upload) -> Result<Complaints, Problem> {
    let mut told = Complaints::default();
    let papers: Vec<UploadedFile> = chosen(upload, "papers").cloned().collect();
    if papers.is_empty() {
        return Ok(told);
    }
    let (dir, keys) = (app.config().data.clone(), app.keys().clone());
    let limit = usize::try_from(app.config().number("upload.max_mb")).unwrap_or(20) * 1024 * 1024;
    let keep = move || -> Vec<(String, Result<Kept, Problem>)> {
        let keep = |paper: &UploadedFile| files::keep(&dir, &keys, &paper.name, &paper.bytes, limit);
        papers.iter().map(|paper| (paper.name.clone(), keep(paper))).collect()
    };
    let mut kept = Vec::new();
    for (name, outcome) in actix_web::web::block(keep).await.map_err(Problem::internal)? {
        match outcome {
            Ok(paper) => kept.push(paper),
            Err(Problem::Refused(why) | Problem::TooLarge(why)) => {
                told.add("papers", format!("“{name}”没有收下：{why}"))
            }
            Err(problem) => return Err(problem),
        }
    }
    let (keys, form, now) = (app.keys().clone(), form.clone(), app.moment());
    match app.write(move |conn| actions::hold(conn, &keys, me, &form, &kept, now)).await {
        Ok(()) => {}
        Err(Problem::Refused(sentence)) => told.add("papers", sentence),
        Err(problem) => return Err(problem),
    }
    Ok(told)
}

/// A second click, or a page that was sent again: the receipt is already there.
fn registered_before(contact: ContactId) -> HttpResponse {
    let said = Flash::notice("这张表已经登记过了，没有重复登记。这是它的回执。");
    see_other_saying(&urls::receipt(contact), &said)
}

async fn save(
    app: &App,
    act: Act,
    frame: &Frame,
    form: IntakeForm,
    registration: Registration,
) -> Result<HttpResponse, Problem> {
    let rows = (0..form.person_rows()).filter(|row| !form.person(*row).is_blank()).collect();
    let draft = form.draft();
    let submission = Submission { registration, rows, draft, told_apart: form.told_apart() };
    let writing = act.clone();
    let made: Result<Registered, Problem> =
        app.write(move |conn| actions::register(conn, &writing, &submission)).await;
    match made {
        Ok(made) if made.repeated => Ok(registered_before(made.contact_id)),
        Ok(made) => Ok(see_other(&urls::receipt_printing(made.contact_id))),
        Err(Problem::Refused(sentence)) => {
            let mut told = Complaints::default();
            told.add("", sentence);
            again(app, act, frame, form, told, Vec::new()).await
        }
        Err(problem) => {
            let me = act.by.person()?;
            drafts::keep(app, me, form).await?;
            Err(problem)
        }
    }
}
