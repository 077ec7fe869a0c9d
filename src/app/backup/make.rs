//! Makes a copy.

use super::manifest::{Engine, FORMAT, Manifest, Mark, digest, walk};
use super::{Site, places, store};
use crate::audit::{self, Subject};
use crate::db::{self, Conn, Connector, Database};
use crate::error::Problem;
use crate::people::Act;
use crate::private;
use diesel::r2d2::ManageConnection;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// What the database said of itself at the moment of the copy.
struct Picture {
    engine: Engine,
    migrations: Vec<String>,
    trail: Option<db::Committed>,
    rows: BTreeMap<String, i64>,
}

/// Copies the court's data into the new folder `to` while people work, and notes it in the trail.
///
/// # Errors
///
/// `Refused` when `to` is there already; that something can't be read or written. Nothing is left at `to` then.
pub fn make(site: &Site, database: &Database, act: &Act, to: &Path) -> Result<Manifest, Problem> {
    if to.exists() {
        let shown = to.display();
        return Err(Problem::refused(format!("{shown} 已经存在。请另选一个还不存在的文件夹来存放备份。")));
    }
    if let Some(parent) = to.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        private::folder(parent)?;
    }
    let partial = places::beside(to, "partial");
    places::remove(&partial)?;
    private::new_folder(&partial)?;
    let made = fill(site, database, &partial).and_then(|manifest| {
        std::fs::rename(&partial, to)?;
        Ok(manifest)
    });
    let manifest = match made {
        Ok(manifest) => manifest,
        Err(problem) => {
            places::remove(&partial)?;
            return Err(problem);
        }
    };
    let (act, lines) = (act.clone(), manifest.trail_lines.to_string());
    database.write(move |conn| {
        audit::record(conn, &act, "backup.made", Subject::System, &[("trail_lines", &lines)])
    })?;
    Ok(manifest)
}

fn fill(site: &Site, database: &Database, folder: &Path) -> Result<Manifest, Problem> {
    let mut conn = database.connection()?;
    let picture = match store::engine(&conn) {
        Engine::Sqlite => copy_sqlite(&mut conn, &folder.join("tingsong.db"))?,
        Engine::Postgres => db::read(&mut conn, |conn| copy_postgres(conn, &folder.join("tables")))?,
    };
    places::copy_tree(&site.data.join("files"), &folder.join("files"))?;
    let files: BTreeMap<String, Mark> = walk(folder)?
        .into_iter()
        .map(|(name, path)| Ok((name, digest(&path)?)))
        .collect::<Result<_, Problem>>()?;
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: site.now.court_time().format("%Y-%m-%dT%H:%M:%S+08:00").to_string(),
        engine: picture.engine,
        migrations: picture.migrations,
        root_key: site.keys.root_id().to_owned(),
        seal_key: site.keys.key_id().to_owned(),
        trail_lines: picture.trail.as_ref().map_or(0, |trail| trail.count),
        trail_head: picture.trail.map(|trail| trail.head),
        rows: picture.rows,
        files,
    };
    manifest.write(folder, site.keys)?;
    places::sync_folder(folder)?;
    Ok(manifest)
}

fn copy_sqlite(conn: &mut Conn, to: &Path) -> Result<Picture, Problem> {
    private::ensure_file(to)?;
    store::copy_sqlite(conn, to)?;
    let copy = Connector::Sqlite(to.display().to_string());
    let mut copy = copy.connect().map_err(|error| Problem::Internal(error.into()))?;
    let picture = picture(&mut copy)?;
    if !store::fold(&mut copy)? {
        return Err(Problem::internal("the copy of the database is open elsewhere"));
    }
    drop(copy);
    File::open(to)?.sync_all()?;
    Ok(picture)
}

fn copy_postgres(conn: &mut Conn, folder: &Path) -> Result<Picture, Problem> {
    private::new_folder(folder)?;
    let picture = picture(conn)?;
    for (table, expected) in &picture.rows {
        let mut out = BufWriter::new(private::file(&folder.join(format!("{table}.jsonl")))?);
        let written = store::dump(conn, table, &mut out)?;
        out.flush()?;
        out.get_ref().sync_all()?;
        if written != *expected {
            return Err(Problem::internal(format!("{table}: {written} rows copied of {expected}")));
        }
    }
    places::sync_folder(folder)?;
    Ok(picture)
}

fn picture(conn: &mut Conn) -> Result<Picture, Problem> {
    Ok(Picture {
        engine: store::engine(conn),
        migrations: store::migrations(conn)?,
        trail: audit::head(conn)?,
        rows: store::counts(conn)?,
    })
}
