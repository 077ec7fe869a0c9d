//! What an answer of a mail server means, when a mail is tried again, and when the whole queue waits.

use super::types::{ChannelState, MailState};
use chrono::TimeDelta;

/// How long a mail is offered to the server before it is given up, from when it was written.
pub const TRIED_FOR: TimeDelta = TimeDelta::days(5);

/// However old it is, a mail is offered so often before it is given up: after a server that was away for a week, and after
/// "send again", it isn't given up at the first hitch.
pub const TRIED_AT_LEAST: i32 = 7;

/// How long an instance may take over one mail; then another takes it up. Also how long after an unknown outcome the
/// mail is offered again.
pub const LEASE: TimeDelta = TimeDelta::minutes(15);

/// So many mails in a row that lost the connection are the connection's fault, not theirs.
pub const LOSSES: u32 = 3;

/// A channel that has been waiting this long is a matter for the office.
pub const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// A sender that has not been heard of for this long is not running.
pub const SILENCE: TimeDelta = TimeDelta::minutes(10);

/// How far the conversation had got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The connection, the greeting, EHLO, and TLS from the first byte.
    Connect,
    StartTls,
    Auth,
    /// `MAIL FROM`: the same for every mail, so what is said to it is said to us.
    From,
    Recipient,
    /// The `DATA` command, before any content.
    Data,
    /// The content and its final dot.
    Content,
}

impl Phase {
    pub const ALL: [Phase; 7] = [
        Phase::Connect,
        Phase::StartTls,
        Phase::Auth,
        Phase::From,
        Phase::Recipient,
        Phase::Data,
        Phase::Content,
    ];

    /// For the person who looks after the mail.
    pub const fn label(self) -> &'static str {
        match self {
            Phase::Connect => "连接邮件服务器时",
            Phase::StartTls => "建立加密连接时",
            Phase::Auth => "登录邮件服务器时",
            Phase::From => "提交发件人时",
            Phase::Recipient => "提交收件人时",
            Phase::Data => "开始提交正文时",
            Phase::Content => "提交正文后",
        }
    }
}

/// What went wrong at that point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The server said no with this code (400 to 599).
    Code(u16),
    /// No answer: the connection was refused, lost or too slow, or what came was no SMTP.
    Lost,
    /// Our side can't do it as it is set up, or with this mail.
    Ours,
}

/// What a failed attempt comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// This mail is tried again later.
    Later,
    /// This mail is refused for good.
    Final,
    /// The server may have taken it.
    Unknown,
    /// The server refuses us: the queue waits. `lasting` when it will go on refusing until somebody mends it.
    ChannelDown { lasting: bool },
}

/// What a fault at this point means (RFC 5321, 4.2.1 and 4.2.5).
pub fn classify(phase: Phase, fault: Fault) -> Outcome {
    match (phase, fault) {
        (Phase::Connect | Phase::StartTls | Phase::Auth | Phase::From, Fault::Code(code)) => {
            Outcome::ChannelDown { lasting: code >= 500 }
        }
        (Phase::Connect | Phase::StartTls | Phase::Auth | Phase::From, Fault::Ours) => {
            Outcome::ChannelDown { lasting: true }
        }
        (Phase::Connect | Phase::StartTls | Phase::Auth | Phase::From, Fault::Lost) => {
            Outcome::ChannelDown { lasting: false }
        }
        (Phase::Recipient | Phase::Data | Phase::Content, Fault::Code(code)) if code >= 500 => Outcome::Final,
        (Phase::Recipient | Phase::Data | Phase::Content, Fault::Code(_)) => Outcome::Later,
        (Phase::Recipient | Phase::Data | Phase::Content, Fault::Ours) => Outcome::Final,
        (Phase::Recipient | Phase::Data, Fault::Lost) => Outcome::Later,
        (Phase::Content, Fault::Lost) => Outcome::Unknown,
    }
}

/// How long after the `attempts`th failed attempt a mail is offered again: a minute at first, four hours later on.
pub fn back_off(attempts: i32) -> TimeDelta {
    let minutes = match attempts {
        ..=1 => 1,
        2 => 5,
        3 => 15,
        4 => 30,
        5 => 60,
        6 => 120,
        _ => 240,
    };
    TimeDelta::minutes(minutes)
}

/// Where a mail stands after an attempt that failed in this way, and in how long it is offered again (`None`: never).
/// `age` is how long ago it was written. A mail that met a channel that was down is left as it `was`.
pub fn after_failure(
    outcome: Outcome,
    was: MailState,
    attempts: i32,
    age: TimeDelta,
) -> (MailState, Option<TimeDelta>) {
    let tried_long_enough = age >= TRIED_FOR && attempts >= TRIED_AT_LEAST;
    match outcome {
        Outcome::Final => (MailState::GivenUp, None),
        Outcome::ChannelDown { .. } => (was, Some(TimeDelta::zero())),
        Outcome::Later | Outcome::Unknown if tried_long_enough => (MailState::GivenUp, None),
        Outcome::Later => (MailState::Failing, Some(back_off(attempts))),
        Outcome::Unknown => (MailState::Unknown, Some(LEASE)),
    }
}

