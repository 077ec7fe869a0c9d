//! Reading: the first visible sheet of a workbook, found by the heads of its columns.

use super::{Field, letters};
use calamine::{Data, Reader, SheetType, SheetVisible, Xls, Xlsx};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, sink};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The heads stand in one of this many rows.
const ROWS_TO_HEADS: usize = 10;
/// No ledger is wider.
const MOST_COLUMNS: u32 = 200;
/// What a workbook may unpack to: a small file can be made to unpack to far more than memory holds.
const UNPACKED_BYTES: u64 = 300 << 20;
/// From here on a number has lost digits: the office program keeps fifteen.
const EXACT_BELOW: f64 = 1e15;

/// How much is taken.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The file's size.
    pub bytes: usize,
    /// Rows with anything in them, below the heads.
    pub rows: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 10 << 20, rows: 5_000 }
    }
}

/// Why a file cannot be read at all: a whole Chinese sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(String);

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Unreadable> for crate::error::Problem {
    fn from(unreadable: Unreadable) -> Self {
        crate::error::Problem::Refused(unreadable.0)
    }
}

fn unreadable<T>(sentence: impl Into<String>) -> Result<T, Unreadable> {
    Err(Unreadable(sentence.into()))
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Rows with anything in them, below the heads.
    pub rows: Vec<Row>,
    /// Heads that no field answers to: what stands below them is not read.
    pub ignored: Vec<String>,
}

#[derive(Clone, Debug, Default)]
struct Text {
    text: String,
    damaged: bool,
}

/// One row, by the keys of its fields.
#[derive(Clone, Debug)]
pub struct Row {
    /// As the office program counts it, from 1.
    pub number: u32,
    cells: BTreeMap<&'static str, Place>,
}

#[derive(Clone, Debug)]
struct Place {
    column: u32,
    title: &'static str,
    text: Text,
}

impl Row {
    /// The cell's text without blanks round it: dates as `2026-11-23`, numbers without needless zeros; empty where
    /// there is no such cell or column.
    pub fn text(&self, key: &str) -> &str {
        self.cells.get(key).map_or("", |place| &place.text.text)
    }

    /// Whether the sheet kept it as a number too long to be exact, so that its last digits are lost: an identity
    /// number that was not typed as text.
    pub fn damaged(&self, key: &str) -> bool {
        self.cells.get(key).is_some_and(|place| place.text.damaged)
    }

    /// `第 5 行 C 列`; only the row where the sheet has no such column.
    pub fn address(&self, key: &str) -> String {
        match self.cells.get(key) {
            Some(place) => format!("第 {} 行 {} 列", self.number, letters(place.column)),
            None => format!("第 {} 行", self.number),
        }
    }

    /// The column's title as the program calls it.
    pub fn title(&self, key: &str) -> &str {
        self.cells.get(key).map_or("", |place| place.title)
    }
}

type Grid = BTreeMap<u32, BTreeMap<u32, Text>>;

/// Reads the first visible sheet of an `.xlsx` or `.xls` workbook. The heads are looked for in the first ten rows;
/// width, blanks, brackets and a star at the end don't matter to them.
///
/// # Errors
///
/// When it is no such file, is too large, has too many rows, or lacks a required column.
pub fn read(bytes: &[u8], fields: &[Field], limits: Limits) -> Result<Sheet, Unreadable> {
    if bytes.len() > limits.bytes {
        return unreadable(format!("文件太大：最多 {} MB，请拆分后分次导入。", limits.bytes >> 20));
    }
    let most = limits.rows + ROWS_TO_HEADS;
    let broken =
        || Unreadable("这个文件已损坏，无法读取。请在 Excel 或 WPS 中打开后另存为 .xlsx 再导入。".to_owned());
    // The readers of these formats are large and their input is not ours: a panic there is a file that can't be read.
    let grid = catch_unwind(AssertUnwindSafe(|| match bytes {
        [b'P', b'K', 3, 4, ..] => xlsx(bytes, most),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => xls(bytes, most),
        _ => unreadable("这不是 Excel 工作簿。请使用 .xlsx 或 .xls 文件；CSV 等其他格式请先另存为 .xlsx。"),
    }))
    .map_err(|_panic| broken())??;
    rows(&grid, fields, limits)
}

fn damaged_file(error: impl std::fmt::Display) -> Unreadable {
    tracing::info!(%error, "a workbook could not be read");
    Unreadable(
        "这个文件不是完好的 Excel 工作簿，或者设有密码。请去掉密码，另存为 .xlsx 后再导入。".to_owned(),
    )
}

fn too_many(most: usize) -> Unreadable {
    Unreadable(format!("行数太多：一次最多导入 {} 行，请拆分后分次导入。", most - ROWS_TO_HEADS))
}

/// Unpacks everything into nothing first, to know how much it is.
fn unpacks(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged_file)?;
    let mut left = UNPACKED_BYTES;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(damaged_file)?;
        let taken = std::io::copy(&mut file.take(left), &mut sink()).map_err(damaged_file)?;
        left -= taken;
        if left == 0 {
            return unreadable("这个文件解压后过大，无法读取。请只保留需要导入的工作表后再试。");
        }
    }
    Ok(())
}

