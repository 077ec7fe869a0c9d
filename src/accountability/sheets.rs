//! The list of reviews as an Excel table, for those who may see them.

use super::views::Listed;
use crate::error::Problem;
use crate::people::Act;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};
use crate::time::Moment;

fn column(title: &'static str, width: f64, kind: Kind) -> Column<'static> {
    Column { title, width, kind }
}

/// The list, a row for each review.
///
/// # Errors
///
/// When the table can't be written.
pub fn reviews(rows: &[Listed], act: &Act) -> Result<Vec<u8>, Problem> {
    let columns = [
        column("事项编号", 24.0, Kind::Text),
        column("庭室", 20.0, Kind::Text),
        column("被核查人", 24.0, Kind::Text),
        column("状态", 10.0, Kind::Text),
        column("开展日期", 12.0, Kind::Date),
        column("事由", 40.0, Kind::Text),
        column("过错类别", 12.0, Kind::Text),
        column("导致原因", 12.0, Kind::Text),
        column("认定意见", 50.0, Kind::Text),
        column("处理措施", 40.0, Kind::Text),
        column("决定机构或者人员", 24.0, Kind::Text),
        column("决定日期", 12.0, Kind::Date),
    ];
    let stamp = Stamp { by: act.by.name.clone(), at: act.now };
    let mut table = Table::start("责任倒查台账", &stamp, &columns)?;
    for listed in rows {
        let row = &listed.row;
        table.row(&[
            Cell::text(&listed.matter.number),
            listed.division.clone().map_or(Cell::Empty, Cell::text),
            Cell::text(listed.persons.join("、")),
            Cell::text(row.state.label()),
            Cell::Date(Moment::from_utc(row.opened_at).today()),
            Cell::text(&row.grounds),
            row.kind.map_or(Cell::Empty, |kind| Cell::text(kind.label())),
            row.cause.map_or(Cell::Empty, |cause| Cell::text(cause.label())),
            Cell::text(&row.findings),
            Cell::text(&row.measure),
            Cell::text(&row.decided_by),
            row.decided_on.map_or(Cell::Empty, Cell::Date),
        ])?;
    }
    table.finish()
}
