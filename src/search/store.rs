//! Where the index is kept: FTS5 on SQLite with a table of what it has not taken in yet, `tsvector` on PostgreSQL.

use super::Document;
use super::tokens::Tokens;
use super::typed::Typed;
use crate::db::Conn;
use crate::error::Problem;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

mod sqlite {
    diesel::table! {
        search_index (rowid) { rowid -> BigInt, body -> Text, }
    }
    diesel::table! {
        search_pending (id) { id -> BigInt, body -> Text, }
    }
}

/// How many of the newest documents PostgreSQL looks through one by one before it asks its index: a common word is
/// among them often enough, and the index would first gather every place where it stands.
const NEWEST: i64 = 500;
/// How many candidates one page looks at before it stops and says that there is more.
const MOST_EXAMINED: usize = 20_000;
const SMALLEST_BATCH: i64 = 64;
const LARGEST_BATCH: i64 = 2_000;

#[derive(QueryableByName)]
struct Hit {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// What a page of a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What is found and kept by the list's own filter, newest first.
    pub ids: Vec<i64>,
    /// Where to go on looking for older ones; `None` when all have been looked at. A page may be short, even empty,
    /// and still have more: looking stops after twenty thousand candidates that the filter refused.
    pub more_before: Option<i64>,
}

/// Makes the thing `id` findable by `document`, instead of by what it was findable by before.
///
/// # Errors
///
/// When the database refuses.
pub fn put(conn: &mut Conn, id: i64, document: &Document<'_>) -> QueryResult<()> {
    let tokens = Tokens::of(document);
    match conn {
        Conn::Sqlite(c) => diesel::replace_into(sqlite::search_pending::table)
            .values((sqlite::search_pending::id.eq(id), sqlite::search_pending::body.eq(tokens.spaced())))
            .execute(c),
        Conn::Postgres(c) => diesel::sql_query(
            "INSERT INTO search_index (id, tsv) VALUES ($1, $2::tsvector) \
             ON CONFLICT (id) DO UPDATE SET tsv = excluded.tsv",
        )
        .bind::<BigInt, _>(id)
        .bind::<Text, _>(tokens.tsvector())
        .execute(c),
    }?;
    Ok(())
}

/// Makes the thing `id` findable by nothing.
///
/// # Errors
///
/// When the database refuses.
pub fn remove(conn: &mut Conn, id: i64) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(c) => {
            diesel::delete(sqlite::search_pending::table.find(id)).execute(c)?;
            diesel::delete(sqlite::search_index::table.find(id)).execute(c)
        }
        Conn::Postgres(c) => {
            diesel::sql_query("DELETE FROM search_index WHERE id = $1").bind::<BigInt, _>(id).execute(c)
        }
    }?;
    Ok(())
}

/// Takes up to `most` waiting documents into the index and returns how many that were; for a job, in a write
/// transaction, until it returns 0. Searches find waiting documents as well, but look through each.
///
/// # Errors
///
/// When the database refuses.
pub fn settle(conn: &mut Conn, most: i64) -> QueryResult<usize> {
    let Conn::Sqlite(c) = conn else { return Ok(0) };
    let waiting: Vec<(i64, String)> =
        sqlite::search_pending::table.order(sqlite::search_pending::id).limit(most).load(c)?;
    for (id, body) in &waiting {
        diesel::replace_into(sqlite::search_index::table)
            .values((sqlite::search_index::rowid.eq(id), sqlite::search_index::body.eq(body)))
            .execute(c)?;
        diesel::delete(sqlite::search_pending::table.find(id)).execute(c)?;
    }
    Ok(waiting.len())
}

/// The newest `limit` things with an id below `before` that match, newest first.
///
/// # Errors
///
/// When the database refuses.
pub fn query(conn: &mut Conn, typed: &Typed, before: Option<i64>, limit: i64) -> QueryResult<Vec<i64>> {
    let before = before.unwrap_or(i64::MAX);
    match conn {
        Conn::Sqlite(c) => on_sqlite(c, typed, before, limit),
        Conn::Postgres(c) => on_postgres(c, typed, before, limit),
    }
}

/// Those of `ids` that match, newest first: for a list that is short by itself, such as one person's own matters.
///
/// # Errors
///
/// When the database refuses.
pub fn among(conn: &mut Conn, typed: &Typed, ids: &[i64]) -> QueryResult<Vec<i64>> {
    let mut found = match conn {
        Conn::Sqlite(c) => among_on_sqlite(c, typed, ids)?,
        Conn::Postgres(c) => among_on_postgres(c, typed, ids)?,
    };
    found.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found)
}

