//! A run's remarks as a workbook.

use super::types::{Outcome, Shown};
use crate::error::Problem;
use crate::people::Act;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};

/// The remarks, one a row: what could not be read first.
///
/// # Errors
///
/// When the table can't be written.
pub fn workbook(shown: &Shown, act: &Act) -> Result<Vec<u8>, Problem> {
    let columns = [
        Column { title: "行", width: 8.0, kind: Kind::Number },
        Column { title: "结果", width: 12.0, kind: Kind::Text },
        Column { title: "单元格", width: 32.0, kind: Kind::Text },
        Column { title: "说明", width: 80.0, kind: Kind::Text },
    ];
    let stamp = Stamp { by: act.by.name.clone(), at: act.now };
    let mut table = Table::start("排查导入情况", &stamp, &columns)?;
    for wanted in [Outcome::Bad, Outcome::Known] {
        for remark in shown.remarks.iter().filter(|remark| remark.outcome == wanted) {
            let outcome = match remark.outcome {
                Outcome::Bad => "没有读入",
                Outcome::Known => "已在表上",
            };
            let row = i64::from(remark.row);
            let cells =
                [Cell::Number(row), Cell::text(outcome), Cell::text(&remark.place), Cell::text(&remark.why)];
            table.row(&cells)?;
        }
    }
    table.finish()
}
