//! A mail as it goes over the wire: Chinese headers done right, a text and an HTML part, the same bytes every time.

use super::settings::Settings;
use super::types::{Mail, MailId};
use lettre::Message;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use std::error::Error;
use std::time::{Duration, SystemTime};

/// Tells other programs not to answer this mail by themselves (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Reads `地址` or `名称 <地址>`.
///
/// # Errors
///
/// When it is neither.
pub fn mailbox(text: &str) -> Result<Mailbox, lettre::address::AddressError> {
    text.trim().parse()
}

/// A new Message-ID for the mail with this id, with its angle brackets.
pub fn id_of(id: MailId) -> String {
    // ICANN keeps .internal for private use, so that this can be nobody else's.
    format!("<{id}.{:016x}@tingsong.internal>", rand::random::<u64>())
}

/// The message of `mail`. Its date is when it was written and its boundary comes from its id, so that every attempt
/// sends the same bytes.
///
/// # Errors
///
/// A sentence for the person who looks after the mail, when an address can't be one.
pub fn compose(mail: &Mail, settings: &Settings) -> Result<Message, String> {
    let from = mailbox(&settings.from)
        .map_err(|error| format!("发件人“{}”不是有效的邮件地址（{error}）。", settings.from))?;
    let to = mailbox(&mail.recipient)
        .map_err(|error| format!("收件地址“{}”无效（{error}），请在人员页面改正。", mail.recipient))?;
    let mut builder = Message::builder()
        .from(from)
        .to(to)
        .subject(one_line(&mail.subject))
        .date(written_at(mail))
        .message_id(Some(mail.message_id.clone()))
        .header(AutoSubmitted);
    if let Some(reply_to) = &settings.reply_to {
        let reply_to = mailbox(reply_to).map_err(|error| format!("回复地址“{reply_to}”无效（{error}）。"))?;
        builder = builder.reply_to(reply_to);
    }
    let parts = MultiPart::alternative()
        .boundary(format!("tingsong-{}", mail.id))
        .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(mail.text_body.clone()))
        .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(mail.html_body.clone()));
    builder.multipart(parts).map_err(|error| format!("邮件无法生成（{error}）。"))
}

/// A subject that came with a line break must not begin a header of its own.
fn one_line(subject: &str) -> String {
    subject.split(['\r', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn written_at(mail: &Mail) -> SystemTime {
    let seconds = mail.created_at.and_utc().timestamp();
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::mail::types::{MailKind, MailState};

    /// A mail as the outbox holds it.
    pub fn mail() -> Mail {
        let at = "2026-11-23T01:30:00".parse().unwrap();
        Mail {
            id: MailId(7),
            court_id: None,
            kind: MailKind::Notice,
            recipient_id: None,
            recipient: "王院长 <wang@court.example>".to_owned(),
            subject: "三级事项：张某某反映执行不力".to_owned(),
            text_body: "您好：\n\n一件信访事项升为三级。\n".to_owned(),
            html_body:
                "<!DOCTYPE html><html lang=\"zh-CN\"><body><p>一件信访事项升为三级。</p></body></html>"
                    .to_owned(),
            message_id: "<7.abc@tingsong.internal>".to_owned(),
            dedupe_key: None,
            urgent: false,
            state: MailState::Queued,
            attempts: 0,
            next_attempt_at: Some(at),
            lease_holder: None,
            last_reply: None,
            created_at: at,
            sent_at: None,
            matter_id: None,
        }
    }

    #[test]
    fn the_whole_message_is_as_a_mail_client_wants_it() {
        let settings = Settings {
            from: "听讼 <tingsong@court.example>".to_owned(),
            reply_to: Some("xinfang@court.example".to_owned()),
            ..Settings::default()
        };
        let bytes = compose(&mail(), &settings).unwrap().formatted();
        let text = String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
        let expected = "\
From: =?utf-8?b?5ZCs6K68?= <tingsong@court.example>
To: =?utf-8?b?546L6Zmi6ZW/?= <wang@court.example>
Subject: =?utf-8?b?5LiJ57qn5LqL6aG577ya5byg5p+Q5p+Q5Y+N5pig5omn6KGM5LiN?=
 =?utf-8?b?5Yqb?=
Date: Mon, 23 Nov 2026 01:30:00 +0000
Message-ID: <7.abc@tingsong.internal>
Auto-Submitted: auto-generated
Reply-To: xinfang@court.example
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=\"tingsong-7\"

--tingsong-7
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

5oKo5aW977yaDQoNCuS4gOS7tuS/oeiuv+S6i+mhueWNh+S4uuS4iee6p+OAgg0K
--tingsong-7
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PCFET0NUWVBFIGh0bWw+PGh0bWwgbGFuZz0iemgtQ04iPjxib2R5PjxwPuS4gOS7tuS/oeiuv+S6
i+mhueWNh+S4uuS4iee6p+OAgjwvcD48L2JvZHk+PC9odG1sPg==
--tingsong-7--
";
        assert_eq!(text, expected);
    }

    #[test]
    fn every_attempt_sends_the_same_bytes() {
        let settings = Settings::default();
        let once = compose(&mail(), &settings).unwrap().formatted();
        assert_eq!(once, compose(&mail(), &settings).unwrap().formatted());
    }

    #[test]
    fn a_subject_with_line_breaks_adds_no_header() {
        let sly = Mail { subject: "督办\r\nBcc: all@court.example\n".to_owned(), ..mail() };
        let message = compose(&sly, &Settings::default()).unwrap();
        assert!(message.headers().get_raw("Bcc").is_none());
        assert_eq!(message.headers().get_raw("Subject"), Some("督办 Bcc: all@court.example"));
    }

    #[test]
    fn a_recipient_without_an_address_is_said_to_be_so() {
        let wrong = Mail { recipient: "王院长".to_owned(), ..mail() };
        assert!(compose(&wrong, &Settings::default()).unwrap_err().contains("收件地址“王院长”无效"));
    }
}
