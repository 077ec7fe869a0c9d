//! The way back: build beside, check, change places.

use super::manifest::{Engine, Manifest};
use super::places::{self, Exchange};
use super::{Site, store};
use crate::audit::{self, Anchor, Subject};
use crate::checks::{self, Check, Depth, Finding};
use crate::db::{self, Committed, Conn, Connector};
use crate::error::Problem;
use crate::people::Act;
use crate::private;
use diesel::r2d2::ManageConnection;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// What becomes of a copy that breaks a promise. It may have been broken before the copy was made, and be the only copy
/// there is: then somebody decides with their eyes open, and the trail says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokenPromises {
    Refused,
    Accepted,
}

/// What a restore has done.
#[derive(Debug)]
pub struct Restored {
    pub manifest: Manifest,
    /// Where what was there before is kept, by name.
    pub kept: Vec<String>,
    /// What does not hold in the restored data.
    pub broken: Vec<Finding>,
}

/// The pieces of the data folder that change places.
struct Pieces {
    files: Exchange,
    anchor: Exchange,
}

/// Puts the copy in `from` in the place of the court's data. The server must be stopped.
///
/// # Errors
///
/// `Refused` when the copy is damaged, from a newer program, of the other kind of database or sealed with another key,
/// when its trail or its attachments aren't whole, when it breaks a promise that `broken` does not accept, or while the
/// server runs. Nothing has changed then.
pub fn restore(site: &Site, act: &Act, from: &Path, broken: BrokenPromises) -> Result<Restored, Problem> {
    let manifest = Manifest::read(from, site.keys)?;
    manifest.verify(from)?;
    let known = store::known_migrations()?;
    if !known.starts_with(&manifest.migrations) {
        return Err(Problem::refused("这份备份的数据库比本程序新，请先升级程序再恢复。"));
    }
    let connector = Connector::to(site.url).map_err(Problem::Refused)?;
    let stamp = site.stamp();
    let pieces = Pieces {
        files: Exchange::of(&site.data.join("files"), &stamp),
        anchor: Exchange::of(&site.data.join("anchor"), &stamp),
    };
    private::folder(site.data)?;
    let mut work = Work {
        site,
        act,
        from,
        manifest: &manifest,
        pieces: &pieces,
        stamp: &stamp,
        broken,
        found: Vec::new(),
    };
    let kept = match (&connector, manifest.engine) {
        (Connector::Sqlite(path), Engine::Sqlite) => work.on_sqlite(Path::new(path)),
        (Connector::Postgres(_), Engine::Postgres) => work.on_postgres(&connector),
        (Connector::Sqlite(_), Engine::Postgres) | (Connector::Postgres(_), Engine::Sqlite) => {
            Err(Problem::refused("这份备份是另一种数据库的，不能恢复到这里。请检查设置项 database。"))
        }
    };
    places::remove(&pieces.files.new)?;
    places::remove(&pieces.anchor.new)?;
    Ok(Restored { kept: kept?, broken: work.found, manifest })
}

struct Work<'a> {
    site: &'a Site<'a>,
    act: &'a Act,
    from: &'a Path,
    manifest: &'a Manifest,
    pieces: &'a Pieces,
    stamp: &'a str,
    broken: BrokenPromises,
    /// What does not hold in the candidate.
    found: Vec<Finding>,
}

