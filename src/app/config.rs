//! Settings: `tingsong.toml`, overridden by `TINGSONG_…` variables, overridden by options of the command line.

use crate::mail;
use crate::web::Networks;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// One thing that can be set.
#[derive(Debug)]
pub struct Setting {
    /// As in the file; a dot is a table: `mail.host`.
    pub name: &'static str,
    /// `{data}` stands for the data folder.
    pub default: &'static str,
    /// Never printed.
    pub secret: bool,
    pub meaning: &'static str,
}

const fn plain(name: &'static str, default: &'static str, meaning: &'static str) -> Setting {
    Setting { name, default, secret: false, meaning }
}

const fn secret(name: &'static str, default: &'static str, meaning: &'static str) -> Setting {
    Setting { name, default, secret: true, meaning }
}

/// Every setting, in the order that `tingsong config` prints.
pub const SETTINGS: &[Setting] = &[
    secret("database", "sqlite:{data}/tingsong.db", "数据库地址：sqlite:文件 或 postgres://…"),
    plain("listen", "127.0.0.1:8080", "监听地址和端口"),
    plain("address", "", "同事们在浏览器里使用的地址，写进邮件里的链接；空着就用监听地址"),
    plain("workers", "2", "网页工作线程数"),
    plain("key_file", "{data}/key", "密钥文件（与数据库分开备份保管）"),
    plain("tls.certificate", "", "HTTPS 证书（PEM）；空着则用 HTTP"),
    plain("tls.key", "", "HTTPS 私钥（PEM）"),
    plain(
        "trusted_proxies",
        "",
        "可信的反向代理：地址或网段，用逗号分开；只有从它们来的请求才看 X-Forwarded-For",
    ),
    plain("session.idle_minutes", "30", "多少分钟不操作就要重新登录"),
    plain("session.absolute_hours", "12", "登录后最长多少小时要重新登录"),
    plain("password.valid_days", "90", "密码多少天后必须更换；0 为不限"),
    plain("upload.max_mb", "20", "单个附件的大小上限（MB）"),
    plain("mail.transport", "file", "file：写入数据目录的 mail 文件夹；smtp：发往邮件服务器；none：不发送"),
    plain("mail.from", "听讼 <tingsong@localhost>", "发件人"),
    plain("mail.host", "localhost", "邮件服务器"),
    plain("mail.reply_to", "", "回复地址；空着则回复到发件人"),
    plain("mail.port", "0", "邮件服务器端口；0 为按加密方式取 587、465 或 25"),
    plain("mail.security", "starttls", "starttls、tls 或 plain（只限本机）"),
    plain("mail.allow_plain", "false", "true：允许不加密地连到别的机器"),
    plain("mail.hello_name", "", "向邮件服务器报的本机名；空着则用机器名"),
    plain("mail.user", "", "邮件服务器用户名；空着则不认证"),
    secret("mail.password", "", "邮件服务器密码"),
    plain("mail.ca_file", "", "邮件服务器的自建 CA 证书（PEM）"),
    plain("mail.timeout_seconds", "30", "邮件服务器多少秒不应答算超时"),
    plain("log", "info", "日志级别：error、warn、info、debug"),
    plain("log_json", "false", "日志是否用 JSON"),
];

/// Where a setting's value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Default,
    File(PathBuf),
    Variable(String),
    CommandLine,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Source::Default => f.write_str("默认"),
            Source::File(path) => write!(f, "{}", path.display()),
            Source::Variable(name) => f.write_str(name),
            Source::CommandLine => f.write_str("命令行"),
        }
    }
}

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data folder.
    pub data: PathBuf,
    values: BTreeMap<&'static str, (String, Source)>,
}

impl Config {
    /// Reads the settings for the data folder `data`. `file` is the settings file, by default `tingsong.toml` there.
    /// `variables` are the process's; `options` are name and value from the command line.
    ///
    /// # Errors
    ///
    /// A Chinese sentence when the file can't be read, a name is unknown or a value makes no sense.
    pub fn load(
        data: &Path,
        file: Option<&Path>,
        variables: impl Iterator<Item = (String, String)>,
        options: &[(&str, String)],
    ) -> Result<Self, String> {
        let mut values: BTreeMap<&'static str, (String, Source)> = BTreeMap::new();
        for setting in SETTINGS {
            let value = setting.default.replace("{data}", &data.display().to_string());
            values.insert(setting.name, (value, Source::Default));
        }
        let mut config = Config { data: data.to_owned(), values };
        config.read_file(file)?;
        for (name, value) in variables {
            config.read_variable(&name, value)?;
        }
        for (name, value) in options {
            config.set(name, value.clone(), Source::CommandLine)?;
        }
        config.check()?;
        Ok(config)
    }

