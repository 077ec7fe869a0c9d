//! A list of cases from Excel: each row is read as if it had been typed.

use super::types::{Line, Outcome, Remark};
use crate::sheets::{self, Field, Limits, Report, Row};
use crate::sweeps::forms::CaseForm;
use crate::sweeps::types::RowKind;
use crate::web::formats::short_date;
use chrono::NaiveDate;

/// The largest list that is taken.
pub const MOST_ROWS: usize = 20_000;

const fn field(
    key: &'static str,
    title: &'static str,
    also: &'static [&'static str],
    hint: &'static str,
) -> Field {
    Field { key, title, also, required: false, hint, example: "" }
}

/// The columns of a list of cases, by the heads that case systems give them.
pub const FIELDS: &[Field] = &[
    Field {
        key: "case_number",
        title: "案号",
        also: &["案件编号", "案件号", "立案案号"],
        required: true,
        hint: "例如（2026）豫0404民初123号",
        example: "（2026）豫0404民初123号",
    },
    field("kind", "收案或结案", &["类别", "收结", "案件状态", "状态"], "收案、结案；不填按上传时选的"),
    field("cause", "案由", &["立案案由", "结案案由", "案件名称"], ""),
    field("parties", "当事人", &["当事人名称", "原被告", "双方当事人"], "只保存姓氏和简称"),
    field("judge", "承办人", &["承办法官", "主审法官", "审判长"], ""),
    field("happened_on", "日期", &["收案日期", "立案日期", "结案日期"], "例如 2026-11-23；可以不填"),
];

/// What a list came to.
#[derive(Debug, Default)]
pub struct Read {
    /// Rows with anything in them.
    pub rows: usize,
    /// The good ones.
    pub lines: Vec<Line>,
    /// Why the others are not.
    pub remarks: Vec<Remark>,
}

/// Reads a list; `kind` is why a case is on it where the row doesn't say.
///
/// # Errors
///
/// A sentence, when the file can't be read at all.
pub fn read(bytes: &[u8], kind: RowKind, today: NaiveDate) -> Result<Read, String> {
    let limits = Limits { rows: MOST_ROWS, ..Limits::default() };
    let sheet = sheets::read(bytes, FIELDS, limits).map_err(|unreadable| unreadable.to_string())?;
    if sheet.rows.is_empty() {
        return Err("表里没有案件，请检查数据是否在第一张可见的工作表上。".to_owned());
    }
    let mut read = Read { rows: sheet.rows.len(), ..Read::default() };
    let mut report = Report::default();
    for row in &sheet.rows {
        read.lines.extend(line(row, kind, today, &mut report));
    }
    read.remarks = report
        .bad
        .into_iter()
        .map(|cell| Remark {
            row: cell.row,
            outcome: Outcome::Bad,
            place: format!("{}（{}）", cell.address, cell.title),
            why: cell.why,
        })
        .collect();
    Ok(read)
}

fn line(row: &Row, kind: RowKind, today: NaiveDate, report: &mut Report) -> Option<Line> {
    let text = |key: &str| row.text(key).to_owned();
    let day = sheets::date_of(row.text("happened_on"));
    let form = CaseForm {
        case_number: text("case_number"),
        kind: kind_of(row.text("kind"), kind).code().to_owned(),
        cause: text("cause").chars().take(40).collect(),
        parties: text("parties").chars().take(200).collect(),
        judge: text("judge").chars().take(20).collect(),
        happened_on: day.map_or_else(|| text("happened_on"), short_date),
    };
    match form.check(today) {
        Ok(case) => Some(Line { row: row.number, case }),
        Err(told) => {
            for (name, sentence) in told.iter() {
                report.complain(row, name, sentence);
            }
            None
        }
    }
}

/// Why the case is on the list, by the words that case systems use.
fn kind_of(word: &str, otherwise: RowKind) -> RowKind {
    let has = |words: &[&str]| words.iter().any(|one| word.contains(one));
    match (has(&["收", "立", "新"]), has(&["结", "审毕", "执毕", "归档"])) {
        (true, true) => RowKind::Both,
        (true, false) => RowKind::Filed,
        (false, true) if word.contains("未结") => RowKind::Filed,
        (false, true) => RowKind::Closed,
        (false, false) => otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::{Cell, Column, Kind, Stamp, Table};
    use crate::time::Moment;

    fn list(rows: &[[&str; 5]]) -> Vec<u8> {
        let titles = ["立案案号", "类别", "案由", "当事人", "立案日期"];
        let columns = titles.map(|title| Column { title, width: 12.0, kind: Kind::Text });
        let at = Moment::from_court("2026-11-23T09:00:00".parse().unwrap());
        let mut table = Table::start("案件", &Stamp { by: "庭长".to_owned(), at }, &columns).unwrap();
        for row in rows {
            table.row(&row.map(Cell::text)).unwrap();
        }
        table.finish().unwrap()
    }

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    #[test]
    fn each_row_is_read_as_if_it_were_typed() {
        let bytes = list(&[
            ["(2026)豫0404民初1号", "结案", "买卖合同纠纷", "张建国诉李明", "2026-11-02"],
            ["（2026）豫0404民初2号", "", "", "", ""],
            ["2026民初3", "收案", "离婚纠纷", "", "2026-11-03"],
            ["（2026）豫0404民初4号", "收案", "", "", "2026-12-03"],
        ]);
        let read = read(&bytes, RowKind::Filed, today()).unwrap();
        assert_eq!((read.rows, read.lines.len(), read.remarks.len()), (4, 2, 2));
        let first = &read.lines[0].case;
        assert_eq!((first.case_number.as_str(), first.kind), ("（2026）豫0404民初1号", RowKind::Closed));
        assert_eq!(first.parties, "张某某、李某");
        assert_eq!(read.lines[1].case.kind, RowKind::Filed);
        assert!(read.remarks[0].place.contains("案号") && read.remarks[0].why.contains("案号有误"));
        assert!(read.remarks[1].why.contains("不能晚于今天"));
    }

    #[test]
    fn the_words_of_case_systems_are_understood() {
        for (word, kind) in [
            ("新收", RowKind::Filed),
            ("立案", RowKind::Filed),
            ("已结", RowKind::Closed),
            ("未结", RowKind::Filed),
            ("收案并结案", RowKind::Both),
            ("", RowKind::Closed),
            ("审理中", RowKind::Closed),
        ] {
            assert_eq!(kind_of(word, RowKind::Closed), kind, "{word}");
        }
    }

    #[test]
    fn what_is_no_list_of_cases_is_refused_in_a_sentence() {
        for bytes in [&b"nothing"[..], &list(&[])] {
            assert!(read(bytes, RowKind::Filed, today()).unwrap_err().ends_with('。'));
        }
    }
}
