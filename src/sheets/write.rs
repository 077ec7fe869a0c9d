//! Writing: one table on one sheet, row by row, with little memory however many rows there are.

use super::Field;
use crate::error::Problem;
use crate::time::Moment;
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::borrow::Cow;

/// A cell holds no more.
const LONGEST_TEXT: usize = 32_000;
/// Beyond this an office program rounds numbers, so they are written as text.
const EXACT: std::ops::RangeInclusive<i64> = -999_999_999_999_999..=999_999_999_999_999;
const HEADS_AT: u32 = 2;

/// What a column is meant for: how its cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Date,
    /// A day with hours and minutes, on the court's clock.
    Time,
    Number,
    /// Yuan with two decimals, from fen.
    Money,
}

/// A column of an export.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    pub title: &'a str,
    /// In characters of the usual font; a Chinese character counts two.
    pub width: f64,
    pub kind: Kind,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    Empty,
    /// Always text, whatever it begins with: never a formula.
    Text(Cow<'a, str>),
    Date(NaiveDate),
    At(Moment),
    Number(i64),
    /// Fen, shown as yuan.
    Fen(i64),
}

impl<'a> Cell<'a> {
    /// This text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Cell::Text(text.into())
    }
}

/// Who took a table out and when; stands above it and at the foot of each printed page.
#[derive(Clone, Debug)]
pub struct Stamp {
    pub by: String,
    pub at: Moment,
}

impl Stamp {
    fn line(&self) -> String {
        let at = self.at.court_time().format("%Y-%m-%d %H:%M");
        format!("导出人：{}　导出时间：{at}　内部资料，注意保密", self.by)
    }
}

struct Formats {
    title: Format,
    stamp: Format,
    head: Format,
    text: Format,
    guarded: Format,
    date: Format,
    time: Format,
    number: Format,
    money: Format,
}

impl Formats {
    fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top);
        let text = cell.clone().set_text_wrap().set_num_format("@");
        Formats {
            title: Format::new().set_bold().set_font_size(14),
            stamp: Format::new().set_font_color("#666666"),
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color("#E8EDF3")
                .set_border_bottom(FormatBorder::Thin),
            guarded: text.clone().set_quote_prefix(),
            text,
            date: cell.clone().set_num_format("yyyy-mm-dd"),
            time: cell.clone().set_num_format("yyyy-mm-dd hh:mm"),
            number: cell.clone().set_num_format("0"),
            money: cell.set_num_format("#,##0.00"),
        }
    }

    fn of(&self, kind: Kind) -> &Format {
        match kind {
            Kind::Text => &self.text,
            Kind::Date => &self.date,
            Kind::Time => &self.time,
            Kind::Number => &self.number,
            Kind::Money => &self.money,
        }
    }
}

/// A table being written.
pub struct Table {
    book: Workbook,
    formats: Formats,
    columns: u16,
    next: u32,
}

#[expect(clippy::wildcard_enum_match_arm, reason = "every other error of the writer is a mistake of ours")]
fn wrong(error: XlsxError) -> Problem {
    match error {
        XlsxError::IoError(error) => error.into(),
        XlsxError::RowColumnLimitError => {
            Problem::refused("导出的内容超过了一张工作表能容纳的行数，请缩小筛选范围后再导出。")
        }
        other => Problem::internal(other.to_string()),
    }
}

