//! Registers taken out as Excel tables.

use super::App;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, SignedIn};
use crate::sheets::XLSX;
use crate::web::{Listing, download};
use actix_web::HttpResponse;

/// What is taken out, and how the trail notes it.
#[derive(Clone, Copy, Debug)]
pub struct Export {
    /// The register, after which the file is called.
    pub what: &'static str,
    pub action: &'static str,
    pub subject: Subject,
}

impl Export {
    /// Of a register that everybody who may export knows of.
    pub fn of(what: &'static str) -> Self {
        Export { what, action: "register.exported", subject: Subject::Register(0) }
    }
}

impl App {
    /// Takes a list out (导出) as the Excel file that `table` makes of its rows, noted in the trail with how many they are.
    ///
    /// # Errors
    ///
    /// What `listing` and `table` return.
    pub async fn export<T: 'static>(
        &self,
        by: &SignedIn,
        export: Export,
        listing: impl FnOnce(&mut Conn, &Act) -> Result<Listing<T>, Problem> + Send + 'static,
        table: fn(&[T], &Act) -> Result<Vec<u8>, Problem>,
    ) -> Result<HttpResponse, Problem> {
        let act = self.act(by);
        let work = move |conn: &mut Conn| {
            let rows = listing(conn, &act)?.rows;
            let values = [("what", export.what), ("rows", &*rows.len().to_string())];
            audit::record(conn, &act, export.action, export.subject, &values)?;
            table(&rows, &act)
        };
        let bytes = self.write(work).await?;
        Ok(download(&format!("{}.xlsx", export.what), XLSX, bytes))
    }
}
