//! `tingsong mail test`: one mail through the transport that is set, and what was answered. It needs no database, so that
//! the mail settings can be tried before the court is set up, and while it is down.

use super::mails;
use crate::mail::rules::{Outcome, classify};
use crate::mail::transport::{Failure, Transport};
use crate::mail::{Mail, MailId, MailKind, MailState, Security, Settings, TransportKind, message};
use crate::time::Moment;
use serde_json::json;
use std::path::Path;

/// What `tingsong mail test` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct MailTestArgs {
    /// 收件地址，例如 name@court.gov.cn
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    /// 以 JSON 输出
    #[arg(long)]
    pub json: bool,
}

/// What came of a test mail (测试邮件).
#[derive(Debug)]
pub struct Trial {
    from: String,
    to: String,
    /// The server and its protection, or the folder.
    way: String,
    message_id: String,
    /// What was answered, or how far it got and what went wrong there.
    outcome: Result<String, Failure>,
}

/// Sends one test mail with fixed words to `address`. `data` is the data folder.
///
/// # Errors
///
/// A Chinese sentence when the address or the settings can't be used; then nothing was sent.
pub fn test(settings: &Settings, data: &Path, now: Moment, address: &str) -> Result<Trial, String> {
    let to = message::mailbox(address)
        .map_err(|error| format!("“{address}”不是有效的邮件地址（{error}），请检查后重新输入。"))?;
    let mail = written(now, to.to_string());
    let message = message::compose(&mail, settings)?;
    let mut transport = Transport::open(settings, data)?;
    let outcome = transport.send(&message, &mail.message_id);
    transport.rest();
    let way = way(settings, data);
    Ok(Trial { from: settings.from.clone(), to: mail.recipient, way, message_id: mail.message_id, outcome })
}

fn written(now: Moment, recipient: String) -> Mail {
    let (id, content) = (MailId::new(now), mails::test(now));
    Mail {
        id,
        court_id: None,
        kind: MailKind::Test,
        recipient_id: None,
        recipient,
        subject: content.subject,
        text_body: content.text,
        html_body: content.html,
        message_id: message::id_of(id),
        dedupe_key: None,
        urgent: true,
        state: MailState::Sending,
        attempts: 1,
        next_attempt_at: None,
        lease_holder: None,
        last_reply: None,
        created_at: now.utc(),
        sent_at: None,
        matter_id: None,
    }
}

fn way(settings: &Settings, data: &Path) -> String {
    let protection = match settings.security {
        Security::StartTls => "starttls",
        Security::Tls => "tls",
        Security::Plain => "不加密",
    };
    match settings.transport {
        TransportKind::File => format!("文件夹 {}", data.join("mail").display()),
        TransportKind::Smtp => format!("{}:{}（{protection}）", settings.host, settings.port()),
    }
}

impl Trial {
    /// Whether it was taken.
    pub fn is_good(&self) -> bool {
        self.outcome.is_ok()
    }

    /// What happened, in plain lines.
    pub fn text(&self) -> String {
        let mut lines = match &self.outcome {
            Ok(reply) => vec!["测试邮件已经发出。".to_owned(), format!("回答：{reply}")],
            Err(failure) => vec![
                format!("测试邮件没有发出去，停在{}。", failure.phase.label()),
                format!("原因：{}", failure.said),
                format!("怎么办：{}", advice(failure)),
            ],
        };
        lines.push(format!("收件人：{}", self.to));
        lines.push(format!("发件人：{}", self.from));
        lines.push(format!("经由：{}", self.way));
        lines.push(format!("邮件编号：{}", self.message_id));
        lines.join("\n")
    }

    /// The same for programs: one object, `sent` is the verdict.
    pub fn json(&self) -> String {
        let failure = self.outcome.as_ref().err();
        json!({
            "sent": self.is_good(),
            "reply": self.outcome.as_ref().unwrap_or_else(|failure| &failure.said),
            "stopped": failure.map(|failure| failure.phase.label()),
            "advice": failure.map(advice),
            "to": self.to,
            "from": self.from,
            "way": self.way,
            "message_id": self.message_id,
        })
        .to_string()
    }
}

/// What an operator does about it.
fn advice(failure: &Failure) -> &'static str {
    match classify(failure.phase, failure.fault) {
        Outcome::Final => "邮件服务器不收这封邮件。请核对收件地址；地址没有错，请询问邮件服务器的管理员。",
        Outcome::Later => "邮件服务器暂时不收这封邮件。请过几分钟再试。",
        Outcome::Unknown => "连接断在最后一步，邮件可能已经送达。请先看收件箱，再决定是否重试。",
        Outcome::ChannelDown { lasting: true } => {
            "邮件服务器拒绝本系统。请核对 mail.user、mail.password、mail.from、mail.security 和证书，或者询问邮件服务器的管理员。"
        }
        Outcome::ChannelDown { lasting: false } => {
            "没有连上邮件服务器。请核对 mail.host、mail.port、mail.security、mail.ca_file，以及网络和防火墙。"
        }
    }
}
