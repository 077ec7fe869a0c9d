//! 统一社会信用代码 (GB 32100-2015) and the 组织机构代码 that it contains (GB 11714-1997).

use super::citizen::region;
use super::{Broken, Rule, Told, lengths, position};

/// The thirty-one characters: no I, O, S, V, Z.
const USCC_CHARS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const USCC_WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORG_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

fn uscc_value(c: char) -> Option<usize> {
    USCC_CHARS.chars().position(|known| known == c)
}

/// C = (31 − Σ mod 31) mod 31 over the first seventeen.
pub(super) fn uscc_check(first: &str) -> Option<char> {
    let mut sum = 0;
    for (c, weight) in first.chars().zip(USCC_WEIGHTS) {
        sum += uscc_value(c)? * weight;
    }
    USCC_CHARS.chars().nth((31 - sum % 31) % 31)
}

pub(super) fn uscc(number: &str) -> Result<Told, Broken> {
    lengths(number, &[18])?;
    if let Some((place, c)) = position(number, |c| uscc_value(c).is_none()) {
        let reason = format!("第{place}位“{c}”不能用；代码由数字和大写字母组成，不用 I、O、S、V、Z");
        return Err((Rule::Character, reason));
    }
    let (first, typed) = number.split_at(17);
    let right = uscc_check(first).ok_or_else(|| (Rule::Check, "校验码无法计算".to_owned()))?;
    if !typed.starts_with(right) {
        let reason = format!("按前17位计算，最后一位应为{right}，这里是{typed}，其中至少有一位写错了");
        return Err((Rule::Check, reason));
    }
    let region_code = number.get(2..8).unwrap_or_default();
    let place = region(region_code).unwrap_or("全国或其他");
    Ok(Told {
        meaning: vec![
            ("登记管理部门", department(number).to_owned()),
            ("登记管理机关行政区划", format!("{region_code}（{place}）")),
            ("主体标识码（组织机构代码）", number.get(8..17).unwrap_or_default().to_owned()),
            ("校验码", format!("{right}，正确（GB 32100-2015）")),
        ],
        ..Told::default()
    })
}

fn department(number: &str) -> &'static str {
    match number.chars().next() {
        Some('1') => "机构编制",
        Some('5') => "民政",
        Some('9') => "市场监督管理（工商）",
        Some('N') => "农业农村",
        _ => "其他登记管理部门",
    }
}

/// 11 − Σ mod 11, 10 written X and 11 written 0; letters count from A = 10.
pub(super) fn orgcode_check(first: &str) -> Option<char> {
    let mut sum = 0;
    for (c, weight) in first.chars().zip(ORG_WEIGHTS) {
        sum += c.to_digit(36)? * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

pub(super) fn orgcode(number: &str) -> Result<Told, Broken> {
    lengths(number, &[9])?;
    if let Some((place, c)) = position(number, |c| !c.is_ascii_digit() && !c.is_ascii_uppercase()) {
        return Err((Rule::Character, format!("第{place}位“{c}”既不是数字也不是大写字母")));
    }
    let (first, typed) = number.split_at(8);
    let right = orgcode_check(first).ok_or_else(|| (Rule::Check, "校验码无法计算".to_owned()))?;
    if !typed.starts_with(right) {
        let reason = format!("按前8位计算，最后一位应为{right}，这里是{typed}，其中至少有一位写错了");
        return Err((Rule::Check, reason));
    }
    let meaning = vec![("本体代码", first.to_owned()), ("校验码", format!("{right}，正确（GB 11714）"))];
    Ok(Told { meaning, ..Told::default() })
}
