//! The register of assignments as an Excel table.

use super::views::Listed;
use crate::error::Problem;
use crate::people::Act;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};

/// The register, a row for each assignment.
///
/// # Errors
///
/// When the table can't be written.
pub fn assignments(rows: &[Listed], act: &Act) -> Result<Vec<u8>, Problem> {
    let column = |title, width, kind| Column { title, width, kind };
    let columns = [
        column("交办机关", 28.0, Kind::Text),
        column("机关类别", 16.0, Kind::Text),
        column("来文编号", 24.0, Kind::Text),
        column("来文日期", 12.0, Kind::Date),
        column("收到日期", 12.0, Kind::Date),
        column("交办要求", 50.0, Kind::Text),
        column("事项编号", 24.0, Kind::Text),
        column("信访人", 18.0, Kind::Text),
        column("责任人", 12.0, Kind::Text),
        column("报告期限", 12.0, Kind::Date),
        column("状态", 16.0, Kind::Text),
    ];
    let stamp = Stamp { by: act.by.name.clone(), at: act.now };
    let mut table = Table::start("上级交办台账", &stamp, &columns)?;
    for listed in rows {
        let row = &listed.row;
        table.row(&[
            Cell::text(&row.sender),
            Cell::text(row.sender_kind.label()),
            Cell::text(&row.number),
            row.dated_on.map_or(Cell::Empty, Cell::Date),
            Cell::Date(row.received_on),
            Cell::text(&row.demand),
            Cell::text(&listed.matter.number),
            Cell::text(&listed.matter.petitioner_line),
            Cell::text(&listed.accountable),
            Cell::Date(listed.due_on),
            Cell::text(row.state.label()),
        ])?;
    }
    table.finish()
}
