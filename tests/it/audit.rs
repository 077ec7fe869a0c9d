//! The trail on a database: written, walked, tampered with, anchored.

use crate::support::{TestDatabase, monday_morning};
use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use std::path::PathBuf;
use std::sync::Arc;
use tingsong::audit::command::{Anchored, Report, verify};
use tingsong::audit::*;
use tingsong::crypto::Keys;
use tingsong::db::{self, Conn, Database};
use tingsong::error::Problem;
use tingsong::people::{Act, StaffId};
use tingsong::time::Moment;

/// Each named test twice: as `name::sqlite` and `name::postgres`.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        $(mod $name {
            #[test]
            fn sqlite() {
                super::$name(&|| super::Court::on(super::TestDatabase::sqlite()));
            }

            #[test]
            fn postgres() {
                if super::TestDatabase::postgres().is_some() {
                    super::$name(&|| super::Court::on(super::TestDatabase::postgres().unwrap()));
                }
            }
        })+
    };
}

on_both! {
    a_whole_trail_verifies_with_its_anchor,
    a_refused_write_leaves_no_line,
    the_database_itself_refuses_to_alter_the_trail,
    each_kind_of_tampering_is_named_at_its_first_line,
    a_cut_tail_stays_visible_however_many_lines_follow,
    an_anonymised_value_keeps_verifying_and_leaves_a_line,
    a_written_down_head_is_found_with_its_line,
    a_missing_anchor_is_a_finding_and_renewing_it_leaves_a_line,
    more_lines_than_one_batch_are_walked_and_the_walk_tells_how_far_it_is,
    lines_are_found_by_who_what_which_and_when,
    many_writers_make_one_chain,
}

type New<'a> = &'a dyn Fn() -> Court;

struct Court {
    anchor: PathBuf,
    keys: Arc<Keys>,
    database: Database,
    /// Dropped last: it takes the database with it.
    _test: TestDatabase,
}

fn moment(seconds: i64) -> Moment {
    monday_morning().plus(TimeDelta::seconds(seconds))
}

impl Court {
    fn on(test: TestDatabase) -> Self {
        db::migrate(&test.url).unwrap();
        let keys = Arc::new(Keys::for_tests());
        let path = test.dir.path().join("anchor");
        let anchor = Anchor::renew(&path, &keys, None).unwrap();
        let database = Database::open(&test.url, Arc::new(anchor)).unwrap();
        Court { anchor: path, keys, database, _test: test }
    }

    fn act(&self, seconds: i64) -> Act {
        Act::system("命令行", moment(seconds), self.keys.clone())
    }

    /// `count` commits of one line with two values each.
    fn lines(&self, count: i64) {
        for n in 1..=count {
            let act = self.act(n);
            let write = move |conn: &mut Conn| {
                let stage = format!("第 {n} 步");
                record(
                    conn,
                    &act,
                    "matter.registered",
                    Subject::Matter(n),
                    &[("stage", &stage), ("channel", "来访")],
                )
            };
            self.database.write(write).unwrap();
        }
    }

    /// What an intruder does who can write to the database: first take away what guards it.
    fn db_tamper(&self, sql: &str) {
        let conn = &mut *self.database.connection().unwrap();
        if conn.is_sqlite() {
            conn.batch_execute("PRAGMA foreign_keys = OFF").unwrap();
            for trigger in [
                "audit_entries_never_change",
                "audit_entries_never_go",
                "audit_values_never_change",
                "audit_values_never_go",
            ] {
                conn.batch_execute(&format!("DROP TRIGGER IF EXISTS {trigger}")).unwrap();
            }
        } else {
            conn.batch_execute("SET session_replication_role = replica").unwrap();
        }
        conn.batch_execute(sql).unwrap();
    }

    fn verify(&self, head: Option<&str>) -> Report {
        let conn = &mut *self.database.connection().unwrap();
        verify(conn, &self.keys, &self.anchor, head, &mut |_| ()).unwrap()
    }

    fn head(&self) -> String {
        head(&mut self.database.connection().unwrap()).unwrap().unwrap().head
    }

    fn broken(&self) -> (i64, Fault) {
        let report = self.verify(None);
        assert_eq!(report.exit_code(), 1);
        let broken = report.broken.unwrap();
        (broken.seq, broken.fault)
    }
}

