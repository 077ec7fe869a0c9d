//! The grammar of case numbers. Reads from the left and stops at the first part that is wrong.

use super::court::{CourtCode, meant_by, province};
use super::{CaseNumber, FIRST_YEAR, Form, Part, kinds};
use crate::text::{is_han, read_numeral, squeeze};

/// 刑核 numbers are eight random digits (法〔2015〕137号 article 10).
pub(super) const RANDOMLY_NUMBERED: &str = "刑核";
const RANDOM_DIGITS: usize = 8;
/// Longest running number that is believed.
const MOST_DIGITS: usize = 8;
/// Longest text that can be a case number.
const MOST_CHARS: usize = 60;

/// Whether a kind of case must be in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kinds {
    Known,
    Any,
}

/// What is wrong, before a suggestion has been looked for.
#[derive(Clone, Debug)]
pub(super) struct Broken {
    pub part: Part,
    pub reason: String,
    /// What was typed, mended at this one place, when it is plain how.
    pub mended: Option<String>,
    pub only_kind_unknown: bool,
}

impl Broken {
    pub(super) fn at(part: Part, reason: impl Into<String>) -> Self {
        Broken { part, reason: reason.into(), mended: None, only_kind_unknown: false }
    }

    fn mended(self, mended: String) -> Self {
        Broken { mended: Some(mended), ..self }
    }
}

/// Widths folded, blanks dropped, every kind of bracket made `（` or `）`.
pub(super) fn normalise(text: &str) -> String {
    squeeze(text)
        .chars()
        .map(|c| match c {
            '(' | '[' | '{' | '<' | '〔' | '【' | '〈' | '《' | '﹝' | '﹙' | '❲' | '⦗' => '（',
            ')' | ']' | '}' | '>' | '〕' | '】' | '〉' | '》' | '﹞' | '﹚' | '❳' | '⦘' => '）',
            c => c,
        })
        .collect()
}

pub(super) fn read(text: &str, kinds: Kinds) -> Result<CaseNumber, Broken> {
    let text = normalise(text);
    if text.is_empty() {
        return Err(Broken::at(Part::Whole, "没有填写"));
    }
    if text.chars().count() > MOST_CHARS {
        return Err(Broken::at(Part::Whole, format!("超过了{MOST_CHARS}个字，不像案号")));
    }
    let (year_text, body) = bracketed_year(&text)?;
    let legacy = body.split_once("字第");
    let year = read_year(year_text, body, legacy.is_some())?;
    let (body, suffix) = split_suffix(&text, body)?;
    let form = match body.split_once("字第") {
        Some((head, number)) => read_legacy(head, number)?,
        None => read_current(year_text, body, kinds)?,
    };
    Ok(CaseNumber { year, form, suffix })
}

/// `（2026）…` → the year's text and the rest.
fn bracketed_year(text: &str) -> Result<(&str, &str), Broken> {
    let Some(inside) = text.strip_prefix('（') else {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (year, rest) = text.split_at(digits);
        if let Some((before, after)) = text.split_once('（').filter(|_| digits == 0) {
            let reason = format!("案号应从年度的左括号开始，前面多了“{before}”");
            return Err(Broken::at(Part::Whole, reason).mended(format!("（{after}")));
        }
        let fault = Broken::at(Part::Brackets, "案号应以括号中的四位年度开头，例如（2026）");
        let rest = rest.trim_start_matches(['年', '）']);
        return Err(if digits == 4 { fault.mended(format!("（{year}）{rest}")) } else { fault });
    };
    let Some((year, body)) = inside.split_once('）') else {
        let digits = inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (year, rest) = inside.split_at(digits);
        let fault = Broken::at(Part::Brackets, "年度后面缺少右括号");
        return Err(if digits == 4 { fault.mended(format!("（{year}）{rest}")) } else { fault });
    };
    Ok((year, body))
}

