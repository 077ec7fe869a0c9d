//! Numbers of eighteen digits with region, birth date and check digit: 居民身份证 (GB 11643-1999), 港澳台居民居住证,
//! 外国人永久居留身份证.

use super::{Broken, Rule, Sex, Told, all_digits, lengths, position};
use chrono::{Datelike, NaiveDate};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
/// Nobody alive, and no file that a petition is about, is older.
const EARLIEST_BIRTH_YEAR: i32 = 1800;

/// First two digits of the region code → the province. The last four are not checked: such codes get retired.
const REGIONS: [(&str, &str); 35] = [
    ("11", "北京市"),
    ("12", "天津市"),
    ("13", "河北省"),
    ("14", "山西省"),
    ("15", "内蒙古自治区"),
    ("21", "辽宁省"),
    ("22", "吉林省"),
    ("23", "黑龙江省"),
    ("31", "上海市"),
    ("32", "江苏省"),
    ("33", "浙江省"),
    ("34", "安徽省"),
    ("35", "福建省"),
    ("36", "江西省"),
    ("37", "山东省"),
    ("41", "河南省"),
    ("42", "湖北省"),
    ("43", "湖南省"),
    ("44", "广东省"),
    ("45", "广西壮族自治区"),
    ("46", "海南省"),
    ("50", "重庆市"),
    ("51", "四川省"),
    ("52", "贵州省"),
    ("53", "云南省"),
    ("54", "西藏自治区"),
    ("61", "陕西省"),
    ("62", "甘肃省"),
    ("63", "青海省"),
    ("64", "宁夏回族自治区"),
    ("65", "新疆维吾尔自治区"),
    ("71", "台湾省"),
    ("81", "香港特别行政区"),
    ("82", "澳门特别行政区"),
    ("83", "台湾地区（居住证）"),
];

/// The province that a region code begins with.
pub(super) fn region(code: &str) -> Option<&'static str> {
    let first = code.get(..2)?;
    REGIONS.iter().find(|(prefix, _)| *prefix == first).map(|(_, name)| *name)
}

/// MOD 11-2 (ISO 7064) over the first seventeen digits; `None` when they aren't digits.
pub(super) fn check_digit(first: &str) -> Option<char> {
    let mut sum = 0;
    for (digit, weight) in first.chars().zip(WEIGHTS) {
        sum += digit.to_digit(10)? * weight;
    }
    usize::try_from(sum % 11).ok().and_then(|at| CHECK_DIGITS.get(at)).copied()
}

pub(super) fn id(number: &str, today: NaiveDate) -> Result<Told, Broken> {
    if number.chars().count() == 15 {
        return first_generation(number, today);
    }
    if number.chars().count() != 18 {
        return Err((Rule::Length, format!("应为18位，这里有{}位", number.chars().count())));
    }
    let place = match number.get(..2) {
        Some("91") => Some("外国人"),
        _ => region(number),
    };
    let told = eighteen(number, today)?;
    let place = place.ok_or_else(|| unknown_region(number))?;
    verify(number, Told { meaning: vec![("行政区划", with_code(number, place))], ..told })
}

fn with_code(number: &str, place: &str) -> String {
    format!("{}（{place}）", number.get(..6).unwrap_or_default())
}

fn unknown_region(number: &str) -> Broken {
    let first = number.get(..2).unwrap_or_default();
    (Rule::Region, format!("第1、2位“{first}”不是省、自治区、直辖市或特别行政区的代码"))
}

/// 港澳台居民居住证: regions 810000, 820000 and 830000 only.
pub(super) fn residence(number: &str, today: NaiveDate) -> Result<Told, Broken> {
    lengths(number, &[18])?;
    let told = eighteen(number, today)?;
    let place = match number.get(..6) {
        Some("810000") => "香港特别行政区居民",
        Some("820000") => "澳门特别行政区居民",
        Some("830000") => "台湾地区居民",
        _ => {
            return Err((
                Rule::Region,
                "前6位应为 810000（香港）、820000（澳门）或 830000（台湾）".to_owned(),
            ));
        }
    };
    verify(number, Told { meaning: vec![("行政区划", with_code(number, place))], ..told })
}

