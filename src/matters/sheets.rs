//! The registers as Excel tables. Names are shown as in the lists; document numbers, phones and addresses are not taken out.

use super::views::{Listed, ListedContact};
use crate::error::Problem;
use crate::people::Act;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};
use crate::time::Moment;

fn column(title: &'static str, width: f64, kind: Kind) -> Column<'static> {
    Column { title, width, kind }
}

fn stamp(act: &Act) -> Stamp {
    Stamp { by: act.by.name.clone(), at: act.now }
}

/// The register of matters.
///
/// # Errors
///
/// When the table can't be written.
pub fn matters(rows: &[Listed], act: &Act) -> Result<Vec<u8>, Problem> {
    let columns = [
        column("编号", 24.0, Kind::Text),
        column("信访人", 18.0, Kind::Text),
        column("诉求类别", 24.0, Kind::Text),
        column("诉求", 40.0, Kind::Text),
        column("内容", 60.0, Kind::Text),
        column("案件阶段", 10.0, Kind::Text),
        column("办理阶段", 12.0, Kind::Text),
        column("办结方式", 12.0, Kind::Text),
        column("责任人", 12.0, Kind::Text),
        column("来访次数", 8.0, Kind::Number),
        column("人数", 8.0, Kind::Number),
        column("登记日期", 12.0, Kind::Date),
        column("下一时限", 12.0, Kind::Date),
        column("办结日期", 12.0, Kind::Date),
    ];
    let mut table = Table::start("信访事项台账", &stamp(act), &columns)?;
    for listed in rows {
        let matter = &listed.matter;
        let day = |at| Cell::Date(Moment::from_utc(at).today());
        table.row(&[
            Cell::text(&matter.number),
            Cell::text(&matter.petitioner_line),
            Cell::text(&listed.category),
            Cell::text(&matter.claim),
            Cell::text(&matter.summary),
            Cell::text(matter.case_stage.label()),
            Cell::text(matter.stage.label()),
            matter.close_reason.map_or(Cell::Empty, |reason| Cell::text(reason.label())),
            Cell::text(&listed.accountable),
            Cell::Number(matter.contact_count),
            Cell::Number(matter.people_count),
            day(matter.registered_at),
            matter.next_due_on.map_or(Cell::Empty, Cell::Date),
            matter.closed_at.map_or(Cell::Empty, day),
        ])?;
    }
    table.finish()
}

/// The register of contacts.
///
/// # Errors
///
/// When the table can't be written.
pub fn contacts(rows: &[ListedContact], act: &Act) -> Result<Vec<u8>, Problem> {
    let columns = [
        column("时间", 18.0, Kind::Time),
        column("渠道", 8.0, Kind::Text),
        column("信访人", 18.0, Kind::Text),
        column("第几次", 8.0, Kind::Number),
        column("距上次（天）", 10.0, Kind::Number),
        column("人数", 8.0, Kind::Number),
        column("内容", 60.0, Kind::Text),
        column("递交材料", 30.0, Kind::Text),
        column("事项编号", 24.0, Kind::Text),
        column("接待人", 12.0, Kind::Text),
        column("来文编号", 18.0, Kind::Text),
    ];
    let mut table = Table::start("来访来信台账", &stamp(act), &columns)?;
    for listed in rows {
        let contact = &listed.contact;
        table.row(&[
            Cell::At(Moment::from_utc(contact.happened_at)),
            Cell::text(contact.channel.label()),
            Cell::text(&contact.petitioner_line),
            Cell::Number(contact.nth),
            contact.interval_days.map_or(Cell::Empty, Cell::Number),
            Cell::Number(contact.people_count),
            Cell::text(&contact.summary),
            Cell::text(&contact.handed_in),
            Cell::text(&listed.number),
            Cell::text(&listed.receiver),
            contact.outside_number.as_deref().map_or(Cell::Empty, Cell::text),
        ])?;
    }
    table.finish()
}
