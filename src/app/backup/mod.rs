//! 备份与恢复: a copy of the court's data that is consistent while people work, and the way back.
//!
//! A copy is a folder: the database (`tingsong.db`, or `tables/*.jsonl` from PostgreSQL), the sealed attachments
//! (`files/`), and `manifest.json` with the hash of every file, signed with the court's key (`manifest.mac`). The key
//! itself, the settings and the `.eml` files of the trial transport are not in it.
//!
//! The database is read first and the attachments after it: an attachment is on the disk before its row is committed
//! and is taken away only when no row names it, so every attachment of the copy has its file.
//!
//! A restore builds everything beside what is there, checks all of it (hashes, key, tables, the trail up to the line
//! that the manifest names, attachments, and every promise that `tingsong check --trail` looks at), and only then changes
//! places with it. What was there is kept under a dated name. A broken promise can be accepted, since the only copy of a
//! court with one orphaned matter is better than none; nothing else can.

pub mod command;
mod make;
mod manifest;
mod places;
mod restore;
mod store;

pub use make::make;
pub use manifest::Manifest;
pub use restore::{BrokenPromises, Restored, restore};

use crate::crypto::Keys;
use crate::time::Moment;
use std::path::Path;
use std::sync::Arc;

/// The data that is copied or replaced.
#[derive(Clone)]
pub struct Site<'a> {
    /// The data folder, with `files` and `anchor` in it.
    pub data: &'a Path,
    /// The database's URL.
    pub url: &'a str,
    pub keys: &'a Arc<Keys>,
    pub now: Moment,
}

impl Site<'_> {
    /// Marks what belongs to this run: `20261123-090000`, by the court's clocks.
    fn stamp(&self) -> String {
        self.now.court_time().format("%Y%m%d-%H%M%S").to_string()
    }
}