impl Work<'_> {
    fn on_sqlite(&mut self, place: &Path) -> Result<Vec<String>, Problem> {
        let database = Exchange::of(place, self.stamp);
        let outcome = self.build_sqlite(&database.new).and_then(|()| {
            if place.exists() {
                let mut present = connect(&Connector::Sqlite(place.display().to_string()))?;
                if !store::fold(&mut present)? {
                    return Err(running());
                }
            }
            self.exchange(&[&database, &self.pieces.files, &self.pieces.anchor])
        });
        for rest in ["", "-wal", "-shm"] {
            let mut name = database.new.clone().into_os_string();
            name.push(rest);
            places::remove(&PathBuf::from(name))?;
        }
        outcome
    }

    fn build_sqlite(&mut self, place: &Path) -> Result<(), Problem> {
        places::copy_file(&self.from.join("tingsong.db"), place)?;
        let mut conn = connect(&Connector::Sqlite(place.display().to_string()))?;
        self.finish(&mut conn)?;
        if !store::fold(&mut conn)? {
            return Err(Problem::internal("the database that is being restored is open elsewhere"));
        }
        drop(conn);
        File::open(place)?.sync_all()?;
        Ok(())
    }

    fn on_postgres(&mut self, connector: &Connector) -> Result<Vec<String>, Problem> {
        let mut conn = connect(connector)?;
        let place = store::current_schema(&mut conn)?;
        if !store::alone(&mut conn)? {
            return Err(running());
        }
        let mark = self.stamp.replace('-', "_");
        let (new, aside) = (format!("{place}_restoring_{mark}"), format!("{place}_replaced_{mark}"));
        let outcome = self.build_postgres(&mut conn, &new).and_then(|()| {
            store::exchange_schemas(&mut conn, &new, &place, &aside)?;
            let mut kept = self.exchange(&[&self.pieces.files, &self.pieces.anchor]).inspect_err(|_| {
                if let Err(problem) = store::exchange_schemas(&mut conn, &aside, &place, &new) {
                    tracing::error!(?problem, "the schemas could not be put back");
                }
            })?;
            kept.push(format!("PostgreSQL 模式 {aside}"));
            Ok(kept)
        });
        store::drop_schema(&mut conn, &new)?;
        outcome
    }

    fn build_postgres(&mut self, conn: &mut Conn, schema: &str) -> Result<(), Problem> {
        store::enter_new_schema(conn, schema)?;
        store::migrate_by(conn, self.manifest.migrations.len())?;
        db::write(conn, |conn| {
            store::without_foreign_keys(conn, |conn| {
                for table in self.manifest.rows.keys() {
                    let rows = File::open(self.from.join("tables").join(format!("{table}.jsonl")))?;
                    store::load(conn, table, BufReader::new(rows))?;
                }
                Ok(())
            })
        })?;
        self.finish(conn)
    }

    /// Checks what has been built, brings it up to date, and notes the restore in its trail.
    fn finish(&mut self, conn: &mut Conn) -> Result<(), Problem> {
        if store::counts(conn)? != self.manifest.rows {
            return Err(Problem::refused("备份里的行数与清单不符，这份备份不能用。请换一份。"));
        }
        db::migrate_on(conn)?;
        places::copy_tree(&self.from.join("files"), &self.pieces.files.new)?;
        let complaints = examine(conn, &self.pieces.files.new)?;
        if !complaints.is_empty() {
            return Err(Problem::refused(format!("这份备份没有通过检查：{}。", complaints.join("；"))));
        }
        self.promises_are_kept(conn)?;
        self.note(conn)?;
        self.anchor(audit::head(conn)?.as_ref())
    }

    /// The same checks as `tingsong check --trail`. A trail that does not verify, or does not reach as far as it did when
    /// the copy was made, is refused whatever anybody accepts.
    fn promises_are_kept(&mut self, conn: &mut Conn) -> Result<(), Problem> {
        let end =
            self.manifest.trail_head.clone().map(|head| Committed { count: self.manifest.trail_lines, head });
        self.anchor(end.as_ref())?;
        let anchor = &self.pieces.anchor.new;
        let report = db::read(conn, |conn| checks::run(conn, self.act, anchor, Depth::WholeTrail))?;
        self.found = report.broken().cloned().collect();
        let broken: Vec<&Finding> = self.found.iter().filter(|found| found.check.is_about_data()).collect();
        if let Some(trail) = broken.iter().find(|found| found.check == Check::Trail) {
            let sentences: Vec<&str> = trail.examples.iter().map(|example| example.what.as_str()).collect();
            return Err(Problem::refused(format!("备份里的留痕没有通过校验：{}", sentences.join(" "))));
        }
        if broken.is_empty() || self.broken == BrokenPromises::Accepted {
            return Ok(());
        }
        Err(Problem::refused(refusal(&broken)))
    }

    /// Notes the restore in the restored trail, with the checks that it did not pass.
    fn note(&self, conn: &mut Conn) -> Result<(), Problem> {
        let failed: Vec<&str> = self.found.iter().map(|found| found.check.label()).collect();
        let failed = failed.join("、");
        let mut values = vec![("made_at", self.manifest.made_at.as_str())];
        if !failed.is_empty() {
            values.push(("failed_checks", &failed));
        }
        db::write(conn, |conn| audit::record(conn, self.act, "backup.restored", Subject::System, &values))
    }

    fn anchor(&self, end: Option<&Committed>) -> Result<(), Problem> {
        Anchor::renew(&self.pieces.anchor.new, self.site.keys, end)
            .map(drop)
            .map_err(|error| Problem::Internal(error.into()))
    }

    /// Changes places, and says what is kept where.
    fn exchange(&self, all: &[&Exchange]) -> Result<Vec<String>, Problem> {
        places::exchange(all)?;
        let kept = all.iter().filter(|one| one.aside.exists());
        Ok(kept.map(|one| one.aside.display().to_string()).collect())
    }
}

/// What is wrong with the restored data, in words for the operator.
fn examine(conn: &mut Conn, files: &Path) -> Result<Vec<String>, Problem> {
    let mut complaints: Vec<String> =
        store::damages(conn)?.into_iter().map(|line| format!("数据库内部不一致（{line}）")).collect();
    let lost = store::attachment_hashes(conn)?
        .into_iter()
        .filter(|hash| !hash.get(..2).is_some_and(|folder| files.join(folder).join(hash).is_file()))
        .count();
    if lost > 0 {
        complaints.push(format!("有 {lost} 个附件没有内容"));
    }
    Ok(complaints)
}

fn refusal(broken: &[&Finding]) -> String {
    let lines: Vec<String> = broken.iter().map(|finding| checks::command::lines(finding)).collect();
    format!(
        "这份备份没有通过自检，现有数据没有改动。\n{}\n请先换一份更早或更晚的备份。如果没有别的备份，或者这些问题在备份以前就有，\
         可以加上 --despite-checks 再执行一次：数据照样恢复，没有通过的项目记入留痕，恢复后请逐项处理。",
        lines.join("\n")
    )
}

fn connect(connector: &Connector) -> Result<Conn, Problem> {
    connector.connect().map_err(|error| Problem::Unavailable(error.into()))
}

fn running() -> Problem {
    Problem::refused("听讼服务还在运行，不能恢复。请先停止服务（所有实例），再重新执行恢复。")
}
