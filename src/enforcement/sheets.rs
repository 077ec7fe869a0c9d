//! The register of enforcement matters as an Excel table.

use super::views::Listed;
use crate::error::Problem;
use crate::people::Act;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};

/// A row for each matter.
///
/// # Errors
///
/// When the table can't be written.
pub fn register(title: &str, rows: &[Listed], act: &Act) -> Result<Vec<u8>, Problem> {
    let column = |title, width, kind| Column { title, width, kind };
    let columns = [
        column("事项编号", 24.0, Kind::Text),
        column("信访人", 18.0, Kind::Text),
        column("诉求", 40.0, Kind::Text),
        column("办理阶段", 12.0, Kind::Text),
        column("涉及庭室", 16.0, Kind::Text),
        column("责任人", 12.0, Kind::Text),
        column("应执行金额（元）", 18.0, Kind::Money),
        column("累计到账（元）", 18.0, Kind::Money),
        column("没有到账（元）", 18.0, Kind::Money),
        column("到账比例（%）", 10.0, Kind::Number),
        column("未完成的措施", 10.0, Kind::Number),
        column("最早的措施期限", 14.0, Kind::Date),
    ];
    let stamp = Stamp { by: act.by.name.clone(), at: act.now };
    let mut table = Table::start(title, &stamp, &columns)?;
    for listed in rows {
        let (row, matter) = (&listed.row, &listed.matter);
        table.row(&[
            Cell::text(&matter.number),
            Cell::text(&matter.petitioner_line),
            Cell::text(&matter.claim),
            Cell::text(matter.stage.label()),
            listed.division.as_ref().map_or(Cell::Empty, Cell::text),
            Cell::text(&listed.accountable),
            row.due_fen.map_or(Cell::Empty, Cell::Fen),
            Cell::Fen(row.paid_fen),
            Cell::Fen(row.outstanding_fen),
            listed.balance().percent().map_or(Cell::Empty, Cell::Number),
            Cell::Number(row.open_measures),
            row.next_due_on.map_or(Cell::Empty, Cell::Date),
        ])?;
    }
    table.finish()
}
