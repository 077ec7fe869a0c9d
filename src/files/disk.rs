//! Where the content lies: `DIR/files/aa/…`, sealed, each file written whole or not at all.

use super::kinds::{FileKind, sniff};
use crate::crypto::{Keys, random_token};
use crate::error::Problem;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What one file may have unless the court sets otherwise.
pub const LIMIT_BYTES: usize = 20 << 20;

/// How many bytes at the beginning of a sealed file say with which key: the mark and the key's id.
const MARK_BYTES: usize = 12;

const HASH_LABEL: &str = "files.content";

/// A file that lies safely on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name made harmless, with an ending that fits.
    pub name: String,
    pub kind: FileKind,
    pub size_bytes: i64,
    /// The keyed hash of its content; the same content is kept once.
    pub hash: String,
    /// The key it was sealed with.
    pub key_id: String,
}

/// Seals `bytes` and keeps them under `dir/files`. When this returns they are durable; a file that no attachment names
/// in the end is swept away (see [`super::orphans`]).
///
/// # Errors
///
/// `TooLarge` beyond `limit_bytes`, `Refused` for what is not taken (see [`sniff`]), `Unavailable` when the disk is full.
pub fn keep(dir: &Path, keys: &Keys, name: &str, bytes: &[u8], limit_bytes: usize) -> Result<Kept, Problem> {
    if bytes.len() > limit_bytes {
        let limit = limit_bytes >> 20;
        return Err(Problem::TooLarge(format!("文件太大：单个附件最多 {limit} MB，请压缩或拆分后再上传。")));
    }
    let kind = sniff(name, bytes)?;
    let hash = keys.mac(HASH_LABEL, bytes);
    let sealed = keys.seal_bytes(bytes);
    // Also over one that is there: what is new is not swept away before its row is written.
    write_whole(&place(dir, &hash)?, &sealed)?;
    Ok(Kept {
        name: super::names::clean(name, kind),
        kind,
        size_bytes: i64::try_from(bytes.len()).map_err(Problem::internal)?,
        hash,
        key_id: keys.key_id().to_owned(),
    })
}

/// The content kept under `hash`, opened and checked against it.
///
/// # Errors
///
/// `Refused` when the file is gone from the disk or was altered there: the person is told whom to ask.
pub fn open(dir: &Path, keys: &Keys, hash: &str) -> Result<Vec<u8>, Problem> {
    let sealed = match fs::read(place(dir, hash)?) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            tracing::error!(hash, "an attachment is gone from the disk");
            return Err(lost());
        }
        read => read?,
    };
    let bytes = keys.open_bytes(&sealed).map_err(|error| {
        tracing::error!(hash, %error, "an attachment cannot be opened");
        lost()
    })?;
    if crate::crypto::same(&keys.mac(HASH_LABEL, &bytes), hash) {
        return Ok(bytes);
    }
    tracing::error!(hash, "an attachment is not what its hash says");
    Err(lost())
}

/// Seals the content kept under `hash` with the key that seals now, unless it is already. Says whether it did. A crash
/// leaves the file as it was or as it is to be.
///
/// # Errors
///
/// As [`open`].
pub fn reseal(dir: &Path, keys: &Keys, hash: &str) -> Result<bool, Problem> {
    let place = place(dir, hash)?;
    let begin = keys.seal_bytes(b"");
    let mark = begin.get(..MARK_BYTES).unwrap_or(&begin);
    let is_current = match fs::read(&place) {
        Ok(sealed) => sealed.starts_with(mark),
        Err(_) => false,
    };
    if is_current {
        return Ok(false);
    }
    let bytes = open(dir, keys, hash)?;
    write_whole(&place, &keys.seal_bytes(&bytes))?;
    Ok(true)
}

fn lost() -> Problem {
    Problem::refused("这个附件在磁盘上已丢失或损坏，无法打开。请联系系统管理员从备份中恢复附件目录。")
}

/// Whether this can be the hash of a content.
pub fn is_hash(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Where `hash` lies. Only a hash is taken: nothing that could lead elsewhere.
pub fn place(dir: &Path, hash: &str) -> Result<PathBuf, Problem> {
    let folder = hash.get(..2).filter(|_| is_hash(hash)).ok_or(Problem::NotFound)?;
    Ok(dir.join("files").join(folder).join(hash))
}

/// A crash leaves the old state or the new one, and at worst a file that begins with a dot.
fn write_whole(place: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let folder = place.parent().ok_or_else(|| Problem::internal("a place without a folder"))?;
    if !folder.is_dir() {
        crate::private::folder(folder)?;
        for above in folder.ancestors().skip(1).take(2) {
            File::open(above)?.sync_all()?;
        }
    }
    let draft = folder.join(format!(".{}", random_token()));
    let written = write_draft(&draft, bytes).and_then(|()| fs::rename(&draft, place));
    if let Err(error) = written {
        if let Err(error) = fs::remove_file(&draft) {
            tracing::warn!(%error, "a draft of an attachment could not be removed");
        }
        return Err(error.into());
    }
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn write_draft(draft: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] = b"%PDF-1.7 a petition";

    #[test]
    fn what_is_kept_lies_sealed_once_and_opens_again() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys::for_tests();
        let kept = keep(dir.path(), &keys, "材料.pdf", PDF, LIMIT_BYTES).unwrap();
        assert_eq!(keep(dir.path(), &keys, "另一个名字.pdf", PDF, LIMIT_BYTES).unwrap().hash, kept.hash);
        assert_eq!((kept.kind, kept.size_bytes, kept.name.as_str()), (FileKind::Pdf, 19, "材料.pdf"));
        assert_eq!(open(dir.path(), &keys, &kept.hash).unwrap(), PDF);
        let folder = place(dir.path(), &kept.hash).unwrap().parent().unwrap().to_owned();
        let files: Vec<_> = fs::read_dir(folder).unwrap().collect();
        assert_eq!(files.len(), 1);
        let raw = fs::read(files[0].as_ref().unwrap().path()).unwrap();
        assert!(!raw.windows(8).any(|part| part == b"petition"));
    }

    #[test]
    fn an_altered_or_lost_file_is_told_and_a_false_hash_leads_nowhere() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys::for_tests();
        let kept = keep(dir.path(), &keys, "a.pdf", PDF, LIMIT_BYTES).unwrap();
        let path = place(dir.path(), &kept.hash).unwrap();
        let other = keep(dir.path(), &keys, "b.pdf", b"%PDF-1.4 another", LIMIT_BYTES).unwrap();
        fs::copy(place(dir.path(), &other.hash).unwrap(), &path).unwrap();
        assert!(matches!(open(dir.path(), &keys, &kept.hash), Err(Problem::Refused(_))));
        fs::remove_file(&path).unwrap();
        assert!(matches!(open(dir.path(), &keys, &kept.hash), Err(Problem::Refused(_))));
        assert!(matches!(open(dir.path(), &keys, "../../key"), Err(Problem::NotFound)));
    }

    #[test]
    fn what_is_too_large_or_not_taken_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys::for_tests();
        assert!(matches!(keep(dir.path(), &keys, "a.pdf", PDF, 5), Err(Problem::TooLarge(_))));
        assert!(matches!(keep(dir.path(), &keys, "a.exe", b"MZ", 5), Err(Problem::Refused(_))));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