fn read_year(text: &str, body: &str, legacy: bool) -> Result<i32, Broken> {
    if let Some(year) = text.strip_suffix('年') {
        return Err(
            Broken::at(Part::Year, "括号里只写四位数字，不写“年”字").mended(format!("（{year}）{body}"))
        );
    }
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Broken::at(Part::Year, format!("“{text}”不是四位数字")));
    }
    if text.len() != 4 {
        let fault = Broken::at(Part::Year, format!("“{text}”不是四位，年度要写全"));
        let recent = text.len() == 2 && !legacy && text >= "16";
        return Err(if recent { fault.mended(format!("（20{text}）{body}")) } else { fault });
    }
    let year: i32 =
        text.parse().map_err(|error| Broken::at(Part::Year, format!("“{text}”读不出来（{error}）")))?;
    match (legacy, year) {
        (true, 1949..FIRST_YEAR) | (false, FIRST_YEAR..=2099) => Ok(year),
        (true, FIRST_YEAR..) => {
            Err(Broken::at(Part::Year, "2016年起的案号不再用“字第…号”的写法，请核对年度或写法"))
        }
        (false, 1949..FIRST_YEAR) => Err(Broken::at(
            Part::Year,
            "这种写法从2016年1月1日起使用；2015年以前的案号写作“（2013）平民终字第123号”",
        )),
        _ => Err(Broken::at(Part::Year, format!("{year}年不合常理"))),
    }
}

/// Cuts `号` and what follows it off `body`.
fn split_suffix<'a>(text: &str, body: &'a str) -> Result<(&'a str, Option<u32>), Broken> {
    let Some((before, after)) = body.split_once('号') else {
        let fault = Broken::at(Part::End, "案号应以“号”字结尾");
        let ends_in_digit = text.ends_with(|c: char| c.is_ascii_digit());
        return Err(if ends_in_digit { fault.mended(format!("{text}号")) } else { fault });
    };
    if after.is_empty() {
        return Ok((before, None));
    }
    match after.strip_prefix('之').map(read_numeral) {
        Some(Some(n)) => Ok((before, Some(n))),
        _ => {
            let kept = text.len() - after.len();
            let whole = text.get(..kept).unwrap_or(text).to_owned();
            Err(Broken::at(Part::Suffix, format!("“{after}”不是“之一”“之二”这样的序号")).mended(whole))
        }
    }
}

fn read_current(year: &str, body: &str, kinds: Kinds) -> Result<Form, Broken> {
    let (court, rest) = read_court(year, body)?;
    let (letters, number) = match rest.find(|c: char| c.is_ascii_digit()) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let (special, kind) = match letters.strip_prefix('知') {
        Some(kind) => (true, kind),
        None => (false, letters),
    };
    check_kind(kind)?;
    let before = format!("（{year}）{}{letters}", court.code());
    check_number(&before, kind, number)?;
    // Last, so that every other part is known to be right.
    if kinds == Kinds::Known && kinds::names(kind).is_empty() {
        return Err(unknown_kind(kind));
    }
    Ok(Form::Current { court, special, kind: kind.to_owned(), number: number.to_owned() })
}

fn read_court<'a>(year: &str, body: &'a str) -> Result<(CourtCode, &'a str), Broken> {
    if let Some(rest) = body.strip_prefix("最高法") {
        return Ok((CourtCode::supreme(), rest));
    }
    let mut chars = body.chars();
    let Some(first) = chars.next() else {
        return Err(Broken::at(Part::Court, "年度后面没有法院代字"));
    };
    if province(first).is_none() {
        let fault = Broken::at(Part::Court, format!("“{first}”不是省、自治区、直辖市的法院代字"));
        return Err(match meant_by(first) {
            Some(right) => fault.mended(format!("（{year}）{right}{}", chars.as_str())),
            None => fault,
        });
    }
    let rest = chars.as_str();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (code, rest) = rest.split_at(digits);
    if !matches!(digits, 0 | 2 | 4) {
        let reason = format!("“{first}{code}”的数字应为两位（中级法院）或四位（基层法院），这里有{digits}位");
        return Err(Broken::at(Part::Court, reason));
    }
    if code.get(..2) == Some("00") || code.get(2..4) == Some("00") {
        return Err(Broken::at(Part::Court, format!("“{first}{code}”中的“00”不代表任何法院")));
    }
    Ok((CourtCode::of_province(first, code), rest))
}

