//! What a court's particulars must look like.

use crate::text::is_han;

/// Why a court's or division's particulars can't stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CourtRefusal {
    CodeForm,
    CodeTaken,
    NumberPattern,
    DivisionNameTaken,
    DivisionInUse(i64),
}

impl std::fmt::Display for CourtRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CourtRefusal::CodeForm => {
                f.write_str("法院代码请照案号里的写法填写：一个汉字加最多四位数字，例如 豫0404。")
            }
            CourtRefusal::CodeTaken => f.write_str("这个法院代码已经登记过了，请核对。"),
            CourtRefusal::NumberPattern => f.write_str(
                "信访编号的格式里要有 {year} 和 {seq:4}（年份和四位序号），还可以有 {short}（法院简称），不能有别的花括号。",
            ),
            CourtRefusal::DivisionNameTaken => f.write_str("已经有同名的庭室，请换一个名称。"),
            CourtRefusal::DivisionInUse(count) => write!(
                f,
                "这个庭室还有 {count} 位在用人员，不能停用。请先把他们调到别的庭室。"
            ),
        }
    }
}

impl From<CourtRefusal> for crate::error::Problem {
    fn from(refusal: CourtRefusal) -> Self {
        crate::error::Problem::Refused(refusal.to_string())
    }
}

/// A court's code as in its case numbers (法〔2015〕137号): the province's character and up to four digits.
///
/// # Errors
///
/// `CodeForm`.
pub fn check_court_code(code: &str) -> Result<(), CourtRefusal> {
    let mut chars = code.chars();
    let rest = chars.as_str().chars().skip(1);
    let fits = chars.next().is_some_and(is_han)
        && rest.clone().count() <= 4
        && rest.clone().all(|c| c.is_ascii_digit());
    if fits { Ok(()) } else { Err(CourtRefusal::CodeForm) }
}

/// How matter numbers are written: `{year}` and `{seq}` or `{seq:4}` must be in it, once each; `{short}` may be.
///
/// # Errors
///
/// `NumberPattern`.
pub fn check_number_pattern(pattern: &str) -> Result<(), CourtRefusal> {
    let mut rest = pattern;
    let (mut years, mut seqs) = (0, 0);
    while let Some((before, after)) = rest.split_once('{') {
        let (token, tail) = after.split_once('}').ok_or(CourtRefusal::NumberPattern)?;
        if before.contains('}') {
            return Err(CourtRefusal::NumberPattern);
        }
        match token {
            "year" => years += 1,
            "short" => {}
            "seq" | "seq:1" | "seq:2" | "seq:3" | "seq:4" | "seq:5" | "seq:6" => seqs += 1,
            _ => return Err(CourtRefusal::NumberPattern),
        }
        rest = tail;
    }
    let fits = years == 1 && seqs == 1 && !rest.contains('}') && pattern.chars().count() <= 60;
    if fits { Ok(()) } else { Err(CourtRefusal::NumberPattern) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn court_codes_are_a_character_and_digits() {
        for fine in ["京", "豫04", "豫0404", "新40"] {
            assert_eq!(check_court_code(fine), Ok(()), "{fine}");
        }
        for wrong in ["", "0404", "豫04045", "豫a", "豫豫04", "y0404"] {
            assert_eq!(check_court_code(wrong), Err(CourtRefusal::CodeForm), "{wrong}");
        }
    }

    #[test]
    fn a_number_needs_its_year_and_its_count() {
        for fine in ["{short}访〔{year}〕{seq:4}号", "{year}-{seq}"] {
            assert_eq!(check_number_pattern(fine), Ok(()), "{fine}");
        }
        for wrong in [
            "",
            "{year}",
            "{seq}",
            "{year}{seq}{seq}",
            "{year}{seq:9}",
            "{year}{seq}{court}",
            "{year}{seq",
            "}{year}{seq}",
        ] {
            assert_eq!(check_number_pattern(wrong), Err(CourtRefusal::NumberPattern), "{wrong}");
        }
    }
}
