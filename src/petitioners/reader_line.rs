//! What an ID-card reader types as a keyboard wedge: the number alone, or
//! `name|sex|nation|birth|address|number|issuer|valid from|valid until`, parted by bars, tabs, commas or the like.
//! The nation is not kept: nothing that the court does for a petitioner depends on it.

use super::document_number::{DocumentFault, DocumentNumber, DocumentType, Sex, normalise};
use crate::text::{is_han, tidy};
use chrono::NaiveDate;

/// Longer than any card's text.
const MOST_CHARS: usize = 600;
const SEPARATORS: [char; 7] = ['|', '\t', ',', '，', ';', '^', '#'];

/// What a card says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderLine {
    pub name: Option<String>,
    pub sex: Option<Sex>,
    pub birth: Option<NaiveDate>,
    pub address: Option<String>,
    pub kind: DocumentType,
    /// Normalised, whether or not it keeps the rules.
    pub number: String,
    /// The number checked, or which rule it breaks.
    pub document: Result<DocumentNumber, DocumentFault>,
    /// What the line says against the number, as whole sentences.
    pub conflicts: Vec<String>,
}

/// Reads a line, if it is one that a card reader may have typed; `None` for everything else, such as a name.
pub fn read(text: &str, today: NaiveDate) -> Option<ReaderLine> {
    if text.chars().count() > MOST_CHARS {
        return None;
    }
    let line = text.trim_matches(|c: char| c.is_control() || c == ' ');
    if let Some(number) = card_number(line) {
        return Some(of_number(number, today));
    }
    SEPARATORS.iter().filter(|separator| line.contains(**separator)).find_map(|separator| {
        let fields: Vec<String> = line.split(*separator).map(tidy).collect();
        let at = fields.iter().position(|field| card_number(field).is_some())?;
        Some(of_fields(&fields, at, today))
    })
}

/// Eighteen digits, or seventeen and an X, as on every card that readers read.
fn card_number(text: &str) -> Option<String> {
    let number = normalise(DocumentType::Id, text);
    let digits = number.strip_suffix('X').unwrap_or(&number);
    let right = number.len() == 18 && digits.len() >= 17 && digits.bytes().all(|b| b.is_ascii_digit());
    right.then_some(number)
}

fn kind_of(number: &str) -> DocumentType {
    match number.get(..6) {
        Some("810000" | "820000" | "830000") => DocumentType::Residence,
        _ if number.starts_with('9') => DocumentType::ForeignId,
        _ => DocumentType::Id,
    }
}

fn of_number(number: String, today: NaiveDate) -> ReaderLine {
    let kind = kind_of(&number);
    let document = DocumentNumber::parse(kind, &number, today);
    ReaderLine {
        name: None,
        sex: document.as_ref().ok().and_then(DocumentNumber::sex),
        birth: document.as_ref().ok().and_then(DocumentNumber::birth),
        address: None,
        kind,
        number,
        document,
        conflicts: Vec::new(),
    }
}

fn of_fields(fields: &[String], at: usize, today: NaiveDate) -> ReaderLine {
    let number = fields.get(at).and_then(|field| card_number(field)).unwrap_or_default();
    let mut line = of_number(number, today);
    let before = fields.get(..at).unwrap_or_default();
    let after = fields.get(at + 1..).unwrap_or_default();
    line.name = before.iter().chain(after).find(|field| is_name(field)).cloned();

    let said_sex = before.iter().enumerate().find_map(|(place, field)| sex(field, place));
    let born = before.iter().rposition(|field| date(field).is_some());
    let said_birth = born.and_then(|place| before.get(place)).and_then(|field| date(field));
    line.address = address(before, born).or_else(|| after.iter().find(|field| is_address(field)).cloned());

    if let (Some(said), Some(told)) = (said_sex, line.sex)
        && said != told
    {
        line.conflicts.push(format!(
            "证件上的性别是{}，号码表示的是{}，请核对。",
            said.label(),
            told.label()
        ));
    }
    if let (Some(said), Some(told)) = (said_birth, line.birth)
        && said != told
    {
        line.conflicts.push(format!("证件上的出生日期是{said}，号码表示的是{told}，请核对。"));
    }
    line.sex = said_sex.or(line.sex);
    line.birth = said_birth.filter(|birth| *birth <= today).or(line.birth);
    line
}

