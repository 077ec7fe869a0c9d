//! What the trail says of bulk matters: the same lines that registering them one by one would leave.

use super::rows::write_trail;
use crate::audit::{self, Entry, Subject, Value};
use crate::db::{Committed, Conn};
use crate::people::Act;
use diesel::QueryResult;

/// A line that is still without its place in the chain.
pub struct Said {
    pub act: Act,
    pub action: &'static str,
    pub subject: Subject,
    pub values: Vec<(&'static str, String)>,
}

/// Puts the lines at the end of the chain, of which `end` is the end before and after.
///
/// # Errors
///
/// When the database refuses.
pub fn write(conn: &mut Conn, end: &mut Committed, said: &[Said]) -> QueryResult<()> {
    let mut lines: Vec<Entry> = Vec::with_capacity(said.len());
    let mut values: Vec<Value> = Vec::with_capacity(said.len() * 3);
    for one in said {
        let told: Vec<(&str, &str)> =
            one.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (line, own) = audit::next_line(&one.act, end, one.action, one.subject, &told);
        lines.push(line);
        values.extend(own);
    }
    write_trail(conn, &lines, &values)
}
