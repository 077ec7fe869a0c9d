//! Readers of what was typed: the value, or a whole Chinese sentence that says what to mend.

use std::ops::RangeInclusive;

/// Text of one line, with its number of characters in `length`; spaces round it and control characters are dropped.
///
/// # Errors
///
/// Where it is too short or too long.
pub fn words(typed: &str, length: RangeInclusive<usize>) -> Result<String, String> {
    measured(one_line(typed), length)
}

/// Text of several lines, with its number of characters in `length`; line ends become `\n`.
///
/// # Errors
///
/// Where it is too short or too long.
pub fn paragraphs(typed: &str, length: RangeInclusive<usize>) -> Result<String, String> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    measured(kept.trim().to_owned(), length)
}

fn one_line(typed: &str) -> String {
    let spaced: String = typed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}

fn measured(text: String, length: RangeInclusive<usize>) -> Result<String, String> {
    let count = text.chars().count();
    if count == 0 && *length.start() > 0 {
        Err("请填写这一项。".into())
    } else if count < *length.start() {
        Err(format!("至少需要 {} 个字，现在是 {count} 个字。", length.start()))
    } else if count > *length.end() {
        Err(format!("最多 {} 个字，现在是 {count} 个字，请缩短。", length.end()))
    } else {
        Ok(text)
    }
}

/// `None` where nothing but spaces was typed, else what `read` makes of it.
///
/// # Errors
///
/// What `read` complains of.
pub fn optional<T>(typed: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if typed.trim().is_empty() { Ok(None) } else { read(typed).map(Some) }
}

/// A whole number within `range`, both ends included; full-width digits and grouping commas are taken.
///
/// # Errors
///
/// Where it is empty, no whole number, or outside the range.
pub fn number_in(typed: &str, range: RangeInclusive<i64>) -> Result<i64, String> {
    let plain: String = half_width(typed).chars().filter(|c| *c != ',' && !c.is_whitespace()).collect();
    if plain.is_empty() {
        return Err("请填写数字。".into());
    }
    let number: i64 =
        plain.parse().map_err(|_error: std::num::ParseIntError| "请只填整数，例如 3。".to_owned())?;
    if range.contains(&number) {
        Ok(number)
    } else {
        Err(format!("请填写 {} 到 {} 之间的整数，现在是 {number}。", range.start(), range.end()))
    }
}

/// The value whose code was chosen; `read` finds it, as `Stage::parse`.
///
/// # Errors
///
/// Where nothing was chosen, or something that is not on the list.
pub fn one_of<T>(typed: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, String> {
    let code = typed.trim();
    if code.is_empty() {
        return Err("请选择一项。".into());
    }
    read(code).ok_or_else(|| "选择的内容不在列表中，请重新选择。".into())
}

/// Every value whose code was ticked, each once, in the order ticked.
///
/// # Errors
///
/// Where one of them is not on the list.
pub fn many_of<T: PartialEq>(typed: &[String], read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    let mut found = Vec::new();
    for code in typed.iter().filter(|code| !code.trim().is_empty()) {
        let value = one_of(code, &read)?;
        if !found.contains(&value) {
            found.push(value);
        }
    }
    Ok(found)
}

/// Whether a single box was ticked.
pub fn ticked(typed: &str) -> bool {
    !matches!(typed.trim(), "" | "0" | "false" | "off")
}

/// A mainland mobile number, or another telephone number of 5 to 20 digits, without its separators.
///
/// # Errors
///
/// Where there is something else in it, or its length is wrong.
pub fn mobile_or_landline(typed: &str) -> Result<String, String> {
    let plain: String =
        half_width(typed).chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '—')).collect();
    let (plus, number) = match plain.strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => ("", plain.as_str()),
    };
    if number.is_empty() {
        Err("请填写电话号码。".into())
    } else if !number.chars().all(|c| c.is_ascii_digit()) {
        Err("电话号码只能有数字、空格、括号和短横，请核对。".into())
    } else if plus.is_empty() && number.starts_with('1') && number.len() > 6 && number.len() != 11 {
        Err(format!("手机号码应为 11 位，现在是 {} 位，请核对。", number.len()))
    } else if !(5..=20).contains(&number.len()) {
        Err(format!("电话号码应为 5 到 20 位，现在是 {} 位，请核对。", number.len()))
    } else {
        Ok(format!("{plus}{number}"))
    }
}

/// Exactly `count` digits, full-width ones taken.
///
/// # Errors
///
/// Where there are more, fewer, or something else.
pub fn digits(typed: &str, count: usize) -> Result<String, String> {
    let plain: String = half_width(typed).chars().filter(|c| !c.is_whitespace()).collect();
    if plain.len() == count && plain.chars().all(|c| c.is_ascii_digit()) {
        Ok(plain)
    } else {
        Err(format!("请填写 {count} 位数字。"))
    }
}

/// Full-width letters, digits, signs and spaces made half-width.
pub(super) fn half_width(typed: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    typed.chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_trimmed_and_measured_in_characters() {
        assert_eq!(words("  张三\u{3000}", 1..=2).unwrap(), "张三");
        assert_eq!(words("张\u{0}三\n四", 1..=9).unwrap(), "张 三 四");
        assert_eq!(words("", 0..=2).unwrap(), "");
        assert_eq!(words(" ", 1..=2).unwrap_err(), "请填写这一项。");
        assert_eq!(words("张三丰", 1..=2).unwrap_err(), "最多 2 个字，现在是 3 个字，请缩短。");
        assert_eq!(words("张", 2..=9).unwrap_err(), "至少需要 2 个字，现在是 1 个字。");
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(paragraphs(" 一\r\n二\r三\u{7} ", 1..=9).unwrap(), "一\n二\n三");
    }

    #[test]
    fn numbers_are_taken_as_people_type_them() {
        assert_eq!(number_in("１，２００", 1..=5000).unwrap(), 1200);
        assert_eq!(number_in(" 5 ", 1..=5).unwrap(), 5);
        for bad in ["", "3.5", "六", "0", "6", "99999999999999999999"] {
            assert!(number_in(bad, 1..=5).is_err(), "{bad}");
        }
    }

    #[test]
    fn choices_must_be_on_the_list_and_count_once() {
        let read = |code: &str| ["a", "b"].into_iter().find(|known| *known == code);
        assert_eq!(one_of(" a ", read), Ok("a"));
        assert_eq!(one_of("", read).unwrap_err(), "请选择一项。");
        assert!(one_of("c", read).is_err());
        assert_eq!(many_of(&["b".into(), "".into(), "a".into(), "b".into()], read), Ok(vec!["b", "a"]));
        assert!(many_of(&["b".into(), "x".into()], read).is_err());
    }

    #[test]
    fn telephone_numbers_lose_their_separators() {
        assert_eq!(mobile_or_landline("138 0013-8000").unwrap(), "13800138000");
        assert_eq!(mobile_or_landline("（010）6755 0114").unwrap(), "01067550114");
        assert_eq!(mobile_or_landline("+852 2869 0869").unwrap(), "+85228690869");
        assert_eq!(mobile_or_landline("12368").unwrap(), "12368");
        for bad in ["", "1380013800", "138001380001", "电话", "1234", "123456789012345678901"] {
            assert!(mobile_or_landline(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_empty_optional_field_is_no_complaint() {
        assert_eq!(optional(" ", |typed| number_in(typed, 1..=5)), Ok(None));
        assert_eq!(optional("3", |typed| number_in(typed, 1..=5)), Ok(Some(3)));
        assert!(optional("9", |typed| number_in(typed, 1..=5)).is_err());
    }
}