fn a_whole_trail_verifies_with_its_anchor(new: New) {
    let court = new();
    assert!(court.verify(None).is_good(), "an empty one");
    court.lines(7);
    let report = court.verify(None);
    assert!(report.is_good(), "{report}");
    assert_eq!((report.lines, report.values, report.anchor.clone()), (7, 14, Anchored::Agrees(7)));
    assert!(report.to_string().starts_with("留痕完好，共 7 条。"), "{report}");
    let json: serde_json::Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
    assert_eq!((json["good"].as_bool(), json["lines"].as_i64()), (Some(true), Some(7)));
}

fn a_refused_write_leaves_no_line(new: New) {
    let court = new();
    court.lines(1);
    let act = court.act(2);
    let refused = court.database.write(move |conn| {
        record(conn, &act, "matter.closed", Subject::Matter(1), &[])?;
        Err::<(), _>(Problem::refused("不行。"))
    });
    assert!(refused.is_err());
    court.lines(1);
    assert_eq!(court.verify(None).lines, 2);
}

fn the_database_itself_refuses_to_alter_the_trail(new: New) {
    let court = new();
    court.lines(2);
    let conn = &mut *court.database.connection().unwrap();
    for sql in [
        "UPDATE audit_entries SET action = 'x' WHERE seq = 1",
        "DELETE FROM audit_entries WHERE seq = 2",
        "UPDATE audit_values SET value = 'x' WHERE seq = 1",
        "DELETE FROM audit_values WHERE seq = 1",
    ] {
        assert!(conn.batch_execute(sql).is_err(), "{sql}");
    }
    assert!(court.verify(None).is_good());
}

fn each_kind_of_tampering_is_named_at_its_first_line(new: New) {
    let cases: [(&str, i64, Fault); 8] = [
        ("UPDATE audit_entries SET actor_name = '别人' WHERE seq = 3", 3, Fault::Altered),
        ("UPDATE audit_entries SET at = '2020-01-01 00:00:00' WHERE seq = 2", 2, Fault::Altered),
        (
            "UPDATE audit_values SET value = 'x' WHERE seq = 5 AND field = 'stage'",
            5,
            Fault::ValueAltered("stage".into()),
        ),
        (
            "DELETE FROM audit_values WHERE seq = 1 AND field = 'channel'",
            1,
            Fault::ValueMissing("channel".into()),
        ),
        ("INSERT INTO audit_values VALUES (2, 'more', 'x')", 2, Fault::ValueAdded("more".into())),
        ("DELETE FROM audit_entries WHERE seq IN (3, 5)", 3, Fault::Missing(4)),
        ("DELETE FROM audit_entries WHERE seq > 4", 5, Fault::CutOff(6)),
        (
            "INSERT INTO audit_entries SELECT -9, at, court_id, actor_id, actor_name, action, subject_kind, \
             subject_id, digests, prev, hash FROM audit_entries WHERE seq = 1",
            -9,
            Fault::Extra,
        ),
    ];
    for (sql, seq, fault) in cases {
        let court = new();
        court.lines(6);
        court.db_tamper(sql);
        assert_eq!(court.broken(), (seq, fault), "{sql}");
    }
}

fn a_cut_tail_stays_visible_however_many_lines_follow(new: New) {
    let court = new();
    court.lines(6);
    court.db_tamper("DELETE FROM audit_values WHERE seq > 3; DELETE FROM audit_entries WHERE seq > 3");
    assert_eq!(court.broken(), (4, Fault::CutOff(6)));
    court.lines(2);
    assert_eq!(court.broken(), (6, Fault::CutOff(6)));
    court.lines(9);
    assert_eq!(court.broken(), (6, Fault::NotAnchored));
}

fn an_anonymised_value_keeps_verifying_and_leaves_a_line(new: New) {
    let court = new();
    court.lines(3);
    let act = court.act(9);
    let gone = court.database.write(move |conn| anonymise(conn, &act, 2, &["stage", "absent"])).unwrap();
    assert_eq!(gone, 1);
    let report = court.verify(None);
    assert!(report.is_good(), "{report}");
    assert_eq!((report.lines, report.anonymised), (4, 1));
    let conn = &mut *court.database.connection().unwrap();
    let filter = Filter { subject: Some((SubjectKind::Entry, Some(2))), ..Filter::default() };
    let shown = page(conn, &filter, None, 10).unwrap();
    assert_eq!(shown.len(), 1);
    assert_eq!(action_label(&shown[0].entry.action), "留痕内容匿名化");
}