/// Until 2017's design three letters and twelve digits; since 2023-12-01 eighteen digits that begin with 9.
pub(super) fn foreign(number: &str, today: NaiveDate) -> Result<Told, Broken> {
    lengths(number, &[15, 18])?;
    if number.chars().count() == 15 {
        let letters = number.get(..3).filter(|letters| letters.bytes().all(|b| b.is_ascii_uppercase()));
        let Some((letters, digits)) = letters.zip(number.get(3..)) else {
            return Err((Rule::Format, "15位的号码应以三个字母（国籍）开头，后接12位数字".to_owned()));
        };
        all_digits(digits).map_err(|(rule, reason)| (rule, format!("三个字母后面的数字中，{reason}")))?;
        return Ok(Told { meaning: vec![("国籍代码", letters.to_owned())], ..Told::default() });
    }
    if !number.starts_with('9') {
        return Err((Rule::Format, "2023年12月1日启用的18位号码应以9开头".to_owned()));
    }
    let told = eighteen(number, today)?;
    verify(number, Told { meaning: vec![("证件版本", "2023年12月1日启用的18位版".to_owned())], ..told })
}

/// Characters and birth date of a number of eighteen places.
fn eighteen(number: &str, today: NaiveDate) -> Result<Told, Broken> {
    if let Some((place, c)) = position(number, |c| !c.is_ascii_digit()) {
        if place < 18 {
            return Err((Rule::Character, format!("第{place}位“{c}”不是数字")));
        }
        if c != 'X' {
            return Err((Rule::Character, format!("最后一位“{c}”既不是数字也不是 X")));
        }
    }
    let birth = birth_date(number.get(6..14).unwrap_or_default(), today)?;
    Ok(Told { birth: Some(birth), sex: number.get(16..17).and_then(sex), ..Told::default() })
}

/// The last digit of the running number is odd for men.
fn sex(digit: &str) -> Option<Sex> {
    let digit: u32 = digit.parse().ok()?;
    Some(if digit % 2 == 1 { Sex::Male } else { Sex::Female })
}

fn birth_date(digits: &str, today: NaiveDate) -> Result<NaiveDate, Broken> {
    let birth = NaiveDate::parse_from_str(digits, "%Y%m%d")
        .ok()
        .filter(|date| date.format("%Y%m%d").to_string() == digits)
        .ok_or_else(|| (Rule::BirthDate, "第7至14位不是真实存在的日期".to_owned()))?;
    if birth > today {
        return Err((Rule::BirthDate, "出生日期在今天以后".to_owned()));
    }
    if birth.year() < EARLIEST_BIRTH_YEAR {
        return Err((Rule::BirthDate, format!("出生年份早于{EARLIEST_BIRTH_YEAR}年")));
    }
    Ok(birth)
}

fn verify(number: &str, told: Told) -> Result<Told, Broken> {
    let typed = number.chars().next_back();
    match (number.get(..17).and_then(check_digit), typed) {
        (Some(right), Some(typed)) if right == typed => {
            let mut told = told;
            told.meaning.push(("校验码", format!("{right}，正确（GB 11643-1999）")));
            Ok(told)
        }
        (Some(right), Some(typed)) => Err((
            Rule::Check,
            format!("按前17位计算，最后一位应为{right}，这里是{typed}，其中至少有一位写错了"),
        )),
        (..) => Err((Rule::Check, "校验码无法计算".to_owned())),
    }
}

/// Fifteen digits, issued until 1999 and void since 2013: made eighteen, so that it finds the same person.
fn first_generation(number: &str, today: NaiveDate) -> Result<Told, Broken> {
    all_digits(number)?;
    let (region_code, rest) = number.split_at(6);
    let first = format!("{region_code}19{rest}");
    let check = check_digit(&first).ok_or_else(|| (Rule::Check, "校验码无法计算".to_owned()))?;
    let told = id(&format!("{first}{check}"), today).map_err(|(rule, reason)| match rule {
        Rule::BirthDate => (rule, "第7至12位不是真实存在的日期（15位旧号）".to_owned()),
        Rule::Empty
        | Rule::NotEmpty
        | Rule::Length
        | Rule::Character
        | Rule::Format
        | Rule::Region
        | Rule::Check => (rule, reason),
    })?;
    Ok(Told { number: Some(format!("{first}{check}")), ..told })
}