    fn read_file(&mut self, file: Option<&Path>) -> Result<(), String> {
        let path = file.map_or_else(|| self.data.join("tingsong.toml"), Path::to_owned);
        if file.is_none() && !path.exists() {
            return Ok(());
        }
        let shown = path.display();
        let text = std::fs::read_to_string(&path).map_err(|e| format!("读不了设置文件 {shown}：{e}"))?;
        let table: toml::Table = text.parse().map_err(|e| format!("设置文件 {shown} 的格式不对：{e}"))?;
        for (name, value) in &table {
            if let toml::Value::Table(inner) = value {
                for (key, value) in inner {
                    self.set(&format!("{name}.{key}"), text_of(value), Source::File(path.clone()))?;
                }
            } else {
                self.set(name, text_of(value), Source::File(path.clone()))?;
            }
        }
        Ok(())
    }

    /// `TINGSONG_MAIL_HOST` is `mail.host`. `TINGSONG_DATA` and the tests' variables are not settings.
    fn read_variable(&mut self, name: &str, value: String) -> Result<(), String> {
        let Some(rest) = name.strip_prefix("TINGSONG_") else { return Ok(()) };
        if rest == "DATA" || rest == "CONFIG" || rest.starts_with("TEST_") {
            return Ok(());
        }
        let known = SETTINGS.iter().find(|s| s.name.replace('.', "_").to_uppercase() == rest);
        let setting = known.ok_or_else(|| format!("没有环境变量 {name} 这项设置，请检查拼写。"))?;
        self.set(setting.name, value, Source::Variable(name.to_owned()))
    }

    fn set(&mut self, name: &str, value: String, source: Source) -> Result<(), String> {
        let known = SETTINGS.iter().find(|s| s.name == name);
        let setting = known.ok_or_else(|| format!("没有“{name}”这项设置（来自{source}），请检查拼写。"))?;
        self.values.insert(setting.name, (value, source));
        Ok(())
    }

    fn check(&self) -> Result<(), String> {
        for name in [
            "workers",
            "session.idle_minutes",
            "session.absolute_hours",
            "password.valid_days",
            "upload.max_mb",
            "mail.port",
            "mail.timeout_seconds",
        ] {
            let value = self.text(name);
            if value.parse::<u32>().is_err() {
                return Err(format!("设置“{name}”应当是整数，现在是“{value}”。"));
            }
        }
        for (name, allowed) in [
            ("mail.transport", &["file", "smtp", "none"][..]),
            ("mail.security", &["starttls", "tls", "plain"]),
            ("mail.allow_plain", &["true", "false"]),
        ] {
            let value = self.text(name);
            if !allowed.contains(&value) {
                return Err(format!("设置“{name}”只能是 {}，现在是“{value}”。", allowed.join("、")));
            }
        }
        Networks::read(self.text("trusted_proxies")).map_err(|entry| {
            format!("设置“trusted_proxies”里的“{entry}”不是地址也不是网段，请写成 10.1.2.3 或 10.1.0.0/16 的样子。")
        })?;
        if let Some(mail) = self.mail() {
            mail.check()?;
        }
        crate::db::Connector::to(self.text("database")).map(|_| ())
    }

    /// How mail leaves the house; `None` when it doesn't.
    pub fn mail(&self) -> Option<mail::Settings> {
        let text = |name: &str| Some(self.text(name).to_owned()).filter(|text| !text.is_empty());
        let transport = match self.text("mail.transport") {
            "none" => return None,
            "smtp" => mail::TransportKind::Smtp,
            _ => mail::TransportKind::File,
        };
        let security = match self.text("mail.security") {
            "tls" => mail::Security::Tls,
            "plain" => mail::Security::Plain,
            _ => mail::Security::StartTls,
        };
        Some(mail::Settings {
            transport,
            from: self.text("mail.from").to_owned(),
            reply_to: text("mail.reply_to"),
            host: self.text("mail.host").to_owned(),
            port: u16::try_from(self.number("mail.port")).ok().filter(|port| *port != 0),
            security,
            allow_plain: self.text("mail.allow_plain") == "true",
            username: text("mail.user"),
            password: text("mail.password").map(Into::into),
            ca_file: self.path("mail.ca_file"),
            hello_name: text("mail.hello_name"),
            timeout_seconds: self.number("mail.timeout_seconds").into(),
        })
    }

