//! What answers a form whose page had gone stale.

use crate::app::App;
use crate::archive;
use crate::assignments;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::pages::{self, ConflictPage};
use crate::matters::stages::Event;
use crate::matters::types::{Matter, MatterId};
use crate::matters::{life, store, views};
use crate::people::{self, SignedIn};
use crate::petitioners;
use crate::referrals::forms::{to_head, to_person};
use crate::replies::{self, Content};
use crate::reviews::{self, ReviewState};
use crate::web::conflict::fields_of;
use crate::web::{Frame, html};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

/// Entries of the timeline that are shown beside what was typed.
const LATEST: i64 = 5;

/// The page that shows both versions, where `done` came too late; `None` where it didn't. Whoever may no longer see the
/// matter is told that it isn't there.
///
/// # Errors
///
/// `NotFound`; that the database is away.
pub async fn conflict<T>(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    (id, event): (MatterId, Event),
    form: &impl Serialize,
    done: &Result<T, Problem>,
) -> Result<Option<HttpResponse>, Problem> {
    if !matches!(done, Err(Problem::Stale)) {
        return Ok(None);
    }
    let act = app.act(by);
    let sent = fields_of(form)?;
    let asked = sent.clone();
    let (found, listed, latest, (fresh, now), (reply, named)) = app
        .read(move |conn| {
            let matter = store::find(conn, &act.by.scope, id)?;
            let latest = store::timeline_of(conn, &matter, None, LATEST)?;
            let found = life::stand(conn, &act, matter.clone())?;
            let beside = beside(conn, &matter, event)?;
            let words = (whole_reply(conn, &matter, event)?, named(conn, &matter, &asked)?);
            let listed = views::listed(conn, vec![matter], act.now)?;
            Ok((found, listed.into_iter().next().ok_or(Problem::NotFound)?, latest, beside, words))
        })
        .await?;
    let page = ConflictPage {
        listed: &listed,
        latest: &latest,
        event,
        typed: &typed(sent, &fresh),
        now: &now,
        reply: reply.as_ref().map(replies::pages::body),
        named: &named,
        fresh: &fresh,
        may_still: found.allows(by, event),
        files: event == Event::ServeReply,
    };
    Ok(Some(html(StatusCode::CONFLICT, pages::conflict(frame, &page))))
}