/// Two or more characters such as names consist of; not 男, 汉族 or an address.
fn is_name(field: &str) -> bool {
    let length = field.chars().count();
    (2..=40).contains(&length)
        && field.chars().all(|c| is_han(c) || c.is_alphabetic() || matches!(c, '·' | '•' | ' ' | '.' | '-'))
        && !field.ends_with('族')
        && !is_address(field)
}

fn is_address(field: &str) -> bool {
    const SIGNS: [char; 12] = ['省', '市', '县', '区', '镇', '乡', '村', '街', '路', '号', '组', '旗'];
    field.chars().count() >= 5 && field.contains(SIGNS) && !field.ends_with('局')
}

fn sex(field: &str, place: usize) -> Option<Sex> {
    match field {
        "男" | "男性" => Some(Sex::Male),
        "女" | "女性" => Some(Sex::Female),
        // Some readers type the code of GB/T 2261.1, always second.
        "1" if place == 1 => Some(Sex::Male),
        "2" if place == 1 => Some(Sex::Female),
        _ => None,
    }
}

fn date(field: &str) -> Option<NaiveDate> {
    ["%Y%m%d", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(field, form).ok())
}

/// What stands between birth date and number; an address may itself hold the separator.
fn address(before: &[String], born: Option<usize>) -> Option<String> {
    let parts = match born {
        Some(place) => before.get(place + 1..)?,
        None => before.get(before.len().checked_sub(1).filter(|last| *last >= 3)?..)?,
    };
    let joined = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("，");
    (!joined.is_empty()).then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    #[test]
    fn a_bare_number_is_a_card() {
        let line = read(" 11010519491231002x\r\n", today()).unwrap();
        assert_eq!((line.number.as_str(), line.kind), ("11010519491231002X", DocumentType::Id));
        assert_eq!((line.sex, line.birth), (Some(Sex::Female), "1949-12-31".parse().ok()));
        assert_eq!(line.name, None);
        assert!(line.document.is_ok());
        assert_eq!(read("810000199001010019", today()).unwrap().kind, DocumentType::Residence);
        assert_eq!(read("911124198001010015", today()).unwrap().kind, DocumentType::ForeignId);
    }

    #[test]
    fn a_whole_line_fills_the_form() {
        for text in [
            "王桂兰|女|汉|19491231|河南省平顶山市石龙区龙兴街道1号|11010519491231002X|石龙公安分局|20100101|长期",
            "王桂兰\t女\t汉族\t1949-12-31\t河南省平顶山市石龙区龙兴街道1号\t11010519491231002X",
            "王桂兰,2,01,1949年12月31日,河南省平顶山市石龙区龙兴街道1号,11010519491231002X,局",
            "11010519491231002X|王桂兰|女|河南省平顶山市石龙区龙兴街道1号|",
        ] {
            let line = read(text, today()).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(line.name.as_deref(), Some("王桂兰"), "{text}");
            assert_eq!(line.sex, Some(Sex::Female));
            assert_eq!(line.birth, "1949-12-31".parse().ok());
            assert_eq!(line.address.as_deref(), Some("河南省平顶山市石龙区龙兴街道1号"), "{text}");
            assert!(line.conflicts.is_empty(), "{:?}", line.conflicts);
        }
    }

    #[test]
    fn what_contradicts_the_number_is_said() {
        let line = read("王桂兰|男|汉|19491230|某地某路某号|11010519491231002X", today()).unwrap();
        assert_eq!(line.conflicts.len(), 2, "{:?}", line.conflicts);
        let line = read("王桂兰|女|汉|19491231|某地某路某号|110105194912310021", today()).unwrap();
        assert!(line.document.is_err());
        assert_eq!(line.name.as_deref(), Some("王桂兰"));
    }

    #[test]
    fn what_people_type_is_not_a_card() {
        for text in ["王桂兰", "13800005678", "（2026）豫0404民初1号", "王桂兰，李明", "", "1234", "A|B|C"]
        {
            assert_eq!(read(text, today()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_panic(text in ".*") {
            let _ = read(&text, today());
        }

        #[test]
        fn fields_in_any_order_never_panic(
            fields in proptest::collection::vec(
                prop_oneof![Just("11010519491231002X".to_owned()), "[0-9男女汉族王桂兰省市号-]{0,12}", ".{0,6}"], 0..9),
            separator in proptest::sample::select(&SEPARATORS[..]),
        ) {
            let text = fields.join(&separator.to_string());
            if let Some(line) = read(&text, today()) {
                prop_assert_eq!(line.number.len(), 18);
            }
        }
    }
}
