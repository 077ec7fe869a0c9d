//! The register of instructions as an Excel table.

use super::views::Listed;
use crate::error::Problem;
use crate::people::Act;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};
use crate::time::Moment;

fn column(title: &'static str, width: f64, kind: Kind) -> Column<'static> {
    Column { title, width, kind }
}

/// The register, a row for each request or instruction.
///
/// # Errors
///
/// When the table can't be written.
pub fn instructions(rows: &[Listed], act: &Act) -> Result<Vec<u8>, Problem> {
    let columns = [
        column("编号", 24.0, Kind::Text),
        column("事项编号", 24.0, Kind::Text),
        column("信访人", 18.0, Kind::Text),
        column("请示人", 12.0, Kind::Text),
        column("请示日期", 12.0, Kind::Date),
        column("请示问题", 40.0, Kind::Text),
        column("拟办意见", 40.0, Kind::Text),
        column("批示领导", 12.0, Kind::Text),
        column("批示日期", 12.0, Kind::Date),
        column("批示内容", 40.0, Kind::Text),
        column("承办人", 12.0, Kind::Text),
        column("落实期限", 12.0, Kind::Date),
        column("状态", 10.0, Kind::Text),
        column("落实情况", 40.0, Kind::Text),
        column("落实日期", 12.0, Kind::Date),
        column("确认人", 12.0, Kind::Text),
    ];
    let stamp = Stamp { by: act.by.name.clone(), at: act.now };
    let mut table = Table::start("领导批示台账", &stamp, &columns)?;
    for listed in rows {
        let row = &listed.row;
        let day = |at: Option<chrono::NaiveDateTime>| {
            at.map_or(Cell::Empty, |at| Cell::Date(Moment::from_utc(at).today()))
        };
        let name = |name: &'_ Option<String>| name.clone().map_or(Cell::Empty, Cell::text);
        table.row(&[
            Cell::text(&row.number),
            Cell::text(&listed.matter.number),
            Cell::text(&listed.matter.petitioner_line),
            name(&listed.asker),
            day(row.asked_at),
            Cell::text(&row.question),
            Cell::text(&row.proposal),
            Cell::text(&listed.leader),
            day(row.given_at),
            Cell::text(&row.text),
            name(&listed.owner),
            row.due_on.map_or(Cell::Empty, Cell::Date),
            Cell::text(row.state.label()),
            Cell::text(&row.evidence),
            day(row.done_at),
            name(&listed.confirmed_by),
        ])?;
    }
    table.finish()
}
