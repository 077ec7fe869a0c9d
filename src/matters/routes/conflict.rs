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
use crate::people::SignedIn;
use crate::replies;
use crate::reviews::{self, ReviewState};
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
    let (found, listed, latest, (fresh, now)) = app
        .read(move |conn| {
            let matter = store::find(conn, &act.by.scope, id)?;
            let latest = store::timeline_of(conn, &matter, None, LATEST)?;
            let found = life::stand(conn, &act, matter.clone())?;
            let beside = beside(conn, &matter, event)?;
            let listed = views::listed(conn, vec![matter], act.now)?;
            Ok((found, listed.into_iter().next().ok_or(Problem::NotFound)?, latest, beside))
        })
        .await?;
    let page = ConflictPage {
        listed: &listed,
        latest: &latest,
        event,
        typed: &typed(form, &fresh)?,
        now: &now,
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
        | Event::LitigationResult
        | Event::BackToHandling
        | Event::Close
        | Event::Conclude
        | Event::Reopen
        | Event::RequestReview
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

/// The reply as it stands now, item by item.
fn reply(
    conn: &mut Conn,
    matter: &Matter,
    fresh: impl FnOnce(i64, i64) -> Vec<(&'static str, String)>,
) -> Result<Beside, Problem> {
    let draft = replies::current(conn, matter)?;
    let (number, version) = draft.as_ref().map_or((0, 0), |draft| (draft.number, draft.version));
    let fresh = fresh(number, version);
    let mut now = Vec::new();
    if let Some(draft) = draft {
        now.push(("答复意见书".to_owned(), format!("第{}稿，{}", draft.number, draft.state.label())));
        for item in replies::items_of(conn, draft.id)? {
            let parts = [item.claim, item.facts, item.basis, item.opinion];
            let text: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            now.push(("逐项答复".to_owned(), text.join("\n")));
        }
    }
    Ok((fresh, now))
}

/// What a form carried, besides the versions that it was made for.
fn typed(form: &impl Serialize, fresh: &[(&'static str, String)]) -> Result<Vec<(String, String)>, Problem> {
    let encoded = serde_html_form::to_string(form).map_err(Problem::internal)?;
    let mut fields: Vec<(String, String)> = serde_html_form::from_str(&encoded).map_err(Problem::internal)?;
    fields.retain(|(name, _)| fresh.iter().all(|(known, _)| known != name));
    Ok(fields)
}