fn check_kind(kind: &str) -> Result<(), Broken> {
    if kind.is_empty() {
        return Err(Broken::at(Part::Kind, "法院代字后面没有类型代字（如民初、执恢）"));
    }
    if let Some(odd) = kind.chars().find(|c| !is_han(*c)) {
        return Err(Broken::at(Part::Kind, format!("“{kind}”中的“{odd}”不是汉字")));
    }
    // 诉前调确 has four characters although article 7 says three at most, so a longer one is only doubted here.
    if kind.chars().count() > 6 {
        return Err(Broken::at(Part::Kind, format!("“{kind}”太长，类型代字一般不超过三个字")));
    }
    Ok(())
}

fn unknown_kind(kind: &str) -> Broken {
    let alike = kinds::resembling(kind);
    let hint = if alike.is_empty() { String::new() } else { format!("，相近的有{}", alike.join("、")) };
    Broken {
        only_kind_unknown: true, ..Broken::at(Part::Kind, format!("没有“{kind}”这个类型代字{hint}"))
    }
}

fn check_number(before: &str, kind: &str, number: &str) -> Result<(), Broken> {
    if number.is_empty() {
        return Err(Broken::at(Part::Number, "类型代字后面没有编号"));
    }
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(misplaced_suffix(before, number)
            .unwrap_or_else(|| Broken::at(Part::Number, format!("“{number}”不全是数字"))));
    }
    if kind == RANDOMLY_NUMBERED {
        if number.len() == RANDOM_DIGITS {
            return Ok(());
        }
        let reason = format!("刑核案件的编号固定为{RANDOM_DIGITS}位，这里有{}位", number.len());
        return Err(Broken::at(Part::Number, reason));
    }
    let natural = number.trim_start_matches('0');
    if natural.len() != number.len() {
        let fault = Broken::at(Part::Number, format!("“{number}”是自然数编号，不以0开头"));
        return Err(if natural.is_empty() { fault } else { fault.mended(format!("{before}{natural}号")) });
    }
    if number.len() > MOST_DIGITS {
        return Err(Broken::at(Part::Number, format!("“{number}”超过{MOST_DIGITS}位，不合常理")));
    }
    Ok(())
}

/// `100之一号` and `100-1号` are often written for `100号之一`.
fn misplaced_suffix(before: &str, number: &str) -> Option<Broken> {
    let (number, suffix) = number.split_once(['之', '-'])?;
    let n = read_numeral(suffix)?;
    let fault = Broken::at(Part::Number, "文书序号应写在“号”字后面");
    Some(fault.mended(format!("{before}{number}号之{}", crate::text::chinese_numeral(n))))
}

fn read_legacy(head: &str, number: &str) -> Result<Form, Broken> {
    if !(2..=12).contains(&head.chars().count()) || !head.chars().all(is_han) {
        let reason = format!("“{head}”应是两到十二个汉字的法院简称和类型，例如平民终");
        return Err(Broken::at(Part::Court, reason));
    }
    let (main, sub) = number.split_once('-').map_or((number, None), |(main, sub)| (main, Some(sub)));
    let whole = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !whole(main) || sub.is_some_and(|sub| !whole(sub)) {
        return Err(Broken::at(Part::Number, format!("“{number}”不是数字")));
    }
    if main.len() > MOST_DIGITS || sub.is_some_and(|sub| sub.len() > 3) {
        return Err(Broken::at(Part::Number, format!("“{number}”位数太多，不合常理")));
    }
    if main.bytes().all(|b| b == b'0') {
        return Err(Broken::at(Part::Number, "编号不能是0"));
    }
    // Leading zeros stay: several courts wrote them (字第00123号).
    Ok(Form::Legacy { head: head.to_owned(), number: number.to_owned() })
}
