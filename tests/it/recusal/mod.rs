//! No one judges their own cause (promise 9): every page, count, export and mail, as those read it whom a complaint names.
//! The court is told twice, with the complaint and without: whoever is named finds no difference.

mod complaint;
mod places;
mod world;

use crate::support::{Answer, TestApp};
use actix_web::http::Method;
use calamine::{Reader, Xlsx};
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::io::Cursor;
use tingsong::app::server;
use tingsong::people::{Role, StaffId};
use tingsong::schema::{contacts, matters, outbox, petitioners, timeline};
use world::{Complaint, MARK, NAME, PHONE, World};

#[actix_web::test]
async fn whoever_is_complained_of_finds_no_trace_of_it_sqlite() {
    no_trace(TestApp::on_sqlite(), TestApp::on_sqlite()).await;
}

#[actix_web::test]
async fn whoever_is_complained_of_finds_no_trace_of_it_postgres() {
    if let (Some(told), Some(untold)) = (TestApp::on_postgres(), TestApp::on_postgres()) {
        no_trace(told, untold).await;
    }
}

/// What people read, by role and address; without what differs by chance.
type Read = BTreeMap<(String, String), String>;

async fn no_trace(told: TestApp, untold: TestApp) {
    let (told, untold) = (World::founded(told).await, World::founded(untold).await);
    let complaint = told.complained_about().await;
    told.four_weeks_later();
    untold.four_weeks_later();
    let typed = typed(&told, &complaint);
    let mut faults = Vec::new();
    for (role, staff) in &told.app.court.people {
        let with = read(&told, *role, *staff, &typed).await;
        let without = read(&untold, *role, *staff, &typed).await;
        compare(&with, &without, &typed, &mut faults);
        hidden_addresses(&told, &complaint, (*role, *staff), &typed, &mut faults).await;
    }
    mails(&told, &untold, &mut faults);
    assert!(faults.is_empty(), "{} traces\n{}", faults.len(), faults.join("\n"));
}

/// Everything by which the complaint might be looked for, and which nobody named may read.
fn typed(world: &World, complaint: &Complaint) -> Vec<String> {
    let ids = complaint.matters();
    let found: Vec<(String, String)> = world
        .app
        .read(move |conn| {
            let all = matters::table.filter(matters::id.eq_any(ids));
            Ok(all.select((matters::number, matters::query_code)).load(conn)?)
        })
        .unwrap();
    let masked: (Option<String>, Option<String>) = world
        .app
        .read(|conn| {
            let who = petitioners::table.find(complaint.petitioner);
            Ok(who.select((petitioners::doc_masked, petitioners::phone_masked)).first(conn)?)
        })
        .unwrap();
    let mut typed: Vec<String> = [MARK, NAME, PHONE, "7,788.99"].map(str::to_owned).to_vec();
    typed.extend(found.into_iter().flat_map(|(number, code)| [number, code]));
    typed.extend([masked.0, masked.1].into_iter().flatten());
    typed.extend(ids.iter().map(ToString::to_string));
    typed.push(complaint.petitioner.to_string());
    typed
}

/// Figures of the whole installation, whatever it is that they count: the numbers of the trail's lines, which have no
/// gap, and what a night's run came to.
fn differs_by_nature(path: &str) -> bool {
    path.starts_with("/audit") || path.starts_with("/jobs")
}

/// Reads every page and export that is not about the complaint, and looks for it wherever something can be looked for.
async fn read(world: &World, role: Role, staff: StaffId, typed: &[String]) -> Read {
    let mut all = Read::new();
    let more = ["/matters?order=due", "/matters?due=overdue", "/contacts?kind=group", "/contacts?kind=first"];
    let table = server::table();
    let patterns = table.iter().filter(|entry| entry.method == Method::GET);
    let paths = patterns.flat_map(|entry| {
        let paths = places::open(world, &entry.pattern);
        paths.into_iter().enumerate().map(|(nth, path)| (format!("{} {nth}", entry.pattern), path))
    });
    let paths = paths.chain(more.map(|path| (path.to_owned(), path.to_owned())));
    for (label, path) in paths.collect::<Vec<_>>() {
        let answer = world.app.get_as(staff, &path).await;
        all.insert((format!("{role:?}"), label), plain(&answer));
    }
    for path in ["/search", "/intake/find", "/intake/matches", "/petitioners/search"] {
        for word in typed {
            let answer = world.app.post_as(staff, path, &[("q", word)]).await;
            all.insert((format!("{role:?}"), format!("{path} {word}")), plain(&answer));
        }
    }
    all
}

/// The words of an answer, or the cells of a workbook; numbers of rows and tokens, which are drawn by chance, left out.
fn plain(answer: &Answer) -> String {
    let text = if answer.bytes.starts_with(b"PK") { cells(&answer.bytes) } else { answer.html.clone() };
    format!("{} {:?}\n{}", answer.status, answer.location, without_chance(&text))
}

/// Without numbers of rows and tokens, and without the numbers of supervisions: those that the night raises come in the
/// order of all that are overdue.
fn without_chance(text: &str) -> String {
    let mut words = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_alphanumeric() || ['-', '_'].contains(&c) {
            run.push(c);
            continue;
        }
        let drawn = run.len() >= 40 || run.len() >= 15 && run.chars().any(|c| c.is_ascii_digit());
        words.push_str(if drawn { "#" } else { &run });
        run.clear();
        words.push(c);
    }
    let mut parts = words.split("督〔2026〕");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |text, part| text + "督〔2026〕#" + part.get(4..).unwrap_or_default())
}

