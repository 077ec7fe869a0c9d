//! Reads sums of money as people write them, in yuan.

use super::readers::half_width;
use crate::web::formats::money;
use std::ops::RangeInclusive;

const FEN: i128 = 100;
const WAN: i128 = 10_000 * FEN;
const YI: i128 = 100_000_000 * FEN;

/// A sum in fen, within `range` (in fen, both ends included), from yuan as people write them: `12,345.6`, `１２３４５．６０`,
/// `¥3,000 元`, `3万`, `1.2万元`, `3万5000元`, `1亿2000万`.
///
/// # Errors
///
/// Where it is empty, no sum, finer than a fen, or outside the range.
pub fn fen_in(typed: &str, range: RangeInclusive<i64>) -> Result<i64, String> {
    let plain: String =
        half_width(typed).chars().filter(|c| *c != ',' && !c.is_whitespace()).map(sign).collect();
    let plain = plain.strip_prefix('¥').unwrap_or(&plain);
    if plain.is_empty() {
        return Err("请填写金额。".into());
    }
    let fen = fen(plain)?;
    if range.contains(&fen) {
        Ok(fen)
    } else {
        Err(format!("金额应在 {} 到 {} 之间。", money(*range.start()), money(*range.end())))
    }
}

/// One sign for the yuan in front, one word for it behind.
fn sign(c: char) -> char {
    match c {
        '￥' => '¥',
        '圆' | '块' => '元',
        '萬' => '万',
        '億' => '亿',
        other => other,
    }
}

fn unclear() -> String {
    "看不懂这个金额，请按 12345.60 或者 1.2万 的样子填写。".into()
}

fn fen(plain: &str) -> Result<i64, String> {
    let body = plain.strip_suffix('整').unwrap_or(plain);
    let (body, in_yuan) = match body.strip_suffix('元') {
        Some(body) => (body, true),
        None => (body, false),
    };
    let (yi, rest) = part(body, '亿')?;
    let (wan, rest) = part(rest, '万')?;
    let greater = yi.is_some() || wan.is_some();
    // 3万5 is 35,000 to some and 30,005 to others.
    let yuan = match rest {
        "" if greater => None,
        rest if greater && !in_yuan => return Err(format!("请在“{rest}”后面写上单位，例如 3万5000元。")),
        rest => Some(decimal(rest)?),
    };
    let scaled = |sum: Option<Decimal>, unit: i128| sum.map_or(Ok(0), |sum| sum.times(unit));
    let total = scaled(yi, YI)? + scaled(wan, WAN)? + scaled(yuan, FEN)?;
    i64::try_from(total).map_err(|_too_much: std::num::TryFromIntError| "金额太大，请核对单位。".to_owned())
}

/// What stands before `unit`, and the rest.
fn part(text: &str, unit: char) -> Result<(Option<Decimal>, &str), String> {
    match text.split_once(unit) {
        Some((before, rest)) => Ok((Some(decimal(before)?), rest)),
        None => Ok((None, text)),
    }
}

/// Digits with perhaps a point among them.
#[derive(Clone, Copy)]
struct Decimal {
    digits: i128,
    /// How many of them stand behind the point.
    behind: u32,
}

impl Decimal {
    fn times(self, unit: i128) -> Result<i128, String> {
        let below = 10_i128.pow(self.behind);
        let product = self.digits * unit;
        if product % below == 0 {
            Ok(product / below)
        } else {
            Err("金额最小到分，请核对小数。".into())
        }
    }
}

/// The longest run of digits that is read; anything longer is no sum of money.
const LONGEST: usize = 18;

fn decimal(text: &str) -> Result<Decimal, String> {
    let (whole, behind) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{behind}");
    let is_number = !whole.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    if !is_number || text.ends_with('.') {
        return Err(unclear());
    }
    if digits.len() > LONGEST {
        return Err("金额太大，请核对单位。".into());
    }
    let behind = u32::try_from(behind.len()).map_err(|_too_long: std::num::TryFromIntError| unclear())?;
    let digits = digits.parse().map_err(|_error: std::num::ParseIntError| unclear())?;
    Ok(Decimal { digits, behind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ANY: RangeInclusive<i64> = 1..=100_000_000_000_000;

    #[test]
    fn a_sum_is_read_however_it_is_written() {
        for (typed, fen) in [
            ("12,345.6", 1_234_560),
            ("１２３４５．６０", 1_234_560),
            ("１２，３４５．６", 1_234_560),
            ("¥3,000 元", 300_000),
            ("￥3000元整", 300_000),
            ("0.01", 1),
            ("3万", 3_000_000),
            ("1.2万元", 1_200_000),
            ("31.7万", 31_700_000),
            ("3万5000元", 3_500_000),
            ("1亿2000万", 12_000_000_000),
            ("0.000001亿元", 10_000),
            ("500 块", 50_000),
        ] {
            assert_eq!(fen_in(typed, ANY), Ok(fen), "{typed}");
        }
    }

    #[test]
    fn what_is_no_sum_is_told_in_a_sentence() {
        for typed in [
            "",
            "三万",
            "3万5",
            "1.234",
            "1.",
            ".5",
            "-5",
            "1e5",
            "5元5",
            "万",
            "0",
            "99999999999999999999",
            "1.23456789万",
            "12.3.4",
            "3万万",
        ] {
            let told = fen_in(typed, ANY).unwrap_err();
            assert!(told.ends_with('。'), "{typed}: {told}");
        }
    }

    proptest! {
        #[test]
        fn what_a_page_shows_is_read_back(fen in 1_i64..100_000_000_000_000) {
            prop_assert_eq!(fen_in(&money(fen), ANY), Ok(fen));
        }

        #[test]
        fn whatever_is_typed_is_a_sum_in_range_or_a_whole_sentence(typed in "\\PC{0,24}|[0-9.,万亿元¥]{0,16}") {
            match fen_in(&typed, ANY) {
                Ok(fen) => prop_assert!(ANY.contains(&fen)),
                Err(told) => prop_assert!(told.ends_with('。')),
            }
        }
    }
}
