//! Moves what was committed from SQLite's log into the database file, on a thread and a connection of its own: left to
//! itself, SQLite makes every so many commits wait for it.

use super::Connector;
use diesel::connection::SimpleConnection;
use diesel::r2d2::ManageConnection;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

/// How long commits gather before they are moved together: pages that many of them touched are then written once.
const GATHERING: Duration = Duration::from_millis(200);

/// How many pages the log may hold (80 MB) before a commit moves them itself after all: for a log that never comes to an
/// end because somebody commits all the time.
pub(super) const MOST_PAGES: u32 = 20_000;

/// A handle to the thread, which ends with it.
pub(super) struct Checkpoints {
    wake: SyncSender<()>,
}

impl Checkpoints {
    /// Starts the thread.
    ///
    /// # Errors
    ///
    /// When the system has no thread to give.
    pub fn start(connector: Connector) -> std::io::Result<Self> {
        let (wake, woken) = sync_channel(1);
        std::thread::Builder::new()
            .name("checkpoints".to_owned())
            .spawn(move || serve(&connector, &woken))
            .map(|_thread| Checkpoints { wake })
    }

    /// Says that something was committed. Where that has been said and not been heard yet, once is enough; and should the
    /// thread be gone, commits move the pages themselves.
    pub fn committed(&self) {
        self.wake.try_send(()).ok();
    }
}

fn serve(connector: &Connector, woken: &Receiver<()>) {
    let mut conn = None;
    while woken.recv().is_ok() {
        std::thread::sleep(GATHERING);
        let outcome = conn.take().map_or_else(|| connector.connect(), Ok);
        match outcome {
            // Passive: moves what no reader still needs and waits for nobody.
            Ok(mut open) => match crate::on_each_database!(&mut open, |c| c
                .batch_execute("PRAGMA wal_checkpoint(PASSIVE)"))
            {
                Ok(()) => conn = Some(open),
                Err(error) => tracing::warn!(%error, "the log was not moved into the database"),
            },
            Err(error) => tracing::warn!(%error, "no connection to move the log with"),
        }
    }
}
