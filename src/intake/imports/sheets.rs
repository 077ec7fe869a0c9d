//! A run's report as a workbook.

use super::types::{Fault, Shown};
use crate::error::Problem;
use crate::people::Act;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};

/// The bad cells, one a row.
///
/// # Errors
///
/// When the table can't be written.
pub fn workbook(shown: &Shown, faults: &[Fault], act: &Act) -> Result<Vec<u8>, Problem> {
    let columns = [
        Column { title: "行", width: 8.0, kind: Kind::Number },
        Column { title: "单元格", width: 32.0, kind: Kind::Text },
        Column { title: "问题", width: 80.0, kind: Kind::Text },
    ];
    let stamp = Stamp { by: act.by.name.clone(), at: act.now };
    let mut table = Table::start(&format!("导入报告：{}", shown.import.name), &stamp, &columns)?;
    for fault in faults {
        let row = i64::from(fault.row);
        table.row(&[Cell::Number(row), Cell::text(&fault.place), Cell::text(&fault.why)])?;
    }
    table.finish()
}
