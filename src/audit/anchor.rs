//! 锚点: the end of the trail kept outside the database, so that cutting off its newest lines is found. The file holds
//! the number and hash of the last line at the last commit, signed; it never goes back.
//!
//! Nobody is answered before the anchor lies on the disk: a group of writes is committed by the database, then its end is
//! written here in place and synced, then its callers hear of it. Syncing beside the database's commit would be quicker,
//! but an anchor that is ahead of its trail after a power cut would look like a trail that was cut. So it is only ever
//! behind, and only by lines that nobody has been told of: those may be lost or cut without a trace, as if the power had
//! gone a moment earlier. Callers that commit together share one sync.
//!
//! An anchor that can't be written doesn't undo a commit. The callers of that group are told the truth, that it is done,
//! and an error is logged. Until the anchor has caught up, everybody after them is refused before the commit and may
//! try again: so never more stands beyond the anchor than was under way at that moment, and it works again by itself.
//!
//! Two records lie a page apart and are written in turn: a write torn by a power cut spoils one, and the other still
//! tells the commit before. An anchor that no longer fits the trail is left as it is, so that the break stays visible
//! however many lines follow.

use super::rules::NO_LINE;
use super::store;
use crate::crypto::{Keys, MacKey, same};
use crate::db::{Committed, Conn, Witness};
use crate::error::Problem;
use diesel::QueryResult;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

const MARK: &str = "tingsong-anchor 1";
/// Where the second record begins.
const PAGE: u64 = 4096;
const RECORD_BYTES: usize = MARK.len() + 1 + 19 + 1 + 64 + 1 + 64 + 1;

/// Why there is no anchor to read.
#[derive(Debug)]
pub enum AnchorError {
    /// There is no file.
    Missing,
    /// Neither record is as it was written.
    Damaged,
    /// The machine refused.
    Io(io::Error),
}

impl std::fmt::Display for AnchorError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AnchorError::Missing => f.write_str("没有找到留痕锚点文件。"),
            AnchorError::Damaged => f.write_str("留痕锚点文件已经损坏，或者不是用这个密钥写的。"),
            AnchorError::Io(error) => write!(f, "无法读写留痕锚点文件（{error}）。请检查目录和权限。"),
        }
    }
}

impl std::error::Error for AnchorError {}

impl From<io::Error> for AnchorError {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::NotFound { AnchorError::Missing } else { AnchorError::Io(error) }
    }
}

/// The open anchor of one data folder. Give it to `db::Database::open` as its witness.
pub struct Anchor {
    key: MacKey,
    path: PathBuf,
    file: Mutex<File>,
    /// What was committed and could not be anchored.
    behind: Mutex<Option<Committed>>,
    complained: AtomicBool,
}

