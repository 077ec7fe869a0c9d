//! Sheets, cases, figures and hindsight as Excel tables.

use super::pages;
use super::types::Item;
use super::views::{Figures, Hindsight, ListedRow, ListedSweep};
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

/// The list of sheets.
///
/// # Errors
///
/// When the table can't be written.
pub fn sweeps(rows: &[ListedSweep], act: &Act) -> Result<Vec<u8>, Problem> {
    let columns = [
        column("庭室", 18.0, Kind::Text),
        column("排查表", 32.0, Kind::Text),
        column("庭长", 10.0, Kind::Text),
        column("案件", 8.0, Kind::Number),
        column("有结论", 8.0, Kind::Number),
        column("列入一级", 10.0, Kind::Number),
        column("下月再看", 10.0, Kind::Number),
        column("期限", 12.0, Kind::Date),
        column("状态", 10.0, Kind::Text),
    ];
    let mut table = Table::start("排查表", &stamp(act), &columns)?;
    for one in rows {
        table.row(&[
            Cell::text(&one.division),
            Cell::text(one.sweep.title()),
            Cell::text(one.head.as_deref().unwrap_or_default()),
            Cell::Number(one.counts.total),
            Cell::Number(one.counts.answered()),
            Cell::Number(one.counts.tier_one),
            Cell::Number(one.counts.again),
            Cell::Date(one.sweep.due_on),
            Cell::text(one.sweep.state.label()),
        ])?;
    }
    table.finish()
}

/// The list of cases.
///
/// # Errors
///
/// When the table can't be written.
pub fn rows(rows: &[ListedRow], act: &Act) -> Result<Vec<u8>, Problem> {
    let columns = [
        column("庭室", 18.0, Kind::Text),
        column("排查期", 12.0, Kind::Text),
        column("案号", 28.0, Kind::Text),
        column("收结", 10.0, Kind::Text),
        column("案由", 20.0, Kind::Text),
        column("当事人", 24.0, Kind::Text),
        column("承办人", 10.0, Kind::Text),
        column("结论", 10.0, Kind::Text),
        column("说明", 40.0, Kind::Text),
        column("答的人", 10.0, Kind::Text),
        column("苗头编号", 22.0, Kind::Text),
    ];
    let mut table = Table::start("排查的案件", &stamp(act), &columns)?;
    for one in rows {
        table.row(&[
            Cell::text(&one.division),
            Cell::text(one.from_on.format("%Y-%m").to_string()),
            Cell::text(&one.row.case_number),
            Cell::text(one.row.kind.label()),
            Cell::text(&one.row.cause),
            Cell::text(&one.row.parties),
            Cell::text(&one.row.judge),
            Cell::text(one.row.answer.map_or("没有结论", |answer| answer.label())),
            Cell::text(&one.row.note),
            Cell::text(one.answered_by.as_deref().unwrap_or_default()),
            Cell::text(one.sign.as_ref().map_or("", |sign| sign.number.as_str())),
        ])?;
    }
    table.finish()
}

/// A month's figures.
///
/// # Errors
///
/// When the table can't be written.
pub fn figures(pages: &[Figures], act: &Act) -> Result<Vec<u8>, Problem> {
    let mut columns = vec![column("庭室", 18.0, Kind::Text)];
    let numbers = ["案件", "有结论", "列入一级", "下月再看", "评估过", "结案", "结案情况已登记"];
    columns.extend(numbers.map(|title| column(title, 12.0, Kind::Number)));
    for item in Item::ALL {
        columns.push(column(item.label(), 16.0, Kind::Number));
        columns.push(column("适用", 8.0, Kind::Number));
    }
    let last = ["本月写明案号的信访", "此前有排查结论", "此前评估过"];
    columns.extend(last.map(|title| column(title, 18.0, Kind::Number)));
    let mut table = Table::start("排查统计", &stamp(act), &columns)?;
    for page in pages {
        let lines = page.lines.iter().map(|line| (line.name.as_str(), line.counted, line.came));
        for (name, counted, came) in lines.chain([("合计", page.all, page.all_came)]) {
            let mut cells = vec![Cell::text(name)];
            let plain = [
                counted.cases,
                counted.answered,
                counted.tier_one,
                counted.again,
                counted.assessed,
                counted.closed,
                counted.recorded,
            ];
            cells.extend(plain.map(Cell::Number));
            cells.extend(counted.done.iter().flat_map(|(yes, of)| [Cell::Number(*yes), Cell::Number(*of)]));
            cells.extend([came.0, came.1, came.2].map(Cell::Number));
            table.row(&cells)?;
        }
    }
    table.finish()
}

/// The petitions of a month, with what was known before.
///
/// # Errors
///
/// When the table can't be written.
pub fn hindsight(rows: &[Hindsight], act: &Act) -> Result<Vec<u8>, Problem> {
    let columns = [
        column("事项编号", 24.0, Kind::Text),
        column("诉求", 40.0, Kind::Text),
        column("案号", 30.0, Kind::Text),
        column("庭室", 18.0, Kind::Text),
        column("登记日期", 12.0, Kind::Date),
        column("此前排查", 20.0, Kind::Text),
        column("此前评估", 24.0, Kind::Text),
    ];
    let mut table = Table::start("排查回看", &stamp(act), &columns)?;
    for one in rows {
        table.row(&[
            Cell::text(&one.matter.number),
            Cell::text(&one.matter.claim),
            Cell::text(one.numbers.join("、")),
            Cell::text(&one.division),
            Cell::Date(Moment::from_utc(one.matter.registered_at).today()),
            Cell::text(one.seen.label()),
            Cell::text(pages::assessed_words(one)),
        ])?;
    }
    table.finish()
}
