//! A group's member list from Excel (集体访成员名单).

use super::{IntakeForm, PersonRow};
use crate::petitioners::document_number::{DocumentType, Sex};
use crate::petitioners::forms::PetitionerForm;
use crate::sheets::{self, Field, Limits, Report, Row};
use crate::web::form::Complaints;
use chrono::NaiveDate;

/// The largest list that is taken.
const MOST_MEMBERS: usize = 180;

/// The columns of a member list.
pub const MEMBER_FIELDS: &[Field] = &[
    Field {
        key: "name",
        title: "姓名",
        also: &["信访人", "信访人姓名", "成员"],
        required: true,
        hint: "必须填写",
        example: "张三",
    },
    Field {
        key: "doc_number",
        title: "证件号码",
        also: &["身份证号", "身份证号码", "身份证"],
        required: false,
        hint: "居民身份证号码；没有可以不填",
        example: "",
    },
    Field {
        key: "sex",
        title: "性别",
        also: &[],
        required: false,
        hint: "男或女；填了身份证号可以不填",
        example: "女",
    },
    Field {
        key: "phone",
        title: "电话",
        also: &["联系电话", "手机", "手机号"],
        required: false,
        hint: "",
        example: "13800005678",
    },
    Field {
        key: "address",
        title: "地址",
        also: &["住址", "家庭住址"],
        required: false,
        hint: "",
        example: "",
    },
    Field {
        key: "relation",
        title: "与案件的关系",
        also: &["关系", "身份"],
        required: false,
        hint: "",
        example: "申请执行人",
    },
    Field {
        key: "representative",
        title: "是否代表",
        also: &["代表"],
        required: false,
        hint: "代表填“是”，最多五名",
        example: "是",
    },
];

/// What a member list came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembersRead {
    pub report: Report,
    /// The good rows.
    pub people: Vec<PersonRow>,
}

/// Reads a member list and checks each row as the form would.
///
/// # Errors
///
/// A sentence, when the file can't be read at all.
pub fn read_members(bytes: &[u8], today: NaiveDate) -> Result<MembersRead, String> {
    let limits = Limits { rows: MOST_MEMBERS, ..Limits::default() };
    let sheet = sheets::read(bytes, MEMBER_FIELDS, limits).map_err(|unreadable| unreadable.to_string())?;
    let mut read =
        MembersRead { report: Report { rows: sheet.rows.len(), bad: Vec::new() }, people: Vec::new() };
    for row in &sheet.rows {
        let before = read.report.bad.len();
        let person = member(row, today, &mut read.report);
        if read.report.bad.len() == before {
            read.people.push(person);
        }
    }
    Ok(read)
}

fn member(row: &Row, today: NaiveDate, report: &mut Report) -> PersonRow {
    let text = |key: &str| row.text(key).to_owned();
    let sex = match row.text("sex") {
        "" => String::new(),
        word => match Sex::ALL.iter().find(|sex| sex.label() == word) {
            Some(sex) => sex.code().to_owned(),
            None => {
                report.complain(row, "sex", "性别请填“男”或“女”。");
                String::new()
            }
        },
    };
    if row.damaged("doc_number") {
        report.complain(
            row,
            "doc_number",
            "这个号码被表格软件改成了数值，末几位已经丢失，请设为文本格式后重新填写。",
        );
    }
    let has_number = !row.text("doc_number").is_empty();
    let form = PetitionerForm {
        name: text("name"),
        doc_number: text("doc_number"),
        doc_type: if has_number { DocumentType::Id.code().to_owned() } else { String::new() },
        sex,
        phone: text("phone"),
        address: text("address"),
        ..PetitionerForm::default()
    };
    let mut complaints = Complaints::default();
    let _checked = form.check_into(today, &mut complaints, str::to_owned);
    for (key, sentence) in complaints.iter() {
        let known = MEMBER_FIELDS.iter().any(|field| field.key == key);
        report.complain(row, if known { key } else { "name" }, sentence);
    }
    let part = match row.text("representative") {
        "是" | "代表" | "√" | "1" | "Y" | "y" => "representative",
        _ => "member",
    };
    PersonRow { id: None, form, part: part.to_owned(), relation: text("relation") }
}

impl IntakeForm {
    /// Puts the members of a list into the form, as chosen: all of them or none, or the good ones. What is wrong with
    /// the list is told under `members`.
    pub fn take_members(&mut self, read: MembersRead, complaints: &mut Complaints) {
        for bad in read.report.bad.iter().take(50) {
            complaints.add("members", bad.to_string());
        }
        let more = read.report.bad.len().saturating_sub(50);
        if more > 0 {
            complaints.add("members", format!("另有 {more} 处同类问题没有列出。"));
        }
        if read.people.is_empty() && read.report.is_clean() {
            complaints.add("members", "名单里没有人，请检查是否填在“数据”这张表里。");
        }
        if read.report.is_clean() || self.members_take == "good" {
            for person in read.people {
                self.push_person(person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::{Cell, Column, Kind, Stamp, Table};

    fn list(rows: &[[&str; 3]]) -> Vec<u8> {
        let columns =
            ["姓名", "身份证号", "是否代表"].map(|title| Column { title, width: 12.0, kind: Kind::Text });
        let at = chrono::NaiveDateTime::parse_from_str("2026-11-23 09:30", "%Y-%m-%d %H:%M").unwrap();
        let stamp = Stamp { by: "王窗口".to_owned(), at: crate::time::Moment::from_court(at) };
        let mut table = Table::start("名单", &stamp, &columns).unwrap();
        for row in rows {
            table.row(&row.map(Cell::text)).unwrap();
        }
        table.finish().unwrap()
    }

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    #[test]
    fn a_list_is_taken_whole_or_its_good_rows_as_chosen() {
        let bytes = list(&[
            ["甲甲", "11010519491231002X", "是"],
            ["乙乙", "110105194912310021", ""],
            ["丙丙", "", ""],
        ]);
        let read = read_members(&bytes, today()).unwrap();
        assert_eq!(read.report.good_rows(), 2);
        let mut form = IntakeForm::blank("k".into(), "1".into());
        let mut complaints = Complaints::default();
        form.take_members(read.clone(), &mut complaints);
        assert_eq!(form.name, [""]);
        assert!(complaints.about("members").next().unwrap().contains("校验码"));
        form.members_take = "good".into();
        form.take_members(read, &mut Complaints::default());
        assert_eq!(form.name, ["甲甲", "丙丙"]);
        assert_eq!(form.part, ["representative", "member"]);
    }

    #[test]
    fn a_file_that_is_no_sheet_is_told_in_a_sentence() {
        assert!(read_members(b"nonsense", today()).unwrap_err().ends_with('。'));
    }
}