impl std::fmt::Debug for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Anchor").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Anchor {
    /// The anchor at `path`.
    ///
    /// # Errors
    ///
    /// `Missing`, `Damaged`, or that it cannot be read.
    pub fn open(path: &Path, keys: &Keys) -> Result<Self, AnchorError> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        newest(&file, keys.anchor())?;
        Ok(Anchor {
            key: keys.anchor().clone(),
            path: path.to_owned(),
            file: Mutex::new(file),
            behind: Mutex::new(None),
            complained: AtomicBool::new(false),
        })
    }

    /// Makes the anchor at `path` say `end`, whatever it said before: for a new data folder, and after a restore.
    ///
    /// # Errors
    ///
    /// That it cannot be written.
    pub fn renew(path: &Path, keys: &Keys, end: Option<&Committed>) -> Result<Self, AnchorError> {
        let nothing = Committed { count: 0, head: NO_LINE.to_owned() };
        let record = record(keys.anchor(), end.unwrap_or(&nothing));
        let draft = path.with_extension(format!("{}.new", std::process::id()));
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        let gap = " ".repeat(usize::from(4096_u16) - RECORD_BYTES - 1);
        file.write_all_at(format!("{record}{gap}\n{record}{gap}\n").as_bytes(), 0)?;
        file.sync_all()?;
        std::fs::rename(&draft, path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Anchor::open(path, keys)
    }

    /// What the anchor at `path` says.
    ///
    /// # Errors
    ///
    /// `Missing`, `Damaged`, or that it cannot be read.
    pub fn read(path: &Path, keys: &Keys) -> Result<Committed, AnchorError> {
        newest(&File::open(path)?, keys.anchor()).map(|(_, end)| end)
    }

    /// Writes `end` over the older record, if it is further on than what is there, and waits until it lies on the disk.
    /// Whoever finds it written by somebody else finds it synced as well: both are done under the file's lock. `anew`
    /// writes what is there once more: after a sync that failed, another may say that all is well without having tried.
    fn advance(&self, end: &Committed, anew: bool) -> Result<(), AnchorError> {
        let file = self.file();
        file.lock()?;
        let outcome = newest(&file, &self.key).and_then(|(slot, there)| {
            let (end, slot) = match end.count > there.count {
                true => (end, if slot == 0 { PAGE } else { 0 }),
                false if anew => (&there, slot),
                false => return Ok(()),
            };
            file.write_all_at(record(&self.key, end).as_bytes(), slot)?;
            Ok(file.sync_data()?)
        });
        file.unlock()?;
        outcome
    }

    /// Anchors what could not be anchored when it was committed.
    fn catch_up(&self) -> Result<(), AnchorError> {
        let mut behind = self.behind();
        if let Some(end) = behind.as_ref() {
            self.advance(end, true)?;
            tracing::info!(anchor = %self.path.display(), "the anchor has caught up");
            *behind = None;
        }
        Ok(())
    }

    fn file(&self) -> MutexGuard<'_, File> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn behind(&self) -> MutexGuard<'_, Option<Committed>> {
        self.behind.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the trail still holds what was anchored, and has grown since.
    fn fits(&self, conn: &mut Conn, end: &Committed) -> QueryResult<bool> {
        let anchored = newest(&self.file(), &self.key);
        match anchored {
            Ok((_, there)) if there == *end => Ok(false),
            Ok((_, there)) if there.count == 0 => Ok(true),
            Ok((_, there)) => {
                let fits = store::hash_of(conn, there.count)?.as_ref() == Some(&there.head);
                if !fits {
                    self.complain("the trail does not hold what was anchored");
                }
                Ok(fits && end.count > there.count)
            }
            Err(error) => {
                self.complain(&error.to_string());
                Ok(false)
            }
        }
    }

    /// Once a run: the break stays, and so does the first message about it.
    fn complain(&self, what: &str) {
        if !self.complained.swap(true, Ordering::Relaxed) {
            tracing::error!(
                anchor = %self.path.display(),
                what, "the anchor stays as it is; run `tingsong audit verify`"
            );
        }
    }
}

impl Witness for Anchor {
    fn before_commit(&self, conn: &mut Conn) -> Result<Option<Committed>, Problem> {
        self.catch_up().map_err(|error| Problem::Unavailable(error.into()))?;
        match store::head(conn)? {
            Some(end) if self.fits(conn, &end)? => Ok(Some(end)),
            _ => Ok(None),
        }
    }

    fn after_commit(&self, seen: Option<Committed>) {
        let Some(end) = seen else { return };
        if let Err(error) = self.advance(&end, false) {
            tracing::error!(
                %error, anchor = %self.path.display(), line = end.count,
                "a commit could not be anchored; nothing more is committed until it is"
            );
            let mut behind = self.behind();
            if behind.as_ref().is_none_or(|other| other.count < end.count) {
                *behind = Some(end);
            }
        }
    }
}

fn signature(key: &MacKey, end: &Committed) -> String {
    key.hex_of(&[b"anchor", &end.count.to_be_bytes(), end.head.as_bytes()])
}

fn record(key: &MacKey, end: &Committed) -> String {
    format!("{MARK} {:019} {} {}\n", end.count, end.head, signature(key, end))
}

fn parse(key: &MacKey, text: &str) -> Option<Committed> {
    let mut words = text.strip_prefix(MARK)?.strip_suffix('\n')?.split(' ').skip(1);
    let end = Committed { count: words.next()?.parse().ok()?, head: words.next()?.to_owned() };
    let signed = words.next()?;
    (words.next().is_none() && same(signed, &signature(key, &end))).then_some(end)
}

/// The record that is further on, with its place.
fn newest(file: &File, key: &MacKey) -> Result<(u64, Committed), AnchorError> {
    let mut best: Option<(u64, Committed)> = None;
    for slot in [0, PAGE] {
        let mut bytes = [0; RECORD_BYTES];
        match file.read_exact_at(&mut bytes, slot) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => continue,
            other => other?,
        }
        let Some(end) = std::str::from_utf8(&bytes).ok().and_then(|text| parse(key, text)) else { continue };
        if best.as_ref().is_none_or(|(_, there)| end.count > there.count) {
            best = Some((slot, end));
        }
    }
    best.ok_or(AnchorError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Subject;
    use crate::db::Database;
    use crate::people::Act;
    use crate::time::Moment;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn end(count: i64) -> Committed {
        Committed { count, head: crate::crypto::sm3_hex(&count.to_be_bytes()) }
    }

    fn folder() -> (tempfile::TempDir, PathBuf, Keys) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("anchor");
        (dir, path, Keys::for_tests())
    }

    #[test]
    fn a_missing_or_foreign_anchor_says_so() {
        let (_dir, path, keys) = folder();
        assert!(matches!(Anchor::open(&path, &keys), Err(AnchorError::Missing)));
        std::fs::write(&path, "something else").unwrap();
        assert!(matches!(Anchor::read(&path, &keys), Err(AnchorError::Damaged)));
        Anchor::renew(&path, &keys, None).unwrap();
        assert_eq!(Anchor::read(&path, &keys).unwrap(), Committed { count: 0, head: NO_LINE.to_owned() });
        let stranger = Keys::create(&path.with_extension("key")).unwrap();
        assert!(matches!(Anchor::read(&path, &stranger), Err(AnchorError::Damaged)));
    }

    #[test]
    fn it_never_goes_back_even_with_two_processes() {
        let (_dir, path, keys) = folder();
        let one = Anchor::renew(&path, &keys, None).unwrap();
        let other = Anchor::open(&path, &keys).unwrap();
        let steps: Vec<i64> = (1..=200).collect();
        std::thread::scope(|scope| {
            for anchor in [&one, &other] {
                scope.spawn(|| steps.iter().for_each(|n| anchor.advance(&end(*n), false).unwrap()));
            }
        });
        assert_eq!(Anchor::read(&path, &keys).unwrap(), end(200));
        one.advance(&end(150), false).unwrap();
        assert_eq!(Anchor::read(&path, &keys).unwrap(), end(200));
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 2 * PAGE, "written in place");
    }

    /// An anchor over a trail of one line, and the database that it watches.
    fn watched() -> (tempfile::TempDir, Arc<Anchor>, Database, Act) {
        let (dir, path, keys) = folder();
        let url = format!("sqlite:{}", dir.path().join("tingsong.db").display());
        crate::db::migrate(&url).unwrap();
        let anchor = Arc::new(Anchor::renew(&path, &keys, None).unwrap());
        let database = Database::open(&url, anchor.clone()).unwrap();
        let now = Moment::from_court("2026-11-23T09:00:00".parse().unwrap());
        let act = Act::system("系统", now, Arc::new(keys));
        noted(&database, &act).unwrap();
        (dir, anchor, database, act)
    }

    /// Writes a line, and says which.
    fn noted(database: &Database, act: &Act) -> Result<i64, Problem> {
        let act = act.clone();
        database.write(move |conn| {
            crate::audit::record(conn, &act, "job.asked", Subject::System, &[])?;
            Ok(store::head(conn)?.unwrap().count)
        })
    }

    fn lines(database: &Database) -> i64 {
        database.read(|conn| Ok(store::head(conn)?)).unwrap().map_or(0, |end| end.count)
    }

    #[test]
    fn whoever_is_answered_stands_in_the_anchor() {
        let (_dir, anchor, database, act) = watched();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..10 {
                        let line = noted(&database, &act).unwrap();
                        assert!(Anchor::read(&anchor.path, &act.keys).unwrap().count >= line);
                    }
                });
            }
        });
        assert_eq!(Anchor::read(&anchor.path, &act.keys).unwrap().count, 81);
    }

    #[test]
    fn an_anchor_that_cannot_be_written_stops_the_next_commit_and_catches_up_by_itself() {
        let (_dir, anchor, database, act) = watched();
        let good = std::mem::replace(&mut *anchor.file(), File::open(&anchor.path).unwrap());
        noted(&database, &act).expect("it is committed, and that is what the caller hears");
        assert_eq!(lines(&database), 2);
        assert_eq!(Anchor::read(&anchor.path, &act.keys).unwrap().count, 1);

        let refused = noted(&database, &act);
        assert!(matches!(refused, Err(Problem::Unavailable(_))), "{refused:?}");
        assert_eq!(lines(&database), 2, "nothing of it happened");

        *anchor.file() = good;
        noted(&database, &act).unwrap();
        assert_eq!(lines(&database), 3);
        assert_eq!(Anchor::read(&anchor.path, &act.keys).unwrap().count, 3);
    }

    proptest! {
        #[test]
        fn a_torn_write_loses_at_most_the_last_step(steps in 1i64..6, torn in 0..RECORD_BYTES) {
            let (_dir, path, keys) = folder();
            let anchor = Anchor::renew(&path, &keys, None).unwrap();
            (1..=steps).for_each(|n| anchor.advance(&end(n), false).unwrap());
            // The next write gets no further than `torn` bytes.
            let file = OpenOptions::new().read(true).write(true).open(&path).unwrap();
            let (slot, _) = newest(&file, keys.anchor()).unwrap();
            let next = record(keys.anchor(), &end(steps + 1));
            file.write_all_at(&next.as_bytes()[..torn], PAGE - slot).unwrap();
            let left = Anchor::read(&path, &keys).unwrap();
            prop_assert!(left == end(steps) || (torn + 1 >= RECORD_BYTES && left == end(steps + 1)));
            anchor.advance(&end(steps + 2), false).unwrap();
            prop_assert_eq!(Anchor::read(&path, &keys).unwrap(), end(steps + 2));
        }

        #[test]
        fn a_forged_count_or_head_is_not_believed(at in 0..RECORD_BYTES) {
            let (_dir, path, keys) = folder();
            Anchor::renew(&path, &keys, Some(&end(123))).unwrap();
            let mut bytes = std::fs::read(&path).unwrap();
            for slot in [0, 4096] {
                bytes[slot + at] ^= 1;
            }
            std::fs::write(&path, bytes).unwrap();
            prop_assert!(matches!(Anchor::read(&path, &keys), Err(AnchorError::Damaged)));
        }
    }
}
