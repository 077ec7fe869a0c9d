//! A database of its own for each test: a temporary file, or a PostgreSQL schema that goes when the test ends.

use crate::gate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// An empty database, and a data folder beside it.
pub struct TestDatabase {
    pub url: String,
    pub dir: tempfile::TempDir,
    schema: Option<(String, String)>,
}

static SCHEMAS: AtomicU32 = AtomicU32::new(0);

impl TestDatabase {
    pub fn sqlite() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("tingsong.db").display());
        TestDatabase { url, dir, schema: None }
    }

    /// `TINGSONG_TEST_POSTGRES` is the URL of a database in which schemas may be made.
    pub fn postgres() -> Option<Self> {
        let base = gate::need("TINGSONG_TEST_POSTGRES")?;
        let number = SCHEMAS.fetch_add(1, Ordering::SeqCst);
        let name = format!("test_{}_{number}", std::process::id());
        let mut admin = PgConnection::establish(&base).unwrap();
        admin.batch_execute(&format!("CREATE SCHEMA {name}")).unwrap();
        let mark = if base.contains('?') { '&' } else { '?' };
        let url = format!("{base}{mark}options=-csearch_path%3D{name}");
        Some(TestDatabase { url, dir: tempfile::tempdir().unwrap(), schema: Some((base, name)) })
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some((base, name)) = &self.schema {
            let mut admin = PgConnection::establish(base).unwrap();
            // A restore leaves the schema that it replaced under a name that begins with this one.
            let quiet = format!(
                "SET client_min_messages = warning; DO $$ DECLARE s text; BEGIN FOR s IN SELECT nspname FROM \
                 pg_namespace WHERE nspname = '{name}' OR nspname LIKE '{name}\\_re%' LOOP \
                 EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP; END $$"
            );
            admin.batch_execute(&quiet).unwrap();
        }
    }
}
