//! The online platform's list, or an old register, from Excel: each row is read as if it had been typed into the form.

use super::IntakeForm;
use crate::intake::imports::types::Line;
use crate::intake::types::Choices;
use crate::matters::types::Channel;
use crate::sheets::{self, Field, Limits, Report, Row};
use crate::time::Moment;
use crate::web::formats::short_date;

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

/// The columns of a list of matters.
pub const LEDGER_FIELDS: &[Field] = &[
    Field {
        key: "name",
        title: "信访人",
        also: &["姓名", "信访人姓名", "来访人"],
        required: true,
        hint: "必须填写；不知道的填“匿名”",
        example: "张三",
    },
    field("doc_number", "证件号码", &["身份证号", "身份证号码"], "居民身份证号码；没有可以不填"),
    field("phone", "电话", &["联系电话", "手机"], ""),
    field("address", "住址", &["地址"], ""),
    field(
        "channel",
        "方式",
        &["渠道", "来访方式", "信访形式"],
        "来访、来信、来电、网上、视频、交办；不填按“网上”",
    ),
    field(
        "happened_at",
        "日期",
        &["来访日期", "信访日期", "登记日期", "来信日期"],
        "例如 2026-11-23；不填按今天",
    ),
    field(
        "outside_number",
        "来文编号",
        &["网上编号", "信访件编号", "编号"],
        "平台或上级的编号；再次导入时凭它识别",
    ),
    field("sender", "交办机关", &["来文单位", "交办单位"], "方式是“交办”的填全称"),
    field("due_on", "报告期限", &["办结期限", "要求办结日期"], "交办机关要求报告结果的日期；没有写明的不填"),
    Field {
        key: "category",
        title: "诉求类别",
        also: &["类别", "问题类别"],
        required: true,
        hint: "与“诉求类别”页上第二级的名称一致",
        example: "久拖不立",
    },
    Field {
        key: "claim",
        title: "请求",
        also: &["诉求", "信访请求"],
        required: true,
        hint: "一句话",
        example: "要求尽快执行",
    },
    field("summary", "事实和理由", &["主要内容", "反映内容", "事由"], ""),
    field("case_number", "案号", &["涉及案号"], "多个案号用分号隔开"),
    field("people_count", "人数", &["来访人数"], ""),
];

/// What a list came to.
#[derive(Debug, Default)]
pub struct LedgerRead {
    pub report: Report,
    /// The good rows.
    pub lines: Vec<Line>,
}

/// Reads a list. `key` makes a row's number, under which it registers once however often the list is brought.
///
/// # Errors
///
/// A sentence, when the file can't be read at all.
pub fn read_ledger(
    bytes: &[u8],
    choices: &Choices,
    now: Moment,
    key: impl Fn(&str) -> String,
) -> Result<LedgerRead, String> {
    let limits = Limits { rows: MOST_ROWS, ..Limits::default() };
    let sheet = sheets::read(bytes, LEDGER_FIELDS, limits).map_err(|unreadable| unreadable.to_string())?;
    let mut read = LedgerRead {
        report: Report { rows: sheet.rows.len(), bad: Vec::new() },
        lines: Vec::with_capacity(sheet.rows.len()),
    };
    for row in &sheet.rows {
        let before = read.report.bad.len();
        let form = as_typed(row, choices, now, &key, &mut read.report);
        match form.check(choices, now) {
            Ok(_) if read.report.bad.len() == before => read.lines.push(Line { row: row.number, form }),
            Ok(_) => {}
            Err(told) => {
                for (name, sentence) in told.iter() {
                    let column = name.split('.').next().unwrap_or(name);
                    let known = LEDGER_FIELDS.iter().any(|field| field.key == column);
                    read.report.complain(row, if known { column } else { "name" }, sentence);
                }
            }
        }
    }
    Ok(read)
}

fn as_typed(
    row: &Row,
    choices: &Choices,
    now: Moment,
    key: &impl Fn(&str) -> String,
    report: &mut Report,
) -> IntakeForm {
    let text = |name: &str| row.text(name).to_owned();
    let mut form = IntakeForm::blank(key(&identity(row)), String::new());
    let anonymous = row.text("name") == "匿名";
    form.carry(&crate::intake::types::Carried {
        kind: if anonymous { "anonymous".to_owned() } else { String::new() },
        name: text("name"),
        doc_number: text("doc_number"),
        phone: text("phone"),
        address: text("address"),
        channel: channel(row, report),
        ..Default::default()
    });
    if row.damaged("doc_number") {
        report.complain(
            row,
            "doc_number",
            "这个号码被表格软件改成了数值，末几位已经丢失，请设为文本格式后重新填写。",
        );
    }
    form.category = category(row, choices);
    form.claim = text("claim");
    form.summary = text("summary");
    form.outside_number = text("outside_number");
    form.people_count = text("people_count");
    form.sender = text("sender");
    form.due_on = sheets::date_of(row.text("due_on")).map_or_else(|| text("due_on"), short_date);
    form.case_number = row.text("case_number").split([';', '；', '、', '\n']).map(str::to_owned).collect();
    form.happened_at = match sheets::date_of(row.text("happened_at")) {
        Some(day) if day == now.today() => String::new(),
        Some(day) => format!("{}T09:00", short_date(day)),
        None => text("happened_at"),
    };
    form.tidy_rows();
    form
}