    /// The reverse proxies whose word is taken for whom they were asked by; [`Config::load`] has checked them.
    pub fn trusted_proxies(&self) -> Networks {
        Networks::read(self.text("trusted_proxies")).unwrap_or_default()
    }

    /// A setting's value. Empty for a name that isn't a setting.
    pub fn text(&self, name: &str) -> &str {
        self.values.get(name).map_or("", |(value, _)| value)
    }

    /// A whole number; [`Config::load`] has checked that it is one.
    pub fn number(&self, name: &str) -> u32 {
        self.text(name).parse().unwrap_or(0)
    }

    /// A path, or `None` when empty.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(PathBuf::from)
    }

    /// Whether pages are served over HTTPS, so that cookies can be marked `Secure`.
    pub fn has_tls(&self) -> bool {
        !self.text("tls.certificate").is_empty()
    }

    /// What is in force and from where, secrets hidden, a line each.
    pub fn describe(&self) -> String {
        let mut text = String::new();
        for setting in SETTINGS {
            let Some((value, source)) = self.values.get(setting.name) else { continue };
            let shown = if setting.secret { hide(value) } else { value.clone() };
            // Writing to a string can't fail.
            let _ = writeln!(text, "{} = {shown:?}  # {source}；{}", setting.name, setting.meaning);
        }
        text
    }
}

/// A secret as it may be printed: nothing of a password; of a database's URL all but its password.
fn hide(value: &str) -> String {
    if value.is_empty() || value.starts_with("sqlite:") {
        return value.to_owned();
    }
    match (value.split_once("://"), value.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => format!("{scheme}://（已隐藏）@{place}"),
        _ => "（已隐藏）".to_owned(),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "whatever is no text is taken as it is written")]
fn text_of(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(entries) => entries.iter().map(text_of).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, variables: &[(&str, &str)], options: &[(&str, String)]) -> Result<Config, String> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("tingsong.toml"), file).unwrap();
        let variables = variables.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        Config::load(dir.path(), None, variables, options)
    }

    #[test]
    fn options_beat_variables_beat_the_file_beats_defaults() {
        let file = "listen = \"0.0.0.0:1\"\n[mail]\nhost = \"a\"\nport = 587\nuser = \"u\"";
        let config = load(
            file,
            &[
                ("TINGSONG_MAIL_HOST", "b"),
                ("TINGSONG_MAIL_USER", "v"),
                ("PATH", "x"),
                ("TINGSONG_DATA", "/d"),
            ],
            &[("mail.host", "c".to_owned())],
        )
        .unwrap();
        assert_eq!(config.text("listen"), "0.0.0.0:1");
        assert_eq!(config.text("mail.host"), "c");
        assert_eq!(config.text("mail.user"), "v");
        assert_eq!(config.number("mail.port"), 587);
        assert_eq!(config.number("workers"), 2);
        assert!(config.text("database").ends_with("/tingsong.db"));
        let listed = load("trusted_proxies = [\"10.0.0.1\", \"fd00::/8\"]", &[], &[]).unwrap();
        assert_eq!(listed.trusted_proxies(), Networks::read("10.0.0.1,fd00::/8").unwrap());
    }

    #[test]
    fn unknown_names_and_senseless_values_are_refused() {
        assert!(load("listne = \"x\"", &[], &[]).is_err());
        assert!(load("", &[("TINGSONG_MIAL_HOST", "x")], &[]).is_err());
        assert!(load("workers = \"many\"", &[], &[]).is_err());
        assert!(load("database = \"postgress:x\"", &[], &[]).is_err());
        assert!(load("[mail]\ntransport = \"pigeon\"", &[], &[]).is_err());
        assert!(load("trusted_proxies = \"proxy.court\"", &[], &[]).unwrap_err().contains("proxy.court"));
    }

    #[test]
    fn secrets_are_not_described() {
        let file = "database = \"postgres://court:geheim@db/tingsong\"\n[mail]\npassword = \"geheim\"";
        let text = load(file, &[], &[]).unwrap().describe();
        assert!(!text.contains("geheim"), "{text}");
        assert!(text.contains("@db/tingsong") && text.contains("tingsong.toml"), "{text}");
    }
}
