//! How the lines of the trail hang together, and how a break is found. Each line carries a keyed hash over itself and
//! over the hash of the line before. It covers keyed digests of the values, not the values: a value can be taken out
//! later and the line still holds, but one put in its place does not match its digest.

use super::types::{Entry, Value};
use crate::crypto::{MacKey, same};
use std::collections::BTreeMap;

/// What the first line names as the one before it.
pub const NO_LINE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// 128 bits of each digest are kept.
const DIGEST_DIGITS: usize = 32;

/// The hash that belongs into this line.
pub fn link(key: &MacKey, entry: &Entry) -> String {
    let number = |n: Option<i64>| n.map(i64::to_be_bytes);
    let court = number(entry.court_id.map(|id| id.0));
    let actor = number(entry.actor_id.map(|id| id.0));
    let subject = number(entry.subject_id);
    key.hex_of(&[
        b"link",
        &entry.seq.to_be_bytes(),
        &entry.at.and_utc().timestamp_micros().to_be_bytes(),
        court.as_ref().map_or(&[], <[u8; 8]>::as_slice),
        actor.as_ref().map_or(&[], <[u8; 8]>::as_slice),
        entry.actor_name.as_bytes(),
        entry.action.as_bytes(),
        entry.subject_kind.as_bytes(),
        subject.as_ref().map_or(&[], <[u8; 8]>::as_slice),
        entry.digests.as_bytes(),
        entry.prev.as_bytes(),
    ])
}

fn digest(key: &MacKey, seq: i64, field: &str, value: &str) -> String {
    let mut digits = key.hex_of(&[b"value", &seq.to_be_bytes(), field.as_bytes(), value.as_bytes()]);
    digits.truncate(DIGEST_DIGITS);
    digits
}

/// What line `seq` keeps of these values: `field=digest field=digest`, in the order of the fields.
pub fn digests(key: &MacKey, seq: i64, values: &[(&str, &str)]) -> String {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let mut text = String::with_capacity(values.len() * (DIGEST_DIGITS + 16));
    for (field, value) in sorted {
        debug_assert!(!field.contains([' ', '=']), "a field's name is one word: {field:?}");
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(field);
        text.push('=');
        text.push_str(&digest(key, seq, field, value));
    }
    text
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "fault", content = "about")]
pub enum Fault {
    /// It is not there; the next one that is has the number told here.
    Missing(i64),
    /// It stands where no line belongs: before the first one.
    Extra,
    /// It does not follow on the line before it.
    OutOfPlace,
    /// Something in it was altered.
    Altered,
    /// It cannot be read at all.
    Unreadable,
    /// The value of this field was altered.
    ValueAltered(String),
    /// The value of this field is gone.
    ValueMissing(String),
    /// The value of this field was added.
    ValueAdded(String),
    /// It and all after it are gone; the anchor outside the database had come to the line told here.
    CutOff(i64),
    /// It is not the line that the anchor outside the database had seen at this place.
    NotAnchored,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::Missing(next) => write!(f, "这一条不见了，后面直接是第 {next} 条"),
            Fault::Extra => f.write_str("这一条是多出来的，编号本应从 1 开始"),
            Fault::OutOfPlace => f.write_str("这一条与前一条接不上"),
            Fault::Altered => f.write_str("这一条被改动过"),
            Fault::Unreadable => f.write_str("这一条已经损坏，无法读出"),
            Fault::ValueAltered(field) => write!(f, "这一条所记“{field}”的内容被改动过"),
            Fault::ValueMissing(field) => write!(f, "这一条所记“{field}”的内容被删掉了"),
            Fault::ValueAdded(field) => write!(f, "这一条被添上了原来没有的“{field}”"),
            Fault::CutOff(to) => write!(f, "从这一条起的末尾不见了，库外锚点记到过第 {to} 条"),
            Fault::NotAnchored => f.write_str("这一条与库外锚点记下的不是同一条"),
        }
    }
}

/// The first line that is wrong, and how.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Broken {
    pub seq: i64,
    #[serde(flatten)]
    pub fault: Fault,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "第 {} 条：{}。", self.seq, self.fault)
    }
}

/// Walks along the chain, line by line from the first.
#[derive(Debug)]
pub struct Checker {
    /// How many lines were found good: the number of the last one.
    pub lines: i64,
    /// The hash of the last good line; [`NO_LINE`] before the first.
    pub head: String,
    /// How many values agreed with their digests.
    pub values: u64,
    /// How many had been anonymised.
    pub anonymised: u64,
}

impl Default for Checker {
    fn default() -> Self {
        Checker { lines: 0, head: NO_LINE.to_owned(), values: 0, anonymised: 0 }
    }
}

impl Checker {
    /// Checks the next line with its values.
    ///
    /// # Errors
    ///
    /// What is wrong with it, or that lines before it are missing.
    pub fn take(&mut self, key: &MacKey, entry: &Entry, values: &[Value]) -> Result<(), Broken> {
        let expected = self.lines + 1;
        if entry.seq > expected {
            return Err(Broken { seq: expected, fault: Fault::Missing(entry.seq) });
        }
        let broken = |fault| Broken { seq: entry.seq, fault };
        if entry.seq < expected {
            return Err(broken(Fault::Extra));
        }
        if !same(&entry.hash, &link(key, entry)) {
            return Err(broken(Fault::Altered));
        }
        if entry.prev != self.head {
            return Err(broken(Fault::OutOfPlace));
        }
        self.take_values(key, entry, values).map_err(broken)?;
        self.lines = entry.seq;
        self.head.clone_from(&entry.hash);
        Ok(())
    }

    fn take_values(&mut self, key: &MacKey, entry: &Entry, values: &[Value]) -> Result<(), Fault> {
        let listed = entry.digests.split(' ').filter_map(|pair| pair.split_once('='));
        let mut wanted: BTreeMap<&str, &str> = listed.collect();
        for Value { field, value, .. } in values {
            let Some(kept) = wanted.remove(field.as_str()) else {
                return Err(Fault::ValueAdded(field.clone()));
            };
            match value {
                None => self.anonymised += 1,
                Some(value) if same(&digest(key, entry.seq, field, value), kept) => self.values += 1,
                Some(_) => return Err(Fault::ValueAltered(field.clone())),
            }
        }
        match wanted.first_key_value() {
            Some((field, _)) => Err(Fault::ValueMissing((*field).to_owned())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
