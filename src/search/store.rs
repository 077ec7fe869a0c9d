//! Where the index is kept: FTS5 on SQLite with a table of what it has not taken in yet, `tsvector` on PostgreSQL.

use super::Document;
use super::tokens::Tokens;
use super::typed::Typed;
use crate::db::Conn;
use crate::error::Problem;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::cmp::Reverse;
use std::collections::BTreeSet;

pub(super) mod sqlite {
    diesel::table! {
        search_documents (document) { document -> BigInt, id -> BigInt, }
    }
    diesel::table! {
        search_index (rowid) { rowid -> BigInt, body -> Text, }
    }
    diesel::table! {
        search_pending (document) { document -> BigInt, body -> Text, }
    }
    diesel::allow_tables_to_appear_in_same_query!(search_documents, search_pending);
}
use sqlite::{search_documents, search_index, search_pending};

/// How many of the newest documents PostgreSQL looks through one by one, first few, then more, before it asks its index:
/// a common word is among them often enough, and the index would first gather every place where it stands.
const NEWEST: [i64; 2] = [500, 6_000];
/// How many candidates one page looks at before it stops and says that there is more.
const MOST_EXAMINED: usize = 20_000;
const SMALLEST_BATCH: i64 = 32;
const LARGEST_BATCH: i64 = 2_000;

/// A thing that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, QueryableByName)]
pub struct Hit {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Where it stands in the order of coming; a search goes on before it.
    #[diesel(sql_type = BigInt)]
    pub place: i64,
}

/// What a page of a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What is found and kept by the list's own filter, the newest first.
    pub ids: Vec<i64>,
    /// The place to go on from, for older ones; `None` when all have been looked at. A page may be short, even empty,
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
        Conn::Sqlite(c) => {
            let number = match number_of(c, id)? {
                Some(number) => number,
                None => diesel::insert_into(search_documents::table)
                    .values(search_documents::id.eq(id))
                    .returning(search_documents::document)
                    .get_result(c)?,
            };
            diesel::replace_into(search_pending::table)
                .values((search_pending::document.eq(number), search_pending::body.eq(tokens.spaced())))
                .execute(c)
        }
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

fn number_of(c: &mut SqliteConnection, id: i64) -> QueryResult<Option<i64>> {
    search_documents::table
        .filter(search_documents::id.eq(id))
        .select(search_documents::document)
        .first(c)
        .optional()
}

/// Makes the thing `id` findable by nothing.
///
/// # Errors
///
/// When the database refuses.
pub fn remove(conn: &mut Conn, id: i64) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(c) => {
            let Some(number) = number_of(c, id)? else { return Ok(()) };
            diesel::delete(search_pending::table.find(number)).execute(c)?;
            diesel::delete(search_index::table.find(number)).execute(c)?;
            diesel::delete(search_documents::table.find(number)).execute(c)
        }
        Conn::Postgres(c) => {
            diesel::sql_query("DELETE FROM search_index WHERE id = $1").bind::<BigInt, _>(id).execute(c)
        }
    }?;
    Ok(())
}

/// Takes up to `most` waiting documents into the index and returns how many that were; for a job, in a write
/// transaction, until it returns 0. Searches find waiting documents as well, but look through each. A few hundred at
/// a time while people work; twenty thousand at a time, when a whole court is loaded, cost each document least.
///
/// # Errors
///
/// When the database refuses.
pub fn settle(conn: &mut Conn, most: i64) -> QueryResult<usize> {
    let Conn::Sqlite(c) = conn else { return Ok(0) };
    let waiting: Vec<(i64, String)> =
        search_pending::table.order(search_pending::document).limit(most).load(c)?;
    for (number, body) in &waiting {
        diesel::replace_into(search_index::table)
            .values((search_index::rowid.eq(number), search_index::body.eq(body)))
            .execute(c)?;
        diesel::delete(search_pending::table.find(number)).execute(c)?;
    }
    Ok(waiting.len())
}