fn a_written_down_head_is_found_with_its_line(new: New) {
    let court = new();
    court.lines(3);
    let noted = court.head();
    court.lines(3);
    let report = court.verify(Some(&noted[..20].to_uppercase()));
    assert!(report.is_good());
    assert_eq!(report.sought.unwrap().line, Some(3));
    let report = court.verify(Some(&"0".repeat(64)));
    assert_eq!((report.is_good(), report.sought.unwrap().line), (false, None));
    let conn = &mut *court.database.connection().unwrap();
    for wrong in ["", "123", "not a hash at all, surely", &"a".repeat(65)] {
        let refused = verify(conn, &court.keys, &court.anchor, Some(wrong), &mut |_| ());
        assert!(matches!(refused, Err(Problem::Refused(_))), "{wrong}");
    }
}

fn a_missing_anchor_is_a_finding_and_renewing_it_leaves_a_line(new: New) {
    let court = new();
    court.lines(3);
    std::fs::remove_file(&court.anchor).unwrap();
    let report = court.verify(None);
    assert_eq!((report.is_good(), report.anchor), (false, Anchored::Missing));
    let (act, path) = (court.act(9), court.anchor.clone());
    let renewed = court.database.write(move |conn| prepare_anchor(conn, &act, &path)).unwrap();
    drop(renewed);
    let report = court.verify(None);
    assert_eq!((report.is_good(), report.lines, report.anchor), (true, 4, Anchored::Agrees(3)));
}

fn more_lines_than_one_batch_are_walked_and_the_walk_tells_how_far_it_is(new: New) {
    let court = new();
    let act = court.act(1);
    court
        .database
        .write(move |conn| {
            (1..=2500).try_for_each(|n| {
                record(conn, &act, "matter.registered", Subject::Matter(n), &[("n", &n.to_string())])
            })
        })
        .unwrap();
    let conn = &mut *court.database.connection().unwrap();
    let mut steps = Vec::new();
    let report = verify(conn, &court.keys, &court.anchor, None, &mut |n| steps.push(n)).unwrap();
    assert!(report.is_good(), "{report}");
    assert_eq!(steps, [1000, 2000, 2500]);
}

fn lines_are_found_by_who_what_which_and_when(new: New) {
    let court = new();
    court.lines(9);
    let conn = &mut *court.database.connection().unwrap();
    let seqs = |conn: &mut Conn, filter: &Filter, before, limit| -> Vec<i64> {
        page(conn, filter, before, limit).unwrap().iter().map(|shown| shown.entry.seq).collect()
    };
    let all = Filter::default();
    assert_eq!(seqs(conn, &all, None, 4), [9, 8, 7, 6]);
    assert_eq!(seqs(conn, &all, Some(6), 4), [5, 4, 3, 2]);
    let one = Filter { subject: Some((SubjectKind::Matter, Some(4))), ..all.clone() };
    assert_eq!(seqs(conn, &one, None, 4), [4]);
    let days = Filter { from: Some(moment(3).utc()), until: Some(moment(5).utc()), ..all.clone() };
    assert_eq!(seqs(conn, &days, None, 9), [4, 3]);
    let action = Filter { action: Some("matter.closed".to_owned()), ..all.clone() };
    assert_eq!(seqs(conn, &action, None, 9), [0; 0]);
    let person = Filter { actor: Some(StaffId(5)), ..all };
    assert_eq!(seqs(conn, &person, None, 9), [0; 0]);
    let shown = page(conn, &one, None, 1).unwrap();
    assert_eq!(shown[0].values.len(), 2);
    assert_eq!(shown[0].values[0].field, "channel");
}

#[test]
fn a_line_that_cannot_even_be_read_is_named() {
    let court = Court::on(TestDatabase::sqlite());
    court.lines(6);
    court.db_tamper("UPDATE audit_entries SET at = 'nonsense' WHERE seq = 4");
    assert_eq!(court.broken(), (4, Fault::Unreadable));
}

fn many_writers_make_one_chain(new: New) {
    let court = &new();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| court.lines(20));
        }
    });
    let report = court.verify(None);
    assert!(report.is_good(), "{report}");
    assert_eq!((report.lines, report.anchor), (120, Anchored::Agrees(120)));
}
