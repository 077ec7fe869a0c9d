//! Works through the outbox: claim one, offer it, settle it and claim the next in one small transaction.

use super::message;
use super::rules::{self, Fault, Outcome};
use super::settings::Settings;
use super::store::{self, ChannelNews, Claimed, Settlement};
use super::transport::{Failure, Transport};
use super::types::{Content, Mail, MailState};
use super::watch::Watch;
use crate::db::{Conn, Database};
use crate::error::Problem;
use crate::ticker::Ticker;
use crate::time::{Clock, Moment};
use std::sync::Arc;
use std::time::Duration;

/// How often an idle sender looks at the outbox.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How often it says that it is alive, in looks.
const HEARTBEAT_LOOKS: u32 = 30;
/// How often it notes for every page how the channel is, in looks.
const WATCH_LOOKS: u32 = 5;

/// What the last look at the recipient's rights, just before sending, comes to.
pub enum Verdict {
    Send,
    /// Part of it is no longer theirs to read: this is sent in its place.
    SendInstead(Content),
    /// None of it is; says why.
    Withdraw(String),
}

/// Looks at the recipient's rights again just before sending: between the writing of a mail and its sending a person
/// can have moved, left, or been recused.
pub type Recheck = Arc<dyn Fn(&mut Conn, &Mail, Moment) -> Result<Verdict, Problem> + Send + Sync>;

/// The recheck of an installation that has none: everything is sent.
pub fn send_everything() -> Recheck {
    Arc::new(|_, _, _| Ok(Verdict::Send))
}

/// One instance's sender.
pub struct Sender {
    database: Database,
    clock: Clock,
    settings: Settings,
    transport: Transport,
    recheck: Recheck,
    holder: String,
    /// What became of the last mail and isn't written down yet: kept while the database is away, or it would be sent
    /// again.
    unsettled: Option<Settlement>,
    /// How many mails in a row have lost the connection.
    losses: u32,
    watch: Arc<Watch>,
}

impl Sender {
    pub fn new(
        database: Database,
        clock: Clock,
        settings: Settings,
        transport: Transport,
        recheck: Recheck,
    ) -> Self {
        let holder = format!("{:016x}", rand::random::<u64>());
        let (unsettled, losses, watch) = (None, 0, Arc::default());
        Sender { database, clock, settings, transport, recheck, holder, unsettled, losses, watch }
    }

    /// The same, noting in `watch` how the channel is.
    #[must_use]
    pub fn watched_by(self, watch: Arc<Watch>) -> Self {
        Sender { watch, ..self }
    }

    /// Offers everything that is due, one after another, and returns how many were sent.
    ///
    /// # Errors
    ///
    /// When the database is away. What has been sent until then is written down at the next call.
    pub fn send_due(&mut self) -> Result<usize, Problem> {
        let mut sent = 0;
        if self.unsettled.is_none() && !self.anything_due()? {
            return Ok(sent);
        }
        while let Some(claimed) = self.settle_and_claim()? {
            let settlement = self.attempt(claimed);
            sent += usize::from(settlement.state == MailState::Sent);
            self.unsettled = Some(settlement);
        }
        Ok(sent)
    }

    fn anything_due(&self) -> Result<bool, Problem> {
        let now = self.clock.now();
        self.database.read(|conn| Ok(store::anything_due(conn, now)?))
    }

    fn settle_and_claim(&mut self) -> Result<Option<Claimed>, Problem> {
        let (now, holder, done) = (self.clock.now(), self.holder.clone(), self.unsettled.clone());
        let (kept, claimed) = self.database.touch(move |conn| {
            let kept = done.map_or(Ok(true), |done| store::settle(conn, &holder, &done))?;
            Ok((kept, store::claim(conn, now, &holder)?))
        })?;
        if let Some(done) = self.unsettled.take()
            && !kept
        {
            tracing::warn!(mail = %done.id, "a mail's lease ended before it was settled");
        }
        Ok(claimed)
    }

    /// Offers one mail and decides what becomes of it.
    fn attempt(&mut self, claimed: Claimed) -> Settlement {
        let Claimed { mail, was, failures } = claimed;
        let now = self.clock.now();
        let mail = match self.still_theirs(mail, now) {
            Ok(mail) => mail,
            Err(settlement) => return *settlement,
        };
        let outcome = match message::compose(&mail, &self.settings) {
            Ok(message) => self.transport.send(&message, &mail.message_id),
            Err(said) => Err(Failure { phase: rules::Phase::Recipient, fault: Fault::Ours, said }),
        };
        let at = self.clock.now();
        match outcome {
            Ok(reply) => {
                self.losses = 0;
                settled(&mail, MailState::Sent, None, reply, at, ChannelNews::Open)
            }
            Err(failure) => self.failed(&mail, was, failures, &failure, at),
        }
    }

