//! The list of askings as an Excel table.

use super::views::Listed;
use crate::error::Problem;
use crate::people::Act;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};
use crate::time::Moment;

fn column(title: &'static str, width: f64, kind: Kind) -> Column<'static> {
    Column { title, width, kind }
}

/// The list, a row for each asking.
///
/// # Errors
///
/// When the table can't be written.
pub fn askings(rows: &[Listed], act: &Act) -> Result<Vec<u8>, Problem> {
    let columns = [
        column("事项编号", 24.0, Kind::Text),
        column("信访人", 18.0, Kind::Text),
        column("诉求", 40.0, Kind::Text),
        column("类别", 10.0, Kind::Text),
        column("办结月份", 10.0, Kind::Text),
        column("办结方式", 12.0, Kind::Text),
        column("责任人", 12.0, Kind::Text),
        column("期限", 12.0, Kind::Date),
        column("状态", 10.0, Kind::Text),
        column("评价", 10.0, Kind::Text),
        column("方式", 8.0, Kind::Text),
        column("询问人", 12.0, Kind::Text),
        column("询问日期", 12.0, Kind::Date),
        column("信访人的话", 50.0, Kind::Text),
    ];
    let stamp = Stamp { by: act.by.name.clone(), at: act.now };
    let mut table = Table::start("满意度与回访", &stamp, &columns)?;
    for listed in rows {
        let (row, matter) = (&listed.row, &listed.matter);
        table.row(&[
            Cell::text(&matter.number),
            Cell::text(&matter.petitioner_line),
            Cell::text(&matter.claim),
            Cell::text(row.kind.label()),
            Cell::text(&row.month),
            matter.close_reason.map_or(Cell::Empty, |reason| Cell::text(reason.label())),
            Cell::text(&listed.accountable),
            Cell::Date(row.due_on),
            Cell::text(row.state.label()),
            row.score.map_or(Cell::Empty, |score| Cell::text(score.label())),
            row.manner.map_or(Cell::Empty, |manner| Cell::text(manner.label())),
            listed.asked_by.as_deref().map_or(Cell::Empty, Cell::text),
            row.asked_at.map_or(Cell::Empty, |at| Cell::Date(Moment::from_utc(at).today())),
            Cell::text(&row.note),
        ])?;
    }
    table.finish()
}
