//! A run and its parts.

use crate::db::{coded, id};
use crate::error::Problem;
use crate::intake::forms::IntakeForm;
use crate::people::{CourtId, StaffId};
use crate::schema::{import_batches, imports};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

id!(
    /// Which run (导入批次).
    ImportId
);

coded! {
    /// What becomes of the good rows when there are bad ones; chosen before the upload.
    pub enum Policy {
        /// Nothing goes in.
        All = "all" "有一行不对就都不导入",
        /// They go in.
        Good = "good" "先导入没有错误的行",
    }
}

coded! {
    /// How a run stands.
    pub enum ImportState {
        Running = "running" "正在导入",
        Done = "done" "已完成",
        /// Bad rows, and it was to be all or nothing.
        Refused = "refused" "有错误，没有导入",
        Stopped = "stopped" "已停止",
        Failed = "failed" "没有做完",
    }
}

/// One list that is brought in.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = imports, treat_none_as_null = true)]
pub struct Import {
    pub id: ImportId,
    pub court_id: CourtId,
    /// Who brought it: they register its rows.
    pub staff_id: StaffId,
    /// The file's name.
    pub name: String,
    pub policy: Policy,
    pub state: ImportState,
    pub rows_total: i64,
    pub rows_bad: i64,
    /// Registered by this run.
    pub made: i64,
    /// Had been registered before.
    pub known: i64,
    /// The bad cells, sealed; taken away some weeks after the end.
    pub report: Option<String>,
    /// Why it ended before its time: a whole sentence.
    pub message: String,
    pub started_at: NaiveDateTime,
    pub ended_at: Option<NaiveDateTime>,
}

impl Import {
    /// The rows that are to be registered.
    pub fn rows_good(&self) -> i64 {
        self.rows_total - self.rows_bad
    }

    /// Those of them that have been dealt with.
    pub fn rows_done(&self) -> i64 {
        self.made + self.known
    }
}

/// Rows that are registered in one transaction, sealed.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = import_batches)]
pub struct Batch {
    pub id: i64,
    pub import_id: ImportId,
    pub position: i64,
    /// What [`Line::pack`] made.
    pub sealed: String,
}

/// A good row: where it stands in the sheet, and the form that it makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub row: u32,
    pub form: IntakeForm,
}

/// A run as lists and pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub import: Import,
    /// Who brought it.
    pub by: String,
}

/// One cell that cannot be taken, as the report tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub row: u32,
    /// The cell and its column: `第 5 行 C 列（案号）`.
    pub place: String,
    /// A whole sentence.
    pub why: String,
}

impl Line {
    /// Lines as a batch keeps them: without the fields that nobody filled in.
    ///
    /// # Errors
    ///
    /// Never, as the form has only texts.
    pub fn pack(lines: &[Line]) -> Result<String, Problem> {
        let mut packed = serde_json::to_value(lines).map_err(Problem::internal)?;
        for form in packed.as_array_mut().into_iter().flatten().filter_map(|line| line.get_mut("form")) {
            if let Some(fields) = form.as_object_mut() {
                fields.retain(|_, value| !is_blank(value));
            }
        }
        Ok(packed.to_string())
    }

    /// Lines out of a batch.
    ///
    /// # Errors
    ///
    /// When the batch is none that [`Line::pack`] made.
    pub fn unpack(packed: &str) -> Result<Vec<Line>, Problem> {
        let mut lines: Vec<Line> = serde_json::from_str(packed).map_err(Problem::internal)?;
        for line in &mut lines {
            line.form.tidy_rows();
        }
        Ok(lines)
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.iter().all(is_blank),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}
