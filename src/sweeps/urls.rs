//! Where sweeps are.

use super::imports::ImportId;
use super::types::{RowId, SweepId};

pub const LIST: &str = "/sweeps";
pub const NEW: &str = "/sweeps/new";
pub const EXPORT: &str = "/sweeps/export";
pub const ROWS: &str = "/sweeps/rows";
pub const ROWS_EXPORT: &str = "/sweeps/rows/export";
pub const FIGURES: &str = "/sweeps/figures";
pub const FIGURES_EXPORT: &str = "/sweeps/figures/export";
pub const HINDSIGHT: &str = "/sweeps/hindsight";
pub const HINDSIGHT_EXPORT: &str = "/sweeps/hindsight/export";
pub const TEMPLATE: &str = "/sweeps/import/template";

pub fn sweep(id: SweepId) -> String {
    format!("{LIST}/{id}")
}

pub fn add(id: SweepId) -> String {
    format!("{LIST}/{id}/add")
}

pub fn triage(id: SweepId) -> String {
    format!("{LIST}/{id}/triage")
}

/// The same, going on after a row.
pub fn triage_after(id: SweepId, row: RowId) -> String {
    format!("{LIST}/{id}/triage?after={row}")
}

/// The same, standing on a row.
pub fn triage_at(id: SweepId, row: RowId) -> String {
    format!("{LIST}/{id}/triage?row={row}")
}

pub fn finish(id: SweepId) -> String {
    format!("{LIST}/{id}/finish")
}

pub fn import(id: SweepId) -> String {
    format!("{LIST}/{id}/import")
}

pub fn run(id: ImportId) -> String {
    format!("{LIST}/imports/{id}")
}

pub fn faults(id: ImportId) -> String {
    format!("{LIST}/imports/{id}/export")
}

pub fn stop(id: ImportId) -> String {
    format!("{LIST}/imports/{id}/stop")
}

pub fn resume(id: ImportId) -> String {
    format!("{LIST}/imports/{id}/resume")
}

pub fn row(id: RowId) -> String {
    format!("{ROWS}/{id}")
}

pub fn answer(id: RowId) -> String {
    format!("{ROWS}/{id}/answer")
}

pub fn visit(id: RowId) -> String {
    format!("{ROWS}/{id}/visit")
}

pub fn closing(id: RowId) -> String {
    format!("{ROWS}/{id}/closing")
}
