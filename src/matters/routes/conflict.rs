//! What answers a form whose page had gone stale.

use crate::app::App;
use crate::error::Problem;
use crate::matters::pages::{self, ConflictPage};
use crate::matters::stages::Event;
use crate::matters::types::MatterId;
use crate::matters::{life, store, views};
use crate::people::SignedIn;
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
    let (found, listed, latest) = app
        .read(move |conn| {
            let matter = store::find(conn, &act.by.scope, id)?;
            let latest = store::timeline_of(conn, &matter, None, LATEST)?;
            let found = life::stand(conn, &act, matter.clone())?;
            let listed = views::listed(conn, vec![matter], act.now)?;
            Ok((found, listed.into_iter().next().ok_or(Problem::NotFound)?, latest))
        })
        .await?;
    let page = ConflictPage {
        listed: &listed,
        latest: &latest,
        event,
        typed: &typed(form)?,
        may_still: found.allows(by, event),
    };
    Ok(Some(html(StatusCode::CONFLICT, pages::conflict(frame, &page))))
}

/// What a form carried, besides the version that it was made for.
fn typed(form: &impl Serialize) -> Result<Vec<(String, String)>, Problem> {
    let encoded = serde_html_form::to_string(form).map_err(Problem::internal)?;
    let mut fields: Vec<(String, String)> = serde_html_form::from_str(&encoded).map_err(Problem::internal)?;
    fields.retain(|(name, _)| name != "version");
    Ok(fields)
}
