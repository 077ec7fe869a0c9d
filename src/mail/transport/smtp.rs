//! A conversation with the court's mail server over one kept connection.
//!
//! lettre's `SmtpTransport` says whether an error is permanent, but not at which command it came, and "550" to the
//! recipient (this mail is refused) and "550" to the greeting (we are refused) must not come to the same. So its
//! `SmtpConnection` is driven here command by command; parsing, TLS and AUTH stay lettre's. The content and its final
//! dot go out in one write: in two, the second waits 40 ms for an acknowledgement that the peer is delaying.

use super::Failure;
use crate::mail::rules::{Fault, Phase};
use crate::mail::settings::{Security, Settings};
use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, CertificateStore, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use secrecy::ExposeSecret;
use std::fmt::{self, Display};
use std::io::ErrorKind;
use std::time::Duration;

/// So many mails go over one connection; some servers allow no more.
const MAILS_A_CONNECTION: u32 = 100;

/// The longest reply that is kept, in characters.
const REPLY_CHARS: usize = 500;

/// The server, how to reach it, and the connection to it while there is one.
pub struct Smtp {
    host: String,
    port: u16,
    security: Security,
    tls: Option<TlsParameters>,
    hello: ClientId,
    credentials: Option<Credentials>,
    timeout: Duration,
    kept: Option<Kept>,
}

struct Kept {
    conn: SmtpConnection,
    mails: u32,
}

impl Smtp {
    /// Reads the files that the settings name; connects to nothing yet.
    ///
    /// # Errors
    ///
    /// A sentence for the operator about the file that can't be read.
    pub fn new(settings: &Settings) -> Result<Self, String> {
        let tls = match settings.security {
            Security::Plain => None,
            Security::StartTls | Security::Tls => Some(tls(settings)?),
        };
        Ok(Smtp {
            host: settings.host.clone(),
            port: settings.port(),
            security: settings.security,
            tls,
            hello: settings.hello_name.clone().map_or_else(ClientId::default, ClientId::Domain),
            credentials: credentials(settings),
            timeout: Duration::from_secs(settings.timeout_seconds),
            kept: None,
        })
    }

    /// Offers one message. A connection is kept for the next one unless this attempt left it in doubt.
    pub fn send(&mut self, message: &Message) -> Result<String, Failure> {
        let content = Content::of(message);
        let mut kept = self.begin(message, content.is_ascii())?;
        let outcome = self.offer(&mut kept.conn, message, &content);
        match &outcome {
            Ok(_) => self.keep(kept),
            // The server answered, so the next command is still heard; a lost connection is let go of.
            Err(Failure { fault: Fault::Code(code), .. }) if *code != 421 => self.keep(kept),
            Err(_) => kept.conn.abort(),
        }
        outcome
    }

    /// Says goodbye, if there is anybody to say it to.
    pub fn hang_up(&mut self) {
        if let Some(mut kept) = self.kept.take() {
            // What the server answers to a goodbye changes nothing.
            drop(kept.conn.quit());
        }
    }

    fn keep(&mut self, mut kept: Kept) {
        kept.mails += 1;
        if kept.mails < MAILS_A_CONNECTION {
            self.kept = Some(kept);
        } else {
            drop(kept.conn.quit());
        }
    }

    /// A connection on which the sender has been accepted. A kept one that no longer answers (the server has closed
    /// it meanwhile) is silently replaced; only what a new one says counts.
    fn begin(&mut self, message: &Message, ascii: bool) -> Result<Kept, Failure> {
        if let Some(mut kept) = self.kept.take() {
            if kept.conn.command(Rset).is_ok() && mail_from(&mut kept.conn, message, ascii).is_ok() {
                return Ok(kept);
            }
            kept.conn.abort();
        }
        let mut conn = self.connect()?;
        match mail_from(&mut conn, message, ascii) {
            Ok(_) => Ok(Kept { conn, mails: 0 }),
            Err(error) => {
                conn.abort();
                Err(failure(Phase::From, &error))
            }
        }
    }

    fn connect(&self) -> Result<SmtpConnection, Failure> {
        let wrapped = if self.security == Security::Tls { self.tls.as_ref() } else { None };
        let server = (self.host.as_str(), self.port);
        let mut conn = SmtpConnection::connect(server, Some(self.timeout), &self.hello, wrapped, None)
            .map_err(|error| failure(Phase::Connect, &error))?;
        if let (Security::StartTls, Some(tls)) = (self.security, &self.tls) {
            conn.starttls(tls, &self.hello).map_err(|error| failure(Phase::StartTls, &error))?;
        }
        if let Some(credentials) = &self.credentials {
            let known = [Mechanism::Plain, Mechanism::Login];
            conn.auth(&known, credentials).map_err(|error| {
                conn.abort();
                failure(Phase::Auth, &error)
            })?;
        }
        Ok(conn)
    }

