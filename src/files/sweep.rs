//! Takes away contents that nobody refers to: of an upload whose registration failed, of a draft that was thrown away.
//!
//! A content is written before its row, so a content without a row may be about to get one. [`super::keep`] writes it
//! anew each time, also one that was there already; so whatever an upload still needs is younger than [`YOUNGEST`], and
//! stays.

use super::disk::{is_hash, place};
use super::store;
use crate::db::Conn;
use crate::error::Problem;
use crate::time::age_of;
use chrono::TimeDelta;
use std::collections::BTreeSet;
use std::fs::{self, DirEntry};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Nothing younger is taken away.
const YOUNGEST: TimeDelta = TimeDelta::days(1);
/// About how many contents one query asks for.
const BATCH: usize = 500;

/// What may be taken away.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Orphans {
    /// Contents that no attachment refers to.
    pub hashes: Vec<String>,
    /// Files that a crash has left half-written.
    pub drafts: Vec<PathBuf>,
}

/// What lies under `dir/files` for more than a day and is neither an attachment nor one of the contents `held` elsewhere.
///
/// # Errors
///
/// When the folder can't be read or the database is away.
pub fn orphans(conn: &mut Conn, dir: &Path, held: &BTreeSet<String>) -> Result<Orphans, Problem> {
    let mut found = Orphans::default();
    for folder in entries(&dir.join("files"))? {
        let mut old = Vec::new();
        for entry in entries(&folder.path())? {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !is_old(&entry)? {
                continue;
            }
            if is_hash(&name) {
                old.push(name);
            } else if name.starts_with('.') {
                found.drafts.push(entry.path());
            }
        }
        for names in old.chunks(BATCH) {
            let named = store::named_of(conn, names)?;
            found.hashes.extend(names.iter().filter(|n| !named.contains(*n) && !held.contains(*n)).cloned());
        }
    }
    Ok(found)
}

/// Takes away what is still an orphan, and says how many contents that were. Call it where nothing else is written: in
/// the write transaction.
///
/// # Errors
///
/// When a file can't be removed or the database is away.
pub fn remove(
    conn: &mut Conn,
    dir: &Path,
    orphans: &Orphans,
    held: &BTreeSet<String>,
) -> Result<usize, Problem> {
    let mut removed = 0;
    for names in orphans.hashes.chunks(BATCH) {
        let named = store::named_of(conn, names)?;
        for hash in names.iter().filter(|hash| !named.contains(*hash) && !held.contains(*hash)) {
            removed += usize::from(take(&place(dir, hash)?)?);
        }
    }
    for draft in &orphans.drafts {
        gone(fs::remove_file(draft))?;
    }
    Ok(removed)
}

/// Removes one content, unless an upload has written it anew meanwhile: it is put out of reach first and looked at then.
fn take(place: &Path) -> io::Result<bool> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let aside = place.with_file_name(format!(".swept-{name}"));
    if !gone(fs::rename(place, &aside))? {
        return Ok(false);
    }
    if age_of(&fs::metadata(&aside)?)? > YOUNGEST {
        fs::remove_file(&aside)?;
        return Ok(true);
    }
    fs::rename(&aside, place)?;
    Ok(false)
}

/// Whether it was there.
fn gone(outcome: io::Result<()>) -> io::Result<bool> {
    match outcome {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        other => other.map(|()| true),
    }
}

fn is_old(entry: &DirEntry) -> io::Result<bool> {
    match entry.metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        metadata => Ok(age_of(&metadata?)? > YOUNGEST),
    }
}

fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(Vec::new())
        }
        entries => entries?.collect(),
    }
}
