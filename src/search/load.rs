//! Taking in very many new documents at once: words are made beforehand, on any thread, and go into the index directly.

use super::Document;
use super::store::sqlite::{search_documents, search_index};
use super::tokens::Tokens;
use crate::db::Conn;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

/// A document's words, as one of the databases takes them.
#[derive(Clone, Debug)]
pub struct Prepared(String);

/// The words of a document, for SQLite or for PostgreSQL.
pub fn prepare(document: &Document<'_>, sqlite: bool) -> Prepared {
    let tokens = Tokens::of(document);
    Prepared(if sqlite { tokens.spaced() } else { tokens.tsvector() })
}

/// Makes things findable that are not yet, the oldest first, as [`super::put`] and [`super::settle`] would one by one.
///
/// # Errors
///
/// When the database refuses, for one because a thing is findable already.
pub fn load(conn: &mut Conn, documents: &[(i64, Prepared)]) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(c) => {
            for (id, Prepared(words)) in documents {
                let number: i64 = diesel::insert_into(search_documents::table)
                    .values(search_documents::id.eq(id))
                    .returning(search_documents::document)
                    .get_result(c)?;
                diesel::insert_into(search_index::table)
                    .values((search_index::rowid.eq(number), search_index::body.eq(words)))
                    .execute(c)?;
            }
        }
        Conn::Postgres(c) => {
            let ids: Vec<i64> = documents.iter().map(|(id, _)| *id).collect();
            let words: Vec<&str> = documents.iter().map(|(_, words)| words.0.as_str()).collect();
            diesel::sql_query(
                "INSERT INTO search_index (id, tsv) SELECT id, words::tsvector \
                 FROM unnest($1, $2) AS loaded (id, words)",
            )
            .bind::<Array<BigInt>, _>(ids)
            .bind::<Array<Text>, _>(words)
            .execute(c)?;
        }
    }
    Ok(())
}
