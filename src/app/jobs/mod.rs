//! What runs without anyone pressing a button (定时任务), in what order. One list; a job is added there and nowhere else.
//!
//! A run is claimed by a row for its job and period, so that several instances, or a start in the middle of the day, run
//! it once. A run that was missed because the machine was off is made up once, not once for every missed period. A job
//! that fails is rolled back, noted and tried twice more at ten-minute intervals; the others still run.

mod pages;
mod routes;
mod runner;
mod schedule;
mod store;
mod urls;

pub use routes::routes;
pub use runner::{Overview, Ran, Runner, ask, overview};
pub use schedule::{Period, Schedule};
pub use store::{Outcome, Run};

use crate::audit::{self, Subject};
use crate::call_backs;
use crate::checks;
use crate::db::Conn;
use crate::error::Problem;
use crate::escalation;
use crate::files;
use crate::instructions;
use crate::intake::{self, imports};
use crate::people::{Act, sessions};
use crate::referrals;
use crate::supervision;
use crate::sweeps;
use chrono::TimeDelta;
use std::collections::BTreeSet;
use std::path::Path;

/// One thing that runs by itself.
#[derive(Clone, Copy)]
pub struct Job {
    /// The word in the database. Never change one: old rows hold it.
    pub name: &'static str,
    /// What pages call it.
    pub label: &'static str,
    pub schedule: Schedule,
    pub work: Work,
}

/// What a job does. It returns a sentence about what it did, for the page.
#[derive(Clone, Copy)]
pub enum Work {
    /// Changes something: one write transaction, which also marks the run as done.
    Write(fn(&mut Conn, &Act) -> Result<String, Problem>),
    /// Only looks, however long: one read transaction, so that nobody's writing waits for it.
    Look(fn(&mut Conn, &Act) -> Result<String, Problem>),
    /// Looks as [`Work::Look`] does, also into the data folder, and then changes something by what it saw: the returned
    /// step is the write transaction.
    LookThenWrite(fn(&mut Conn, &Act, &Path) -> Result<Then, Problem>),
}

/// What a job does after it has looked. It returns the sentence for the page.
pub type Then = Box<dyn FnOnce(&mut Conn, &Act) -> Result<String, Problem> + Send>;

/// Later jobs see what earlier ones did.
pub const JOBS: &[Job] = &[
    Job {
        name: "forget_sessions",
        label: "清理过期的登录记录",
        schedule: Schedule::Daily { hour: 3, minute: 0 },
        work: Work::Write(forget_sessions),
    },
    Job {
        name: "forget_runs",
        label: "清理过期的运行记录",
        schedule: Schedule::Daily { hour: 3, minute: 10 },
        work: Work::Write(forget_runs),
    },
    Job {
        name: "forget_reports",
        label: "清理过期的导入报告",
        schedule: Schedule::Daily { hour: 3, minute: 15 },
        work: Work::Write(forget_reports),
    },
    Job {
        name: "supervision",
        label: "督办逾期加重",
        schedule: Schedule::Daily { hour: 20, minute: 0 },
        work: Work::Write(supervision::harden),
    },
    Job {
        name: "sweep_drafts",
        label: "清理过期的草稿",
        schedule: Schedule::Daily { hour: 3, minute: 20 },
        work: Work::Write(sweep_drafts),
    },
    Job {
        name: "sweep_files",
        label: "清理无主的附件内容",
        schedule: Schedule::Daily { hour: 3, minute: 25 },
        work: Work::LookThenWrite(sweep_files),
    },
    Job {
        name: "instructions",
        label: "批示逾期提醒",
        schedule: Schedule::Daily { hour: 7, minute: 0 },
        work: Work::Write(instructions::remind),
    },
    Job {
        name: "check",
        label: "自检",
        schedule: Schedule::Daily { hour: 3, minute: 30 },
        work: Work::LookThenWrite(check),
    },
    Job {
        name: "call_backs",
        label: "抽取回访事项",
        schedule: Schedule::Monthly { day: 1, hour: 4, minute: 0 },
        work: Work::Write(call_backs::jobs::draw),
    },
    Job {
        name: "sweeps",
        label: "打开本月排查表",
        schedule: Schedule::Monthly { day: 1, hour: 0, minute: 30 },
        work: Work::Write(sweeps::jobs::open),
    },
    Job {
        name: "sweeps_chase",
        label: "排查到期提醒",
        schedule: Schedule::Daily { hour: 8, minute: 0 },
        work: Work::Write(sweeps::jobs::chase),
    },
    Job {
        name: "tiers",
        label: "级别期限届满升级",
        schedule: Schedule::Hourly { minute: 10 },
        work: Work::Write(escalation::jobs::run_over),
    },
    Job {
        name: "tiers_late",
        label: "办理超期升级",
        schedule: Schedule::Daily { hour: 20, minute: 30 },
        work: Work::Write(escalation::jobs::late),
    },
    Job {
        name: "tier_measures",
        label: "化解措施逾期提醒",
        schedule: Schedule::Daily { hour: 7, minute: 5 },
        work: Work::Write(escalation::jobs::remind),
    },
    Job {
        name: "silent_referrals",
        label: "转办逾期提醒",
        schedule: Schedule::Hourly { minute: 5 },
        work: Work::Write(referrals::jobs::tell_of_silence),
    },
];

/// How many days a session that is no longer used is kept; the trail tells of it for ever.
const SESSION_DAYS: i64 = 30;

fn forget_sessions(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    let gone = sessions::forget_old(conn, act.now, SESSION_DAYS)?;
    Ok(format!("清理了 {gone} 条过期的登录和登录失败记录。"))
}

/// How long the runs of jobs are kept.
const KEPT: TimeDelta = TimeDelta::days(400);

fn forget_runs(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    let gone = store::forget_before(conn, act.now.plus(-KEPT))?;
    Ok(format!("清理了 {gone} 条 400 天以前的运行记录。"))
}

fn forget_reports(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    let gone = imports::forget_reports(conn, act.now)? + sweeps::imports::forget_reports(conn, act.now)?;
    Ok(format!("清理了 {gone} 份 30 天以前的导入报告。"))
}

fn sweep_drafts(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    let gone = intake::actions::sweep_drafts(conn, act)?;
    Ok(format!("清理了 {gone} 份 {} 天没有动过的登记草稿。", intake::actions::DRAFT_DAYS))
}

/// Contents that neither an attachment nor a draft refers to.
fn sweep_files(conn: &mut Conn, _: &Act, data: &Path) -> Result<Then, Problem> {
    let data = data.to_owned();
    let in_drafts = held(conn)?;
    let orphans = files::orphans(conn, &data, &in_drafts)?;
    Ok(Box::new(move |conn, act| {
        let in_drafts = held(conn)?;
        let gone = files::remove(conn, &data, &orphans, &in_drafts)?;
        if gone > 0 {
            audit::record(conn, act, "attachment.swept", Subject::System, &[("count", &gone.to_string())])?;
        }
        Ok(format!("清理了 {gone} 个没有附件也没有草稿引用的文件。"))
    }))
}

fn held(conn: &mut Conn) -> Result<BTreeSet<String>, Problem> {
    Ok(intake::held_contents(conn)?.into_iter().collect())
}

fn check(conn: &mut Conn, act: &Act, data: &Path) -> Result<Then, Problem> {
    let report = checks::look(conn, act, data)?;
    Ok(Box::new(move |conn, act| checks::tell(conn, act, &report)))
}

#[cfg(test)]
mod tests;