fn first_sheet(sheets: &[calamine::Sheet]) -> Result<String, Unreadable> {
    sheets
        .iter()
        .find(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .ok_or_else(|| Unreadable("这个文件里没有可以读取的工作表。".to_owned()))
}

fn xlsx(bytes: &[u8], most: usize) -> Result<Grid, Unreadable> {
    unpacks(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(damaged_file)?;
    let name = first_sheet(book.sheets_metadata())?;
    // Cell by cell: asked for a range, the reader makes room for every cell up to the farthest one.
    let mut cells = book.worksheet_cells_reader(&name).map_err(damaged_file)?;
    let mut grid = Grid::new();
    while let Some(cell) = cells.next_cell().map_err(damaged_file)? {
        let place = cell.get_position();
        let value = Data::from(cell.get_value().clone());
        keep(&mut grid, place, &value, most)?;
    }
    Ok(grid)
}

fn xls(bytes: &[u8], most: usize) -> Result<Grid, Unreadable> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(damaged_file)?;
    let name = first_sheet(book.sheets_metadata())?;
    let range = book.worksheet_range(&name).map_err(damaged_file)?;
    let (top, left) = range.start().unwrap_or_default();
    let mut grid = Grid::new();
    for (row, column, value) in range.used_cells() {
        let row = u32::try_from(row).unwrap_or(u32::MAX).saturating_add(top);
        let column = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(left);
        keep(&mut grid, (row, column), value, most)?;
    }
    Ok(grid)
}

fn keep(grid: &mut Grid, (row, column): (u32, u32), value: &Data, most: usize) -> Result<(), Unreadable> {
    let text = text_of(value);
    if text.text.is_empty() || column >= MOST_COLUMNS {
        return Ok(());
    }
    grid.entry(row).or_default().insert(column, text);
    if grid.len() > most { Err(too_many(most)) } else { Ok(()) }
}

fn text_of(value: &Data) -> Text {
    let plain = |text: String| Text { text, damaged: false };
    match value {
        Data::Int(n) => plain(n.to_string()),
        Data::Float(n) => Text { text: number(*n), damaged: n.abs() >= EXACT_BELOW },
        Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => {
            plain(s.trim_matches(crate::text::is_blank).to_owned())
        }
        Data::Bool(yes) => plain(if *yes { "是" } else { "否" }.to_owned()),
        Data::DateTime(at) => plain(match at.as_datetime() {
            Some(day) if at.is_datetime() && day.time() == chrono::NaiveTime::MIN => {
                day.format("%Y-%m-%d").to_string()
            }
            Some(moment) if at.is_datetime() && at.as_f64() >= 1.0 => {
                moment.format("%Y-%m-%d %H:%M:%S").to_string()
            }
            Some(_) | None => number(at.as_f64()),
        }),
        Data::Error(error) => plain(error.to_string()),
        Data::Empty => plain(String::new()),
    }
}

/// Without an exponent, and without what binary fractions leave behind (0.1 + 0.2).
fn number(n: f64) -> String {
    if n == n.trunc() {
        return format!("{n:.0}");
    }
    format!("{n:.10}").trim_end_matches('0').to_owned()
}

/// A head as it is compared.
fn head(text: &str) -> String {
    crate::text::squeeze(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .trim_end_matches("必填")
        .to_owned()
}

fn field_of<'f>(fields: &'f [Field], text: &str) -> Option<&'f Field> {
    let typed = head(text);
    let is = |name: &str| head(name) == typed;
    fields.iter().find(|field| is(field.title) || field.also.iter().any(|also| is(also)))
}

fn rows(grid: &Grid, fields: &[Field], limits: Limits) -> Result<Sheet, Unreadable> {
    let known =
        |row: &BTreeMap<u32, Text>| row.values().filter(|t| field_of(fields, &t.text).is_some()).count();
    // The first row of those that know the most: a second table below may repeat the heads.
    let heads = grid.iter().take(ROWS_TO_HEADS).rev().max_by_key(|(_, row)| known(row));
    let Some((heads_at, heads)) = heads else {
        return unreadable("这个工作表是空的。请确认数据在第一张可见的工作表上。");
    };
    let (columns, ignored) = columns(heads, fields)?;
    let lacking: Vec<&str> = fields
        .iter()
        .filter(|field| field.required && !columns.values().any(|f| f.key == field.key))
        .map(|field| field.title)
        .collect();
    if !lacking.is_empty() {
        return unreadable(format!(
            "表头中没有找到“{}”列。请核对表头，或下载模板后按模板填写。",
            lacking.join("”“")
        ));
    }
    let rows: Vec<Row> = grid
        .range(heads_at + 1..)
        .map(|(at, row)| cells_of(*at, row, &columns))
        .filter(|row| row.cells.values().any(|place| !place.text.text.is_empty()))
        .collect();
    if rows.len() > limits.rows {
        return Err(too_many(limits.rows + ROWS_TO_HEADS));
    }
    Ok(Sheet { rows, ignored })
}

type Columns<'f> = BTreeMap<u32, &'f Field>;

fn columns<'f>(
    heads: &BTreeMap<u32, Text>,
    fields: &'f [Field],
) -> Result<(Columns<'f>, Vec<String>), Unreadable> {
    let mut columns = Columns::new();
    let mut ignored = Vec::new();
    for (at, text) in heads {
        let Some(field) = field_of(fields, &text.text) else {
            ignored.push(text.text.clone());
            continue;
        };
        if let Some((other, _)) = columns.iter().find(|(_, known)| known.key == field.key) {
            return unreadable(format!(
                "{} 列和 {} 列的表头都是“{}”，无法判断用哪一列。请删去或改名其中一列后再导入。",
                letters(*other),
                letters(*at),
                field.title
            ));
        }
        columns.insert(*at, field);
    }
    Ok((columns, ignored))
}

fn cells_of(at: u32, row: &BTreeMap<u32, Text>, columns: &Columns<'_>) -> Row {
    let place = |(column, field): (&u32, &&Field)| {
        let text = row.get(column).cloned().unwrap_or_default();
        (field.key, Place { column: *column, title: field.title, text })
    };
    Row { number: at + 1, cells: columns.iter().map(place).collect() }
}
