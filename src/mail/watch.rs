//! What every page may know of the mail without a query: the sender notes how the channel is, pages read it.

use super::rules;
use super::types::Health;
use crate::time::Moment;
use std::sync::{PoisonError, RwLock};

/// How the channel was when the sender last looked.
#[derive(Debug, Default)]
pub struct Watch(RwLock<Option<Noted>>);

#[derive(Clone, Copy, Debug)]
struct Noted {
    at: Moment,
    /// `None` while all is well.
    alarm: Option<Alarm>,
}

/// Mail isn't going out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Since when; `None` when nobody has ever seen the sender.
    pub since: Option<Moment>,
    /// How many mails wait, up to 1,000.
    pub waiting: i64,
}

impl Watch {
    /// Notes how the channel is now.
    pub fn note(&self, now: Moment, health: &Health) {
        let since = if health.silent { health.seen_at } else { health.since };
        let alarm = health.alarming.then_some(Alarm { since, waiting: health.waiting });
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Noted { at: now, alarm });
    }

    /// What the office must be told, if anything: what was noted last, or that nothing has been noted for ten minutes.
    /// Nothing where there is no sender.
    pub fn alarm(&self, now: Moment) -> Option<Alarm> {
        let noted = (*self.0.read().unwrap_or_else(PoisonError::into_inner))?;
        let silent = now.utc() - noted.at.utc() > rules::SILENCE;
        noted.alarm.or_else(|| silent.then_some(Alarm { since: Some(noted.at), waiting: 0 }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::ChannelState;
    use chrono::TimeDelta;

    fn health(alarming: bool, silent: bool) -> Health {
        let at = |text: &str| Some(Moment::from_court(text.parse().unwrap()));
        Health {
            channel: ChannelState::Waiting,
            since: at("2026-11-23T08:00:00"),
            seen_at: at("2026-11-23T08:30:00"),
            retry_at: None,
            last_reply: None,
            last_sent_at: None,
            waiting: 3,
            given_up: 0,
            silent,
            alarming,
        }
    }

    #[test]
    fn it_alarms_as_long_as_the_sender_says_so_and_when_the_sender_falls_silent() {
        let now = Moment::from_court("2026-11-23T09:00:00".parse().unwrap());
        let watch = Watch::default();
        assert_eq!(watch.alarm(now), None, "there is no sender");
        watch.note(now, &health(true, false));
        let since = |text: &str| Some(Moment::from_court(text.parse().unwrap()));
        assert_eq!(watch.alarm(now), Some(Alarm { since: since("2026-11-23T08:00:00"), waiting: 3 }));
        watch.note(now, &health(true, true));
        assert_eq!(watch.alarm(now), Some(Alarm { since: since("2026-11-23T08:30:00"), waiting: 3 }));
        watch.note(now, &health(false, false));
        assert_eq!(watch.alarm(now.plus(TimeDelta::minutes(10))), None);
        let later = now.plus(TimeDelta::minutes(11));
        assert_eq!(watch.alarm(later), Some(Alarm { since: Some(now), waiting: 0 }));
    }
}