/// The newest `limit` things that match and stand before the place `before`, the newest first. New is what was first
/// put last.
///
/// # Errors
///
/// When the database refuses.
pub fn query(conn: &mut Conn, typed: &Typed, before: Option<i64>, limit: i64) -> QueryResult<Vec<Hit>> {
    let before = before.unwrap_or(i64::MAX);
    match conn {
        Conn::Sqlite(c) => on_sqlite(c, typed, before, limit),
        Conn::Postgres(c) => on_postgres(c, typed, before, limit),
    }
}

/// Those of `ids` that match, in their order: for a list that is short by itself, such as one person's own matters.
///
/// # Errors
///
/// When the database refuses.
pub fn among(conn: &mut Conn, typed: &Typed, ids: &[i64]) -> QueryResult<Vec<i64>> {
    let found = match conn {
        Conn::Sqlite(c) => among_on_sqlite(c, typed, ids)?,
        Conn::Postgres(c) => among_on_postgres(c, typed, ids)?,
    };
    Ok(ids.iter().copied().filter(|id| found.contains(id)).collect())
}

/// One page of a list that shows only what `keep` leaves over of the ids it is given (the searcher's scope, the list's
/// other filters). `keep` is given at most two thousand at a time; in which order it answers does not matter.
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
        let hits = query(conn, typed, found.more_before, batch)?;
        let last_batch = i64::try_from(hits.len()).unwrap_or(batch) < batch;
        examined += hits.len();
        let candidates: Vec<i64> = hits.iter().map(|hit| hit.id).collect();
        let kept: BTreeSet<i64> = keep(conn, &candidates)?.into_iter().collect();
        for hit in hits {
            if !kept.contains(&hit.id) {
                found.more_before = Some(hit.place);
                continue;
            }
            // One more than fits: there is another page.
            if found.ids.len() == limit {
                return Ok(found);
            }
            found.ids.push(hit.id);
            found.more_before = Some(hit.place);
        }
        if last_batch {
            found.more_before = None;
            return Ok(found);
        }
        batch = (batch * 4).min(LARGEST_BATCH);
    }
    Ok(found)
}

fn on_sqlite(c: &mut SqliteConnection, typed: &Typed, before: i64, limit: i64) -> QueryResult<Vec<Hit>> {
    let Some(wanted) = typed.fts5() else { return Ok(Vec::new()) };
    let mut found = waiting_that_match(c, typed)?;
    found.retain(|hit| hit.place < before);
    // What waits and is indexed already has changed: the index does not speak for it any more.
    let indexed = diesel::sql_query(
        "SELECT d.id, hits.place FROM (\
         SELECT rowid AS place FROM search_index WHERE search_index MATCH $1 AND rowid < $2 \
         AND rowid NOT IN (SELECT document FROM search_pending) ORDER BY rowid DESC LIMIT $3\
         ) AS hits CROSS JOIN search_documents AS d ON d.document = hits.place",
    )
    .bind::<Text, _>(wanted)
    .bind::<BigInt, _>(before)
    .bind::<BigInt, _>(limit)
    .load::<Hit>(c)?;
    found.extend(indexed);
    found.sort_unstable_by_key(|hit| Reverse(hit.place));
    found.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(found)
}

fn waiting_that_match(c: &mut SqliteConnection, typed: &Typed) -> QueryResult<Vec<Hit>> {
    let waiting = search_pending::table
        .inner_join(search_documents::table.on(search_documents::document.eq(search_pending::document)))
        .select((search_documents::id, search_pending::document, search_pending::body))
        .load_iter::<(i64, i64, String), _>(c)?;
    let mut found = Vec::new();
    for row in waiting {
        let (id, place, body) = row?;
        if typed.matches(&body) {
            found.push(Hit { id, place });
        }
    }
    Ok(found)
}

