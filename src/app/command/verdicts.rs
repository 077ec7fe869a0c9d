//! Commands that give a verdict: what was found goes to standard output, and a bad verdict ends with 1.

use super::{Common, Opened, say};
use crate::audit::command::{self as trail, VerifyArgs};
use crate::checks::{self, Depth, command::CheckArgs};
use crate::mailroom::command::{self as mailroom, MailTestArgs};
use crate::people::Act;

/// Prints the verdict; what goes to standard error when it is bad is the one sentence that a log should keep.
fn give(text: &str, good: bool, bad: &str) -> Result<String, String> {
    say(text);
    if good { Ok(String::new()) } else { Err(bad.to_owned()) }
}

/// `tingsong check`.
///
/// # Errors
///
/// A Chinese sentence when something does not hold, or the data can't be read.
pub fn check(common: &Common, args: &CheckArgs) -> Result<String, String> {
    let opened = Opened::by(common, &[])?;
    let act = Act::system("命令行", opened.clock.now(), opened.keys.clone());
    let depth = if args.trail { Depth::WholeTrail } else { Depth::End };
    let anchor = opened.config.data.join("anchor");
    let report = opened
        .database
        .read(|conn| checks::run(conn, &act, &anchor, depth))
        .map_err(|problem| format!("自检没有做成：{problem}"))?;
    let text = if args.json { checks::command::json(&report) } else { checks::command::text(&report) };
    give(&text, report.is_clean(), "自检没有通过，请看上面列出的问题。")
}

/// `tingsong audit verify`.
///
/// # Errors
///
/// A Chinese sentence when the trail is not whole, or can't be read.
pub fn verify(common: &Common, args: &VerifyArgs) -> Result<String, String> {
    let opened = Opened::by(common, &[])?;
    let anchor = opened.config.data.join("anchor");
    let report = opened
        .database
        .read(|conn| trail::verify(conn, &opened.keys, &anchor, args.head.as_deref(), &mut |_| {}))
        .map_err(|problem| format!("校验没有做成：{problem}"))?;
    let text = if args.json { report.to_json().map_err(|e| e.to_string())? } else { report.to_string() };
    give(&text, report.is_good(), "留痕校验没有通过。")
}

/// `tingsong mail test`.
///
/// # Errors
///
/// A Chinese sentence when the mail was not taken, or the settings can't be used.
pub fn test_mail(common: &Common, args: &MailTestArgs) -> Result<String, String> {
    let config = common.settings(&[])?;
    let settings =
        config.mail().ok_or("设置项 mail.transport 是 none，本系统不发邮件。请改为 smtp 或 file 再试。")?;
    let trial = mailroom::test(&settings, &config.data, common.clock().now(), &args.address)?;
    let text = if args.json { trial.json() } else { trial.text() };
    give(&text, trial.is_good(), "测试邮件没有发出去，原因见上。")
}
