//! An attachment on its way to a browser: never run, never taken for a page of ours.

use super::{Attachment, FileKind};
use actix_web::HttpResponse;
use actix_web::http::header;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What RFC 5987 leaves as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The answer that carries `bytes`. Pictures and PDF are shown unless `save` is asked for; all else is saved.
pub fn response(attachment: &Attachment, bytes: Vec<u8>, save: bool) -> HttpResponse {
    let shown = attachment.kind.is_inline() && !save;
    // Chrome refuses to show a PDF in a sandbox; its viewer keeps the document away from the page by itself.
    let policy = if attachment.kind == FileKind::Pdf {
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
    } else {
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, attachment.kind.mime()))
        .insert_header((header::CONTENT_DISPOSITION, disposition(&attachment.name, shown)))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(bytes)
}

fn disposition(name: &str, shown: bool) -> String {
    let how = if shown { "inline" } else { "attachment" };
    let ending = super::names::ending(name);
    let coded = utf8_percent_encode(name, PLAIN);
    format!("{how}; filename=\"file.{ending}\"; filename*=UTF-8''{coded}")
}

#[cfg(test)]
mod tests {
    use super::super::{AttachmentId, Kept};
    use super::*;
    use crate::db::{Conn, Connector, migrate_on};
    use crate::time::Moment;
    use diesel::connection::SimpleConnection;
    use diesel::r2d2::ManageConnection;

    fn attachment(kind: FileKind, name: &str) -> Attachment {
        let kept = Kept {
            name: name.to_owned(),
            kind,
            size_bytes: 3,
            hash: "ab".repeat(32),
            key_id: "k".to_owned(),
        };
        let now = Moment::from_utc("2026-11-23T01:02:03".parse().unwrap());
        Attachment::of(kept, (1, 2), Some(3), now)
    }

    #[test]
    fn only_pictures_and_pdf_are_shown_and_names_are_coded() {
        let headers = |kind, name, save| {
            let response = response(&attachment(kind, name), vec![1], save);
            let header = |name: &str| response.headers().get(name).unwrap().to_str().unwrap().to_owned();
            (
                header("content-disposition"),
                header("content-security-policy"),
                header("x-content-type-options"),
            )
        };
        let (disposition, policy, sniff) = headers(FileKind::Png, "照 片.png", false);
        assert_eq!(disposition, "inline; filename=\"file.png\"; filename*=UTF-8''%E7%85%A7%20%E7%89%87.png");
        assert!(policy.ends_with("sandbox") && sniff == "nosniff");
        assert!(headers(FileKind::Png, "a.png", true).0.starts_with("attachment;"));
        assert!(headers(FileKind::Text, "a.txt", false).0.starts_with("attachment;"));
        assert!(headers(FileKind::Pdf, "a.pdf", false).0.starts_with("inline;"));
    }

    #[test]
    fn rows_come_back_as_they_were_put_and_every_kind_fits_the_table() {
        let mut sqlite = Connector::to("sqlite::memory:").unwrap().connect().unwrap();
        migrate_on(&mut sqlite).unwrap();
        sqlite.batch_execute("PRAGMA foreign_keys = OFF").unwrap();
        rows_come_back(&mut sqlite);
        let Ok(url) = std::env::var("TINGSONG_TEST_POSTGRES") else {
            assert!(std::env::var("TINGSONG_TEST_ALL").is_err(), "TINGSONG_TEST_POSTGRES is not set");
            eprintln!("not run on PostgreSQL: TINGSONG_TEST_POSTGRES is not set");
            return;
        };
        let mut postgres = Connector::to(&url).unwrap().connect().unwrap();
        let schema = format!("files_{}", rand::random::<u64>());
        postgres.batch_execute(&format!("CREATE SCHEMA {schema}; SET search_path TO {schema}")).unwrap();
        migrate_on(&mut postgres).unwrap();
        postgres.batch_execute("SET session_replication_role = replica").unwrap();
        rows_come_back(&mut postgres);
        postgres.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).unwrap();
    }

    fn rows_come_back(conn: &mut Conn) {
        for (at, kind) in (1..).zip(FileKind::ALL) {
            let row = Attachment { id: AttachmentId(at), ..attachment(*kind, "a").with_contact(9) };
            super::super::insert(conn, &row).unwrap();
            assert_eq!(super::super::find(conn, row.id).unwrap(), row);
        }
        let ids: Vec<i64> = super::super::list(conn, 2).unwrap().iter().map(|row| row.id.0).collect();
        assert_eq!(ids.len(), FileKind::ALL.len());
        assert!(ids.is_sorted() && super::super::list(conn, 3).unwrap().is_empty());
    }
}
