//! A court to measure on: built once, kept where asked.

use diesel::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;
use tingsong::app::App;
use tingsong::app::command::Opened;
use tingsong::app::config::Config;
use tingsong::app::demo::{build, scale, script};
use tingsong::crypto::{random_token, sm3_hex};
use tingsong::people::{Act, StaffId};
use tingsong::schema::{accounts, sessions, staff};
use tingsong::time::{Clock, Moment};

/// The moment at which the courts stand, and from which their clocks run on.
fn monday() -> Moment {
    Moment::from_court("2026-11-23T09:00:00".parse().unwrap())
}

pub struct Bench {
    pub matters: u32,
    pub data: PathBuf,
    pub app: App,
    /// The cookie of the petition officer's session.
    pub cookie: String,
    officer: StaffId,
    _folder: Option<tempfile::TempDir>,
}

impl Bench {
    pub fn of(matters: u32) -> Self {
        let kept = std::env::var_os("TINGSONG_BENCH_DATA").map(PathBuf::from);
        let folder = if kept.is_some() { None } else { Some(tempfile::tempdir().unwrap()) };
        let base = kept.unwrap_or_else(|| folder.as_ref().unwrap().path().to_owned());
        let data = base.join(format!("court-{matters}"));
        let config = Config::load(&data, None, std::iter::empty(), &[]).unwrap();
        let opened = Opened::with(config, Clock::starting_at(monday())).unwrap();
        if build::read_logins(&data).is_none() {
            fill(&opened, matters);
            build::write_logins(&data).unwrap();
        }
        let app = opened.app();
        let (officer, cookie) = signed_in(&app, "tianyuan");
        Bench { matters, data, app, cookie, officer, _folder: folder }
    }

    /// The petition officer, who sees the whole court, doing something now.
    pub fn act(&self) -> Act {
        let (officer, now) = (self.officer, self.app.moment());
        let by = self.app.database().read(|conn| {
            let row: tingsong::people::types::Staff = staff::table.find(officer).first(conn)?;
            tingsong::people::sessions::actor(conn, &row, now)
        });
        Act { by: by.unwrap(), now, keys: self.app.keys().clone() }
    }
}

fn fill(opened: &Opened, matters: u32) {
    println!("building a court of {matters} matters in {}", opened.config.data.display());
    let (keys, now) = (&opened.keys, opened.clock.now());
    let court = build::found(&opened.database, keys, now).unwrap();
    let start = std::time::Instant::now();
    let bulk = matters.saturating_sub(script::matters().len().try_into().unwrap());
    let conn = &mut *opened.database.connection().unwrap();
    scale::load(conn, keys, now, court, bulk, &mut |done, of| println!("  {done} of {of}")).unwrap();
    println!("  {:.0} matters a second", f64::from(bulk) / start.elapsed().as_secs_f64());
    build::tell(&opened.database, &Arc::clone(keys), now, court).unwrap();
}

fn signed_in(app: &App, user: &str) -> (StaffId, String) {
    let token = random_token();
    let (hash, at, user) = (sm3_hex(token.as_bytes()), app.moment().utc(), user.to_owned());
    let id = tingsong::db::next_id(app.moment());
    let officer = app.database().touch(move |conn| {
        let officer: StaffId =
            accounts::table.filter(accounts::user_name.eq(user)).select(accounts::staff_id).first(conn)?;
        diesel::insert_into(sessions::table)
            .values((
                sessions::id.eq(id),
                sessions::token_hash.eq(hash),
                sessions::staff_id.eq(officer),
                sessions::created_at.eq(at),
                sessions::last_seen_at.eq(at),
                sessions::address.eq("127.0.0.1"),
                sessions::agent.eq("bench"),
                sessions::large_type.eq(false),
            ))
            .execute(conn)?;
        Ok(officer)
    });
    (officer.unwrap(), format!("tingsong={token}"))
}
