//! The register of supervisions as an Excel table.

use super::views::Listed;
use crate::error::Problem;
use crate::people::Act;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};
use crate::time::Moment;

fn column(title: &'static str, width: f64, kind: Kind) -> Column<'static> {
    Column { title, width, kind }
}

/// The register, a row for each demand.
///
/// # Errors
///
/// When the table can't be written.
pub fn supervisions(rows: &[Listed], act: &Act) -> Result<Vec<u8>, Problem> {
    let columns = [
        column("督办编号", 24.0, Kind::Text),
        column("事项编号", 24.0, Kind::Text),
        column("信访人", 18.0, Kind::Text),
        column("原交办编号", 24.0, Kind::Text),
        column("第几轮", 8.0, Kind::Number),
        column("次数", 12.0, Kind::Text),
        column("方式", 10.0, Kind::Text),
        column("要求", 50.0, Kind::Text),
        column("收件人", 12.0, Kind::Text),
        column("签发人", 12.0, Kind::Text),
        column("发出日期", 12.0, Kind::Date),
        column("发出时超期天数", 10.0, Kind::Number),
        column("答复期限", 12.0, Kind::Date),
        column("状态", 12.0, Kind::Text),
        column("答复日期", 12.0, Kind::Date),
        column("答复内容", 50.0, Kind::Text),
    ];
    let stamp = Stamp { by: act.by.name.clone(), at: act.now };
    let mut table = Table::start("督办台账", &stamp, &columns)?;
    for listed in rows {
        let row = &listed.row;
        let day = |at| Cell::Date(Moment::from_utc(at).today());
        table.row(&[
            Cell::text(&row.number),
            Cell::text(&listed.matter.number),
            Cell::text(&listed.matter.petitioner_line),
            Cell::text(&row.referral),
            Cell::Number(row.series),
            Cell::text(row.round.label()),
            Cell::text(row.manner.label()),
            Cell::text(&row.demand),
            Cell::text(&listed.addressee),
            Cell::text(&listed.signer),
            day(row.issued_at),
            Cell::Number(row.late_days),
            Cell::Date(row.due_on),
            Cell::text(listed.standing()),
            row.answered_at.map_or(Cell::Empty, day),
            Cell::text(&row.answer),
        ])?;
    }
    table.finish()
}
