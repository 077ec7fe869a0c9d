//! The command line: every task of an operator, in plain lines, non-zero on failure.

mod demo;
mod due;
mod open;
mod serve;
mod verdicts;

use super::backup::command::{self as backup, BackupArgs, RestoreArgs};
use super::config::Config;
use super::rotate::{self, RotateArgs};
use crate::audit::command::VerifyArgs;
use crate::calendar::command::DueArgs;
use crate::checks::command::CheckArgs;
use crate::mailroom::command::MailTestArgs;
use crate::matters::command::CaseNumberArgs;
use crate::people;
use crate::people::command::{CourtCommand, StaffCommand};
use crate::petitioners::command::DocumentNumberArgs;
use crate::time::{Clock, Moment};
use chrono::NaiveDateTime;
use clap::{Parser, Subcommand};
pub use open::Opened;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// 听讼：法院内部使用的涉诉信访办理系统
#[derive(Debug, Parser)]
#[command(name = "tingsong", version, about, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Clone, Debug, clap::Args)]
pub struct Common {
    /// 数据目录，默认是当前目录下的 data（demo 默认用临时目录）
    #[arg(long, global = true, env = "TINGSONG_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// 设置文件，默认是数据目录里的 tingsong.toml
    #[arg(long, global = true, env = "TINGSONG_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// 数据库地址，优先于设置文件
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// 以这个法院时间（UTC+8）为“现在”，之后照常走，例如 2026-11-23T09:00
    #[arg(long, global = true, value_name = "TIME", value_parser = court_time)]
    at: Option<NaiveDateTime>,
}

impl Common {
    /// The clock that the command runs by.
    pub fn clock(&self) -> Clock {
        self.at.map_or(Clock::Machine, |at| Clock::starting_at(Moment::from_court(at)))
    }

    /// The settings in force, with `options` from this command's own arguments.
    ///
    /// # Errors
    ///
    /// A Chinese sentence when they make no sense.
    pub fn settings(&self, options: &[(&str, String)]) -> Result<Config, String> {
        let mut options = options.to_vec();
        if let Some(url) = &self.database {
            options.push(("database", url.clone()));
        }
        Config::load(self.data(), self.config.as_deref(), std::env::vars(), &options)
    }

    /// The data folder.
    fn data(&self) -> &Path {
        self.data.as_deref().unwrap_or(Path::new("data"))
    }

    /// Whether somebody said which data folder is meant.
    fn names_data(&self) -> bool {
        self.data.is_some()
    }

    /// The same in another data folder.
    fn in_folder(&self, data: &Path) -> Self {
        Common { data: Some(data.to_owned()), ..self.clone() }
    }
}

fn court_time(text: &str) -> Result<NaiveDateTime, String> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .ok_or_else(|| "时间请写成 2026-11-23T09:00 的样子。".to_owned())
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 启动服务
    Serve(serve::ServeArgs),
    /// 建立一个虚构的演示法院并启动服务
    Demo(demo::DemoArgs),
    /// 建立或升级数据库表
    Migrate,
    /// 显示生效的设置及其来源（不显示密码）
    Config,
    /// 备份：数据库和附件，可以在使用中进行
    Backup(BackupArgs),
    /// 从备份恢复，须先停止服务
    Restore(RestoreArgs),
    /// 工作日历
    Calendar {
        #[command(subcommand)]
        command: Calendar,
    },
    /// 解读一个案号
    CaseNumber(CaseNumberArgs),
    /// 核对一个证件号码
    DocumentNumber(DocumentNumberArgs),
    /// 更换加密密钥，并把已加密的内容重新加密；须先停止服务
    RotateKey(RotateArgs),
    /// 自检：系统的承诺是否都守住了
    Check(CheckArgs),
    /// 邮件
    Mail {
        #[command(subcommand)]
        command: MailCommand,
    },
    /// 留痕
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// 人员与账号
    Staff {
        #[command(subcommand)]
        command: StaffCommand,
    },
    /// 法院
    Court {
        #[command(subcommand)]
        command: CourtCommand,
    },
}

#[derive(Debug, Subcommand)]
enum Calendar {
    /// 推算到期日并逐日说明
    Due(DueArgs),
}

#[derive(Debug, Subcommand)]
enum MailCommand {
    /// 按现在的设置发一封测试邮件，说明结果
    Test(MailTestArgs),
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// 逐条校验留痕，指出第一条有问题的记录
    Verify(VerifyArgs),
}

/// Runs what the command line asks for.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match dispatch(&arguments) {
        Ok(text) => {
            say(&text);
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            complain(&sentence);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &Arguments) -> Result<String, String> {
    let common = &arguments.common;
    match &arguments.command {
        Command::Serve(args) => serve::serve(common, args),
        Command::Demo(args) => demo::demo(common, args),
        Command::Migrate => open::migrate(common),
        Command::Backup(args) => backup::backup(common, args),
        Command::Restore(args) => backup::restore_from(common, args),
        Command::Config => common.settings(&[]).map(|config| config.describe()),
        Command::Calendar { command: Calendar::Due(args) } => due::due(common, args),
        Command::CaseNumber(args) => crate::matters::command::case_number(args, common.clock().now().today()),
        Command::DocumentNumber(args) => {
            crate::petitioners::command::document_number(args, common.clock().now().today())
        }
        Command::RotateKey(args) => rotate::rotate_key(common, args),
        Command::Check(args) => verdicts::check(common, args),
        Command::Mail { command: MailCommand::Test(args) } => verdicts::test_mail(common, args),
        Command::Audit { command: AuditCommand::Verify(args) } => verdicts::verify(common, args),
        Command::Staff { command } => {
            let opened = Opened::by(common, &[])?;
            people::command::staff(command, &opened.database, &opened.keys, opened.clock.now())
        }
        Command::Court { command } => {
            let opened = Opened::by(common, &[])?;
            people::command::court(command, &opened.database, &opened.keys, opened.clock.now())
        }
    }
}

/// Prints to standard output. A reader that has gone away is no failure.
pub fn say(text: &str) {
    if !text.is_empty() {
        drop(writeln!(std::io::stdout(), "{}", text.trim_end_matches('\n')));
    }
}

fn complain(text: &str) {
    drop(writeln!(std::io::stderr(), "{}", text.trim_end_matches('\n')));
}
