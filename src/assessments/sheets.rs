//! The list of assessments as an Excel table.

use super::views::Listed;
use crate::error::Problem;
use crate::people::Act;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};
use crate::time::Moment;

/// The list, a row for each assessment.
///
/// # Errors
///
/// When the table can't be written.
pub fn assessments(rows: &[Listed], act: &Act) -> Result<Vec<u8>, Problem> {
    let column = |title: &'static str, width: f64, kind: Kind| Column { title, width, kind };
    let columns = [
        column("庭室", 18.0, Kind::Text),
        column("案号", 28.0, Kind::Text),
        column("案由", 20.0, Kind::Text),
        column("环节", 16.0, Kind::Text),
        column("分值", 8.0, Kind::Number),
        column("建议分值", 10.0, Kind::Number),
        column("结果", 22.0, Kind::Text),
        column("措施", 50.0, Kind::Text),
        column("评估人", 10.0, Kind::Text),
        column("评估日期", 12.0, Kind::Date),
        column("决定人", 10.0, Kind::Text),
        column("理由", 40.0, Kind::Text),
        column("苗头编号", 22.0, Kind::Text),
    ];
    let stamp = Stamp { by: act.by.name.clone(), at: act.now };
    let mut table = Table::start("案件风险评估", &stamp, &columns)?;
    for one in rows {
        let row = &one.row;
        table.row(&[
            Cell::text(&one.division),
            Cell::text(&row.case_number),
            Cell::text(&row.cause),
            Cell::text(row.step.label()),
            Cell::Number(row.points),
            Cell::Number(row.threshold),
            Cell::text(row.state.label()),
            Cell::text(&row.measures),
            Cell::text(&one.assessed_by),
            Cell::Date(Moment::from_utc(row.assessed_at).today()),
            Cell::text(one.decided_by.as_deref().unwrap_or_default()),
            Cell::text(&row.reason),
            Cell::text(one.sign.as_ref().map_or("", |sign| sign.number.as_str())),
        ])?;
    }
    table.finish()
}