/// One page of a list that shows only what `keep` leaves over of the ids it is given (the searcher's scope, the list's
/// other filters). `keep` is given at most two thousand at a time.
///
/// # Errors
///
/// When the database refuses, or what `keep` returns.
pub fn page(
    conn: &mut Conn,
    typed: &Typed,
    before: Option<i64>,
    limit: usize,
    mut keep: impl FnMut(&mut Conn, &[i64]) -> Result<Vec<i64>, Problem>,
) -> Result<Found, Problem> {
    let mut found = Found { ids: Vec::new(), more_before: before };
    let mut batch = i64::try_from(limit).unwrap_or(LARGEST_BATCH).clamp(SMALLEST_BATCH, LARGEST_BATCH);
    let mut examined = 0;
    while examined < MOST_EXAMINED {
        let candidates = query(conn, typed, found.more_before, batch)?;
        let last_batch = i64::try_from(candidates.len()).unwrap_or(batch) < batch;
        examined += candidates.len();
        let mut kept = keep(conn, &candidates)?;
        kept.sort_unstable_by(|a, b| b.cmp(a));
        for id in kept {
            if found.ids.len() == limit {
                found.more_before = found.ids.last().copied();
                return Ok(found);
            }
            found.ids.push(id);
        }
        if last_batch {
            found.more_before = None;
            return Ok(found);
        }
        found.more_before = candidates.last().copied();
        batch = (batch * 4).min(LARGEST_BATCH);
    }
    Ok(found)
}

fn ids(hits: Vec<Hit>) -> Vec<i64> {
    hits.into_iter().map(|hit| hit.id).collect()
}

fn on_sqlite(c: &mut SqliteConnection, typed: &Typed, before: i64, limit: i64) -> QueryResult<Vec<i64>> {
    let Some(wanted) = typed.fts5() else { return Ok(Vec::new()) };
    let mut found = waiting_that_match(c, typed)?;
    found.retain(|id| *id < before);
    // What waits under an id that is indexed already has changed: the index does not speak for it any more.
    let indexed = diesel::sql_query(
        "SELECT rowid AS id FROM search_index WHERE search_index MATCH $1 AND rowid < $2 \
         AND rowid NOT IN (SELECT id FROM search_pending) ORDER BY rowid DESC LIMIT $3",
    )
    .bind::<Text, _>(wanted)
    .bind::<BigInt, _>(before)
    .bind::<BigInt, _>(limit)
    .load::<Hit>(c)?;
    found.extend(ids(indexed));
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(found)
}

fn waiting_that_match(c: &mut SqliteConnection, typed: &Typed) -> QueryResult<Vec<i64>> {
    let waiting = sqlite::search_pending::table.load_iter::<(i64, String), _>(c)?;
    let mut found = Vec::new();
    for row in waiting {
        let (id, body) = row?;
        if typed.matches(&body) {
            found.push(id);
        }
    }
    Ok(found)
}

fn on_postgres(c: &mut PgConnection, typed: &Typed, before: i64, limit: i64) -> QueryResult<Vec<i64>> {
    let Some(wanted) = typed.tsquery() else { return Ok(Vec::new()) };
    let newest = diesel::sql_query(
        "SELECT id FROM (SELECT id, tsv FROM search_index WHERE id < $1 ORDER BY id DESC LIMIT $2) AS newest \
         WHERE tsv @@ $3::tsquery ORDER BY id DESC LIMIT $4",
    )
    .bind::<BigInt, _>(before)
    .bind::<BigInt, _>(NEWEST)
    .bind::<Text, _>(&wanted)
    .bind::<BigInt, _>(limit)
    .load::<Hit>(c)?;
    if i64::try_from(newest.len()).unwrap_or(limit) >= limit {
        return Ok(ids(newest));
    }
    diesel::sql_query(
        "WITH hits AS MATERIALIZED (SELECT id FROM search_index WHERE tsv @@ $1::tsquery AND id < $2) \
         SELECT id FROM hits ORDER BY id DESC LIMIT $3",
    )
    .bind::<Text, _>(&wanted)
    .bind::<BigInt, _>(before)
    .bind::<BigInt, _>(limit)
    .load::<Hit>(c)
    .map(ids)
}

fn among_on_sqlite(c: &mut SqliteConnection, typed: &Typed, among: &[i64]) -> QueryResult<Vec<i64>> {
    let Some(wanted) = typed.fts5() else { return Ok(Vec::new()) };
    let mut found = waiting_that_match(c, typed)?;
    found.retain(|id| among.contains(id));
    for id in among {
        let hit = diesel::sql_query(
            "SELECT rowid AS id FROM search_index WHERE search_index MATCH $1 AND rowid = $2 \
             AND rowid NOT IN (SELECT id FROM search_pending)",
        )
        .bind::<Text, _>(&wanted)
        .bind::<BigInt, _>(id)
        .get_result::<Hit>(c)
        .optional()?;
        found.extend(hit.map(|hit| hit.id));
    }
    Ok(found)
}