fn cells(bytes: &[u8]) -> String {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let sheets = book.worksheets();
    let cells = sheets.iter().flat_map(|(_, sheet)| sheet.rows().flatten());
    cells.map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The first line that two texts don't share, of each.
fn difference<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &'a str| {
        let from = (0..=at.saturating_sub(80)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let to = (at + 160..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
        &text[from..to.max(from)]
    };
    (around(one), around(other))
}

fn compare(with: &Read, without: &Read, typed: &[String], faults: &mut Vec<String>) {
    for (key, text) in with {
        let echoed = |word: &String| key.1.ends_with(word.as_str());
        for word in typed.iter().filter(|word| !echoed(word)) {
            if text.contains(word.as_str()) {
                faults.push(format!("{key:?} says “{word}”"));
            }
        }
        if !differs_by_nature(&key.1) && without[key] != *text {
            let (one, other) = difference(text, &without[key]);
            faults.push(format!("{key:?} differs:\n  with: {one}\n  without: {other}"));
        }
    }
    assert_eq!(with.len(), without.len());
}

/// What forms ask for, so that they are read as far as the matter.
const FIELDS: [(&str, &str); 24] = [
    ("version", "0"),
    ("seen", "0"),
    ("reason", "另有安排。"),
    ("text", "已经办理。"),
    ("note", "已经办理。"),
    ("decision", "accepted"),
    ("remark", "请补充。"),
    ("evidence", "已经办理。"),
    ("kind", "progress"),
    ("happened_on", "2026-12-20"),
    ("days", "10"),
    ("grant", "1"),
    ("until", "2026-12-25"),
    ("from", "2026-12-21"),
    ("result", "已经办理。"),
    ("amount", "100"),
    ("done_on", "2026-12-20"),
    ("submission", "named-1"),
    ("claim", "请求"),
    ("summary", "经过"),
    ("demand", "请办理。"),
    ("question", "怎么办？"),
    ("statement", "没有异议。"),
    ("grounds", "不服。"),
];

/// Every address about the complaint answers as one about nothing does, and posting to it changes nothing.
async fn hidden_addresses(
    world: &World,
    complaint: &Complaint,
    (role, staff): (Role, StaffId),
    typed: &[String],
    faults: &mut Vec<String>,
) {
    let before = standing(world, complaint);
    for entry in server::table().iter().filter(|entry| entry.pattern.contains('{')) {
        let Some((hidden, nothing)) = places::hidden(world, complaint, &entry.pattern) else { continue };
        let (about, of_nothing) = if entry.method == Method::GET {
            (world.app.get_as(staff, &hidden).await, world.app.get_as(staff, &nothing).await)
        } else {
            (
                world.app.post_as(staff, &hidden, &FIELDS).await,
                world.app.post_as(staff, &nothing, &FIELDS).await,
            )
        };
        let echo = |answer: &Answer, path: &str| plain(answer).replace(&plain_path(path), "(path)");
        if echo(&about, &hidden) != echo(&of_nothing, &nothing) {
            let (one, other) = (plain(&about), plain(&of_nothing));
            let (one, other) = difference(&one, &other);
            faults.push(format!("{role:?} {} {} is known:\n  {one}\n  {other}", entry.method, entry.pattern));
        }
        if about.status.is_success() || about.status.is_redirection() || about.status.is_server_error() {
            faults.push(format!("{role:?} {} {}: {}", entry.method, entry.pattern, about.status));
        }
        let text = plain(&about);
        let said =
            typed.iter().filter(|word| text.contains(word.as_str()) && !hidden.contains(word.as_str()));
        faults.extend(said.map(|word| format!("{role:?} {} says “{word}”", entry.pattern)));
    }
    if standing(world, complaint) != before {
        faults.push(format!("{role:?} has changed the complaint"));
    }
}

/// A path as [`plain`] leaves it.
fn plain_path(path: &str) -> String {
    path.split('/')
        .map(|part| if part.len() >= 15 && part.parse::<i64>().is_ok() { "#" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// The versions, entries and contacts of the complaint.
fn standing(world: &World, complaint: &Complaint) -> (Vec<i64>, i64, i64) {
    let ids = complaint.matters();
    world
        .app
        .read(move |conn| {
            let versions = matters::table.filter(matters::id.eq_any(ids)).order(matters::id);
            Ok((
                versions.select(matters::version).load(conn)?,
                timeline::table.filter(timeline::matter_id.eq_any(ids)).count().get_result(conn)?,
                contacts::table.filter(contacts::matter_id.eq_any(ids)).count().get_result(conn)?,
            ))
        })
        .unwrap()
}

/// Whoever is named gets the mails that they would get without it.
fn mails(told: &World, untold: &World, faults: &mut Vec<String>) {
    let of = |world: &World| -> Vec<(Option<i64>, String, String)> {
        let named: Vec<i64> = world.named().iter().map(|one| one.0).collect();
        let mut all: Vec<(Option<i64>, String, String)> = world
            .app
            .read(|conn| {
                let theirs = outbox::table.filter(outbox::recipient_id.eq_any(named));
                Ok(theirs.select((outbox::recipient_id, outbox::subject, outbox::text_body)).load(conn)?)
            })
            .unwrap();
        for mail in &mut all {
            mail.2 = without_chance(&mail.2);
        }
        all.sort();
        all
    };
    let (with, without) = (of(told), of(untold));
    assert!(!without.is_empty());
    for mail in with.iter().filter(|mail| !without.contains(mail)) {
        faults.push(format!("mailed: {mail:?}"));
    }
}
