//! The list of closed matters and their files as an Excel table.

use super::views::Listed;
use crate::error::Problem;
use crate::people::Act;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};
use crate::time::Moment;

/// A row for each matter.
///
/// # Errors
///
/// When the table can't be written.
pub fn archives(rows: &[Listed], act: &Act) -> Result<Vec<u8>, Problem> {
    let column = |title, width, kind| Column { title, width, kind };
    let columns = [
        column("事项编号", 24.0, Kind::Text),
        column("信访人", 18.0, Kind::Text),
        column("诉求", 40.0, Kind::Text),
        column("办结方式", 12.0, Kind::Text),
        column("办结日期", 12.0, Kind::Date),
        column("归档号", 24.0, Kind::Text),
        column("归档日期", 12.0, Kind::Date),
        column("保管期限", 10.0, Kind::Text),
    ];
    let stamp = Stamp { by: act.by.name.clone(), at: act.now };
    let mut table = Table::start("归档台账", &stamp, &columns)?;
    let day = |at| Cell::Date(Moment::from_utc(at).today());
    for Listed { matter, archive, .. } in rows {
        table.row(&[
            Cell::text(&matter.number),
            Cell::text(&matter.petitioner_line),
            Cell::text(&matter.claim),
            matter.close_reason.map_or(Cell::Empty, |reason| Cell::text(reason.label())),
            matter.closed_at.map_or(Cell::Empty, day),
            archive.as_ref().map_or(Cell::Empty, |archive| Cell::text(&archive.number)),
            archive.as_ref().map_or(Cell::Empty, |archive| day(archive.archived_at)),
            archive.as_ref().map_or(Cell::Empty, |archive| Cell::text(archive.retention.label())),
        ])?;
    }
    table.finish()
}
