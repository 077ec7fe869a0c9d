//! A mail, where it stands, and how the mail server has been treating us.

use crate::db::{coded, id};
use crate::schema::outbox;
use crate::time::Moment;
use chrono::NaiveDateTime;
use diesel::prelude::*;

id!(
    /// Which mail.
    MailId
);

coded! {
    /// What a mail is for.
    pub enum MailKind {
        Test = "test" "测试邮件",
        Notice = "notice" "即时通知",
        Daily = "daily" "每日摘要",
        Weekly = "weekly" "每周摘要",
        Account = "account" "账号通知",
        Alert = "alert" "系统告警",
    }
}

coded! {
    /// Where a mail stands (发送状态).
    pub enum MailState {
        Queued = "queued" "待发送",
        Sending = "sending" "正在发送",
        Sent = "sent" "已发送",
        Failing = "failing" "重试中",
        Unknown = "unknown" "结果不明",
        GivenUp = "given_up" "未送达",
        Withdrawn = "withdrawn" "已撤回",
    }
}

coded! {
    /// How the mail server treats us (邮件通道).
    pub enum ChannelState {
        Open = "open" "正常",
        Waiting = "waiting" "暂时连不上，稍后重试",
        Refused = "refused" "被邮件服务器拒绝",
    }
}

/// What a mail says. Names in it are masked, and it never holds a document number, a telephone or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub subject: String,
    pub text: String,
    /// A whole HTML document.
    pub html: String,
}

/// A mail to be queued.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// The court it is sent for; `None` for the installation's own mails.
    pub court_id: Option<i64>,
    pub kind: MailKind,
    /// The member of staff it goes to, whose rights are looked at again before it is sent.
    pub recipient_id: Option<i64>,
    /// The work address it goes to.
    pub recipient: String,
    pub content: Content,
    /// Says that a mail is the same as another: one recipient, one kind, one period. The second is not queued.
    pub dedupe_key: Option<String>,
    /// Goes before everything that is not urgent.
    pub urgent: bool,
    /// Not sent before this moment; at once when `None`.
    pub not_before: Option<Moment>,
    /// The matter that it speaks of: whoever that complains about neither gets it nor finds it in a list.
    pub matter_id: Option<i64>,
}

/// A row of the outbox.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
pub struct Mail {
    pub id: MailId,
    pub court_id: Option<i64>,
    pub kind: MailKind,
    pub recipient_id: Option<i64>,
    pub recipient: String,
    pub subject: String,
    pub text_body: String,
    pub html_body: String,
    /// With its angle brackets; the same at every attempt.
    pub message_id: String,
    pub dedupe_key: Option<String>,
    pub urgent: bool,
    pub state: MailState,
    /// How often it was offered to the server, the present attempt included.
    pub attempts: i32,
    /// When it is next offered; while it is being sent, when its lease ends; `None` when nothing more is tried.
    pub next_attempt_at: Option<NaiveDateTime>,
    pub lease_holder: Option<String>,
    /// What the server (or our side) said last.
    pub last_reply: Option<String>,
    pub created_at: NaiveDateTime,
    pub sent_at: Option<NaiveDateTime>,
    pub matter_id: Option<i64>,
}

/// A mail as a list shows it: no body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: MailId,
    pub kind: MailKind,
    pub recipient: String,
    /// `None` for those who may not see it.
    pub subject: Option<String>,
    pub state: MailState,
    pub attempts: i32,
    pub next_attempt_at: Option<NaiveDateTime>,
    pub last_reply: Option<String>,
    pub created_at: NaiveDateTime,
    pub sent_at: Option<NaiveDateTime>,
}

/// Which part of the outbox a list shows.
#[derive(Clone, Debug)]
pub struct Slice {
    /// Mails of this court, and of the installation itself.
    pub court_id: Option<i64>,
    /// Who reads: without mails about matters that complain about them.
    pub reader: Option<i64>,
    pub states: &'static [MailState],
    /// Only older mails than this one.
    pub before: Option<MailId>,
    /// Only newer mails than this one, the ones next to it.
    pub after: Option<MailId>,
    pub limit: i64,
    /// Whether subjects may be seen.
    pub subjects: bool,
}

/// How the sending of mail is going, for pages to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    pub channel: ChannelState,
    /// Since when the channel has been in this state.
    pub since: Option<Moment>,
    /// When the sender was last heard of.
    pub seen_at: Option<Moment>,
    /// When the server is tried again.
    pub retry_at: Option<Moment>,
    pub last_reply: Option<String>,
    pub last_sent_at: Option<Moment>,
    /// How many wait, up to 1,000.
    pub waiting: i64,
    /// How many were given up, up to 1,000.
    pub given_up: i64,
    /// Nothing has been heard of the sender for ten minutes: it is not running.
    pub silent: bool,
    /// Somebody in the office must do something.
    pub alarming: bool,
}
