//! A campaign's matters as an Excel table.

use super::views::{MemberRow, Shown};
use crate::error::Problem;
use crate::people::Act;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};
use crate::web::Listing;

/// A row for each matter, and below them what they come to.
///
/// # Errors
///
/// When the table can't be written.
pub fn members(shown: &Shown, members: &Listing<MemberRow>, act: &Act) -> Result<Vec<u8>, Problem> {
    let column = |title, width, kind| Column { title, width, kind };
    let columns = [
        column("事项编号", 24.0, Kind::Text),
        column("信访人", 18.0, Kind::Text),
        column("诉求", 40.0, Kind::Text),
        column("责任人", 12.0, Kind::Text),
        column("办理阶段", 12.0, Kind::Text),
        column("应执行金额（元）", 18.0, Kind::Money),
        column("期间到账（元）", 18.0, Kind::Money),
        column("累计到账（元）", 18.0, Kind::Money),
        column("没有到账（元）", 18.0, Kind::Money),
        column("满意度", 12.0, Kind::Text),
    ];
    let stamp = Stamp { by: act.by.name.clone(), at: act.now };
    let mut table = Table::start(&shown.campaign.name, &stamp, &columns)?;
    for MemberRow { listed, line } in &members.rows {
        let matter = &listed.matter;
        table.row(&[
            Cell::text(&matter.number),
            Cell::text(&matter.petitioner_line),
            Cell::text(&matter.claim),
            Cell::text(&listed.accountable),
            Cell::text(matter.stage.label()),
            line.due.map_or(Cell::Empty, Cell::Fen),
            Cell::Fen(line.during),
            Cell::Fen(line.paid),
            Cell::Fen(line.outstanding),
            line.score.map_or(Cell::Empty, |score| Cell::text(score.label())),
        ])?;
    }
    let all = &shown.results;
    let unlisted = if members.more {
        format!("；上面只列出其中 {} 件", members.rows.len())
    } else {
        String::new()
    };
    table.row(&[
        Cell::text("合计"),
        Cell::text(format!("{} 件，期间办结 {} 件{unlisted}", all.matters, all.closed)),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Fen(all.due),
        Cell::Fen(all.during),
        Cell::Fen(all.paid),
        Cell::Fen(all.outstanding),
        all.satisfaction().map_or(Cell::Empty, |percent| Cell::text(format!("{percent}%"))),
    ])?;
    table.finish()
}