fn on_postgres(c: &mut PgConnection, typed: &Typed, before: i64, limit: i64) -> QueryResult<Vec<Hit>> {
    let Some(wanted) = typed.tsquery() else { return Ok(Vec::new()) };
    for newest in NEWEST {
        let found = diesel::sql_query(
            "SELECT id, id AS place FROM \
             (SELECT id, tsv FROM search_index WHERE id < $1 ORDER BY id DESC LIMIT $2) AS newest \
             WHERE tsv @@ $3::tsquery ORDER BY id DESC LIMIT $4",
        )
        .bind::<BigInt, _>(before)
        .bind::<BigInt, _>(newest)
        .bind::<Text, _>(&wanted)
        .bind::<BigInt, _>(limit)
        .load::<Hit>(c)?;
        if i64::try_from(found.len()).unwrap_or(limit) >= limit {
            return Ok(found);
        }
        // So few that the index has few to gather.
        if found.is_empty() {
            break;
        }
    }
    diesel::sql_query(
        "WITH hits AS MATERIALIZED (SELECT id FROM search_index WHERE tsv @@ $1::tsquery AND id < $2) \
         SELECT id, id AS place FROM hits ORDER BY id DESC LIMIT $3",
    )
    .bind::<Text, _>(&wanted)
    .bind::<BigInt, _>(before)
    .bind::<BigInt, _>(limit)
    .load::<Hit>(c)
}

fn among_on_sqlite(c: &mut SqliteConnection, typed: &Typed, among: &[i64]) -> QueryResult<BTreeSet<i64>> {
    let Some(wanted) = typed.fts5() else { return Ok(BTreeSet::new()) };
    let mut found: BTreeSet<i64> = waiting_that_match(c, typed)?.into_iter().map(|hit| hit.id).collect();
    for id in among {
        // FTS5 takes a rowid of NULL for no condition at all.
        let Some(number) = number_of(c, *id)? else { continue };
        let hit = diesel::sql_query(
            "SELECT $1 AS id, rowid AS place FROM search_index WHERE rowid = $2 AND search_index MATCH $3 \
             AND rowid NOT IN (SELECT document FROM search_pending)",
        )
        .bind::<BigInt, _>(id)
        .bind::<BigInt, _>(number)
        .bind::<Text, _>(&wanted)
        .get_result::<Hit>(c)
        .optional()?;
        found.extend(hit.map(|hit| hit.id));
    }
    Ok(found)
}

fn among_on_postgres(c: &mut PgConnection, typed: &Typed, among: &[i64]) -> QueryResult<BTreeSet<i64>> {
    let Some(wanted) = typed.tsquery() else { return Ok(BTreeSet::new()) };
    let hits = diesel::sql_query(
        "SELECT id, id AS place FROM search_index WHERE id = ANY($1) AND tsv @@ $2::tsquery",
    )
    .bind::<diesel::sql_types::Array<BigInt>, _>(among)
    .bind::<Text, _>(wanted)
    .load::<Hit>(c)?;
    Ok(hits.into_iter().map(|hit| hit.id).collect())
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
        Typed::read(typed)
            .map(|typed| query(conn, &typed, None, 20).unwrap())
            .unwrap_or_default()
            .iter()
            .map(|hit| hit.id)
            .collect()
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
            let newest: Vec<i64> =
                query(conn, &typed, Some(700), 2).unwrap().iter().map(|hit| hit.id).collect();
            assert_eq!(newest, [699, 698]);
            assert_eq!(among(conn, &Typed::read("罕见").unwrap(), &[5, 600, 100, 900]).unwrap(), [600, 100]);
            assert_eq!(find(conn, "罕见"), [700, 600, 500, 400, 300, 200, 100]);
            let odd =
                |_: &mut Conn, ids: &[i64]| Ok(ids.iter().copied().filter(|id| id % 300 == 0).collect());
            let first = page(conn, &typed, None, 1, odd).unwrap();
            assert_eq!((first.ids.as_slice(), first.more_before), ([600].as_slice(), Some(301)));
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
