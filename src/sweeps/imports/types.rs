//! A run and its parts.

use crate::db::{coded, id};
use crate::people::{CourtId, StaffId};
use crate::schema::{sweep_import_batches, sweep_imports};
use crate::sweeps::types::{CaseLine, SweepId};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

id!(
    /// Which run (导入批次).
    ImportId
);

coded! {
    /// How a run stands.
    pub enum ImportState {
        Running = "running" "正在导入",
        Done = "done" "已完成",
        Stopped = "stopped" "已停下，可以继续",
        Failed = "failed" "没有做完，可以继续",
    }
}

/// One list that is brought to a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = sweep_imports, treat_none_as_null = true)]
pub struct Import {
    pub id: ImportId,
    pub court_id: CourtId,
    pub sweep_id: SweepId,
    /// Who brought it: they enter its rows.
    pub staff_id: StaffId,
    /// The file's name.
    pub name: String,
    /// Of the file's content and of what was chosen with it.
    pub digest: String,
    pub state: ImportState,
    pub rows_total: i64,
    /// Could not be read.
    pub rows_bad: i64,
    /// New on the sheet.
    pub made: i64,
    /// On the sheet before, and now with more to it.
    pub merged: i64,
    /// On the sheet before, with all of it.
    pub known: i64,
    /// What is remarked of rows, sealed; taken away some weeks after the end.
    pub report: Option<String>,
    /// Why it ended before its time: a whole sentence.
    pub message: String,
    pub started_at: NaiveDateTime,
    pub ended_at: Option<NaiveDateTime>,
}

impl Import {
    /// The rows that are to be entered.
    pub const fn rows_good(&self) -> i64 {
        self.rows_total - self.rows_bad
    }

    /// Those of them that have been dealt with.
    pub const fn rows_done(&self) -> i64 {
        self.made + self.merged + self.known
    }
}

/// Rows that are entered in one transaction, sealed.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = sweep_import_batches)]
pub struct Batch {
    pub id: i64,
    pub import_id: ImportId,
    pub position: i64,
    /// [`Line`]s as JSON.
    pub sealed: String,
}

/// A good row: where it stands in the sheet, and the case that it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub row: u32,
    pub case: CaseLine,
}

/// What a row came to that is worth telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Could not be read.
    Bad,
    /// On the sheet before.
    Known,
}

/// A remark about a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    pub row: u32,
    pub outcome: Outcome,
    /// The cell and its column, `第 5 行 C 列（案号）`, or the row alone.
    pub place: String,
    /// A whole sentence.
    pub why: String,
}

/// A run as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub import: Import,
    /// Who brought it.
    pub by: String,
    pub remarks: Vec<Remark>,
}
