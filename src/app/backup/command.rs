//! `tingsong backup` and `tingsong restore`.

use super::{BrokenPromises, Site, make, restore};
use crate::app::command::{Common, Opened};
use crate::checks;
use crate::crypto::Keys;
use crate::people::Act;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What `tingsong backup` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct BackupArgs {
    /// 存放备份的新文件夹（还不存在）
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

/// What `tingsong restore` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct RestoreArgs {
    /// 备份文件夹
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// 备份没有通过自检时照样恢复，没有通过的项目记入留痕（文件损坏、密钥不符、留痕被改动的备份仍然不能恢复）
    #[arg(long)]
    despite_checks: bool,
}

/// Makes a copy while people work.
///
/// # Errors
///
/// A Chinese sentence saying what went wrong.
pub fn backup(common: &Common, args: &BackupArgs) -> Result<String, String> {
    let opened = Opened::by(common, &[])?;
    let now = opened.clock.now();
    let act = Act::system("命令行", now, opened.keys.clone());
    let url = opened.config.text("database");
    let site = Site { data: &opened.config.data, url, keys: &opened.keys, now };
    let manifest = make(&site, &opened.database, &act, &args.to).map_err(|problem| told("备份", &problem))?;
    let rows: i64 = manifest.rows.values().sum();
    Ok(format!(
        "备份完成：{}\n数据 {rows} 行，文件 {} 个，留痕 {} 条。\n备份里没有密钥文件，请把 {} 另外妥善保管：没有它，备份无法恢复。",
        args.to.display(),
        manifest.files.len(),
        manifest.trail_lines,
        opened.config.text("key_file"),
    ))
}

/// Puts a copy in the place of the court's data. The key file must be there; the server must be stopped.
///
/// # Errors
///
/// A Chinese sentence saying what went wrong; nothing has changed then.
pub fn restore_from(common: &Common, args: &RestoreArgs) -> Result<String, String> {
    let config = common.settings(&[])?;
    crate::db::quiet_sqlite();
    let keys = Arc::new(Keys::load(Path::new(config.text("key_file"))).map_err(|error| error.to_string())?);
    let now = common.clock().now();
    let act = Act::system("命令行", now, keys.clone());
    let site = Site { data: &config.data, url: config.text("database"), keys: &keys, now };
    let broken = if args.despite_checks { BrokenPromises::Accepted } else { BrokenPromises::Refused };
    let restored = restore(&site, &act, &args.from, broken).map_err(|problem| told("恢复", &problem))?;
    let mut said = format!(
        "恢复完成：已换成 {} 的备份，清单、密钥、留痕、附件和自检都已核对。",
        restored.manifest.made_at
    );
    if !restored.broken.is_empty() {
        said.push_str("\n以下项目不符合，请在启动服务后处理：");
    }
    for finding in &restored.broken {
        said.push_str(&format!("\n{}", checks::command::lines(finding)));
    }
    for kept in &restored.kept {
        said.push_str(&format!("\n原来的数据保留在：{kept}"));
    }
    Ok(said)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other problems are sentences already")]
fn told(what: &str, problem: &crate::error::Problem) -> String {
    match problem {
        crate::error::Problem::Internal(error) | crate::error::Problem::Unavailable(error) => {
            format!("{what}没有完成：{error:#}")
        }
        other => format!("{what}没有完成：{other}"),
    }
}
