//! `tingsong demo`: a made-up court to try things out on, built and served in one step.

use super::{Common, Opened, say, serve};
use crate::app::demo::build::{self, LOGINS, Login};
use crate::app::demo::{scale, script};
use crate::error::Problem;
use crate::people::CourtId;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// What `tingsong demo` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct DemoArgs {
    /// 端口，只在本机监听
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// 共建立多少件信访事项，用来看大量数据下的表现
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=i64::from(scale::MOST)))]
    scale: Option<u32>,
    /// 只建立数据，不启动服务
    #[arg(long)]
    build_only: bool,
}

/// Builds the demo court where there is none yet, and serves it until a signal stops it.
///
/// # Errors
///
/// A Chinese sentence when it can't be built or served.
pub fn demo(common: &Common, args: &DemoArgs) -> Result<String, String> {
    let folder = if common.names_data() { None } else { Some(Temporary::new()?) };
    let common = match &folder {
        Some(folder) => common.in_folder(&folder.0),
        None => common.clone(),
    };
    let listener = match args.build_only {
        true => None,
        false => Some(serve::bind(&format!("127.0.0.1:{}", args.port))?),
    };
    let opened = Opened::by(&common, &[("listen", format!("127.0.0.1:{}", args.port))])?;
    let logins = built(&opened, args.scale)?;
    say(&told(&opened.config.data, &logins));
    let Some(listener) = listener else {
        // What was built is the point: it stays.
        if let Some(folder) = folder {
            std::mem::forget(folder);
        }
        return Ok(String::new());
    };
    super::super::log::start(&opened.config)?;
    serve::run(&opened.app(), listener)
}

/// The demo court's accounts, after building what isn't there.
fn built(opened: &Opened, matters: Option<u32>) -> Result<Vec<Login>, String> {
    let data = &opened.config.data;
    if let Some(logins) = build::read_logins(data) {
        return Ok(logins);
    }
    let now = opened.clock.now();
    let court = build::found(&opened.database, &opened.keys, now).map_err(|e| sentence(&e))?;
    if let Some(matters) = matters {
        fill(opened, court, matters).map_err(|e| sentence(&e))?;
    }
    build::tell(&opened.database, &opened.keys, now, court).map_err(|e| sentence(&e))?;
    build::write_logins(data)
}

/// Fills the court with so many matters that they are `matters` together with the script's.
fn fill(opened: &Opened, court: CourtId, matters: u32) -> Result<(), Problem> {
    let scripted = u32::try_from(script::matters().len()).unwrap_or(u32::MAX);
    let mut told = 0;
    let mut progress = |done: usize, of: usize| {
        let percent = done * 100 / of.max(1);
        if percent >= told + 5 {
            told = percent;
            say(&format!("已建立 {done} 件（{percent}%）"));
        }
    };
    let conn = &mut *opened.database.connection()?;
    let (keys, now) = (&opened.keys, opened.clock.now());
    scale::load(conn, keys, now, court, matters.saturating_sub(scripted), &mut progress)
}

fn sentence(problem: &Problem) -> String {
    format!("演示法院没有建成：{problem}（{problem:?}）")
}

fn told(data: &Path, logins: &[Login]) -> String {
    let mut text = format!("演示法院的数据在 {}，其中的人和事都是虚构的。\n", data.display());
    text.push_str(&format!("下列账号都能登录（也写在 {LOGINS} 里）：\n"));
    for login in logins {
        let Login { role, name, user, password } = login;
        text.push_str(&format!("  {}\t{name}\t{user}\t{password}\n", role.label()));
    }
    text
}

/// A folder that only this user can read, and that goes with the demonstration.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Result<Self, String> {
        let base = std::env::temp_dir();
        let mut last = String::new();
        for attempt in 0..100 {
            let path = base.join(format!("tingsong-demo-{}-{attempt}", std::process::id()));
            match std::fs::DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Temporary(path)),
                Err(error) => last = error.to_string(),
            }
        }
        Err(format!("在 {} 里建不了临时目录：{last}", base.display()))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, folder = %self.0.display(), "the demonstration's folder stays");
        }
    }
}