impl Table {
    /// Begins a table: title, stamp, and the heads of the columns, which stay in sight.
    ///
    /// # Errors
    ///
    /// `Unavailable` when there is no room for temporary files.
    pub fn start(title: &str, stamp: &Stamp, columns: &[Column<'_>]) -> Result<Self, Problem> {
        let count = u16::try_from(columns.len()).map_err(Problem::internal)?;
        let mut table = Table { book: Workbook::new(), formats: Formats::new(), columns: count, next: 0 };
        table.lay_out(title, stamp, columns).map_err(wrong)?;
        Ok(table)
    }

    fn lay_out(&mut self, title: &str, stamp: &Stamp, columns: &[Column<'_>]) -> Result<(), XlsxError> {
        let formats = &self.formats;
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_freeze_panes(HEADS_AT + 1, 0)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(HEADS_AT, HEADS_AT)?;
        // In a footer & begins a code.
        sheet.set_footer(format!("&L{}&R第 &P 页，共 &N 页", stamp.line().replace('&', "&&")));
        for (at, column) in (0..).zip(columns) {
            sheet.set_column_width(at, column.width)?;
            sheet.set_column_format(at, formats.of(column.kind))?;
        }
        sheet.write_string_with_format(0, 0, title, &formats.title)?;
        sheet.write_string_with_format(1, 0, stamp.line(), &formats.stamp)?;
        for (at, column) in (0..).zip(columns) {
            sheet.write_string_with_format(HEADS_AT, at, column.title, &formats.head)?;
        }
        self.next = HEADS_AT + 1;
        Ok(())
    }

    /// Writes the next row. Cells beyond the columns are left out.
    ///
    /// # Errors
    ///
    /// `Refused` beyond a million rows; `Unavailable` when the disk is full.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Problem> {
        let sheet = self.book.worksheet_from_index(0).map_err(wrong)?;
        for (at, cell) in (0..self.columns).zip(cells) {
            write(sheet, &self.formats, self.next, at, cell).map_err(wrong)?;
        }
        self.next += 1;
        Ok(())
    }

    /// The workbook's bytes.
    ///
    /// # Errors
    ///
    /// `Unavailable` when the disk is full.
    pub fn finish(mut self) -> Result<Vec<u8>, Problem> {
        self.book.save_to_buffer().map_err(wrong)
    }
}

fn write(
    sheet: &mut Worksheet,
    formats: &Formats,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => text_cell(sheet, formats, row, column, text)?,
        Cell::Date(day) => sheet.write_date_with_format(row, column, *day, &formats.date)?,
        Cell::At(at) => sheet.write_datetime_with_format(row, column, at.court_time(), &formats.time)?,
        Cell::Number(n) if EXACT.contains(n) => {
            sheet.write_number_with_format(row, column, float(&n.to_string()), &formats.number)?
        }
        Cell::Fen(fen) if EXACT.contains(fen) => {
            sheet.write_number_with_format(row, column, float(&yuan(*fen)), &formats.money)?
        }
        Cell::Number(n) => text_cell(sheet, formats, row, column, &n.to_string())?,
        Cell::Fen(fen) => text_cell(sheet, formats, row, column, &yuan(*fen))?,
    };
    Ok(())
}

fn text_cell<'s>(
    sheet: &'s mut Worksheet,
    formats: &Formats,
    row: u32,
    column: u16,
    text: &str,
) -> Result<&'s mut Worksheet, XlsxError> {
    // Excel would make a formula of it as soon as somebody edits the cell.
    let format =
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { &formats.guarded } else { &formats.text };
    if text.chars().count() > LONGEST_TEXT {
        let short: String = text.chars().take(LONGEST_TEXT).collect();
        return sheet.write_string_with_format(
            row,
            column,
            format!("{short}……（内容过长，后面的未导出）"),
            format,
        );
    }
    sheet.write_string_with_format(row, column, text, format)
}

fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}

fn float(digits: &str) -> f64 {
    digits.parse().expect("digits that were just written")
}

/// An empty workbook to fill in: the heads of `fields` on the first sheet, in cells that keep long numbers as they are
/// typed; on the second what belongs in each, with an example, and `notes`.
///
/// # Errors
///
/// As [`Table::finish`].
pub fn template(title: &str, fields: &[Field], notes: &[&str]) -> Result<Vec<u8>, Problem> {
    fill_template(title, fields, notes).map_err(wrong)
}

fn fill_template(title: &str, fields: &[Field], notes: &[&str]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let formats = Formats::new();
    let sheet = book.add_worksheet();
    sheet.set_name("数据")?.set_freeze_panes(1, 0)?;
    for (at, field) in (0..).zip(fields) {
        let star = if field.required { "*" } else { "" };
        sheet.set_column_width(at, 20)?.set_column_format(at, &formats.text)?;
        sheet.write_string_with_format(0, at, format!("{}{star}", field.title), &formats.head)?;
    }
    let sheet = book.add_worksheet();
    sheet.set_name("填写说明")?.set_column_width(0, 22)?.set_column_width(1, 8)?;
    sheet.set_column_width(2, 60)?.set_column_width(3, 30)?;
    sheet.write_string_with_format(0, 0, title, &formats.title)?;
    for (at, head) in (0..).zip(["列名", "必填", "怎么填", "示例"]) {
        sheet.write_string_with_format(1, at, head, &formats.head)?;
    }
    let mut row = 2;
    for field in fields {
        let required = if field.required { "是" } else { "" };
        for (at, text) in (0..).zip([field.title, required, field.hint, field.example]) {
            text_cell(sheet, &formats, row, at, text)?;
        }
        row += 1;
    }
    for note in notes {
        row += 1;
        sheet.write_string(row, 0, *note)?;
    }
    book.save_to_buffer()
}