    fn offer(
        &self,
        conn: &mut SmtpConnection,
        message: &Message,
        content: &Content,
    ) -> Result<String, Failure> {
        for to in message.envelope().to() {
            conn.command(Rcpt::new(to.clone(), Vec::new())).map_err(|e| failure(Phase::Recipient, &e))?;
        }
        conn.command(Data).map_err(|e| failure(Phase::Data, &e))?;
        // A server may scan the content before it answers (RFC 5321, 4.5.3.2.6); an answer missed here is a mail whose
        // fate is unknown.
        let lost = |said: String| Failure { phase: Phase::Content, fault: Fault::Lost, said };
        conn.set_timeout(Some(self.timeout * 5)).map_err(|e| lost(e.to_string()))?;
        let response = conn.command(content).map_err(|e| failure(Phase::Content, &e))?;
        conn.set_timeout(Some(self.timeout)).map_err(|e| lost(e.to_string()))?;
        Ok(reply(&response))
    }
}

fn mail_from(conn: &mut SmtpConnection, message: &Message, ascii: bool) -> Result<Response, Error> {
    let mut options = Vec::new();
    if !ascii && conn.server_info().supports_feature(Extension::EightBitMime) {
        options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    conn.command(Mail::new(message.envelope().from().cloned(), options))
}

/// The content as it goes over the wire: lines that begin with a dot get a second one, and a dot alone ends it.
struct Content(String);

impl Content {
    fn of(message: &Message) -> Self {
        let bytes = message.formatted();
        let text = String::from_utf8_lossy(&bytes);
        let mut wire = String::with_capacity(text.len() + 5);
        for line in text.trim_end_matches("\r\n").split("\r\n") {
            if line.starts_with('.') {
                wire.push('.');
            }
            wire.push_str(line);
            wire.push_str("\r\n");
        }
        wire.push_str(".\r\n");
        Content(wire)
    }

    fn is_ascii(&self) -> bool {
        self.0.is_ascii()
    }
}

impl Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn tls(settings: &Settings) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.ca_file {
        let pem = std::fs::read(path).map_err(|error| {
            format!("读不到证书文件 {}（{error}），请检查 mail.ca_file。", path.display())
        })?;
        let certificate = Certificate::from_pem(&pem)
            .map_err(|error| format!("证书文件 {} 的内容无效（{error}）。", path.display()))?;
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(certificate);
    }
    builder.build().map_err(|error| format!("加密连接的设置有误（{error}），请检查 mail.ca_file。"))
}

fn credentials(settings: &Settings) -> Option<Credentials> {
    let (username, password) = (settings.username.as_ref()?, settings.password.as_ref()?);
    Some(Credentials::new(username.clone(), password.expose_secret().to_owned()))
}

fn failure(phase: Phase, error: &Error) -> Failure {
    let fault = match error.status() {
        Some(code) => Fault::Code(code.into()),
        None if error.is_client() => Fault::Ours,
        None => Fault::Lost,
    };
    let said = match fault {
        Fault::Code(code) => format!("{code} {}", detail(error)),
        Fault::Lost | Fault::Ours => detail(error),
    };
    Failure { phase, fault, said: short(&said) }
}

/// What the server said, or what happened to the connection: the innermost words of the error, and for the commonest
/// of them what they mean.
fn detail(error: &Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let words = innermost.to_string();
    let kind = innermost.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    let meaning = match kind {
        Some(ErrorKind::WouldBlock | ErrorKind::TimedOut) => "邮件服务器没有在规定时间内回应",
        Some(ErrorKind::ConnectionRefused) => "邮件服务器没有开启，或者端口不对",
        Some(ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof) => {
            "邮件服务器中断了连接"
        }
        _ if words == "incomplete response" => "邮件服务器中断了连接",
        _ => return words,
    };
    format!("{meaning}（{words}）")
}

fn reply(response: &Response) -> String {
    let words: Vec<&str> = response.message().collect();
    short(&format!("{} {}", response.code(), words.join(" ")))
}

fn short(said: &str) -> String {
    let line: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).take(REPLY_CHARS).collect();
    line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::message::{compose, tests::mail};

    #[test]
    fn the_content_ends_with_one_dot_and_hides_others() {
        let message = compose(&mail(), &Settings::default()).unwrap();
        let wire = Content::of(&message).to_string();
        assert!(wire.ends_with("\r\n.\r\n") && wire.matches("\r\n.\r\n").count() == 1);
        let body = "第一行\r\n.\r\n..两点\r\n".to_owned();
        let plain = Message::builder()
            .from("a@b.example".parse().unwrap())
            .to("c@b.example".parse().unwrap())
            .header(lettre::message::header::ContentTransferEncoding::EightBit)
            .body(body)
            .unwrap();
        let wire = Content::of(&plain).to_string();
        assert!(wire.ends_with("第一行\r\n..\r\n...两点\r\n.\r\n"), "{wire}");
    }

    #[test]
    fn a_reply_is_kept_as_one_short_line() {
        assert_eq!(short("550 5.1.1\r\nno such user\t"), "550 5.1.1  no such user");
        assert_eq!(short(&"长".repeat(900)).chars().count(), REPLY_CHARS);
    }
}
