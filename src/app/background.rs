//! What runs beside the web server: the sender of mail, the runner of jobs, the worker that brings lists in.

use super::App;
use super::jobs::{JOBS, Runner};
use crate::db::Database;
use crate::intake::imports::{Importer, Importing};
use crate::mail::{self, Sender, Verdict, transport::Transport};
use crate::matters::{self, MatterId};
use crate::people::{self, StaffId};
use crate::search;
use crate::sweeps;
use crate::ticker::Ticker;
use diesel::OptionalExtension;
use std::sync::Arc;
use std::time::Duration;

/// The running threads. Dropping it lets each finish what it has in hand.
pub struct Background {
    _mail: Option<Ticker>,
    _jobs: Ticker,
    _index: Ticker,
    _imports: Importing,
    _cases: Importing,
}

/// How many documents the search index takes in with one transaction while people work.
const SETTLED_AT_ONCE: usize = 500;
/// How often it looks for new ones. Until then they are found as well, only slower.
const SETTLE_EVERY: Duration = Duration::from_secs(2);

impl Background {
    /// Starts them.
    ///
    /// # Errors
    ///
    /// A Chinese sentence when the mail settings can't be used or no thread can be started.
    pub fn start(app: &App) -> Result<Self, String> {
        let no_thread = |error: std::io::Error| format!("后台线程启动不了：{error}");
        let mail = match sender(app)? {
            Some(sender) => Some(mail::start(sender).map_err(no_thread)?),
            None => None,
        };
        let runner = Runner::new(app.database().clone(), app.clock().clone(), app.keys().clone(), JOBS)
            .in_folder(&app.config().data);
        let database = app.database().clone();
        let index = Ticker::start("search index", SETTLE_EVERY, move || settle(&database));
        let imports = Importer::new(app.database().clone(), app.clock().clone(), app.keys().clone());
        let cases = sweeps::imports::steps();
        let cases = Importer::of(cases, app.database().clone(), app.clock().clone(), app.keys().clone());
        Ok(Background {
            _mail: mail,
            _jobs: runner.start().map_err(no_thread)?,
            _index: index.map_err(no_thread)?,
            _imports: imports.start().map_err(no_thread)?,
            _cases: cases.start().map_err(no_thread)?,
        })
    }
}

/// Has the search index take in what was registered since it last looked.
fn settle(database: &Database) {
    let most = i64::try_from(SETTLED_AT_ONCE).unwrap_or(i64::MAX);
    loop {
        match database.touch(move |conn| Ok(search::settle(conn, most)?)) {
            Ok(SETTLED_AT_ONCE..) => {}
            Ok(_) => return,
            Err(problem) => {
                tracing::error!(?problem, "the search index could not take in new documents");
                return;
            }
        }
    }
}

/// The sender that the settings ask for; `None` when no mail is to be sent.
///
/// # Errors
///
/// A Chinese sentence when the mail settings can't be used.
fn sender(app: &App) -> Result<Option<Sender>, String> {
    let Some(settings) = app.config().mail() else { return Ok(None) };
    let transport = Transport::open(&settings, &app.config().data)?;
    let (database, clock) = (app.database().clone(), app.clock().clone());
    let sender = Sender::new(database, clock, settings, transport, still_here());
    Ok(Some(sender.watched_by(app.mail_watch().clone())))
}

/// Looks just before sending whether the member of staff that a mail is for is still there, and isn't complained of in
/// what it speaks of: whoever has left, whose record is gone, or who must recuse themselves, is told nothing more.
pub fn still_here() -> mail::Recheck {
    Arc::new(|conn, mail, _| {
        let Some(id) = mail.recipient_id.map(StaffId) else { return Ok(Verdict::Send) };
        match people::staff_of_any_court(conn, id).optional()? {
            Some(staff) if staff.active => {
                let barred = matters::complaints_about(conn, id)?;
                if mail.matter_id.is_some_and(|matter| barred.contains(&MatterId(matter))) {
                    return Ok(Verdict::Withdraw("收件人须回避这件事项，这封邮件不再发送。".to_owned()));
                }
                Ok(Verdict::Send)
            }
            Some(_) | None => Ok(Verdict::Withdraw("收件人已经停用，这封邮件不再发送。".to_owned())),
        }
    })
}
