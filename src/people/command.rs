//! `tingsong staff …` and `tingsong court …`: what an operator does at the machine itself. The first line of what is
//! printed is what a script wants.

use super::act::Act;
use super::actions::{self, CourtDraft, NewStaff};
use super::passwords::OneTime;
use super::rules::AccountRefusal;
use super::store;
use super::types::{Court, CourtLevel, Post, Role, Staff, StaffFilter};
use crate::crypto::Keys;
use crate::db::{Conn, Database};
use crate::error::Problem;
use crate::text::{squeeze, tidy};
use crate::time::Moment;
use clap::{Args, Subcommand};
use std::str::FromStr;
use std::sync::Arc;

/// The most that `staff list` prints.
const MOST: i64 = 10_000;

/// 人员与账号
#[derive(Clone, Debug, Subcommand)]
pub enum StaffCommand {
    /// 新增人员，显示一次性密码
    Add(StaffAddArgs),
    /// 列出人员
    List(StaffListArgs),
    /// 重新发放一次性密码
    ResetPassword(UserArgs),
    /// 解锁账号
    Unlock(UserArgs),
    /// 停用人员
    Deactivate(UserArgs),
}

/// What `tingsong staff add` takes.
#[derive(Clone, Debug, Args)]
pub struct StaffAddArgs {
    /// 姓名
    #[arg(long)]
    pub name: String,
    /// 用户名：3 到 32 个小写字母、数字、点、横线或下划线
    #[arg(long)]
    pub user: String,
    /// 角色代码，可以写多次，例如 `petition_officer`
    #[arg(long = "role", value_parser = role)]
    pub roles: Vec<Role>,
    /// 庭室名称
    #[arg(long)]
    pub division: Option<String>,
    /// 职务，代码或名称，例如 judge 或 法官
    #[arg(long, default_value = "officer", value_parser = post)]
    pub post: Post,
    /// 同职务中的排名
    #[arg(long, default_value_t = 1)]
    pub rank: i64,
    /// 邮箱
    #[arg(long)]
    pub mail: Option<String>,
    /// 法院代码；只有一个法院时不用写
    #[arg(long, value_name = "CODE")]
    pub court: Option<String>,
    /// 以 JSON 输出
    #[arg(long)]
    pub json: bool,
}

/// What `tingsong staff list` takes.
#[derive(Clone, Debug, Args)]
pub struct StaffListArgs {
    /// 法院代码；只有一个法院时不用写
    #[arg(long, value_name = "CODE")]
    pub court: Option<String>,
    /// 连同已停用的
    #[arg(long)]
    pub all: bool,
    /// 以 JSON 输出
    #[arg(long)]
    pub json: bool,
}

/// A user name, for what is done to one account.
#[derive(Clone, Debug, Args)]
pub struct UserArgs {
    /// 用户名
    pub user: String,
    /// 以 JSON 输出
    #[arg(long)]
    pub json: bool,
}

/// 法院
#[derive(Clone, Debug, Subcommand)]
pub enum CourtCommand {
    /// 新增法院
    Add(CourtAddArgs),
    /// 列出法院
    List,
}

/// What `tingsong court add` takes.
#[derive(Clone, Debug, Args)]
pub struct CourtAddArgs {
    /// 案号里的法院代码，例如 豫0404
    #[arg(long)]
    pub code: String,
    /// 全称
    #[arg(long)]
    pub name: String,
    /// 信访编号里的简称，例如 石法
    #[arg(long)]
    pub short: String,
    /// 层级：basic、intermediate 或 high
    #[arg(long, default_value = "basic", value_parser = CourtLevel::from_str)]
    pub level: CourtLevel,
    /// 上级法院的代码
    #[arg(long, value_name = "CODE")]
    pub parent: Option<String>,
}

fn role(text: &str) -> Result<Role, String> {
    let codes = || Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>().join("、");
    Role::from_code(text).ok_or_else(|| format!("没有这个角色，请从这些里选：{}。", codes()))
}

