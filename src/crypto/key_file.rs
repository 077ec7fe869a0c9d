//! The key file: text, mode 0600, outside the database and never in a backup of it.
//!
//! ```text
//! tingsong-keys 1
//! root 5f0c21aa <64 hex digits>
//! seal 90b1d2e3 <64 hex digits>
//! seal 1a2b3c4d <64 hex digits>
//! ```
//!
//! Each line is a random 256-bit master with its id, the beginning of its HMAC-SM3 over a fixed word; a line that was
//! mistyped or cut therefore does not load. The last `seal` line seals; the ones before it still open what they sealed.

use super::primitives::{MacKey, from_hex, hex};
use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const FIRST_LINE: &str = "tingsong-keys 1";

/// Why the key file could not be used.
#[derive(Debug)]
pub enum KeyFileError {
    /// There is none.
    Missing(PathBuf),
    /// There is one already.
    Exists(PathBuf),
    /// Others than its owner may read it; with its mode.
    Exposed(PathBuf, u32),
    /// This line, counted from 1, is not as it was written.
    Damaged(PathBuf, usize),
    /// The key with this id cannot be taken out: it is the one in use, or not there.
    NotRetirable(String),
    /// The machine refused to read or write it.
    Io(PathBuf, io::Error),
}

impl std::fmt::Display for KeyFileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            KeyFileError::Missing(path) => write!(
                f,
                "找不到密钥文件 {}。没有它就读不出证件号码、电话和住址；请从单独保管的地方取回，放到这个位置。",
                path.display()
            ),
            KeyFileError::Exists(path) => {
                write!(f, "密钥文件 {} 已经存在，不会被覆盖。", path.display())
            }
            KeyFileError::Exposed(path, mode) => write!(
                f,
                "密钥文件 {} 的权限是 {mode:04o}，其他用户也能读取，不能使用。请先执行 chmod 600 {}，再重新启动。",
                path.display(),
                path.display()
            ),
            KeyFileError::Damaged(path, line) => write!(
                f,
                "密钥文件 {} 的第 {line} 行不完整或者被改动过。请用单独保管的副本替换它。",
                path.display()
            ),
            KeyFileError::NotRetirable(id) => {
                write!(f, "编号为 {id} 的密钥正在使用或者不存在，不能停用。")
            }
            KeyFileError::Io(path, error) => {
                write!(f, "无法读写密钥文件 {}（{error}）。请检查目录和权限。", path.display())
            }
        }
    }
}

impl std::error::Error for KeyFileError {}

/// A random 256-bit secret with its id.
#[derive(Clone)]
pub(super) struct Master {
    pub(super) id: String,
    pub(super) key: MacKey,
    secret: [u8; 32],
}

impl Master {
    pub(super) fn new(secret: [u8; 32]) -> Self {
        let key = MacKey::new(&secret);
        let id = hex(&key.derive("tingsong key id")).chars().take(8).collect();
        Master { id, key, secret }
    }

    fn random() -> Self {
        Master::new(rand::random())
    }

    fn line(&self, kind: &str) -> String {
        format!("{kind} {} {}\n", self.id, hex(&self.secret))
    }
}

/// What a key file holds: a root that never changes, and at least one sealing master, the newest last.
pub(super) struct Masters {
    pub(super) root: Master,
    pub(super) seals: Vec<Master>,
}

impl Masters {
    pub(super) fn random() -> Self {
        Masters { root: Master::random(), seals: vec![Master::random()] }
    }

    pub(super) fn add(&mut self) {
        self.seals.push(Master::random());
    }

    fn text(&self) -> String {
        let seals: String = self.seals.iter().map(|seal| seal.line("seal")).collect();
        format!("{FIRST_LINE}\n{}{seals}", self.root.line("root"))
    }

    /// The masters written in `text`, or the number of the line that is wrong.
    fn parse(text: &str) -> Result<Self, usize> {
        let mut root = None;
        let mut seals = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            if number == 1 {
                if line != FIRST_LINE {
                    return Err(number);
                }
                continue;
            }
            let mut words = line.split(' ');
            let kind = words.next();
            let id = words.next().ok_or(number)?;
            let master = words.next().and_then(from_hex).map(Master::new).ok_or(number)?;
            if master.id != id || words.next().is_some() {
                return Err(number);
            }
            match (kind, root.is_some()) {
                (Some("root"), false) => root = Some(master),
                (Some("seal"), true) => seals.push(master),
                _ => return Err(number),
            }
        }
        match root {
            Some(root) if !seals.is_empty() => Ok(Masters { root, seals }),
            _ => Err(text.lines().count() + 1),
        }
    }

    pub(super) fn read(path: &Path) -> Result<Self, KeyFileError> {
        let failed = |error: io::Error| {
            if error.kind() == ErrorKind::NotFound {
                KeyFileError::Missing(path.to_owned())
            } else {
                KeyFileError::Io(path.to_owned(), error)
            }
        };
        let mut file = File::open(path).map_err(failed)?;
        let mode = file.metadata().map_err(failed)?.permissions().mode() & 0o7777;
        if mode & 0o077 != 0 {
            return Err(KeyFileError::Exposed(path.to_owned(), mode));
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(failed)?;
        Masters::parse(&text).map_err(|line| KeyFileError::Damaged(path.to_owned(), line))
    }

    /// Writes a file that was not there before. Two processes that do this at once end with one file.
    pub(super) fn create(&self, path: &Path) -> Result<(), KeyFileError> {
        let draft = self.draft(path)?;
        let linked = std::fs::hard_link(&draft, path);
        std::fs::remove_file(&draft).map_err(|error| KeyFileError::Io(draft, error))?;
        match linked {
            Ok(()) => sync_folder_of(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Err(KeyFileError::Exists(path.to_owned()))
            }
            Err(error) => Err(KeyFileError::Io(path.to_owned(), error)),
        }
    }

    /// Puts this in the place of the file that is there; the old one is whole until the new one is.
    pub(super) fn replace(&self, path: &Path) -> Result<(), KeyFileError> {
        let draft = self.draft(path)?;
        std::fs::rename(&draft, path).map_err(|error| KeyFileError::Io(path.to_owned(), error))?;
        sync_folder_of(path)
    }

    fn draft(&self, path: &Path) -> Result<PathBuf, KeyFileError> {
        let ending: [u8; 4] = rand::random();
        let draft = path.with_extension(format!("{}.new", hex(&ending)));
        let write = || -> io::Result<()> {
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
            file.set_permissions(Permissions::from_mode(0o600))?;
            file.write_all(self.text().as_bytes())?;
            file.sync_all()
        };
        write().map_err(|error| KeyFileError::Io(path.to_owned(), error))?;
        Ok(draft)
    }
}

fn sync_folder_of(path: &Path) -> Result<(), KeyFileError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| KeyFileError::Io(path.to_owned(), error))
}