fn among_on_postgres(c: &mut PgConnection, typed: &Typed, among: &[i64]) -> QueryResult<Vec<i64>> {
    let Some(wanted) = typed.tsquery() else { return Ok(Vec::new()) };
    diesel::sql_query("SELECT id FROM search_index WHERE id = ANY($1) AND tsv @@ $2::tsquery")
        .bind::<diesel::sql_types::Array<BigInt>, _>(among)
        .bind::<Text, _>(wanted)
        .load::<Hit>(c)
        .map(ids)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{self, Connector};
    use diesel::connection::SimpleConnection;
    use diesel::r2d2::ManageConnection;
    use proptest::prelude::*;

    fn sqlite() -> Conn {
        let mut conn = Connector::to("sqlite::memory:").unwrap().connect().unwrap();
        db::migrate_on(&mut conn).unwrap();
        conn
    }

    type Settle<'a> = &'a mut dyn FnMut(&mut Conn);

    /// Runs `test` on SQLite, with documents waiting and with all of them taken in, and on PostgreSQL where there is one.
    fn on_each(test: fn(&mut Conn, Settle<'_>)) {
        test(&mut sqlite(), &mut |_| ());
        test(&mut sqlite(), &mut |conn| while settle(conn, 2).unwrap() > 0 {});
        let Ok(url) = std::env::var("TINGSONG_TEST_POSTGRES") else {
            assert!(std::env::var("TINGSONG_TEST_ALL").is_err(), "TINGSONG_TEST_POSTGRES is not set");
            eprintln!("not run on PostgreSQL: TINGSONG_TEST_POSTGRES is not set");
            return;
        };
        let mut conn = Connector::to(&url).unwrap().connect().unwrap();
        let schema = format!("search_{}", rand::random::<u64>());
        conn.batch_execute(&format!("CREATE SCHEMA {schema}; SET search_path TO {schema}")).unwrap();
        db::migrate_on(&mut conn).unwrap();
        test(&mut conn, &mut |_| ());
        conn.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).unwrap();
    }

    fn find(conn: &mut Conn, typed: &str) -> Vec<i64> {
        Typed::read(typed).map(|typed| query(conn, &typed, None, 20).unwrap()).unwrap_or_default()
    }

    #[test]
    fn things_are_found_newest_first_by_what_they_say_now() {
        on_each(|conn, settle| {
            let text = |texts| Document { texts, ..Document::default() };
            put(conn, 1, &text(&["整理季度报告并提交"])).unwrap();
            put(conn, 2, &text(&["报告季度"])).unwrap();
            put(
                conn,
                3,
                &Document {
                    names: &["张三"],
                    numbers: &["（2026）豫0404民初123号"],
                    ..text(&["𰻝面 é 采购"])
                },
            )
            .unwrap();
            settle(conn);
            assert_eq!(find(conn, "季度"), [2, 1]);
            assert_eq!(find(conn, "季度报告"), [1]);
            assert_eq!(find(conn, "告"), [2, 1]);
            for typed in ["𰻝", "𰻝面", "é", "zs", "zhang", "张三", "民初123", "123号", "采购 zs"]
            {
                assert_eq!(find(conn, typed), [3], "{typed}");
            }
            put(conn, 2, &text(&["另一回事"])).unwrap();
            assert_eq!(find(conn, "季度"), [1]);
            assert_eq!(find(conn, "一回"), [2]);
            settle(conn);
            assert_eq!(find(conn, "季度"), [1]);
            assert_eq!(find(conn, "一回"), [2]);
            remove(conn, 1).unwrap();
            assert_eq!(find(conn, "季度"), [0; 0]);
        });
    }

    #[test]
    fn pages_go_on_where_the_last_one_ended_and_keep_to_the_filter() {
        on_each(|conn, settle| {
            for id in 1..=700 {
                let text = if id % 100 == 0 { "欠薪 罕见" } else { "欠薪" };
                put(conn, id, &Document { texts: &[text], ..Document::default() }).unwrap();
            }
            settle(conn);
            let typed = Typed::read("欠薪").unwrap();
            assert_eq!(query(conn, &typed, Some(700), 2).unwrap(), [699, 698]);
            assert_eq!(among(conn, &Typed::read("罕见").unwrap(), &[5, 100, 600, 900]).unwrap(), [600, 100]);
            assert_eq!(find(conn, "罕见"), [700, 600, 500, 400, 300, 200, 100]);
            let odd =
                |_: &mut Conn, ids: &[i64]| Ok(ids.iter().copied().filter(|id| id % 300 == 0).collect());
            let first = page(conn, &typed, None, 1, odd).unwrap();
            assert_eq!((first.ids.as_slice(), first.more_before), ([600].as_slice(), Some(600)));
            let second = page(conn, &typed, first.more_before, 1, odd).unwrap();
            assert_eq!((second.ids.as_slice(), second.more_before), ([300].as_slice(), None));
        });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn whatever_is_typed_or_written_the_database_takes_it(text in "\\PC{0,60}", typed in ".{0,60}") {
            let conn = &mut sqlite();
            put(conn, 1, &Document { texts: &[&text], names: &[&typed], ..Document::default() }).unwrap();
            let waiting = find(conn, &typed);
            settle(conn, 10).unwrap();
            prop_assert_eq!(waiting, find(conn, &typed));
        }
    }
}