/// What makes a row the same row when it is brought again.
fn identity(row: &Row) -> String {
    let outside = row.text("outside_number");
    if !outside.is_empty() {
        return format!("outside {outside}");
    }
    let all: Vec<&str> = LEDGER_FIELDS.iter().map(|field| row.text(field.key)).collect();
    format!("row {}", all.join("\u{1f}"))
}

fn channel(row: &Row, report: &mut Report) -> String {
    let word = row.text("channel");
    if word.is_empty() {
        return Channel::Online.code().to_owned();
    }
    let alike = |channel: &&Channel| channel.label() == word || word.contains(channel.label());
    match Channel::ALL.iter().find(alike) {
        Some(channel) => channel.code().to_owned(),
        None => {
            report.complain(row, "channel", "方式请填：来访、来信、来电、网上、视频、交办。");
            String::new()
        }
    }
}

fn category(row: &Row, choices: &Choices) -> String {
    let word = row.text("category");
    let mut all = choices.categories.iter().flat_map(|(_, below)| below);
    all.find(|(code, name)| name == word || code == word)
        .map_or_else(|| word.to_owned(), |(code, _)| code.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matters::actions::register::About;
    use crate::sheets::{Cell, Column, Kind, Stamp, Table};

    fn now() -> Moment {
        Moment::from_court(
            chrono::NaiveDateTime::parse_from_str("2026-11-23 09:00", "%Y-%m-%d %H:%M").unwrap(),
        )
    }

    fn list(rows: &[[&str; 6]]) -> Vec<u8> {
        let titles = ["信访人", "方式", "日期", "诉求类别", "请求", "案号"];
        let columns = titles.map(|title| Column { title, width: 12.0, kind: Kind::Text });
        let stamp = Stamp { by: "周专干".to_owned(), at: now() };
        let mut table = Table::start("台账", &stamp, &columns).unwrap();
        for row in rows {
            table.row(&row.map(Cell::text)).unwrap();
        }
        table.finish().unwrap()
    }

    fn choices() -> Choices {
        Choices {
            categories: vec![("立案".into(), vec![("filing.delayed".into(), "久拖不立".into())])],
            ..Choices::default()
        }
    }

    #[test]
    fn each_row_is_read_as_if_it_were_typed() {
        let bytes = list(&[
            ["张三", "来信", "2026-11-20", "久拖不立", "要求立案", "（2026）豫0404民初1号"],
            ["匿名", "", "", "久拖不立", "反映拖延", ""],
            ["李四", "托梦", "昨天", "没有这类", "", "(2026)豫民1"],
        ]);
        let read = read_ledger(&bytes, &choices(), now(), str::to_owned).unwrap();
        assert_eq!((read.report.rows, read.lines.len()), (3, 2));
        let unpacked = Line::unpack(&Line::pack(&read.lines).unwrap()).unwrap();
        assert_eq!(unpacked, read.lines);
        let read_again: Vec<_> =
            unpacked.iter().map(|line| line.form.check(&choices(), now()).unwrap()).collect();
        let About::New(first) = &read_again[0].about else { panic!() };
        assert_eq!((first.category_code.as_str(), first.cases.len()), ("filing.delayed", 1));
        assert_eq!(read_again[0].channel, Channel::Letter);
        assert_eq!(read_again[1].channel, Channel::Online);
        let columns: Vec<&str> = read.report.bad.iter().map(|cell| cell.title.as_str()).collect();
        for title in ["方式", "日期", "诉求类别", "请求", "案号"] {
            assert!(columns.contains(&title), "{title}: {columns:?}");
        }
    }

    #[test]
    fn a_row_that_is_brought_again_has_the_same_number() {
        let bytes = list(&[["张三", "来信", "2026-11-20", "久拖不立", "要求立案", ""]]);
        let once = read_ledger(&bytes, &choices(), now(), str::to_owned).unwrap();
        let again = read_ledger(&bytes, &choices(), now(), str::to_owned).unwrap();
        assert_eq!(once.lines[0].form.submission_key, again.lines[0].form.submission_key);
    }
}
