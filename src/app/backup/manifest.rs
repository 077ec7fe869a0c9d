//! What a copy holds, and proof that it still does.

use crate::crypto::{Keys, hex, same};
use crate::error::Problem;
use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// The form of the folder that this program writes and reads.
pub const FORMAT: u32 = 1;

pub const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "manifest.mac";
const LABEL: &str = "backup.manifest";

/// Which database the copy is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// One file of the copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub bytes: u64,
    pub sm3: String,
}

/// The copy's table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The program's version.
    pub program: String,
    /// By the court's clocks.
    pub made_at: String,
    pub engine: Engine,
    /// The schema: every migration that had been applied.
    pub migrations: Vec<String>,
    /// Which key file belongs to it: the id of its root and of the key that sealed last.
    pub root_key: String,
    pub seal_key: String,
    /// The trail's end: how many lines, and the hash of the last.
    pub trail_lines: i64,
    pub trail_head: Option<String>,
    /// How many rows each table has.
    pub rows: BTreeMap<String, i64>,
    /// Every other file, by its path in the folder with `/` between.
    pub files: BTreeMap<String, Mark>,
}

impl Manifest {
    /// Writes it and its signature into the copy's folder.
    pub fn write(&self, folder: &Path, keys: &Keys) -> Result<(), Problem> {
        let text = serde_json::to_vec_pretty(self).map_err(Problem::internal)?;
        super::places::write_durably(&folder.join(SIGNATURE), keys.mac(LABEL, &text).as_bytes())?;
        super::places::write_durably(&folder.join(MANIFEST), &text)
    }

    /// Reads it from the copy's folder and checks who signed it.
    pub fn read(folder: &Path, keys: &Keys) -> Result<Self, Problem> {
        let missing = || {
            Problem::refused(format!(
                "{} 里没有 {MANIFEST} 或 {SIGNATURE}，不是一份完整的备份。请检查路径。",
                folder.display()
            ))
        };
        let text = std::fs::read(folder.join(MANIFEST)).map_err(|_error| missing())?;
        let signature = std::fs::read_to_string(folder.join(SIGNATURE)).map_err(|_error| missing())?;
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| {
            Problem::refused(format!("备份清单 {MANIFEST} 读不懂（{error}），备份已损坏。"))
        })?;
        if manifest.format != FORMAT {
            return Err(Problem::refused("这份备份是更新版本的程序做的，请先升级程序再恢复。"));
        }
        if manifest.root_key != keys.root_id() || !keys.can_open(&manifest.seal_key) {
            return Err(Problem::refused(format!(
                "密钥不对：这份备份要用编号 {}（主密钥）和 {}（加密密钥）的密钥文件，现在的密钥文件是 {} 和 {}。请换上做备份时的密钥文件再恢复。",
                manifest.root_key,
                manifest.seal_key,
                keys.root_id(),
                keys.key_id()
            )));
        }
        if !same(&keys.mac(LABEL, &text), signature.trim()) {
            return Err(Problem::refused("备份清单的签名不对：清单被改动过，或已损坏。请换一份备份。"));
        }
        Ok(manifest)
    }

    /// Compares every file of the folder with the list, and the list with every file.
    pub fn verify(&self, folder: &Path) -> Result<(), Problem> {
        let there = walk(folder)?;
        if let Some(path) = there.keys().find(|path| !self.files.contains_key(*path)) {
            return Err(Problem::refused(format!("备份里多出了清单上没有的文件 {path}，备份已被改动。")));
        }
        for (path, mark) in &self.files {
            let found = there.get(path).map(|real| digest(real)).transpose()?;
            if found.as_ref() != Some(mark) {
                return Err(Problem::refused(format!(
                    "备份里的文件 {path} 丢失或损坏，这份备份不能用。请换一份。"
                )));
            }
        }
        Ok(())
    }
}

/// Every file under `folder` except the manifest and its signature.
pub fn walk(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Problem> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(folder).map_err(Problem::internal)?;
            let name: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            let name = name.join("/");
            if name != MANIFEST && name != SIGNATURE {
                found.insert(name, path);
            }
        }
    }
    Ok(found)
}

/// A file's size and hash, read in pieces.
pub fn digest(path: &Path) -> Result<Mark, Problem> {
    let mut reader = BufReader::new(File::open(path)?);
    let (mut hash, mut bytes, mut piece) = (Sm3::new(), 0_u64, vec![0_u8; 1 << 16]);
    loop {
        let length = reader.read(&mut piece)?;
        let Some(read) = piece.get(..length).filter(|read| !read.is_empty()) else { break };
        hash.update(read);
        bytes += u64::try_from(length).map_err(Problem::internal)?;
    }
    Ok(Mark { bytes, sm3: hex(&hash.finalize()) })
}
