//! How mail leaves the house, as the operator sets it.

use secrecy::SecretString;
use std::net::IpAddr;
use std::path::PathBuf;

/// Where mails go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransportKind {
    /// Into `DIR/mail` as `.eml` files: for trying out, and until a server is set.
    #[default]
    File,
    Smtp,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Security {
    /// Plain at first, then TLS by `STARTTLS`, or not at all.
    #[default]
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// No protection: only to this machine itself, unless `allow_plain` is set.
    Plain,
}

/// The settings whose names begin with `mail.`.
#[derive(Clone, Debug)]
pub struct Settings {
    pub transport: TransportKind,
    /// The sender: an address, or `名称 <地址>`.
    pub from: String,
    pub reply_to: Option<String>,
    pub host: String,
    /// 587 for `starttls`, 465 for `tls`, 25 for `plain` when not set.
    pub port: Option<u16>,
    pub security: Security,
    /// Lets `plain` go to another machine.
    pub allow_plain: bool,
    pub username: Option<String>,
    pub password: Option<SecretString>,
    /// PEM certificates to trust for the mail server, in place of the public ones.
    pub ca_file: Option<PathBuf>,
    /// What we call ourselves in EHLO; the machine's own name when not set.
    pub hello_name: Option<String>,
    /// How long to wait for each answer; five times that for the answer to the content.
    pub timeout_seconds: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            transport: TransportKind::File,
            from: "听讼 <tingsong@localhost>".to_owned(),
            reply_to: None,
            host: String::new(),
            port: None,
            security: Security::StartTls,
            allow_plain: false,
            username: None,
            password: None,
            ca_file: None,
            hello_name: None,
            timeout_seconds: 30,
        }
    }
}

impl Settings {
    /// The port that is set, or the usual one for this protection.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            Security::StartTls => 587,
            Security::Tls => 465,
            Security::Plain => 25,
        })
    }

    /// What is wrong with these settings, if anything, as a sentence for the operator.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), String> {
        super::message::mailbox(&self.from)
            .map_err(|_error| format!("发件人“{}”不是有效的邮件地址，请检查设置项 mail.from。", self.from))?;
        if let Some(reply_to) = &self.reply_to {
            super::message::mailbox(reply_to).map_err(|_error| {
                format!("回复地址“{reply_to}”不是有效的邮件地址，请检查设置项 mail.reply_to。")
            })?;
        }
        if self.transport == TransportKind::File {
            return Ok(());
        }
        if self.host.trim().is_empty() {
            return Err("没有设置邮件服务器，请填写设置项 mail.host。".to_owned());
        }
        if self.security == Security::Plain && !self.allow_plain && !is_this_machine(&self.host) {
            return Err("不加密的连接只允许连到本机。请把 mail.security 改为 starttls 或 tls；\
                        确需明文发送的，另设 mail.allow_plain = true。"
                .to_owned());
        }
        if self.username.is_some() != self.password.is_some() {
            return Err("mail.user 与 mail.password 要么都设置，要么都不设置，请检查设置。".to_owned());
        }
        if self.timeout_seconds == 0 {
            return Err("设置项 mail.timeout_seconds 必须大于 0。".to_owned());
        }
        Ok(())
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smtp(host: &str, security: Security) -> Settings {
        Settings { transport: TransportKind::Smtp, host: host.to_owned(), security, ..Settings::default() }
    }

    #[test]
    fn mail_is_sent_in_the_clear_only_to_this_machine_unless_asked_for() {
        for host in ["localhost", "127.0.0.1", "::1"] {
            assert_eq!(smtp(host, Security::Plain).check(), Ok(()));
        }
        assert!(
            smtp("mail.court.example", Security::Plain).check().unwrap_err().contains("mail.allow_plain")
        );
        let asked = Settings { allow_plain: true, ..smtp("mail.court.example", Security::Plain) };
        assert_eq!(asked.check(), Ok(()));
        assert_eq!(smtp("mail.court.example", Security::StartTls).check(), Ok(()));
    }

    #[test]
    fn each_wrong_setting_is_named() {
        let named = |settings: Settings, name: &str| {
            let said = settings.check().unwrap_err();
            assert!(said.contains(name), "{said}");
        };
        named(Settings { from: "听讼".to_owned(), ..Settings::default() }, "mail.from");
        named(Settings { reply_to: Some("x".to_owned()), ..Settings::default() }, "mail.reply_to");
        named(smtp(" ", Security::Tls), "mail.host");
        named(Settings { username: Some("a".to_owned()), ..smtp("m", Security::Tls) }, "mail.password");
        named(Settings { timeout_seconds: 0, ..smtp("m", Security::Tls) }, "mail.timeout_seconds");
        assert_eq!(Settings::default().check(), Ok(()));
    }

    #[test]
    fn each_protection_has_its_usual_port() {
        assert_eq!(smtp("m", Security::StartTls).port(), 587);
        assert_eq!(smtp("m", Security::Tls).port(), 465);
        assert_eq!(smtp("m", Security::Plain).port(), 25);
        assert_eq!(Settings { port: Some(2525), ..smtp("m", Security::Tls) }.port(), 2525);
    }
}