    /// The mail as its recipient may still read it, or how it ends if they may not.
    fn still_theirs(&self, mail: Mail, now: Moment) -> Result<Mail, Box<Settlement>> {
        let recheck = self.recheck.clone();
        match self.database.read(|conn| recheck(conn, &mail, now)) {
            Ok(Verdict::Send) => Ok(mail),
            Ok(Verdict::SendInstead(content)) => Ok(Mail {
                subject: content.subject,
                text_body: content.text,
                html_body: content.html,
                ..mail
            }),
            Ok(Verdict::Withdraw(why)) => {
                Err(Box::new(settled(&mail, MailState::Withdrawn, None, why, now, ChannelNews::None)))
            }
            Err(problem) => {
                tracing::error!(mail = %mail.id, ?problem, "the recipient's rights could not be looked at");
                let again = Some(now.plus(rules::back_off(mail.attempts)));
                let said = "发送前复核收件人权限时出错，稍后重试。".to_owned();
                Err(Box::new(settled(&mail, MailState::Failing, again, said, now, ChannelNews::None)))
            }
        }
    }

    fn failed(
        &mut self,
        mail: &Mail,
        was: MailState,
        failures: i32,
        failure: &Failure,
        at: Moment,
    ) -> Settlement {
        let outcome = rules::classify(failure.phase, failure.fault);
        self.losses = if failure.fault == Fault::Lost { self.losses + 1 } else { 0 };
        let age = at.utc() - mail.created_at;
        let (state, wait) = rules::after_failure(outcome, resting(was), mail.attempts, age);
        let reply = format!("{}：{}", failure.phase.label(), failure.said);
        let channel = self.news(outcome, failure.fault, failures + 1, at);
        if let ChannelNews::Down { lasting, .. } = channel {
            tracing::error!(
                lasting,
                said = failure.said,
                "the mail server does not take mail; the queue waits"
            );
        }
        let settlement = settled(mail, state, wait.map(|wait| at.plus(wait)), reply, at, channel);
        match outcome {
            Outcome::ChannelDown { .. } => Settlement { attempts: mail.attempts - 1, ..settlement },
            Outcome::Later | Outcome::Final | Outcome::Unknown => settlement,
        }
    }

    fn news(&self, outcome: Outcome, fault: Fault, failures: i32, at: Moment) -> ChannelNews {
        let down = |lasting| ChannelNews::Down {
            lasting,
            failures,
            retry_at: at.plus(rules::pause(failures, lasting)),
        };
        match outcome {
            Outcome::ChannelDown { lasting } => down(lasting),
            Outcome::Later | Outcome::Final | Outcome::Unknown if self.losses >= rules::LOSSES => down(false),
            Outcome::Later | Outcome::Final | Outcome::Unknown => match fault {
                Fault::Code(_) => ChannelNews::Open,
                Fault::Lost | Fault::Ours => ChannelNews::None,
            },
        }
    }

    fn heartbeat(&self) -> Result<(), Problem> {
        let now = self.clock.now();
        self.database.touch(move |conn| Ok(store::heartbeat(conn, now)?))
    }

    /// Notes for every page how the channel is now.
    ///
    /// # Errors
    ///
    /// When the database is away.
    pub fn note_health(&self) -> Result<(), Problem> {
        let now = self.clock.now();
        let health = self.database.read(|conn| store::health(conn, now))?;
        self.watch.note(now, &health);
        Ok(())
    }

    /// One round of the thread: sends what is due, lets the connection go, says now and then that it is alive, and notes
    /// how the channel is.
    fn round(&mut self, looks: u32) {
        let mut outcome = self.send_due().map(drop);
        if looks.is_multiple_of(HEARTBEAT_LOOKS) {
            outcome = outcome.and_then(|()| self.heartbeat());
        }
        if looks.is_multiple_of(WATCH_LOOKS) {
            outcome = outcome.and_then(|()| self.note_health());
        }
        self.transport.rest();
        if let Err(problem) = outcome {
            tracing::error!(?problem, "the outbox could not be worked through; tried again shortly");
        }
    }
}

/// A mail whose sender died while sending it waits as one whose fate is unknown.
fn resting(was: MailState) -> MailState {
    if was == MailState::Sending { MailState::Unknown } else { was }
}

fn settled(
    mail: &Mail,
    state: MailState,
    next_attempt_at: Option<Moment>,
    reply: String,
    at: Moment,
    channel: ChannelNews,
) -> Settlement {
    Settlement { id: mail.id, state, attempts: mail.attempts, next_attempt_at, reply, at, channel }
}

/// Starts the sender on a thread of its own.
///
/// # Errors
///
/// When no thread can be started.
pub fn start(mut sender: Sender) -> std::io::Result<Ticker> {
    let mut looks = (0..HEARTBEAT_LOOKS).cycle();
    Ticker::start("mail", LOOK_EVERY, move || sender.round(looks.next().unwrap_or(0)))
}