/// The versions that a form names, as they are now, and what else it is about, in words.
type Beside = (Vec<(&'static str, String)>, Vec<(String, String)>);

fn beside(conn: &mut Conn, matter: &Matter, event: Event) -> Result<Beside, Problem> {
    Ok(match event {
        Event::DraftReply => reply(conn, matter, |number, version| {
            vec![("number", number.to_string()), ("version", version.to_string())]
        })?,
        Event::ApproveReply => reply(conn, matter, |_, version| vec![("version", version.to_string())])?,
        Event::ServeReply => reply(conn, matter, |_, version| {
            vec![("version", matter.version.to_string()), ("reply_version", version.to_string())]
        })?,
        Event::HandFileOver | Event::ReviewOutcome => review(conn, matter)?,
        Event::Archive => file(conn, matter)?,
        Event::ObjectAbove | Event::ReportAbove | Event::AnswerFromAbove => above(conn, matter)?,
        Event::SendForScreening
        | Event::Screen
        | Event::Refer
        | Event::TakeOver
        | Event::SendBack
        | Event::Withdraw
        | Event::Note
        | Event::AskHelp
        | Event::NameCaseJudge
        | Event::NameComplained
        | Event::LitigationResult
        | Event::BackToHandling
        | Event::Close
        | Event::Conclude
        | Event::Reopen
        | Event::RequestReview
        | Event::DecideReview
        | Event::AskSatisfaction
        | Event::CallBack
        | Event::AnswerAgain
        | Event::PetitionerWithdraws
        | Event::Link
        | Event::Split
        | Event::Merge
        | Event::Unmerge
        | Event::TakeAssignment => (vec![("version", matter.version.to_string())], Vec::new()),
    })
}

/// The review that is open.
fn review(conn: &mut Conn, matter: &Matter) -> Result<Beside, Problem> {
    let all = reviews::of_matter(conn, matter)?;
    let open = all.into_iter().find(|one| one.state != ReviewState::Decided);
    let version = open.as_ref().map_or(0, |one| one.version);
    let now = open.map(|one| (one.kind.label().to_owned(), one.state.label().to_owned()));
    Ok((vec![("version", version.to_string())], now.into_iter().collect()))
}

/// What was assigned from above, and where each of it stands.
fn above(conn: &mut Conn, matter: &Matter) -> Result<Beside, Problem> {
    let all = assignments::box_for(conn, matter)?;
    let now = all.rows.iter().map(|one| (one.row.words(), one.row.state.label().to_owned())).collect();
    Ok((vec![("version", all.version().to_string())], now))
}

/// What was archived already.
fn file(conn: &mut Conn, matter: &Matter) -> Result<Beside, Problem> {
    let filed = archive::filed(conn, matter.id)?;
    let version = filed.as_ref().map_or_else(String::new, |one| one.version.to_string());
    let fresh = vec![("version", matter.version.to_string()), ("filed", version)];
    Ok((fresh, filed.map(|one| ("档号".to_owned(), one.number)).into_iter().collect()))
}

/// Where the reply stands now, and what the petitioner may do against it.
fn reply(
    conn: &mut Conn,
    matter: &Matter,
    fresh: impl FnOnce(i64, i64) -> Vec<(&'static str, String)>,
) -> Result<Beside, Problem> {
    let draft = replies::current(conn, matter)?;
    let (number, version) = draft.as_ref().map_or((0, 0), |draft| (draft.number, draft.version));
    let now = draft.map_or_else(Vec::new, |draft| {
        vec![
            ("答复意见书".to_owned(), format!("第{}稿，{}", draft.number, draft.state.label())),
            ("救济途径".to_owned(), draft.remedy.label().to_owned()),
        ]
    });
    Ok((fresh(number, version), now))
}

/// The whole reply, where the form is about it: what is approved or served once more has been read.
fn whole_reply(conn: &mut Conn, matter: &Matter, event: Event) -> Result<Option<Content>, Problem> {
    if !matches!(event, Event::DraftReply | Event::ApproveReply | Event::ServeReply) {
        return Ok(None);
    }
    match replies::current(conn, matter)? {
        Some(draft) => replies::views::content(conn, &draft).map(Some),
        None => Ok(None),
    }
}

/// What the people, divisions, cases and assignments are called whose ids were sent.
fn named(
    conn: &mut Conn,
    matter: &Matter,
    typed: &[(String, String)],
) -> Result<Vec<(&'static str, String, String)>, Problem> {
    let has = |field: &str| typed.iter().any(|(name, value)| name == field && !value.is_empty());
    let mut named = Vec::new();
    if ["staff", "pass_to", "signed_by", "to"].into_iter().any(has) {
        let divisions = people::division_list(conn, matter.court_id)?;
        for one in people::staff_in_court(conn, matter.court_id)? {
            for field in ["staff", "pass_to", "signed_by"] {
                named.push((field, one.id.to_string(), one.name.clone()));
            }
            if let Some(of) = divisions.iter().find(|division| Some(division.id) == one.division_id) {
                named.push(("to", to_person(of.id, one.id), format!("{}{}", of.name, one.name)));
            }
        }
        named.extend(divisions.iter().map(|of| ("to", to_head(of.id), format!("{}（负责人接办）", of.name))));
    }
    if has("people") || has("cases") {
        let ids: Vec<_> =
            store::participants(conn, matter)?.iter().map(|participant| participant.petitioner_id).collect();
        let known = petitioners::store::load_all(conn, &ids)?;
        named.extend(known.iter().map(|one| ("people", one.id.to_string(), one.name_shown().to_owned())));
        let cases = store::cases_of(conn, matter)?;
        named.extend(cases.into_iter().map(|case| ("cases", case.id.to_string(), case.number)));
    }
    if has("assignment") {
        let all = assignments::box_for(conn, matter)?.rows;
        named.extend(all.iter().map(|one| ("assignment", one.row.id.to_string(), one.row.words())));
    }
    Ok(named)
}

/// What a form carried, besides the versions that it was made for.
fn typed(mut fields: Vec<(String, String)>, fresh: &[(&'static str, String)]) -> Vec<(String, String)> {
    fields.retain(|(name, _)| fresh.iter().all(|(known, _)| known != name));
    fields
}
