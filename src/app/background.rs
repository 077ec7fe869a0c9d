//! What runs beside the web server: the sender of mail and the runner of jobs.

use super::App;
use super::jobs::{JOBS, Runner};
use crate::mail::{self, Sender, transport::Transport};
use crate::ticker::Ticker;

/// The running threads. Dropping it lets each finish what it has in hand.
pub struct Background {
    _mail: Option<Ticker>,
    _jobs: Ticker,
}

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
        let runner = Runner::new(app.database().clone(), app.clock().clone(), app.keys().clone(), JOBS);
        Ok(Background { _mail: mail, _jobs: runner.start().map_err(no_thread)? })
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
    let recheck = mail::send_everything();
    let (database, clock) = (app.database().clone(), app.clock().clone());
    Ok(Some(Sender::new(database, clock, settings, transport, recheck)))
}
