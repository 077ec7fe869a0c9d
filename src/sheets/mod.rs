//! Excel in and out (电子表格). What is written opens in any office program and says who took it out and when; what is
//! read is read cell by cell, each with its address, so that a person is told exactly which one is wrong.

mod dates;
mod read;
mod report;
mod write;

pub use dates::{date_of, moment_of};
pub use read::{Limits, Row, Sheet, read};
pub use report::{BadCell, Report};
pub use write::{Cell, Column, Kind, Stamp, Table, template};

/// The media type of what [`Table::finish`] and [`template`] make.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A column that an import knows.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// How the program calls it.
    pub key: &'static str,
    /// What stands at its head.
    pub title: &'static str,
    /// Other heads that mean the same.
    pub also: &'static [&'static str],
    /// Whether a sheet without this column is refused.
    pub required: bool,
    /// For the template's notes: what belongs in it.
    pub hint: &'static str,
    /// For the template's notes: an example.
    pub example: &'static str,
}

/// A column's letters, from its place counted from 0: A, …, Z, AA, …
pub fn letters(column: u32) -> String {
    let mut rest = column;
    let mut out = Vec::new();
    loop {
        out.push(char::from_u32(u32::from('A') + rest % 26).unwrap_or('?'));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => return out.iter().rev().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FIELDS: &[Field] = &[
        Field {
            key: "name",
            title: "姓名",
            also: &["信访人", "信访人姓名"],
            required: true,
            hint: "必须填写",
            example: "张三",
        },
        Field {
            key: "id", title: "身份证号", also: &["证件号码"], required: false, hint: "", example: ""
        },
        Field {
            key: "on",
            title: "来访日期",
            also: &["日期"],
            required: false,
            hint: "",
            example: "2026-11-23",
        },
        Field { key: "sum", title: "金额（元）", also: &[], required: false, hint: "", example: "" },
        Field { key: "count", title: "人数", also: &[], required: false, hint: "", example: "" },
    ];
    const COLUMNS: &[Column] = &[
        Column { title: "信访人", width: 12.0, kind: Kind::Text },
        Column { title: "证件 号码", width: 22.0, kind: Kind::Text },
        Column { title: "日期", width: 12.0, kind: Kind::Date },
        Column { title: "金额(元)*", width: 12.0, kind: Kind::Money },
        Column { title: "人数", width: 8.0, kind: Kind::Number },
    ];

    fn stamp() -> Stamp {
        let at = chrono::NaiveDateTime::parse_from_str("2026-11-23 09:30", "%Y-%m-%d %H:%M").unwrap();
        Stamp { by: "王窗口 & 同事".to_owned(), at: crate::time::Moment::from_court(at) }
    }

    fn export(rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
        let mut table = Table::start("登记台账", &stamp(), COLUMNS).unwrap();
        for row in rows {
            table.row(row).unwrap();
        }
        table.finish().unwrap()
    }

    #[test]
    fn what_is_exported_reads_back_with_its_addresses() {
        let day = "2026-11-23".parse().unwrap();
        let bytes = export(&[
            vec![
                Cell::text("=1+1"),
                Cell::text("410105199001011234"),
                Cell::Date(day),
                Cell::Fen(1_234_560),
                Cell::Number(3),
            ],
            vec![],
            vec![
                Cell::text("李四"),
                Cell::Number(410_105_199_001_011_234),
                Cell::Empty,
                Cell::Fen(-1),
                Cell::Number(-7),
            ],
        ]);
        if let Ok(path) = std::env::var("TINGSONG_KEEP_SHEET") {
            std::fs::write(path, &bytes).unwrap();
        }
        let sheet = read(&bytes, FIELDS, Limits::default()).unwrap();
        let texts: Vec<Vec<&str>> =
            sheet.rows.iter().map(|row| FIELDS.iter().map(|field| row.text(field.key)).collect()).collect();
        assert_eq!(texts[0], ["=1+1", "410105199001011234", "2026-11-23", "12345.6", "3"]);
        assert_eq!(texts[1], ["李四", "410105199001011234", "", "-0.01", "-7"]);
        assert_eq!(sheet.rows[1].address("sum"), "第 6 行 D 列");
        assert!(!sheet.rows[1].damaged("id"), "long numbers are written as text");
    }

    #[test]
    fn the_template_is_one_that_can_be_imported() {
        let bytes = template("成员名单", FIELDS, &["每行一人。"]).unwrap();
        let sheet = read(&bytes, FIELDS, Limits::default()).unwrap();
        assert!(sheet.rows.is_empty() && sheet.ignored.is_empty());
    }

    #[test]
    fn a_sheet_that_will_not_do_is_refused_in_a_sentence() {
        let no_name = {
            let columns = &COLUMNS[1..];
            Table::start("x", &stamp(), columns).unwrap().finish().unwrap()
        };
        let told = |bytes: &[u8], limits| read(bytes, FIELDS, limits).unwrap_err().to_string();
        assert!(told(&no_name, Limits::default()).contains("“姓名”"));
        assert!(told(b"not a sheet", Limits::default()).contains(".xlsx"));
        assert!(told(&[0; 10], Limits { bytes: 9, rows: 1 }).contains("太大"));
        let rows = vec![vec![Cell::text("甲")], vec![Cell::text("乙")]];
        assert!(told(&export(&rows), Limits { bytes: 1 << 20, rows: 1 }).contains("最多"));
    }

    #[test]
    fn columns_have_letters() {
        let of: Vec<String> = [0, 25, 26, 51, 52, 701, 702].map(letters).to_vec();
        assert_eq!(of, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn any_text_comes_back_as_it_was(texts in proptest::collection::vec("[\\PC\n]{1,30}", 1..5)) {
            let rows: Vec<Vec<Cell<'_>>> =
                texts.iter().map(|text| vec![Cell::text("甲"), Cell::text(text)]).collect();
            let sheet = read(&export(&rows), FIELDS, Limits::default()).unwrap();
            let back: Vec<&str> = sheet.rows.iter().map(|row| row.text("id")).collect();
            let sent: Vec<&str> = texts.iter().map(|text| text.trim()).collect();
            prop_assert_eq!(back, sent);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), zip in any::<bool>()) {
            let start: &[u8] = if zip { b"PK\x03\x04" } else { &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] };
            prop_assert!(read(&[start, &bytes].concat(), FIELDS, Limits::default()).is_err());
        }

        #[test]
        fn a_spoilt_sheet_is_read_or_refused_but_never_a_panic(at in 0usize..8000, with in any::<u8>(), cut in 0usize..8000) {
            let mut bytes = export(&[vec![Cell::text("甲")]]);
            let length = bytes.len();
            bytes[at % length] = with;
            bytes.truncate(length - cut % (length / 4));
            if let Ok(sheet) = read(&bytes, FIELDS, Limits::default()) {
                prop_assert!(sheet.rows.len() <= 1);
            }
        }
    }
}
