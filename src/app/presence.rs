//! Who is behind a session cookie, remembered for some seconds so that most requests need no look-up.

use crate::calendar;
use crate::error::Problem;
use crate::people::sessions::{self, Presence, Present};
use crate::time::Moment;
use chrono::TimeDelta;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// How long a look-up is trusted. A change on this instance is seen at once (see `App::forget_sessions`); one on another
/// instance after this many seconds.
const TRUSTED_SECONDS: i64 = 5;

/// More sessions than a court has staff; beyond that the cache starts anew.
const MOST: usize = 20_000;

#[derive(Default)]
pub struct Cache(RwLock<HashMap<String, (Arc<Seen>, Moment)>>);

impl Cache {
    /// The present person of this session if the cache still vouches for them.
    fn trusted(&self, token_hash: &str, now: Moment) -> Option<Arc<Seen>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (present, looked_up) = known.get(token_hash)?;
        let age = now.utc() - looked_up.utc();
        (age >= TimeDelta::zero() && age < TimeDelta::seconds(TRUSTED_SECONDS)).then(|| present.clone())
    }

    fn keep(&self, token_hash: String, present: Arc<Seen>, now: Moment) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(token_hash, (present, now));
    }

    pub fn clear(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// A present person, and what must be told on every page of those who can do something about it.
pub struct Seen {
    pub present: Present,
    pub calendar_warning: Option<String>,
}

/// Who is behind a token.
pub enum Who {
    Here(Arc<Seen>),
    Lapsed(crate::people::StaffId),
    Nobody,
}

/// Looks the token up, and writes down once a minute that its session is in use.
///
/// # Errors
///
/// `Unavailable` when the database is away.
pub async fn look_up(app: &super::App, token_hash: String, now: Moment) -> Result<Who, Problem> {
    if let Some(present) = app.0.presence.trusted(&token_hash, now) {
        return Ok(Who::Here(present));
    }
    let (hash, limits) = (token_hash.clone(), app.sign_in_limits());
    let looked_up = app
        .read(move |conn| {
            let presence = sessions::present(conn, &hash, now, &limits)?;
            let days = calendar::working_days(conn)?;
            Ok((presence, calendar::rules::next_year_warning(&days, now.today())))
        })
        .await?;
    let (presence, calendar_warning) = looked_up;
    match presence {
        Presence::Lapsed { staff_id } => Ok(Who::Lapsed(staff_id)),
        Presence::Nobody => Ok(Who::Nobody),
        Presence::Here(present) => {
            if present.should_be_noted(now) {
                let (database, id) = (app.database().clone(), present.session_id);
                let note = move || database.touch(move |conn| sessions::seen(conn, id, now));
                // Pages can be read while nothing can be written; at worst the session lapses sooner.
                if let Err(problem) = actix_web::web::block(note).await.map_err(Problem::internal)? {
                    tracing::warn!(?problem, "it was not noted that a session is in use");
                }
            }
            let seen = Arc::new(Seen { present, calendar_warning });
            app.0.presence.keep(token_hash, seen.clone(), now);
            Ok(Who::Here(seen))
        }
    }
}