/// How long the queue waits after the channel has failed `failures` times in a row.
pub fn pause(failures: i32, lasting: bool) -> TimeDelta {
    let seconds = match failures {
        _ if lasting => 600,
        ..=1 => 30,
        2 => 60,
        3 => 120,
        4 => 300,
        _ => 600,
    };
    TimeDelta::seconds(seconds)
}

/// Whether the office must be told: the server refuses us, or hasn't been reached for [`PATIENCE`].
pub fn alarming(channel: ChannelState, lasted: TimeDelta, silent: bool) -> bool {
    silent
        || match channel {
            ChannelState::Open => false,
            ChannelState::Waiting => lasted >= PATIENCE,
            ChannelState::Refused => true,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TO_US: [Phase; 4] = [Phase::Connect, Phase::StartTls, Phase::Auth, Phase::From];
    const TO_THE_MAIL: [Phase; 3] = [Phase::Recipient, Phase::Data, Phase::Content];

    #[test]
    fn a_refusal_before_the_recipient_is_the_connections_fault() {
        for phase in TO_US {
            for code in [500, 530, 535, 550, 554, 599] {
                assert_eq!(classify(phase, Fault::Code(code)), Outcome::ChannelDown { lasting: true });
            }
            for code in [400, 421, 450, 454, 499] {
                assert_eq!(classify(phase, Fault::Code(code)), Outcome::ChannelDown { lasting: false });
            }
            assert_eq!(classify(phase, Fault::Lost), Outcome::ChannelDown { lasting: false });
            assert_eq!(classify(phase, Fault::Ours), Outcome::ChannelDown { lasting: true });
        }
    }

    #[test]
    fn a_refusal_of_the_recipient_or_the_content_is_the_mails_own() {
        for phase in TO_THE_MAIL {
            for code in [500, 550, 552, 554] {
                assert_eq!(classify(phase, Fault::Code(code)), Outcome::Final);
            }
            for code in [421, 450, 451, 452] {
                assert_eq!(classify(phase, Fault::Code(code)), Outcome::Later);
            }
            assert_eq!(classify(phase, Fault::Ours), Outcome::Final);
        }
    }

    #[test]
    fn only_a_connection_lost_with_the_content_leaves_the_outcome_unknown() {
        assert_eq!(classify(Phase::Recipient, Fault::Lost), Outcome::Later);
        assert_eq!(classify(Phase::Data, Fault::Lost), Outcome::Later);
        let unknown = Phase::ALL.into_iter().filter(|p| classify(*p, Fault::Lost) == Outcome::Unknown);
        assert_eq!(unknown.collect::<Vec<_>>(), [Phase::Content]);
    }

    #[test]
    fn a_refused_mail_is_tried_for_five_days_at_growing_intervals() {
        let (mut age, mut attempts, mut waits) = (TimeDelta::zero(), 1, Vec::new());
        while let (MailState::Failing, Some(wait)) =
            after_failure(Outcome::Later, MailState::Queued, attempts, age)
        {
            waits.push(wait.num_minutes());
            age += wait;
            attempts += 1;
        }
        assert_eq!(waits[..8], [1, 5, 15, 30, 60, 120, 240, 240]);
        assert!(waits.is_sorted());
        assert!(age >= TRIED_FOR && age < TRIED_FOR + TimeDelta::hours(4), "{age}");
        assert_eq!(
            after_failure(Outcome::Later, MailState::Failing, 9, TRIED_FOR),
            (MailState::GivenUp, None)
        );
    }

    #[test]
    fn an_unknown_outcome_is_tried_again_after_a_quarter_of_an_hour() {
        let again = (MailState::Unknown, Some(TimeDelta::minutes(15)));
        assert_eq!(after_failure(Outcome::Unknown, MailState::Queued, 1, TimeDelta::zero()), again);
        assert_eq!(
            after_failure(Outcome::Unknown, MailState::Queued, 9, TRIED_FOR),
            (MailState::GivenUp, None)
        );
    }

    #[test]
    fn a_channel_that_is_down_costs_the_mail_nothing_however_long() {
        for was in [MailState::Queued, MailState::Failing, MailState::Unknown] {
            let down = Outcome::ChannelDown { lasting: true };
            assert_eq!(after_failure(down, was, 3, TRIED_FOR * 2), (was, Some(TimeDelta::zero())));
        }
    }

    #[test]
    fn the_queue_waits_longer_each_time_and_longest_when_refused() {
        let waits: Vec<i64> = (1..8).map(|n| pause(n, false).num_seconds()).collect();
        assert_eq!(waits, [30, 60, 120, 300, 600, 600, 600]);
        assert_eq!(pause(1, true).num_seconds(), 600);
    }

    #[test]
    fn the_office_is_told_of_a_refusal_at_once_and_of_silence_after_ten_minutes() {
        let minutes = TimeDelta::minutes;
        assert!(alarming(ChannelState::Refused, minutes(0), false));
        assert!(!alarming(ChannelState::Waiting, minutes(9), false));
        assert!(alarming(ChannelState::Waiting, minutes(10), false));
        assert!(!alarming(ChannelState::Open, minutes(600), false));
        assert!(alarming(ChannelState::Open, minutes(0), true));
    }
}
