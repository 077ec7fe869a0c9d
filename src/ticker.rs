//! Work that is done again and again on a thread of its own: every so often, and at once when it is woken.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// A running ticker. Dropping it lets the round in hand be finished, then ends the thread.
pub struct Ticker {
    name: &'static str,
    bell: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    /// Does `round` at once and then every `every`, on a thread called `name`.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    pub fn start(
        name: &'static str,
        every: Duration,
        mut round: impl FnMut() + Send + 'static,
    ) -> std::io::Result<Self> {
        let (bell, rings) = channel();
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            loop {
                round();
                match rings.recv_timeout(every) {
                    Ok(()) => while rings.try_recv().is_ok() {},
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        })?;
        Ok(Ticker { name, bell: Some(bell), thread: Some(thread) })
    }

    /// Has the next round done now.
    pub fn wake(&self) {
        if let Some(bell) = &self.bell
            && bell.send(()).is_err()
        {
            tracing::error!(thread = self.name, "a thread that should run for ever has ended");
        }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        drop(self.bell.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!(thread = self.name, "a thread ended in a panic");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_runs_at_once_and_whenever_it_is_woken_and_ends_when_dropped() {
        let (tell, hear) = channel();
        let ticker =
            Ticker::start("test", Duration::from_secs(3_600), move || tell.send(()).unwrap()).unwrap();
        hear.recv().unwrap();
        ticker.wake();
        hear.recv().unwrap();
        drop(ticker);
        assert!(hear.recv().is_err());
    }
}