fn post(text: &str) -> Result<Post, String> {
    let known = || Post::ALL.iter().map(|post| post.label()).collect::<Vec<_>>().join("、");
    Post::ALL
        .iter()
        .copied()
        .find(|post| post.code() == text || post.label() == text)
        .ok_or_else(|| format!("没有这个职务，请从这些里选：{}。", known()))
}

/// Runs `tingsong staff …` and returns what to print.
///
/// # Errors
///
/// A Chinese sentence.
pub fn staff(
    command: &StaffCommand,
    database: &Database,
    keys: &Arc<Keys>,
    now: Moment,
) -> Result<String, String> {
    let act = Act::system("命令行", now, keys.clone());
    match command {
        StaffCommand::Add(args) => add(args.clone(), database, act),
        StaffCommand::List(args) => database.read(|conn| list(args, conn)),
        StaffCommand::ResetPassword(args) => reset(args.clone(), database, act),
        StaffCommand::Unlock(args) => {
            let done = format!("{} 已解锁。", args.user);
            on_account(args, database, move |conn, staff| actions::unlock(conn, &act, staff.id))
                .map(|()| done)
        }
        StaffCommand::Deactivate(args) => {
            let done = format!("{} 已停用。", args.user);
            on_account(args, database, move |conn, staff| {
                actions::deactivate_staff(conn, &act, staff.id, staff.version)
            })
            .map(|()| done)
        }
    }
    .map_err(|problem| sentence(&problem))
}

/// Runs `tingsong court …` and returns what to print.
///
/// # Errors
///
/// A Chinese sentence.
pub fn court(
    command: &CourtCommand,
    database: &Database,
    keys: &Arc<Keys>,
    now: Moment,
) -> Result<String, String> {
    let act = Act::system("命令行", now, keys.clone());
    match command {
        CourtCommand::Add(args) => {
            let args = args.clone();
            database.write(move |conn| {
                let mut draft =
                    CourtDraft::new(&squeeze(&args.code), &tidy(&args.name), &tidy(&args.short), args.level);
                draft.parent_id = match &args.parent {
                    Some(code) => Some(court_of(conn, Some(code))?.id),
                    None => None,
                };
                actions::add_court(conn, &act, &draft)?;
                Ok(format!("{}\n已新增 {}。", draft.code, draft.name))
            })
        }
        CourtCommand::List => database.read(|conn| {
            let line = |court: &Court| format!("{}\t{}\t{}\n", court.code, court.name, court.level.label());
            Ok(store::courts(conn)?.iter().map(line).collect())
        }),
    }
    .map_err(|problem| sentence(&problem))
}

/// For the operator also what is ours: there is nobody else to ask.
fn sentence(problem: &Problem) -> String {
    match problem {
        Problem::Internal(cause) | Problem::Unavailable(cause) => format!("{problem}（{cause:#}）"),
        Problem::Refused(_)
        | Problem::NotFound
        | Problem::Forbidden
        | Problem::Stale
        | Problem::SignedOut
        | Problem::TooLarge(_) => problem.to_string(),
    }
}

/// The court with this code; without one, the only court there is.
fn court_of(conn: &mut Conn, code: Option<&str>) -> Result<Court, Problem> {
    let mut courts = store::courts(conn)?;
    match code {
        Some(code) => courts.into_iter().find(|court| court.code == code).ok_or_else(|| {
            Problem::refused(format!("没有代码为 {code} 的法院，请用 tingsong court list 查看。"))
        }),
        None if courts.len() > 1 => Err(Problem::refused("有多个法院，请用 --court 写明是哪一个。")),
        None => courts.pop().ok_or_else(|| {
            Problem::refused("还没有法院，请先用浏览器完成首次设置，或者执行 tingsong court add。")
        }),
    }
}

