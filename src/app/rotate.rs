//! `tingsong rotate-key`: a new sealing key, and everything that is sealed is sealed with it anew, in batches. It can be
//! broken off at any time and taken up again: what is done is skipped. The blind indexes and the trail hang on the root
//! key, which stays.

use super::command::{Common, Opened};
use crate::audit::{self, Subject};
use crate::crypto::Keys;
use crate::db::{Conn, Database};
use crate::error::Problem;
use crate::files;
use crate::intake;
use crate::people::Act;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::path::Path;
use std::sync::Arc;

/// How many rows are sealed anew in one transaction.
const BATCH: i64 = 500;

/// The sealed columns of tables that have an id.
const COLUMNS: [(&str, &str); 6] = [
    ("petitioners", "doc_sealed"),
    ("petitioners", "phone_sealed"),
    ("petitioners", "address_sealed"),
    ("drafts", "sealed"),
    ("imports", "report"),
    ("import_batches", "sealed"),
];

/// What `tingsong rotate-key` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct RotateArgs {
    /// 不再换新密钥，只把上次没有做完的做完
    #[arg(long)]
    resume: bool,
}

/// How much was sealed anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    pub values: usize,
    pub files: usize,
}

/// Adds a sealing key to the key file and seals everything with it. The server must be stopped: it would not open what is
/// sealed with a key it has not read.
///
/// # Errors
///
/// A Chinese sentence; `--resume` goes on from there.
pub fn rotate_key(common: &Common, args: &RotateArgs) -> Result<String, String> {
    let opened = Opened::by(common, &[])?;
    let place = Path::new(opened.config.text("key_file"));
    let keys = if args.resume {
        opened.keys.clone()
    } else {
        Arc::new(Keys::rotate(place).map_err(|error| error.to_string())?)
    };
    let act = Act::system("命令行", opened.clock.now(), keys.clone());
    let done = reseal_everything(&opened.database, &act, &opened.config.data).map_err(|problem| {
        format!("没有做完：{problem}已经换好的不受影响，查明原因后请执行 tingsong rotate-key --resume 继续。")
    })?;
    Ok(format!(
        "{}\n现在用这把密钥加密。重新加密了 {} 项内容、{} 个附件。\n请把密钥文件 {} 重新另存一份，分发到每一台运行实例后再启动服务；旧密钥留在文件里，用来打开以前的备份。",
        keys.key_id(),
        done.values,
        done.files,
        place.display(),
    ))
}

/// Seals everything with the key that `act` seals with. `data` is the data folder.
///
/// # Errors
///
/// That something can't be opened, read or written; what was done before stays done.
pub fn reseal_everything(database: &Database, act: &Act, data: &Path) -> Result<Resealed, Problem> {
    let mut done = Resealed::default();
    for (table, column) in COLUMNS {
        let mut after = i64::MIN;
        loop {
            let keys = act.keys.clone();
            let (changed, last) =
                database.write(move |conn| column_batch(conn, &keys, (table, column), after))?;
            done.values += changed;
            let Some(last) = last else { break };
            after = last;
        }
    }
    done.values += reseal_past(database, &act.keys)?;
    done.files = reseal_files(database, &act.keys, data)?;
    let keys = act.keys.clone();
    // Only now: a file that is not done yet still needs its old key.
    database.write(move |conn| {
        intake::note_key(conn, keys.key_id())?;
        Ok(files::note_key(conn, keys.key_id())?)
    })?;
    let (act, values, attachments) = (act.clone(), done.values.to_string(), done.files.to_string());
    database.write(move |conn| {
        let key = act.keys.key_id().to_owned();
        let told = [("key", key.as_str()), ("count", values.as_str()), ("files", attachments.as_str())];
        audit::record(conn, &act, "key.rotated", Subject::System, &told)
    })?;
    Ok(done)
}

#[derive(QueryableByName)]
struct Sealed {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    value: String,
}

/// One batch of one column after this id: how many were sealed anew, and the last id; `None` at the end.
fn column_batch(
    conn: &mut Conn,
    keys: &Keys,
    (table, column): (&str, &str),
    after: i64,
) -> Result<(usize, Option<i64>), Problem> {
    let rows: Vec<Sealed> = diesel::sql_query(format!(
        "SELECT id, {column} AS value FROM {table} WHERE id > $1 AND {column} IS NOT NULL ORDER BY id LIMIT {BATCH}"
    ))
    .bind::<BigInt, _>(after)
    .load(conn)?;
    let mut changed = 0;
    for row in &rows {
        if let Some(anew) = keys.reseal(&row.value)? {
            changed += diesel::sql_query(format!("UPDATE {table} SET {column} = $1 WHERE id = $2"))
                .bind::<Text, _>(anew)
                .bind::<BigInt, _>(row.id)
                .execute(conn)?;
        }
    }
    Ok((changed, rows.last().map(|row| row.id)))
}

#[derive(Clone, QueryableByName)]
struct Past {
    #[diesel(sql_type = BigInt)]
    petitioner_id: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = Text)]
    sealed: String,
}

/// What petitioners were found by before: old documents and telephones.
fn reseal_past(database: &Database, keys: &Arc<Keys>) -> Result<usize, Problem> {
    let mut changed = 0;
    let mut after = (i64::MIN, String::new(), String::new());
    loop {
        let (keys, from) = (keys.clone(), after.clone());
        let (done, last) = database.write(move |conn| past_batch(conn, &keys, from))?;
        changed += done;
        let Some(last) = last else { return Ok(changed) };
        after = (last.petitioner_id, last.kind, last.key);
    }
}

fn past_batch(
    conn: &mut Conn,
    keys: &Keys,
    (petitioner, kind, key): (i64, String, String),
) -> Result<(usize, Option<Past>), Problem> {
    let rows: Vec<Past> = diesel::sql_query(format!(
        "SELECT petitioner_id, kind, key, sealed FROM petitioner_keys WHERE sealed IS NOT NULL \
         AND (petitioner_id, kind, key) > ($1, $2, $3) ORDER BY petitioner_id, kind, key LIMIT {BATCH}"
    ))
    .bind::<BigInt, _>(petitioner)
    .bind::<Text, _>(kind)
    .bind::<Text, _>(key)
    .load(conn)?;
    let mut changed = 0;
    for row in &rows {
        if let Some(anew) = keys.reseal(&row.sealed)? {
            changed += diesel::sql_query(
                "UPDATE petitioner_keys SET sealed = $1 WHERE petitioner_id = $2 AND kind = $3 AND key = $4",
            )
            .bind::<Text, _>(anew)
            .bind::<BigInt, _>(row.petitioner_id)
            .bind::<Text, _>(&row.kind)
            .bind::<Text, _>(&row.key)
            .execute(conn)?;
        }
    }
    Ok((changed, rows.last().cloned()))
}

fn reseal_files(database: &Database, keys: &Keys, data: &Path) -> Result<usize, Problem> {
    let mut changed = 0;
    for hash in database.read(|conn| Ok(intake::held_contents(conn)?))? {
        changed += usize::from(files::reseal(data, keys, &hash)?);
    }
    let mut after = String::new();
    loop {
        let from = after.clone();
        let hashes = database.read(move |conn| Ok(files::hashes_after(conn, &from, BATCH)?))?;
        let Some(last) = hashes.last() else { return Ok(changed) };
        after.clone_from(last);
        for hash in &hashes {
            changed += usize::from(files::reseal(data, keys, hash)?);
        }
    }
}