fn add(args: StaffAddArgs, database: &Database, act: Act) -> Result<String, Problem> {
    let password = OneTime::new()?;
    let (json, shown, user) = (args.json, password.shown.clone(), squeeze(&args.user).to_lowercase());
    let user_name = user.clone();
    let id = database.write(move |conn| {
        let court = court_of(conn, args.court.as_deref())?;
        let division_id = match &args.division {
            Some(name) => match store::division_named(conn, court.id, name)? {
                Some(division) => Some(division.id),
                None => return Err(Problem::refused(format!("{} 没有叫“{name}”的庭室。", court.name))),
            },
            None => None,
        };
        let new = NewStaff {
            court_id: court.id,
            division_id,
            name: tidy(&args.name),
            post: args.post,
            rank: args.rank,
            mail: args.mail.clone(),
            telephone: None,
            user_name,
            roles: args.roles.clone(),
            expires_on: None,
        };
        actions::add_staff(conn, &act, &new, &password)
    })?;
    Ok(if json {
        serde_json::json!({ "id": id.to_string(), "user": user, "password": shown }).to_string()
    } else {
        format!("{shown}\n用户名 {user} 的一次性密码如上，只显示这一次；第一次登录时须修改。")
    })
}

fn list(args: &StaffListArgs, conn: &mut Conn) -> Result<String, Problem> {
    let court = court_of(conn, args.court.as_deref())?;
    let filter = StaffFilter { active: (!args.all).then_some(true), ..StaffFilter::default() };
    let mut lines = Vec::new();
    for (staff, user) in store::staff_page(conn, court.id, &filter, None, MOST)? {
        let roles = store::roles_of(conn, staff.id)?;
        let user = user.unwrap_or_default();
        lines.push(if args.json {
            let codes: Vec<&str> = roles.iter().map(|role| role.code()).collect();
            serde_json::json!({
                "id": staff.id.to_string(), "user": user, "name": staff.name, "post": staff.post.code(),
                "roles": codes, "active": staff.active,
            })
            .to_string()
        } else {
            let labels: Vec<&str> = roles.iter().map(|role| role.label()).collect();
            let state = if staff.active { "在用" } else { "停用" };
            format!("{user}\t{}\t{}\t{}\t{state}", staff.name, staff.post.label(), labels.join("、"))
        });
    }
    Ok(lines.join("\n"))
}

fn reset(args: UserArgs, database: &Database, act: Act) -> Result<String, Problem> {
    let password = OneTime::new()?;
    let shown = password.shown.clone();
    on_account(&args, database, move |conn, staff| actions::reset_password(conn, &act, staff.id, &password))?;
    Ok(if args.json {
        serde_json::json!({ "user": args.user, "password": shown }).to_string()
    } else {
        format!("{shown}\n用户名 {} 的新一次性密码如上，只显示这一次；登录后须修改。", args.user)
    })
}

fn on_account(
    args: &UserArgs,
    database: &Database,
    work: impl FnOnce(&mut Conn, Staff) -> Result<(), Problem> + Send + 'static,
) -> Result<(), Problem> {
    let user = squeeze(&args.user).to_lowercase();
    database.write(move |conn| {
        let account = store::account_by_user(conn, &user)?.ok_or_else(|| {
            Problem::refused(format!("没有用户名为 {user} 的账号，请用 tingsong staff list --all 查看。"))
        })?;
        let staff = store::staff_of_any_court(conn, account.staff_id)?;
        if !staff.active {
            return Err(AccountRefusal::Inactive.into());
        }
        work(conn, staff)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_posts_are_read_by_their_words() {
        assert_eq!(role("petition_officer"), Ok(Role::PetitionOfficer));
        assert!(role("king").unwrap_err().contains("filing_clerk"));
        assert_eq!((post("judge"), post("法官")), (Ok(Post::Judge), Ok(Post::Judge)));
        assert!(post("king").unwrap_err().contains("书记员"));
    }
}
